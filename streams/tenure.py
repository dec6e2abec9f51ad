"""Whether this process may still write for the partitions that it was given: a lease that each heartbeat renews.

A process that was stopped, or cut off, for longer than the session goes on where it was when it comes back, with
records in hand that another has taken over meanwhile. What it then writes would contradict what the other wrote. So
nothing is written unless a heartbeat that was *sent* within the session was answered: the broker cannot have given the
partitions away before that. Kafka fences the commits of such a process, but not its sends. Source: Gray and Cheriton,
"Leases", SOSP 1989.
"""

import time
from collections.abc import Callable


class Tenure:
    """The right to write.

    Parameters
    ----------
    session_s
        How long the broker waits for a heartbeat before it gives the partitions to others, in s.
    clock
        A monotonic clock that goes on while the process is stopped.
    """

    def __init__(self, session_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._session_s = session_s
        self._clock = clock
        self._until_s: float | None = None

    def now(self) -> float:
        """Return the instant that `renew` takes."""
        return self._clock()

    def renew(self, sent_s: float) -> None:
        """Take note that a heartbeat, or a join, which was sent at an instant was answered well."""
        self._until_s = sent_s + self._session_s

    def release(self) -> None:
        """The partitions were given back in order: there is nothing to write for, and nothing to guard."""
        self._until_s = None

    @property
    def lapsed(self) -> bool:
        """Whether others may hold by now what this process was given."""
        return self._until_s is not None and self._clock() >= self._until_s
