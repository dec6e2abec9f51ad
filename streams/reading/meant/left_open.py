"""Tells what is left open of an incident: whether it happened at all, what it was that was heard, whether anybody meant it.

Such an incident stands, with the status "unclear"; no model makes a fact of it.
"""

from typing import Final

from schemas.taxonomy import Status as S
from schemas.taxonomy import ThreatType as Y
from streams.reading.story import Draft, Story
from streams.reading.text import gated as re
from streams.reading.text.segment import Sentence
from streams.reading.what.cues import Classes, Hit
from streams.reading.what.event import Event

_UNSURE: Final = r"(?:unconfirmed|unverified|uncorroborated|conflicting|contradictory)"
_WORD_OF: Final = re.compile(
    rf"\b{_UNSURE}\s(?:\w+\s){{0,3}}?(?:reports?|rumou?rs?|accounts?|claims?|posts?|information|sightings?|word)\b(?!\sof\s(?:casualt|victims|deaths|damage))[^;\n]{{0,100}}$"
    r"|\b(?:unclear|unknown|not\s(?:immediately\s)?(?:clear|known|certain|sure))\s(?:if|whether|that)\s(?:(?!would\b|will\b|could\b|can\b|may\b|might\b|to\b|more\b|other\b)[\w\-]+\s){0,3}$"
    r"|\b(?:possible|unconfirmed|unverified)\s(?:(?:sightings?|reports?|impacts?|use|case)\sof\s(?:an?\s)?)?(?:[\w\-]+\s){0,2}$",
    re.IGNORECASE,
)
"""Before what is told by hearsay: "unconfirmed reports of", "a possible"."""
_MAYBE: Final = re.compile(
    r"\b(?:possibly|perhaps|maybe|(?:might|may|could)\s(?:be|have\sbeen))\s(?:(?:caused\sby|due\sto|the\sresult\sof|an?|by|from|of|some|incoming)\s){0,3}(?:[\w\-]+\s){0,2}$",
    re.IGNORECASE,
)
"""Before what a noise may have been."""
_PERCEIVED: Final = re.compile(
    r"\b(?:blasts?|explosions?|bangs?|booms?|thuds?|noises?|sounds?|flash(?:es)?|glow|incoming|buzzing|whoosh\w*|rumbl\w+|heard|hearing|loss|outage|black-?out|failure|failed|jets|something)\b",
    re.IGNORECASE,
)
_MAY_HAVE: Final = re.compile(
    r"\b(?:may|might|could)\s(?:well\s|possibly\s|also\s)?have\s(?:been\s)?(?:hit|struck|landed|fallen|come\sdown|exploded|detonated|gone\soff|crashed|attacked|bombed|shelled|shot\s(?!down)|entered|broken|abducted|kidnapped|taken|seized|hijacked|boarded|sabotaged|hacked|jammed|spoofed|opened\sfire|flown)\b",
    re.IGNORECASE,
)
_NOT_SURE_YET: Final = re.compile(
    r"[^.;,]{0,30}?\b(?:(?:is|was|are|were)\s(?:\w+\s)?(?:suspected(?=[^.;]{0,30}\b(?:not|n['’]t|no)\s(?:yet\s|been\s){0,2}(?:confirmed|proven|certain|proof|confirmation))|feared|thought\spossible)|(?:has|have|had|is|was|are)(?:\snot|n['’]t)\s(?:yet\s)?(?:been\s)?(?:confirmed|verified|ruled\sout|excluded)|(?:cannot|could\snot|can['’]?t)\sbe\s(?:\w+\s)?(?:ruled\sout|excluded|confirmed|verified))\b",
    re.IGNORECASE,
)
"""Behind a deed: "is suspected but not confirmed", "has not been ruled out"; a mere suspicion doubts nothing."""
_FEARED: Final = re.compile(
    r"\bfear(?:s|ed)?\s(?:that\s)?(?:(?!killed\b|dead\b)[\w\-]+\s){0,3}?(?:(?:was|were|been|(?:has|have|had)\sbeen)\s)?$",
    re.IGNORECASE,
)
_CAUSE_SOUGHT: Final = re.compile(
    r"\b(?:investigat\w+|examin\w+|prob(?:e|es|ing)|check\w*|establish\w*|determin\w+|look(?:ing|s|ed)?\sinto|stud(?:y|ies|ying)|ask(?:ed|ing)?)\b[^.;]{0,24}\b(?:whether|if)\s(?:(?:the|an?|recent|\w+day['’]s)\s){0,2}(?:[\w\-]+\s){0,2}?(?:damage|fire|blaze|crash|collision|outage|black-?out|cut|failure|break|breakdown|derailment|leak|breach|disappearance|loss|hole|interruption|disruption|disturbance)\b[^.;]*?\b(?:was|were|is|are|had\sbeen|has\sbeen)\b",
    re.IGNORECASE,
)
"""Of “whether damage to a main was sabotage”: the damage is there."""
_MEANT: Final = r"(?:deliberate\w*|intentional\w*|on\spurpose|meant(?!\sfor\b)|an?\saccident\w*|accidental\w*|arson|sabotage|an?\sattack|malicious|criminal)"
_WHETHER_MEANT: Final = re.compile(
    rf"\b(?:whether|if)\s(?:it|this|that|they|he|she|the\s[\w\-]+(?:\s[\w\-]+)?)\s(?:(?:was|were|is|had\sbeen|did|acted|crashed|drove)\s)?(?:so\s|it\s)?(?:\w+ly\s)?{_MEANT}\b"
    r"|(?:\bnot|n['’]t)\s(?:yet\s)?(?:rul(?:e|ed|ing)\sout|exclud\w+)\s(?:an?\s)?(?:arson|sabotage|accident|foul\splay|attack|deliberate\w*)\b",
    re.IGNORECASE,
)
_UNEXPLAINED: Final = re.compile(
    r"\b(?:fires?|blaze)\s(?:of\s(?:an?\s)?(?:unknown|undetermined|unclear|unexplained|uncertain)|whose)\s(?:origin|cause)"
    r"|\b(?:cause|origin)\b[^.;]{0,24}\b(?:is|was|remain(?:s|ed)|are)\s(?:still\s|yet\s|not\s)?(?:unknown|unclear|known|undetermined|being\s(?:investigated|examined)|under\sinvestigation)",
    re.IGNORECASE,
)
_SET_BY: Final = re.compile(
    r"\b(?:arsonists?|set (?:\w+ ){0,4}?(?:fire|alight|ablaze|on fire)|torched|firebomb\w*|petrol|molotov\w*|poured|threw|thrown|attackers?|militants?|gunm[ae]n|fighters|deliberately|rammed)\b",
    re.IGNORECASE,
)
"""What leaves no doubt that somebody meant it."""
_NO_IDEA: Final = re.compile(
    r"\b(?:no\sidea|(?:don['’]?t|do\snot|not)\s(?:know|sure)|anyone\sknows?)\swhat\s(?:it|that|this|they|hit|happened|exploded|caused|flew|fell)\b(?!\swant)|\b(?:nobody|no\sone|nothing)\s(?:has|had|is)\s(?:yet\s)?(?:been\s)?confirmed(?=\s*(?:[.,;]|$|(?:it|this|that|yet|so)\b))|\bsituation\s(?:is|was|remains|remained)\s(?:\w+\s)?(?:unclear|confused|not\sclear)\b",
    re.IGNORECASE,
)
_HEARSAY: Final = re.compile(r"\b(?:reportedly|reported|reports|said to have|rumou?red)\b", re.IGNORECASE)
_NOT_CLEAR_WHETHER: Final = re.compile(r"\b(?:not|un)\s?(?:clear|known)\b[^.;]{0,40}\bwhether\b", re.IGNORECASE)
_BY_MISHAP: Final = frozenset({Y.VEHICLE_RAMMING, Y.ARSON, Y.SABOTAGE, Y.CYBER, Y.JAMMING, Y.UNKNOWN_EXPLOSION, Y.CBRN})
"""What comes about of itself as well."""
_STANDING: Final = (S.EXECUTED, S.UNCLEAR)
_NEAR: Final = 200
"""So many characters on a sentence may leave open what was told."""
LEFT_OPEN: Final = Classes({"st_unclear"})


