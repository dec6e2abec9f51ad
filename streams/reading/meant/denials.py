"""Passages that take back or deny what was reported: "earlier reports of an explosion at X were wrong".

Such a passage was set aside as no incident; what it denies is told to fusing, which knows the reports of it.
"""

import re
from collections.abc import Iterable
from typing import Final

from schemas.mention import Denial, Mention
from schemas.taxonomy import SetAsideReason, SourceKind
from streams.reading.meant.denied import denies_own_deed

MAX_DENIALS: Final = 10
_REASONS: Final = frozenset({SetAsideReason.NEGATED, SetAsideReason.ACCIDENT, SetAsideReason.EXERCISE})
_DENIES: Final = re.compile(
    r"\b(?:reports?|reported|accounts?|story|stories|alerts?|claims?|rumou?rs?)\b[^.]{0,160}\b(?:wrong|false|untrue|incorrect|inaccurate|unfounded|erroneous|mistaken|in error|a hoax|baseless)\b"
    r"|\b(?:false|wrong|erroneous|mistaken|incorrect|unfounded) (?:\w+ )?(?:reports?|alarm|alerts?|claims?)\b"
    r"|\b(?:contrary to|denying|den(?:y|ies|ied)|rejected|dismissed|refuted|rebutted|ridiculed|retracts?|retracted|withdraws?|withdrew|corrects?)\b"
    r"|\b(?:was|were|been|be|actually|in fact) (?:only |just |in fact |actually )?(?:a |an |the )?(?:controlled|planned|scheduled) (?:\w+ )?(?:detonations?|explosions?|demolitions?|blasts?|destruction|disposal)",
    re.IGNORECASE,
)
_OTHERS: Final = re.compile(
    r"\b(?:said|says|told|according to|den(?:y|ies|ied|ying)|rejected|insisted|stated|spokes(?:man|woman|person)|officials?)\b",
    re.IGNORECASE,
)
_OURSELVES: Final = re.compile(r"\b(?:[Oo]ur|OUR|[Ww]e|us|CORRECTION|Correction|RETRACTION|Retraction)\b")


def denies_reports(sentence: str, reason: SetAsideReason) -> bool:
    """Whether a sentence that tells of no incident says that one was wrongly reported."""
    return reason in _REASONS and _DENIES.search(sentence) is not None and not denies_own_deed(sentence)


