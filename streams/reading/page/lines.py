"""Joins lines that a program broke because they were full, and makes blanks one blank wide."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from streams.reading.page.edits import Edit

_WIDEST: Final = 100
"""Characters of a line that was broken by a program, at most."""
_BROKEN: Final = 50
"""Characters of the only line that may have been broken, at least."""
_LONG_ENOUGH: Final = 0.6
"""So full a line is that goes on in the next."""
_AS_A_RULE: Final = 0.8
"""Such a part of the lines that go on would not have held the next word."""
_OPENS: Final = re.compile(r"\s*(?:[-*•▪–—]\s|[>|]|#\d|\(?(?:\d{1,2}|[A-Za-z])[.)/:]\s|[A-Z][\w/()&. -]{0,30}:)")
"""Opens an item or a field: never the rest of a line before."""
_STAMP: Final = re.compile(r"\s*(?:\d{1,2}[:.]?\d{2}\s?[A-Z]?\b|\d{1,2}[ -][A-Z][a-z]{2}\b)")
"""Opens an entry of a log, where"""
_OF_A_LOG: Final = 0.3
"""such a part of the lines begin so; elsewhere it is an hour or a year that a break happens to stand before."""
_HANGS: Final = frozenset({
    "a", "an", "the", "its", "their", "his", "her", "this", "of", "to", "in", "at", "by", "for", "from", "with", "into", "near",
    "on", "as", "and", "or", "that", "was", "were", "is", "are", "has", "had", "have", "be",
})  # fmt: skip
"""Ends a line in the middle of a phrase."""
_CLOSES: Final = tuple('.!?:;…"”|')


class _Break(NamedTuple):
    """A line end within a paragraph."""

    start: int
    end: int
    length: int
    """Characters before it."""
    needed: int
    """Characters that a line must hold for the next word to have found room."""
    goes_on: bool
    """Whether a sentence surely goes on behind it."""


def broken_lines(text: str) -> Iterator[Edit]:
    """Lines that were broken because they were full are one line."""
    lines = text.split("\n")
    if not any(_goes_on(line.rstrip(), behind) for line, behind in pairwise(lines)):
        return
    breaks = list(_breaks(lines))
    sure = [b for b in breaks if b.goes_on]
    width = max((b.length for b in sure), default=0)
    if sum(b.needed > width for b in sure) < _AS_A_RULE * len(sure) or (len(sure) == 1 and width < _BROKEN):
        return
    for b in breaks:
        full = b.needed > width and len(sure) > 1
        if b.length >= _LONG_ENOUGH * width and (b.goes_on or full):
            yield Edit(b.start, b.end, " ")


def _goes_on(line: str, behind: str) -> bool:
    """Whether a sentence surely goes on behind a line."""
    if not line or not behind or line.endswith(_CLOSES):
        return False
    return behind.lstrip()[:1].islower() or line[line.rfind(" ") + 1 :] in _HANGS


def _breaks(lines: list[str]) -> Iterator[_Break]:
    ends = 0
    log = sum(_STAMP.match(line) is not None for line in lines) >= _OF_A_LOG * len(lines)
    for line, behind in pairwise(lines):
        ends += len(line) + 1
        shown = line.rstrip()
        if not shown or len(shown) > _WIDEST or not (word := behind.split(maxsplit=1)[:1]):
            continue
        if _OPENS.match(behind) or (log and _STAMP.match(behind)):
            continue
        start = ends - 1 - len(line) + len(shown)
        yield _Break(start, ends, len(shown), len(shown) + 1 + len(word[0]), _goes_on(shown, behind))


UNSEEN: Final = "".join(
    map(chr, (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF))
)
"""Characters that nobody sees."""
ODD: Final = "\t\v\f\u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u202f\u205f\u3000"
"""Blanks that are no spaces."""
_WIDE: Final = re.compile(rf"(?P<gone>^[ {ODD}]+|\r(?=\n)|[{UNSEEN}]+)|[ {ODD}]{{2,}}|[{ODD}]", re.MULTILINE)


def blanks(text: str) -> Iterator[Edit]:
    """Blanks are one blank wide; those before a line, and what nobody sees, are left out."""
    for m in _WIDE.finditer(text):
        yield Edit(*m.span(), "" if m["gone"] else " ")
