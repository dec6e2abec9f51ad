"""Answer a file of incident streams with the rules that others use, each tuned to the same budget where it can be.

python -m tests.bench.rivals STREAMS.jsonl DIR [--false-alert-every DAYS] [--km RADIUS]

Writes DIR/RULE.jsonl for each rule of `alerts/rivals.py`.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from alerts.rivals import RIVALS, quieted
from alerts.statistic import priors


def main(arguments: Sequence[str] | None = None) -> int:
    """Read streams, write the alarms of each rival."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("streams", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--false-alert-every", type=float, default=365.0, metavar="DAYS")
    parser.add_argument("--km", type=float, default=10.0)
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    written = {name: (options.folder / f"{name}.jsonl").open("w") for name in RIVALS}
    with options.streams.open() as lines:
        known = {float(r): rate for r, rate in json.loads(next(lines))["prior_per_day"].items()}
        (prior,) = priors([options.km], known, 0.005)
        for line in lines:
            life = json.loads(line)
            times = [day for day, distance_km, _ in life["incidents"] if distance_km <= options.km]
            for name, rival in RIVALS.items():
                alarms = list(quieted(rival(times, prior, options.false_alert_every)))
                written[name].write(json.dumps({"stream": life["stream"], "alarms": alarms}) + "\n")
    for out in written.values():
        out.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
