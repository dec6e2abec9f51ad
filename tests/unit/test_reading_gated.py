"""The prefilter of the grammars' expressions never changes what is found."""

import json
import re
import sys
from functools import cache
from re import _parser as parser  # type: ignore[attr-defined]  # the parser of `re` has no public name

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.reading.text import gated, prefilter
from tests.unit.reader import GOLDEN


@cache
def grammars() -> tuple[gated.Pattern, ...]:
    """Every expression that the reader's modules hold."""
    modules = [m for name, m in sorted(sys.modules.items()) if name.startswith("streams.reading")]
    found = {id(p): p for m in modules for p in vars(m).values() if isinstance(p, gated.Pattern)}
    return tuple(found.values())


@cache
def stretches() -> tuple[str, ...]:
    """Sentences of our own reports."""
    texts = [json.loads(line)["report"]["text"] for line in (GOLDEN / "reports.jsonl").read_text().splitlines()]
    return tuple(s for text in texts for s in re.split(r"(?<=[.\n])\s*", text) if s)


@cache
def plainly(pattern: gated.Pattern) -> re.Pattern[str]:
    """The expression as `re` itself compiles it."""
    return re.compile(pattern.pattern, pattern.flags)


def agrees(pattern: gated.Pattern, text: str) -> bool:
    """Whether the gated expression finds what the plain one does: first, all, and at the start."""
    return told(pattern, text) == told(plainly(pattern), text)


def told(pattern: gated.Pattern | re.Pattern[str], text: str) -> list[object]:
    """What an expression finds in a text."""
    found = [pattern.search(text), pattern.match(text), *pattern.finditer(text)]
    return [m and (m.span(), m.groups(), m.lastgroup) for m in found]


@pytest.mark.parametrize(
    "pattern, flags, literals",
    [
        (r"\b(?:killed|wounded) (?:\w+ )?by", 0, [{"killed ", "wounded "}]),
        (
            r"\b(?:guards?|police)\b[^.]{0,40}\b(?:shot|were caught)\b",
            0,
            [{"guard", "guards", "police"}, {"shot", "were caught"}],
        ),
        (r"\b(?:was|were) \w+ (?:shot|hit)", 0, [{" shot", " hit"}]),
        (r"(?:was|were) \w+", 0, []),
        (r"(?:shot|hit)\b.*\bwith \w+|opened fire", 0, [{"shot", "hit", "opened fire"}]),
        (r"kill|dead|[Cc]as|CAS", 0, [{"kill", "dead", "cas"}]),
        (r"colou?r\w*", re.IGNORECASE, [{"colour", "color"}]),
        (r"(?:ab|cd){2,}efgh", 0, [{"efgh"}]),
        (r"(?:quarter )?(?:past|to) \d", 0, [{"0"}]),
        (r"(?=never)\w+", 0, []),
        (r"\w+ing?", 0, []),
        (r"é\w+é", 0, []),
        (r"rocket|\w+", 0, []),
    ],
)
def test_the_literals_of_an_expression(pattern: str, flags: int, literals: list[set[str]]) -> None:
    """One of each set stands in every match, the rare rather than the common; where there are none it is always run."""
    assert list(prefilter.literals(parser.parse(pattern, flags))) == literals


def test_every_grammar_finds_the_same_with_and_without_the_sieve() -> None:
    """On sentences of reports each expression finds what it finds without the prefilter, and most are held back."""
    assert len(grammars()) > 50
    assert [(p.pattern, s) for p in grammars() for s in stretches() if not agrees(p, s)] == []


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_any_text_is_searched_as_without_the_sieve(data: st.DataObject) -> None:
    """On texts that an expression itself generates, in odd case and with odd neighbours, nothing is lost."""
    pattern = data.draw(st.sampled_from(grammars()))
    text = data.draw(st.from_regex(plainly(pattern)))
    for cased in (text, text.upper(), text.lower(), text.title()):
        assert agrees(pattern, cased)


@pytest.mark.parametrize("text", ["MIſſile", "STRIKE", "mıssıle", "strİke", "\u212aill"])
def test_letters_that_match_whatever_their_case(text: str) -> None:
    """Letters that equal others only when case is ignored do not slip past."""
    assert all(agrees(gated.compile(w, re.IGNORECASE), text) for w in ("missile", "strike", "kill"))


def test_several_are_asked_at_once_as_each_alone() -> None:
    """Of all expressions together the same match, in the same order and at the same places."""
    each = grammars()
    every = gated.AnyOf(*each)
    for s in stretches():
        found = [(n, m.span()) for n, m in every.finditer(s, 0, len(s))]
        assert found == [(n, m.span()) for n, p in enumerate(each) for m in plainly(p).finditer(s)]
        assert every.match_in(s) == bool(found)


@pytest.mark.parametrize("text", ["\n".join(stretches()), "İ " + "\n".join(stretches()[:20])], ids=["plain", "longer"])
def test_a_stretch_of_the_text_being_read_is_searched_as_any_other(text: str) -> None:
    """The literals found once in a whole report tell of its stretches what a pass over each would."""
    try:
        gated.attend(text)
        spans = [m.span() for m in re.finditer(r"[^.\n]+", text)]
        lost = [
            (p.pattern, text[a:b])
            for p in grammars()
            for a, b in spans
            if bool(p.search(text, a, b)) != bool(plainly(p).search(text, a, b)) or not agrees(p, text[a:b])
        ]
        assert lost == []
    finally:
        gated.attend("")
