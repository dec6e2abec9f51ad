"""What cannot be processed is kept: original bytes, key and headers; where, why and when stand in more headers."""

import logging
import time
from collections.abc import Mapping
from datetime import UTC, datetime

import faust
from faust.types import EventT, HeadersArg

from schemas.outcome import DeadLetterReason
from schemas.topics import Stream
from streams.metrics import Metrics

logger = logging.getLogger(__name__)


class DeadLetters:
    """Writes dead letters, and keeps their topic from filling up.

    Parameters
    ----------
    app, namespace
        Whose producer, and which topics.
    per_min
        Over this rate a letter holds only where the original is, not the original.
    metrics
        Counts them.
    """

    def __init__(self, app: faust.App, namespace: str, per_min: int, metrics: Metrics) -> None:
        self._app = app
        self._namespace = namespace
        self._flood = Flood(per_min)
        self._metrics = metrics

    async def write(
        self, stage: str, stream: Stream, event: EventT[bytes], reason: DeadLetterReason, error: Exception
    ) -> None:
        """Write the letter and wait until it is delivered."""
        message, why = event.message, _one_line(str(error))
        whole = self._flood.admits(time.monotonic())
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
        delivery = await self._app.producer.send(
            stream.dead_letters(self._namespace), message.key, value, None, None, headers
        )
        await delivery
        self._metrics.dead_letter(stage, reason, trimmed=not whole)
        logger.warning(
            "%s: %s/%d/%d is a dead letter (%s): %s",
            stage,
            message.topic,
            message.partition,
            message.offset,
            reason.value,
            why,
        )


class Flood:
    """Tells when so many letters die that their topic must not keep their bodies: a token bucket.

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


def pairs(headers: HeadersArg | None) -> list[tuple[str, bytes]]:
    """Return a message's headers as a list, however Faust holds them."""
    return list(headers.items() if isinstance(headers, Mapping) else headers or ())


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:500]
