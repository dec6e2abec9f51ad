"""The model that finds incidents in sentences in which no rule does."""

from unittest import mock

import pytest

from schemas.taxonomy import ThreatType
from streams.reading.what import telling
from streams.reading.what.cues import Classes, Hit
from tests.unit.test_reading_reports import reading_of

ON_WEDNESDAY = "GOMA, March 13 (Reuter) - "


def test_the_weights_are_plain_and_sorted() -> None:
    """A feature a line, once, with whole hundredths for types that there are; what weighs nothing is left out."""
    bias, known = telling.weights()
    assert len(bias) == len(telling.KINDS) == len(ThreatType) + 1
    assert list(known) == sorted(known)
    assert all(row and all(weight and abs(weight) < 1000 for _, weight in row) for row in known.values())


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


@pytest.mark.parametrize(
    "deed, type_, site",
    [
        (
            "A tractor found with its front wheel what somebody had buried in the track to Camp Taji on Monday.",
            ThreatType.IED,
            "iq-camp-taji",
        ),
        (
            "Sixty men with rifles came up the road to Ngala hub on motorcycles on Tuesday night, their lights off.",
            ThreatType.GROUND_ASSAULT,
            "ng-ngala-humanitarian-hub",
        ),
        (
            "Nobody at Erbil airport can say who had unscrewed the rails of the fuel siding on Monday night.",
            ThreatType.SABOTAGE,
            "iq-erbil-international-airport",
        ),
    ],
)
def test_a_deed_in_words_of_its_own_is_raised(deed: str, type_: ThreatType, site: str) -> None:
    """A sentence that no rule knows tells an event of the type that the model says, and all of it is evidence."""
    with mock.patch.object(telling, "told_between_the_lines", return_value=None):
        assert reading_of(deed)[1] == ()
    _, (mention,) = reading_of(deed)
    assert (mention.threat_type, mention.facility_id) == (type_, site)
    assert [(s.start, s.end) for s in mention.evidence if s.axis == "core"] == [(1, 1 + len(deed))]


def test_a_weapon_that_is_named_goes_before_what_the_model_thinks() -> None:
    """Where a sentence has cues for weapons the type is among theirs, however likely another is."""
    odds = [900 if kind == ThreatType.KIDNAPPING.value else 0 for kind in telling.KINDS]
    with mock.patch.object(telling, "weigh", return_value=odds):
        _, (mention,) = reading_of("The rockets were there for all to see at the airport in Erbil on Tuesday night.")
    assert mention.threat_type is ThreatType.ROCKET


def test_an_event_that_is_plainly_told_outweighs_doubt() -> None:
    """What the other model would set aside stays where this one is sure."""
    text = f"{ON_WEDNESDAY}Two rockets hit Goma airport on Tuesday night."
    for sure, asides in ((0.99, []), (0.0, ["earnest.doubtful"])):
        with (
            mock.patch.object(telling, "chance", return_value=sure),
            mock.patch("streams.reading.meant.earnest.doubts", return_value=True),
        ):
            reading, mentions = reading_of(text)
        assert len(mentions) == (not asides)
        assert [a.rule for a in reading.set_aside] == asides


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
    _, mentions = reading_of(f"MAIDUGURI, Nigeria, March 13 (Reuter) - {sentence}")
    assert mentions == ()
