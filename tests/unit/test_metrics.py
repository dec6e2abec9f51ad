"""Every metric: named by the rules, there from the start, moved by somebody, documented."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from prometheus_client import REGISTRY, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from schemas.outcome import OUTCOMES, DeadLetterReason, Outcome, StageName
from schemas.taxonomy import Change, Level, Traffic
from streams.catalogue import Declared
from streams.metrics import Metrics, reference

DECLARED = [metric for section in Metrics("ops").sections.values() for metric in section]
PAGE = Path(__file__).parents[2] / "docs" / "metrics.md"


class Clock:
    """A clock that is set by hand."""

    now = 1000.0

    def __call__(self) -> float:
        """Tell the time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """A clock at 1000 s."""
    return Clock()


@pytest.fixture
def metrics(clock: Clock) -> Metrics:
    """The metrics of a worker of the namespace `ops`."""
    return Metrics("ops", "worker-1", clock)


def samples(metrics: Metrics, name: str) -> dict[tuple[str, ...], float]:
    """Values by label values, in the order of the labels' names; the namespace left out."""
    families = text_string_to_metric_families(generate_latest(metrics.registry).decode())
    return {
        tuple(value for label, value in sorted(sample.labels.items()) if label != "namespace"): sample.value
        for family in families
        for sample in family.samples
        if sample.name == name
    }


def value(metrics: Metrics, name: str, *labels: str) -> float:
    """One value, by its label values."""
    return samples(metrics, name)[labels]


@pytest.mark.parametrize("metric", DECLARED, ids=lambda m: m.name)
def test_named_by_the_rules(metric: Declared) -> None:
    """Names have our prefix, counters end in _total, times are in seconds, and each meaning is one sentence."""
    assert re.fullmatch(r"tocsin_[a-z_]+[a-z]", metric.name)
    assert (metric.kind == "counter") == metric.name.endswith("_total")
    assert metric.kind != "histogram" or metric.name.endswith("_seconds")
    assert not re.search(r"_(ms|millis|minutes|hours|kb|mb)(_|$)", metric.name)
    assert metric.help[0].isupper() or metric.help[0].isdigit()
    assert metric.help.endswith(".")


@pytest.mark.parametrize("metric", DECLARED, ids=lambda m: m.name)
def test_series_exist_from_the_start(metric: Declared) -> None:
    """Whatever label values are declared can be seen before anything has happened."""
    suffix = "_count" if metric.kind == "histogram" else ""
    there = samples(Metrics("ops"), metric.name + suffix)
    order = sorted(range(len(metric.labels)), key=lambda i: metric.labels[i])
    assert {tuple(series[i] for i in order) for series in metric.series} <= set(there)
    if metric.kind != "gauge":
        assert set(there.values()) <= {0.0}


def test_every_outcome_belongs_to_a_stage() -> None:
    """No outcome is forgotten, and none stands twice in a stage."""
    assert {outcome for outcomes in OUTCOMES.values() for outcome in outcomes} == set(Outcome)
    assert all(len(outcomes) == len(set(outcomes)) for outcomes in OUTCOMES.values())
    assert set(OUTCOMES) == set(StageName)


def test_every_series_has_its_namespace(metrics: Metrics) -> None:
    """One Prometheus can watch several namespaces: nothing is exported without one, and nothing twice."""
    families = list(text_string_to_metric_families(generate_latest(metrics.registry).decode()))
    every = [sample for family in families for sample in family.samples]
    assert {sample.labels.get("namespace") for sample in every} == {"ops"}
    assert not [sample.name for sample in every if sample.name.endswith("_created")]
    assert any(sample.name == "process_resident_memory_bytes" for sample in every)


def test_registry_of_its_own(metrics: Metrics) -> None:
    """Two workers in one process do not meet, and the library's global registry stays as it was."""
    other = Metrics("exercise")
    metrics.consumed("read")
    assert value(other, "tocsin_inputs_total", "read") == 0
    assert not [family.name for family in REGISTRY.collect() if family.name.startswith("tocsin")]


def test_in_equals_the_sum_of_outcomes(metrics: Metrics) -> None:
    """Inputs and outcomes are counted apart, by stage, so that one can be held against the other."""
    for outcome in (Outcome.QUIET, Outcome.MENTIONS, Outcome.QUIET):
        metrics.consumed("read")
        metrics.outcome("read", outcome)
    metrics.consumed("fuse")
    outcomes = samples(metrics, "tocsin_outcomes_total")
    assert sum(v for (_, stage), v in outcomes.items() if stage == "read") == 3
    assert outcomes["quiet", "read"] == 2
    assert samples(metrics, "tocsin_inputs_total") == {("read",): 3, ("fuse",): 1, ("watch",): 0, ("admit",): 0}


def test_dead_letter(metrics: Metrics) -> None:
    """A dead letter is counted by its reason, and once more when its body was not kept."""
    metrics.dead_letter("read", DeadLetterReason.MALFORMED_JSON)
    metrics.dead_letter("read", DeadLetterReason.MALFORMED_JSON, trimmed=True)
    assert value(metrics, "tocsin_dead_letters_total", "malformed_json", "read") == 2
    assert value(metrics, "tocsin_dead_letters_trimmed_total", "read") == 1


