"""What a text tells, sentence by sentence, before any choice of what goes on: for benchmarks of type and relevance."""

from dataclasses import dataclass
from datetime import UTC, datetime

from schemas.taxonomy import SetAsideReason
from streams.reading import gated, modality, times
from streams.reading.clock import Clock, zone_at
from streams.reading.events import Event, detect
from streams.reading.gaps import close_gaps
from streams.reading.genre import Genre
from streams.reading.lexicon import Lexicon
from streams.reading.normal import fold
from streams.reading.segment import sentences


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence and what the reader sees in it."""

    text: str
    paragraph: int
    cues: frozenset[str]
    """Classes of its cues."""
    events: tuple[tuple[Event, SetAsideReason | None], ...]
    """Its events, each with the reason for which it would be set aside."""


def surveyed(text: str, lexicon: Lexicon, published: datetime = datetime(2021, 1, 1, tzinfo=UTC)) -> list[Passage]:
    """Return every sentence of a text with its events.

    Parameters
    ----------
    text
        The text, without a headline.
    lexicon
        The indexes.
    published
        Anchors what is past.
    """
    gated.forget()
    body = f"\n{text}"
    hits = close_gaps(lexicon.cues.find(fold(body), body), body)
    clock = Clock(published, zone_at(0.0, 0.0))
    out: list[Passage] = []
    for sentence in sentences("", text):
        own = [h for h in hits if sentence.start <= h.start < sentence.end]
        events: list[tuple[Event, SetAsideReason | None]] = []
        for event in detect(body, sentence, own):
            dated = times.find(body, event.start, event.end, clock)
            verdict = modality.judge(body, event, dated, Genre())
            events.append((event, verdict[0] if verdict else None))
        cues = frozenset[str]().union(*(h.classes for h in own))
        out.append(Passage(body[sentence.start : sentence.end], sentence.paragraph, cues, tuple(events)))
    return out


def seen(text: str, lexicon: Lexicon) -> list[tuple[Event, SetAsideReason | None]]:
    """Return every event of a text with the reason for which it would be set aside, None where it would not."""
    return [event for passage in surveyed(text, lexicon) for event in passage.events]
