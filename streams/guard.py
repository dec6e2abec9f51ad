"""What stands around every step: decode, step, store, send, dead-letter, and count exactly one outcome per input.

An exception that escapes a Faust agent loses the event, so none does: bad input goes to the dead-letter topic with its
original bytes, and the stage goes on; when that cannot be written, or work is cut short, nothing is committed any more
and the process ends, so that the event is met again.

    bytes --decode--> record --step--> rows --> table
      |                  |               `----> (safe) --> what people act on: the outbox
      |                  |              outputs --> topics
      `--- bad ----------`--> <topic>.dlq
"""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

import faust
from faust.types import EventT

from schemas.alert import Alert
from schemas.outcome import DeadLetterReason, NewerStateError, Outcome, Output, Step
from schemas.record import Record
from schemas.report import Heartbeat, Tick
from schemas.signing import SIGNATURE, Signer
from schemas.topics import Stream
from streams.consuming import GatedConsumer
from streams.dead_letters import DeadLetters, pairs
from streams.delivery import Deliveries
from streams.envelope import CAUSE, PART, EnvelopeError, decode, encode, fields_unknown
from streams.metrics import Metrics
from streams.receiving import RefusedError
from streams.rows import Rows
from streams.trust import Seal

logger = logging.getLogger(__name__)

MAX_RECORD_BYTES = 1_000_000
"""The largest record that a stage sends: a broker takes a little over 1 MB unless it was told otherwise."""

SIGNED = (Alert, Heartbeat, Tick)
"""What a worker with a key signs: what people and subscribers act on, and what moves time."""


@dataclass(frozen=True, slots=True)
class Received:
    """A record as it arrived at a stage."""

    record: Record
    partition: int
    offset: int
    ingested_at: datetime
    """The record's timestamp: wall clock at ingest, carried through the route."""
    seal: Seal
    """By what it can be checked who wrote it."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the route: what it reads, what it does, what it remembers."""

    name: str
    stream: Stream
    step: Callable[[Received], Step[bytes]]
    rows: Rows | None = None
    applied: Callable[[int, Mapping[str, bytes | None]], None] | None = None
    """Told the partition and the rows that were written to it: what is built on rows follows."""
    whole: bool = False
    """Whether the rows of one event make sense only together."""
    settle: Callable[[bytes], bytes | None] | None = None
    """After the outbox was sent: the row without it, None when there was none."""


@dataclass(frozen=True, slots=True)
class Ready:
    """An output as it goes to the producer."""

    topic: str
    stream: str
    key: bytes
    value: bytes | None
    headers: list[tuple[str, bytes]] | None
    partition: int | None


