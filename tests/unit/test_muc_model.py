"""The linear model of the MUC bench: its weights load, and tell invented documents apart."""

import numpy as np
import pytest

from tests.bench.muc_model import TARGETS, WEIGHTS, features, load_model
from tests.bench.train_muc import Rows, logistic, ratio
from tests.unit.test_reading_reports import lexicon

HEAD = "BOGOTA, 3 MAR 90 (DPA) -- [TEXT] "


@pytest.mark.parametrize(
    "text, types",
    [
        ("A POWERFUL BOMB EXPLODED TONIGHT AT A BANK, DESTROYING THE BUILDING.  NO ONE WAS INJURED.", ["BOMBING"]),
        ("TERRORISTS TODAY KIDNAPPED THE MAYOR AND TWO BUSINESSMEN NEAR THE TOWN.", ["KIDNAPPING"]),
        ("THE MINISTER OF AGRICULTURE RECEIVED A TRADE DELEGATION AND PRAISED THE COFFEE HARVEST.", []),
    ],
)
def test_plain_documents_are_told_apart(text: str, types: list[str]) -> None:
    """A plain deed gives its type, a visit none."""
    assert load_model().types(features(HEAD + text, lexicon())) == types


def test_the_weights_are_words_and_pairs() -> None:
    """The reviewed file holds numbers for single words, pairs and what the reader sees: no stretch of any document."""
    lines = [line.split("\t") for line in WEIGHTS.read_text(encoding="utf-8").splitlines()[1:]]
    assert {line[0] for line in lines} == {"sentence", "whole", "second", "threshold"}
    assert max(line[1].count("_") for line in lines) <= 2
    assert {len(line) for line in lines if line[0] != "threshold"} == {2 + len(TARGETS)}


def test_the_fit_is_that_of_the_formula() -> None:
    """Without a ridge a logistic regression gives the observed odds; what does not go together has ratio 0."""
    rows = Rows.of([frozenset("a")] * 8 + [frozenset()] * 8, ["a"])
    labels = np.array([1.0] * 6 + [0.0] * 2 + [1.0] * 2 + [0.0] * 6)
    weights = logistic(rows, labels, np.ones(16), 1e-9, 100)
    assert weights == pytest.approx([2 * np.log(3), -np.log(3)], abs=0.05)
    assert ratio(np.array([[4.0]]), np.array([[8.0]]), np.array([8.0]), 16)[0, 0] == pytest.approx(0)
