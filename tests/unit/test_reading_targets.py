"""Which site is meant: closed sites, short names, places that stand for their site, what only stands beside."""

import pytest

from tests.unit.reader import told

CLOSED = [
    ("Youths set fire to a tent of the Ebola treatment centre at Katwa on Tuesday.", "cd-katwa-ebola-centre"),
    (
        "Gunmen entered the Tajoura detention centre in Libya on Tuesday and shot a guard.",
        "ly-tajoura-detention-centre",
    ),
    ("Men threw a grenade over the wall of the deserted US embassy in Kabul on Tuesday.", "af-us-embassy-kabul"),
    ("Rockets fell near the US embassy in Kabul on Tuesday.", None),
]


"""Sites that the gazetteer says are closed."""


@pytest.mark.parametrize("text, facility", CLOSED)
def test_a_closed_site_is_meant_where_it_is_named(text: str, facility: str | None) -> None:
    """A site that is closed still stands where it stood; a mission that has left is gone, but for its empty house."""
    assert [m.facility_id for m in told(text)] == [facility]


SHORT_NAMES = [
    ("HAITI: gunmen opened fire at the runway of Toussaint Louverture on Tuesday.", "ht-toussaint-louverture-airport"),
    ("HAITI: gunmen shot at a statue of Toussaint Louverture on Tuesday.", None),
    ("A shell hit the third floor of al-Shifa on Tuesday, wounding a nurse.", "ps-al-shifa-hospital"),
    ("Mitiga: two mortar rounds on Tuesday, flights held.", "ly-mitiga-airport"),
    ("COLOMBIA: a drone dropped a grenade on the motor pool of the 30th Brigade on Tuesday.", "co-30th-brigade-cucuta"),
    ("COLOMBIA: a drone dropped a grenade on the motor pool of the 29th Brigade on Tuesday.", None),
    ("SYRIA: a lorry rammed the gate of Panorama prison on Tuesday.", "sy-al-sinaa-prison"),
]


"""What is left of a name without the word for its kind, or without its place."""


@pytest.mark.parametrize("text, facility", SHORT_NAMES)
def test_a_part_of_a_name_is_a_name(text: str, facility: str | None) -> None:
    """Sites are called by what their name bears, by their unit, or without their place, where that says where."""
    assert [m.facility_id for m in told(text)] == [facility]


WHERE_TOLD = [
    (
        "KYIV - Two guards were killed when Russian short-range missiles hit the nuclear plant near Varash on Tuesday.",
        "ua-rivne-npp",
    ),
    (
        "RIYADH, Saudi Arabia, March 13 (Wire) - Iranian one-way drones hit the airport of Najran on Tuesday.",
        "sa-najran-airport",
    ),
]


"""A weapon's maker is named nearer than the country."""


@pytest.mark.parametrize("text, facility", WHERE_TOLD)
def test_the_dateline_tells_the_country(text: str, facility: str) -> None:
    """A dateline tells the country where sites are; whose weapons they were does not, be there a word between."""
    (mention,) = told(text)
    assert facility in {mention.facility_id, *(c.facility_id for c in mention.candidates[:1])}


MEANT_FOR = [
    (
        (
            "Soldiers came upon a launcher with four rockets in a grove at Dujaylah, Iraq, on Tuesday. It "
            "was pointed at the runway of Baghdad airport."
        ),
        "iq-baghdad-international-airport",
    ),
    (
        (
            "NAIROBI - Police seized a van full of explosives in Eastleigh on Tuesday. A map of the streets around the "
            "United States embassy lay under a seat."
        ),
        "ke-us-embassy-nairobi",
    ),
    (
        (
            "Soldiers came upon a launcher with four rockets in a grove at Dujaylah, Iraq, on Tuesday. It "
            "went to Camp Taji."
        ),
        None,
    ),
]


"""Weapons found in time, and what is said of them next."""


@pytest.mark.parametrize("text, facility", MEANT_FOR)
def test_what_was_found_concerns_the_site_it_was_meant_for(text: str, facility: str | None) -> None:
    """What a plan, a map or an aim shows is the target, not the grove where the weapon lay."""
    assert told(text)[0].facility_id == facility


DESCRIBED = [
    (
        "SANAA - The old town slept. A drone launched from Yemen hit Israel's main airport on Tuesday.",
        "il-ben-gurion-airport",
    ),
    ("Stones were thrown over the berm of UNMISS Bentiu on Tuesday night and hurt two guards.", "ss-unmiss-bentiu"),
]


