"""`tocsin explain`: why there is an alert, or what became of a report; each statement with its evidence."""

from typing import TYPE_CHECKING, Annotated

import typer

from streams.cli.common import (
    AsJson,
    Bootstrap,
    CliError,
    Config,
    Namespace,
    clean,
    counted,
    emit,
    load_settings,
    moment,
    stdout,
    wants_json,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.alert import Alert
    from schemas.incident import Incident
    from schemas.mention import Mention, Reading
    from streams.desk.lineage import Lineage


def explain(
    what: Annotated[
        str, typer.Argument(metavar="ALERT|REPORT", help="The id of an alert, of a facility, or of a report.")
    ],
    traffic: Annotated[str, typer.Option("--traffic", help="actual, exercise or test.")] = "actual",
    namespace: Namespace = None,
    bootstrap: Bootstrap = None,
    config: Config = None,
    as_json: AsJson = None,
) -> None:
    """Tell why there is an alert, or what became of a report.

    For an alert: how it went on, revision by revision, and every incident behind it with its quotes. For a report: what
    it was read as, what was set aside and why, which incidents it joined, and which alerts stand on it.
    """
    from alerts.subscribe import member
    from schemas.taxonomy import Traffic
    from streams.admin import probe
    from streams.desk.lineage import alert_log, revisions_of, trace

    settings = load_settings(namespace, bootstrap, config)
    try:
        kind = member(Traffic, traffic)
    except ValueError as e:
        raise CliError(str(e)) from e
    probe(settings.connection)
    json = wants_json(as_json)
    log = alert_log(settings.connection, settings.namespace, kind)
    if revisions := revisions_of(log, what):
        for revision in revisions if json else ():
            emit(revision)
        if not json:
            _show_alert(revisions)
        return
    lineage = trace(settings.connection, settings.namespace, what, log)
    if not lineage.known:
        raise CliError(f"{clean(what)!r} is no alert, no facility with an alert, no report of {settings.namespace}", 1)
    if json:
        _emit_lineage(lineage)
    else:
        _show_lineage(what, lineage)


def _show_alert(revisions: "Sequence[Alert]") -> None:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    from streams.cli.present import alert_panel, badge

    out, latest = stdout(), revisions[-1]
    out.print(alert_panel(latest))
    story = Table.grid(padding=(0, 2))
    for revision in revisions:
        why = clean(revision.reason) if revision.reason else counted(revision.incident_count, "incident")
        story.add_row(
            Text(f"@{revision.revision}", style="dim"),
            moment(revision.updated_at),
            badge(revision),
            revision.change.value.replace("_", " "),
            Text(why, style="dim"),
        )
    out.print(Padding(story, (0, 0, 1, 2)))
    for involved in latest.incidents:
        _show_evidence(involved.incident)
    if latest.versions:
        out.print(f"\n  {clean(latest.versions)}", style="dim")


def _show_evidence(incident: "Incident") -> None:
    from rich.padding import Padding
    from rich.text import Text

    out, grade = stdout(), incident.credibility
    kind = f"{incident.threat_type.value.replace('_', ' ')}, {incident.status.value}"
    graded = f"Admiralty {grade.reliability.value}{grade.information.value}, probability {incident.probability:.0%}"
    out.print(f"  {clean(incident.incident_id)}  {kind}  {graded}", style="bold")
    for said in incident.testimony:
        copy = "" if said.independent else " (a copy)"
        where = f"{clean(said.report_id)} {said.start}-{said.end}"
        line = Text(f"{clean(said.source.name)}{copy}, {moment(said.published_at)}, {where}  ", style="dim")
        line.append(f"“{clean(said.quote)}”", style="italic not dim")
        out.print(Padding(line, (0, 0, 0, 4)))


def _emit_lineage(lineage: "Lineage") -> None:
    for record in (*lineage.readings, *lineage.mentions, *lineage.incidents, *lineage.alerts):
        emit(record)
    for letter in lineage.dead_letters:
        emit({"dead_letter": letter})


def _show_lineage(report_id: str, lineage: "Lineage") -> None:
    from streams.cli.present import alerts_table

    out = stdout()
    out.print(clean(report_id), style="bold")
    for letter in lineage.dead_letters:
        out.print(f"  could not be processed: {clean(letter)}", style="red")
    for reading in lineage.readings:
        _show_reading(reading)
    for mention in lineage.mentions:
        _show_mention(mention)
    for incident in lineage.incidents:
        sources = counted(incident.independent_sources, "independent source")
        told = f"{incident.state.value}, {sources}, {counted(incident.mentions, 'mention')}"
        out.print(f"  → {clean(incident.incident_id)}, {told}", style="cyan")
    if lineage.alerts:
        out.print(alerts_table(lineage.alerts))
    elif lineage.incidents:
        out.print("  no alert stands on it", style="dim")


def _show_reading(reading: "Reading") -> None:
    out = stdout()
    out.print(f"  revision {reading.report_revision}, {clean(reading.source.name)}, {moment(reading.published_at)}")
    if not reading.mentions and not reading.set_aside:
        out.print("    nothing in it looks like an incident", style="dim")
    for aside in reading.set_aside:
        reason = aside.reason.value.replace("_", " ")
        out.print(f"    set aside, {reason}: “{clean(aside.quote)}”  {clean(aside.rule)}", style="dim")


def _show_mention(mention: "Mention") -> None:
    target = mention.facility_id or ", ".join(f"{c.facility_id} {c.probability:.0%}" for c in mention.candidates)
    kind = f"{mention.threat_type.value.replace('_', ' ')}, {mention.status.value}"
    stdout().print(f"  {kind}, {clean(target or 'no facility')}: “{clean(mention.quote)}”")
