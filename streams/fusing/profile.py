"""An account prepared for comparing it with many: what each pair would work out again is worked out once."""

import math
from dataclasses import dataclass
from typing import Final

from schemas.geo import EARTH_RADIUS_KM
from streams.fusing.account import Account

MAX_GAP_SHARE: Final = 0.55
"""A stated interval may miss the true time by so much of its width."""
SLACK_S: Final = 900
MOST: Final = 50
"""Figures above this one are compared as this one."""
UNSAID: Final = MOST + 1
_NOBODY: Final = frozenset({"unknown", "unidentified", "unnamed", "suspected"})
_WORD_MASK: Final = 0x7FF


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """An account, prepared."""

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
    x: float
    """Position in km from the centre of the Earth, so that distances need no trigonometry; NaN without one."""
    y: float
    z: float
    variance: float
    threat_type: str
    status: str
    facility_id: str | None
    site_id: str | None
    meant: dict[str, float]
    """Probability by site."""
    actor: frozenset[str]
    killed: int
    """Up to `MOST`; `UNSAID` where it is, for a table of pairs."""
    wounded: int
    things: int
    place: frozenset[str]
    published_s: int
    sketch: int
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
    x, y, z = _point(one.lat, one.lon)
    return Profile(
        account=one,
        report_id=one.report_id,
        realm=(one.traffic, one.theatre),
        earliest_s=one.earliest_s,
        latest_s=one.latest_s,
        margin_s=MAX_GAP_SHARE * width_s + SLACK_S,
        hours=max(900, width_s) / 3600,
        placed=one.lat is not None and one.lon is not None,
        x=x,
        y=y,
        z=z,
        variance=one.radius_km**2,
        threat_type=one.threat_type,
        status=one.status,
        facility_id=one.facility_id,
        site_id=one.site_id,
        meant={one.site_id: 1.0} if one.site_id else {g.site_id: g.probability for g in one.guesses},
        actor=frozenset() if actor & _NOBODY else actor,
        killed=UNSAID if one.killed is None else min(MOST, one.killed),
        wounded=UNSAID if one.wounded is None else min(MOST, one.wounded),
        things=one.things,
        place=frozenset(one.place.casefold().split()) if one.place else frozenset(),
        published_s=one.published_s,
        sketch=one.sketch,
        words=words,
        word_count=words.bit_count(),
    )


def apart_km(a: Profile, b: Profile) -> float:
    """Return the distance of two accounts along the chord (0.01 % short at 300 km); NaN without positions."""
    return math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2 + (a.z - b.z) ** 2)


def _point(lat: float | None, lon: float | None) -> tuple[float, float, float]:
    if lat is None or lon is None:
        return math.nan, math.nan, math.nan
    phi, theta = math.radians(lat), math.radians(lon)
    ring = EARTH_RADIUS_KM * math.cos(phi)
    return ring * math.cos(theta), ring * math.sin(theta), EARTH_RADIUS_KM * math.sin(phi)
