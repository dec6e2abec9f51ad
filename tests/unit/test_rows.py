"""The rows of a stage in a Faust table, and what a crash leaves of them."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from streams.rows import TableRows

BEFORE = {"a": b"one, two", "b": b"three", "c": b"four"}
AFTER = {"a": b"one", "b": b"two, three"}
CHANGE = {"a": b"one", "b": b"two, three", "c": None}


class Table(dict[bytes, bytes]):
    """A Faust table, whose changelog is kept."""

    def __init__(self, changelog: list[tuple[bytes, bytes | None]]) -> None:
        super().__init__()
        self.changelog = changelog
        for key, value in list(changelog):
            if value is None:
                self.pop(key, None)
            else:
                super().__setitem__(key, value)

    def __setitem__(self, key: bytes, value: bytes) -> None:
        super().__setitem__(key, value)
        self.changelog.append((key, value))

    def __delitem__(self, key: bytes) -> None:
        self.on_key_del(key)
        super().__delitem__(key)

    def on_key_del(self, key: bytes) -> None:
        """Tell the changelog."""
        self.changelog.append((key, None))


def rows_of(table: Table) -> TableRows:
    """The rows of a worker that was just given the partition."""
    app = cast("Any", SimpleNamespace(Table=lambda *_, **__: table))
    rows = TableRows(app, "fuse", 2, lambda: None)
    rows.found(1)
    return rows


def test_rows_that_belong_together_are_all_there_or_none() -> None:
    """Wherever a crash cuts off the changelog, whoever takes over has the rows as before the event, or as after it."""
    table = Table([])
    rows = rows_of(table)
    for key, row in BEFORE.items():
        rows.put(1, key, row)
    begun = len(table.changelog)
    rows.put_together(1, CHANGE)
    assert rows.of(1) == AFTER
    for cut in range(begun, len(table.changelog) + 1):
        cut_off = Table(table.changelog[:cut])
        taken_over = rows_of(cut_off)
        assert taken_over.of(1) == (BEFORE if cut == begun else AFTER), cut
        assert rows_of(Table(cut_off.changelog)).of(1) == taken_over.of(1)


@pytest.mark.parametrize("change", [{"a": b"one"}, {"a": b"x" * 600_000, "b": b"y" * 600_000}])
def test_what_needs_no_word_before(change: dict[str, bytes]) -> None:
    """One row is written as it is, and so is what no changelog would take in one record."""
    table = Table([])
    rows = rows_of(table)
    begun = len(table.changelog)
    rows.put_together(1, change)
    assert len(table.changelog) == begun + len(change)
    assert rows.of(1) == change


def test_one_key_in_two_partitions_ends_no_worker() -> None:
    """A producer that scatters a key: each partition keeps its row, and deletes it, whatever the other has done."""
    table = Table([])
    rows = rows_of(table)
    rows.put(0, "a", b"of nought")
    rows.put(1, "a", b"of one")
    rows.put(0, "a", None)
    assert (rows.of(0), rows.of(1)) == ({}, {"a": b"of one"})
    assert table[b"a"] == b"1 of one"
    rows.put(1, "a", None)
    assert rows.of(1) == {}
    assert table.changelog[-2:] == [(b"a", None), (b"a", None)]
