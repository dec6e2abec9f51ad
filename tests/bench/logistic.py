"""Fits softmax and logistic regressions on sets of features: what the reader's learned models are made by.

A lasso or a ridge, by accelerated proximal gradients (Beck and Teboulle, "A fast iterative shrinkage-thresholding
algorithm", 2009). Same rows, same weights.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Final

import numpy as np
import numpy.typing as npt

BIAS: Final = ""
"""The feature that every row has."""
STEPS: Final = 200
COMMON: Final = 3
"""Cases in which a feature must stand."""
Floats = npt.NDArray[np.float64]
Fitted = tuple[list[str], Floats]
"""The features, the bias first under the empty name, and a row of weights for each: one for each class."""


def fit(
    rows: Sequence[AbstractSet[str]],
    wanted: Floats,
    *,
    lasso: float = 0.0,
    ridge: float = 0.0,
    counts: Floats | None = None,
) -> Fitted:
    """Return the features and their weights.

    Parameters
    ----------
    rows
        What is seen of each case.
    wanted
        Cases x classes: 1 for the class of a case, else 0.
    lasso
        The price of a weight's size, beside the loss of an average case.
    ridge
        The price of half a weight's square, beside the loss of all cases.
    counts
        What each case counts, 1 by default.
    """
    count = Counter(f for row in rows for f in row)
    names = [BIAS, *sorted(f for f, n in count.items() if n >= COMMON)]
    column = {f: n for n, f in enumerate(names)}
    table = _Table([[0, *(column[f] for f in sorted(row) if f in column)] for row in rows], len(names))
    share = np.ones(len(rows)) if counts is None else counts
    ridge /= share.sum()
    share = (share / share.sum())[:, None]
    weights = momentum = np.zeros((len(names), wanted.shape[1]))
    pace, length = 1.0, 1.0
    value = np.inf
    for step in range(STEPS):
        loss, slope = _loss(table, momentum, wanted, share)
        while True:
            moved = momentum - slope * length
            moved[1:] = np.sign(moved[1:]) * np.maximum(np.abs(moved[1:]) - lasso * length, 0) / (1 + ridge * length)
            change = moved - momentum
            new, _ = _loss(table, moved, wanted, share, slope_too=False)
            if new <= loss + (slope * change).sum() + (change**2).sum() / (2 * length) + 1e-12:
                break
            length /= 2
        new_pace = (1 + np.sqrt(1 + 4 * pace**2)) / 2
        momentum = moved + (pace - 1) / new_pace * (moved - weights)
        weights, pace = moved, new_pace
        whole = new + lasso * np.abs(weights[1:]).sum() + ridge / 2 * (weights[1:] ** 2).sum()
        if abs(value - whole) < 1e-6:
            break
        value = whole
        if step % 25 == 0:
            print(f"step {step}: {whole:.4f}, {np.count_nonzero(weights)} weights", file=sys.stderr, flush=True)
        length *= 1.1
    return names, weights


def chances(fitted: Fitted, rows: Sequence[AbstractSet[str]]) -> Floats:
    """Return the chance of each class for each case: cases x classes."""
    known = dict(zip(*fitted, strict=True))
    odds = np.array([sum((known[f] for f in row if f in known), known[BIAS]) for row in rows])
    shares = np.exp(odds - odds.max(axis=1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True), float)


def table(fitted: Fitted, classes: Sequence[str], least: float = 0.0) -> str:
    """Return the lines of a table for `streams.reading.learned.Softmax`: weights in hundredths, small ones left out."""
    names, weights = fitted
    weights = np.where(np.abs(weights) < least, 0.0, weights)
    lines = []
    for name, row in zip(names, np.round(100 * weights).astype(int), strict=True):
        if row.any() or name == BIAS:
            lines.append(f"{name}\t" + " ".join(f"{c}={w}" for c, w in zip(classes, row, strict=True) if w) + "\n")
    return "".join(sorted(lines))


class _Table:
    """Which features stand in which case, by case and by feature."""

    def __init__(self, rows: list[list[int]], columns: int) -> None:
        lengths = np.array([len(r) for r in rows])
        self.starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        self.columns = np.array([c for r in rows for c in r])
        owner = np.repeat(np.arange(len(rows)), lengths)
        order = np.argsort(self.columns, kind="stable")
        self.owners = owner[order]
        present, self.firsts = np.unique(self.columns[order], return_index=True)
        assert len(present) == columns, "a feature that stands nowhere"

    def scores(self, weights: Floats) -> Floats:
        return np.add.reduceat(weights[self.columns], self.starts, axis=0)

    def gathered(self, errors: Floats) -> Floats:
        return np.add.reduceat(errors[self.owners], self.firsts, axis=0)


def _loss(
    table: _Table, weights: Floats, wanted: Floats, share: Floats, *, slope_too: bool = True
) -> tuple[float, Floats]:
    odds = table.scores(weights)
    odds -= odds.max(axis=1, keepdims=True)
    shares = np.exp(odds)
    totals = shares.sum(axis=1, keepdims=True)
    loss = float((share * (np.log(totals) - (odds * wanted).sum(axis=1, keepdims=True))).sum())
    slope = table.gathered(share * (shares / totals - wanted)) if slope_too else weights
    return loss, slope
