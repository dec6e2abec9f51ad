"""Reads the tables of a text aloud: puts words for the separators, so that each row is a line of plain sentences.

    20-Jan | Ain al-Asad | ballistic msl | 0/4 | IRI (own claim) | one LN incl.
    20 January at Ain al-Asad: attack: ballistic msl, 0 killed, 4 wounded. Claimed by IRI. One LN incl.

Cells keep their order and their words; what a column is called, and what a dash in it means, is said or left out.
"""

from typing import Final

from streams.reading.page import cells as say
from streams.reading.page.cells import Judged, Said
from streams.reading.page.columns import TERSE, Column, column, folded, looks, tells, words
from streams.reading.page.edits import Edit
from streams.reading.page.footnotes import Note, footnotes
from streams.reading.page.grid import FEWEST, Cell, Row, Table, tables
from streams.reading.page.rowdays import MONTHS, Daybook, daybook
from streams.reading.text import gated as re

_ABOVE: Final = 400
"""Characters above a table in which its month and year may stand, and"""
_BELOW: Final = 600
"""characters below it in which its notes may."""
_SCENE: Final = frozenset({Column.DAY, Column.HOUR, Column.PLACE, Column.COUNTRY})
_TELLING: Final = (Column.EVENT, Column.MEANS, Column.CAUSE)
ROW_HEAD: Final = re.compile(
    rf"(?P<place>(?:At|In) [^\n:.;]{{2,80}}, on )?(?:\d{{1,2}} (?:{'|'.join(MONTHS)})(?: 20\d\d)?|\d{{6}}[A-Z]{{1,4}}(?: ?\d{{2,4}})?|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*)"
    r"(?: at [0-2]?\d:?[0-5]\d[^\n:.;]{0,12})?(?(place)| at [^\n:.;]{1,80}): ",
    re.IGNORECASE,
)
"""What a row with a day and a place opens with when it was read aloud: "17 January at Gao camp: ", "At Gao camp, on 17 January: "."""


def read_aloud(text: str, heading: str = "") -> list[Edit]:
    """Return the edits by which every row of every table becomes sentences, in order; none in a text without tables.

    Parameters
    ----------
    text
        The text.
    heading
        Its headline, which may tell the month or year of the rows.
    """
    found = tables(text)
    edits: list[Edit] = []
    for n, one in enumerate(found):
        below = min(len(text), one.rows[-1].end + _BELOW)
        until = min(below, found[n + 1].start) if n + 1 < len(found) else below
        if (kinds := _kinds(text, one)) is not None:
            edits += _table(text, heading, one, kinds, footnotes(text, one.rows[-1].end, until))
    return edits


def _kinds(text: str, found: Table) -> list[Column | None] | None:
    """What each column of a table holds; None where it is no table of events."""
    whole = [row for row in found.rows if len(row.cells) == found.columns]
    cells = [[text[c.start : c.end] for c in held] for held in zip(*(row.cells for row in whole), strict=True)]
    if found.heading is None:
        return looks(cells)
    kinds = [column(text[c.start : c.end]) for c in found.heading.cells]
    if Column.NO_INCIDENTS in kinds:
        return None
    for n, held in enumerate(cells):
        if kinds[n] is Column.ACTOR and all(_CASE.fullmatch(c) for c in held):
            kinds[n] = Column.NUMBER
    return kinds


_CASE: Final = re.compile(r"[A-Z]{1,5}[-/ ]?\d[\w/-]*")
"""The number of a case: MQ-1180, of an insurer's claims."""


