"""A rate lets through what it should, however it comes."""

from hypothesis import given
from hypothesis import strategies as st

from streams.rate import Rate


@given(
    per_s=st.floats(0.1, 100),
    burst=st.floats(1, 50),
    pauses=st.lists(st.floats(0, 10), max_size=200),
)
def test_never_more_than_burst_and_rate(per_s: float, burst: float, pauses: list[float]) -> None:
    """Whatever the pauses: at most a burst and so much a second pass, and one passes after a long enough pause."""
    rate, now, passed = Rate(per_s, burst), 0.0, 0
    for pause in pauses:
        now += pause
        passed += rate.admits(now)
    assert passed <= burst + now * per_s + 1e-6
    assert rate.admits(now + 1 / per_s + 1e-6)


def test_a_burst_then_the_rate() -> None:
    """A burst passes at once, then one for each interval."""
    rate = Rate(2, burst=3)
    assert [rate.admits(0) for _ in range(4)] == [True, True, True, False]
    assert [rate.admits(0.4), rate.admits(0.6), rate.admits(0.7)] == [False, True, False]
