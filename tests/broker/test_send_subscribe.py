"""Commands and subscribers on a real Kafka: what is sent arrives, what is published is read, each alert once."""

import base64
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest
from kafka import KafkaProducer

from alerts.current import read_current
from alerts.subscribe import Subscriber, subscribe
from alerts.tail import Tail, TopicError
from schemas.action import Action
from schemas.alert import Alert
from schemas.connection import Connection
from schemas.report import Heartbeat, Report, Source, Tick
from schemas.taxonomy import AlertState, Level
from schemas.topics import ACTIONS, ALERTS, ALERTS_CURRENT, FACILITIES, HEARTBEAT, REPORTS
from streams.admin import Admin
from streams.desk.publishing import published_facilities
from streams.desk.sending import Sender
from streams.envelope import decode
from streams.gazetteer import Gazetteer
from streams.resources import resource
from tests.alert_samples import NOON, alert
from tests.broker.workers import PATIENCE_S, until
from tests.unit.cli_runner import Ran, run

Tocsin = Callable[..., Ran]


@pytest.fixture
def connection(kafka: str, namespace: str) -> Connection:
    """A connection to a broker on which the namespace has its topics."""
    connection = Connection(bootstrap=kafka)
    with Admin(connection) as admin:
        admin.create_topics(namespace, 3, 1)
    return connection


@pytest.fixture
def tocsin(connection: Connection, namespace: str, capsys: pytest.CaptureFixture[str]) -> Tocsin:
    """Runs a command in the namespace."""

    def call(*arguments: str) -> Ran:
        return run(capsys, *arguments, "--namespace", namespace, "--bootstrap", connection.bootstrap)

    return call


def publish(connection: Connection, namespace: str, *alerts: Alert) -> None:
    """Write revisions as the route does: into the log, and as the current state."""
    with Sender(connection, namespace) as sender:
        for each in alerts:
            sender.send(ALERTS, each, each.alert_id)
            sender.send(ALERTS_CURRENT, each, each.alert_id)


def beat(connection: Connection, namespace: str, reached: datetime, ticked_at: datetime) -> None:
    """Write a heartbeat for each of the three partitions."""
    with Sender(connection, namespace) as sender:
        for number in range(3):
            record = Heartbeat(partition=number, reached=reached, ticked_at=ticked_at, written_at=ticked_at)
            sender.send(HEARTBEAT, record, str(number))


def labels(alerts: "Subscriber | list[Alert]") -> list[tuple[str, int]]:
    """Ids and revisions."""
    return [(a.alert_id, a.revision) for a in alerts]


def report(number: int, at: datetime = NOON) -> Report:
    """A report."""
    return Report(report_id=f"r-{number}", source=Source(name="Harbour Wire"), published_at=at, text=f"text {number}")


def write(path: Path, *reports: Report) -> str:
    """Write reports as JSON lines, every other one under `report`."""
    documents = [orjson.loads(r.to_json()) for r in reports]
    path.write_bytes(b"\n".join(orjson.dumps(d if n % 2 else {"report": d}) for n, d in enumerate(documents)))
    return str(path)


def records(connection: Connection, namespace: str) -> list[Report | Tick]:
    """Everything on the reports topic, partition by partition in order."""
    with Tail(connection, REPORTS.topic(namespace)) as tail:
        tail.to_beginning()
        found = sorted(tail.until_now(), key=lambda m: (m.partition, m.offset))
    read = [decode(REPORTS, m.key, m.value or b"", m.headers) for m in found]
    return [r for r in read if isinstance(r, Report | Tick)]


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


def test_send_command(connection: Connection, namespace: str, tocsin: Tocsin, tmp_path: Path) -> None:
    """Good lines are sent and delivered, bad ones told with number and reason, and the exit status says so."""
    file = write(tmp_path / "reports.jsonl", report(1), report(2))
    assert tocsin("send", file).status == 0
    with Path(file).open("ab") as lines:
        lines.write(b'\n{"report_id": 3}\n')
    ran = tocsin("send", file)
    assert ran.status == 1
    assert "reports.jsonl:3: " in ran.err
    sent = records(connection, namespace)
    assert sorted(r.record_id for r in sent) == ["r-1", "r-1", "r-2", "r-2"]
    assert tocsin("send", file, "--strict").status == 1
    assert len(records(connection, namespace)) == len(sent)


