"""Deeds told in plain words, and company in which the same words are no deed."""

import re

import pytest

from streams.reading.what.cues import cue_entries
from tests.unit.reader import told

TOLD = [
    (
        "A nurse and her driver are being held by a gang that stopped their ambulance near Bunia on Sunday.",
        "kidnapping",
    ),
    ("A fuel tank at Kirkuk airport was holed on Monday, apparently from the air.", "unknown_explosion"),
    ("Villagers put tree trunks across the only road to the dam at Mosul on Monday.", "unrest"),
    ("Pilots near Larnaca found themselves, according to their instruments, in Beirut on Tuesday.", "jamming"),
    ("A taxi mounted the pavement at the embassy in Amman on Tuesday and hurt nobody.", "vehicle_ramming"),
    ("In Erbil a cleaner found a rucksack with wires under a seat at the airport on Tuesday.", "ied"),
    ("The foreman was taken from the road near Bunia on Tuesday.", "kidnapping"),
    ("At Mosul dam the hoses of two pumps were cut on Monday night.", "sabotage"),
    ("Gunmen in a white van took away two cooks from the prison at Hasakah on Monday.", "kidnapping"),
    ("Two drivers of a water firm were stopped near Gao on Monday and marched off.", "kidnapping"),
    ("A boy with a ladder was found at dawn on Tuesday on the apron of Erbil airport.", "intrusion"),
    ("Three men entered the hub at Dikwa on Tuesday night and made off with two radios.", "intrusion"),
    ("A clerk was stopped by two men near the airport in Gao on Monday and relieved of his pay.", "other"),
    ("A bus with 60 kg of explosive under its seats was stopped near Halane on Monday.", "vehicle_bomb"),
    ("A crowd marched on the camp at Gao on Monday and broke its windows.", "unrest"),
    ("Two warplanes from the sea hit a row of sheds at Al-Anad on Monday night.", "air_strike"),
    (
        "A supply boat without lights struck the pier of the Basrah oil terminal on Monday and burst into flames.",
        "maritime",
    ),
    ("A laser was shone at a patrol boat of the base at Naval Support Activity Bahrain on Monday.", "other"),
    ("Israeli jets wrecked two cranes of Hodeidah port on Monday night.", "air_strike"),
    ("Two bottles filled with petrol were thrown at the wall of UNIFIL's headquarters in Naqoura on Monday.", "arson"),
    ("Settlers lay down in front of lorries at the Kerem Shalom crossing on Monday.", "unrest"),
    ("A minibus demolished the boom at the consulate in Istanbul on Monday.", "vehicle_ramming"),
    ("A light aircraft entered the prohibited zone around the Barakah plant on Monday night.", "intrusion"),
    ("A fire at the Musaffah depot on Monday was lit with rags soaked in fuel, police said.", "arson"),
    ("A woman was found strangled in the camp at al-Hol on Monday.", "other"),
    ("A tanker was approached off Hodeidah port at 06:10 on Monday by an uncrewed craft.", "maritime"),
]

QUIET = [
    "The foreman was taken to hospital from the road near Bunia on Tuesday.",
    "A fuel tank at Kirkuk airport was holed on Monday by hail.",
    "Villagers put flowers across the only road to the dam at Mosul on Monday.",
    "In Erbil a cleaner found a rucksack with a child's lunch under a seat at the airport on Tuesday.",
    "Pilots near Larnaca found themselves in Beirut on Tuesday for a congress.",
    "The shots near Mosul dam on Monday night were in the air, for a boxing victory.",
]


@pytest.mark.parametrize("text, threat_type", TOLD)
def test_a_deed_is_read_from_plain_words_that_stand_together(text: str, threat_type: str) -> None:
    """Where no weapon is named, people, things and what is done to them tell the deed between them."""
    assert [m.threat_type.value for m in told(text)] == [threat_type]


@pytest.mark.parametrize("text", QUIET)
def test_plain_words_in_other_company_tell_no_deed(text: str) -> None:
    """The same people and things in innocent company make no mention."""
    assert told(text) == ()


def test_no_cue_is_an_accident_of_expansion() -> None:
    """No phrase of the lists repeats a word but names that do: "blew up/blown up ..." is written out, not expanded."""
    doubled = {p.strip() for p in cue_entries() if re.search(r"\b(?!tuk|mai|exercise)(\w+) \1\b", p)}
    assert doubled == set()


def test_each_form_of_a_deed_is_a_cue() -> None:
    """Pipelines that were blown up and that somebody blew up are the same deed."""
    for text in (
        "Rebels blew up the pipeline near Cucuta on Monday.",
        "The pipeline near Cucuta was blown up on Monday.",
    ):
        assert [m.threat_type.value for m in told(text)] == ["sabotage"]
