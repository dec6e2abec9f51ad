"""Tells what a publication only says that it had said: the error that a correction, a kill notice or a later entry names."""

from typing import Final

from streams.reading.text import gated as re

MISTOLD: Final = "corrections.mistold"
"""The rule."""
_PIECE: Final = r"(?:article|story|report|item|headline|subhead|caption|version|entry|post|update|bulletin|dispatch|alert|flash|urgent|advisory|lead|lede|obituary|column|piece|tweet|message|map|graphic|broadcast|sitrep|spotrep|notice)"
_SAID: Final = r"(?:had\s)?(?:(?:wrongly|incorrectly|mistakenly|erroneously|originally|also)\s)?(?:said|stated|reported|wrote|written|spoke of|spoken of|gave|described|referred to|quoted|told of|named|put|called)\b"
_EARLIER: Final = re.compile(
    rf"\b(?:(?:[Aa]n?|[Tt]he|[Oo]ur|[Tt]his)\s)?(?:[Ee]arlier|[Pp]revious|[Oo]riginal|[Ff]irst|[Ii]nitial)\s(?:\w+\s)?{_PIECE}s?\b[^.;\n]{{0,70}}?\s{_SAID}"
    rf"|(?:\bAt\s\d[\d:.h]*|\b[Ee]arlier(?:\stoday|\sin\sthe\sday|\son)?|\b[Oo]n\s\w+day),?\s(?:we|this\s(?:page|paper|desk|channel|blog))\s{_SAID}"
)
"""What was said before, and is told anew: "An earlier version said", "At 13.15 we wrote"."""
_THE_PIECE: Final = re.compile(
    rf"(?:\b(?:[Aa]n?|[Tt]he|[Oo]ur|[Tt]his|[Tt]hat)\s(?:\w+\s){{0,2}}?{_PIECE}s?\b[^.;\n]{{0,90}}?|\b[Ww]e)\s{_SAID}"
)
_CORRECTION: Final = re.compile(
    r"\b(?:corrections?|clarifications?|erratum|errata|retractions?|withdrawals?|KILL|kill notice|we got (?:it )?wrong|for the record)\b",
    re.IGNORECASE,
)
"""The headline of a column in which what a piece said is what was wrong."""
_DEED: Final = re.compile(
    r"(?:[\w\-]+\s){0,2}(?:attack|strike|blast|bombing|shelling|raid|explosion|assault|ambush|barrage|shooting)\b"
)
_THE: Final = r"(?:the|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day['’]s|yesterday['’]s|last (?:night|week)['’]s)\s(?:[\w\-]+\s){0,2}$"
_PRESUPPOSED: Final = re.compile(
    rf"^\W*(?:on\s\w+day\s)?(?:that\s)?{_THE}"
    rf"|\b(?:killed|wounded|injured|hurt|died|dead|casualties|victims|injuries|deaths)\b[^.;]{{0,40}}?\s(?:in|of|by|from|during|after)\s(?:an?\s(?:[\w\-]+\s){{0,2}}$|{_THE})",
    re.IGNORECASE,
)
"""Between what was said and a deed that it takes for granted: wrong was how many it killed, or when: "said three died in Sunday's attack"."""
_RIGHTLY: Final = re.compile(r"\bshould have\b|\b(?:rightly|correctly)\b|\bas (?:we|an?|the|our)\s(?:\w+\s)?$")


def mistold(body: str, title: str, start: int, at: int) -> bool:
    """Whether what stands at a position, in a sentence from a start on, is only what had been said before.

    Parameters
    ----------
    body, title
        The report.
    start, at
        Where the sentence begins, and what it tells.
    """
    said = _said(body, title, start, at)
    if said is None or _RIGHTLY.search(body, max(0, said.start() - 16), at) is not None:
        return False
    return _DEED.match(body, at) is None or _PRESUPPOSED.search(body[said.end() : at]) is None


def retells(body: str, title: str, start: int, end: int) -> bool:
    """Whether a sentence tells what had been said before, so that its counts may be those that were wrong."""
    return _said(body, title, start, end) is not None


def _said(body: str, title: str, start: int, end: int) -> re.Match[str] | None:
    said = _EARLIER.search(body, start, end)
    if said is None and _CORRECTION.search(title) is not None:
        said = _THE_PIECE.search(body, start, end)
    return said
