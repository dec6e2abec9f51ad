"""The rules that others use to call a cluster, for comparison: each tuned to a budget of false alarms where it can be.

All of them watch one radius, know the rate of the facility as the detector does (decayed count, lagged by a week, prior
of the theatre), and keep silent for three days after an alarm.

count         N incidents within 48 h, N the smallest for which a Poisson process of the usual rate keeps the budget
ears_c2       the day's count against mean + 3 sd of the seven days that ended two days ago (Hutwagner et al. 2003), and
              at least two incidents; it has no budget to tune
cusum         Poisson CUSUM for four times the rate (Lucas 1985), threshold ln(rate x budget)
windows       the tail of a negative binomial in seven windows from 6 h to 7 d, Bonferroni over the windows
three_in_48h  three incidents within 48 h: the one rule for all that most systems use
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from statistics import fmean, pvariance
from typing import Final

__all__ = ["RIVALS", "Rival", "quieted"]

Rival = Callable[[Sequence[float], float, float], Iterator[float]]
"""(instants in days, ascending; prior rate per day; days between false alarms) -> instants of alarms."""

SILENT_D: Final = 3.0
HALF_LIFE_D: Final = 45.0
GUARD_D: Final = 7.0
WINDOWS_D: Final = (0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 7.0)
CUSUM_RATIO: Final = 4.0


class Usual:
    """The usual rate per day at a facility, as of an incident; asked in order of time."""

    def __init__(self, times: Sequence[float], prior_per_day: float) -> None:
        self._times, self._prior = times, prior_per_day
        self._next, self._count, self._as_of = 0, 0.0, 0.0

    def per_day(self, day: float) -> float:
        """Return the rate from what is older than the guard."""
        lagged = max(0.0, day - GUARD_D)
        while self._next < len(self._times) and self._times[self._next] <= day - GUARD_D:
            at = self._times[self._next]
            self._count = self._count * 2 ** ((self._as_of - at) / HALF_LIFE_D) + 1
            self._as_of = at
            self._next += 1
        life = HALF_LIFE_D / math.log(2)
        exposure = life * -math.expm1(-lagged / life)
        return (self._count * 2 ** ((self._as_of - lagged) / HALF_LIFE_D) + 0.5) / (exposure + 0.5 / self._prior)


def count(times: Sequence[float], prior_per_day: float, budget_d: float) -> Iterator[float]:
    """Yield where N incidents fall within 48 h."""
    usual = Usual(times, prior_per_day)
    for i, day in enumerate(times):
        rate = usual.per_day(day)
        n = 2
        while rate * tail(n - 1, 2 * rate, 1.0) > 1 / budget_d:
            n += 1
        if within(times, i, 2.0) >= n:
            yield day


def ears_c2(times: Sequence[float], _prior_per_day: float, _budget_d: float) -> Iterator[float]:
    """Yield where the day's count is far above the week that ended two days ago."""
    per_day: dict[int, int] = {}
    for day in times:
        today = int(day)
        per_day[today] = per_day.get(today, 0) + 1
        week = [per_day.get(d, 0) for d in range(today - 9, today - 2)]
        if per_day[today] >= 2 and per_day[today] > fmean(week) + 3 * max(0.2, math.sqrt(pvariance(week))):
            yield day


def cusum(times: Sequence[float], prior_per_day: float, budget_d: float) -> Iterator[float]:
    """Yield where the log likelihood ratio of four times the rate, kept above zero, crosses its threshold."""
    usual, score, last = Usual(times, prior_per_day), 0.0, 0.0
    for day in times:
        rate = usual.per_day(day)
        score = max(0.0, score - (CUSUM_RATIO - 1) * rate * (day - last)) + math.log(CUSUM_RATIO)
        last = day
        if score >= max(2 * math.log(CUSUM_RATIO), math.log(rate * budget_d)):
            yield day
            score = 0.0


def windows(times: Sequence[float], prior_per_day: float, budget_d: float) -> Iterator[float]:
    """Yield where the count of any window lies in the far tail of a negative binomial."""
    usual = Usual(times, prior_per_day)
    for i, day in enumerate(times):
        rate, spread = usual.per_day(day), dispersion(times, i, day)
        for window_d in WINDOWS_D:
            n = within(times, i, window_d)
            if n >= 2 and rate * tail(n - 1, rate * window_d, spread) * len(WINDOWS_D) <= 1 / budget_d:
                yield day
                break


def three_in_48h(times: Sequence[float], _prior_per_day: float, _budget_d: float) -> Iterator[float]:
    """Yield where three incidents fall within 48 h."""
    for i, day in enumerate(times):
        if within(times, i, 2.0) >= 3:
            yield day


RIVALS: Final[dict[str, Rival]] = {
    "count": count,
    "ears_c2": ears_c2,
    "cusum": cusum,
    "windows": windows,
    "three_in_48h": three_in_48h,
}
"""By name."""


def within(times: Sequence[float], i: int, days: float) -> int:
    """Return how many incidents up to the i-th lie within so many days before it, itself among them."""
    n = 0
    while n <= i and times[i - n] > times[i] - days:
        n += 1
    return n


def dispersion(times: Sequence[float], i: int, day: float) -> float:
    """Return variance over mean of the daily counts in the 60 days before the guard, at least 1."""
    counts = [0] * 60
    while i >= 0 and times[i] > day - GUARD_D - 60:
        if times[i] <= day - GUARD_D:
            counts[min(59, int(day - GUARD_D - times[i]))] += 1
        i -= 1
    mean = fmean(counts)
    return max(1.0, pvariance(counts) / mean) if mean else 1.0


def tail(n: int, mean: float, spread: float) -> float:
    """Return P(count >= n): Poisson for a spread of 1, else negative binomial with that variance over mean."""
    size = mean / (spread - 1.0) if spread > 1.0 + 1e-9 else None
    mass, below = (math.exp(-mean), 0.0) if size is None else (spread**-size, 0.0)
    for k in range(n):
        below += mass
        mass *= mean / (k + 1) if size is None else (size + k) / (k + 1) * (1 - 1 / spread)
    return max(0.0, 1.0 - below)


def quieted(alarms: Iterable[float]) -> Iterator[float]:
    """Yield alarms that come more than three days after the last one."""
    last = -math.inf
    for day in alarms:
        if day - last > SILENT_D:
            yield day
            last = day
