"""The first look at a text: whether anything in it is worth reading on for."""

import pytest

from streams.reading.text.normal import fold
from tests.bench.reading_speed import QUIET
from tests.unit.reader import lexicon


def alarming(text: str) -> bool:
    """Whether a text is read on."""
    folded, cues = fold(text), lexicon().cues
    return cues.alarming(cues.scan(folded), folded)


def test_the_first_part_of_a_cue_alone_raises_no_alarm() -> None:
    """What may be said of anybody wakes nobody; with what was done to them it does, also some words later."""
    assert not alarming("The engineers had water before the school was opened.")
    assert alarming("The engineers were seized.")
    assert alarming("The engineers of a company that nobody here had heard of were, it seems, seized.")


@pytest.mark.parametrize("sentence", QUIET)
def test_the_news_of_a_quiet_day_is_let_go_at_once(sentence: str) -> None:
    """Most of what arrives: prices, schools, weather, ferries."""
    assert not alarming(sentence.format(month="March", day="Tuesday", town="Mosul", n=7))
