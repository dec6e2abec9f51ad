"""What the detector keeps of a facility, and how it is stored: its past folded into a statistic, and what is recent.

StateError      a stored state that is corrupt, or written by another version: rebuild it
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from alerts.pattern import KINDS, OTHER, PARTS, RINGS, Mark
from alerts.statistic import KindEvidence, Statistic

VERSION: Final = 3
_RINGS_BEFORE: Final = 4
"""Of version 2."""


class StateError(ValueError):
    """A stored state cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Observation:
    """An incident's revision as it concerns the facility."""

    at_ms: int
    """Midpoint of the interval in which it happened, in ms since 1970."""
    incident_id: str
    distance_km: float
    weight: float = 1.0
    """In [0, 1]: how much of an incident this is."""
    revision: int = 1
    withdrawn: bool = False
    """It no longer concerns the facility."""
    kind: int = OTHER
    """Kind of attack, see `pattern.py`."""
    timed: bool = True
    """Whether it is known in which part of the day it happened."""


@dataclass(frozen=True, slots=True)
class DetectorState:
    """All that is kept of a facility; equal for equal sets of observations."""

    since_ms: int
    """When the facility came under observation."""
    horizon_ms: int
    """Up to here everything is folded; it never goes back."""
    checkpoint: Statistic
    in_guard: tuple[Mark, ...]
    """Folded already but not yet in the baseline of the checkpoint, in order."""
    recent: tuple[Observation, ...]
    """Newer than the horizon, in order; withdrawn ones stay, so that an older revision does not revive them."""
    head: Statistic
    made_for: str
    """`DetectorConfig.shape`."""
    late_ids: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Return the state as JSON values; floats survive exactly."""
        return {
            "v": VERSION,
            "for": self.made_for,
            "since": self.since_ms,
            "horizon": self.horizon_ms,
            "checkpoint": _packed(self.checkpoint),
            "head": _packed(self.head),
            "in_guard": [list(m) for m in self.in_guard],
            "recent": [
                [o.at_ms, o.incident_id, o.distance_km, o.weight, o.revision, o.withdrawn, o.kind, o.timed]
                for o in self.recent
            ],
            "late": list(self.late_ids),
        }

    @classmethod
    def from_json(cls, stored: object) -> "DetectorState":
        """Return the state that `to_json` wrote, in this version or the one before.

        Raises
        ------
        StateError
            It is corrupt, or another version wrote it.
        """
        if isinstance(stored, dict) and stored.get("v") == VERSION - 1:
            stored = _upgraded(stored)
        if not isinstance(stored, dict) or stored.get("v") != VERSION:
            found = stored.get("v") if isinstance(stored, dict) else type(stored).__name__
            raise StateError(f"detector state has version {found!r}, this program reads {VERSION}: rebuild it")
        try:
            return cls(
                since_ms=stored["since"],
                horizon_ms=stored["horizon"],
                checkpoint=_unpacked(stored["checkpoint"]),
                in_guard=tuple([Mark(*fields) for fields in stored["in_guard"]]),
                recent=tuple([Observation(*fields) for fields in stored["recent"]]),
                head=_unpacked(stored["head"]),
                made_for=stored["for"],
                late_ids=tuple(stored["late"]),
            )
        except (KeyError, TypeError, ValueError) as e:
            raise StateError(f"detector state is corrupt: {type(e).__name__}: {e}; rebuild it") from e


def radii_of(shape: str) -> str:
    """Return the part of `DetectorConfig.shape` that tells the radii."""
    return shape.partition("/")[0]


def _packed(s: Statistic) -> list[object]:
    return [*s[:-1], [None if k is None else list(k) for k in s.kinds]]


def _unpacked(stored: Sequence[Any]) -> Statistic:
    last_ms, own, counts, excitation, evidence, kinds = stored
    return Statistic(
        last_ms,
        own,
        tuple(counts),
        tuple(excitation),
        tuple([tuple(row) for row in evidence]),
        tuple([None if k is None else KindEvidence(k[0], k[1], tuple(k[2])) for k in kinds]),
    )


def _upgraded(stored: Mapping[str, Any]) -> dict[str, Any]:
    """A state of version 2, whose rings were twice as wide: what is usual is spread evenly over the halves of each."""
    try:
        for name in ("checkpoint", "head"):
            last_ms, own, counts, excitation, evidence, kinds = stored[name]
            rings, others = counts[: -PARTS - KINDS], counts[-PARTS - KINDS :]
            halves = RINGS // _RINGS_BEFORE
            finer = [count / halves for count in rings for _ in range(halves)]
            stored = {**stored, name: [last_ms, own, [*finer, *others], excitation, evidence, kinds]}
        return {**stored, "v": VERSION}
    except (KeyError, TypeError, ValueError) as e:
        raise StateError(f"detector state is corrupt: {type(e).__name__}: {e}; rebuild it") from e
