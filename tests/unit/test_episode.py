"""The life of an alert, event by event."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import orjson
import pytest

from alerts import episode
from alerts.explain import FACILITY_REMOVED, SWITCHED_OFF
from alerts.site import RowError, decode
from schemas.alert import Alert
from schemas.exposure import ANOTHER_SITE, NO_LONGER_WATCHED, Exposure
from schemas.facility import Facility
from schemas.outcome import NewerStateError, Outcome
from schemas.policy import DetectorPolicy, EpisodePolicy, FacilityPolicy, Policy, SeverityPolicy
from schemas.taxonomy import AlertPath, AlertState, Change, Level, Status, ThreatType, Traffic
from schemas.topics import ALERTS, ALERTS_CURRENT, alert_streams
from tests.unit.alert_life import BASE, F6, POLICY, SITE, Life, at, exposure, incident

MISSILE: dict[str, Any] = {"threat_type": ThreatType.MISSILE, "km": 0.3}


def cluster(n: int = 4, every_h: float = 10.0) -> list[Exposure]:
    """Return a cluster of trifles."""
    return [exposure(f"i{k}", k * every_h, credibility=F6) for k in range(n)]


# -- opening


def test_one_trifle_is_no_alert() -> None:
    """A single small incident is counted and says nothing."""
    life = Life()
    assert life.meet(exposure("i", 0)).outcome is Outcome.COUNTED
    assert life.outputs == []


def test_a_cluster_opens_an_alert() -> None:
    """Incidents that are more than usual open an alert by the cluster path, with the statistic that says so."""
    life = Life()
    assert life.meet(*cluster(2)).outcome is Outcome.ALERTED
    alert = life.last
    assert (alert.change, alert.state, alert.revision) == (Change.OPENED, AlertState.OPEN, 1)
    assert alert.path is AlertPath.CLUSTER
    assert alert.cluster is not None
    assert alert.cluster.score_days >= POLICY.detector.watch_days
    assert (alert.cluster.count, alert.cluster.radius_km) == (2, 10)
    assert alert.cluster.usual < 0.1
    assert [i.incident.incident_id for i in alert.incidents] == ["i1", "i0"]
    assert alert.incident_count == 2
    assert alert.began_at == at(0)
    assert alert.opened_at == alert.updated_at == alert.notify_at == at(10)
    assert alert.versions.endswith("policy default@test-1")


def test_a_grave_incident_alerts_by_itself() -> None:
    """A single grave incident opens an alert by the severity path, and the alert says so."""
    life = Life()
    life.meet(exposure("i", 0, **MISSILE))
    assert (life.last.level, life.last.path) == (Level.ALERT, AlertPath.SEVERITY)
    assert life.last.grave.incident_id == "i"
    assert life.last.cluster is None


def test_both_paths_are_told() -> None:
    """When the cluster and a grave incident both warrant an alert, both are named."""
    life = Life()
    life.meet(*cluster(), exposure("m", 35, **MISSILE))
    assert life.last.path is AlertPath.BOTH


def test_what_only_may_have_been_here_makes_no_cluster() -> None:
    """Incidents that probably concerned another place are not counted as distinct incidents here."""
    life = Life()
    life.meet(*(exposure(f"i{k}", k * 5.0, p=0.3, credibility=F6) for k in range(6)))
    assert life.alerts == []


def test_what_lies_beyond_the_radii_makes_no_cluster() -> None:
    """One incident near and one beyond the largest radius are not two distinct incidents."""
    life = Life(policy=Policy(version="keen", detector=DetectorPolicy(watch_days=1)))
    life.meet(exposure("far", 0, km=26, credibility=F6), exposure("near", 5, credibility=F6))
    assert life.alerts == []
    life.meet(exposure("near too", 5, credibility=F6))
    assert life.alerts != []


def test_the_id_comes_from_site_traffic_and_founder() -> None:
    """The alert's id is a function of site, traffic and founding incident, and differs when one of them does."""
    first, again, other = Life(), Life(), Life()
    first.meet(*cluster(3))
    again.meet(*cluster(2))
    other.meet(*(e.model_copy(update={"site_id": "yy"}) for e in cluster(2)))
    assert first.last.alert_id == again.last.alert_id != other.last.alert_id
    assert first.last.alert_id.startswith("alr-")
    assert len(first.last.alert_id) == 24


