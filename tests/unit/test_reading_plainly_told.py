"""Deeds told plainly whose type, or whether they were meant, hangs on a word beside them; and look-alikes."""

import pytest

from tests.unit.reader import reading_of

TYPES = [
    ("Armed men broke into the UN base in Dikwa on Tuesday and stole computers.", "intrusion"),
    ("Intruders broke into Camp Taji on Tuesday and made off with three laptops.", "intrusion"),
    ("Hackers broke into the computers of Beirut airport on Tuesday and stole passenger data.", "cyber"),
    ("Hackers broke into the network of Erbil airport on Tuesday and took servers offline.", "cyber"),
    ("A suicide attacker drove a truck laden with explosives into the gate of PNS Siddiq last night.", "vehicle_bomb"),
    ("A suicide car bomber struck Camp Taji on Tuesday.", "vehicle_bomb"),
    ("A suicide bomber rammed an explosives-laden pickup into the gate of Camp Taji on Tuesday.", "vehicle_bomb"),
    ("A suicide bomber drove a car packed with explosives at Gao camp on Tuesday.", "vehicle_bomb"),
    ("A suicide bomber drove a motorcycle into a patrol near Camp Taji on Tuesday.", "suicide_bombing"),
    ("A suicide bomber on foot blew himself up at the gate of Camp Taji on Tuesday.", "suicide_bombing"),
    ("M23 rebels warned on Monday that they would shell Goma airport if drones took off from it.", "mortar_artillery"),
    ("Al-Shabaab threatened on Tuesday to fire mortars at Villa Somalia unless the drones stop.", "mortar_artillery"),
    ("If the soldiers stay, rockets will fall on Camp Taji on Friday, the militia warned.", "rocket"),
    ("A drone sprayed a toxic substance over Al-Tanf garrison on Tuesday, sickening six.", "cbrn"),
    ("A drone released chlorine over Camp Taji on Tuesday and ten soldiers vomited.", "cbrn"),
    ("An off-duty policeman turned his gun on colleagues at Camp Taji on Tuesday, killing three.", "small_arms"),
    ("A disgruntled guard shot three colleagues at Camp Taji on Tuesday.", "small_arms"),
    ("A recruit opened fire on his instructors at Camp Taji on Tuesday and wounded two.", "small_arms"),
    ("An Afghan soldier shot dead two fellow soldiers at Camp Taji on Tuesday.", "small_arms"),
    ("A guard turned his rifle on the advisers at Camp Taji on Tuesday.", "small_arms"),
]
NOTHING = [
    "Guards shot three attackers at Camp Taji on Tuesday.",
    "Police shot dead two gunmen near Camp Taji on Tuesday.",
    "A soldier fired warning shots at Camp Taji on Tuesday to free his colleagues.",
    "A drone sprayed pesticide on fields near Camp Taji on Tuesday.",
    "A drone sprayed water on the solar panels at Camp Taji on Tuesday.",
    "A fire in the kitchen of Okhmatdyt hospital was put out on Tuesday.",
]
INITIATORS = [
    ("Pilots reported heavy GPS jamming on approach to RAF Akrotiri on Tuesday.", "unknown"),
    ("An unidentified quadcopter hovered over the Barakah nuclear plant for ten minutes on Sunday night.", "unknown"),
    ("A small drone was seen above Camp Lemonnier on Tuesday.", "unknown"),
    ("Gunfire has been heard near the Port-au-Prince airport this morning. It is unclear who is shooting.", "unknown"),
    ("Russia jammed GPS near Rzeszow airport on Tuesday, the ministry said.", "hostile"),
    ("A Hezbollah drone hovered over Ramat David air base on Tuesday, the army said.", "hostile"),
    ("Gunmen opened fire on Camp Taji on Tuesday. It was not clear whether anybody was hurt.", "hostile"),
    ("Rockets hit Camp Taji on Tuesday. It is unclear who fired them.", "hostile"),
]


@pytest.mark.parametrize("text, kind", TYPES)
def test_a_word_beside_a_deed_tells_its_type(text: str, kind: str) -> None:
    """What was carried off, how a car was laden, on which condition, what a drone let out, on whom a guard turned."""
    assert [m.threat_type.value for m in reading_of(text)[1]] == [kind]


@pytest.mark.parametrize("text", NOTHING)
def test_guards_farmers_and_kitchens_do_no_such_deed(text: str) -> None:
    """Guards who shoot attackers, drones at work, a fire of which nobody thinks that it was laid."""
    assert reading_of(text)[1] == ()


@pytest.mark.parametrize("text, initiator", INITIATORS)
def test_signals_and_lights_in_the_sky_are_nobodys_until_somebody_is_named(text: str, initiator: str) -> None:
    """Jamming, drones that watch, and shots nobody explains may be anybody's; weapons that strike are not."""
    assert [m.initiator.value for m in reading_of(text)[1]] == [initiator]


FIRES = [
    "A fire of unknown origin destroyed a storeroom at the Dasht-e-Barchi hospital overnight. Police suspect arson.",
    "A fire of unknown origin destroyed a store of Dasht-e-Barchi hospital overnight. Arson has not been ruled out.",
]


@pytest.mark.parametrize("text", FIRES)
def test_a_fire_that_may_have_been_laid_is_no_explosion(text: str) -> None:
    """Nothing went off, and nobody knows."""
    (fire,) = reading_of(text)[1]
    assert (fire.threat_type.value, fire.status.value, fire.initiator.value) == ("arson", "unclear", "unknown")
