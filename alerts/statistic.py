"""The evidence that a facility sees more incidents than its normal pattern: a mixture Shiryaev-Roberts e-detector.

Statistic and run-length guarantee: Shin, Ramdas and Rinaldo, "E-detectors" (2022). The normal pattern is self-exciting,
after Porter and White (2012) and Mohler et al. (2011): an attack makes further attacks likely for some days. What an
incident is evidence of depends on where and at what hour incidents are usual (`pattern.py`).
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from alerts import pattern
from alerts.pattern import KINDS, MS_PER_DAY, RINGS, Happening, Mark

__all__ = ["MS_PER_DAY", "DetectorConfig", "KindEvidence", "Mark", "Statistic"]

_LN2 = math.log(2.0)
_OUTSIDE = math.inf
_LEAST_PER_DAY = 0.002
_expm1 = math.expm1

OVERSHOOT = 1.3
"""An alarm comes with an incident, which takes the statistic well over the threshold: so it is raised by so much.

Chance alarms come once in as many days as the statistic is at an alarm, on average (optional stopping): in the
benchmarks 1.9 times the threshold, in no stratum less than 1.5 times. See docs/detector.md.
"""


@dataclass(frozen=True, slots=True)
class DetectorConfig:
    """Parameters of the detector; policy is data, this is what the arithmetic reads. See docs/detector.md."""

    radii_km: tuple[float, ...] = (10.0, 20.0)
    """Ascending; an incident counts within every radius that it lies in."""
    radius_weights: tuple[float, ...] = (0.65, 0.35)
    """Of each radius in the statistic; they sum to 1."""
    prior_per_day: tuple[float, ...] = (0.02, 0.05)
    """Incidents per day within each radius at a facility without history."""
    rate_multipliers: tuple[float, ...] = (3.0, 8.0, 20.0, 50.0)
    """The rate increases looked for, with equal weight (rho)."""
    excitation_share: float = 0.85
    """Share of the expected count that follows recent incidents (eta)."""
    excitation_decay_per_day: float = 0.14
    """How fast an incident's excitation fades where one a day is usual (kappa); see `decay_per_day`."""
    excitation_decay_range_per_day: tuple[float, float] = (0.03, 1.0)
    """However quiet or busy the place, the decay stays within these."""
    kind_share: float = 0.6
    """Share of the statistic that looks at single kinds of attack, within the innermost radius; the rest at all."""
    half_life_d: float = 45.0
    """Half-life of the baseline."""
    guard_d: float = 7.0
    """The baseline lags so far behind, so that a cluster cannot raise its own baseline."""
    lateness_d: float = 7.0
    """An incident that comes later than this goes to the baseline only."""
    watch_days: float = 91.25
    alert_days: float = 365.0
    critical_days: float = 3650.0
    """Thresholds of the statistic, in days between false alarms."""
    ceiling_days: float = 9125.0
    """Evidence for one radius and multiplier grows no further: so much longer would it take to fade."""
    min_incidents: int = 2
    min_window_d: float = 7.0
    """No level without so many distinct incidents in so many days."""
    half_life_ms: float = field(init=False, repr=False, compare=False)
    mean_life_d: float = field(init=False, repr=False, compare=False)
    excess: tuple[float, ...] = field(init=False, repr=False, compare=False)
    """Each multiplier less one."""
    top: float = field(init=False, repr=False, compare=False)
    """The ceiling before the statistic is raised by `OVERSHOOT`."""
    guard_ms: int = field(init=False, repr=False, compare=False)
    lateness_ms: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse what would make the arithmetic meaningless.

        Raises
        ------
        ValueError
            When radii, weights and priors do not match, or a parameter is out of its range.
        """
        n = len(self.radii_km)
        if not n or len(self.radius_weights) != n or len(self.prior_per_day) != n:
            raise ValueError(f"{n} radii need as many weights and priors: {self.radius_weights}, {self.prior_per_day}")
        if list(self.radii_km) != sorted(set(self.radii_km)):
            raise ValueError(f"radii must ascend: {self.radii_km}")
        if min(self.prior_per_day) <= 0 or not self.rate_multipliers or min(self.rate_multipliers) <= 1:
            raise ValueError("prior rates must be above 0 and rate multipliers above 1")
        if not self.watch_days <= self.alert_days <= self.critical_days:
            raise ValueError(f"thresholds must ascend: {self.watch_days}, {self.alert_days}, {self.critical_days}")
        object.__setattr__(self, "half_life_ms", self.half_life_d * MS_PER_DAY)
        object.__setattr__(self, "mean_life_d", self.half_life_d / _LN2)
        object.__setattr__(self, "excess", tuple(rho - 1.0 for rho in self.rate_multipliers))
        object.__setattr__(self, "top", self.ceiling_days / OVERSHOOT)
        object.__setattr__(self, "guard_ms", round(self.guard_d * MS_PER_DAY))
        object.__setattr__(self, "lateness_ms", round(self.lateness_d * MS_PER_DAY))

    @property
    def shape(self) -> str:
        """What a stored statistic must have been made for, to be carried on."""
        return f"{','.join(f'{r:g}' for r in self.radii_km)}/{','.join(f'{m:g}' for m in self.rate_multipliers)}"


class KindEvidence(NamedTuple):
    """The evidence for one kind of attack, as of the last incident of that kind."""

    last_ms: int
    excitation: float
    evidence: tuple[float, ...]
    """In days, per rate multiplier."""


class Statistic(NamedTuple):
    """All that the past has left behind, as of the last incident; outer index: radius."""

    last_ms: int
    """The last incident, or the start of observation."""
    own: int | None
    """The kind of the last incident: the others' evidence is as of their own; None when that of all is as of now."""
    counts: tuple[float, ...]
    """Incidents that have left the guard, by the cells of `pattern.py`, each worth 2 ** (age / half-life) since the
    start of observation: so what is told of them fades, and they need not be touched."""
    excitation: tuple[float, ...]
    evidence: tuple[tuple[float, ...], ...]
    """In days, per rate multiplier."""
    kinds: tuple[KindEvidence | None, ...]
    """Per kind of attack, within the innermost radius; None where none came."""


