"""Which text of a report this is, and what it takes back.

The same report id with another text is a new revision: the mentions of the earlier ones are withdrawn. A correction or
a retraction withdraws the report that it names. Another source that uses an id takes nothing back. A row per report
that made mentions, or took some back, remembers the texts by hash in order of arrival and the offset of the last one: a
replay meets its own text again and is given the same revision.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

import orjson

from schemas.mention import Reading, Withdrawal
from schemas.outcome import NewerStateError, Outcome, Output
from schemas.report import Report
from schemas.taxonomy import SetAsideReason, WithdrawalReason
from schemas.topics import MENTIONS

MAX_TEXTS = 1000
"""So many texts of one report id are told apart: a row that grew for ever would one day be more than Kafka takes."""
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of a report."""

    digests: tuple[str, ...]
    """Hash of each text, in order of arrival: revision 1, 2, ..."""
    offset: int
    """Offset of the last one in its partition."""
    published_at: float
    """When the last one was published, in seconds since 1970: rows are dropped by it."""
    source: str = ""
    """Who used the id first, in lower case; empty where an earlier version wrote the row."""

    @classmethod
    def from_row(cls, row: bytes) -> "Known":
        """Decode a table row."""
        value = orjson.loads(row)
        if value["v"] > _VERSION:
            raise NewerStateError(f"a report's row has version {value['v']}, this program reads {_VERSION}: upgrade it")
        return cls(tuple(value["digests"]), value["offset"], value["published_at"], value.get("source", ""))

    def to_row(self) -> bytes:
        """Encode as a table row."""
        return orjson.dumps(
            {
                "v": _VERSION,
                "digests": self.digests,
                "offset": self.offset,
                "published_at": self.published_at,
                "source": self.source,
            }
        )

    def is_full(self, report: Report) -> bool:
        """Whether this would be one text too many."""
        return len(self.digests) >= MAX_TEXTS and _digest(report, self.source) not in self.digests

    def is_older_than(self, instant: datetime) -> bool:
        """Whether the last text was published before an instant."""
        return self.published_at < instant.timestamp()


def place(known: Known | None, report: Report, offset: int) -> tuple[int, Known]:
    """Return the revision that this text is, from 1, and what is to be remembered with it."""
    source = report.source.name.casefold()
    digest = _digest(report, known.source if known else source)
    fresh = Known((digest,), offset, report.published_at.timestamp(), source)
    if known is None:
        return 1, fresh
    if digest in known.digests:
        return known.digests.index(digest) + 1, known
    if offset <= known.offset:  # a replayed text that made no mentions and so was not remembered
        return 1, known
    return len(known.digests) + 1, replace(fresh, digests=(*known.digests, digest), source=known.source)


def withdrawals(report: Report, reading: Reading, partitions: int) -> tuple[Output, ...]:
    """Return the withdrawals that a report leads to, one for every mentions partition each."""
    taken_back = []
    if reading.report_revision > 1:
        taken_back.append(_withdrawal(report, report.report_id, reading.report_revision, WithdrawalReason.SUPERSEDED))
    if report.corrects is not None and report.corrects != report.report_id:
        taken_back.append(_withdrawal(report, report.corrects, None, WithdrawalReason.CORRECTED))
    if report.retracts is not None and report.retracts != report.report_id:
        taken_back.append(_withdrawal(report, report.retracts, None, WithdrawalReason.RETRACTED))
    return tuple(Output(MENTIONS, w.report_id, w, partition) for w in taken_back for partition in range(partitions))


def outcome(reading: Reading) -> Outcome:
    """Return what became of a report, by its receipt."""
    if reading.mentions:
        return Outcome.MENTIONS
    if any(s.reason is SetAsideReason.UNSUPPORTED_LANGUAGE for s in reading.set_aside):
        return Outcome.UNSUPPORTED_LANGUAGE
    return Outcome.SET_ASIDE if reading.set_aside else Outcome.QUIET


def _withdrawal(report: Report, report_id: str, below: int | None, reason: WithdrawalReason) -> Withdrawal:
    return Withdrawal(
        report_id=report_id,
        below_revision=below,
        source=report.source.name,
        reason=reason,
        by_report=report.report_id,
        at=report.published_at,
        traffic=report.traffic,
    )


def _digest(report: Report, owner: str) -> str:
    """Hash a text; the same words from another source than the id's first are another text, and speak for it alone."""
    source = report.source.name.casefold()
    stranger = [source] if owner and source != owner else []
    told = orjson.dumps([report.title, report.text, report.corrects, report.retracts, *stranger])
    return hashlib.sha256(told).hexdigest()[:16]
