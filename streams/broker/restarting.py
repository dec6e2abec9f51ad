"""When a process that has ended is started again: later each time, and soon after one that ran steadily."""

from dataclasses import dataclass

FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 30.0
STEADY_AFTER_S = 60.0
"""What ran for so long starts over with the shortest wait when it ends."""


@dataclass(slots=True, kw_only=True)
class Restarting:
    """The back-off of one process; all instants are on the monotonic clock."""

    first_wait_s: float = FIRST_WAIT_S
    wait_s: float = 0.0
    """How long it is waited for when it ends next."""
    started_s: float = 0.0
    due_s: float | None = None
    """When it is to be started again; None while it runs."""
    restarts: int = 0

    def has_ended(self, now_s: float) -> float | None:
        """Take note that it has ended; return how long it is waited for, None where that was noted before."""
        if self.due_s is not None:
            return None
        steady = now_s - self.started_s > STEADY_AFTER_S
        wait_s = self.first_wait_s if steady else max(self.first_wait_s, self.wait_s)
        self.due_s, self.wait_s = now_s + wait_s, min(LONGEST_WAIT_S, wait_s * 2)
        return wait_s

    def is_due(self, now_s: float) -> bool:
        """Whether it is to be started again now."""
        return self.due_s is not None and now_s >= self.due_s

    def starts(self, now_s: float) -> None:
        """Take note that it is started, for the first time or again."""
        self.restarts += self.due_s is not None
        self.started_s, self.due_s = now_s, None
