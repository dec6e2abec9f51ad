"""The life of an alert, event by event: it opens, goes on, and is taken back."""

from itertools import pairwise
from typing import Any

import pytest

from alerts import episode
from alerts.explain import FACILITY_REMOVED, SWITCHED_OFF
from schemas.exposure import ANOTHER_SITE, NO_LONGER_WATCHED
from schemas.facility import Facility
from schemas.outcome import Outcome
from schemas.policy import DetectorPolicy, FacilityPolicy, Policy, SeverityPolicy
from schemas.taxonomy import AlertPath, AlertState, Change, Level, Status, ThreatType, Traffic
from schemas.topics import alert_streams
from tests.unit.alert_life import BASE, F6, MISSILE, POLICY, SITE, Life, at, cluster, exposure, incident


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


def test_a_new_policy_is_no_reason_where_it_judges_alike() -> None:
    """What a correction takes away is not put down to a policy that was published in between."""
    life = Life()
    life.meet(exposure("i", 0, **MISSILE))
    life.policy = Policy(version="other", sources_off=("Coral Wire",))
    life.meet(exposure("i", 0, withdrawn=True, revision=2, **MISSILE))
    assert life.last.change is Change.CANCELLED
    assert life.last.reason is not None
    assert life.last.reason.startswith("evidence withdrawn")


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
