"""`tocsin worker` and `tocsin up`: one process of the route, or everything on one machine.

tocsin up:  broker (unless one is named) --> topics --> N workers, supervised --> until Ctrl-C: workers, then broker
"""

import signal
import sys
import threading
from contextlib import ExitStack
from dataclasses import dataclass
from types import FrameType
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from streams.admin import Admin
from streams.broker import BrokerConfig, LocalKafka, PortTakenError, running_at
from streams.broker.ports import check_free, free_ports
from streams.cli.common import Bootstrap, CliError, Config, Namespace, load_settings
from streams.settings import PREFIX, Clock, Settings, load
from streams.supervisor import Supervisor, Worker

console = Console(stderr=True, highlight=False)


@dataclass(frozen=True, slots=True)
class Local:
    """A broker that can be used now."""

    bootstrap: str
    found_by_itself: bool
    """Whether commands on this machine find it without being told."""


def worker(
    namespace: Namespace = None,
    bootstrap: Bootstrap = None,
    config: Config = None,
    clock: Annotated[Clock | None, typer.Option(help="Whose time passes: wall, or simulated by the sender.")] = None,
    port: Annotated[int | None, typer.Option(help="Port of metrics and health; 0 takes a free one.")] = None,
) -> None:
    """Run one worker of the route, until SIGTERM or Ctrl-C."""
    chosen = {name: value for name, value in (("clock", clock), ("port", port)) if value is not None}
    settings = load_settings(namespace, bootstrap, config).model_copy(update=chosen)
    with Admin(settings.connection) as admin:
        partitions = admin.partitions(settings.namespace)
    if partitions is None:
        raise CliError(f"namespace {settings.namespace} has no topics yet: tocsin topics create", 1)
    run_worker(settings.model_copy(update={"partitions": partitions}))


def run_worker(settings: Settings) -> None:
    """Run a worker in this process; ends the process."""
    import faust
    import uvloop

    from streams.app import create_app

    uvloop.install()
    app = create_app(settings)
    runner = faust.Worker(app, loglevel=settings.log_level, redirect_stdouts=False, quiet=True)
    raise SystemExit(runner.execute_from_commandline())


def up(
    namespace: Namespace = None,
    bootstrap: Annotated[
        str | None, typer.Option(help="Use the Kafka that runs there instead of starting one.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="How many worker processes.")] = 1,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Throw away what earlier runs left in the local Kafka.")
    ] = False,
    demo: Annotated[bool, typer.Option("--demo", help="Play the demo, then go on.")] = False,
    clock: Annotated[Clock | None, typer.Option(help="Whose time passes: wall, or simulated by the sender.")] = None,
) -> None:
    """Run everything on this machine: broker, topics and workers, until Ctrl-C."""
    settings = load(namespace=namespace, bootstrap=bootstrap, clock=clock)
    stop = stop_signal()
    with ExitStack() as stack:
        local = local_kafka(settings, stack, fresh=fresh)
        settings = settings.model_copy(update={"bootstrap": local.bootstrap})
        settings = with_topics(settings)
        supervisor = Supervisor(worker_plans(settings, workers), say)
        stack.callback(_farewell, "everything has stopped, nothing was lost")
        stack.callback(supervisor.stop)
        supervisor.start()
        console.print(_overview(settings, local, supervisor))
        if demo:
            from streams.cli.demo import play_demo

            play_demo(settings, stack, stop)
            console.print("the demo is over; the live namespace goes on until Ctrl-C", style="bold")
        while not stop.wait(1.0):
            supervisor.look_after()
        console.print("stopping: workers first, then the broker", style="dim")


def say(line: str) -> None:
    """Tell what happens, quietly."""
    console.print(line, style="dim", markup=False)


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


def local_kafka(settings: Settings, stack: ExitStack, *, fresh: bool = False) -> Local:
    """Return the broker to use: the one that was named, the one that runs on our folder, or one started here."""
    if "bootstrap" in settings.model_fields_set:
        return Local(settings.bootstrap, found_by_itself=False)
    folder = settings.state_dir / "kafka"
    if not fresh and (address := running_at(folder)) is not None:
        say(f"using the Kafka that runs on {folder} already, at {address}")
        return Local(address, found_by_itself=True)
    kafka = stack.enter_context(LocalKafka(BrokerConfig(data_dir=folder, fresh=fresh), say))
    return Local(kafka.bootstrap, found_by_itself=True)


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


def _overview(settings: Settings, local: Local, supervisor: Supervisor) -> Text:
    """Say what runs where, and what to do next; lines that a terminal may wrap, and that can be copied."""
    where = "" if local.found_by_itself else f" --bootstrap {local.bootstrap}"
    if settings.namespace != Settings.model_fields["namespace"].default:
        where += f" --namespace {settings.namespace}"
    text = Text("\nTocsin is up\n", style="bold")
    for name, place in (
        ("Kafka", local.bootstrap),
        *((worker.name, f"{worker.url}/metrics") for worker in supervisor.workers),
        ("logs", str(settings.state_dir / "log")),
    ):
        text.append(f"  {name:<18}", style="dim")
        text.append(f"{place}\n", style="not bold")
    text.append("In another terminal\n", style="bold")
    for command, meaning in (
        (f"tocsin subscribe{where}", "alerts as they come"),
        (f"tocsin send{where} FILE", "reports of your own"),
        (f"tocsin doctor{where}", "is everything well?"),
    ):
        text.append(f"  {command:<30}", style="not bold cyan")
        text.append(f"{meaning}\n", style="dim")
    return text


def _farewell(line: str) -> None:
    console.print(line, style="dim")
