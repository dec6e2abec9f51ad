"""Landmarks without more: names that several sites bear, quarters and roads called after a kind of site."""

import pytest

from tests.unit.reader import reading_of

PUBLISHED = "2025-05-14T12:00:00Z"
BAGHDAD, HALANE = "iq-green-zone-baghdad", "so-halane-compound"
SEVERAL = [
    "An explosion rocked the Green Zone on Tuesday, witnesses said.",
    "Rockets hit the Green Zone on Tuesday.",
    "A drone was shot down over the Green Zone on Tuesday.",
    "Two mortar rounds landed in the Green Zone overnight.",
    "Explosion rocks Green Zone",
    "On Tuesday a rocket fell just short of the Green Zone.",
    "The Green Zone was shelled on Tuesday, wounding a guard.",
    "A suicide bomber blew himself up at a gate of the Green Zone on Tuesday.",
]
THAT_ONE = [
    ("Three mortar rounds landed in the Green Zone overnight, security sources in Baghdad said.", BAGHDAD),
    ("Rockets hit the Green Zone on Tuesday. Police in Baghdad blamed a militia.", BAGHDAD),
    ("Mortars hit the Green Zone in Mogadishu on Tuesday.", HALANE),
    ("Al-Shabaab fired mortars at the Green Zone on Tuesday, Somali police said.", HALANE),
    ("Rockets hit the Baghdad Green Zone on Tuesday.", BAGHDAD),
    ("Rockets hit Union III in the Green Zone on Tuesday.", "iq-union-iii"),
    ("Mortars hit the US embassy in Baghdad on Tuesday; smoke was seen from the Green Zone.", "iq-us-embassy-baghdad"),
]
PLACES = [
    ("A bomb exploded in the embassy district on Tuesday, Kabul police said.", "in the embassy district"),
    ("A roadside bomb hit a convoy on the airport road on Tuesday.", "on the airport road"),
    ("Gunmen opened fire near the diplomatic quarter on Tuesday.", "near the diplomatic quarter"),
    ("A car bomb exploded in the government district on Tuesday.", "in the government district"),
    ("A roadside bomb hit a convoy on the airport road in Baghdad on Tuesday.", "in Baghdad"),
    ("A sticky bomb went off in the diplomatic quarter of Sanaa on Tuesday.", "Sanaa"),
    ("Kabul's Green Zone was hit by a rocket on Tuesday.", "Green Zone"),
]
NOTHING = [
    "A green zone for planting trees was opened in Haifa on Tuesday.",
    "The Green Zone in Baghdad opened to traffic on Tuesday.",
    "A crash on the airport road killed two people in Baghdad on Tuesday.",
    "Protesters marched to the Green Zone in 2016.",
]


@pytest.mark.parametrize("text", SEVERAL)
def test_a_name_of_several_means_any_of_them(text: str) -> None:
    """No city or country is spoken of: each is a candidate, and the words are the place."""
    (told,) = reading_of(text, published=PUBLISHED)[1]
    assert told.facility_id is None
    assert {c.facility_id for c in told.candidates} == {BAGHDAD, HALANE}
    assert told.place is not None
    assert told.place.name == "Green Zone"


@pytest.mark.parametrize("text, site", THAT_ONE)
def test_a_city_or_a_country_says_which(text: str, site: str) -> None:
    """Spoken of anywhere in the report; a site that is named besides is the one."""
    assert [m.facility_id for m in reading_of(text, published=PUBLISHED)[1]] == [site]


@pytest.mark.parametrize("text, words", PLACES)
def test_a_quarter_or_a_road_is_a_place_and_no_site(text: str, words: str) -> None:
    """Called after an embassy or an airport, it is neither; a town's name is the better place."""
    (told,) = reading_of(text, published=PUBLISHED)[1]
    assert (told.facility_id, told.candidates) == (None, ())
    assert told.place is not None
    assert told.place.name == words


@pytest.mark.parametrize("text", NOTHING)
def test_a_landmark_alone_is_no_incident(text: str) -> None:
    """What grows or goes on there, or went on long ago."""
    assert not reading_of(text, published=PUBLISHED)[1]