def test_exercise_lives_apart() -> None:
    """Exercise traffic has rows, ids and topics of its own, and its headline begins with the word."""
    life, real = Life(), Life()
    step = life.meet(exposure("i", 0, traffic=Traffic.EXERCISE, **MISSILE))
    real.meet(exposure("i", 0, **MISSILE))
    assert list(step.rows) == [episode.row_key(SITE, Traffic.EXERCISE)] != [episode.row_key(SITE, Traffic.ACTUAL)]
    assert {o.stream for o in step.after_rows} == set(alert_streams(Traffic.EXERCISE))
    assert life.last.headline.startswith("EXERCISE: ")
    assert life.last.alert_id != real.last.alert_id


def test_row_key_names_the_site() -> None:
    """A row's key leads back to its site."""
    assert episode.site_of_row(episode.row_key("a/b", Traffic.TEST)) == "a/b"


def test_positions_are_rounded() -> None:
    """Alerts name positions to two decimals."""
    life = Life(facilities=(BASE.model_copy(update={"lat": 33.123456, "lon": 44.987654}),))
    life.meet(exposure("i", 0, **MISSILE))
    assert (life.last.facility.lat, life.last.facility.lon) == (33.12, 44.99)


def test_wave_is_carried() -> None:
    """An incident of a wave gives its wave to the alert."""
    life = Life()
    life.meet(exposure("i", 0, wave="wave-7", **MISSILE))
    assert life.last.wave == "wave-7"


# -- going on


def test_each_new_incident_updates() -> None:
    """Each further incident gives a revision; the id and the time of opening stay."""
    life = Life()
    life.meet(*cluster(3))
    first, second = life.alerts
    assert (second.change, second.revision) == (Change.UPDATED, 2)
    assert (second.alert_id, second.opened_at) == (first.alert_id, first.opened_at)
    assert second.incident_count == 3


@pytest.mark.parametrize(
    "change,told",
    [
        ({"status": Status.INTERCEPTED}, True),
        ({"threat_type": ThreatType.INTRUSION}, True),
        ({"independent_sources": 2}, True),
        ({"independent_sources": 1, "mentions": 5}, False),
        ({"last_reported_at": at(30)}, False),
    ],
)
def test_only_what_matters_updates(change: dict[str, Any], told: bool) -> None:
    """A further report updates the alert when it tells something else, not when it repeats."""
    life = Life()
    life.meet(*cluster(2))
    before = len(life.alerts)
    life.meet(exposure("i1", 10, revision=2, credibility=F6, **change))
    assert (len(life.alerts) > before) is told


def test_escalates_with_the_statistic() -> None:
    """The level rises with the statistic; at the same level a further step of the statistic is an escalation too."""
    life = Life(policy=Policy(version="p", detector=DetectorPolicy(alert_days=3000, critical_factor=1.5)))
    life.meet(*cluster(9, every_h=4))
    ranks = [a.level.rank for a in life.alerts]
    assert ranks == sorted(ranks)
    assert life.last.level is Level.CRITICAL
    told = [a for a in life.alerts if a.change in {Change.OPENED, Change.ESCALATED}]
    assert len(told) >= 2
    for one, other in pairwise(told):
        assert one.cluster is not None
        assert other.cluster is not None
        assert other.level.rank > one.level.rank or other.cluster.score_days >= 1.5 * one.cluster.score_days


def test_a_closer_incident_escalates() -> None:
    """The first incident within the inner radius is an escalation, at the same level too."""
    life = Life()
    life.meet(*(exposure(f"i{k}", k * 3.0, km=20, credibility=F6) for k in range(4)))
    level = life.last.level
    life.meet(exposure("near", 80, km=1, credibility=F6))
    assert (life.last.change, life.last.level) == (Change.ESCALATED, level)


