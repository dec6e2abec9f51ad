"""Where an action goes: to the stage that holds what it acts on; pure."""

from datetime import datetime

from schemas.action import Action, ActionResult
from schemas.outcome import Outcome, Output, Step
from schemas.policy import Policy
from schemas.taxonomy import Verdict
from schemas.topics import ACTIONS, EXPOSURES, MENTIONS
from streams.gazetteer import Gazetteer


def admit(action: Action, now: datetime, gazetteer: Gazetteer, policy: Policy) -> Step[bytes]:
    """Send an action on an incident to its theatre, one on an alert to its site; refuse it where neither is known.

    Parameters
    ----------
    action
        As an operator submitted it.
    now
        When it was ingested.
    gazetteer, policy
        Know the site and the theatre of its facility.
    """
    facility = gazetteer.by_id.get(action.facility_id)
    if facility is None:
        refused = ActionResult(
            action_id=action.action_id,
            facility_id=action.facility_id,
            verdict=Verdict.REFUSED,
            reason=f"facility {action.facility_id} is not known here: `tocsin facilities list` shows those that are",
            alert_id=action.alert_id,
            at=now,
            traffic=action.traffic,
        )
        return Step(Outcome.REFUSED, (Output(ACTIONS, action.facility_id, refused),))
    if action.kind.on_incident:
        return Step(Outcome.FORWARDED, (Output(MENTIONS, policy.theatre_of(facility.country), action),))
    site_id = gazetteer.site_of(facility.id) or facility.id
    return Step(Outcome.FORWARDED, (Output(EXPOSURES, site_id, action),))
