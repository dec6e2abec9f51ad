"""Dead letters on a real Kafka: kept whole, replayed once and in order through mended code, purged with a trace."""

import re
from collections import defaultdict
from pathlib import Path

import orjson
import pytest
from kafka import KafkaAdminClient, TopicPartition

from schemas.topics import READINGS, REPORTS
from tests.broker.records import Tocsin
from tests.broker.test_route import STRIKES, report
from tests.broker.workers import create_topics, everything, produce, until, worker
from tests.unit.cli_runner import run

DEFECT = """
import streams.agents
sound = streams.agents.receive
def receive(report, *rest):
    if report.report_id.endswith(("1", "3", "5", "7", "9")):
        raise KeyError("odd\\nnumbers")
    return sound(report, *rest)
streams.agents.receive = receive
"""
NEXT_VERSION = """
import streams.envelope
from schemas.report import Report
streams.envelope.MODELS = {**streams.envelope.MODELS, "tocsin.report.v2": Report}
"""
HEADERS: list[tuple[str, bytes]] = [
    ("x-trace", b"\x00\xff"),
    ("dlq_reason", b"forged by the sender"),
    ("x-trace", b"2"),
]


@pytest.fixture
def tocsin(kafka: str, namespace: str, capsys: pytest.CaptureFixture[str]) -> Tocsin:
    """Runs a command in the namespace."""
    create_topics(kafka, namespace)
    return lambda *arguments: run(capsys, *arguments, "--namespace", namespace, "--bootstrap", kafka)


