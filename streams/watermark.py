"""How far time has come at a stage: the minimum over what every partition of the stage before has reached.

    reports 0 --tick 10:00:10-->|
    reports 1 --tick 10:00:10-->|  mentions 7: heard from all of them, so 10:00:10 is reached
    reports 2 --tick 10:00:10-->|

A partition that was just taken over knows nothing until it has heard from every origin again: it errs on the side of
"not yet".
"""

from datetime import datetime

from schemas.report import Tick


class Watermark:
    """The time that one partition of a stage has reached."""

    def __init__(self) -> None:
        self._heard: dict[int, Tick] = {}
        self._reached: datetime | None = None

    @property
    def reached(self) -> datetime | None:
        """Everything before this instant has been dealt with; None while not every origin was heard."""
        return self._reached

    def hear(self, tick: Tick) -> Tick | None:
        """Take a tick; return the one that now stands for the minimum when time has moved on, else None.

        The tick that is returned carries the oldest `sent_at` of all origins, so that its age is the slowest one's.
        """
        known = self._heard.get(tick.origin)
        if known is None or tick.at >= known.at:
            self._heard[tick.origin] = tick
        heard = [t for origin, t in self._heard.items() if origin < tick.origins]
        if len(heard) < tick.origins:
            return None
        reached = min(t.at for t in heard)
        if self._reached is not None and reached <= self._reached:
            return None
        self._reached = reached
        return Tick(at=reached, sent_at=min(t.sent_at for t in heard), origin=tick.origin, origins=tick.origins)
