"""What holds through any life of an alert: exposures, ticks, operators and crashes in any mixture."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from alerts import episode
from alerts.site import decode, encode
from schemas.action import Action, ActionResult
from schemas.alert import Alert
from schemas.exposure import Exposure
from schemas.outcome import Output
from schemas.taxonomy import ActionKind, AlertState, Change, Status, ThreatType, Verdict
from tests.unit.alert_life import B2, BASE, F6, POLICY, SITE, action, at, exposure

ENDS = {
    Change.ALL_CLEAR: AlertState.ALL_CLEAR,
    Change.CANCELLED: AlertState.CANCELLED,
    Change.RESOLVED: AlertState.RESOLVED,
    Change.DISMISSED: AlertState.RESOLVED,
}


class Event(NamedTuple):
    """Something that happens so many hours after what happened before it."""

    after_h: float
    kind: str
    incident: int = 0
    grave: bool = False
    crash: str = "none"
    """Whether the process dies: before the row is safe, or before the outbox is sent; and is started again."""


OPENING = Event(1.0, "told", 0, grave=True)
"""Every life begins with an alert: the rest is about what becomes of it."""
DEEDS = [ActionKind.ACKNOWLEDGE, ActionKind.NOTE, ActionKind.DISMISS, ActionKind.SILENCE, ActionKind.RESOLVE]
EVENTS = st.lists(
    st.builds(
        Event,
        st.sampled_from([0.1, 3.0, 30.0, 80.0, 200.0]),
        st.sampled_from(["told", "told", "withdrawn", "tick", "tick", "tick", "late", "merge", *DEEDS]),
        st.integers(0, 4),
        st.booleans(),
        st.sampled_from(["none", "none", "before the row", "before the outbox"]),
    ),
    max_size=25,
).map(lambda events: [OPENING, *events])


@dataclass
class World:
    """The shell around the site, with its crashes: what was stored stays, what was not sent is lost."""

    row: bytes | None = None
    sent: list[Output] = field(default_factory=list)
    done: list[tuple[Exposure | Action | None, datetime]] = field(default_factory=list)

    def meet(self, event: Exposure | Action | None, reached: datetime, crash: str = "none") -> None:
        """Take an event, or a tick; after a crash the last two and this one are met again."""
        self.done.append((event, reached))
        self._take(event, reached, crash)
        if crash != "none":
            for earlier, then in self.done[-3:]:
                self._take(earlier, then, "none")

    def _take(self, event: Exposure | Action | None, reached: datetime, crash: str) -> None:
        if crash == "before the row":
            return
        if event is None:
            step = self.row and episode.tick(self.row, reached, reached, (BASE,), POLICY)
        else:
            step = episode.step(self.row, event, reached, reached, (BASE,), POLICY)
        if not step:
            return
        for row in step.rows.values():
            assert row is not None
            assert encode(decode(row)) == row
            self.row = row
        if crash == "before the outbox":
            return
        self.sent.extend((*step.outputs, *step.after_rows))
        self.row = self.row and (episode.sent(self.row) or self.row)

    @property
    def alerts(self) -> list[Alert]:
        """The revisions as they were sent, repeats among them."""
        return [o.record for o in self.sent if isinstance(o.record, Alert) and o.stream.name == "alerts"]


def live(events: list[Event]) -> World:
    """Return the world after all that."""
    world, hours, revisions = World(), 0.0, dict.fromkeys(range(5), 0)
    for n, e in enumerate(events):
        hours += e.after_h
        threat = ThreatType.MISSILE if e.grave else ThreatType.SURVEILLANCE
        happening: Exposure | Action | None = None
        if e.kind in {"told", "withdrawn", "late"}:
            revisions[e.incident] += 1
            happening = exposure(
                f"i{e.incident}",
                hours - (200 if e.kind == "late" else 1),
                revision=revisions[e.incident],
                withdrawn=e.kind == "withdrawn",
                threat_type=threat,
                status=Status.INTERCEPTED if revisions[e.incident] % 2 else Status.EXECUTED,
                credibility=B2 if e.grave else F6,
                last_reported_at=at(hours),
            )
        elif e.kind != "tick":
            kind = ActionKind(e.kind)
            seen = max(1, (world.alerts[-1].revision if world.alerts else 1) - e.incident // 3)
            extra: dict[str, Any] = {"note": "a note", "until": at(hours + 5), "seen_revision": seen}
            extra |= {"incident_id": "i", "other_incident_id": "j", "mention_ids": ("m",), "target_facility_id": SITE}
            alert_id = world.alerts[-1].alert_id if world.alerts else "alr-unknown"
            happening = action(kind, alert_id, hours, action_id=f"{kind.value}-{n}", **extra)
        world.meet(happening, at(hours), e.crash)
    return world


def unique(alerts: list[Alert]) -> list[Alert]:
    """Return each revision once, in order; repeats must be the same."""
    seen: dict[tuple[str, int], Alert] = {}
    for alert in alerts:
        assert seen.setdefault((alert.alert_id, alert.revision), alert) == alert
    return list(seen.values())


@settings(deadline=None, max_examples=200)
@given(EVENTS)
def test_one_content_ever(events: list[Event]) -> None:
    """(alert id, revision) has one content ever, crashes or not; revisions count up from 1 without a gap."""
    by_id: dict[str, list[int]] = {}
    for alert in unique(live(events).alerts):
        by_id.setdefault(alert.alert_id, []).append(alert.revision)
    for revisions in by_id.values():
        assert revisions == list(range(1, len(revisions) + 1))


@settings(deadline=None, max_examples=200)
@given(EVENTS)
def test_only_lawful_changes(events: list[Event]) -> None:
    """States change as the life has it, levels fall only when evidence did or a new episode began, time never falls."""
    last: dict[str, Alert] = {}
    for alert in unique(live(events).alerts):
        before = last.get(alert.alert_id)
        last[alert.alert_id] = alert
        assert (before is None) == (alert.change is Change.OPENED)
        assert (alert.ended_at is None) == (alert.state is AlertState.OPEN)
        assert alert.began_at <= alert.updated_at <= alert.notify_at
        if alert.change in ENDS:
            assert alert.state is ENDS[alert.change]
        if before is None:
            continue
        assert alert.updated_at >= before.updated_at
        assert (alert.change is Change.REOPENED) == (
            before.state is not AlertState.OPEN and alert.state is AlertState.OPEN
        )
        if alert.level.rank < before.level.rank:
            assert alert.change in {Change.DOWNGRADED, Change.REOPENED}


@settings(deadline=None, max_examples=200)
@given(EVENTS)
def test_every_action_is_decided_once(events: list[Event]) -> None:
    """Each action is applied or refused once, at most after it was held; a repeat says the same."""
    decided: dict[str, dict[Verdict, ActionResult]] = {}
    for output in live(events).sent:
        if isinstance(result := output.record, ActionResult):
            verdicts = decided.setdefault(result.action_id, {})
            assert verdicts.setdefault(result.verdict, result) == result
    for verdicts in decided.values():
        assert len(set(verdicts) - {Verdict.HELD}) <= 1
