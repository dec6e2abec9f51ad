"""Texts without the capitals of prose are read as if they had them."""

from collections.abc import Callable

import pytest

from streams.reading.page.casing import recased
from tests.unit.reader import lexicon, reading_of

SHOUTED = [
    (
        "BEIRUT, FEB 9 (AGENCY) - TWO DRONES WERE SHOT DOWN NEAR THE TANF BASE, U.S. OFFICIALS SAID.",
        "BEIRUT, Feb 9 (agency) - Two drones were shot down near the Tanf base, U.S. officials said.",
    ),
    (
        "SIRENS AT 2:15 A.M. LOCAL TIME. GEN. OMAR IS SAFE AND WELL",
        "Sirens at 2:15 a.m. local time. Gen. Omar is safe and well",
    ),
    ("THE US EMBASSY HAS TOLD ALL OF US TO LEAVE BAGHDAD", "The US embassy has told all of us to leave Baghdad"),
    (
        "1. 142210C RPG FIRE AND TWO GRENADES ON CP 1-F, 3 KM N OF EL GORAH",
        "1. 142210C RPG fire and two grenades on CP 1-F, 3 km N of El Gorah",
    ),
    ("AL SHABAAB SAY IT IS THEM, BOMB AT MOGADISHU AIRPORT", "Al Shabaab say it is them, bomb at Mogadishu airport"),
    (
        "A MINE NEAR KAFR ZIBAD, SOUTH OF DUHOK, NEAR THE FENCE",
        "A mine near Kafr Zibad, south of Duhok, near the fence",
    ),
    (
        "IT HIT THE OLD CAPITAL ON MARCH 3; TROOPS MARCH ON",
        "It hit the old capital on March 3; troops march on",
    ),
]
WHISPERED = [
    ("two booms near erbil airport just now. no sirens", "Two booms near Erbil airport just now. No sirens"),
    (
        "told us the us base was hit, islamic state i think",
        "Told us the US base was hit, Islamic State I think",
    ),
    (
        "down at 060012cfeb25, u.s. troops shot it ppl say",
        "Down at 060012CFEB25, U.S. troops shot it ppl say",
    ),
    ("omar says he heard it, syria is like that", "omar says he heard it, Syria is like that"),
    ("el obeid .. shells on the station, no count yet", "El Obeid .. shells on the station, no count yet"),
    ("shots in the baramka quarter of damascus", "Shots in the Baramka quarter of Damascus"),
    ("hezbollah said it fired; port sudan is quiet", "Hezbollah said it fired; Port Sudan is quiet"),
]
AS_IT_WAS = [
    "Two drones hit the base at Erbil on Monday, officials said.",
    "S: 2 x OWA UAS\nA: inbound ATG fm NE, both defeated 8 km out\nU: IRGC-backed mil, HH assessed by J2",
    "BOOM",
    "DUTY LOG 021800C-030600CMAR24",
    "",
    "انفجار قرب المطار",
]


@pytest.mark.parametrize("text, anew", SHOUTED + WHISPERED)
def test_names_sentences_and_abbreviations_get_their_capitals(text: str, anew: str) -> None:
    """What is known to be written with a capital gets one, the rest small letters."""
    assert recased(text, lexicon().names) == anew


@pytest.mark.parametrize("text", AS_IT_WAS)
def test_a_text_with_the_capitals_of_prose_is_left_alone(text: str) -> None:
    """Prose, field reports with both, and what is too short or has no letters to judge."""
    assert recased(text, lexicon().names) is None


@pytest.mark.parametrize(
    "text", ["İSTANBUL: TWO KILLED NEAR THE SQUARE, TWO MORE IN HOSPITAL", "ﬁre near the straße in kabul, two hurt"]
)
def test_no_character_is_added_or_lost(text: str) -> None:
    """Letters whose other form is longer stay as they are."""
    anew = recased(text, lexicon().names)
    assert anew is not None
    assert len(anew) == len(text)


@pytest.mark.parametrize("spell", [str.upper, str.lower])
def test_a_report_without_the_capitals_of_prose_is_read_as_prose_is(spell: Callable[[str], str]) -> None:
    """Site, doer and place are told, and positions are those of the text as it came."""
    text = (
        "BAGHDAD - Men shot at the U.S. embassy in Baghdad on Monday. A mine killed a man near Kafr Zibad on Tuesday."
    )
    _, mentions = reading_of(spell(text), title=spell("Two attacks in Iraq"))
    assert [m.facility_id for m in mentions] == ["iq-us-embassy-baghdad", None]
