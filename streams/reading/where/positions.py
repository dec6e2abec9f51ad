"""Positions as people write them: found for reading, blotted out for publishing.

Degrees in every notation (decimal, degrees and minutes, run together as mariners do, with words or letters before or behind),
grids (MGRS, UTM, references without their zone) and codes (plus codes, what3words). What is found where its meaning is
certain has a point; what only may be a position, or is half of one, has none, and is blotted out all the same.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from streams.reading.text import gated as re
from streams.reading.text.tables import table
from streams.reading.where.grids import mgrs, plus_code, utm

BLOT: Final = "[position]"
"""What stands for an exact position in a quote."""


@dataclass(frozen=True, slots=True)
class Position:
    """A position written in a text, with the words that announce it."""

    start: int
    end: int
    point: tuple[float, float] | None = None
    """Degrees north and east; None where it is certain only that it is a position."""
    grid: bool = False


@lru_cache(maxsize=8)  # pure; a report asks for its own again and again
def positions(body: str) -> tuple[Position, ...]:
    """Return the positions written in a text, in its order, none in another."""
    text = body if body.isascii() else body.translate(_PLAIN)
    return joined((*_grids(text), *_codes(text), *_degrees(text)))


def joined(told: Iterable[Position]) -> tuple[Position, ...]:
    """Put positions in order; those that overlap become one."""
    found: list[Position] = []
    for one in sorted(told, key=lambda p: (p.start, -p.end)):
        if not found or one.start >= found[-1].end:
            found.append(one)
        elif one.end > found[-1].end:
            found[-1] = Position(found[-1].start, one.end)
    return tuple(found)


def within(told: Sequence[Position], start: int, end: int) -> Sequence[Position]:
    """Return the positions of which something lies in a stretch."""
    return told[bisect_right(told, start, key=lambda p: p.end) : bisect_left(told, end, key=lambda p: p.start)]


def reach(body: str, start: int, end: int) -> int:
    """Return how far words go before a position begins, which is none of them: "near Taji N33.52" tells of Taji."""
    first = next(iter(within(positions(body), start, end)), None)
    return end if first is None else max(start, first.start)


def blanked(body: str, start: int, end: int) -> str:
    """Return a stretch with blanks for positions, for grammars that would take their figures for hours or days."""
    out = body[start:end]
    for p in within(positions(body), start, end):
        lo, hi = max(p.start, start) - start, min(p.end, end) - start
        out = out[:lo] + " " * (hi - lo) + out[hi:]
    return out


def masked(body: str, start: int, end: int, told: Sequence[Position] | None = None) -> str:
    """Return a stretch of a text for publishing: positions blotted out, and what it holds of those that reach beyond it.

    Parameters
    ----------
    body, start, end
        The stretch.
    told
        The positions of the text, in order, where they are not those that are written in it.
    """
    out, at = [], start
    for one in within(positions(body) if told is None else told, start, end):
        out += [body[at : max(at, one.start)], BLOT]
        at = one.end
    return "".join([*out, body[at:end]])


def mask(text: str) -> str:
    """Return words for publishing: positions blotted out."""
    return masked(text, 0, len(text))


# ---------------------------------------------------------------- words


def _any_of(*names: str) -> str:
    """An alternative of all words of some lists, the longest first."""
    told = {w for name in names for w in _WORDS[name]}
    return "|".join(re.escape(w) for w in sorted(told, key=lambda w: (-len(w), w)))


_WORDS: Final = {
    name: tuple(w.strip() for w in words.replace("\n", " ").split(","))
    for section in table("positions.toml").values()
    for name, words in section.items()
    if name != "about"
}
_SIDES: Final = {w: side[0] for side in ("north", "south", "east", "west") for w in (*_WORDS[side], side[0])}
"""Word or letter -> the side's letter."""
_AXES: Final = {w: axis for axis in ("latitude", "longitude") for w in _WORDS[axis]}
_PLAIN: Final = {
    **{0x660 + n: str(n) for n in range(10)},
    **{0x6F0 + n: str(n) for n in range(10)},
    **{0x966 + n: str(n) for n in range(10)},
    **{0xFF10 + n: str(n) for n in range(10)},
    **dict.fromkeys(map(ord, "٫．"), "."),
    **dict.fromkeys(map(ord, "،；，"), ","),
    **dict.fromkeys(map(ord, "−–—‐‑‒"), "-"),
    **dict.fromkeys(map(ord, "º˚"), "°"),
    **dict.fromkeys(map(ord, "’‘′´`ʹ"), "'"),
    **dict.fromkeys(map(ord, "“”″ʺ„"), '"'),
    **dict.fromkeys(map(ord, "\xa0\u2009\u202f\u200b\u200e\u200f"), " "),
}
"""Digits and marks of other scripts and of typesetters as the grammars have them, character by character."""

