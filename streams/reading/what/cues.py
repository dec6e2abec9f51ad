"""Finds what the reader listens for in one pass over a folded text (Aho-Corasick, whole words, longest match)."""

import re as plain
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import product
from typing import Final, NamedTuple, Self

from ahocorasick_rs import AhoCorasick

from schemas.taxonomy import Tenant, ThreatType
from streams.reading.text import gated as re
from streams.reading.text.normal import Folded, fold_name
from streams.reading.text.tables import table

_VOWELS: Final = "aeiou"
_OUTER: Final = ("w_", "no_weapon", "m_non_literal", "m_generic", "id_name")
_STAGES: Final = frozenset(
    {"act", "event_noun", "st_intercepted", "st_thwarted", "st_threatened", "st_unclear", "st_executed"}
)
EVENTS: Final = frozenset({"event_noun", "st_threatened", "st_intercepted"})
"""Classes that tell of an event without a weapon."""
_INNER: Final = (
    "k_",
    "t_",
    "c_",
    "friendly",
    "hostile",
    "unnamed",
    "band",
    "authority",
    "bystander",
    "case",
    "id_",
    "gap",
)
PLAIN: Final = "plain"
"""Class of the cues that `plain` finds: deeds told in plain words."""
_ALARMS: Final = frozenset({"event_noun", "frame_word"})
_ANY_NEWS: Final = frozenset(
    [
        "p_who",
        "p_many",
        "p_figure",
        "p_asset",
        "p_ship",
        "p_vehicle",
        "p_planes",
        "p_way",
        "p_machine",
        "p_box",
        "p_no_deed",
    ]
)
"""Words of plain telling that stand in any news: people, things and ways."""
GAP: Final = "gap"
"""Class of the first part of a cue whose parts stand apart; see `gaps`."""
REACH: Final = 90
"""Characters behind a first part within which its second part begins."""


_STOP: Final = plain.compile(r"[a-z]{3}\.[\"'”’)]*\s")
"""Ends a sentence: no cue goes on behind it, "officials said. A bomb ..."."""


class Classes(frozenset[str]):
    """The classes of a cue, and what the reader asks of them again and again."""

    weapons: tuple[ThreatType, ...]
    """The types that it may tell, in the order of the taxonomy."""
    tenants: frozenset[Tenant]
    countries: tuple[str, ...]
    site: bool
    """Whether it is a word for a site."""
    stage: bool
    """Whether it tells how far an event came."""
    event: bool
    """Whether it may tell of an event."""
    deed: bool
    """Whether it tells what was done, or how far it came, by a phrase that other cues may stand in."""
    plain: bool
    """Whether it is a word of deeds told in plain words."""
    speaks: bool
    """Whether it is a word for somebody whose word counts, or for a bystander."""

    def __new__(cls, names: Iterable[str]) -> Self:
        """Make the set and look through it once."""
        made = super().__new__(cls, names)
        made.weapons = tuple(t for t in ThreatType if f"w_{t.value}" in made)
        made.tenants = frozenset(t for t in Tenant if f"t_{t.value}" in made)
        made.countries = tuple(sorted(c[2:] for c in made if c.startswith("c_")))
        made.site = any(c.startswith("k_") for c in made)
        made.stage = any(c.startswith("st_") for c in made)
        made.event = bool(made.weapons) or not made.isdisjoint(EVENTS)
        made.deed = not made.isdisjoint(_STAGES)
        made.plain = any(c.startswith("p_") for c in made)
        made.speaks = not made.isdisjoint(("authority", "bystander"))
        return made


class Hit(NamedTuple):
    """A cue in a text, with its original span."""

    start: int
    end: int
    text: str
    """The cue, folded."""
    classes: Classes


def in_order(hit: Hit) -> tuple[int, int]:
    """Cues in the order in which they begin, of those that begin together the longest first."""
    return hit.start, -hit.end


Found = list[tuple[int, int, int]]
"""Numbers of phrases, each with its start and end in the folded text between two blanks."""


class Phrases:
    """Phrases and what they stand for, searchable in one pass.

    Of overlapping cues the longest, leftmost first, speaks for itself; one inside it keeps only what tells who or where
    (the embassy inside "us embassy", but not the bomb inside "car bomb").
    """

    def __init__(self, entries: Mapping[str, frozenset[str]]) -> None:
        self._phrases = [p for p in entries if p.strip()]
        known = {frozenset(c): Classes(c) for c in entries.values()}
        self._classes = [known[entries[p]] for p in self._phrases]
        self._inner = [Classes(c for c in classes if c.startswith(_INNER)) for classes in self._classes]
        self._unstaged = [Classes(classes - _STAGES) for classes in self._classes]
        self._alarms = frozenset(
            i
            for i, c in enumerate(self._classes)
            if c.weapons or not c.isdisjoint(_ALARMS) or any(n.startswith("p_") for n in c - _ANY_NEWS)
        )
        self._seconds = {i: seconds()[self._phrases[i][1:-1]] for i, c in enumerate(self._classes) if GAP in c}
        self._opaque = [any(c.startswith(_OUTER) for c in classes) for classes in self._classes]
        self._automaton = AhoCorasick(self._phrases) if self._phrases else None

    def scan(self, folded: Folded) -> Found:
        """Return where phrases stand in a text, overlapping ones included."""
        if self._automaton is None:
            return []
        return self._automaton.find_matches_as_indexes(f" {folded.text} ", overlapping=True)

    def alarming(self, scanned: Found, folded: Folded) -> bool:
        """Whether a cue for a weapon, a deed or an event may be among them: cheap to ask, and mostly the answer is no."""
        return not self._alarms.isdisjoint(index for index, _, _ in scanned) or any(
            word in folded.text[end - 2 : end + REACH]
            for index, _, end in scanned
            if index in self._seconds
            for word in self._seconds[index]
        )

    def hits(self, scanned: Found, folded: Folded, body: str) -> list[Hit]:
        """Return the cues among them, which stand as whole words, in order."""
        found = sorted((s, -e, i) for i, s, e in scanned)
        out: list[Hit] = []
        opaque = staged = 0
        for start, minus_end, index in found:
            end = -minus_end
            classes = self._classes[index]
            if start < opaque - 1:
                classes = self._inner[index]
            elif start < staged - 1:
                classes = self._inner[index] if end <= staged else self._unstaged[index]
            if not classes:
                continue
            a, b = folded.span(start, end - 2)
            if "case" in classes and not body[a:b].replace(".", "").isupper():
                continue
            if body.find(".", a, b) >= 0 and _STOP.search(body[a:b]) is not None:
                continue
            if self._opaque[index]:
                opaque = max(opaque, end)
            elif classes.deed:
                staged = max(staged, end)
            out.append(Hit(a, b, self._phrases[index][1:-1], classes))
        return out


