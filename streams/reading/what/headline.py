"""Finds the event of a report that tells none in full: its headline alone names it, or it says no more than "an attack"."""

from dataclasses import replace
from typing import Final

from schemas.taxonomy import Status as S
from schemas.taxonomy import ThreatType as Y
from streams.reading.inherited import inherit
from streams.reading.meant import earnest
from streams.reading.meant.news import is_news_of_an_attack
from streams.reading.story import Draft, Story
from streams.reading.text import gated as re
from streams.reading.what.event import Event
from streams.reading.what.events import detect
from streams.reading.when.dating import dates_of, governing, local
from streams.reading.where.places import says_where
from streams.reading.who.victims import count_victims

_LOOSE: Final = frozenset({Y.UNKNOWN_EXPLOSION, Y.OTHER, Y.UNREST})
"""What headlines speak of in figures: talks explode, markets are stormed."""


_ATTACK: Final = re.compile(
    r"(?<!\bto )\b(?:[Aa]ttack|[Aa]ssault|[Ss]trike(?!s? on \w+day)|[Rr]aid)(?:s|ed)?(?: (?:took place|occurred|reported|under ?way|ongoing))?(?: (?:on|against|at|near|outside|inside|of))?(?: the)?(?: (?:US|U\.S\.|American|UN|U\.N\.))? (?=[A-Z])"
    r"|\bunder (?:\w+ )?attack\b|\b(?:was|were|been|being) attacked\b|\battacked(?=[.!?]|$| (?:again|overnight|today|tonight|twice|yesterday|on|at|this|last)\b)",
)
"""An attack whose object is named at once: not the budget for a base, nor what a team has of it."""
_NO_MORE: Final = re.compile(
    r"\W*(?!.*\b(?:was|were|is|are|has|have|had|be|to|not|no)\b)(?:[A-Z]+:\s)?(?:(?:[Aa]n?|[Tt]wo|[Tt]hree|[Ss]everal|[Ss]uspected|[Ll]arge|[Pp]ossible|BREAKING|URGENT)[\s:]+)*(?:(?:[Cc]ar|[Tt]ruck|[Rr]oadside|[Ss]uicide|[Pp]ipe|[Pp]arcel|[Nn]ail)[- ])?(?:[Bb]ombs?|[Bb]omber|IEDs?|[Gg]renades?|[Dd]evice|[Gg]unm[ae]n|[Mm]ortars|[Rr]ockets|[Ss]hells|[Dd]rones?)\s(?:at|near|outside|inside|in|on|over)\s(?:the\s)?[\w.'’\-]+(?:[ ,]+[\w.'’\-]+){0,6}[ !]*$"
)
"""A headline without a verb, of a few words: the weapon, and where."""


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


def says_no_more(story: Story, event: Event) -> bool:
    """Whether a flash opens with a weapon and a site and says no more, as headlines do: "Bomb at Mitiga airport"."""
    opens = story.flash and event.sentence.start < story.lead
    return opens and _NO_MORE.match(story.body, event.sentence.start, event.sentence.end) is not None


def told_vaguely(story: Story) -> None:
    """Take up "An attack on X killed three on Tuesday": of a report that tells nothing closer, at a site, of a day or as news."""
    for draft in story.unplaced:
        target = draft.target
        named = target is not None and target.rule == "target.name" and target.facility_id is not None
        news = is_news_of_an_attack(story, draft) and (named or _at_some_site(story, draft))
        if draft.event.status is S.THREATENED or not (news or (named and _of_a_day(draft))):
            continue
        if _ATTACK.search(story.body, draft.event.start, draft.event.end) is None:
            continue
        if _of_a_day(draft) and _doubtful(story, draft):
            continue
        inherit(story, draft)
        draft.event.vague = False
        story.drafts.append(draft)
        for sentence in story.sentences:
            if sentence.start >= draft.event.sentence.start:
                count_victims(story, sentence, [draft] if sentence == draft.event.sentence else [])
        return


def _doubtful(story: Story, draft: Draft) -> bool:
    dated = [draft.when] if draft.when is not None else []
    return earnest.doubtful(story, draft.event, earnest.chance(story, draft.event, dated, None))


def _at_some_site(story: Story, draft: Draft) -> bool:
    """Whether a site that no list has is told with its place: "the French embassy in Niamey"."""
    event = draft.event
    return any(h.classes.site for h in event.hits) and says_where(story.body, event.start, event.end)


def _of_a_day(draft: Draft) -> bool:
    return draft.when is not None and draft.when.precise >= 1
