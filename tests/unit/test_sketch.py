"""A sketch tells copies of one text."""

import pytest

from streams.sketch import SIZE, similarity, sketch

WIRE = (
    "A drone struck the fuel store of a base near the river late on Monday, two officials said. "
    "Nobody was hurt. The fire was out within the hour and the base went on with its work. "
    "It was the third such attack this month; no group has said that it was behind it."
)


@pytest.mark.parametrize(
    "other, low, high",
    [
        (WIRE, 1.0, 1.0),
        (WIRE.upper().replace(",", " --"), 1.0, 1.0),
        ("RIVERTON (Agencies) - " + WIRE, 0.8, 1.0),
        (WIRE.replace(" Nobody was hurt.", "").replace(" said", " told reporters"), 0.4, 0.95),
        (
            "Talks on the budget went on in the capital, where ministers met for a second day behind closed doors.",
            0,
            0.1,
        ),
        ("", 0, 0),
        ("!?", 0, 0),
    ],
)
def test_copies_are_alike(other: str, low: float, high: float) -> None:
    """Copies with light edits are alike, other texts are not, and an empty text is like nothing."""
    assert low <= similarity(sketch(WIRE), sketch(other)) <= high


@pytest.mark.parametrize("text", ["Boom", "Two words", "Now three words", WIRE * 50])
def test_every_text_with_a_word_has_a_whole_sketch(text: str) -> None:
    """However short or long the text, its sketch has the same size and 32 bits each."""
    made = sketch(text)
    assert len(made) == SIZE
    assert all(0 <= h < 2**32 for h in made)


def test_nothing_is_like_nothing() -> None:
    """Two empty texts are no copies of each other."""
    assert similarity(sketch(""), sketch("")) == 0
