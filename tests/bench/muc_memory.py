"""What the MUC model remembers of the documents that it was trained on: which words stood in what they told, and when.

What one document mentions another told at length some days before, and keys ask for both. So a document likely tells
what was told about its day by documents that share rare words with it: a regression with a kernel (Nadaraya 1964).
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Self

import numpy as np
import numpy.typing as npt

TYPES: Final = ("ATTACK", "BOMBING", "KIDNAPPING", "ARSON", "ROBBERY")
Floats = npt.NDArray[np.float64]

_KEPT: Final = 25
"""Terms that are remembered of a document: its rarest."""
_FEWEST, _MOST = 3, 150
"""Documents in which a term must stand, and may."""
_FADING_DAYS: Final = 20.0
"""After these a memory counts for a third."""
_NO_DAY: Final = 30.0
"""Days taken to lie between documents of which one has no dateline."""
_DOUBT: Final = 0.0032
"""What is usual counts for as much as a document of this likeness, squared."""


@dataclass(frozen=True, slots=True)
class Told:
    """A document that is remembered."""

    day: int | None
    types: frozenset[str]
    unsettled: frozenset[str]
    """Types that its key leaves open."""
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Memory:
    """Documents, and in how many of all each of their terms stands."""

    documents: Sequence[Told]
    counts: Mapping[str, int]
    rarity: Mapping[str, float]
    places: Mapping[str, Sequence[int]]
    """Of each term the documents of which it is remembered."""
    lengths: Floats
    days: Floats
    told: Floats
    settled: Floats

    @classmethod
    def of(cls, documents: Sequence[Told], counts: Mapping[str, int]) -> Self:
        """Index documents."""
        rarity = {term: _rarity(n, len(documents)) for term, n in counts.items()}
        places: dict[str, list[int]] = {term: [] for term in counts}
        for n, document in enumerate(documents):
            for term in document.terms:
                places[term].append(n)
        return cls(
            documents,
            counts,
            rarity,
            places,
            np.array([_length(d.terms, rarity) for d in documents]),
            np.array([np.nan if d.day is None else d.day for d in documents], float),
            np.array([[t in d.types for t in TYPES] for d in documents], float),
            np.array([[t not in d.unsettled for t in TYPES] for d in documents], float),
        )

    def odds(self, texts: Sequence[str], day: int | None, but: int | None = None) -> Floats:
        """Return the log odds of each type by what is remembered, leaving out one document."""
        own = terms(texts) & self.counts.keys()
        shared = np.zeros(len(self.documents))
        for term in sorted(own):
            shared[self.places[term]] += self.rarity[term] ** 2
        gap = np.nan_to_num(np.abs(self.days - (np.nan if day is None else day)), nan=_NO_DAY)
        near = (shared / (self.lengths * _length(own, self.rarity))) ** 2 * np.exp(-gap / _FADING_DAYS)
        if but is not None:
            near[but] = 0.0
        usual = (self.told * self.settled).mean(axis=0)
        chance = (near @ (self.told * self.settled) + _DOUBT * usual) / (near @ self.settled + _DOUBT)
        chance = np.clip(chance, 1e-6, 1 - 1e-6)
        return np.asarray(np.log(chance / (1 - chance)), float)


def terms(texts: Sequence[str]) -> frozenset[str]:
    """Return the words and pairs of words of some sentences."""
    words = re.findall(r"[a-z0-9]+", " ".join(texts).lower())
    return frozenset(words) | frozenset(map("_".join, pairwise(words)))


def remember(documents: Sequence[tuple[Sequence[str], Told]]) -> Memory:
    """Make a memory of documents: all their sentences, and of what is told the terms from which the rarest are kept."""
    found = Counter(term for texts, _ in documents for term in terms(texts))
    counts = {term: n for term, n in found.items() if _FEWEST <= n <= _MOST}
    kept = [
        Told(told.day, told.types, told.unsettled, frozenset(_rarest(told.terms & counts.keys(), counts)))
        for _, told in documents
    ]
    named = sorted(frozenset[str]().union(*(k.terms for k in kept)))
    return Memory.of(kept, {term: counts[term] for term in named})


def _rarest(own: frozenset[str], counts: Mapping[str, int]) -> list[str]:
    return sorted(own, key=lambda term: (counts[term], term))[:_KEPT]


def _rarity(count: int, total: int) -> float:
    return float(np.log((1 + total) / (1 + count)) + 1)


def _length(own: frozenset[str], rarity: Mapping[str, float]) -> float:
    return float(np.sqrt(sum(rarity[term] ** 2 for term in sorted(own)))) or 1.0
