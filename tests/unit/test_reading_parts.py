"""The parts of reading, each by a table: folding, sentences, language, times, effects, places."""

import itertools
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from streams.reading.text.normal import fold
from streams.reading.text.segment import clauses, sentences
from streams.reading.when import times
from streams.reading.when.clock import Clock

BAGHDAD = ZoneInfo("Asia/Baghdad")
PUBLISHED = datetime(2024, 3, 13, 10, 10, tzinfo=UTC)  # a Wednesday, 13:10 in Baghdad
CLOCK = Clock(PUBLISHED, BAGHDAD)


@pytest.mark.parametrize(
    "text, folded",
    [
        ("U.S. troops", "us troops"),
        ("al-Asad’s base", "al asad base"),
        ("dro\u200bne", "drone"),
        ("Hass\u0430ke", "hassake"),
        ("Café", "cafe"),
        ("<b>rocket</b>", "rocket"),
    ],
)
def test_folding_undoes_what_hides_a_word(text: str, folded: str) -> None:
    """Dots, possessives, zero-width characters, look-alikes, accents and tags do not hide a word."""
    assert fold(text).text == folded


def test_folded_positions_lead_back() -> None:
    """A folded span leads back to the characters it came from."""
    text = "The U.S. base, “al-Asad”, was hit."
    folded = fold(text)
    at = folded.text.index("al asad")
    start, end = folded.span(at, at + len("al asad"))
    assert text[start:end] == "al-Asad"


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("The U.S. base was hit. Nobody was hurt.", 2),
        ("It came at 10 p.m. on Monday. Gen. Smith spoke.", 2),
        ("One line\nAnother line", 2),
        ("It rose to 2.5 km. No. 3 fell.", 2),
    ],
)
def test_sentences_end_where_they_end(text: str, wanted: int) -> None:
    """Abbreviations, times and numbers do not end a sentence; line ends do."""
    assert len(sentences("", text)) == wanted


def test_lettered_lines_are_one_passage() -> None:
    """The lines of a SALUTE report are read together."""
    (only,) = sentences("", "S: 2 x rkt\nA: IDF vs camp\nL: N of wire\nT: 011200Z")
    assert only.field


def test_clauses_cover_their_sentence() -> None:
    """The clauses of a sentence follow each other without a gap."""
    body = "\nDrones were shot down on Friday, a day after rockets landed near the base, and nobody was hurt."
    sentence = sentences("", body[1:])[0]
    cut = clauses(body, sentence)
    assert cut[0][0] == sentence.start
    assert cut[-1][1] == sentence.end
    assert all(a[1] == b[0] for a, b in itertools.pairwise(cut))


@pytest.mark.parametrize(
    "text, earliest, latest",
    [
        ("on Tuesday", "2024-03-11T21:00", "2024-03-12T21:00"),
        ("early on Tuesday", "2024-03-11T21:00", "2024-03-12T03:00"),
        ("on Tuesday evening", "2024-03-12T15:00", "2024-03-12T21:00"),
        ("overnight", "2024-03-12T17:00", "2024-03-13T03:00"),
        ("at about 10:40 p.m. on Monday", "2024-03-11T19:25", "2024-03-11T19:55"),
        ("shortly after 5 p.m. on Sunday", "2024-03-10T14:00", "2024-03-10T14:30"),
        ("on Monday and Tuesday", "2024-03-10T21:00", "2024-03-12T21:00"),
        ("yesterday", "2024-03-11T21:00", "2024-03-12T21:00"),
        ("at half past four in the afternoon on Sunday", "2024-03-10T13:30", "2024-03-10T13:30"),
        ("T: 121852ZMAR24", "2024-03-12T18:52", "2024-03-12T18:52"),
        ("between two and half past two this morning", "2024-03-12T23:00", "2024-03-12T23:30"),
        ("between 3 and 4 in the morning", "2024-03-13T00:00", "2024-03-13T01:00"),
        ("during the night of Monday to Tuesday", "2024-03-11T15:00", "2024-03-12T03:00"),
        ("in the night of Monday 11 to Tuesday 12 March, at around 23:30,", "2024-03-11T20:15", "2024-03-11T20:45"),
        ("the night to Sunday the 10th", "2024-03-09T15:00", "2024-03-10T03:00"),
        ("on the evening of the 8th", "2024-03-08T15:00", "2024-03-08T21:00"),
        ("Sun 10: looters", "2024-03-09T21:00", "2024-03-10T21:00"),
        ("at 20:34 and 20:41 UTC on 11 March", "2024-03-11T20:34", "2024-03-11T20:41"),
        ("shortly before midnight on Monday", "2024-03-11T20:30", "2024-03-11T21:00"),
        ("late Sunday", "2024-03-10T15:00", "2024-03-10T21:00"),
        ("around half ten last night", "2024-03-12T19:15", "2024-03-12T19:45"),
        ("on 9/3", "2024-03-08T21:00", "2024-03-09T21:00"),
        ("11 March, 0400: rockets", "2024-03-11T01:00", "2024-03-11T01:00"),
        ("11 March 2024: rockets", "2024-03-10T21:00", "2024-03-11T21:00"),
        ("late \u017funday", "2024-03-10T15:00", "2024-03-10T21:00"),
        ("on 9 March at \u017f\u0131x o'clock", "2024-03-09T03:00", "2024-03-09T03:00"),
    ],
)
def test_times_are_local_and_anchored_at_publication(text: str, earliest: str, latest: str) -> None:
    """An expression resolves to the interval that it means at the place, seen from publication."""
    found = times.find(text, 0, len(text), CLOCK)
    assert [(f"{d.earliest:%Y-%m-%dT%H:%M}", f"{d.latest:%Y-%m-%dT%H:%M}") for d in found] == [(earliest, latest)]


@pytest.mark.parametrize(
    "text", ["in January 2020", "last year", "in November 2018", "two years ago", "One year ago today"]
)
def test_long_past_is_past(text: str) -> None:
    """An expression of more than a month before publication is past."""
    assert all(d.past for d in times.find(text, 0, len(text), CLOCK))
    assert times.find(text, 0, len(text), CLOCK)
