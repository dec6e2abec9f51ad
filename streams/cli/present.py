"""How an alert looks at a terminal: one calm block, the level in colour, the explanation in words."""

from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from alerts.explain import disputed
from schemas.taxonomy import AlertState, Level, Status, Traffic
from streams.cli.columns import Columns
from streams.cli.common import clean, moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemas.alert import Alert, Involvement

LEVELS = {Level.WATCH: "bold yellow", Level.ALERT: "bold dark_orange", Level.CRITICAL: "bold white on red3"}
"""Colours of an open alert."""
ENDS = {
    AlertState.ALL_CLEAR: ("all clear", "bold green"),
    AlertState.CANCELLED: ("cancelled", "bold cyan"),
    AlertState.RESOLVED: ("resolved", "bold green"),
}
"""Word and colour of one that has ended."""
_SHOWN = 4
_QUOTE = 160


def plain(text: str) -> str:
    """Return a text as it may be shown: nothing in it steers the terminal."""
    return clean(text)


def badge(alert: "Alert") -> Text:
    """Return the word that matters most: its level, or how it ended."""
    if alert.state in ENDS:
        word, style = ENDS[alert.state]
        return Text(f" {word.upper()} ", style=style)
    return Text(f" {alert.level.value.upper()} ", style=LEVELS[alert.level])


def alert_panel(alert: "Alert") -> RenderableType:
    """Return one revision of an alert: badge, headline, explanation, the incidents behind it."""
    head = Text.assemble(badge(alert))
    if alert.traffic is not Traffic.ACTUAL:
        head.append(f" {alert.traffic.value.upper()} ", style="bold black on bright_white")
    head.append(f" {clean(alert.headline)}", style="bold")
    facts = Text(style="dim")
    facts.append(f"{moment(alert.updated_at)} · {alert.change.value.replace('_', ' ')} · ")
    facts.append(
        f"{clean(alert.facility.name)}, {alert.facility.country} {alert.facility.lat:.2f} {alert.facility.lon:.2f}"
    )
    facts.append(f" · {clean(alert.alert_id)} @{alert.revision}")
    body: list[RenderableType] = [Text(clean(alert.explanation)), facts]
    shown = alert.incidents[:_SHOWN]
    body += [_incident(involved) for involved in shown]
    if alert.incident_count > len(shown):
        body.append(Text(f"and {alert.incident_count - len(shown)} more", style="dim"))
    body += [Text(line, style="cyan") for line in _said(alert)]
    return Group(head, Padding(Group(*body), (0, 0, 1, 2)))


def alert_line(alert: "Alert") -> Text:
    """Return one revision of an alert in a line: badge, what changed, where, the explanation's first sentence."""
    line = badge(alert)
    line.append(f" {alert.change.value.replace('_', ' ')} @{alert.revision}  ", style="dim")
    name, sentence = clean(alert.facility.name), clean(alert.explanation).split(". ")[0].rstrip(".") + "."
    if name not in sentence:
        line.append(f"{name}: ", style="bold")
    line.append(sentence)
    return line


def alerts_table(alerts: "Iterable[Alert]") -> Columns:
    """Return alerts in rows, the gravest first; ids stay whole, to be copied."""
    rows = [
        (
            badge(alert),
            Text(f"{clean(alert.facility.name)}, {alert.facility.country}", style="bold"),
            Text(moment(alert.opened_at)),
            Text(str(alert.incident_count)),
            Text(clean(alert.acknowledged.by)) if alert.acknowledged else Text("nobody", style="yellow"),
            Text(clean(alert.alert_id), style="dim"),
        )
        for alert in alerts
    ]
    heads = ("", "facility", "since", "incidents", "taken on by", "alert")
    return Columns(heads, rows, whole=("", "alert"), right=("incidents",))


def _incident(involved: "Involvement") -> RenderableType:
    incident = involved.incident
    line = Text("  ")
    line.append(f"{moment(incident.event_time)}  ", style="dim")
    line.append(incident.threat_type.value.replace("_", " "))
    if incident.status is not Status.UNCLEAR:
        line.append(f", {incident.status.value}", style="dim")
    sources = incident.independent_sources
    line.append(f"  {involved.distance_km:.0f} km", style="dim")
    line.append(f"  {sources} independent source{'' if sources == 1 else 's'}", style="dim")
    line.append(clean(disputed(incident)), style="yellow")
    if not incident.testimony:
        return line
    quote = clean(incident.testimony[0].quote)
    shown = f"“{quote[:_QUOTE]}{'…' if len(quote) > _QUOTE else ''}”"
    return Group(line, Padding(Text(shown, style="italic dim"), (0, 0, 0, 6)))


def _said(alert: "Alert") -> list[str]:
    """What operators did and said."""
    lines = []
    if alert.acknowledged:
        lines.append(f"taken on by {clean(alert.acknowledged.by)} at {moment(alert.acknowledged.at)}")
    if alert.silenced_until:
        lines.append(f"silent until {moment(alert.silenced_until)}")
    lines += [f"{clean(note.by)}, {moment(note.at)}: {clean(note.text)}" for note in alert.notes[-3:]]
    return lines