# ---------------------------------------------------------------- degrees

_BEFORE: Final = rf"(?:{_any_of('north', 'south', 'east', 'west')}|[NSEW])"
_SIDE: Final = rf"{_BEFORE}(?![^\W\d_])"
_AXIS: Final = rf"(?:{_any_of('latitude', 'longitude')})(?![^\W\d_])\.?"
_DEG: Final = r"(?:\s?(?:[°:*-]|d(?:eg(?:ree)?s?)?(?![a-z])\.?)\s?|\s)"
_MIN: Final = r"(?:\s?(?:[':-]|m(?:in(?:ute)?s?)?(?![a-z])\.?)\s?|\s)"
_SEC: Final = r"(?:\s?(?:\"|''|s(?:ec(?:ond)?s?(?![a-z])|(?=[\s,;)]{0,3}[NSEW]))\.?))"
_ANGLE: Final = rf"""(?:(?P<axis>{_AXIS})[\s.:=|"',]{{0,5}})?
    (?:(?P<before>{_BEFORE})[\s.:]{{0,2}}(?=[\d+-]))?
    (?P<value>
        (?P<d>\d{{1,3}})(?:(?P<sign>\s?°\s?)|{_DEG})(?P<m>[0-5]?\d(?:[.,]\d{{1,8}})?)(?!\d)
            (?:{_MIN}(?P<s>[0-5]?\d(?:[.,]\d{{1,8}})?)(?!\d){_SEC}?|\s?(?:'|m(?:in(?:ute)?s?)?(?![a-z])\.?))?
        |(?P<dotted>\d{{1,3}}\.[0-5]\d\.\d{{1,4}})(?=\s?[NSEW](?!\w))
        |(?P<decimal>[-+]?\d{{1,3}}(?:[.,]\d{{1,2}}|,\d{{3}}|(?P<many>\.\d{{3,14}}|,\d{{4,14}})))(?!\d)(?P<mark>\s?(?:°|deg(?:ree)?s?(?![a-z])\.?))?
        |(?P<packed>\d{{4,7}}(?:\.\d{{1,4}})?)(?!\d)
    )"""
_BEHIND: Final = rf"""[\s,]?[\s(]?(?:of\s)?(?P<after>{_SIDE})\)?(?:\s{_AXIS})?
    |(?(axis)(?!)|\s(?P<behind>{_AXIS})(?![\s.:=]{{0,4}}[NSEW+-]?\d[\d.,]*+(?!\s?{_AXIS})))"""
