"""Worker processes for tests: started, looked at, killed; and what they left in the topics."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar
from urllib.error import HTTPError, URLError

from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.consumer.fetcher import ConsumerRecord
from prometheus_client.parser import text_string_to_metric_families

from schemas.connection import Connection
from schemas.record import Record
from schemas.topics import Stream
from streams.admin import Admin
from streams.broker.ports import free_ports
from streams.envelope import encode

PATIENCE_S = 150.0
Found = TypeVar("Found")


class WorkerProcess:
    """One `tocsin worker` of a namespace."""

    command: tuple[str, ...] = ("-m", "streams.cli", "worker")

    def __init__(self, bootstrap: str, namespace: str, folder: Path, **settings: str) -> None:
        self.port = free_ports("127.0.0.1", 1)[0]
        self.log_path = folder / f"worker-{self.port}.log"
        told = {
            "bootstrap": bootstrap,
            "namespace": namespace,
            "port": str(self.port),
            "tick_every_s": "0.5",
            "commit_every_s": "0.5",
            "session_timeout_s": "6",
            "data_dir": str(folder),
            **settings,
        }
        environment = {k: v for k, v in os.environ.items() if not k.startswith("TOCSIN_")}
        environment |= {f"TOCSIN_{name.upper()}": value for name, value in told.items()}
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen([sys.executable, *self.command], env=environment, stdout=log, stderr=log)

    def wait_ready(self) -> "WorkerProcess":
        """Wait until it holds partitions."""
        until(lambda: self._get("/ready") is not None, lambda: f"the worker is not ready: {self.log_tail()}")
        return self

    def metric(self, name: str, **labels: str) -> float:
        """Return the sum of a metric's samples that carry these labels."""
        page = self._get("/metrics") or ""
        return sum(
            sample.value
            for family in text_string_to_metric_families(page)
            for sample in family.samples
            if sample.name == name and labels.items() <= sample.labels.items()
        )

    def page(self, path: str) -> str:
        """Return what it serves at a path."""
        return until(lambda: self._get(path), lambda: f"the worker does not serve {path}: {self.log_tail()}") or ""

    def kill(self) -> None:
        """SIGKILL it."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """SIGTERM it; return its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=PATIENCE_S)

    def log_tail(self) -> str:
        """Return the end of its log."""
        return self.log_path.read_text(errors="replace")[-3000:]

    def _get(self, path: str) -> str | None:
        assert self.process.poll() is None, f"the worker ended: {self.log_tail()}"
        with suppress(HTTPError, URLError, ConnectionError, TimeoutError):
            url = f"http://127.0.0.1:{self.port}{path}"
            with urllib.request.urlopen(url, timeout=5) as answer:
                return str(answer.read().decode())
        return None


@contextmanager
def running(started: WorkerProcess) -> Iterator[WorkerProcess]:
    """Let a worker run until the block ends, whatever happens in it."""
    try:
        yield started.wait_ready()
    finally:
        if started.process.poll() is None:
            started.kill()


@contextmanager
def worker(bootstrap: str, namespace: str, folder: Path, **settings: str) -> Iterator[WorkerProcess]:
    """Run a worker until the block ends."""
    with running(WorkerProcess(bootstrap, namespace, folder, **settings)) as started:
        yield started


def create_topics(bootstrap: str, namespace: str, partitions: int = 3) -> None:
    """Create the topics of a namespace."""
    with Admin(Connection(bootstrap=bootstrap)) as admin:
        admin.create_topics(namespace, partitions, replication=1)


def produce(bootstrap: str, topic: str, *records: tuple[bytes | None, bytes | None, list[tuple[str, bytes]]]) -> None:
    """Send raw records (key, value, headers), and wait until they are delivered."""
    producer = KafkaProducer(bootstrap_servers=bootstrap, max_request_size=4_000_000)
    for key, value, headers in records:
        producer.send(topic, value, key, headers)
    producer.flush()
    producer.close()


def send(bootstrap: str, namespace: str, stream: Stream, *keyed: tuple[str, Record]) -> None:
    """Send records of ours."""
    encoded = [encode(record, key, "/tests") for key, record in keyed]
    produce(bootstrap, stream.topic(namespace), *((e.key, e.value, e.headers) for e in encoded))


def everything(bootstrap: str, topic: str) -> list[ConsumerRecord]:
    """Return all records of a topic, partition by partition."""
    consumer = KafkaConsumer(bootstrap_servers=bootstrap, group_id=None, auto_offset_reset="earliest")
    partitions = [TopicPartition(topic, p) for p in sorted(consumer.partitions_for_topic(topic) or ())]
    consumer.assign(partitions)
    ends = consumer.end_offsets(partitions)
    found: list[ConsumerRecord] = []
    while any(consumer.position(tp) < end for tp, end in ends.items()):
        for batch in consumer.poll(timeout_ms=500).values():
            found.extend(batch)
    consumer.close()
    return sorted(found, key=lambda r: (r.partition, r.offset))


def until(
    condition: Callable[[], Found],
    otherwise: Callable[[], str],
    patience_s: float = PATIENCE_S,
    every_s: float = 0.1,
) -> Found:
    """Wait until a condition holds, and return what it gives; fail with `otherwise` when it never does."""
    deadline = time.monotonic() + patience_s
    while not (found := condition()):
        assert time.monotonic() < deadline, otherwise()
        time.sleep(every_s)
    return found
