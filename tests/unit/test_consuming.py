"""Where reading begins, and what is committed and when: Faust's consumer with our books."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest
from aiokafka.protocol.produce import ProduceRequest
from faust.transport.drivers import aiokafka as driver
from faust.types import TP

from streams.app import QuietMonitor
from streams.consuming import GatedConsumer, GatedConsumerThread, _Unjudged
from streams.delivery import _hold_back
from streams.progress import Progress
from streams.tenure import Tenure

NEW, KNOWN, TABLE = TP("reports", 0), TP("reports", 1), TP("changelog", 0)


class Client:
    """A Kafka client that is asked where to read."""

    def __init__(self) -> None:
        self.sought: dict[TP, int] = {}

    def assignment(self) -> set[TP]:
        """Return a partition that nothing was committed of, one that something was, and one of a changelog."""
        return {NEW, KNOWN, TABLE}

    async def committed(self, tp: TP) -> int | None:
        """Return what was committed."""
        return 40 if tp == KNOWN else None

    async def beginning_offsets(self, tps: set[TP]) -> dict[TP, int]:
        """Return where the partitions begin: retention has taken what was before."""
        return dict.fromkeys(tps, 5)

    def seek(self, tp: TP, offset: int) -> None:
        """Remember it."""
        self.sought[tp] = offset


def test_a_partition_without_a_commit_is_read_from_its_beginning() -> None:
    """Also when it was read before: what was dropped on the way is read again, and the books begin anew."""
    thread, client = cast("Any", object.__new__(GatedConsumerThread)), Client()
    thread._consumer, thread._progress = client, Progress()
    thread.consumer = SimpleNamespace(_is_changelog_tp=lambda tp: tp == TABLE)
    thread._progress.fetched(NEW, range(5, 300))
    committed = asyncio.run(thread._seek_to_committed())
    assert client.sought == {NEW: 5, KNOWN: 40}
    assert committed == {NEW: None, KNOWN: 40, TABLE: None}
    assert thread._progress.unfinished(NEW) == 0


def test_seeks_run_in_the_thread_that_fetches() -> None:
    """Else records are taken out of a book that another thread takes them from; what was taken away is not sought."""
    thread, client = cast("Any", object.__new__(GatedConsumerThread)), Client()
    thread._consumer, thread._progress = client, Progress()
    thread._progress.fetched(KNOWN, [40, 41])
    ran_by: list[str] = []

    async def call_thread(what: Any, *arguments: object) -> None:  # noqa: ANN401
        ran_by.append("thread")
        await what(*arguments)

    async def seek(*tps: TP) -> None:
        for tp in tps:
            await consumer._seek(tp, 41)

    thread.call_thread = call_thread
    consumer = cast("Any", object.__new__(GatedConsumer))
    consumer._thread = thread
    asyncio.run(seek(TP("reports", 7), KNOWN))
    assert ran_by == ["thread", "thread"]
    assert client.sought == {KNOWN: 41}
    assert thread._progress.unfinished(KNOWN) == 0


def test_nothing_is_read_before_it_was_sought(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the first records are done twice at every start; changelogs are read at once, what was paused stays so."""
    consumer, gone = cast("Any", object.__new__(GatedConsumer)), TP("reports", 2)
    consumer._held_back, consumer._active_partitions, consumer._paused_partitions = set(), set(), {NEW, TABLE}
    consumer._is_changelog_tp = lambda tp: tp == TABLE
    consumer.assignment = lambda: {NEW, KNOWN, TABLE}
    read_at_seek: list[set[TP]] = []

    async def seek(_: object) -> None:
        read_at_seek.append(set(consumer._active_partitions))

    monkeypatch.setattr(driver.Consumer, "perform_seek", seek)
    consumer.resume_partitions({NEW, KNOWN, TABLE, gone})
    consumer.pause_partitions([KNOWN])
    asyncio.run(consumer.perform_seek())
    assert read_at_seek == [{TABLE}]
    assert consumer._active_partitions == {NEW, TABLE}
    assert consumer._paused_partitions == {KNOWN}


def test_an_end_that_cannot_wait_for_a_commit_gives_up_and_leaves_it_alone() -> None:
    """The loop goes on, the wait ends when its time is over, and the commit that was under way comes to its end."""
    consumer = cast("Any", object.__new__(GatedConsumer))
    consumer.app = SimpleNamespace(client_only=False, rebalancing=True)
    consumer.flow_active = False

    async def end() -> bool:
        consumer.loop = asyncio.get_running_loop()
        answered = asyncio.Event()

        async def force_commit(*_: object, **__: object) -> bool:
            return await answered.wait()

        consumer.force_commit = force_commit
        timer = asyncio.create_task(consumer.commit())
        await asyncio.sleep(0)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(consumer.commit(), 0.01)
        answered.set()
        return bool(await timer)

    assert asyncio.run(end())