def test_a_late_earlier_incident_moves_the_beginning() -> None:
    """An earlier incident that comes late moves `began_at`; the id stays."""
    life = Life()
    life.meet(*cluster(3))
    before = life.last
    life.meet(exposure("early", -20, credibility=F6, last_reported_at=at(21)), reached=at(21))
    assert life.last.began_at == at(-20)
    assert life.last.alert_id == before.alert_id
    assert life.last.updated_at >= before.updated_at


def test_a_facility_of_its_own_budget() -> None:
    """A facility with a smaller budget of false alarms needs more evidence for every level."""
    strict = Policy(version="strict", facilities={SITE: FacilityPolicy(alert_days=36500.0)})
    life = Life(policy=strict)
    life.meet(*cluster(2))
    assert life.alerts == []


def test_a_new_policy_is_named_as_the_reason() -> None:
    """When a new policy judges the same evidence to be less, the alert says that it was the policy."""
    life = Life()
    life.meet(exposure("i", 0, **MISSILE))
    life.policy = Policy(version="calm", severity=SeverityPolicy(alert=60))
    life.meet(exposure("j", 1, km=20, p=0.3, credibility=F6))
    assert (life.last.change, life.last.level) == (Change.DOWNGRADED, Level.WATCH)
    assert life.last.reason == "judged by policy calm instead of test-1"


def test_a_facility_that_is_switched_off() -> None:
    """Nothing is detected for a facility that the policy switched off, and an open alert is cancelled."""
    off = Policy(version="off", facilities={SITE: FacilityPolicy(off=True)})
    assert Life(policy=off).meet(exposure("i", 0, **MISSILE)).outcome is Outcome.IGNORED
    life = Life()
    life.meet(exposure("i", 0, **MISSILE))
    life.policy = off
    life.pass_time(1)
    assert life.last.state is AlertState.CANCELLED
    assert "switched this facility off" in (life.last.reason or "")


def test_a_removed_facility_cancels() -> None:
    """The alert of a facility that is watched over no more is cancelled with the reason, under its last known name."""
    life = Life()
    life.meet(exposure("i", 0, **MISSILE))
    life.facilities = ()
    life.pass_time(1)
    assert (life.last.state, life.last.facility.name) == (AlertState.CANCELLED, "Harbour Base")
    assert life.last.reason == FACILITY_REMOVED


@pytest.mark.parametrize(
    "known, reason, told",
    [
        pytest.param((), NO_LONGER_WATCHED, FACILITY_REMOVED, id="taken off the list"),
        pytest.param((), "a reason of another version", FACILITY_REMOVED, id="known here alone"),
        pytest.param((BASE,), NO_LONGER_WATCHED, FACILITY_REMOVED, id="the stage before has the list already"),
        pytest.param((), ANOTHER_SITE, ANOTHER_SITE, id="joined with another"),
        pytest.param((BASE,), ANOTHER_SITE, ANOTHER_SITE, id="joined, says the stage before"),
    ],
)
def test_the_end_of_the_watch_is_no_change_of_evidence(known: tuple[Facility, ...], reason: str, told: str) -> None:
    """When a site is watched over no more, its alert ends at once and says so: its incidents stand as they did."""
    life = Life()
    life.meet(*(exposure(name, 100 + n, **MISSILE) for n, name in enumerate("abc")))
    said = len(life.alerts)
    life.facilities = known
    for n, name in enumerate("cab"):
        gone = exposure(name, 100 + n, revision=2, withdrawn=True, **MISSILE)
        life.meet(gone.model_copy(update={"reason": reason}))
    (cancelled,) = life.alerts[said:]
    assert (cancelled.change, cancelled.level, cancelled.reason) == (Change.CANCELLED, Level.CRITICAL, told)
    assert "vidence" not in cancelled.explanation + cancelled.headline
    life.facilities = (BASE,)
    life.meet(exposure("a", 100, revision=3, **MISSILE))
    assert (life.last.change, life.last.alert_id) == (Change.REOPENED, cancelled.alert_id)


