"""Which country a point lies in, how far it is from another, and which codes there are.

The map is that of the time zones (timezone-boundary-builder, in `tzfpy`), whose zones lie in one country each by tz's
`zone.tab`; coastal waters are their country's, the open sea is nobody's. It is good to a few km, and takes no position
on borders: `_ALSO` names what more than one code may be written for.
"""

import math
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

import orjson
from tzfpy import get_tz_polygon_geojson, get_tzs

_KM_PER_DEG: Final = 111.2
_KOSOVO: Final = {"XK": "Kosovo"}
"""The contract of facilities has a code for it, ISO 3166-1 has none."""
_BESIDES: Final = {"Asia/Bangkok": ("VN",), "Europe/Belgrade": ("XK",)}
"""Zone -> countries that lie in it in part, or without a code of their own: the north of Vietnam, Kosovo."""
_ALSO: Final = {
    "AU": "CC CX NF",
    "CN": "HK MO TW",
    "DK": "FO GL",
    "FI": "AX",
    "FR": "BL GF GP MF MQ NC PF PM RE TF WF YT",
    "GB": "AI BM FK GG GI GS IM IO JE KY MS PN SH TC VG",
    "IL": "PS",
    "MA": "EH",
    "NL": "AW BQ CW SX",
    "NO": "SJ",
    "NZ": "CK NU TK",
    "PS": "IL",
    "RU": "UA",
    "UA": "RU",
    "US": "AS GU MP PR UM VI",
}
"""Country -> codes of places that people may count as its: territories with a code of their own, land in dispute."""


@cache
def country_names() -> Mapping[str, str]:
    """ISO 3166-1 alpha-2 code -> usual English name; with Kosovo, which has none there."""
    return {code: name for code, name, *_ in _table("iso3166.tab")} | _KOSOVO


def is_free_for_users(code: str) -> bool:
    """Whether ISO 3166-1 leaves a code to whoever needs one: AA, QM to QZ, XA to XZ, ZZ."""
    return code in {"AA", "ZZ"} or code[0] == "X" or "QM" <= code <= "QZ"


def countries_at(lat: float, lon: float) -> tuple[str, ...]:
    """Return the countries that a point lies in: none at sea, more than one where the map does not tell them apart."""
    return tuple(dict.fromkeys(c for zone in get_tzs(lon, lat) for c in _countries_of().get(zone, ())))


def lies_in(country: str, lat: float, lon: float) -> bool:
    """Whether a point lies in a country, or in what may be counted as its."""
    return any(zone in _zones_of(country) for zone in get_tzs(lon, lat))


def km_from(country: str, lat: float, lon: float) -> float:
    """Return how far a point is from a country's border; infinity where the map does not know the country."""
    wide = math.cos(math.radians(lat))
    nearest = math.inf
    for ring in _border(country):
        for (x, y), (next_x, next_y) in pairwise(ring):
            # A flat map around the point: it to the segment's start, and along the segment, each the short way around.
            start = _short_way(x - lon) * wide, y - lat
            along = _short_way(next_x - x) * wide, next_y - y
            nearest = min(nearest, _from_segment(start, along))
    return nearest * _KM_PER_DEG


def _short_way(degrees: float) -> float:
    """A difference of longitudes, the short way around the world."""
    return (degrees + 180.0) % 360.0 - 180.0


def _from_segment(start: tuple[float, float], along: tuple[float, float]) -> float:
    """How far a segment is from the origin."""
    length = along[0] * along[0] + along[1] * along[1]
    share = min(1.0, max(0.0, -(start[0] * along[0] + start[1] * along[1]) / length)) if length else 0.0
    return math.hypot(start[0] + share * along[0], start[1] + share * along[1])


@cache
def _countries_of() -> Mapping[str, tuple[str, ...]]:
    return {zone: (code, *_BESIDES.get(zone, ())) for code, _, zone, *_ in _table("zone.tab")}


@cache
def _zones_of(country: str) -> frozenset[str]:
    codes = {country, *_ALSO.get(country, "").split()}
    return frozenset(zone for zone, inside in _countries_of().items() if not codes.isdisjoint(inside))


@cache
def _border(country: str) -> tuple[list[list[float]], ...]:
    """The rings of a country's border, as (longitude, latitude)."""
    return tuple(ring for zone in sorted(_zones_of(country)) for ring in _rings(zone))


def _rings(zone: str) -> Iterator[list[list[float]]]:
    for feature in orjson.loads(get_tz_polygon_geojson(zone))["features"]:
        for polygon in feature["geometry"]["coordinates"]:
            yield from polygon


def _table(name: str) -> Iterator[list[str]]:
    text = (files("tzdata") / "zoneinfo" / name).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
