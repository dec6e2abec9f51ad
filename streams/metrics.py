"""Every metric of a process, declared once: kind, name, meaning, labels, and the series that exist from the start.

Names and units follow Prometheus' naming rules and its "Instrumentation" practices (no missing series: a counter that
has not counted reads 0). `python -m streams.metrics > docs/metrics.md` writes the reference of them.
"""

import platform
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from itertools import product
from types import MappingProxyType
from typing import Final

from prometheus_client import CollectorRegistry, Histogram, ProcessCollector

from schemas.outcome import OUTCOMES, DeadLetterReason, Outcome, StageName
from schemas.taxonomy import Change, Level, Traffic
from schemas.topics import ACTIONS, EXPOSURES, MENTIONS, REPORTS, Stream
from streams.catalogue import Catalogue, Declared, NamespaceRegistry, page

INPUT: Final[Mapping[str, Stream]] = MappingProxyType(
    {StageName.READ: REPORTS, StageName.FUSE: MENTIONS, StageName.WATCH: EXPOSURES, StageName.ADMIT: ACTIONS}
)
"""The one input of each stage."""

_STAGES: Final = tuple((s.value,) for s in StageName)
_TICKED: Final = tuple((s.value,) for s in (StageName.READ, StageName.FUSE, StageName.WATCH))
_KINDS: Final = (("facilities",), ("policy",))
_OUTPUTS: Final = (
    ("ticker", "reports"),
    ("read", "readings"),
    ("read", "mentions"),
    ("fuse", "incidents"),
    ("fuse", "exposures"),
    ("watch", "alerts"),
    ("watch", "alerts.current"),
    ("watch", "heartbeat"),
    ("admit", "exposures"),
    ("admit", "mentions"),
    ("admit", "actions"),
)
_STEP_S: Final = (0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0)
_ROUTE_S: Final = (
    *(0.005, 0.01, 0.02, 0.03, 0.06, 0.1, 0.25, 0.5, 1.0),
    *(2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 3600.0),
)
_WORLD_S: Final = tuple(60.0 * minutes for minutes in (1, 5, 15, 30, 60, 180, 360, 720, 1440, 4320, 10080))
OPEN_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "partition": "partition of the stage's input topic, while this worker holds it",
        "table": "table of the app",
        "kind": "`facilities` or `policy`",
        "version": "the version",
        "python": "version of Python",
        "faust": "version of faust-streaming",
        "worker": "name of the worker",
        "stage": "`read`, `fuse`, `watch`",
    }
)
"""What the values of labels are that are not a closed list."""


