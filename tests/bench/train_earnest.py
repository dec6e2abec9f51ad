"""Fits the weights of `streams.reading.meant.earnest` on annotated reports, and writes `earnest.tsv`.

    python -m tests.bench.train_earnest FILE ... [--test FILE] [--out FILE]

An event that the reader finds, or a sentence in which it finds none, is told in earnest where it shares evidence with
an annotated mention; in a headline, where the report has a mention of its type. A logistic regression with a ridge.
With --test says how a model without that file does on it. Same reports and same rules, same weights.
"""

import math
from pathlib import Path
from typing import Final

import numpy as np

from streams.reading.meant import earnest
from tests.bench import logistic
from tests.bench.oracle import rows_of, shown
from tests.bench.training import arguments, default_lexicon, of_all

WEIGHTS: Final = Path(earnest.__file__).parents[1] / "data" / "earnest.tsv"
RIDGE: Final = 10.0
"""The price of half a weight's square, beside the loss of all cases."""
LEAST: Final = 0.05
"""Weights that are smaller are left out."""
PLAIN: Final = ("everyday", "logs", "ordinary", "registers", "roundups", "routine")
"""Writers of what most reports are: few beside the others, who set traps."""
FORMS: Final = ("advisories", "dispatches", "notices", "rosters", "traffic")
"""Writers of documents that are no prose."""
IMITATORS: Final = tuple(f"kin_{letter}" for letter in "abcdefghijknop")
"""Writers who went on as the author of the development reports, and set traps as that one does."""
COUNTS: Final = {
    "passages": (0.1, 0.03),
    "flashes": (0.3, 0.1),
    "stories.jsonl": (0.3, 0.3),
    "reports_dev.jsonl": (2.0, 2.0),
    **{f"{name}.jsonl": (2.0, 2.0) for name in PLAIN},
    **{f"{name}.jsonl": (0.3, 0.3) for name in FORMS},
    **{f"{name}.jsonl": (0.8, 0.8) for name in IMITATORS},
}
"""What cases of a file, or of a folder's tables, count that are no incident, and those that are, where not 1.

Passages and flashes have little around them, and more of them tell of one than in life; so have rows, fields and
entries; stories are of no day known; the development reports are what is to be read. Who imitates their author weighs
less the more do: where all of them counted 1, plain statements were doubted.
"""
Case = tuple[frozenset[str], bool]


def main() -> None:
    """Fit, print, write."""
    args, lexicon = arguments(__doc__, WEIGHTS), default_lexicon()
    cases = {path: [c for row in rows_of(path) for c in shown(row, lexicon).events] for path in args.files}
    for left_out in args.test:
        print(f"{left_out.name}: {_judged(fit({p: c for p, c in cases.items() if p != left_out}), cases[left_out])}")
    known = fit(cases)
    args.out.write_text("".join(f"{name}\t{weight}\n" for name, weight in sorted(known.items())), encoding="utf-8")
    told = [true for _, true in of_all(cases)]
    print(f"{len(told)} events, {sum(told)} told in earnest; wrote {args.out}: {len(known)} weights")


def fit(cases: dict[Path, list[Case]]) -> dict[str, int]:
    """Return the weights in hundredths, the bias under the empty name."""
    every = of_all(cases)
    wanted = np.eye(2)[[int(true) for _, true in every]]
    counts = np.array([_counts(path)[true] for path, some in cases.items() for _, true in some])
    # the difference of two classes' weights is the one weight: each bears half of it
    names, weights = logistic.fit([seen for seen, _ in every], wanted, ridge=2 * RIDGE, counts=counts)
    one = weights[:, 1] - weights[:, 0]
    return {n: round(100 * w) for n, w in zip(names, one, strict=True) if abs(w) >= LEAST or n == logistic.BIAS}


def _counts(path: Path) -> tuple[float, float]:
    table = path.parent.name if path.suffix == ".tsv" else path.name
    return COUNTS.get(table, (1.0, 1.0))


def _judged(known: dict[str, int], cases: list[Case]) -> str:
    chances = np.array([1 / (1 + math.exp(-sum(known.get(f, 0) for f in {"", *seen}) / 100)) for seen, _ in cases])
    true = np.array([true for _, true in cases])
    return f"{true.sum()} told, {(~true).sum()} not; " + "; ".join(
        f"from {least}: {(true & (chances >= least)).sum()} and {(~true & (chances >= least)).sum()} wrongly"
        for least in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8)
    )


if __name__ == "__main__":
    main()
