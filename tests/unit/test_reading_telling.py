"""The model that finds incidents in sentences in which no rule does."""

from unittest import mock

import pytest

from schemas.taxonomy import ThreatType
from streams.reading import telling
from streams.reading.cues import Classes, Hit
from streams.reading.segment import sentences
from tests.unit.test_reading_reports import reading_of

ON_WEDNESDAY = "GOMA, March 13 (Reuter) - "


def test_the_weights_are_plain_and_sorted() -> None:
    """A feature a line, once, with whole hundredths for types that there are; what weighs nothing is left out."""
    bias, known = telling.weights()
    assert len(bias) == len(telling.KINDS) == len(ThreatType) + 1
    assert list(known) == sorted(known)
    assert all(row and all(weight and abs(weight) < 10 for _, weight in row) for row in known.values())


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
    features = telling.features(text, 0, len(text), [], [])
    assert seen <= features
    assert features.isdisjoint(unseen)


def test_a_site_and_a_cue_are_seen_by_kind() -> None:
    """A named facility is a site; of cues all classes but countries, so that no place weighs anything."""
    text = "Men came over the wall of Camp Taji there."
    hit = Hit(0, 3, "men", Classes({"p_who", "c_IQ"}))
    features = telling.features(text, 0, len(text), [hit], [(26, 35)])
    assert {"of <site>", "=p_who"} <= features
    assert features.isdisjoint({"camp", "=c_IQ"})


def test_what_rules_find_is_never_asked_about() -> None:
    """The model hears only of sentences in which no rule finds an event, and of no headline."""
    text = f"{ON_WEDNESDAY}Two rockets hit Goma airport on Tuesday night. The director went home."
    with mock.patch.object(telling, "told_between_the_lines", return_value=None) as asked:
        reading_of(text, title="Rockets hit airport")
    asked_about = [text[s.start : s.end] for s in (call.args[1] for call in asked.call_args_list) if not s.title]
    assert len(asked_about) == 1
    assert not any(call.args[1].title for call in asked.call_args_list)


def test_a_deed_in_words_of_its_own_is_raised() -> None:
    """A sentence that no rule knows tells an event of the type that the model says, and all of it is evidence."""
    sentence = "Forty men on motorcycles came out of the bush at Ngala hub on Tuesday night and left with the nurses."
    (told,) = sentences("", sentence)
    event = telling.told_between_the_lines(sentence, told, [], [(49, 58)])
    assert event is not None
    assert event.type is ThreatType.KIDNAPPING
    assert (event.start, event.end) == (told.start, told.end)


def test_a_weapon_that_is_named_goes_before_what_the_model_thinks() -> None:
    """Where a sentence has cues for weapons the type is among theirs."""
    sentence = "Forty men on motorcycles came out of the bush at Ngala hub on Tuesday night and left with the nurses."
    (told,) = sentences("", sentence)
    hit = Hit(0, 9, "forty men", Classes({"w_small_arms"}))
    event = telling.told_between_the_lines(sentence, told, [hit], [])
    assert event is not None
    assert event.type is ThreatType.SMALL_ARMS


@pytest.mark.parametrize(
    "sentence",
    [
        "The nurses left with the bus on Tuesday night and were home for supper.",
        "The base commander, who had been in Germany, was back at his desk on Tuesday.",
        "Traders at the gate of the hub sold melons, and the price of diesel went up again.",
        "A spokesman for the ministry declined to say how many people work at the port.",
    ],
)
def test_ordinary_sentences_are_not_raised(sentence: str) -> None:
    """What stands around incidents in reports."""
    (told,) = sentences("", sentence)
    assert telling.told_between_the_lines(sentence, told, [], []) is None
