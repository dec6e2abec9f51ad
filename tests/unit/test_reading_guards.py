"""What guards did, and what was done to them; deeds told by who did them, or by what came with the post."""

import pytest

from tests.unit.reader import told

SUFFERED = [
    ("Two guards shot dead at US consulate in Erbil on Monday", "small_arms"),
    ("Three soldiers shot dead at Camp Taji on Monday night", "small_arms"),
    ("Policeman shot dead inside Kabul airport on Tuesday", "small_arms"),
    ("Guard shot dead as he left the US embassy in Nairobi on Tuesday.", "small_arms"),
    ("Two police officers shot dead on Monday at Mitiga airport", "small_arms"),
    ("The US consulate in Erbil was hit by rockets on Monday and guards returned fire.", "rocket"),
    ("The US consulate in Erbil was hit by gunfire on Monday; a Marine guard returned fire.", "small_arms"),
    ("The French embassy in Niamey was attacked on Monday; guards returned fire.", "small_arms"),
    ("Police shot dead a man who attacked the US embassy in Tunis with a crossbow on Monday.", "other"),
    ("Guards shot dead a man who opened fire on the US consulate in Istanbul on Monday.", "small_arms"),
    ("Police shot dead a gunman who had stormed the Chinese consulate in Karachi on Tuesday.", "ground_assault"),
    ("Soldiers shot and killed an attacker who stabbed a guard at the gate of Camp Lemonnier on Tuesday.", "other"),
    ("Police shot dead two men after they threw a grenade at the US embassy in Beirut on Monday.", "other"),
    ("Guards opened fire on a man who rammed his car into the gate of Camp Taji on Monday.", "vehicle_ramming"),
    ("A dozen drones attacked Port Sudan airport at dawn; most of them were shot down.", "uas"),
    ("Jets struck Hodeidah port on Monday, injuring 83 people, most of them with burns.", "air_strike"),
    ("Staff at the Norwegian Refugee Council office in Goma were robbed at gunpoint on Monday night.", "other"),
    ("Islamic State said it had attacked a gas plant near Palmyra on Tuesday.", "ground_assault"),
    ("JNIM claimed its fighters had stormed Kidal camp on Monday.", "ground_assault"),
    ("Jihadists on motorbikes killed 34 soldiers on Monday in Banibangou, the ministry said.", "ground_assault"),
    ("Rebels killed at least 12 villagers on Monday near Beni.", "ground_assault"),
    ("An Israeli strike on Hodeidah port killed three workers on Monday.", "air_strike"),
    ("Turkish strikes near Sulaymaniyah airport wounded two guards on Monday.", "air_strike"),
    ("A suspicious package containing white powder was delivered to the US embassy in Oslo on Monday.", "cbrn"),
    ("A letter with a suspicious powder was sent to the US embassy in Oslo on Monday. Tests are under way.", "cbrn"),
]

QUIET = [
    "Guards shot dead a stray dog at Camp Taji on Monday.",
    "Soldiers shot dead at least three militants near Camp Taji on Monday.",
    "Police shot dead a man near the US embassy in Nairobi on Monday; he had ignored orders to stop.",
    "Marines fired warning shots at Camp Lemonnier on Monday.",
    "Islamic State positions near Al-Tanf were struck by US jets on Monday.",
    "The town council in Goma was attacked in the debate on Monday over the price of bread.",
    "Of 40 drone attacks on Camp Taji this year, most of them came at night.",
    "An Israeli strike on Monday over pay closed Ben Gurion airport.",
    "An envelope with white powder was left at the US consulate in Erbil on Monday. The laboratory speaks of flour.",
    "A letter with powder was opened at the US embassy in Oslo on Monday. Tests showed it was sugar.",
]


@pytest.mark.parametrize("text, threat_type", SUFFERED)
def test_what_was_done_to_a_site_and_its_people_is_an_incident(text: str, threat_type: str) -> None:
    """Guards are named in it, and may have answered; a name may hold a word of other company."""
    (mention,) = told(text)
    assert mention.threat_type.value == threat_type


@pytest.mark.parametrize("text", QUIET)
def test_what_guards_did_is_none(text: str) -> None:
    """Nor is a figure of speech, a count, a walk-out, or a powder that was none."""
    assert not told(text)
