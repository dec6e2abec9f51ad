"""The pictures of a backtest: all facilities on one line of time, and what each budget would have cost."""

import math
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from schemas.alert import Alert
from streams.desk.plots import COLOURS, INK, LINE, QUIET, dress, number, save, spans

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_TICKS: Final = (0, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)


def timeline_plot(
    path: Path,
    rows: Sequence[tuple[str, Sequence[datetime], Sequence[Alert]]],
    counted_from: datetime,
    until: datetime,
) -> None:
    """Draw facilities as rows on one line of time: incidents as ticks, alerts as bars in the colour of their level.

    Parameters
    ----------
    path
        Where the PNG goes.
    rows
        Name, instants of incidents, and revisions of alerts of each facility, topmost first.
    counted_from
        Before, the detector was learning.
    until
        Where the picture ends.
    """
    import matplotlib.pyplot as plt  # noqa: PLC0415  an extra

    height = max(2.5, 0.32 * len(rows) + 1.3)
    figure, axes = plt.subplots(figsize=(12, height), layout="constrained")
    for y, (_, instants, alerts) in enumerate(rows):
        axes.vlines([number(at) for at in instants], y - 0.32, y + 0.32, color=QUIET, linewidth=0.5)
        for span in spans(alerts, until):
            ends = [*(at for at, _ in span.steps[1:]), span.ended]
            for (began, level), ended in zip(span.steps, ends, strict=True):
                width = max(number(ended) - number(began), 0.25)
                axes.barh(y, width, left=number(began), height=0.56, color=COLOURS[level], alpha=0.8, zorder=3)
    first = min([number(counted_from), *(number(at) for _, instants, _ in rows for at in instants)])
    axes.axvspan(first, number(counted_from), color="#f1f3f5", zorder=0)
    axes.text(number(counted_from), -0.9, " counted from here", fontsize=8, color=INK, va="center")
    axes.axvline(number(counted_from), color=QUIET, linewidth=0.8, linestyle=":")
    axes.set_yticks(range(len(rows)), [name for name, _, _ in rows], fontsize=8)
    axes.set_ylim(len(rows) - 0.4, -1.2)
    axes.set_xlim(first, number(until))
    for level, colour in COLOURS.items():
        axes.bar(0, 0, color=colour, label=level.value)
    axes.vlines([], 0, 0, color=QUIET, label="incident")
    figure.legend(loc="outside upper right", ncols=4, fontsize=8, frameon=False)
    dress(axes)
    axes.grid(visible=False, axis="y")
    save(figure, path)


def budget_plot(
    path: Path,
    curve: Sequence[tuple[float, float, float]],
    rivals: Sequence[tuple[str, float, float]],
    budget_days: float,
) -> None:
    """Draw calls against those that chance alone makes: the detector for several budgets, and each rival.

    Parameters
    ----------
    path
        Where the PNG goes.
    curve
        Days between false alerts, calls per facility-quarter, and the same on shuffled days; ascending.
    rivals
        Name of each rule, with its calls per facility-quarter and the same on shuffled days, at `budget_days`.
    budget_days
        The budget in force.
    """
    import matplotlib.pyplot as plt  # noqa: PLC0415  an extra
    from matplotlib.ticker import FixedLocator, NullLocator  # noqa: PLC0415  an extra

    figure, axes = plt.subplots(figsize=(9, 6), layout="constrained")
    axes.plot([c for _, _, c in curve], [y for _, y, _ in curve], color=LINE, marker="o", markersize=4, zorder=3)
    _label(axes, [(f"{days:g} d", found, chance) for days, found, chance in curve], LINE)
    for _, found, chance in rivals:
        axes.plot([chance], [found], marker="D", markersize=6, linestyle="", color=INK, zorder=4)
    _label(axes, rivals, INK)
    top = max([0.1, *(max(found, chance) for _, found, chance in (*curve, *rivals))]) * 1.6
    axes.plot([0, top], [0, top], color=QUIET, linestyle=":")
    axes.plot([], [], color=LINE, marker="o", label="tocsin, for several budgets")
    axes.plot([], [], color=INK, marker="D", linestyle="", label="other rules")
    axes.legend(loc="upper left", fontsize=8, frameon=False)
    axes.set_xscale("symlog", linthresh=0.05)
    axes.set_yscale("symlog", linthresh=0.05)
    axes.set_xlim(-0.004, top)
    axes.set_ylim(-0.004, top)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(FixedLocator([t for t in _TICKS if t <= top]))
        axis.set_major_formatter("{x:g}")
        axis.set_minor_locator(NullLocator())
    axes.set_xlabel("calls per facility and quarter with days shuffled: chance")
    axes.set_ylabel("calls per facility and quarter as it happened")
    axes.set_title(
        f"The further above the line, the more of its calls are clusters; rivals at {budget_days:g} d",
        fontsize=10,
        color=INK,
        loc="left",
    )
    dress(axes, dates=False)
    save(figure, path)


def _label(axes: "Axes", points: Sequence[tuple[str, float, float]], colour: str) -> None:
    """Name points (name, y, x) above them; those that lie together share one label."""
    groups: list[list[tuple[str, float, float]]] = []
    for point in points:
        near = (g for g in groups if _apart(g[0][2], point[2]) < 0.6 and _apart(g[0][1], point[1]) < 0.15)
        if (group := next(near, None)) is None:
            groups.append([point])
        else:
            group.append(point)
    for group in groups:
        text, at = ", ".join(name for name, _, _ in group), (group[-1][2], group[-1][1])
        axes.annotate(
            text,
            at,
            xytext=(4, 7),
            textcoords="offset points",
            fontsize=8,
            color=colour,
            ha="right" if at[0] else "left",
        )


def _apart(a: float, b: float) -> float:
    return abs(math.log((a + 0.05) / (b + 0.05)))
