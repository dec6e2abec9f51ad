"""The model that decides whether an event is told in earnest."""

from unittest import mock

import pytest

from streams.reading.meant import earnest
from streams.reading.what import telling
from tests.unit.reader import reading_of

RAID = "GOMA, March 13 (Reuter) - Two rockets hit Goma airport on Tuesday night."
PAST = "GOMA, March 13 (Reuter) - In March 2009 two rockets hit Goma airport and wounded a porter."
MORE = " Rain fell on the lake. Ferries were late. Traders sold charcoal from the quay. Schools were open."
"""Makes a report of what was a flash."""


def test_the_weights_are_plain_and_reviewed() -> None:
    """Every weight is a whole number of hundredths of a feature's name, and none outweighs everything else."""
    known = earnest.weights()
    assert "" in known
    assert list(known) == sorted(known)
    assert all(abs(w) < 500 for w in known.values())


def test_news_weighs_more_than_recollection() -> None:
    """What is told of last night in a wire is likelier than what the rules hold for the past."""
    news = {"kind=wire", "type=uas", "status=executed", "when=2", "at=0", "named", "drone", "struck", "overni"}
    essay = {"kind=news", "type=uas", "status=executed", "when=-1", "past", "verdict=historical", "old-year", "at=4"}
    assert earnest.probability(news) > 3 * earnest.probability(essay)


@pytest.mark.parametrize(
    "chance, more, rule",
    [
        (0.99, MORE, None),
        (1.01 * earnest.DOUBTFUL_IF_FIRST, MORE, None),
        (0.99 * earnest.DOUBTFUL_IF_FIRST, MORE, "earnest.doubtful"),
        (0.9 * earnest.DOUBTFUL, "", None),
        (0.0, "", "earnest.doubtful"),
    ],
)
def test_a_doubtful_event_is_set_aside_visibly(chance: float, more: str, rule: str | None) -> None:
    """What the model doubts stands in the receipt with its rule; of a flash the rules know more."""
    with mock.patch.object(earnest, "chance", return_value=chance), mock.patch.object(telling, "WORTH_A_LOOK", 1.0):
        reading, mentions = reading_of(RAID + more)
    assert len(mentions) == (rule is None)
    assert [a.rule for a in reading.set_aside] == ([] if rule is None else [rule])


@pytest.mark.parametrize("chance, mentions", [(1.01 * earnest.DOUBTFUL, 2), (0.99 * earnest.DOUBTFUL, 1)])
def test_what_follows_an_incident_may_be_less_likely(chance: float, mentions: int) -> None:
    """The first decides whether a report is quiet; one that tells of an incident may tell of another."""
    told = f"{RAID}{MORE}\n\nOn Wednesday gunmen opened fire on the guard post at Bunia airport and wounded a cook."
    chances = mock.patch.object(earnest, "chance", side_effect=lambda s, *_: chance if s.drafts else 0.99)
    with chances, mock.patch.object(telling, "WORTH_A_LOOK", 1.0):
        assert len(reading_of(told)[1]) == mentions


@pytest.mark.parametrize(
    "chance, more, mentions",
    [(0.99 * earnest.OVERRULES, MORE, 0), (1.01 * earnest.OVERRULES, MORE, 1), (1.01 * earnest.OVERRULES, "", 0)],
)
def test_a_verdict_is_overruled_by_near_certainty_only(chance: float, more: str, mentions: int) -> None:
    """What the rules set aside becomes an incident where the model is surer than they are, but not in a flash."""
    with mock.patch.object(earnest, "chance", return_value=chance), mock.patch.object(telling, "WORTH_A_LOOK", 1.0):
        reading, found = reading_of(PAST + more)
    assert len(found) == mentions
    assert bool(reading.set_aside) == (mentions == 0)


def test_what_is_likely_needs_no_day() -> None:
    """No day is told of what happened within the last: what the model holds for likely is no background for that."""
    undated = f"{MORE} Insurance is dear on the coast. Gunmen opened fire on the guard post at Goma airport."
    with mock.patch.object(earnest, "chance", return_value=0.5), mock.patch.object(telling, "WORTH_A_LOOK", 1.0):
        assert len(reading_of(undated)[1]) == 1
        with mock.patch.object(earnest, "stands_alone", return_value=False):
            reading, found = reading_of(undated)
    assert (found, [a.rule for a in reading.set_aside]) == ((), ["modality.undated"])


