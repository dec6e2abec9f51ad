"""`tocsin replay`: what came in between two instants once more, in a namespace of its own, on simulated time."""

import threading
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from streams.cli.common import (
    Bootstrap,
    CliError,
    Config,
    Namespace,
    counted,
    instant,
    load_settings,
    measured,
    moment,
    stderr,
    stdout,
)

if TYPE_CHECKING:
    from schemas.alert import Alert
    from streams.desk.replaying import Comparison
    from streams.desk.supervisor import Supervisor
    from streams.settings import Settings

PARTITIONS = 4
_WAIT_S = 120.0
_LISTED = 20


def replay(
    since: Annotated[str, typer.Option(help="From when on: 2026-01-31T14:00Z, or 2h, 3d ago.")],
    until: Annotated[str | None, typer.Option(help="Until when.", show_default="now")] = None,
    into: Annotated[
        str | None, typer.Option(metavar="NAMESPACE", help="Where to.", show_default="replay-<date>-<time>")
    ] = None,
    workers: Annotated[
        int, typer.Option(min=0, max=64, help="How many workers to run for it; 0 where others do its work.")
    ] = 1,
    partitions: Annotated[int, typer.Option(min=1, max=1000, help="Partitions of its topics.")] = PARTITIONS,
    fresh: Annotated[bool, typer.Option("--fresh", help="Throw away what an earlier replay left there.")] = False,
    namespace: Namespace = None,
    bootstrap: Bootstrap = None,
    config: Config = None,
) -> None:
    """Play what came in again, in a namespace of its own, and tell how the alerts differ.

    Reports are read from the namespace as they came in and written elsewhere, with simulated time between them; nothing
    of the namespace is changed, and its subscribers see nothing. Facilities and policy are copied, unless TOCSIN_POLICY
    or TOCSIN_FACILITIES name files: so a change of policy can be tried on the past. Begin some days before what
    matters, so that each site's usual pattern is known by then.

    `tocsin replay --since 14d`

    `TOCSIN_POLICY=stricter.json tocsin replay --since 2026-01-01T00:00Z --until 2026-02-01T00:00Z --into stricter`
    """
    now = datetime.now(UTC)
    begin, end = instant(since, now), instant(until, now) if until else now
    if not begin < end <= now:
        raise CliError(
            f"nothing came in between {moment(begin)} and {moment(end)}: --since, --until, now, in this order"
        )
    settings = load_settings(namespace, bootstrap, config)
    target = load_settings(into or f"replay-{now:%Y%m%d-%H%M%S}", settings.bootstrap, config)
    target = _prepared(settings, target, partitions, fresh=fresh)
    from streams.cli.local import say, stop_signal, worker_plans
    from streams.desk.supervisor import Supervisor

    stop = stop_signal()
    with ExitStack() as stack:
        supervisor = None
        if workers:
            supervisor = Supervisor(worker_plans(target, workers), say)
            stack.callback(supervisor.stop)
            supervisor.start()
        else:
            stderr().print(
                f"start its workers: tocsin worker --namespace {target.namespace} --bootstrap {target.bootstrap} "
                "--clock simulated",
                style="yellow",
            )
        stderr().print(
            f"watch it: tocsin subscribe --namespace {target.namespace} --bootstrap {target.bootstrap}", style="dim"
        )
        count = _write(settings, target, begin, end)
        stderr().print(
            f"✓ {counted(count, 'report')} of {settings.namespace} written to {target.namespace}", style="green"
        )
        if not _await_end(target, end, supervisor, stop):
            stderr().print(f"stopped before its end; {target.namespace} is left as it is", style="yellow")
            raise typer.Exit(130)
    _tell(settings, target, begin, end)


