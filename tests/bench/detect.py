"""Answer a file of incident streams with the detector's alarms, through the code that the agents run.

python -m tests.bench.detect STREAMS.jsonl ALARMS.jsonl [--false-alert-every DAYS]
"""

import argparse
import json
import math
import random
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

from alerts.detector import DetectorState, Evaluation, Observation, evaluate, observe, start
from alerts.statistic import MS_PER_DAY, DetectorConfig, priors
from alerts.verdict import Thresholds
from schemas.taxonomy import Level

TICK_MS = round(MS_PER_DAY / 4)
CLEAR_AFTER_MS = 2 * round(MS_PER_DAY)
Incident = tuple[float, float, str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Read streams, write alarms, print the cost of an update."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("streams", type=Path)
    parser.add_argument("alarms", type=Path)
    parser.add_argument("--false-alert-every", type=float, default=365.0, metavar="DAYS")
    options = parser.parse_args(arguments)
    with options.streams.open() as lines, options.alarms.open("w") as out:
        config = configured(json.loads(next(lines))["prior_per_day"], options.false_alert_every)
        for line in lines:
            life = json.loads(line)
            alarms = list(alarms_of(life["incidents"], config))
            out.write(json.dumps({"stream": life["stream"], "alarms": alarms}) + "\n")
    print_cost(config)
    return 0


def configured(prior_per_day: dict[str, float], false_alert_every_days: float) -> DetectorConfig:
    """Return the default detector with a theatre's prior and a budget of false alerts."""
    default = DetectorConfig()
    known = {float(r): rate for r, rate in prior_per_day.items()}
    return replace(
        default,
        prior_per_day=priors(default.radii_km, known, 0.005),
        watch_days=false_alert_every_days / 4,
        alert_days=false_alert_every_days,
        critical_days=false_alert_every_days * 10,
        ceiling_days=false_alert_every_days * 25,
    )


def alarms_of(incidents: Iterable[Incident], config: DetectorConfig, since_ms: int = 0) -> Iterator[float]:
    """Yield the instants, in days, of the notifications at level alert or above: opened, reopened, escalated.

    What `alerts/episode.py` does by the cluster path, with a tick every six hours, but without the rest of an alert's
    life; `tests/unit/test_detect_bench.py` holds it against the episode itself.
    """
    state, standing = start(config, since_ms), _Standing()
    for i, (at_days, distance_km, _) in enumerate(incidents):
        if distance_km > config.radii_km[-1]:
            continue
        at_ms = round(at_days * MS_PER_DAY)
        tick_ms = state.head.last_ms + TICK_MS
        while standing.level is not None and tick_ms < at_ms:
            standing.pass_time(evaluate(state, config, tick_ms), config)
            tick_ms += TICK_MS
        state = observe(state, config, Observation(at_ms, f"{i:06}", distance_km))
        if standing.meet(evaluate(state, config), distance_km, state, config):
            yield at_days


@dataclass(slots=True)
class _Standing:
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
        if now.at_ms - self.low_since_ms >= CLEAR_AFTER_MS and now.in_48h <= now.usual_48h_p95(config):
            self.level, self.low_since_ms, self.nearest_km = None, None, math.inf


def _is_low(now: Evaluation, level: Level, config: DetectorConfig) -> bool:
    limits = Thresholds(config.watch_days, config.alert_days, config.critical_days, config.radii_km[-1])
    return now.r_days < limits.low_days(level) or now.in_window[-1] < config.min_incidents


def print_cost(config: DetectorConfig, incidents_per_day: float = 5.0, n: int = 3000) -> None:
    """Print the processor time of updates at a hot facility, and the size of its state and of a quiet one's."""
    rng = random.Random(1)
    days = list(accumulate(rng.expovariate(incidents_per_day) for _ in range(n)))
    hot = [Observation(round(day * MS_PER_DAY), f"{i:08}", 20 * rng.random() ** 0.5) for i, day in enumerate(days)]
    state, began = start(config, 0), time.process_time()
    for observation in hot:
        state = observe(state, config, observation)
    on_time_us = (time.process_time() - began) / n * 1e6
    late_ms = []
    for i in range(500):
        late = Observation(round((days[-1] - 6.9 * rng.random()) * MS_PER_DAY), f"late {i}", 5.0)
        began = time.process_time()
        observe(state, config, late)
        late_ms.append((time.process_time() - began) * 1e3)
    quiet = start(config, 0)
    for observation in hot[-3:]:
        quiet = observe(quiet, config, observation)
    quiet_bytes, hot_bytes = (len(json.dumps(s.to_json(), separators=(",", ":"))) for s in (quiet, state))
    print(
        f"on time {on_time_us:.0f} us, late p99 {sorted(late_ms)[-6]:.1f} ms at {incidents_per_day:g} incidents a day"
    )
    print(f"state {quiet_bytes} bytes with 3 recent incidents, {hot_bytes} with {len(state.recent)}")


if __name__ == "__main__":
    sys.exit(main())