def test_progress_begins_with_the_process(metrics: Metrics, clock: Clock) -> None:
    """A stage that never finished anything is as late as the process is old, not as old as 1970."""
    assert set(samples(metrics, "tocsin_progress_timestamp_seconds").values()) == {1000.0}
    clock.now = 1030.0
    metrics.progress("fuse")
    assert value(metrics, "tocsin_progress_timestamp_seconds", "fuse") == 1030.0
    assert value(metrics, "tocsin_progress_timestamp_seconds", "read") == 1000.0


def test_canary(metrics: Metrics, clock: Clock) -> None:
    """A tick leaves its time by partition, and its age; one from a clock that is ahead is not younger than new."""
    clock.now = 1004.0
    metrics.ticked("watch", 3, 1000.0)
    metrics.ticked("watch", 4, 1010.0)
    assert samples(metrics, "tocsin_tick_timestamp_seconds") == {("3", "watch"): 1000.0, ("4", "watch"): 1010.0}
    assert value(metrics, "tocsin_route_latency_seconds_count", "watch") == 2
    assert value(metrics, "tocsin_route_latency_seconds_sum", "watch") == 4.0


def test_a_partition_that_is_given_away_is_forgotten(metrics: Metrics) -> None:
    """After a rebalance a worker speaks only of what it holds: an old tick of another's partition would look blind."""
    metrics.ticked("watch", 0, 1000.0)
    metrics.ticked("watch", 1, 1000.0)
    metrics.ticked("fuse", 0, 1000.0)
    metrics.rebalanced({"ops.exposures.v1": [1, 2], "ops.mentions.v1": [0]})
    assert set(samples(metrics, "tocsin_tick_timestamp_seconds")) == {("1", "watch"), ("0", "fuse")}
    assert value(metrics, "tocsin_assigned_partitions", "watch", "ops.exposures.v1") == 2
    assert value(metrics, "tocsin_assigned_partitions", "read", "ops.reports.v1") == 0
    metrics.rebalanced({})
    assert samples(metrics, "tocsin_tick_timestamp_seconds") == {}
    assert value(metrics, "tocsin_rebalances_total") == 2


def test_one_version_is_in_force(metrics: Metrics, clock: Clock) -> None:
    """A new version of the policy takes the place of the one before; the facilities keep theirs."""
    metrics.reference("policy", "7", 12)
    metrics.reference("facilities", "abc", 250)
    clock.now = 2000.0
    metrics.reference("policy", "8", 13)
    assert set(samples(metrics, "tocsin_reference_info")) == {("policy", "8"), ("facilities", "abc")}
    assert value(metrics, "tocsin_reference_entries", "policy") == 13
    assert value(metrics, "tocsin_reference_loaded_timestamp_seconds", "policy") == 2000.0


def test_label_values_are_escaped(metrics: Metrics) -> None:
    """A version that an operator named wildly does not break the page."""
    wild = 'v"1\\\n} 1'
    metrics.reference("policy", wild, 1)
    assert value(metrics, "tocsin_reference_info", "policy", wild) == 1


MOVES: list[Callable[[Metrics], object]] = [
    lambda m: m.consumed("read"),
    lambda m: m.outcome("read", Outcome.QUIET),
    lambda m: m.output("read", "readings"),
    lambda m: m.dead_letter("read", DeadLetterReason.FUTURE, trimmed=True),
    lambda m: m.unknown_field("read"),
    lambda m: m.step_seconds("read").observe(0.1),
    lambda m: m.progress("read"),
    lambda m: m.lag("ops.reports.v1", 5),
    lambda m: m.latency_wall.observe(0.1),
    lambda m: m.latency_event.observe(60),
    lambda m: m.ticked("watch", 0, 1),
    lambda m: m.reached("watch", 1),
    lambda m: m.open_alerts(Level.ALERT, 3),
    lambda m: m.alert_revision(Change.OPENED, Level.ALERT, Traffic.ACTUAL),
    lambda m: m.rows("sites", 9),
    lambda m: m.stuck(),
    lambda m: m.committed(0.1, ok=True),
    lambda m: m.pending(4),
    lambda m: m.partitions(12),
    lambda m: m.rebalanced({"ops.exposures.v1": [0]}),
    lambda m: m.reference("policy", "7", 12),
    lambda m: m.reference_refused("policy"),
]


def test_no_metric_is_dead(metrics: Metrics) -> None:
    """Each declared metric is moved by a method."""
    for move in MOVES:
        move(metrics)
    families = text_string_to_metric_families(generate_latest(metrics.registry).decode())
    moved = {sample.name for family in families for sample in family.samples if sample.value}
    assert [m.name for m in DECLARED if not {m.name, m.name + "_count"} & moved] == []


def test_simulated_time_is_said(metrics: Metrics) -> None:
    """Where time is simulated the canary is not to be believed."""
    assert value(metrics, "tocsin_live") == 1
    metrics.simulated()
    assert value(metrics, "tocsin_live") == 0


@pytest.mark.checkout
def test_page_is_up_to_date() -> None:
    """docs/metrics.md says what the code says: `python -m streams.metrics > docs/metrics.md` when this fails."""
    assert PAGE.read_text().splitlines() == list(reference())
