"""The evidence that a facility sees more incidents than its normal pattern: a mixture Shiryaev-Roberts e-detector.

Statistic and run-length guarantee: Shin, Ramdas and Rinaldo, "E-detectors" (2022). The normal pattern is self-exciting,
after Porter and White (2012) and Mohler et al. (2011): an attack makes further attacks likely for some days.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

MS_PER_DAY = 86_400_000.0
_LN2 = math.log(2.0)
_OUTSIDE = math.inf
_expm1 = math.expm1


@dataclass(frozen=True, slots=True)
class DetectorConfig:
    """Parameters of the detector; policy is data, this is what the arithmetic reads. See docs/detector.md."""

    radii_km: tuple[float, ...] = (10.0, 20.0)
    """Ascending; an incident counts within every radius that it lies in."""
    radius_weights: tuple[float, ...] = (0.7, 0.3)
    """Of each radius in the statistic; they sum to 1."""
    prior_per_day: tuple[float, ...] = (0.02, 0.05)
    """Incidents per day within each radius at a facility without history."""
    rate_multipliers: tuple[float, ...] = (2.0, 4.0, 8.0, 16.0, 32.0, 64.0)
    """The rate increases looked for, with equal weight (rho)."""
    excitation_share: float = 0.8
    """Share of the expected count that follows recent incidents (eta)."""
    excitation_decay_per_day: float = 0.2
    """How fast an incident's excitation fades where one a day is usual (kappa); see `decay_per_day`."""
    excitation_decay_range_per_day: tuple[float, float] = (0.03, 1.0)
    """However quiet or busy the place, the decay stays within these."""
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
    excess: tuple[float, ...] = field(init=False, repr=False, compare=False)
    """Each multiplier less one."""
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
        object.__setattr__(self, "excess", tuple(rho - 1.0 for rho in self.rate_multipliers))
        object.__setattr__(self, "guard_ms", round(self.guard_d * MS_PER_DAY))
        object.__setattr__(self, "lateness_ms", round(self.lateness_d * MS_PER_DAY))

    @property
    def shape(self) -> str:
        """What a stored statistic must have been made for, to be carried on."""
        return f"{','.join(f'{r:g}' for r in self.radii_km)}/{','.join(f'{m:g}' for m in self.rate_multipliers)}"


@dataclass(frozen=True, slots=True)
class Mark:
    """What the statistic needs of an incident: when, how near, how sure (weight in [0, 1])."""

    at_ms: int
    distance_km: float
    weight: float


@dataclass(frozen=True, slots=True)
class Statistic:
    """All that the past has left behind, as of the last incident; outer index: radius."""

    last_ms: int
    """The last incident, or the start of observation."""
    counts_ms: int
    """The instant to which `counts` have decayed."""
    counts: tuple[float, ...]
    """Decayed count of incidents that have left the guard."""
    excitation: tuple[float, ...]
    evidence: tuple[tuple[float, ...], ...]
    """In days, per rate multiplier."""


def begin(config: DetectorConfig, since_ms: int) -> Statistic:
    """Return the statistic of a facility that has been observed since an instant and saw nothing yet."""
    nothing = (0.0,) * len(config.radii_km)
    row = (0.0,) * len(config.rate_multipliers)
    return Statistic(since_ms, since_ms, nothing, nothing, (row,) * len(config.radii_km))


def advance(
    statistic: Statistic, config: DetectorConfig, since_ms: int, leaving_guard: Iterable[Mark], mark: Mark
) -> Statistic:
    """Bring the statistic to an incident and count it.

    `leaving_guard`: the incidents, in order, that leave the guard between the last incident and this one.
    """
    days = max(0, mark.at_ms - statistic.last_ms) / MS_PER_DAY
    now_ms = max(mark.at_ms, statistic.last_ms)
    counts_ms, counts = _settle(statistic, config, leaving_guard)
    usual = _rates(config, since_ms, now_ms, counts_ms, counts)
    excitation, evidence = [], []
    for i, radius_km in enumerate(config.radii_km):
        excited, row = statistic.excitation[i], statistic.evidence[i]
        fade = math.exp(-decay_per_day(usual[i], config) * days)
        expected = (1.0 - config.excitation_share) * usual[i] * days + config.excitation_share * excited * (1.0 - fade)
        weight = mark.weight if mark.distance_km <= radius_km else 0.0
        excitation.append(excited * fade + weight)
        evidence.append(_weigh(row, config, days, expected, weight))
    return Statistic(now_ms, counts_ms, counts, tuple(excitation), tuple(evidence))


