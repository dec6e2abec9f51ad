"""Nothing is lost and nothing contradicts, whatever happens: the short form of `make chaos`."""

import pytest

from tests.chaos.field import Field
from tests.chaos.scenarios import PLACES, Scenario, exceptions, hung, storm
from tests.chaos.traffic import Mix
from tests.chaos.trial import Result

MIX = Mix(150)


def three_exceptions(field: Field, mix: Mix) -> Result:
    """One place of each stage: where an event is taken up, where a table is written, where something is sent."""
    return exceptions(field, mix, PLACES[:9:4])


@pytest.mark.parametrize(
    "scenario",
    [storm, pytest.param(hung, marks=pytest.mark.soak), pytest.param(three_exceptions, marks=pytest.mark.soak)],
)
def test_scenario(scenario: Scenario, field: Field) -> None:
    """What was sent has its receipt or its dead letter, and the alerts are those of an undisturbed run."""
    result = scenario(field, MIX)
    assert result.receipts + result.letters >= result.sent > 0
    assert result.alerts > 0
    assert result.restarts > 0
