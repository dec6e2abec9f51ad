"""Tells which deeds are denied, and what a denial takes for granted: who denies having done it, or that anybody was hurt, denies no deed."""

from typing import Final

from streams.reading.text import gated as re

_REPORTS: Final = r"(?:reports?|rumou?rs?|stor(?:y|ies)|claims?|allegations?|assertions?|accusations?|accounts?|suggestions?|speculation|talk|(?:social media |online )?posts?|tweets?)"
_SAYING: Final = r"(?:that|of|about|saying|claiming|alleging|suggesting|showing)"
_REJECT: Final = r"(?:reject|dismiss|refut|rebut|den[iy]|ridicul|derid|mock|scoff|disput|quash|debunk|discount|(?:brush|wav|laugh|swat)\w*\s(?:off|aside|away)|pour\w*\scold\swater)"
_UNTRUE: Final = r"(?:false|untrue|fake|baseless|unfounded|groundless|incorrect|inaccurate|wrong|erroneous|misleading|nonsense|lies|a\slie|an?\s\w*\s?(?:hoax|rumou?r|fabrication)|fabricat\w+|invent\w+|invention|propaganda|disinformation|misinformation|not\s(?:true|correct|accurate|so))"
_DENIED: Final = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|is false|(?:was|were|are) false|untrue|not true|hoax|prank|false alarm|no truth|baseless|fabricat\w+|debunked|nonsense|came to nothing|which no one|rejected (?:reports|the (?:claim|accusation))|false reports?|reports? [^.]{0,60}\b(?:is|are|was|were|be|as|proved)\s(?:\w+\s)?(?:false|untrue|wrong)|(?:reports?|alerts?|warnings?|messages?|stor(?:y|ies)) of [^;\n]{0,80}\b(?:was|were|has been|have been|had been)\s(?:\w+\s)?(?:withdrawn|retracted|taken back|recalled)|did not (?:happen|take place|occur)|supposed(?! to\b)|left out|non-event|never (?:happened|took place)|(?:stor(?:y|ies)|rumou?rs?|claims?) [^.;]{0,40}?\b(?:is|are|was|were) (?:\w+ )?wrong|contradict\w+|(?:reject|dismiss|refut|den)\w*\b[^.;]{0,40}\b(?:reports?|rumou?rs?|story|stories|suggestions?|talk) (?:\w+ ){0,4}(?:that|of)|(?:video|clip|footage|picture|photo)s? (?:said|purporting|claimed|claiming|alleged) to show)\b",
    re.IGNORECASE,
)
"""What denies all that its sentence tells."""
_REJECTED_BEHIND: Final = re.compile(
    rf"\b{_REJECT}\w*\b[^.;]{{0,60}}?\b{_REPORTS}\s(?:[\w\-]+\s){{0,4}}?{_SAYING}\b|\b(?:disput|contest)(?:e?s|ed|ing)\sthat\b|\bno\s(?:basis|substance|foundation|grounds?|merit)\s(?:to|for|in)\s(?:\w+\s){{0,2}}{_REPORTS}\s",
    re.IGNORECASE,
)
"""What denies what stands behind it: "ridiculed claims that"."""
_REJECTED_BETWEEN: Final = re.compile(
    rf"\b{_REPORTS}\s(?:[\w\-]+\s){{0,4}}?{_SAYING}\b[^;\n]{{0,140}}?\b(?:is|are|was|were|has\sbeen|have\sbeen|had\sbeen)\s(?:\w+\s)?(?:{_REJECT}\w*|{_UNTRUE})\b"
    rf"|\b(?:call|label|brand|describ|term|declar|dub)\w*\s[^;\n]{{0,40}}?\b{_REPORTS}\s{_SAYING}\b[^;\n]{{0,120}}?[\s\"“‘']{_UNTRUE}\b",
    re.IGNORECASE,
)
"""What denies what stands within it: "called reports of ... false"."""
_NO_FURTHER: Final = re.compile(r"[;:]|,\s(?:and|but|while|after|when|as|who|which)\b", re.IGNORECASE)
_THE: Final = r"(?:the|this|that|those|these|\w+day['’]s|yesterday['’]s|last\s\w+['’]s)\b"
_DID: Final = (
    r"(?:behind|responsib\w+\sfor|involve\w+\sin|(?:part|role|hand)\sin|(?:links?|connection)\s(?:to|with)|to\sblame\sfor"
    r"|(?:killed|wounded|injured|hurt|died|damaged|lost|casualties|losses)\s(?:in|from)|fir(?:ed|ing)|launch(?:ed|ing)|carr(?:ied|ying)\sout|stag(?:ed|ing)|order(?:ed|ing)|conduct(?:ed|ing)|plann(?:ed|ing)|sen(?:t|ding)|suppl(?:ied|ying))"
)
_GRANTED: Final = re.compile(
    rf"\bdenied (?:any )?(?:involvement|responsibility|having)\b|\bcontrary to\b|\b(?:{_REJECT}\w*|false|untrue|baseless)\b[^.;]{{0,90}}?\b(?:{_DID}\s{_THE}"
    r"|the\s(?:\w+\s){1,3}(?:that|which)\s(?:had\s)?(?:hit|struck|fell|fallen|landed|exploded|killed|wounded|damaged)|(?:anyone|anybody|any\s\w+)\s(?:was|were|had\sbeen)\s(?:killed|wounded|injured|hurt|damaged)\s(?:when|in|by))",
    re.IGNORECASE,
)
"""What is denied is who did it, or whom it hurt: that it was done is taken for granted."""
_OWN_DEED: Final = re.compile(
    rf"\b{_REJECT}\w*\b[^.;]{{0,60}}?\b(?:(?:that|of)\s(?:it|they|its|their)|having|any\sof\sits)\b", re.IGNORECASE
)


def denied(sentence: str, at: int) -> bool:
    """Whether a sentence denies the deed that stands at a position in it."""
    if _GRANTED.search(sentence) is not None:
        return False
    if _DENIED.search(sentence) is not None:
        return True
    behind = _REJECTED_BEHIND.search(sentence, 0, at)
    if behind is not None and _NO_FURTHER.search(sentence, behind.end(), at) is None:
        return True
    between = _REJECTED_BETWEEN.search(sentence)
    return between is not None and between.start() <= at < between.end()


def denies_own_deed(sentence: str) -> bool:
    """Whether somebody denies that it was he: somebody else may have done it."""
    return _OWN_DEED.search(sentence) is not None
