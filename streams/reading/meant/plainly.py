"""Tells which events are none whatever a model would make of their words."""

from typing import Final

from schemas.taxonomy import SetAsideReason as R
from schemas.taxonomy import ThreatType
from streams.reading.meant.explained import explained
from streams.reading.meant.mistold import MISTOLD, mistold
from streams.reading.story import Story
from streams.reading.text import gated as re
from streams.reading.what.event import Event

_HEARD: Final = frozenset({ThreatType.UNKNOWN_EXPLOSION, ThreatType.SMALL_ARMS, ThreatType.MORTAR_ARTILLERY})
_FORETOLD: Final = re.compile(
    r"\b(?:(?:[Pp]lease |[Dd]o |to )?[Ee]xpect|(?:may|might|will|should|can) (?:also |well |still )?(?:hear|expect|notice)|be prepared for|(?:not be|no cause for) alarm(?:ed)?)\s(?:(?:to hear|some|several|two|three|four|a|an|loud|more|occasional|distant|controlled|the|sounds? of|series of)\s){0,4}(?:bangs?|booms?|explosions?|blasts?|noises?|detonations?|gunfire|firing|shots|reports)\b"
)
"""A noise of which people are told beforehand."""


def plainly_none(story: Story, event: Event) -> tuple[R, str] | None:
    """Why an event is none whatever its words: countered, foretold, asked about, misreported, or explained by who tells it; None where it may be one."""
    body, sentence = story.body, event.sentence
    if event.countered:
        return R.FRIENDLY, "modality.countered"
    if event.type in _HEARD and _FORETOLD.search(body, sentence.start, sentence.end) is not None:
        return R.HYPOTHETICAL, "modality.to-come"
    if story.genre.asks(event.start):
        return R.HYPOTHETICAL, "genre.asked"
    if not sentence.title and mistold(body, story.title, sentence.start, event.type_hit.start):
        return R.NEGATED, MISTOLD
    return explained(story, event)
