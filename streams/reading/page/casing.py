"""Gives a text that is all capitals, or has none, the capitals of prose, character for character, so that positions stay.

Without them names, sentence ends, abbreviations and doers can't be told from other words. What is written with a capital
is known: sites, towns, countries and groups from the reader's own indexes, days and ranks from `casing.toml` (known words
alone, as in a truecaser without a model; Lita and others 2003).
"""

import re
from functools import cache
from typing import Final, NamedTuple

from streams.reading.text.language import vocabulary
from streams.reading.text.normal import fold, fold_name
from streams.reading.text.tables import table
from streams.reading.what.cues import Names, countries, lists, words
from streams.reading.where.towns import towns

_CAPITALS: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SMALL: Final = b"abcdefghijklmnopqrstuvwxyz"
_LEAST: Final = 12
"""Letters of a text that can be judged."""
_SHOUTED: Final = 0.8
"""Such a part of its letters are capitals in a text that has hardly anything else."""
_WHISPERED: Final = 0.012
"""Prose has two to six capitals in a hundred letters; from here on down a text has none to speak of."""
_HEADING: Final = 36
"""So few letters in capitals may be a heading, a banner or a code."""
_WORD: Final = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+")
"""Initials with their full stops, or a word."""
_OPENS: Final = re.compile(r"(?:^|(?<![.\s])\.|[\n!?…•])[\s\"'“‘(\[>*•#\-–—]*$")
"""Before the first word of a sentence, heading or item."""
_DATELINE: Final = re.compile(
    r"\s*([^\W\d_][\w'’\-]+(?: [\w'’\-]+){0,2})(?:, [\w .]{2,20}){0,2}(?: \([\w .\-]{2,30}\))? +[-–—] +(?=\w)"
)
"""What a story is dated from: "BEIRUT, Feb 9 (agency) - "."""
_STAMP: Final = re.compile(r"\d{4,6}(?![mkshx]$)[a-z](?:[a-z]{3}\d{2,4})?$")
"""A date-time group: "140600cmay24"."""
_NUMBERED: Final = re.compile(r"[\s,.]{0,2}\d")
_NUMBER_BEFORE: Final = re.compile(r"\d(?:st|nd|rd|th)?(?: of)?[\s,]{0,2}$")
_FIGURES: Final = re.compile(
    r"\d+(?:st|nd|rd|th|x|mm|cm|m|km|kg|lbs?|am|pm|hrs?|h|min|mins|ft|nm|s|k)?$", re.IGNORECASE
)
"""What figures are written together with in small letters."""
_VOWELS: Final = frozenset("aeiouy")
_COMPASS: Final = frozenset({"n", "e", "s", "w", "ne", "se", "sw", "nw"})
_PLACED: Final = re.compile(
    r"\b(?:near|(?:north|south|east|west|northeast|northwest|southeast|southwest|village|town|city|suburb|district|hamlet|island) of)\s(?:al[\s\-])?$"
)
_QUARTER: Final = re.compile(r"\s(?:district|quarter|crossing)\b")
"""Beside what is no English word: a place that no list has."""
_SPEAKS: Final = re.compile(r"\s(?:says|said|tells|told|thinks|heard|saw)\b")
"""Behind the one who speaks: rather a man than the site that is called so; known groups and countries speak as well."""
_GAP: Final = frozenset({" ", "-", "\n"})
"""What may stand between two words of a name."""


def recased(text: str, names: Names) -> str | None:
    """Return a text with the capitals that prose has, as long as it was; None where it has them.

    Parameters
    ----------
    text
        A title or a text.
    names
        The facilities' names, regions and places, as the lexicon has them.
    """
    raw = text.encode("utf-8", "ignore")
    capitals = len(raw) - len(raw.translate(None, _CAPITALS))
    small = len(raw) - len(raw.translate(None, _SMALL))
    if capitals + small < _LEAST:
        return None
    if capitals >= _SHOUTED * (capitals + small) and capitals >= _HEADING:
        return _spelt(text, names, shouted=True)
    if capitals <= _WHISPERED * (capitals + small):
        return _spelt(text, names, shouted=False)
    lines = text.split("\n")
    loud = [line.isupper() and len(line) > 2 * _HEADING for line in lines]
    if not any(loud):
        return None
    return "\n".join(_spelt(line, names, shouted=True) if so else line for line, so in zip(lines, loud, strict=True))


class _Words(NamedTuple):
    """The words of a text, with their spans, folded."""

    low: str
    spans: list[tuple[int, int]]
    folded: list[str]

    def joined(self, n: int) -> bool:
        """Whether nothing but a blank or a hyphen parts a word from the one before it."""
        return n > 0 and self.low[self.spans[n - 1][1] : self.spans[n][0]] in _GAP


def _spelt(text: str, names: Names, *, shouted: bool) -> str:
    """Spell a text anew, word by word."""
    low = (text.lower() if text.isascii() else "".join(map(_lower, text))) if shouted else text
    spans = [m.span() for m in _WORD.finditer(low)]
    read = _Words(low, spans, [fold_name(low[a:b]) for a, b in spans])
    named = _sites(read, names) | _named(read)
    named |= _placed(read)
    out = list(low)
    begin, town = _dateline(read, named)
    opens = True
    for n, (start, end) in enumerate(spans):
        if start < town or _in_capitals(read, n) or (shouted and _code(read.folded[n])):
            out[start:end] = map(_upper, low[start:end])
        elif start == begin or n in named or _capitalised(read, n) or (opens and _opens(low, start, end)):
            out[start] = _upper(low[start])
        opens = low[end - 1] != "." and not (low[end : end + 2] == ". " and read.folded[n] in _known("abbreviations"))
    return "".join(out)


