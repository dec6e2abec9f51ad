"""Where a grid reference lies: MGRS and UTM (NGA.STND.0037, WGS 84), and plus codes (Open Location Code 1.0)."""

import math
from typing import Final

_COLUMNS: Final = ("ABCDEFGH", "JKLMNPQR", "STUVWXYZ")
_ROWS: Final = "ABCDEFGHJKLMNPQRSTUV"
_BANDS: Final = "CDEFGHJKLMNPQRSTUVWX"
_PLUS: Final = "23456789CFGHJMPQRVWX"
"""The digits of plus codes."""


def mgrs(zone: int, band: str, square: str, digits: str) -> tuple[float, float] | None:
    """Return latitude and longitude of a grid reference, None where the square does not exist in its zone."""
    columns = _COLUMNS[(zone - 1) % 3]
    if square[0] not in columns or square[1] not in _ROWS:
        return None
    half = len(digits) // 2
    scale = 10 ** (5 - half)
    easting = (columns.index(square[0]) + 1) * 100_000 + (int(digits[:half]) + 0.5) * scale
    northing = ((_ROWS.index(square[1]) - (5 if zone % 2 == 0 else 0)) % 20) * 100_000 + (
        int(digits[half:]) + 0.5
    ) * scale
    for cycle in range(5):
        point = utm(zone, band, easting, northing + cycle * 2_000_000)
        if point is not None:
            return point
    return None


def utm(zone: int, band: str, easting: float, northing: float) -> tuple[float, float] | None:
    """Return latitude and longitude of a UTM position, None where it does not lie in its band."""
    south = _BANDS.index(band) * 8 - 80
    point = _from_utm(zone, easting, northing - (10_000_000 if south < 0 else 0))
    return point if south - 0.5 <= point[0] <= south + (12.5 if band == "X" else 8.5) else None


def plus_code(code: str) -> tuple[float, float] | None:
    """Return the middle of a plus code's area, None where its first digits lie off the globe.

    Parameters
    ----------
    code
        Eight digits or more, `+` left out.
    """
    lat, lon, step = -90.0, -180.0, 20.0
    for north, east in zip(code[:10:2], code[1:10:2], strict=True):
        lat, lon = lat + _PLUS.index(north) * step, lon + _PLUS.index(east) * step
        step /= 20
    lat, lon = lat + 10 * step, lon + 10 * step
    return (lat, lon) if lat < 90 and lon < 180 else None


def _from_utm(zone: int, easting: float, northing: float) -> tuple[float, float]:
    """Inverse transverse Mercator to a metre (Snyder 1987, USGS 1395, eq. 8-17 ff.)."""
    a, e2, k0 = 6_378_137.0, 0.00669437999014, 0.9996
    ep2, x, m = e2 / (1 - e2), easting - 500_000, northing / k0
    mu = m / (a * (1 - e2 / 4 - 3 * e2**2 / 64 - 5 * e2**3 / 256))
    e1 = (1 - math.sqrt(1 - e2)) / (1 + math.sqrt(1 - e2))
    p = (
        mu
        + (1.5 * e1 - 27 * e1**3 / 32) * math.sin(2 * mu)
        + (21 * e1**2 / 16) * math.sin(4 * mu)
        + (151 * e1**3 / 96) * math.sin(6 * mu)
    )
    c, t, n = ep2 * math.cos(p) ** 2, math.tan(p) ** 2, a / math.sqrt(1 - e2 * math.sin(p) ** 2)
    r, d = a * (1 - e2) / (1 - e2 * math.sin(p) ** 2) ** 1.5, x / (a / math.sqrt(1 - e2 * math.sin(p) ** 2) * k0)
    lat = p - (n * math.tan(p) / r) * (d**2 / 2 - (5 + 3 * t + 10 * c - 4 * c**2 - 9 * ep2) * d**4 / 24)
    lon = (
        d - (1 + 2 * t + c) * d**3 / 6 + (5 - 2 * c + 28 * t - 3 * c**2 + 8 * ep2 + 24 * t**2) * d**5 / 120
    ) / math.cos(p)
    return math.degrees(lat), math.degrees(lon) + zone * 6 - 183
