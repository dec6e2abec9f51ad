"""Subscribers get every alert once, whatever they begin with; the commands that show alerts."""

import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest

from alerts.current import read_current
from alerts.subscribe import Subscriber, subscribe
from alerts.tail import Tail, TopicError
from schemas.alert import Alert
from schemas.connection import Connection
from schemas.taxonomy import AlertState, Level
from schemas.topics import ALERTS, ALERTS_CURRENT
from streams.desk.sending import Sender
from tests.alert_samples import NOON, alert
from tests.broker.records import Tocsin, beat, publish, report
from tests.broker.workers import PATIENCE_S, until


def labels(alerts: "Subscriber | list[Alert]") -> list[tuple[str, int]]:
    """Ids and revisions."""
    return [(a.alert_id, a.revision) for a in alerts]


def test_each_revision_comes_once(connection: Connection, namespace: str) -> None:
    """A subscriber from the earliest on gets every (alert id, revision) once, in order for each alert."""
    publish(connection, namespace, alert("a"), alert("b"), alert("a", 2), alert("a", 2), alert("a"), alert("b", 2))
    with Subscriber(connection, namespace, start="earliest", timeout_s=0.1) as subscriber:
        found = labels(list(subscriber))
    assert sorted(found) == [("a", 1), ("a", 2), ("b", 1), ("b", 2)]
    assert [r for i, r in found if i == "a"] == [1, 2]


def test_from_now_on(connection: Connection, namespace: str) -> None:
    """Without `since` and `last` only what comes after the subscription is told."""
    publish(connection, namespace, alert("old"))
    with subscribe(connection, namespace=namespace, timeout_s=1) as subscriber:
        publish(connection, namespace, alert("new"))
        assert labels(list(subscriber)) == [("new", 1)]


def test_since(connection: Connection, namespace: str) -> None:
    """`since` goes by when the alert says that it was made."""
    publish(connection, namespace, alert("a", 1), alert("a", 6), alert("a", 11))
    with subscribe(connection, namespace=namespace, since=NOON + timedelta(minutes=5), timeout_s=0.1) as subscriber:
        assert labels(list(subscriber)) == [("a", 6), ("a", 11)]


def test_last(connection: Connection, namespace: str) -> None:
    """`last` counts what passes the filter, however far back that lies, and then goes on."""
    quiet = [alert(f"quiet-{n}", level=Level.WATCH, updated_at=NOON + timedelta(hours=n)) for n in range(40)]
    loud = [alert(f"loud-{n}", updated_at=NOON - timedelta(hours=n)) for n in range(4)]
    publish(connection, namespace, *loud, *quiet)
    with subscribe(connection, namespace=namespace, level="alert", last=3, timeout_s=1) as subscriber:
        assert labels(list(subscriber.past())) == [("loud-2", 1), ("loud-1", 1), ("loud-0", 1)]
        publish(connection, namespace, alert("later"))
        assert labels(list(subscriber)) == [("later", 1)]


def test_a_group_goes_on_where_it_stopped(connection: Connection, namespace: str) -> None:
    """What was handled does not come again to the group; what was cut short does."""
    publish(connection, namespace, *(alert(f"a-{n}") for n in range(5)))
    options = {"group": f"{namespace}-desk", "start": "earliest", "timeout_s": 5}
    first: list[tuple[str, int]] = []
    with Subscriber(connection, namespace, **options) as subscriber:  # type: ignore[arg-type]
        for each in subscriber:
            if len(first) == 2:
                break
            first += labels([each])
    with Subscriber(connection, namespace, **options) as subscriber:  # type: ignore[arg-type]
        rest = labels(list(subscriber))
    assert len(first) == 2
    assert sorted(first + rest) == [(f"a-{n}", 1) for n in range(5)]


def test_a_group_misses_nothing_while_it_is_away(connection: Connection, namespace: str) -> None:
    """What comes between a quiet run and the next one is told, though the group had nothing to commit."""
    options = {"group": f"{namespace}-desk", "timeout_s": 4}
    publish(connection, namespace, alert("before"))
    with Subscriber(connection, namespace, **options) as subscriber:  # type: ignore[arg-type]
        assert labels(list(subscriber)) == []
    publish(connection, namespace, *(alert(f"a-{n}") for n in range(8)))
    with Subscriber(connection, namespace, **options) as subscriber:  # type: ignore[arg-type]
        assert sorted(labels(list(subscriber))) == [(f"a-{n}", 1) for n in range(8)]


@pytest.mark.parametrize("how", [{"start": "earliest"}, {"last": 5}, {"start": "earliest", "group": "desk"}])
def test_a_handler_that_fails_loses_nothing(connection: Connection, namespace: str, how: dict[str, Any]) -> None:
    """The alert at which a loop was left comes again to the next one, and all that had come with it behind it."""
    publish(connection, namespace, *(alert(f"a-{n}") for n in range(5)))
    if "group" in how:
        how = {**how, "group": f"{namespace}-{how['group']}"}
    handled: list[tuple[str, int]] = []
    failed: list[tuple[str, int]] = []
    with Subscriber(connection, namespace, timeout_s=5, **how) as subscriber:
        for _ in range(3):
            for each in subscriber:
                if len(failed) < 2 and len(handled) == 1 + len(failed):
                    failed += labels([each])
                    break
                handled += labels([each])
    assert len(failed) == 2
    assert sorted(handled) == [(f"a-{n}", 1) for n in range(5)]
    assert failed == handled[1:3]


