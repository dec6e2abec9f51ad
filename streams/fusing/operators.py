"""What operators do to incidents: merge, split, retarget; decided here, carried out by the step. Their word stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from schemas.action import Action, ActionResult
from schemas.outcome import Output
from schemas.taxonomy import ActionKind, Verdict
from schemas.topics import ACTIONS
from streams.fusing.holdings import Holdings
from streams.fusing.rows import IncidentRow, Ruling
from streams.gazetteer import Gazetteer

ANCHORS: Final = 5
"""So many mentions of each incident are put together: a correction of one does not undo a merge."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of an action, and why."""

    verdict: Verdict
    reason: str
    rulings: tuple[Ruling, ...] = ()
    target: str | None = None


def decide(action: Action, held: Holdings, gazetteer: Gazetteer) -> Decision:
    """Decide on an action: apply, hold until its incident comes, or refuse."""
    row = held.rows.get(action.incident_id or "")
    if not action.kind.on_incident:
        return _refuse(f"{action.kind.value} acts on an alert, not on an incident")
    if row is None:
        return Decision(Verdict.HELD, f"incident {action.incident_id} is not known here (yet)")
    if action.action_id in row.actions:
        return Decision(Verdict.APPLIED, "applied before")
    if not row.accounts or row.accounts[0].traffic != action.traffic.value or not row.standing:
        return _refuse(f"incident {row.incident_id} is {row.state.value}, or of other traffic")
    if action.seen_revision is not None and action.seen_revision < row.revision:
        return _refuse(f"it rests on revision {action.seen_revision}; revision {row.revision} says more: look again")
    match action.kind:
        case ActionKind.MERGE:
            return _merge(action, row, held)
        case ActionKind.SPLIT:
            return _split(action, row, held)
        case _:
            return _retarget(action, gazetteer)


def result(action: Action, decision: Decision, at: datetime) -> Output:
    """Return the record of what became of an action."""
    told = ActionResult(
        action_id=action.action_id,
        facility_id=action.facility_id,
        verdict=decision.verdict,
        reason=decision.reason,
        at=at,
        traffic=action.traffic,
    )
    return Output(ACTIONS, action.facility_id, told)


def _merge(action: Action, row: IncidentRow, held: Holdings) -> Decision:
    other = held.rows.get(action.other_incident_id or "")
    if other is None:
        return Decision(Verdict.HELD, f"incident {action.other_incident_id} is not known here (yet)")
    if other is row or not other.standing or other.accounts[0].traffic != row.accounts[0].traffic:
        return _refuse(f"incident {other.incident_id} is {other.state.value}, the same one, or of other traffic")
    ones, others = (tuple(a.mention_id for a in r.accounts[:ANCHORS]) for r in (row, other))
    ruling = Ruling(action.action_id, together=True, ones=ones, others=others)
    return Decision(Verdict.APPLIED, f"one with {other.incident_id}", (ruling,))


def _split(action: Action, row: IncidentRow, held: Holdings) -> Decision:
    all_of_it = {a.mention_id for a in row.accounts}
    ones = tuple(sorted(set(action.mention_ids)))
    rest = tuple(sorted(all_of_it - set(ones)))
    if any(held.account(m) is None or held.incident_of(m) != row.incident_id for m in ones):
        return _refuse(f"not all of these mentions are of incident {row.incident_id}: look again")
    if not rest:
        return _refuse("that would leave nothing: name some of its mentions, not all")
    together = Ruling(action.action_id, together=True, ones=ones, others=ones)
    apart = Ruling(action.action_id, together=False, ones=ones, others=rest)
    return Decision(Verdict.APPLIED, f"{len(ones)} of its mentions are an incident of their own", (together, apart))


def _retarget(action: Action, gazetteer: Gazetteer) -> Decision:
    if action.target_facility_id not in gazetteer.by_id:
        return _refuse(f"facility {action.target_facility_id} is not watched over")
    return Decision(Verdict.APPLIED, f"{action.target_facility_id} was meant", target=action.target_facility_id)


def _refuse(reason: str) -> Decision:
    return Decision(Verdict.REFUSED, reason)
