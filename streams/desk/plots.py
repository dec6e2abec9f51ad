"""The picture of a facility: its incidents, their usual rate, the statistic against its thresholds. By matplotlib.

PlotError       matplotlib is not installed, or cannot write the picture
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from alerts.detector import Evaluation, Observation, evaluate, observe, start
from alerts.statistic import MS_PER_DAY, DetectorConfig
from schemas.alert import Alert
from schemas.taxonomy import AlertState, Level

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLOURS: Final = {Level.WATCH: "#e0a800", Level.ALERT: "#e8590c", Level.CRITICAL: "#c92a2a"}
INK, QUIET, LINE = "#343a40", "#adb5bd", "#1971c2"
_STEP_MS: Final = round(MS_PER_DAY / 4)
_DPI: Final = 130


class PlotError(Exception):
    """A picture cannot be drawn; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Span:
    """An alert from its opening to its end, with the levels that it had on the way."""

    alert_id: str
    began: datetime
    ended: datetime
    steps: tuple[tuple[datetime, Level], ...]
    """From when on it had which level."""


def need_matplotlib() -> None:
    """Refuse at once what would fail at the end.

    Raises
    ------
    PlotError
        matplotlib is not installed.
    """
    try:
        import matplotlib as mpl  # noqa: PLC0415  an extra
    except ImportError as e:
        raise PlotError("pictures need matplotlib, which is not installed: pip install 'tocsin[plot]'") from e
    mpl.use("agg")


def can_draw(path: Path) -> None:
    """Refuse at once what would fail at the end: a picture under this name.

    Raises
    ------
    PlotError
        matplotlib is not installed or writes no such pictures, or there is no such folder.
    """
    need_matplotlib()
    from matplotlib.backend_bases import FigureCanvasBase  # noqa: PLC0415

    if path.suffix.removeprefix(".").lower() not in FigureCanvasBase.get_supported_filetypes():
        raise PlotError(f"{path}: no picture can be written under such a name: end it in .png, .svg or .pdf")
    if not path.parent.is_dir():
        raise PlotError(f"{path.parent}: there is no such folder")


def spans(alerts: Sequence[Alert], until: datetime) -> list[Span]:
    """Return the alerts that revisions tell of, in order; one that goes on lasts until `until`."""
    found: dict[str, list[Alert]] = {}
    for alert in alerts:
        found.setdefault(alert.alert_id, []).append(alert)
    told = []
    for alert_id, revisions in found.items():
        began: datetime | None = None
        steps: list[tuple[datetime, Level]] = []
        for r in revisions:
            if r.state is AlertState.OPEN:
                began = began or r.updated_at
                if not steps or steps[-1][1] is not r.level:
                    steps.append((r.updated_at, r.level))
            elif began is not None:
                told.append(Span(alert_id, began, r.updated_at, tuple(steps)))
                began, steps = None, []
        if began is not None:
            told.append(Span(alert_id, began, max(began, until), tuple(steps)))
    return told


def walk(observations: Sequence[Observation], config: DetectorConfig, until_ms: int) -> list[Evaluation]:
    """Return what the detector says at every incident, and every six hours in between."""
    if not observations:
        return []
    state, said = start(config, observations[0].at_ms - config.lateness_ms), []
    for observation in observations:
        said += [evaluate(state, config, at) for at in _grid(state.head.last_ms, observation.at_ms)]
        state = observe(state, config, observation)
        said.append(evaluate(state, config))
    said += [evaluate(state, config, at) for at in _grid(state.head.last_ms, until_ms)]
    return said


def facility_plot(
    path: Path,
    name: str,
    observations: Sequence[Observation],
    config: DetectorConfig,
    alerts: Sequence[Alert],
    until: datetime,
) -> None:
    """Draw a facility's incidents, their usual rate, and the statistic against its thresholds.

    Parameters
    ----------
    path
        Where the PNG goes.
    name
        The facility's.
    observations
        Its incidents in order of event time.
    config
        The detector's parameters there.
    alerts
        Revisions of its alerts, in order.
    until
        Where the picture ends.
    """
    import matplotlib.pyplot as plt  # noqa: PLC0415  an extra

    until_ms = round(until.timestamp() * 1000)
    said = walk(observations, config, until_ms)
    figure, (incidents, rate, statistic) = plt.subplots(
        3, 1, figsize=(11, 8), sharex=True, height_ratios=(3, 2, 3), layout="constrained"
    )
    figure.suptitle(name, fontsize=14, fontweight="bold", color=INK)
    _draw_incidents(incidents, observations, config)
    _draw_rate(rate, observations, said, config)
    _draw_statistic(statistic, said, config)
    for axes in (incidents, rate, statistic):
        _shade(axes, spans(alerts, until))
        dress(axes)
    first_ms = observations[0].at_ms if observations else until_ms
    statistic.set_xlim((first_ms - config.lateness_ms) / MS_PER_DAY, until_ms / MS_PER_DAY)
    if not observations:
        incidents.text(0.5, 0.5, "no incidents", transform=incidents.transAxes, ha="center", color=QUIET)
    save(figure, path)


