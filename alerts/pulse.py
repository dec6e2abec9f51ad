"""Quiet or broken: whether the route behind a namespace is alive, told from its heartbeats.

A heartbeat says which tick last came through the whole route, partition by partition, so silence of the alert topic
means that nothing happened only while heartbeats go on.

    ticker ──▶ reports ──▶ ... ──▶ exposures 0..n ──▶ heartbeat: "the tick of 10:00:10 came through 3"
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from schemas.report import Heartbeat

STALE_AFTER = timedelta(seconds=45)
"""Ticks come every 10 s and a subscriber looks every 2 s: what stops is noticed within 60 s, and a crash of one worker,
whose partitions are taken over within 30 s, is no alarm."""
_CLOCKS_DIFFER = timedelta(minutes=10)


class PulseState(StrEnum):
    """What the heartbeats say."""

    ALIVE = "alive"
    """Time passes through every partition: silence means that nothing happened."""
    STALE = "stale"
    """Time stands still in at least one partition: silence means nothing."""
    SILENT = "silent"
    """There are no heartbeats at all: no worker has run here lately."""
    SIMULATED = "simulated"
    """The namespace lives in simulated time: it passes when whoever sends the reports says so."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """How the route does at an instant."""

    state: PulseState
    age: timedelta | None = None
    """How long ago the tick was written that came through last, in the slowest partition."""
    reached: datetime | None = None
    """How far time has come: the slowest partition's."""
    missing: int = 0
    """Partitions that were never heard of."""

    @property
    def well(self) -> bool:
        """Whether silence can be trusted."""
        return self.state in (PulseState.ALIVE, PulseState.SIMULATED)

    @property
    def live(self) -> bool:
        """Whether the wall clock passes there, or did when a worker last ran: nobody else may tell the time."""
        return self.state in (PulseState.ALIVE, PulseState.STALE)


def take_pulse(heard: Mapping[int, Heartbeat], partitions: int, now: datetime, after: timedelta = STALE_AFTER) -> Pulse:
    """Tell how the route does from the latest heartbeat of each partition.

    Parameters
    ----------
    heard
        Latest heartbeat by partition.
    partitions
        How many partitions the route has.
    now
        Wall clock.
    after
        How old the last tick may be.
    """
    if not heard:
        return Pulse(PulseState.SILENT, missing=partitions)
    reached = min(h.reached for h in heard.values())
    age = now - min(h.ticked_at for h in heard.values())
    missing = partitions - len(heard)
    if any(abs(h.reached - h.ticked_at) > _CLOCKS_DIFFER for h in heard.values()):
        return Pulse(PulseState.SIMULATED, age, reached, missing)
    alive = age <= after and not missing
    return Pulse(PulseState.ALIVE if alive else PulseState.STALE, age, reached, missing)