class Names:
    """Many names, found by their first two words: quick to build for a hundred thousand facilities."""

    def __init__(self, entries: Mapping[str, Classes]) -> None:
        self._entries = entries
        lengths: dict[str, set[int]] = {}
        for name in entries:
            first, _, rest = name.partition(" ")
            opening = f"{first} {rest.partition(' ')[0]}" if rest else first
            lengths.setdefault(opening, set()).add(name.count(" ") + 1)
        self._firsts = {opening.partition(" ")[0] for opening in lengths}
        self._lengths = {opening: tuple(sorted(n, reverse=True)) for opening, n in lengths.items()}

    def find(self, folded: Folded) -> list[Hit]:
        """Return the names of a text in order, the longer first where two begin together."""
        text, out, at = f" {folded.text} ", list[Hit](), 0
        tokens = [*folded.text.split(" "), ""]
        for i in [i for i, token in enumerate(tokens) if token in self._firsts]:
            token = tokens[i]
            at = text.index(f" {token} ", at) + 1
            for n in (*self._lengths.get(f"{token} {tokens[i + 1]}", ()), *self._lengths.get(token, ())):
                name = " ".join(tokens[i : i + n])
                if (classes := self._entries.get(name)) is not None:
                    a, b = folded.span(at - 1, at - 1 + len(name))
                    out.append(Hit(a, b, name, classes))
        return out


def words(text: str) -> list[str]:
    """Split a list of phrases at commas and line ends."""
    return [w.strip() for w in re.split(r"[,\n]", text) if w.strip()]


def parted(phrase: str) -> tuple[str, str] | None:
    """Return the two parts of a cue that other words may part, folded; None where it is one."""
    head, gap, tail = phrase.partition(" ... ")
    return (fold_name(head), fold_name(tail)) if gap else None


def forms(phrase: str) -> Iterable[str]:
    """Yield the phrase and, where it is marked, its inflected forms."""
    head, gap, tail = phrase.partition(" ... ")
    if "/" in phrase:
        for choice in product(*(w.split("/") for w in phrase.split())):
            yield from forms(" ".join(choice))
    elif gap:
        yield from (f"{form}{gap}{tail}" for form in forms(head))
    elif phrase.endswith("~n"):
        base = phrase[:-2]
        yield base
        if base.endswith(("s", "x", "ch", "sh")):
            yield base + "es"
        elif base.endswith("y") and base[-2] not in _VOWELS:
            yield base[:-1] + "ies"
        else:
            yield base + "s"
    elif phrase.endswith("~v"):
        base = phrase[:-2]
        stem = base.removesuffix("e")
        yield from (base, base + "s", stem + "ed", stem + "ing")
    else:
        yield phrase


@cache
def lists() -> Mapping[str, tuple[str, ...]]:
    """The cue lists by class, phrases folded."""
    out: dict[str, tuple[str, ...]] = {}
    for name in ("cues.toml", "context.toml", "plain.toml"):
        for cls, entry in table(name).items():
            out[cls] = tuple(f for p in words(entry["phrases"]) for f in forms(p))
    return out


@cache
def seconds() -> Mapping[str, frozenset[str]]:
    """The first part of each cue whose parts stand apart -> a telling word of each of its second parts, folded."""
    out: dict[str, set[str]] = {}
    for head, tail in filter(None, (parted(phrase) for phrases in lists().values() for phrase in phrases)):
        out.setdefault(head, set()).add(max(tail.split(), key=len))
    return {head: frozenset(found) for head, found in out.items()}


@cache
def countries() -> Mapping[str, str]:
    """Folded names of countries, peoples and chief towns, with the country."""
    return {fold_name(w): code for code, names in table("countries.toml").items() for w in words(names)}


def cue_entries() -> dict[str, frozenset[str]]:
    """All cues as phrases between blanks, with their classes."""
    entries: dict[str, set[str]] = {}
    for cls, phrases in lists().items():
        for phrase in phrases:
            if (parts := parted(phrase)) is not None:
                entries.setdefault(f" {parts[0]} ", set()).add(GAP)
                continue
            case = phrase.startswith("=")
            entries.setdefault(f" {fold_name(phrase.lstrip('='))} ", set()).update({cls, "case"} if case else {cls})
    for name, code in countries().items():
        entries.setdefault(f" {name} ", set()).add("c_" + code)
    return {p: frozenset(c) for p, c in entries.items()}
