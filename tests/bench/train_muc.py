"""Fits the weights of `muc_model` on the training split of the MUC-3/4 documents alone, and writes `muc_weights.tsv`.

    python -m tests.bench.train_muc DOCS.jsonl [--out FILE]

Both parts of the text's odds are fitted at once, to what the keys say of each document and, with less weight, to which
of its sentences hold a target that is named there; then what text and memory count for, to odds of documents that
neither knew. Prints how models do on documents that they were not trained on, in five folds; the development split is
never looked at. Same input, same weights.
"""

import argparse
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Self

import numpy as np

from streams.gazetteer import Gazetteer
from streams.reading import Lexicon
from tests.bench.lbfgs import minimise
from tests.bench.muc_features import Seen, features
from tests.bench.muc_memory import TYPES, Floats, Told, remember, terms
from tests.bench.muc_model import SCALES, SHARPNESS, WEIGHTS, Linear, Model, Text, decide, weighed
from tests.bench.reading import DEFAULT_FACILITIES, load, module
from tests.shared import SHARED

SENTENCE_RIDGE, WHOLE_RIDGE = 1 / 10, 1 / 5
SENTENCE_SHARE = 0.4
"""Weight of a sentence against a document."""
BACKGROUND = 0.02
"""Share that a sentence without a named target has of it in a document that does tell of the event."""
SENTENCE_FEATURES, WHOLE_FEATURES = 10_000, 10_000
"""Kept of all: those that tell most."""
SENTENCE_COMMON, WHOLE_COMMON = 5, 6
"""Documents in which a feature must stand."""
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Doc:
    """A document with its key."""

    row: dict[str, Any]
    seen: Seen
    required: frozenset[str]
    optional: frozenset[str]
    told: tuple[frozenset[str], ...]
    """Of each sentence the types whose named targets stand in it."""

    def label(self, kind: str) -> bool | None:
        """Whether a type is told; None where the key leaves it open."""
        return True if kind in self.required else None if kind in self.optional else False

    def memorable(self) -> Told:
        """What is to be remembered: the words of the sentences that name a target, else of all."""
        texts = [text for text, types in zip(self.seen.texts, self.told, strict=True) if types] or self.seen.texts
        return Told(self.seen.day, self.required, self.optional - self.required, terms(texts))


def main() -> None:
    """Fit, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("docs", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    args = parser.parse_args()
    lexicon = Lexicon.build(Gazetteer.from_geojson(DEFAULT_FACILITIES))
    docs = [_doc(row, lexicon) for row in load(args.docs) if row["split"] == "train"]
    memory = remember([(d.seen.texts, d.memorable()) for d in docs])
    remembered = np.array([memory.odds(d.seen.texts, d.seen.day, but=n) for n, d in enumerate(docs)])
    told = np.zeros_like(remembered)
    for own, rest in folds(len(docs)):
        text = fit([docs[n] for n in rest])
        told[own] = [text.odds(docs[n].seen) for n in own]
    report(docs, told, remembered)
    model = Model(fit(docs), memory, scales_of(docs, told, remembered))
    args.out.write_text(written(model), encoding="utf-8")
    print(f"wrote {args.out}: {args.out.stat().st_size / 1000:.0f} kB")


def folds(size: int) -> list[tuple[list[int], list[int]]]:
    """Return the numbers of the documents of each fold, and of those of all others."""
    return [
        ([n for n in range(size) if n % FOLDS == fold], [n for n in range(size) if n % FOLDS != fold])
        for fold in range(FOLDS)
    ]


def report(docs: Sequence[Doc], told: Floats, remembered: Floats) -> None:
    """Print how documents are judged, by their text alone and with memory, scaled as the other folds say."""
    print(f"{len(docs)} documents, each judged by what was not trained on it:")
    for name, memories in (("text alone ", np.zeros_like(remembered)), ("with memory", remembered)):
        odds = np.zeros_like(told)
        for own, rest in folds(len(docs)):
            scales = scales_of([docs[n] for n in rest], told[rest], memories[rest])
            odds[own] = weighed(told[own], memories[own], scales)
        print(name, " ".join(f"{what} {value:.3f}" for what, value in judged(docs, odds).items()))


def _doc(row: dict[str, Any], lexicon: Lexicon) -> Doc:
    seen = features(row["text"], lexicon)
    keys = row["templates"]
    sentences = [_words(t) for t in seen.texts]
    told: list[set[str]] = [set() for _ in sentences]
    for key in keys:
        if key["optional"]:
            continue
        named = _named(key, "hum_target", "phys_target") or _named(key, "instrument_id", "perp_individual")
        for types, text in zip(told, sentences, strict=True):
            if any(f" {name} " in f" {text} " for name in named):
                types |= set(key["types"])
    required = {t for key in keys if not key["optional"] for t in key["types"]}
    optional = {t for key in keys if key["optional"] for t in key["types"]}
    return Doc(row, seen, frozenset(required), frozenset(optional), tuple(map(frozenset, told)))


def _named(key: dict[str, Any], *slots: str) -> list[str]:
    return [_words(n) for slot in slots for value in key[slot] for n in re.findall(r'"([^"]{3,})"', value) if _words(n)]


def _words(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def fit(docs: Sequence[Doc]) -> Text:
    """Fit what the texts tell, type by type."""
    sentences, wholes = [s for d in docs for s in d.seen.sentences], [d.seen.whole for d in docs]
    told = np.array([[t in types for t in TYPES] for d in docs for types in d.told], float)
    labels = np.array([[d.label(t) is True for t in TYPES] for d in docs], float)
    spread = [frozenset[str]().union(*d.seen.sentences) for d in docs]
    kept = _telling(sentences, told, spread, SENTENCE_COMMON, SENTENCE_FEATURES)
    kept_whole = _telling(wholes, labels, wholes, WHOLE_COMMON, WHOLE_FEATURES)
    pooled = Pooled(Rows.of(sentences, kept), Rows.of(wholes, kept_whole), [len(d.told) for d in docs])
    found = np.round([pooled.fit(_task(docs, kind)) for kind in TYPES], 2).T
    sentence, whole = found[: len(kept) + 1], found[len(kept) + 1 :]
    return Text(_linear(kept, sentence), _linear(kept_whole, whole))


def _linear(names: Sequence[str], weights: Floats) -> Linear:
    return Linear({**dict(zip(names, weights[:-1], strict=True)), "": weights[-1]})


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be learned of a type, yes and no as plus and minus one, with weights."""

    documents: Floats
    document_weights: Floats
    sentences: Floats
    sentence_weights: Floats


