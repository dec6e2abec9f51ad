"""`tocsin demo`: nine days on an invented coast in half a minute, told as they happen.

It runs in a namespace of its own, `demo`, on simulated time, through the same worker as live traffic; nothing of it is
real but the names of facilities.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Annotated

import orjson
import typer
from rich.text import Text

from alerts.subscribe import Subscriber
from schemas.report import Report
from schemas.taxonomy import Change
from schemas.topics import ALERTS
from streams.admin import Admin
from streams.cli.common import CliError
from streams.cli.local import console, local_kafka, say, stop_signal, with_topics, worker_plans
from streams.cli.present import alert_line, alert_panel, plain
from streams.desk.simulation import Historian
from streams.desk.supervisor import Supervisor
from streams.resources import resource
from streams.settings import Clock, Settings, load

NAMESPACE = "demo"
PARTITIONS = 2
QUIET = timedelta(days=10)
"""How long the demo goes on when the last report is told: an all clear takes its time."""
PATIENCE_S = 60.0
IN_A_LINE = frozenset({Change.UPDATED, Change.UNACKNOWLEDGED})
"""Changes that are told in a line: the story is in the others."""


def demo(
    bootstrap: Annotated[str | None, typer.Option(help="Use the Kafka that runs there.")] = None,
    pace: Annotated[float, typer.Option(min=0.0, help="Seconds between reports.")] = 0.6,
) -> None:
    """Play nine days of invented reports, and show the alerts that they raise."""
    settings = load(bootstrap=bootstrap)
    stop = stop_signal()
    with ExitStack() as stack:
        local = local_kafka(settings, stack)
        play_demo(settings.model_copy(update={"bootstrap": local.bootstrap}), stack, stop, pace)


def play_demo(
    settings: Settings,
    stack: ExitStack,
    stop: threading.Event,
    pace_s: float = 0.6,
    meanwhile: Callable[[], None] = lambda: None,
) -> None:
    """Play the demo with a worker of its own, which `stack` ends; calls `meanwhile` every now and then.

    Raises
    ------
    CliError
        The worker does not get there.
    """
    settings = settings.model_copy(
        update={"namespace": NAMESPACE, "clock": Clock.SIMULATED, "partitions": PARTITIONS, "port": 0}
    )
    with Admin(settings.connection) as admin:
        admin.remove_namespace(NAMESPACE)
    settings = with_topics(settings)
    supervisor = Supervisor(worker_plans(settings, 1), say)
    stack.callback(supervisor.stop)
    supervisor.start()
    told = f": nine days of invented reports, in namespace {NAMESPACE}, on simulated time\n"
    console.print(Text.assemble("\n", ("The demo", "bold"), told))
    with (
        Subscriber(settings.connection, NAMESPACE, start="earliest") as alerts,
        Historian(settings.connection, NAMESPACE, PARTITIONS) as historian,
    ):
        show = _Show(alerts, supervisor, stop, meanwhile)
        reports = list(_scenario())
        historian.until(reports[0].published_at - timedelta(hours=1))
        for report in reports:
            historian.flush()
            if not show.until(historian.now, pace_s):
                return
            console.print(_told(report), no_wrap=True, overflow="ellipsis")
            historian.report(report)
        historian.flush()
        show.until(historian.now, pace_s)
        end = reports[-1].published_at + QUIET
        console.print(Text(f"{'':17}nothing more; time passes until {end:%a %d %b}", style="dim"))
        historian.until(end)
        historian.flush()
        show.until(end, pace_s)
    kept = ("Every revision stays in ", (ALERTS.topic(NAMESPACE), "bold"), " until the next demo: ")
    console.print(Text.assemble("\n", *kept, f"tocsin subscribe --namespace {NAMESPACE} --last 20\n"))


class _Show:
    """Shows alerts as the route makes them."""

    def __init__(
        self, alerts: Subscriber, supervisor: Supervisor, stop: threading.Event, meanwhile: Callable[[], None]
    ) -> None:
        self._meanwhile = meanwhile
        self._alerts = alerts
        self._supervisor = supervisor
        self._stop = stop

    def until(self, instant: datetime | None, pace_s: float) -> bool:
        """Show alerts until the whole route has reached an instant, and `pace_s` longer; False when told to stop.

        Raises
        ------
        CliError
            The worker does not get there.
        """
        deadline = time.monotonic() + PATIENCE_S
        while not self._stop.is_set():
            self._take(0.05)
            self._supervisor.look_after()
            self._meanwhile()
            reached = self._alerts.pulse.reached
            if reached is not None and instant is not None and reached >= instant:
                break
            if time.monotonic() > deadline:
                worker = self._supervisor.workers[0]
                raise CliError(f"the demo's worker does not move: {worker.last_words()}; log: {worker.log_path}", 1)
        self._take(pace_s)
        return not self._stop.is_set()

    def _take(self, for_s: float) -> None:
        deadline = time.monotonic() + for_s
        while True:
            for alert in self._alerts.poll(max(0.0, min(0.1, deadline - time.monotonic()))):
                console.print(alert_line(alert) if alert.change in IN_A_LINE else alert_panel(alert))
            if time.monotonic() >= deadline:
                return


def _scenario() -> Iterator[Report]:
    for line in resource("demo/scenario.jsonl").read_bytes().splitlines():
        yield Report.model_validate_json(orjson.dumps(orjson.loads(line)["report"]))


def _told(report: Report) -> Text:
    line = Text(f"{report.published_at:%a %d %b %H:%M}  ", style="dim")
    line.append(f"{plain(report.source.name)}: ", style="cyan")
    line.append(plain(report.title or report.text))
    return line
