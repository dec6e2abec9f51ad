"""Fits the weights of `muc_model` on the training split of the MUC-3/4 documents alone, and writes `muc_weights.tsv`.

    python -m tests.bench.train_muc DOCS.jsonl [--out FILE]

Sentences are labelled by the keys: one that holds a target named there tells the event. Logistic regressions with a
ridge, by L-BFGS; the second model and the thresholds are fitted on the scores that documents got from models which were
not trained on them, in five folds. Prints what these reach; the development split is never looked at. Same input, same
weights.
"""

import argparse
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from streams.gazetteer import Gazetteer
from streams.reading import Lexicon
from tests.bench.muc_model import STAGE, TARGETS, TYPES, WEIGHTS, Floats, Linear, Seen, decide, features, stage
from tests.bench.reading import DEFAULT_FACILITIES, load, module
from tests.shared import SHARED

SENTENCE_RIDGE, WHOLE_RIDGE, SECOND_RIDGE = 1 / 16, 1 / 20, 10.0
BACKGROUND = 0.1
"""Weight of sentences without a named target in documents that do tell of the event."""
SENTENCE_FEATURES, WHOLE_FEATURES = 6000, 3500
"""Kept of all: those that tell most."""
COMMON = 4
"""Documents in which a feature must stand."""
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Doc:
    """A document with its key."""

    docid: str
    seen: Seen
    required: frozenset[str]
    optional: frozenset[str]
    told: tuple[frozenset[str], ...]
    """Of each sentence the types whose named targets stand in it."""

    def label(self, target: str) -> bool | None:
        """Whether a target is told; None where the key leaves it open."""
        if target == "RELEVANT":
            return True if self.required else None if self.optional else False
        return True if target in self.required else None if target in self.optional else False


