"""Tells which events are none whatever a model would make of their words."""

from schemas.taxonomy import SetAsideReason as R
from streams.reading.meant.explained import explained
from streams.reading.meant.mistold import MISTOLD, mistold
from streams.reading.story import Story
from streams.reading.what.events import Event


def plainly_none(story: Story, event: Event) -> tuple[R, str] | None:
    """Why an event is none whatever its words: countered, asked about, misreported, or explained by who tells it; None where it may be one."""
    body, sentence = story.body, event.sentence
    if event.countered:
        return R.FRIENDLY, "modality.countered"
    if story.genre.asks(event.start):
        return R.HYPOTHETICAL, "genre.asked"
    if not sentence.title and mistold(body, body[: body.find("\n")], sentence.start, event.type_hit.start):
        return R.NEGATED, MISTOLD
    return explained(story, event)
