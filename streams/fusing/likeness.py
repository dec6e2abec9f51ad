"""How likely two accounts are of one incident: a scorecard, the sum of one weight for each thing that can be compared.

Log odds in hundredths. The weights are a logistic regression (docs/fusing.md, `weights.py`); what never occurs in its
training data, such as a facility known to the gazetteer or a list of candidates, is weighted by hand.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from schemas.taxonomy import Status, ThreatType
from streams.fusing.account import Account
from streams.fusing.clusters import CEILING, FLOOR
from streams.fusing.lanes import equal_lanes, lanes
from streams.fusing.weights import BIAS, WEIGHTS
from streams.sketch import SIZE

APART: Final = -10_000_000
"""Scores of two accounts that can never be one: two passages of one report, or traffic that does not mix."""
MAX_GAP_SHARE: Final = 0.55
"""A stated interval may miss the true time by so much of its width."""
SLACK_S: Final = 900
KM_PER_DEG: Final = 111.2
NEAR_KM: Final = 5.0
"""Two facilities so near each other are mistaken for one another."""
LIKELY: Final = 0.4
"""From this probability on, two accounts mean the same facility as likely as one of two."""
HINTED: Final = 0.05

_NAMES: Final = tuple(WEIGHTS)
_SIZES: Final = tuple(len(w) for w in WEIGHTS.values())
_BASE: Final = dict(zip(_NAMES, accumulate(_SIZES, initial=0), strict=False))
_FLAT: Final = tuple(w for weights in WEIGHTS.values() for w in weights)
_HOPELESS: Final = FLOOR - max(WEIGHTS["sketch"]) - max(WEIGHTS["words"])
"""With so little no text lifts a pair above the floor."""
(
    _SHARP,
    _FAIR,
    _VAGUE,
    _UNKNOWN,
    _TIME_APART,
    _TIME_MEET,
    _KIND,
    _STATUS,
    _TARGET,
    _ACTOR,
    _KILLED,
    _WOUNDED,
    _THINGS,
    _PLACE_NAME,
    _PUBLISHED,
    _SKETCH,
    _WORDS,
) = (_BASE[name] for name in WEIGHTS)

_KIN: Final = tuple(
    frozenset(family.split())
    for family in (
        "rocket mortar_artillery missile uas air_strike",
        "ied vehicle_bomb suicide_bombing",
        "small_arms ground_assault intrusion kidnapping vehicle_ramming",
        "arson sabotage unrest intrusion",
    )
)
_VAGUE_KINDS: Final = frozenset({"unknown_explosion", "other"})
_NOBODY: Final = frozenset({"unknown", "unidentified", "unnamed", "suspected"})
_WORD_MASK: Final = 0x7FF
_MOST: Final = 50
"""Figures above this one are compared as this one."""


def _kind_bin(a: str, b: str) -> int:
    """0: the same; 1: kin; 2: one is vague; 3: unlike."""
    if a == b:
        return 0
    if a in _VAGUE_KINDS or b in _VAGUE_KINDS:
        return 2
    return 1 if any(a in family and b in family for family in _KIN) else 3


def _status_bin(a: Status, b: Status) -> int:
    """0: they agree or one is unclear; 1: unlike; 2: one tells of a threat, the other of a deed."""
    if a is b:
        return 0
    if Status.THREATENED in (a, b):
        return 2
    return 0 if Status.UNCLEAR in (a, b) else 1


def _figure_bin(a: int, b: int) -> int:
    """0-4: equal figures of 0, 1, 2, 3, more; 5-7: differ by 1, 2, more; 8-10: so too, one being 0; 11: unsaid (-1)."""
    if a < 0 or b < 0:
        return 11
    if a == b:
        return min(4, a)
    return (5 if a and b else 8) + min(2, abs(a - b) - 1)


_STATUS_BINS: Final = {(a.value, b.value): _STATUS + _status_bin(a, b) for a in Status for b in Status}
_KIND_BINS: Final = {(a.value, b.value): _KIND + _kind_bin(a.value, b.value) for a in ThreatType for b in ThreatType}
_FIGURES: Final = (*range(_MOST + 1), -1)
_FIGURE_BINS: Final = tuple(tuple(_figure_bin(a, b) for b in _FIGURES) for a in _FIGURES)


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """An account, prepared for comparing it with many."""

    account: Account
    report_id: str
    realm: tuple[str, str]
    """Traffic and theatre: between realms nothing is compared."""
    earliest_s: int
    latest_s: int
    margin_s: float
    """By how much the interval may miss the truth."""
    hours: float
    placed: bool
    lat: float
    """NaN without a position, like the longitude."""
    lon: float
    variance: float
    threat_type: str
    status: str
    facility_id: str | None
    site_id: str | None
    meant: dict[str, float]
    """Probability by site."""
    actor: frozenset[str]
    killed: int
    """Up to 50; 51 where unsaid, for a table of pairs."""
    wounded: int
    things: int
    place: frozenset[str]
    published_s: int
    sketch: int
    """All positions in one number, for comparing them at once; 0 for none."""
    words: int
    """A bit for each word, chosen by its hash: words in common are bits in common."""
    word_count: int


def profile(one: Account) -> Profile:
    """Prepare an account."""
    width_s = one.latest_s - one.earliest_s
    words = 0
    for h in one.words:
        words |= 1 << (h & _WORD_MASK)
    actor = frozenset(one.actor.casefold().split()) if one.actor else frozenset()
    return Profile(
        account=one,
        report_id=one.report_id,
        realm=(one.traffic, one.theatre),
        earliest_s=one.earliest_s,
        latest_s=one.latest_s,
        margin_s=MAX_GAP_SHARE * width_s + SLACK_S,
        hours=max(900, width_s) / 3600,
        placed=one.lat is not None and one.lon is not None,
        lat=math.nan if one.lat is None else one.lat,
        lon=math.nan if one.lon is None else one.lon,
        variance=one.radius_km**2,
        threat_type=one.threat_type,
        status=one.status,
        facility_id=one.facility_id,
        site_id=one.site_id,
        meant={one.site_id: 1.0} if one.site_id else {g.site_id: g.probability for g in one.guesses},
        actor=frozenset() if actor & _NOBODY else actor,
        killed=_MOST + 1 if one.killed is None else min(_MOST, one.killed),
        wounded=_MOST + 1 if one.wounded is None else min(_MOST, one.wounded),
        things=one.things,
        place=frozenset(one.place.casefold().split()) if one.place else frozenset(),
        published_s=one.published_s,
        sketch=lanes(one.sketch),
        words=words,
        word_count=words.bit_count(),
    )


def scores(one: Profile, others: Mapping[str, Profile]) -> dict[str, int]:
    """Return what one account scores with each of the others, pairs at `FLOOR` left out."""
    found = {}
    report_id, earliest_s, latest_s, margin_s = one.report_id, one.earliest_s, one.latest_s, one.margin_s
    for key, other in others.items():
        if other.report_id == report_id:
            found[key] = APART
            continue
        gap_s = (earliest_s if earliest_s > other.earliest_s else other.earliest_s) - (
            latest_s if latest_s < other.latest_s else other.latest_s
        )
        if gap_s > 0 and gap_s > margin_s and gap_s > other.margin_s:
            continue
        if (s := _score(one, other, gap_s)) > FLOOR:
            found[key] = s
    return found


def resemblance(a: Profile, b: Profile) -> int:
    """Return the log odds that two accounts are of one incident, in hundredths, between `FLOOR` and `CEILING`.

    Symmetric. Tells two revisions of one report apart no better than any two accounts.
    """
    gap_s = _gap_s(a, b)
    return FLOOR if gap_s > max(a.margin_s, b.margin_s) else _score(a, b, gap_s)


def bins(a: Profile, b: Profile) -> tuple[int, ...] | None:
    """Return which weights add up to the score, as positions in all weights put end to end; None when out of reach."""
    gap_s = _gap_s(a, b)
    early = None if gap_s > max(a.margin_s, b.margin_s) else _compare(a, b, gap_s)
    return None if early is None else (*early, _sketch(a, b), _words(a, b))


def flat_names() -> tuple[str, ...]:
    """Return the name of each position that `bins` speaks of, such as `kind.0`."""
    return tuple(f"{name}.{n}" for name, size in zip(_NAMES, _SIZES, strict=True) for n in range(size))


def reach_km(variance: float) -> float:
    """Return how far apart two positions may be and still be of one place, from the sum of their variances in km^2."""
    return 3.0 + 3.3 * math.sqrt(variance)


def confused(a: Account, b: Account) -> bool:
    """Whether the facilities that two accounts name are one site, or known and so near that they are mistaken."""
    if not (a.site_id and b.site_id):
        return False
    return a.site_id == b.site_id or apart_km(profile(a), profile(b)) <= NEAR_KM


def apart_km(a: Profile, b: Profile) -> float:
    """Return the distance of two accounts, equirectangular (good to 1 % within 300 km); NaN without positions."""
    d_lon = abs(a.lon - b.lon)
    if d_lon > 180.0:
        d_lon = 360.0 - d_lon
    return KM_PER_DEG * math.hypot(a.lat - b.lat, d_lon * math.cos(0.008726646259971648 * (a.lat + b.lat)))


def _gap_s(a: Profile, b: Profile) -> int:
    return max(a.earliest_s, b.earliest_s) - min(a.latest_s, b.latest_s)


def _score(a: Profile, b: Profile, gap_s: int) -> int:
    early = _compare(a, b, gap_s)
    if early is None:
        return FLOOR
    total = BIAS + sum(map(_FLAT.__getitem__, early))
    if total <= _HOPELESS:
        return FLOOR
    total += _FLAT[_sketch(a, b)] + _FLAT[_words(a, b)]
    return FLOOR if total < FLOOR else CEILING if total > CEILING else total


def _compare(a: Profile, b: Profile, gap_s: int) -> tuple[int, ...] | None:
    """The bins of all but the text, None where place or target excludes that they are one."""
    distance_km = apart_km(a, b)
    variance = a.variance + b.variance
    if distance_km > reach_km(variance) and _target(a, b, distance_km) not in _SAME_TARGET:
        return None
    apart_s = abs(a.published_s - b.published_s)
    return (
        _place(variance, distance_km),
        _time(a, b, gap_s),
        _KIND_BINS[a.threat_type, b.threat_type],
        _STATUS_BINS[a.status, b.status],
        _target(a, b, distance_km),
        _ACTOR
        + (
            2
            if not (a.actor and b.actor)
            else 0
            if a.actor == b.actor or a.actor <= b.actor or b.actor <= a.actor
            else 1
        ),
        _KILLED + _FIGURE_BINS[a.killed][b.killed],
        _WOUNDED + _FIGURE_BINS[a.wounded][b.wounded],
        _THINGS + (2 if not (a.things and b.things) else 0 if a.things & b.things else 1),
        _PLACE_NAME
        + (2 if not (a.place and b.place) else 0 if a.place == b.place or not a.place.isdisjoint(b.place) else 1),
        _PUBLISHED + (4 if apart_s > 74_000 else int(1.3 * math.log1p(apart_s / 3600))),
    )


def _place(variance: float, distance_km: float) -> int:
    if distance_km != distance_km:  # noqa: PLR0124 - not a number
        return _UNKNOWN
    base = _SHARP if variance < 10 else _FAIR if variance < 100 else _VAGUE
    steps = int(2 * distance_km / math.sqrt(variance + 1))
    return base + (steps if steps < 5 else 5)


def _time(a: Profile, b: Profile, gap_s: int) -> int:
    if gap_s > 0:
        return _TIME_APART + min(3, gap_s // 5400)
    level = int(7 + math.log2(max(-gap_s / 3600, 0.1) / (a.hours * b.hours)))
    return _TIME_MEET + (0 if level < 0 else 7 if level > 7 else level)


def _target(a: Profile, b: Profile, distance_km: float) -> int:
    """0: unsaid; 1: one named; 2: same site; 3: same unknown name; 4: near; 5: other; 6-8: described, like or not."""
    if a.facility_id and b.facility_id:
        if a.site_id and a.site_id == b.site_id:
            return _TARGET + 2
        if a.facility_id == b.facility_id:
            return _TARGET + 3
        return _TARGET + (4 if a.site_id and b.site_id and distance_km <= NEAR_KM else 5)
    if a.meant and b.meant:
        shared = sum(p * b.meant.get(site, 0.0) for site, p in a.meant.items())
        return _TARGET + (6 if shared >= LIKELY else 7 if shared >= HINTED else 8)
    return _TARGET + (1 if a.facility_id or b.facility_id else 0)


_SAME_TARGET: Final = frozenset(_TARGET + n for n in (2, 6, 7))


def _sketch(a: Profile, b: Profile) -> int:
    return _SKETCH + (min(5, equal_lanes(a.sketch, b.sketch) * 8 // SIZE) if a.sketch and b.sketch else 6)


def _words(a: Profile, b: Profile) -> int:
    if not a.words or not b.words:
        return _WORDS + 8
    shared = (a.words & b.words).bit_count()
    return _WORDS + min(7, 10 * shared // (a.word_count + b.word_count - shared))
