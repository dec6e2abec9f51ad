"""Finds deeds told in plain words, without a weapon's or a deed's own name: "the nurses were taken from the road".

Each grammar joins a class of people, things or sites with what is done to them. They are weak cues: all but the loudest
speak only in sentences where no cue of the lists does, and an event that rests on them alone needs a day and a place.
"""

from bisect import bisect_left, bisect_right, insort
from itertools import pairwise
from typing import Final, NamedTuple

from streams.reading.text import gated as re
from streams.reading.text.tables import filled, table
from streams.reading.what.cues import EVENTS, PLAIN, Classes, Hit, in_order
from streams.reading.what.kinds import ABSTRACT, NAMES_A_DOER

_DATA: Final = tuple(map(table, ("grammars.toml", "unarmed.toml", "stealth.toml")))
_PARTS: Final = {name: part for table in _DATA for name, part in table["parts"].items()}


def _making(classes: str) -> Classes:
    return Classes({PLAIN, "act", *classes.split()})


class _Grammar(NamedTuple):
    makes: Classes
    finds: re.Pattern
    aloud: bool
    """Whether it speaks beside cues of the lists too."""


_GRAMMARS: Final = tuple(
    _Grammar(_making(g["makes"]), re.compile(filled(finds, _PARTS), re.IGNORECASE), g.get("aloud", False))
    for table in _DATA
    for g in table["grammar"]
    for finds in ([g["finds"]] if isinstance(g["finds"], str) else g["finds"])
)
_SEVERAL: Final = tuple(
    (_making(t["makes"]), frozenset(t["of"].split())) for table in _DATA for t in table.get("together", ())
)
"""What deed those tell that stand together in a sentence, the most telling first."""

_INNOCENT: Final = "p_no_deed"
_ANY_GRAMMAR: Final = re.AnyOf(*(grammar.finds for grammar in _GRAMMARS))


def plain_deeds(hits: list[Hit], body: str, stops: list[int]) -> list[Hit]:
    """Return the cues with those of the grammars added, in order, where no cue of the lists tells of a deed.

    Parameters
    ----------
    hits
        The cues of the lists.
    body
        The text.
    stops
        Where its sentences end.
    """
    out = list(hits)
    silent = _without([h.start for h in hits if _tells(h)], stops)
    for n in _ANY_GRAMMAR.likely_in(body):
        grammar = _GRAMMARS[n]
        for m in grammar.finds.finditer(body):
            if grammar.aloud or silent[bisect_right(stops, m.start()) - 1]:
                insort(out, Hit(m.start(), m.end(), m[0].lower(), grammar.makes), key=in_order)
    passages: dict[int, list[Hit]] = {}
    mute = _without([h.start for h in hits if _tells(h) or not h.classes.isdisjoint(EVENTS)], stops)
    for h in hits:
        if h.classes.site or h.classes.plain:
            passages.setdefault(bisect_right(stops, h.start) - 1, []).append(h)
    for passage, group in passages.items():
        if len(group) > 1 and mute[passage] and (deed := _told_together(group)) is not None:
            insort(out, deed, key=in_order)
    return out


def _without(starts: list[int], stops: list[int]) -> list[bool]:
    """For each sentence whether none of the positions lies in it."""
    return [bisect_left(starts, start) == bisect_left(starts, end) for start, end in pairwise(stops)]


def _tells(hit: Hit) -> bool:
    """Whether a cue of the lists tells of a deed: not of those who may do one, nor only that there was one."""
    return hit.text not in ABSTRACT and any(hit.text not in NAMES_A_DOER.get(t, ()) for t in hit.classes.weapons)


def _told_together(group: list[Hit]) -> Hit | None:
    """The deed that the plain words of a sentence tell between them."""
    there = {c for h in group for c in h.classes} | ({"site"} if any(h.classes.site for h in group) else set())
    if _INNOCENT in there:
        return None
    for made, parts in _SEVERAL:
        if parts <= there:
            at = next(h for h in group if any(c in h.classes for c in parts))
            if any(h is not at and (h.classes.site or parts & h.classes) for h in group):
                return Hit(at.start, at.end, at.text, made)
    return None
