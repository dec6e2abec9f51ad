"""Whether a passage plays at the site told before or behind it, or away: another place, or another kind of site."""

import pytest

from streams.reading.where.places import says_where
from tests.unit.reader import told

ONLY_SITE = [
    ("Shots were fired at a lorry on Tuesday night.", "iq-camp-taji"),
    ("Shots were fired at a lorry below Umm Rashrash on Tuesday night.", None),
    ("In the village of Tal Zarqun a mine killed a herder on Tuesday.", None),
    ("Ahmad keeps a shop in Dujaylah. On Tuesday night men fired shots at his lorry.", None),
    ("Men who had put out from Qasr Mirza were fired on by gunmen on Tuesday night.", None),
    ("Shots were fired at a lorry at Hangar Four on Tuesday night.", "iq-camp-taji"),
    ("Shots were fired at a lorry in Taji on Tuesday night.", "iq-camp-taji"),
    ("Shots were fired at a lorry at the tollgate of Rashrash on Tuesday night.", None),
    ("Shots were fired at a lorry beside the fuel farm on Tuesday night.", "iq-camp-taji"),
    ("Shots were fired at a lorry beside a chicken farm on Tuesday night.", None),
    ("Shots were fired at a lorry on Tuesday night, as under President Bashar al-Assad.", "iq-camp-taji"),
]


"""What follows a sentence about Camp Taji, and whether it plays there."""


@pytest.mark.parametrize("text, facility", ONLY_SITE)
def test_an_unknown_place_is_not_the_only_site_of_the_report(text: str, facility: str | None) -> None:
    """Where a passage says that it plays counts, be the place in no list of towns; a part of the site is the site."""
    mentions = told(f"Rockets hit Camp Taji in Iraq on Monday; a guard was hurt.\n\n{text}")
    assert [m.facility_id for m in mentions] == ["iq-camp-taji", facility]


BEHIND = [
    (
        "Two bullets hit a woman behind the wash-house on Monday night. She is the fourth this month at Al-Hol.",
        "sy-al-hol-camp",
    ),
    ("Two bullets hit a woman at a well in Amuda on Monday night. She had come from Al-Hol.", None),
]


"""An event without a place, and what its paragraph names behind it."""


@pytest.mark.parametrize("text, facility", BEHIND)
def test_a_site_named_behind_an_event_is_its_own(text: str, facility: str | None) -> None:
    """Where the rest of a paragraph names one site, what it began with happened there, unless it says where."""
    assert told(text)[0].facility_id == facility


PEOPLE = [
    ("On Tuesday an Iranian pilgrim was shot by gunmen.", "iq-camp-taji"),
    ("On Tuesday a guard was shot by gunmen in an Iranian border town.", None),
]


@pytest.mark.parametrize("text, facility", PEOPLE)
def test_whose_national_somebody_is_tells_no_place(text: str, facility: str | None) -> None:
    """A stranger at a site is at the site."""
    assert told(f"Rockets hit Camp Taji in Iraq on Monday; a guard was hurt.\n\n{text}")[-1].facility_id == facility


VENUES = [
    ("A bomb went off at a wedding on Tuesday; two guests are hurt.", None),
    ("A bomb went off at the gate on Tuesday; two guests are hurt.", "iq-camp-taji"),
]


@pytest.mark.parametrize("text, facility", VENUES)
def test_a_market_is_not_the_only_site(text: str, facility: str | None) -> None:
    """What happens where people live and trade does not happen at a base."""
    assert told(f"Rockets hit Camp Taji in Iraq on Monday; a guard was hurt.\n\n{text}")[-1].facility_id == facility


OTHERS = [
    ("A lorry ran over the bollards of the American embassy in Larnaca on Tuesday on purpose.", None),
    ("Youths threw petrol bombs at a lorry at the gate on Tuesday.", "xk-camp-bondsteel"),
]


@pytest.mark.parametrize("text, facility", OTHERS)
def test_the_only_site_is_not_one_of_another_kind(text: str, facility: str | None) -> None:
    """Where an event speaks of an embassy, the camp that the report names elsewhere is not meant."""
    before = "A drone was shot down over Camp Bondsteel in Kosovo on Monday; debris hurt a guard.\n\n"
    assert told(before + text)[-1].facility_id == facility


TOWNS = [
    ("In the neighbouring town of Enerhodar a shell set a kiosk on fire on Monday.", None),
    ("In the part of Enerhodar that is the plant's a shell set a kiosk on fire on Monday.", "ua-zaporizhzhia-npp"),
    (
        "Two more that were heading for the plant were shot down on Monday, an official in Lviv said.",
        "ua-zaporizhzhia-npp",
    ),
    ("Ukrainian drones fell on the plant on Monday and broke a pipe.", "ua-zaporizhzhia-npp"),
]


