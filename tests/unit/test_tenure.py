"""The lease: nothing is written once others may hold the partitions."""

import pytest

from streams.tenure import Tenure


class Clock:
    """A clock that stands where it was put."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    """A clock at 100 s."""
    return Clock()


def test_it_lapses_a_session_after_the_heartbeat_was_sent(clock: Clock) -> None:
    """What counts is when the heartbeat was sent, not when it was answered: the broker may have got it at once."""
    tenure = Tenure(20, clock)
    sent_s = tenure.now()
    clock.now_s += 15
    tenure.renew(sent_s)
    assert not tenure.lapsed
    clock.now_s += 5
    assert tenure.lapsed


def test_a_heartbeat_renews_it(clock: Clock) -> None:
    """As long as heartbeats are answered it never lapses; one that is answered late may bring it back."""
    tenure = Tenure(20, clock)
    for _ in range(5):
        tenure.renew(tenure.now())
        clock.now_s += 19
        assert not tenure.lapsed
    clock.now_s += 5
    assert tenure.lapsed
    tenure.renew(tenure.now() - 1)
    assert not tenure.lapsed


def test_who_gave_back_has_nothing_to_guard(clock: Clock) -> None:
    """Before the first partitions, and after they were given back in order, it does not lapse."""
    tenure = Tenure(20, clock)
    clock.now_s += 500
    assert not tenure.lapsed
    tenure.renew(tenure.now())
    tenure.release()
    clock.now_s += 500
    assert not tenure.lapsed
