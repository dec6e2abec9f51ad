"""Flashes of a sentence or two, told in many ways: of each type, as far as it came, and lines that only sound like it.

A line of a table of `tests/golden/flashes` holds type, status and text, with tabs between; type `none` for what is no
incident. What is not read right yet stands behind a `#`: it counts for the floors alone. Nobody makes rules of a table
whose name ends in `_unseen`: it tells how far they carry.
"""

from pathlib import Path

import pytest

from tests.unit.reader import GOLDEN, reading_of

PUBLISHED = "2024-03-14T18:00:00Z"
"""A Thursday, in the evening."""
OPEN = "# "
FLOORS = {"arms": 0.9, "arms_unseen": 0.74, "unarmed": 0.83, "unarmed_unseen": 0.77, "oblique_unseen": 0.28}
"""Share of a table that is read right: of what rules were made from, and of what they were never made for."""
TABLES = [GOLDEN / "flashes" / f"{name}.tsv" for name in FLOORS]
LEARNED = [table for table in TABLES if not table.stem.endswith("_unseen")]


def rows(table: Path) -> list[str]:
    """The lines of a table, those that are open too."""
    return table.read_text(encoding="utf-8").splitlines()


def read_right(row: str) -> bool:
    """Whether a line gives the incident that it tells, or none where it tells none."""
    threat, status, text = row.removeprefix(OPEN).split("\t")
    _, mentions = reading_of(text, published=PUBLISHED)
    told = {(m.threat_type.value, m.status.value) for m in mentions}
    return not told if threat == "none" else (threat, status) in told


@pytest.mark.parametrize("row", [row for table in LEARNED for row in rows(table) if not row.startswith(OPEN)])
def test_a_flash_is_read_right(row: str) -> None:
    """Of its type and as far as it came; nothing of what only sounds like it."""
    assert read_right(row)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_most_of_a_table_is_read_right(table: Path) -> None:
    """A table, open lines among them, stays above its floor."""
    lines = rows(table)
    assert sum(map(read_right, lines)) / len(lines) >= FLOORS[table.stem]
