"""`tocsin explain`: why there is an alert, what became of a report, what is normal at a facility; with the evidence."""

from dataclasses import asdict
from pathlib import Path
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
    stderr,
    stdout,
    wants_json,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from schemas.alert import Alert
    from schemas.incident import Incident
    from schemas.mention import Mention, Reading
    from schemas.taxonomy import Traffic
    from streams.desk.lineage import Lineage
    from streams.desk.normality import Normality, Watched, WhyNot
    from streams.settings import Settings


def explain(
    what: Annotated[
        str,
        typer.Argument(
            metavar="ALERT|REPORT|FACILITY",
            help="The id of an alert, a report or an incident; a facility's id or name.",
        ),
    ],
    traffic: Annotated[str, typer.Option("--traffic", help="actual, exercise or test.")] = "actual",
    plot: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.png",
            help="Draw a facility's incidents, rate and statistic into this file (needs matplotlib).",
        ),
    ] = None,
    namespace: Namespace = None,
    bootstrap: Bootstrap = None,
    config: Config = None,
    as_json: AsJson = None,
) -> None:
    """Tell why there is an alert, what became of a report, or what is normal at a facility.

    For an alert: how it went on, revision by revision, and every incident behind it with its quotes. For a report: what
    it was read as, what was set aside and why, which incidents it joined, which alerts stand on it, and what kept the
    others below one. For a facility: its usual rate, where the statistic is against its thresholds, its last incidents,
    what is silenced, and its alert, or why there is none.
    """
    from alerts.subscribe import member
    from schemas.taxonomy import Traffic
    from streams.admin import probe
    from streams.desk.lineage import alert_log, revisions_of
    from streams.desk.naming import AmbiguousNameError, meant
    from streams.desk.normality import normality, watched

    if plot is not None:
        _can_draw(plot)
    settings = load_settings(namespace, bootstrap, config)
    try:
        kind = member(Traffic, traffic)
    except ValueError as e:
        raise CliError(str(e)) from e
    probe(settings.connection)
    json = wants_json(as_json)
    log = alert_log(settings.connection, settings.namespace, kind)
    here = watched(settings.connection, settings.namespace, settings.facilities, settings.policy)
    try:
        facility = None if any(a.alert_id == what for a in log) else meant(here.gazetteer, what)
    except AmbiguousNameError as e:
        raise CliError(str(e)) from e
    if facility is not None:
        from streams.cli.present_facility import emit_facility, show_facility

        found = normality(settings.connection, settings.namespace, facility, kind, here, log)
        (emit_facility if json else show_facility)(found)
        if plot is not None:
            _draw(plot, found, here)
        return
    if plot is not None:
        raise CliError(f"--plot draws a facility, and {clean(what)!r} is none", 2)
    if revisions := revisions_of(log, what):
        for revision in revisions if json else ():
            emit(revision)
        if not json:
            _show_alert(revisions)
        return
    _explain_report(settings, what, log, kind, here, json=json)


def _explain_report(
    settings: "Settings", what: str, log: "Sequence[Alert]", kind: "Traffic", here: "Watched", *, json: bool
) -> None:
    from streams.desk.lineage import trace
    from streams.desk.naming import or_do_you_mean
    from streams.desk.normality import why_not

    lineage = trace(settings.connection, settings.namespace, what, log)
    if not lineage.known:
        raise CliError(
            f"{clean(what)!r} is no alert, no facility, no report and no incident of {settings.namespace}"
            + or_do_you_mean(here.gazetteer, what),
            1,
        )
    alerted = {i.incident.incident_id for a in lineage.alerts for i in a.incidents}
    others = [i for i in lineage.incidents if i.incident_id not in alerted]
    reasons = why_not(settings.connection, settings.namespace, others, kind, here) if others else {}
    if json:
        _emit_lineage(lineage, reasons)
    else:
        _show_lineage(what, lineage, reasons)


def _can_draw(path: Path) -> None:
    from streams.desk.plots import PlotError, can_draw

    try:
        can_draw(path)
    except PlotError as e:
        raise CliError(str(e)) from e


def _draw(path: Path, found: "Normality", here: "Watched") -> None:
    from alerts import watching
    from streams.desk.plots import PlotError, facility_plot

    site_id = found.standing.site_id
    at = watching.here(site_id, here.now, here.gazetteer.members(site_id), here.policy)
    try:
        facility_plot(path, found.standing.facility.name, found.observations, at.config, found.alerts, here.now)
    except PlotError as e:
        raise CliError(str(e), 1) from e
    stderr().print(f"✓ {clean(str(path))}", style="green")


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
    for said in incident.disputed_by:
        line = Text(f"disputed by {clean(said.source.name)}, {moment(said.published_at)}, {clean(said.report_id)}  ")
        line.append(f"“{clean(said.quote)}”", style="italic")
        out.print(Padding(line, (0, 0, 0, 4)), style="yellow")


def _emit_lineage(lineage: "Lineage", reasons: "Mapping[str, Sequence[WhyNot]]") -> None:
    for record in (*lineage.readings, *lineage.mentions, *lineage.incidents, *lineage.alerts):
        emit(record)
    for letter in lineage.dead_letters:
        emit({"dead_letter": letter})
    for incident_id, sites in reasons.items():
        emit({"incident_id": incident_id, "why_not": [asdict(site) for site in sites]})


def _show_lineage(what: str, lineage: "Lineage", reasons: "Mapping[str, Sequence[WhyNot]]") -> None:
    from alerts.explain import disputed
    from streams.cli.present import alerts_table

    out = stdout()
    out.print(clean(what), style="bold")
    for letter in lineage.dead_letters:
        out.print(f"  could not be processed: {clean(letter)}", style="red")
    for reading in lineage.readings:
        _show_reading(reading)
    for mention in lineage.mentions:
        _show_mention(mention)
    for incident in lineage.incidents:
        sources = counted(incident.independent_sources, "independent source")
        told = f"{incident.state.value}, {sources}, {counted(incident.mentions, 'mention')}{clean(disputed(incident))}"
        out.print(f"  → {clean(incident.incident_id)}, {told}", style="cyan")
        if incident.incident_id in reasons:
            _show_why_not(reasons[incident.incident_id])
    if lineage.alerts:
        out.print(alerts_table(lineage.alerts))


def _show_why_not(sites: "Sequence[WhyNot]") -> None:
    out = stdout()
    if not sites:
        out.print("    no alert: no facility that is watched over lies within its reach", style="dim")
    for site in sites:
        where = f"{clean(site.name)}, {site.distance_km:.0f} km, {site.probability:.0%}"
        why = f"no alert: {clean(site.reason)}" if site.reason else "an alert that has ended was raised"
        out.print(f"    {where}: {why}", style="dim")


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
