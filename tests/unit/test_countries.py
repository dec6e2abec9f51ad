"""The map of countries: good enough to tell a mistake from a border."""

import pytest

from streams.countries import countries_at, country_names, is_free_for_users, km_from, lies_in
from streams.reading.where.towns import towns


@pytest.mark.parametrize(
    "lat, lon, countries",
    [
        pytest.param(24.43, 54.65, ("AE",), id="Abu Dhabi"),
        pytest.param(54.65, 24.43, ("LT",), id="its axes exchanged"),
        pytest.param(21.03, 105.85, ("TH", "VN"), id="Hanoi, in Bangkok's zone"),
        pytest.param(42.66, 21.17, ("RS", "XK"), id="Pristina, in Belgrade's zone"),
        pytest.param(0.0, 0.0, (), id="open sea"),
    ],
)
def test_a_point_lies_in_countries(lat: float, lon: float, countries: tuple[str, ...]) -> None:
    """A point has the countries of its time zone, at sea none."""
    assert countries_at(lat, lon) == countries
    assert all(lies_in(c, lat, lon) for c in countries)


@pytest.mark.parametrize(
    "country, lat, lon, low, high",
    [
        pytest.param("AE", 54.65, 24.43, 3600, 3900, id="from Lithuania"),
        pytest.param("US", 54.65, 24.43, 5000, 9000, id="whose border crosses the date line"),
        pytest.param("QA", 24.6, 50.9, 0, 15, id="over the border"),
        pytest.param("EG", 32.0, 31.5, 20, 60, id="off the coast"),
        pytest.param("FJ", -17.0, -176.0, 100, 600, id="beyond the date line"),
        pytest.param("TO", -18.0, 178.0, 500, 900, id="beyond it, westwards"),
        pytest.param("CA", 48.0, -100.0, 105, 117, id="from a border drawn with a ruler"),
        pytest.param("LY", 22.0, 27.5, 230, 270, id="from another"),
    ],
)
def test_the_distance_from_a_country(country: str, lat: float, lon: float, low: float, high: float) -> None:
    """It is that from the border, also where that has no vertex near, and the short way around the world."""
    assert low < km_from(country, lat, lon) < high


def test_a_country_without_a_map_is_infinitely_far() -> None:
    """A code that no zone has lies nowhere."""
    assert km_from("ZZ", 1, 1) == float("inf")
    assert not lies_in("ZZ", 1, 1)


def test_territories_count_as_the_state_that_has_them() -> None:
    """Guam may be written as GU or as US; Crimea as either."""
    assert lies_in("GU", 13.5, 144.8)
    assert lies_in("US", 13.5, 144.8)
    assert lies_in("UA", 45.0, 34.0)
    assert lies_in("RU", 45.0, 34.0)
    assert not lies_in("GU", 40.0, -100.0)


def test_the_codes() -> None:
    """All of ISO 3166-1 and Kosovo; the codes that it leaves to users are no countries and no mistakes either."""
    assert {"AE", "XK", "PS", "TW", "BV"} <= set(country_names())
    assert not {"ZZ", "UK", "EU", "YU"} & set(country_names())
    assert [c for c in ("AA", "QM", "QZ", "XA", "XX", "ZZ") if not is_free_for_users(c)] == []
    assert [c for c in ("AB", "QA", "QL", "UK", "ZA", "ZY") if is_free_for_users(c)] == []


def test_every_town_lies_in_its_country_or_near_it() -> None:
    """The map agrees with 40,000 towns of all countries, but for a dozen at borders."""
    all_towns = [t for named in towns().values() for t in named]
    off = [t for t in all_towns if not lies_in(t.country, t.lat, t.lon)]
    assert len(off) < 30
    assert [t for t in off if km_from(t.country, t.lat, t.lon) > 50] == []