def test_switched_off_while_evidence_goes() -> None:
    """A facility that the policy leaves out is told of in the same way."""
    life = Life()
    life.meet(exposure("i", 0, **MISSILE))
    life.policy = Policy(version="off", facilities={SITE: FacilityPolicy(off=True)})
    life.meet(exposure("i", 0, revision=2, withdrawn=True, **MISSILE))
    assert (life.last.state, life.last.reason) == (AlertState.CANCELLED, SWITCHED_OFF)


def test_an_unknown_facility_is_ignored() -> None:
    """An exposure of a site that nobody watches over leaves nothing."""
    step = Life(facilities=()).meet(exposure("i", 0, **MISSILE))
    assert (step.outcome, dict(step.rows), step.after_rows) == (Outcome.IGNORED, {}, ())


# -- withdrawal


def test_withdrawing_everything_cancels() -> None:
    """When all its evidence is withdrawn, the alert is cancelled, with the reason, and not deleted."""
    life = Life()
    life.meet(exposure("i", 0, **MISSILE), exposure("i", 0, revision=2, withdrawn=True, **MISSILE))
    assert (life.last.change, life.last.state, life.last.revision) == (Change.CANCELLED, AlertState.CANCELLED, 2)
    assert life.last.reason == "evidence withdrawn: the report was retracted"
    assert life.last.ended_at == life.last.updated_at
    assert (life.last.incidents, life.last.incident_count) == ((), 0)


def test_withdrawing_a_part_downgrades() -> None:
    """When what is left warrants less, the alert is downgraded, "evidence withdrawn"."""
    life = Life()
    life.meet(*(exposure(name, 100 + n, **MISSILE) for n, name in enumerate("abc")))
    assert life.last.level is Level.CRITICAL
    life.meet(exposure("c", 102, revision=2, withdrawn=True, **MISSILE))
    assert (life.last.change, life.last.level) == (Change.DOWNGRADED, Level.ALERT)
    assert life.last.reason == "evidence withdrawn: the report was retracted"
    assert life.last.explanation.startswith("Downgraded to alert. Evidence withdrawn")


def test_withdrawing_what_changes_no_level_is_told() -> None:
    """An incident that is withdrawn leaves the alert also when the level stays, and the alert says so."""
    life = Life()
    life.meet(*cluster(7, every_h=3))
    life.meet(exposure("i6", 18, revision=2, withdrawn=True, credibility=F6))
    assert (life.last.change, life.last.incident_count) == (Change.UPDATED, 6)
    assert (life.last.reason or "").startswith("evidence withdrawn")


def test_withdrawn_before_it_was_known() -> None:
    """A withdrawal that comes before what it withdraws is remembered: the incident says nothing any more."""
    life = Life()
    assert life.meet(exposure("i", 0, revision=2, withdrawn=True, **MISSILE)).outcome is Outcome.WITHDRAWN
    assert life.meet(exposure("i", 0, **MISSILE)).outcome is Outcome.REPEATED
    assert life.alerts == []


# -- duplicates, crashes, lateness


def test_a_replay_changes_nothing() -> None:
    """What was applied and sent already changes nothing and sends nothing."""
    life = Life()
    life.meet(*cluster(3))
    row, told = life.row, len(life.outputs)
    for e in cluster(3):
        assert life.meet(e).outcome is Outcome.REPEATED
    assert (life.row, len(life.outputs)) == (row, told)


def test_an_older_revision_is_ignored() -> None:
    """An older revision of an incident that comes after a newer one changes nothing."""
    life = Life()
    life.meet(exposure("i", 0, revision=2))
    assert life.meet(exposure("i", 0, revision=1, **MISSILE)).outcome is Outcome.REPEATED
    assert life.alerts == []


