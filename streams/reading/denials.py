"""Passages that take back or deny what was reported: "earlier reports of an explosion at X were wrong".

Such a passage was set aside as no incident; what it denies is told to fusing, which knows the reports of it.
"""

import re
from collections.abc import Iterable
from typing import Final

from schemas.mention import Denial, Mention
from schemas.taxonomy import SetAsideReason, SourceKind

MAX_DENIALS: Final = 10
_REASONS: Final = frozenset({SetAsideReason.NEGATED, SetAsideReason.ACCIDENT, SetAsideReason.EXERCISE})
_DENIES: Final = re.compile(
    r"\b(?:reports?|reported|accounts?|story|stories|alerts?|claims?|rumou?rs?)\b[^.]{0,160}\b(?:wrong|false|untrue|incorrect|inaccurate|unfounded|erroneous|mistaken|in error|a hoax|baseless)\b"
    r"|\b(?:false|wrong|erroneous|mistaken|incorrect|unfounded) (?:\w+ )?(?:reports?|alarm|alerts?|claims?)\b"
    r"|\b(?:contrary to|denying|den(?:y|ies|ied)|rejected|retracts?|retracted|withdraws?|withdrew|corrects?)\b"
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
    return reason in _REASONS and _DENIES.search(sentence) is not None


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
