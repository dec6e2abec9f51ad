"""Tells which sentences say outright what befell a site: what, or who, did what, to which site and on which day, and nothing else.

"Two rockets hit Camp Taji on Monday, wounding a guard." leaves no word over that could make it doubted, reported speech,
a condition, a figure of speech. So it is told whatever stands beside it, and its words alone say of which type it is.
"""

from typing import Final

from schemas.taxonomy import Status as S
from schemas.taxonomy import ThreatType as Y
from streams.reading.story import REACH, Draft, Story
from streams.reading.text import gated as re
from streams.reading.text.segment import Sentence, inside
from streams.reading.text.tables import table
from streams.reading.text.words import NUMBER
from streams.reading.what.cues import PLAIN, words
from streams.reading.what.event import Event
from streams.reading.what.telling import TOLD
from streams.reading.when.clock import Dated

_LONGEST: Final = 220
"""Characters of such a sentence at most."""
_INNOCENT: Final = frozenset({Y.OTHER, Y.ARSON, Y.SURVEILLANCE, Y.JAMMING, Y.SABOTAGE, Y.CBRN, Y.CYBER})
"""What rarely is told by its bare name: fires, onlookers, faults."""
_SAYS_MORE: Final = (
    "m_",
    "d_",
    "friendly",
    "authority",
    "bystander",
    "st_threatened",
    "st_thwarted",
    "st_unclear",
    "no_weapon",
)
"""Classes of cues that say more than what was done to whom."""
_NO_DAY: Final = ("time.clock", "time.part")
"""How the rules begin of times that are of no certain day."""
_WORD: Final = re.compile(r"[^\W\d_][\w'’\-]*|[?\"“”:;()\[\]…!/]")
_NUMBER: Final = re.compile(rf"(?:{NUMBER})(?:-\w+)?$", re.IGNORECASE)
_TOLD: Final = {name: row["words"] for name, row in table("outright.toml").items()}
_WORDS: Final = frozenset(words(_TOLD["small"])) | frozenset(words(_TOLD["things"]))
_VICTIM: Final = rf"(?:{'|'.join(sorted(words(_TOLD['victims']), key=len, reverse=True))})"
_SOME: Final = rf"(?:at\sleast\s|(?:more|fewer|less)\sthan\s)?(?:an?|{NUMBER})"
_HURT: Final = r"(?:kill|wound|injur|hurt|damag)(?:ed|ing|t|ting)?"
_HARM: Final = re.compile(
    rf",?\s(?:(?:and|but|with)\s)?(?:{_HURT}\s{_SOME}(?:\s[\w\-]+){{0,2}}?\s{_VICTIM}|{_SOME}(?:\s[\w\-]+){{0,2}}?\s(?:{_VICTIM}\s)?(?:was|were)\s{_HURT}|(?:causing\s|caused\s)?no\s(?:casualties|injuries|damage)|{_HURT}\s{_SOME})(?=[\s,.])",
    re.IGNORECASE,
)
"""Whom it hurt."""
_SAYER: Final = rf"(?:the\s|an?\s)?(?:[\w.\-]+\s){{0,3}}?(?:{'|'.join(words(_TOLD['sayers']))})\s(?:said|says|reported|confirmed)(?:\son\s\w+day)?"
_SAID: Final = re.compile(rf",\s{_SAYER}(?=\.?\s*$)|^{_SAYER}(?:\sthat)?(?=\s)", re.IGNORECASE)
"""Who said so: authorities, who are not doubted."""
_FRAMES: Final = frozenset({"m_exercise", "m_historical", "m_accident", "m_non_literal"})
"""Classes of cues that tell what else a paragraph may be than news."""


def outright(story: Story, draft: Draft, dated: list[Dated]) -> bool:
    """Whether a sentence tells outright an event that no rule sets aside.

    Parameters
    ----------
    story, draft
        The event.
    dated
        The times around it.
    """
    event = draft.event
    start, end = event.sentence.start, event.sentence.end
    sites = [t.span for t in draft.targets if t.span and t.rule == "target.name" and start <= t.span[0] < end]
    if not _is_a_sentence(event) or not sites or len(sites) < len(draft.targets):
        return False
    days = [d for d in dated if not d.past and d.precise >= 1 and start <= d.start < end]
    if all(d.rule.startswith(_NO_DAY) for d in days) or _framed(story, event.sentence):
        return False
    said = _SAID.search(story.body[start:end])
    aside = [(start + said.start(), start + said.end())] if said is not None else []
    aside += [m.span() for m in _HARM.finditer(story.body, start, end)] + sites
    hits = [h for h in story.scene.hits_in(start, end) if not inside(aside, h.start)]
    if any(c.startswith(_SAYS_MORE) for h in hits for c in h.classes):
        return False
    told = [*aside, *((h.start, h.end) for h in hits), *((d.start, d.end) for d in days)]
    return all(
        inside(told, m.start()) or m[0].lower() in _WORDS or _NUMBER.match(m[0]) is not None
        for m in _WORD.finditer(story.body, start, end)
    )


def _is_a_sentence(event: Event) -> bool:
    """Whether an event that rules find is all that its sentence tells, a weapon or deed named, and done or stopped."""
    sentence, classes = event.sentence, event.type_hit.classes
    if sentence.title or sentence.field or event.vague or event.bare or event.counting or event.partial:
        return False
    if event.status not in (S.EXECUTED, S.INTERCEPTED) or event.type in _INNOCENT or {TOLD, PLAIN} & classes:
        return False
    whole = event.start <= sentence.start and event.end >= sentence.end
    return whole and sentence.end - sentence.start <= _LONGEST


def _framed(story: Story, sentence: Sentence) -> bool:
    """Whether a paragraph speaks of exercises, accidents, stories, old times: what stands in it may be told as one of these."""
    before, behind = max(0, sentence.start - REACH), min(len(story.body), sentence.end + REACH)
    start = max(before, story.body.rfind("\n", before, sentence.start))
    stop = story.body.find("\n", sentence.end, behind)
    around = story.scene.hits_in(start, stop if stop >= 0 else behind)
    return any(not h.classes.isdisjoint(_FRAMES) for h in around)