"""The side, or what the angle is, behind its figures; no word that announces the next ones."""
_FIRST: Final = re.compile(
    rf"""(?<![\w.])(?<!\d[,-])(?:(?:{_any_of("both")})[\s.:=,|(\[]{{1,3}})?{_ANGLE}
    (?(before)s?(?!\w)|(?:{_BEHIND}|(?(axis)|(?(many)|(?(mark)|(?(sign)|(?!)))))))""",
    re.VERBOSE | re.IGNORECASE,
)
"""An angle that says it is one: by a side, a word, a sign, or many decimals."""
_REST: Final = rf"{_ANGLE}(?(before)s?(?!\w)|(?:{_BEHIND})?)"
_NEXT: Final = re.compile(
    r"""(?:(?:[\s.,:;/|()\[\]"'{}]|-(?!\d{1,3}[.,]\d)){0,4}(?:\s(?:and|by|x|et|y|und|e)(?:\s(?:the|at))?\s|%2C|&)?[\s,;/|"']{0,2})"""
    + _REST,
    re.VERBOSE | re.IGNORECASE,
)
_NEXT_ABROAD: Final = re.compile(r"[^\dA-Za-z\n]{1,24}" + _REST, re.VERBOSE | re.IGNORECASE)
"""The second of two that words of another script join."""
_ANNOUNCED: Final = re.compile(
    rf"(?<![\w])(?:(?:{_any_of('introduces', 'both')})(?:\s(?:is|was|of|given(?:\sas)?|zone))?[\s.:=,|(\[/-]{{1,3}})+$",
    re.IGNORECASE,
)
_PRICED: Final = re.compile(r"(?:[$€£¥₤%]|\b(?:usd|eur|gbp|rs|sar|iqd|aed))\s?$", re.IGNORECASE)
_MEASURED: Final = re.compile(rf"\s?(?:%|[$€£¥]|(?:{_any_of('counted')}|million|billion|per)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Angle:
    """One of the two angles of a position, as it is written."""

    start: int
    end: int
    degrees: float
    axis: str | None
    """latitude or longitude, None where it is not told."""
    marked: bool
    """Whether it has a sign of degrees."""
    decimals: int
    """Digits behind the point, -1 where it is not decimal."""
    fine: bool
    """Whether it is told so exactly, and written so, that it can be nothing else, with no other beside it."""


def _degrees(text: str) -> Iterator[Position]:
    """Positions in degrees: two angles side by side, and one that can be nothing else."""
    at = 0
    while (m := _FIRST.find(text, at)) is not None:
        first = _angle(m)
        at = max(m.end(), m.start() + 1)
        if first is None:
            at = m.start() + 1
            continue
        then = _NEXT.match(text, first.end) or (None if text.isascii() else _NEXT_ABROAD.match(text, first.end))
        second = _angle(then) if then is not None else None
        if second is not None and _are_one(text, first, second):
            yield Position(_announced(text, first.start), second.end, _point(first, second))
            at = second.end
        elif first.fine:
            yield Position(_announced(text, first.start), first.end)
        elif second is not None and not (first.axis or second.axis):
            at = second.end


def _angle(m: re.Match[str]) -> _Angle | None:
    """What an expression says, None where no angle is written so."""
    side = _SIDES.get((m["before"] or m["after"] or "").lower())
    word = _AXES.get((m["axis"] or m["behind"] or "").lower().rstrip("."))
    axis = ("latitude" if side in "ns" else "longitude") if side else word
    if side and word and axis != word:
        return None
    decimals = -1
    marked = fine = False
    if m["decimal"]:
        degrees = float(m["decimal"].replace(",", "."))
        decimals = len(m["decimal"]) - m["decimal"].replace(",", ".").index(".") - 1
        marked = m["mark"] is not None
        if (
            "," in m["decimal"]
            and decimals == 3
            and not marked
            and not word
            and len(m["before"] or m["after"] or "") != 1
        ):
            return None  # thousands: "1,500 north and 2,000 east"
        fine = decimals > 3 and (axis is not None or marked)
    elif m["dotted"]:
        whole, minutes, rest = m["dotted"].split(".")
        degrees = int(whole) + (int(minutes) + (float(f"0.{rest}") if len(rest) != 2 else int(rest) / 60)) / 60
    elif m["packed"]:
        whole, _, part = m["packed"].partition(".")
        seconds = len(whole) > 5
        cut = len(whole) - (4 if seconds else 2)
        minutes = int(whole[cut : cut + 2]) + (
            float(f"{whole[-2:]}.{part or 0}") / 60 if seconds else float(f"0.{part or 0}")
        )
        degrees = int(whole[:cut]) + minutes / 60
        if axis is None or minutes >= 60 or (seconds and int(whole[-2:]) >= 60):
            return None
    else:
        degrees = int(m["d"]) + _number(m["m"]) / 60 + _number(m["s"]) / 3600
        marked = m["sign"] is not None
        if axis is None and not marked:
            return None
        exact = m["s"] is not None or not m["m"].isdigit() or m["value"].rstrip().endswith("'")
        joined = m.end("before") == m.start("value") or m.end("value") == m.start("after")
        fine = exact and (marked or word is not None or joined)
    if side:
        degrees = -abs(degrees) if side in "sw" else abs(degrees)
    if abs(degrees) > (90 if axis == "latitude" else 180):
        return None
    return _Angle(m.start(), m.end(), degrees, axis, marked, decimals, fine)


def _are_one(text: str, a: _Angle, b: _Angle) -> bool:
    """Whether two angles side by side are a position."""
    if a.axis and b.axis:
        return a.axis != b.axis
    if a.axis or b.axis:
        return (a.decimals < 0) == (b.decimals < 0) and all(x.axis or x.marked or x.decimals >= 2 for x in (a, b))
    if abs(a.degrees) > 90:
        return False
    if a.marked and b.marked:
        return True
    least = 3 if "." in text[a.start : a.end] and "." in text[b.start : b.end] else 4
    if min(a.decimals, b.decimals) < least:
        return False
    return _PRICED.search(text, max(0, a.start - 8), a.start) is None and _MEASURED.match(text, b.end) is None


def _point(a: _Angle, b: _Angle) -> tuple[float, float]:
    """Latitude and longitude of two angles, in whichever order they stand."""
    return (b.degrees, a.degrees) if a.axis == "longitude" or b.axis == "latitude" else (a.degrees, b.degrees)


def _number(text: str | None) -> float:
    return float(text.replace(",", ".")) if text else 0.0


def _announced(text: str, start: int) -> int:
    """Where the words begin that announce a position."""
    m = _ANNOUNCED.search(text, max(0, start - 48), start)
    return m.start() if m is not None else start


# ---------------------------------------------------------------- grids and codes

_GAP: Final = r"[\s/,-]{0,2}"
_PAIRED: Final = rf"(?:\d{{5}}{_GAP}\d{{5}}|\d{{4}}{_GAP}\d{{4}}|\d{{3}}{_GAP}\d{{3}}|\d{{2}}{_GAP}\d{{2}})"
_MGRS: Final = re.compile(
    rf"(?<![\w.])(?P<zone>0?[1-9]|[1-5]\d|60)(?P<gap>[\s-]?)(?P<band>[C-HJ-NP-X])[\s/-]?(?P<square>[A-HJ-NP-Z][A-HJ-NP-V]){_GAP}(?P<figures>{_PAIRED})(?!\w|[.,]\d)",
    re.IGNORECASE,
)
_UTM: Final = re.compile(
    r"(?<![\w.])(?:(?P<zone>0?[1-9]|[1-5]\d|60)\s?(?P<band>[C-HJ-NP-X])?[\s,:]{1,3})?(?P<e0>E(?:asting)?[\s:=]{0,3})?(?P<east>[1-9]\d{5})(?:\.\d+)?(?P<e>\s?(?:m\s?)?E)?[\s,;/]{1,3}(?P<n0>N(?:orthing)?[\s:=]{0,3})?(?P<north>\d{7})(?:\.\d+)?(?P<n>\s?(?:m\s?)?N)?(?!\w)",
    re.IGNORECASE,
)
_REFERENCE: Final = re.compile(
    rf"(?<!\w)(?:(?P<reference>{_any_of('reference')})|{_any_of('map')})[\s.:#=-]{{1,3}}(?P<square>[A-HJ-NP-Z][A-HJ-NP-V][\s-]?)?(?P<figures>{_PAIRED})(?!\w|[.,]\d)",
    re.IGNORECASE,
)
_ORDNANCE: Final = re.compile(rf"(?<!\w)G\.?R\.?[\s:]{{1,2}}{_PAIRED}(?!\w|[.,]\d)")
"""A reference as maps of the British tradition have it: "GR 563402"."""
_SQUARE: Final = re.compile(
    r"(?<![\w-])(?P<square>[A-HJ-NP-Z][A-HJ-NP-V])[\s-]?(?:\d{5}\s\d{5}|\d{4}\s\d{4})(?!\w|[.,]\d)"
)
_VICINITY: Final = re.compile(rf"(?<!\w)(?:{_any_of('vicinity')})[\s:]{{1,2}}$", re.IGNORECASE)
"""Before a square that nothing else says is one."""
_PLUS_CODE: Final = re.compile(
    r"(?<![\w+])(?P<area>[2-9CFGHJMPQRV][2-9CFGHJMPQRVWX]{3})?(?P<rest>[2-9CFGHJMPQRVWX]{4})\+(?P<fine>[2-9CFGHJMPQRVWX]{2,7})(?![\w+])",
    re.IGNORECASE,
)
_THREE_WORDS: Final = re.compile(r"(?<![\w/:.])/{3}[^\W\d_]{3,}\.[^\W\d_]{3,}\.[^\W\d_]{3,}")
_ENGLISH: Final = frozenset(["as", "at", "am", "an", "be", "by", "go", "he", "me", "my", "un", "up", "us", "we"])
"""Squares that are words: "after 5h at 1400" is none."""


def _grids(text: str) -> Iterator[Position]:
    """Grid references: with their zone, in metres, and without a zone where a word says what they are."""
    for m in _MGRS.finditer(text):
        figures, start = "".join(filter(str.isdigit, m["figures"])), _announced(text, m.start())
        point = mgrs(int(m["zone"]), m["band"].upper(), m["square"].upper(), figures)
        large = m["band"].isupper() and m["square"].isupper()
        least = 8 if m["square"].lower() in _ENGLISH else 4 if large and not m["gap"] else 6
        sure = len(figures) >= least and not (least == 8 and m["gap"])
        if start < m.start() or (sure and (point or len(figures) >= 8)):
            yield Position(start, m.end(), point, grid=True)
    for m in _UTM.finditer(text):
        start = _announced(text, m.start())
        if start < m.start() or m["band"] or ((m["e"] or m["e0"]) and (m["n"] or m["n0"])):
            point = utm(int(m["zone"]), m["band"].upper(), int(m["east"]), int(m["north"])) if m["band"] else None
            yield Position(start, m.end(), point, grid=True)
    for m in _REFERENCE.finditer(text):
        square = (m["square"] or "").strip(" -")
        told = m["reference"] or square or sum(map(str.isdigit, m["figures"])) >= 6
        word = square.lower() in _ENGLISH and not square.isupper()
        if told and not word and _MEASURED.match(text, m.end()) is None:
            yield Position(_announced(text, m.start()), m.end(), grid=True)
    for m in _SQUARE.finditer(text):
        if m["square"].lower() not in _ENGLISH and _VICINITY.search(text, max(0, m.start() - 12), m.start()):
            yield Position(m.start(), m.end(), grid=True)
    for m in _ORDNANCE.finditer(text):
        yield Position(_announced(text, m.start()), m.end(), grid=True)


def _codes(text: str) -> Iterator[Position]:
    """Plus codes, whole or without their area, and places in three words."""
    for m in _PLUS_CODE.finditer(text):
        whole = (m["area"] or "") + m["rest"]
        if m["area"] or (not whole.isdigit() and m[0].isupper()):
            point = plus_code((whole + m["fine"]).upper()) if m["area"] else None
            yield Position(_announced(text, m.start()), m.end(), point, grid=True)
    for m in _THREE_WORDS.finditer(text):
        yield Position(_announced(text, m.start()), m.end())