def test_the_outbox_survives_a_crash() -> None:
    """A revision that may not have been sent is sent again with the same content, and with the next one in order."""
    life = Life()
    life.meet(exposure("i0", 0, credibility=F6))
    step = episode.step(life.row, exposure("i1", 10, credibility=F6), None, at(10), (BASE,), POLICY)
    (row,) = step.rows.values()
    assert row is not None
    assert [(o.stream, o.key) for o in step.after_rows] == [
        (ALERTS, step.after_rows[0].key),
        (ALERTS_CURRENT, step.after_rows[0].key),
    ]
    assert episode.unsent(row) == step.after_rows
    replayed = episode.step(row, exposure("i1", 10, credibility=F6), None, at(10), (BASE,), POLICY)
    assert (replayed.outcome, replayed.after_rows) == (Outcome.REPEATED, step.after_rows)
    assert list(replayed.rows.values()) == [row]
    late = exposure("i0", 0, revision=2, credibility=F6, status=Status.INTERCEPTED)
    following = episode.step(row, late, None, at(11), (BASE,), POLICY)
    assert following.after_rows[:2] == step.after_rows
    assert [o.record.revision for o in following.after_rows if isinstance(o.record, Alert)] == [1, 1, 2, 2]


def test_sent_empties_the_outbox() -> None:
    """A row whose outbox was sent has none, and is otherwise the same."""
    life = Life()
    step = life.meet(exposure("i", 0, **MISSILE))
    (row,) = step.rows.values()
    assert row is not None
    emptied = episode.sent(row)
    assert emptied is not None
    assert episode.unsent(emptied) == ()
    assert decode(emptied) == replace(decode(row), outbox=())
    assert episode.sent(emptied) is None


def test_late_incidents_go_to_the_baseline_only() -> None:
    """What is later than the lateness raises no alert, is counted once, and raises what is usual."""
    life = Life()
    late = exposure("old", -24 * 9, **MISSILE)
    assert life.meet(late, reached=at(0)).outcome is Outcome.LATE
    assert life.meet(late, reached=at(0)).outcome is Outcome.REPEATED
    assert life.alerts == []
    assert life.meet(exposure("new", 0, **MISSILE), reached=at(0)).outcome is Outcome.ALERTED
    assert [i.incident.incident_id for i in life.last.incidents] == ["new"]


def test_what_was_reported_too_late_is_late_also_before_the_first_tick() -> None:
    """An incident first told of later than the lateness is late, also when it is not known how far time has come."""
    e = exposure("old", -24 * 9, first_reported_at=at(0), last_reported_at=at(0), **MISSILE)
    assert Life().meet(e).outcome is Outcome.LATE


@pytest.mark.parametrize(
    "row,message",
    [
        (b'{"v":0,"due":null,"x":1}', "version 0, this program reads version 1"),
        (b"not json", "corrupt"),
        (b'{"v":1,"due":null,"site":"x"}', "corrupt"),
        (b"{}", "corrupt"),
        (b'{"v":1,"due":null,"site":"x","traffic":"actual","detector":null,"evidence":[]}', "corrupt"),
    ],
)
def test_rows_that_cannot_be_read(row: bytes, message: str) -> None:
    """A row of another version, or a corrupt one, is an error that says so, never misread."""
    with pytest.raises(RowError, match=message):
        episode.step(row, exposure("i", 0), None, at(0), (BASE,), POLICY)


def test_what_falls_every_day_does_not_add_up_to_critical_for_good() -> None:
    """At a place that is shelled all the time severity speaks of the worst, and a grave incident is still a call."""
    life = Life()
    shelling: dict[str, Any] = {"threat_type": ThreatType.MORTAR_ARTILLERY, "credibility": F6, "km": 2.0}
    for n in range(6 * 40):
        life.meet(exposure(f"m{n:03}", 4.0 * n, **shelling))
        life.pass_time(4.0 * n + 3, since_h=4.0 * n, every_h=3)
    assert life.last.state is not AlertState.OPEN
    assert life.meet(exposure("hit", 961, **MISSILE)).outcome is Outcome.ALERTED
    assert (life.last.level, life.last.path) == (Level.ALERT, AlertPath.SEVERITY)
    assert life.last.grave.score == pytest.approx(55, abs=15)


def test_a_row_of_a_newer_version_is_left_alone() -> None:
    """What a newer version wrote is not this one's to judge: the worker ends."""
    with pytest.raises(NewerStateError, match="version 2, this program reads version 1"):
        episode.step(b'{"v":2,"due":null,"x":1}', exposure("i", 0), None, at(0), (BASE,), POLICY)


