"""Which site is meant: places that no list has, closed sites, short names, sources that are sites themselves."""

import json

import pytest

from schemas.mention import Mention
from schemas.policy import Policy
from schemas.report import Report
from streams.reading import read
from streams.reading.where.places import says_where
from tests.unit.test_reading_reports import lexicon


def told(text: str, source: str = "wire", kind: str = "wire", title: str = "") -> tuple[Mention, ...]:
    """Read a text of a source, published on a Wednesday."""
    envelope = {"name": source, "kind": kind, "reliability": "B"}
    report = {
        "report_id": "r",
        "source": envelope,
        "published_at": "2024-03-13T10:00:00Z",
        "title": title,
        "text": text,
    }
    return read(Report.model_validate_json(json.dumps(report)), 1, lexicon(), Policy())[1]


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


VENUES = [
    ("A bomb went off at a wedding on Tuesday; two guests are hurt.", None),
    ("A bomb went off at the gate on Tuesday; two guests are hurt.", "iq-camp-taji"),
]


@pytest.mark.parametrize("text, facility", VENUES)
def test_a_market_is_not_the_only_site(text: str, facility: str | None) -> None:
    """What happens where people live and trade does not happen at a base."""
    assert told(f"Rockets hit Camp Taji in Iraq on Monday; a guard was hurt.\n\n{text}")[-1].facility_id == facility


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
