"""Fits the weights of `streams.reading.what.opinion` on passages and annotated reports, and writes its two tables.

    python -m tests.bench.train_opinion FILE ... [--test FILE]

A draft that shares evidence with an annotated mention is of its type and stage; a passage (type, status, passage: a
line, with tabs) in which the reader finds no incident is seen as words alone. Softmax regressions with a ridge. With
--test says how models without that file do on it. Same files and same rules, same weights.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np

from streams.reading import Lexicon
from streams.reading.learned import Softmax
from streams.reading.what import opinion
from tests.bench import logistic
from tests.bench.oracle import rows_of, shown
from tests.bench.train_telling import last_of
from tests.bench.training import arguments, default_lexicon, of_all

DATA: Final = Path(opinion.__file__).parents[1] / "data"
RIDGE: Final = {"threat_type": 2.0, "status": 3.0}
"""The price of half a weight's square, beside the loss of all cases."""
LEAST: Final = 0.07
"""Weights that are smaller are left out."""
MODELS: Final = {"threat_type": (opinion.TYPE, "opinion_type.tsv"), "status": (opinion.STATUS, "opinion_status.tsv")}
Case = tuple[frozenset[str], dict[str, Any]]


def main() -> None:
    """Fit, print, write."""
    args, lexicon = arguments(__doc__), default_lexicon()
    cases = {path: list(read_cases(path, lexicon)) for path in args.files}
    for axis, (model, table) in MODELS.items():
        for left_out in args.test:
            fitted = fit(of_all(cases, but=left_out), axis, model)
            print(f"{left_out.name}: {axis} {_judged(fitted, cases[left_out], axis, model)}", flush=True)
        every = of_all(cases)
        (DATA / table).write_text(logistic.table(fit(every, axis, model), model.classes, LEAST), encoding="utf-8")
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


def fit(cases: list[Case], axis: str, model: Softmax) -> logistic.Fitted:
    """Return the features and their weights."""
    wanted = np.eye(len(model.classes))[[model.classes.index(truth[axis]) for _, truth in cases]]
    return logistic.fit([seen for seen, _ in cases], wanted, ridge=RIDGE[axis])


def _judged(fitted: logistic.Fitted, cases: list[Case], axis: str, model: Softmax) -> str:
    mark, least = ("type=", 0.0) if axis == "threat_type" else ("status=", opinion.LIKELIER)
    chances = logistic.chances(fitted, [seen for seen, _ in cases])
    sure = chances.max(axis=1) >= least
    told = [model.classes[n] for n in chances.argmax(axis=1)]
    ruled = [next((f.removeprefix(mark) for f in sorted(seen) if f.startswith(mark)), "") for seen, _ in cases]
    right = sum((t if s else r) == truth[axis] for t, s, r, (_, truth) in zip(told, sure, ruled, cases, strict=True))
    before = sum(r == truth[axis] for r, (_, truth) in zip(ruled, cases, strict=True))
    return f"{len(cases)} drafts, right by the rules {before}, revised {right}"


if __name__ == "__main__":
    main()
