"""The dead letters of one stream: counted, shown, replayed once and in order, purged with a trace.

Replaying sends the original, as it was, to the partition that it came in, and then marks its letter. Between the two
lies one batch: whoever is interrupted there sends that batch again, which changes nothing, since ids are functions of
the input.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from heapq import nlargest
from types import TracebackType
from typing import Final, Self

from schemas.connection import Connection
from schemas.topics import Stream
from streams.admin import Admin
from streams.desk.letters import MARK, REPLAY_OF, Letter, LetterFilter, Mark, MarkKind, Place, marks_of, open_letter
from streams.desk.past import Past
from streams.desk.sending import Sender

BATCH: Final = 500
"""Letters that are held, sent and marked together."""
_PLACES_A_MARK: Final = 50_000
_EPOCH: Final = datetime(1980, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Heap:
    """Letters of one stage and reason."""

    stage: str
    reason: str
    count: int
    replayed: int
    referenced: int
    """Those that hold only where the original is."""
    latest_ms: int


@dataclass(slots=True)
class Tally:
    """What became of a replay."""

    sent: int = 0
    already: int = 0
    """Replayed before."""
    doubles: int = 0
    """Second letters of one original, from a worker that was interrupted."""
    gone: list[Letter] = field(default_factory=list)
    """The letter has no original, and its topic no longer has it either."""


@dataclass(slots=True)
class Purge:
    """What a purge would delete."""

    before: dict[int, int] = field(default_factory=dict)
    """Offset by partition: what lies before it goes."""
    letters: int = 0
    never_replayed: int = 0
    kept: int = 0
    """Letters that were meant and stay, since one before them was not: topics are cut from the front."""
    originals: set[Place] = field(default_factory=set)


class Letterbox:
    """The dead letters of a stream; use it as a context manager.

    Raises
    ------
    TopicError
        A topic is missing, or the broker cannot be reached.
    """

    def __init__(self, connection: Connection, namespace: str, stream: Stream) -> None:
        self.topic = stream.dead_letters(namespace)
        self.source = stream.topic(namespace)
        self._letters = Past(connection, self.topic)
        try:
            self._originals = Past(connection, self.source)
        except BaseException:
            self._letters.close()
            raise
        self._marks = marks_of(self._letters.everything())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._letters.close()
        self._originals.close()

    def replayed(self, letter: Letter) -> bool:
        """Whether a letter was replayed."""
        return letter.place in self._marks.replayed

    def letters(self, where: LetterFilter) -> Iterator[Letter]:
        """Yield letters, those of a partition in the order in which they were written."""
        for message in self._letters.everything():
            letter = open_letter(message)
            if isinstance(letter, Letter) and where.admits(letter):
                yield letter

    def latest(self, where: LetterFilter, count: int) -> list[Letter]:
        """Return the letters that were written last, the last one at the end."""
        found = nlargest(count, self.letters(where), key=lambda letter: (letter.written_ms, letter.place))
        return found[::-1]

    def heaps(self, where: LetterFilter) -> list[Heap]:
        """Count letters by stage and reason, most first."""
        count, replayed, referenced = Counter[tuple[str, str]](), Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        latest: dict[tuple[str, str], int] = {}
        for letter in self.letters(where):
            heap = letter.stage, letter.reason
            count[heap] += 1
            replayed[heap] += self.replayed(letter)
            referenced[heap] += not letter.whole
            latest[heap] = max(latest.get(heap, 0), letter.written_ms)
        return [Heap(*heap, n, replayed[heap], referenced[heap], latest[heap]) for heap, n in count.most_common()]

    def replay(
        self, where: LetterFilter, sender: Sender | None, told: Callable[[int], None] = lambda _count: None
    ) -> Tally:
        """Replay letters that were not yet, batch by batch; without a sender only look what would be.

        `told` hears how many letters were looked at.

        Raises
        ------
        SendError
            The broker did not take a record; what was sent before is marked, but for its batch.
        """
        tally, seen = Tally(), set[Place]()
        for batch in self._batches(where):
            done = []
            for letter, value in self._with_originals(batch):
                if self.replayed(letter):
                    tally.already += 1
                elif letter.origin in seen:
                    tally.doubles += 1
                    done.append(letter)
                elif value is None:
                    tally.gone.append(letter)
                    continue
                else:
                    tally.sent += 1
                    done.append(letter)
                    if sender is not None:
                        _send_again(sender, letter, value, self.topic)
                if letter.origin is not None:
                    seen.add(letter.origin)
            if sender is not None and done:
                sender.settle()
                self._mark(sender, MarkKind.REPLAYED, done)
            told(tally.sent + tally.already + tally.doubles + len(tally.gone))
        return tally

    def plan_purge(self, until: datetime | None, *, replayed: bool) -> Purge:
        """Find what can be deleted from the front of each partition: letters before an instant, or replayed ones."""
        purge, stopped = Purge(), set[int]()
        for message in self._letters.everything():
            found = open_letter(message)
            if message.partition in stopped:
                purge.kept += isinstance(found, Letter) and self._meant(found, until, replayed=replayed)
                continue
            if isinstance(found, Mark):
                if found.kind is MarkKind.PURGED:
                    purge.originals.update(found.places)
            elif not self._meant(found, until, replayed=replayed):
                stopped.add(message.partition)
                continue
            else:
                purge.letters += 1
                purge.never_replayed += not self.replayed(found)
                if found.origin is not None:
                    purge.originals.add(found.origin)
            purge.before[message.partition] = message.offset + 1
        begins = self._originals.begins
        purge.originals = {p for p in purge.originals if p.offset >= begins.get(p.partition, 0)}
        return purge

    def purge(self, sender: Sender, admin: Admin, purge: Purge) -> None:
        """Delete what was planned, and leave a trace of it, so that an audit does not take it for lost.

        Raises
        ------
        SendError, AdminError
            The broker refuses.
        """
        originals = sorted(purge.originals)
        partition = min(purge.before, default=0)
        for start in range(0, len(originals), _PLACES_A_MARK):
            _put_mark(sender, self.topic, partition, MarkKind.PURGED, originals[start : start + _PLACES_A_MARK])
        sender.settle()
        admin.delete_before(self.topic, purge.before)

    def _meant(self, letter: Letter, until: datetime | None, *, replayed: bool) -> bool:
        old_enough = until is None or letter.written_ms < until.timestamp() * 1000
        return old_enough and (not replayed or self.replayed(letter))

    def _batches(self, where: LetterFilter) -> Iterator[list[Letter]]:
        since, until = where.since or _EPOCH, where.until or datetime.now(tz=UTC)
        for begin, end in self._letters.slices(since, until, BATCH):
            found = (open_letter(message) for message in self._letters.stretch(begin, end))
            batch = [letter for letter in found if isinstance(letter, Letter) and where.admits(letter)]
            if batch:
                yield sorted(batch, key=lambda letter: (letter.origin or Place(-1, 0), letter.place))

    def _with_originals(self, batch: Sequence[Letter]) -> Iterator[tuple[Letter, bytes | None]]:
        """Yield letters with what is to be sent again, fetched where it came in if the letter does not hold it."""
        wanted = {x.origin for x in batch if not x.whole and x.origin is not None and not self.replayed(x)}
        fetched = {Place(m.partition, m.offset): m.value for m in self._originals.at(wanted)} if wanted else {}
        for letter in batch:
            if letter.origin is None or letter.topic != self.source:
                yield letter, None
            else:
                yield letter, letter.value if letter.whole else fetched.get(letter.origin)

    def _mark(self, sender: Sender, kind: MarkKind, letters: Sequence[Letter]) -> None:
        for partition in sorted({letter.place.partition for letter in letters}):
            places = [letter.place for letter in letters if letter.place.partition == partition]
            _put_mark(sender, self.topic, partition, kind, places)
            self._marks.note(Mark(kind, tuple(places)))
        sender.settle()


def _send_again(sender: Sender, letter: Letter, value: bytes, topic: str) -> None:
    where = f"{topic}/{letter.place.partition}/{letter.place.offset}".encode()
    partition = letter.origin.partition if letter.origin is not None else None
    headers = [*letter.headers, (REPLAY_OF, where)]
    sender.send_bytes(letter.topic, letter.key, value, headers, partition, letter.timestamp_ms)


def _put_mark(sender: Sender, topic: str, partition: int, kind: MarkKind, places: Sequence[Place]) -> None:
    mark = Mark(kind, tuple(places))
    sender.send_bytes(topic, None, mark.to_value(), [(MARK, kind.value.encode())], partition)