def test_a_dispute_is_news() -> None:
    """When others deny an incident of an alert, a new revision says so and by whom, and the row stays small."""
    life = Life()
    life.meet(*cluster(2))
    (said,) = incident("i1", 10).testimony
    denied = said.model_copy(update={"quote": "It was thunder. " * 40})
    life.meet(exposure("i1", 10, revision=2, credibility=F6, disputed_by=(denied,) * 6))
    assert life.last.change is Change.UPDATED
    assert "disputed by field office" in life.last.explanation
    shown = next(i.incident for i in life.last.incidents if i.incident.incident_id == "i1")
    assert [len(t.quote) for t in shown.disputed_by] == [240, 240]


def test_a_statistic_of_an_earlier_version_is_rebuilt() -> None:
    """A row whose statistic an earlier version wrote goes on from its evidence, with the same level."""
    life, plain = Life(), Life()
    life.meet(*cluster(3))
    plain.meet(*cluster(4))
    assert life.row is not None
    stored = orjson.loads(life.row)
    stored["detector"]["v"] = 0
    life.row = orjson.dumps(stored)
    life.pass_time(21, since_h=20)
    life.meet(cluster(4)[-1])
    assert life.last.cluster == plain.last.cluster


def test_a_statistic_of_a_newer_version_is_left_alone() -> None:
    """A row whose statistic a newer version wrote is not this one's to rebuild: the worker ends."""
    life = Life()
    life.meet(*cluster(3))
    assert life.row is not None
    stored = orjson.loads(life.row)
    stored["detector"]["v"] = 99
    life.row = orjson.dumps(stored)
    with pytest.raises(NewerStateError, match="version 99"):
        life.meet(cluster(4)[-1])


# -- time


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


# -- size


def test_a_quiet_row_is_small() -> None:
    """The row of a site that sees little takes about 2 kB."""
    life = Life()
    life.meet(*(big(f"incident-{k}", k * 24.0 * 30) for k in range(12)))
    assert life.row is not None
    assert len(life.row) < 3_000


def test_a_hot_row_is_bounded() -> None:
    """The row of a site under siege does not grow without end, outbox included."""
    life = Life()
    sizes: list[int] = []
    for k in range(160):
        step = life.meet(big(f"incident-{k}", k * 1.5), reached=at(k * 1.5))
        sizes.extend(len(row) for row in step.rows.values() if row is not None)
    assert max(sizes) < 30_000
    assert max(sizes[-20:]) < 1.2 * max(sizes[-60:-40])
    assert life.last.incident_count > len(life.last.incidents)


def big(name: str, hours: float) -> Exposure:
    """Return an incident that many reports tell of at length."""
    plain = incident(name, hours)
    testimony = tuple(
        plain.testimony[0].model_copy(update={"mention_id": f"{name}/{n}", "quote": f"{name} {n} " + "word " * 110})
        for n in range(12)
    )
    return exposure(name, hours, km=12, credibility=F6, testimony=testimony)


def test_quotes_are_cut_not_lost() -> None:
    """An alert embeds a few quotes of its incidents, cut with a mark when they are long."""
    life = Life()
    life.meet(big("a", 0), big("b", 5))
    (quote, *_rest) = [t.quote for i in life.last.incidents for t in i.incident.testimony]
    assert quote.endswith("…")
    assert len(quote) <= 240


def test_alerts_are_valid_records() -> None:
    """Every revision reads back as it was written."""
    life = Life()
    life.meet(*cluster(5), exposure("m", 45, **MISSILE))
    life.pass_time(500, since_h=46, every_h=6)
    for alert in life.alerts:
        assert Alert.model_validate_json(alert.to_json()) == alert


def test_now_is_the_ingest_time_not_the_clock() -> None:
    """The same events at the same ingest times give the same rows and revisions, whenever they are processed."""

    def rows(reached: datetime | None) -> tuple[bytes | None, list[Alert]]:
        life = Life()
        life.meet(*cluster(4), reached=reached)
        return life.row, life.alerts

    assert rows(None) == rows(None)
    assert all(a.updated_at <= at(30) + timedelta(seconds=5) for a in rows(at(400))[1])
