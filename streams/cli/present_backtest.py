"""How a backtest looks: the rules in one table, the facilities by quarter, and what would have been alerted when."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from schemas.record import rfc3339
from schemas.taxonomy import AlertPath
from streams.cli.common import clean, counted, emit, moment, stdout
from streams.cli.present import LEVELS
from streams.desk.comparison import LONGEST_D

if TYPE_CHECKING:
    from schemas.alert import Alert
    from streams.desk.backtest import Played, SiteLife
    from streams.desk.comparison import Figures

_FACILITIES = 20
_CALLS = 20
RULE_NAMES = {
    "tocsin": "tocsin, whole route",
    "count": "N in 48 h, tuned",
    "ears_c2": "EARS C2",
    "cusum": "Poisson CUSUM",
    "windows": "neg. binomial, 7 windows",
    "three_in_48h": "3 in 48 h for all",
}


def emit_backtest(played: "Played", figures: "Sequence[Figures]") -> None:
    """Write it as JSON lines, each with its `kind`: summary, rule, facility, call."""
    emit(
        {
            "kind": "summary",
            "began": rfc3339(played.began),
            "ended": rfc3339(played.ended),
            "counted_from": rfc3339(played.counted_from),
            "false_alert_every_days": played.budget_days,
            "facilities": len(played.sites),
            "incidents": _incidents(played),
            "calls": len(played.calls()),
            "calls_per_facility_quarter": len(played.calls()) / played.facility_quarters,
        }
    )
    for rule in figures:
        emit({"kind": "rule", **asdict(rule)})
    for life in played.ranked():
        emit({"kind": "facility", **_facility(life, played)})
    for call in played.calls():
        emit({"kind": "call", "alert": call.model_dump(mode="json", exclude_none=True)})


def show_backtest(played: "Played", figures: "Sequence[Figures]", *, wanted: str | None) -> None:
    """Print it for people."""
    out, calls = stdout(), played.calls()
    incidents = counted(_incidents(played), "incident")
    out.print(f"{incidents} near {_places(len(played.sites))}, {played.began:%Y-%m-%d} to {played.ended:%Y-%m-%d}")
    out.print(f"counted from {played.counted_from:%Y-%m-%d} on: {played.quarters:.1f} quarters", style="dim")
    told = f"one false alert at a facility in {played.budget_days:g} days: {counted(len(calls), 'call')}"
    out.print(f"{told}, {len(calls) / played.facility_quarters:.2f} per facility and quarter", style="bold")
    if wanted is not None:
        out.print(_advice(wanted, played))
    out.print(Padding(_rules(figures), (1, 0)))
    out.print(_by_facility(played))
    out.print(Padding(Group(*_listed(calls)), (1, 0, 0, 0)))


def _advice(wanted: str, played: "Played") -> str:
    if played.budget_days >= LONGEST_D:
        grave = counted(sum(1 for a in played.calls() if a.path is AlertPath.SEVERITY), "call")
        return (
            f"wanted {clean(wanted)}: no budget gives so few, {grave} come by severity alone: raise the levels under "
            '"severity" in the policy'
        )
    return f'wanted {clean(wanted)}: set "alert_days": {played.budget_days:g} under "detector" in the policy'


def _rules(figures: "Sequence[Figures]") -> Table:
    table = _table("rule", "calls", "per quarter", "by chance", "most", "over twice", "agrees", "later")
    for f in figures:
        table.add_row(
            Text(RULE_NAMES.get(f.rule, f.rule), style="bold" if f.rule == "tocsin" else ""),
            f"{f.alarms:,}",
            f"{f.per_facility_quarter:.2f}",
            "" if f.by_chance is None else f"{f.by_chance:.2f}",
            f"{f.most:.1f}",
            f"{f.over_twice:.0%}",
            "" if f.shared is None else f"{f.shared:.0%}",
            "" if f.later_h is None else f"{f.later_h:+.0f} h",
        )
    table.caption = (
        "per quarter: calls per facility and quarter. by chance: the same with days shuffled within four weeks. "
        "most: at the facility with most. over twice: facilities above twice the budget. "
        "agrees: share of tocsin's calls that it makes within 3 days. later: how much, median."
    )
    table.caption_justify = "left"
    return table


def _by_facility(played: "Played") -> Table:
    quarters = _quarters(played)
    table = _table("facility", "incidents", "usual a week", "calls", *quarters)
    ranked = played.ranked()
    for life in ranked[:_FACILITIES]:
        found = _facility(life, played)
        by_quarter = found["calls_by_quarter"]
        table.add_row(
            clean(life.facility.name),
            f"{found['incidents']:,}",
            f"{found['per_week']:.1f}",
            str(found["calls"]),
            *(str(by_quarter.get(q) or "·") for q in quarters),
        )
    if len(ranked) > _FACILITIES:
        table.caption = f"and {_places(len(ranked) - _FACILITIES)} more"
        table.caption_justify = "left"
    return table


def _listed(calls: "Sequence[Alert]") -> Iterator[Text]:
    for call in calls[:_CALLS]:
        line = Text(f"{moment(call.updated_at)} ", style="dim")
        line.append(f" {call.level.value.upper()} ", style=LEVELS[call.level])
        line.append(f" {call.change.value}  ", style="dim")
        line.append(clean(call.explanation), style="not dim")
        yield line
    if len(calls) > _CALLS:
        yield Text(f"and {counted(len(calls) - _CALLS, 'call')} more; --json has all", style="dim")


def _facility(life: "SiteLife", played: "Played") -> dict[str, Any]:
    calls = life.calls(played.counted_from)
    return {
        "facility_id": life.facility.id,
        "name": life.facility.name,
        "incidents": len(life.instants),
        "per_week": len(life.instants) / max((played.ended - played.began).days / 7, 1),
        "calls": len(calls),
        "calls_per_quarter": len(calls) / played.quarters,
        "calls_by_quarter": dict(Counter(_quarter(a.updated_at) for a in calls)),
        "calls_by_severity_alone": sum(1 for a in calls if a.path is AlertPath.SEVERITY),
    }


def _quarters(played: "Played") -> list[str]:
    """The calendar quarters that were counted; the last eight of them."""
    first, last = played.counted_from, played.ended
    numbers = range(first.year * 4 + (first.month - 1) // 3, last.year * 4 + (last.month - 1) // 3 + 1)
    return [f"{n // 4}Q{n % 4 + 1}" for n in numbers][-8:]


def _quarter(at: datetime) -> str:
    return f"{at.year}Q{(at.month - 1) // 3 + 1}"


def _incidents(played: "Played") -> int:
    return len({o.incident_id for life in played.sites.values() for o in life.observations})


def _places(count: int) -> str:
    return counted(count, "facility", "facilities")


def _table(first: str, *numbers: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column(first, overflow="fold")
    for column in numbers:
        table.add_column(column, justify="right")
    return table
