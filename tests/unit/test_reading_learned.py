"""What the learned models share: what they see of a sentence, and their tables."""

import pytest

from streams.reading.learned import STEM, Softmax, features, shares
from streams.reading.what import opinion, telling
from streams.reading.what.cues import Classes, Hit

MODELS = (telling.MODEL, opinion.TYPE, opinion.STATUS)


@pytest.mark.parametrize("model", MODELS)
def test_the_weights_are_plain_and_sorted(model: Softmax) -> None:
    """A feature a line, once, with whole hundredths for classes that there are; what weighs nothing is left out."""
    bias, known = model.weights
    assert len(bias) == len(model.classes)
    assert any(bias)
    assert list(known) == sorted(known)
    assert all(row and all(weight and abs(weight) < 1000 for _, weight in row) for row in known.values())


@pytest.mark.parametrize("model", MODELS)
def test_odds_are_the_sums_of_weights(model: Softmax) -> None:
    """However many features speak at once, negative weights among them."""
    bias, known = model.weights
    some = dict(sorted(known.items())[::40])
    sums = list(bias)
    for row in some.values():
        for kind, weight in row:
            sums[kind] += weight
    odds = model.odds(frozenset({*some, "a word that no table has"}))
    assert [o - odds[0] for o in odds] == [s - sums[0] for s in sums]


def test_chances_are_shares_of_what_odds_stand_for() -> None:
    """A class that is 100 hundredths likelier in logarithms is e times likelier."""
    one, other = shares([200, 100])
    assert one + other == pytest.approx(1)
    assert one / other == pytest.approx(2.718, abs=0.001)


@pytest.mark.parametrize(
    "text, seen, unseen",
    [
        ("Then Karim Hassan of Basra ran.", {"<name>", "then <name>", "ran"}, {"karim", "hassan", "basra"}),
        ("They came on Tuesday, 12 March.", {"<day>", "<number>", "on . <number>"}, {"tuesda", "march", "12"}),
        ('He said: "Somebody cut it."', {"somebo cut", '" somebo'}, {"<name>"}),
        ("NIL CAS among 40 POWs here", {"nil", "cas", "nil cas"}, {"<name> <name>"}),
        ("Too short this", set(), {"too"}),
    ],
)
def test_what_is_seen_of_a_sentence(text: str, seen: set[str], unseen: set[str]) -> None:
    """Beginnings of words and their neighbours; names, days and numbers only as such, since each text has its own."""
    found = features(text, 0, len(text), [], [])
    assert seen <= found
    assert found.isdisjoint(unseen)
    assert all(len(word) <= max(STEM, len("<number>")) for feature in found for word in feature.split())


def test_a_site_and_a_cue_are_seen_by_kind() -> None:
    """A named facility is a site; of cues all classes but countries, so that no place weighs anything."""
    text = "Men came over the wall of Camp Taji there."
    hit = Hit(0, 3, "men", Classes({"p_who", "c_IQ"}))
    found = features(text, 0, len(text), [hit], [(26, 35)])
    assert {"of <site>", "=p_who"} <= found
    assert found.isdisjoint({"camp", "=c_IQ"})
