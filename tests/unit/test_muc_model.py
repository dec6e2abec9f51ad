"""The model of the MUC bench: its weights load, and tell invented documents apart."""

from dataclasses import replace

import numpy as np
import pytest

from tests.bench.lbfgs import minimise
from tests.bench.muc_features import features
from tests.bench.muc_model import TYPES, WEIGHTS, Floats, Linear, Model, load_model
from tests.bench.train_muc import Pooled, Rows, Task, logistic, ratio
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
    assert {line[0] for line in lines} == {"sentence", "whole", "threshold"}
    assert max(line[1].count("_") for line in lines) <= 2
    assert {len(line) for line in lines} == {2 + len(TYPES)}


def test_a_sentence_shows_who_did_what_and_when() -> None:
    """Voice, parties and agent of a deed; the age of a date by the dateline, a day ahead being last year's."""
    seen = features(
        HEAD + "THE MAYOR WAS KILLED BY TERRORISTS ON 20 FEBRUARY.  A BOMB EXPLODED ON 24 DECEMBER.", lexicon()
    )
    first, second = seen.sentences
    assert {"OFFICIAL|KILL|passive|by|REBEL", "KILL|by|REBEL", "age:4-14", "age:4-14&KILL", "after:BOMB"} <= first
    assert {"BOMB|active", "age:63-119", "before:KILL"} <= second
    assert not {"before:KILL", "age:63-119"} & first


def test_a_document_tells_what_any_sentence_tells() -> None:
    """Odds of sentences add up; what the document as a whole says is added to their logarithm."""
    weights = {"bomb": np.eye(len(TYPES))[1] * 3, "": np.full(len(TYPES), -2.0)}
    model = Model(Linear(weights), Linear({"": np.full(len(TYPES), 0.5)}), np.zeros(len(TYPES)))
    seen = features(HEAD + "A BOMB EXPLODED.  ANOTHER BOMB EXPLODED.  COFFEE WAS SERVED.", lexicon())
    assert model.odds(seen)[1] == pytest.approx(np.log(2 * np.exp(3 - 2) + np.exp(-2)) + 0.5)
    assert model.odds(seen)[0] == pytest.approx(np.log(3) - 1.5)
    assert model.types(seen) == ["BOMBING"]


def test_the_fit_is_that_of_the_formula() -> None:
    """Without a ridge a logistic regression gives the observed odds; what does not go together has ratio 0."""
    rows = Rows.of([frozenset("a")] * 8 + [frozenset()] * 8, ["a"])
    signs = np.array([1.0] * 6 + [-1.0] * 2 + [1.0] * 2 + [-1.0] * 6)

    def loss(w: Floats) -> tuple[float, Floats]:
        value, slope = logistic(rows.product(w), signs, np.ones(16))
        return value, rows.transposed(slope)

    assert minimise(loss, 2) == pytest.approx([2 * np.log(3), -np.log(3)], abs=0.05)
    assert ratio(np.array([[4.0]]), np.array([[8.0]]), np.array([8.0]), 16)[0, 0] == pytest.approx(0)


def test_a_word_is_learned_from_documents_alone() -> None:
    """Which sentence of a document tells the event need not be said; the gradient is that of the loss."""
    telling, idle = frozenset({"bomb"}), frozenset({"coffee"})
    documents = [(idle, telling, idle), (idle, idle, idle), (telling, idle), (idle, idle)] * 5
    sentences = [s for d in documents for s in d]
    pooled = Pooled(
        Rows.of(sentences, ["bomb", "coffee"]), Rows.of([frozenset()] * 20, []), [len(d) for d in documents]
    )
    task = Task(np.array([1.0, -1.0, 1.0, -1.0] * 5), np.ones(20), np.full(50, -1.0), np.zeros(50))
    bomb, coffee, *_ = weights = pooled.fit(task)
    assert bomb > 3
    assert coffee < 0
    task = replace(task, sentence_weights=np.full(50, 0.3))
    _, gradient = pooled.loss(weights, task)
    for step, along in zip(np.eye(len(weights)) * 1e-5, gradient, strict=True):
        difference = pooled.loss(weights + step, task)[0] - pooled.loss(weights - step, task)[0]
        assert difference / 2e-5 == pytest.approx(along, abs=1e-4)
