"""Whether a worker is alive: one that has work and makes no progress is not, whatever its heartbeat says.

Faust's own detectors only log, and Kafka's heartbeat runs on while the agents hang.
"""


class Liveness:
    """Watches lag against progress.

    Parameters
    ----------
    stall_after_s
        With work to do, no event finished for so long (or rebalancing for so long) is a stall; in s.
    """

    def __init__(self, stall_after_s: float) -> None:
        self._stall_after_s = stall_after_s
        self._handled: int | None = None
        self._since = 0.0
        self._complaint: str | None = None

    def observe(self, now_s: float, lag: int, handled: int, *, rebalancing: bool) -> None:
        """Take a look.

        Parameters
        ----------
        now_s
            A monotonic clock.
        lag
            Records that wait in the partitions held.
        handled
            How many events the process has finished since it started.
        rebalancing
            Whether partitions are being handed out just now.
        """
        idle = lag == 0 and not rebalancing
        if self._handled is None or handled != self._handled or idle:
            self._handled, self._since, self._complaint = handled, now_s, None
            return
        stalled_s = now_s - self._since
        if stalled_s >= self._stall_after_s:
            why = "partitions are being handed out" if rebalancing else f"{lag} records wait"
            self._complaint = f"nothing was finished for {stalled_s:.0f} s while {why}"

    def complaint(self) -> str | None:
        """Return why it is not alive, None while it is."""
        return self._complaint
