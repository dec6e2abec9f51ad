"""The route, top to bottom: the agents read, fuse, watch and admit, each a few lines around a pure step.

    reports --read--> mentions --fuse--> exposures --watch--> alerts
                                 `-----> incidents
    actions --admit--> exposures (about alerts), mentions (about incidents)

An agent has one input topic and one table, so a replay after a crash meets the same records in the same order and sends
the same records again. `streams/guard.py` stands around every step.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import faust
from faust.types import StreamT, TopicT

from alerts import episode, site
from schemas.action import Action, ActionResult
from schemas.alert import Alert
from schemas.exposure import Exposure
from schemas.mention import Mention, Reading, Withdrawal
from schemas.outcome import DeadLetterReason, Outcome, Output, Step
from schemas.record import Record
from schemas.report import MAX_AHEAD, Heartbeat, Report, Tick
from schemas.taxonomy import Change, Level, Traffic, Verdict
from schemas.topics import ACTIONS, EXPOSURES, HEARTBEAT, MENTIONS, READINGS, REPORTS, Stream, alert_streams
from streams import reading, revisions
from streams.fusing import Fusion
from streams.guard import Guard, Received, RefusedError, Stage
from streams.metrics import Metrics
from streams.reference import Reference
from streams.rows import Rows
from streams.watermark import Watermark

REPORTED = frozenset({Change.OPENED, Change.UPDATED, Change.ESCALATED, Change.REOPENED})
"""Changes that a report led to; the others come with time, or from operators."""


class Route:
    """The steps of one process, with what they remember of the partitions that it holds.

    Parameters
    ----------
    app
        The Faust app to which the agents and tables belong.
    namespace, partitions
        Which topics, and how many partitions each has.
    reference
        Gives the snapshot of facilities and policy that is in force.
    metrics
        Where time and latency are measured.
    """

    def __init__(
        self, app: faust.App, namespace: str, partitions: int, reference: Callable[[], Reference], metrics: Metrics
    ) -> None:
        self._app = app
        self._namespace = namespace
        self._partitions = partitions
        self._reference = reference
        self._metrics = metrics
        self._watermarks: dict[tuple[str, int], Watermark] = defaultdict(Watermark)
        self._fusions: dict[int, Fusion] = {}
        self._swept: dict[int, datetime] = {}
        self._resent: set[int] = set()
        self._open: dict[int, Counter[tuple[Level, Traffic]]] = {}
        self.reports = Rows(app, "read", partitions, self._forget)
        self.incidents = Rows(app, "fuse", partitions, self._forget)
        self.sites = Rows(app, "watch", partitions, self._forget)

    def attach(self, guard: Guard) -> None:
        """Define the agents."""
        reading_ = Stage("read", REPORTS, self.read, self.reports)
        fusing = Stage("fuse", MENTIONS, self.fuse, self.incidents)
        watching = Stage("watch", EXPOSURES, self.watch, self.sites, settle=episode.sent)
        admitting = Stage("admit", ACTIONS, self.admit)

        @self._app.agent(self._topic(REPORTS), name="read", concurrency=1)
        async def read(stream: StreamT[bytes]) -> None:
            async for event in stream.events():
                await guard.handle(reading_, event)

        @self._app.agent(self._topic(MENTIONS), name="fuse", concurrency=1)
        async def fuse(stream: StreamT[bytes]) -> None:
            async for event in stream.events():
                await guard.handle(fusing, event)

        @self._app.agent(self._topic(EXPOSURES), name="watch", concurrency=1)
        async def watch(stream: StreamT[bytes]) -> None:
            async for event in stream.events():
                await guard.handle(watching, event)

        @self._app.agent(self._topic(ACTIONS), name="admit", concurrency=1)
        async def admit(stream: StreamT[bytes]) -> None:
            async for event in stream.events():
                await guard.handle(admitting, event)

    def read(self, received: Received) -> Step[bytes]:
        """A report becomes mentions, and a receipt; a tick goes on to all mentions partitions."""
        match received.record:
            case Tick() as tick:
                return self._read_tick(tick, received.partition)
            case Report() as report:
                return self._read_report(report, received)
            case other:
                raise _misplaced(other)

    def fuse(self, received: Received) -> Step[bytes]:
        """A mention joins an incident or founds one; every site that is concerned hears of it."""
        reference, partition = self._reference(), received.partition
        fusion = self._fusions.get(partition)
        if fusion is None:
            fusion = self._fusions[partition] = Fusion.restore(partition, self.incidents.of(partition).items())
        watermark = self._watermarks["fuse", partition]
        match received.record:
            case Tick() as tick:
                moved = watermark.hear(tick)
                if moved is None:
                    return Step(Outcome.TICK)
                event: Mention | Withdrawal | Action | Tick = moved
                onward = self._ticks(EXPOSURES, moved, partition)
                self._time_passed("fuse", partition, moved)
            case Mention() | Withdrawal() | Action() as event:
                onward = ()
            case other:
                raise _misplaced(other)
        ingest_ms = int(received.ingested_at.timestamp() * 1000)
        step = fusion.step(event, watermark.reached, ingest_ms, reference.gazetteer, reference.policy)
        fusion.apply(step.rows)
        return replace(step, outputs=(*step.outputs, *onward))

    def watch(self, received: Received) -> Step[bytes]:
        """An exposure moves its site's statistic; what people must know leaves through the outbox."""
        reference, partition = self._reference(), received.partition
        match received.record:
            case Tick() as tick:
                step = self._watch_tick(tick, received)
            case Exposure() | Action() as event:
                site_id = event.site_id if isinstance(event, Exposure) else self._site_of(event)
                traffic = event.incident.traffic if isinstance(event, Exposure) else event.traffic
                step = episode.step(
                    self.sites.of(partition).get(episode.row_key(site_id, traffic)),
                    event,
                    self._watermarks["watch", partition].reached,
                    received.ingested_at,
                    reference.gazetteer.members(site_id),
                    reference.policy,
                )
            case other:
                raise _misplaced(other)
        self._alerted(step.after_rows, received.ingested_at)
        return step if partition in self._resent else self._resend(step, partition)

    def admit(self, received: Received) -> Step[bytes]:
        """An action goes on to the stage that holds what it acts on, or is refused."""
        match received.record:
            case ActionResult():
                return Step(Outcome.IGNORED)
            case Action() as action:
                return self._admit(action, received.ingested_at)
            case other:
                raise _misplaced(other)

    # -- read

    def _read_report(self, report: Report, received: Received) -> Step[bytes]:
        reference = self._reference()
        if report.published_at > received.ingested_at + MAX_AHEAD:
            raise RefusedError(
                DeadLetterReason.FUTURE,
                f"published_at {report.published_at.isoformat()} lies more than {MAX_AHEAD.seconds // 60} min after "
                f"its ingest at {received.ingested_at.isoformat()}: check the sender's clock",
            )
        if not reference.policy.hears(report.source.name):
            return Step(Outcome.SOURCE_OFF, (Output(READINGS, report.report_id, _unread(report)),))
        row = self.reports.of(received.partition).get(report.report_id)
        known = None if row is None else revisions.Known.from_row(row)
        revision, remembered = revisions.place(known, report, received.offset)
        receipt, mentions = reading.read(report, revision, reference.lexicon, reference.policy)
        taken_back = revisions.withdrawals(report, receipt, self._partitions)
        outputs = (
            Output(READINGS, report.report_id, receipt),
            *taken_back,
            *(Output(MENTIONS, mention.theatre, mention) for mention in mentions),
        )
        matters = known is not None or mentions or taken_back
        rows = {report.report_id: remembered.to_row()} if matters and remembered != known else {}
        return Step(revisions.outcome(receipt), outputs, rows)

    def _read_tick(self, tick: Tick, partition: int) -> Step[bytes]:
        moved = self._watermarks["read", partition].hear(tick)
        if moved is None:
            return Step(Outcome.TICK)
        self._time_passed("read", partition, moved)
        return Step(Outcome.TICK, self._ticks(MENTIONS, moved, partition), self._outdated(partition, moved.at))

    def _outdated(self, partition: int, now: datetime) -> dict[str, bytes | None]:
        """Rows of reports so old that what they said can no longer be withdrawn; looked for once an hour."""
        if now < self._swept.get(partition, now - timedelta(hours=1)) + timedelta(hours=1):
            return {}
        self._swept[partition] = now
        before = now - self._reference().policy.lateness * 2
        rows = self.reports.of(partition).items()
        return {key: None for key, row in rows if revisions.Known.from_row(row).is_older_than(before)}

    # -- watch

    def _watch_tick(self, tick: Tick, received: Received) -> Step[bytes]:
        reference, partition = self._reference(), received.partition
        moved = self._watermarks["watch", partition].hear(tick)
        if moved is None:
            return Step(Outcome.TICK)
        self._time_passed("watch", partition, moved)
        rows: dict[str, bytes | None] = {}
        outputs: list[Output] = []
        outbox: list[Output] = []
        for key, row in list(self.sites.of(partition).items()):
            members = reference.gazetteer.members(episode.site_of_row(key))
            step = episode.tick(row, moved.at, received.ingested_at, members, reference.policy)
            if step is not None:
                rows.update(step.rows)
                outputs.extend(step.outputs)
                outbox.extend(step.after_rows)
        self._count_open(partition)
        beat = Heartbeat(partition=partition, reached=moved.at, ticked_at=moved.sent_at, written_at=_now())
        outputs.append(Output(HEARTBEAT, str(partition), beat, partition))
        return Step(Outcome.TICK, tuple(outputs), rows, tuple(outbox))

    def _count_open(self, partition: int) -> None:
        """Tell the metrics how many alerts are open, in this partition and the others held."""
        rows = self.sites.of(partition).items()
        self._open[partition] = Counter(
            (level, site.traffic_of_row(key)) for key, row in rows if (level := site.open_level(row)) is not None
        )
        together = sum(self._open.values(), Counter())
        for level, traffic in product(Level, Traffic):
            self._metrics.open_alerts(level, together[level, traffic], traffic)

    def _resend(self, step: Step[bytes], partition: int) -> Step[bytes]:
        """Send what the outboxes of a partition that was just taken over still hold: a crash may have kept it back."""
        self._resent.add(partition)
        rows, outbox = dict(step.rows), list(step.after_rows)
        for key, row in self.sites.of(partition).items():
            if key not in rows and (unsent := episode.unsent(row)):
                rows[key] = row
                outbox.extend(unsent)
        return replace(step, rows=rows, after_rows=tuple(outbox))

    # -- admit

    def _admit(self, action: Action, now: datetime) -> Step[bytes]:
        reference = self._reference()
        facility = reference.gazetteer.by_id.get(action.facility_id)
        if facility is None:
            reason = f"facility {action.facility_id} is not known here"
            refused = ActionResult(
                action_id=action.action_id,
                facility_id=action.facility_id,
                verdict=Verdict.REFUSED,
                reason=reason,
                alert_id=action.alert_id,
                at=now,
                traffic=action.traffic,
            )
            return Step(Outcome.REFUSED, (Output(ACTIONS, action.facility_id, refused),))
        if action.kind.on_incident:
            onward = Output(MENTIONS, reference.policy.theatre_of(facility.country), action)
        else:
            onward = Output(EXPOSURES, self._site_of(action), action)
        return Step(Outcome.FORWARDED, (onward,))

    # -- what they share

    def _ticks(self, stream: Stream, moved: Tick, partition: int) -> tuple[Output, ...]:
        tick = Tick(at=moved.at, sent_at=moved.sent_at, origin=partition, origins=self._partitions)
        return tuple(Output(stream, tick.record_id, tick, p) for p in range(self._partitions))

    def _time_passed(self, stage: str, partition: int, moved: Tick) -> None:
        self._metrics.ticked(stage, partition, moved.sent_at.timestamp())
        reached = [w.reached for (name, _), w in self._watermarks.items() if name == stage]
        self._metrics.reached(stage, min(r.timestamp() if r else 0.0 for r in reached))

    def _alerted(self, outbox: tuple[Output, ...], ingested_at: datetime) -> None:
        for output in outbox:
            if isinstance(alert := output.record, Alert) and output.stream is alert_streams(alert.traffic)[0]:
                self._metrics.alert_revision(alert.change, alert.level, alert.traffic)
                if alert.change in REPORTED:
                    self._metrics.latency_wall.observe(max(0.0, (_now() - ingested_at).total_seconds()))
                    latest = max((i.incident.event_time for i in alert.incidents), default=alert.updated_at)
                    self._metrics.latency_event.observe(max(0.0, (alert.updated_at - latest).total_seconds()))

    def _site_of(self, action: Action) -> str:
        return self._reference().gazetteer.site_of(action.facility_id) or action.facility_id

    def _topic(self, stream: Stream) -> TopicT:
        return self._app.topic(
            stream.topic(self._namespace),
            key_type=bytes,
            value_type=bytes,
            key_serializer="raw",
            value_serializer="raw",
            partitions=self._partitions,
            allow_empty=True,
        )

    def _forget(self) -> None:
        """Partitions came or went: what was built on their rows, and the time that they reached, must be found anew."""
        self._watermarks.clear()
        self._fusions.clear()
        self._swept.clear()
        self._resent.clear()
        self._open.clear()


def _now() -> datetime:
    return datetime.now(tz=UTC)


def _unread(report: Report) -> Reading:
    return Reading(
        report_id=report.report_id,
        report_revision=1,
        traffic=report.traffic,
        published_at=report.published_at,
        source=report.source,
    )


def _misplaced(record: Record) -> TypeError:
    return TypeError(f"{record.ce_type} was decoded for a stage that does not read it")
