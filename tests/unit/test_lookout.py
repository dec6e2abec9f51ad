"""What is told of alerts to those who watch the watcher."""

from datetime import timedelta

import orjson
import pytest
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from alerts.site import row_key
from schemas.alert import Alert
from schemas.examples import examples
from schemas.outcome import Output
from schemas.taxonomy import AlertState, Change, Level, Traffic
from schemas.topics import alert_streams
from streams.lookout import REPORTED, Lookout
from streams.metrics import Metrics

ALERT = next(example for example in examples() if isinstance(example, Alert))
LOG, CURRENT = alert_streams(ALERT.traffic)


def total(metrics: Metrics, name: str, **labels: str) -> float:
    """Sum of the samples of a name that carry these labels."""
    families = text_string_to_metric_families(generate_latest(metrics.registry).decode())
    return sum(
        sample.value
        for family in families
        for sample in family.samples
        if sample.name == name and labels.items() <= sample.labels.items()
    )


def row(level: Level | None, state: AlertState = AlertState.OPEN) -> bytes:
    """A site's row as far as it matters here."""
    return orjson.dumps({"episode": level and {"level": level.value, "state": state.value}, "outbox": []})


def test_open_alerts_are_counted_over_partitions() -> None:
    """Open alerts add up over the partitions held, by level and traffic; ended ones and quiet sites do not count."""
    metrics = Metrics("ops")
    lookout = Lookout(metrics)
    lookout.count_open(0, {row_key("a", Traffic.ACTUAL): row(Level.ALERT), row_key("b", Traffic.ACTUAL): row(None)})
    lookout.count_open(
        1,
        {
            row_key("c", Traffic.ACTUAL): row(Level.ALERT),
            row_key("d", Traffic.ACTUAL): row(Level.CRITICAL, AlertState.ALL_CLEAR),
            row_key("c", Traffic.EXERCISE): row(Level.CRITICAL),
        },
    )
    assert total(metrics, "tocsin_open_alerts", level="alert", traffic="actual") == 2
    assert total(metrics, "tocsin_open_alerts", level="critical", traffic="exercise") == 1
    assert total(metrics, "tocsin_open_alerts") == 3
    lookout.count_open(1, {row_key("c", Traffic.ACTUAL): row(None)})
    assert total(metrics, "tocsin_open_alerts") == 1


def test_open_alerts_of_partitions_that_are_gone_are_not_ours() -> None:
    """After partitions were handed out anew nothing is counted twice: their new holder counts them."""
    metrics = Metrics("ops")
    lookout = Lookout(metrics)
    lookout.count_open(0, {row_key("a", Traffic.ACTUAL): row(Level.ALERT)})
    lookout.forget()
    assert total(metrics, "tocsin_open_alerts") == 0


@pytest.mark.parametrize("change", list(Change))
def test_revisions_are_counted_once_and_timed_when_a_report_led_to_them(change: Change) -> None:
    """A revision counts in the log alone; its latency only where a report was the cause, not time or an operator."""
    metrics = Metrics("ops")
    alert = ALERT.model_copy(update={"change": change})
    now = ALERT.updated_at + timedelta(seconds=9)
    outbox = [Output(LOG, alert.alert_id, alert), Output(CURRENT, alert.alert_id, alert), Output(CURRENT, "x", None)]
    Lookout(metrics).alerted(outbox, ingested_at=now - timedelta(seconds=2), now=now)
    assert total(metrics, "tocsin_alert_revisions_total", change=change.value, level=ALERT.level.value) == 1
    assert total(metrics, "tocsin_alert_revisions_total") == 1
    expected = 1 if change in REPORTED else 0
    assert total(metrics, "tocsin_alert_latency_seconds_count") == expected
    assert total(metrics, "tocsin_alert_latency_seconds_sum") == 2 * expected
    assert total(metrics, "tocsin_alert_event_latency_seconds_count") == expected
