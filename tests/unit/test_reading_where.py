"""Where a report plays: places with a word for a site, the country that decides between namesakes, local time."""

import json

import pytest

from schemas.mention import Mention
from schemas.policy import Policy
from schemas.report import Report
from streams.reading import read
from tests.unit.test_reading_reports import lexicon


def told(text: str, source: str = "wire", kind: str = "wire") -> tuple[Mention, ...]:
    """Read a text of a source, published on a Wednesday."""
    envelope = {"name": source, "kind": kind, "reliability": "B"}
    report = {"report_id": "r", "source": envelope, "published_at": "2024-03-13T10:00:00Z", "title": "", "text": text}
    return read(Report.model_validate_json(json.dumps(report)), 1, lexicon(), Policy())[1]


MADE_NAMES = [
    ("Two rockets fell inside Victory camp on Tuesday evening, an Iraqi officer said.", "iq-victory-base-complex"),
    ("IRAQ: mortar rounds hit the Victory base camp on Tuesday.", "iq-victory-base-complex"),
    ("A drone was shot down over the Bondsteel camp on Tuesday.", "xk-camp-bondsteel"),
    ("Rockets landed short of Qaim camp on Tuesday.", "iq-al-qaim-base"),
    ("A rocket hit Fort Tanf on Tuesday night.", "sy-al-tanf-garrison"),
    ("Rockets hit Camp Balad on Tuesday night; nobody was hurt.", "iq-balad-air-base"),
    ("A rocket struck Harir's airfield on Tuesday night.", "iq-harir-air-base"),
    ("Rockets were fired at Khmeimim airfield on Tuesday.", "sy-hmeimim-air-base"),
    ("A rocket landed in Victory camp in eastern Poland on Tuesday.", None),
    ("A rocket landed in Camp Victory in eastern Poland on Tuesday.", None),
    ("A mortar round hit the Qaim refinery on Tuesday.", None),
    ("Rockets hit Balad hospital on Tuesday; nobody was hurt.", None),
    ("A bomb went off at Malakal airport on Tuesday.", None),
]
"""Names that no gazetteer has, and places whose word for a site is of another kind."""

NAMESAKES = [
    (
        "Two drones were shot down over the Green Zone on Tuesday at 23:00.",
        "Media Cell, Baghdad",
        "iq-green-zone-baghdad",
    ),
    ("Mortar rounds fell in the Green Zone on Tuesday at 23:00.", "Mogadishu Daily", "so-halane-compound"),
    (
        "Rockets fell in the Green Zone on Tuesday. The noise at Taji tomorrow is a drill.",
        "wire",
        "iq-green-zone-baghdad",
    ),
    ("Mortar rounds hit the Green Zone on Tuesday, the Somali police said.", "Baghdad Post", "so-halane-compound"),
    ("Rockets hit Green Village on Tuesday.", "Hasakah Monitor, Syria", "sy-green-village"),
    ("Mortar rounds fell in the Green Zone on Tuesday.", "wire", None),
]
"""Names that several sites have: the text's other places decide, then the source."""

CLOCKS = [
    ("At 22:18 on Tuesday rockets hit the fence of a depot.", "Operations Media, Baghdad", "2024-03-12T19:18"),
    ("TBILISI, March 13 - A drone fell on an air base at 22:15 on Tuesday.", "wire", "2024-03-12T18:15"),
    ("A bomb went off at 21:30 on Tuesday at an army camp in Tbilisi.", "wire", "2024-03-12T17:30"),
    ("At 22:18 on Tuesday gunmen shot at the gate of the depot. The wounded are at Taji.", "wire", "2024-03-12T19:18"),
    ("At 22:18 on Tuesday rockets hit the fence of a depot.", "wire", "2024-03-12T22:18"),
]
"""A time of day is that of the place, of the country spoken of, of the source; only then UTC."""


@pytest.mark.parametrize("text, facility", MADE_NAMES)
def test_a_place_with_a_word_for_its_kind_names_a_facility(text: str, facility: str | None) -> None:
    """A facility is known by its place and any word for its kind, in front or behind; not by one for another kind."""
    (mention,) = told(text)
    assert mention.facility_id == facility


@pytest.mark.parametrize("text, source, facility", NAMESAKES)
def test_of_namesakes_the_one_in_the_country_is_meant(text: str, source: str, facility: str | None) -> None:
    """What a text names beside, else its source's name, tells which of several sites is meant."""
    (mention,) = told(text, source, "official")
    assert mention.facility_id == facility


@pytest.mark.parametrize("text, source, instant", CLOCKS)
def test_a_time_of_day_is_local(text: str, source: str, instant: str) -> None:
    """A clock time is read on the clock of the place that the report or its source tells."""
    (mention,) = told(text, source)
    middle = mention.occurred.earliest + (mention.occurred.latest - mention.occurred.earliest) / 2
    assert middle.isoformat().startswith(instant)
