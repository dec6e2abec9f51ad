"""Which facility is meant by what somebody types, and what they are told where none is."""

import pytest

from alerts.selection import AlertFilter
from streams.cli.common import CliError
from streams.cli.subscribe import at_sites
from streams.desk.naming import AmbiguousNameError, meant, or_do_you_mean
from streams.gazetteer import Gazetteer
from streams.resources import resource
from streams.settings import Settings

DEFAULTS = Gazetteer.from_geojson(resource("defaults/facilities.geojson"))
SETTINGS = Settings(facilities=resource("defaults/facilities.geojson"), bootstrap="127.0.0.1:1")
"""A file of facilities is asked before any broker is."""


@pytest.mark.parametrize(
    "what, facility_id",
    [
        ("dj-camp-lemonnier", "dj-camp-lemonnier"),
        ("Camp Lemonnier", "dj-camp-lemonnier"),
        ("camp lemonnier", "dj-camp-lemonnier"),
        ("Lemonnier", "dj-camp-lemonnier"),
        ("al asad", "iq-al-asad-air-base"),
        ("Djibouti-Ambouli International Airport", "dj-ambouli-international-airport"),
        ("Lemmonier", None),
        ("nowhere", None),
        ("emonnier", None),
        ("bh", None),
    ],
)
def test_one_facility_is_meant(what: str, facility_id: str | None) -> None:
    """An id, a name in any case, an alias or a part of a name will do."""
    facility = meant(DEFAULTS, what)
    assert (facility and facility.id) == facility_id


def test_parts_of_one_site_are_no_riddle() -> None:
    """Where words fit two facilities of one site alike, its own name is meant; of two sites none is."""
    site_id = DEFAULTS.site_of("dj-camp-lemonnier")
    assert site_id is not None
    members = DEFAULTS.members(site_id)
    assert len(members) > 1
    alike = Gazetteer(f.model_copy(update={"name": f"Harbour {n}", "aliases": ()}) for n, f in enumerate(members))
    found = meant(alike, "harbour")
    assert found is not None
    assert found.id == site_id
    with pytest.raises(AmbiguousNameError, match=r"'embassy' may be any of \d+ facilities: "):
        meant(DEFAULTS, "embassy")


@pytest.mark.parametrize(
    "what, told",
    [
        ("Camp Lemmonier", "; do you mean dj-camp-lemonnier (Camp Lemonnier)?"),
        ("dj-camp-lemmonier", "; do you mean dj-camp-lemonnier (Camp Lemonnier)?"),
        ("xyzzy", ""),
    ],
)
def test_what_is_spelled_much_like_it_is_offered(what: str, told: str) -> None:
    """A slip of the pen is told what was probably meant."""
    assert or_do_you_mean(DEFAULTS, what) == told


def test_a_filter_takes_the_whole_site(capsys: pytest.CaptureFixture[str]) -> None:
    """An alert that is told under the airport reaches whoever named the camp that shares its site."""
    where = at_sites(AlertFilter(), ["Lemonnier", "iq-al-asad-air-base"], SETTINGS)
    assert where.facilities == {DEFAULTS.site_of("dj-camp-lemonnier"), DEFAULTS.site_of("iq-al-asad-air-base")}
    assert capsys.readouterr().err == "Lemonnier: Camp Lemonnier (dj-camp-lemonnier)\n"
    assert at_sites(AlertFilter(), None, SETTINGS) == AlertFilter()


@pytest.mark.parametrize(
    "named, told",
    [
        ("Camp Lemmonier", "is called 'Camp Lemmonier'; do you mean dj-camp-lemonnier"),
        ("embassy", "may be any of"),
    ],
)
def test_a_filter_for_nothing_is_refused(named: str, told: str) -> None:
    """Nobody waits for alerts about a facility that nobody watches over."""
    with pytest.raises(CliError, match=told) as refused:
        at_sites(AlertFilter(), [named], SETTINGS)
    assert refused.value.status == 2