def test_replayed_once_in_order_and_purged_with_a_trace(
    kafka: str, namespace: str, tmp_path: Path, tocsin: Tocsin, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a defect killed is replayed through mended code: whole letters and references, each once, in order."""
    topic = REPORTS.topic(namespace)
    reports = [report(n, STRIKES[n % 4], hours_ago=2 + n, source=f"Outlet {n}") for n in range(20)]
    produce(kafka, topic, *((r.report_id.encode(), r.to_json(), HEADERS) for r in reports))
    (tmp_path / "sitecustomize.py").write_text(DEFECT)
    with monkeypatch.context() as broken:
        broken.setenv("PYTHONPATH", str(tmp_path))
        with worker(kafka, namespace, tmp_path, dead_letters_per_min="6") as running:
            until(lambda: running.metric("tocsin_dead_letters_total") == 10, running.log_tail)
            until(lambda: len(everything(kafka, READINGS.topic(namespace))) == 10, running.log_tail)
            assert running.stop() == 0
    letters = everything(kafka, REPORTS.dead_letters(namespace))
    originals = {r.key: r for r in everything(kafka, topic) if r.key is not None and not r.key.startswith(b"tick")}
    for letter in letters:
        about, original = dict(letter.headers), originals[letter.key]
        assert letter.headers[: len(HEADERS)] == HEADERS
        place = about["dlq_topic"].decode(), int(about["dlq_partition"]), int(about["dlq_offset"])
        assert place == (original.topic, original.partition, original.offset)
        assert int(about["dlq_timestamp"]) == original.timestamp
        assert (about["dlq_stage"], about["dlq_reason"]) == (b"read", b"step_failed")
        assert re.fullmatch(rb"KeyError: [\x20-\x7e]*odd[\x20-\x7e]*", about["dlq_error"])
        assert letter.value == (original.value if about["dlq_original"] == b"here" else b"")
    (row,) = map(orjson.loads, tocsin("dlq", "list").out.splitlines())
    assert (row["stage"], row["count"], row["referenced"], row["replayed"]) == ("read", 10, 4, 0)

    with worker(kafka, namespace, tmp_path) as running:
        assert "would send 10 originals" in tocsin("dlq", "replay", "reports").err
        assert tocsin("dlq", "replay", "reports", "--reason", "future", "--yes").err.startswith("sent 0")
        assert tocsin("dlq", "replay", "reports", "--until", "1h", "--yes").err.startswith("sent 0")
        assert tocsin("dlq", "replay", "reports", "--yes").err.startswith("sent 10 originals")
        until(lambda: len(everything(kafka, READINGS.topic(namespace))) == 20, running.log_tail)
        again = tocsin("dlq", "replay", "reports", "--yes")
        assert (again.status, again.err) == (0, f"sent 0 originals to {topic} again; 10 were replayed before\n")
        assert running.stop() == 0
    replayed = [r for r in everything(kafka, topic) if dict(r.headers).get("dlq_replay_of")]
    by_partition: dict[int, list[int]] = defaultdict(list)
    for record in replayed:
        assert (record.value, record.partition) == (originals[record.key].value, originals[record.key].partition)
        assert record.headers[:-1] == HEADERS
        by_partition[record.partition].append(originals[record.key].offset)
    assert all(offsets == sorted(offsets) for offsets in by_partition.values())
    assert len(replayed) == 10

    assert "would delete 10 letters" in tocsin("dlq", "purge", "reports", "--replayed").err
    assert orjson.loads(tocsin("dlq", "list").out)["replayed"] == 10
    assert tocsin("dlq", "purge", "reports", "--replayed", "--yes").err.startswith("deleted 10 letters")
    assert tocsin("dlq", "list").out == ""
    audited = tocsin("doctor", "--audit", "--json")
    verdict = orjson.loads(audited.out.splitlines()[0])
    assert (audited.status, verdict["answered"], verdict["dead_letters"]) == (0, 20, 10), audited.out


def test_a_newer_message_waits_for_its_version(
    kafka: str, namespace: str, tmp_path: Path, tocsin: Tocsin, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reports of a newer major version are kept as dead letters; replayed after the upgrade, each has its receipt."""
    newer = [("ce_type", b"tocsin.report.v2")]
    reports = [report(n, STRIKES[n % 4], hours_ago=2 + n, source=f"Outlet {n}") for n in range(6)]
    produce(kafka, REPORTS.topic(namespace), *((r.report_id.encode(), r.to_json(), newer) for r in reports))
    with worker(kafka, namespace, tmp_path) as running:
        until(lambda: running.metric("tocsin_dead_letters_total", reason="newer_major") == 6, running.log_tail)
        assert running.stop() == 0
    assert not everything(kafka, READINGS.topic(namespace))
    (tmp_path / "sitecustomize.py").write_text(NEXT_VERSION)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with worker(kafka, namespace, tmp_path) as upgraded:
        assert tocsin("dlq", "replay", "reports", "--reason", "newer_major", "--yes").err.startswith("sent 6 originals")
        until(lambda: len(everything(kafka, READINGS.topic(namespace))) == 6, upgraded.log_tail)
        assert upgraded.stop() == 0
    assert {r.key.decode() for r in everything(kafka, READINGS.topic(namespace))} == {r.report_id for r in reports}


def letter(offset: int, original: bytes | None, **other: str) -> tuple[bytes, bytes, list[tuple[str, bytes]]]:
    """A dead letter of partition 0, as the guard writes it; without an original it only refers to it."""
    told = {
        "reason": "wrong_schema",
        "error": "EnvelopeError: \x1b[31m",
        "stage": "read",
        "partition": "0",
        "offset": str(offset),
        "timestamp": "1700000000000",
        "original": "referenced" if original is None else "here",
        **other,
    }
    return b"k", original or b"", [(f"dlq_{name}", value.encode()) for name, value in told.items()]


def test_references_doubles_and_filters(kafka: str, namespace: str, tocsin: Tocsin) -> None:
    """References are fetched where they are still there, second letters are left out, and what is gone is named."""
    topic = REPORTS.topic(namespace)
    produce(kafka, topic, *((f"r-{n}".encode(), b"original %d" % n, []) for n in range(30)))
    lying = [r for r in everything(kafka, topic) if r.partition == 0]
    client = KafkaAdminClient(bootstrap_servers=kafka)
    client.delete_records({TopicPartition(topic, 0): 1})
    client.close()
    dead = REPORTS.dead_letters(namespace)
    where = {"topic": topic}
    produce(
        kafka,
        dead,
        letter(2, None, **where),
        letter(1, b"whole", **where),
        letter(0, None, **where),
        letter(2, None, **where),
        letter(3, b"late", **where, stage="read", reason="future"),
        (b"k", b"of an unknown writer", []),
    )
    assert tocsin("dlq", "show", "reports", "--reason", "future", "--text").out.count("late") == 1
    assert "\x1b" not in tocsin("dlq", "show", "reports", "--text").out
    assert tocsin("dlq", "show", "reports", "--reason", "bad luck").status == 2
    assert tocsin("dlq", "show", "reports", "--stage", "watch").out == ""
    ran = tocsin("dlq", "replay", "reports", "--reason", "wrong_schema", "--yes")
    assert ran.status == 1
    assert "sent 2 originals" in ran.err
    assert f"✗ gone: {topic}/0/0" in ran.err
    sent = [r for r in everything(kafka, topic) if dict(r.headers).get("dlq_replay_of")]
    assert [r.value for r in sent] == [b"whole", lying[2].value]
    assert "deleted 0 letters" in tocsin("dlq", "purge", "reports", "--until", "1h", "--yes").err
    assert tocsin("dlq", "purge", "reports", "--yes").status == 2
    assert "3 of which were never replayed" in tocsin("dlq", "purge", "reports", "--until", "0s", "--yes").err
