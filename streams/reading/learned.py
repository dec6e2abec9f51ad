"""What the learned models share: what they see of a sentence, and weights that stand in a table.

A sentence is seen as words, each with the next and the next but one, and classes of cues. Of names, days and numbers it
is seen only that they are such; no country. Weights are whole hundredths, made by `tests.bench.train_*`.
"""

import calendar
import math
import re
import struct
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import pairwise
from typing import Final

from streams.reading.story import Story
from streams.reading.text.segment import Sentence, inside
from streams.reading.text.tables import rows
from streams.reading.what.cues import Hit

STEM: Final = 6
"""Letters of a word that are seen."""
_TOKEN: Final = re.compile(r"[^\W\d_]+|\d[\d.,:]*|[?!;:\"“”()]")
"""Matches everywhere: no sieve would spare it anything."""
_QUOTES: Final = '"“'
_SITE: Final = "<site>"
_SHORTEST: Final = 5
"""Words of a sentence that anything is seen of."""
_CALENDAR: Final = frozenset(
    name
    for names in (*calendar.day_name, *calendar.month_name[1:], "Tues", "Thurs", "Sept")
    for name in (names.lower(), names[:3].lower())
) - {"may"}
_LEAST: Final = 1 << 31
"""What is added to all odds, so that none is negative."""


def seen_in(story: Story, sentence: Sentence) -> frozenset[str]:
    """Return what is seen of a sentence of a report: worked out once."""
    seen = story.seen.get(sentence.start)
    if seen is None:
        hits = story.scene.hits_in(sentence.start, sentence.end)
        sites = [(n.start, n.end) for n in story.scene.names_in(sentence.start, sentence.end)]
        seen = frozenset(features(story.body, sentence.start, sentence.end, hits, sites))
        story.seen[sentence.start] = seen
    return seen


def words_of(story: Story, at: int) -> frozenset[str]:
    """Return the words and cues of the sentence of a number, without pairs, none where there is none: worked out once."""
    words = story.words.get(at)
    if words is None:
        seen = seen_in(story, story.sentences[at]) if 0 <= at < len(story.sentences) else frozenset()
        words = story.words[at] = frozenset(word for word in seen if " " not in word)
    return words


def beside(story: Story, at: int, side: str) -> set[str]:
    """Return the words and cues of the sentence of a number, marked with the side on which it stands."""
    return {f"{side}:{word}" for word in words_of(story, at)}


def features(body: str, start: int, end: int, hits: Iterable[Hit], sites: Sequence[tuple[int, int]]) -> set[str]:
    """Return what is seen of a stretch with these cues and names of sites; nothing of a few words."""
    tokens = _tokens(body, start, end, sites)
    if len(tokens) < _SHORTEST:
        return set()
    framed = ["^", *tokens, "$"]
    seen = set(tokens)
    seen.update(map(" ".join, pairwise(framed)))
    seen.update(map(" . ".join, zip(framed, framed[2:], strict=False)))
    seen.update(f"={c}" for h in hits for c in h.classes if not c.startswith("c_"))
    return seen


def _tokens(body: str, start: int, end: int, sites: Sequence[tuple[int, int]]) -> list[str]:
    out = list[str]()
    last, opens = "", True
    for m in _TOKEN.finditer(body, start, end):
        word = m[0]
        token = _SITE if sites and inside(sites, m.start()) else _token(word, opens=opens)
        if token != last or token[0] != "<":
            out.append(token)
        last, opens = token, word in _QUOTES
    return out


def _token(word: str, *, opens: bool) -> str:
    """What stands for a word: its beginning, or of what kind it is where each text has its own."""
    if word[0].isdigit():
        return "<number>"
    if word.lower() in _CALENDAR:
        return "<day>"
    if not opens and word[0].isupper() and not word.isupper():
        return "<name>"
    return word[:STEM].lower()


class Softmax:
    """A softmax regression over features, its weights in a table: feature, and what it speaks for, as `class=hundredths`.

    Parameters
    ----------
    name
        The table's file in `data`; the bias stands under the empty name.
    classes
        What it tells apart.
    """

    def __init__(self, name: str, classes: Sequence[str]) -> None:
        self.classes: Final = tuple(classes)
        self._name = name
        self._row = struct.Struct(f"<{len(self.classes)}I")

    def odds(self, seen: AbstractSet[str]) -> Sequence[int]:
        """Return the log odds of each class in hundredths, up to a constant: whole numbers, in whatever order they are added."""
        bias, known = self._rows
        total = sum(map(known.__getitem__, known.keys() & seen), bias)
        return self._row.unpack(total.to_bytes(self._row.size, "little"))

    def chances(self, seen: AbstractSet[str]) -> list[float]:
        """Return the chance of each class."""
        return shares(self.odds(seen))

    @cached_property
    def weights(self) -> tuple[tuple[int, ...], Mapping[str, tuple[tuple[int, int], ...]]]:
        """The bias of each class, and feature -> the weights that it has for some of them."""
        numbers = {kind: n for n, kind in enumerate(self.classes)}
        known = {
            feature: tuple((numbers[kind], int(weight)) for kind, weight in (one.split("=") for one in told.split()))
            for feature, told in rows(self._name)
        }
        bias = dict(known.pop("", ()))
        return tuple(bias.get(n, 0) for n in range(len(self.classes))), known

    @cached_property
    def _rows(self) -> tuple[int, Mapping[str, int]]:
        """The bias and each feature's weights as one number, 32 bits for each class: they are added at once."""
        bias, known = self.weights
        packed = {feature: sum(weight << 32 * kind for kind, weight in row) for feature, row in known.items()}
        return sum(_LEAST + weight << 32 * kind for kind, weight in enumerate(bias)), packed


def shares(odds: Sequence[int]) -> list[float]:
    """Return the chances for which log odds in hundredths stand."""
    most = max(odds)
    raised = [math.exp((o - most) / 100) for o in odds]
    whole = sum(raised)
    return [r / whole for r in raised]
