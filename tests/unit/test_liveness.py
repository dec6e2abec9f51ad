"""A worker that has work and makes no progress is not alive."""

import pytest

from streams.liveness import Liveness

Look = tuple[float, int, int, bool]


@pytest.mark.parametrize(
    "looks, alive",
    [
        ([(0, 5, 1, False), (59, 5, 1, False)], True),
        ([(0, 5, 1, False), (60, 5, 1, False)], False),
        ([(0, 5, 1, False), (50, 5, 2, False), (100, 5, 2, False)], True),
        ([(0, 0, 1, False), (500, 0, 1, False)], True),
        ([(0, 0, 1, True), (61, 0, 1, True)], False),
        ([(0, 5, 1, False), (60, 5, 1, False), (61, 5, 2, False)], True),
    ],
    ids=["not yet", "stalled", "slow progress", "idle", "stuck while rebalancing", "recovered"],
)
def test_stalls(looks: list[Look], alive: bool) -> None:
    """Only lag (or a rebalance) without progress for the whole time is a stall."""
    liveness = Liveness(stall_after_s=60)
    for now, lag, handled, rebalancing in looks:
        liveness.observe(now, lag, handled, rebalancing=rebalancing)
    assert (liveness.complaint() is None) is alive
