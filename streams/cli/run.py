"""`tocsin worker` and `tocsin up`: one process of the route, or everything on one machine.

tocsin up:  broker (unless one is named) --> topics --> N workers, supervised --> until Ctrl-C: workers, then broker
"""

from contextlib import ExitStack
from typing import Annotated

import typer
from rich.text import Text

from streams.admin import Admin
from streams.cli.common import Bootstrap, CliError, Config, Namespace, load_settings
from streams.cli.local import Local, console, local_kafka, say, stop_signal, with_topics, worker_plans
from streams.desk.supervisor import Supervisor
from streams.settings import Clock, Settings, load


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
        str | None,
        typer.Option(
            "--bootstrap", "-b", metavar="HOST:PORT", help="Use the Kafka that runs there instead of starting one."
        ),
    ] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="How many worker processes.")] = 1,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Throw away what earlier runs left in the local Kafka.")
    ] = False,
    kafka_port: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=65535,
            help="Port of the Kafka that is started; 0 takes a free one.",
            show_default="9092, where that is free",
        ),
    ] = None,
    demo: Annotated[bool, typer.Option("--demo", help="Play the demo, then go on.")] = False,
    clock: Annotated[Clock | None, typer.Option(help="Whose time passes: wall, or simulated by the sender.")] = None,
) -> None:
    """Run everything on this machine: broker, topics and workers, until Ctrl-C."""
    settings = load(namespace=namespace, bootstrap=bootstrap, clock=clock)
    if "bootstrap" in settings.model_fields_set and (fresh or kafka_port is not None):
        raise CliError(f"--fresh and --kafka-port are for a Kafka that is started here; {settings.bootstrap} was named")
    stop = stop_signal()
    with ExitStack() as stack:
        local = local_kafka(settings, stack, fresh=fresh, port=kafka_port)
        settings = settings.model_copy(update={"bootstrap": local.bootstrap})
        settings = with_topics(settings)
        supervisor = Supervisor(worker_plans(settings, workers), say)
        stack.callback(supervisor.stop)
        supervisor.start()

        def look_after() -> None:
            local.look_after()
            supervisor.look_after()

        console.print(_overview(settings, local, supervisor))
        if demo:
            from streams.cli.demo import play_demo

            play_demo(settings, stack, stop, meanwhile=look_after)
            console.print("the demo is over; the live namespace goes on until Ctrl-C", style="bold")
        while not stop.wait(1.0):
            look_after()
        say("stopping: workers first, then the broker")
    say("everything has stopped, nothing was lost")


def _overview(settings: Settings, local: Local, supervisor: Supervisor) -> Text:
    """Say what runs where, and what to do next; lines that a terminal may wrap, and that can be copied."""
    where = "" if local.found_by_itself else f" --bootstrap {local.bootstrap}"
    if settings.namespace != Settings.model_fields["namespace"].default:
        where += f" --namespace {settings.namespace}"
    text = Text("\nTocsin is up\n", style="bold")
    places = (
        ("Kafka", local.bootstrap),
        *((worker.name, f"{worker.url}/metrics") for worker in supervisor.workers),
        ("logs", str(settings.state_dir / "log")),
    )
    width = max(len(name) for name, _ in places) + 2
    for name, place in places:
        text.append(f"  {name:<{width}}", style="dim")
        text.append(f"{place}\n", style="not bold")
    text.append("In another terminal\n", style="bold")
    commands = (
        (f"tocsin subscribe{where}", "alerts as they come"),
        (f"tocsin send{where} FILE", "reports of your own"),
        (f"tocsin doctor{where}", "is everything well?"),
    )
    width = max(len(command) for command, _ in commands) + 2
    for command, meaning in commands:
        text.append(f"  {command:<{width}}", style="not bold cyan")
        text.append(f"{meaning}\n", style="dim")
    return text
