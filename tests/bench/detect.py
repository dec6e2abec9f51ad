"""Answer a file of incident streams with the detector's alarms, through the code that the agents run.

python -m tests.bench.detect STREAMS.jsonl ALARMS.jsonl [--false-alert-every DAYS]
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

from alerts.calls import calls
from alerts.detector import Observation, observe, start
from alerts.pattern import KIND_OF
from alerts.statistic import MS_PER_DAY, DetectorConfig, priors
from streams.desk.history import threat_of

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
    """Yield the instants, in days, of the notifications at level alert or above: opened, reopened, escalated."""
    listed = list(incidents)
    observed = [
        Observation(round(day * MS_PER_DAY), f"{i:06}", km, kind=KIND_OF[threat_of(what)[0]])
        for i, (day, km, what) in enumerate(listed)
    ]
    for called in calls(observed, config, since_ms):
        yield listed[int(called.incident_id)][0]


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