def _table(text: str, heading: str, found: Table, kinds: list[Column | None], notes: list[Note]) -> list[Edit]:
    """The edits of a table, and those that take from below it what is said in its rows."""
    days = [
        text[c.start : c.end] for row in found.rows for c, k in zip(row.cells, kinds, strict=False) if k is Column.DAY
    ]
    book = daybook(f"{heading}\n{text[max(0, found.start - _ABOVE) : found.rows[0].start]}", days)
    labels = [text[c.start : c.end] for c in found.heading.cells] if found.heading else [""] * found.columns
    edits: list[Edit] = []
    day, noted = "", set()
    for n, row in enumerate(found.rows, 1):
        if len(row.cells) < FEWEST or (found.heading is not None and len(row.cells) > len(kinds)):
            continue
        more = len(row.cells) - len(kinds)
        told = _Telling(text, row, [*kinds, *[Column.REMARK] * more], [*labels, *[""] * more], book)
        note = next((note for note in notes if (told.number or n) in note.rows), None)
        edits += (aloud := told.aloud(day, note.words if note else ""))
        day = told.day or day
        noted |= {note} if note and aloud else set()
    return edits + [Edit(note.start, note.end, "") for note in notes if note in noted]


class _Telling:
    """One row of a table on its way to words."""

    def __init__(self, text: str, row: Row, kinds: list[Column | None], labels: list[str], book: Daybook) -> None:
        self.text, self.row, self.book = text, row, book
        filled = zip(kinds, row.cells, labels, strict=False)
        self.cells = [(kind, cell, label) for kind, cell, label in filled if cell.end > cell.start]
        number = next((self._of(c) for k, c, _ in self.cells if k is Column.NUMBER), "")
        self.number = int(m[0]) if (m := _LAST_DIGITS.search(number)) is not None else None
        self.day = next((d for k, c, _ in self.cells if k is Column.DAY and (d := book.said(self._of(c)))), "")

    def _of(self, cell: Cell) -> str:
        return self.text[cell.start : cell.end]

    def aloud(self, day_above: str, note: str) -> list[Edit]:
        """The edits of the row; none where it counts up others, or tells that nothing happened.

        Parameters
        ----------
        day_above
            The day of the row above, which it shares where it has none.
        note
            What is said of it below the table.
        """
        event = self._event()
        if event is None or any(folded(self._of(c)).split(" ")[0] in words("total") for _, c, _ in self.cells[:2]):
            return []
        behind = [self._of(c) for k, c, _ in self.cells if c.start > event.start and k not in _SCENE]
        doer = next((self._of(c) for k, c, _ in self.cells if k is Column.ACTOR), "")
        deeds = [self._of(c) for k, c, _ in self.cells if k in _TELLING or c is event]
        made = say.judge(self._of(event), behind, doer, deeds)
        said = [s for kind, cell, label in self.cells for s in self._said(kind, cell, label, event, made)]
        return self._joined(said, event, day_above, note)

    def _event(self) -> Cell | None:
        """The cell that tells what happened; none where it says that nothing did."""
        told = [(k, c) for wanted in _TELLING for k, c, _ in self.cells if k is wanted and not say.empty(self._of(c))]
        if told:
            events = [c for k, c in told if k is not Column.CAUSE]
            finds = [c for k, c in told[1:] if k is Column.EVENT and say.found(self._of(c))]
            certain = [c for c in events if folded(self._of(c)) not in words("category")]
            first = (finds or certain or [told[0][1]])[0]
            return None if folded(self._of(first)) in words("nothing") else first
        if any(kind in _TELLING for kind, _, _ in self.cells):
            return None
        return next((c for k, c, _ in self.cells if k is Column.REMARK and tells(self._of(c))), None)

    def _said(self, kind: Column | None, cell: Cell, label: str, event: Cell, made: Judged) -> list[Said]:
        """How a cell is spoken: not at all where it says nothing, counts the rows, or counts who was hurt in no attack."""
        own, behind = self._of(cell), cell.start > event.start
        if cell is event:
            return [say.deed(own, cell, made)]
        if kind is Column.CAUSE:
            kind = say.cause(own)
        if say.empty(own) or kind is Column.NUMBER or (kind in say.COUNTED and not made.counts):
            return []
        match kind:
            case Column.DAY:
                full = self.book.said(own)
                before = "" if not behind else "on " if (full or own)[:1].isdigit() else "in "
                return [Said(kind, *cell, before=before, words=full, sentence=False)]
            case Column.HOUR if (full := self.book.said(own)) is not None and not own.isdigit():
                return [Said(Column.DAY, *cell, before="on " if behind else "", words=full, sentence=False)]
            case Column.HOUR:
                return [Said(kind, *cell, before="at ", sentence=False)]
            case Column.PLACE:
                return [say.place(own, cell, label)]
            case Column.COUNTRY:
                return [say.country(own, cell, behind=behind)]
            case Column.MEANS:
                return [Said(kind, *cell, before="with ", sentence=False)]
            case Column.KILLED | Column.WOUNDED:
                return say.count(kind, own, cell, zeros=made.zeros)
            case Column.HARM:
                return say.harm(own, cell, label, zeros=made.zeros)
            case Column.ACTOR:
                return [who] if (who := say.doer(own, cell, label)) is not None else []
            case Column.EVENT if not behind:
                return []
            case Column.EVENT if len(self._of(event).split()) <= TERSE:
                return [Said(kind, *cell, before=", ", sentence=False)]
            case None | Column.OTHER if not any(c.isalpha() for c in own):
                return []
            case _ if folded(own) in words("nothing"):
                return []
        return say.remark(own, cell) if behind else [Said(kind, *cell)]

    def _joined(self, said: list[Said], event: Cell, day_above: str, note: str) -> list[Edit]:
        """The edits that put the cells as spoken into one line."""
        at = next(n for n, s in enumerate(said) if s.start == event.start)
        since = ""
        if day_above and not any(s.kind is Column.DAY for s in said):
            since = day_above + (" at " if said[0].kind is Column.PLACE else ", ")
        elif self.book.year and not any(s.kind is Column.DAY for s in said):
            since = f"In {self.book.year}, "
        dated = any(s.kind is Column.DAY for s in said[:at])
        edits, left = [], self.row.start
        for n, s in enumerate(said):
            spoken = s.before
            if n == 0 and s.kind is Column.PLACE:
                spoken = s.before.capitalize() if dated else s.before.removeprefix("at ")
            elif 0 < n < at and s.kind is Column.PLACE is said[n - 1].kind:
                spoken = s.before.removeprefix("at ")
            elif n == 0 and s.kind is Column.COUNTRY and dated:
                spoken = "In "
            elif 0 < n < at and s.kind is Column.DAY and said[0].kind in (Column.PLACE, Column.COUNTRY):
                spoken = "on " if (s.words or self.text[s.start])[:1].isdigit() else "in "
            spoken += s.words or ""
            end = s.start if s.words is None else s.end
            if n > at and since.endswith(". "):
                spoken = spoken.lstrip(", ")
                if not spoken:
                    edits.append(Edit(left, s.start, since))
                    left, since, spoken, end = s.start, "", self.text[s.start], s.start + 1
                spoken = spoken[0].upper() + spoken[1:]
            edits.append(Edit(left, end, since + spoken))
            left, since = s.end, s.after + self._joint(said, n, at)
        edits.append(Edit(left, self.row.end, f"{since} {note}".rstrip()))
        return [e for e in edits if e.words or e.start < e.end]

    def _joint(self, said: list[Said], n: int, at: int) -> str:
        """What stands between a cell and the next one."""
        here, after = said[n], said[n + 1] if n + 1 < len(said) else None
        stop = "" if n >= at and self.text[here.end - 1] in ".!?" and not here.after else "."
        if after is None:
            return stop
        if n + 1 == at:
            return ": "
        if n < at:
            apart = here.kind in (Column.COUNTRY, Column.PLACE) or after.kind not in (Column.PLACE, Column.HOUR)
            return ", " if apart and after.kind is not Column.HOUR else " "
        if after.before.startswith(","):
            return f"{stop} " if here.sentence else ""
        if after.kind in say.COUNTED:
            return ", " if not here.sentence or here.kind in say.COUNTED else f"{stop} Toll: "
        return f"{stop} " if after.sentence else " "


_LAST_DIGITS: Final = re.compile(r"\d{1,4}$")
