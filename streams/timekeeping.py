"""How far time has come at a stage: the minimum over what every partition of the stage before has reached.

    reports 0 --tick 10:00:10-->|
    reports 1 --tick 10:00:10-->|  mentions 7: heard from all of them, so 10:00:10 is reached
    reports 2 --tick 10:00:10-->|

A partition that was just taken over knows nothing until it has heard from every origin again: it errs on the side of
"not yet".
"""

from collections import defaultdict
from datetime import datetime

from schemas.outcome import Output
from schemas.report import Tick
from schemas.topics import Stream
from streams.metrics import Metrics


class Timekeeper:
    """Hears the ticks of a process's partitions.

    Parameters
    ----------
    partitions
        How many partitions each topic has: so many origins does a tick that is passed on speak of.
    metrics
        Told how far time has come, and how old the tick was that said so.
    """

    def __init__(self, partitions: int, metrics: Metrics) -> None:
        self._partitions = partitions
        self._metrics = metrics
        self._watermarks: dict[str, dict[int, Watermark]] = defaultdict(lambda: defaultdict(Watermark))

    def reached(self, stage: str, partition: int) -> datetime | None:
        """Return the instant before which a partition has dealt with everything; None while that is not known."""
        return self._watermarks[stage][partition].reached

    def hear(self, stage: str, partition: int, tick: Tick) -> Tick | None:
        """Take a tick; return the one that now stands for the partition when its time has moved on, else None."""
        moved = self._watermarks[stage][partition].hear(tick)
        if moved is not None:
            self._metrics.ticked(stage, partition, moved.sent_at.timestamp())
            reached = [w.reached for w in self._watermarks[stage].values()]
            self._metrics.reached(stage, min(r.timestamp() if r else 0.0 for r in reached))
        return moved

    def onward(self, stream: Stream, moved: Tick, partition: int) -> tuple[Output, ...]:
        """Return the ticks by which every partition of the next stage hears of it."""
        tick = Tick(at=moved.at, sent_at=moved.sent_at, origin=partition, origins=self._partitions)
        return tuple(Output(stream, tick.record_id, tick, p) for p in range(self._partitions))

    def forget(self) -> None:
        """Partitions came or went: the time that they reached must be heard anew."""
        self._watermarks.clear()


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