class Metrics:
    """The metrics of one process, in a registry of its own.

    Parameters
    ----------
    namespace
        The namespace that the process serves: a label of every series.
    worker
        The process's name.
    clock
        Wall clock, in seconds since 1970.
    """

    def __init__(self, namespace: str, worker: str = "", clock: Callable[[], float] = time.time) -> None:
        self.registry: CollectorRegistry = NamespaceRegistry(namespace)
        self._clock = clock
        self._versions: dict[str, str] = {}
        self._ticked_partitions: dict[str, set[int]] = {}
        self._stage_of = {stream.topic(namespace): stage for stage, stream in INPUT.items()}
        inputs = tuple((stage, topic) for topic, stage in self._stage_of.items())
        make = self._catalogue = Catalogue(self.registry)

        make.section("The route: in equals the sum of outcomes")
        self._inputs = make.counters(
            "tocsin_inputs_total", "Records that a stage took from its input topic.", ("stage",), _STAGES
        )
        self._outcomes = make.counters(
            "tocsin_outcomes_total",
            "Inputs by what became of them: the sum over the outcomes of a stage equals its inputs.",
            ("stage", "outcome"),
            tuple((stage, outcome.value) for stage, outcomes in OUTCOMES.items() for outcome in outcomes),
        )
        self._outputs = make.counters(
            "tocsin_outputs_total",
            "Records that a stage, or the ticker before them, handed to the producer.",
            ("stage", "stream"),
            _OUTPUTS,
        )
        self._dead_letters = make.counters(
            "tocsin_dead_letters_total",
            "Inputs that could not be processed and went to the dead-letter topic.",
            ("stage", "reason"),
            tuple(product([s.value for s in StageName], [r.value for r in DeadLetterReason])),
        )
        self._trimmed = make.counters(
            "tocsin_dead_letters_trimmed_total",
            "Dead letters over the flood limit: they hold only where the original is, not the original.",
            ("stage",),
            _STAGES,
        )
        self._unknown_fields = make.counters(
            "tocsin_unknown_fields_total",
            "Fields that this version does not know and ignored: a newer writer is at work.",
            ("stage",),
            _STAGES,
        )
        self._step_seconds = make.histograms(
            "tocsin_step_seconds",
            "Time that the pure step of a stage took for one input.",
            _STEP_S,
            ("stage",),
            _STAGES,
        )
        self._progress = make.gauges(
            "tocsin_progress_timestamp_seconds",
            "When a stage last finished an input, whatever its outcome; the start of the process until then.",
            ("stage",),
            _STAGES,
        )
        self._lag = make.gauges(
            "tocsin_lag_records",
            "Records that wait in the partitions which this worker holds of a stage's input topic.",
            ("stage", "topic"),
            inputs,
        )

        make.section("Time: how old is what comes out at the end?")
        self.latency_wall = make.histogram(
            "tocsin_alert_latency_seconds",
            "From the timestamp of the report record to the alert record that it led to, wall clock.",
            _ROUTE_S,
        )
        """From report record to alert record, in seconds."""
        self.latency_event = make.histogram(
            "tocsin_alert_event_latency_seconds",
            "From the event time of the incident to the alert that it led to, as time passes on the route.",
            _WORLD_S,
        )
        """From incident to alert, in seconds."""
        self._route_latency = make.histograms(
            "tocsin_route_latency_seconds",
            "Age of a tick when a stage had finished everything before it, wall clock.",
            _ROUTE_S,
            ("stage",),
            _TICKED,
        )
        self._ticked = make.gauges(
            "tocsin_tick_timestamp_seconds",
            "When the latest tick that a stage has finished was written, wall clock: its age is the canary's.",
            ("stage", "partition"),
        )
        self._reached = make.gauges(
            "tocsin_reached_timestamp_seconds",
            "The watermark: the instant before which a stage has dealt with everything, on the clock of the ticks; "
            "the least over the partitions held.",
            ("stage",),
        )

        self._live = make.gauge(
            "tocsin_live",
            "1 where the ticker writes the wall clock, 0 where time is simulated and nothing can be late.",
        )
        self._live.set(1)

        make.section("What the stages hold")
        self._open_alerts = make.gauges(
            "tocsin_open_alerts",
            "Alerts that are open now, in the partitions that this worker holds.",
            ("level", "traffic"),
            tuple(product([level.value for level in Level], [t.value for t in Traffic])),
        )
        self._alert_revisions = make.counters(
            "tocsin_alert_revisions_total",
            "Revisions of alerts that were sent, by why they exist.",
            ("change", "level", "traffic"),
            tuple(product([c.value for c in Change], [level.value for level in Level], [Traffic.ACTUAL.value])),
        )
        self._rows = make.gauges("tocsin_table_rows", "Rows held in a table: incidents, sites, ...", ("table",))
        self._stuck = make.counter(
            "tocsin_stuck_sites_total", "Times that time could not pass at a site: a defect; the others go on."
        )

        make.section("Kafka")
        self._commits = make.counters(
            "tocsin_commits_total",
            "Commits of progress; `done` when everything before was delivered and the broker took it.",
            ("result",),
            (("done",), ("failed",)),
        )
        self._commit_seconds = make.histogram(
            "tocsin_commit_seconds", "Time that a commit took, waiting for deliveries included.", _ROUTE_S
        )
        self._pending = make.gauge(
            "tocsin_pending_deliveries", "Records handed to the producer that the broker has not acknowledged yet."
        )
        self._partitions = make.gauge(
            "tocsin_partitions", "Partitions of every topic of the namespace, as this worker found them."
        )
        self._assigned = make.gauges(
            "tocsin_assigned_partitions",
            "Partitions that this worker holds of a stage's input topic.",
            ("stage", "topic"),
            inputs,
        )
        self._rebalances = make.counter(
            "tocsin_rebalances_total", "Assignments of partitions that this worker was given."
        )

        make.section("What the worker runs on")
        self._reference = make.gauges(
            "tocsin_reference_info", "1 for the version that is in force.", ("kind", "version")
        )
        self._reference_entries = make.gauges(
            "tocsin_reference_entries", "Facilities, or sources in the policy's register.", ("kind",), _KINDS
        )
        self._reference_loaded = make.gauges(
            "tocsin_reference_loaded_timestamp_seconds",
            "When this worker loaded the version that is in force; 0 before the first.",
            ("kind",),
            _KINDS,
        )
        self._reference_refused = make.counters(
            "tocsin_reference_refused_total",
            "Versions refused as invalid; the one before stays in force.",
            ("kind",),
            _KINDS,
        )
        build = make.gauges(
            "tocsin_build_info", "1; what this worker is made of.", ("version", "python", "faust", "worker")
        )
        build.labels(_version("tocsin"), platform.python_version(), _version("faust-streaming"), worker).set(1)
        ProcessCollector(registry=self.registry)
        for stage in StageName:
            self._progress.labels(stage.value).set(clock())

    # ---- The route

    def consumed(self, stage: str) -> None:
        """Count an input, before anything is done with it."""
        self._inputs.labels(stage).inc()

    def outcome(self, stage: str, outcome: Outcome) -> None:
        """Count what became of an input: once for each that was consumed."""
        self._outcomes.labels(stage, outcome.value).inc()

    def output(self, stage: str, stream: str) -> None:
        """Count a record that was handed to the producer."""
        self._outputs.labels(stage, stream).inc()

    def dead_letter(self, stage: str, reason: DeadLetterReason, *, trimmed: bool = False) -> None:
        """Count a dead letter; `trimmed` when it holds only where the original is."""
        self._dead_letters.labels(stage, reason.value).inc()
        if trimmed:
            self._trimmed.labels(stage).inc()

    def unknown_field(self, stage: str) -> None:
        """Count a field that was ignored."""
        self._unknown_fields.labels(stage).inc()

    def step_seconds(self, stage: str) -> Histogram:
        """Return the histogram of a stage's step, in seconds."""
        return self._step_seconds.labels(stage)

    def progress(self, stage: str) -> None:
        """Note that a stage has just finished an input."""
        self._progress.labels(stage).set(self._clock())

    def lag(self, topic: str, records: int) -> None:
        """Set how many records wait in the partitions held of a stage's input topic."""
        self._lag.labels(self._stage_of[topic], topic).set(records)

    # ---- Time

    def ticked(self, stage: str, partition: int, sent_at_s: float) -> None:
        """Note that a stage has finished everything before a tick of its input partition, written at `sent_at_s`."""
        self._ticked.labels(stage, str(partition)).set(sent_at_s)
        self._ticked_partitions.setdefault(stage, set()).add(partition)
        self._route_latency.labels(stage).observe(max(0.0, self._clock() - sent_at_s))

    def reached(self, stage: str, at_s: float) -> None:
        """Set the watermark of a stage, in seconds since 1970 on the clock of the ticks."""
        self._reached.labels(stage).set(at_s)

    def simulated(self) -> None:
        """Note that time is simulated in this namespace: a canary that is late means nothing."""
        self._live.set(0)

    # ---- What the stages hold

    def open_alerts(self, level: Level, count: int, traffic: Traffic = Traffic.ACTUAL) -> None:
        """Set how many alerts of a level are open."""
        self._open_alerts.labels(level.value, traffic.value).set(count)

    def alert_revision(self, change: Change, level: Level, traffic: Traffic) -> None:
        """Count a revision of an alert that was sent."""
        self._alert_revisions.labels(change.value, level.value, traffic.value).inc()

    def rows(self, table: str, count: int) -> None:
        """Set how many rows a table holds."""
        self._rows.labels(table).set(count)

    def stuck(self) -> None:
        """Count that time could not pass at a site."""
        self._stuck.inc()

    # ---- Kafka

    def committed(self, seconds: float, *, ok: bool) -> None:
        """Note a commit that took `seconds`, and whether it succeeded."""
        self._commits.labels("done" if ok else "failed").inc()
        self._commit_seconds.observe(seconds)

    def pending(self, records: int) -> None:
        """Set how many sends are not acknowledged yet."""
        self._pending.set(records)

    def partitions(self, count: int) -> None:
        """Set how many partitions the topics of the namespace have."""
        self._partitions.set(count)

    def rebalanced(self, held: Mapping[str, Collection[int]]) -> None:
        """Note a new assignment: partitions held by topic. What is known of others is forgotten: they are not ours."""
        self._rebalances.inc()
        for topic, stage in self._stage_of.items():
            partitions = set(held.get(topic, ()))
            self._assigned.labels(stage, topic).set(len(partitions))
            for gone in self._ticked_partitions.setdefault(stage, set()) - partitions:
                self._ticked.remove(stage, str(gone))
                self._ticked_partitions[stage].discard(gone)

    # ---- What the worker runs on

    def reference(self, kind: str, version: str, entries: int) -> None:
        """Note that a version of the `facilities` or the `policy` came into force."""
        if (before := self._versions.get(kind)) is not None:
            self._reference.remove(kind, before)
        self._versions[kind] = version
        self._reference.labels(kind, version).set(1)
        self._reference_entries.labels(kind).set(entries)
        self._reference_loaded.labels(kind).set(self._clock())

    def reference_refused(self, kind: str) -> None:
        """Count a version that was refused."""
        self._reference_refused.labels(kind).inc()

    @property
    def sections(self) -> Mapping[str, Sequence[Declared]]:
        """Every metric as it is documented, by section."""
        return self._catalogue.sections


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "unknown"


def reference() -> Iterator[str]:
    """Yield the lines of docs/metrics.md."""
    yield "# Metrics"
    yield ""
    yield "Every worker serves these at `http://<host>:<port>/metrics` (`TOCSIN_HOST`, `TOCSIN_PORT`), each series with"
    yield "the label `namespace`. The label values listed here exist from the start, so that a counter that has not"
    yield "counted reads 0. This page is generated: `python -m streams.metrics > docs/metrics.md`."
    yield ""
    yield from page(Metrics("<namespace>").sections, OPEN_LABELS)
    yield "The process's own figures come with them: `process_cpu_seconds_total`, `process_resident_memory_bytes`,"
    yield "`process_virtual_memory_bytes`, `process_open_fds`, `process_max_fds`, `process_start_time_seconds`."


if __name__ == "__main__":
    print("\n".join(reference()))  # noqa: T201  the page goes to standard output
