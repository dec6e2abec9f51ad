"""What time does to an alert: the all clear, the reopening under the same id, the forgetting."""

import pytest

from alerts.site import decode
from schemas.policy import DetectorPolicy, EpisodePolicy, Policy
from schemas.taxonomy import AlertState, Change, Level, Status, Traffic
from schemas.topics import ALERTS_CURRENT, alert_streams
from tests.unit.alert_life import F6, MISSILE, Life, at, cluster, exposure


def test_all_clear_by_ticks() -> None:
    """An alert is cleared by time alone, only after the statistic was low for 48 h, and says what it was."""
    life = Life()
    life.meet(*cluster())
    life.pass_time(600, since_h=30)
    cleared = next(a for a in life.alerts if a.state is AlertState.ALL_CLEAR)
    assert cleared.change is Change.ALL_CLEAR
    assert cleared.updated_at >= at(30 + 48)
    assert cleared.level is max((a.level for a in life.alerts), key=lambda v: v.rank)
    assert cleared.ended_at == cleared.updated_at


def test_a_grave_incident_clears_when_its_window_has_passed() -> None:
    """The severity path keeps an alert open for its window, not longer."""
    life = Life()
    life.meet(exposure("i", 0, **MISSILE))
    life.pass_time(71.9, every_h=0.5)
    assert {a.state for a in life.alerts} == {AlertState.OPEN}
    life.pass_time(73, since_h=71.9, every_h=0.5)
    assert life.last.state is AlertState.ALL_CLEAR


def test_an_unusual_count_holds_the_all_clear() -> None:
    """While the count of 48 h is above what the normal pattern reaches, nothing clears, however low the statistic."""
    patient = Policy(version="patient", detector=DetectorPolicy(min_incidents=100))
    life = Life(policy=patient)
    life.meet(exposure("m", 0, **MISSILE))
    life.pass_time(60)
    life.meet(*(exposure(f"i{k}", 60 + k * 2.0, km=20, credibility=F6) for k in range(6)))
    life.pass_time(100, since_h=71)
    assert {a.state for a in life.alerts} == {AlertState.OPEN}
    life.pass_time(130, since_h=100)
    assert life.last.state is AlertState.ALL_CLEAR


def test_no_tick_no_all_clear() -> None:
    """Without ticks, which a held-up route does not give, nothing clears, whatever the clock says."""
    life = Life()
    life.meet(exposure("i", 0, **MISSILE))
    life.meet(exposure("j", 24 * 6, km=24, credibility=F6))
    assert life.last.state is AlertState.OPEN


def test_a_tick_moves_no_statistic() -> None:
    """A tick evaluates a copy: the statistic in the row is the same before and after."""
    life = Life()
    life.meet(*cluster())
    assert life.row is not None
    before = decode(life.row).detector
    life.pass_time(40, since_h=31)
    assert decode(life.row).detector == before


def test_quiet_sites_do_not_change() -> None:
    """A site without an alert is passed over, at any time."""
    life = Life()
    life.meet(exposure("i", 0))
    assert life.pass_time(24 * 60, every_h=24) == []


def test_reopened_under_the_same_id() -> None:
    """A new crossing within 7 days reopens the alert under its id; an old one is forgotten and a new one founded."""
    life = Life()
    life.meet(exposure("i", 0, **MISSILE))
    life.pass_time(80)
    first = life.last
    assert first.state is AlertState.ALL_CLEAR
    life.meet(exposure("j", 100, **MISSILE), reached=at(100))
    assert (life.last.change, life.last.alert_id) == (Change.REOPENED, first.alert_id)
    assert (life.last.revision, life.last.ended_at) == (first.revision + 1, None)
    life.pass_time(180, since_h=100)
    life.meet(exposure("k", 180 + 24 * 8, **MISSILE), reached=at(180 + 24 * 8))
    assert life.last.change is Change.OPENED
    assert life.last.alert_id != first.alert_id
    assert [o.key for o in life.outputs if o.record is None] == [first.alert_id]


