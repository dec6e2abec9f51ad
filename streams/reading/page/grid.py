"""Finds the tables of a text: neighbouring lines that one separator cuts into as many cells, below a heading or without one."""

from collections import Counter
from dataclasses import dataclass
from typing import Final, NamedTuple

from streams.reading.page.columns import column, heads, named
from streams.reading.text import gated as re


class Cell(NamedTuple):
    """A cell by its offsets in the text, blanks around it left out."""

    start: int
    end: int


class Row(NamedTuple):
    """A line cut into cells."""

    start: int
    end: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one separator, and the line that says what their columns hold."""

    heading: Row | None
    rows: tuple[Row, ...]
    columns: int
    """How many cells a whole row has."""

    @property
    def start(self) -> int:
        """Where it begins."""
        return (self.heading or self.rows[0]).start


FEWEST: Final = 3
"""Columns of a table, and rows of one without a heading: with fewer it is prose."""
_WIDEST: Final = 40
"""Columns of a table at most: more are figures."""
_LONGEST: Final = 1000
"""Characters of a row at most."""
_MOST_OF: Final = 0.7
"""Such a part of the lines of a table without a heading has the same number of cells."""

_RULE: Final = re.compile(r"[\s|│¦+:=_─┼━═.–—-]{3,}$")
"""A line that only rules off: |-----|:---:|."""
_BARS: Final = re.compile(r"[|│¦｜]")
_FRAME: Final = re.compile(r"\s*[|│¦｜]")
_TABS: Final = re.compile(r"\t")
_SEMICOLONS: Final = re.compile(r";")
_COMMAS: Final = re.compile(r",")
_SPACED: Final = re.compile(r"\w, (?=[^\"\n]*(?:\"[^\"\n]*\"[^\"\n]*)*$)", re.MULTILINE)
"""A comma as prose has it, outside quotation marks."""
_GAPS: Final = re.compile(r"(?<=\S)[^\S\n]{2,}(?=\S)")
_DASHES: Final = re.compile(r"\s--\s")
_SLASHES: Final = re.compile(r"\s/\s")
_SEPARATORS: Final = (
    (" -- ", _DASHES),
    (" / ", _SLASHES),
    ("|", _BARS),
    ("│", _BARS),
    ("¦", _BARS),
    ("｜", _BARS),
    ("\t", _TABS),
    (";", _SEMICOLONS),
    ("  ", _GAPS),
)
"""What stands in any text that has them, and the expression that cuts a line; with a heading, commas do too."""


def tables(text: str) -> list[Table]:
    """Return the tables of a text, in order."""
    cuts = [cut for sign, cut in _SEPARATORS if text.count(sign) >= 2 * (FEWEST - 1)]
    if "\n" in text and text.count(",") >= FEWEST * (FEWEST - 1) and _COMMA_ROWS.search(text):
        cuts.append(_COMMAS)
    if not cuts:
        return []
    lines = _lines(text)
    found: list[Table] = []
    for cut in dict.fromkeys(cuts):
        found += _cut_by(cut, text, lines)
    found.sort(key=lambda t: (t.start, t.heading is None))
    apart: list[Table] = []
    for one in found:
        if not apart or apart[-1].rows[-1].end < one.start:
            apart.append(one)
    return apart


_COMMA_ROWS: Final = re.compile(
    r"^[^\w\n]{0,4}\w[\w/# .-]{0,20}(?:\"?,\s?\"?[\w/#(). -]{1,24}){2,40}\"?[^\S\n]*$|(?:^(?:[A-Z][a-z]{2} )?\d[\w ./-]{0,14},[^\n]+\n){3}|(?:^[A-Z][a-z]{2} \d{1,2},[^\n]+\n){3}",
    re.MULTILINE,
)
"""A line of short names between commas, which may head a table; or lines that open with a day and a comma."""


def _lines(text: str) -> list[tuple[int, int]]:
    spans, at = [], 0
    for line in text.split("\n"):
        bare = line.rstrip(" \r\xa0")
        spans.append((at, at + len(bare) if bare.strip() else at))
        at += len(line) + 1
    return spans


def _cut_by(cut: re.Pattern, text: str, lines: list[tuple[int, int]]) -> list[Table]:
    """The tables that one separator makes: runs of lines that it cuts, across rules and single empty lines."""
    found: list[Table] = []
    run: list[Row] = []
    empty = 0
    for start, end in [*lines, (len(text), len(text)), (len(text), len(text))]:
        if (start == end and (empty := empty + 1) < 2) or (end > start and _RULE.match(text, start, end)):
            continue
        row = _row(cut, text, start, end) if start < end <= start + _LONGEST else None
        if row is not None and FEWEST <= len(row.cells) <= _WIDEST:
            run.append(row)
            empty = 0
            continue
        found += _of_run(cut, text, run)
        run, empty = [], 0
    return found


def _of_run(cut: re.Pattern, text: str, run: list[Row]) -> list[Table]:
    """The tables of a run: one from each heading on, or one without; slashes and loose commas need a heading."""
    tops = [n for n, row in enumerate(run) if _is_heading(cut, [text[c.start : c.end] for c in row.cells])]
    if tops:
        stretches = zip(tops, [*tops[1:], len(run)], strict=True)
        return [_headed(cut, text, run[top], run[top + 1 : end]) for top, end in stretches if end > top + 1]
    if (
        cut is _SLASHES
        or len(run) < FEWEST
        or (cut is _COMMAS and any(_SPACED.search(text, row.start, row.end) for row in run))
    ):
        return []
    usual, often = Counter(len(row.cells) for row in run).most_common(1)[0]
    least = 1 if cut is _COMMAS else _MOST_OF
    return [Table(None, tuple(run), usual)] if often >= least * len(run) else []


def _is_heading(cut: re.Pattern, cells: list[str]) -> bool:
    """Whether cells head a table; between commas, which prose has too, only where each is the name of a column."""
    return heads(cells) and (cut is not _COMMAS or all(column(c) is not None for c in cells))


def _headed(cut: re.Pattern, text: str, heading: Row, rows: list[Row]) -> Table:
    if cut is _GAPS:
        heading = _parted(text, heading)
        rows = [_under(text, heading, row) for row in rows]
    return Table(heading, tuple(rows), len(heading.cells))


def _row(cut: re.Pattern, text: str, start: int, end: int) -> Row:
    """A line cut into cells; bars that frame it, and what stands in quotation marks, cut nothing."""
    left, right = start, end
    if cut is _BARS and (frame := _FRAME.match(text, start, end)) is not None:
        left, right = frame.end(), end - 1 if _BARS.match(text, end - 1, end) else end
    quoted = '"' in text[left:right]
    cells, at = [], left
    for m in cut.finditer(text, left, right):
        if quoted and text.count('"', at, m.start()) % 2:
            continue
        cells.append(_trimmed(text, at, m.start()))
        at = m.end()
    return Row(start, end, (*cells, _trimmed(text, at, right)))


def _trimmed(text: str, start: int, end: int) -> Cell:
    """A cell without the blanks, emphasis and pair of quotes around it."""
    while start < end and (text[start].isspace() or text[start] in "*`"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "*`"):
        end -= 1
    if end - start > 1 and text[start] == text[end - 1] == '"' and text.count('"', start, end) == 2:
        return Cell(start + 1, end - 1)
    return Cell(start, end)


def _parted(text: str, heading: Row) -> Row:
    """A heading of columns aligned by blanks, in which names that stand one blank apart are parted where they must be."""
    cells: list[Cell] = []
    for cell in heading.cells:
        words = [
            Cell(cell.start + m.start(), cell.start + m.end()) for m in _WORD.finditer(text[cell.start : cell.end])
        ]
        alone = named(text[cell.start : cell.end]) or not all(named(text[w.start : w.end]) for w in words)
        cells += [cell] if alone else words
    return Row(heading.start, heading.end, tuple(cells))


def _under(text: str, heading: Row, row: Row) -> Row:
    """A row aligned by blanks, its cells below the names of their columns: an empty one leaves no trace, a full one no gap."""
    tops = [c.start - heading.start for c in heading.cells]
    cells = list(row.cells)
    for top in tops if len(cells) < len(tops) else []:
        at = row.start + top
        n = next((n for n, c in enumerate(cells) if c.start < at < c.end), None)
        if n is not None and text[at - 1] == " " and not text[at].isspace() and len(cells) < len(tops):
            cells[n : n + 1] = [_trimmed(text, cells[n].start, at), Cell(at, cells[n].end)]
    out: list[Cell] = []
    for n, cell in enumerate(cells):
        left, at = len(cells) - n, cell.start - row.start
        while len(out) < len(tops) - left and len(out) + 1 < len(tops) and tops[len(out) + 1] <= at:
            out.append(Cell(cell.start, cell.start))
        out.append(cell)
    return Row(row.start, row.end, tuple(out))


_WORD: Final = re.compile(r"\S+")
