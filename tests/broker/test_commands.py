"""The operator's commands against a real broker: facilities, policy, topics, actions, the doctor, dead letters."""

import base64
from datetime import UTC, datetime
from pathlib import Path

import orjson
from kafka import KafkaProducer

from alerts.tail import Tail
from schemas.action import Action
from schemas.connection import Connection
from schemas.topics import ACTIONS, FACILITIES, REPORTS
from streams.desk.publishing import published_facilities
from streams.envelope import decode
from streams.gazetteer import Gazetteer
from streams.resources import resource
from tests.alert_samples import alert
from tests.broker.records import Tocsin, beat, publish


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
    hours = {"facility_id": "xx-nowhere", "start": "22:00", "end": "06:00"}
    unknown = {"facilities": {"dj-camp-lemonnier": {}, "dj-camp-lemmonier": {"off": True}}, "quiet_hours": [hours]}
    file.write_bytes(orjson.dumps({"version": "mine-2", **unknown}))
    told = tocsin("policy", "publish", str(file)).err
    assert "dj-camp-lemmonier: no facility that is watched over has this id; do you mean dj-camp-lemonnier" in told
    assert "xx-nowhere: no facility" in told
    assert "dj-camp-lemonnier: no facility" not in told
    shown = orjson.loads(tocsin("policy", "show").out)
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