"""The country that a drone came from, and an organisation with many bases."""


@pytest.mark.parametrize("text, facility", DESCRIBED)
def test_what_stands_around_does_not_mislead(text: str, facility: str) -> None:
    """What came from elsewhere, or stands beside, is not where it happened."""
    assert told(text)[0].facility_id == facility


PLACES = [
    ("A bomb went off on Tuesday in Pasni, 100 km from Gwadar port.", None),
    ("A motorcycle with a bomb was blown up on the highway near Shaddadi in Syria on Tuesday.", None),
    ("A drone dropped a bomb on the fence near Shaddadi base in Syria on Tuesday.", "sy-shaddadi-base"),
    ("A motorcycle with a bomb was blown up in the lorry park of Shaddadi town in Syria on Tuesday.", None),
    ("A patrol that had left Shaddadi base in Syria drove over a mine near Markada on Tuesday.", None),
    (
        "A general told civilians on Tuesday to stay away from Al Dhafra, in the Emirates, which would burn tonight.",
        "ae-al-dhafra-air-base",
    ),
    ("KYIV - A bomb was found on Tuesday under Chornobyl's railway bridge.", None),
    ("Two drones were shot down over the Rivne station on Tuesday, the energy ministry said.", "ua-rivne-npp"),
    ("Two drones were shot down over the Rivne station on Tuesday; trains stopped.", None),
    ("A car rammed the gate of the RAF station Akrotiri on Tuesday.", "cy-raf-akrotiri"),
    (
        "RIYADH - Calm.\n\nAt Najran a drone burst over the airport on Tuesday; it came from the Yemeni side.",
        "sa-najran-airport",
    ),
    (
        "WARSAW - Calm.\n\nAt Rzeszow aircraft lost GPS on Tuesday to jamming. The airport used beacons meanwhile.",
        "pl-rzeszow-jasionka-airport",
    ),
    (
        "PORT-AU-PRINCE - Calm.\n\nAt Varreux no ship has come in. One turned away when gunmen fired at it on Tuesday.",
        "ht-varreux-terminal",
    ),
]


"""Names of places that stand for a site, and such as stand for the town or for a distance."""


@pytest.mark.parametrize("text, facility", PLACES)
def test_a_place_may_stand_for_its_site(text: str, facility: str | None) -> None:
    """A place is its site where a word for the site or being at it says so, not as the road's or the railway's."""
    assert [m.facility_id for m in told(text)] == [facility]


BESIDE = [
    ("Drones crashed into the camp of the U.S.-led alliance next to Erbil airport on Tuesday.", "iq-erbil-air-base"),
    ("Two drones were shot down beside Erbil airport on Tuesday.", "iq-erbil-international-airport"),
    (
        "BAGHDAD - A rocket hit the diplomatic compound close to Baghdad airport on Tuesday.",
        "iq-baghdad-diplomatic-support-center",
    ),
    ("Gunmen shot at Niamey airport on Tuesday and tried to enter the air base beside it.", "ne-air-base-101"),
    (
        "Two drones fell at Niamey airport on Tuesday, shot down by the guns of the base beside it.",
        "ne-niamey-airport",
    ),
    ("Erbil. A drone fell on the airport's military side on Tuesday.", "iq-erbil-air-base"),
]


"""What is hit beside an airport, or in its military part."""


@pytest.mark.parametrize("text, site", BESIDE)
def test_an_airport_may_only_tell_where_another_site_stands(text: str, site: str) -> None:
    """A base beside an airport is meant, not the airport; its military part is the base on its ground."""
    assert [m.facility_id for m in told(text)] == [site]


SMALL_LETTERS = [
    ("rocket past the fence at rmeilan, the american strip. helicopters up", "sy-rumalyn-landing-zone"),
    ("loud explosion inside mitiga, black smoke, flights stopped", "ly-mitiga-airport"),
    ("omar says he heard an explosion, syria is like that", None),
]


"""Posts that write names without capitals."""


@pytest.mark.parametrize("text, facility", SMALL_LETTERS)
def test_a_post_needs_no_capitals(text: str, facility: str | None) -> None:
    """Behind a word of place a name is one in small letters, too; elsewhere it may be a man's."""
    assert [m.facility_id for m in told(text, "@someone", "social")] == [facility]
