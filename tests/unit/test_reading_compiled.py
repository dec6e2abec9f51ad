"""What machine code finds is what `re` finds, and what is too much for it is left to `re`."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.reading.text import compiled
from streams.reading.text.compiled import Finder

KINDS = (r"\w", r"\W", r"\d", r"\D", r"\s", r"\S", r".", r"[^\w]", r"[^\W\d_]", r"[\s\w]", r"[^a-z]", r"\ba", r"a\b")
"""Kinds of characters, each of which PCRE2 knows by tables of its own."""


def finder(pattern: str, flags: int = 0) -> Finder:
    """An expression with machine code beside it."""
    return Finder(pattern, flags, least=int(re.compile(pattern, flags).match("") is None))


def spans(pattern: Finder | re.Pattern[str], text: str, *stretch: int) -> list[tuple[int, int]]:
    """Where an expression matches."""
    return [m.span() for m in pattern.finditer(text, *stretch)]


@pytest.mark.parametrize("flags", [0, re.IGNORECASE])
@pytest.mark.parametrize("pattern", KINDS)
def test_every_character_is_of_the_kinds_that_re_knows(pattern: str, flags: int) -> None:
    """Of each character that is written as a byte, alone and among others, and of spaces that only `re` knows."""
    ours, theirs = finder(pattern, flags), re.compile(pattern, flags)
    texts = [around.format(chr(n)) for n in (*range(256), *map(ord, compiled._SIGNS)) for around in AROUND]
    assert [t for t in texts if spans(ours, t) != spans(theirs, t)] == []


AROUND = ("{0}, and so on", "of a{0}a and more", "the end is - {0}")


def test_letters_have_the_cases_that_re_knows() -> None:
    """For each pair of characters that are written as bytes."""
    letters = [c for c in compiled._ALPHABET if c != compiled._NONE]
    text = "".join(letters)
    wrong = [
        c
        for c in letters
        if spans(finder(re.escape(c), re.IGNORECASE), text) != spans(re.compile(re.escape(c), re.IGNORECASE), text)
    ]
    assert wrong == []


@given(st.text(alphabet=st.one_of(st.sampled_from("aäÄ'’ \x1f\n\u2003ſKé…ш"), st.characters()), min_size=13), st.data())
def test_any_stretch_of_any_text_is_searched_as_by_re(text: str, data: st.DataObject) -> None:
    """Also where the stretch is cut inside a word, and where a character cannot be written as a byte."""
    low = data.draw(st.integers(0, len(text)))
    high = data.draw(st.integers(0, len(text) + 3))
    for pattern in (r"\b[aä]\w*", r"(?<=\s)\S+(?!\w)", r"^.+$", r"\s*(?P<one>k|s)?"):
        ours, theirs = finder(pattern, re.IGNORECASE), re.compile(pattern, re.IGNORECASE)
        assert spans(ours, text, low, high) == spans(theirs, text, low, high)
        found, plain = ours.search(text, low, high), theirs.search(text, low, high)
        assert (found and found.groups()) == (plain and plain.groups())


def test_what_is_too_much_for_machine_code_is_left_to_re() -> None:
    """A text on which its stack runs out."""
    text = "ab" * 50_000 + "c"
    found = finder(r"(?:(a)|(b)|[ab])*c").search(text)
    assert found is not None
    assert found.span() == (0, len(text))


def test_what_has_no_machine_code_is_left_to_re() -> None:
    """Letters that are no bytes; what may match nothing; the end, about which opinions differ."""
    for pattern in ("[Ѐ-ӿ]+", "a*", r"a\Z"):
        ours, theirs = finder(pattern), re.compile(pattern)
        for text in ("from Kyiv, aa", "from Kyïv, aa", "Из Киева, aa"):
            assert spans(ours, text) == spans(theirs, text)
        assert ours._ascii is None


def test_machine_code_is_made_when_a_text_asks_for_it() -> None:
    """Once for texts in ASCII, and once for others; an expression that is never asked costs nothing."""
    found = finder(r"\w+ier")
    assert found._ascii is found._latin is compiled._UNSEEN
    assert spans(found, "a soldier and a courier") == [(2, 9), (16, 23)]
    made = found._ascii
    assert made not in (None, compiled._UNSEEN)
    assert found._latin is compiled._UNSEEN
    assert spans(found, "a soldier and a Légier") == [(2, 9), (16, 22)]
    assert found._ascii is made
    assert found._latin not in (None, compiled._UNSEEN)
