"""`tocsin doctor`: from the broker's name to the last tick, what works and what to do where something does not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from streams.cli.common import (
    AsJson,
    Bootstrap,
    CliError,
    Config,
    Namespace,
    clean,
    emit,
    load_settings,
    moment,
    span,
    stdout,
    wants_json,
)

if TYPE_CHECKING:
    from streams.admin import Admin
    from streams.settings import Settings


class Mark(StrEnum):
    """How a check ended."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    mark: Mark
    found: str
    advice: str = ""


_MUCH_LAG = 10_000


def doctor(
    audit: Annotated[
        bool, typer.Option("--audit", help="Prove from the topics that nothing was lost, record by record.")
    ] = False,
    since: Annotated[
        str | None, typer.Option(help="Audit what came since: 2026-01-31T14:00Z, or 2h, 3d ago.", show_default="1d")
    ] = None,
    until: Annotated[str | None, typer.Option(help="... and before.", show_default="now")] = None,
    namespace: Namespace = None,
    bootstrap: Bootstrap = None,
    config: Config = None,
    as_json: AsJson = None,
) -> None:
    """Tell whether everything works, and what to do where it does not. Exit status 1 when something is wrong.

    `--audit` instead holds the topics against each other: every report must have its readings and mentions or a dead
    letter, every mention its incidents and exposures. What is missing is named; what workers have not committed yet is
    in flight, and not missing.
    """
    settings = load_settings(namespace, bootstrap, config)
    json = wants_json(as_json)
    if audit:
        from streams.cli.audit import run_audit

        raise typer.Exit(0 if run_audit(settings, since, until, json=json) else 1)
    if since or until:
        raise CliError("--since and --until are for --audit")
    findings = []
    for finding in examine(settings):
        findings.append(finding)
        if json:
            emit({"what": finding.what, "mark": finding.mark, "found": finding.found, "advice": finding.advice})
    if not json:
        _print(findings)
    raise typer.Exit(1 if any(f.mark is Mark.FAIL for f in findings) else 0)


def examine(settings: "Settings") -> Iterator[Finding]:
    """Yield findings, in the order in which things depend on each other; ends where nothing further can be asked."""
    from streams.admin import Admin, AdminError, probe

    yield from _names(settings)
    try:
        address = probe(settings.connection)
    except AdminError as e:
        yield Finding("broker", Mark.FAIL, str(e), "")
        return
    yield Finding("port", Mark.OK, f"{address} accepts connections")
    try:
        admin = Admin(settings.connection)
    except AdminError as e:
        yield Finding("protocol", Mark.FAIL, str(e), "")
        return
    with admin:
        yield Finding("protocol", Mark.OK, f"Kafka answers over {settings.connection.security_protocol}")
        partitions = admin.partitions(settings.namespace)
        if partitions is None:
            yield Finding(
                "topics",
                Mark.FAIL,
                f"namespace {settings.namespace} has none",
                f"tocsin topics create --namespace {settings.namespace}; or is the namespace another?",
            )
            return
        yield from _topics(admin, settings, partitions)
        yield from _workers(admin, settings)
    for look in (_time, _dead_letters, _alerts):
        yield from _guarded(look, settings)


def _names(settings: "Settings") -> Iterator[Finding]:
    import socket

    for address in settings.bootstrap.split(","):
        host = address.rpartition(":")[0]
        try:
            addresses = sorted({str(info[4][0]) for info in socket.getaddrinfo(host, None)})
        except socket.gaierror:
            yield Finding("name", Mark.FAIL, f"{clean(host)} is not known", "check --bootstrap and DNS")
        else:
            yield Finding("name", Mark.OK, host if addresses == [host] else f"{host} is {', '.join(addresses)}")


def _topics(admin: "Admin", settings: "Settings", partitions: int) -> Iterator[Finding]:
    drifts = admin.check_topics(settings.namespace)
    if not drifts:
        yield Finding("topics", Mark.OK, f"all there, {partitions} partitions each")
    for drift in drifts:
        mark = Mark.WARN if drift.kind == "config" else Mark.FAIL
        told = (
            drift.found if drift.kind == "missing" else f"{drift.setting} is {drift.found}, should be {drift.expected}"
        )
        yield Finding("topics", mark, f"{drift.topic}: {told}", drift.advice)


