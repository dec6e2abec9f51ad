"""What operators do to an alert, and what becomes of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from alerts.notify import notify_at
from schemas.alert import AlertFacility
from schemas.outcome import Outcome
from schemas.policy import DetectorPolicy, Policy, QuietHours, Silence
from schemas.taxonomy import ActionKind, AlertState, Change, FacilityKind, Level, Status, Traffic, Verdict
from schemas.topics import ACTIONS
from tests.unit.alert_life import F6, MISSILE, SITE, Life, action, at, exposure

EXTRA: dict[ActionKind, dict[str, Any]] = {
    ActionKind.ACKNOWLEDGE: {"seen_revision": 1},
    ActionKind.NOTE: {"note": "seen from the gate"},
    ActionKind.DISMISS: {"note": "a drill", "seen_revision": 1},
    ActionKind.SILENCE: {"until": at(12)},
    ActionKind.RESOLVE: {"seen_revision": 1},
}


def opened() -> Life:
    """Return a site with an alert."""
    life = Life()
    life.meet(exposure("m", 0, **MISSILE))
    return life


@pytest.mark.parametrize(
    "kind,change,state",
    [
        (ActionKind.ACKNOWLEDGE, Change.ACKNOWLEDGED, AlertState.OPEN),
        (ActionKind.NOTE, Change.NOTED, AlertState.OPEN),
        (ActionKind.SILENCE, Change.SILENCED, AlertState.OPEN),
        (ActionKind.DISMISS, Change.DISMISSED, AlertState.RESOLVED),
        (ActionKind.RESOLVE, Change.RESOLVED, AlertState.RESOLVED),
    ],
)
def test_applied(kind: ActionKind, change: Change, state: AlertState) -> None:
    """An action gives a revision that says what was done and by whom, and a result that points to it."""
    life = opened()
    assert life.meet(action(kind, life.last.alert_id, 0.2, **EXTRA[kind])).outcome is Outcome.APPLIED
    assert (life.last.change, life.last.state, life.last.revision) == (change, state, 2)
    assert "duty officer" in life.last.explanation
    (result,) = life.results
    assert (result.verdict, result.alert_revision, result.facility_id) == (Verdict.APPLIED, 2, SITE)
    assert life.outputs[-1].stream is ACTIONS
    assert life.outputs[-1].key == SITE


@pytest.mark.parametrize("kind", list(EXTRA))
def test_applied_once(kind: ActionKind) -> None:
    """The same action id is applied once, before and after everything else."""
    life = opened()
    deed = action(kind, life.last.alert_id, 0.2, **EXTRA[kind])
    life.meet(deed)
    told, row = len(life.outputs), life.row
    assert life.meet(deed).outcome is Outcome.REPEATED
    assert (len(life.outputs), life.row) == (told, row)


def test_what_is_kept_of_them() -> None:
    """Acknowledgement, notes and silence stand in all later revisions."""
    life = opened()
    alert_id = life.last.alert_id
    life.meet(
        action(ActionKind.ACKNOWLEDGE, alert_id, 0.1, seen_revision=1, note="mine"),
        action(ActionKind.NOTE, alert_id, 0.2, note="seen from the gate"),
        action(ActionKind.SILENCE, alert_id, 0.3, until=at(12)),
        exposure("i", 1, credibility=F6),
    )
    assert life.last.change is Change.UPDATED
    assert life.last.acknowledged is not None
    assert (life.last.acknowledged.by, life.last.acknowledged.revision) == ("duty officer", 1)
    assert [n.text for n in life.last.notes] == ["mine", "seen from the gate"]
    assert life.last.silenced_until == at(12)


def test_an_acknowledged_alert_is_not_neglected() -> None:
    """Whoever acknowledges in time is not reminded; a louder level calls people again."""
    life = opened()
    life.meet(action(ActionKind.ACKNOWLEDGE, life.last.alert_id, 0.2, seen_revision=1))
    life.pass_time(10, every_h=0.25)
    assert Change.UNACKNOWLEDGED not in {a.change for a in life.alerts}
    life.meet(exposure("n", 11, **MISSILE), exposure("o", 11.1, **MISSILE))
    assert (life.last.level, life.last.acknowledged) == (Level.CRITICAL, None)
    life.pass_time(14, since_h=11.2, every_h=0.25)
    assert life.last.change is Change.UNACKNOWLEDGED


@pytest.mark.parametrize("kind", [ActionKind.DISMISS, ActionKind.RESOLVE])
def test_refused_when_overtaken(kind: ActionKind) -> None:
    """Ending an alert that has said something new since is refused, with the reason and the revision to look at."""
    life = opened()
    alert_id = life.last.alert_id
    life.meet(exposure("m", 0, revision=2, status=Status.INTERCEPTED, **MISSILE))
    life.meet(action(kind, alert_id, 1, **EXTRA[kind]))
    assert life.results[-1].verdict is Verdict.REFUSED
    assert "rests on revision 1" in life.results[-1].reason
    assert life.last.state is AlertState.OPEN
    assert life.meet(action(kind, alert_id, 2, **{**EXTRA[kind], "seen_revision": 2})).outcome is Outcome.APPLIED


@pytest.mark.parametrize("kind", [ActionKind.DISMISS, ActionKind.RESOLVE])
def test_what_people_did_overtakes_nothing(kind: ActionKind) -> None:
    """A note, an acknowledgement or a reminder between does not stand in the way of ending the alert."""
    life = opened()
    life.pass_time(1, every_h=0.25)
    life.meet(action(ActionKind.NOTE, life.last.alert_id, 1.1, note="looking into it"))
    assert life.last.revision == 3
    assert life.meet(action(kind, life.last.alert_id, 1.2, **EXTRA[kind])).outcome is Outcome.APPLIED


@pytest.mark.parametrize("kind,applies", [(k, k is ActionKind.NOTE) for k in EXTRA])
def test_an_ended_alert_takes_notes_only(kind: ActionKind, applies: bool) -> None:
    """After the end only notes are taken; the others are refused with the reason."""
    life = opened()
    life.pass_time(80)
    assert life.last.state is AlertState.ALL_CLEAR
    extra = {**EXTRA[kind], **({"seen_revision": life.last.revision} if "seen_revision" in EXTRA[kind] else {})}
    life.meet(action(kind, life.last.alert_id, 81, **extra))
    assert (life.results[-1].verdict is Verdict.APPLIED) is applies
    assert applies or "not open any more: all clear" in life.results[-1].reason


def test_refused_beyond_the_last_revision() -> None:
    """A revision that does not exist cannot have been seen."""
    life = opened()
    life.meet(action(ActionKind.RESOLVE, life.last.alert_id, 1, seen_revision=7))
    assert "revision 7 does not exist" in life.results[-1].reason


def test_a_silence_that_is_over_is_refused() -> None:
    """It would silence nothing, and take the place of one that does."""
    life = opened()
    deed = action(ActionKind.SILENCE, life.last.alert_id, 0.2, until=at(0.1))
    assert life.meet(deed).outcome is Outcome.REFUSED
    assert life.last.revision == 1
    assert "is past" in life.results[-1].reason


def test_who_takes_an_alert_over_is_told_from_whom() -> None:
    """Two who both believe that they deal with it learn of one another; the same one again is no news."""
    life = opened()
    told = []
    for n, by in enumerate(("one", "two", "two")):
        deed = action(ActionKind.ACKNOWLEDGE, life.last.alert_id, 0.2 + n / 10, seen_revision=1)
        life.meet(deed.model_copy(update={"by": by, "action_id": f"a-{n}"}))
        told.append(life.results[-1].reason)
    assert (told[0], told[2]) == ("acknowledged", "acknowledged")
    assert told[1].startswith("acknowledged; it was taken on by one at ")


def test_actions_on_incidents_are_none_here() -> None:
    """An action that is not about an alert is refused."""
    life = opened()
    merge = action(ActionKind.MERGE, life.last.alert_id, 1, incident_id="a", other_incident_id="b")
    assert life.meet(merge).outcome is Outcome.REFUSED


def test_held_until_its_alert_comes() -> None:
    """An action that comes before its alert is held, says so, and is applied when the alert is raised."""
    alert_id = opened().last.alert_id
    life = Life()
    early = action(ActionKind.ACKNOWLEDGE, alert_id, 0, seen_revision=1)
    assert life.meet(early).outcome is Outcome.HELD
    assert life.meet(early).outcome is Outcome.REPEATED
    life.meet(exposure("m", 0, **MISSILE))
    assert [r.verdict for r in life.results] == [Verdict.HELD, Verdict.APPLIED]
    assert [a.change for a in life.alerts] == [Change.OPENED, Change.ACKNOWLEDGED]


def test_held_for_a_day() -> None:
    """A held action whose alert does not come within the policy's time is refused with the reason, once."""
    life = Life()
    life.meet(action(ActionKind.ACKNOWLEDGE, "alr-nowhere", 0, seen_revision=1))
    life.pass_time(23.9)
    assert [r.verdict for r in life.results] == [Verdict.HELD]
    life.pass_time(60, since_h=23.9)
    assert [r.verdict for r in life.results] == [Verdict.HELD, Verdict.REFUSED]
    assert "alr-nowhere is not known here" in life.results[-1].reason


