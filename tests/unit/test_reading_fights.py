"""The fight in which an attack was stopped is that attack, told on; a fight elsewhere, or another one, is not."""

import pytest

from tests.unit.reader import reading_of

PUBLISHED = "2025-05-14T12:00:00Z"
ONE = [
    (
        "Guards at Camp Taji foiled an attack by gunmen on Tuesday. The exchange of fire lasted an hour.",
        "ground_assault",
        "intercepted",
        None,
    ),
    (
        "Gunmen tried to storm Bagram airfield on Tuesday but were repelled. Two guards were wounded in the shoot-out.",
        "ground_assault",
        "executed",
        2,
    ),
    (
        (
            "Police foiled a suicide attack on Kabul airport on Tuesday. The exchange of fire in which "
            "two guards were wounded lasted until 3 a.m."
        ),
        "suicide_bombing",
        "executed",
        2,
    ),
    (
        "Security forces repelled an attack on Gwadar Port on Tuesday. In the ensuing gun battle, four attackers died.",
        "ground_assault",
        "intercepted",
        None,
    ),
    (
        "Troops foiled an infiltration bid at PNS Siddiq on Monday. The firefight went on until dawn.",
        "intrusion",
        "intercepted",
        None,
    ),
    (
        "A bid to ram a car bomb into Halane was stopped on Tuesday. The shoot-out at the gate wounded a guard.",
        "vehicle_bomb",
        "executed",
        1,
    ),
    (
        (
            "Security forces foiled a bid to kidnap engineers at the Conoco gas field on Tuesday. The "
            "gunfight began shortly after midnight."
        ),
        "kidnapping",
        "thwarted",
        None,
    ),
    (
        (
            "Police in Karachi foiled an attack on the Chinese consulate on Tuesday.\nThe exchange of "
            "fire, in which two policemen were wounded, took place at 9 a.m. outside the consulate."
        ),
        "small_arms",
        "executed",
        2,
    ),
    (
        (
            "Troops foiled a raid on the Conoco gas field on Monday. The clashes continued on Tuesday "
            "morning and left three guards wounded."
        ),
        "ground_assault",
        "executed",
        3,
    ),
    (
        (
            "Peacekeepers repelled an assault on the UN base in Bentiu on Monday. The fighting lasted "
            "two hours and left one peacekeeper injured."
        ),
        "ground_assault",
        "executed",
        1,
    ),
]
APART = [
    "Gunmen were repelled at Bagram airfield on Monday. On Tuesday a clash near Khost airfield left two soldiers dead.",
    "An attack on Gwadar Port was repelled on Monday. A fresh exchange of fire broke out there on Tuesday.",
    "Troops foiled an attack on PNS Siddiq on Monday. A clash with smugglers near Gwadar on Tuesday killed a soldier.",
    "An attack on Gwadar Port was repelled on Monday. On Tuesday the shooting at PNS Siddiq killed a soldier.",
    "Troops repelled an attack on PNS Siddiq on Monday. On Tuesday another firefight near Gwadar killed a soldier.",
    "Troops repelled an attack on PNS Siddiq on Monday. On Tuesday the clash near Gwadar killed a soldier.",
    "Gunmen attacked Bagram airfield on Monday. On Tuesday a gun battle in Khost left two soldiers dead.",
    "Guards foiled an attack on Camp Taji on Monday.\nOn Tuesday a policeman was killed in the shoot-out in Kirkuk.",
]


@pytest.mark.parametrize("text, kind, status, wounded", ONE)
def test_the_fight_is_that_attack(text: str, kind: str, status: str, wounded: int | None) -> None:
    """It was under way when it was stopped, and carried out where it hurt somebody; the wounded are its own."""
    (told,) = reading_of(text, published=PUBLISHED)[1]
    assert (told.threat_type.value, told.status.value, told.effects.wounded) == (kind, status, wounded)


@pytest.mark.parametrize("text", APART)
def test_another_fight_is_another_incident(text: str) -> None:
    """At a place of its own, on a day of its own, or a fresh one."""
    assert len(reading_of(text, published=PUBLISHED)[1]) == 2


def test_a_headline_and_its_text_tell_one_attack_and_its_fight() -> None:
    """The headline's attack is told again, vaguely, and the fight in the sentence after it."""
    text = (
        "Security forces foiled an attack on Gwadar port on Tuesday, officials said. The clash "
        "erupted when militants tried to enter the complex."
    )
    assert len(reading_of(text, title="Foiled attack on Gwadar port", published=PUBLISHED)[1]) == 1
