"""The time that each stage has reached, partition by partition, and the ticks that it passes on."""

from collections import defaultdict
from datetime import datetime

from schemas.outcome import Output
from schemas.report import Tick
from schemas.topics import Stream
from streams.metrics import Metrics
from streams.watermark import Watermark


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
