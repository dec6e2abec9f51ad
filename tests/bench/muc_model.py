"""A model of MUC-3/4 documents over what `muc_features` sees in them: which of their event types a document tells.

A document tells of an event if any of its sentences does: its log odds are pooled from those of its sentences, and to
them comes what the document as a whole adds. Both parts are linear. Then it counts what documents of about its day told
(`muc_memory`). All that stands in `muc_weights.tsv`, weights in hundredths; `train_muc` makes it, docs/reading.md is
the card.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from tests.bench.muc_features import Seen
from tests.bench.muc_memory import TYPES, Floats, Memory, Told

WEIGHTS: Final = Path(__file__).with_name("muc_weights.tsv")
SCALES: Final = ("text", "memory", "constant")
SHARPNESS: Final = 2.0
"""The power of their odds that is added up over sentences: above one the likeliest count for more."""
LIKELY: Final = 0.4
"""The chance from which on a type is told: half of the F that is hoped for, which makes that F greatest."""
RELEVANT: Final = 0.5
"""The chance of any type from which on the likeliest is told in any case."""


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights of features for each type, over rows of unit length, the bias under the empty name."""

    weights: Mapping[str, Floats]

    def score(self, seen: frozenset[str]) -> Floats:
        """Return the log odds of each type."""
        known = [self.weights[f] for f in sorted(seen) if f in self.weights]
        total = np.sum(known, axis=0) / np.sqrt(len(known)) if known else np.zeros(len(TYPES))
        return np.asarray(total + self.weights[""], float)


@dataclass(frozen=True, slots=True)
class Text:
    """What the text of a document tells by itself."""

    sentence: Linear
    whole: Linear

    def odds(self, seen: Seen) -> Floats:
        """Return the log odds of each type."""
        sentences = np.array([self.sentence.score(s) for s in seen.sentences])
        pooled = np.logaddexp.reduce(SHARPNESS * sentences, axis=0) / SHARPNESS
        return np.asarray(pooled + self.whole.score(seen.whole), float)


@dataclass(frozen=True, slots=True)
class Model:
    """The text, what is remembered, and of each type what either counts for, with a constant."""

    text: Text
    memory: Memory
    scales: Floats

    def odds(self, seen: Seen) -> Floats:
        """Return the log odds that a document tells each type."""
        return weighed(self.text.odds(seen), self.memory.odds(seen.texts, seen.day), self.scales)

    def types(self, seen: Seen) -> list[str]:
        """Return the types that a document tells."""
        return decide(self.odds(seen))


def weighed(text: Floats, remembered: Floats, scales: Floats) -> Floats:
    """Return the log odds by text and memory together."""
    return np.asarray(scales[0] * text + scales[1] * remembered + scales[2], float)


def decide(odds: Floats) -> list[str]:
    """Return the types that are likely, or the likeliest where any of them is."""
    chances = 1 / (1 + np.exp(-odds))
    told = [t for t, chance in zip(TYPES, chances, strict=True) if chance > LIKELY]
    if told or 1 - np.prod(1 - chances) <= RELEVANT:
        return told
    return [TYPES[int(np.argmax(chances))]]


def load_model(path: Path = WEIGHTS) -> Model:
    """Read the weights and the memory."""
    parts: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("//"):
            part, name, *values = line.split("\t")
            parts[part][name] = values
    sentence, whole, scales = (
        {name: np.array([int(v) / 100 for v in values]) for name, values in parts[part].items()}
        for part in ("sentence", "whole", "scale")
    )
    text = Text(Linear(sentence), Linear(whole))
    return Model(text, _memory(parts["document"], parts["term"]), np.array([scales[s] for s in SCALES]))


def _memory(documents: Mapping[str, Sequence[str]], terms: Mapping[str, Sequence[str]]) -> Memory:
    own: dict[str, set[str]] = {n: set() for n in documents}
    for term, (_, *places) in terms.items():
        for n in places:
            own[n].add(term)
    told = [
        Told(
            date.fromisoformat(day).toordinal() if day else None,
            frozenset(types.split(",")),
            frozenset(unsettled.split(",")),
            frozenset(own[n]),
        )
        for n, (day, types, unsettled) in documents.items()
    ]
    return Memory.of(told, {term: int(values[0]) for term, values in terms.items()})
