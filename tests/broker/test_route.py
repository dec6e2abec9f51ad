"""The route on a real Kafka: what comes in comes out, what is bad is kept, and every input has one outcome."""

import json
import shutil
import socket
import subprocess
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

import schemas
from schemas.alert import Alert
from schemas.mention import Reading
from schemas.outcome import StageName
from schemas.report import Report, Source
from schemas.topics import ALERTS, INCIDENTS, READINGS, REPORTS
from tests.broker.workers import (
    PATIENCE_S,
    WorkerProcess,
    create_topics,
    everything,
    produce,
    running,
    send,
    until,
    worker,
)

PUBLISHED = Path(schemas.__file__).parent / "published"
NOW = datetime.now(tz=UTC)
KUWAIT = timezone(timedelta(hours=3))
STRIKES = (
    "Four rockets struck Camp Arifjan in Kuwait {when}, killing two soldiers and wounding nine, officials said.",
    "Two explosive-laden drones hit Camp Arifjan in Kuwait {when}, killing three people, the army said.",
    "Gunmen attacked the main gate of Camp Arifjan in Kuwait {when}, killing four guards, police said.",
    "A car bomb exploded at the gate of Camp Arifjan in Kuwait {when}, killing six people, the ministry said.",
)


def report(number: int, text: str, *, hours_ago: float = 1.0, source: str = "Coral Wire") -> Report:
    """Return a report of a source that is nobody's, an hour after what it tells."""
    published_at = NOW - timedelta(hours=hours_ago)
    when = (published_at - timedelta(hours=1)).astimezone(KUWAIT)
    return Report(
        report_id=f"r-{number}",
        source=Source(name=source),
        published_at=published_at,
        text=text.format(when=f"at about {when:%H:%M} on {when.day} {when:%B}"),
        lang="en",
    )


def test_four_attacks_on_one_base_are_an_alert(kafka: str, namespace: str, tmp_path: Path) -> None:
    """Reports go in; readings, incidents and an alert with its evidence come out, each input with one outcome."""
    create_topics(kafka, namespace)
    with worker(kafka, namespace, tmp_path) as running:
        reports = [report(n, text, hours_ago=20 - 5 * n, source=f"Outlet {n}") for n, text in enumerate(STRIKES)]
        send(kafka, namespace, REPORTS, *((r.report_id, r) for r in reports))
        alerts = until(
            lambda: [
                alert
                for record in everything(kafka, ALERTS.topic(namespace))
                if (alert := Alert.model_validate_json(record.value)).incident_count >= 3
            ],
            running.log_tail,
        )
        assert {alert.facility.facility_id for alert in alerts} == {"kw-camp-arifjan"}
        told = {t.report_id for i in alerts[-1].incidents for t in i.incident.testimony}
        assert told <= {r.report_id for r in reports}
        assert len(told) >= 3
        assert len(everything(kafka, INCIDENTS.topic(namespace))) >= 4
        readings = [Reading.model_validate_json(r.value) for r in everything(kafka, READINGS.topic(namespace))]
        assert Counter(reading.report_id for reading in readings) == Counter(r.report_id for r in reports)
        _subscribers_can_read(kafka, ALERTS.topic(namespace))
        for stage in StageName:
            taken = running.metric("tocsin_inputs_total", stage=stage.value)
            assert running.metric("tocsin_outcomes_total", stage=stage.value) >= taken - 1, stage


def test_faust_runs_the_same_worker(kafka: str, namespace: str, tmp_path: Path) -> None:
    """`faust -A streams.app worker` reads, stops in order, and does not open Faust's own web server to everybody."""
    create_topics(kafka, namespace)
    with socket.socket() as taken:
        taken.bind(("0.0.0.0", 0))  # noqa: S104  where Faust's web server would be
        port = taken.getsockname()[1]

        class FaustWorker(WorkerProcess):
            command = ("-m", "faust", "-A", "streams.app", "worker", "--web-port", str(port))

        with running(FaustWorker(kafka, namespace, tmp_path, partitions="3")) as process:
            send(kafka, namespace, REPORTS, ("r-1", report(1, "The harbour was calm.")))
            until(lambda: everything(kafka, READINGS.topic(namespace)), process.log_tail)
            assert process.stop() == 0, process.log_tail()


def _subscribers_can_read(kafka: str, topic: str) -> None:
    """Clients that know nothing of us read records that the published schema accepts: kafka-python, and kcat."""
    schema = json.loads((PUBLISHED / "alert.v1.schema.json").read_text())
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    values = [record.value for record in everything(kafka, topic)]
    for value in values:
        validator.validate(json.loads(value))
    if (kcat := shutil.which("kcat")) is not None:
        told = subprocess.run(
            [kcat, "-b", kafka, "-t", topic, "-C", "-o", "beginning", "-e", "-q"], check=True, capture_output=True
        )
        assert set(values) <= set(told.stdout.splitlines())  # another may have come meanwhile


