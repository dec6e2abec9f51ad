"""Which site is meant where the list has none, or where the teller, the headline or the place told last says which."""

import pytest

from tests.unit.test_reading_targets import told

NOT_IN_THE_LIST = [
    ("On Monday a shell landed in the compound of the Polish consulate in Lviv.", "Polish consulate in Lviv"),
    ("A grenade was thrown at the Norwegian embassy in Baghdad on Monday.", "Norwegian embassy in Baghdad"),
    ("Gunmen attacked King Khalid airport in Riyadh on Monday.", "King Khalid airport in Riyadh"),
    ("Gunmen attacked an army post in Banibangou, Niger, on Monday.", "in Banibangou"),
    ("Drones hit the headquarters of a Kurdish opposition group near Erbil on Monday evening.", "near Erbil"),
    ("An activist group broke into RAF Brize Norton overnight and damaged two aircraft.", "RAF Brize Norton"),
    ("Berlin: Police arrested a man for flying a drone over Ramstein Air Base on Sunday.", "Ramstein Air Base"),
    ("Rockets hit Haifa on Monday.", "Haifa"),
]
"""Sites that no list has, or places alone, in their own words."""


@pytest.mark.parametrize("text, place", NOT_IN_THE_LIST)
def test_a_site_that_no_list_has_is_a_place(text: str, place: str) -> None:
    """It is none of the sites that the list has nearby."""
    (mention,) = told(text)
    assert (mention.facility_id, mention.candidates) == (None, ())
    assert mention.place is not None
    assert mention.place.name == place


BY_THE_TELLER = [
    (
        "Five mortar rounds landed around the camp on Tuesday.",
        "Halane Camp Management",
        "official",
        "",
        "so-halane-compound",
    ),
    ("Two rockets hit the base at dawn.", "Duty officer, Ain al-Asad", "field", "", "iq-al-asad-air-base"),
    (
        "Two rockets impacted IVO VBC S wall at 0610, nil cas.",
        "Base defence cell",
        "field",
        "",
        "iq-victory-base-complex",
    ),
    (
        "ADEN - A bomb was found in a car on Tuesday.",
        "Wire",
        "wire",
        "Bomb in airport queue",
        "ye-aden-international-airport",
    ),
]
"""A text, its source, kind and headline, and the site."""


@pytest.mark.parametrize("text, source, kind, title, facility", BY_THE_TELLER)
def test_the_teller_or_the_headline_says_which(text: str, source: str, kind: str, title: str, facility: str) -> None:
    """The site or town that the source is called after, the dateline's, the headline's; codes from the field."""
    assert facility in {m.facility_id for m in told(text, source, kind, title)}


def test_an_official_mission_speaks_of_its_country() -> None:
    """ "The camp" of an embassy's notice is not the embassy."""
    assert "ke-us-embassy-nairobi" not in {
        m.facility_id for m in told("Shots were fired at the camp on Tuesday.", "US Embassy Nairobi", "official")
    }


PLACES_SINCE = [
    (
        "Drones flew over Abu Dhabi airport on Monday. The case of Aden is worse. On Tuesday a rocket hit the airport.",
        "ye-aden-international-airport",
    ),
    (
        "Drones flew over Abu Dhabi airport on Monday. They had come from Aden. On Tuesday a rocket hit the airport.",
        "ae-abu-dhabi-international-airport",
    ),
    (
        "Notes on plants.\n\nZaporizhzhia. The plant has no line. On Tuesday a drone hit a training centre.",
        "ua-zaporizhzhia-npp",
    ),
    ("Gunmen seized five workers on Tuesday nine kilometres from the Afungi LNG site.", "mz-afungi-lng"),
]
"""Which site the last incident is at."""


@pytest.mark.parametrize("text, facility", PLACES_SINCE)
def test_the_place_told_last_decides(text: str, facility: str | None) -> None:
    """A site of its own in the place spoken of since."""
    assert told(text)[-1].facility_id == facility
