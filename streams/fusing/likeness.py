"""How likely two accounts are of one incident: a scorecard, the sum of one weight for each thing that can be compared.

Log odds in hundredths. The weights are a logistic regression (see docs/fusing.md and `weights.py`); what never occurs in
its training data, such as a facility known to the gazetteer or a list of candidates, is weighted by hand.
"""

import math
from collections.abc import Mapping
from itertools import accumulate
from typing import Final

from streams.fusing.account import Account
from streams.fusing.clusters import CEILING, FLOOR
from streams.fusing.weights import BIAS, WEIGHTS

APART: Final = -10_000_000
"""Scores of two accounts that can never be one: two passages of one report, or traffic that does not mix."""
MAX_GAP_SHARE: Final = 0.55
"""A stated interval may miss the true time by so much of its width."""
SLACK_S: Final = 900
KM_PER_DEG: Final = 111.2
NEAR_KM: Final = 5.0
"""Two facilities so near each other are mistaken for one another."""

_NAMES: Final = tuple(WEIGHTS)
_SIZES: Final = tuple(len(w) for w in WEIGHTS.values())
_BASE: Final = dict(zip(_NAMES, accumulate(_SIZES, initial=0), strict=False))
_FLAT: Final = tuple(w for weights in WEIGHTS.values() for w in weights)
_LATE: Final = ("sketch", "words")
_BEST_TEXT: Final = sum(max(WEIGHTS[name]) for name in _LATE)

_KIN: Final = tuple(
    frozenset(family.split())
    for family in (
        "rocket mortar_artillery missile uas air_strike",
        "ied vehicle_bomb suicide_bombing",
        "small_arms ground_assault intrusion kidnapping vehicle_ramming",
        "arson sabotage unrest intrusion",
    )
)
_VAGUE: Final = frozenset({"unknown_explosion", "other"})
_NOBODY: Final = frozenset({"unknown", "unidentified", "unnamed", "suspected"})


def score(a: Account, b: Account) -> int:
    """Return the log odds that two accounts are of one incident, in hundredths, between `FLOOR` and `CEILING`.

    Symmetric. `APART` where they cannot be.
    """
    if a.report_id == b.report_id or a.traffic != b.traffic or a.theatre != b.theatre:
        return APART
    return resemblance(a, b)


def resemblance(a: Account, b: Account) -> int:
    """Return the same for accounts that may be of one report, in two of its revisions."""
    early = _compare(a, b)
    if early is None:
        return FLOOR
    total = BIAS + sum(map(_FLAT.__getitem__, early))
    if total + _BEST_TEXT <= FLOOR:
        return FLOOR
    total += _FLAT[_sketch(a, b)] + _FLAT[_words(a, b)]
    return FLOOR if total < FLOOR else min(total, CEILING)


def bins(a: Account, b: Account) -> tuple[int, ...] | None:
    """Return which weights add up to the score, as positions in all weights put end to end; None when out of reach."""
    early = _compare(a, b)
    return None if early is None else (*early, _sketch(a, b), _words(a, b))


def flat_names() -> tuple[str, ...]:
    """Return the name of each position that `bins` speaks of, such as `kind.0`."""
    return tuple(f"{name}.{n}" for name, size in zip(_NAMES, _SIZES, strict=True) for n in range(size))


def times_meet(a: Account, b: Account) -> bool:
    """Whether the intervals meet, each allowed to miss the truth by a share of its width."""
    gap = max(a.earliest_s, b.earliest_s) - min(a.latest_s, b.latest_s)
    return gap <= MAX_GAP_SHARE * max(a.latest_s - a.earliest_s, b.latest_s - b.earliest_s) + SLACK_S


def reach_km(a_radius_km: float, b_radius_km: float) -> float:
    """Return how far apart two positions may be and still be of one place."""
    return 4.0 + 3.6 * math.hypot(a_radius_km, b_radius_km)


