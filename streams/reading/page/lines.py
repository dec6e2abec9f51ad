"""Joins lines that a program broke because they were full, and makes blanks one blank wide."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from streams.reading.page.edits import Edit
from streams.reading.text.language import vocabulary

_WIDEST: Final = 100
"""Characters of a line that was broken by a program, at most."""
_BROKEN: Final = 50
"""Characters of the only line that may have been broken, at least;"""
_SHORT: Final = 40
"""of the longest that people broke."""
_LONG_ENOUGH: Final = 0.6
"""So full a line is that goes on in the next."""
_AS_A_RULE: Final = 0.8
"""Such a part of the lines that go on would not have held the next word, where a program broke them once."""
_BY_HAND: Final = 0.5
"""Such a part of the lines that no sentence ends with go on where people broke them, or two programs in turn;"""
_SEVERAL: Final = 2
"""there are at least so many."""
_ITEM: Final = re.compile(r"\s*(?:[-*•▪–—]\s|[>|]|#\d|\(?(?:\d{1,2}|[A-Za-z])[.)/:]\s)")
"""Opens an item: never the rest of a line before."""
_FIELD: Final = re.compile(r"\s*[A-Z][\w/()&. -]{0,30}:(?!\d)")
"""Opens a field, where the line before is no open phrase."""
_STAMP: Final = re.compile(r"\s*(?:\d{1,2}[:.]?\d{2}\s?[A-Z]?\b|\d{1,2}[ -][A-Z][a-z]{2}\b)")
"""Opens an entry of a log, where"""
_OF_A_LOG: Final = 0.3
"""such a part of the lines begin so; elsewhere it is an hour or a year that a break happens to stand before."""
_HANGS: Final = frozenset({
    "a", "an", "the", "its", "their", "his", "her", "this", "of", "to", "in", "at", "by", "for", "from", "with", "into", "near",
    "on", "as", "and", "or", "that", "was", "were", "is", "are", "has", "had", "have", "be",
})  # fmt: skip
"""Ends a line in the middle of a phrase."""
_NOT_PASSIVE: Final = r"(?<!\bwas)(?<!\bwere)(?<!\bbeen)(?<!\bgot)(?<!\bare)(?<!\bis)"
_OPEN: Final = re.compile(
    r"(?:^|\s)(?:of|by|into|near|against|towards|at|the|an|its|their|and)$"
    rf"|{_NOT_PASSIVE}(?<![\d,])\s(?:hit|struck|attacked|targeted|shelled|bombed|stormed)$"
    rf"|{_NOT_PASSIVE}(?<!\bcoming)(?<!\bcome)(?<!\bcame)(?<!\ball)(?<!['’]s)\s(?:in|over)$"
)
"""Ends a line that no author ends there: what is hit, or near what, is missing; the next opens with a name;"""
_NAME: Final = re.compile(r"\s*(?:[A-Z][\w'’\-]*\s[\w'’\-]|al-)")
_DAY_OPEN: Final = re.compile(rf"{_NOT_PASSIVE}\s(?:[Oo]n|[Ll]ast|[Ll]ate|[Ee]arly|since|until)$")
_DAY: Final = re.compile(
    r"\s*(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\d{1,2}\s[A-Z][a-z]{2}|[A-Z][a-z]{2,8}\s\d{1,2}\b)"
)
"""the day is missing, with which the next opens;"""
_LATITUDE: Final = re.compile(r"\d\.\d{3,}°?\s?[NS]?,$")
_LONGITUDE: Final = re.compile(r"\s*-?\d{1,3}\.\d{3,}")
"""half of a position is missing."""
_HYPHENED: Final = re.compile(r"(\w+)-$")
"""Ends a line in the middle of a word, or of a compound,"""
_WORD: Final = re.compile(r"[^\S\n]*(\w+)")
"""as which it goes on in the next."""
_PREFIXES: Final = frozenset(
    {"anti", "co", "counter", "ex", "mid", "multi", "non", "pre", "post", "pro", "self", "semi"}
)
"""What begins compounds, beside words."""
_SMALL_WORD: Final = 4
"""Letters of a word that titles may write small."""
_LETTER: Final = re.compile(r"[^\W\d_]")
_STOPS: Final = frozenset(".!?")
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
    closed: bool
    """Whether it ends as sentences do."""
    parted: bool
    """Whether what belongs together is parted by it, however short the line."""


def broken_lines(text: str) -> Iterator[Edit]:
    """Lines that were broken because they were full are one line; so are those of a text that was broken anywhere."""
    lines = text.split("\n")
    if not any(_goes_on(line.rstrip(), behind) or _parted(line.rstrip(), behind) for line, behind in pairwise(lines)):
        return
    breaks = list(_breaks(lines))
    sure = [b for b in breaks if b.goes_on]
    width = max((b.length for b in sure), default=0)
    if sum(b.needed > width for b in sure) >= _AS_A_RULE * len(sure):
        joined = _where_full(breaks, width) if len(sure) > 1 or width >= _BROKEN else []
    else:
        often = len(sure) >= max(_SEVERAL, _BY_HAND * sum(not b.closed for b in breaks))
        parted = 0 if "" in map(str.strip, lines[:-1]) else _LONG_ENOUGH * width
        joined = _anywhere(breaks, parted) if often and width >= _SHORT and _cased(lines) else []
    whole = set(joined)
    yield from (_joined(text, b) for b in breaks if b.parted or b in whole)


def _cased(lines: list[str]) -> bool:
    """Whether what surely opens a sentence opens with a capital as a rule: where nothing does, a small letter tells nothing."""
    opening = (line for before, line in pairwise(("", *lines)) if not before or before[-1] in _STOPS)
    letters = [m[0] for line in opening if (m := _LETTER.search(line))]
    return sum(map(str.isupper, letters)) >= max(1, sum(map(str.islower, letters)))


def _where_full(breaks: list[_Break], width: int) -> list[_Break]:
    """The breaks of a text that a program broke at a width."""
    several = sum(b.goes_on for b in breaks) > 1
    return [b for b in breaks if b.length >= _LONG_ENOUGH * width and (b.goes_on or (several and b.needed > width))]


def _anywhere(breaks: list[_Break], parted: float) -> list[_Break]:
    """The breaks of a text whose lines end where they may; what closes before this length ends a paragraph."""
    return [b for b in breaks if b.goes_on or not b.closed or b.length >= parted]


def _joined(text: str, b: _Break) -> Edit:
    """Join what stands on both sides: with a blank, with the hyphen of a compound, or as the word that a hyphen divides."""
    first, second = _HYPHENED.search(text, max(0, b.start - _WIDEST), b.start), _WORD.match(text, b.end)
    if first is None or second is None:
        return Edit(b.start, b.end, " ")
    known, before, behind = vocabulary(), first[1].lower(), second[1]
    of_a_name = first[1][0].isupper() and (behind in known or behind.endswith("ed"))
    compound = of_a_name or before in known or before in _PREFIXES
    divided = behind.islower() and (f"{before}{behind}" in known or not compound)
    return Edit(b.start - divided, second.start(1), "")


def _goes_on(line: str, behind: str) -> bool:
    """Whether a sentence surely goes on behind a line."""
    if not line or not behind or line.endswith(_CLOSES):
        return False
    opens = behind.lstrip()[:1]
    return opens.islower() or _hangs(line) or (opens.isalnum() and _HYPHENED.search(line) is not None)


def _parted(line: str, behind: str) -> bool:
    """Whether a line lacks what the next opens with, as nobody's utterance does: what was hit, a day, half of a position; one that is closed lacks nothing."""
    return not line.endswith(_CLOSES) and any(
        rest.match(behind) is not None and end.search(line) is not None
        for end, rest in ((_OPEN, _NAME), (_DAY_OPEN, _DAY), (_LATITUDE, _LONGITUDE))
    )