def _task(docs: Sequence[Doc], kind: str) -> Task:
    labels = [d.label(kind) for d in docs]
    told = np.array([kind in types for d in docs for types in d.told])
    unsaid = np.repeat([x is not False for x in labels], [len(d.told) for d in docs]) & ~told
    return Task(
        np.where([x is True for x in labels], 1.0, -1.0),
        np.array([x is not None for x in labels], float),
        np.where(told, 1.0, -1.0),
        SENTENCE_SHARE * np.where(unsaid, BACKGROUND, 1.0),
    )


def _telling(
    rows: Sequence[frozenset[str]], labels: Floats, spread: Sequence[frozenset[str]], common: int, most: int
) -> list[str]:
    """The features that tell most about some type (log likelihood ratio: Dunning 1993)."""
    counts = Counter(f for seen in spread for f in seen)
    names = sorted(f for f, n in counts.items() if n >= common)
    place = {name: n for n, name in enumerate(names)}
    told, stands = np.zeros((len(names), labels.shape[1])), np.zeros(len(names))
    for row, label in zip(rows, labels, strict=True):
        at = [place[f] for f in row if f in place]
        stands[at] += 1
        told[at] += label
    worth = ratio(told, stands[:, None], labels.sum(axis=0), len(rows)).max(axis=1)
    return sorted(names[i] for i in np.argsort(-worth, kind="stable")[:most])


def ratio(both: Floats, stands: Floats, told: Floats, total: int) -> Floats:
    """Twice the log likelihood ratio of two events that happen together so often, each so often by itself."""

    def part(seen: Floats, chance: Floats) -> Floats:
        return np.asarray(seen * np.log(np.maximum(seen, 1e-12) / np.maximum(chance, 1e-12)), float)

    cells = (
        (both, stands * told / total),
        (stands - both, stands * (total - told) / total),
        (told - both, (total - stands) * told / total),
        (total - stands - told + both, (total - stands) * (total - told) / total),
    )
    return np.asarray(2 * sum(part(seen, chance) for seen, chance in cells), float)


@dataclass(frozen=True, slots=True)
class Rows:
    """A sparse matrix with a constant column at the end; rows are of unit length without it."""

    product: Callable[[Floats], Floats]
    transposed: Callable[[Floats], Floats]
    columns: int

    @classmethod
    def of(cls, rows: Sequence[frozenset[str]], names: Sequence[str]) -> Self:
        """Make the matrix of rows of features."""
        place = {name: n for n, name in enumerate(names)}
        found = [sorted(place[f] for f in row if f in place) for row in rows]
        sizes = np.array([len(r) for r in found])
        column = np.array([c for r in found for c in r], int)
        row = np.repeat(np.arange(len(rows)), sizes)
        value = 1 / np.sqrt(np.repeat(sizes, sizes))

        def product(w: Floats) -> Floats:
            sums = np.bincount(row, value * w[column], minlength=len(rows)).astype(float)
            return np.asarray(sums + w[-1], float)

        def transposed(r: Floats) -> Floats:
            return np.append(np.bincount(column, value * r[row], minlength=len(names)), r.sum())

        return cls(product, transposed, len(names) + 1)