def apart_km(a: Account, b: Account) -> float | None:
    """Return the distance of two accounts, equirectangular (good to 1 % within 300 km); None without positions."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    d_lon = abs(a.lon - b.lon)
    d_lon = min(d_lon, 360.0 - d_lon)
    return KM_PER_DEG * math.hypot(a.lat - b.lat, d_lon * math.cos(math.radians((a.lat + b.lat) / 2)))


def _compare(a: Account, b: Account) -> list[int] | None:
    """The bins of all but the text, None where time or place excludes that they are one."""
    if not times_meet(a, b):
        return None
    distance_km = apart_km(a, b)
    target = _target(a, b, distance_km)
    if distance_km is not None and distance_km > reach_km(a.radius_km, b.radius_km) and target not in _SAME_TARGET:
        return None
    return [
        _place(a, b, distance_km),
        _time(a, b),
        _BASE["kind"] + _kind(a.threat_type, b.threat_type),
        target,
        _BASE["actor"] + _actor(a.actor, b.actor),
        _figure("killed", a.killed, b.killed),
        _figure("wounded", a.wounded, b.wounded),
        _BASE["things"] + (2 if not (a.things and b.things) else 0 if a.things & b.things else 1),
        _BASE["place_name"] + (2 if not (a.place and b.place) else 0 if _alike(a.place, b.place) else 1),
        _BASE["published"] + min(4, int(1.3 * math.log1p(abs(a.published_s - b.published_s) / 3600))),
    ]


def _place(a: Account, b: Account, distance_km: float | None) -> int:
    if distance_km is None:
        return _BASE["place_unknown"]
    variance = a.radius_km**2 + b.radius_km**2
    name = "place_sharp" if variance < 10 else "place_fair" if variance < 100 else "place_vague"
    return _BASE[name] + min(5, int(2 * distance_km / math.sqrt(variance + 1)))


def _time(a: Account, b: Account) -> int:
    overlap_s = min(a.latest_s, b.latest_s) - max(a.earliest_s, b.earliest_s)
    if overlap_s < 0:
        return _BASE["time_apart"] + min(3, -overlap_s // 5400)
    wide = max(900, a.latest_s - a.earliest_s) / 3600 * (max(900, b.latest_s - b.earliest_s) / 3600)
    return _BASE["time_meet"] + min(7, max(0, int(7 + math.log2(max(overlap_s / 3600, 0.1) / wide))))


def _kind(a: str, b: str) -> int:
    if a == b:
        return 0
    if a in _VAGUE or b in _VAGUE:
        return 2
    return 1 if any(a in family and b in family for family in _KIN) else 3


def _target(a: Account, b: Account, distance_km: float | None) -> int:
    return _BASE["target"] + _target_bin(a, b, distance_km)


def _target_bin(a: Account, b: Account, distance_km: float | None) -> int:
    if a.facility_id and b.facility_id:
        if a.site_id and a.site_id == b.site_id:
            return 2
        if a.facility_id == b.facility_id:
            return 3
        return 4 if a.site_id and b.site_id and distance_km is not None and distance_km <= NEAR_KM else 5
    of_a, of_b = _meant(a), _meant(b)
    if of_a and of_b:
        shared = sum(p * of_b.get(site, 0.0) for site, p in of_a.items())
        return 6 if shared >= 0.5 else 7 if shared >= 0.05 else 8
    return 1 if a.facility_id or b.facility_id else 0


def _meant(one: Account) -> Mapping[str, float]:
    if one.site_id:
        return {one.site_id: 1.0}
    return {g.site_id: g.probability for g in one.guesses}


_SAME_TARGET: Final = frozenset(_BASE["target"] + n for n in (2, 6, 7))


def _actor(a: str | None, b: str | None) -> int:
    if not a or not b:
        return 2
    of_a, of_b = set(a.casefold().split()), set(b.casefold().split())
    if a.casefold() == b.casefold():
        return 0
    if (of_a | of_b) & _NOBODY:
        return 2
    return 0 if of_a <= of_b or of_b <= of_a else 1


def _figure(name: str, a: int | None, b: int | None) -> int:
    """0-4: equal figures of 0, 1, 2, 3, more; 5-7: they differ by 1, 2, more; 8-10: the same, one being 0; 11: unsaid."""
    if a is None or b is None:
        return _BASE[name] + 11
    if a == b:
        return _BASE[name] + min(4, a)
    return _BASE[name] + (5 if a and b else 8) + min(2, abs(a - b) - 1)


def _alike(a: str, b: str) -> bool:
    return a == b or not set(a.casefold().split()).isdisjoint(b.casefold().split())


def _sketch(a: Account, b: Account) -> int:
    if not a.sketch or len(a.sketch) != len(b.sketch):
        return _BASE["sketch"] + 6
    same = sum(x == y for x, y in zip(a.sketch, b.sketch, strict=True))
    return _BASE["sketch"] + min(5, 8 * same // len(a.sketch))


def _words(a: Account, b: Account) -> int:
    if not a.words or not b.words:
        return _BASE["words"] + 8
    shared = len(a.words & b.words)
    return _BASE["words"] + min(7, 10 * shared // (len(a.words) + len(b.words) - shared))
