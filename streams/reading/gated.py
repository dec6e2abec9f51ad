"""Expressions that are only run where they can match: a drop-in for the part of `re` that the grammars use.

Of every expression the literals are worked out of which one stands in each of its matches (the prefilter of RE2's
FilteredRE2: Cox, "Regular Expression Matching with a Trigram Index", 2012). One Aho-Corasick pass over a stretch of text
tells which expressions may match there; most of a reader's rules never do. Never changes what is found.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from re import _constants as ops  # type: ignore[attr-defined]  # the parser of `re` has no public name
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Final, cast

from ahocorasick_rs import AhoCorasick

__all__ = ["DOTALL", "IGNORECASE", "MULTILINE", "VERBOSE", "Match", "Pattern", "compile", "escape", "forget"]

Match = re.Match
IGNORECASE, DOTALL, MULTILINE, VERBOSE = re.IGNORECASE, re.DOTALL, re.MULTILINE, re.VERBOSE
escape = re.escape

_ALL: Final = -1
"""The mask under which every expression may match."""
_DIGIT: Final = "0"
"""Stands for any digit among the literals."""
_SHORTEST: Final = 3
_MOST: Final = 96
"""Alternatives that are worth multiplying out."""
_KEPT: Final = 4096
"""Stretches whose masks are remembered."""
_PATIENCE: Final = 512
"""New stretches seen before expressions that came late are built in."""


class Pattern:
    """A compiled expression with the bit that tells where it may match."""

    __slots__ = ("_bit", "_find", "literals", "plain")

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.plain = re.compile(pattern, flags)
        self.literals = literals(pattern, flags)
        self._find = self.plain.search
        self._bit = _SIEVE.add(self)

    def search(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[str] | None:
        """Return the first match that lies in a stretch."""
        if self._may(text, pos, endpos):
            return self._find(text, pos, endpos)
        return None

    def finditer(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Return the matches of a stretch."""
        return self.plain.finditer(text, pos, endpos) if self._may(text, pos, endpos) else iter(())

    def findall(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> list[str]:
        """Return what matched, or its only group."""
        return self.plain.findall(text, pos, endpos) if self._may(text, pos, endpos) else []

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str) -> str:
        """Replace every match."""
        return self.plain.sub(by, text) if self._may(text, 0, sys.maxsize) else text

    def split(self, text: str) -> list[str]:
        """Cut a text at every match."""
        return self.plain.split(text) if self._may(text, 0, sys.maxsize) else [text]

    def match(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[str] | None:
        """Return the match that begins a stretch."""
        return self.plain.match(text, pos, endpos)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Return the match of a whole text."""
        return self.plain.fullmatch(text)

    def _may(self, text: str, pos: int, endpos: int) -> int:
        if not self._bit:
            return 1
        part = text if pos == 0 and endpos >= len(text) else text[pos:endpos]
        mask = _MASKS.get(part)
        return (_SIEVE.mask(part) if mask is None else mask) & self._bit


class _Sieve:
    """The literals of all expressions in one automaton."""

    def __init__(self) -> None:
        self._bits: dict[str, int] = {}
        self._masks: list[int] = []
        self._automaton: AhoCorasick | None = None
        self._late = 0
        """Expressions not built in yet: they may match anywhere."""
        self._next = 1
        self._misses = 0

    def add(self, pattern: Pattern) -> int:
        """Give an expression its bit, 0 where nothing can be told beforehand."""
        if pattern.literals is None:
            return 0
        bit, self._next = self._next, self._next << 1
        self._late |= bit
        _MASKS.clear()
        for literal in pattern.literals:
            self._bits[literal] = self._bits.get(literal, 0) | bit
        return bit

    def mask(self, part: str) -> int:
        """Return the bits of the expressions that may match in a stretch, and remember them."""
        self._misses += 1
        if self._late and (self._automaton is None or self._misses > _PATIENCE):
            self._automaton = AhoCorasick(list(self._bits))
            self._masks = list(self._bits.values())
            self._late = self._misses = 0
            _MASKS.clear()
        if len(_MASKS) >= _KEPT:
            _MASKS.clear()
        mask = self._late
        if self._automaton is None or (not part.isascii() and ("ı" in part or "ſ" in part)):
            mask = _ALL  # what matches i and s whatever their case, but is no other case of theirs
        else:
            for index in {i for i, _, _ in self._automaton.find_matches_as_indexes(part.lower(), overlapping=True)}:
                mask |= self._masks[index]
            if _HAS_DIGIT(part):
                mask |= self._bits.get(_DIGIT, 0)
        _MASKS[part] = mask
        return mask


_HAS_DIGIT: Final = re.compile(r"\d").search
_MASKS: Final[dict[str, int]] = {}
_SIEVE: Final = _Sieve()
_INLINE: Final[dict[tuple[str, int], Pattern]] = {}


def forget() -> None:
    """Drop what is remembered of texts: called for each report, so that no state outlives it."""
    _MASKS.clear()


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


_Strings = frozenset[str]
_Items = Iterable[tuple[object, object]]
_EMPTY: Final[_Strings] = frozenset([""])


def literals(pattern: str, flags: int = 0) -> _Strings | None:
    """Return lower-case strings of which one stands in each match of an expression, None where none are worth it."""
    exact, need = _sequence(parser.parse(pattern, flags))
    best = _better(need, exact)
    return best if best is not None and _worth(best) else None


def _worth(strings: _Strings) -> bool:
    return min(map(_length, strings)) >= _SHORTEST


def _length(string: str) -> int:
    """How telling a string is; a digit is worth what the shortest words are."""
    return _SHORTEST if string == _DIGIT else len(string)


def _better(a: _Strings | None, b: _Strings | None) -> _Strings | None:
    """The rarer of two sets of strings: the one whose shortest is longer."""
    if a is None or b is None:
        return a if b is None else b
    return max(a, b, key=lambda s: (min(map(_length, s)), -len(s)))


def _sequence(items: _Items) -> tuple[_Strings | None, _Strings | None]:
    """Return all strings that a sequence matches, where they are few, and strings of which each match holds one."""
    exact: _Strings = _EMPTY
    whole, best = True, None
    for op, value in items:
        each, need = _item(op, value)
        best = _better(best, need)
        if each is not None and len(exact) * len(each) <= _MOST:
            exact = frozenset(a + b for a in exact for b in each)
            continue
        best, whole = _better(best, exact), False
        exact = _EMPTY if each is None else each
    return (exact, best) if whole else (None, _better(best, exact))


def _is_digit(kind: object, value: object) -> bool:
    match kind, value:
        case ops.CATEGORY, _:
            return value is ops.CATEGORY_DIGIT
        case ops.RANGE, (int(low), int(high)):
            return 48 <= low <= high <= 57
        case ops.LITERAL, int(code):
            return 48 <= code <= 57
        case _:
            return False


def _item(op: object, value: object) -> tuple[_Strings | None, _Strings | None]:  # one kind each
    match op, value:
        case ops.LITERAL, int(code):
            return (frozenset(chr(code).lower()) if code < 128 else None), None
        case ops.IN, list(members):
            if members and all(_is_digit(kind, code) for kind, code in members):
                return None, frozenset([_DIGIT])
            codes = [code for kind, code in members if kind is ops.LITERAL and code < 128]
            few = len(codes) == len(members) <= 6
            return (frozenset(chr(c).lower() for c in codes) if few else None), None
        case ((ops.AT | ops.ASSERT | ops.ASSERT_NOT), _):
            return _EMPTY, None
        case ops.SUBPATTERN, (_, _, _, items):
            return _sequence(cast("_Items", items))
        case ops.ATOMIC_GROUP, items:
            return _sequence(cast("_Items", items))
        case ops.BRANCH, (_, list(branches)):
            found = [_sequence(items) for items in branches]
            wanted = [_better(need, exact) for exact, need in found]
            total = frozenset[str]().union(*(exact for exact, _ in found if exact is not None))
            exact = total if len(total) <= _MOST and all(e is not None for e, _ in found) else None
            need = None if any(w is None for w in wanted) else frozenset[str]().union(*(w for w in wanted if w))
            return exact, need
        case ((ops.MAX_REPEAT | ops.MIN_REPEAT | ops.POSSESSIVE_REPEAT), (least, most, items)):
            exact, need = _sequence(cast("_Items", items))
            if most == 1 and exact is not None:
                return (exact if least else exact | _EMPTY), need if least else None
            return None, _better(need, exact) if least else None
        case _:
            return None, None
