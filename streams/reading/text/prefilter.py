"""Works out what every match of an expression needs: sets of literals, of each of which it holds one.

The prefilter of RE2's FilteredRE2 (Cox, "Regular Expression Matching with a Trigram Index", 2012).
"""

from collections.abc import Iterable
from re import _constants as ops  # type: ignore[attr-defined]  # the parser of `re` has no public name
from typing import Final, cast

DIGIT: Final = "0"
"""Stands for any digit among the literals."""
_SHORTEST: Final = 3
_MOST: Final = 96
"""Alternatives that are worth multiplying out."""
_SETS: Final = 3
"""So many sets of literals are asked for."""
_COMMON: Final = frozenset(["the", "and", "was", "for", "with", "that"])
"""Words that stand everywhere: a set with one of them tells nothing."""

_Strings = frozenset[str]
_Needs = tuple[_Strings, ...]
_Items = Iterable[tuple[object, object]]
_EMPTY: Final[_Strings] = frozenset([""])


def literals(parsed: _Items) -> _Needs:
    """Return sets of lower-case strings of each of which one stands in every match of a parsed expression; none where none tell."""
    exact, needs = _sequence(parsed)
    telling = dict.fromkeys(s for s in _with(needs, exact) if _tells(s))
    return tuple(sorted(telling, key=_rarity, reverse=True)[:_SETS])


def _tells(strings: _Strings) -> bool:
    return min(map(_length, strings)) >= _SHORTEST and not any(s.strip() in _COMMON for s in strings)


def _length(string: str) -> int:
    """How telling a string is; a digit is worth what the shortest words are."""
    return _SHORTEST if string == DIGIT else len(string.strip())


def _rarity(strings: _Strings) -> tuple[int, int]:
    return min(map(_length, strings)), -len(strings)


def _with(needs: _Needs, exact: _Strings | None) -> _Needs:
    return needs if exact is None or "" in exact else (*needs, exact)


def _sequence(items: _Items) -> tuple[_Strings | None, _Needs]:
    """Return all strings that a sequence matches, where they are few, and what each match needs besides."""
    exact: _Strings = _EMPTY
    whole = True
    needs: _Needs = ()
    run = ""
    for op, value in items:
        if op is ops.LITERAL and cast("int", value) < 128:
            run += chr(cast("int", value)).lower()
            continue
        if run:
            exact, run = frozenset(s + run for s in exact), ""
        each, more = _item(op, value)
        needs += more
        if each is not None and len(exact) * len(each) <= _MOST:
            exact = frozenset(a + b for a in exact for b in each)
            continue
        needs, whole = _with(needs, exact), False
        exact = _EMPTY if each is None else each
    if run:
        exact = frozenset(s + run for s in exact)
    return (exact, needs) if whole else (None, _with(needs, exact))


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


def _item(op: object, value: object) -> tuple[_Strings | None, _Needs]:  # one kind each
    match op, value:
        case ops.IN, list(members):
            if members and all(_is_digit(kind, code) for kind, code in members):
                return None, (frozenset([DIGIT]),)
            codes = [code for kind, code in members if kind is ops.LITERAL and code < 128]
            few = len(codes) == len(members) <= 6
            return (frozenset(chr(c).lower() for c in codes) if few else None), ()
        case ((ops.AT | ops.ASSERT | ops.ASSERT_NOT), _):
            return _EMPTY, ()
        case ops.SUBPATTERN, (_, _, _, items):
            return _sequence(cast("_Items", items))
        case ops.ATOMIC_GROUP, items:
            return _sequence(cast("_Items", items))
        case ops.BRANCH, (_, list(branches)):
            found = [_sequence(items) for items in branches]
            total = frozenset[str]().union(*(exact for exact, _ in found if exact is not None))
            if len(total) <= _MOST and all(exact is not None for exact, _ in found):
                return total, ()
            wanted = [max(filter(_tells, _with(needs, exact)), key=_rarity, default=None) for exact, needs in found]
            return None, (frozenset[str]().union(*(w for w in wanted if w)),) if all(wanted) else ()
        case ((ops.MAX_REPEAT | ops.MIN_REPEAT | ops.POSSESSIVE_REPEAT), (least, most, items)):
            exact, needs = _sequence(cast("_Items", items))
            if most == 1 and exact is not None:
                return (exact if least else exact | _EMPTY), needs if least else ()
            return None, _with(needs, exact) if least else ()
        case _:
            return None, ()
