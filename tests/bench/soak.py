"""Whether memory stays flat: one worker, simulated months of reports, resident memory every so many of them.

python -m tests.bench.soak [--reports N] [--per-day N]
"""

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from schemas.connection import Connection
from schemas.report import Report, Source
from schemas.topics import READINGS
from streams.broker import BrokerConfig, LocalKafka
from streams.desk.simulation import Historian
from tests.broker.workers import WorkerProcess, create_topics, until
from tests.chaos.traffic import ATTACKS, NOTHING, OFFICIALS, PLACES

NAMESPACE = "soak"
PARTITIONS = 3
START = datetime(2025, 1, 1, tzinfo=UTC)
TOGETHER = 20
"""Reports of one instant: time is told between instants, and a tick for every report costs more than the report."""


def main() -> None:
    """Feed, look, and say how memory went."""
    options = argparse.ArgumentParser()
    options.add_argument("--reports", type=int, default=1_000_000)
    options.add_argument("--per-day", type=int, default=5000, help="of simulated time")
    asked = options.parse_args()
    looks = []
    with tempfile.TemporaryDirectory(prefix="tocsin-soak-") as name:
        folder = Path(name)
        with LocalKafka(BrokerConfig(data_dir=folder / "kafka", start_timeout_s=120)) as kafka:
            create_topics(kafka.bootstrap, NAMESPACE, PARTITIONS)
            worker = WorkerProcess(kafka.bootstrap, NAMESPACE, folder, clock="simulated").wait_ready()
            try:
                begun = time.monotonic()
                with Historian(Connection(bootstrap=kafka.bootstrap), NAMESPACE, PARTITIONS) as historian:
                    every = max(1000, asked.reports // 50)
                    for number, report in enumerate(_reports(asked.reports, asked.per_day), 1):
                        historian.report(report)
                        if number % every == 0:
                            historian.flush()
                            _caught_up(worker, number)
                            looks.append((number, _resident_mb(worker.process.pid)))
                            rows = [worker.metric("tocsin_table_rows", table=t) for t in ("read", "fuse", "watch")]
                            per_s = number / (time.monotonic() - begun)
                            print(
                                f"{number:>9,} reports  {looks[-1][1]:6.0f} MB  rows {rows}  {per_s:5.0f}/s", flush=True
                            )
            finally:
                worker.kill()
    settled = [mb for number, mb in looks if number >= min(100_000, asked.reports / 2)]
    print(f"from {min(settled):.0f} to {max(settled):.0f} MB: {max(settled) / settled[0] - 1:+.1%} (target 10 %)")


def _caught_up(worker: WorkerProcess, number: int) -> None:
    """Wait until so many reports are read, for as long as ever more of them are; to be asked costs a worker time."""
    while (so_far := _read(worker)) < number:
        until(partial(_past, worker, so_far), worker.log_tail, every_s=3)


def _past(worker: WorkerProcess, so_far: float) -> bool:
    return _read(worker) > so_far


def _read(worker: WorkerProcess) -> float:
    return worker.metric("tocsin_outputs_total", stage="read", stream=READINGS.name)


def _reports(count: int, per_day: int) -> Iterator[Report]:
    dice = random.Random(5)
    for number in range(count):
        at = START + timedelta(days=number // TOGETHER * TOGETHER / per_day)
        place, _ = dice.choice(PLACES)
        if dice.random() < 0.02:
            when = at - timedelta(hours=dice.randrange(1, 20))
            said = f"at about {when:%H:%M} on {when.day} {when:%B}"
            text = dice.choice(ATTACKS).format(place=place, when=said, officials=dice.choice(OFFICIALS))
        else:
            text = f"{dice.choice(NOTHING).format(place=place)} Bulletin {number}."
        source = Source(name=f"Outlet {number % 97}")
        yield Report(report_id=f"soak-{number}", source=source, published_at=at, text=text, lang="en")


def _resident_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


if __name__ == "__main__":
    main()