@pytest.mark.parametrize("chance, types", [(0.99, {"rocket", "missile"}), (0.99 * earnest.AFRESH, {"rocket"})])
def test_what_is_sure_of_itself_tells_no_incident_of_another_type_again(chance: float, types: set[str]) -> None:
    """The missile may be another telling of the rocket, or an incident of its own, which the model knows."""
    told = f"{RAID} The missile struck the airport at night and burned a hangar.{MORE}"
    with mock.patch.object(earnest, "chance", return_value=chance), mock.patch.object(telling, "WORTH_A_LOOK", 1.0):
        _, found = reading_of(told)
    assert {m.threat_type.value for m in found} == types


@pytest.mark.parametrize("chance, mentions", [(1.01 * earnest.OVERRULES, 1), (0.99 * earnest.OVERRULES, 0)])
def test_what_is_all_but_certain_is_not_taken_back(chance: float, mentions: int) -> None:
    """Words that may take an incident back may also tell how harmless it was: the model has read them too."""
    text = f"Two men climbed the wall of Goma airport on Tuesday night. No shots were fired.{MORE}"
    with mock.patch.object(earnest, "chance", return_value=chance), mock.patch.object(telling, "WORTH_A_LOOK", 1.0):
        reading, found = reading_of(text)
    assert len(found) == mentions
    assert [a.rule for a in reading.set_aside] == (["denials.taken-back"] if not mentions else [])


def test_what_names_no_weapon_is_told_all_the_same() -> None:
    """Words that name no weapon, and belong to no incident told before, tell one all the same."""
    text = f"{RAID}{MORE}\n\nFerries go again.\n\nAn attack at Mute on Sunday night left six farmers dead."
    with mock.patch.object(earnest, "chance", return_value=0.5), mock.patch.object(telling, "WORTH_A_LOOK", 1.0):
        assert len(reading_of(text)[1]) == 2
        with mock.patch.object(earnest, "stands_alone", return_value=False):
            assert len(reading_of(text)[1]) == 1


def test_each_line_of_a_list_tells_an_incident_of_its_own() -> None:
    """What fills a line of a list is new, be it of the kind of the line before; in a paragraph it is told again."""
    lines = ("A skiff was hijacked off Brass.", "Armed men boarded a tanker at sea.", "Mail late.", "Fog.", "Rain.")
    with mock.patch.object(earnest, "chance", return_value=0.5), mock.patch.object(telling, "WORTH_A_LOOK", 1.0):
        assert len(reading_of("\n".join(lines))[1]) == 2
        assert len(reading_of(" ".join(lines))[1]) == 1


def test_what_stands_around_an_event_is_seen() -> None:
    """The headline, the sentences beside it, its place in the report, and what the rules have against it."""
    with mock.patch.object(earnest, "probability", return_value=0.99) as asked:
        reading_of(f"{PAST} The porter lives in Goma today.", kind="news", title="Goma remembers the rockets")
    seen = asked.call_args_list[0].args[0] | asked.call_args_list[-1].args[0]
    assert {"kind=news", "verdict=historical", "old-year", "headline:rememb", "shares:rocket"} <= seen
    assert {
        "behind:lives",
        "paragraph:lives",
        "in-paragraph=0/2",
        "paragraph=0",
        "c:hit goma",
        "-:two",
        "+:hit",
    } <= seen


@pytest.mark.parametrize(
    "text",
    [
        "The clinic has two nurses. Rockets hit a shed. Its roof is of tin.",
        "Gunmen attacked. Nobody knows more.",
        "The attack was loud. Everybody slept on.",
    ],
)
def test_what_nothing_stands_for_is_set_aside_visibly(text: str) -> None:
    """What names no site, place or day, and belongs to nothing told, stands in the receipt with its rule."""
    reading, mentions = reading_of(text)
    assert mentions == ()
    assert [a.rule for a in reading.set_aside] == ["earnest.unanchored"]
