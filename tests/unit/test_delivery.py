"""The gate: what `settled` waits for, and what closes it for good."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from streams.delivery import MOST_PENDING, Deliveries, DeliveryError

Scenario = Callable[[Deliveries], Awaitable[None]]


def play(scenario: Scenario) -> None:
    """Run a scenario on deliveries of its own."""

    async def run() -> None:
        await asyncio.wait_for(scenario(Deliveries()), timeout=5)

    asyncio.run(run())


async def pause() -> None:
    """Let everything run that can."""
    for _ in range(5):
        await asyncio.sleep(0)


def test_it_waits_for_what_was_handed_over_before() -> None:
    """`settled` returns when the last send that came before it is delivered, not earlier."""

    async def scenario(deliveries: Deliveries) -> None:
        first, second = asyncio.Future[None](), asyncio.Future[None]()
        deliveries.track(first)
        deliveries.track(second)
        gate = asyncio.ensure_future(deliveries.settled())
        first.set_result(None)
        await pause()
        assert not gate.done()
        second.set_result(None)
        await gate

    play(scenario)


def test_a_standstill_is_measured_from_the_last_delivery(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only while something is under way, and each delivery ends it."""
    clock = 100.0
    monkeypatch.setattr("streams.delivery.time.monotonic", lambda: clock)

    async def scenario(deliveries: Deliveries) -> None:
        nonlocal clock
        assert deliveries.standstill_s == 0
        first, second = asyncio.Future[None](), asyncio.Future[None]()
        deliveries.track(first)
        clock += 7
        deliveries.track(second)
        assert deliveries.standstill_s == 7
        first.set_result(None)
        await pause()
        assert deliveries.standstill_s == 0
        clock += 3
        assert deliveries.standstill_s == 3
        second.set_result(None)
        await pause()
        assert deliveries.standstill_s == 0

    asyncio.run(scenario(Deliveries()))


def test_it_does_not_wait_for_what_comes_after() -> None:
    """Under steady load a commit still comes to its end: later sends belong to the next one."""

    async def scenario(deliveries: Deliveries) -> None:
        before, after = asyncio.Future[None](), asyncio.Future[None]()
        deliveries.track(before)
        gate = asyncio.ensure_future(deliveries.settled())
        await pause()
        deliveries.track(after)
        before.set_result(None)
        await gate
        assert deliveries.pending == 1

    play(scenario)


def test_an_earlier_epoch_is_waited_for_as_well() -> None:
    """Two gates at once: the later one waits for what the earlier one waits for, too."""

    async def scenario(deliveries: Deliveries) -> None:
        slow, quick = asyncio.Future[None](), asyncio.Future[None]()
        deliveries.track(slow)
        early = asyncio.ensure_future(deliveries.settled())
        await pause()
        deliveries.track(quick)
        late = asyncio.ensure_future(deliveries.settled())
        quick.set_result(None)
        await pause()
        assert not late.done()
        slow.set_result(None)
        await asyncio.gather(early, late)

    play(scenario)


@pytest.mark.parametrize("how", ["failed", "cancelled", "poisoned"])
def test_a_failure_closes_it_for_good(how: str) -> None:
    """After one send that failed, or work that was cut short, nothing is ever committed again."""

    async def scenario(deliveries: Deliveries) -> None:
        sending = asyncio.Future[None]()
        deliveries.track(sending)
        gate = asyncio.ensure_future(deliveries.settled())
        await pause()
        if how == "failed":
            sending.set_exception(OSError("the broker is gone"))
        elif how == "cancelled":
            sending.cancel()
        else:
            deliveries.poison(RuntimeError("cut short"))
        with pytest.raises(DeliveryError):
            await gate
        with pytest.raises(DeliveryError):
            await deliveries.settled()

    play(scenario)


def test_stages_wait_while_very_much_is_under_way() -> None:
    """Over the limit a stage waits until enough is delivered, so that a commit never waits for a whole backlog."""

    async def scenario(deliveries: Deliveries) -> None:
        sendings = [asyncio.Future[None]() for _ in range(MOST_PENDING + 2)]
        for sending in sendings:
            deliveries.track(sending)
        waiting = asyncio.ensure_future(deliveries.eased())
        sendings[0].set_result(None)
        await pause()
        assert not waiting.done()
        sendings[1].set_result(None)
        await waiting

    play(scenario)
