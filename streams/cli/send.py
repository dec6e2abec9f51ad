"""`tocsin send`: reports into a namespace, validated line by line, their delivery awaited; live, or as a history."""

import sys
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from streams.cli.common import (
    Bootstrap,
    CliError,
    Config,
    Namespace,
    clean,
    counted,
    instant,
    load_settings,
    moment,
    progress,
    stderr,
)

if TYPE_CHECKING:
    from schemas.report import Report
    from streams.desk.intake import PlainText, Refusal
    from streams.settings import Settings

_TEXT = "A plain text instead of JSON lines"
_HISTORY = "A history"
_LATE = timedelta(days=7)
_WAIT_S = 120.0
_THEN = 240.0
"""Hours that pass after the last report of a history: an alert has ended by then, unless it is told of again."""

Source = Annotated[str | None, typer.Option(help="Who reports; FILE is then one plain text.", rich_help_panel=_TEXT)]
PublishedAt = Annotated[
    str | None,
    typer.Option(
        help="When it was published: 2026-01-31T14:00Z, or 2h ago.", show_default="now", rich_help_panel=_TEXT
    ),
]
Title = Annotated[str | None, typer.Option(help="Its headline.", rich_help_panel=_TEXT)]
ReportId = Annotated[
    str | None, typer.Option("--id", help="Its id.", show_default="made of what it says", rich_help_panel=_TEXT)
]
Kind = Annotated[
    str | None,
    typer.Option(help="wire, news, official, field, social or ngo.", show_default="unknown", rich_help_panel=_TEXT),
]
Lang = Annotated[
    str | None,
    typer.Option(help="Its language, as BCP 47 has it: en, ar.", show_default="und", rich_help_panel=_TEXT),
]
Traffic = Annotated[
    str | None, typer.Option(help="actual, exercise or test.", show_default="actual", rich_help_panel=_TEXT)
]


def send(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="Files of reports; `-` reads stdin.")],
    strict: Annotated[bool, typer.Option("--strict", help="Send nothing when a line is bad.")] = False,
    rate: Annotated[float | None, typer.Option(min=0.001, help="At most so many reports a second.")] = None,
    source: Source = None,
    published_at: PublishedAt = None,
    title: Title = None,
    report_id: ReportId = None,
    kind: Kind = None,
    lang: Lang = None,
    traffic: Traffic = None,
    simulate_time: Annotated[
        bool,
        typer.Option(
            "--simulate-time",
            help="Send in order of publication, and let simulated time pass between; in a namespace of its own.",
            rich_help_panel=_HISTORY,
        ),
    ] = False,
    then: Annotated[
        float | None,
        typer.Option(
            min=0,
            metavar="HOURS",
            help="How long time goes on after the last report.",
            show_default=f"{_THEN:.0f}",
            rich_help_panel=_HISTORY,
        ),
    ] = None,
    wait: Annotated[
        bool, typer.Option("--wait", help="Wait until the workers have come to the end.", rich_help_panel=_HISTORY)
    ] = False,
    namespace: Namespace = None,
    bootstrap: Bootstrap = None,
    config: Config = None,
) -> None:
    """Send reports: JSON lines, or one plain text.

    A line is a report, or an object that holds one under `report`; an array of them, or objects over several lines,
    will do as well. Bad ones are told with their number and the reason, and end in exit status 1; the good ones are
    sent all the same, unless `--strict`.

    `tocsin send wire.jsonl`

    `tocsin send note.txt --source "Gate 3" --kind field --published-at 20min`

    `tocsin send 2024.jsonl --simulate-time --namespace year-2024`
    """
    settings = load_settings(namespace, bootstrap, config)
    about = _about(source, published_at, title, report_id, kind, lang, traffic)
    if not simulate_time and (then is not None or wait):
        raise CliError("--then and --wait are for a history: give --simulate-time as well")
    if simulate_time and rate is not None:
        raise CliError("--rate is for live reports: in a history their own times say how much passes between them")
    for name in files:
        if name != "-" and not Path(name).exists():
            raise CliError(f"{clean(name)}: there is no such file")
    refused: list[Refusal] = []
    reports = _accepted(_inputs(files, about), refused)
    if strict or simulate_time:
        everything = list(reports)
        if strict and refused:
            raise CliError(f"nothing was sent: {counted(len(refused), 'bad line')}", status=1)
        reports = iter(everything)
        if simulate_time:
            _send_history(settings, everything, timedelta(hours=_THEN if then is None else then), refused, wait=wait)
            raise typer.Exit(1 if refused else 0)
    _send_live(settings, reports, rate, _count(files) if about is None else len(files), refused)
    raise typer.Exit(1 if refused else 0)


