"""Proves from the topics alone that every input of a span of time was answered, record by record.

    inputs:  reports   ──▶  answers: readings, mentions                 or a dead letter
             mentions  ──▶           incidents, exposures, actions      or a dead letter, or a withdrawal
             actions   ──▶           exposures, mentions, actions       or a dead letter

What a stage writes carries the place of its input, and which part of the answer it is. Answers carry the timestamp of
their input, so that both are read side by side in slices of time: memory does not grow with the span. Only what a
worker has committed counts: the rest is still in flight.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from alerts.tail import Message
from schemas.action import ActionResult
from schemas.connection import Connection
from schemas.mention import Denial, Withdrawal
from schemas.report import Tick
from schemas.topics import ACTIONS, EXPOSURES, INCIDENTS, MENTIONS, READINGS, REPORTS, Stream
from streams.admin import Admin
from streams.desk.ledger import Ledger, parse_mark
from streams.desk.letters import Letter, Mark, MarkKind, Place, open_letter
from streams.desk.past import Past
from streams.envelope import CAUSE, PART
from streams.topology import app_id

SLICE: Final = 20_000
"""So many inputs are held at a time; most are ticks where it is quiet, and a slice without others costs no more."""
MOST_MISSING: Final = 200_000
"""With more than so many unanswered inputs the audit stops: something is wrong altogether."""
_AROUND: Final = timedelta(milliseconds=2)
"""Timestamps are carried as floating point seconds, and may differ in the last millisecond."""


class AuditError(Exception):
    """There is nothing that could be audited, or far too much is missing; the message says which."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One stage's inputs and what it answers them with."""

    inputs: Stream
    answers: tuple[Stream, ...]
    unanswered: frozenset[bytes]
    """Types that a stage may take in without saying anything."""

    @property
    def kept(self) -> timedelta:
        """For how long nothing of an answer is deleted for its age, nor compacted away."""
        return timedelta(days=min(s.whole_d or s.retention_d or 0 for s in self.answers))


LEGS: Final = (
    Leg(REPORTS, (READINGS, MENTIONS), frozenset({Tick.ce_type.encode()})),
    Leg(
        MENTIONS,
        (INCIDENTS, EXPOSURES, ACTIONS),
        frozenset({Tick.ce_type.encode(), Withdrawal.ce_type.encode(), Denial.ce_type.encode()}),
    ),
    Leg(ACTIONS, (EXPOSURES, MENTIONS, ACTIONS), frozenset({ActionResult.ce_type.encode()})),
)


@dataclass(frozen=True, slots=True)
class Missing:
    """An input that was dealt with, and whose answer is not there or not complete."""

    topic: str
    partition: int
    offset: int
    record_id: str
    found: int
    """How many records of its answer are there."""
    parts: int
    """Of how many; 0 where nothing is there at all."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the inputs of one topic fared."""

    topic: str
    since: datetime
    until: datetime
    inputs: int
    answered: int
    dead_letters: int
    withdrawn: int
    """Mentions that had been taken back before they came: nothing is said about such."""
    in_flight: int
    """Not committed yet: they will be met again, whatever was done about them."""
    records: Mapping[str, int]
    """Records of answers that were read, by topic, repetitions included."""
    unmarked: int
    """Records that do not say what they answer: written by an earlier version, or not by a stage."""
    missing: tuple[Missing, ...]


Progress = Callable[[int, int], None]
"""Told how many records were read, and of how many, as they become known."""


def audit(
    connection: Connection,
    namespace: str,
    since: datetime,
    until: datetime,
    progress: Progress = lambda _read, _total: None,
) -> Iterator[Verdict]:
    """Audit a namespace, stage by stage.

    Parameters
    ----------
    connection, namespace
        Where.
    since, until
        Ingest times of the inputs, half open; what is older than answers are kept is left out.
    progress
        Hears how it goes.

    Raises
    ------
    TopicError
        A topic is missing, or the broker cannot be reached.
    AuditError
        Far too much is missing.
    """
    for leg in LEGS:
        kept_since = datetime.now(tz=UTC) - leg.kept
        yield _Audit(leg, connection, namespace, max(since, kept_since), until, progress).run()