class Guard:
    """Runs steps for the agents of one process."""

    def __init__(
        self,
        app: faust.App,
        namespace: str,
        deliveries: Deliveries,
        metrics: Metrics,
        dead_letters: DeadLetters,
        signer: Signer | None = None,
    ) -> None:
        self._app = app
        self._namespace = namespace
        self._deliveries = deliveries
        self._metrics = metrics
        self._dead_letters = dead_letters
        self._signer = signer
        self._in_hand = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self.handled: Counter[str] = Counter()
        """How many events each stage has finished since the start."""

    @property
    def busy(self) -> bool:
        """Whether an event is in hand."""
        return self._in_hand > 0

    async def idle(self) -> None:
        """Wait until no event is in hand; the caller sees to it that no further one comes."""
        await self._idle.wait()

    async def handle(self, stage: Stage, event: EventT[bytes]) -> None:
        """Take one event through a stage; whatever it holds, it ends in one outcome."""
        consumer = cast("GatedConsumer", self._app.consumer)
        if not consumer.in_turn(event.message.tp, event.message.offset):
            return
        self._metrics.consumed(stage.name)
        self._in_hand += 1
        self._idle.clear()
        try:
            if stage.rows is not None:
                stage.rows.found(event.message.partition)
            outcome = await self._process(stage, event)
            await self._deliveries.eased()
            consumer.finish(event.message.tp, event.message.offset)
        except BaseException as e:
            self._deliveries.poison(e)
            if isinstance(e, Exception):
                logger.critical("%s: the event is not finished, the process ends to meet it again: %r", stage.name, e)
                await self._app.crash(e)
            raise
        finally:
            self._in_hand -= 1
            if not self._in_hand:
                self._idle.set()
        self._metrics.outcome(stage.name, outcome)
        self._metrics.progress(stage.name)
        self.handled[stage.name] += 1

    async def _process(self, stage: Stage, event: EventT[bytes]) -> Outcome:
        message = event.message
        if message.value is None:
            return Outcome.TOMBSTONE
        headers = pairs(message.headers)
        try:
            record = decode(stage.stream, message.key, message.value, headers)
            strange = fields_unknown(record, message.value, headers)
            ingested_at = datetime.fromtimestamp(message.timestamp, tz=UTC)
            started = time.perf_counter()
            seal = Seal(self._namespace, message.value, dict(headers).get(SIGNATURE))
            step = stage.step(Received(record, message.partition, message.offset, ingested_at, seal))
            self._metrics.step_seconds(stage.name).observe(time.perf_counter() - started)
            outputs = self._answers(stage, step, message.partition, message.offset)
            outbox = [self._ready(stage.name, output) for output in step.after_rows]
            _bounded(step.rows)
        except (EnvelopeError, RefusedError) as e:
            return await self._bury(stage, event, e.reason, e)
        except NewerStateError:
            raise  # it is this process that is wrong here, not the record
        except Exception as e:
            logger.exception("%s failed on %s/%d/%d", stage.name, message.topic, message.partition, message.offset)
            return await self._bury(stage, event, DeadLetterReason.STEP_FAILED, e)
        for field in strange:
            self._metrics.unknown_field(stage.name)
            logger.debug("%s: %s has a field unknown to this version: %s", stage.name, record.record_id, field)
        self._write(stage, step, message.partition)
        for output in outputs:
            await self._send(stage.name, output, message.timestamp)
        if outbox:
            await self._deliveries.settled()
            for output in outbox:
                await self._send(stage.name, output, message.timestamp)
            self._settle(stage, step, message.partition)
        if logger.isEnabledFor(logging.DEBUG):
            told = {"stage": stage.name, "record_id": record.record_id, "outcome": step.outcome.value}
            logger.debug("%s: %s", stage.name, step.outcome.value, extra=told)
        return step.outcome

    async def send(self, stage: str, output: Output, timestamp: float) -> None:
        """Hand one output to the producer; `timestamp` is the ingest time, in seconds since 1970, carried through."""
        await self._send(stage, self._ready(stage, output), timestamp)

    def _write(self, stage: Stage, step: Step[bytes], partition: int) -> None:
        if stage.rows is not None:
            put = stage.rows.put_together if stage.whole else stage.rows.put_each
            put(partition, step.rows)
        if stage.applied is not None:
            stage.applied(partition, step.rows)

    def _settle(self, stage: Stage, step: Step[bytes], partition: int) -> None:
        if stage.rows is None or stage.settle is None:
            return
        for key, row in step.rows.items():
            if row is not None and (settled := stage.settle(row)) is not None:
                stage.rows.put(partition, key, settled)

    def _answers(self, stage: Stage, step: Step[bytes], partition: int, offset: int) -> list[Ready]:
        """What an input led to, each record with the input's place and which part of the answer it is."""
        cause, parts = f"{stage.stream.name}/{partition}/{offset}".encode(), len(step.outputs)
        answers = [self._ready(stage.name, output) for output in step.outputs]
        for part, answer in enumerate(answers, 1):
            if answer.headers is not None:
                answer.headers.append((CAUSE, cause))
                answer.headers.append((PART, b"%d/%d" % (part, parts)))
        return answers

    def _ready(self, stage: str, output: Output) -> Ready:
        topic, partition = output.stream.topic(self._namespace), output.partition
        if output.record is None:
            return Ready(topic, output.stream.name, output.key.encode(), None, None, partition)
        key, value, headers = encode(output.record, output.key, f"/{self._namespace}/{stage}")
        if self._signer is not None and isinstance(output.record, SIGNED):
            headers.append(self._signer.header(self._namespace, output.record.ce_type, value))
        if len(value) > MAX_RECORD_BYTES:
            raise RefusedError(
                DeadLetterReason.OUTPUT_TOO_LARGE,
                f"it leads to a record of {len(value):,} bytes for {topic}, which takes {MAX_RECORD_BYTES:,}",
            )
        return Ready(topic, output.stream.name, key, value, headers, partition)

    async def _send(self, stage: str, output: Ready, timestamp: float) -> None:
        await self._app.producer.send(
            output.topic, output.key, output.value, output.partition, timestamp, output.headers
        )
        self._metrics.output(stage, output.stream)

    async def _bury(self, stage: Stage, event: EventT[bytes], reason: DeadLetterReason, error: Exception) -> Outcome:
        await self._dead_letters.write(stage.name, stage.stream, event, reason, error)
        return Outcome.DEAD_LETTER


def _bounded(rows: Mapping[str, bytes | None]) -> None:
    """Refuse what leads to a row that the changelog would not take: the process would end on it again and again."""
    for key, row in rows.items():
        if row is not None and len(row) > MAX_RECORD_BYTES:
            raise RefusedError(
                DeadLetterReason.OUTPUT_TOO_LARGE,
                f"it leads to a table row of {len(row):,} bytes for {key}; a changelog takes {MAX_RECORD_BYTES:,}",
            )
