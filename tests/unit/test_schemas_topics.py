"""Every topic is declared once: names, settings, models, and the topics that exercise and test alerts end in."""

import pytest

from schemas.alert import Alert
from schemas.taxonomy import Traffic
from schemas.topics import ALERTS, ALERTS_CURRENT, MODELS, STREAMS, Stream, alert_streams, all_streams

DAY_MS = 86_400_000
NAMES = {
    "reports": ("delete", 30),
    "readings": ("delete", 90),
    "mentions": ("delete", 30),
    "incidents": ("compact,delete", 400),
    "exposures": ("delete", 90),
    "alerts": ("delete", 400),
    "alerts.current": ("compact", None),
    "actions": ("delete", 400),
    "heartbeat": ("delete", 1),
    "facilities": ("compact", None),
    "policy": ("compact", None),
    "exercise.alerts": ("delete", 400),
    "exercise.alerts.current": ("compact", None),
    "test.alerts": ("delete", 400),
    "test.alerts.current": ("compact", None),
}


def test_the_topics_are_these() -> None:
    """These are all the topics of a namespace; a new one is a new promise."""
    assert [stream.name for stream in all_streams()] == list(NAMES)


@pytest.mark.parametrize("stream", list(all_streams()), ids=lambda s: s.name)
def test_settings(stream: Stream) -> None:
    """Cleanup and retention are as promised, in Kafka's words; what others write it stamps and unpacks.

    Revisions of incidents are kept for as long as the mentions that they answer, so that an audit finds both.
    """
    policy, days = NAMES[stream.name]
    stamp = {"message.timestamp.type": "LogAppendTime"} if stream.name in {"reports", "actions"} else {}
    whole = {"min.compaction.lag.ms": str(30 * DAY_MS)} if stream.name == "incidents" else {}
    inputs = {"reports", "mentions", "exposures", "actions"}
    plain = {"compression.type": "uncompressed"} if stream.name in inputs else {}
    assert stream.config() == {
        "cleanup.policy": policy,
        "retention.ms": str(-1 if days is None else days * DAY_MS),
        **stamp,
        **whole,
        **plain,
    }


@pytest.mark.parametrize("stream", list(all_streams()), ids=lambda s: s.name)
def test_names(stream: Stream) -> None:
    """Names are namespace, stream and major version; dead letters have the suffix; Kafka takes both."""
    assert stream.topic("demo") == f"demo.{stream.name}.v1"
    assert stream.dead_letters("demo") == f"demo.{stream.name}.v1.dlq"
    assert len(stream.dead_letters("n" * 100)) <= 249


def test_half_a_day_is_kept_as_declared() -> None:
    """Retention need not be whole days."""
    assert Stream("x", "key", (Alert,), "", 0.5).config()["retention.ms"] == str(DAY_MS // 2)


def test_inputs_of_the_route() -> None:
    """The four stages read these, so these have dead letters."""
    assert [stream.name for stream in STREAMS if stream.input] == ["reports", "mentions", "exposures", "actions"]


def test_every_type_has_one_model() -> None:
    """A CloudEvents type stands for one model of major version 1, whatever topic carries it."""
    for ce_type, model in MODELS.items():
        assert ce_type == model.ce_type
        assert ce_type.startswith("tocsin.")
        assert ce_type.endswith(".v1")
    assert len({model.__name__ for model in MODELS.values()}) == len(MODELS)


def test_traffic_does_not_mix() -> None:
    """Alerts of actual, exercise and test traffic go to topics that have nothing in common."""
    assert alert_streams(Traffic.ACTUAL) == (ALERTS, ALERTS_CURRENT)
    topics = [stream.topic("tocsin") for traffic in Traffic for stream in alert_streams(traffic)]
    assert len(set(topics)) == 2 * len(Traffic)
    for traffic in (Traffic.EXERCISE, Traffic.TEST):
        for aside, actual in zip(alert_streams(traffic), alert_streams(Traffic.ACTUAL), strict=True):
            assert aside.topic("tocsin") == f"tocsin.{traffic.value}.{actual.name}.v1"
            assert aside.config() == actual.config()
