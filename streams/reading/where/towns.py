"""The towns that texts speak of: GeoNames' (CC BY 4.0), reduced by `data/build_towns.py`."""

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from streams.reading.text.normal import fold_name
from streams.reading.text.tables import rows


@dataclass(frozen=True, slots=True)
class Town:
    """A town of GeoNames."""

    name: str
    country: str
    lat: float
    lon: float
    thousands: int


@cache
def towns() -> Mapping[str, tuple[Town, ...]]:
    """Folded town name -> towns of that name, largest first."""
    out: dict[str, list[Town]] = defaultdict(list)
    for name, country, lat, lon, thousands in rows("towns.tsv"):
        out[fold_name(name)].append(Town(name, country, float(lat), float(lon), int(thousands)))
    return {n: tuple(sorted(ts, key=lambda t: -t.thousands)) for n, ts in out.items()}


@cache
def largest_towns() -> Mapping[str, Town]:
    """The largest town of each country."""
    return {t.country: t for t in sorted((t for ts in towns().values() for t in ts), key=lambda t: t.thousands)}


def km_offset(lat: float, lon: float, km: float, bearing_deg: float) -> tuple[float, float]:
    """Return the point at a distance and bearing (flat earth, good to 1 % within 200 km)."""
    b = math.radians(bearing_deg)
    return lat + km * math.cos(b) / 111.2, lon + km * math.sin(b) / (111.2 * max(0.01, math.cos(math.radians(lat))))
