"""Finds where an incident plays that is announced before it is told: "has received a report of an incident 60NM south of Aden. A vessel was boarded".

Notices of maritime offices, operation rooms and embassies open so. The announcement is of something new, so that what it
announces needs no date, and says where what is told behind it happened.
"""

from typing import Final

from streams.reading.story import Draft, Story
from streams.reading.text import gated as re
from streams.reading.where.places import place_words, says_where
from streams.reading.where.scene import Target

_ANNOUNCED: Final = re.compile(
    r"\b(?:received|aware|informed|notified|advised|alerted|told|learn(?:ed|t)|investigating|monitoring|responding|tracking)\b[^.;:!?]{0,40}?\b(?:incident|attack|event|approach|boarding|activity|explosion|emergency|situation)s?\b"
    r"|\b(?:incident|attack|event|approach|boarding|explosion)\s+(?:(?:has|have|had)\s+been|was|is|being)?\s*reported\b",
    re.IGNORECASE,
)
_FURTHER: Final = 2
"""So many sentences behind it, it is still what was announced that is told."""


def announced(story: Story, draft: Draft) -> tuple[int, int] | None:
    """The stretch before an incident that announces it and says where it was; None where it is not announced."""
    number = story.number_of(draft.event.sentence)
    for before in reversed(story.sentences[max(0, number - _FURTHER) : number]):
        if any(before.start <= start < before.end for d in story.drafts for start, _ in d.core):
            return None
        m = _ANNOUNCED.search(story.body, before.start, before.end)
        if m is not None and says_where(story.body, m.end(), before.end):
            return m.end(), before.end
    return None


def place_announced(story: Story) -> None:
    """Give incidents that say themselves of no place the one at which they were announced."""
    scene = story.scene
    for draft in story.drafts:
        event = draft.event
        if draft.targets or draft.spots or says_where(story.body, event.start, event.end):
            continue
        if (span := announced(story, draft)) is None:
            continue
        country = scene.country_near(*span, span)
        draft.spots = scene.spots_in(*span, country)
        place = place_words(story.body, *span, draft.spots, country)
        at = next(((s.lat, s.lon) for s in draft.spots), (None, None))
        draft.targets = [Target(None, (), place, country, span, "target.announced", *at)]
