"""The gated commit: nothing is committed before everything that it led to is delivered.

Faust commits what agents have finished, after a flush that gives up after 0.1 s and with no regard for sends that
failed. Here every send, changelog writes included, is tracked until the broker has it. A commit first waits for all
sends that were handed over before it; after a failed send, or a step that was cut short, nothing is ever committed
again and the process ends: it starts anew from the last commit, and the replay sends the same records.

    event 1   event 2   event 3           commit asked for                committed
    --+---------+---------+-----------------+--------------------------------+-----> time
      send a    send b, c  send d           | waits for a b c d  ...delivered |
                                                    (e, sent meanwhile, is the next commit's)
"""

import asyncio
import time
from collections.abc import Awaitable, Mapping
from functools import partial
from typing import Any, Protocol, cast

from aiokafka import AIOKafkaProducer
from aiokafka.protocol.produce import ProduceRequest
from faust.transport.drivers import aiokafka as driver
from faust.types import HeadersArg
from faust.types.tuples import FutureMessage, RecordMetadata

from streams.tenure import Tenure

BUFFERED_WRITES = 1000
"""Changelog writes that wait for the producer before streams are held back; Faust's 100 throttles every burst."""
MOST_PENDING = 500
"""Sends under way at which stages wait: in a backlog nothing could be committed for as long as it lasts."""
_LOOK_AGAIN_S = 0.05


class DeliveryError(RuntimeError):
    """Something that was to be delivered was not; the process must end without another commit."""


class OnCommit(Protocol):
    """Hears of every commit."""

    def __call__(self, seconds: float, *, ok: bool) -> None:
        """Take how long it took, waiting included, and whether it succeeded."""


class Deliveries:
    """What was handed to the producer and is not delivered yet.

    Sends are counted by epoch; `settled` closes the epoch and waits until it, and all before it, are delivered.
    """

    def __init__(self, on_commit: "OnCommit | None" = None) -> None:
        self._epoch = 0
        self._open: dict[int, int] = {0: 0}
        self.pending = 0
        """How many sends are not delivered yet; a number by itself, since health asks from another thread."""
        self._changed = asyncio.Event()
        self._moved_s = 0.0
        self.failure: BaseException | None = None
        self.on_commit: OnCommit = on_commit or _unobserved

    @property
    def standstill_s(self) -> float:
        """For how many seconds none of those that are under way has been delivered."""
        return time.monotonic() - self._moved_s if self.pending else 0.0

    def track(self, sending: "asyncio.Future[Any]") -> None:
        """Count a send until it is done."""
        if not self.pending:
            self._moved_s = time.monotonic()
        self._open[self._epoch] += 1
        self.pending += 1
        sending.add_done_callback(partial(self._done, self._epoch))

    def poison(self, cause: BaseException) -> None:
        """Let nothing be committed any more: work was cut short or a send failed."""
        if self.failure is None:
            self.failure = cause
        self._changed.set()

    async def settled(self) -> None:
        """Wait until everything that was handed over before this call is delivered.

        Raises
        ------
        DeliveryError
            A send failed, now or at any time before.
        """
        closed, self._epoch = self._epoch, self._epoch + 1
        self._open[self._epoch] = 0
        while self.failure is None and any(count for epoch, count in self._open.items() if epoch <= closed):
            self._changed.clear()
            await self._changed.wait()
        for epoch in [e for e, count in self._open.items() if e <= closed and not count]:
            del self._open[epoch]
        if self.failure is not None:
            raise DeliveryError(f"not everything was delivered: {self.failure!r}") from self.failure

    async def eased(self) -> None:
        """Wait while very many sends are under way."""
        while self.failure is None and self.pending > MOST_PENDING:
            self._changed.clear()
            await self._changed.wait()

    def _done(self, epoch: int, sending: "asyncio.Future[Any]") -> None:
        self._open[epoch] -= 1
        self.pending -= 1
        self._moved_s = time.monotonic()
        if sending.cancelled():
            self.poison(asyncio.CancelledError("a send was cancelled"))
        elif (error := sending.exception()) is not None:
            self.poison(error)
        if not self._open[epoch] or self.pending == MOST_PENDING:
            self._changed.set()


class GatedProducer(driver.Producer):
    """Faust's producer, idempotent, with every send tracked."""

    @property
    def deliveries(self) -> Deliveries:
        """The deliveries that producer and consumer share."""
        return cast("Deliveries", cast("Any", self.transport).deliveries)

    async def on_start(self) -> None:
        """Start, with room for the changelog writes of a busy moment before streams are held back."""
        await super().on_start()
        self.buffer.max_messages = BUFFERED_WRITES

    def _new_producer(self, transactional_id: str | None = None) -> AIOKafkaProducer:
        producer = super()._new_producer(transactional_id)
        _hold_back(producer, cast("Tenure", cast("Any", self.transport).tenure))
        return producer

    def _settings_extra(self) -> Mapping[str, Any]:
        return {"acks": "all", "enable_idempotence": True}

    def send_soon(self, fut: FutureMessage) -> None:
        """Track a changelog write from the moment it is handed over."""
        self.deliveries.track(cast("asyncio.Future[Any]", fut))
        super().send_soon(fut)

    async def send(
        self,
        topic: str,
        key: bytes | None,
        value: bytes | None,
        partition: int | None,
        timestamp: float | None,
        headers: HeadersArg | None,
        *,
        transactional_id: str | None = None,
    ) -> Awaitable[RecordMetadata]:
        """Send, and track the delivery."""
        sending = await super().send(
            topic, key, value, partition, timestamp, headers, transactional_id=transactional_id
        )
        self.deliveries.track(cast("asyncio.Future[Any]", sending))
        return sending


def _hold_back(producer: AIOKafkaProducer, tenure: Tenure) -> None:
    """Let no record go to the broker while others may hold the partitions: the last moment at which it can be told."""
    send = producer.client.send

    async def send_in_office(node_id: int, request: Any, **how: Any) -> Any:  # noqa: ANN401  aiokafka's
        while isinstance(request, ProduceRequest) and tenure.lapsed:  # noqa: ASYNC110  another thread renews it
            await asyncio.sleep(_LOOK_AGAIN_S)
        return await send(node_id, request, **how)

    producer.client.send = send_in_office


def _unobserved(seconds: float, *, ok: bool) -> None: ...
