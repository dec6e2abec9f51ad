"""Facilities from a GeoJSON file (RFC 7946): every error names file, feature and field, and what would be right."""

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, cast

import orjson
from pydantic import ValidationError

from schemas.facility import Facility
from schemas.taxonomy import FacilityKind, Tenant
from streams.countries import country_names, is_free_for_users
from streams.json_file import JsonFileError, read_json

_WRAPPED = '{"type": "FeatureCollection", "features": [...]}'
PROPERTIES: Final = frozenset(Facility.model_fields) - {"lat", "lon"}
"""What a feature's properties may tell; where it lies, its geometry does."""
_MISNAMED: Final = {"EL": "GR", "UK": "GB"}
"""Codes that people write for a country that has another."""


class GazetteerError(ValueError):
    """A set of facilities that cannot be used; the message names the facility and what is wrong.

    Parameters
    ----------
    message
        What is wrong.
    places
        Which facilities of the set it is about, counted from 1.
    """

    def __init__(self, message: str, places: Sequence[int] = ()) -> None:
        super().__init__(message)
        self.places = tuple(places)


def read_facilities(path: Path) -> list[Facility]:
    """Read a FeatureCollection of points, or one such Feature.

    Raises
    ------
    GazetteerError
        The file cannot be read or a feature is not a facility; the message names which and why.
    """
    return [_facility(feature, f"{path}: feature {n}") for n, feature in enumerate(_features(path), 1)]


def unknown_properties(path: Path) -> Mapping[str, int]:
    """Return the properties in a file of facilities that none has, with how often each stands there.

    They are let pass, since a file may come from a map that says more; but one may be a typing error.

    Raises
    ------
    GazetteerError
        The file cannot be read.
    """
    told = (feature.get("properties") for feature in _features(path) if isinstance(feature, dict))
    return Counter(name for properties in told for name in properties or () if name not in PROPERTIES)


def of_file(error: GazetteerError, path: Path) -> GazetteerError:
    """Return an error about some facilities of a file as one that names the file and its features."""
    numbers = [str(n) for n in error.places]
    features = f"feature{'s' if len(numbers) > 1 else ''} {' and '.join(numbers)}: " if numbers else ""
    return GazetteerError(f"{path}: {features}{error}", error.places)


def _features(path: Path) -> list[object]:
    try:
        document = read_json(path)
    except JsonFileError as e:
        raise GazetteerError(str(e)) from e
    if isinstance(document, list):
        raise GazetteerError(f"{path}: an array is no GeoJSON: write {_WRAPPED}")
    if not isinstance(document, dict):
        raise GazetteerError(f"{path}: not a GeoJSON FeatureCollection: write {_WRAPPED}")
    if document.get("type") == "Feature":
        return [document]
    features = document.get("features")
    if not isinstance(features, list):
        raise GazetteerError(f"{path}: not a GeoJSON FeatureCollection: `features` is missing: write {_WRAPPED}")
    return features


def _facility(feature: object, where: str) -> Facility:
    if not isinstance(feature, dict):
        raise GazetteerError(f"{where}: not a GeoJSON Feature, which is an object with geometry and properties")
    properties = feature.get("properties")
    if not isinstance(properties, dict):
        raise GazetteerError(f"{where}: has no properties: id, name, kind and country stand there")
    own = feature.get("id")
    told = {**({} if own is None else {"id": str(own)}), **properties}
    where = f"{where} ({told.get('id', 'no id')})"
    lon, lat = _point(feature.get("geometry"), where)
    try:
        facility = Facility.model_validate_json(orjson.dumps({**told, "lat": lat, "lon": lon}))
    except ValidationError as e:
        first = e.errors()[0]
        field = ".".join(map(str, first["loc"])) or "facility"
        hint = "; GeoJSON has the longitude first" if field in {"lat", "lon"} else ""
        raise GazetteerError(f"{where}: {field}: {first['msg'].removeprefix('Value error, ')}{hint}") from e
    _refuse_unknown(told, where)
    return facility


def _point(geometry: Any, where: str) -> tuple[object, object]:  # noqa: ANN401  as the file has it
    if not isinstance(geometry, dict):
        raise GazetteerError(f"{where}: has no geometry, and a facility is a Point")
    if geometry.get("type") != "Point":
        raise GazetteerError(f"{where}: geometry is a {geometry.get('type')}, only points are watched over")
    match geometry.get("coordinates"):
        case [lon, lat, *_]:
            return lon, lat
    raise GazetteerError(f"{where}: coordinates are not [longitude, latitude]")


def _refuse_unknown(told: dict[str, Any], where: str) -> None:
    """Refuse words that are in no list: in a record they are a newer version's, in somebody's file a mistake."""
    named: list[tuple[str, object, type[StrEnum]]] = [("kind", told.get("kind"), FacilityKind)]
    named += [("tenants", one, Tenant) for one in cast("list[object]", told.get("tenants") or [])]
    for field, word, words in named:
        if word not in {w.value for w in words}:
            raise GazetteerError(f"{where}: {field}: there is no {word!r}: {', '.join(words)}")
    country = told["country"]
    if country not in country_names() and not is_free_for_users(country):
        meant = f": {country_names()[c]} is {c}" if (c := _MISNAMED.get(country)) else ", nor is it free for users"
        raise GazetteerError(f"{where}: country: there is no {country!r} in ISO 3166-1{meant}")