def main() -> None:
    """Fit, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("docs", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    args = parser.parse_args()
    rows = [row for row in load(args.docs) if row["split"] == "train"]
    lexicon = Lexicon.build(Gazetteer.from_geojson(DEFAULT_FACILITIES))
    docs = [_doc(row, lexicon) for row in rows]
    inputs = np.zeros((len(docs), len(STAGE) * len(TARGETS) + 2))
    for fold in range(FOLDS):
        rest = [d for n, d in enumerate(docs) if n % FOLDS != fold]
        sentence, whole = fit_sentences(rest), fit_whole(rest)
        for n in range(fold, len(docs), FOLDS):
            inputs[n] = _inputs(docs[n], sentence, whole)
    odds = np.zeros((len(docs), len(TARGETS)))
    for fold in range(FOLDS):
        out = np.arange(len(docs)) % FOLDS == fold
        odds[out] = inputs[out] @ fit_second([d for d, o in zip(docs, out, strict=True) if not o], inputs[~out])
    thresholds = choose_thresholds(rows, odds)
    print(f"{len(docs)} documents, each judged by models that were not trained on it:")
    print(figures(rows, odds, thresholds))
    sentence, whole, second = fit_sentences(docs), fit_whole(docs), fit_second(docs, inputs)
    args.out.write_text(written(sentence, whole, second, thresholds), encoding="utf-8")
    print(f"wrote {args.out}: {args.out.stat().st_size / 1000:.0f} kB")


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
    return Doc(row["docid"], seen, frozenset(required), frozenset(optional), tuple(map(frozenset, told)))


def _named(key: dict[str, Any], *slots: str) -> list[str]:
    return [_words(n) for slot in slots for value in key[slot] for n in re.findall(r'"([^"]{3,})"', value) if _words(n)]


def _words(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def _inputs(doc: Doc, sentence: Linear, whole: Linear) -> Floats:
    return stage(np.array([sentence.score(s) for s in doc.seen.sentences]), whole.score(doc.seen.whole))


def fit_sentences(docs: Sequence[Doc]) -> Linear:
    """Fit the model of sentences."""
    rows = [s for d in docs for s in d.seen.sentences]
    labels, weights = np.zeros((len(rows), len(TARGETS))), np.ones((len(rows), len(TARGETS)))
    at = 0
    for doc in docs:
        for types in doc.told:
            for j, target in enumerate(TARGETS):
                labels[at, j] = bool(types) if target == "RELEVANT" else target in types
                if not labels[at, j] and doc.label(target) is not False:
                    weights[at, j] = BACKGROUND
            at += 1
    spread = [frozenset[str]().union(*d.seen.sentences) for d in docs]
    return _fit(rows, labels, weights, SENTENCE_RIDGE, SENTENCE_FEATURES, spread)


def fit_whole(docs: Sequence[Doc]) -> Linear:
    """Fit the model of whole documents."""
    rows = [d.seen.whole for d in docs]
    told = [[d.label(t) for t in TARGETS] for d in docs]
    labels = np.array([[bool(t) for t in row] for row in told], float)
    weights = np.array([[t is not None for t in row] for row in told], float)
    return _fit(rows, labels, weights, WHOLE_RIDGE, WHOLE_FEATURES, rows)


def fit_second(docs: Sequence[Doc], inputs: Floats) -> Floats:
    """Fit the model that weighs sentences and document."""
    scale = inputs.std(axis=0)
    scale[scale < 1e-9] = 1
    columns = []
    for target in TARGETS:
        label = [d.label(target) for d in docs]
        known = np.array([x is not None for x in label])
        dense = Rows.dense((inputs / scale)[known])
        told = np.array([x for x in label if x is not None], float)
        columns.append(logistic(dense, told, np.ones(len(told)), SECOND_RIDGE) / scale)
    return np.array(columns).T


def _fit(
    rows: Sequence[frozenset[str]],
    labels: Floats,
    weights: Floats,
    ridge: float,
    most: int,
    spread: Iterable[frozenset[str]],
) -> Linear:
    """Fit on the features that tell most about some target (log likelihood ratio: Dunning 1993)."""
    counts = Counter(f for seen in spread for f in seen)
    names = sorted(f for f, n in counts.items() if n >= COMMON)
    place = {name: n for n, name in enumerate(names)}
    told = np.zeros((len(names), labels.shape[1]))
    stands = np.zeros(len(names))
    for row, label in zip(rows, labels, strict=True):
        at = [place[f] for f in row if f in place]
        stands[at] += 1
        told[at] += label
    worth = ratio(told, stands[:, None], labels.sum(axis=0), len(rows)).max(axis=1)
    kept = sorted(names[i] for i in np.argsort(-worth, kind="stable")[:most])
    found = np.round(_solve(rows, kept, labels, weights, ridge), 2)
    return Linear({**dict(zip(kept, found[:-1], strict=True)), "": found[-1]})


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


def _solve(
    rows: Sequence[frozenset[str]], names: Sequence[str], labels: Floats, weights: Floats, ridge: float
) -> Floats:
    table = Rows.of(rows, names)
    return np.array([logistic(table, labels[:, j], weights[:, j], ridge) for j in range(labels.shape[1])]).T


@dataclass(frozen=True, slots=True)
class Rows:
    """A sparse matrix with a constant column at the end; rows are of unit length without it."""

    product: Callable[[Floats], Floats]
    transposed: Callable[[Floats], Floats]
    columns: int

    @classmethod
    def of(cls, rows: Sequence[frozenset[str]], names: Sequence[str]) -> "Rows":
        """Make the matrix of rows of features."""
        place = {name: n for n, name in enumerate(names)}
        found = [sorted(place[f] for f in row if f in place) for row in rows]
        sizes = np.array([len(r) for r in found])
        column = np.array([c for r in found for c in r])
        row = np.repeat(np.arange(len(rows)), sizes)
        value = 1 / np.sqrt(np.repeat(sizes, sizes))

        def product(w: Floats) -> Floats:
            sums = np.bincount(row, value * w[column], minlength=len(rows)).astype(float)
            return np.asarray(sums + w[-1], float)

        def transposed(r: Floats) -> Floats:
            return np.append(np.bincount(column, value * r[row], minlength=len(names)), r.sum())

        return cls(product, transposed, len(names) + 1)

    @classmethod
    def dense(cls, table: Floats) -> "Rows":
        """Make it of a table whose last column is the constant."""
        return cls(table.dot, table.T.dot, table.shape[1])


def logistic(rows: Rows, labels: Floats, weights: Floats, ridge: float, steps: int = 90) -> Floats:
    """Minimise weighted logistic loss with a ridge on all but the constant, by L-BFGS (Nocedal 1980)."""
    sign = 2 * labels - 1
    penalty = np.full(rows.columns, ridge)
    penalty[-1] = 1e-6

    def loss(w: Floats) -> tuple[float, Floats]:
        margin = sign * rows.product(w)
        slope = -sign * weights / (1 + np.exp(np.clip(margin, -30, 30)))
        value = float((weights * np.logaddexp(0, -margin)).sum() + 0.5 * (penalty * w * w).sum())
        return value, rows.transposed(slope) + penalty * w

    w = np.zeros(rows.columns)
    value, gradient = loss(w)
    past: list[tuple[Floats, Floats, float]] = []
    for _ in range(steps):
        direction = -_two_loops(gradient, past)
        along, size = float(gradient @ direction), 1.0
        while True:
            moved = w + size * direction
            new_value, new_gradient = loss(moved)
            if new_value <= value + 1e-4 * size * along or size < 1e-8:
                break
            size /= 2
        step, change = moved - w, new_gradient - gradient
        done = value - new_value < 1e-5 * max(1.0, abs(value))
        w, value, gradient = moved, new_value, new_gradient
        if done:
            break
        if (curve := float(step @ change)) > 1e-12:
            past = [*past[-9:], (step, change, 1 / curve)]
    return w


def _two_loops(gradient: Floats, past: Sequence[tuple[Floats, Floats, float]]) -> Floats:
    """The gradient times the inverse Hessian, as far as the last steps tell."""
    q, coefficients = gradient.copy(), []
    for step, change, rho in reversed(past):
        a = rho * float(step @ q)
        coefficients.append(a)
        q -= a * change
    if past:
        step, change, rho = past[-1]
        q /= rho * float(change @ change)
    else:
        q /= max(1.0, float(np.linalg.norm(q)))
    for (step, change, rho), a in zip(past, reversed(coefficients), strict=True):
        q += step * (a - rho * float(change @ q))
    return q


def judged(rows: Sequence[dict[str, Any]], odds: Floats, thresholds: Floats) -> dict[str, float]:
    """Score with the shared judge."""
    if SHARED is None:
        raise SystemExit("score_muc.py is not beside this checkout")
    guesses = {r["docid"]: decide(o, thresholds) for r, o in zip(rows, odds, strict=True)}
    found: dict[str, float] = module(SHARED / "score_muc.py").score(rows, guesses)
    return found


def choose_thresholds(rows: Sequence[dict[str, Any]], odds: Floats) -> Floats:
    """Choose each type's threshold by type and relevance F, the others held, twice around."""
    thresholds = np.zeros(len(TYPES))
    for _ in range(2):
        for j in range(len(TYPES)):

            def worth(value: float, j: int = j) -> tuple[float, float]:
                trial = thresholds.copy()
                trial[j] = value
                found = judged(rows, odds, trial)
                return found["type_f1"] + 0.5 * found["relevance_f1"], -abs(value)

            thresholds[j] = max(np.arange(-2, 2.01, 0.25), key=worth)
    return thresholds


def figures(rows: Sequence[dict[str, Any]], odds: Floats, thresholds: Floats) -> str:
    """Write the judge's figures in a line."""
    return " ".join(f"{name} {value:.3f}" for name, value in judged(rows, odds, thresholds).items())


def written(sentence: Linear, whole: Linear, second: Floats, thresholds: Floats) -> str:
    """Write the weights, in hundredths."""
    names = [f"{what}.{target}" for what in STAGE for target in TARGETS] + ["length", ""]
    lines = ["// Made by `python -m tests.bench.train_muc`; hundredths of log odds for " + ", ".join(TARGETS)]
    for part, linear in (("sentence", sentence), ("whole", whole)):
        lines += [_line(part, name, values) for name, values in linear.weights.items()]
    lines += [_line("second", name, values) for name, values in zip(names, second, strict=True)]
    return "\n".join([*lines, _line("threshold", "types", thresholds), ""])


def _line(part: str, name: str, values: Floats) -> str:
    return "\t".join([part, name, *(str(round(100 * v)) for v in values)])


if __name__ == "__main__":
    main()
