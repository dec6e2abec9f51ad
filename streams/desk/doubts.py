"""What a set of facilities may say and still is worth a look, since it would silently cost a warning.

Points are held against the map of `streams/countries.py`, with room for what no map decides: a country's point may lie
some way over the border, or out at sea as far as its economic zone.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from itertools import islice
from math import isinf
from typing import Final

from schemas.facility import Facility
from streams.countries import countries_at, country_names, is_free_for_users, km_from, lies_in
from streams.gazetteer import Gazetteer
from streams.geojson import PROPERTIES

_OVER_THE_BORDER_KM: Final = 50.0
"""So far into another country may a point lie: borders are in dispute, sites straddle them, maps err."""
_OUT_AT_SEA_KM: Final = 400.0
"""So far from land may it lie at sea: 200 nautical miles, and some."""
_OFF_THE_COAST_KM: Final = 100.0
"""From here on a point at sea is looked at when it would lie ashore with its axes exchanged."""
_LIKE: Final = 0.66
"""How alike two names of properties are that may be one, on the scale of `difflib`."""
_SHOWN: Final = 5


def doubts(gazetteer: Gazetteer, unknown: Mapping[str, int]) -> list[str]:
    """Return what is worth a look, a line each.

    Parameters
    ----------
    gazetteer
        The set.
    unknown
        Properties of the file that no facility has, with how often they stand there.
    """
    found = list(gazetteer.by_id.values())
    at_zero = [f.id for f in found if f.lat == 0 and f.lon == 0]
    lines = [] if found else ["there is none in it: nothing is watched over"]
    if at_zero:
        lines.append(f"at 0, 0, which is open sea: {_some(at_zero)}")
    lines += _first(line for f in found if (f.lat, f.lon) != (0, 0) and (line := _misplaced(f)) is not None)
    lines += _theatres(found)
    lines += _properties(unknown)
    if nameless := [f.id for f in found if not f.aliases]:
        lines.append(f"{len(nameless)} without aliases, so found by their full name only: {_some(nameless)}")
    return lines


def _misplaced(facility: Facility) -> str | None:
    """Where a facility lies, if that is not in its country nor near it."""
    country, lat, lon = facility.country, facility.lat, facility.lon
    if lies_in(country, lat, lon) or isinf(km := km_from(country, lat, lon)):
        return None
    there = countries_at(lat, lon)
    exchanged = abs(lon) <= 90 and lies_in(country, lon, lat)
    allowed = _OVER_THE_BORDER_KM if there else _OFF_THE_COAST_KM if exchanged else _OUT_AT_SEA_KM
    if km <= allowed + facility.precision_km:
        return None
    place = "in " + " or ".join(country_names()[c] for c in there) if there else "at sea"
    line = f"{facility.id}: latitude {lat:g}, longitude {lon:g} is {place}, {km:,.0f} km from {_named(country)}"
    if exchanged:
        line += "; with the two exchanged it would lie there (GeoJSON has the longitude first)"
    return line


def _theatres(found: Iterable[Facility]) -> Iterator[str]:
    free = Counter(f.country for f in found if f.country not in country_names() and is_free_for_users(f.country))
    for country in sorted(free):
        yield (
            f"country {country} is no country's code: unless the policy names it in a theatre, incidents there "
            "are never fused with those told of a neighbour"
        )


def _properties(unknown: Mapping[str, int]) -> Iterator[str]:
    """Name the properties that mean nothing here: typing errors one by one, whatever else a file has in a line."""
    nearest = {name: _nearest(name) for name in sorted(unknown)}
    for name, known in nearest.items():
        if known is not None:
            often = f", in {unknown[name]} features" if unknown[name] > 1 else ""
            yield f"{name} is no property of a facility and has no effect{often}: is {known} meant?"
    if strange := [name for name, known in nearest.items() if known is None]:
        are = "are no properties of a facility and have" if len(strange) > 1 else "is no property of a facility and has"
        yield f"{_some(strange)} {are} no effect"


def _nearest(name: str) -> str | None:
    return next(iter(get_close_matches(name.lower(), sorted(PROPERTIES), 1, _LIKE)), None)


def _named(country: str) -> str:
    return f"{country_names()[country]} ({country})"


def _first(lines: Iterator[str]) -> list[str]:
    """The first few, and that there are more: a long border takes long to be measured from thousands of points."""
    shown = list(islice(lines, _SHOWN))
    return shown if next(lines, None) is None else [*shown, "and more like it"]


def _some(names: list[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more:,} more" if more > 0 else "")
