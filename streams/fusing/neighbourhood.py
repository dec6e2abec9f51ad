"""Finds the accounts that may be of one incident with a new one: by cell and half day, and by facility.

Precise positions stand in fine cells, vague ones in coarse ones, so that a vague report costs little and a precise one less.
"""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterator
from typing import Final

from streams.fusing.account import Account
from streams.fusing.likeness import KM_PER_DEG, MAX_GAP_SHARE, SLACK_S, reach_km

_BUCKET_S: Final = 43_200
_GRIDS: Final = ((3.0, 0.1), (10.0, 0.4), (40.0, 1.5), (math.inf, 6.0))
"""Largest radius in km, and cell in degrees."""
_MAX_BUCKETS: Final = 64
"""An interval longer than a month stands in its last month only."""


class Neighbourhood:
    """An index of accounts; mutable, one for each partition."""

    def __init__(self) -> None:
        self._shelves: dict[Hashable, dict[str, Account]] = defaultdict(dict)
        self._largest_km = [0.0] * len(_GRIDS)

    def add(self, one: Account) -> None:
        """Put an account on its shelves."""
        grid = _grid(one.radius_km)
        self._largest_km[grid] = max(self._largest_km[grid], min(one.radius_km, 300.0))
        for key in _keys(one):
            self._shelves[key][one.mention_id] = one

    def remove(self, one: Account) -> None:
        """Take it off again."""
        for key in _keys(one):
            shelf = self._shelves[key]
            shelf.pop(one.mention_id, None)
            if not shelf:
                del self._shelves[key]

    def around(self, one: Account) -> dict[str, Account]:
        """Return the accounts that may be of one incident with it, by id; itself left out."""
        found: dict[str, Account] = {}
        for key in (*_keys(one), *self._cells_around(one)):
            if (shelf := self._shelves.get(key)) is not None:
                found.update(shelf)
        found.pop(one.mention_id, None)
        return found

    def _cells_around(self, one: Account) -> Iterator[Hashable]:
        if one.lat is None or one.lon is None:
            return
        buckets = _buckets(one)
        where = (one.traffic, one.theatre)
        for grid, (_, cell) in enumerate(_GRIDS):
            if not self._largest_km[grid]:
                continue
            d_lat = reach_km(one.radius_km, self._largest_km[grid]) / KM_PER_DEG
            d_lon = min(180.0, d_lat / max(0.05, math.cos(math.radians(min(89.0, abs(one.lat) + d_lat)))))
            columns = range(math.floor((one.lon - d_lon) / cell), math.floor((one.lon + d_lon) / cell) + 1)
            for y in range(math.floor((one.lat - d_lat) / cell), math.floor((one.lat + d_lat) / cell) + 1):
                for x in columns:
                    for bucket in buckets:
                        yield (*where, grid, y, _wrapped(x, cell), bucket)


def _keys(one: Account) -> Iterator[Hashable]:
    where = (one.traffic, one.theatre)
    buckets = _buckets(one)
    sites = {one.site_id} if one.site_id else {g.site_id for g in one.guesses}
    for bucket in buckets:
        for site in sites:
            yield (*where, site, bucket)
        if one.lat is not None and one.lon is not None:
            grid = _grid(one.radius_km)
            cell = _GRIDS[grid][1]
            yield (*where, grid, math.floor(one.lat / cell), _wrapped(math.floor(one.lon / cell), cell), bucket)
        elif not sites:
            yield (*where, "nowhere", bucket)


def _buckets(one: Account) -> range:
    margin = MAX_GAP_SHARE * (one.latest_s - one.earliest_s) + SLACK_S
    last = int((one.latest_s + margin) // _BUCKET_S)
    return range(max(int((one.earliest_s - margin) // _BUCKET_S), last - _MAX_BUCKETS), last + 1)


def _grid(radius_km: float) -> int:
    return next(n for n, (largest, _) in enumerate(_GRIDS) if radius_km <= largest)


def _wrapped(column: int, cell: float) -> int:
    return column % round(360 / cell)
