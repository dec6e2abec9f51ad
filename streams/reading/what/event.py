"""An event as clauses tell it, before it is judged, dated and placed."""

from dataclasses import dataclass

from schemas.taxonomy import Status as S
from schemas.taxonomy import ThreatType as Y
from streams.reading.text.segment import Sentence
from streams.reading.what.cues import Hit


@dataclass(slots=True)
class Event:
    """A clause, or several, that tell one event."""

    sentence: Sentence
    start: int
    end: int
    type: Y
    type_hit: Hit
    types: frozenset[Y]
    """Those that its cues may stand for; none where no rule can tell."""
    status: S
    status_hit: Hit | None
    hits: list[Hit]
    vague: bool = False
    """No weapon named: "the attack"."""
    first_act: int = 0
    countered: bool = False
    """What forces of order did to a weapon before its use."""
    partial: bool = False
    """Told of some of several: "seven of them were shot down"."""
    counting: bool = False
    """It counts: "the fifth such device this year"."""
    bare: bool = False
    """A weapon of which no deed is told: "another two mortars just now"."""
    within: tuple[int, int] | None = None
    """The part of the sentence in which its time is told, where another part tells another deed."""
    of_several: bool = False
    """Its sentence counts several, and tells each: "two attacks were reported: ..."."""
    counted: bool = False
    """It is counted, or opens the clause: "two mortars", not "the mortars"."""
    apart: bool = False
    """Of a series of clauses, each of which tells a place of its own."""
    goes_on: bool = False
    """It has its subject, or its verb, in common with the member of the series before it."""