def _hangs(line: str) -> bool:
    """Whether a line ends in the middle of a phrase."""
    return line[line.rfind(" ") + 1 :] in _HANGS


def _is_heading(line: str, behind: str) -> bool:
    """Whether the first line of a text stands above it: in capitals, as titles are written, or before a dateline."""
    return all(word[0].isupper() for word in line.split() if len(word) > _SMALL_WORD) or behind[:_SMALL_WORD].isupper()


def _breaks(lines: list[str]) -> Iterator[_Break]:
    ends = 0
    log = sum(_STAMP.match(line) is not None for line in lines) >= _OF_A_LOG * len(lines)
    for line, behind in pairwise(lines):
        ends += len(line) + 1
        shown = line.rstrip()
        if not shown or len(shown) > _WIDEST or not (word := behind.split(maxsplit=1)[:1]):
            continue
        if _ITEM.match(behind):
            continue
        if not _hangs(shown) and (_FIELD.match(behind) or (log and _STAMP.match(behind))):
            continue
        goes_on, closed = _goes_on(shown, behind), shown.endswith(_CLOSES)
        if ends == len(line) + 1 and not goes_on and _is_heading(shown, behind):
            continue
        if behind.startswith("  ") and not line.startswith("  ") and closed:
            continue
        start = ends - 1 - len(line) + len(shown)
        needed = len(shown) + 1 + len(word[0])
        yield _Break(start, ends, len(shown), needed, goes_on, closed, _parted(shown, behind))


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
