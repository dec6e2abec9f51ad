"""Workers are started, started again with back-off when they end, and stopped in order."""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from streams.desk.supervisor import FIRST_WAIT_S, Supervisor, Worker

STAYS = "import time; print('up', flush=True); time.sleep(600)"
ENDS = "import sys; print('cannot go on', flush=True); sys.exit(3)"
STUBBORN = "import signal, time; signal.signal(15, signal.SIG_IGN); print('up', flush=True); time.sleep(600)"


def worker(folder: Path, code: str) -> Worker:
    """Plan a worker that runs some Python."""
    return Worker("w", [sys.executable, "-c", code], {}, folder / "log" / "w.log", "http://127.0.0.1:1")


def until(condition: Callable[[], bool]) -> None:
    """Wait until a condition holds."""
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.fixture
def said() -> list[str]:
    """What the supervisor says."""
    return []


@pytest.fixture
def supervise(said: list[str]) -> Iterator[Callable[[Worker], Supervisor]]:
    """Start a supervisor that is stopped in the end."""
    started: list[Supervisor] = []

    def start(planned: Worker) -> Supervisor:
        started.append(Supervisor([planned], said.append))
        started[-1].start()
        return started[-1]

    yield start
    for supervisor in started:
        supervisor.stop(within_s=0.2)


def test_a_worker_that_ends_is_started_again(
    tmp_path: Path, said: list[str], supervise: Callable[[Worker], Supervisor]
) -> None:
    """It says why, waits, starts anew, and waits longer the next time."""
    planned = worker(tmp_path, ENDS)
    supervisor = supervise(planned)

    def restarted(times: int) -> bool:
        supervisor.look_after()
        return planned.restarts >= times

    until(lambda: restarted(2))
    assert "status 3" in said[0]
    assert "cannot go on" in said[0]
    assert f"again in {FIRST_WAIT_S:g} s" in said[0]
    assert planned.wait_s > FIRST_WAIT_S


def test_a_killed_worker_comes_back(tmp_path: Path, supervise: Callable[[Worker], Supervisor]) -> None:
    """After SIGKILL another process takes its place."""
    planned = worker(tmp_path, STAYS)
    supervisor = supervise(planned)
    first = planned.pid
    assert planned.process is not None
    planned.process.kill()

    def replaced() -> bool:
        supervisor.look_after()
        return planned.pid not in (None, first)

    until(replaced)


@pytest.mark.parametrize("code", [STAYS, STUBBORN], ids=["willing", "stubborn"])
def test_stopping_ends_every_worker(
    code: str, tmp_path: Path, said: list[str], supervise: Callable[[Worker], Supervisor]
) -> None:
    """A willing one ends at once, a stubborn one is killed, and that is said."""
    planned = worker(tmp_path, code)
    supervisor = supervise(planned)
    until(lambda: planned.log_path.exists() and "up" in planned.log_path.read_text())
    process = planned.process
    assert process is not None
    supervisor.stop(within_s=10 if code is STAYS else 0.3)
    assert process.poll() is not None
    assert any("killed" in line for line in said) is (code is STUBBORN)
