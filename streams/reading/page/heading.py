"""Finds the headline that stands in a text itself: there once more, or there alone."""

import re
from typing import Final

_FIRST: Final = re.compile(r"\s*(?P<line>\S[^\n]*?)[^\S\n]*(?:\n(?P<gap>\s*)|$)")
_WORDS: Final = re.compile(r"\w+")
_NO_HEADLINE: Final = re.compile(
    r"[-*•▪>#@|(\[]|\(?\w{1,2}[.)/]\s|\d{1,2}[:.]?\d{2}[A-Z]?\b|[^:]{1,24}:|(?:dear|hi|hello|fwd?|re)\b|[A-Z][A-Z .'’-]{2,30}(?:,[^-–—]{2,40})?\s+[-–—]",
    re.IGNORECASE,
)
"""How an item, an entry, a field, a post, a letter or a dateline opens."""
_CLOSED: Final = tuple(".!?:;,…-–—")
_LONGEST: Final = 140
"""Characters of a headline, at most."""
_FEWEST: Final = 3
"""Words of a headline, at least."""
_STORY: Final = 150
"""Characters of what it heads, at least."""


def repeated(title: str, text: str) -> int:
    """Return where a text goes on behind its title, if it opens with that once more; else 0."""
    if not title or (first := _FIRST.match(text)) is None:
        return 0
    line, known = _WORDS.findall(first["line"].lower()), _WORDS.findall(title.lower())
    opens = len(line) >= _FEWEST and known[: len(line)] == line
    return first.end() if (line == known or opens) and text[first.end() :].strip() else 0


def headline(text: str) -> tuple[int, int, int] | None:
    """Return where the headline of a text without a title begins and ends, and where the text goes on; None where it has none.

    A short line that is no sentence, item or entry, over a story that is longer.
    """
    if (first := _FIRST.match(text)) is None:
        return None
    line, rest = first["line"], text[first.end() :]
    over = first["gap"] is not None and ("\n" in first["gap"] or len(rest.split("\n", 1)[0]) > max(len(line), _STORY))
    if not over or len(line) > _LONGEST or len(_WORDS.findall(line)) < _FEWEST or line.endswith(_CLOSED):
        return None
    if line[0].islower() or _NO_HEADLINE.match(line) or len(rest.strip()) < max(len(line), _STORY):
        return None
    return first.start("line"), first.end("line"), first.end()
