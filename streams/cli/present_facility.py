"""How a facility stands, as a tree for people and as one object for programs."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.text import Text
from rich.tree import Tree

from alerts.explain import every, what
from schemas.record import rfc3339
from streams.cli.common import clean, counted, emit, moment, stdout
from streams.cli.present import badge

if TYPE_CHECKING:
    from alerts.standing import Standing
    from streams.desk.normality import Normality

_SHOWN = 6


def emit_facility(found: "Normality") -> None:
    """Write it as one JSON object."""
    s = found.standing
    document: dict[str, Any] = asdict(s) | {
        "facility": s.facility.model_dump(mode="json", exclude_none=True),
        "at": rfc3339(s.at),
        "since": None if s.since is None else rfc3339(s.since),
        "quiet_until": {level: rfc3339(at) for level, at in s.quiet_until.items()},
        "recent": [asdict(r) | {"at": rfc3339(r.at)} for r in s.recent],
        "alert": None if found.open is None else found.open.model_dump(mode="json", exclude_none=True),
    }
    emit(document)


def show_facility(found: "Normality") -> None:
    """Print it as a tree."""
    s = found.standing
    head = Text(clean(s.facility.name), style="bold")
    head.append(f"  {clean(s.facility.id)}, {s.facility.kind.value}, {s.facility.country}", style="not bold dim")
    head.append(f"  as of {moment(s.at)}", style="not bold dim")
    tree = Tree(head, guide_style="dim")
    _alert(tree, found)
    _usual(tree, s)
    _statistic(tree, s)
    _incidents(tree, found)
    _judgement(tree, s)
    stdout().print(tree)


def _alert(tree: Tree, found: "Normality") -> None:
    alert = found.open
    if alert is None:
        branch = tree.add(Text("no alert is open", style="green"))
        for reason in found.standing.why_none:
            branch.add(Text(clean(reason), style="dim"))
        return
    line = badge(alert)
    line.append(f" since {moment(alert.opened_at)}  ", style="dim")
    line.append(clean(alert.headline), style="bold")
    branch = tree.add(line)
    branch.add(Text(clean(alert.explanation)))
    branch.add(Text(f"tocsin explain {clean(alert.alert_id)}", style="dim"))


def _usual(tree: Tree, s: "Standing") -> None:
    since = "nothing has been heard of it: what is said is the prior" if s.since is None else f"since {moment(s.since)}"
    branch = tree.add(Text.assemble("what is normal here  ", (since, "dim")))
    for usual in s.usual:
        rate = f"{usual.per_week:.2g} a week" if usual.per_week >= 0.01 else "under one in two years"
        line = f"within {usual.radius_km:g} km: {rate} usual, {usual.in_7_days} in the last 7 days"
        branch.add(line)
    branch.add(f"in 48 h: {s.in_48h}; up to {s.usual_48h_at_most} would be usual")


def _statistic(tree: Tree, s: "Standing") -> None:
    chance = f"chance alone takes it so high {every(s.r_days)}" if s.r_days >= 1 else "nothing unusual"
    branch = tree.add(Text.assemble(f"statistic {s.r_days:,.0f} days  ", (chance, "dim")))
    levels = (("watch", s.watch_days), ("alert", s.alert_days), ("critical", s.critical_days))
    branch.add(", ".join(f"{level} at {days:,.0f}" for level, days in levels))
    scores = f"watch at {s.score_watch:.0f}, alert at {s.score_alert:.0f}, critical at {s.score_critical:.0f}"
    tree.add(Text.assemble(f"severity {s.score:.0f} of 100  ", (scores, "dim")))


def _incidents(tree: Tree, found: "Normality") -> None:
    told = {e.incident.incident_id: e for e in found.exposures}
    branch = tree.add(f"{counted(len(told), 'incident')} on record, the last that count" if told else "no incidents")
    for recent in found.standing.recent[:_SHOWN]:
        exposure = told.get(recent.incident_id)
        line = Text(f"{moment(recent.at)}  ", style="dim")
        line.append(what(exposure.incident) if exposure else recent.incident_id, style="not dim")
        line.append(
            f"  {recent.distance_km:.0f} km, {recent.probability:.0%}; statistic then {recent.r_days:,.0f} days"
        )
        leaf = branch.add(line)
        if exposure and exposure.incident.testimony:
            said = exposure.incident.testimony[0]
            leaf.add(
                Text(f"“{clean(said.quote)}” {clean(said.source.name)}, {clean(said.report_id)}", style="italic dim")
            )
        if recent.kept_below:
            leaf.add(Text(f"by itself no alert: {clean(recent.kept_below)}", style="dim"))


def _judgement(tree: Tree, s: "Standing") -> None:
    branch = tree.add("what the policy says")
    branch.add(f"criticality {s.criticality} of 5{'; switched off: nothing is detected' if s.off else ''}")
    if not s.quiet_until:
        branch.add("people are told at once")
    for level, until in s.quiet_until.items():
        branch.add(f"people are told of a {level} at {moment(until)}: a silence or quiet hours")
