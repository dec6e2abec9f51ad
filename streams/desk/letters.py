"""Dead letters as they lie in their topics, and the marks between them: which were replayed, and which purged.

A mark is a record of the same partition behind the letters that it speaks of, so nothing is ever changed in place:

    letter 0 | letter 1 | letter 2 | replayed: 0, 2 | letter 4 | purged: originals ...
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

import orjson

from alerts.tail import Message

MARK = "dlq_mark"
REPLAY_OF = "dlq_replay_of"
"""Header of a replayed original: where its letter lies."""
_ABOUT = ("topic", "partition", "offset", "timestamp", "stage", "reason", "error", "at", "original")
_HEADERS = frozenset(f"dlq_{name}" for name in _ABOUT)


class Place(NamedTuple):
    """Where a record lies within a topic."""

    partition: int
    offset: int


class MarkKind(StrEnum):
    """What a mark says."""

    REPLAYED = "replayed"
    """Letters of this partition, by offset."""
    PURGED = "purged"
    """Originals whose letters were deleted, by partition and offset of the topic that they came in."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that was done about dead letters."""

    kind: MarkKind
    places: tuple[Place, ...]

    def to_value(self) -> bytes:
        """Write it as the body of a record."""
        by_partition: dict[str, list[int]] = {}
        for partition, offset in sorted(self.places):
            by_partition.setdefault(str(partition), []).append(offset)
        return orjson.dumps(by_partition)


@dataclass(frozen=True, slots=True)
class Letter:
    """A record that could not be processed."""

    place: Place
    """Where the letter lies."""
    written_ms: int
    """When it was written."""
    topic: str
    origin: Place | None
    """Where the original lay; None where the letter does not tell."""
    timestamp_ms: int
    """The original's timestamp."""
    stage: str
    reason: str
    error: str
    """Class and text of the error, one line."""
    whole: bool
    """Whether the original's bytes are in the letter; otherwise only its place is."""
    key: bytes | None
    value: bytes
    headers: tuple[tuple[str, bytes], ...]
    """The original's."""


@dataclass(frozen=True, slots=True)
class LetterFilter:
    """Which letters are meant."""

    reason: str | None = None
    stage: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    """By when the letters were written."""

    def admits(self, letter: Letter) -> bool:
        """Whether a letter is meant."""
        return (
            self.reason in (None, letter.reason)
            and self.stage in (None, letter.stage)
            and (self.since is None or letter.written_ms >= self.since.timestamp() * 1000)
            and (self.until is None or letter.written_ms < self.until.timestamp() * 1000)
        )


@dataclass(slots=True)
class Marks:
    """All marks of a topic of dead letters."""

    replayed: set[Place] = field(default_factory=set)
    purged: set[Place] = field(default_factory=set)

    def note(self, mark: Mark) -> None:
        """Take a mark in."""
        (self.replayed if mark.kind is MarkKind.REPLAYED else self.purged).update(mark.places)


def open_letter(message: Message) -> Letter | Mark:
    """Read a record of a topic of dead letters."""
    about = {name: value or b"" for name, value in message.headers}  # ours stand behind the original's, and win
    if MARK in about:
        return Mark(MarkKind(about[MARK].decode()), tuple(_places(message.value or b"{}")))
    told = {name: about.get(f"dlq_{name}", b"").decode(errors="replace") for name in _ABOUT}
    known = told["partition"].isdecimal() and told["offset"].isdecimal()
    origin = Place(int(told["partition"]), int(told["offset"])) if known else None
    return Letter(
        place=Place(message.partition, message.offset),
        written_ms=message.timestamp_ms,
        topic=told["topic"],
        origin=origin,
        timestamp_ms=int(told["timestamp"]) if told["timestamp"].isdecimal() else message.timestamp_ms,
        stage=told["stage"],
        reason=told["reason"],
        error=told["error"],
        whole=told["original"] != "referenced",
        key=message.key,
        value=message.value or b"",
        headers=tuple(_original_headers(message.headers)),
    )


def marks_of(messages: Iterable[Message]) -> Marks:
    """Collect the marks among the records of a topic of dead letters."""
    marks = Marks()
    for message in messages:
        if any(name == MARK for name, _ in message.headers) and isinstance(mark := open_letter(message), Mark):
            marks.note(mark)
    return marks


def _original_headers(headers: list[tuple[str, bytes]]) -> Iterable[tuple[str, bytes]]:
    """Leave out what the guard added: the last header of each of its names."""
    ours: Mapping[str, int] = {name: at for at, (name, _) in enumerate(headers) if name in _HEADERS}
    return (header for at, header in enumerate(headers) if ours.get(header[0]) != at)


def _places(body: bytes) -> Iterable[Place]:
    for partition, offsets in orjson.loads(body).items():
        yield from (Place(int(partition), offset) for offset in offsets)
