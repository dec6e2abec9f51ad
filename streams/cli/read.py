"""`tocsin read`: what the reader makes of reports, and how they fuse, without a broker."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from streams.cli.common import (
    AsJson,
    CliError,
    Config,
    clean,
    counted,
    emit,
    instant,
    load_settings,
    stderr,
    stdout,
    wants_json,
)

if TYPE_CHECKING:
    from schemas.mention import Mention
    from schemas.report import Report
    from streams.desk.workbench import Understood


def read(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE", help="Reports as JSON, one a line or in an array, or a plain text; `-` reads stdin."
        ),
    ],
    source: Annotated[str, typer.Option(help="Who reports, for a plain text.")] = "unknown",
    published_at: Annotated[
        str | None,
        typer.Option(help="When a plain text was published: 2026-01-31T14:00Z, or 2h ago.", show_default="now"),
    ] = None,
    title: Annotated[str, typer.Option(help="Its headline.")] = "",
    facilities: Annotated[
        Path | None, typer.Option(metavar="FILE", help="GeoJSON of facilities.", show_default="the default ones")
    ] = None,
    policy: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Policy, as JSON.", show_default="the default one")
    ] = None,
    config: Config = None,
    as_json: AsJson = None,
) -> None:
    """Show what the reader makes of reports, without sending them.

    At a terminal: the text with its evidence in colour, what each mention says, what was set aside and why. In a pipe,
    one object a line: the mentions of each report, with the incident that they were fused into.
    """
    from streams.desk.workbench import understand
    from streams.reading.receipt import bound_reached
    from streams.reference import load_files

    settings = load_settings(config=config)
    reference = load_files(facilities or settings.facilities, policy or settings.policy)
    reports, bad = _reports(files, source, published_at, title)
    understood = understand(reports, reference)
    if wants_json(as_json):
        for one in understood:
            emit(predicted(one))
    else:
        from streams.cli.present_report import report_panel

        out = stdout()
        for one in understood:
            out.print(report_panel(one, reference.gazetteer))
        mentions = sum(len(one.mentions) for one in understood)
        incidents = len({i for one in understood for i in one.incidents.values()})
        aside = sum(len(one.reading.set_aside) for one in understood)
        told = (counted(len(understood), "report"), counted(mentions, "mention"), counted(incidents, "incident"))
        out.print(f"{', '.join(told)}; {counted(aside, 'passage')} set aside", style="dim")
    for one in understood:
        if bound_reached(one.reading):
            more = f"it tells more than one report may: {counted(len(one.mentions), 'mention')}, the rest is set aside"
            stderr().print(f"! {clean(one.report.report_id)}: {more} (bound.mentions)", style="yellow", soft_wrap=True)
    raise typer.Exit(1 if bad else 0)


def predicted(understood: "Understood") -> dict[str, Any]:
    """Return a reading in the form in which readers are scored: evidence in offsets of title, line feed and text."""
    return {
        "report_id": understood.report.report_id,
        "mentions": [_predicted(m, understood.incidents.get(m.mention_id)) for m in understood.mentions],
    }


def _predicted(mention: "Mention", incident: str | None) -> dict[str, Any]:
    document = mention.model_dump(mode="json", exclude_none=False)
    return {
        "threat_type": document["threat_type"],
        "status": document["status"],
        "initiator": document["initiator"],
        "facility_id": mention.facility_id,
        "candidates": [c.facility_id for c in mention.candidates],
        "place": mention.place.name if mention.place else None,
        "occurred": document["occurred"],
        "attribution": document["attribution"],
        "effects": document["effects"],
        "evidence": [[s.start, s.end] for s in mention.evidence if s.axis == "core"],
        "quote": mention.quote,
        "incident": incident,
    }


def _reports(files: list[str], source: str, published_at: str | None, title: str) -> "tuple[list[Report], int]":
    """Return the reports, and how many lines were bad; those are told."""
    from streams.desk.intake import PlainText, Refusal, is_json, read_lines, read_text

    now = datetime.now(UTC)
    at = instant(published_at, now) if published_at else now.replace(microsecond=0)
    found: list[Report | Refusal] = []
    for name in files:
        if name != "-" and not Path(name).exists():
            raise CliError(f"{clean(name)}: there is no such file")
        shown = "stdin" if name == "-" else name
        body = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        if is_json(body):
            found += read_lines(body.splitlines(), shown, now)
            continue
        try:
            found.append(read_text(body.decode("utf-8-sig"), PlainText(source, at, title, report_id=shown), shown, now))
        except UnicodeDecodeError as e:
            raise CliError(f"{clean(shown)}: not UTF-8 at byte {e.start}") from None
    bad = [item for item in found if isinstance(item, Refusal)]
    for item in bad:
        stderr().print(f"✗ {clean(item.where)}: {clean(item.reason)}", style="red", soft_wrap=True)
    return [item for item in found if not isinstance(item, Refusal)], len(bad)
