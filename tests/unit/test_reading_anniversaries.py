"""Anniversaries: what they remember is past, whatever day is told beside it; what happens on one is told."""

import pytest

from schemas.taxonomy import SetAsideReason
from tests.unit.reader import reading_of, told

REMEMBERED = [
    "Monday was the second anniversary of the suicide attack on Aden airport.",
    "Relatives lit candles on Monday on the anniversary of the truck bombing of the Canal Hotel in Baghdad.",
    "Today is the 10th anniversary of the missile strike on Camp Taji.",
    "Camp Taji marked the first anniversary of the drone attack on Monday.",
    "It is a year to the day since a drone hit Camp Taji.",
    "Iraq on Monday commemorated the truck bombing of the Canal Hotel in Baghdad.",
    "Flags flew at half mast on Monday, the 20th anniversary of the car bombing of the Canal Hotel in Baghdad.",
    "Monday is the third anniversary of the day gunmen stormed the US embassy in Baghdad.",
    "Monday was the first anniversary of the night when rockets hit Camp Taji.",
    "Survivors of the rocket attack on Camp Taji met on Monday, its fifth anniversary.",
    "The anniversary on Monday of the rocket attack on Camp Taji passed quietly.",
    "11 March: 5th anniversary of the rocket attack on Camp Taji.",
    "Prayers were said on Monday on the tenth anniversary of the abduction of a nurse from the Ngala humanitarian hub.",
    "On the anniversary of the rocket attack on Camp Taji hundreds gathered at its gate on Monday.",
]
ON_THE_DAY = [
    ("On the anniversary of the 2020 strike, rockets hit Camp Taji on Monday.", "rocket"),
    ("On the anniversary of the 2020 strike rockets hit Camp Taji on Monday.", "rocket"),
    ("Rockets hit Camp Taji on Monday, the anniversary of the killing of Qassem Soleimani.", "rocket"),
    ("Rockets hit Camp Taji on Monday, on the fifth anniversary of the drone strike that killed a general.", "rocket"),
    ("Two drones hit Erbil airport on the anniversary of the missile strike on Ain al-Asad.", "uas"),
    ("A bomb went off on Monday at Camp Taji during a ceremony marking the anniversary of a rocket attack.", "ied"),
    ("A bomb exploded at Camp Taji on Monday, a day before the anniversary of the rocket attack of 2020.", "ied"),
    ("A day after the anniversary of the 2003 bombing, a truck bomb exploded at the Canal Hotel.", "vehicle_bomb"),
    ("Gunmen opened fire on Monday at Camp Taji as it marked the anniversary of the drone attack.", "small_arms"),
    ("Protesters marking the anniversary of the invasion stormed the US embassy in Baghdad on Monday.", "unrest"),
    ("Four years after the fall of Kabul, a rocket hit Bagram airfield on Monday.", "rocket"),
]


@pytest.mark.parametrize("text", REMEMBERED)
def test_what_an_anniversary_remembers_is_past(text: str) -> None:
    """A weekday, "today" or a number makes nothing current of it."""
    receipt, told = reading_of(text, title="", kind="news")
    assert told == ()
    assert SetAsideReason.HISTORICAL in {a.reason for a in receipt.set_aside}


@pytest.mark.parametrize("text, threat_type", ON_THE_DAY)
def test_what_happens_on_an_anniversary_is_told(text: str, threat_type: str) -> None:
    """Of the type that is its own, not that of what is remembered."""
    assert [m.threat_type.value for m in told(text, kind="news")] == [threat_type]


def test_what_follows_an_attack_on_an_anniversary_is_told() -> None:
    """What is remembered in the sentence of an attack does not make the next sentence look back."""
    text = (
        "Rockets hit Camp Taji on Monday, the anniversary of the drone strike that killed a general. "
        "A drone struck Erbil airport an hour later."
    )
    assert [m.threat_type.value for m in told(text, kind="news")] == ["rocket", "uas"]
