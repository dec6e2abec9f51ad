"""Where chaos happens: three brokers behind proxies, namespaces, crews of workers, and a sender that keeps on."""

import json
import os
import sys
import threading
import time
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from kafka import KafkaAdminClient, KafkaProducer
from kafka.producer.future import FutureRecordMetadata

from schemas.connection import Connection
from schemas.record import Record
from schemas.report import Report
from schemas.topics import REPORTS, Stream
from streams.admin import Admin
from streams.broker import BrokerConfig, LocalKafka
from streams.broker.ports import free_ports
from streams.desk.supervisor import FIRST_WAIT_S, Supervisor, Worker
from streams.envelope import encode
from streams.settings import PREFIX
from tests.chaos.proxy import Proxy, Weather
from tests.chaos.traffic import Mix
from tests.chaos.witness import Picture

BROKERS = 3
PARTITIONS = 3
QUICK = {
    # A short session, so that a dead worker is replaced soon.
    "tick_every_s": "0.5",
    "commit_every_s": "0.5",
    "session_timeout_s": "6",
    "stall_after_s": "30",
    "log_level": "info",
}
Say = Callable[[str], None]


class Field:
    """Three brokers and what is needed around them; use it as a context manager."""

    def __init__(self, folder: Path, say: Say = lambda _line: None) -> None:
        self.folder = folder
        self.say = say
        told = free_ports("127.0.0.1", BROKERS)
        self.kafka = LocalKafka(
            BrokerConfig(
                data_dir=folder / "kafka",
                brokers=BROKERS,
                advertised_ports=tuple(told),
                heap_mb=320,
                start_timeout_s=120,
            )
        )
        self._told = told
        self.pictures: dict[Mix, Picture] = {}
        """What undisturbed runs ended with."""
        self.proxies: tuple[Proxy, ...] = ()

    def __enter__(self) -> Self:
        self.kafka.start()
        ports = [int(node.address.rpartition(":")[2]) for node in self.kafka.nodes]
        self.proxies = tuple(Proxy(told, port) for told, port in zip(self._told, ports, strict=True))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for proxy in self.proxies:
            proxy.close()
        self.kafka.stop()

    @property
    def direct(self) -> str:
        """Address of the brokers past the proxies: for those who look on."""
        return ",".join(node.internal_address for node in self.kafka.nodes)

    @property
    def proxied(self) -> str:
        """Address of the brokers through the proxies: for workers."""
        return ",".join(f"127.0.0.1:{port}" for port in self._told)

    def weather(self, weather: Weather, late_s: float = 0.0) -> None:
        """Change the network between workers and all brokers."""
        for proxy in self.proxies:
            proxy.become(weather, late_s)

    def namespace(self, name: str) -> str:
        """Create the topics of a new namespace."""
        namespace = f"{name}-{uuid.uuid4().hex[:6]}"
        with Admin(Connection(bootstrap=self.direct)) as admin:
            admin.create_topics(namespace, PARTITIONS, replication=BROKERS)
        return namespace

    def mend(self) -> None:
        """Bring back every broker, and a fair network."""
        self.weather(Weather.FAIR)
        for node in self.kafka.nodes:
            node.resume()
            node.start()
        self.kafka.wait_ready()

    def remove(self, namespace: str) -> None:
        """Delete the topics of a namespace that is done with."""
        with Admin(Connection(bootstrap=self.direct)) as admin:
            admin.remove_namespace(namespace)

    @contextmanager
    def admin(self) -> Iterator[KafkaAdminClient]:
        """Open a plain admin client."""
        client = KafkaAdminClient(bootstrap_servers=self.direct)
        try:
            yield client
        finally:
            client.close()

    @contextmanager
    def crew(
        self, namespace: str, size: int = 2, faults: Sequence[dict[str, object] | None] = (), **settings: str
    ) -> Iterator["Crew"]:
        """Run supervised workers until the block ends."""
        crew = Crew(self, namespace, size, faults, settings)
        try:
            yield crew
        finally:
            crew.dismiss()