def test_what_is_no_alert_is_left_out(connection: Connection, namespace: str) -> None:
    """A record of another type, a broken one and a newer major are counted, and do not stop the subscriber."""
    with Sender(connection, namespace) as sender:
        sender.send(ALERTS, report(1), "x")
        sender.send(ALERTS, alert("good"), "good")
    with Subscriber(connection, namespace, start="earliest", timeout_s=0.1) as subscriber:
        assert labels(list(subscriber)) == [("good", 1)]
        assert subscriber.unreadable == 1


def test_stale(connection: Connection, namespace: str) -> None:
    """Silence can be trusted as long as heartbeats come through, and a subscriber sees when that changes."""
    now = datetime.now(UTC)
    with subscribe(connection, namespace=namespace) as subscriber:
        assert subscriber.stale
        beat(connection, namespace, now, now)
        until(lambda: not subscriber.stale, lambda: f"the heartbeat has come: {subscriber.pulse}")
    beat(connection, namespace, now - timedelta(minutes=2), now - timedelta(minutes=2))
    with subscribe(connection, namespace=namespace) as subscriber:
        assert subscriber.stale


def test_no_such_namespace(kafka: str) -> None:
    """A namespace without topics is an error that names the topic, not an endless silence."""
    with pytest.raises(TopicError, match=r"no topic nowhere\.alerts\.v1"):
        subscribe(kafka, namespace="nowhere")


def test_a_broker_that_falls_silent_is_no_endless_wait(
    connection: Connection, namespace: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading to the end fails when nothing comes any more although something lies there."""
    publish(connection, namespace, alert("a"))
    monkeypatch.setattr("alerts.tail._STALLED_S", 0.2)
    with Tail(connection, ALERTS.topic(namespace)) as tail:
        tail.to_beginning()
        monkeypatch.setattr(tail, "poll", lambda _timeout_s: [])
        with pytest.raises(TopicError, match="cannot be read to its end"):
            list(tail.until_now())


def test_current_forgets_what_is_buried(connection: Connection, namespace: str) -> None:
    """The current state is the latest revision of each alert, without those that have a tombstone."""
    publish(connection, namespace, alert("a"), alert("b"), alert("a", 2))
    with Sender(connection, namespace) as sender:
        sender.forget(ALERTS_CURRENT, "b")
    assert {i: a.revision for i, a in read_current(connection, namespace).items()} == {"a": 2}


def test_subscribe_command(connection: Connection, namespace: str, tocsin: Tocsin) -> None:
    """In a pipe `tocsin subscribe` writes the records themselves, one a line."""
    publish(connection, namespace, alert("a"), alert("b", level=Level.WATCH))
    ran = tocsin("subscribe", "--no-follow", "--level", "alert")
    assert ran.status == 0
    assert [Alert.model_validate_json(line) for line in ran.out.splitlines()] == [alert("a")]
    assert "Rocket attacks near Old Mill" in tocsin("subscribe", "--last", "1", "--no-follow", "--text").out


def test_alerts_command(connection: Connection, namespace: str, tocsin: Tocsin) -> None:
    """`tocsin alerts` shows what is open, the gravest first; `--ended` the others, too."""
    publish(
        connection,
        namespace,
        alert("a", level=Level.WATCH),
        alert("b", level=Level.CRITICAL),
        alert("c", state=AlertState.ALL_CLEAR),
    )
    beat(connection, namespace, datetime.now(UTC), datetime.now(UTC))
    assert [orjson.loads(line)["alert_id"] for line in tocsin("alerts").out.splitlines()] == ["b", "a"]
    ended = tocsin("alerts", "--ended")
    assert [orjson.loads(line)["alert_id"] for line in ended.out.splitlines()] == ["b", "a", "c"]
    shown = tocsin("alerts", "--text")
    assert "Old Mill" in shown.out
    assert shown.err == ""


def test_subscribing_ends_with_ctrl_c(connection: Connection, namespace: str) -> None:
    """A pipe gets each alert at once, and Ctrl-C ends without a traceback."""
    where = ("--namespace", namespace, "--bootstrap", connection.bootstrap)
    command = [sys.executable, "-m", "streams.cli", "subscribe", "--last", "5", *where]
    publish(connection, namespace, alert("a"))
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        publish(connection, namespace, alert("b"))
        second = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, complaint = process.communicate(timeout=PATIENCE_S)
    assert [Alert.model_validate_json(line).alert_id for line in (first, second)] == ["a", "b"]
    assert process.returncode == 130
    assert "Traceback" not in complaint
