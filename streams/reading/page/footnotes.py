"""Reads the notes below a table that say of rows, by their numbers, who did it: "Aggressor in lines 1-4: RF"."""

from typing import Final, NamedTuple

from streams.reading.page.cells import in_full
from streams.reading.text import gated as re


class Note(NamedTuple):
    """What is said of some rows."""

    start: int
    end: int
    rows: frozenset[int]
    words: str
    """A sentence that says it."""


_NOTE: Final = re.compile(
    r"(?:\b(?P<about>aggressor|attacker|actor|perpetrator|attribut\w+|responsib\w+)\b[^.;:\n]{0,20}?)?\b(?:lines?|rows?|items?|serials?|sers?|nos?|entries|entry|incidents?)\b\.?\s*"
    r"(?P<rows>\d{1,3}(?:\s?(?:-|–|to|and|,|&)\s?\d{1,3})*)\s?[:=]\s?(?P<who>[^.;\n]{2,60})\.?",
    re.IGNORECASE,
)
_HEDGED: Final = re.compile(
    r"(?P<who>.+?)\s(?P<how>susp\w*|presum\w*|alleg\w*|likely|probabl\w*|claim\w*)\b", re.IGNORECASE
)
_NOBODY: Final = re.compile(r"\b(?:no|not|none|unknown|unattributed|unclear|n/k)\b", re.IGNORECASE)
_SPAN: Final = re.compile(r"(\d{1,3})\s?(?:-|–|to)\s?(\d{1,3})|(\d{1,3})", re.IGNORECASE)
_LONGEST: Final = 60
"""Rows of a span at most."""


def footnotes(text: str, start: int, end: int) -> list[Note]:
    """Return the notes in a stretch below a table that say of rows who did it."""
    return [
        Note(m.start(), m.end(), frozenset(_rows(m["rows"])), _sentence(m["who"].strip(), hedged))
        for m in _NOTE.finditer(text, start, end)
        if ((hedged := _HEDGED.match(m["who"])) or m["about"]) and _NOBODY.search(m["who"]) is None
    ]


def _rows(told: str) -> set[int]:
    """Of "1-4, 7": one to four, and seven."""
    rows: set[int] = set()
    for span in _SPAN.finditer(told):
        first, last = (int(span[3]),) * 2 if span[3] else (int(span[1]), int(span[2]))
        rows |= set(range(first, min(last, first + _LONGEST) + 1))
    return rows


def _sentence(who: str, hedged: re.Match[str] | None) -> str:
    if hedged is None:
        return f"Carried out by {in_full(who)}."
    told = in_full(hedged["who"])
    return f"Claimed by {told}." if hedged["how"].lower().startswith("claim") else f"Officials suspect {told}."