def begin(config: DetectorConfig, since_ms: int) -> Statistic:
    """Return the statistic of a facility that has been observed since an instant and saw nothing yet."""
    return afresh(config, since_ms, (0.0,) * pattern.cell_count(len(config.radii_km)))


def afresh(config: DetectorConfig, last_ms: int, counts: tuple[float, ...]) -> Statistic:
    """Return the statistic of a facility of which the usual pattern is known, without any evidence."""
    n, row = len(config.radii_km), (0.0,) * len(config.rate_multipliers)
    return Statistic(last_ms, None, counts, (0.0,) * n, (row,) * n, (None,) * KINDS)


def advance(
    statistic: Statistic,
    config: DetectorConfig,
    since_ms: int,
    leaving_guard: Iterable[Happening],
    happening: Happening,
) -> Statistic:
    """Bring the statistic to an incident and count it.

    `leaving_guard`: the incidents, in order, that leave the guard between the last incident and this one.
    """
    counts = _settle(statistic.counts, config, since_ms, leaving_guard)
    last_ms, km, weight = statistic.last_ms, happening.distance_km, happening.weight
    now_ms = happening.at_ms if happening.at_ms > last_ms else last_ms
    exposure_d, kept = _exposure(config, since_ms, now_ms)
    by_hour = pattern.by_hour(counts, kept, happening)
    excitation, evidence, inner = [], [], 0.0
    for i, radius_km in enumerate(config.radii_km):
        rings = counts[RINGS * i : RINGS * i + RINGS]
        total, jump = sum(rings) * kept, 0.0
        if km <= radius_km and weight:
            telling = by_hour * pattern.by_place(rings[pattern.ring(km, radius_km)] * kept, total)
            jump = weight * (telling if telling < pattern.AT_MOST else pattern.AT_MOST)
            if i == 0:
                inner = jump
        usual = (total + 0.5) / (exposure_d + 0.5 / config.prior_per_day[i])
        days = (now_ms - last_ms) / MS_PER_DAY
        excited, row = _weigh(statistic.excitation[i], statistic.evidence[i], config, usual, days, jump)
        excitation.append(excited + weight if jump else excited)
        evidence.append(row)
    kind, kinds = happening.kind, statistic.kinds
    held = kinds[kind]
    if inner or held is not None:
        now = _advance_kind(held or _unseen(config, since_ms), config, kind, counts, kept, exposure_d, now_ms)
        if inner:
            now = KindEvidence(now_ms, now.excitation + weight, _jump(now.evidence, config, inner))
        kinds = (*kinds[:kind], now, *kinds[kind + 1 :])
    return Statistic(now_ms, kind, counts, tuple(excitation), tuple(evidence), kinds)


