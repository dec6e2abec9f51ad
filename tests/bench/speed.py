"""How fast one worker is, beside a plain aiokafka loop and Quix Streams doing the same steps on the same broker.

python -m tests.bench.speed [--reports N] [--rounds N] [--rate PER_S] [--seconds S] [--out DIR]

Throughput: so many reports lie in the topic, and time is taken from the first receipt to the tick behind the last
report at the end of the route. Latency: reports come at a rate, and time is taken from a report's record to the alert's
at a subscriber. The engines take turns, round after round. Quix Streams is measured where `make quix` has installed it.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from rich.console import Console
from rich.table import Table

from schemas.connection import Connection
from schemas.report import Heartbeat, Report, Tick
from schemas.topics import ALERTS, HEARTBEAT, READINGS, REPORTS
from streams.admin import Admin
from streams.broker import BrokerConfig, LocalKafka
from streams.envelope import encode
from streams.reference import load_files
from tests.bench.engines.load import reports

ROOT = Path(__file__).resolve().parents[2]
QUIX = ROOT / ".venv-quix" / "bin" / "python"
TOCSIN, PLAIN, QUIX_STREAMS = "Tocsin (Faust, all safety on)", "plain aiokafka loop", "Quix Streams"
PATIENCE_S = 300.0
WARM_S = 5.0
console = Console()


@dataclass(frozen=True, slots=True)
class Engine:
    """Something that runs the steps."""

    name: str
    command: tuple[str, ...]


def engines() -> list[Engine]:
    """Those that can be measured here."""
    found = [
        Engine(TOCSIN, (sys.executable, "-m", "streams.cli", "worker")),
        Engine(PLAIN, (sys.executable, "-m", "tests.bench.engines.plain")),
    ]
    if QUIX.exists():
        found.append(Engine(QUIX_STREAMS, (str(QUIX), "-W", "ignore", "-m", "tests.bench.engines.quix")))
    else:
        console.print("Quix Streams is not installed here: make quix", style="yellow")
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print tables, and write them and a plot."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=6000, help="how many lie in the topic (6000)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each engine takes its turn (3)")
    parser.add_argument("--rate", type=float, default=200.0, help="reports a second for latency (200)")
    parser.add_argument("--seconds", type=float, default=20.0, help="how long latency is taken (20)")
    parser.add_argument("--out", type=Path, help="folder for speed.md and latency.png")
    options = parser.parse_args(arguments)
    measured = engines()
    with (
        tempfile.TemporaryDirectory() as folder,
        LocalKafka(BrokerConfig(data_dir=Path(folder) / "kafka"), say=console.print) as kafka,
    ):
        bench = Bench(kafka.bootstrap, Path(folder))
        rates: dict[str, list[float]] = {engine.name: [] for engine in measured}
        for number in range(options.rounds):
            for engine in measured:
                rates[engine.name].append(bench.throughput(engine, options.reports))
                console.print(f"round {number + 1}: {engine.name} {rates[engine.name][-1]:,.0f} reports/s")
        delays = {engine.name: bench.latency(engine, options.rate, options.seconds) for engine in measured}
    lines = [*throughput_table(rates), "", *latency_table(delays, options.rate)]
    show(lines)
    if options.out is not None:
        options.out.mkdir(parents=True, exist_ok=True)
        (options.out / "speed.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
        plot(delays, options.rate, options.out / "latency.png")
    return 0


class Bench:
    """Measures engines on one broker, each time in a namespace of its own, one partition per topic."""

    def __init__(self, bootstrap: str, folder: Path) -> None:
        self._bootstrap = bootstrap
        self._folder = folder
        self._facilities = list(load_files(None, None).gazetteer.by_id.values())

    def throughput(self, engine: Engine, count: int) -> float:
        """Reports a second, from the first receipt to the end of the route."""
        namespace, now = self._namespace(), datetime.now(UTC)
        self._fill(namespace, reports(self._facilities, count, now), now)
        with self._running(engine, namespace):
            receipts = self._consumer(READINGS.topic(namespace))
            until(lambda: ends(receipts))
            started, already = time.monotonic(), ends(receipts)
            self._await_tick(namespace, now)
            return (count - already) / (time.monotonic() - started)

    def latency(self, engine: Engine, rate: float, seconds: float) -> list[float]:
        """Milliseconds from a report's record to each alert's at a subscriber, at a rate, after it has run warm."""
        namespace = self._namespace()
        count = int(rate * (seconds + WARM_S))
        told = reports(self._facilities, count + 200, datetime.now(UTC))
        self._fill(namespace, islice(told, 200), datetime.now(UTC) - timedelta(days=7))
        delays: list[float] = []
        with self._running(engine, namespace):
            until(lambda: ends(self._consumer(READINGS.topic(namespace))) >= 200)
            alerts = self._consumer(ALERTS.topic(namespace))
            alerts.seek_to_end()
            producer = KafkaProducer(bootstrap_servers=self._bootstrap, linger_ms=0)
            started = time.monotonic()
            for number, report in enumerate(told):
                send(producer, namespace, report)
                due = started + (number + 1) / rate
                while True:
                    left_ms = max(0.0, (due - time.monotonic()) * 1000)
                    for batch in alerts.poll(timeout_ms=left_ms).values():
                        now_ms = time.time() * 1000
                        if time.monotonic() > started + WARM_S:
                            delays += [now_ms - record.timestamp for record in batch]
                    if time.monotonic() >= due:
                        break
            producer.close()
        return delays

    def _namespace(self) -> str:
        name = f"b{uuid.uuid4().hex[:8]}"
        with Admin(Connection(bootstrap=self._bootstrap)) as admin:
            admin.create_topics(name, 1, replication=1)
        return name

    def _fill(self, namespace: str, told: Iterator[Report], tick_at: datetime) -> None:
        producer = KafkaProducer(bootstrap_servers=self._bootstrap, linger_ms=20)
        for report in told:
            send(producer, namespace, report)
        tick = Tick(at=tick_at, sent_at=tick_at, origin=0, origins=1)
        encoded = encode(tick, tick.record_id, "/bench")
        producer.send(REPORTS.topic(namespace), encoded.value, encoded.key, encoded.headers, partition=0)
        producer.flush()
        producer.close()

    @contextmanager
    def _running(self, engine: Engine, namespace: str) -> Iterator[None]:
        told = {
            "TOCSIN_BOOTSTRAP": self._bootstrap,
            "TOCSIN_NAMESPACE": namespace,
            "TOCSIN_PARTITIONS": "1",
            "TOCSIN_CLOCK": "simulated",
            "TOCSIN_PORT": "0",
            "TOCSIN_DATA_DIR": str(self._folder / namespace),
        }
        Path(told["TOCSIN_DATA_DIR"]).mkdir()
        log = (self._folder / f"{namespace}.log").open("ab")
        process = subprocess.Popen(engine.command, cwd=ROOT, env={**os.environ, **told}, stdout=log, stderr=log)
        try:
            yield
            if process.poll() is not None:
                raise SystemExit(f"{engine.name} ended: {Path(log.name).read_text(errors='replace')[-2000:]}")
        finally:
            process.kill()
            process.wait()
            log.close()

    def _consumer(self, topic: str) -> KafkaConsumer:
        consumer = KafkaConsumer(bootstrap_servers=self._bootstrap, fetch_max_wait_ms=5)
        consumer.assign([TopicPartition(topic, 0)])
        consumer.seek_to_beginning()
        return consumer

    def _await_tick(self, namespace: str, at: datetime) -> None:
        beats = self._consumer(HEARTBEAT.topic(namespace))

        def come() -> bool:
            records = [r for batch in beats.poll(timeout_ms=20).values() for r in batch]
            return any(Heartbeat.model_validate_json(r.value).reached >= at for r in records)

        until(come)


def send(producer: KafkaProducer, namespace: str, report: Report) -> None:
    """Send one report."""
    encoded = encode(report, report.report_id, "/bench")
    producer.send(REPORTS.topic(namespace), encoded.value, encoded.key, encoded.headers, partition=0)


def ends(consumer: KafkaConsumer) -> int:
    """How many records were ever written to what a consumer reads."""
    return int(sum(consumer.end_offsets(list(consumer.assignment())).values()))


def until(condition: Callable[[], object]) -> None:
    """Wait for a condition."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > deadline:
            raise SystemExit(f"nothing came for {PATIENCE_S:.0f} s")
        time.sleep(0.01)


