"""The model that finds incidents in sentences in which no rule does."""

from unittest import mock

import pytest

from schemas.taxonomy import ThreatType
from streams.reading.meant import earnest
from streams.reading.what import opinion, telling
from tests.unit.reader import reading_of

ON_WEDNESDAY = "GOMA, March 13 (Reuter) - "


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
    with (
        mock.patch.object(telling.MODEL, "odds", return_value=odds),
        mock.patch.multiple(earnest, chance=mock.Mock(return_value=1.0), stands_alone=mock.Mock(return_value=True)),
        mock.patch.object(opinion, "revise"),
    ):
        _, (mention,) = reading_of("The rockets were there for all to see at the airport in Erbil on Tuesday night.")
    assert mention.threat_type is ThreatType.ROCKET


def test_a_sentence_that_hardly_tells_anything_is_not_looked_at() -> None:
    """Below the least chance no event is made of it, whatever `earnest` would say."""
    deed = "A tractor found with its front wheel what somebody had buried in the track to Camp Taji on Monday."
    odds = [900 if kind == telling.NOTHING else 0 for kind in telling.KINDS]
    with mock.patch.object(telling.MODEL, "odds", return_value=odds):
        assert reading_of(deed)[1] == ()


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