_TAKEN_BACK: Final = (
    (
        SetAsideReason.NEGATED,
        re.compile(
            r"(?:None (?:had|did|has|was|were|of (?:it|this) )(?!\W*(?:been |gone )?(?:hurt|injured|killed|wounded|harmed|hit|damaged|off|exploded|detonated|claimed|caught|taken|arrested)\b)|Nothing (?:of the (?:sort|kind)|had|has|was|did)\b(?! (?:been )?(?:claimed|said|stolen|taken|known|heard from|hit|struck|damaged|destroyed|harmed|broken|burnt|burned|lost|touched|missing)\b)|(?:It|They|That) (?:had|has|was|were|did)(?: not|n['’]t| never)\b (?:\w+ ){0,2}(?:happen(?:ed)?|take place|taken place|occur(?:red)?|been (?:hit|attacked|struck)|true|an attack|a (?:bomb|drone|rocket|shot|missile|raid))\b"
            r"|There (?:was|were|is|had been|has been) (?:no|never (?:any|an?)|neither an?|nothing)\b (?:\w+ ){0,2}(?:attack|explosion|blast|bomb|rocket|missile|drone|shot|shooting|gunfire|raid|device|intruder|gunm[ae]n|fighting|protest|threat|truth)s?\b"
            r"|No (?:such )?(?:attack|explosion|blast|bomb|rocket|missile|drone|shot|raid|impact|device|crater)s? (?:\w+ )?(?:took place|happened|occurred|was|were|had|has|fell|hit|existed)\b(?! (?:yet|immediately|claimed))"
            r"|(?:[A-Z][\w\-]*\s){1,3}(?:found|saw|noticed|discovered) (?:none|nothing|no (?:bomb|device|impact|crater|intruder)s?)\b)"
        ),
    ),
    (
        SetAsideReason.ACCIDENT,
        re.compile(
            r"[^.;]{0,60}\b(?:foul play|sabotage|hostile (?:fire|action|act|intent)|enemy (?:action|fire)|an attack|terrorism|malice) (?:was|were|has been|is|can be|could be) (?:ruled out|excluded)\b"
            r"|[^.;]{0,60}\b(?:rul(?:es?|ed|ing) out|exclud(?:es|ed)|(?:was|is) not (?:the result|a result|due)|nothing to do with|no (?:sign|evidence|suspicion|question|indication|hint) of|there was no) (?:of |to )?(?:foul play|sabotage|enemy|hostile|an attack|terror\w*|malice)\b"
            r"|[^.;]{0,40}\b(?:a technical fault|bad storage|the heat|old age|a short circuit|negligence|carelessness|human error|a gas leak|poor maintenance)\b[^.;]{0,20}\b(?:was|were|is|did|to blame)\b"
            r"|[^.;]{0,60}\b(?:called it|it was|was|spoke of) (?:only |just |clearly )?an? (?:work |industrial |traffic |road |tragic |simple )?accident\b"
            r"|(?:The|That) (?:bang|noise|sound|blast|boom|shots?|smoke|flash|explosion|object|light)s? (?:\w+ )?(?:came from|was caused by|turned out|proved|was|were) (?:to be )?(?:only |just |merely )?(?:an? |the |from )?(?:[\w\-]+ )?(?:generator|tyre|tire|test|thunder|truck|lorry|quarry|gas bottle|wedding|fireworks?|kite|balloon|heron|drill|exercise|training|door|transformer)\b",
            re.IGNORECASE,
        ),
    ),
    (
        SetAsideReason.EXERCISE,
        re.compile(
            r"(?:It|This|That|All of it|Everything) was (?:only |all |just )?(?:an? |part of (?:an? |the )?)?(?:\w+ ){0,2}(?:drill|exercise|test|rehearsal|film|play|training|game)\b"
            r"|The (?:test|exercise|drill|rehearsal|shoot(?![- ]out))\b"
            r"|The (?:[\w\-]+ )?(?:attackers?|kidnappers?|gunm[ae]n|bombers?|hostages|victims|intruders?|terrorists?|rebels|wounded|dead|enemy) (?:was|were) (?:\w+ ){0,2}(?:trainers?|actors?|instructors?|extras|volunteers?|students?|pupils|cadets?|dummies|soldiers? in|colleagues|role)\b"
            r"|The (?:guns|bombs|rifles|rockets|grenades|weapons|bullets|blood) (?:was|were) (?:of |made of )?(?:cardboard|flour|wood|plastic|paint|blanks?|ketchup|fake|toys?)\b"
            r"|[^.;]{0,40}\bexcept in the (?:script|scenario|play)\b"
        ),
    ),
)
"""How a sentence begins that takes back what was told just before it, and what that was then."""
_DATED_BACK: Final = re.compile(
    r"(?:The (?:events?|attack|incident|case|siege|raid|bombing|shooting|story|pictures?|video)|It|That|This|They|These)\b[^.;]{0,12}\b(?:took place|happened|was|were|occurred|dates?|dated|goes|go)\b[^.;]{0,24}\b(?:in|from|of|to)\s(?:[A-Z][a-z]+\s)?(?P<year>19\d\d|20\d\d)\b"
)


def taken_back(sentence: str, year: int) -> SetAsideReason | None:
    """Return what a sentence makes of the incident told just before it, None where it leaves it standing.

    Parameters
    ----------
    sentence
        The sentence.
    year
        Of publication.
    """
    said = sentence.lstrip(' "“\n')
    if (m := _DATED_BACK.match(said)) is not None and int(m["year"]) < year:
        return SetAsideReason.HISTORICAL
    return next((reason for reason, pattern in _TAKEN_BACK if pattern.match(said)), None)


def in_own_words(sentences: Iterable[str], kind: SourceKind) -> bool:
    """Whether the source itself says so: an outlet about its report, or who speaks for itself; not what others say."""
    if kind in {SourceKind.OFFICIAL, SourceKind.FIELD}:
        return True
    return all(_OURSELVES.search(s) or not _OTHERS.search(s) for s in sentences)


def denials(claims: Iterable[Mention], own_words: bool) -> tuple[Denial, ...]:  # noqa: FBT001  one fact of the report
    """Return the denials of those claims that say where, so that their reports can be known."""
    return tuple(Denial(claim=c, own_words=own_words) for c in claims if _told_where(c))


def _told_where(claim: Mention) -> bool:
    place = claim.place
    return bool(claim.facility_id or claim.candidates or (place is not None and place.lat is not None))