def _dateline(read: _Words, named: set[int]) -> tuple[int, int]:
    """Where a dated story begins, and where the town that it is dated from ends; -1 where there is none."""
    m = _DATELINE.match(read.low)
    if m is None or not any(n in named for n, (_, end) in enumerate(read.spans[:3]) if end <= m.end(1)):
        return -1, -1
    return m.end(), m.end(1)


def _opens(low: str, start: int, end: int) -> bool:
    """Whether a word opens a sentence, and is not a man who speaks."""
    return _OPENS.search(low, max(0, start - 12), start) is not None and _SPEAKS.match(low, end) is None


def _lower(char: str) -> str:
    return low if len(low := char.lower()) == 1 else char


def _upper(char: str) -> str:
    return high if len(high := char.upper()) == 1 else char


def _code(word: str) -> bool:
    """Whether a word is a group of letters and figures, or has no vowel: a unit, a grid, an abbreviation."""
    if any(map(str.isdigit, word)):
        return not word.isdigit() and _FIGURES.match(word) is None
    return _VOWELS.isdisjoint(word) and word.isascii() and word not in _known("abbreviations")


def _in_capitals(read: _Words, n: int) -> bool:
    """Whether a word is an abbreviation: known as such, initials, or the United States."""
    word = read.folded[n]
    if read.low[read.spans[n][1] - 1] == ".":
        return word not in _known("abbreviations")
    follows = read.folded[n + 1] if n + 1 < len(read.spans) and read.joined(n + 1) else ""
    if word == "us":
        return follows in _known("american")
    if word in _COMPASS:
        return follows == "of"
    return word in _known("abbreviated") or _STAMP.match(word) is not None


def _capitalised(read: _Words, n: int) -> bool:
    """Whether a word is always written with a capital, or is as part of a date."""
    word = read.folded[n]
    if word in _known("dated"):
        start, end = read.spans[n]
        beside = _NUMBER_BEFORE.search(read.low, max(0, start - 8), start)
        return beside is not None or _NUMBERED.match(read.low, end) is not None
    return word in _known("capitalised")


def _sites(read: _Words, names: Names) -> set[int]:
    """Which words stand in names of sites, of their places and regions."""
    numbers = {start: n for n, (start, _) in enumerate(read.spans)}
    out: set[int] = set()
    for hit in names.find(fold(read.low)):
        first = numbers.get(hit.start)
        if first is None or "id_descriptor" in hit.classes:
            continue
        last = first + hit.text.count(" ")
        if last == first and _SPEAKS.match(read.low, hit.end):
            continue
        whole = last > first and "id_name" in hit.classes
        out.update(
            n
            for n in range(first, min(last + 1, len(read.spans)))
            if read.folded[n] not in (_known("small") if whole else _known("common"))
        )
    return out


def _named(read: _Words) -> set[int]:
    """Which words stand in names of towns, countries, peoples and groups: the longest at each place."""
    out: set[int] = set()
    at = 0
    while at < len(read.folded):
        end = at + 1
        longest = _openings().get(read.folded[at], 0)
        while end < len(read.folded) and end - at < longest and read.joined(end):
            end += 1
        while end > at and not _is_name(" ".join(read.folded[at:end])):
            end -= 1
        name = read.folded[at:end]
        if len(name) != 1 or name[0] in _proper() or _SPEAKS.match(read.low, read.spans[at][1]) is None:
            out.update(n for n in range(at, end) if read.folded[n] not in _known("small") or len(name) == 2)
        at = max(end, at + 1)
    return out


def _placed(read: _Words) -> set[int]:
    """Which words that are no English ones stand where a place is named."""
    out: set[int] = set()
    for n, (start, end) in enumerate(read.spans):
        if read.folded[n] in _plain():
            continue
        placed = _PLACED.search(read.low, max(0, start - 20), start) or _QUARTER.match(read.low, end)
        if placed or (n - 1 in out and read.low[start - 1] == " "):
            out.add(n)
    return out


def _is_name(words: str) -> bool:
    return words in _proper() or (len(words) > 3 and words in towns() and words not in _known("common"))


@cache
def _known(name: str) -> frozenset[str]:
    """The words of a list of `casing.toml`."""
    return frozenset(words(table("casing.toml")[name]["words"]))


@cache
def _openings() -> dict[str, int]:
    """First words of names that are more than a word -> how many words the longest of them has."""
    out: dict[str, int] = {}
    for first, blank, rest in (name.partition(" ") for name in (*towns(), *_proper())):
        if blank:
            out[first] = max(out.get(first, 0), rest.count(" ") + 2)
    return out


@cache
def _plain() -> frozenset[str]:
    """Words that are no names."""
    return vocabulary() | _known("common")


@cache
def _proper() -> frozenset[str]:
    """Names of countries, peoples and groups, folded."""
    groups = {fold_name(p) for p in lists()["hostile"] if p[0] != "="} - set(lists()["unnamed"])
    return frozenset(groups | set(countries())) - _known("common")