def test_send_plain_text(connection: Connection, namespace: str, tocsin: Tocsin, tmp_path: Path) -> None:
    """A note becomes a report of the source that is named."""
    note = tmp_path / "note.txt"
    note.write_text("Two rockets fell near the gate.")
    ran = tocsin("send", str(note), "--source", "Gate 3", "--kind", "field", "--published-at", "20min", "--id", "n-1")
    assert ran.status == 0
    (sent,) = records(connection, namespace)
    assert isinstance(sent, Report)
    assert (sent.report_id, sent.source.name, sent.text) == ("n-1", "Gate 3", "Two rockets fell near the gate.")


def test_send_a_history(connection: Connection, namespace: str, tocsin: Tocsin, tmp_path: Path) -> None:
    """In every partition time passes between the reports and beyond the last, never ahead of a report."""
    reports = [report(n, NOON + timedelta(hours=5 * n)) for n in (2, 0, 1)]
    ran = tocsin("send", write(tmp_path / "h.jsonl", *reports), "--simulate-time", "--then", "24")
    assert ran.status == 0
    assert "--clock simulated" in ran.err
    end = NOON + timedelta(hours=34)
    found = records(connection, namespace)
    assert {r.report_id for r in found if isinstance(r, Report)} == {"r-0", "r-1", "r-2"}
    assert sum(isinstance(r, Tick) and r.at == end for r in found) == 3
    reached: datetime | None = None
    for record in found:
        if reached is not None and record.event_time < reached:
            assert isinstance(record, Tick), "a report came after the time that followed it"
            assert reached == end, "time went back inside a partition"
        reached = record.event_time


def test_a_history_needs_a_namespace_of_its_own(
    connection: Connection, namespace: str, tocsin: Tocsin, tmp_path: Path
) -> None:
    """Simulated time is refused where the wall clock has passed."""
    now = datetime.now(UTC)
    beat(connection, namespace, now, now)
    ran = tocsin("send", write(tmp_path / "h.jsonl", report(1)), "--simulate-time")
    assert ran.status == 2
    assert "is live" in ran.err
    assert records(connection, namespace) == []


