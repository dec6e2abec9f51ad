"""The models that revise type and stage of what the rules have read."""

from unittest import mock

import pytest

from schemas.taxonomy import Status, ThreatType
from streams.reading.what import opinion
from tests.unit.test_reading_reports import reading_of

RAID = "GOMA, March 13 (Reuter) - Two rockets hit Goma airport on Tuesday night."
TYPES = [t.value for t in ThreatType]


@pytest.mark.parametrize("chance, type_", [(0.8, ThreatType.MORTAR_ARTILLERY), (0.4, ThreatType.ROCKET)])
def test_a_likelier_answer_is_taken_and_named(chance: float, type_: ThreatType) -> None:
    """The model's answer stands where it is likely enough, and the evidence says whose it is."""
    chances = [chance if t is ThreatType.MORTAR_ARTILLERY else (1 - chance) / (len(TYPES) - 1) for t in ThreatType]
    with mock.patch.object(opinion.TYPE, "chances", return_value=chances):
        _, (mention,) = reading_of(RAID)
    assert mention.threat_type is type_
    rules = [s.rule for s in mention.evidence if s.axis == "threat_type"]
    assert (rules == [f"type.{opinion.MODELLED}"]) == (type_ is not ThreatType.ROCKET)


@pytest.mark.parametrize(
    "deed, status",
    [
        ("Two rockets hit Goma airport on Tuesday night and burned out a bus.", Status.EXECUTED),
        ("Sappers defused two rockets on Tuesday that had been aimed at Goma airport.", Status.THWARTED),
        ("Two drones on their way to Goma airport were shot down on Tuesday night.", Status.INTERCEPTED),
    ],
)
def test_plain_stages_stay_what_they_are(deed: str, status: Status) -> None:
    """What the rules read rightly the models leave."""
    _, (mention,) = reading_of(f"GOMA, March 13 (Reuter) - {deed}")
    assert mention.status is status
