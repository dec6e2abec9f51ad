"""What may be committed: everything up to the first record that was fetched and is not finished."""

from faust.types import TP
from hypothesis import given
from hypothesis import strategies as st

from streams.progress import Progress

ONE, OTHER = TP("reports", 0), TP("reports", 1)


def test_nothing_unfinished_is_passed_over() -> None:
    """A record that was fetched and never finished holds the commit back, however many later ones are finished."""
    progress = Progress()
    progress.fetched(ONE, [17, 18, 19, 20])
    for offset in (17, 18, 20):
        progress.finish(ONE, offset)
    assert progress.committable(ONE) == 19
    assert progress.dropped() == {ONE: 19}
    assert progress.unfinished(ONE) == 1


def test_what_was_dropped_before_the_first_commit_is_missed_too() -> None:
    """Where nothing was committed yet the first record fetched holds it back as well."""
    progress = Progress()
    progress.fetched(ONE, range(500))
    progress.finish(ONE, 499)
    assert progress.committable(ONE) is None
    assert progress.dropped() == {ONE: 0}


def test_a_jump_in_the_topic_is_none_of_ours() -> None:
    """Offsets that the broker never gave out (transaction markers, deleted records) hold nothing back."""
    progress = Progress()
    progress.fetched(ONE, [3, 4, 9])
    for offset in (3, 4, 9):
        progress.finish(ONE, offset)
    assert progress.committable(ONE) == 10
    assert not progress.dropped()


def test_reading_anew_begins_anew() -> None:
    """After a seek what was fetched before it counts no more; other partitions go on."""
    progress = Progress()
    progress.fetched(ONE, [1, 2, 3])
    progress.fetched(OTHER, [7])
    progress.finish(ONE, 3)
    progress.begin([ONE])
    progress.finish(ONE, 2)
    assert progress.committable(ONE) is None
    assert not progress.dropped()
    progress.finish(OTHER, 7)
    assert progress.committable(OTHER) == 8


def test_nothing_is_begun_out_of_turn() -> None:
    """What comes while one before it is unfinished is left, and that one missed; after a seek all begins anew."""
    progress = Progress()
    assert not progress.in_turn(ONE, 17)
    progress.fetched(ONE, [17, 18, 19, 33])
    assert progress.in_turn(ONE, 17)
    progress.finish(ONE, 17)
    assert not progress.in_turn(ONE, 17)
    assert not progress.dropped()
    assert not progress.in_turn(ONE, 33)
    assert progress.dropped() == {ONE: 18}
    progress.begin([ONE])
    assert not progress.in_turn(ONE, 33)
    progress.fetched(ONE, [18, 19, 33])
    assert not progress.dropped()
    for offset in (18, 19, 33):
        assert progress.in_turn(ONE, offset)
        progress.finish(ONE, offset)
    assert progress.committable(ONE) == 34


@given(st.sets(st.integers(0, 30)), st.lists(st.integers(0, 30), unique=True))
def test_the_commit_is_the_first_unfinished(fetched: set[int], finished: list[int]) -> None:
    """Whatever is finished in whatever order, what is committed is all finished, and as much as that can be."""
    progress = Progress()
    progress.fetched(ONE, sorted(fetched))
    for offset in finished:
        progress.finish(ONE, offset)
        progress.committable(ONE)
    missing = sorted(fetched - set(finished))
    done = [offset for offset in sorted(fetched) if not missing or offset < missing[0]]
    assert progress.committable(ONE) == (done[-1] + 1 if done else None)
