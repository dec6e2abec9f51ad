"""The route, top to bottom: the agents read, fuse, watch and admit, each a few lines around a pure step.

    reports --read--> mentions --fuse--> exposures --watch--> alerts
                                 `-----> incidents
    actions --admit--> exposures (about alerts), mentions (about incidents)

An agent has one input topic and one table, so a replay after a crash meets the same records in the same order and sends
the same records again. `streams/guard.py` stands around every step.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import faust
from faust.types import StreamT, TopicT

from alerts import episode
from schemas.action import Action, ActionResult
from schemas.exposure import Exposure
from schemas.mention import Denial, Mention, Withdrawal
from schemas.outcome import NewerStateError, Outcome, Output, Step
from schemas.policy import Policy
from schemas.record import Record
from schemas.report import Heartbeat, Report, Tick
from schemas.topics import ACTIONS, EXPOSURES, HEARTBEAT, MENTIONS, REPORTS, Stream
from streams import revisions
from streams.admission import admit
from streams.fusing import Fusion
from streams.guard import Guard, Received, Stage
from streams.lookout import Lookout
from streams.metrics import Metrics
from streams.receiving import receive
from streams.reference import Reference
from streams.rows import Rows
from streams.timekeeping import Timekeeper

SWEEP_EVERY = timedelta(hours=1)


class Route:
    """The steps of one process, with what they remember of the partitions that it holds.

    Parameters
    ----------
    partitions
        How many partitions each topic has.
    reference
        Gives the snapshot of facilities and policy that is in force.
    metrics
        Where time and latency are measured.
    rows
        Makes the rows of the stage that is named; they call back when they have changed hands.
    believe
        Refuses a report in another's name, and a tick that does not tell the time.
    """

    def __init__(
        self,
        partitions: int,
        reference: Callable[[], Reference],
        metrics: Metrics,
        rows: Callable[[str, Callable[[], None]], Rows],
        believe: Callable[[Report | Tick, Received, Policy], None],
    ) -> None:
        self._partitions = partitions
        self._reference = reference
        self._believe = believe
        self._time = Timekeeper(partitions, metrics)
        self._lookout = Lookout(metrics)
        self._fusions: dict[int, Fusion] = {}
        self._swept: dict[int, datetime] = {}
        self._resent: set[int] = set()
        self.reports = rows("read", self._forget)
        self.incidents = rows("fuse", self._forget)
        self.sites = rows("watch", self._forget)
        self.reading = Stage("read", REPORTS, self.read, self.reports)
        self.fusing = Stage("fuse", MENTIONS, self.fuse, self.incidents, applied=self._fused, whole=True)
        self.watching = Stage("watch", EXPOSURES, self.watch, self.sites, settle=episode.sent)
        self.admitting = Stage("admit", ACTIONS, self.admit)

    def attach(self, app: faust.App, namespace: str, guard: Guard) -> None:
        """Define the agents of an app, on the topics of a namespace."""

        def topic(stream: Stream) -> TopicT:
            return app.topic(
                stream.topic(namespace),
                key_type=bytes,
                value_type=bytes,
                key_serializer="raw",
                value_serializer="raw",
                partitions=self._partitions,
                allow_empty=True,
            )

        @app.agent(topic(REPORTS), name="read", concurrency=1)
        async def read(stream: StreamT[bytes]) -> None:
            async for event in stream.events():
                await guard.handle(self.reading, event)

        @app.agent(topic(MENTIONS), name="fuse", concurrency=1)
        async def fuse(stream: StreamT[bytes]) -> None:
            async for event in stream.events():
                await guard.handle(self.fusing, event)

        @app.agent(topic(EXPOSURES), name="watch", concurrency=1)
        async def watch(stream: StreamT[bytes]) -> None:
            async for event in stream.events():
                await guard.handle(self.watching, event)

        @app.agent(topic(ACTIONS), name="admit", concurrency=1)
        async def admit(stream: StreamT[bytes]) -> None:
            async for event in stream.events():
                await guard.handle(self.admitting, event)

    def read(self, received: Received) -> Step[bytes]:
        """A report becomes mentions, and a receipt; a tick goes on to all mentions partitions."""
        reference, partition = self._reference(), received.partition
        match received.record:
            case Report() as report:
                self._believe(report, received, reference.policy)
                row = self.reports.of(partition).get(report.report_id)
                return receive(
                    report,
                    row,
                    received.offset,
                    received.ingested_at,
                    self._partitions,
                    reference.lexicon,
                    reference.policy,
                )
            case Tick() as tick:
                self._believe(tick, received, reference.policy)
                moved = self._time.hear("read", partition, tick)
                if moved is None:
                    return Step(Outcome.TICK)
                return Step(
                    Outcome.TICK, self._time.onward(MENTIONS, moved, partition), self._outdated(partition, moved)
                )
            case other:
                raise _misplaced(other)

    def fuse(self, received: Received) -> Step[bytes]:
        """A mention joins an incident or founds one; every site that is concerned hears of it."""
        reference, partition = self._reference(), received.partition
        fusion = self._fusions.get(partition)
        if fusion is None:
            fusion = self._fusions[partition] = Fusion.restore(partition, self.incidents.of(partition).items())
        onward: tuple[Output, ...] = ()
        match received.record:
            case Mention() | Withdrawal() | Denial() | Action() as told:
                event: Mention | Withdrawal | Denial | Action | Tick = told
            case Tick() as tick:
                moved = self._time.hear("fuse", partition, tick)
                if moved is None:
                    return Step(Outcome.TICK)
                event, onward = moved, self._time.onward(EXPOSURES, moved, partition)
            case other:
                raise _misplaced(other)
        step = fusion.step(
            event,
            self._time.reached("fuse", partition),
            int(received.ingested_at.timestamp() * 1000),
            reference.gazetteer,
            reference.policy,
        )
        return replace(step, outputs=(*step.outputs, *onward))

    def watch(self, received: Received) -> Step[bytes]:
        """An exposure moves its site's statistic; what people must know leaves through the outbox."""
        reference, partition = self._reference(), received.partition
        rows = self.sites.of(partition)
        match received.record:
            case Exposure() | Action() as event:
                key = self._row_of(event)
                step = episode.step(
                    rows.get(key),
                    event,
                    self._time.reached("watch", partition),
                    received.ingested_at,
                    reference.gazetteer.members(episode.site_of_row(key)),
                    reference.policy,
                )
            case Tick() as tick:
                moved = self._time.hear("watch", partition, tick)
                if moved is None:
                    return Step(Outcome.TICK)
                step = _together([_heartbeat(partition, moved), *self._time_passed(moved, received)])
                self._lookout.count_open(partition, rows)
            case other:
                raise _misplaced(other)
        if partition not in self._resent:
            self._resent.add(partition)
            step = _together([step, *_unsent(rows, step)])
        self._lookout.alerted(step.after_rows, received.ingested_at, _now())
        return step

    def admit(self, received: Received) -> Step[bytes]:
        """An action goes on to the stage that holds what it acts on, or is refused."""
        reference = self._reference()
        match received.record:
            case Action() as action:
                return admit(action, received.ingested_at, reference.gazetteer, reference.policy)
            case ActionResult():
                return Step(Outcome.IGNORED)
            case other:
                raise _misplaced(other)

    def _fused(self, partition: int, rows: Mapping[str, bytes | None]) -> None:
        self._fusions[partition].apply(rows)

    def _outdated(self, partition: int, moved: Tick) -> dict[str, bytes | None]:
        """Rows of reports so old that what they said can no longer be taken back; looked for once an hour."""
        if moved.at < self._swept.get(partition, moved.at - SWEEP_EVERY) + SWEEP_EVERY:
            return {}
        self._swept[partition] = moved.at
        before = moved.at - self._reference().policy.lateness * 2
        rows = self.reports.of(partition).items()
        return {key: None for key, row in rows if revisions.Known.from_row(row).is_older_than(before)}

    def _time_passed(self, moved: Tick, received: Received) -> Iterator[Step[bytes]]:
        """Let time pass at every site of the partition."""
        reference = self._reference()
        for key, row in list(self.sites.of(received.partition).items()):
            members = reference.gazetteer.members(episode.site_of_row(key))
            try:
                step = episode.tick(row, moved.at, received.ingested_at, members, reference.policy)
            except NewerStateError:
                raise
            except Exception as e:  # noqa: BLE001  one site must not stop time for the others
                self._lookout.stuck(key, e)
                continue
            if step is not None:
                yield step

    def _row_of(self, event: Exposure | Action) -> str:
        if isinstance(event, Exposure):
            return episode.row_key(event.site_id, event.incident.traffic)
        site_id = self._reference().gazetteer.site_of(event.facility_id)
        return episode.row_key(site_id or event.facility_id, event.traffic)

    def _forget(self) -> None:
        """Partitions came or went: what was built on their rows, and the time that they reached, must be found anew."""
        self._time.forget()
        self._lookout.forget()
        self._fusions.clear()
        self._swept.clear()
        self._resent.clear()


def _together(steps: Iterable[Step[bytes]]) -> Step[bytes]:
    """One step that does what several do; the first one's outcome counts."""
    first, *others = steps
    for other in others:
        first = replace(
            first,
            outputs=(*first.outputs, *other.outputs),
            rows={**first.rows, **other.rows},
            after_rows=(*first.after_rows, *other.after_rows),
        )
    return first


def _heartbeat(partition: int, moved: Tick) -> Step[bytes]:
    beat = Heartbeat(partition=partition, reached=moved.at, ticked_at=moved.sent_at, written_at=_now())
    return Step(Outcome.TICK, (Output(HEARTBEAT, str(partition), beat, partition),))


def _unsent(rows: Mapping[str, bytes], step: Step[bytes]) -> Iterator[Step[bytes]]:
    """What the outboxes of a partition that was just taken over still hold: a crash may have kept it back."""
    for key, row in rows.items():
        if key not in step.rows and (unsent := episode.unsent(row)):
            yield Step(Outcome.REPEATED, rows={key: row}, after_rows=unsent)


def _misplaced(record: Record) -> TypeError:
    return TypeError(f"{record.ce_type} was decoded for a stage that does not read it")


def _now() -> datetime:
    return datetime.now(tz=UTC)
