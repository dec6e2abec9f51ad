"""A topic from any point to now and on: all partitions by ourselves, or shared with the members of a consumer group.

TopicError      the topic is missing, or the broker cannot be reached or refuses us
"""

import logging
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType
from typing import Final, NamedTuple, Self

from kafka import KafkaAdminClient, KafkaConsumer, TopicPartition
from kafka.errors import KafkaError
from kafka.structs import OffsetAndMetadata

from alerts.handshake import HandshakeError, greet
from alerts.header_names import unpack_any_header_name
from schemas.connection import Connection

_BOOTSTRAP_TIMEOUT_MS = 10_000
_STALLED_S = 30.0


class TopicError(Exception):
    """A topic cannot be read; the message says why and what to do."""


_AWAY_S: Final = 0.5


class Message(NamedTuple):
    """A record as it lies in Kafka."""

    topic: str
    partition: int
    offset: int
    timestamp_ms: int
    key: bytes | None
    value: bytes | None
    headers: list[tuple[str, bytes]]


class Tail:
    """All partitions of a topic, read without a group: nothing is committed, nobody else is disturbed.

    Starts at the end; `to_beginning`, `to_last` and `to_instant` move it.

    Raises
    ------
    TopicError
        The topic is missing, or the broker cannot be reached.
    """

    def __init__(self, connection: Connection, topic: str) -> None:
        self._topic = topic
        count = partition_count(connection, topic)
        self._all = [TopicPartition(topic, number) for number in range(count)]
        self._consumer = _consumer(connection, None)
        self._consumer.assign(self._all)
        self.to_end()

    @property
    def partitions(self) -> int:
        """How many partitions the topic has."""
        return len(self._all)

    @property
    def count(self) -> int:
        """How many offsets lie between the oldest record and the newest."""
        begins = self._begins()
        return sum(end - begins[tp] for tp, end in self._ends().items())

    def to_beginning(self) -> None:
        """Go to the oldest records."""
        self._seek(self._begins())

    def to_end(self) -> None:
        """Go behind the newest records, as they are now."""
        self._seek(self._ends())

    def to_last(self, count: int) -> bool:
        """Go to the last `count` offsets of each partition; return whether that is the beginning of all of them."""
        begins, ends = self._begins(), self._ends()
        self._seek({tp: max(begins[tp], ends[tp] - count) for tp in self._all})
        return all(ends[tp] - count <= begins[tp] for tp in self._all)

    def to_instant(self, instant: datetime) -> None:
        """Go to the first records whose timestamp is not before an instant."""
        self._seek(self._at(instant))

    def until_now(self) -> Iterator[Message]:
        """Yield what lies between here and the end as it is when iteration begins, and what came along with it.

        Raises
        ------
        TopicError
            The broker stopped answering.
        """
        for messages in self.batches_until_now():
            yield from messages

    def batches_until_now(self) -> Iterator[list[Message]]:
        """Yield the same as it comes, a batch at a time: whoever stops between two has lost nothing."""
        yield from self._batches(self._ends())

    def poll(self, timeout_s: float) -> list[Message]:
        """Return what has come, waiting at most so long for the first."""
        return _polled(self._consumer, self._topic, timeout_s)

    def done(self, message: Message) -> None:
        """Nothing to commit: without a group nobody remembers."""

    def close(self) -> None:
        """Close the connections."""
        self._consumer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _batches(self, ends: Mapping[TopicPartition, int]) -> Iterator[list[Message]]:
        moved = time.monotonic()
        while open_ := [tp for tp, end in ends.items() if self._consumer.position(tp) < end]:
            messages = self.poll(1.0)
            if messages:
                moved = time.monotonic()
                yield messages
            elif time.monotonic() - moved > _STALLED_S:
                raise TopicError(
                    f"{self._topic} cannot be read to its end: nothing has come of partition {open_[0].partition} for "
                    f"{_STALLED_S:.0f} s"
                )

    def _at(self, instant: datetime) -> dict[TopicPartition, int]:
        """The offsets of the first records whose timestamp is not before an instant."""
        at_ms = max(0, int(instant.timestamp() * 1000))
        with _told(self._topic):
            found = self._consumer.offsets_for_times(dict.fromkeys(self._all, at_ms))
        ends = {} if all(found.get(tp) for tp in self._all) else self._ends()
        return {tp: at.offset if (at := found.get(tp)) else ends[tp] for tp in self._all}

    def _begins(self) -> dict[TopicPartition, int]:
        with _told(self._topic):
            return dict(self._consumer.beginning_offsets(self._all))

    def _ends(self) -> dict[TopicPartition, int]:
        with _told(self._topic):
            return dict(self._consumer.end_offsets(self._all))

    def _seek(self, offsets: Mapping[TopicPartition, int]) -> None:
        for tp, offset in offsets.items():
            self._consumer.seek(tp, offset)


