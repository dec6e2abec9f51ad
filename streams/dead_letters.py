"""What cannot be processed is kept: original bytes, key and headers; where, why and when stand in more headers."""

import logging
import time
from collections.abc import Mapping
from datetime import UTC, datetime

import faust
from faust.types import EventT, HeadersArg

from schemas.outcome import DeadLetterReason, Outcome
from schemas.topics import Stream
from streams.metrics import Metrics
from streams.rate import Rate

logger = logging.getLogger(__name__)


class DeadLetters:
    """Writes dead letters, and keeps their topic from filling up.

    Parameters
    ----------
    app, namespace
        Whose producer, and which topics.
    per_min
        Over this rate a letter holds only where the original is, not the original: a bad deploy upstream must not copy
        all its traffic into a topic that is kept for 90 days.
    metrics
        Counts them.
    """

    def __init__(self, app: faust.App, namespace: str, per_min: int, metrics: Metrics) -> None:
        self._app = app
        self._namespace = namespace
        self._bodies = Rate(per_min / 60, burst=per_min)
        self._flooded = False
        self._metrics = metrics

    async def write(
        self, stage: str, stream: Stream, event: EventT[bytes], reason: DeadLetterReason, error: Exception
    ) -> None:
        """Hand the letter to the producer; nothing is committed before it is delivered."""
        message, why = event.message, _one_line(str(error))
        whole = self._bodies.admits(time.monotonic())
        if not whole and not self._flooded:
            logger.warning("%s: too many dead letters: for now they hold only where the original is", stage)
        self._flooded = not whole
        about = {
            "dlq_topic": message.topic,
            "dlq_partition": str(message.partition),
            "dlq_offset": str(message.offset),
            "dlq_timestamp": str(int(message.timestamp * 1000)),
            "dlq_stage": stage,
            "dlq_reason": reason.value,
            "dlq_error": f"{type(error).__name__}: {why}",
            "dlq_at": datetime.now(tz=UTC).isoformat(),
            "dlq_original": "here" if whole else "referenced",
        }
        headers = [*pairs(message.headers), *((name, value.encode()) for name, value in about.items())]
        value = message.value if whole else b""
        await self._app.producer.send(stream.dead_letters(self._namespace), message.key, value, None, None, headers)
        self._metrics.dead_letter(stage, reason, trimmed=not whole)
        logger.log(
            logging.WARNING if whole else logging.DEBUG,
            "%s: %s/%d/%d is a dead letter (%s): %s",
            stage,
            message.topic,
            message.partition,
            message.offset,
            reason.value,
            why,
            extra={
                "stage": stage,
                "topic": message.topic,
                "partition": message.partition,
                "offset": message.offset,
                "record_id": (message.key or b"").decode(errors="replace"),
                "outcome": Outcome.DEAD_LETTER.value,
            },
        )


def pairs(headers: HeadersArg | None) -> list[tuple[str, bytes]]:
    """Return a message's headers as a list, however Faust holds them."""
    return list(headers.items() if isinstance(headers, Mapping) else headers or ())


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:500]
