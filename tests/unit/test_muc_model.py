"""The model of the MUC bench: its weights load, and tell invented documents apart."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.bench.lbfgs import minimise
from tests.bench.muc_features import features
from tests.bench.muc_memory import TYPES, Floats, Memory, Told, remember, terms
from tests.bench.muc_model import SHARPNESS, WEIGHTS, Linear, Model, Text, decide, load_model
from tests.bench.train_muc import Pooled, Rows, Task, folds, logistic, ratio, written
from tests.unit.reader import lexicon

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
    assert {line[0] for line in lines} == {"sentence", "whole", "scale", "document", "term"}
    assert max(line[1].count("_") for line in lines) <= 2
    assert {len(line) for line in lines if line[0] in ("sentence", "whole", "scale")} == {2 + len(TYPES)}
    assert all(number.isdigit() for line in lines if line[0] == "term" for number in line[2:])


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
    """Odds of sentences are pooled, the likeliest first; what the document as a whole says is added."""
    weights = {"bomb": np.eye(len(TYPES))[1] * 3, "": np.full(len(TYPES), -2.0)}
    text = Text(Linear(weights), Linear({"": np.full(len(TYPES), 0.5)}))
    seen = features(HEAD + "A BOMB EXPLODED.  ANOTHER BOMB EXPLODED.  COFFEE WAS SERVED.", lexicon())
    pooled = np.log(2 * np.exp(SHARPNESS * (3 - 2)) + np.exp(SHARPNESS * -2)) / SHARPNESS
    assert text.odds(seen)[1] == pytest.approx(pooled + 0.5)
    assert text.odds(seen)[0] == pytest.approx(np.log(3) / SHARPNESS - 1.5)


def test_what_is_likely_is_told_and_the_likeliest_where_any_is() -> None:
    """Two chances of .39 make it likely that either is told; one does not."""
    odds = np.full(len(TYPES), -9.0)
    odds[[1, 3]] = 0.1, 0.0
    assert decide(odds) == ["BOMBING", "ARSON"]
    odds[[1, 3]] = np.log(0.39 / 0.61), np.log(0.38 / 0.62)
    assert decide(odds) == ["BOMBING"]
    odds[3] = -9.0
    assert decide(odds) == []


def _memory() -> Memory:
    """Three documents of a murder by the sea, three of a harvest, all of one day but the last of each."""
    day, later = 726_000, 726_060
    murder, harvest = ["Almeida was murdered at the lighthouse."], ["The coffee harvest of Zamora was praised."]
    told = [Told(d, frozenset({"ATTACK"}), frozenset(), terms(murder)) for d in (day, day, later)]
    quiet = [Told(d, frozenset(), frozenset({"ARSON"}), terms(harvest)) for d in (day, day, later)]
    return remember([*((murder, t) for t in told), *((harvest, t) for t in quiet)])


def test_a_document_tells_what_documents_of_its_day_told() -> None:
    """What is mentioned of a remembered incident counts, the less the longer ago, and not by the document itself."""
    memory, mention = _memory(), ["The minister spoke of Almeida and the lighthouse."]
    near, far = memory.odds(mention, 726_001)[0], memory.odds(mention, 726_400)[0]
    assert near > far > memory.odds(["The harvest of Zamora."], 726_001)[0]
    assert near > memory.odds(mention, None)[0] > far
    assert memory.odds(["Nothing shared"], 726_001) == pytest.approx(memory.odds([], None))
    both = Memory.of([memory.documents[0], memory.documents[3]], memory.counts)
    assert both.odds(mention, 726_001)[0] > 1
    assert both.odds(mention, 726_001, but=0)[0] < 0


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    """Weights, scales and memory survive the file."""
    text = Text(Linear({"bomb": np.arange(5) / 4, "": np.zeros(5)}), Linear({"": np.full(5, -0.25)}))
    model = Model(text, _memory(), np.arange(15.0).reshape(3, 5))
    (tmp_path / "weights.tsv").write_text(written(model), encoding="utf-8")
    again = load_model(tmp_path / "weights.tsv")
    assert written(again) == written(model)
    seen = features(HEAD + "ALMEIDA WAS MURDERED BY A BOMB AT THE LIGHTHOUSE.", lexicon())
    assert again.odds(seen).tolist() == model.odds(seen).tolist()


def test_folds_part_the_documents() -> None:
    """Each document is in one fold, and never among those that it is judged by."""
    parts = folds(13)
    assert sorted(n for own, _ in parts for n in own) == list(range(13))
    assert all(sorted([*own, *rest]) == list(range(13)) for own, rest in parts)


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
