"""The plainest news there is: one line that says what a duty officer must know, and lines that only sound like it."""

import pytest

from tests.unit.reader import reading_of

BASE = "kw-camp-arifjan"
TOLD = [
    ("An attack on Camp Arifjan killed three soldiers on Tuesday, the army said.", "ground_assault", "executed"),
    ("Camp Arifjan came under attack late on Tuesday; two people were hurt.", "ground_assault", "executed"),
    ("Security forces foiled an attack on Camp Arifjan and arrested four suspects on Tuesday.", None, "thwarted"),
    ("The army said it thwarted a planned attack against Camp Arifjan on Tuesday.", None, "thwarted"),
    ("Guards at Camp Arifjan shot down a drone on Tuesday.", "uas", "intercepted"),
    ("Explosions heard at Camp Arifjan, cause unknown.", "unknown_explosion", None),
    ("Explosion in Camp Arifjan wounded two on Tuesday.", "unknown_explosion", "executed"),
    ("A strike by drones on Camp Arifjan killed two on Tuesday.", "uas", "executed"),
]
QUIET = [
    "The minister visited Camp Arifjan on Tuesday and condemned an attack on its guards last year.",
    "A heart attack killed a cook at Camp Arifjan on Tuesday.",
    "The opposition's attack on the budget for Camp Arifjan drew cheers on Tuesday.",
    "Fans praised the club's attack after Tuesday's match at Camp Arifjan.",
    "Speakers at Camp Arifjan may drone on and on about an explosion in prices, as on Tuesday.",
    "A strike by dockers kept Camp Arifjan short of stores on Tuesday.",
]


@pytest.mark.parametrize("text,threat,status", TOLD)
def test_one_line_is_enough(text: str, threat: str | None, status: str | None) -> None:
    """A flash of one sentence about a named base is one mention of it; where axes are open they are not asked."""
    (mention,) = reading_of(text)[1]
    assert mention.facility_id == BASE
    assert threat in (None, mention.threat_type.value)
    assert status in (None, mention.status.value)


@pytest.mark.parametrize("text", QUIET)
def test_what_only_sounds_like_it(text: str) -> None:
    """The same words about budgets, football, hearts, strikes of dockers and years long past tell nothing."""
    assert reading_of(text)[1] == ()


def test_overnight_in_the_evening_is_the_night_before() -> None:
    """Of a report at nine in the evening, local time, that tells of the night: not of the one that has just begun."""
    (mention,) = reading_of(
        "Militants fired rockets at Camp Arifjan overnight, wounding two.", published="2024-05-15T18:00:00Z"
    )[1]
    assert mention.occurred.earliest.isoformat() == "2024-05-14T17:00:00+00:00"
    assert mention.occurred.latest.isoformat() == "2024-05-15T03:00:00+00:00"


@pytest.mark.parametrize("site", ["the Kandahar airfield", "Kandahar airfield"])
def test_a_site_named_for_a_town_is_no_other_of_the_country(site: str) -> None:
    """Mortars on an airfield that the gazetteer lacks do not alarm the one that it has, 460 km away."""
    (mention,) = reading_of(f"At least four mortar rounds struck {site} before dawn on Tuesday, the Taliban said.")[1]
    assert (mention.facility_id, mention.candidates) == (None, ())