def throughput_table(rates: dict[str, list[float]]) -> list[str]:
    """Rows of a table: median, range, and the ratio to the plain loop."""
    limit = statistics.median(rates[PLAIN])
    lines = ["| engine | reports/s, median | least - most | of the plain loop |", "|---|---|---|---|"]
    for name, values in rates.items():
        middle = statistics.median(values)
        lines.append(f"| {name} | {middle:,.0f} | {min(values):,.0f} - {max(values):,.0f} | {middle / limit:.2f} |")
    return lines


def latency_table(delays: dict[str, list[float]], rate: float) -> list[str]:
    """Rows of a table: quantiles in ms."""
    lines = [f"| engine, at {rate:.0f} reports/s | alerts | p50 ms | p90 ms | p99 ms |", "|---|---|---|---|---|"]
    for name, values in delays.items():
        cuts = statistics.quantiles(values, n=100) if len(values) > 1 else [float("nan")] * 99
        lines.append(f"| {name} | {len(values)} | {cuts[49]:.1f} | {cuts[89]:.1f} | {cuts[98]:.1f} |")
    return lines


def show(lines: list[str]) -> None:
    """Print tables written in Markdown as tables of a terminal."""
    table: Table | None = None
    for line in [*lines, ""]:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line:
            if table is not None:
                console.print(table)
            table = None
        elif table is None:
            table = Table(*cells, box=None, pad_edge=False)
        elif set(line) - set("|-"):
            table.add_row(*cells)


def plot(delays: dict[str, list[float]], rate: float, path: Path) -> None:
    """Draw which share of alerts has come after how long."""
    from matplotlib.figure import Figure  # noqa: PLC0415  only where it is asked for

    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.subplots()
    for name, values in delays.items():
        axes.step(sorted(values), [(i + 1) / len(values) for i in range(len(values))], label=name)
    axes.set(xscale="log", xlabel="ms from report record to alert record", ylabel="share of alerts")
    axes.set_title(f"{rate:.0f} reports/s on one worker")
    axes.grid(alpha=0.3)
    axes.legend(frameon=False)
    figure.savefig(path, dpi=120)


if __name__ == "__main__":
    sys.exit(main())