def _send_live(
    settings: "Settings", reports: Iterable["Report"], rate: float | None, total: int | None, refused: list["Refusal"]
) -> None:
    from schemas.topics import REPORTS
    from streams.admin import Admin
    from streams.desk.sending import Sender, SendError

    with Admin(settings.connection) as admin:
        if admin.partitions(settings.namespace) is None:
            raise CliError(
                f"namespace {settings.namespace} has no topics: `tocsin up` or `tocsin topics create` makes them",
                status=1,
            )
    sent = late = 0
    started = time.monotonic()
    now = datetime.now(UTC)
    sender = Sender(settings.connection, settings.namespace, signer=settings.signer)
    try:
        with sender, progress("sending", total) as advance:
            for report in reports:
                if rate is not None:
                    time.sleep(max(0.0, started + sent / rate - time.monotonic()))
                sender.send(REPORTS, report, report.report_id)
                sent += 1
                late += now - report.published_at > _LATE
                advance(1)
    except (SendError, KeyboardInterrupt) as e:
        sender.look()
        arrived = f"{sender.arrived} of the {counted(sent, 'report')} so far are known to have arrived"
        again = "what comes twice changes nothing"
        if isinstance(e, SendError):
            raise CliError(f"{e}; {arrived}. Send all again when that is mended: {again}", 1) from e
        stderr().print(f"stopped: {arrived}; {again}", style="yellow")
        raise
    _tell(f"sent {counted(sent, 'report')} to {REPORTS.topic(settings.namespace)}, all delivered", refused)
    if late:
        stderr().print(
            f"older than {_LATE.days} days: {late} of them; such count to the baseline only. "
            "For a history: --simulate-time, in a namespace of its own",
            style="yellow",
        )


def _send_history(
    settings: "Settings", reports: list["Report"], then: timedelta, refused: list["Refusal"], *, wait: bool
) -> None:
    from streams.admin import Admin
    from streams.desk.simulation import Historian, write_history
    from streams.topology import app_id

    if not reports:
        raise CliError("there is no report to send", status=1)
    with Admin(settings.connection) as admin:
        partitions = admin.partitions(settings.namespace)
        if partitions is not None:
            _refuse_live(settings, min(r.published_at for r in reports))
        created = admin.create_topics(settings.namespace, partitions or settings.partitions, settings.replication)
        workers = admin.members(app_id(settings.namespace))
    if created:
        stderr().print(f"created {len(created)} topics of {settings.namespace}", style="dim")
    if not workers:
        stderr().print(
            "no worker runs in this namespace yet; start one with\n"
            f"  tocsin worker --namespace {settings.namespace} --bootstrap {settings.bootstrap} --clock simulated",
            style="yellow",
        )
    partitions = partitions or settings.partitions
    with (
        Historian(settings.connection, settings.namespace, partitions, signer=settings.signer) as historian,
        progress("sending", len(reports)) as advance,
    ):
        write_history(historian, reports, then, lambda _report: advance(1))
    end = historian.now or datetime.now(UTC)
    sent = f"sent {counted(len(reports), 'report')} to {settings.namespace}, all delivered"
    _tell(f"{sent}; time there has come to {moment(end)}", refused)
    if wait:
        _await_end(settings, end)


