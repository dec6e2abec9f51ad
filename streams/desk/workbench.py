"""The route's first two stages over a file, without a broker: what each report says, and which incidents it tells of.

The very steps of the route, on one partition, in order of publication; time passes from report to report.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from schemas.mention import Mention, Reading, Withdrawal
from schemas.report import Report, Tick
from streams.fusing import Fusion
from streams.receiving import receive
from streams.reference import Reference


@dataclass(frozen=True, slots=True)
class Understood:
    """What became of one report."""

    report: Report
    reading: Reading
    mentions: tuple[Mention, ...]
    incidents: dict[str, str] = field(default_factory=dict)
    """Incident by mention, as it stood when the report was fused, or later when it was fused anew."""


def understand(reports: Sequence[Report], reference: Reference) -> list[Understood]:
    """Read reports and fuse what they say.

    Parameters
    ----------
    reports
        Reports in any order; several texts of one id are its revisions.

    Returns
    -------
    One answer for each report, in the order in which they were given.
    """
    fusion = Fusion(0)
    rows: dict[str, bytes | None] = {}
    answers: dict[int, Understood] = {}
    home: dict[str, str] = {}
    in_time = sorted(enumerate(reports), key=lambda pair: (pair[1].published_at, pair[0]))
    for offset, (place, report) in enumerate(in_time):
        step = receive(
            report, rows.get(report.report_id), offset, report.published_at, 1, reference.lexicon, reference.policy
        )
        rows.update(step.rows)
        records = [output.record for output in step.outputs]
        reading = next(record for record in records if isinstance(record, Reading))
        said = tuple(record for record in records if isinstance(record, Mention))
        answers[place] = Understood(report, reading, said)
        tick = Tick(at=report.published_at, sent_at=report.published_at, origin=0, origins=1)
        _fuse(fusion, (tick, *(r for r in records if isinstance(r, Mention | Withdrawal))), report, reference)
        home.update(fusion.assignments())
    for answer in answers.values():
        answer.incidents.update((m.mention_id, home[m.mention_id]) for m in answer.mentions if m.mention_id in home)
    return [answers[place] for place in range(len(reports))]


def _fuse(fusion: Fusion, events: Iterable[Mention | Withdrawal | Tick], report: Report, reference: Reference) -> None:
    ingest_ms = int(report.published_at.timestamp() * 1000)
    for event in events:
        step = fusion.step(event, report.published_at, ingest_ms, reference.gazetteer, reference.policy)
        fusion.apply(step.rows)
