"""Topics to files and back on a real Kafka: byte for byte, and never half."""

from pathlib import Path

import orjson
import pytest

from schemas.topics import FACILITIES, POLICY, REPORTS
from streams.envelope import TICK
from streams.resources import resource
from tests.broker.workers import create_topics, everything, produce
from tests.unit.cli_runner import run

ODD = [
    (b"a", b"plain", [("h", b"1"), ("h", b"\xff\x00")]),
    (None, b"\xff\xfe", []),
    (b"\xf0\x28", b"", []),
    (b"a", None, []),
    (b"b", "umlaut ü \u2028 {}".encode(), [("ce_type", b"x")]),
]


def test_there_and_back(kafka: str, namespace: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was published and what came in are in a fresh namespace as they were, whatever its partitions."""
    fresh = f"{namespace}-fresh"
    create_topics(kafka, namespace, partitions=3)
    create_topics(kafka, fresh, partitions=2)
    where = ("--namespace", namespace, "--bootstrap", kafka)
    elsewhere = ("--namespace", fresh, "--bootstrap", kafka)
    assert run(capsys, "policy", "publish", str(resource("defaults/policy.json")), *where).status == 0
    tick = (b"0", b"{}", [TICK])
    produce(kafka, REPORTS.topic(namespace), *ODD, tick)
    backup = tmp_path / "backup"

    assert run(capsys, "topics", "export", str(backup), *where).status == 0
    assert {p.name for p in backup.iterdir()} >= {"facilities.jsonl", "policy.jsonl", "reports.jsonl", "alerts.jsonl"}
    assert run(capsys, "topics", "import", str(backup), *elsewhere).status == 0
    reports = ("--stream", "reports")
    assert run(capsys, "topics", "import", str(backup), *reports, *elsewhere).status == 0
    for stream in (FACILITIES, POLICY, REPORTS):
        before, after = (everything(kafka, stream.topic(n)) for n in (namespace, fresh))
        assert _told([r for r in before if TICK not in r.headers]) == _told(after)
        if stream is not REPORTS:  # those the broker stamps on arrival
            assert {r.timestamp for r in before} == {r.timestamp for r in after}

    again = run(capsys, "topics", "export", str(backup), *where)
    assert (again.status, "is there already" in again.err) == (2, True)
    assert run(capsys, "topics", "export", str(backup), "--overwrite", *where).status == 0
    again = run(capsys, "topics", "import", str(backup), *reports, *elsewhere)
    assert (again.status, "has 5 records already" in again.err) == (1, True)
    file = backup / "reports.jsonl"
    whole = file.read_bytes()
    for broken, told in (
        (b"".join(whole.splitlines(keepends=True)[:-1]), "was cut short"),
        (b"".join(whole.splitlines(keepends=True)[1:]), "was cut short"),
        (whole[:40], "is no line of a backup"),
        (orjson.dumps({"text": "a report"}), "is no line of a backup"),
        (b"", "was cut short"),
    ):
        file.write_bytes(broken)
        ran = run(capsys, "topics", "import", str(backup), *reports, *elsewhere)
        assert (ran.status, told in ran.err) == (1, True), ran.err
    assert run(capsys, "topics", "import", str(tmp_path), *elsewhere).status == 2
    assert "is no stream" in run(capsys, "topics", "export", str(backup), "--stream", "x", *where).err


def test_what_came_first_is_sent_first(
    kafka: str, namespace: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file has partition after partition; alerts are called by what came first. In each nothing overtakes another.

    Ticks, which earlier exports held, are left out.
    """
    create_topics(kafka, namespace, partitions=1)
    came = (("c", 0, 3), ("d", 0, 1), ("a", 1, 1), ("b", 1, 2), ("e", 1, 4))
    lines = [{"key": k, "value": "{}", "headers": [], "timestamp_ms": at, "partition": p} for k, p, at in came]
    tick = {"key": "0", "value": "{}", "headers": [[TICK[0], TICK[1].decode()]], "timestamp_ms": 2, "partition": 1}
    file = tmp_path / "reports.jsonl"
    file.write_bytes(b"\n".join(map(orjson.dumps, [*lines, tick, {"topic": "t", "records": 6}])))
    where = ("--stream", "reports", "--namespace", namespace, "--bootstrap", kafka)
    assert run(capsys, "topics", "import", str(tmp_path), *where).status == 0
    assert [r.key for r in everything(kafka, REPORTS.topic(namespace))] == [b"a", b"b", b"c", b"d", b"e"]


def _told(records: list[object]) -> list[tuple[object, ...]]:
    """Keys, values and headers, in an order that partitions do not change."""
    return sorted(((r.key, r.value, r.headers) for r in records), key=repr)  # type: ignore[attr-defined]