@pytest.mark.parametrize("later_h", [100.0, 24 * 9.0, 24 * 30.0])
def test_the_same_founder_counts_on(later_h: float) -> None:
    """When the incident that founded an alert founds one again, however late, revisions count on under the one id."""
    life = Life()
    life.meet(exposure("i", 0, **MISSILE), exposure("i", 0, revision=2, withdrawn=True, **MISSILE))
    life.pass_time(later_h, since_h=80, every_h=12)
    life.meet(exposure("i", later_h, revision=3, **MISSILE), reached=at(later_h))
    assert [(a.change, a.revision) for a in life.alerts] == [
        (Change.OPENED, 1),
        (Change.CANCELLED, 2),
        (Change.REOPENED, 3),
    ]
    assert len({a.alert_id for a in life.alerts}) == 1


def test_what_was_cleared_warrants_nothing_more() -> None:
    """After the all clear, the old incidents alone do not reopen the alert when one of them is told anew."""
    life = Life()
    life.meet(exposure("i", 0, **MISSILE))
    life.pass_time(80)
    life.meet(exposure("i", 0, revision=2, status=Status.INTERCEPTED, **MISSILE), reached=at(81))
    assert life.last.state is AlertState.ALL_CLEAR


def test_forgotten_after_a_while() -> None:
    """An ended alert leaves the current ones by a tombstone, once, and the row forgets it."""
    life = Life()
    life.meet(exposure("i", 0, **MISSILE))
    life.pass_time(80)
    ended = life.last
    steps = life.pass_time(80 + 24 * 20, since_h=80, every_h=6)
    tombstones = [o for o in life.outputs if o.record is None]
    assert [(o.stream, o.key) for o in tombstones] == [(ALERTS_CURRENT, ended.alert_id)]
    assert len(steps) == 1
    assert life.row is not None
    assert decode(life.row).episode is None


def test_an_exercise_is_forgotten_in_its_own_topic() -> None:
    """The tombstone of an exercise goes to the exercise topic."""
    life = Life()
    life.meet(exposure("i", 0, traffic=Traffic.EXERCISE, **MISSILE))
    life.pass_time(24 * 20, every_h=6)
    assert [o.stream for o in life.outputs if o.record is None] == [alert_streams(Traffic.EXERCISE)[1]]


def test_nobody_acknowledges() -> None:
    """An alert that nobody acknowledges in time says so, once, live; a watch does not call anybody."""
    life = Life()
    life.meet(exposure("i", 0, **MISSILE))
    life.pass_time(10, every_h=0.25)
    told = [a for a in life.alerts if a.change is Change.UNACKNOWLEDGED]
    assert [a.updated_at for a in told] == [at(0.5)]
    watch = Life()
    watch.meet(exposure("i", 0, credibility=F6, **MISSILE))
    assert watch.last.level is Level.WATCH
    watch.pass_time(10, every_h=0.25)
    assert len(watch.alerts) == 1


def test_time_does_not_run_backwards() -> None:
    """The times of revisions never fall, whatever order events and ticks come in."""
    life = Life()
    life.meet(*cluster(2), reached=at(30))
    life.meet(exposure("m", 5, **MISSILE), reached=at(12))
    times = [a.updated_at for a in life.alerts]
    assert times == sorted(times)
    assert len(times) == 2


def test_flapping_around_a_threshold_says_nothing() -> None:
    """Between its level and half of it, time and small incidents give updates at most, never a lower level."""
    life = Life(policy=Policy(version="p", episode=EpisodePolicy(clear_after_h=48)))
    for k in range(12):
        life.meet(exposure(f"i{k}", k * 30.0, km=20, credibility=F6), reached=at(k * 30.0))
        life.pass_time(k * 30.0 + 29, since_h=k * 30.0)
    changes = [a.change for a in life.alerts]
    assert changes.count(Change.OPENED) + changes.count(Change.REOPENED) <= 2
    assert Change.DOWNGRADED not in changes
