"""Lays a report out as it was typed before it is read, and points what was read back into the report as it came."""

from dataclasses import dataclass
from typing import TypeVar

from schemas.mention import Denial, Mention, Reading, SetAside, Span
from schemas.report import Report
from streams.reading.text.casing import recased
from streams.reading.text.glosses import glosses
from streams.reading.text.layout import Page, laid_out
from streams.reading.what.cues import Names
from streams.reading.where.places import mask

_Stretch = TypeVar("_Stretch", Span, SetAside)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A report laid out, and the body as it came."""

    report: Report
    """As it is read."""
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
        quote = mask(self.body[core.start : core.end])[:600]
        return mention.model_copy(update={"evidence": evidence, "quote": quote})

    def denial(self, denial: Denial) -> Denial:
        """Return a denial whose claim lies in the body as it came."""
        return denial.model_copy(update={"claim": self.mention(denial.claim)})

    def receipt(self, reading: Reading) -> Reading:
        """Return a receipt whose passages set aside lie in the body as it came."""
        moved = (self._back(passage) for passage in reading.set_aside)
        set_aside = tuple(a.model_copy(update={"quote": mask(self.body[a.start : a.end])[:600]}) for a in moved)
        return reading.model_copy(update={"set_aside": set_aside})

    def _back(self, stretch: _Stretch) -> _Stretch:
        start = min(self.starts[stretch.start], len(self.body) - 1)
        end = max(start + 1, self.ends[stretch.end - 1])
        return stretch.model_copy(update={"start": start, "end": end})


def sheet_of(report: Report) -> Sheet | None:
    """Return a report laid out, None where it came so."""
    title, text = laid_out(report.title), laid_out(report.text)
    in_title, in_text = glosses(title.text if title else report.title, text.text if text else report.text)
    if title is None and text is None and not in_text:
        return None
    title = (title or Page.of(report.title)).edited(in_title)
    text = (text or Page.of(report.text)).edited(in_text)
    behind = len(report.title) + 1
    return Sheet(
        report.model_copy(update={"title": title.text, "text": text.text}),
        report.body,
        [*title.starts, behind - 1, *(behind + at for at in text.starts)],
        [*title.ends, behind, *(behind + at for at in text.ends)],
    )


def spelt(report: Report, names: Names) -> Report:
    """Return a report with the capitals of prose, in title and text, each as long as it was."""
    told = {"title": recased(report.title, names), "text": recased(report.text, names)}
    anew = {key: value for key, value in told.items() if value is not None}
    return report.model_copy(update=anew) if anew else report
