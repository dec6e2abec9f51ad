"""Works out what every match of an expression needs: literals of which it holds one, and how it begins.

The literals are the prefilter of RE2's FilteredRE2 (Cox, "Regular Expression Matching with a Trigram Index", 2012). The
beginnings are set in front as a lookahead: at a word's start one small tree of letters is tried, not all alternatives.
"""

import re
from collections.abc import Iterable
from re import _constants as ops  # type: ignore[attr-defined]  # the parser of `re` has no public name
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Final, cast

DIGIT: Final = "0"
"""Stands for any digit among the literals."""
_SHORTEST: Final = 3
_MOST: Final = 96
"""Alternatives that are worth multiplying out."""
_DEEP: Final = 3
"""Characters of a beginning that are looked at."""
_FEW: Final = 8
"""So many alternatives `re` goes through at every character that begins one of them without much loss."""
_ODD_CASES: Final = {"i": "\u0130\u0131", "k": "\u212a", "s": "\u017f"}
"""What else matches a letter when case is ignored."""

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
    return _SHORTEST if string == DIGIT else len(string)


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
                return None, frozenset([DIGIT])
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


_Beginning = tuple[tuple[str, ...], bool]
"""Characters, `\\d` for any digit, `\\s` for any space; whether what follows in the expression goes on right behind."""
_Tree = dict[str, "_Tree"]
_ANYTHING: Final[frozenset[_Beginning]] = frozenset([((), False)])
_NOTHING: Final[frozenset[_Beginning]] = frozenset([((), True)])


def guard(pattern: str, flags: int = 0) -> str:
    """Return a lookahead that holds wherever an expression matches, empty where none would help.

    Expressions that begin with a character are left alone: `re` skips to those by itself.
    """
    items = list(parser.parse(pattern, flags))
    if _skips(items):
        return ""
    tree: _Tree = {}
    ignore = bool(flags & re.IGNORECASE)
    for characters in sorted(tuple(c.lower() if ignore else c for c in begun) for begun, _ in _beginnings(items)):
        if not characters:
            return ""
        _plant(tree, characters)
    boundary = r"\b" if items[0] == (ops.AT, ops.AT_BOUNDARY) else ""
    return f"{boundary}(?-i:(?={_written(tree, ignore=ignore)}))"


def _skips(items: _Items) -> bool:
    """Whether `re` skips to where an expression may begin by itself: to a character, or one of several."""
    op, value = next(iter(items), (None, None))
    match op, value:
        case ops.SUBPATTERN, (_, _, _, inner):
            return _skips(cast("_Items", inner))
        case ops.BRANCH, (_, list(branches)):
            return len(branches) <= _FEW and all(_skips(items) for items in branches)
        case _:
            return op in (None, ops.LITERAL, ops.IN)


def _plant(tree: _Tree, characters: tuple[str, ...]) -> None:
    """Add a beginning to a tree, in which the shorter one speaks for those that go on from it."""
    for n, character in enumerate(characters):
        if tree and character in tree and not tree[character]:
            return
        if n + 1 == len(characters):
            tree[character] = {}
        else:
            tree = tree.setdefault(character, {})


def _written(tree: _Tree, *, ignore: bool) -> str:
    """Write a tree as an expression."""
    ends = "".join(_member(c, ignore=ignore) for c in tree if not tree[c])
    parts = [_one_of(_member(c, ignore=ignore)) + _written(tree[c], ignore=ignore) for c in tree if tree[c]]
    if ends:
        parts.append(_one_of(ends))
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"


def _one_of(members: str) -> str:
    return members if len(members) == 1 or (len(members) == 2 and members[0] == "\\") else f"[{members}]"


def _member(character: str, *, ignore: bool) -> str:
    """Write a character for within brackets."""
    if len(character) > 1:
        return character
    if ignore and character.isalpha():
        return character.lower() + character.upper() + _ODD_CASES.get(character.lower(), "")
    return re.escape(character)


def _beginnings(items: _Items) -> frozenset[_Beginning]:
    found = _NOTHING
    for op, value in items:
        if not any(open_ and len(c) < _DEEP for c, open_ in found):
            break
        found = _join(found, _begin(op, value))
    return found


def _join(first: frozenset[_Beginning], then: frozenset[_Beginning]) -> frozenset[_Beginning]:
    out: set[_Beginning] = set()
    for characters, goes_on in first:
        if not goes_on or len(characters) >= _DEEP:
            out.add((characters, False))
        else:
            out |= {((characters + more)[:_DEEP], still) for more, still in then}
    return frozenset(out) if len(out) <= 4 * _MOST else frozenset((c[:1], False) for c, _ in out)


def _begin(op: object, value: object) -> frozenset[_Beginning]:
    match op, value:
        case ops.LITERAL, int(code):
            return frozenset([((chr(code),), True)]) if code < 128 else _ANYTHING
        case ops.IN, list(members):
            if members and all(_is_digit(kind, code) for kind, code in members):
                return frozenset([((r"\d",), True)])
            if members == [(ops.CATEGORY, ops.CATEGORY_SPACE)]:
                return frozenset([((r"\s",), True)])
            if len(members) > 8 or not all(kind is ops.LITERAL and code < 128 for kind, code in members):
                return _ANYTHING
            return frozenset(((chr(code),), True) for _, code in members)
        case ((ops.AT | ops.ASSERT | ops.ASSERT_NOT), _):
            return _NOTHING
        case ops.SUBPATTERN, (_, 0, 0, items):
            return _beginnings(cast("_Items", items))
        case ops.BRANCH, (_, list(branches)):
            return frozenset[_Beginning]().union(*(_beginnings(items) for items in branches))
        case ((ops.MAX_REPEAT | ops.MIN_REPEAT | ops.POSSESSIVE_REPEAT), (int(least), most, items)):
            once = _beginnings(cast("_Items", items))
            if most == 1:
                return once if least else once | _NOTHING
            found = _NOTHING
            for _ in range(min(least, _DEEP)):
                found = _join(found, once)
            closed = frozenset((c, False) for c, _ in _join(found, once))
            return found if least == most else found | closed
        case _:
            return _ANYTHING