def _workers(admin: "Admin", settings: "Settings") -> Iterator[Finding]:
    from schemas.topics import all_streams
    from streams.topology import app_id

    group = app_id(settings.namespace)
    members = admin.members(group)
    if members:
        yield Finding("workers", Mark.OK, f"{members} in group {group}")
    else:
        yield Finding(
            "workers",
            Mark.FAIL,
            f"none in group {group}",
            f"tocsin worker --namespace {settings.namespace}, or tocsin up",
        )
    lag = admin.lag(group, [s.topic(settings.namespace) for s in all_streams() if s.input]).by_topic
    behind = ", ".join(f"{topic} {count:,}" for topic, count in lag.items() if count) or "nothing waits"
    much = max(lag.values(), default=0) > _MUCH_LAG
    yield Finding(
        "lag",
        Mark.WARN if much else Mark.OK,
        behind,
        "more workers, as many as partitions, share the work" if much else "",
    )


def _time(settings: "Settings") -> Iterator[Finding]:
    from alerts.pulse import PulseState
    from streams.cli.subscribe import take_pulse_of

    pulse = take_pulse_of(settings)
    age = span(pulse.age) if pulse.age is not None else ""
    reached = moment(pulse.reached) if pulse.reached else ""
    restart = "look at the workers' logs and /metrics; restart the one that stands still"
    match pulse.state:
        case PulseState.ALIVE:
            yield Finding("route", Mark.OK, f"the tick of {age} ago came through; time has come to {reached}")
        case PulseState.SIMULATED:
            yield Finding(
                "route", Mark.OK, f"simulated time has come to {reached}; the last tick came through {age} ago"
            )
        case PulseState.SILENT:
            yield Finding("route", Mark.FAIL, "no tick has come through within a day", restart)
        case PulseState.STALE:
            missing = f"; {pulse.missing} partitions were never heard of" if pulse.missing else ""
            yield Finding("route", Mark.FAIL, f"the last tick came through {age} ago{missing}", restart)


def _dead_letters(settings: "Settings") -> Iterator[Finding]:
    from alerts.tail import Tail
    from schemas.topics import all_streams

    kept = {}
    for stream in all_streams():
        if stream.input:
            with Tail(settings.connection, stream.dead_letters(settings.namespace)) as tail:
                kept[stream.name] = tail.count
    told = ", ".join(f"{name} {count:,}" for name, count in kept.items() if count)
    if told:
        yield Finding("dead letters", Mark.WARN, told, f"tocsin dlq list --namespace {settings.namespace}")
    else:
        yield Finding("dead letters", Mark.OK, "none")


def _alerts(settings: "Settings") -> Iterator[Finding]:
    from alerts.current import read_current
    from schemas.taxonomy import AlertState, Level

    current = read_current(settings.connection, settings.namespace, verify=settings.trusted)
    open_now = [a for a in current.values() if a.state is AlertState.OPEN]
    told = ", ".join(
        f"{count} {level.value}" for level in reversed(Level) if (count := sum(a.level is level for a in open_now))
    )
    yield Finding("alerts", Mark.OK, f"open: {told}" if told else "none is open")


def _guarded(look: "Callable[[Settings], Iterator[Finding]]", settings: "Settings") -> Iterator[Finding]:
    from alerts.tail import TopicError

    try:
        yield from look(settings)
    except TopicError as e:
        yield Finding(look.__name__.strip("_").replace("_", " "), Mark.FAIL, str(e))


def _print(findings: list[Finding]) -> None:
    from rich.table import Table
    from rich.text import Text

    signs = {Mark.OK: ("✓", "green"), Mark.WARN: ("!", "yellow"), Mark.FAIL: ("✗", "bold red")}
    table = Table.grid(padding=(0, 2))
    for finding in findings:
        sign, style = signs[finding.mark]
        found = Text(clean(finding.found), style="" if finding.mark is Mark.OK else style)
        if finding.advice:
            found.append(f"\n→ {clean(finding.advice)}", style="not bold default")
        table.add_row(Text(sign, style=style), Text(finding.what, style="bold"), found)
    out = stdout()
    out.print(table)
    wrong = sum(f.mark is Mark.FAIL for f in findings)
    if wrong:
        out.print(f"\n{wrong} {'thing is' if wrong == 1 else 'things are'} wrong", style="bold red")
    else:
        out.print("\neverything works", style="bold green")
