"""What `tocsin up` and `tocsin demo` share: a broker, topics and supervised workers on this machine."""

import signal
import sys
import threading
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from schemas.connection import DEFAULT_BOOTSTRAP, Connection
from streams.admin import Admin, BrokerUnreachableError, probe
from streams.broker import BrokerConfig, LocalKafka, PortTakenError, running_at
from streams.broker.ports import check_free, free_ports
from streams.cli.common import CliError
from streams.cli.terminal import SafeConsole
from streams.desk.supervisor import Worker
from streams.settings import PREFIX, Settings

console = SafeConsole(stderr=True)


@dataclass(frozen=True, slots=True)
class Local:
    """A broker that can be used now."""

    bootstrap: str
    found_by_itself: bool
    """Whether commands on this machine find it without being told."""
    own: LocalKafka | None = None
    """Where it was started here."""

    def look_after(self) -> None:
        """Start again what of it was started here and has ended."""
        if self.own is not None:
            self.own.look_after()


def say(line: str) -> None:
    """Tell what happens, quietly."""
    console.print(line, style="dim")


def stop_signal() -> threading.Event:
    """Return an event that Ctrl-C and SIGTERM set; the second Ctrl-C interrupts at once."""
    stop = threading.Event()

    def on_signal(number: int, _frame: FrameType | None) -> None:
        if stop.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        stop.set()

    signal.signal(signal.SIGINT, on_signal)
    signal.signal(signal.SIGTERM, on_signal)
    return stop


def local_kafka(settings: Settings, stack: ExitStack, *, fresh: bool = False, port: int | None = None) -> Local:
    """Return the broker to use: the one that was named, the one that runs on our folder, or one started here.

    The one started here listens on `port`, 0 for any that is free; on Kafka's usual one where None is asked for and
    that is free, so that clients of other programs find it by the same address tomorrow.
    """
    if "bootstrap" in settings.model_fields_set:
        return Local(settings.bootstrap, found_by_itself=False)
    folder = settings.state_dir / "kafka"
    if not fresh and (address := running_at(folder)) is not None:
        _must_answer(settings.connection.model_copy(update={"bootstrap": address}), folder)
        if port and address.rpartition(":")[2] != str(port):
            raise CliError(f"a Kafka runs on {folder} already, at {address}: use that one, or stop it first")
        say(f"using the Kafka that runs on {folder} already, at {address}")
        return Local(address, found_by_itself=True)
    chosen = usual_port() if port is None else port
    kafka = stack.enter_context(LocalKafka(BrokerConfig(data_dir=folder, fresh=fresh, port=chosen), say))
    return Local(kafka.bootstrap, found_by_itself=True, own=kafka)


def _must_answer(connection: Connection, folder: Path) -> None:
    try:
        probe(connection)
    except BrokerUnreachableError as e:
        raise CliError(
            f"the Kafka on {folder}, at {connection.bootstrap}, does not answer: a `tocsin up` that is still there "
            "holds the folder; end that one, and start anew",
            1,
        ) from e


def usual_port() -> int:
    """Return the port on which clients look for a Kafka that nobody named; 0 where something listens on it."""
    host, _, port = DEFAULT_BOOTSTRAP.partition(":")
    return 0 if _listening(host, int(port)) else int(port)


def with_topics(settings: Settings) -> Settings:
    """Create the namespace's topics where they are missing; return the settings with the partitions it has."""
    with Admin(settings.connection) as admin:
        partitions = admin.partitions(settings.namespace) or settings.partitions
        created = admin.create_topics(settings.namespace, partitions, settings.replication)
    if created:
        say(f"created {len(created)} topics of namespace {settings.namespace}, {partitions} partitions each")
    return settings.model_copy(update={"partitions": partitions})


def worker_plans(settings: Settings, count: int) -> list[Worker]:
    """Plan worker processes with these settings, each with a port of its own for metrics and health."""
    ports = _ports(settings, count)
    return [
        Worker(
            name=f"{settings.namespace} worker {number}",
            command=[sys.executable, "-m", "streams.cli", "worker"],
            environment=_environment(settings, port),
            log_path=settings.state_dir / "log" / f"{settings.namespace}-worker-{number}.log",
            url=f"http://{settings.host}:{port}",
        )
        for number, port in enumerate(ports, 1)
    ]


def _ports(settings: Settings, count: int) -> list[int]:
    wanted = range(settings.port, settings.port + count) if settings.port else range(0)
    free = [port for port in wanted if not _listening(settings.host, port)]
    return free if len(free) == count else free_ports(settings.host, count)


def _listening(host: str, port: int) -> bool:
    try:
        check_free(host, port)
    except PortTakenError:
        return True
    return False


def _environment(settings: Settings, port: int) -> dict[str, str]:
    """What a worker must know that its environment does not tell it."""
    told = {
        "namespace": settings.namespace,
        "bootstrap": settings.bootstrap,
        "partitions": str(settings.partitions),
        "clock": settings.clock.value,
        "data_dir": str(settings.data_dir),
        "port": str(port),
    }
    return {PREFIX + name.upper(): value for name, value in told.items()}
