"""`make chaos`: runs scenarios one after the other, says how they go, and ends with a table.

python -m tests.chaos [--reports N] [--bad N] [--within S] [SCENARIO ...]
"""

import argparse
import logging
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.chaos.field import Field
from tests.chaos.scenarios import SCENARIOS
from tests.chaos.traffic import Mix
from tests.chaos.trial import Result


def main() -> int:
    """Run what was asked for; 1 when something failed."""
    options = argparse.ArgumentParser(prog="python -m tests.chaos")
    options.add_argument("scenarios", nargs="*", metavar="SCENARIO", help=", ".join(SCENARIOS))
    options.add_argument("--reports", type=int, default=900, help="how many reports flow in each")
    options.add_argument("--bad", type=int, default=10_000, help="how many bad records, where any are sent")
    options.add_argument("--within", type=float, default=3600.0, help="begin no further scenario after so many s")
    asked = options.parse_args()
    if unknown := set(asked.scenarios) - SCENARIOS.keys():
        options.error(f"no such scenario: {', '.join(sorted(unknown))}; there are {', '.join(SCENARIOS)}")
    logging.getLogger("kafka").setLevel(logging.CRITICAL)
    begun = time.monotonic()

    def say(line: str) -> None:
        sys.stdout.write(f"{time.monotonic() - begun:6.0f} s  {line}\n")
        sys.stdout.flush()

    results = []
    folder = Path(tempfile.mkdtemp(prefix="tocsin-chaos-"))
    say("three brokers start")
    with Field(folder, say) as field:
        for name in asked.scenarios or SCENARIOS:
            if time.monotonic() - begun > asked.within:
                say(f"no time left for {name}")
                continue
            scenario = SCENARIOS[name]
            say(f"{name}: {scenario.__doc__}")
            try:
                result = scenario(field, Mix(asked.reports, bad=asked.bad))
            except AssertionError as e:
                result = Result(name, failure=str(e))
                say(f"{name} FAILED: {e}")
                field.mend()
            results.append(result)
    sys.stdout.write(table(results))
    if failed := any(result.failure for result in results):
        sys.stdout.write(f"logs of workers and brokers: {folder}\n")
    else:
        shutil.rmtree(folder, ignore_errors=True)
    return int(failed)


def table(results: list[Result]) -> str:
    """Return the results as a table."""
    head = f"{'scenario':<16}{'reports':>9}{'receipts':>10}{'letters':>9}{'lost':>6}{'alerts':>8}{'revisions':>11}"
    lines = [f"{head}{'restarts':>10}{'seconds':>9}  verdict"]
    for r in results:
        lost = r.sent - r.receipts - r.letters
        counts = f"{r.name:<16}{r.sent:>9}{r.receipts:>10}{r.letters:>9}{lost:>6}{r.alerts:>8}{r.revisions:>11}"
        verdict = "FAILED" if r.failure else "; ".join(["holds", *r.notes])
        lines.append(f"{counts}{r.restarts:>10}{r.seconds:>9.0f}  {verdict}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
