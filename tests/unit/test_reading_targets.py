"""Which site is meant: places that no list has, closed sites, short names, sources that are sites themselves."""

import json

import pytest

from schemas.mention import Mention
from schemas.policy import Policy
from schemas.report import Report
from streams.reading import read
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
