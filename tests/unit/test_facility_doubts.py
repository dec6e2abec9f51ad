"""What a file of facilities may say and still is worth a look: said where it is a mistake, and not where it is none."""

import json
from pathlib import Path
from typing import Any

import pytest

from streams.desk.doubts import doubts
from streams.gazetteer import Gazetteer
from streams.geojson import unknown_properties
from streams.resources import resource
from tests.unit.cli_runner import run


def feature(id_: str = "a", lat: float = 33.0, lon: float = 44.0, **changed: object) -> dict[str, Any]:
    """A feature that leaves nothing to doubt, but for what is changed."""
    told = {"id": id_, "name": f"Base {id_}", "aliases": [f"Camp {id_}"], "kind": "air_base", "country": "IQ"}
    point = {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "properties": told | changed, "geometry": point}


def file(folder: Path, *features: dict[str, Any]) -> Path:
    """Write features as a collection."""
    path = folder / "mine.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def looked_at(path: Path) -> list[str]:
    """What is worth a look in a file."""
    return doubts(Gazetteer.from_geojson(path), unknown_properties(path))


@pytest.mark.parametrize("name", ["defaults/facilities.geojson"])
def test_what_ships_leaves_nothing_to_doubt(name: str) -> None:
    """The facilities that ship lie where they should, and have no property that means nothing."""
    assert looked_at(resource(name)) == []


@pytest.mark.parametrize(
    "country, lat, lon, told",
    [
        pytest.param(
            "AE", 54.65, 24.43, "latitude 54.65, longitude 24.43 is in Lithuania, 3,734 km from United", id="exchanged"
        ),
        pytest.param("AE", 54.65, 24.43, "; with the two exchanged it would lie there", id="which is said"),
        pytest.param("LB", 35.5, 33.9, "is in Cyprus, 180 km from Lebanon (LB); with the two exch", id="not far"),
        pytest.param("CY", 32.9, 34.6, "is at sea, 210 km from Cyprus (CY); with the two exchanged", id="into the sea"),
        pytest.param("YE", 2.0, 70.0, "is at sea, 2,058 km from Yemen", id="far out at sea"),
        pytest.param("US", 33.3, 44.4, "is in Iraq, ", id="the country of the tenant"),
        pytest.param("LA", 21.03, 105.85, "is in Thailand or Vietnam, ", id="two that share a zone"),
    ],
)
def test_a_point_that_is_not_in_its_country(country: str, lat: float, lon: float, told: str, tmp_path: Path) -> None:
    """Where it lies is named, how far that is from the country, and whether the axes were exchanged."""
    (line,) = looked_at(file(tmp_path, feature(lat=lat, lon=lon, country=country)))
    assert line.startswith("a: ")
    assert told in line


@pytest.mark.parametrize(
    "country, lat, lon",
    [
        pytest.param("SY", 33.31, 38.70, id="some km over the border"),
        pytest.param("IL", 33.2, 35.75, id="land in dispute"),
        pytest.param("SY", 33.2, 35.75, id="by either"),
        pytest.param("RU", 45.0, 34.0, id="Crimea"),
        pytest.param("PS", 31.9, 35.2, id="the West Bank"),
        pytest.param("PS", 31.52, 34.43, id="a shore"),
        pytest.param("EG", 32.5, 31.0, id="an offshore field whose exchanged point lies ashore"),
        pytest.param("NO", 56.5, 3.2, id="a platform far out"),
        pytest.param("US", 13.58, 144.92, id="a territory with a code of its own"),
        pytest.param("FR", -20.9, 55.5, id="overseas"),
        pytest.param("XK", 42.58, 21.03, id="Kosovo"),
        pytest.param("VN", 21.22, 105.81, id="a zone that is named after another country's town"),
        pytest.param("BV", -54.42, 3.36, id="a country without a zone"),
    ],
)
def test_what_no_map_decides_is_passed(country: str, lat: float, lon: float, tmp_path: Path) -> None:
    """Borders, coasts, territories and disputes are no mistakes."""
    assert looked_at(file(tmp_path, feature(lat=lat, lon=lon, country=country))) == []


def test_a_rough_point_may_lie_further_off(tmp_path: Path) -> None:
    """How rough a point is, as the file has it, counts on top."""
    off: dict[str, Any] = {"lat": 33.0, "lon": 37.6, "country": "IQ"}
    assert len(looked_at(file(tmp_path, feature(**off)))) == 1
    assert looked_at(file(tmp_path, feature(**off, precision_km=200))) == []


def test_a_point_at_zero_is_told_once(tmp_path: Path) -> None:
    """What was never filled in is told as that, not as a point at sea."""
    assert looked_at(file(tmp_path, feature(lat=0, lon=0))) == ["at 0, 0, which is open sea: a"]


def test_many_are_counted(tmp_path: Path) -> None:
    """A file with all its axes exchanged is told in a few lines."""
    swapped = [feature(f"b-{n}", 44.0 + n / 10, 33.0) for n in range(40)]
    lines = looked_at(file(tmp_path, *swapped))
    assert len(lines) == 6
    assert lines[-1] == "and more like it"


def test_a_code_that_is_left_to_users(tmp_path: Path) -> None:
    """It may be an exercise's country, and stands apart from its neighbours: that is said."""
    (line,) = looked_at(file(tmp_path, feature(country="ZZ")))
    assert line.startswith("country ZZ is no country's code")
    assert "never fused" in line


@pytest.mark.parametrize(
    "name, told",
    [
        ("critcality", "critcality is no property of a facility and has no effect: is criticality meant?"),
        ("Alias", "Alias is no property of a facility and has no effect: is aliases meant?"),
        ("tenant", "is tenants meant?"),
        ("precision", "is precision_km meant?"),
        ("colour", "colour is no property of a facility and has no effect"),
        ("lat", "lat is no property of a facility and has no effect"),
    ],
)
def test_a_property_that_means_nothing(name: str, told: str, tmp_path: Path) -> None:
    """It is named, with the one that may be meant."""
    told_so = feature()
    told_so["properties"][name] = 1
    (line,) = looked_at(file(tmp_path, told_so))
    assert line.endswith(told)


def test_properties_of_a_map_are_one_line(tmp_path: Path) -> None:
    """What a geographic program writes beside is told in one line; a typing error stands apart, with how often."""
    others: dict[str, Any] = {"marker-color": "red", "fill": "x", "OBJECTID": 3}
    lines = looked_at(file(tmp_path, feature("a", **others, critcality=5), feature("b", critcality=4)))
    assert lines == [
        "critcality is no property of a facility and has no effect, in 2 features: is criticality meant?",
        "OBJECTID, fill, marker-color are no properties of a facility and have no effect",
    ]


def test_check_shows_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command says it below its tick, with everything in it made visible."""
    path = file(tmp_path, feature(lat=44.0, lon=33.0, **dict[str, Any]({"critcality\x1b[2J": 5})))
    ran = run(capsys, "facilities", "check", str(path))
    assert ran.status == 0
    assert "✓ 1 facility" in ran.out
    assert "a: latitude 44, longitude 33 is at sea" in ran.out
    assert "is criticality meant?" in ran.out
    assert "\x1b" not in ran.out
