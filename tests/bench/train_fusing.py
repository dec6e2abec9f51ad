"""Fits the weights of the fusing scorecard: a logistic regression on pairs of benchmark mentions, by Newton's method.

`python -m tests.bench.train_fusing DIR...`: each DIR as `fusion_bench.py make` wrote it. Prints `CARD` for
`streams/fusing/weights.py`, in hundredths of log odds. What `BY_HAND` lists stays as it is there; the others are held
within `LIMITS`, since invented reports contradict each other less than real ones. docs/fusing.md is the card.
"""

import argparse
import json
from collections import defaultdict
from pathlib import Path

import numpy as np
import numpy.typing as npt

from streams.fusing.account import account
from streams.fusing.likeness import bins, flat_names
from streams.fusing.profile import Profile, apart_km, profile
from streams.fusing.weights import CARD
from streams.gazetteer import Gazetteer
from tests.bench.fuse import read

BY_HAND = frozenset(
    [
        *("place_unknown.0", "kind.2", "status.0", "status.1", "status.2"),
        *("target.2", "target.4", "target.5", "target.6", "target.7", "target.8"),
        *("actor.1", "actor.2", "killed.11", "wounded.11", "things.1", "things.2"),
        *("place_name.0", "place_name.1", "place_name.2", "sketch.6", "words.8"),
    ]
)
"""Never seen in training, or what the press does less strictly than the benchmark; what is unsaid weighs nothing."""
LIMITS = {"killed": (-1.3, 2.5), "wounded": (-1.3, 2.5), "sketch": (-0.8, 2.5), "words": (-1.0, 2.5)}
LIMITS |= {f"{figure}.{n}": (0.0, 2.5) for figure in ("killed", "wounded") for n in range(5)}
"""Tolls rise from report to report, two outlets seldom use the same words, figures that agree never speak against."""
LIMIT = (-2.5, 2.5)
PRIOR = 1e-6
"""Ridge, per pair."""

Floats = npt.NDArray[np.float64]


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dirs", nargs="+", type=Path)
    rows, same = [], []
    for folder in parser.parse_args().dirs:
        for row, is_same in pairs(folder):
            rows.append(row)
            same.append(is_same)
    names = flat_names()
    design = np.zeros((len(rows), len(names) + 1), np.float32)
    design[:, -1] = 1
    for n, row in enumerate(rows):
        design[n, list(row)] = 1
    weights = fit(design, np.array(same, float), names)
    print(f"# {len(rows)} pairs, {sum(same)} of one incident")
    print(f"CARD: Final = Card(\n    bias={round(100 * weights[-1])},")
    for name in CARD.features():
        values = [round(100 * weights[i]) for i, flat in enumerate(names) if flat.rsplit(".", 1)[0] == name]
        print(f"    {name}=({', '.join(map(str, values))},),")
    print(")")


def pairs(folder: Path) -> list[tuple[tuple[int, ...], bool]]:
    """Return the bins of every pair of mentions in reach of each other, and whether they are of one incident."""
    truth = json.loads((folder / "truth.json").read_text())
    gazetteer = Gazetteer([])
    near: dict[tuple[int, int], list[Profile]] = defaultdict(list)
    found = []
    for mention in read(folder / "mentions.jsonl"):
        a = profile(account(mention, gazetteer))
        y, x = int((a.account.lat or 0.0) / 0.4), int((a.account.lon or 0.0) / 0.4)
        others = (b for dy in (-1, 0, 1) for dx in (-1, 0, 1) for b in near[y + dy, x + dx])
        found += [
            (row, truth[a.account.mention_id][0] == truth[b.account.mention_id][0])
            for b in others
            if a.published_s - b.published_s < 5 * 86400 and apart_km(a, b) < 85 and (row := bins(a, b))
        ]
        near[y, x].append(a)
    return found


def fit(design: npt.NDArray[np.float32], same: Floats, names: tuple[str, ...]) -> Floats:
    """Return the weights, the bias last."""
    current = [w / 100 for values in CARD.features().values() for w in values]
    weights = np.array([*current, 0.0])
    free = np.array([name not in BY_HAND for name in names] + [True])
    weights[free] = 0
    low, high = np.array(
        [LIMITS.get(name, LIMITS.get(name.rsplit(".", 1)[0], LIMIT)) for name in names] + [(-np.inf, np.inf)]
    ).T
    for _ in range(8):
        offset = design[:, ~free] @ weights[~free]
        weights[free] = _newton(design[:, free].astype(float), same, offset)
        beyond = free & ((weights < low) | (weights > high))
        if not beyond.any():
            break
        weights[beyond] = np.clip(weights, low, high)[beyond]
        free &= ~beyond
    return weights


def _newton(design: Floats, same: Floats, offset: Floats) -> Floats:
    weights = np.zeros(design.shape[1])
    ridge = np.eye(len(weights)) * (PRIOR * len(same) + 1e-4)
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(design @ weights + offset, -30, 30)))
        change = np.linalg.solve(
            (design * (p * (1 - p))[:, None]).T @ design + ridge, design.T @ (p - same) + ridge @ weights
        )
        weights -= change
        if np.abs(change).max() < 1e-3:
            break
    return weights


if __name__ == "__main__":
    main()