def test_send_needs_topics(kafka: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Live reports into a namespace that is not there are refused with what to do."""
    file = write(tmp_path / "reports.jsonl", report(1))
    ran = run(capsys, "send", file, "--namespace", "nowhere", "--bootstrap", kafka)
    assert ran.status == 1
    assert "tocsin topics create" in ran.err


def test_publish_facilities(connection: Connection, namespace: str, tocsin: Tocsin, tmp_path: Path) -> None:
    """A published set is complete by its manifest; the next one replaces it, what is gone with a tombstone."""
    default = resource("defaults/facilities.geojson")
    assert tocsin("facilities", "list").status == 1
    assert tocsin("facilities", "publish", str(default)).status == 0
    document = orjson.loads(default.read_bytes())
    document["features"] = [f for f in document["features"] if f["properties"]["country"] == "KW"]
    fewer = tmp_path / "fewer.geojson"
    fewer.write_bytes(orjson.dumps(document))
    assert tocsin("facilities", "publish", str(fewer), "--dry-run").status == 0
    assert len(published_facilities(connection, namespace).facilities) == len(Gazetteer.from_geojson(default))
    assert tocsin("facilities", "publish", str(fewer), "--yes").status == 0
    published = published_facilities(connection, namespace)
    expected = Gazetteer.from_geojson(fewer)
    assert published.facilities == expected.by_id
    assert published.manifest is not None
    assert (published.manifest.count, published.manifest.sha256) == (len(expected), expected.sha256)
    listed = tocsin("facilities", "list").out.splitlines()
    assert [orjson.loads(line)["id"] for line in listed] == sorted(expected.by_id)
    assert "already" in tocsin("facilities", "publish", str(fewer)).err
    with Tail(connection, FACILITIES.topic(namespace)) as tail:
        assert tail.count == 2 * (len(expected)) + 160 - len(expected) + 160 + 2 - len(expected)


def test_actions_are_addressed_to_the_alert_that_is_there(
    connection: Connection, namespace: str, tocsin: Tocsin
) -> None:
    """An action names alert, facility and the revision that was seen; an alert that is not there is refused."""
    publish(connection, namespace, alert("xx-mill/actual/i-1"), alert("xx-mill/actual/i-1", 2))
    assert tocsin("ack", "xx-mill", "--by", "Sgt Ode", "--no-wait").status == 0
    assert tocsin("dismiss", "xx-mill/act", "--by", "Sgt Ode", "--reason", "a drill", "--no-wait").status == 0
    assert tocsin("ack", "xx-quarry", "--no-wait").status == 2
    with Tail(connection, ACTIONS.topic(namespace)) as tail:
        tail.to_beginning()
        found = sorted(tail.until_now(), key=lambda m: m.offset)
    actions = [decode(ACTIONS, m.key, m.value or b"", m.headers) for m in found]
    assert [(a.kind.value, a.seen_revision, a.by) for a in actions if isinstance(a, Action)] == [
        ("acknowledge", 2, "Sgt Ode"),
        ("dismiss", 2, "Sgt Ode"),
    ]
    assert {m.key for m in found} == {b"xx-mill"}


def test_topics_command(tocsin: Tocsin) -> None:
    """`tocsin topics` is content with what `create` made, and creating again changes nothing."""
    assert tocsin("topics").status == 0
    assert "already" in tocsin("topics", "create").err
    assert tocsin("topics", "create", "--partitions", "4").status == 1


def test_doctor_command(connection: Connection, namespace: str, tocsin: Tocsin) -> None:
    """The doctor goes from the name to the last tick, and finds that no worker runs."""
    now = datetime.now(UTC)
    beat(connection, namespace, now, now)
    ran = tocsin("doctor")
    found = {f["what"]: f["mark"] for f in map(orjson.loads, ran.out.splitlines())}
    assert ran.status == 1
    assert {what for what, mark in found.items() if mark == "fail"} == {"workers"}
    assert {"name", "port", "protocol", "topics", "route", "lag", "alerts", "dead letters"} <= found.keys()


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


def test_publish_policy(tocsin: Tocsin, tmp_path: Path) -> None:
    """What is published is what is shown; a version that is used again is told; a bad policy is not published."""
    assert "none is published" in tocsin("policy", "show").err
    default = orjson.loads(resource("defaults/policy.json").read_bytes())
    file = tmp_path / "policy.json"
    for change, told in (({}, "published"), ({"sources_off": ["Coral Wire"]}, "give each its own")):
        file.write_bytes(orjson.dumps({**default, "version": "mine-1", **change}))
        ran = tocsin("policy", "publish", str(file))
        assert ran.status == 0
        assert told in ran.err
    shown = orjson.loads(tocsin("policy", "show").out)
    assert (shown["version"], shown["sources_off"]) == ("mine-1", ["Coral Wire"])
    file.write_bytes(orjson.dumps({**default, "theatres": {"a": ["IQ"], "b": ["IQ"]}}))
    assert tocsin("policy", "publish", str(file)).status == 2
    assert orjson.loads(tocsin("policy", "show").out) == shown


def test_dead_letters(connection: Connection, namespace: str, tocsin: Tocsin) -> None:
    """Dead letters are counted by reason, and shown with their original bytes made visible."""
    assert "no dead letters" in tocsin("dlq", "list", "--text").out
    headers = [("dlq_reason", b"malformed_json"), ("dlq_error", b"not JSON"), ("dlq_original", b"here")]
    producer = KafkaProducer(bootstrap_servers=connection.bootstrap)
    try:
        for _ in range(2):
            producer.send(REPORTS.dead_letters(namespace), b"{\x1b[31m", b"r-1", headers=headers).get(10)
    finally:
        producer.close()
    (row,) = map(orjson.loads, tocsin("dlq", "list").out.splitlines())
    assert (row["topic"], row["reason"], row["count"]) == (REPORTS.dead_letters(namespace), "malformed_json", 2)
    shown = tocsin("dlq", "show", "reports", "--last", "1", "--text").out
    assert "{\\x1b[31m" in shown
    assert "not JSON" in shown
    assert "\x1b" not in shown
    documents = [orjson.loads(line) for line in tocsin("dlq", "show", "reports").out.splitlines()]
    assert [base64.b64decode(d["value_base64"]) for d in documents] == [b"{\x1b[31m"] * 2
    assert tocsin("dlq", "show", "reports", "--reason", "future").out == ""
