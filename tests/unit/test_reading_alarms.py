"""Alarms of a few words, and flashes that name no day: they are news of the day; what only speaks of attacks is not."""

import pytest

from tests.unit.reader import told

ALARMS = [
    ("US embassy in Baghdad under attack", "attack", "iq-us-embassy-baghdad"),
    ("Camp Taji under attack.", "attack", "iq-camp-taji"),
    ("Camp Taji has come under attack", "attack", "iq-camp-taji"),
    ("Mitiga airport under attack again", "attack", "ly-mitiga-airport"),
    ("Al Asad base attacked again", "attack", "iq-al-asad-air-base"),
    ("UN House in Juba attacked", "attack", "ss-un-house-juba"),
    ("Bagram attacked", "attack", "af-bagram-airfield"),
    ("US embassy in Nairobi attacked overnight", "attack", "ke-us-embassy-nairobi"),
    ("Attack at Kabul airport", "attack", "af-kabul-airport"),
    ("Attack under way at Villa Somalia", "attack", "so-villa-somalia"),
    ("Attack on US embassy in Baghdad: two guards killed", "attack", "iq-us-embassy-baghdad"),
    ("Two killed in attack on Camp Taji.", "attack", "iq-camp-taji"),
    ("Flights suspended after attack on Mitiga airport", "attack", "ly-mitiga-airport"),
    ("An attack took place at Camp Taji on Monday.", "attack", "iq-camp-taji"),
    ("Militants attack Camp Taji", "ground_assault", "iq-camp-taji"),
    ("Jihadists storm Kidal camp", "ground_assault", "ml-kidal-camp"),
    ("Gunmen attack UN base in Beni", "ground_assault", "cd-monusco-beni-boikene"),
    ("Armed men storm Tajoura detention centre", "ground_assault", "ly-tajoura-detention-centre"),
    ("Attackers storm UN compound in Kabul", "attack", None),
    ("French embassy in Niamey under attack", "attack", None),
    ("Al Asad under rocket attack", "rocket", "iq-al-asad-air-base"),
    ("Rockets on Camp Taji", "rocket", "iq-camp-taji"),
    ("Bomb at Mitiga airport", "ied", "ly-mitiga-airport"),
    ("Car bomb outside US embassy in Nairobi", "vehicle_bomb", "ke-us-embassy-nairobi"),
    ("Explosion rocks Mitiga airport", "unknown_explosion", "ly-mitiga-airport"),
    ("Explosion rocks Green Zone", "unknown_explosion", None),
    ("Hostages taken at Radisson Blu hotel in Bamako", "kidnapping", None),
    ("Hostages were taken at the Radisson Blu hotel in Bamako on Monday.", "kidnapping", None),
    ("Hostage situation at French embassy in Niamey", "kidnapping", None),
]

NEWS = [
    ("Car bomb in Mogadishu kills 8.", "vehicle_bomb"),
    ("Drone hits hospital in El Fasher: 9 dead.", "uas"),
    ("Reuters: Five dead in blast at market in Kabul.", "unknown_explosion"),
    ("Gunmen kill 12 in Maiduguri market.", "small_arms"),
    ("IED killed two soldiers near Menaka.", "ied"),
    ("Aid convoy hit by drone in El Obeid: 5 dead.", "uas"),
    ("The UN said a drone hit its logistics base in Kadugli, killing six peacekeepers.", "uas"),
    ("Gunmen storm Serena hotel in Kabul, 6 dead", "ground_assault"),
    ("Insurgents raid Palma hotel", "ground_assault"),
    ("Rockets hit Haifa.", "rocket"),
    ("Rebels shell Goma, killing two", "mortar_artillery"),
    ("Suicide bomber kills 20 in Peshawar", "suicide_bombing"),
    ("Gunmen abduct three aid workers near Gao", "kidnapping"),
    ("A roadside bomb killed three soldiers near Tessalit, the army said.", "ied"),
    ("Houthis fire missile at Eilat", "missile"),
]

