"""Corrections, kill notices and live pages: what had been said before is not said."""

import pytest

from tests.unit.test_reading_reports import reading_of

SAID_BEFORE = [
    (
        "Corrections and clarifications",
        "An article on Friday said that two drones had hit Haifa port. It was a rehearsal.",
    ),
    ("KILL - Bagram blast", "The story said that a car bomb had exploded at the gate of Bagram airfield on Monday."),
    ("For the record", "We reported on Monday that a rocket had hit Mitiga airport."),
    ("Iraq live", "An earlier version of this report, based on police, said a drone had hit Erbil airport on Monday."),
    ("Congo live", "At 13.15 we wrote that gunmen had stormed Goma airport on Monday."),
    ("Congo live", "Our previous post spoke of a mortar attack on Goma airport on Monday."),
]
SAID = [
    ("Corrections and clarifications", "Two drones hit Haifa port on Monday; we gave three."),
    ("Corrections and clarifications", "Our report should have said that two drones hit Haifa port on Monday."),
    ("Iraq this week", "An article in a daily said that a drone hit Erbil airport on Monday, and police agree."),
    ("Iraq live", "A drone hit Erbil airport on Monday, the army said in an earlier statement."),
]


@pytest.mark.parametrize("title, text", SAID_BEFORE)
def test_what_had_been_said_is_set_aside(title: str, text: str) -> None:
    """An error that is named, in a column for them or by an earlier piece; fusing is told that it is denied."""
    receipt, mentions = reading_of(text, title=title, kind="news")
    assert mentions == ()
    assert "corrections.mistold" in {a.rule for a in receipt.set_aside}


@pytest.mark.parametrize("title, text", SAID)
def test_what_is_said_now_is_told(title: str, text: str) -> None:
    """What is right, what another paper says, what an authority had said."""
    assert len(reading_of(text, title=title, kind="news")[1]) == 1
