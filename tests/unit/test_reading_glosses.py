"""Translators' notes: what a word stands for is read in its place."""

import pytest

from streams.reading.page.edits import Page
from streams.reading.page.glosses import glosses
from tests.unit.reader import reading_of


def read_as(text: str, title: str = "") -> str:
    """Return a text as it is read."""
    return Page.of(text).edited(glosses(title, text)[1]).text


@pytest.mark.parametrize(
    "text, anew",
    [
        ("One drone was landed (= shot down, tr.) over the forest.", "One drone was landed shot down over the forest."),
        ("by a marching aircraft [masira: drone - Tr.], it hit", "by a marching aircraft drone, it hit"),
        ("the occupation [i.e. the US presence - Transl.] left", "the occupation the US presence left"),
        ('They landed two.\n[TN: "landed" = shot down]', "They shot down two.\n"),
        ("Landed two. [Tr.: “landed” means “shot down”.] It landed.", "shot down two.  It shot down."),
        ('Two martyred. {Note: "martyred" is the usual term for killed.}', "Two killed. "),
        ("The palace shook. {Note: Villa Somalia is meant by 'palace'.}", "The Villa Somalia shook. "),
        ('A crew [translated automatically: "taqm", vehicle] burned.', "A crew  burned."),
        ('/Note: "plant" here is niroogah./\nThe plant stands.', "\nThe plant stands."),
    ],
)
def test_a_note_says_what_a_word_stands_for(text: str, anew: str) -> None:
    """In brackets of any kind, at the word or apart from it, in a translator's ways to sign it."""
    assert read_as(text) == anew


@pytest.mark.parametrize(
    "text",
    [
        f"[Tr.: a daily = Shimal. {'Its editor was shot, and two of his men were killed in a raid. ' * 2}] Calm.",
        'The minister (a "hawk") spoke. Two rockets [122 mm] fell.',
        'He said "landed" = "shot down" to him. No translator was there.',
        "Two rockets (translated by volunteers) fell.",
    ],
)
def test_what_explains_no_word_is_read(text: str) -> None:
    """A note that tells more, brackets of the author, what stands in no bracket."""
    assert read_as(text) == text


def test_a_word_in_odd_letters_is_explained_as_well() -> None:
    """What a case-blind expression takes for the word explained is that word."""
    assert read_as('They miſsed one. [TN: "missed" = shot down]').strip() == "They shot down one."


def test_what_is_read_points_into_the_text_that_came() -> None:
    """The evidence holds the translator's word, not what it stands for."""
    text = 'On Monday they landed a drone near Aden airport. [TN: "landed" = shot down]'
    (mention,) = reading_of(text, title="They landed one")[1]
    assert mention.status.value == "intercepted"
    assert mention.quote == "On Monday they landed a drone near Aden airport."