def _prepared(settings: "Settings", target: "Settings", partitions: int, *, fresh: bool) -> "Settings":
    """Create the topics to replay into, where that harms nobody."""
    from streams.admin import Admin
    from streams.desk.replaying import copy_reference, is_simulated
    from streams.settings import Clock
    from streams.topology import app_id

    if target.namespace == settings.namespace:
        raise CliError(f"{settings.namespace} cannot be replayed into itself: name another with --into")
    with Admin(settings.connection) as admin:
        if admin.partitions(settings.namespace) is None:
            raise CliError(f"namespace {settings.namespace} has no topics: nothing came in there", status=1)
        if admin.partitions(target.namespace) is not None:
            if admin.members(app_id(target.namespace)):
                raise CliError(f"namespace {target.namespace} is at work: name another with --into")
            if fresh and not is_simulated(settings.connection, target.namespace):
                raise CliError(f"namespace {target.namespace} holds what no replay wrote: name another with --into")
            if not fresh:
                raise CliError(
                    f"namespace {target.namespace} exists: name another with --into, or throw it away: --fresh"
                )
            admin.remove_namespace(target.namespace)
        admin.create_topics(target.namespace, partitions, target.replication)
    copied = copy_reference(settings.connection, settings.namespace, target.namespace)
    files = [str(path) for path in (target.facilities, target.policy) if path is not None]
    used = " and ".join(files) or ("the published ones" if copied else "the default files, as none are published")
    stderr().print(f"facilities and policy: {used}", style="dim")
    return target.model_copy(update={"partitions": partitions, "clock": Clock.SIMULATED, "port": 0})


def _write(settings: "Settings", target: "Settings", begin: datetime, end: datetime) -> int:
    from streams.desk.replaying import GRAIN, replay
    from streams.desk.simulation import Historian

    with (
        Historian(target.connection, target.namespace, target.partitions, grain=GRAIN) as historian,
        measured(f"writing to {target.namespace}") as show,
    ):
        return replay(settings.connection, settings.namespace, historian, begin, end, show)


def _await_end(target: "Settings", end: datetime, supervisor: "Supervisor | None", stop: threading.Event) -> bool:
    """Wait until time in the namespace has come to its end; False when told to stop."""
    from alerts.subscribe import Heartbeats

    moved, reached = time.monotonic(), None
    with (
        Heartbeats(target.connection, target.namespace) as heartbeats,
        measured("waiting for the workers") as show,
    ):
        while not stop.wait(0.5):
            if supervisor is not None:
                supervisor.look_after()
            pulse = heartbeats.pulse()
            if pulse.reached is not None and pulse.reached >= end - timedelta(milliseconds=1) and not pulse.missing:
                return True
            if pulse.reached != reached:
                moved, reached = time.monotonic(), pulse.reached
            elif time.monotonic() - moved > _WAIT_S:
                last = f": {supervisor.workers[0].last_words()}" if supervisor is not None else ""
                raise CliError(f"its workers have not moved for {_WAIT_S:.0f} s{last}", status=1)
            show(0, None)
    return False


def _tell(settings: "Settings", target: "Settings", begin: datetime, end: datetime) -> None:
    from schemas.taxonomy import Traffic
    from streams.desk.lineage import alert_log
    from streams.desk.replaying import compare

    first, second = (alert_log(s.connection, s.namespace, Traffic.ACTUAL) for s in (settings, target))
    found = compare(first, second, begin, end)
    out = stdout()
    out.print(f"alerts opened from {moment(begin)} to {moment(end)}", style="bold")
    out.print(f"  {found.same:,} the same in {settings.namespace} and {target.namespace}")
    _list(found, settings.namespace, target.namespace)
    stderr().print(f"tocsin explain --namespace {target.namespace} ALERT tells why", style="dim")


def _list(found: "Comparison", first: str, second: str) -> None:
    out = stdout()
    for alerts, where in ((found.only_first, first), (found.only_second, second)):
        if alerts:
            out.print(f"  {len(alerts):,} only in {where}")
            for alert in alerts[:_LISTED]:
                out.print(f"    {_line(alert)}")
    if found.otherwise:
        out.print(f"  {len(found.otherwise):,} that came to another level in {second}")
        for one, other in found.otherwise[:_LISTED]:
            out.print(f"    {_line(one)} → {other.level.value}")


def _line(alert: "Alert") -> str:
    from streams.cli.common import clean

    return f"{moment(alert.opened_at)}  {clean(alert.alert_id)}  {alert.level.value}"
