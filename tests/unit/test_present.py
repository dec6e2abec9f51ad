"""How an alert looks at a terminal."""

import pytest

from streams.cli.present import alert_line
from tests.alert_samples import alert


@pytest.mark.parametrize(
    "explanation, told",
    [
        pytest.param("Nobody has acknowledged this.", "{name}: Nobody has acknowledged this.", id="names the facility"),
        pytest.param("Third incident near {name}. More.", "Third incident near {name}.", id="names it once"),
    ],
)
def test_a_line_says_where(explanation: str, told: str) -> None:
    """A revision in one line leaves no doubt which facility it concerns, and ends with the first sentence."""
    sample = alert()
    line = alert_line(sample.model_copy(update={"explanation": explanation.format(name=sample.facility.name)}))
    assert line.plain.endswith("  " + told.format(name=sample.facility.name))
