"""Keeps worker processes running: starts them, starts them again with back-off when they end, stops them in order.

A worker that finds itself unfit ends its own process (a failed delivery, a stall); this is the something outside that
starts it anew. Workers are tied to this process: they end with it, however it ends.
"""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from streams.broker.node import spawn_tethered
from streams.broker.restarting import FIRST_WAIT_S, Restarting

__all__ = ["FIRST_WAIT_S", "Supervisor", "Worker"]


@dataclass(slots=True)
class Worker(Restarting):
    """One supervised process."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log_path: Path
    url: str
    """Where its metrics and health are served."""
    process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """Its process id, None while it does not run."""
        return self.process.pid if self.process is not None and self.process.poll() is None else None

    def last_words(self) -> str:
        """Return the last line of its log that is no traceback."""
        lines = self.log_path.read_text(errors="replace").splitlines() if self.log_path.exists() else []
        return next((line for line in reversed(lines) if line.strip() and not line.startswith(" ")), "no log")


class Supervisor:
    """Runs workers until it is told to stop.

    Parameters
    ----------
    workers
        What to run.
    say
        Told what happens, a line each.
    """

    def __init__(self, workers: Sequence[Worker], say: Callable[[str], None]) -> None:
        self.workers = tuple(workers)
        self._say = say
        # The kernel ties a child to the thread that made it: this one lives as long as the supervisor.
        self._launcher = ThreadPoolExecutor(max_workers=1, thread_name_prefix="launcher")

    def start(self) -> None:
        """Start them all."""
        for worker in self.workers:
            self._start(worker)

    def look_after(self) -> None:
        """Start again what has ended and is due; to be called about once a second."""
        now = time.monotonic()
        for worker in self.workers:
            if worker.process is None or worker.pid is not None:
                continue
            if (wait_s := worker.has_ended(now)) is not None:
                how = _how(worker.process.returncode)
                self._say(f"{worker.name} ended ({how}), again in {wait_s:g} s: {worker.last_words()}")
            elif worker.is_due(now):
                self._start(worker)

    def stop(self, within_s: float = 15.0) -> None:
        """Ask all to stop, and end those that do not within `within_s`."""
        running = [(w, w.process) for w in self.workers if w.process is not None and w.pid is not None]
        for _, process in running:
            process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + within_s
        for worker, process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                self._say(f"{worker.name} does not stop, it is killed; what it had not committed is done again")
                process.kill()
                process.wait()
        for worker in self.workers:
            worker.process = None
        self._launcher.shutdown()

    def _start(self, worker: Worker) -> None:
        worker.log_path.parent.mkdir(parents=True, exist_ok=True)
        worker.starts(time.monotonic())
        environment = {**os.environ, **worker.environment}
        worker.process = self._launcher.submit(
            spawn_tethered, worker.command, worker.log_path, environment=environment
        ).result()


def _how(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"status {code}"
