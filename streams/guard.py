"""What stands around every step: decode, step, store, send, dead-letter, and count exactly one outcome per input.

An exception that escapes a Faust agent loses the event, so none does: bad input goes to the dead-letter topic with its
original bytes, and the stage goes on; when that cannot be written, or work is cut short, nothing is committed any more
and the process ends, so that the event is met again.

    bytes --decode--> record --step--> rows --> table
      |                  |               `----> (safe) --> what people act on: the outbox
      |                  |              outputs --> topics
      `--- bad ----------`--> <topic>.dlq
"""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import faust
from faust.types import EventT, HeadersArg

from schemas.outcome import DeadLetterReason, Outcome, Output, Step
from schemas.record import Record, unknown_fields
from schemas.topics import Stream
from streams.delivery import Deliveries
from streams.envelope import EnvelopeError, decode, encode
from streams.metrics import Metrics
from streams.receiving import RefusedError
from streams.rows import Rows

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Received:
    """A record as it arrived at a stage."""

    record: Record
    partition: int
    offset: int
    ingested_at: datetime
    """The record's timestamp: wall clock at ingest, carried through the route."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the route: what it reads, what it does, what it remembers."""

    name: str
    stream: Stream
    step: Callable[[Received], Step[bytes]]
    rows: Rows | None = None
    settle: Callable[[bytes], bytes | None] | None = None
    """After the outbox was sent: the row without it, None when there was none."""


class Guard:
    """Runs steps for the agents of one process."""

    def __init__(
        self, app: faust.App, namespace: str, deliveries: Deliveries, metrics: Metrics, flood: "Flood"
    ) -> None:
        self._app = app
        self._namespace = namespace
        self._deliveries = deliveries
        self._metrics = metrics
        self._flood = flood
        self.handled = 0
        """How many events were finished since the start."""

    async def handle(self, stage: Stage, event: EventT[bytes]) -> None:
        """Take one event through a stage; whatever it holds, it ends in one outcome."""
        self._metrics.consumed(stage.name)
        try:
            outcome = await self._process(stage, event)
        except BaseException as e:
            self._deliveries.poison(e)
            if isinstance(e, Exception):
                logger.critical("%s: the event is not finished, the process ends to meet it again: %r", stage.name, e)
                await self._app.crash(e)
            raise
        self._metrics.outcome(stage.name, outcome)
        self._metrics.progress(stage.name)
        self.handled += 1

    async def _process(self, stage: Stage, event: EventT[bytes]) -> Outcome:
        message = event.message
        if message.value is None:
            return Outcome.TOMBSTONE
        try:
            record = decode(stage.stream, message.key, message.value, _pairs(message.headers))
            received = Received(
                record, message.partition, message.offset, datetime.fromtimestamp(message.timestamp, tz=UTC)
            )
            started = time.perf_counter()
            step = stage.step(received)
            self._metrics.step_seconds(stage.name).observe(time.perf_counter() - started)
        except (EnvelopeError, RefusedError) as e:
            return await self._dead_letter(stage, event, e.reason, e)
        except Exception as e:
            logger.exception("%s failed on %s/%d/%d", stage.name, message.topic, message.partition, message.offset)
            return await self._dead_letter(stage, event, DeadLetterReason.STEP_FAILED, e)
        for field in unknown_fields(type(record), message.value):
            self._metrics.unknown_field(stage.name)
            logger.debug("%s: %s has a field unknown to this version: %s", stage.name, record.record_id, field)
        await self._carry_out(stage, step, message.partition, message.timestamp)
        return step.outcome

    async def _carry_out(self, stage: Stage, step: Step[bytes], partition: int, timestamp: float) -> None:
        if stage.rows is not None:
            for key, row in step.rows.items():
                stage.rows.put(partition, key, row)
        for output in step.outputs:
            await self.send(stage.name, output, timestamp)
        if not step.after_rows:
            return
        await self._deliveries.settled()
        for output in step.after_rows:
            await self.send(stage.name, output, timestamp)
        if stage.rows is not None and stage.settle is not None:
            for key, row in step.rows.items():
                if row is not None and (settled := stage.settle(row)) is not None:
                    stage.rows.put(partition, key, settled)

    async def send(self, stage: str, output: Output, timestamp: float) -> None:
        """Hand one output to the producer; `timestamp` is the ingest time, in seconds since 1970, carried through."""
        topic = output.stream.topic(self._namespace)
        key, value, headers = output.key.encode(), None, None
        if output.record is not None:
            key, value, headers = encode(output.record, output.key, f"/{self._namespace}/{stage}")
        await self._app.producer.send(topic, key, value, output.partition, timestamp, headers)
        self._metrics.output(stage, output.stream.name)

    async def _dead_letter(
        self, stage: Stage, event: EventT[bytes], reason: DeadLetterReason, error: Exception
    ) -> Outcome:
        """Write the original, or over the flood limit only where it is, and wait until it is delivered."""
        message = event.message
        whole = self._flood.admits(time.monotonic())
        about = {
            "dlq_topic": message.topic,
            "dlq_partition": str(message.partition),
            "dlq_offset": str(message.offset),
            "dlq_timestamp": str(int(message.timestamp * 1000)),
            "dlq_stage": stage.name,
            "dlq_reason": reason.value,
            "dlq_error": f"{type(error).__name__}: {_one_line(str(error))}",
            "dlq_at": datetime.now(tz=UTC).isoformat(),
            "dlq_original": "here" if whole else "referenced",
        }
        headers = [*_pairs(message.headers), *((name, value.encode()) for name, value in about.items())]
        delivery = await self._app.producer.send(
            stage.stream.dead_letters(self._namespace),
            message.key,
            message.value if whole else b"",
            None,
            None,
            headers,
        )
        await delivery
        self._metrics.dead_letter(stage.name, reason, trimmed=not whole)
        logger.warning(
            "%s: %s/%d/%d is a dead letter (%s): %s",
            stage.name,
            message.topic,
            message.partition,
            message.offset,
            reason.value,
            _one_line(str(error)),
        )
        return Outcome.DEAD_LETTER


class Flood:
    """Tells when so many letters die that the dead-letter topic must not keep their bodies: a token bucket.

    A bad deploy upstream must not copy all its traffic into a topic that is kept for 90 days.
    """

    def __init__(self, per_min: int) -> None:
        self._per_s = per_min / 60
        self._most = float(per_min)
        self._tokens = float(per_min)
        self._at: float | None = None

    def admits(self, now_s: float) -> bool:
        """Whether one more body may be kept; `now_s` is a monotonic clock."""
        if self._at is not None:
            self._tokens = min(self._most, self._tokens + (now_s - self._at) * self._per_s)
        self._at = now_s
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:500]


def _pairs(headers: HeadersArg | None) -> list[tuple[str, bytes]]:
    return list(headers.items() if isinstance(headers, Mapping) else headers or ())
