"""The models that revise type and stage of what the rules have read."""

from enum import StrEnum
from unittest import mock

import pytest

from schemas.taxonomy import Status, ThreatType
from streams.reading.what import opinion
from tests.unit.reader import reading_of

RAID = "GOMA, March 13 (Reuter) - Two rockets hit Goma airport on Tuesday night."


def spread(likeliest: StrEnum, chance: float) -> list[float]:
    """Chances of all answers: this one's, and the rest shared by the others."""
    answers = list(type(likeliest))
    return [chance if a is likeliest else (1 - chance) / (len(answers) - 1) for a in answers]


@pytest.mark.parametrize("type_", [ThreatType.MORTAR_ARTILLERY, ThreatType.ROCKET])
def test_the_likeliest_type_is_taken_and_named(type_: ThreatType) -> None:
    """The model's answer stands, and the evidence says whose it is where the rules had another."""
    with mock.patch.object(opinion.TYPE, "chances", return_value=spread(type_, 0.3)):
        _, (mention,) = reading_of(RAID)
    assert mention.threat_type is type_
    rules = [s.rule for s in mention.evidence if s.axis == "threat_type"]
    assert (rules == [f"type.{opinion.MODELLED}"]) == (type_ is not ThreatType.ROCKET)


@pytest.mark.parametrize("chance, status", [(0.8, Status.INTERCEPTED), (0.4, Status.EXECUTED)])
def test_a_likely_stage_is_taken_and_named(chance: float, status: Status) -> None:
    """The model's answer stands where it is likely enough, and the evidence says whose it is."""
    with mock.patch.object(opinion.STATUS, "chances", return_value=spread(Status.INTERCEPTED, chance)):
        _, (mention,) = reading_of(RAID)
    assert mention.status is status
    modelled = any(s.rule == f"status.{opinion.MODELLED}" for s in mention.evidence)
    assert modelled == (status is Status.INTERCEPTED)


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