def leave_open(story: Story, sentence: Sentence, events: list[Event], made: list[Draft]) -> None:
    """Take for unclear what a sentence leaves open of the incidents that it tells, or of the one told just before it."""
    body = story.body
    own = {id(d.event): d for d in made if d.event.status in _STANDING}
    for event in events:
        draft = own.get(id(event))
        if draft is None:
            continue
        if (words := cause_sought(body, event)) is not None:
            _unclear(draft, words, meant=False)
        elif (words := doubted(body, event)) is not None:
            _unclear(draft, words)
    last = next(reversed(own.values()), None) or _told_just_before(story, sentence)
    if last is None or last.event.status not in _STANDING:
        return
    told = body[last.event.sentence.start : last.event.sentence.end]
    if last.event.type in _BY_MISHAP and not _SET_BY.search(told):
        words = _WHETHER_MEANT.search(body, sentence.start, sentence.end)
        if words is None and last.event.type is Y.ARSON:
            words = _UNEXPLAINED.search(body, sentence.start, sentence.end)
        if words is not None:
            _unclear(last, words, meant=False)
            return
    words = (
        (last.event.type is not Y.UNKNOWN_EXPLOSION and _NO_IDEA.search(body, sentence.start, sentence.end))
        or next((m for e in events if id(e) not in own and (m := _not_sure_yet(body, e))), None)
        or (_HEARSAY.search(told) and _NOT_CLEAR_WHETHER.search(body, sentence.start, sentence.end))
    )
    if words:
        _unclear(last, words)


