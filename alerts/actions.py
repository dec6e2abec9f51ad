"""What operators do to an alert: acknowledge, note, dismiss, silence, resolve; each applied once, or refused.

An action that comes before its alert is held, and decided when the alert is raised or its time is up. Dismissing and
resolving rest on what the operator saw: when the alert has said something new of the threat since, they are refused.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from alerts.revise import Here, revise
from alerts.site import Episode, Held, Site
from schemas.action import Action, ActionResult
from schemas.alert import Acknowledgement, Note
from schemas.outcome import Outcome
from schemas.taxonomy import ActionKind, AlertState, Change, Verdict

REMEMBERED = 50
"""Decided actions that a row remembers by id."""
MAX_HELD = 10
"""Held actions of a row; operators do not act so often on an alert that is not there."""
MAX_NOTES = 20
_NOTES_CHARACTERS = 6000


def take(site: Site, action: Action, here: Here) -> tuple[Outcome, Site]:
    """Apply, hold or refuse an action."""
    if action.action_id in site.done or any(h.action.action_id == action.action_id for h in site.held):
        return Outcome.REPEATED, site
    e = site.episode
    if action.kind not in _EFFECTS:
        reason = f"{action.kind.value} is no action on an alert"
        return Outcome.REFUSED, _decided(site, action, Verdict.REFUSED, reason, here)
    if e is None or e.alert_id != action.alert_id:
        return _hold(site, action, here)
    if objection := _objection(e, action, here.at):
        return Outcome.REFUSED, _decided(site, action, Verdict.REFUSED, objection, here)
    return Outcome.APPLIED, _applied(site, e, action, here)


def release(site: Site, here: Here) -> Site:
    """Decide the held actions whose alert is there now."""
    e = site.episode
    for held in site.held if e is not None else ():
        if e is not None and held.action.alert_id == e.alert_id:
            site = replace(site, held=tuple(h for h in site.held if h is not held))
            _, site = take(site, held.action, here)
    return site


def expire(site: Site, here: Here) -> Site:
    """Refuse the held actions whose time is up."""
    for held in site.held:
        if held.until <= here.at:
            site = replace(site, held=tuple(h for h in site.held if h is not held))
            reason = (
                f"alert {held.action.alert_id} is not known here, and was not raised in the time the action was held"
            )
            site = _decided(site, held.action, Verdict.REFUSED, reason, here)
    return site


def _hold(site: Site, action: Action, here: Here) -> tuple[Outcome, Site]:
    if len(site.held) >= MAX_HELD:
        reason = f"{MAX_HELD} actions are held for this site already, and alert {action.alert_id} is not known here"
        return Outcome.REFUSED, _decided(site, action, Verdict.REFUSED, reason, here)
    hours = here.policy.episode.hold_action_h
    held = replace(site, held=(*site.held, Held(action, here.at + timedelta(hours=hours))))
    reason = f"alert {action.alert_id} is not known here yet: held for {hours:g} h"
    result = _result(action, Verdict.HELD, reason, here, None)
    return Outcome.HELD, replace(held, outbox=(*held.outbox, result))


def _objection(e: Episode, action: Action, at: datetime) -> str | None:
    """Why an action cannot be applied."""
    if not e.is_open and action.kind is not ActionKind.NOTE:
        return f"the alert is not open any more: {e.state.value.replace('_', ' ')}"
    if action.seen_revision is not None and action.seen_revision > e.revision:
        return f"revision {action.seen_revision} does not exist: the alert is at revision {e.revision}"
    if action.kind is ActionKind.SILENCE and action.until is not None and action.until <= at:
        return f"{action.until:%Y-%m-%d %H:%MZ} is past: a silence ends later than it begins"
    if action.kind in (ActionKind.DISMISS, ActionKind.RESOLVE) and (action.seen_revision or 0) < e.material:
        return (
            f"it rests on revision {action.seen_revision}, and revision {e.material} said something new since: "
            f"look at revision {e.revision} and decide again"
        )
    return None


def _applied(site: Site, e: Episode, action: Action, here: Here) -> Site:
    change, effect = _EFFECTS[action.kind]
    new = effect(e, action, here)
    if not new.is_open and e.is_open:
        site = replace(site, evidence={i: replace(v, spent=True) for i, v in site.evidence.items()})
    site = revise(site, _noted(new, action), change, here, reason=action.note, by=action.by)
    return _decided(site, action, Verdict.APPLIED, _DONE[action.kind] + _taken_over(e, action), here)


def _taken_over(e: Episode, action: Action) -> str:
    """From whom an acknowledgement takes an alert over; both believe that they deal with it."""
    before = e.acknowledged
    if action.kind is not ActionKind.ACKNOWLEDGE or before is None or before.by == action.by:
        return ""
    return f"; it was taken on by {before.by} at {before.at:%Y-%m-%d %H:%MZ} before"


def _acknowledge(e: Episode, action: Action, _here: Here) -> Episode:
    seen = action.seen_revision or e.revision
    return replace(e, acknowledged=Acknowledgement(by=action.by, at=action.at, revision=seen))


def _note(e: Episode, _action: Action, _here: Here) -> Episode:
    return e


def _silence(e: Episode, action: Action, _here: Here) -> Episode:
    return replace(e, silenced_until=action.until)


def _resolve(e: Episode, _action: Action, here: Here) -> Episode:
    return replace(e, state=AlertState.RESOLVED, ended_at=here.at, low_since=None)


def _dismiss(e: Episode, action: Action, here: Here) -> Episode:
    """Dismissed as no threat: only a much stronger cluster, or a grave incident, opens it again."""
    from_days = e.told_days * here.policy.detector.critical_factor
    return replace(_resolve(e, action, here), reopens_from_days=from_days)


_EFFECTS: dict[ActionKind, tuple[Change, Callable[[Episode, Action, Here], Episode]]] = {
    ActionKind.ACKNOWLEDGE: (Change.ACKNOWLEDGED, _acknowledge),
    ActionKind.NOTE: (Change.NOTED, _note),
    ActionKind.DISMISS: (Change.DISMISSED, _dismiss),
    ActionKind.SILENCE: (Change.SILENCED, _silence),
    ActionKind.RESOLVE: (Change.RESOLVED, _resolve),
}
_DONE = {
    ActionKind.ACKNOWLEDGE: "acknowledged",
    ActionKind.NOTE: "noted",
    ActionKind.DISMISS: "dismissed",
    ActionKind.SILENCE: "silenced",
    ActionKind.RESOLVE: "resolved",
}


def _noted(e: Episode, action: Action) -> Episode:
    """The episode with what the operator said; the oldest notes go when all are longer than a row should hold."""
    if not action.note:
        return e
    notes = (*e.notes, Note(by=action.by, at=action.at, text=action.note))[-MAX_NOTES:]
    while len(notes) > 1 and sum(len(n.text) for n in notes) > _NOTES_CHARACTERS:
        notes = notes[1:]
    return replace(e, notes=notes)


def _decided(site: Site, action: Action, verdict: Verdict, reason: str, here: Here) -> Site:
    revision = site.episode.revision if site.episode is not None and verdict is Verdict.APPLIED else None
    result = _result(action, verdict, reason, here, revision)
    done = (*site.done, action.action_id)[-REMEMBERED:]
    return replace(site, done=done, outbox=(*site.outbox, result))


def _result(action: Action, verdict: Verdict, reason: str, here: Here, revision: int | None) -> ActionResult:
    return ActionResult(
        action_id=action.action_id,
        facility_id=action.facility_id,
        verdict=verdict,
        reason=reason,
        alert_id=action.alert_id,
        alert_revision=revision,
        at=here.at,
        traffic=action.traffic,
    )
