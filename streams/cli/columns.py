"""Rows for people: a table where there is room for it, else labelled lines; nothing that is whole is ever broken."""

from collections.abc import Collection, Iterable, Sequence

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

GAP = 2
NARROW = 72
"""Under so many columns a table is harder to read than labelled lines."""
_Cells = Sequence[Text]


class Columns:
    """A table where there is room for it, else a block of labelled lines for each row.

    Parameters
    ----------
    heads
        What stands above the columns.
    rows
        The cells, as many in each row.
    whole
        The columns that are not wrapped at all, by what stands above them: what somebody copies.
    right
        The columns of numbers.
    """

    def __init__(
        self,
        heads: Sequence[str],
        rows: Sequence[_Cells],
        *,
        whole: Collection[str] = (),
        right: Collection[str] = (),
    ) -> None:
        self._heads, self._rows, self._whole, self._right = heads, rows, whole, right

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Render for the width at hand."""
        room = options.max_width - GAP * (len(self._heads) - 1)
        widths = fitted(self._rows, room, self._heads, self._whole) if options.max_width >= NARROW else None
        if widths is not None:
            right = [head in self._right for head in self._heads]
            yield grid([[Text(head, style="dim") for head in self._heads], *self._rows], widths, right)
            return
        label = max(map(len, self._heads))
        for row in self._rows:
            # What has no head of its own stands beside the first that has one, in the place of the label.
            unnamed = [cell for head, cell in zip(self._heads, row, strict=True) if not head]
            named = [(head, cell) for head, cell in zip(self._heads, row, strict=True) if head]
            labels = [*unnamed[:1], *(Text(head, style="dim") for head, _ in named[len(unnamed[:1]) :])]
            lines = [(head, cell) for head, (_, cell) in zip(labels, named, strict=True)]
            yield grid(lines, [label, max(1, options.max_width - label - GAP)])
            yield Text("")


def fitted(
    rows: Sequence[_Cells], room: int, heads: Sequence[str] = (), whole: Collection[str] = ()
) -> list[int] | None:
    """Return widths of columns in which no word is broken, the widest wrapped first; None where there is no room.

    Parameters
    ----------
    rows
        The cells, as many in each row.
    room
        Characters of all columns together.
    heads
        What stands above the columns.
    whole
        The columns that are not wrapped at all, by what stands above them.
    """
    columns = list(zip(*rows, strict=True))
    above = [cell_len(head) for head in heads] or [0] * len(columns)
    widths = [max(width, _widest(column, "\n")) for width, column in zip(above, columns, strict=True)]
    least = [max(width, _widest(column, None)) for width, column in zip(above, columns, strict=True)]
    for n, head in enumerate(heads):
        least[n] = widths[n] if head in whole else least[n]
    if sum(least) > room:
        return None
    while sum(widths) > room:
        widest = max((n for n in range(len(widths)) if widths[n] > least[n]), key=lambda n: widths[n])
        widths[widest] -= 1
    return widths


def _widest(column: Iterable[Text], apart: str | None) -> int:
    """The widest part of a column's cells: a word where they are cut at blanks."""
    return max((cell_len(part) for cell in column for part in cell.plain.split(apart)), default=0)


def grid(rows: Sequence[_Cells], widths: Sequence[int], right: Sequence[bool] = ()) -> Table:
    """Return cells in columns of these widths, those that are to be at their right edge."""
    table = Table.grid(padding=(0, GAP, 0, 0), pad_edge=False)
    for n, width in enumerate(widths):
        table.add_column(width=width, overflow="fold", justify="right" if right and right[n] else "left")
    for row in rows:
        table.add_row(*row)
    return table
