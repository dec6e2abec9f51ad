"""Finds the entries of a logbook: lines that each open with the hour at which they were written, in the order of the day.

"2237L Two impacts heard", "05.20 - tankers in", "[01:58] UAV struck roof", "18:44 | Explosion", "ENTRY 0414 / 1015H: Fire at mess hall".
"""

import statistics
from typing import Final, NamedTuple

from streams.reading.text import gated as re

_STAMP: Final = re.compile(
    r"^[^\S\n]*(?:[-*•]\s)?(?:(?:[A-Z][A-Za-z]{1,8}[^\S\n]?)?(?:NO\.?\s?|#)?\d[\d/]*(?:\s?[/|,:–-]\s?|[^\S\n]{1,3}))?"
    r"[\[(]?(?P<hour>[01]\d|2[0-4]|\d(?=[:.h]))[:.h]?(?P<minute>[0-5]\d)(?![\d/])[\])]?[^\S\n]?"
    r"(?P<zone>(?:[A-Z]|HRS|Hrs|hrs|UTC|GMT|LT|local|h)\b)?[^\S\n]*[-–—|:;,.)/]{0,2}[^\S\n]+(?=\S)",
    re.MULTILINE,
)
_LEAST: Final = 4
"""So many entries make a log."""
_LEAST_HEADED: Final = 3
"""and so many under a heading that says that it is one:"""
_HEADING: Final = re.compile(
    r"\s*(?!\d{4}\b)[^\n.]{0,40}\b(?:log|logbook|log book|journal|watch log)\b[^\n.]{0,40}\n", re.IGNORECASE
)
""""Gate log 13 MAY"."""
_MOST_OF: Final = 0.6
"""Such a part of its lines are entries."""
_BRIEF: Final = 200
"""Characters of an entry at the median; what is longer is a live report, written for readers."""
_LINE: Final = re.compile(r"\S[^\n]*")


class Entry(NamedTuple):
    """An entry, by its offsets in the text."""

    start: int
    """Where its line begins."""
    content: int
    """What was written, behind the hour."""
    end: int
    hour: float
    """Hours from midnight, of the day of the first entry."""
    utc: bool

    def moved(self, by: int) -> "Entry":
        """The entry in a body in which its text begins at a position."""
        return self._replace(start=self.start + by, content=self.content + by, end=self.end + by)


def entries(text: str, *, kept: bool) -> list[Entry]:
    """Return the entries of a logbook, in order; none where a text is no logbook.

    Parameters
    ----------
    text
        The text.
    kept
        Whether its source keeps logs; of others only what is headed as one is one.
    """
    headed = _HEADING.match(text) is not None
    if not (kept or headed):
        return []
    stamps = list(_STAMP.finditer(text))
    if len(stamps) < (_LEAST_HEADED if headed else _LEAST) or len(stamps) < _MOST_OF * len(_LINE.findall(text)):
        return []
    out: list[Entry] = []
    midnights = 0
    for m in stamps:
        hour = int(m["hour"]) + int(m["minute"]) / 60
        if out and hour + 24 * midnights < out[-1].hour:
            midnights += 1
        end = text.find("\n", m.end())
        utc = m["zone"] in ("Z", "UTC", "GMT")
        out.append(Entry(m.start(), m.end(), end if end >= 0 else len(text), hour + 24 * midnights, utc))
    brief = statistics.median(e.end - e.content for e in out) <= _BRIEF
    return out if midnights <= 1 and brief else []
