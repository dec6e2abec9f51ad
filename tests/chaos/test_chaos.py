"""Nothing is lost and nothing contradicts, whatever happens: the short form of `make chaos`."""

import pytest

from tests.chaos.field import Field
from tests.chaos.scenarios import SCENARIOS
from tests.chaos.traffic import Mix

MIX = Mix(240)


@pytest.mark.parametrize("name", ["storm", "hung", "exceptions"])
def test_scenario(name: str, field: Field) -> None:
    """What was sent has its receipt or its dead letter, and the alerts are those of an undisturbed run."""
    result = SCENARIOS[name](field, MIX)
    assert result.receipts + result.letters >= result.sent > 0
    assert result.alerts > 0