def test_a_flood_of_early_actions_is_refused() -> None:
    """More early actions than a row should hold are refused at once."""
    life = Life()
    for n in range(30):
        life.meet(action(ActionKind.NOTE, f"alr-{n}", n / 10, note="x" * 2000))
    assert [r.verdict for r in life.results].count(Verdict.HELD) == 10
    assert life.results[-1].verdict is Verdict.REFUSED


def test_notes_are_bounded() -> None:
    """The oldest notes leave the row when there are more than it should hold."""
    life = opened()
    for n in range(40):
        life.meet(action(ActionKind.NOTE, life.last.alert_id, 1 + n / 10, note=f"{n} " + "x" * 900))
    assert life.last.notes[-1].text.startswith("39 ")
    assert sum(len(n.text) for n in life.last.notes) <= 6000


def test_resolved_reopens_with_the_next_incident() -> None:
    """Whoever resolves an alert is contradicted by the next incident that warrants one."""
    life = opened()
    life.meet(action(ActionKind.RESOLVE, life.last.alert_id, 1, seen_revision=1))
    life.meet(exposure("n", 2, **MISSILE))
    assert (life.last.change, life.last.state) == (Change.REOPENED, AlertState.OPEN)


def test_dismissed_reopens_only_for_much_more() -> None:
    """A dismissed cluster is not raised again by one more trifle, but by much stronger evidence or a grave incident."""
    life = Life()
    life.meet(*(exposure(f"i{k}", k * 10.0, credibility=F6) for k in range(3)))
    revision = life.last.revision
    life.meet(action(ActionKind.DISMISS, life.last.alert_id, 21, note="blasting in the quarry", seen_revision=revision))
    life.meet(exposure("i3", 30, km=20, credibility=F6))
    assert life.last.state is AlertState.RESOLVED
    life.meet(exposure("m", 31, **MISSILE))
    assert (life.last.change, life.last.state) == (Change.REOPENED, AlertState.OPEN)
    again = Life(policy=Policy(version="p", detector=DetectorPolicy(critical_factor=2)))
    again.meet(*(exposure(f"i{k}", k * 10.0, credibility=F6) for k in range(2)))
    again.meet(action(ActionKind.DISMISS, again.last.alert_id, 21, note="quarry", seen_revision=again.last.revision))
    again.meet(*(exposure(f"j{k}", 22.0 + k, credibility=F6) for k in range(5)))
    assert again.last.state is AlertState.OPEN


