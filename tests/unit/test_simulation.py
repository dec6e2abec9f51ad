"""Simulated time between reports."""

from datetime import UTC, datetime, timedelta

import pytest

from streams.desk.simulation import steps

T0 = datetime(2025, 5, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    "now, until, expected",
    [(None, 5, [5]), (0, 5, [5]), (0, 6, [6]), (0, 15, [6, 12, 15]), (5, 5, []), (7, 5, [])],
    ids=["at first", "one step", "a whole step", "a quiet spell", "no time passed", "never back"],
)
def test_steps(now: int | None, until: int, expected: list[int]) -> None:
    """Time passes in steps of at most the given length, ends where it is to end, and never goes back."""
    start = None if now is None else T0 + now * HOUR
    assert list(steps(start, T0 + until * HOUR, 6 * HOUR)) == [T0 + hour * HOUR for hour in expected]
