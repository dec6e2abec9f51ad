"""Finds deeds told in plain words, without a weapon's or a deed's own name: "the nurses were taken from the road".

Each grammar joins a class of people, things or sites with what is done to them. They are weak cues: they speak only in
sentences where no cue of the lists does, and an event that rests on them alone needs a day and a place.
"""

import tomllib
from bisect import bisect_left, bisect_right, insort
from collections.abc import Mapping
from importlib.resources import files
from itertools import pairwise
from typing import Final

from streams.reading import gated as re
from streams.reading.cues import EVENTS, Classes, Hit
from streams.reading.kinds import NAMES_A_DOER

PLAIN: Final = "plain"
"""The class of these cues."""


_DATA: Final = tomllib.loads((files("streams.reading") / "data" / "grammars.toml").read_text(encoding="utf-8"))
_PARTS: Final[Mapping[str, str]] = _DATA["parts"]


def _filled(pattern: str) -> str:
    """Put the parts into a pattern; a part may hold parts that are told before it."""
    for name, part in reversed(tuple(_PARTS.items())):
        pattern = pattern.replace(f"<{name}>", part)
    return pattern


_GRAMMARS: Final = tuple(
    (frozenset({PLAIN, "act", *g["makes"].split()}), re.compile(_filled(g["finds"]), re.IGNORECASE))
    for g in _DATA["grammar"]
)
_SEVERAL: Final = tuple(
    (frozenset({PLAIN, "act", *t["makes"].split()}), frozenset(t["of"].split())) for t in _DATA["together"]
)
"""What deed those tell that stand together in a sentence, the most telling first."""

_KINDS: Final = {made: Classes(made) for made, _ in (*_GRAMMARS, *_SEVERAL)}
_INNOCENT: Final = "p_no_deed"
_END: Final = re.compile(r"[.;!?](?:\s|$)|\n")
_ANY_GRAMMAR: Final = re.AnyOf(*(grammar for _, grammar in _GRAMMARS))


def plain_deeds(hits: list[Hit], body: str) -> list[Hit]:
    """Return the cues with those of the grammars added, in order, where no cue of the lists tells of a deed.

    Parameters
    ----------
    hits
        The cues of the lists.
    body
        The text.
    """
    told = [h.start for h in hits if _tells(h)]
    out = list(hits)
    ends = [0, *(m.end() for m in _END.finditer(body)), len(body)]
    silent = [bisect_left(told, start) == bisect_left(told, end) for start, end in pairwise(ends)]
    for n in _ANY_GRAMMAR.likely_in(body):
        classes, grammar = _GRAMMARS[n]
        for m in grammar.finditer(body):
            if silent[bisect_right(ends, m.start()) - 1]:
                insort(out, Hit(m.start(), m.end(), m[0].lower(), _KINDS[classes]), key=_place)
    passages: dict[int, list[Hit]] = {}
    for h in hits:
        if h.classes.site or h.classes.plain:
            passages.setdefault(bisect_right(ends, h.start) - 1, []).append(h)
    for passage, group in passages.items():
        if len(group) > 1 and silent[passage] and (deed := _told_together(group)) is not None:
            insort(out, deed, key=_place)
    return out


def _tells(hit: Hit) -> bool:
    """Whether a cue of the lists tells of a deed: not of those who may do one."""
    if not hit.classes.event:
        return False
    return not hit.classes.isdisjoint(EVENTS) or any(
        hit.text not in NAMES_A_DOER.get(t, ()) for t in hit.classes.weapons
    )


def _told_together(group: list[Hit]) -> Hit | None:
    """The deed that the plain words of a sentence tell between them."""
    there = {c for h in group for c in h.classes} | ({"site"} if any(h.classes.site for h in group) else set())
    if _INNOCENT in there:
        return None
    for made, parts in _SEVERAL:
        if parts <= there:
            at = next(h for h in group if any(c in h.classes for c in parts))
            if any(h is not at and (h.classes.site or parts & h.classes) for h in group):
                return Hit(at.start, at.end, at.text, _KINDS[made])
    return None


def _place(hit: Hit) -> tuple[int, int]:
    return hit.start, -hit.end