def _refuse_live(settings: "Settings", first: datetime) -> None:
    """Simulated time in a live namespace would end alerts that stand, and make those of today late."""
    from streams.cli.subscribe import take_pulse_of

    pulse = take_pulse_of(settings)
    if pulse.live:
        raise CliError(
            f"namespace {settings.namespace} is live, the wall clock passes in it: name another with --namespace, "
            "its topics are made if need be"
        )
    if pulse.reached is not None and pulse.reached > first:
        stderr().print(
            f"time in {settings.namespace} has come to {moment(pulse.reached)} already: reports from before come late; "
            "a fresh namespace would hear them in time",
            style="yellow",
        )


def _await_end(settings: "Settings", end: datetime) -> None:
    from alerts.subscribe import Heartbeats

    moved, reached = time.monotonic(), None
    with (
        Heartbeats(settings.connection, settings.namespace) as heartbeats,
        progress("waiting for the workers", None),
    ):
        while True:
            pulse = heartbeats.pulse()
            if pulse.reached is not None and pulse.reached >= end and not pulse.missing:
                break
            if pulse.reached != reached:
                moved, reached = time.monotonic(), pulse.reached
            if time.monotonic() - moved > _WAIT_S:
                raise CliError(f"the workers have not moved for {_WAIT_S:.0f} s: `tocsin doctor` tells more", status=1)
            time.sleep(0.1)
    stderr().print(
        f"✓ the workers have come to the end: tocsin alerts --ended --namespace {settings.namespace}", style="green"
    )


def _inputs(files: list[str], about: "PlainText | None") -> Iterator["Report | Refusal"]:
    from streams.desk.intake import read_lines, read_text

    now = datetime.now(UTC)
    for name in files:
        shown = "stdin" if name == "-" else name
        if about is not None:
            body = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
            try:
                yield read_text(body.decode("utf-8-sig"), about, shown, now)
            except UnicodeDecodeError as e:
                raise CliError(f"{clean(shown)}: not UTF-8 at byte {e.start}") from None
        elif name == "-":
            yield from read_lines(sys.stdin.buffer, shown, now)
        else:
            with Path(name).open("rb") as lines:
                yield from read_lines(lines, shown, now)


def _accepted(found: Iterable["Report | Refusal"], refused: list["Refusal"]) -> Iterator["Report"]:
    from streams.desk.intake import Refusal

    for item in found:
        if isinstance(item, Refusal):
            refused.append(item)
            stderr().print(f"✗ {clean(item.where)}: {clean(item.reason)}", style="red", soft_wrap=True)
        else:
            yield item


def _about(
    source: str | None,
    published_at: str | None,
    title: str | None,
    report_id: str | None,
    kind: str | None,
    lang: str | None,
    traffic: str | None,
) -> "PlainText | None":
    """What the options tell of a plain text; None for JSON lines, each of which says such things itself."""
    if source is None:
        told = {
            "--published-at": published_at,
            "--title": title,
            "--id": report_id,
            "--kind": kind,
            "--lang": lang,
            "--traffic": traffic,
        }
        if given := ", ".join(option for option, value in told.items() if value is not None):
            raise CliError(f"{given} is told of a plain text: name its --source as well; JSON lines say it themselves")
        return None
    from alerts.subscribe import member
    from schemas.taxonomy import SourceKind
    from schemas.taxonomy import Traffic as TrafficKind
    from streams.desk.intake import PlainText

    now = datetime.now(UTC)
    try:
        return PlainText(
            source=source,
            published_at=instant(published_at, now) if published_at else now.replace(microsecond=0),
            title=title or "",
            report_id=report_id,
            kind=member(SourceKind, "unknown" if kind is None else kind),
            lang="und" if lang is None else lang,
            traffic=member(TrafficKind, "actual" if traffic is None else traffic),
        )
    except ValueError as e:
        raise CliError(str(e)) from e


def _count(files: list[str]) -> int | None:
    """Count lines, where that can be done without consuming them."""
    if not all(Path(name).is_file() for name in files):
        return None
    total = 0
    for name in files:
        with Path(name).open("rb") as lines:
            total += sum(1 for line in lines if line.strip())
    return total


def _tell(line: str, refused: list["Refusal"]) -> None:
    if refused:
        stderr().print(f"{line}; {counted(len(refused), 'bad line')} left out", style="yellow")
    else:
        stderr().print(f"✓ {line}", style="green")