@pytest.mark.parametrize("flows", [True, False])
def test_the_books_stay_until_the_last_commit(monkeypatch: pytest.MonkeyPatch, flows: bool) -> None:
    """A fetch that comes back when the flow was stopped is dropped and nothing sought: the end has yet to commit."""
    consumer = cast("Any", object.__new__(GatedConsumer))
    consumer.app = SimpleNamespace(consumer_generation_id=1, monitor=QuietMonitor())
    consumer.scheduler = SimpleNamespace(iterate=lambda records: iter(records.items()))
    consumer._stopped, consumer._crashed = SimpleNamespace(is_set=lambda: False), SimpleNamespace(is_set=lambda: False)
    consumer._buffered_partitions, consumer.log = set(), SimpleNamespace(dev=lambda *_: None)
    consumer.highwater, consumer._to_message = (lambda _: 50), (lambda _, record: record)
    consumer.flow_active = True
    sought: list[str] = []

    async def fetch(*_: object) -> tuple[dict[TP, str], None]:
        consumer.flow_active = flows
        return {KNOWN: "record"}, None

    async def seek(_: object) -> None:
        sought.append("sought")

    async def take() -> list[Any]:
        return [taken async for taken in consumer.getmany(1.0)]

    monkeypatch.setattr(driver.Consumer, "_wait_next_records", fetch)
    monkeypatch.setattr(driver.Consumer, "perform_seek", seek)
    assert asyncio.run(take()) == ([(KNOWN, "record")] if flows else [])
    assert not sought


def test_a_commit_takes_in_what_was_finished_while_another_was_under_way() -> None:
    """Else the last commit of an orderly end is passed over whenever the timer's has just begun."""
    consumer = cast("Any", object.__new__(GatedConsumer))
    consumer.app = SimpleNamespace(client_only=False, rebalancing=True)
    consumer.flow_active = False
    finished = [41]
    committed: list[int] = []

    async def force_commit(*_: object, **__: object) -> bool:
        seen = finished[-1]
        await asyncio.sleep(0)
        committed.append(seen)
        return True

    async def end() -> None:
        consumer.loop = asyncio.get_running_loop()
        timer = asyncio.create_task(consumer.commit())
        await asyncio.sleep(0)
        finished.append(42)
        await consumer.commit()
        assert committed == finished
        await timer

    consumer.force_commit = force_commit
    asyncio.run(end())


def test_a_seek_drops_nothing() -> None:
    """What a batch under way leaves behind as the last that was read hides none of what is read anew from before it."""
    taken: list[int] = []
    stopped = asyncio.Event()

    async def batches(**_: object) -> Any:  # noqa: ANN401
        for offset in (33, 18, 19):
            yield KNOWN, SimpleNamespace(topic=KNOWN.topic, offset=offset)
        stopped.set()

    async def take(message: Any) -> None:  # noqa: ANN401
        taken.append(message.offset)

    async def sleep(_s: float) -> None: ...

    async def first(taking: Any, waiting: Any) -> None:  # noqa: ANN401
        waiting.close()
        await taking

    flags = SimpleNamespace(set_flag=lambda _: None, unset_flag=lambda _: None)
    topics = SimpleNamespace(acks_enabled_for=lambda _: False)
    consumer = SimpleNamespace(
        callback=take,
        getmany=batches,
        sleep=sleep,
        wait_first=first,
        _stopped=stopped,
        should_stop=False,
        suspend_flow=asyncio.Event(),
        diag=flags,
        app=SimpleNamespace(topics=topics),
        consumer_stopped_errors=(),
        _commit_every=None,
        _read_offset=_Unjudged(),
    )
    draining = cast("Any", GatedConsumer)._drain_messages
    asyncio.run(draining(consumer, SimpleNamespace(_stopped=stopped)))
    assert taken == [33, 18, 19]


def test_what_was_passed_over_is_read_again() -> None:
    """Before a commit; and not while partitions are handed out, since then all is sought anyway."""
    sought: list[tuple[TP, int]] = []
    progress = Progress()
    progress.fetched(KNOWN, [40, 41, 42])
    progress.finish(KNOWN, 42)
    consumer = cast("Any", object.__new__(GatedConsumer))
    consumer.transport = SimpleNamespace(progress=progress)
    consumer.flow_active, consumer.app = True, SimpleNamespace(rebalancing=True, client_only=True)

    async def seek(tp: TP, offset: int) -> None:
        sought.append((tp, offset))

    consumer.seek = seek
    asyncio.run(consumer.commit())
    assert sought == []
    consumer.app.rebalancing = False
    asyncio.run(consumer.commit())
    assert sought == [(KNOWN, 40)]


def test_no_record_leaves_out_of_office() -> None:
    """While the lease has lapsed a produce request waits, and other requests do not."""
    sent: list[object] = []
    now = [0.0]
    tenure = Tenure(10, lambda: now[0])
    tenure.renew(0.0)
    now[0] = 11.0

    async def send(_node: int, request: object, **_: object) -> None:
        sent.append(request)

    producer = cast("Any", SimpleNamespace(client=SimpleNamespace(send=send)))
    _hold_back(producer, tenure)
    record = object.__new__(ProduceRequest)

    async def run() -> None:
        waiting = asyncio.ensure_future(producer.client.send(1, record))
        await producer.client.send(1, "metadata")
        for _ in range(20):
            await asyncio.sleep(0)
        assert sent == ["metadata"]
        tenure.renew(now[0])
        await asyncio.wait_for(waiting, 5)

    asyncio.run(run())
    assert sent == ["metadata", record]
