"""A facility's picture shows what it says: from before the first incident to the instant it is drawn for."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from alerts.detector import Observation
from alerts.statistic import DetectorConfig
from streams.desk import plots

UNTIL = datetime(2026, 3, 14, 12, tzinfo=UTC)


@pytest.mark.parametrize("days_ago", [[], [0.2], [30.0, 2.0, 0.1]])
def test_a_facility_is_drawn_until_the_instant_asked_for(
    days_ago: list[float], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not weeks beyond it, and without incidents not of the year 1970."""
    pytest.importorskip("matplotlib")
    plots.can_draw(tmp_path / "f.png")
    drawn: list[Any] = []
    monkeypatch.setattr(plots, "save", lambda figure, _: drawn.append(figure))
    times = [UNTIL - timedelta(days=d) for d in days_ago]
    seen = [Observation(round(t.timestamp() * 1000), f"i-{n}", 1.0) for n, t in enumerate(times)]
    plots.facility_plot(tmp_path / "f.png", "Base", seen, DetectorConfig(), (), UNTIL)
    for axes in drawn[0].axes:
        begins, ends = axes.get_xlim()
        assert ends == plots.number(UNTIL)
        assert ends - begins == pytest.approx(max(days_ago, default=0.0) + 7.0)


@pytest.mark.parametrize(
    "name, told", [("f.txt", "end it in .png"), ("f", "end it in .png"), ("no/f.png", "no such folder")]
)
def test_what_cannot_be_drawn_is_refused_before_the_work(name: str, told: str, tmp_path: Path) -> None:
    """Nobody waits for a picture that has no place to go."""
    pytest.importorskip("matplotlib")
    with pytest.raises(plots.PlotError, match=told):
        plots.can_draw(tmp_path / name)
    plots.can_draw(tmp_path / "f.svg")