def at(
    statistic: Statistic, config: DetectorConfig, since_ms: int, leaving_guard: Iterable[Happening], at_ms: int
) -> Statistic:
    """Return a copy brought to an instant at which nothing happens, the evidence for all kinds included."""
    now = advance(statistic, config, since_ms, leaving_guard, Mark(at_ms, _OUTSIDE, 0.0))
    exposure_d, kept = _exposure(config, since_ms, now.last_ms)
    kinds = tuple(
        None if held is None else _advance_kind(held, config, kind, now.counts, kept, exposure_d, now.last_ms)
        for kind, held in enumerate(now.kinds)
    )
    return now._replace(own=None, kinds=kinds)


def usual_per_day(statistic: Statistic, config: DetectorConfig, since_ms: int) -> tuple[float, ...]:
    """Return the baseline rate within each radius as of the statistic's instant."""
    exposure_d, kept = _exposure(config, since_ms, statistic.last_ms)
    return tuple(
        [
            (sum(statistic.counts[RINGS * i : RINGS * i + RINGS]) * kept + 0.5) / (exposure_d + 0.5 / prior)
            for i, prior in enumerate(config.prior_per_day)
        ]
    )


def days_by_radius(statistic: Statistic, config: DetectorConfig) -> tuple[float, ...]:
    """Return what each radius contributes to the statistic R, in days; the kinds belong to the innermost.

    Right after an incident only the evidence for its own kind is up to date; the others had their say before. Leaving
    them out lowers R, which keeps its guarantee.
    """
    n, own = len(config.rate_multipliers), statistic.own
    share = config.kind_share
    shown = statistic.kinds if own is None else (statistic.kinds[own],)
    by_kind = OVERSHOOT * share * sum([sum(k.evidence) for k in shown if k is not None]) / (KINDS * n)
    by_all = [
        OVERSHOOT * w * (1.0 - share) * sum(row) / n
        for w, row in zip(config.radius_weights, statistic.evidence, strict=True)
    ]
    return (by_all[0] + by_kind, *by_all[1:])


def count_late(statistic: Statistic, config: DetectorConfig, since_ms: int, happening: Happening) -> Statistic:
    """Add an incident that came too late for evidence to the baseline."""
    return statistic._replace(counts=_settle(statistic.counts, config, since_ms, (happening,)))


def decay_per_day(usual_per_day: float, config: DetectorConfig) -> float:
    """Return how fast excitation fades: with the root of the usual rate, as the best tracker of a drifting rate does.

    A rate whose logarithm wanders by s per root day is tracked best by a memory of 1 / (s sqrt(rate)) days: the steady
    state of the Kalman filter of a local level (Harvey 1989, section 3.3). So s is `excitation_decay_per_day`.
    """
    low, high = config.excitation_decay_range_per_day
    decay = config.excitation_decay_per_day * math.sqrt(usual_per_day)
    return min(high, max(low, decay))


def count_p95(usual_per_day: float, days: float, config: DetectorConfig) -> int:
    """Return the 95th percentile of the count in a window, for a normal pattern that excites itself.

    The variance over mean of an exponential Hawkes process in a window (Hawkes 1971), as a negative binomial.
    """
    mean = usual_per_day * days
    free = 1.0 - config.excitation_share
    slow = decay_per_day(usual_per_day, config) * free * days
    long_run = 1.0 / free**2 if free > 0 else 1.0
    spread = long_run + (1.0 - long_run) * -math.expm1(-slow) / slow if slow > 0 else 1.0
    return _negative_binomial_quantile(mean, max(spread, 1.0 + 1e-9), 0.95)


def priors(radii_km: Sequence[float], known_per_day: Mapping[float, float], floor_per_day: float) -> tuple[float, ...]:
    """Return a prior rate for each radius from those known at other radii, never under the floor.

    Between two known radii the rate follows a power of the radius through both, beyond them the area.
    """
    known = sorted(known_per_day.items())
    return tuple(max(floor_per_day, _prior(r, known)) for r in radii_km)


