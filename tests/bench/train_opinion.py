"""Fits the weights of `streams.reading.what.opinion` on passages and annotated reports, and writes its two tables.

    python -m tests.bench.train_opinion FILE ... [--test FILE]

A draft that shares evidence with an annotated mention is of its type and stage; a passage (type, status, passage: a
line, with tabs) in which the reader finds no incident is seen as words alone. Softmax regressions with a ridge. With
--test says how models without that file do on it. Same files and same rules, same weights.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np

from streams.gazetteer import Gazetteer
from streams.reading import Lexicon
from streams.reading.learned import Softmax
from streams.reading.what import opinion
from tests.bench import logistic
from tests.bench.oracle import rows_of, shown
from tests.bench.reading import DEFAULT_FACILITIES
from tests.bench.train_telling import last_of

DATA: Final = Path(opinion.__file__).parents[1] / "data"
RIDGE: Final = {"threat_type": 2.0, "status": 3.0}
"""The price of half a weight's square, beside the loss of all cases."""
LEAST: Final = 0.07
"""Weights that are smaller are left out."""
MODELS: Final = {"threat_type": (opinion.TYPE, "opinion_type.tsv"), "status": (opinion.STATUS, "opinion_status.tsv")}
Case = tuple[frozenset[str], dict[str, Any]]


def main() -> None:
    """Fit, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument(
        "--test", type=Path, action="append", default=[], help="leave this one out, and say how it is told"
    )
    args = parser.parse_args()
    lexicon = Lexicon.build(Gazetteer.from_geojson(DEFAULT_FACILITIES))
    cases = {path: list(read_cases(path, lexicon)) for path in args.files}
    for axis, (model, table) in MODELS.items():
        for left_out in args.test:
            fitted = fit([c for p, some in cases.items() if p != left_out for c in some], axis, model)
            print(f"{left_out.name}: {axis} {_judged(fitted, cases[left_out], axis, model)}", flush=True)
        every = [c for some in cases.values() for c in some]
        names, weights = fit(every, axis, model)
        (DATA / table).write_text(logistic.table(names, weights, model.classes, LEAST), encoding="utf-8")
        print(f"{len(every)} cases; wrote {table}")


def read_cases(path: Path, lexicon: Lexicon) -> Iterator[Case]:
    """Read the cases of a file."""
    for row in rows_of(path):
        drafts = shown(row, lexicon).drafts
        if path.suffix != ".tsv":
            yield from drafts
        elif drafts:
            yield drafts[-1]
        elif truths := row["gold"]["mentions"]:
            last = last_of(row["report"]["text"], truths[0]["threat_type"], lexicon)
            assert last is not None, "a passage without a sentence tells nothing"
            yield last.seen | {"raised", "kind=wire"}, truths[0]


def fit(cases: list[Case], axis: str, model: Softmax) -> tuple[list[str], logistic.Floats]:
    """Return the features and a row of weights for each."""
    wanted = np.eye(len(model.classes))[[model.classes.index(truth[axis]) for _, truth in cases]]
    return logistic.fit([seen for seen, _ in cases], wanted, ridge=RIDGE[axis] / len(cases))


def _judged(fitted: tuple[list[str], logistic.Floats], cases: list[Case], axis: str, model: Softmax) -> str:
    mark = "type=" if axis == "threat_type" else "status="
    names, weights = fitted
    known = dict(zip(names, weights, strict=True))
    odds = np.array([sum((known[f] for f in seen if f in known), known[logistic.BIAS]) for seen, _ in cases])
    shares = np.exp(odds - odds.max(axis=1, keepdims=True))
    sure = shares.max(axis=1) / shares.sum(axis=1) >= opinion.LIKELIER
    told = [model.classes[n] for n in odds.argmax(axis=1)]
    ruled = [next((f.removeprefix(mark) for f in sorted(seen) if f.startswith(mark)), "") for seen, _ in cases]
    right = sum((t if s else r) == truth[axis] for t, s, r, (_, truth) in zip(told, sure, ruled, cases, strict=True))
    before = sum(r == truth[axis] for r, (_, truth) in zip(ruled, cases, strict=True))
    return f"{len(cases)} drafts, right by the rules {before}, revised {right}"


if __name__ == "__main__":
    main()
