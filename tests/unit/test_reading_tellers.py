"""Which site is meant where the list has none, or where the teller, the headline or the place told last says which."""

import pytest

from tests.unit.reader import told

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


SOURCES = [
    (
        "A hire car rammed the barrier last night; two guards are hurt.",
        "RAF Akrotiri, duty officer",
        "field",
        "cy-raf-akrotiri",
    ),
    (
        "A hire car rammed the barrier of a bank in Larnaca last night; two guards are hurt.",
        "RAF Akrotiri, duty officer",
        "field",
        None,
    ),
    ("A hire car rammed the barrier last night; two guards are hurt.", "Police of Limassol", "field", None),
    ("A hire car rammed the barrier last night; two guards are hurt.", "Friends of RAF Akrotiri", "news", None),
]


"""Texts that name no site, and who sent them."""


@pytest.mark.parametrize("text, source, kind, facility", SOURCES)
def test_a_site_reports_of_itself(text: str, source: str, kind: str, facility: str | None) -> None:
    """Where the people of a site report and name no place, it is theirs."""
    assert {m.facility_id for m in told(text, source, kind)} == {facility}


POSTS = [
    (
        "TOC Camp Buehring / Watch",
        "DAILY 12",
        "1. 0210C. 1 x UAS over the motor pool, 4 min.\n2. Nothing heard from Camp Arifjan.",
        "kw-camp-buehring",
    ),
    ("Sector watch", "SITREP 12 QASRAK", "1. 0210C. 1 x UAS over the motor pool, 4 min.", "sy-qasrak-base"),
    ("PB Shaddadi cell", "", "1. 0210C. 1 x UAS over the motor pool, 4 min.", "sy-shaddadi-base"),
    ("Sector watch", "SITREP 12", "1. 0210C. 2 x rkt impacted inside AAAB, one dud.", "iq-al-asad-air-base"),
    ("Terminal liaison", "NOTE 3 / MTPP", "1630L: 3 x rd SAF struck the apron.", "ht-toussaint-louverture-airport"),
    ("TOC Camp Buehring", "DAILY 12", "1. 0210C. 1 x UAS seen by the crew of a truck in Basra city.", None),
]


"""Senders and headlines of reports from the field, what they tell, and where that happened."""


@pytest.mark.parametrize("source, title, text, facility", POSTS)
def test_a_report_from_the_field_is_of_its_post(source: str, title: str, text: str, facility: str | None) -> None:
    """Its sender says of which site it is, other sites named or not, else its headline; short names are names."""
    assert told(f"{text}\n3. Nothing further.", source, "field", title)[0].facility_id == facility


OF_A_TOWN = [
    ("2 booms just now, smoke from the airport", "@hawler_sky", "social", "iq-erbil-international-airport"),
    (
        "a mortar fell at the airport, one hurt",
        "Basra traders group",
        "social",
        "iq-basra-international-airport",
    ),
    ("A shell hit the hospital at 14:00, two hurt.", "Medical coordination desk, Abs", "ngo", "ye-abs-hospital"),
    ("Rockets hit the airport on Monday.", "Sulaymaniyah and Basra drivers", "social", None),
    ("Rockets hit an airport on Monday.", "@basra_now", "social", None),
    ("Rockets hit the airport of Aden on Monday.", "@basra_now", "social", "ye-aden-international-airport"),
    ("Rockets hit the airport on Monday.", "Basra Times", "wire", None),
]


"""What those tell who report from where they are, under the name of their town, and others."""


@pytest.mark.parametrize("text, source, kind, facility", OF_A_TOWN)
def test_those_on_the_spot_speak_of_their_own_town(text: str, source: str, kind: str, facility: str | None) -> None:
    """Where nothing else says where, "the airport" is that of the town in the name of a post, a desk or a group."""
    assert [m.facility_id for m in told(text, source, kind)] == [facility]
