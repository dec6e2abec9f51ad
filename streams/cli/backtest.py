"""`tocsin backtest`: what the detector would have said of a history of one's own, beside the rules that others use."""

import io
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from streams.cli.common import AsJson, CliError, Config, clean, counted, load_settings, progress, stderr, wants_json

if TYPE_CHECKING:
    from streams.desk.backtest import Arrival, Played
    from streams.desk.comparison import Figures
    from streams.desk.intake import Refusal
    from streams.reference import Reference

_SHOWN_BAD = 10
_ROWS = 40
_DRAWN = 12


def backtest(
    history: Annotated[
        Path,
        typer.Argument(metavar="INCIDENTS.csv|REPORTS.jsonl", help="A table of incidents, or JSON lines of reports."),
    ],
    facilities: Annotated[
        Path | None, typer.Option(metavar="FILE", help="GeoJSON of facilities.", show_default="the default ones")
    ] = None,
    policy: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Policy, as JSON.", show_default="the default one")
    ] = None,
    false_alert_every: Annotated[
        float | None,
        typer.Option(metavar="DAYS", min=1, help="Another budget: one false alert at a facility in so many days."),
    ] = None,
    want: Annotated[
        str | None,
        typer.Option(metavar="N", help="Find the budget that gives so many calls: `40` in all, or `0.3/quarter` each."),
    ] = None,
    learn: Annotated[
        float, typer.Option(metavar="DAYS", min=0, help="For so long from the beginning, nothing is counted.")
    ] = 30.0,
    plot: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Draw pictures into this folder (needs matplotlib).")
    ] = None,
    config: Config = None,
    as_json: AsJson = None,
) -> None:
    """Tell what would have been alerted in a history of your own, and when, without a broker.

    It goes through the very steps that the agents run.

    A table has the columns date, latitude and longitude, and if you like type, id, precision_km, status, grade, killed,
    wounded, source, notes; docs/backtest.md says what they may be called. A *call* is an alert at level alert or above
    that is opened, reopened or escalated: what wakes people.

    `tocsin backtest incidents.csv --facilities mine.geojson --plot pictures/`

    `tocsin backtest incidents.csv --want 0.3/quarter`
    """
    from streams.desk.backtest import budgeted, play
    from streams.desk.comparison import BUDGET_STEPS, RULES, budget_for, compare
    from streams.reference import load_files

    if plot is not None:
        _prepare(plot)
    wanted = None if want is None else _wanted(want)
    settings = load_settings(config=config)
    reference = load_files(facilities or settings.facilities, policy or settings.policy)
    if false_alert_every is not None:
        reference = reference.with_policy(budgeted(reference.policy, false_alert_every))
    arrivals, bad = _arrivals(history, reference)

    def played_with(reference: "Reference") -> "Played":
        with progress("watching", len(arrivals)) as advance:
            return play(arrivals, reference, timedelta(days=learn), lambda: advance(1))

    played = played_with(reference)
    if not played.quarters:
        raise CliError(f"the history lasts no longer than the {learn:g} days of learning: see --learn")
    if wanted is not None:
        number, each = wanted
        with progress("finding the budget", BUDGET_STEPS) as advance:
            total = number * played.facility_quarters if each else number
            days = round(budget_for(played, total, lambda: advance(1)), 1)
        reference = reference.with_policy(budgeted(reference.policy, days))
        played = played_with(reference)
    with progress("comparing", RULES) as advance:
        figures = compare(played, lambda: advance(1))
    from streams.cli.present_backtest import emit_backtest, show_backtest

    if wants_json(as_json):
        emit_backtest(played, figures)
    else:
        show_backtest(played, figures, wanted=want)
    if plot is not None:
        _draw(plot, played, figures)
    raise typer.Exit(1 if bad else 0)


def _wanted(text: str) -> tuple[float, bool]:
    """Read how many calls are wanted, and whether that is per facility and quarter."""
    number, slash, unit = text.partition("/")
    try:
        wanted = float(number)
    except ValueError:
        wanted = -1.0
    if wanted <= 0 or (slash and unit.strip() != "quarter"):
        raise CliError(f"--want {clean(text)}: write a number of calls in all, 40, or of each facility: 0.3/quarter")
    return wanted, bool(slash)


