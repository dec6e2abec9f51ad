"""Corrections, kill notices and live pages: what had been said before is not said."""

import pytest

from tests.unit.reader import reading_of

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


COUNTS_ANEW = [
    (
        "An earlier version said three soldiers were killed in Sunday's mortar attack on Camp Taji. One was killed.",
        1,
        None,
    ),
    ("An earlier version said five people died in the drone strike on Erbil airport on Sunday. Two died.", 2, None),
    ("A previous version said the blast at Mitiga airport on Monday had injured ten. It injured two.", None, 2),
    ("An earlier story said six were hurt in a rocket attack on Camp Taji on Monday. Two were wounded.", None, 2),
]


@pytest.mark.parametrize("text, killed, wounded", COUNTS_ANEW)
def test_a_deed_that_a_correction_takes_for_granted_is_told(text: str, killed: int | None, wounded: int | None) -> None:
    """Wrong was how many it hurt: the deed stands, and the count is the new one."""
    (told,) = reading_of(f"Correction: {text}")[1]
    assert (told.effects.killed, told.effects.wounded) == (killed, wounded)


def test_a_day_that_is_denied_dates_nothing() -> None:
    """ "On Monday, not on Tuesday"."""
    texts = (
        "CORRECTION - The attack on Bagram airfield happened on Monday, not on Tuesday. Two rockets landed inside.",
        "Two rockets hit Bagram airfield on Monday rather than Tuesday, the army said.",
        "Two rockets hit Bagram airfield on Monday, not Tuesday as first reported.",
    )
    assert {m.occurred.latest.day for text in texts for m in reading_of(text)[1]} == {11}
