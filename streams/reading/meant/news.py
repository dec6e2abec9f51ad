"""Tells whether a flash that names no day tells news: it is of the day then, as headlines and the first lines of the wires are.

Features and analyses name incidents in passing, without a day too; those are longer, or show by a word that they speak of one.
"""

from typing import Final

from streams.reading.story import Draft, Story
from streams.reading.text import gated as re

_FEATURE: Final = re.compile(
    r"^\W*(?:Why|How|What|When|Where|Inside|Behind|Remembering|(?:Analysis|Explainer|Opinion|Comment(?:ary)?|Editorial|Column|Op-ed|Feature|Interview|Podcast|Viewpoint|Backgrounder|Review|Profile)\s?[:|–—-])\s"
    r"|\b(?:explained|survivors?|(?:tell|recount|recall)(?:s|ed)? (?:her|his|their|the) \w+|no longer|study|artists?|painters?|paint(?:s|ed|ing)|scene|chapter|poem|song|more \w+(?: \w+){0,3} than|lessons of|memoir|museum|exhibition|documentary|novel|trial|years? (?:on|after|since)|changed (?:her|his|their|the|\w+['’]s) (?:life|lives)|war (?:over|on|in) \w+(?: \w+)?,)"
    r"|\b(?:may|might|could|would|can)\s(?:use|try|seek|strike|target|attack)\b",
)
"""What speaks of incidents that others told."""
_SPOKEN_OF: Final = re.compile(
    r"\b(?:the|this|that|those|these|last|past|previous|recent|any|no|every|\w+['’]s)\s(?:[\w\-]+\s)?(?:attacks?|assaults?|strikes?|raids?)\b"
    r"|\b(?:condemn\w*|denounc\w*|investigat\w*|prob(?:e|es|ed|ing)|inquir\w+|trial|court|charged|sentenced|suspects?|plann?\w*|plots?|plotted|threat\w*|warn\w*|fear\w*|possible|risk|likely|could|would|may|might|if|ahead of|how|why|anniversary|memorial|film|book|survivors?|victims of|accused|blam\w+|lessons|drill|exercise|not?|never|false|fake|rumou?rs?|heard (?:on|from|that|of)|over (?:pay|wages)|unions?|call(?:s|ed)? (?:for|on)|urg(?:es|ed|ing)|appeal\w*|ends? (?:to|of)|halt (?:to|in|of))\b|n['’]t\b|[\"“‘'](?:under|attack)",
    re.IGNORECASE,
)
"""Before or beside "an attack": it is spoken of, not told."""


def is_news(story: Story, draft: Draft) -> bool:
    """Whether a flash opens with an incident and is no feature about it."""
    sentence = draft.event.sentence
    if not story.flash or sentence.start >= story.lead:
        return False
    return _FEATURE.search(story.body, sentence.start, sentence.end) is None


def is_news_of_an_attack(story: Story, draft: Draft) -> bool:
    """Whether the same holds of an attack of which nothing closer is told, by any weapon."""
    sentence = draft.event.sentence
    return is_news(story, draft) and _SPOKEN_OF.search(story.body, sentence.start, sentence.end) is None