SPOKEN_OF = [
    "Camp Taji under attack from mosquitoes",
    "Commander of Camp Taji under attack from critics over costs",
    "The attack on Camp Taji is still being investigated.",
    "No attack on Camp Taji, army says",
    "Iraq condemns attack on US embassy in Baghdad",
    "Reports that US embassy in Baghdad is under attack are false",
    'No, the airport in Basra is not "under attack"!! they are shooting a FILM.',
    "What to do if the embassy in Baghdad is under attack",
    "Film about the attack on Bagram opens in Berlin",
    "How the attack on Camp Taji changed Iraq",
    "Three charged over attack on US embassy in Ankara",
    "Minister's plan for Camp Taji attacked in parliament",
    "People in Gao heard on the radio that the camp at the airport had been attacked.",
    "Patriot missiles at Al Udeid",
    "New drones at Camp Lemonnier",
    "Bomb disposal course at Camp Arifjan",
    "Bomb at Mitiga airport was a toy",
    "Hostages taken in October 2023 return home",
    "The hostages held in Gaza should be freed, the minister said.",
    "A survivor of the car bomb in Mogadishu tells her story.",
    "Why a car bomb in Mogadishu no longer makes news",
    "The drone war over El Fasher, explained",
    "Artist paints the drone that hit a hospital in El Fasher.",
    "Car bombs kill more people in Mogadishu than malaria does, a study says.",
    "Analysis: Why rockets keep falling on Camp Taji. Since October the base has been hit 14 times.",
    "Attackers storm to victory in Kabul league",
    "Rebels attack budget in parliament",
    "Israeli strike on pay closes Ben Gurion airport",
    "The ministers called for an end to attacks on Okhmatdyt hospital.",
    "Embassies are a target for militants, who may use car bombs or drones, a consultant told a conference in Dubai.",
]


@pytest.mark.parametrize("text, threat_type, facility", ALARMS)
def test_an_alarm_of_a_few_words_is_an_incident(text: str, threat_type: str, facility: str | None) -> None:
    """It tells that a site is attacked, and nothing else: that is enough."""
    (mention,) = told(text)
    assert mention.threat_type.value in ({"ground_assault", "other"} if threat_type == "attack" else {threat_type})
    assert mention.facility_id == facility


@pytest.mark.parametrize("text, threat_type", NEWS)
def test_a_flash_without_a_day_is_news_of_the_day(text: str, threat_type: str) -> None:
    """No time stated means the day before publication."""
    (mention,) = told(text)
    assert mention.threat_type.value == threat_type


@pytest.mark.parametrize("text", SPOKEN_OF)
def test_what_speaks_of_an_attack_is_no_alarm(text: str) -> None:
    """Features, denials, reactions, figures and arms on a base name attacks and sites too."""
    assert not told(text)


def test_a_place_that_was_struck_is_where_it_was() -> None:
    """A town that is the verb's object is named as surely as one behind "in"."""
    (mention,) = told("Rockets hit Haifa.")
    assert mention.place is not None
    assert mention.place.name == "Haifa"


@pytest.mark.parametrize(
    "text",
    [
        "Explosion at Camp Taji.",
        "Explosion at Kabul airport",
        "Explosion at Al Udeid air base.",
        "Explosion near US embassy in Beirut",
        "An explosion hit Camp Lemonnier.",
    ],
)
def test_a_bang_of_a_few_words_stays_a_bang(text: str) -> None:
    """The model of types sees no word of so short a sentence, and would say what is likeliest anywhere."""
    (mention,) = told(text)
    assert mention.threat_type.value == "unknown_explosion"


def test_a_stage_of_a_few_words_stays() -> None:
    """So it is with the stage."""
    (mention,) = told("Assault on Bagram repelled")
    assert (mention.threat_type.value, mention.status.value) == ("ground_assault", "intercepted")


@pytest.mark.parametrize(
    "text, threat_type, status",
    [
        ("Sirens sounded at Erbil air base at 02:10; base defences shot down one drone.", "uas", "intercepted"),
        ("Sirens sounded at Erbil air base at 02:10. Base defences shot down one drone.", "uas", "intercepted"),
        ("Sirens were heard at Union III; two rockets landed outside the wall.", "rocket", "executed"),
        ("Alarms went off at Tower 22 on Monday and a drone was shot down.", "uas", "intercepted"),
        ("Sirens sounded at the US embassy in Baghdad on Monday.", "unknown_explosion", "unclear"),
    ],
)
def test_sirens_and_what_they_sounded_for_are_one_incident(text: str, threat_type: str, status: str) -> None:
    """What sounds because of a weapon is no event beside it; alone it is an alarm."""
    (mention,) = told(text)
    assert (mention.threat_type.value, mention.status.value) == (threat_type, status)
