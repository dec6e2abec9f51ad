"""How much of something is let through: a token bucket."""


class Rate:
    """Lets through so much a second on average, and a burst at once.

    Parameters
    ----------
    per_s
        Average that is let through, in 1/s.
    burst
        How much is let through at once after a quiet while; as much as in a second where it is left out.
    """

    def __init__(self, per_s: float, burst: float | None = None) -> None:
        self._per_s = per_s
        self._most = self._tokens = max(1.0, per_s if burst is None else burst)
        self._at: float | None = None

    def admits(self, now_s: float) -> bool:
        """Whether one more is let through; `now_s` is a monotonic clock."""
        if self._at is not None:
            self._tokens = min(self._most, self._tokens + (now_s - self._at) * self._per_s)
        self._at = now_s
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True