class _Audit:
    """The audit of one stage."""

    def __init__(
        self,
        leg: Leg,
        connection: Connection,
        namespace: str,
        since: datetime,
        until: datetime,
        progress: Progress,
    ) -> None:
        self._leg = leg
        self._connection = connection
        self._namespace = namespace
        self._since = since
        self._until = until
        self._progress = progress
        self._topic = leg.inputs.topic(namespace)
        self._dead = leg.inputs.dead_letters(namespace)
        self._ledger = Ledger()
        self._records: Counter[str] = Counter()
        self._in_flight = self._unmarked = self._read = self._total = 0

    def run(self) -> Verdict:
        ledger = self._ledger
        committed = self._committed()  # before anything is read: what was committed was delivered
        with ExitStack() as stack:
            inputs = stack.enter_context(Past(self._connection, self._topic))
            topics = [*(s.topic(self._namespace) for s in self._leg.answers), self._dead]
            tails = [stack.enter_context(Past(self._connection, topic)) for topic in topics]
            self._total = sum(tail.between(self._since, self._until) for tail in (inputs, *tails))
            for begin, end in inputs.slices(self._since, self._until, SLICE):
                self._expect(inputs, begin, end, committed)
                for tail in tails if ledger.open else ():
                    self._collect(tail, begin - _AROUND, end + _AROUND)
                if len(ledger.open) > MOST_MISSING:
                    raise AuditError(
                        f"over {MOST_MISSING:,} records of {self._topic} have no answer; those up to "
                        f"{end:%Y-%m-%d %H:%MZ} were looked at: take a shorter span to have them named"
                    )
            if ledger.open:  # their answers may lie anywhere behind: a worker lagged far, or did its work again
                for tail in tails:
                    self._collect(tail, self._since - _AROUND, None, again=True)
            withdrawn = self._take_out_withdrawn(inputs) if self._leg.inputs is MENTIONS and ledger.open else 0
        return Verdict(
            topic=self._topic,
            since=self._since,
            until=self._until,
            inputs=ledger.inputs + self._in_flight,
            answered=ledger.answered,
            dead_letters=ledger.dead,
            withdrawn=withdrawn,
            in_flight=self._in_flight,
            records=dict(self._records),
            unmarked=self._unmarked,
            missing=tuple(
                Missing(self._topic, place.partition, place.offset, awaited.record_id, *awaited.best)
                for place, awaited in ledger.in_order()
            ),
        )

    def _committed(self) -> dict[int, int]:
        with Admin(self._connection) as admin:
            lag = admin.lag(app_id(self._namespace), [self._topic])
        return {tp.partition: offset for tp, offset in lag.committed.items()}

    def _expect(self, inputs: Past, begin: datetime, end: datetime, committed: Mapping[int, int]) -> None:
        since_ms = self._since.timestamp() * 1000
        for message in self._counted(inputs.stretch(begin, end)):
            headers = dict(message.headers)
            silent = message.value is None or headers.get("ce_type") in self._leg.unanswered
            if silent or message.timestamp_ms < since_ms:
                continue
            if message.offset >= committed.get(message.partition, 0):
                self._in_flight += 1
                continue
            record_id = (headers.get("ce_id") or message.key or b"").decode(errors="replace")
            self._ledger.expect(Place(message.partition, message.offset), record_id)

    def _collect(self, tail: Past, begin: datetime, end: datetime | None, *, again: bool = False) -> None:
        for message in self._counted(tail.stretch(begin, end)):
            if message.topic == self._dead:
                for place in _buried(message, self._topic):
                    self._ledger.bury(place)
                continue
            headers = dict(message.headers)
            if CAUSE not in headers:
                self._unmarked += not again and headers.get("ce_type") not in self._leg.unanswered
            elif mark := parse_mark(headers[CAUSE], headers.get(PART, b""), self._leg.inputs.name):
                self._records[message.topic] += not again
                self._ledger.answer(*mark)

    def _take_out_withdrawn(self, inputs: Past) -> int:
        """Close the mentions that a withdrawal had taken back; return how many."""
        waiting: dict[str, list[tuple[int, Place]]] = {}
        for place, awaited in self._ledger.open.items():
            report_id, _, number = awaited.record_id.rpartition("/")[0].rpartition("/")
            if number.isdecimal():
                waiting.setdefault(report_id, []).append((int(number), place))
        taken = 0
        for message in self._counted(inputs.everything()):
            if message.value is None or dict(message.headers).get("ce_type") != Withdrawal.ce_type.encode():
                continue
            withdrawal = Withdrawal.model_validate_json(message.value)
            for revision, place in waiting.get(withdrawal.report_id, ()):
                below = withdrawal.below_revision
                if place.partition == message.partition and (below is None or revision < below):
                    taken += self._ledger.open.pop(place, None) is not None
        return taken

    def _counted(self, messages: Iterator[Message]) -> Iterator[Message]:
        for message in messages:
            self._read += 1
            if self._read % 1000 == 0:
                self._progress(self._read, max(self._read, self._total))
            yield message


def _buried(message: Message, topic: str) -> Iterator[Place]:
    """The inputs that a record of the dead-letter topic accounts for."""
    match open_letter(message):
        case Letter(origin=Place() as origin, topic=told) if told == topic:
            yield origin
        case Mark(kind=MarkKind.PURGED, places=places):
            yield from places
