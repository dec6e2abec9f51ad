"""What becomes of a report, pure: refused, left unread, or read into mentions and a receipt; and what it takes back."""

from datetime import datetime

from schemas.mention import Reading
from schemas.outcome import DeadLetterReason, Outcome, Output, Step
from schemas.policy import Policy
from schemas.report import MAX_AHEAD, Report
from schemas.topics import MENTIONS, READINGS
from streams import reading, revisions


class RefusedError(ValueError):
    """A record that is well formed and cannot be accepted; it goes to the dead-letter topic."""

    def __init__(self, reason: DeadLetterReason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def receive(
    report: Report,
    row: bytes | None,
    offset: int,
    ingested_at: datetime,
    partitions: int,
    lexicon: reading.Lexicon,
    policy: Policy,
) -> Step[bytes]:
    """Read a report.

    Parameters
    ----------
    report
        As it arrived.
    row
        What is remembered of its id; None where nothing is.
    offset, ingested_at
        Where it stands in its partition, and when it was written there.
    partitions
        How many partitions the mentions topic has: a withdrawal goes to all.
    lexicon, policy
        What the reader looks up.

    Raises
    ------
    RefusedError
        It was published after it arrived, or its id has had more texts than are told apart.
    """
    if report.published_at > ingested_at + MAX_AHEAD:
        raise RefusedError(
            DeadLetterReason.FUTURE,
            f"published_at {report.published_at.isoformat()} lies more than {MAX_AHEAD.seconds // 60} min after "
            f"its ingest at {ingested_at.isoformat()}: check the sender's clock",
        )
    if not policy.hears(report.source.name):
        return Step(Outcome.SOURCE_OFF, (Output(READINGS, report.report_id, _unread(report)),))
    known = None if row is None else revisions.Known.from_row(row)
    if known is not None and known.is_full(report):
        raise RefusedError(
            DeadLetterReason.TOO_MANY_REVISIONS,
            f"it is one text more under id {report.report_id} than the {revisions.MAX_TEXTS} that are told apart: "
            "a report has an id of its own",
        )
    revision, remembered = revisions.place(known, report, offset)
    receipt, mentions, denials = reading.read_all(report, revision, lexicon, policy)
    taken_back = revisions.withdrawals(report, receipt, partitions)
    outputs = (
        Output(READINGS, report.report_id, receipt),
        *taken_back,
        *(Output(MENTIONS, mention.theatre, mention) for mention in mentions),
        *(Output(MENTIONS, denial.claim.theatre, denial) for denial in denials),
    )
    matters = known is not None or mentions or denials or taken_back
    rows = {report.report_id: remembered.to_row()} if matters and remembered != known else {}
    return Step(revisions.outcome(receipt), outputs, rows)


def _unread(report: Report) -> Reading:
    return Reading(
        report_id=report.report_id,
        report_revision=1,
        traffic=report.traffic,
        published_at=report.published_at,
        source=report.source,
    )
