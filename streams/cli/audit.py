"""`tocsin doctor --audit`: that every record of a span of time was answered, told for people and for machines."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from streams.cli.common import CliError, clean, counted, emit, instant, measured, moment, stdout

if TYPE_CHECKING:
    from streams.desk.audit import Missing, Verdict
    from streams.settings import Settings

_NAMED = 20
"""So many of the missing are named to people; a machine gets them all."""


def run_audit(settings: "Settings", since: str | None, until: str | None, *, json: bool) -> bool:
    """Audit a namespace; return whether nothing is missing.

    Raises
    ------
    CliError
        The span is none.
    """
    from streams.admin import probe
    from streams.desk.audit import audit

    now = datetime.now(UTC)
    begin, end = instant(since or "1d", now), instant(until, now) if until else now
    if begin >= end:
        raise CliError(f"nothing lies between {moment(begin)} and {moment(end)}: --since comes before --until")
    probe(settings.connection)
    if not json:
        stdout().print(f"audit of {settings.namespace}, what came from {moment(begin)} to {moment(end)}", style="bold")
    lost = 0
    with measured("reading the topics") as show:
        for verdict in audit(settings.connection, settings.namespace, begin, end, show):
            lost += len(verdict.missing)
            if json:
                _emit(verdict)
            else:
                _print(verdict)
    if not json:
        style = "bold red" if lost else "bold green"
        stdout().print(f"\n{counted(lost, 'record')} missing" if lost else "\nnothing is missing", style=style)
    return not lost


def _print(verdict: "Verdict") -> None:
    out = stdout()
    parts = [f"{verdict.answered:,} answered"]
    for count, what in (
        (verdict.dead_letters, "dead letters"),
        (verdict.withdrawn, "taken back before they came"),
        (verdict.in_flight, "in flight"),
        (len(verdict.missing), "MISSING"),
    ):
        if count:
            parts.append(f"{count:,} {what}")
    sign, style = ("✗", "bold red") if verdict.missing else ("✓", "green")
    out.print(f"{sign} {verdict.topic}: {counted(verdict.inputs, 'record')}: {', '.join(parts)}", style=style)
    if verdict.records:
        answers = ", ".join(f"{count:,} in {topic}" for topic, count in sorted(verdict.records.items()))
        out.print(f"    answers read: {answers}", style="dim")
    for missing in verdict.missing[:_NAMED]:
        out.print(f"    {_told(missing)}", style="red")
    if len(verdict.missing) > _NAMED:
        out.print(f"    and {len(verdict.missing) - _NAMED:,} more: --json names all", style="red")
    if verdict.missing and verdict.unmarked:
        out.print(
            f"    {verdict.unmarked:,} answers do not say what they answer: written before workers did, or by others; "
            "choose a --since after the upgrade",
            style="yellow",
        )
    if verdict.in_flight:
        out.print("    in flight: no worker has committed them yet, so they will be met (again)", style="dim")


def _told(missing: "Missing") -> str:
    found = (
        f"{missing.found} of {missing.parts} records of its answer are there" if missing.parts else "nothing came of it"
    )
    return f"{missing.topic}/{missing.partition}/{missing.offset} {clean(missing.record_id)}: {found}"


def _emit(verdict: "Verdict") -> None:
    from dataclasses import asdict

    from schemas.record import rfc3339

    document = asdict(verdict)
    document |= {"since": rfc3339(verdict.since), "until": rfc3339(verdict.until), "missing": len(verdict.missing)}
    emit({"audit": document.pop("topic"), **document})
    for missing in verdict.missing:
        emit({"missing": asdict(missing)})
