"""Which window shows a cluster best: the scan statistic of Kulldorff (1997) over a few windows and radii.

Only to explain: the decision to alarm is the statistic's; this finds the words for it.
"""

import math
from dataclasses import dataclass
from typing import Final

from alerts.detector import DetectorState, evaluate
from alerts.statistic import MS_PER_DAY, DetectorConfig

HOURS: Final = (6, 12, 24, 36, 48, 72, 96, 120, 168)
LONGEST_CHANCE_DAYS: Final = 3652.5
"""Ten years: nobody has seen enough of a facility to say more."""


@dataclass(frozen=True, slots=True)
class ScanWindow:
    """The window in which the count stands out most from what is usual."""

    count: int
    hours: int
    radius_km: float
    usual: float
    """The count expected in such a window in the normal pattern."""
    score: float
    """n ln(n / mu) - (n - mu)."""
    chance_days: float
    """Chance alone would say so about once in so many days, at most ten years."""

    @property
    def beyond(self) -> bool:
        """Whether `chance_days` is where counting ends: say "more than 10 years"."""
        return self.chance_days >= LONGEST_CHANCE_DAYS


def scan(state: DetectorState, config: DetectorConfig, at_ms: int | None = None) -> ScanWindow | None:
    """Return the window up to an instant that stands out most; None when no window holds more than is usual."""
    now = evaluate(state, config, at_ms)
    chance_days = min(now.r_days, LONGEST_CHANCE_DAYS)
    best: ScanWindow | None = None
    for radius_km, per_day in zip(config.radii_km, now.usual_per_day, strict=True):
        ages_h = [
            (now.at_ms - o.at_ms) * 24 / MS_PER_DAY
            for o in state.recent
            if o.distance_km <= radius_km and o.weight > 0 and not o.withdrawn
        ]
        for hours in HOURS:
            count, usual = sum(1 for age in ages_h if age < hours), per_day * hours / 24
            if count <= usual:
                continue
            score = count * math.log(count / usual) - (count - usual)
            if best is None or score > best.score:
                best = ScanWindow(count, hours, radius_km, usual, score, chance_days)
    return best
