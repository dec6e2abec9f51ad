"""Faust's consumer, its books kept by us: commits behind the gate, nothing passed over, and a lease to write.

Faust takes a record that it dropped around a rebalance for a gap in the topic and commits past it; and aiokafka
does not seek where nothing was committed yet, so that what was dropped before the first commit is never read again.
"""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, cast

from aiokafka import AIOKafkaConsumer
from faust.transport.drivers import aiokafka as driver
from faust.types import TP

from streams.delivery import Deliveries, DeliveryError
from streams.progress import Progress
from streams.tenure import Tenure

logger = logging.getLogger(__name__)


class GatedConsumerThread(driver.AIOKafkaConsumerThread):
    """The thread in which the Kafka client lives: it notes what is fetched, and each heartbeat that is answered."""

    def __init__(self, consumer: "GatedConsumer", progress: Progress, tenure: Tenure, **how: Any) -> None:  # noqa: ANN401  Faust's
        super().__init__(consumer, **how)
        self._progress = progress
        self._tenure = tenure

    async def on_start(self) -> None:
        """Start, and listen to the heartbeats."""
        await super().on_start()
        coordinator = self._ensure_consumer()._coordinator  # noqa: SLF001  aiokafka tells nobody of its heartbeats
        beat = coordinator._do_heartbeat  # noqa: SLF001

        async def told_of() -> bool:
            sent_s = self._tenure.now()
            if alive := bool(await beat()):
                self._tenure.renew(sent_s)
            return alive

        coordinator._do_heartbeat = told_of  # noqa: SLF001

    async def on_partitions_assigned(self, assigned: set[TP], generation_id: int = 0) -> None:
        """The group has just let us in."""
        self._tenure.renew(self._tenure.now())
        await super().on_partitions_assigned(assigned, generation_id)

    async def seek_to_committed(self) -> Mapping[TP, int]:
        """Read on from what was committed, and where nothing was from the beginning."""
        return cast("Mapping[TP, int]", await self.call_thread(self._seek_to_committed))

    async def seek_in_thread(self, tp: TP, offset: int) -> None:
        """Read on from an offset. Faust seeks from its own, among records that are just being taken out."""
        await self.call_thread(self._seek_one, tp, offset)

    async def _seek_one(self, tp: TP, offset: int) -> None:
        consumer = self._ensure_consumer()
        if tp in consumer.assignment():  # else it was just taken away, and whoever has it reads on from the commit
            consumer.seek(tp, offset)
            self._progress.begin([tp])

    async def _seek_to_committed(self) -> Mapping[TP, int]:
        consumer = self._ensure_consumer()
        tps = consumer.assignment()
        committed: dict[TP, int] = {tp: await consumer.committed(tp) for tp in tps}
        beginnings = await consumer.beginning_offsets(tps)
        for tp, offset in committed.items():
            # Nothing may be fetched between a seek and the account that begins with it.
            if offset or not self.consumer._is_changelog_tp(tp):  # noqa: SLF001  its own
                consumer.seek(tp, offset or beginnings[tp])
                self._progress.begin([tp])
        return committed

    async def _fetch_records(
        self,
        consumer: AIOKafkaConsumer,
        active_partitions: set[TP],
        timeout: float | None = None,  # noqa: ASYNC109  Faust's signature
        max_records: int | None = None,
    ) -> Mapping[TP, Any]:
        found: Mapping[TP, Any] = await super()._fetch_records(consumer, active_partitions, timeout, max_records)
        for tp, records in found.items():
            if not self.consumer._is_changelog_tp(tp):  # noqa: SLF001  its own
                self._progress.fetched(TP(tp.topic, tp.partition), [record.offset for record in records])
        return found


class _Unjudged(defaultdict[TP, int | None]):
    """How far Faust has read: kept, but never held against a record.

    It leaves out what lies before the last record that it took. After a seek that is the one of a batch which was still
    under way, and all up to it would be dropped; the progress knows better whose turn it is.
    """

    def __getitem__(self, _tp: TP) -> int | None:
        return None


