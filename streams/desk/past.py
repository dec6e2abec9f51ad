"""A topic's past: counted and cut by time, read by stretches of it, and fetched by place.

It reads with aiokafka, on an event loop in a thread of its own: compiled, it takes records in several times as fast as
kafka-python, only from the partitions that it is asked for, and fetches on while what it gave is worked on.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Coroutine, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Final, Self, TypeVar

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError

from alerts.tail import Message, TopicError, partition_count
from schemas.connection import Connection
from streams.header_names import unpack_any_header_name

_Offsets = Mapping[TopicPartition, int]
_Answer = TypeVar("_Answer")
_SHORTEST: Final = timedelta(milliseconds=1)
_AT_A_TIME: Final = 5000
_STALLED_S: Final = 30.0
_ANSWER_S: Final = 60.0


class Past:
    """Random access to a topic by timestamp and by offset; use it as a context manager.

    Raises
    ------
    TopicError
        The topic is missing, or the broker cannot be reached.
    """

    def __init__(self, connection: Connection, topic: str) -> None:
        self._topic = topic
        self._all = [TopicPartition(topic, number) for number in range(partition_count(connection, topic))]
        logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # what matters comes as an exception
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=f"past of {topic}", daemon=True)
        self._thread.start()
        try:
            self._consumer = self._wait(_open(connection, self._all))
        except BaseException:
            self._end()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        try:
            self._wait(self._consumer.stop())
        finally:
            self._end()

    @property
    def begins(self) -> dict[int, int]:
        """The offset of the oldest record of each partition; where there is none, that of the next."""
        return {tp.partition: offset for tp, offset in self._begins().items()}

    def between(self, since: datetime, until: datetime) -> int:
        """How many offsets lie between the first records that are not before two instants."""
        return _count(self._at(since), self._at(until))

    def slices(self, since: datetime, until: datetime, at_most: int) -> Iterator[tuple[datetime, datetime]]:
        """Cut a span of time into stretches of at most so many offsets each (or a millisecond); empty ones left out."""
        yield from self._cut(since, self._at(since), until, self._at(until), at_most)

    def stretch(self, since: datetime, until: datetime | None) -> Iterator[Message]:
        """Yield what lies between the first records that are not before two instants, partition by partition.

        None is the end of the topic, as it is now.
        """
        yield from self._from_to(self._at(since), self._ends() if until is None else self._at(until))

    def at(self, wanted: Iterable[tuple[int, int]]) -> Iterator[Message]:
        """Yield the records at these partitions and offsets, those that are still there."""
        places = set(wanted)
        first: dict[TopicPartition, int] = {}
        behind: dict[TopicPartition, int] = {}
        begins, ends = self._begins(), self._ends()
        for tp in self._all:
            there = [offset for p, offset in places if p == tp.partition and begins[tp] <= offset < ends[tp]]
            if there:
                first[tp], behind[tp] = min(there), max(there) + 1
        for message in self._from_to(first, behind):
            if (message.partition, message.offset) in places:
                yield message

    def everything(self) -> Iterator[Message]:
        """Yield all records that there are now."""
        yield from self._from_to(self._begins(), self._ends())

    def _cut(
        self, since: datetime, begins: _Offsets, until: datetime, ends: _Offsets, at_most: int
    ) -> Iterator[tuple[datetime, datetime]]:
        count, half = _count(begins, ends), (until - since) / 2
        if count > at_most and half >= _SHORTEST:
            middle = since + half
            offsets = self._at(middle)
            yield from self._cut(since, begins, middle, offsets, at_most)
            yield from self._cut(middle, offsets, until, ends, at_most)
        elif count:
            yield since, until

    def _from_to(self, begins: _Offsets, ends: _Offsets) -> Iterator[Message]:
        """Yield what lies from the first offsets to before the others; a partition that is left out is not read."""
        wanted = {tp: end for tp, end in ends.items() if begins.get(tp, 0) < end}
        self._wait(self._seek({tp: begins.get(tp, 0) for tp in wanted}))
        for tp, end in wanted.items():
            yield from self._between(tp, begins.get(tp, 0), end)

    def _between(self, tp: TopicPartition, begin: int, end: int) -> Iterator[Message]:
        """Yield what lies between two offsets, the first of which was sought."""
        position, moved = begin, time.monotonic()
        while position < end:
            at_most = min(_AT_A_TIME, end - position)
            found = self._wait(self._consumer.getmany(tp, timeout_ms=1000, max_records=at_most)).get(tp, [])
            if found:
                position, moved = found[-1].offset + 1, time.monotonic()
                yield from (_message(record) for record in found if record.offset < end)
            elif time.monotonic() - moved > _STALLED_S:
                raise TopicError(
                    f"{self._topic} cannot be read to its end: nothing has come of partition {tp.partition} for "
                    f"{_STALLED_S:.0f} s"
                )
            else:
                position = self._wait(self._consumer.position(tp))  # what lay there may be gone

    def _at(self, instant: datetime) -> dict[TopicPartition, int]:
        """The offsets of the first records whose timestamp is not before an instant."""
        at_ms = max(0, int(instant.timestamp() * 1000))
        found = self._wait(self._consumer.offsets_for_times(dict.fromkeys(self._all, at_ms)))
        ends = {} if all(found.get(tp) for tp in self._all) else self._ends()
        return {tp: at.offset if (at := found.get(tp)) else ends[tp] for tp in self._all}

    def _begins(self) -> dict[TopicPartition, int]:
        return dict(self._wait(self._consumer.beginning_offsets(self._all)))

    def _ends(self) -> dict[TopicPartition, int]:
        return dict(self._wait(self._consumer.end_offsets(self._all)))

    async def _seek(self, offsets: _Offsets) -> None:
        for tp, offset in offsets.items():
            self._consumer.seek(tp, offset)

    def _wait(self, answer: Coroutine[Any, Any, _Answer]) -> _Answer:
        try:
            return asyncio.run_coroutine_threadsafe(answer, self._loop).result(_ANSWER_S)
        except TimeoutError as e:
            raise TopicError(f"{self._topic} cannot be read: the broker has not answered for {_ANSWER_S:.0f} s") from e
        except KafkaError as e:
            raise TopicError(f"{self._topic} cannot be read: {e}") from e

    def _end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


async def _open(connection: Connection, partitions: list[TopicPartition]) -> AIOKafkaConsumer:
    unpack_any_header_name()
    consumer = AIOKafkaConsumer(
        **connection.kafka_python(),  # the names of these arguments are the same
        client_id="tocsin",
        group_id=None,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=262_144,  # kept for every partition; a larger record comes all the same
        fetch_max_wait_ms=20,  # what is asked for is there, and one request at a time is under way
        request_timeout_ms=10_000,
    )
    try:
        await consumer.start()
        consumer.assign(partitions)
    except BaseException:
        await consumer.stop()
        raise
    return consumer


def _message(record: "ConsumerRecord[bytes | None, bytes | None]") -> Message:
    headers = list(record.headers)
    return Message(record.topic, record.partition, record.offset, record.timestamp, record.key, record.value, headers)


def _count(begins: _Offsets, ends: _Offsets) -> int:
    return sum(max(0, end - begins[tp]) for tp, end in ends.items())