def _arrivals(path: Path, reference: "Reference") -> "tuple[list[Arrival], int]":
    """Return the exposures that a history leads to, and how many of its lines were bad; those are told."""
    from streams.desk.backtest import of_incidents, of_reports
    from streams.desk.history import HistoryError, read_history
    from streams.desk.intake import Refusal, is_json, read_lines

    if not path.is_file():
        raise CliError(f"{clean(str(path))}: there is no such file")
    now, name = datetime.now(UTC), clean(path.name)
    body = path.read_bytes()
    if is_json(body):
        read = list(read_lines(body.splitlines(), name, now))
        reports = [r for r in read if not isinstance(r, Refusal)]
        bad = [r for r in read if isinstance(r, Refusal)]
        _tell(bad)
        with progress("reading and fusing", len(reports)) as advance:
            arrivals = of_reports(reports, reference, lambda: advance(1))
        what = counted(len(reports), "report")
    else:
        try:
            lines = io.StringIO(body.decode("utf-8-sig"), newline="")
            with progress("reading the table", body.count(b"\n")) as advance:
                table = read_history(_told(lines, lambda: advance(1)), name, now)
        except UnicodeDecodeError as e:
            raise CliError(f"{name}: not UTF-8 at byte {e.start}") from None
        except HistoryError as e:
            raise CliError(str(e)) from e
        bad = table.bad
        _tell(bad)
        for unknown, rows in table.unknown_types.most_common(5):
            told = f"type {clean(unknown[:40])!r} in {counted(rows, 'row')} is none of ours: counts as other"
            stderr().print(told, style="yellow", soft_wrap=True)
        with progress("finding sites within reach", len(table.incidents)) as advance:
            arrivals = of_incidents(table.incidents, reference, lambda: advance(1))
        what = counted(len(table.incidents), "incident")
    if not arrivals:
        watched = counted(len(reference.gazetteer), "facility", "facilities")
        raise CliError(f"{name}: {what}, none within reach of any of {watched}: name yours with --facilities", 1)
    return arrivals, len(bad)


def _told(lines: Iterable[str], done: Callable[[], None]) -> Iterator[str]:
    for line in lines:
        yield line
        done()


def _tell(bad: "list[Refusal]") -> None:
    for refusal in bad[:_SHOWN_BAD]:
        stderr().print(f"✗ {clean(refusal.where)}: {clean(refusal.reason)}", style="red", soft_wrap=True)
    if len(bad) > _SHOWN_BAD:
        stderr().print(f"✗ and {counted(len(bad) - _SHOWN_BAD, 'more bad line')}", style="red")


def _prepare(folder: Path) -> None:
    from streams.desk.plots import PlotError, need_matplotlib

    try:
        need_matplotlib()
    except PlotError as e:
        raise CliError(str(e)) from e
    folder.mkdir(parents=True, exist_ok=True)


def _draw(folder: Path, played: "Played", figures: "list[Figures]") -> None:
    from streams.cli.present_backtest import RULE_NAMES
    from streams.desk.backtest_plots import budget_plot, timeline_plot
    from streams.desk.comparison import CURVE_D, curve
    from streams.desk.plots import PlotError, facility_plot

    ranked = played.ranked()
    drawn = [life for life in ranked if life.calls(played.counted_from)][:_DRAWN]
    with progress("drawing", len(CURVE_D) + len(drawn) + 1) as advance:
        try:
            timeline_plot(
                folder / "timeline.png",
                [(life.facility.name, life.instants, life.alerts) for life in ranked[:_ROWS]],
                played.counted_from,
                played.ended,
            )
            advance(1)
            budget_plot(
                folder / "budget.png",
                curve(played, lambda: advance(1)),
                [
                    (RULE_NAMES.get(f.rule, f.rule), f.per_facility_quarter, f.by_chance)
                    for f in figures[2:]
                    if f.by_chance is not None
                ],
                played.budget_days,
            )
            for life in drawn:
                path = folder / f"{life.facility.id}.png"
                facility_plot(path, life.facility.name, life.observations, life.config, life.alerts, played.ended)
                advance(1)
        except PlotError as e:
            raise CliError(str(e), 1) from e
    stderr().print(f"✓ {counted(len(drawn) + 2, 'picture')} in {clean(str(folder))}", style="green")