def at(
    statistic: Statistic, config: DetectorConfig, since_ms: int, leaving_guard: Iterable[Mark], at_ms: int
) -> Statistic:
    """Return a copy brought to an instant at which nothing happens."""
    return advance(statistic, config, since_ms, leaving_guard, Mark(at_ms, _OUTSIDE, 0.0))


def usual_per_day(statistic: Statistic, config: DetectorConfig, since_ms: int) -> tuple[float, ...]:
    """Return the baseline rate within each radius as of the statistic's instant."""
    return _rates(config, since_ms, statistic.last_ms, statistic.counts_ms, statistic.counts)


def days_by_radius(statistic: Statistic, config: DetectorConfig) -> tuple[float, ...]:
    """Return what each radius contributes to the statistic R, in days."""
    n = len(config.rate_multipliers)
    return tuple(w * sum(row) / n for w, row in zip(config.radius_weights, statistic.evidence, strict=True))


def count_late(statistic: Statistic, config: DetectorConfig, mark: Mark) -> Statistic:
    """Add an incident that came too late for evidence to the baseline."""
    faded = 2.0 ** ((mark.at_ms - statistic.counts_ms) / (config.half_life_d * MS_PER_DAY)) * mark.weight
    counts = tuple(
        c + faded if mark.distance_km <= r else c for c, r in zip(statistic.counts, config.radii_km, strict=True)
    )
    return Statistic(statistic.last_ms, statistic.counts_ms, counts, statistic.excitation, statistic.evidence)


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


def _weigh(
    row: tuple[float, ...], config: DetectorConfig, days: float, expected: float, weight: float
) -> tuple[float, ...]:
    excess = config.excess
    if expected > 0.0:
        level = days / expected  # under which evidence for a multiplier grows, and over which it fades, over (rho - 1)
        row = tuple([m + _expm1(-x * expected) * (m - level / x) for m, x in zip(row, excess, strict=True)])
    if weight > 0.0:
        top = config.ceiling_days
        grown = [m * (1.0 + x * weight) for m, x in zip(row, excess, strict=True)]
        row = tuple([m if m < top else top for m in grown]) if max(grown) > top else tuple(grown)
    return row


def _settle(
    statistic: Statistic, config: DetectorConfig, leaving_guard: Iterable[Mark]
) -> tuple[int, tuple[float, ...]]:
    counts_ms, counts = statistic.counts_ms, statistic.counts
    per_ms = 1.0 / (config.half_life_d * MS_PER_DAY)
    for m in leaving_guard:
        kept = 2.0 ** ((counts_ms - m.at_ms) * per_ms)
        counts = tuple(
            [c * kept + (m.weight if m.distance_km <= r else 0.0) for c, r in zip(counts, config.radii_km, strict=True)]
        )
        counts_ms = m.at_ms
    return counts_ms, counts


def _rates(
    config: DetectorConfig, since_ms: int, now_ms: int, counts_ms: int, counts: tuple[float, ...]
) -> tuple[float, ...]:
    lagged_ms = max(since_ms, now_ms - config.guard_ms)
    mean_life_d = config.half_life_d / _LN2
    exposure_d = -mean_life_d * math.expm1((since_ms - lagged_ms) / (mean_life_d * MS_PER_DAY))
    kept = 2.0 ** (min(0, counts_ms - lagged_ms) / (config.half_life_d * MS_PER_DAY))
    return tuple(
        [(c * kept + 0.5) / (exposure_d + 0.5 / prior) for c, prior in zip(counts, config.prior_per_day, strict=True)]
    )


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
