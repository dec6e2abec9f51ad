"""What is left open of an incident: whether it happened, what it was, whether it was meant; and what is not."""

import pytest

from tests.unit.reader import told

DOUBTED = [
    "Word is going round that a rocket fell on Camp Taji on Monday, but nobody has confirmed it.",
    "It remains unclear if a missile reached Nevatim air base on Monday.",
    "There may have been a drone attack on Erbil airport on Monday, local media said.",
    "Residents heard two blasts near Mitiga airport on Monday that could have been shelling.",
    "Unconfirmed reports of rocket impacts at Camp Taji.",
    "Unverified reports of gunfire at Erbil airport on Monday.",
    "There are unconfirmed reports that a drone hit Erbil airport on Monday.",
    "Conflicting reports about an explosion at Camp Taji on Monday.",
    "hearing incoming at balad air base tonight, possibly rockets?? army not confirming anything",
    "Several blasts were heard at Hodeidah port, possibly from air strikes.",
    "A flash and a bang at Camp Taji on Monday night, perhaps a rocket.",
    "Shells reportedly fell near Goma airport on Monday. It was not clear whether there was any damage.",
    "possible intruder on the flight line at ali al salem air base... search ongoing",
    "base on lockdown. possible intruder on the flight line at ali al salem air base, 0215 local. search ongoing",
    "A possible drone strike was reported at Camp Taji on Monday.",
    "Possible rocket impact at Camp Taji on Monday, no further details.",
    "Screens at Erbil airport went dark on Monday. A cyber attack is suspected but has not been confirmed.",
    "The power failed at Camp Arifjan on Monday and sabotage is not excluded.",
    "Contact has been lost with two MSF staff near Bentiu since Monday and it is feared they were kidnapped.",
    "Two nurses from the Ngala humanitarian hub are feared kidnapped after they failed to return on Monday.",
    "A rocket may have hit Camp Taji on Monday.",
    "A drone might have struck Erbil airport on Monday, a guard said.",
    "Camp Taji may have been hit by a rocket on Monday.",
    "Gunmen may have entered the US embassy in Tunis on Monday.",
    "drone over al dhafra air base?? loud buzzing just now then a flash, no idea what it was",
    "Fighting has been reported around Kidal camp since noon. The situation is unclear.",
    "jets and bangs over Hmeimim air base 3am, could be an airstrike",
]
PERHAPS_NOT_MEANT = [
    "A car crashed into the barrier of RAF Akrotiri on Monday. Police are investigating whether it was deliberate.",
    "A van ran into a bollard at the US embassy in Tunis on Monday; it was unclear whether it was an accident.",
    "A fire of unknown origin burned a hangar at Basra airport on Monday.",
    "A fire of unknown origin destroyed a store at Abs hospital overnight. Police have not ruled out arson.",
    "Engineers are investigating whether damage to a water main at Camp Arifjan was sabotage.",
    "Police are trying to establish whether a fire at Basra airport on Monday was arson.",
    "Investigators are examining whether a power cut at Erbil airport on Monday was caused by hackers.",
]
FIRM = [
    "Two rockets hit Camp Taji on Monday. Nobody has confirmed the death toll.",
    "Rockets hit Camp Taji on Monday. It was not clear whether drones had also been used.",
    "Sabotage is suspected after all four generators at Bagram airbase failed at the same minute on Monday.",
    "Two rockets hit Camp Taji on Monday. It was not immediately clear who fired them.",
    "A rocket hit Camp Taji on Monday. It may have been fired from Mosul.",
    "Rockets that may have been fired by Kataib Hezbollah hit Camp Taji on Monday.",
    "A drone, possibly launched from Syria, hit Camp Taji on Monday.",
    "Gunmen, possibly from Islamic State, opened fire at Camp Taji on Monday.",
    "A blast, possibly from a car bomb, killed two guards at the gate of Camp Taji on Monday.",
    "A suspected drone attack on Camp Taji on Monday wounded two soldiers.",
    "Suspected militants attacked Camp Taji on Monday.",
    "A rocket hit Camp Taji on Monday and may have damaged a hangar.",
    "A rocket hit Camp Taji on Monday. More attacks are possible.",
    "Two rockets hit Camp Taji on Monday. The army has not confirmed any casualties.",
    "A drone strike on Erbil airport on Monday may have killed two workers.",
    "The rockets that hit Camp Taji on Monday may have been aimed at the US embassy.",
    "A rocket hit Camp Taji on Monday; police are investigating whether Iran was behind it.",
    "Arsonists set fire to a hangar at Basra airport on Monday. Police are investigating.",
    "Gunmen kidnapped two nurses in Ngala on Monday and it is feared they were killed.",
    "A car rammed the gate of the US embassy in Tunis on Monday in a deliberate attack, police said.",
    "Two rockets hit Camp Taji on Monday, the army confirmed after unconfirmed reports of casualties.",
    "A rocket reportedly hit Camp Taji on Monday.",
    "Rebels reportedly attacked Kidal camp on Monday, killing two soldiers.",
    "A bomb exploded at Camp Taji on Monday. Whether more devices were planted is not known.",
]


@pytest.mark.parametrize("text", DOUBTED)
def test_what_may_not_have_happened_is_unclear(text: str) -> None:
    """By hearsay, a guess at what was heard, a fear: an incident, of which it is not known whether it was one."""
    assert [m.status.value for m in told(text, kind="social" if text[0].islower() else "news")] == ["unclear"]


@pytest.mark.parametrize("text", PERHAPS_NOT_MEANT)
def test_of_what_may_be_a_mishap_nobody_is_the_initiator(text: str) -> None:
    """A crash, a fire, a failure of which it is asked whether somebody meant it."""
    (mention,) = told(text, kind="news")
    assert (mention.status.value, mention.initiator.value) == ("unclear", "unknown")


@pytest.mark.parametrize("text", FIRM)
def test_doubt_of_something_else_leaves_a_deed_standing(text: str) -> None:
    """Of who did it, whence it came, whom it hurt, what else may come; whom it hurt it reached."""
    assert [m.status.value for m in told(text, kind="news")] == ["executed"]


def test_a_headline_in_doubt_gives_way_to_its_text() -> None:
    """What the text tells firmly is firm."""
    text = "Two rockets hit Camp Taji on Monday and wounded a guard, the army said."
    assert [m.status.value for m in told(text, kind="news", title="Unconfirmed reports of rockets at Camp Taji")] == [
        "executed"
    ]


def test_what_hurt_somebody_happened() -> None:
    """Victims that are told later leave no doubt."""
    text = "A rocket may have hit Camp Taji on Monday. Two guards were wounded."
    assert [m.status.value for m in told(text, kind="news")] == ["executed"]
