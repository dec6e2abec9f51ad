"""The route's first two stages over a file, without a broker: what each report says, and which incidents it tells of.

The very steps of the route, on one partition, in order of publication; time passes from report to report.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from schemas.exposure import Exposure
from schemas.mention import Denial, Mention, Reading, Withdrawal
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


@dataclass(frozen=True, slots=True)
class Worked:
    """What one report led to, so far."""

    reading: Reading
    mentions: tuple[Mention, ...]
    exposures: tuple[Exposure, ...]


class Workbench:
    """Reading and fusing, one report after the other, in order of publication."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._fusion = Fusion(0)
        self._rows: dict[str, bytes | None] = {}
        self._count = 0

    def take(self, report: Report) -> Worked:
        """Read a report and fuse what it says."""
        reference = self._reference
        step = receive(
            report,
            self._rows.get(report.report_id),
            self._count,
            report.published_at,
            1,
            reference.lexicon,
            reference.policy,
        )
        self._count += 1
        self._rows.update(step.rows)
        records = [output.record for output in step.outputs]
        return Worked(
            next(record for record in records if isinstance(record, Reading)),
            tuple(record for record in records if isinstance(record, Mention)),
            tuple(self._fuse([r for r in records if isinstance(r, Mention | Withdrawal | Denial)], report)),
        )

    def assignments(self) -> dict[str, str]:
        """Return the incident of each mention that is held."""
        return dict(self._fusion.assignments())

    def _fuse(self, told: Sequence[Mention | Withdrawal | Denial], report: Report) -> Iterator[Exposure]:
        at, reference = report.published_at, self._reference
        for event in (Tick(at=at, sent_at=at, origin=0, origins=1), *told):
            step = self._fusion.step(event, at, int(at.timestamp() * 1000), reference.gazetteer, reference.policy)
            self._fusion.apply(step.rows)
            yield from (output.record for output in step.outputs if isinstance(output.record, Exposure))


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
    bench = Workbench(reference)
    answers: dict[int, Understood] = {}
    home: dict[str, str] = {}
    for place, report in sorted(enumerate(reports), key=lambda pair: (pair[1].published_at, pair[0])):
        worked = bench.take(report)
        answers[place] = Understood(report, worked.reading, worked.mentions)
        home.update(bench.assignments())
    for answer in answers.values():
        answer.incidents.update((m.mention_id, home[m.mention_id]) for m in answer.mentions if m.mention_id in home)
    return [answers[place] for place in range(len(reports))]