@dataclass(frozen=True, slots=True)
class Pooled:
    """Documents and their sentences, in order."""

    sentences: Rows
    wholes: Rows
    lengths: Sequence[int]
    """Sentences of each document."""

    def fit(self, task: Task) -> Floats:
        """Return the weights of sentences and of wholes that minimise the loss."""
        return minimise(lambda w: self.loss(w, task), self.sentences.columns + self.wholes.columns)

    def loss(self, w: Floats, task: Task) -> tuple[float, Floats]:
        """Return the logistic loss with a ridge on all but the constants, and its gradient."""
        columns = self.sentences.columns
        penalty = np.full(len(w), WHOLE_RIDGE)
        penalty[:columns] = SENTENCE_RIDGE
        penalty[[columns - 1, -1]] = 1e-6
        odds = self.sentences.product(w[:columns])
        sharp = SHARPNESS * odds
        pooled = np.logaddexp.reduceat(sharp, np.cumsum([0, *self.lengths[:-1]]))
        told, slope = logistic(
            pooled / SHARPNESS + self.wholes.product(w[columns:]), task.documents, task.document_weights
        )
        held, own = logistic(odds, task.sentences, task.sentence_weights)
        each = own + np.repeat(slope, self.lengths) * np.exp(sharp - np.repeat(pooled, self.lengths))
        gradient = np.concatenate([self.sentences.transposed(each), self.wholes.transposed(slope)])
        return told + held + 0.5 * float((penalty * w * w).sum()), gradient + penalty * w


def logistic(odds: Floats, signs: Floats, weights: Floats) -> tuple[float, Floats]:
    """Return the logistic loss and its slope along the odds."""
    margin = signs * odds
    return float((weights * np.logaddexp(0, -margin)).sum()), -signs * weights / (1 + np.exp(np.clip(margin, -30, 30)))


def scales_of(docs: Sequence[Doc], told: Floats, remembered: Floats) -> Floats:
    """Return what text, memory and a constant count for in the log odds of each type, in whole hundredths."""
    found = []
    for j, kind in enumerate(TYPES):
        labels = [d.label(kind) for d in docs]
        signs, weights = (
            np.array([1.0 if x else -1.0 for x in labels]),
            np.array([float(x is not None) for x in labels]),
        )
        columns = np.column_stack([told[:, j], remembered[:, j], np.ones(len(docs))])
        found.append(minimise(partial(_scaled, columns, signs, weights), 3))
    return np.round(found, 2).T


def _scaled(columns: Floats, signs: Floats, weights: Floats, w: Floats) -> tuple[float, Floats]:
    value, slope = logistic(columns @ w, signs, weights)
    return value + 0.5 * float(w[:2] @ w[:2]), columns.T @ slope + w * [1, 1, 0]


def judged(docs: Sequence[Doc], odds: Floats) -> dict[str, float]:
    """Score with the shared judge."""
    if SHARED is None:
        raise SystemExit("score_muc.py is not beside this checkout")
    guesses = {d.row["docid"]: decide(o) for d, o in zip(docs, odds, strict=True)}
    found: dict[str, float] = module(SHARED / "score_muc.py").score([d.row for d in docs], guesses)
    return found


def written(model: Model) -> str:
    """Write the weights, in hundredths; documents with day, types and unsettled types; terms with count and places."""
    lines = ["// Made by `python -m tests.bench.train_muc`; hundredths of log odds for " + ", ".join(TYPES)]
    for part, linear in (("sentence", model.text.sentence), ("whole", model.text.whole)):
        lines += [_line(part, name, values) for name, values in linear.weights.items()]
    lines += [_line("scale", name, values) for name, values in zip(SCALES, model.scales, strict=True)]
    memory = model.memory
    for n, told in enumerate(memory.documents):
        day = "" if told.day is None else date.fromordinal(told.day).isoformat()
        lines.append(
            "\t".join(["document", str(n), day, ",".join(sorted(told.types)), ",".join(sorted(told.unsettled))])
        )
    lines += ["\t".join(["term", t, *map(str, (count, *memory.places[t]))]) for t, count in memory.counts.items()]
    return "\n".join([*lines, ""])


def _line(part: str, name: str, values: Floats) -> str:
    return "\t".join([part, name, *(str(round(100 * v)) for v in values)])


if __name__ == "__main__":
    main()
