"""What stands around a step: when an input is done, when it is a dead letter, and when the process must end."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest
from faust.types import TP

from schemas.outcome import NewerStateError, Outcome, Step
from schemas.report import Tick
from schemas.topics import REPORTS
from streams.dead_letters import DeadLetters
from streams.delivery import Deliveries
from streams.envelope import encode
from streams.guard import MAX_RECORD_BYTES, Guard, Received, Stage
from streams.metrics import Metrics
from streams.rows import Rows

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass
class Shell:
    """An app that sends nothing and remembers everything."""

    sent: list[tuple[str, Any]] = field(default_factory=list)
    finished: list[tuple[TP, int]] = field(default_factory=list)
    crashes: list[BaseException] = field(default_factory=list)
    next: int = 7

    @property
    def producer(self) -> "Shell":
        """Itself."""
        return self

    @property
    def consumer(self) -> "Shell":
        """Itself."""
        return self

    async def send(self, topic: str, _key: object, value: object, *_: object) -> None:
        """Remember it."""
        self.sent.append((topic, value))

    def in_turn(self, _tp: TP, offset: int) -> bool:
        """Tell whether it is the next."""
        return offset == self.next

    def finish(self, tp: TP, offset: int) -> None:
        """Remember it."""
        self.finished.append((tp, offset))

    async def crash(self, error: BaseException) -> None:
        """Remember it."""
        self.crashes.append(error)


def handle(shell: Shell, step: Any, value: bytes | None = None) -> tuple[Deliveries, Rows]:  # noqa: ANN401  any step
    """Take a tick, or other bytes, through a stage."""
    encoded = encode(Tick(at=NOW, sent_at=NOW, origin=0, origins=1), "tick", "/tests")
    message = SimpleNamespace(
        topic="n.reports.v1",
        partition=1,
        offset=7,
        tp=TP("n.reports.v1", 1),
        key=b"tick",
        value=value or encoded.value,
        headers=encoded.headers,
        timestamp=NOW.timestamp(),
    )
    deliveries, metrics, rows, app = Deliveries(), Metrics("n"), Rows(), cast("Any", shell)
    guard = Guard(app, "n", deliveries, metrics, DeadLetters(app, "n", 10, metrics))
    stage = Stage("read", REPORTS, step, rows)

    async def run() -> None:
        await guard.handle(stage, cast("Any", SimpleNamespace(message=message)))
        await asyncio.wait_for(guard.idle(), 1)

    asyncio.run(run())
    return deliveries, rows


def test_done_is_what_a_step_has_dealt_with() -> None:
    """An input is finished after its step, and its rows are written."""
    shell = Shell()
    _, rows = handle(shell, lambda _: Step(Outcome.TICK, rows={"key": b"row"}))
    assert shell.finished == [(TP("n.reports.v1", 1), 7)]
    assert rows.of(1) == {"key": b"row"}


def test_what_is_out_of_turn_is_left_alone() -> None:
    """An event before which others were dropped takes no step and is not done: it comes again after them."""
    shell = Shell(next=6)
    _, rows = handle(shell, lambda _: pytest.fail("no step is taken"))
    assert not shell.finished
    assert not shell.sent
    assert not rows.of(1)


def test_a_row_that_no_changelog_takes() -> None:
    """What leads to a row over the limit is a dead letter, and nothing of it is written: the worker goes on."""
    shell = Shell()
    deliveries, rows = handle(shell, lambda _: Step(Outcome.TICK, rows={"key": b"x" * (MAX_RECORD_BYTES + 1)}))
    assert [topic for topic, _ in shell.sent] == ["n.reports.v1.dlq"]
    assert not rows.of(1)
    assert len(shell.finished) == 1
    assert deliveries.failure is None


def test_bad_input_is_done_once_it_is_a_dead_letter() -> None:
    """Bytes that cannot be read are kept as they came, and count as finished."""
    shell = Shell()
    handle(shell, lambda _: pytest.fail("no step is taken"), b"{nope")
    assert shell.sent == [("n.reports.v1.dlq", b"{nope")]
    assert len(shell.finished) == 1


def test_a_newer_row_ends_the_worker() -> None:
    """A worker that cannot read what a newer one remembers ends; the record is not called bad, and not done."""
    shell = Shell()

    def step(_received: Received) -> Step[bytes]:
        raise NewerStateError("row x has version 2")

    with pytest.raises(NewerStateError):
        handle(shell, step)
    assert not shell.sent
    assert not shell.finished
    assert len(shell.crashes) == 1