class GroupTail:
    """A share of a topic, as a member of a consumer group that remembers what is done.

    Raises
    ------
    TopicError
        The topic is missing, or the broker cannot be reached.
    """

    def __init__(self, connection: Connection, topic: str, group: str, *, from_beginning: bool) -> None:
        self._topic = topic
        partition_count(connection, topic)
        first = "earliest" if from_beginning else "latest"
        self._consumer = _consumer(connection, group, first)
        self._consumer.subscribe([topic])
        self._begun: frozenset[TopicPartition] = frozenset()
        self._first: dict[TopicPartition, int] = {}
        """Where what came of a partition begins, until that is committed."""

    def poll(self, timeout_s: float) -> list[Message]:
        """Return what has come, waiting at most so long for the first; nothing while the broker is away."""
        try:
            messages = _polled(self._consumer, self._topic, timeout_s)
        except TopicError as e:
            if not _passes(e):
                raise
            time.sleep(min(timeout_s, _AWAY_S))
            return []
        try:
            self._begin(messages)
        except TopicError as e:  # what has come is told in any case; it is tried again with the next
            if not _passes(e):
                raise
        return messages

    def done(self, message: Message) -> None:
        """Commit: this message and those before it in its partition are dealt with; later, while the broker is away."""
        self._commit(TopicPartition(message.topic, message.partition), message.offset + 1)

    def _begin(self, messages: Iterable[Message]) -> None:
        """Commit where the group begins in a partition in which it has no commit yet.

        Whoever takes the partition over, or comes again, goes on from there: it would begin at the end once more, and
        what came in between would be told to nobody.
        """
        held = frozenset(self._consumer.assignment())
        new = held - self._begun
        for message in messages if new else ():
            self._first.setdefault(TopicPartition(message.topic, message.partition), message.offset)
        for tp in new:
            with _told(self._topic):
                if self._consumer.committed(tp) is None:
                    self._commit(tp, self._first.get(tp, self._consumer.position(tp)))
        self._begun, self._first = held, {}

    def _commit(self, tp: TopicPartition, offset: int) -> None:
        try:
            with _told(self._topic):
                self._consumer.commit({tp: OffsetAndMetadata(offset, "", -1)})
        except TopicError as e:
            if not _passes(e):
                raise

    def close(self) -> None:
        """Leave the group."""
        self._consumer.close()


def partition_count(connection: Connection, topic: str) -> int:
    """Return how many partitions a topic has.

    An admin client asks: the consumer would fetch the metadata of all topics of the cluster, and wait without a limit.

    Raises
    ------
    TopicError
        It is missing, or the broker cannot be reached.
    """
    try:
        greet(connection)
    except HandshakeError as e:
        raise TopicError(f"no broker takes us: {e}") from e
    with _connecting(connection):
        admin = KafkaAdminClient(
            **connection.kafka_python(),
            client_id="tocsin",
            bootstrap_timeout_ms=_BOOTSTRAP_TIMEOUT_MS,
            request_timeout_ms=_BOOTSTRAP_TIMEOUT_MS,
        )
    try:
        with _told(topic):
            count = sum(len(t["partitions"]) for t in admin.describe_topics([topic]) if t["error_code"] == 0)
    finally:
        admin.close()
    if not count:
        raise TopicError(
            f"there is no topic {topic} on {connection.bootstrap} that we may see: check the namespace (--namespace)"
        )
    return count


def _consumer(connection: Connection, group: str | None, first: str = "latest") -> KafkaConsumer:
    unpack_any_header_name()
    with _connecting(connection):
        return KafkaConsumer(
            **connection.kafka_python(),
            client_id="tocsin",
            enable_auto_commit=False,
            allow_auto_create_topics=False,
            bootstrap_timeout_ms=_BOOTSTRAP_TIMEOUT_MS,
            group_id=group,
            auto_offset_reset=first,
        )


@contextmanager
def _connecting(connection: Connection) -> Iterator[None]:
    # The clients retry and log for themselves; what matters comes as an exception, told once and in our words.
    logging.getLogger("kafka").setLevel(logging.CRITICAL)
    try:
        yield
    except KafkaError as e:
        raise TopicError(f"no Kafka answers at {connection.bootstrap} over {connection.security_protocol} ({e})") from e


def _polled(consumer: KafkaConsumer, topic: str, timeout_s: float) -> list[Message]:
    with _told(topic):
        batches = consumer.poll(timeout_ms=int(timeout_s * 1000))
    return [
        Message(r.topic, r.partition, r.offset, r.timestamp, r.key, r.value, list(r.headers))
        for batch in batches.values()
        for r in batch
    ]


def _passes(error: TopicError) -> bool:
    """Whether an error is one that passes, as a broker comes back: without a group the client waits by itself."""
    return isinstance(error.__cause__, KafkaError) and bool(error.__cause__.retriable)


@contextmanager
def _told(topic: str) -> Iterator[None]:
    try:
        yield
    except KafkaError as e:
        raise TopicError(f"{topic} cannot be read: {e}") from e