class GatedConsumer(driver.Consumer):
    """Faust's consumer, which commits only behind the gate, and only what the progress says is finished."""

    def __init__(self, *arguments: Any, **how: Any) -> None:  # noqa: ANN401  Faust's signature
        super().__init__(*arguments, **how)
        self._read_offset = _Unjudged()
        self._held_back: set[TP] = set()

    @property
    def deliveries(self) -> Deliveries:
        """The deliveries that producer and consumer share."""
        return cast("Deliveries", cast("Any", self.transport).deliveries)

    @property
    def progress(self) -> Progress:
        """What was fetched, and what of that is finished."""
        return cast("Progress", cast("Any", self.transport).progress)

    def in_turn(self, tp: TP, offset: int) -> bool:
        """Whether a record is the next of its partition; what is not comes again, in its turn."""
        return self.progress.in_turn(tp, offset)

    def finish(self, tp: TP, offset: int) -> None:
        """Take note that an agent has finished a record: from now on it may be committed."""
        self.progress.finish(tp, offset)

    def unfinished(self, tp: TP) -> int:
        """Return how many records of a partition wait: in this process, and at the broker."""
        end, read = self.highwater(tp), self._read_offset.get(tp)
        waiting = max(0, end - read - 1) if end and read is not None else 0
        return max(waiting, self.progress.unfinished(tp))

    def pause_partitions(self, tps: Iterable[TP]) -> None:
        """Read no further in partitions."""
        paused = set(tps)
        self._held_back -= paused
        super().pause_partitions(paused)

    def resume_partitions(self, tps: Iterable[TP]) -> None:
        """Read on in changelogs; elsewhere only once it was sought: Faust, too early, does the first records twice."""
        resumed = set(tps)
        changelogs = {tp for tp in resumed if self._is_changelog_tp(tp)}
        self._held_back |= resumed - changelogs
        super().resume_partitions(changelogs)

    async def _wait_next_records(self, timeout: float) -> tuple[Any, set[TP] | None]:  # noqa: ASYNC109  Faust's signature
        """Drop what comes when the flow has been stopped meanwhile, without a seek: Faust seeks before it flows again.

        Faust would seek here as well. The books would begin anew before the last commit of an orderly end or of a
        rebalance, which then has nothing to commit: all that was finished since the last one is done again.
        """
        records, active_partitions = await super()._wait_next_records(timeout)
        return (records if self.flow_active else None), active_partitions

    async def perform_seek(self) -> None:
        """Seek all partitions to what was committed, and let those loose that wait for it."""
        await super().perform_seek()
        sought, self._held_back = self._held_back & self.assignment(), set()
        super().resume_partitions(sought)

    def verify_event_path(self, now: float, tp: TP) -> None:
        """Say nothing: Faust takes the first record of a quiet partition for a stream that hangs; see `liveness`."""

    async def commit(self, *arguments: Any, **how: Any) -> bool:  # noqa: ANN401  Faust's signature
        """Commit what is finished by now; first read again what Faust passed over.

        A commit that is under way has not seen what was finished since it began. Faust takes it for this one; the last
        commit of an orderly end would then leave work to be done again.
        """
        if self.flow_active and not self.app.rebalancing:
            for tp, offset in self.progress.dropped().items():
                logger.warning("%s/%d: %d was passed over around a rebalance, it is read again", *tp, offset)
                await self.seek(tp, offset)
        if (under_way := self._commit_fut) is not None:
            await asyncio.wait([under_way])  # whoever is cancelled here is, and leaves it alone
        return await super().commit(*arguments, **how)

    async def _seek(self, partition: TP, offset: int) -> None:
        await cast("GatedConsumerThread", self._thread).seek_in_thread(partition, offset)

    def _new_consumer_thread(self) -> GatedConsumerThread:
        transport = cast("Any", self.transport)
        return GatedConsumerThread(self, transport.progress, transport.tenure, loop=self.loop, beacon=self.beacon)

    def _filter_tps_with_pending_acks(self, topics: Collection[str | TP] | None = None) -> Iterator[TP]:
        return (tp for tp in self.progress.partitions if topics is None or tp in topics or tp.topic in topics)

    def _new_offset(self, tp: TP) -> int | None:
        self._acked[tp].clear()
        self._acked_index[tp].clear()
        return self.progress.committable(tp)

    async def _add_gap(self, tp: TP, offset_from: int, offset_to: int) -> None:
        """A jump is no reason to take what lies in it for done."""

    async def _commit_offsets(self, offsets: Mapping[TP, int], start_new_transaction: bool = True) -> bool:  # noqa: FBT001, FBT002  Faust's signature
        started = time.monotonic()
        try:
            await self.deliveries.settled()
        except DeliveryError as e:
            self.deliveries.on_commit(time.monotonic() - started, ok=False)
            logger.critical("no further commit, the process ends and its work is done again: %s", e)
            await self.crash(e)
            return False
        committed = await super()._commit_offsets(offsets, start_new_transaction)
        self.deliveries.on_commit(time.monotonic() - started, ok=committed)
        return committed