"""What follows on a drone at the Zaporizhzhia plant, and whether it plays there."""


@pytest.mark.parametrize("text, facility", TOWNS)
def test_the_town_of_a_site_is_not_the_site(text: str, facility: str | None) -> None:
    """A town beside is away; a speaker's town, or the people whose weapon it is, are no other site."""
    before = "A drone hit a roof of the Zaporizhzhia nuclear power station on Tuesday.\n\n"
    assert told(before + text)[-1].facility_id == facility


_AKROTIRI = "A drone hit the runway of Britain's Akrotiri air base in Cyprus on Tuesday.\n\n"


THE_SAME = [
    (
        _AKROTIRI + "Two more that were heading for the base were shot down on Monday, an official in Nicosia said.",
        "cy-raf-akrotiri",
    ),
    (_AKROTIRI + "Iranian missiles fell on the base on Monday and broke a pipe.", "cy-raf-akrotiri"),
    (
        "Rukban in Syria is short of bread.\n\nOn Tuesday someone fired mortar rounds into a part of the camp.",
        "sy-rukban-camp",
    ),
    (
        "At the Khmelnytskyi plant a missile was shot down on Tuesday; at Rivne, though, a drone burnt a reactor coil.",
        "ua-rivne-npp",
    ),
]


"""Texts that speak again of a site, or of one of its kind elsewhere."""


@pytest.mark.parametrize("text, facility", THE_SAME)
def test_the_base_is_the_one_named(text: str, facility: str) -> None:
    """Neither a speaker's town nor the people whose weapon it is make it another, and what was called a camp is one."""
    assert told(text)[-1].facility_id == facility


def test_whose_ground_it_is_tells_no_place() -> None:
    """Words for who holds a place are not its name."""
    held, named = "A line was cut on the Ukrainian-held bank.", "A drone was shot down at the tollgate of Wabaria."
    assert not says_where(held, 0, len(held))
    assert says_where(named, 0, len(named))


ANOTHER = [
    (
        (
            "KHARTOUM - Drones hit Khartoum airport before dawn on Tuesday.\n\nA second wave, at about nine in the "
            "morning, was aimed at the military hospital in Omdurman and was shot down by ground fire."
        ),
        "",
        None,
    ),
    (
        "KHARTOUM - On Tuesday afternoon three shells struck a hospital in Omdurman and hurt a nurse.",
        "Hospital in Sudan shelled, airport hit as fighting returns to the capital",
        None,
    ),
    ("Mocha port in Yemen is open. On Tuesday a drone hit one of the northern ports.", "", None),
]


"""Texts that name or describe a site, with their headline, and go on at another that they do not name."""


@pytest.mark.parametrize("text, title, facility", ANOTHER)
def test_another_place_or_kind_of_site_is_another(text: str, title: str, facility: str | None) -> None:
    """What was told before is not taken over where a clause tells a place or a kind of site that it is not."""
    assert told(text, title=title)[-1].facility_id == facility


ELSEWHERE = [
    ("LEBANON: A rocket fell on the UNIFIL headquarters on Tuesday.", "lb-unifil-naqoura"),
    ("LEBANON: Shots hit a UNIFIL patrol in Bint Maraqeh on Tuesday.", None),
    ("NIGERIA: Gunmen stopped a bus between Dikwa and Marshe on Tuesday and shot the driver.", None),
    ("YEMEN: A truck was hit by a missile on Tuesday 2 km from Hodeidah port.", "ye-hodeidah-port"),
    ("KYIV - The Okhmatdyt hospital was full on Tuesday. A drone hit a shop three streets away.", None),
    ("KYIV - The Okhmatdyt hospital was full on Tuesday. A drone hit the roof.", "ua-okhmatdyt-hospital"),
    ("A shell hit the market in Beirut on Monday, not the port.", None),
    ("A shell hit a market on Monday, not Aden airport.", None),
    ("A drone hit a school in Basra on Monday, not at the airport.", None),
    ("A shell hit Aden airport on Monday, not the port of Mokha.", "ye-aden-international-airport"),
]


"""Sites that are named only to tell where something else is, each beside one that was hit."""


@pytest.mark.parametrize("text, facility", ELSEWHERE)
def test_what_happens_away_from_a_named_site_is_not_there(text: str, facility: str | None) -> None:
    """Between two places, streets or miles away, at a force's other posts: not at the site that is named."""
    assert [m.facility_id for m in told(text)] == [facility]
