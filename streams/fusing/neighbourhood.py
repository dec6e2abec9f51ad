"""Finds the accounts that may be of one incident with a new one: by cell and half day, and by facility.

Precise positions stand in fine cells, vague ones in coarse ones, so that a vague report costs little and a precise one
less.
"""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterator
from typing import Final, TypeVar

from streams.fusing.likeness import reach_km
from streams.fusing.profile import Profile

_KM_PER_DEG: Final = 111.19
_BUCKET_S: Final = 43_200
_GRIDS: Final = ((3.0, 0.1), (10.0, 0.4), (40.0, 1.5), (math.inf, 6.0))
"""Largest radius in km, and cell in degrees."""
_MAX_BUCKETS: Final = 64
"""An interval longer than a month stands in its last month only."""


Key = TypeVar("Key", bound=Hashable)


class Neighbourhood:
    """An index of accounts; mutable, one for each partition."""

    def __init__(self) -> None:
        self._sites: dict[Hashable, dict[str, Profile]] = defaultdict(dict)
        self._cells: dict[tuple[str, str], tuple[dict[int, dict[str, Profile]], ...]] = {}
        self._largest = [0.0] * len(_GRIDS)

    def add(self, one: Profile) -> None:
        """Put an account on its shelves."""
        for site in _sites(one):
            self._sites[site][one.account.mention_id] = one
        if one.placed:
            grid, cells = _grid(one.variance), self._cells.setdefault(one.realm, tuple({} for _ in _GRIDS))
            self._largest[grid] = max(self._largest[grid], min(one.variance, 300.0**2))
            for cell in _cells(one, grid):
                cells[grid].setdefault(cell, {})[one.account.mention_id] = one

    def remove(self, one: Profile) -> None:
        """Take it off again."""
        for site in _sites(one):
            _take(self._sites, site, one)
        if one.placed:
            grid = _grid(one.variance)
            for cell in _cells(one, grid):
                _take(self._cells[one.realm][grid], cell, one)

    def around(self, one: Profile) -> dict[str, Profile]:
        """Return the accounts that may be of one incident with it, by mention id; itself left out."""
        found: dict[str, Profile] = {}
        for site in _sites(one):
            if (shelf := self._sites.get(site)) is not None:
                found.update(shelf)
        if one.placed and (grids := self._cells.get(one.realm)) is not None:
            for grid, cells in enumerate(grids):
                if cells:
                    for key in _cells(one, grid, reach_km(one.variance + self._largest[grid])):
                        if (shelf := cells.get(key)) is not None:
                            found.update(shelf)
        found.pop(one.account.mention_id, None)
        return found


def _sites(one: Profile) -> Iterator[Hashable]:
    """Its shelves by facility; one of their own for accounts that say nothing of where."""
    names = one.meant or (() if one.placed else ("nowhere",))
    for bucket in _buckets(one) if names else ():
        for name in names:
            yield one.realm, name, bucket


def _cells(one: Profile, grid: int, within_km: float = 0.0) -> list[int]:
    """The cells of a grid within so many km of it, at each of its half days, as numbers."""
    size, lat, lon = _GRIDS[grid][1], one.account.lat or 0.0, one.account.lon or 0.0
    around = round(360 / size)
    d_lat = within_km / _KM_PER_DEG
    d_lon = min(180.0, d_lat / max(0.05, math.cos(math.radians(min(89.0, abs(lat) + d_lat)))))
    columns = {x % around for x in range(math.floor((lon - d_lon) / size), math.floor((lon + d_lon) / size) + 1)}
    lines = range(math.floor((lat - d_lat) / size), math.floor((lat + d_lat) / size) + 1)
    buckets = _buckets(one)
    return [((bucket << 12 | y + 2048) << 12) | x for y in lines for x in columns for bucket in buckets]


def _buckets(one: Profile) -> range:
    last = int((one.latest_s + one.margin_s) // _BUCKET_S)
    return range(max(int((one.earliest_s - one.margin_s) // _BUCKET_S), last - _MAX_BUCKETS), last + 1)


def _grid(variance: float) -> int:
    return next(n for n, (largest_km, _) in enumerate(_GRIDS) if variance <= largest_km**2)


def _take(shelves: dict[Key, dict[str, Profile]], key: Key, one: Profile) -> None:
    shelf = shelves[key]
    shelf.pop(one.account.mention_id, None)
    if not shelf:
        del shelves[key]
