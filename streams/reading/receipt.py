"""Writes the receipt of a report: the mentions made of it, what was set aside and why, and what went beyond the bounds."""

from collections.abc import Iterable, Sequence
from typing import Final

from schemas.mention import Mention, Reading, SetAside
from schemas.taxonomy import SetAsideReason as R
from streams.reading.mentions import Imprint, trim
from streams.reading.story import Aside
from streams.reading.where.positions import masked

_MOST: Final = 500
"""Passages set aside in one receipt."""
BEYOND: Final = "bound.mentions"
"""The rule of an incident beyond the most mentions of one report."""
_REST: Final = "bound.set-aside"
"""The rule of the stretch that holds all passages beyond the most of one receipt."""


def receipt(imprint: Imprint, mentions: Sequence[Mention], asides: Iterable[Aside]) -> Reading:
    """Return what became of a report."""
    report = imprint.report
    rows = sorted(asides, key=lambda a: (a.start, a.end))
    if len(rows) > _MOST:
        first, *rest = rows[_MOST - 1 :]
        rows[_MOST - 1 :] = [Aside(R.OTHER, first.start, max(a.end for a in (first, *rest)), _REST)]
    return Reading(
        report_id=report.report_id,
        report_revision=imprint.revision,
        traffic=report.traffic,
        published_at=report.published_at,
        source=imprint.source,
        mentions=tuple(m.mention_id for m in mentions),
        set_aside=tuple(_row(report.body, a) for a in rows),
        reader=imprint.reader,
    )


def _row(body: str, aside: Aside) -> SetAside:
    start, end = trim(body, aside.start, aside.end)
    quote = masked(body, start, end)[:600]
    return SetAside(reason=aside.reason, start=start, end=end, quote=quote, rule=aside.rule)


def bound_reached(reading: Reading) -> bool:
    """Whether a report tells more than one report may, so that not all of it was made mentions of, or set aside by itself."""
    return any(a.rule in (BEYOND, _REST) for a in reading.set_aside)
