"""Where, at what hour and of which kind incidents are usual at a facility, and how telling one is by that.

An incident where, or when, incidents are rare here is more telling than one more of the usual: evidence for it is
weighed by q / p, the share of a cluster that would fall there over the usual share. A cluster is taken to be spread
evenly over the disc and over the day. The mean of q / p in the normal pattern is at most one, shrunk towards one as the
usual shares are, so that the statistic keeps its guarantee.

    counts: rings of the first radius │ ... of the last │ parts of the day │ kinds, within the first radius
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple, Protocol

from schemas.taxonomy import ThreatType

MS_PER_DAY: Final = 86_400_000.0
RINGS: Final = 8
"""Parts of equal area in which a radius counts."""
PARTS: Final = 6
"""Parts of the day, in UTC: the shape of a day is learned, whatever its hours are called."""
AT_MOST: Final = 8.0
"""An incident is evidence of no more than so many."""
_RING_PRIOR: Final = 8.0
_PART_PRIOR: Final = 16.0
_KIND_PRIOR: Final = 8.0
"""So many incidents, spread evenly, are taken to have come before the first one."""
_DAY_MS: Final = round(MS_PER_DAY)

OTHER, FROM_AFAR, BOMB, BY_HAND = range(4)
KINDS: Final = 4
"""Kinds of attack: a campaign mostly keeps to one. Reports confuse threat types within a kind, seldom across."""
KIND_OF: Final = {
    **dict.fromkeys(ThreatType, OTHER),
    **dict.fromkeys(
        (ThreatType.ROCKET, ThreatType.MORTAR_ARTILLERY, ThreatType.MISSILE, ThreatType.UAS, ThreatType.AIR_STRIKE),
        FROM_AFAR,
    ),
    **dict.fromkeys(
        (ThreatType.IED, ThreatType.VEHICLE_BOMB, ThreatType.SUICIDE_BOMBING, ThreatType.UNKNOWN_EXPLOSION), BOMB
    ),
    **dict.fromkeys(
        (
            ThreatType.SMALL_ARMS,
            ThreatType.GROUND_ASSAULT,
            ThreatType.KIDNAPPING,
            ThreatType.INTRUSION,
            ThreatType.VEHICLE_RAMMING,
            ThreatType.MARITIME,
        ),
        BY_HAND,
    ),
}


class Happening(Protocol):
    """What the statistic needs of an incident."""

    @property
    def at_ms(self) -> int:
        """When, in ms since 1970."""

    @property
    def distance_km(self) -> float:
        """How near."""

    @property
    def weight(self) -> float:
        """How sure, in [0, 1]."""

    @property
    def kind(self) -> int:
        """Of which kind."""

    @property
    def timed(self) -> bool:
        """Whether the part of the day is known."""


class Mark(NamedTuple):
    """An incident of which nothing else is kept."""

    at_ms: int
    distance_km: float
    weight: float
    kind: int = OTHER
    timed: bool = True


def cell_count(radii: int) -> int:
    """Return how many counts are kept for so many radii."""
    return radii * RINGS + PARTS + KINDS


def cells(radii_km: Sequence[float], happening: Happening) -> Iterator[int]:
    """Yield the cells in which an incident counts."""
    km, n = happening.distance_km, len(radii_km) * RINGS
    for i, radius_km in enumerate(radii_km):
        if km <= radius_km:
            yield i * RINGS + ring(km, radius_km)
    if km <= radii_km[-1] and happening.timed:
        yield n + happening.at_ms % _DAY_MS * PARTS // _DAY_MS
    if km <= radii_km[0]:
        yield n + PARTS + happening.kind


def ring(km: float, radius_km: float) -> int:
    """Return the ring of a radius in which a distance lies."""
    share = km / radius_km
    n = int(RINGS * share * share)
    return n if n < RINGS else RINGS - 1


def by_place(here: float, total: float) -> float:
    """Return how much more telling an incident is by its ring, from the ring's count and that of all."""
    return (total + _RING_PRIOR) / (RINGS * here + _RING_PRIOR)


def by_hour(counts: Sequence[float], kept: float, happening: Happening) -> float:
    """Return how much more telling an incident is by its hour; 1 where that is not known, or all hours are alike.

    `kept` is what is left of the counts.
    """
    if not happening.timed:
        return 1.0
    parts = counts[-KINDS - PARTS : -KINDS]
    middle = happening.at_ms % _DAY_MS / _DAY_MS * PARTS + (PARTS - 0.5)  # between the middles of two parts
    first = int(middle)
    share = middle - first
    usual = (1.0 - share) * parts[first % PARTS] + share * parts[(first + 1) % PARTS]
    return (sum(parts) * kept + _PART_PRIOR) / (PARTS * usual * kept + _PART_PRIOR)


def by_kind(counts: Sequence[float], kept: float, kind: int) -> float:
    """Return how much likelier than another a campaign is of this kind, as far as the usual tells; 1 on average."""
    kinds = counts[-KINDS:]
    return (KINDS * kinds[kind] * kept + _KIND_PRIOR) / (sum(kinds) * kept + _KIND_PRIOR)