class Crew:
    """Workers of a namespace under the product's own supervisor."""

    def __init__(
        self,
        field: Field,
        namespace: str,
        size: int,
        faults: Sequence[dict[str, object] | None],
        settings: dict[str, str],
    ) -> None:
        self.namespace = namespace
        self.log_folder = field.folder / "log" / f"{namespace}-{uuid.uuid4().hex[:4]}"
        self._say = field.say
        self.ended: list[str] = []
        ports = free_ports("127.0.0.1", size)
        common = {
            **QUICK,
            "bootstrap": field.proxied,
            "namespace": namespace,
            "data_dir": str(field.folder),
            **settings,
        }
        self.workers = [
            self._plan(number, port, common, faults[number] if number < len(faults) else None)
            for number, port in enumerate(ports)
        ]
        self._supervisor = Supervisor(self.workers, self._heard)
        self._done = threading.Event()
        self._supervisor.start()
        self._watch = threading.Thread(target=self._look_after, name="crew", daemon=True)
        self._watch.start()

    def _plan(self, number: int, port: int, settings: dict[str, str], fault: dict[str, object] | None) -> Worker:
        environment = {f"{PREFIX}{name.upper()}": value for name, value in (settings | {"port": str(port)}).items()}
        if fault:
            environment["CHAOS_FAULT"] = json.dumps(fault)
        return Worker(
            name=f"{self.namespace} worker {number}",
            command=[sys.executable, "-m", "tests.chaos.faulty_worker", "worker"],
            environment=environment,
            log_path=self.log_folder / f"worker-{number}.log",
            url=f"http://127.0.0.1:{port}",
        )

    def signal(self, number: int, what: int) -> None:
        """Send a signal to a worker, if it runs; it is started again at once when it ends."""
        worker = self.workers[number]
        worker.wait_s = FIRST_WAIT_S
        if (pid := worker.pid) is not None:
            os.kill(pid, what)

    def running(self, number: int) -> bool:
        """Whether a worker's process is there."""
        return self.workers[number].pid is not None

    def heard(self, words: str) -> bool:
        """Whether a worker said this."""
        return any(words in path.read_text(errors="replace") for path in self.log_folder.glob("*.log"))

    def log_tail(self) -> str:
        """Return the end of what each worker said."""
        return "\n".join(f"== {p.name}\n{p.read_text(errors='replace')[-2500:]}" for p in self.log_folder.glob("*.log"))

    def dismiss(self) -> None:
        """Stop them all."""
        self._done.set()
        self._watch.join()
        self._supervisor.stop(within_s=20)

    def _heard(self, line: str) -> None:
        self.ended.append(line)
        self._say(f"    {line[:300]}")

    def _look_after(self) -> None:
        while not self._done.wait(0.2):
            self._supervisor.look_after()


@dataclass(slots=True)
class Feed:
    """Sends records on and on from a thread, whatever happens to the brokers; each is delivered in the end."""

    bootstrap: str
    namespace: str
    per_s: float = 0.0
    expected: int = 0
    pauses_at: Collection[int] = ()
    """After so many, each time, it waits for `go_on`."""
    _go_on: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    sent: int = 0
    failed: list[str] = field(default_factory=list)
    _thread: threading.Thread | None = None

    def start(self, reports: Iterable[Report]) -> Self:
        """Begin."""
        self._thread = threading.Thread(target=self._run, args=(reports,), name="feed", daemon=True)
        self._thread.start()
        return self

    def go_on(self) -> None:
        """End a pause: the one that it is in, or else the next."""
        self._go_on.release()

    @property
    def going(self) -> bool:
        """Whether there is more to send."""
        return self._thread is not None and self._thread.is_alive()

    def finish(self, patience_s: float = 300.0) -> None:
        """Wait until everything is delivered, without a further pause."""
        assert self._thread is not None
        self._go_on.release(1 + len(self.pauses_at))
        self._thread.join(patience_s)
        assert not self._thread.is_alive(), "the feed does not come to its end"
        assert not self.failed, self.failed[:3]

    def _run(self, reports: Iterable[Report]) -> None:
        try:
            self._send(reports)
        except Exception as e:  # noqa: BLE001  told by `finish`, in the thread that waits
            self.failed = [repr(e)]

    def _send(self, reports: Iterable[Report]) -> None:
        producer = steady_producer(self.bootstrap)
        begun = time.monotonic()
        pending: list[FutureRecordMetadata] = []
        for report in reports:
            pending.append(put(producer, self.namespace, REPORTS, report.report_id, report))
            self.sent += 1
            if self.sent in self.pauses_at:
                producer.flush()
                paused = time.monotonic()
                self._go_on.acquire()
                begun += time.monotonic() - paused
            if self.per_s and (early_s := begun + self.sent / self.per_s - time.monotonic()) > 0:
                time.sleep(early_s)
        producer.flush()
        self.failed = [repr(f.exception) for f in pending if f.failed()]
        producer.close()


def steady_producer(bootstrap: str) -> KafkaProducer:
    """Return a producer that goes on trying for minutes."""
    return KafkaProducer(
        bootstrap_servers=bootstrap,
        acks="all",
        linger_ms=5,
        delivery_timeout_ms=280_000,
        request_timeout_ms=10_000,
        max_block_ms=280_000,
        max_request_size=4_000_000,
    )


def put(producer: KafkaProducer, namespace: str, stream: Stream, key: str, record: Record) -> FutureRecordMetadata:
    """Hand a record of ours to a producer."""
    encoded = encode(record, key, "/tests")
    return producer.send(stream.topic(namespace), encoded.value, encoded.key, encoded.headers)