def doubted(body: str, event: Event) -> re.Match[str] | None:
    """Return the words that leave open whether an event happened, or what it was that was perceived; None where none do."""
    start = event.sentence.start
    for hit in _named(event):
        words = (
            (event.type is not Y.SURVEILLANCE and _WORD_OF.search(body, start, hit.start))
            or (_PERCEIVED.search(body, start, hit.start) and _MAYBE.search(body, start, hit.start))
            or (event.type is Y.KIDNAPPING and _FEARED.search(body, start, hit.start))
        )
        if words:
            return words
    if (words := _not_sure_yet(body, event)) is not None:
        return words
    may = _MAY_HAVE.search(body, event.start, event.end)
    return may if may is not None and not _told_firmly(event, may.start()) else None


def cause_sought(body: str, event: Event) -> re.Match[str] | None:
    """Return the words by which it is asked what caused a harm that is there; None where it is not asked."""
    return _CAUSE_SOUGHT.search(body, event.sentence.start, event.type_hit.end)


def _not_sure_yet(body: str, event: Event) -> re.Match[str] | None:
    """Return the words behind an event's name that leave it open: "a cyber attack is suspected"."""
    found = (_NOT_SURE_YET.match(body, hit.end, event.sentence.end) for hit in _named(event))
    return next(filter(None, found), None)


def _named(event: Event) -> list[Hit]:
    """The cues that name an event's type."""
    return [h for h in event.hits if event.type in h.classes.weapons]


def _told_firmly(event: Event, at: int) -> bool:
    """Whether something is told of an event's weapon before a position: "hit the camp and may have hit"."""
    return any("act" in h.classes and event.type_hit.end <= h.start < at for h in event.hits)


def _told_just_before(story: Story, sentence: Sentence) -> Draft | None:
    """The draft that the sentence before tells, in the same paragraph."""
    last = story.told_last(sentence.start)
    if last is None or sentence.title or last.from_title or last.paragraph != sentence.paragraph:
        return None
    return last if sentence.start - last.event.sentence.end < _NEAR else None


def _unclear(draft: Draft, words: re.Match[str], *, meant: bool = True) -> None:
    """Leave a draft open by the words that do: whom it hurt it reached, unless nobody may have meant it."""
    if meant and (draft.toll.killed or draft.toll.wounded):
        return
    draft.turns_out(S.UNCLEAR, Hit(words.start(), words.end(), words[0].strip().lower()[:60], LEFT_OPEN))
    draft.meant = draft.meant and meant
