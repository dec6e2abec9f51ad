"""What an operator does to an alert or an incident, and what became of it."""

from datetime import datetime
from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from schemas.record import Id, Instant, Name, Record, Text
from schemas.taxonomy import ActionKind, Traffic, Verdict


class Action(Record):
    """One deed of one operator."""

    ce_type: ClassVar[str] = "tocsin.action.v1"

    action_id: Id
    """Unique; the same id is applied once."""
    kind: ActionKind
    """What is done."""
    facility_id: Id
    """The facility of the alert, or of the incident where it has one: the record's key."""
    alert_id: Id | None = None
    """The alert acted on."""
    incident_id: Id | None = None
    """The incident acted on."""
    by: Name
    """Who acts."""
    at: Instant
    """When."""
    seen_revision: Annotated[int, Field(ge=1)] | None = None
    """The revision the operator saw; required where acting on an overtaken one would be wrong (dismiss, resolve)."""
    note: Text | None = None
    """What the operator says; required for note and dismiss."""
    until: Instant | None = None
    """Until when to be silent; required for silence."""
    other_incident_id: Id | None = None
    """For merge: the incident it is one with."""
    mention_ids: Annotated[tuple[Id, ...], Field(max_length=100)] = ()
    """For split: the mentions that are an incident of their own."""
    target_facility_id: Id | None = None
    """For retarget: the facility that was meant."""
    traffic: Traffic = Traffic.ACTUAL
    """The traffic it belongs to."""

    @model_validator(mode="after")
    def _complete(self) -> "Action":
        needs = {
            ActionKind.NOTE: ("note",),
            ActionKind.DISMISS: ("note", "seen_revision"),
            ActionKind.SILENCE: ("until",),
            ActionKind.RESOLVE: ("seen_revision",),
            ActionKind.MERGE: ("other_incident_id",),
            ActionKind.SPLIT: ("mention_ids",),
            ActionKind.RETARGET: ("target_facility_id",),
        }.get(self.kind, ())
        on = "incident_id" if self.kind.on_incident else "alert_id"
        missing = [field for field in (on, *needs) if not getattr(self, field)]
        if missing:
            raise ValueError(f"{self.kind.value} needs {', '.join(missing)}")
        return self

    @property
    def event_time(self) -> datetime:
        """When it was done."""
        return self.at

    @property
    def record_id(self) -> str:
        """The action's id."""
        return self.action_id


class ActionResult(Record):
    """What became of an action; published beside it."""

    ce_type: ClassVar[str] = "tocsin.action-result.v1"

    action_id: Id
    """The action."""
    facility_id: Id
    """Its facility: the record's key."""
    verdict: Verdict
    """What became of it."""
    reason: Text
    """Why, in a sentence."""
    alert_id: Id | None = None
    """The alert it changed."""
    alert_revision: Annotated[int, Field(ge=1)] | None = None
    """The revision in which the change shows."""
    at: Instant
    """When it was decided, as time passes on the route."""
    traffic: Traffic = Traffic.ACTUAL
    """The traffic it belongs to."""

    @property
    def event_time(self) -> datetime:
        """When it was decided."""
        return self.at

    @property
    def record_id(self) -> str:
        """Action and verdict: held may be followed by applied or refused."""
        return f"{self.action_id}/{self.verdict.value}"
