"""Fits the weights of `streams.reading.meant.earnest` on annotated reports, and writes `earnest.tsv`.

    python -m tests.bench.train_earnest REPORTS.jsonl ... [--out FILE]

An event that the reader finds is told in earnest where it shares evidence with an annotated mention; in a headline,
where the report has a mention of its type. A logistic regression with a ridge, by Newton's method. Prints how the same
model does on reports that it was not trained on, in five folds. Same reports and same rules, same weights.
"""

import argparse
from collections import Counter
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import numpy.typing as npt

from schemas.policy import Policy
from streams.gazetteer import Gazetteer
from streams.reading import Lexicon, read
from streams.reading.meant import earnest
from streams.reading.story import Story
from streams.reading.what.events import Event
from streams.reading.when.clock import Dated
from tests.bench.reading import DEFAULT_FACILITIES, annotated, report_of

WEIGHTS = Path(earnest.__file__).parents[1] / "data" / "earnest.tsv"
RIDGE = 4.0
COMMON = 3
"""Events in which a feature must stand."""
FOLDS = 5
Floats = npt.NDArray[np.float64]


def main() -> None:
    """Fit, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    args = parser.parse_args()
    lexicon = Lexicon.build(Gazetteer.from_geojson(DEFAULT_FACILITIES))
    reports = [_events(row, lexicon) for path in args.reports for row in annotated(path)]
    fold_of = np.array([n % FOLDS for n, events in enumerate(reports) for _ in events])
    events = [e for report in reports for e in report]
    labels = np.array([told for _, told in events], dtype=np.float64)
    chances = np.zeros(len(events))
    for fold in range(FOLDS):
        rest = [e for e, f in zip(events, fold_of, strict=True) if f != fold]
        names, found = fit(rest)
        known = dict(zip(names, found, strict=True))
        for n in np.flatnonzero(fold_of == fold):
            odds = sum(known.get(f, 0.0) for f in events[n][0])
            chances[n] = 1 / (1 + np.exp(-odds))
    print(f"{len(reports)} reports, {len(events)} events, {int(labels.sum())} told in earnest; not trained on them:")
    for at in (0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9):
        below, above = chances < at, chances >= at
        print(
            f"  below {at:.2f}: {(below & (labels == 0)).sum()} rightly, {(below & (labels == 1)).sum()} wrongly; "
            f"above: {(above & (labels == 1)).sum()} rightly, {(above & (labels == 0)).sum()} wrongly"
        )
    names, found = fit(events)
    rows = sorted((n, round(100 * w)) for n, w in zip(names, found, strict=True))
    args.out.write_text("".join(f"{n}\t{w}\n" for n, w in rows if w), encoding="utf-8")
    print(f"wrote {args.out}: {sum(1 for _, w in rows if w)} weights")


def _events(row: dict[str, Any], lexicon: Lexicon) -> list[tuple[set[str], bool]]:
    """The events that the reader finds in a report: what the model sees of each, and whether it is told in earnest."""
    report = report_of(row)
    quoted = [(report.body.find(m["quote"]), len(m["quote"])) for m in row["gold"]["mentions"]]
    types = {m["threat_type"] for m in row["gold"]["mentions"]}
    out: list[tuple[set[str], bool]] = []

    def note(story: Story, event: Event, dated: list[Dated]) -> float:
        shared = any(
            min(event.end, at + length) - max(event.start, at) > 0.3 * min(event.end - event.start, length)
            for at, length in quoted
        )
        if event.sentence.title:
            shared = shared or event.type.value in types
        out.append((earnest.features(story, event, dated), shared))
        return 0.5

    with mock.patch.object(earnest, "chance", note):
        read(report, 1, lexicon, Policy())
    return out


def fit(events: list[tuple[set[str], bool]]) -> tuple[list[str], Floats]:
    """Return the features and their weights."""
    count = Counter(f for seen, _ in events for f in seen)
    names = sorted(f for f, n in count.items() if n >= COMMON)
    column = {f: n for n, f in enumerate(names)}
    x = np.zeros((len(events), len(names)))
    for n, (seen, _) in enumerate(events):
        x[n, [column[f] for f in seen if f in column]] = 1
    y = np.array([told for _, told in events], dtype=np.float64)
    w = np.zeros(len(names))
    for _ in range(25):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (p - y) + RIDGE * w
        curve = (x * np.maximum(p * (1 - p), 1e-4)[:, None]).T @ x + RIDGE * np.eye(len(names))
        step = np.linalg.solve(curve, slope)
        w -= step
        if np.abs(step).max() < 1e-4:
            break
    return names, w


if __name__ == "__main__":
    main()
