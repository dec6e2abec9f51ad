"""Whether a worker is alive: one that has work and makes no progress is not, whatever its heartbeat says.

Faust's own detectors only log, and Kafka's heartbeat runs on while the agents hang. Each kind of work is looked at for
itself: ticks keep one stage busy while another hangs.
"""

import faulthandler
import sys
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Work:
    """One kind of work at one moment."""

    waiting: int
    """What waits to be done, what is in hand included."""
    done: int
    """How much was done since the process started."""


class Liveness:
    """Watches what waits against what is done.

    Parameters
    ----------
    stall_after_s
        With work of a kind to do, nothing of it done for so long is a stall; in s.
    """

    def __init__(self, stall_after_s: float) -> None:
        self._stall_after_s = stall_after_s
        self._since: dict[str, tuple[int, float]] = {}
        self._complaint: str | None = None

    def observe(self, now_s: float, works: Mapping[str, Work]) -> None:
        """Take a look; `now_s` is a monotonic clock, `works` has the same kinds each time."""
        complaints = []
        for name, work in works.items():
            done, since_s = self._since.get(name, (-1, now_s))
            if not work.waiting:
                self._since.pop(name, None)
            elif work.done != done:
                self._since[name] = (work.done, now_s)
            elif now_s - since_s >= self._stall_after_s:
                complaints.append(f"{name} finished nothing for {now_s - since_s:.0f} s while {work.waiting} wait")
        self._complaint = "; ".join(complaints) or None

    def complaint(self) -> str | None:
        """Return why it is not alive, None while it is."""
        return self._complaint


class DeadMansSwitch:
    """Ends the process, with the stack of every thread, when nobody has held it for a while.

    It works also when nothing of Python runs any more: a step that never ends blocks the event loop, and may block all
    threads.
    """

    def hold(self, for_s: float) -> None:
        """Let the process live for so long from now, in s."""
        faulthandler.dump_traceback_later(for_s, exit=True, file=sys.__stderr__ or sys.stderr)

    def release(self) -> None:
        """Let it live."""
        faulthandler.cancel_dump_traceback_later()