BAD: dict[str, tuple[bytes, bytes | None, list[tuple[str, bytes]], str]] = {
    "not json": (b"bad-1", b"{nope", [("x-trace", b"\x00\xff")], "malformed_json"),
    "not utf-8": (b"bad-2", b"\xff\xfe\x00", [], "malformed_json"),
    "a field missing": (b"bad-3", b'{"report_id": "bad-3"}', [], "wrong_schema"),
    "an empty body": (b"bad-4", b"", [], "empty"),
    "text of 300 kB": (
        b"bad-5",
        report(5, "y").to_json().replace(b'"y"', b'"%s"' % (b"y" * 300_000)),
        [],
        "wrong_schema",
    ),
    "a newer major": (b"bad-6", b"{}", [("ce_type", b"tocsin.report.v2")], "newer_major"),
    "of another topic": (b"bad-7", b"{}", [("ce_type", b"tocsin.alert.v1")], "unknown_type"),
    "from the future": (b"bad-8", report(8, "later", hours_ago=-3).to_json(), [], "future"),
    "from 1970": (
        b"bad-9",
        b'{"report_id": "bad-9", "source": {"name": "x"}, "published_at": "1970-01-01T00:00:00Z", "text": "t"}',
        [],
        "wrong_schema",
    ),
    "1 MB of text": (
        b"bad-11",
        report(11, "y").to_json().replace(b'"y"', b'"%s"' % (b"y" * 1_047_000)),
        [],
        "wrong_schema",
    ),
    "an id of 201 characters": (
        b"bad-10",
        report(10, "t").to_json().replace(b"r-10", b"i" * 201),
        [],
        "wrong_schema",
    ),
}


def test_bad_input_is_kept_and_the_worker_goes_on(kafka: str, namespace: str, tmp_path: Path) -> None:
    """Each bad record lies in the dead-letter topic with its bytes, key, headers and reason; good ones are read."""
    create_topics(kafka, namespace)
    with worker(kafka, namespace, tmp_path) as running:
        topic = REPORTS.topic(namespace)
        produce(kafka, topic, *((key, value, headers) for key, value, headers, _ in BAD.values()))
        produce(kafka, topic, (b"gone", None, []))
        send(kafka, namespace, REPORTS, ("good", report(99, "Nothing happened.")))
        until(lambda: everything(kafka, READINGS.topic(namespace)), running.log_tail)
        until(lambda: running.metric("tocsin_dead_letters_total", stage="read") >= len(BAD), running.log_tail)
        letters = everything(kafka, REPORTS.dead_letters(namespace))
        by_key = {letter.key: letter for letter in letters}
        assert len(by_key) == len(letters) == len(BAD)
        for name, (key, value, headers, reason) in BAD.items():
            letter = by_key[key]
            told = dict(letter.headers)
            assert letter.value == value, name
            assert told["dlq_reason"].decode() == reason, (name, told["dlq_error"])
            assert set(headers) <= set(letter.headers), name
            assert told["dlq_topic"].decode() == topic
            assert told["dlq_error"].decode().isprintable()
        assert running.metric("tocsin_outcomes_total", stage="read", outcome="tombstone") == 1
        assert running.metric("tocsin_dead_letters_total", stage="read") == len(BAD)


@pytest.mark.skipif(shutil.which("kcat") is None, reason="kcat is not installed (Debian: apt-get install kcat)")
@pytest.mark.parametrize("codec", ["gzip", "snappy", "lz4", "zstd"])
def test_producers_may_compress(codec: str, kafka: str, namespace: str, tmp_path: Path) -> None:
    """The broker unpacks what comes compressed, so that every client reads it; a bomb is refused at the door."""
    create_topics(kafka, namespace)
    topic = REPORTS.topic(namespace)
    value = report(1, "Nothing happened. " * 50).to_json()
    record = tmp_path / "record"
    record.write_bytes(value)
    assert kcat(kafka, topic, codec, record).returncode == 0
    assert [r.value for r in everything(kafka, topic)] == [value]
    record.write_bytes(b"0" * 20_000_000)
    bomb = kcat(kafka, topic, codec, record)
    assert bomb.returncode != 0
    assert "too large" in bomb.stderr.lower()
    assert len(everything(kafka, topic)) == 1


@pytest.mark.parametrize("how", ["kill", "stop"])
def test_a_worker_that_ends_under_load_loses_nothing(how: str, kafka: str, namespace: str, tmp_path: Path) -> None:
    """After SIGKILL or SIGTERM in mid-stream, three times, every report has a receipt and no revision two contents."""
    create_topics(kafka, namespace)
    texts = [*STRIKES, "The harbour was calm.", "A market opened on Sunday."]
    reports = [report(n, texts[n % len(texts)], hours_ago=1 + n % 90, source=f"Outlet {n % 40}") for n in range(900)]
    for round_ in range(3):
        with worker(kafka, namespace, tmp_path) as running:
            part = reports[round_ * 300 : round_ * 300 + 300]
            send(kafka, namespace, REPORTS, *((r.report_id, r) for r in part))
            until(lambda: running.metric("tocsin_inputs_total", stage="read") > 50, running.log_tail)
            if how == "kill":
                running.kill()
            else:
                assert running.stop() == 0, running.log_tail()
    with worker(kafka, namespace, tmp_path) as running:
        until(
            lambda: (
                {r.key.decode() for r in everything(kafka, READINGS.topic(namespace))} >= {r.report_id for r in reports}
            ),
            running.log_tail,
            patience_s=150,
        )
        assert not everything(kafka, REPORTS.dead_letters(namespace))
        contents: dict[tuple[str, int], set[bytes]] = {}
        for record in everything(kafka, ALERTS.topic(namespace)):
            alert = Alert.model_validate_json(record.value)
            contents.setdefault((alert.alert_id, alert.revision), set()).add(record.value)
        assert contents
        assert all(len(found) == 1 for found in contents.values())
        for alert_id in {alert_id for alert_id, _ in contents}:
            revisions = sorted(revision for found, revision in contents if found == alert_id)
            assert revisions == list(range(1, len(revisions) + 1))


def kcat(kafka: str, topic: str, codec: str, record: Path) -> "subprocess.CompletedProcess[str]":
    """Send a file as one record with a client of librdkafka, compressed."""
    limits = ("-X", "message.max.bytes=100000000", "-X", "message.timeout.ms=20000")
    command = ["kcat", "-P", "-b", kafka, "-t", topic, "-z", codec, *limits, str(record)]
    return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
