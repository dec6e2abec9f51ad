"""A model of MUC-3/4 documents over what `muc_features` sees in them: which of their event types a document tells.

A document tells of an event if any of its sentences does: its log odds are the log of the sum of its sentences' odds,
and to them comes what the document as a whole adds. Both parts are linear. The weights stand in `muc_weights.tsv`, in
hundredths; `train_muc` makes them, docs/reading.md is the card.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from tests.bench.muc_features import Seen

TYPES: Final = ("ATTACK", "BOMBING", "KIDNAPPING", "ARSON", "ROBBERY")
WEIGHTS: Final = Path(__file__).with_name("muc_weights.tsv")
Floats = npt.NDArray[np.float64]


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
class Model:
    """The two parts of the log odds, and the thresholds of the types."""

    sentence: Linear
    whole: Linear
    thresholds: Floats

    def odds(self, seen: Seen) -> Floats:
        """Return the log odds that a document tells each type."""
        sentences = np.array([self.sentence.score(s) for s in seen.sentences])
        return np.asarray(np.logaddexp.reduce(sentences, axis=0) + self.whole.score(seen.whole), float)

    def types(self, seen: Seen) -> list[str]:
        """Return the types that a document tells."""
        return decide(self.odds(seen), self.thresholds)


def decide(odds: Floats, thresholds: Floats) -> list[str]:
    """Return the types whose odds reach their thresholds."""
    return [t for t, o, least in zip(TYPES, odds, thresholds, strict=True) if o > least]


def load_model(path: Path = WEIGHTS) -> Model:
    """Read the weights."""
    parts: dict[str, dict[str, Floats]] = {"sentence": {}, "whole": {}, "threshold": {}}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("//"):
            part, name, *values = line.split("\t")
            parts[part][name] = np.array([int(v) / 100 for v in values])
    return Model(Linear(parts["sentence"]), Linear(parts["whole"]), parts["threshold"]["types"])
