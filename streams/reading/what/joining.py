"""Joins what the clauses of a sentence tell of one event, and keeps apart what they tell of several."""

from typing import Final

from schemas.taxonomy import Status as S
from schemas.taxonomy import ThreatType as Y
from streams.reading.text import gated as re
from streams.reading.what.cues import Hit
from streams.reading.what.event import Event
from streams.reading.what.kinds import ORDER
from streams.reading.what.outcomes import is_outright
from streams.reading.what.shares import days_apart
from streams.reading.what.stages import kept_off

_THE_SAME: Final = re.compile(r"[\s,;]*(?:and |but )?[Tt]he ([a-z]{4,})\b")
"""A thing of the clause before goes on: "a drone with a cylinder fell; the cylinder leaked"."""
_WHILE: Final = re.compile(r"\s*(?:after|as|when|while|because)\b", re.IGNORECASE)


EXPLODING: Final = frozenset(
    {Y.UAS, Y.MISSILE, Y.ROCKET, Y.MORTAR_ARTILLERY, Y.AIR_STRIKE, Y.IED, Y.VEHICLE_BOMB, Y.SUICIDE_BOMBING, Y.MARITIME}
)
"""What goes off itself, so that a bang told with it is its own."""
ALARMS: Final = frozenset({"siren", "sirens", "alarm", "alarms", "air raid sirens", "alert", "alerts"})
"""What sounds because of a weapon is no event beside it."""
_APART: Final = re.compile(
    r"\b(?:another|second|separate|meanwhile|elsewhere|earlier|later|also|while)\b", re.IGNORECASE
)
"""What goes off with a weapon that was named is its effect, unless it is said to be another."""


def retell(old: Event, new: Event) -> None:
    """Take over what a clause tells that names the weapon."""
    old.type, old.type_hit, old.types = new.type, new.type_hit, new.types
    old.status, old.status_hit, old.end = new.status, new.status_hit, new.end
    old.hits.extend(new.hits)


def separate(body: str, old: Event, new: Event) -> bool:
    """Whether a later clause tells another event."""
    if new.vague or old.vague:
        return False
    if (m := _THE_SAME.match(body, new.start, new.end)) and re.search(
        rf"\b{m[1]}\b", body[old.start : old.end], re.IGNORECASE
    ):
        return False
    if new.type is Y.UNKNOWN_EXPLOSION and old.type in EXPLODING and not _APART.search(body, new.start, new.end):
        return False
    if old.type is Y.UNKNOWN_EXPLOSION and old.type_hit.text in ALARMS and new.type in EXPLODING:
        return False
    if old.type is Y.SMALL_ARMS and _WHILE.match(body, new.start, new.end):
        return False
    if new.of_several or days_apart(body, (old.start, old.end), (new.start, new.end)):
        return True
    if new.type == old.type:
        return re.search(
            r"\b(?:another|second|separate|a day (?:after|before|earlier|later)|also|hours (?:after|before|later|earlier))\b",
            body[new.start : new.end].lower(),
        ) is not None and bool(new.hits)
    return not (
        new.type in (Y.UNKNOWN_EXPLOSION, Y.SMALL_ARMS, Y.OTHER, Y.UNREST, Y.IED, Y.ARSON, Y.GROUND_ASSAULT)
        and not re.search(
            r"\b(?:another|second|separate|a day (?:after|before|earlier|later)|and (?:a|an|two|three|on)|meanwhile|while)\b",
            body[new.start : new.end].lower()[:80],
        )
    )


_STOPPABLE: Final = frozenset(
    {
        Y.UAS,
        Y.MISSILE,
        Y.ROCKET,
        Y.GROUND_ASSAULT,
        Y.INTRUSION,
        Y.KIDNAPPING,
        Y.MARITIME,
        Y.VEHICLE_BOMB,
        Y.SUICIDE_BOMBING,
    }
)


def extend(body: str, event: Event, end: int, hits: list[Hit]) -> None:
    """Add a clause that tells on of an event: it may say that it was stopped."""
    if (
        event.status is S.EXECUTED
        and not is_outright(event.status_hit)
        and (stop := next((h for h in hits if "st_intercepted" in h.classes), None))
        and event.type in _STOPPABLE
    ):
        event.status, event.status_hit = S.INTERCEPTED, stop
    if event.type is Y.MARITIME and event.status is S.EXECUTED and kept_off(body[event.start : end]):
        event.status = S.INTERCEPTED
    event.end = end
    event.hits.extend(hits)


def merge(old: Event, new: Event) -> None:
    """Add what a later clause tells of the same event."""
    if old.vague and not new.vague:
        old.start, old.status, old.status_hit, old.first_act = new.start, new.status, new.status_hit, new.first_act
    if old.type_hit.text in ALARMS and not new.vague:
        old.status, old.status_hit = new.status, new.status_hit
    if old.vague or (ORDER[new.type] < ORDER[old.type] and not new.vague):
        old.type, old.type_hit, old.vague = new.type, new.type_hit, new.vague
    old.types |= new.types
    old.end = new.end
    old.hits.extend(new.hits)
    only_feared = new.status is S.THREATENED and new.vague and not old.vague
    if new.status is not S.EXECUTED and old.status is S.EXECUTED and not only_feared:
        old.status, old.status_hit = new.status, new.status_hit
