"""Finds the event of a report that names it in its headline alone: the lead tells it in words that no cue knows."""

from dataclasses import replace
from typing import Final

from schemas.taxonomy import Status as S
from schemas.taxonomy import ThreatType as Y
from streams.reading.dating import dates_of, governing, local
from streams.reading.events import Event, detect
from streams.reading.story import Story

_LOOSE: Final = frozenset({Y.UNKNOWN_EXPLOSION, Y.OTHER, Y.UNREST})
"""What headlines speak of in figures: talks explode, markets are stormed."""


def told_by_headline(story: Story) -> Event | None:
    """Return what the headline names as an event of the lead, None where it names none or the lead does not say when."""
    headline, lead = [*story.sentences, None, None][:2]
    if headline is None or lead is None or not headline.title:
        return None
    named = [e for e in detect(story.body, headline, story.scene.hits_in(headline.start, headline.end)) if not e.vague]
    if len(named) != 1 or named[0].bare or named[0].status is S.THREATENED or named[0].type in _LOOSE:
        return None
    hits = story.scene.hits_in(lead.start, lead.end)
    told = replace(named[0], sentence=lead, start=lead.start, end=lead.end, first_act=lead.start, hits=hits)
    when = governing(story.body, dates_of(story, told, lead, local(story, told, lead)), told)
    return told if when is not None and when.precise >= 1 else None
