"""Dead letters as they lie in a topic: ours are told from the sender's, marks from letters."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.tail import Message
from streams.desk.letters import MARK, Letter, LetterFilter, Mark, MarkKind, Place, marks_of, open_letter

OURS = [
    ("dlq_topic", b"t.reports.v1"),
    ("dlq_partition", b"3"),
    ("dlq_offset", b"7"),
    ("dlq_timestamp", b"1700000000000"),
    ("dlq_stage", b"read"),
    ("dlq_reason", b"wrong_schema"),
    ("dlq_error", b"EnvelopeError: no"),
    ("dlq_at", b"2026-01-01T00:00:00+00:00"),
    ("dlq_original", b"here"),
]


def message(
    headers: list[tuple[str, bytes]], value: bytes | None = b"{", timestamp_ms: int = 1_800_000_000_000
) -> Message:
    """A record of a topic of dead letters."""
    return Message("t.reports.v1.dlq", 1, 9, timestamp_ms, b"k", value, headers)


@given(st.lists(st.tuples(st.sampled_from([name for name, _ in OURS] + ["x", "dlq_other"]), st.binary(max_size=5))))
def test_the_senders_headers_stay_the_senders(theirs: list[tuple[str, bytes]]) -> None:
    """Whatever headers the original has, forged ones of ours among them: all of its own come back, and ours count."""
    letter = open_letter(message([*theirs, *OURS]))
    assert isinstance(letter, Letter)
    assert list(letter.headers) == theirs
    assert (letter.topic, letter.origin, letter.reason) == ("t.reports.v1", Place(3, 7), "wrong_schema")


@pytest.mark.parametrize("place", [b"", b"-1", b"x", "²".encode(), b"\xff"])
def test_a_letter_that_does_not_tell_its_origin(place: bytes) -> None:
    """What nobody can follow is shown, and has no origin."""
    letter = open_letter(message([("dlq_partition", place), ("dlq_offset", b"1"), ("dlq_timestamp", place)]))
    assert isinstance(letter, Letter)
    assert (letter.origin, letter.timestamp_ms, letter.whole) == (None, 1_800_000_000_000, True)


@given(st.sets(st.tuples(st.integers(0, 20), st.integers(0, 2**60))))
def test_marks_come_back(places: set[tuple[int, int]]) -> None:
    """A mark says after a journey through bytes what it said before."""
    mark = Mark(MarkKind.PURGED, tuple(sorted(Place(*place) for place in places)))
    read = open_letter(message([(MARK, mark.kind.value.encode())], mark.to_value()))
    assert read == mark


def test_marks_are_collected() -> None:
    """Replayed letters and purged originals are kept apart; letters are no marks."""
    marks = marks_of(
        [
            message(OURS),
            message([(MARK, b"replayed")], b'{"1": [4, 5]}'),
            message([(MARK, b"purged")], b'{"0": [1]}'),
            message([(MARK, b"replayed")], b'{"2": [4]}'),
        ]
    )
    assert marks.replayed == {Place(1, 4), Place(1, 5), Place(2, 4)}
    assert marks.purged == {Place(0, 1)}


NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "where, admitted",
    [
        (LetterFilter(), True),
        (LetterFilter(reason="wrong_schema", stage="read"), True),
        (LetterFilter(reason="future"), False),
        (LetterFilter(stage="fuse"), False),
        (LetterFilter(since=NOON), True),
        (LetterFilter(until=NOON), False),
        (LetterFilter(since=NOON + timedelta(seconds=1)), False),
        (LetterFilter(until=NOON + timedelta(seconds=1)), True),
    ],
    ids=str,
)
def test_filters(where: LetterFilter, admitted: bool) -> None:
    """By reason, stage, and when it was written; the end of a span is not in it."""
    letter = open_letter(message(OURS, timestamp_ms=int(NOON.timestamp() * 1000)))
    assert isinstance(letter, Letter)
    assert where.admits(letter) is admitted