def test_traffic_keeps_actions_apart() -> None:
    """An action of exercise traffic does not touch a real alert."""
    life = opened()
    exercise = Life()
    exercise.meet(action(ActionKind.RESOLVE, life.last.alert_id, 1, seen_revision=1, traffic=Traffic.EXERCISE))
    assert exercise.results[-1].verdict is Verdict.HELD
    assert exercise.results[-1].traffic is Traffic.EXERCISE


# -- when people are told

PLACE = AlertFacility(
    facility_id=SITE, name="Harbour Base", kind=FacilityKind.MILITARY_BASE, country="IQ", lat=33.3, lon=44.4
)
NIGHT = QuietHours(start="22:00", end="06:00", up_to=Level.ALERT)


def local(hour: int, minute: int = 0, day: int = 3) -> datetime:
    """Return an instant by the clock on the wall in Baghdad, which is three hours ahead of UTC."""
    return datetime(2031, 3, day, hour, minute, tzinfo=UTC) - timedelta(hours=3)


@pytest.mark.parametrize(
    "now,level,told",
    [
        (local(21, 59), Level.ALERT, local(21, 59)),
        (local(22), Level.ALERT, local(6, day=4)),
        (local(23, 30), Level.WATCH, local(6, day=4)),
        (local(2), Level.ALERT, local(6)),
        (local(6), Level.ALERT, local(6)),
        (local(23, 30), Level.CRITICAL, local(23, 30)),
    ],
)
def test_quiet_hours(now: datetime, level: Level, told: datetime) -> None:
    """In quiet hours, by the clock of the place, lower levels wait until the hours end; graver ones do not."""
    policy = Policy(quiet_hours=(NIGHT,))
    assert notify_at(now, level, PLACE, [SITE], None, policy) == told


