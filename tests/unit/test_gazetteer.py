"""Facilities from a file: what is taken, and errors that name file, feature and field."""

import json
from pathlib import Path
from typing import Any

import pytest

from streams.gazetteer import Gazetteer, GazetteerError
from tests.unit.cli_runner import run

POINT = {"type": "Point", "coordinates": [44.0, 33.0]}


def feature(id_: str | None = "a", geometry: object = POINT, **changed: object) -> dict[str, Any]:
    """A feature; its name is made of its id."""
    told = {"id": id_, "name": f"Base {id_}", "kind": "air_base", "country": "IQ", **changed}
    return {"type": "Feature", "properties": {k: v for k, v in told.items() if v is not None}, "geometry": geometry}


def collection(*features: object) -> dict[str, Any]:
    """Features in a collection."""
    return {"type": "FeatureCollection", "features": list(features)}


def file(folder: Path, document: object, before: bytes = b"") -> Path:
    """Write a document."""
    path = folder / "mine.geojson"
    path.write_bytes(before + json.dumps(document).encode())
    return path


@pytest.mark.parametrize(
    "document, before, ids",
    [
        pytest.param(collection(feature("a"), feature("b")), b"", ["a", "b"], id="collection"),
        pytest.param(collection(feature("a")), b"\xef\xbb\xbf", ["a"], id="byte order mark"),
        pytest.param(feature("a"), b"", ["a"], id="one feature"),
        pytest.param(collection({**feature(None), "id": "f-1"}), b"", ["f-1"], id="the feature's own id"),
        pytest.param(collection({**feature(None), "id": 17}), b"", ["17"], id="a number for an id"),
        pytest.param(collection({**feature("a"), "id": "f-1"}), b"", ["a"], id="ids of both"),
        pytest.param(
            collection(feature("a", {"type": "Point", "coordinates": [44, 33, 120]})), b"", ["a"], id="with a height"
        ),
        pytest.param(collection(), b"", [], id="none"),
    ],
)
def test_geojson_is_read(document: object, before: bytes, ids: list[str], tmp_path: Path) -> None:
    """Whatever RFC 7946 allows for points is taken."""
    assert list(Gazetteer.from_geojson(file(tmp_path, document, before)).by_id) == ids


@pytest.mark.parametrize(
    "document, told",
    [
        ([], "mine.geojson: an array is no GeoJSON: write "),
        ("x", "mine.geojson: not a GeoJSON FeatureCollection: write "),
        ({"features": 3}, "mine.geojson: not a GeoJSON FeatureCollection: `features` is missing"),
        (collection(3), "mine.geojson: feature 1: not a GeoJSON Feature"),
        (collection({"type": "Feature", "properties": None}), "mine.geojson: feature 1: has no properties"),
        (collection(feature(geometry=None)), "mine.geojson: feature 1 (a): has no geometry, and a facility is a Point"),
        (
            collection(feature("b"), feature("a", {"type": "Polygon", "coordinates": [[[1, 2]]]})),
            "mine.geojson: feature 2 (a): geometry is a Polygon, only points are watched over",
        ),
        (
            collection(feature("a", {"type": "Point", "coordinates": [1]})),
            "mine.geojson: feature 1 (a): coordinates are not [longitude, latitude]",
        ),
        (
            collection(feature("a", {"type": "Point", "coordinates": [33, 144]})),
            "feature 1 (a): lat: Input should be less than or equal to 90; GeoJSON has the longitude first",
        ),
        (collection(feature(None)), "mine.geojson: feature 1 (no id): id: Field required"),
        (collection(feature("a"), feature("a")), "mine.geojson: features 1 and 2: facility a stands twice"),
        (
            collection(feature("a", parent="b"), feature("c"), feature("b", parent="a")),
            "mine.geojson: features 1 and 3: facility a encloses itself: a > b > a",
        ),
        (collection(feature("a", parent="a")), "mine.geojson: feature 1 (a): facility: a is its own parent"),
        (
            collection(feature("b"), feature("a", parent="zz")),
            "mine.geojson: feature 2: facility a: parent zz is not in the set",
        ),
        (
            collection(feature("a"), feature("b", aliases=["BASE A"])),
            "mine.geojson: features 1 and 2: alias 'base a' belongs to a and to b",
        ),
        (
            collection(feature("a", kind="castle")),
            "mine.geojson: feature 1 (a): kind: there is no 'castle': air_base, ",
        ),
        (
            collection(feature("a"), feature("b", country="UK")),
            "mine.geojson: feature 2 (b): country: there is no 'UK' in ISO 3166-1: Britain (UK) is GB",
        ),
        (collection(feature("a", country="YU")), "country: there is no 'YU' in ISO 3166-1, nor is it free for users"),
        (collection(feature("a", tenants=["un", "orcs"])), "feature 1 (a): tenants: there is no 'orcs': us_troops, "),
    ],
)
def test_what_is_wrong_is_named(document: object, told: str, tmp_path: Path) -> None:
    """An error names the file, the feature by number and id, the field, and what would be right."""
    with pytest.raises(GazetteerError) as error:
        Gazetteer.from_geojson(file(tmp_path, document))
    assert told in str(error.value)
    assert "Error(" not in str(error.value)


def test_check_tells_an_error_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command ends in the same line."""
    ran = run(capsys, "facilities", "check", str(file(tmp_path, collection(feature("a", kind="castle")))))
    assert ran.status == 2
    assert "feature 1 (a): kind: there is no 'castle'" in ran.err


def test_check_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One is one."""
    ran = run(capsys, "facilities", "check", str(file(tmp_path, collection(feature("a")))))
    assert ran.status == 0
    assert "1 facility at 1 site in 1 country, version" in ran.out
