"""Finds the headings of a report that goes from site to site: a line that holds nothing but a name is where what follows plays."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from streams.reading.text import gated as re
from streams.reading.where.places import Spot, town_of

_HEADING: Final = re.compile(
    r"^[^\S\n]*(?:#+\s|\(?\d{1,2}[.)]\s|\(?[A-Za-z][.)]\s|[-*•=_]+\s?)?[\"“]?(?P<words>[A-Z][^\n:;!?]{1,58}?)[^\S\n]*(?P<mark>:?)[^\S\n]*[-–—=_*]*$(?=\n)",
    re.MULTILINE,
)
_SENTENCE: Final = re.compile(r"[.,]$|\d{3}|\b(?:was|were|is|are|has|have|had|no|not|nil|from|by|at|on)\b")
_NO_ITEM: Final = re.compile(r"^[^\S\n]*[-*•]\s")
_WORDS: Final = 7


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under a heading."""

    start: int
    """Where the heading ends."""
    name: tuple[int, int] | None
    """The span in which it names what it is about."""
    town: Spot | None


def sections(body: str) -> list[Section]:
    """Return the sections of a report in order; those whose heading names no place end the one before.

    Parameters
    ----------
    body
        Title, line feed and text.
    """
    opening = body.find("\n") + 1
    if body.count("\n", opening) < 2:
        return []
    out = []
    for m in _HEADING.finditer(body, opening):
        words = m["words"]
        item = _NO_ITEM.match(body, m.start(), m.end()) is not None and not m["mark"]
        if item or len(words.split()) > _WORDS or _SENTENCE.search(words):
            continue
        span = (m.start("words"), m.end("words"))
        out.append(Section(m.end(), span, town_of(body, *span)))
    return out


def section_at(found: list[Section], at: int) -> Section | None:
    """The section that a position lies in."""
    n = bisect_right(found, at, key=lambda s: s.start)
    return found[n - 1] if n else None
