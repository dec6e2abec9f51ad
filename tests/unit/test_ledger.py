"""The audit's book-keeping: an input is accounted for by one complete answer, in whatever order its records come."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.desk.ledger import Ledger, parse_mark
from streams.desk.letters import Place

HERE = Place(3, 7)


@given(
    parts=st.integers(1, 8).flatmap(lambda n: st.tuples(st.just(n), st.permutations(range(1, n + 1)))),
    lost=st.integers(0, 8),
    earlier=st.lists(st.tuples(st.integers(1, 5), st.integers(9, 12))),
)
def test_complete_or_not(parts: tuple[int, list[int]], lost: int, earlier: list[tuple[int, int]]) -> None:
    """In any order, after any torso of an earlier answer: answered when all parts came, open when one did not."""
    count, order = parts
    ledger = Ledger()
    ledger.expect(HERE, "r-1")
    for part, of in earlier:
        ledger.answer(HERE, part, of)
    for part in order:
        if part != lost:
            ledger.answer(HERE, part, count)
    complete = not 1 <= lost <= count
    assert (ledger.answered, HERE in ledger.open) == (int(complete), not complete)
    if not complete and not earlier and count > 1:
        assert ledger.open[HERE].best == (count - 1, count)


def test_what_is_not_awaited_changes_nothing() -> None:
    """Answers to others, repeated answers, and parts that cannot be."""
    ledger = Ledger()
    ledger.expect(HERE, "r-1")
    ledger.answer(Place(3, 8), 1, 1)
    ledger.answer(HERE, 2, 1)
    ledger.answer(HERE, 0, 1)
    assert (ledger.answered, next(iter(ledger.in_order()))[0]) == (0, HERE)
    for _ in range(2):
        ledger.answer(HERE, 1, 1)
        ledger.bury(HERE)
    assert (ledger.inputs, ledger.answered, ledger.dead, ledger.open) == (1, 1, 0, {})


@pytest.mark.parametrize(
    "cause, part, read",
    [
        (b"reports/3/7", b"2/5", (HERE, 2, 5)),
        (b"mentions/3/7", b"2/5", None),
        (b"reports/3", b"2/5", None),
        (b"reports/3/7", b"", None),
        (b"reports/x/7", b"1/1", None),
        (b"\xff", b"1/1", None),
    ],
)
def test_marks(cause: bytes, part: bytes, read: object) -> None:
    """A mark tells the input's place and the part; what is none of this stream's is None."""
    assert parse_mark(cause, part, "reports") == read
