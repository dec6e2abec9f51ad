"""Says which parts of a text are English, knowingly also for a line or two: scripts first, then words.

What is written in a hurry has few function words, so the reader's own vocabulary counts as English too, and words that
nobody knows count against it a little (Grefenstette 1995 counts function words alone; models of letters, trained on
prose, take a third of short English posts for another language).
"""

from functools import cache
from typing import Final

from streams.reading.text import gated as re
from streams.reading.text.tables import table
from streams.reading.what.cues import lists, words

_WORD: Final = re.compile(r"[^\W\d_]+")
_PLAIN_WORD: Final = re.compile(r"[A-Za-z]+")
_ACCENTED_LETTER: Final = re.compile(r"[^\W\d_a-zA-Z]")
_NO_LATIN: Final = re.compile(r"[^\x00-\u024f\u1e00-\u1eff]")
_LATIN: Final = 0.5
"""Of letters: below it the script is another."""
_UNKNOWN: Final = 0.5
_FOREIGN: Final = 1.0
_ACCENTED: Final = 0.7
"""What an unknown word, a function word of another language, and an accented word weigh against one English word."""
_LOOKED_AT: Final = 1200
"""Characters of a text by which it is judged as a whole."""
_HINTS: Final = 3
"""So many words of another language make a line worth judging by itself."""
_CLEAR: Final = 2.0
"""How far the scales must be down for a line."""
_READ: Final = ("en", "und")


def foreign_parts(title: str, text: str, declared: str) -> list[tuple[int, int]] | None:
    """Return the stretches of title, line feed and text that are not English; None where nothing of it is.

    Parameters
    ----------
    title, text
        The report.
    declared
        BCP 47 tag of the sender; tips the scales where the words leave them level.
    """
    body = f"{title}\n{text}"
    for_it, against, hints = weigh(body[:_LOOKED_AT])
    lean = 0.0 if declared.lower().startswith(_READ) else 1.0
    english = for_it >= against + lean
    if english and hints < _HINTS and (body.isascii() or _ACCENTED_LETTER.search(body) is None):
        return []
    if english:
        return [
            (start, end) for start, end in _lines(body) if _hints(body[start:end]) and _verdict(body[start:end]) < 0
        ]
    lines = [(start, end, _verdict(body[start:end])) for start, end in _lines(body)]
    if any(verdict > 0 for _, _, verdict in lines):
        return [(start, end) for start, end, verdict in lines if verdict <= 0]
    return None


def weigh(text: str) -> tuple[float, float, int]:
    """Return what speaks for English and what against it, in words, and how many hints there are of another language."""
    plain = text.isascii()
    if not plain:
        others = sum(c.isalpha() for c in _NO_LATIN.findall(text))
        if others and others > (1 - _LATIN) * (letters := sum(map(str.isalpha, text))):
            return 0.0, float(letters), letters
    found = set((_PLAIN_WORD if plain else _WORD).findall(text))
    folded = {w.lower() for w in found}
    low = {w for w in found if w.islower()}
    if 2 * sum(map(str.isupper, found)) > len(found):
        low = folded
    known, foreign, shared = _vocabulary()
    unknown = sum(len(w) > 2 for w in low - known - foreign - shared)
    accented = 0 if plain else sum(not w.isascii() for w in low)
    hints = len(low & foreign) + accented
    return float(len(folded & known)), _UNKNOWN * unknown + _FOREIGN * len(low & foreign) + _ACCENTED * accented, hints


def _hints(line: str) -> bool:
    """Whether a line may have so many words of another language that it is worth judging; cheap to ask."""
    found = set(_WORD.findall(line.lower()))
    return len(found & _vocabulary()[1]) + sum(not w.isascii() for w in found) >= _HINTS


def _verdict(line: str) -> int:
    """Say 1 of a line that is clearly English, -1 of one that clearly is not, 0 where it is hard to tell."""
    for_it, against, hints = weigh(line)
    if for_it >= against + _CLEAR:
        return 1
    return -1 if against >= for_it + _CLEAR and hints >= _HINTS else 0


def _lines(body: str) -> list[tuple[int, int]]:
    out, at = [], 0
    for line in body.split("\n"):
        if line.strip():
            out.append((at, at + len(line)))
        at += len(line) + 1
    return out


@cache
def vocabulary() -> frozenset[str]:
    """Words that are English, or may be."""
    english, _, shared = _vocabulary()
    return english | shared


@cache
def _vocabulary() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """English words, function words of other languages, and words that tell nothing."""
    lines = table("languages.toml")
    english, shared, others = (frozenset(words(lines[k]["phrases"])) for k in ("english", "shared", "others"))
    cues = {w for phrases in lists().values() for p in phrases for w in p.lower().split() if w.isalpha() and len(w) > 2}
    return (english | cues) - shared - (others - english), others - english - shared, shared
