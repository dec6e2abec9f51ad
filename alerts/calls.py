"""When the statistic of a facility calls people: level alert or above is opened, reopened or escalated.

What `episode.py` does by the cluster path, with a tick every six hours, but without the rest of an alert's life and so
far faster: for benchmarks, and to find a budget. `tests/unit/test_detect_bench.py` holds it against the episode itself.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from alerts.detector import DetectorState, Evaluation, Observation, evaluate, observe, start
from alerts.statistic import MS_PER_DAY, DetectorConfig
from alerts.verdict import Thresholds
from schemas.taxonomy import Level

TICK_MS: Final = round(MS_PER_DAY / 4)


def calls(
    observations: Iterable[Observation], config: DetectorConfig, since_ms: int, clear_after_h: float = 48.0
) -> Iterator[Observation]:
    """Yield the observations at which people are called.

    Parameters
    ----------
    observations
        Incidents in order of event time.
    config
        The detector's parameters at the facility.
    since_ms
        When the facility came under observation.
    clear_after_h
        The policy's: all clear when the statistic has been low for so long.
    """
    state, standing = start(config, since_ms), _Standing(round(clear_after_h * MS_PER_DAY / 24))
    for observation in observations:
        if observation.distance_km > config.radii_km[-1]:
            continue
        tick_ms = state.head.last_ms + TICK_MS
        while standing.level is not None and tick_ms < observation.at_ms:
            standing.pass_time(evaluate(state, config, tick_ms), config)
            tick_ms += TICK_MS
        state = observe(state, config, observation)
        if standing.meet(evaluate(state, config), observation.distance_km, state, config):
            yield observation


@dataclass(slots=True)
class _Standing:
    clear_after_ms: int
    level: Level | None = None
    nearest_km: float = math.inf
    low_since_ms: int | None = None

    def meet(self, now: Evaluation, distance_km: float, state: DetectorState, config: DetectorConfig) -> bool:
        """Take an incident; return whether people at alert level or above are told that it opens or escalates."""
        reached, before_km = now.level(config), self.nearest_km
        if self.level is None and reached is None:
            return False
        louder = reached is not None and (self.level is None or reached.rank > self.level.rank)
        if self.level is None:
            since_ms = now.at_ms - config.guard_ms
            before_km = self.nearest_km = min(o.distance_km for o in state.recent if o.at_ms >= since_ms)
        self.nearest_km = min(self.nearest_km, distance_km)
        level = self.level = reached if reached is not None and louder else self.level
        if level is None:
            return False
        if not _is_low(now, level, config):
            self.low_since_ms = None
        closer = before_km > config.radii_km[0] >= self.nearest_km
        return (louder or closer) and level.rank >= Level.ALERT.rank

    def pass_time(self, now: Evaluation, config: DetectorConfig) -> None:
        """Take a tick: all clear after a lasting calm."""
        if self.level is None or not _is_low(now, self.level, config):
            self.low_since_ms = None
            return
        self.low_since_ms = now.at_ms if self.low_since_ms is None else self.low_since_ms
        long_low = now.at_ms - self.low_since_ms >= self.clear_after_ms
        if long_low and now.in_48h <= now.usual_48h_p95(config):
            self.level, self.low_since_ms, self.nearest_km = None, None, math.inf


def _is_low(now: Evaluation, level: Level, config: DetectorConfig) -> bool:
    limits = Thresholds(config.watch_days, config.alert_days, config.critical_days, config.radii_km[-1])
    return now.r_days < limits.low_days(level) or now.in_window[-1] < config.min_incidents
