"""What `tocsin send` puts on the reports topic, and what it refuses."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest

from alerts.tail import Tail
from schemas.connection import Connection
from schemas.report import Report, Tick
from schemas.topics import REPORTS
from streams.envelope import decode
from tests.alert_samples import NOON
from tests.broker.records import Tocsin, beat, report
from tests.unit.cli_runner import run


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
