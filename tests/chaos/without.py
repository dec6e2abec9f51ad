"""The measures taken away one by one, to see the scenario fail that is there for each: `CHAOS_WITHOUT=tenure`."""

from collections.abc import Callable
from typing import Any

from faust.types import EventT

import streams.app
from streams import guard
from streams.admin import Admin
from streams.app import TocsinApp
from streams.consuming import GatedConsumer, GatedConsumerThread
from streams.delivery import Deliveries
from streams.fusing import crowd
from streams.liveness import DeadMansSwitch, Liveness
from streams.rate import Rate
from streams.tenure import Tenure


def _books() -> None:
    for name in ("_new_offset", "_filter_tps_with_pending_acks", "_add_gap", "commit"):
        delattr(GatedConsumer, name)
    del GatedConsumerThread.seek_to_committed
    GatedConsumer.in_turn = lambda *_: True  # type: ignore[method-assign]


def _put(owner: type, name: str, instead: Any) -> Callable[[], None]:  # noqa: ANN401  a function, a property
    return lambda: setattr(owner, name, instead)


async def _at_once(*_: object) -> None: ...


def _ending() -> None:
    sound = guard.Guard.handle

    async def handle(self: guard.Guard, stage: guard.Stage, event: EventT[bytes]) -> None:
        try:
            await sound(self, stage, event)
        except Exception:  # noqa: BLE001  as Faust does it: on with the next one
            self._app.consumer.finish(event.message.tp, event.message.offset)  # type: ignore[attr-defined]

    for owner, name, instead in (
        (guard.Guard, "handle", handle),
        (Deliveries, "poison", lambda *_: None),
        (TocsinApp, "crash", _at_once),
    ):
        setattr(owner, name, instead)


MEASURES: dict[str, Callable[[], None]] = {
    "books": _books,
    "turn": _put(GatedConsumer, "in_turn", lambda *_: True),
    "tenure": _put(Tenure, "lapsed", property(lambda _: False)),
    "ending": _ending,
    "gate": _put(Deliveries, "settled", _at_once),
    "finishing": _put(TocsinApp, "_finish_up", _at_once),
    "liveness": _put(Liveness, "complaint", lambda _: None),
    "switch": _put(DeadMansSwitch, "hold", lambda *_: None),
    "flood": _put(Rate, "admits", lambda *_: True),
    "newer-rows": lambda: vars(guard).update(NewerStateError=()),
    "crowd": lambda: vars(crowd).update(CROWD=1_000_000),
    "clocks": lambda: vars(streams.app).update(vouch_tick=lambda *_: None),
    "topics": _put(TocsinApp, "_check_topics", lambda _: None),
    "lost-state": _put(Admin, "lost_state", lambda *_: []),
}
