"""How far time has come at a stage."""

from datetime import UTC, datetime, timedelta

import pytest

from schemas.report import Tick
from streams.timekeeping import Watermark

T0 = datetime(2025, 5, 12, tzinfo=UTC)


def tick(origin: int, minute: float, sent: float | None = None) -> Tick:
    """Return a tick of one of two origins."""
    sent_at = T0 + timedelta(minutes=minute if sent is None else sent)
    return Tick(at=T0 + timedelta(minutes=minute), sent_at=sent_at, origin=origin, origins=2)


def reached(watermark: Watermark) -> float | None:
    """Return the minutes since T0 that were reached."""
    return None if watermark.reached is None else (watermark.reached - T0) / timedelta(minutes=1)


@pytest.mark.parametrize(
    "ticks, expected",
    [
        ([], None),
        ([(0, 5)], None),
        ([(0, 5), (1, 3)], 3),
        ([(0, 5), (1, 3), (1, 9)], 5),
        ([(0, 5), (1, 3), (0, 4), (1, 4)], 4),
        ([(0, 5), (1, 5), (0, 4), (1, 4)], 5),
    ],
    ids=[
        "nothing heard",
        "one origin is silent",
        "the slower counts",
        "it moves with the slower",
        "late ticks",
        "never back",
    ],
)
def test_the_slowest_origin_decides(ticks: list[tuple[int, float]], expected: float | None) -> None:
    """Time has come as far as the slowest origin says, and never goes back."""
    watermark = Watermark()
    for origin, minute in ticks:
        watermark.hear(tick(origin, minute))
    assert reached(watermark) == expected


def test_a_tick_goes_on_only_when_time_has_moved() -> None:
    """What stands for the minimum is passed on once, with the oldest time of writing behind it."""
    watermark = Watermark()
    assert watermark.hear(tick(0, 5, sent=1)) is None
    moved = watermark.hear(tick(1, 5, sent=2))
    assert moved is not None
    assert (moved.at, moved.sent_at) == (T0 + timedelta(minutes=5), T0 + timedelta(minutes=1))
    assert watermark.hear(tick(1, 5, sent=2)) is None
    assert watermark.hear(tick(1, 6, sent=6)) is None


def test_an_origin_that_is_no_more_is_not_waited_for() -> None:
    """Ticks of partitions beyond the number that ticks speak of do not hold time up."""
    watermark = Watermark()
    watermark.hear(Tick(at=T0, sent_at=T0, origin=7, origins=8))
    watermark.hear(tick(0, 5))
    watermark.hear(tick(1, 5))
    assert reached(watermark) == 5
