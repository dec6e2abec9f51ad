"""The facilities as one immutable set: by id, by site, by distance.

A site is a facility with all its parts, and with whatever lies at the same rounded point: one thing to warn about.
Distances are great-circle (haversine) on a sphere of 6,371 km; a grid of 0.5 degree cells finds what is near.
"""

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from schemas.facility import Facility
from schemas.geo import EARTH_RADIUS_KM, distance_km
from streams.geojson import GazetteerError, of_file, read_facilities

__all__ = ["EARTH_RADIUS_KM", "Gazetteer", "GazetteerError", "distance_km"]

_CELL_DEG = 0.5


class Gazetteer:
    """An immutable set of facilities.

    Parameters
    ----------
    facilities
        The facilities; ids must be unique and parents present.

    Raises
    ------
    GazetteerError
        An id stands twice, a parent is missing or encloses itself, or two facilities share an alias.
    """

    def __init__(self, facilities: Iterable[Facility]) -> None:
        self.by_id: Mapping[str, Facility] = _unique(facilities)
        self._site_of = _sites(self.by_id)
        members: dict[str, list[str]] = defaultdict(list)
        for facility_id, site_id in self._site_of.items():
            members[site_id].append(facility_id)
        self._members = {site_id: tuple(ids) for site_id, ids in members.items()}
        cells: dict[tuple[int, int], list[Facility]] = defaultdict(list)
        for facility in self.by_id.values():
            cells[_cell(facility.lat, facility.lon)].append(facility)
        self._cells = dict(cells)

    @classmethod
    def from_geojson(cls, path: Path) -> "Gazetteer":
        """Load a GeoJSON file (RFC 7946).

        Raises
        ------
        GazetteerError
            The file cannot be read, a feature is not a facility, or they make no set; the message names which and why.
        """
        facilities = read_facilities(path)
        try:
            return cls(facilities)
        except GazetteerError as e:
            raise of_file(e, path) from e

    def __len__(self) -> int:
        return len(self.by_id)

    @cached_property
    def sha256(self) -> str:
        """SHA-256 over the facilities' JSON in order of id, each followed by a line feed."""
        digest = hashlib.sha256()
        for _, facility in sorted(self.by_id.items()):
            digest.update(facility.to_json() + b"\n")
        return digest.hexdigest()

    @property
    def version(self) -> str:
        """The first 12 hex digits of the hash."""
        return self.sha256[:12]

    def site_of(self, facility_id: str) -> str | None:
        """Return the id of the site that a facility belongs to, None where it is unknown."""
        return self._site_of.get(facility_id)

    def members(self, site_id: str) -> tuple[Facility, ...]:
        """Return the facilities of a site, the one that gives it its id first; empty where the site is unknown."""
        ids = self._members.get(site_id, ())
        return tuple(self.by_id[i] for i in sorted(ids, key=lambda i: (i != site_id, i)))

    @property
    def sites(self) -> Iterable[str]:
        """The ids of all sites."""
        return self._members.keys()

    def nearby(self, lat: float, lon: float, radius_km: float) -> list[tuple[float, Facility]]:
        """Return the facilities within a radius of a point with their distance in km, nearest first."""
        found = [
            (distance, facility)
            for facility in self._around(lat, lon, radius_km)
            if (distance := distance_km(lat, lon, facility.lat, facility.lon)) <= radius_km
        ]
        return sorted(found, key=lambda pair: (pair[0], pair[1].id))

    def _around(self, lat: float, lon: float, radius_km: float) -> Iterator[Facility]:
        d_lat = math.degrees(radius_km / EARTH_RADIUS_KM)
        widest = max(abs(lat - d_lat), abs(lat + d_lat))
        d_lon = 180.0 if widest >= 89 else min(180.0, d_lat / math.cos(math.radians(widest)))
        low, high = _cell(lat - d_lat, lon - d_lon), _cell(lat + d_lat, lon + d_lon)
        around = int(360 / _CELL_DEG)
        columns = {(x + around // 2) % around - around // 2 for x in range(low[1], high[1] + 1)}
        for y in range(low[0], high[0] + 1):
            for x in columns:
                yield from self._cells.get((y, x), ())


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return math.floor(lat / _CELL_DEG), math.floor(lon / _CELL_DEG)


def _unique(facilities: Iterable[Facility]) -> dict[str, Facility]:
    by_id: dict[str, Facility] = {}
    owner: dict[str, str] = {}
    places: dict[str, int] = {}
    for place, facility in enumerate(facilities, 1):
        if facility.id in by_id:
            raise GazetteerError(
                f"facility {facility.id} stands twice: ids must be unique", (places[facility.id], place)
            )
        by_id[facility.id], places[facility.id] = facility, place
        for alias in {a.casefold() for a in (facility.name, *facility.aliases)}:
            if (other := owner.setdefault(alias, facility.id)) != facility.id:
                raise GazetteerError(
                    f"alias {alias!r} belongs to {other} and to {facility.id}: make it a context alias of both",
                    (places[other], place),
                )
    for place, facility in enumerate(by_id.values(), 1):
        if facility.parent is not None and facility.parent not in by_id:
            raise GazetteerError(f"facility {facility.id}: parent {facility.parent} is not in the set", (place,))
    return by_id


def _sites(by_id: Mapping[str, Facility]) -> dict[str, str]:
    """Map each facility to its site: outermost parents, then those of one rounded point under the smallest id."""
    at_point: dict[tuple[float, float], list[str]] = defaultdict(list)
    roots = {i: _root(i, by_id) for i in by_id}
    for i, facility in by_id.items():
        at_point[round(facility.lat, 2), round(facility.lon, 2)].append(roots[i])
    joined: dict[str, str] = {}

    def find(i: str) -> str:
        while i in joined:
            i = joined[i]
        return i

    for group in at_point.values():
        heads = sorted({find(r) for r in group})
        for other in heads[1:]:
            joined[other] = heads[0]
    return {i: find(root) for i, root in roots.items()}


def _root(facility_id: str, by_id: Mapping[str, Facility]) -> str:
    seen = [facility_id]
    while (parent := by_id[seen[-1]].parent) is not None:
        if parent in seen:
            places = sorted(list(by_id).index(i) + 1 for i in seen[seen.index(parent) :])
            raise GazetteerError(f"facility {parent} encloses itself: {' > '.join([*seen, parent])}", places)
        seen.append(parent)
    return seen[-1]
