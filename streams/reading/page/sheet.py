"""Lays a report out as it was typed before it is read, and points what was read back into the report as it came."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeVar

from schemas.mention import Denial, Mention, Reading, SetAside, Span
from schemas.report import Report
from streams.reading.page.casing import recased
from streams.reading.page.edits import Page
from streams.reading.page.glosses import glosses
from streams.reading.page.heading import headline, repeated
from streams.reading.page.layout import laid_out
from streams.reading.what.cues import Names
from streams.reading.where.positions import Position, joined, masked, positions

_BETWEEN: Final = frozenset(" \t\r\n|;>")
"""What stands between the cells of a table and before the lines of a mail belongs to no passage."""
_Stretch = TypeVar("_Stretch", Span, SetAside)


@dataclass(frozen=True)
class Sheet:
    """A report laid out, and the body as it came."""

    report: Report
    """As it is read: with the capitals of prose."""
    written: Report
    """The same, character for character, with the capitals with which it was written."""
    body: str
    """As it came."""
    starts: list[int]
    """Where in that each character of the body that is read begins,"""
    ends: list[int]
    """and where it ends."""

    def mention(self, mention: Mention) -> Mention:
        """Return a mention whose evidence lies in the body as it came."""
        evidence = tuple(self._back(span) for span in mention.evidence)
        core = evidence[0]
        quote = self._published(core)[:600]
        when = next((self._published(s)[:300] for s in evidence if s.axis == "occurred"), None)
        return mention.model_copy(update={"evidence": evidence, "quote": quote, "time_expression": when})

    def denial(self, denial: Denial) -> Denial:
        """Return a denial whose claim lies in the body as it came."""
        return denial.model_copy(update={"claim": self.mention(denial.claim)})

    def receipt(self, reading: Reading) -> Reading:
        """Return a receipt whose passages set aside lie in the body as it came."""
        moved = (self._back(passage) for passage in reading.set_aside)
        set_aside = tuple(a.model_copy(update={"quote": self._published(a)[:600]}) for a in moved)
        return reading.model_copy(update={"set_aside": set_aside})

    def _published(self, stretch: Span | SetAside) -> str:
        """The words of a stretch, without exact positions: those written out, and those that only the page shows."""
        return masked(self.body, stretch.start, stretch.end, self._positions)

    @cached_property
    def _positions(self) -> tuple[Position, ...]:
        laid_out = (Position(*self._came_from(p.start, p.end)) for p in positions(self.written.body))
        return joined((*positions(self.body), *laid_out))

    def _came_from(self, start: int, end: int) -> tuple[int, int]:
        first = min(self.starts[start], len(self.body) - 1)
        return first, max(first + 1, self.ends[end - 1])

    def _back(self, stretch: _Stretch) -> _Stretch:
        if stretch.start == stretch.end:  # no words: a site that only the sender's name tells
            return stretch
        start, end = self._came_from(stretch.start, stretch.end)
        while start < end - 1 and self.body[start] in _BETWEEN:
            start += 1
        while end > start + 1 and self.body[end - 1] in _BETWEEN:
            end -= 1
        return stretch.model_copy(update={"start": start, "end": end})


def sheet_of(report: Report, names: Names) -> Sheet | None:
    """Return a report laid out, None where it came so.

    Parameters
    ----------
    report
        The report as it came.
    names
        Names that are written with a capital.
    """
    titled, typed = laid_out(report.title) if report.title else None, laid_out(report.text, report.title)
    title, text = titled.text if titled else report.title, typed.text if typed else report.text
    in_title, in_text = glosses(title, text)
    if in_text:
        titled, typed = (
            (titled or Page.of(report.title)).edited(in_title),
            (typed or Page.of(report.text)).edited(in_text),
        )
        title, text = titled.text, typed.text
    own = headline(text) if not title.strip() else None
    start, end, behind = own or (0, 0, repeated(title, text))
    if own is not None:
        title = text[start:end]
    spelt = {"title": recased(title, names), "text": recased(text[behind:], names)}
    if titled is typed is None and not behind and spelt == {"title": None, "text": None}:
        return None
    body = (typed or Page.of(report.text)).moved(len(report.title) + 1)
    head, page = titled or Page.of(report.title) if own is None else body.part(start, end), body.part(behind)
    written = report.model_copy(update={"title": head.text, "text": page.text})
    gap = head.ends[-1] if head.ends else len(report.title)
    return Sheet(
        written.model_copy(update={part: anew for part, anew in spelt.items() if anew is not None}),
        written,
        report.body,
        [*head.starts, gap, *page.starts],
        [*head.ends, gap + 1, *page.ends],
    )
