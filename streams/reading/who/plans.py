"""Tells whose a threat or a plot is: who declares it or calls for it, whose plan others know of or have stopped.

claimed                  who would do it says so, or calls on others to
stated_fact              somebody who is no group calls on others to
suspected_by_authorities of a plan that those in charge know of or stopped
suspected                of one that others tell of
"""

from typing import Final

from schemas.taxonomy import AttributionConfidence as C
from schemas.taxonomy import Status as S
from streams.reading.story import Draft, Story
from streams.reading.text import gated as re
from streams.reading.who import actors, predicates
from streams.reading.who.attribution import Statement

_CALLS: Final = r"(?:urg(?:es?|ed|ing)|exhort(?:s|ed|ing)?|incit(?:es?|ed|ing)|encourag(?:es?|ed|ing)|call(?:s|ed|ing)?\s(?:(?:[\w\-]+\s){0,3}for|(?:up)?on)|appeal(?:s|ed|ing)?\sto)\b"
_DECLARES: Final = re.compile(
    r"\b(?:gave|sa(?:id|ys?|ying)|warn(?:s|ed|ing)?|threaten(?:s|ed|ing)?|declar(?:es?|ed|ing)|announc(?:es?|ed|ing)|vow(?:s|ed|ing)?|pledg(?:es?|ed|ing)|promis(?:es?|ed|ing)|swor[en]|swears?|t(?:old|ells?|elling)|added|call(?:s|ing) itself|statement|message|informs?|informed|signed)\b"
)
_CALLS_ON: Final = re.compile(rf"\b{_CALLS}")
_PLANNING: Final = re.compile(
    r"(?:['’]s?)?(?:\s(?!said\b|says?\b|warn|threat|vow|told\b)[\w\-]+){0,3}?\s(?:(?:is|are|was|were|has been|have been)\s(?:\w+\s)?(?:planning|plotting|preparing|conspiring)|plan(?:s|ned)?|plot(?:s|ted)?|intend(?:s|ed)?|conspired|may|might|means?)\s"
)
"""Behind an actor: what he is about to do, which he does not say himself."""
_HIMSELF: Final = re.compile(
    r",\s(?:(?:the\s(?:group|movement|militia|faction|party|rebels)|its?|their|they|a\sspokes\w+\sfor\s(?:it|them|the\s(?:group|movement|militia)))\b[^.;,]{0,30}\s)?(?:said|says|announced|warned)\b"
    r"(?=[^.;]*$)"
)
_CALLER: Final = re.compile(
    rf"(?P<name>[A-Z][\w'’\-]+(?:\s(?:[A-Z][\w'’\-]+|al-[A-Z]\w+|of|the|bin))*)(?:,[^,.;]{{2,60}},)?\s(?:has\s|have\s|had\s|also\s)*{_CALLS}"
)
_FIRST_PERSON: Final = re.compile(r"\b(?:us|we|our|ours|OURS|WE|US)\b")
_ITS_PLOT: Final = re.compile(
    r"(?:['’]s?)?\s(?:[\w\-]+\s){0,2}?(?:plots?|plans?|conspirac(?:y|ies)|attempts?|attacks?|assaults?|bombings?|cells?|operatives?|members?|fighters|militants?|men|gunm[ae]n|bombers?|supporters|sympathi[sz]ers|terrorists?|recruits?)\b"
)
_OF_HIS: Final = re.compile(
    r"\b(?:by|behalf of|members? of|belonging to|linked to|loyal to|ties to|links to|work(?:s|ed|ing) for|acting for|recruited by|paid by|orders from|orders of)\s(?:the\s)?$"
)
_ELSEWHERE: Final = re.compile(
    r"\b(?:holding|holds|held|housing|houses|guarding|jailed|captured|imprisoned|detained|former|thousands of|hundreds of|against|escape of|free|freeing)\s(?:[\w\-]+\s){0,2}$"
)
"""Before those who are at the site, not behind the plot."""


def threat(story: Story, draft: Draft) -> Statement | None:
    """Return whose a threat is by its own words, None where they do not tell."""
    event, body = draft.event, story.body
    if event.status is not S.THREATENED:
        return None
    cue = event.status_hit.end if event.status_hit else event.end
    spoken_of = actors.actors(body, event.start, event.end, event.hits)
    who = [a for a in spoken_of if a.start < cue]
    for a in spoken_of:
        if a.named and _PLANNING.match(body, a.end, event.end) and not _HIMSELF.search(body, a.end, event.end):
            return Statement(a.start, a.end, _level(story, draft, a.start), a.name, "attribution.known-plan")
    if who and (
        _DECLARES.search(body, who[0].start, event.end)
        or (who[0].named and _CALLS_ON.search(body, who[0].start, event.end))
    ):
        return Statement(who[0].start, who[0].end, C.CLAIMED, who[0].name, "attribution.own-threat")
    if (m := _FIRST_PERSON.search(body, event.start, event.end)) and story.on_the_spot:
        return Statement(m.start(), m.end(), C.CLAIMED, None, "attribution.first-person")
    if (caller := _CALLER.match(body, event.start, event.end)) is not None:
        return Statement(*caller.span("name"), C.STATED_FACT, caller["name"], "attribution.calls")
    return None


def plot(story: Story, draft: Draft) -> Statement | None:
    """Return whose a plot was that was stopped, where its sentence names him and nothing else says who."""
    event, body = draft.event, story.body
    if event.status is not S.THWARTED:
        return None
    end, stopped = event.sentence.end, event.status_hit.start if event.status_hit else event.start
    for a in actors.actors(body, event.start, event.end, event.hits):
        if not a.named or actors.aimed_at(body, event.start, a):
            continue
        if a.start < stopped and predicates.DEFENDS.match(body, a.end, end):
            continue
        if _ELSEWHERE.search(body, max(event.start, a.start - 40), a.start):
            continue
        if _ITS_PLOT.match(body, a.end, end) or _OF_HIS.search(body, max(event.start, a.start - 30), a.start):
            return Statement(a.start, a.end, C.SUSPECTED_BY_AUTHORITIES, a.name, "attribution.known-plot")
    return None


def tells_of_stopping_it(draft: Draft, said: Statement) -> bool:
    """Whether what sounds like a claim of a plot that was stopped is its end: "X's intelligence said it had arrested a bomber"."""
    sentence = draft.event.sentence
    own = sentence.start <= said.start < sentence.end
    return draft.event.status is S.THWARTED and said.confidence is C.CLAIMED and own


def _level(story: Story, draft: Draft, at: int) -> C:
    sentence = draft.event.sentence
    hits = story.scene.hits_in(sentence.start, sentence.end)
    voices = actors.Voices(story.body, sentence.start, sentence.end, hits, before=story.spoke, official=story.official)
    unspoken = voices.present() is None
    return C.SUSPECTED_BY_AUTHORITIES if unspoken or voices.authority(at) else C.SUSPECTED
