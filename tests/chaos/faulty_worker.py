"""A worker with a fault in it: `python -m tests.chaos.faulty_worker worker`, told by the variable CHAOS_FAULT.

    {"kind": "raise", "at": "write", "stage": "fuse", "after": 20, "once": "/tmp/marker"}

`after` events of that stage the fault strikes; with `once` in the first process only that finds no such file, so that
what is started in its place is sound.
"""

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from faust.types import EventT

import streams.app
from alerts import site
from streams import revisions
from streams.agents import Route
from streams.cli import main
from streams.dead_letters import DeadLetters, pairs
from streams.delivery import Deliveries
from streams.fusing import rows
from streams.guard import Guard, Ready, Stage
from tests.chaos.without import MEASURES


class InjectedError(RuntimeError):
    """What a fault raises."""


@dataclass(slots=True)
class Fault:
    """What goes wrong, where, and when."""

    kind: str
    at: str = "step"
    stage: str = ""
    after: int = 0
    only: str = ""
    """Of what kind of record: a stream, for `send`; a word in the type, for `handle`."""
    seconds: float = 0.0
    once: str = ""
    met: int = 0

    def strikes(self) -> bool:
        """Count one more event; whether the fault strikes at it."""
        self.met += 1
        if self.met <= self.after or (self.once and Path(self.once).exists()):
            return False
        if self.once:
            Path(self.once).touch()
        return True


def commit(fault: Fault) -> None:
    """Do what the fault does, in a step: it is called within the event loop, and nothing else of the process runs."""
    match fault.kind:
        case "raise":
            raise InjectedError(f"injected at {fault.at}")
        case "exit":
            os._exit(99)
        case "spin":  # a step that never ends: the event loop hangs, the threads go on
            while True:
                time.sleep(0.01)
        case "slow":
            time.sleep(fault.seconds)
        case other:
            raise SystemExit(f"no such fault: {other}")


def install(fault: Fault) -> None:
    """Wrap what the fault is in."""
    match fault.at:
        case "step":
            wrap(Route, fault.stage, fault)
        case "write":
            wrap(Guard, "_write", fault, when=_of_stage(fault))
        case "settle":
            wrap(Guard, "_settle", fault, when=_of_stage(fault))
        case "send":
            wrap_async(Guard, "_send", fault, when=_sent(fault))
        case "deliver":
            wrap_async(Deliveries, "settled", fault)
        case "bury":
            wrap_async(DeadLetters, "write", fault)
        case "handle":
            wrap_async(Guard, "handle", fault, when=_met(fault))
        case "clock":
            vars(streams.app)["datetime"] = _shifted(fault)
        case "rows":
            _write_newer_rows()
        case other:
            raise SystemExit(f"no such place for a fault: {other}")


def wrap(owner: type, name: str, fault: Fault, when: Callable[..., bool] = lambda *_: True) -> None:
    """Let a method commit the fault before it does its work."""
    sound = getattr(owner, name)

    def faulty(*arguments: Any) -> Any:  # noqa: ANN401  whatever the method takes and gives
        if when(*arguments) and fault.strikes():
            commit(fault)
        return sound(*arguments)

    setattr(owner, name, faulty)


def wrap_async(owner: type, name: str, fault: Fault, when: Callable[..., bool] = lambda *_: True) -> None:
    """Let a coroutine method commit the fault before it does its work."""
    sound = getattr(owner, name)

    async def faulty(*arguments: Any) -> Any:  # noqa: ANN401  whatever the method takes and gives
        if when(*arguments) and fault.strikes():
            if fault.kind == "hang":  # the agent hangs, the event loop and the heartbeat go on
                await asyncio.Event().wait()
            if fault.kind == "slow":
                await asyncio.sleep(fault.seconds)
            else:
                commit(fault)
        return await sound(*arguments)

    setattr(owner, name, faulty)


def _of_stage(fault: Fault) -> Callable[..., bool]:
    def of_stage(_guard: Guard, stage: Stage, *_: object) -> bool:
        return stage.name == fault.stage

    return of_stage


def _sent(fault: Fault) -> Callable[..., bool]:
    def sent(_guard: Guard, stage: str, output: Ready, *_: object) -> bool:
        return stage == fault.stage and fault.only in ("", output.stream)

    return sent


def _met(fault: Fault) -> Callable[..., bool]:
    def met(_guard: Guard, stage: Stage, event: EventT[bytes]) -> bool:
        told = dict(pairs(event.message.headers)).get("ce_type", b"").decode()
        return stage.name == fault.stage and fault.only in told

    return met


def _write_newer_rows() -> None:
    """Be of the next version: every row it writes says so, and those of this version it reads as well."""
    vars(revisions)["_VERSION"] += 1
    vars(rows)["VERSION"] += 1
    vars(rows)["_READABLE"] |= {rows.VERSION}
    older = vars(site)["_HEAD"]
    vars(site)["VERSION"] += 1
    vars(site)["_HEAD"] = b'{"v":%d,"due":' % site.VERSION
    refuse = vars(site)["_refuse"]
    vars(site)["_refuse"] = lambda row: row.startswith(older) or refuse(row)


def _shifted(fault: Fault) -> type[datetime]:
    """A clock that jumps by `seconds` after a while."""
    begun = time.monotonic()

    class Shifted(datetime):
        @classmethod
        def now(cls, tz: Any = UTC) -> "Shifted":  # noqa: ANN401  as datetime's
            jumped = time.monotonic() - begun > fault.after
            at = datetime.now(tz) + timedelta(seconds=fault.seconds if jumped else 0)
            return cls.fromtimestamp(at.timestamp(), tz)

    return Shifted


if __name__ == "__main__":
    if measure := os.environ.get("CHAOS_WITHOUT"):
        MEASURES[measure]()
    if told := os.environ.get("CHAOS_FAULT"):
        install(Fault(**json.loads(told)))
    sys.exit(main())
