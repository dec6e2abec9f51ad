"""Finds the event of a report that tells none in full: its headline alone names it, or it says no more than "an attack"."""

from dataclasses import replace
from typing import Final

from schemas.taxonomy import Status as S
from schemas.taxonomy import ThreatType as Y
from streams.reading.meant import earnest
from streams.reading.sameness import inherit
from streams.reading.story import Story
from streams.reading.text import gated as re
from streams.reading.what.events import Event, detect
from streams.reading.when.dating import dates_of, governing, local
from streams.reading.who.victims import count_victims

_LOOSE: Final = frozenset({Y.UNKNOWN_EXPLOSION, Y.OTHER, Y.UNREST})
"""What headlines speak of in figures: talks explode, markets are stormed."""


_ATTACK: Final = re.compile(
    r"\b(?:attack|assault)(?:s|ed)?(?: (?:on|against|at|near|outside|inside|of))?(?: the)?(?: (?:US|U\.S\.|American|UN|U\.N\.))? (?=[A-Z])"
    r"|\bunder (?:heavy |sustained |renewed |armed |fierce )?attack\b|\b(?:was|were|been|being) attacked\b",
)
"""An attack whose object is named at once: not the budget for a base, nor what a team has of it."""


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


def told_vaguely(story: Story) -> None:
    """Take up "An attack on X killed three on Tuesday": of a report that tells nothing closer, at a site, of a day."""
    for draft in story.unplaced:
        target = draft.target
        named = target is not None and target.rule == "target.name" and target.facility_id is not None
        if not named or draft.when is None or draft.when.precise < 1 or draft.event.status is S.THREATENED:
            continue
        if _ATTACK.search(story.body, draft.event.start, draft.event.end) is None:
            continue
        if earnest.doubtful(story, draft.event, earnest.chance(story, draft.event, [draft.when], None)):
            continue
        inherit(story, draft)
        story.drafts.append(draft)
        for sentence in story.sentences:
            if sentence.start >= draft.event.sentence.start:
                count_victims(story, sentence, [draft] if sentence == draft.event.sentence else [])
        return