def test_quiet_hours_that_follow_one_another() -> None:
    """When the end of one silence lies in another, the later end counts."""
    siesta = QuietHours(start="05:30", end="09:00", up_to=Level.ALERT)
    policy = Policy(quiet_hours=(NIGHT, siesta))
    assert notify_at(local(23), Level.ALERT, PLACE, [SITE], None, policy) == local(9, day=4)
    assert notify_at(local(12), Level.ALERT, PLACE, [SITE], local(23), policy) == local(9, day=4)


def test_quiet_hours_of_another_facility() -> None:
    """Quiet hours and silences of one facility leave the others alone."""
    policy = Policy(
        quiet_hours=(NIGHT.model_copy(update={"facility_id": "other"}),),
        silences=(Silence(facility_id="other", until=local(12, day=9)),),
    )
    assert notify_at(local(23), Level.WATCH, PLACE, [SITE], None, policy) == local(23)


def test_what_a_silenced_source_alone_tells_calls_nobody() -> None:
    """It is found and published as before, and told when the silence ends; another source's word is told at once."""
    policy = Policy(version="s", silences=(Silence(source="Field Office", until=at(9)),))
    life = Life(policy=policy)
    life.meet(exposure("i", 0, **MISSILE))
    assert (life.last.updated_at, life.last.notify_at) == (at(0), at(9))
    life.meet(exposure("i", 0, revision=2, independent_sources=2, **MISSILE))
    assert life.last.notify_at == life.last.updated_at < at(9)


def test_a_silence_names_a_facility_or_a_source() -> None:
    """One of the two, never both or none."""
    with pytest.raises(ValidationError, match="either facility_id or source"):
        Silence(until=at(9))
    with pytest.raises(ValidationError, match="either facility_id or source"):
        Silence(facility_id=SITE, source="Gate log", until=at(9))


def test_silence_moves_the_telling_not_the_finding() -> None:
    """A silenced facility is watched as before: the revision is made at once, and told when the silence ends."""
    life = Life(policy=Policy(version="s", silences=(Silence(facility_id=SITE, until=at(9)),)))
    life.meet(exposure("m", 0, **MISSILE))
    assert (life.last.updated_at, life.last.notify_at) == (at(0), at(9))
    life.pass_time(9.25, every_h=0.25)
    assert [a.change for a in life.alerts] == [Change.OPENED]
    life.pass_time(10, since_h=9.25, every_h=0.25)
    assert life.last.change is Change.UNACKNOWLEDGED


def test_silencing_an_alert() -> None:
    """After an operator's silence, later revisions are told when it ends; a critical one too, since a human said so."""
    life = opened()
    life.meet(action(ActionKind.SILENCE, life.last.alert_id, 0.1, until=at(5)))
    life.meet(exposure("n", 1, **MISSILE), exposure("o", 2, **MISSILE))
    assert (life.last.level, life.last.notify_at) == (Level.CRITICAL, at(5))
