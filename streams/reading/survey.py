"""What a text tells, event by event, before any choice of what goes on: for benchmarks of type and relevance."""

from datetime import UTC, datetime

from schemas.taxonomy import SetAsideReason
from streams.reading import modality, times
from streams.reading.clock import Clock, zone_at
from streams.reading.events import Event, detect
from streams.reading.gaps import close_gaps
from streams.reading.genre import Genre
from streams.reading.lexicon import Lexicon
from streams.reading.normal import fold
from streams.reading.segment import sentences


def seen(
    text: str, lexicon: Lexicon, published: datetime = datetime(2021, 1, 1, tzinfo=UTC)
) -> list[tuple[Event, SetAsideReason | None]]:
    """Return every event of a text with the reason for which it would be set aside, None where it would not.

    Parameters
    ----------
    text
        The text, without a headline.
    lexicon
        The indexes.
    published
        Anchors what is past.
    """
    body = f"\n{text}"
    hits = close_gaps(lexicon.cues.find(fold(body), body), body)
    clock = Clock(published, zone_at(0.0, 0.0))
    out: list[tuple[Event, SetAsideReason | None]] = []
    for sentence in sentences("", text):
        own = [h for h in hits if sentence.start <= h.start < sentence.end]
        for event in detect(body, sentence, own):
            dated = times.find(body, event.start, event.end, clock)
            verdict = modality.judge(body, event, dated, Genre())
            out.append((event, verdict[0] if verdict else None))
    return out
