"""Cuts what one sentence tells of several deeds: coordinated clauses and noun phrases, and an opening adjunct.

"Rockets fell on the base at X | and drones were shot down over Y"; "Following the interception of drones near X | and a rocket
attack at Y, | the embassy ...". A weapon that only stands beside another, at one place, is no deed of its own.
"""

import itertools
from collections.abc import Iterator
from typing import Final, NamedTuple

from streams.reading.text import gated as re
from streams.reading.text.segment import Sentence, clauses
from streams.reading.what.cues import Hit
from streams.reading.what.series import breaks
from streams.reading.what.shares import counts_several, days_apart
from streams.reading.where.sites import kind_words

_AND: Final = re.compile(r",?\s+(?:and|while)\s+")
_LEAD: Final = re.compile(r"(?:[\w’'\-]+\s+){0,4}")
"""So many words of a deed stand before its weapon."""
_NAMED: Final = re.compile(
    r"\b(?:in|near|at|on|outside|inside|over|above|off|of|for|towards?)\s+(?:the\s+)?(?P<name>[A-Z][\w’'\-]+)"
)
_DAYS: Final = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December"
)
_REACH: Final = 60
"""Characters from a weapon to what it does, or to where."""
_ADJUNCT: Final = re.compile(
    r"(?:[A-Z][\w ]{2,20}:\s+)?(?:Following|After|Amid|Despite|Given|In (?:the )?(?:wake|view|light|response|reaction)(?: of| to)?|(?:Hours|Days|A day|Shortly|Soon) after)\s"
)
_COMMA: Final = re.compile(
    r",\s+(?=(?:an?|the|two|three|four|five|some|several|unknown|unidentified|gunmen|militants)\s)"
)
_MAIN: Final = re.compile(r",\s+(?=(?:the|an?|its?|their|our|his|officials|police|[A-Z][\w.’'\-]*)\s)")


class Parts(NamedTuple):
    """The stretches of a sentence that may each tell a deed."""

    stretches: list[tuple[int, int]]
    main: int | None
    """Where the main clause begins behind an adjunct that tells a deed of its own."""
    members: frozenset[int] = frozenset()
    """Where the members of a series begin behind its first."""


def parts(body: str, sentence: Sentence, hits: list[Hit]) -> Parts:
    """Return the clauses of a sentence, cut further where deeds are coordinated.

    Parameters
    ----------
    body, sentence
        The sentence.
    hits
        Its cues.
    """
    found = clauses(body, sentence)
    if sentence.field or sentence.title:
        return Parts(found, None)
    members = frozenset(breaks(body, sentence.start, sentence.end, hits))
    if not members and sum(1 for h in hits if h.classes.weapons) < 2:
        return Parts(found, None)
    main = _main_clause(body, sentence, hits)
    cuts = {a for a, _ in found} | members | ({main} if main is not None else set())
    for lo, hi in itertools.pairwise([*sorted(cuts), sentence.end]):
        cuts |= set(_coordinated(body, lo, hi, [h for h in hits if lo <= h.start < hi]))
        cuts |= set(_counted(body, sentence, lo, hi, hits))
    return Parts(list(itertools.pairwise([*sorted(cuts), sentence.end])), main, members)


def _main_clause(body: str, sentence: Sentence, hits: list[Hit]) -> int | None:
    """Where the main clause begins behind an opening adjunct that tells a deed, None where there is none."""
    opening = _ADJUNCT.match(body, sentence.start, sentence.end)
    if opening is None:
        return None
    for m in _MAIN.finditer(body, opening.end(), sentence.end):
        before, behind = [h for h in hits if h.start < m.start()], [h for h in hits if h.start >= m.end()]
        if any(h.classes.weapons for h in before) and any(h.classes.event for h in behind):
            return m.end()
    return None


def _coordinated(body: str, start: int, end: int, hits: list[Hit]) -> list[int]:
    """Where a further deed with a weapon, and a place or a day, of its own begins."""
    cuts: list[int] = []
    for m in _AND.finditer(body, start, end):
        left = [h for h in hits if (cuts[-1] if cuts else start) <= h.start < m.start()]
        right = [h for h in hits if h.start >= m.end()]
        head = next((h for h in right if h.classes.weapons), None)
        if (
            head is None
            or not any(h.classes.weapons for h in left)
            or _LEAD.fullmatch(body[m.end() : min(head.start, m.end() + _REACH)]) is None
        ):
            continue
        another_day = days_apart(body, (start, m.start()), (m.end(), end))
        if {t for h in left for t in h.classes.weapons} & set(head.classes.weapons) and not another_day:
            continue
        near = [h for h in right if h.start < head.end + _REACH]
        apart = another_day or _elsewhere(body, (start, m.start()), (m.end(), end), left, near)
        if _deed(left) and _deed(near) and apart:
            cuts.append(m.end())
    return cuts


def _counted(body: str, sentence: Sentence, start: int, end: int, hits: list[Hit]) -> Iterator[int]:
    """Where the next of several begins that a sentence counts and tells one by one: "three attacks: a drone hit X, a mine killed Y and ..."."""
    if not counts_several(body, sentence.start, start):
        return
    commas = [m.end() for m in _COMMA.finditer(body, start, end)]
    for lo, hi in itertools.pairwise([start, *commas, end]):
        inside = [h for h in hits if lo <= h.start < hi]
        if lo > start and any(h.classes.weapons for h in inside) and any("act" in h.classes for h in inside):
            yield lo


def _deed(hits: list[Hit]) -> bool:
    """Whether more is told than a weapon."""
    return any(h.classes.deed for h in hits)


def _elsewhere(body: str, left: tuple[int, int], right: tuple[int, int], ours: list[Hit], theirs: list[Hit]) -> bool:
    """Whether each of two stretches tells a place, and not the same."""
    here, there = _kinds(ours), _kinds(theirs)
    names, others = _names(body, *left), _names(body, right[0], min(right[1], theirs[-1].end + _REACH))
    if here and there:
        return here.isdisjoint(there) or bool(names and others and names.isdisjoint(others))
    return bool((here or names) and (there or others)) and names.isdisjoint(others)


def _kinds(hits: list[Hit]) -> frozenset[str]:
    return frozenset(k.value for h in hits if h.classes.site for k in kind_words().get(h.text, ()))


def _names(body: str, start: int, end: int) -> set[str]:
    return {m["name"] for m in _NAMED.finditer(body, start, end) if _DAYS.match(m["name"]) is None}
