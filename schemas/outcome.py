"""What a stage makes of one input: the records it leads to, and exactly one outcome with its reason.

Every stage is a pure step `step(state, event, reference) -> Step`: no I/O, no clock, no globals. The shell decodes,
calls, sends, stores and counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Generic, TypeVar

from schemas.record import Record
from schemas.topics import Stream

State = TypeVar("State")


class NewerStateError(ValueError):
    """What is remembered was written by a newer version of the program: this one must not go on with it."""


class Outcome(StrEnum):
    """What became of an input; counted, one for each."""

    MENTIONS = "mentions"
    """A report that tells of incidents."""
    QUIET = "quiet"
    """A report that tells of none."""
    SET_ASIDE = "set_aside"
    """A report with passages that look like incidents and are none."""
    UNSUPPORTED_LANGUAGE = "unsupported_language"
    """A report in a language that is not read."""
    SOURCE_OFF = "source_off"
    """A report of a source that the policy switched off."""
    FOUNDED = "founded"
    """A mention that founded an incident."""
    JOINED = "joined"
    """A mention that joined an incident."""
    REPEATED = "repeated"
    """Seen before: nothing changed, the same records were sent again."""
    WITHDRAWN = "withdrawn"
    """Something was taken back."""
    HELD = "held"
    """Kept until what it speaks of comes."""
    LATE = "late"
    """Later than the lateness: counted to the baseline only."""
    COUNTED = "counted"
    """An exposure that changed a site's state and no alert."""
    ALERTED = "alerted"
    """An input that led to a revision of an alert."""
    FORWARDED = "forwarded"
    """Sent on to the stage that it is for."""
    APPLIED = "applied"
    """An action that took effect."""
    REFUSED = "refused"
    """An action that was refused, with its reason published."""
    IGNORED = "ignored"
    """Not for this stage, or of no consequence."""
    TICK = "tick"
    """Time passed."""
    TOMBSTONE = "tombstone"
    """A record without a value."""
    DEAD_LETTER = "dead_letter"
    """Could not be processed: its original bytes are in the dead-letter topic."""


class StageName(StrEnum):
    """The stages of the route, in order, and the one beside it."""

    READ = "read"
    """Reports to mentions."""
    FUSE = "fuse"
    """Mentions to incidents and exposures."""
    WATCH = "watch"
    """Exposures to alerts."""
    ADMIT = "admit"
    """Actions of operators, checked and sent to the stage that they are for."""


class DeadLetterReason(StrEnum):
    """Why a record could not be processed; header of the dead letter and metric label."""

    EMPTY = "empty"
    """No bytes at all, where a tombstone has no value."""
    MALFORMED_JSON = "malformed_json"
    """Not UTF-8, or not JSON."""
    WRONG_SCHEMA = "wrong_schema"
    """JSON that is not what its type promises."""
    UNKNOWN_TYPE = "unknown_type"
    """A `ce_type` that this topic does not carry."""
    NEWER_MAJOR = "newer_major"
    """A later major version of the contract than this worker reads."""
    FUTURE = "future"
    """Published later than it arrived, by more than clocks differ."""
    UNVERIFIED = "unverified"
    """In the name of a source, or of a worker, that signs, without its signature."""
    TOO_MANY_REVISIONS = "too_many_revisions"
    """More texts under one report id than are told apart."""
    STEP_FAILED = "step_failed"
    """The stage itself failed on it, again and again: a defect."""
    OUTPUT_TOO_LARGE = "output_too_large"
    """It led to a record that the broker would not take."""


_ALWAYS = (Outcome.REPEATED, Outcome.IGNORED, Outcome.TOMBSTONE, Outcome.DEAD_LETTER)
OUTCOMES: Final[Mapping[str, tuple[Outcome, ...]]] = MappingProxyType(
    {
        StageName.READ: (
            Outcome.MENTIONS,
            Outcome.QUIET,
            Outcome.SET_ASIDE,
            Outcome.UNSUPPORTED_LANGUAGE,
            Outcome.SOURCE_OFF,
            Outcome.WITHDRAWN,
            Outcome.TICK,
            *_ALWAYS,
        ),
        StageName.FUSE: (
            Outcome.FOUNDED,
            Outcome.JOINED,
            Outcome.WITHDRAWN,
            Outcome.HELD,
            Outcome.LATE,
            Outcome.APPLIED,
            Outcome.REFUSED,
            Outcome.TICK,
            *_ALWAYS,
        ),
        StageName.WATCH: (
            Outcome.COUNTED,
            Outcome.ALERTED,
            Outcome.WITHDRAWN,
            Outcome.HELD,
            Outcome.LATE,
            Outcome.APPLIED,
            Outcome.REFUSED,
            Outcome.TICK,
            *_ALWAYS,
        ),
        StageName.ADMIT: (Outcome.FORWARDED, Outcome.REFUSED, *_ALWAYS),
    }
)
"""What can become of the inputs of each stage."""


@dataclass(frozen=True, slots=True)
class Output:
    """A record on its way to a topic."""

    stream: Stream
    key: str
    record: Record | None
    """None is a tombstone: the key is forgotten."""
    partition: int | None = None
    """Where it must go; None leaves it to the key."""


@dataclass(frozen=True, slots=True)
class Step(Generic[State]):
    """What a pure step returns.

    `rows` are the table rows to write, by key; None deletes a row. Rows that are left out stay as they are.
    """

    outcome: Outcome
    outputs: tuple[Output, ...] = ()
    rows: Mapping[str, State | None] = field(default_factory=dict)
    after_rows: tuple[Output, ...] = ()
    """Outputs that people act on: sent only once the rows are safe (the outbox)."""
    reason: str = ""
    """A word on the outcome, from a closed list of the stage: a metric label."""