def save(figure: "Figure", path: Path) -> None:
    """Write a picture, and let go of it.

    Raises
    ------
    PlotError
        It cannot be written.
    """
    import matplotlib.pyplot as plt  # noqa: PLC0415  an extra

    try:
        figure.savefig(path, dpi=_DPI)
    except OSError as e:
        raise PlotError(f"{path}: the picture cannot be written: {e.strerror or e}") from e
    finally:
        plt.close(figure)


def dress(axes: "Axes", *, dates: bool = True) -> None:
    """Give axes the look of the house."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(QUIET)
    axes.tick_params(colors=INK, labelsize=8)
    axes.grid(color="#e9ecef", linewidth=0.6)
    axes.set_axisbelow(True)
    if dates:
        from matplotlib import dates as mdates  # noqa: PLC0415  an extra

        locator = mdates.AutoDateLocator()  # type: ignore[no-untyped-call] # has no types
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(mdates.ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]


def number(at: datetime) -> float:
    """Return an instant as matplotlib counts them: days since 1970."""
    return at.timestamp() / 86_400


def _draw_incidents(axes: "Axes", observations: Sequence[Observation], config: DetectorConfig) -> None:
    outer_km = config.radii_km[-1]
    for within, colour in ((True, INK), (False, QUIET)):
        shown = [o for o in observations if (o.distance_km <= outer_km) is within]
        sizes = [6 + 22 * o.weight for o in shown]
        axes.scatter(
            [o.at_ms / MS_PER_DAY for o in shown],
            [o.distance_km for o in shown],
            s=sizes,
            color=colour,
            alpha=0.6,
            linewidth=0,
        )
    for radius_km in config.radii_km:
        axes.axhline(radius_km, color=LINE, linewidth=0.8, linestyle="--")
        axes.annotate(
            f"{radius_km:g} km",
            (1, radius_km),
            xycoords=("axes fraction", "data"),
            xytext=(3, 0),
            textcoords="offset points",
            fontsize=8,
            color=LINE,
            va="center",
        )
    axes.set_ylim(max([outer_km * 1.15, *(o.distance_km * 1.05 for o in observations)]), -1)
    axes.set_ylabel("km from the facility")


def _draw_rate(
    axes: "Axes", observations: Sequence[Observation], said: Sequence[Evaluation], config: DetectorConfig
) -> None:
    """The usual count of a week beside the count of each week, within the largest radius."""
    if not said:
        return
    first, last = said[0].at_ms / MS_PER_DAY, said[-1].at_ms / MS_PER_DAY
    weeks = [first + 7 * n for n in range(math.ceil((last - first) / 7) + 1)]
    inside = [o for o in observations if o.distance_km <= config.radii_km[-1]]
    counts = [sum(w <= o.at_ms / MS_PER_DAY < w + 7 for o in inside) for w in weeks]
    axes.bar(weeks, counts, width=7, align="edge", color="#dee2e6", edgecolor="white", linewidth=0.5, label="incidents")
    axes.plot(
        [e.at_ms / MS_PER_DAY for e in said],
        [e.usual_per_day[-1] * 7 for e in said],
        color=LINE,
        linewidth=1.4,
        label="usual",
    )
    axes.set_ylabel(f"a week, within {config.radii_km[-1]:g} km")
    axes.legend(fontsize=8, frameon=False, loc="upper left", ncols=2)


def _draw_statistic(axes: "Axes", said: Sequence[Evaluation], config: DetectorConfig) -> None:
    axes.plot([e.at_ms / MS_PER_DAY for e in said], [max(e.r_days, 1.0) for e in said], color=INK, linewidth=1)
    thresholds = (
        (Level.WATCH, config.watch_days),
        (Level.ALERT, config.alert_days),
        (Level.CRITICAL, config.critical_days),
    )
    for level, days in thresholds:
        axes.axhline(days, color=COLOURS[level], linewidth=0.9)
        axes.annotate(
            level.value,
            (1, days),
            xycoords=("axes fraction", "data"),
            xytext=(3, 0),
            textcoords="offset points",
            fontsize=8,
            color=COLOURS[level],
            va="center",
        )
    axes.set_yscale("log")
    axes.set_ylim(1, max([config.critical_days * 2, *(e.r_days * 1.3 for e in said)]))
    axes.set_ylabel("statistic R, days")
    axes.set_xlabel("chance alone takes R so high at most once in R days")


def _shade(axes: "Axes", told: Sequence[Span]) -> None:
    for span in told:
        ends = [*(at for at, _ in span.steps[1:]), span.ended]
        for (began, level), ended in zip(span.steps, ends, strict=True):
            axes.axvspan(
                number(began), max(number(ended), number(began) + 0.1), color=COLOURS[level], alpha=0.16, linewidth=0
            )


def _grid(from_ms: int, to_ms: int) -> range:
    """Every six hours between two instants."""
    return range(from_ms + _STEP_MS, to_ms, _STEP_MS)