def _advance_kind(
    held: KindEvidence,
    config: DetectorConfig,
    kind: int,
    counts: tuple[float, ...],
    kept: float,
    exposure_d: float,
    now_ms: int,
) -> KindEvidence:
    """Bring the evidence for a kind to an instant: a campaign that begins is as likely of a kind as that is usual."""
    prior = config.prior_per_day[0] / KINDS
    usual = (counts[kind - KINDS] * kept + 0.5) / (
        exposure_d + 0.5 / (prior if prior > _LEAST_PER_DAY else _LEAST_PER_DAY)
    )
    days = (now_ms - held.last_ms) / MS_PER_DAY if now_ms > held.last_ms else 0.0
    share = pattern.by_kind(counts, kept, kind)
    return KindEvidence(now_ms, *_weigh(held.excitation, held.evidence, config, usual, days, 0.0, share))


def _unseen(config: DetectorConfig, since_ms: int) -> KindEvidence:
    return KindEvidence(since_ms, 0.0, (0.0,) * len(config.rate_multipliers))


def _weigh(
    excited: float,
    row: tuple[float, ...],
    config: DetectorConfig,
    usual: float,
    days: float,
    jump: float,
    begins: float = 1.0,
) -> tuple[float, tuple[float, ...]]:
    """Bring excitation and evidence over a gap in days, and take an incident of such a weight.

    `begins`: how likely, against an even chance, a change that sets in during the gap is one of this sort.
    """
    fade = math.exp(-decay_per_day(usual, config) * days)
    share, excess = config.excitation_share, config.excess
    expected = (1.0 - share) * usual * days + share * excited * (1.0 - fade)
    if expected > 0.0:
        # Under it evidence for a multiplier grows, and over it it fades, over (rho - 1).
        level = begins * days / expected
        row = tuple([m + _expm1(-x * expected) * (m - level / x) for m, x in zip(row, excess, strict=True)])
    return excited * fade, _jump(row, config, jump) if jump else row


def _jump(row: tuple[float, ...], config: DetectorConfig, jump: float) -> tuple[float, ...]:
    top = config.top
    grown = [m * (1.0 + x * jump) for m, x in zip(row, config.excess, strict=True)]
    return tuple([m if m < top else top for m in grown]) if max(grown) > top else tuple(grown)


def _settle(
    counts: tuple[float, ...], config: DetectorConfig, since_ms: int, leaving_guard: Iterable[Happening]
) -> tuple[float, ...]:
    """The counts with what has left the guard."""
    for happening in leaving_guard:
        worth = 2.0 ** ((happening.at_ms - since_ms) / config.half_life_ms) * happening.weight
        changed = list(counts)
        for cell in pattern.cells(config.radii_km, happening):
            changed[cell] += worth
        counts = tuple(changed)
    return counts


def _exposure(config: DetectorConfig, since_ms: int, now_ms: int) -> tuple[float, float]:
    """The decayed days of observation behind the guard, and what is left by then of a count at its beginning."""
    behind_ms = now_ms - config.guard_ms - since_ms
    kept = 2.0 ** (-behind_ms / config.half_life_ms) if behind_ms > 0 else 1.0
    return config.mean_life_d * (1.0 - kept), kept


def _negative_binomial_quantile(mean: float, spread: float, p: float) -> int:
    size = mean / (spread - 1.0)
    mass = spread**-size
    total, n = mass, 0
    while total < p and n < 10_000:
        mass *= (size + n) / (n + 1) * (1.0 - 1.0 / spread)
        n += 1
        total += mass
    return n


def _prior(radius_km: float, known: list[tuple[float, float]]) -> float:
    below = [pair for pair in known if pair[0] <= radius_km]
    above = [pair for pair in known if pair[0] >= radius_km]
    if not above or not below:
        nearest_km, rate = below[-1] if below else above[0]
        return rate * (radius_km / nearest_km) ** 2
    (low_km, low), (high_km, high) = below[-1], above[0]
    if low_km == high_km or low <= 0 or high <= 0:
        return low
    share = math.log(radius_km / low_km) / math.log(high_km / low_km)
    return math.exp((1 - share) * math.log(low) + share * math.log(high))
