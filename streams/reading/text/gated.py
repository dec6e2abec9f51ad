"""Expressions that are only run where they can match: a drop-in for the part of `re` that the grammars use.

One Aho-Corasick pass over a report tells where the literals stand that each expression needs (`prefilter`), and so which
may match in a stretch of it; most of a reader's rules never do. The others are looked for by machine code (`compiled`).
Never changes what is found.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from operator import or_
from re import _parser as parser  # type: ignore[attr-defined]  # the parser of `re` has no public name
from string import digits
from typing import Final

from ahocorasick_rs import AhoCorasick

from streams.reading.text.compiled import Finder, forget
from streams.reading.text.prefilter import DIGIT, literals

__all__ = ["DOTALL", "IGNORECASE", "MULTILINE", "VERBOSE", "AnyOf", "Match", "Pattern", "attend", "compile", "escape"]

Match = re.Match
IGNORECASE, DOTALL, MULTILINE, VERBOSE = re.IGNORECASE, re.DOTALL, re.MULTILINE, re.VERBOSE
escape = re.escape

_ALL: Final = -1
"""The mask under which every expression may match: all bits."""
_KEPT: Final = 4096
"""Stretches whose masks are remembered."""
_PATIENCE: Final = 512
"""New stretches seen before expressions that came late are built in."""
_SHORT: Final = 40
"""So few characters are searched sooner than sieved."""
_BLOCK: Final = 16
"""Characters of a block; so far beyond a stretch literals may count for it."""
_NEAR: Final = 4096
"""Characters around the last stretch within which the next one is looked for."""


class Pattern:
    """A compiled expression with the bits that tell where it may match."""

    __slots__ = ("_fast", "bits", "find", "find_all", "flags", "lead", "literals", "pattern")

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern, self.flags = pattern, flags
        parsed = parser.parse(pattern, flags)
        self.literals = literals(parsed)
        self._fast = Finder(pattern, flags, least=parsed.getwidth()[0])
        self.find, self.find_all = self._fast.search, self._fast.finditer
        self.bits, self.lead = _SIEVE.add(self.literals), _SIEVE.add(self.literals[:1])

    def search(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[str] | None:
        """Return the first match that lies in a stretch."""
        if self.bits:  # `_may`, written out: it is asked a thousand times a report
            part = text if pos == 0 and endpos >= len(text) else text[pos:endpos]
            if len(part) > _SHORT and (_MASKS.get(part) or _SIEVE.mask(part)) & self.bits != self.bits:
                return None
        return self.find(text, pos, endpos)

    def finditer(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Return the matches of a stretch."""
        return self._fast.finditer(text, pos, endpos) if self._may(text, pos, endpos) else iter(())

    def findall(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> list[str]:
        """Return what matched, or its only group."""
        return self._fast.plain.findall(text, pos, endpos) if self._stands_in(text, pos, endpos) else []

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str) -> str:
        """Replace every match."""
        return self._fast.plain.sub(by, text) if self._stands_in(text, 0, sys.maxsize) else text

    def split(self, text: str) -> list[str]:
        """Cut a text at every match."""
        return self._fast.plain.split(text) if self._stands_in(text, 0, sys.maxsize) else [text]

    def match(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[str] | None:
        """Return the match that begins a stretch."""
        return self._fast.plain.match(text, pos, endpos)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Return the match of a whole text."""
        return self._fast.plain.fullmatch(text)

    def _may(self, text: str, pos: int, endpos: int) -> bool:
        if not self.bits:
            return True
        part = text if pos == 0 and endpos >= len(text) else text[pos:endpos]
        return (_MASKS.get(part) or _SIEVE.mask(part)) & self.bits == self.bits

    def _stands_in(self, text: str, pos: int, endpos: int) -> bool:
        """Whether an expression with literals, which is rare, matches; of another it is no use to ask."""
        return not self.bits or self.search(text, pos, endpos) is not None


class AnyOf:
    """Several expressions, asked at once whether one of them matches."""

    def __init__(self, *patterns: Pattern) -> None:
        self._find = [p.find for p in patterns]
        self._find_all = [p.find_all for p in patterns]
        self._always = [n for n, p in enumerate(patterns) if not p.bits]
        self._led: dict[int, list[tuple[int, int]]] = {}
        """The bit of a rarest set of literals -> the numbers and bits of those that need it."""
        for n, p in enumerate(patterns):
            if p.bits:
                self._led.setdefault(p.lead, []).append((n, p.bits))
        self._leads = reduce(or_, self._led, 0)

    def likely_in(self, text: str) -> list[int]:
        """Return the numbers of those that may match somewhere in a text."""
        mask = _MASKS.get(text) or _SIEVE.mask(text)
        out, leads = list(self._always), mask & self._leads
        while leads:
            lead = leads & -leads
            for n, bits in self._led[lead]:
                if mask & bits == bits:
                    out.append(n)
            leads ^= lead
        return sorted(out)

    def finditer(self, text: str, pos: int, endpos: int) -> Iterator[tuple[int, re.Match[str]]]:
        """Return the matches of each of them in a stretch, with its number."""
        for n in self.likely_in(text[pos:endpos]):
            for m in self._find_all[n](text, pos, endpos):
                yield n, m

    def match_in(self, text: str) -> bool:
        """Whether one of them matches somewhere in a text."""
        for n in self.likely_in(text):  # noqa: SIM110  asked of every sentence, and any() takes twice as long
            if self._find[n](text) is not None:
                return True
        return False


class _Sieve:
    """The literals of all expressions in one automaton."""

    def __init__(self) -> None:
        self._known: dict[frozenset[str], int] = {}
        """The bit of each set of literals."""
        self._bits: dict[str, int] = {}
        self._masks: list[int] = []
        self._automaton: AhoCorasick | None = None
        self._late = 0
        """Sets not built in yet: their literals may stand anywhere."""
        self._next = 2
        """The bit of the next set; the lowest is set in every mask, so that none is 0."""
        self._misses = 0
        self._texts: tuple[str, ...] = ()
        """The text being read, and in lower case."""
        self._blocks: list[int] | None = None
        """For each block of the text the bits of the sets of which a literal ends there."""
        self._at = 0
        """Where the last stretch stood that was asked about."""

    def add(self, needs: tuple[frozenset[str], ...]) -> int:
        """Give each set of literals a bit; return those that an expression needs, 0 where nothing can be told beforehand."""
        bits = 0
        for strings in needs:
            if strings not in self._known:
                self._known[strings] = bit = self._next
                self._next <<= 1
                self._late |= bit
                _MASKS.clear()
                for literal in strings:
                    self._bits[literal] = self._bits.get(literal, 0) | bit
            bits |= self._known[strings]
        return bits

    def mask(self, part: str) -> int:
        """Return the bits of the sets that have a literal in a stretch, and remember them."""
        self._misses += 1
        if self._late and (self._automaton is None or self._misses > _PATIENCE):
            bits = self._bits | dict.fromkeys(digits, self._bits.get(DIGIT, 0))
            self._automaton, self._masks = AhoCorasick(list(bits)), list(bits.values())
            self._late = self._misses = 0
            self._blocks = None
            _MASKS.clear()
        if len(_MASKS) >= _KEPT:
            _MASKS.clear()
        if self._automaton is None or (not part.isascii() and any(c in part for c in "ıſİ")):
            mask = _ALL  # what matches i and s whatever their case, but is no other case of theirs
        else:
            mask = reduce(or_, self._bits_in(part, self._automaton), self._late | 1)
            if not part.isascii() and _HASDIGIT(part):
                mask |= self._bits.get(DIGIT, 0)
        _MASKS[part] = mask
        return mask

    def attend(self, text: str) -> None:
        """Take up a text: its literals are found once, so that its stretches need no pass of their own."""
        low = text.lower()
        self._texts, self._blocks, self._at = ((text, low) if len(low) == len(text) else ()), None, 0

    def _bits_in(self, part: str, automaton: AhoCorasick) -> Iterable[int]:
        """Return the bits of the literals that end in a stretch, or a little before or behind it."""
        at = self._place(part)
        if at < 0:
            return [self._masks[i] for i, _, _ in automaton.find_matches_as_indexes(part.lower(), overlapping=True)]
        self._at = at
        if self._blocks is None:
            self._blocks = [0] * (len(self._texts[1]) // _BLOCK + 1)
            for i, _, end in automaton.find_matches_as_indexes(self._texts[1], overlapping=True):
                self._blocks[end // _BLOCK] |= self._masks[i]
        return self._blocks[at // _BLOCK : (at + len(part)) // _BLOCK + 1]

    def _place(self, part: str) -> int:
        """Say where a stretch stands in the text, as it is or in lower case; -1 where it does not."""
        for text in self._texts:
            at = text.find(part, max(0, self._at - _NEAR), self._at + _NEAR)
            if at >= 0:
                return at
        return -1


_HASDIGIT: Final = re.compile(r"\d").search
_MASKS: Final[dict[str, int]] = {}
_SIEVE: Final = _Sieve()
_INLINE: Final[dict[tuple[str, int], Pattern]] = {}


def attend(text: str) -> None:
    """Take up a report's text, and drop what is remembered of others: called for each, so that no state outlives it."""
    _MASKS.clear()
    forget()
    _SIEVE.attend(text)


def compile(pattern: str, flags: int = 0) -> Pattern:  # noqa: A001  # as `re` calls it
    """Compile an expression."""
    return Pattern(pattern, flags)


def _inline(pattern: str, flags: int) -> Pattern:
    known = _INLINE.get((pattern, flags))
    if known is None:
        known = _INLINE[pattern, flags] = Pattern(pattern, flags)
    return known


def search(pattern: str, text: str, flags: int = 0) -> re.Match[str] | None:
    """Return the first match in a text."""
    return _inline(pattern, flags).search(text)


def match(pattern: str, text: str, flags: int = 0) -> re.Match[str] | None:
    """Return the match that begins a text."""
    return _inline(pattern, flags).match(text)


def fullmatch(pattern: str, text: str, flags: int = 0) -> re.Match[str] | None:
    """Return the match of a whole text."""
    return _inline(pattern, flags).fullmatch(text)


def finditer(pattern: str, text: str, flags: int = 0) -> Iterator[re.Match[str]]:
    """Return the matches in a text."""
    return _inline(pattern, flags).finditer(text)


def findall(pattern: str, text: str, flags: int = 0) -> list[str]:
    """Return what matched, or its only group."""
    return _inline(pattern, flags).findall(text)


def sub(pattern: str, by: str | Callable[[re.Match[str]], str], text: str, flags: int = 0) -> str:
    """Replace every match in a text."""
    return _inline(pattern, flags).sub(by, text)


def split(pattern: str, text: str, flags: int = 0) -> list[str]:
    """Cut a text at every match."""
    return _inline(pattern, flags).split(text)
