"""The audit on a real Kafka: content after crashes, and naming each record that is deliberately made to be missing."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest
from kafka import KafkaAdminClient, TopicPartition
from kafka.consumer.fetcher import ConsumerRecord
from kafka.structs import OffsetAndMetadata

from schemas.connection import Connection
from schemas.exposure import Exposure
from schemas.mention import Mention
from schemas.report import Report
from schemas.topics import EXPOSURES, MENTIONS, READINGS, REPORTS
from streams.admin import Admin
from streams.topology import app_id
from tests.broker.test_route import STRIKES, report
from tests.broker.workers import create_topics, everything, produce, send, until, worker
from tests.unit.cli_runner import Ran, run

Audit = Callable[..., tuple[int, dict[str, dict[str, int]], list[dict[str, object]]]]


@pytest.fixture
def audit(kafka: str, namespace: str, capsys: pytest.CaptureFixture[str]) -> Audit:
    """Runs `tocsin doctor --audit`: its exit status, the verdict on each topic, and what is missing."""

    def call(*arguments: str) -> tuple[int, dict[str, dict[str, int]], list[dict[str, object]]]:
        ran = run(capsys, "doctor", "--audit", "--json", *arguments, "-n", namespace, "-b", kafka)
        assert not ran.err, ran.err
        told = [orjson.loads(line) for line in ran.out.splitlines()]
        verdicts = {line["audit"].split(".")[1]: line for line in told if "audit" in line}
        return ran.status, verdicts, [line["missing"] for line in told if "audit" not in line]

    return call


@pytest.fixture
def admin(kafka: str) -> Iterator[KafkaAdminClient]:
    """A client that may do what no stage does."""
    client = KafkaAdminClient(bootstrap_servers=kafka)
    yield client
    client.close()


def test_nothing_is_missing_after_crashes_and_what_is_lost_is_named(
    kafka: str, namespace: str, tmp_path: Path, audit: Audit, admin: KafkaAdminClient
) -> None:
    """A worker is killed in mid-work and the audit is content; each kind of loss is found, and told from what waits."""
    create_topics(kafka, namespace)
    texts = [*STRIKES, "The harbour was calm."]
    reports = [report(n, texts[n % 5], hours_ago=1 + n % 90, source=f"Outlet {n % 40}") for n in range(400)]
    send(kafka, namespace, REPORTS, *((r.report_id, r) for r in reports))
    produce(kafka, REPORTS.topic(namespace), (b"bad", b"{nope", []), (b"gone", None, []))
    with worker(kafka, namespace, tmp_path) as running:
        until(lambda: running.metric("tocsin_inputs_total", stage="fuse") > 50, running.log_tail)
        running.kill()
    with worker(kafka, namespace, tmp_path) as running:
        until(lambda: _nothing_in_flight(audit), running.log_tail)
        assert running.stop() == 0

    status, verdicts, missing = audit()
    assert (status, missing) == (0, [])
    assert (
        verdicts["reports"]
        | {
            "inputs": 401,
            "answered": 400,
            "dead_letters": 1,
            "in_flight": 0,
        }
        == verdicts["reports"]
    )
    assert verdicts["mentions"]["answered"] == verdicts["mentions"]["inputs"] >= 320
    assert verdicts["mentions"]["records"][EXPOSURES.topic(namespace)] >= 320  # type: ignore[index]

    # A worker commits past a report that it never answered; another report is only just there.
    send(kafka, namespace, REPORTS, _keyed(900))
    with Admin(Connection(bootstrap=kafka)) as ours:
        ends = ours.lag(app_id(namespace), [REPORTS.topic(namespace)]).ends
    admin.alter_group_offsets(app_id(namespace), {tp: OffsetAndMetadata(end, "", -1) for tp, end in ends.items()})
    send(kafka, namespace, REPORTS, _keyed(901))
    status, verdicts, missing = audit("--since", "1h")
    assert status == 1
    assert [(m["record_id"], m["parts"]) for m in missing] == [("r-900", 0)]
    assert _record(kafka, missing[0]).key == b"r-900"
    assert verdicts["reports"]["in_flight"] == 1
    assert not verdicts["mentions"]["missing"]

    # The receipts of one partition are gone: exactly the reports that were answered there, and in part, are named.
    receipts = [r for r in everything(kafka, READINGS.topic(namespace)) if r.partition == 0]
    admin.delete_records({TopicPartition(READINGS.topic(namespace), 0): receipts[-1].offset + 1})
    _, _, missing = audit()
    named = {str(m["record_id"]) for m in missing if m["topic"] == REPORTS.topic(namespace)}
    assert named == {r.key.decode() for r in receipts} | {"r-900"}
    assert {m["found"] == 0 for m in missing if m["parts"]} == {False}

    # A mention has its incident, and no longer its exposure.
    exposed = [r for r in everything(kafka, EXPOSURES.topic(namespace)) if Exposure.ce_type in str(r.headers)][-1]
    admin.delete_records({TopicPartition(EXPOSURES.topic(namespace), exposed.partition): exposed.offset + 1})
    _, verdicts, missing = audit()
    assert verdicts["mentions"]["missing"] > 0
    halves = [m for m in missing if m["topic"] == MENTIONS.topic(namespace)]
    assert all(0 < m["found"] < m["parts"] for m in halves)  # type: ignore[operator]
    told = Mention.model_validate_json(_record(kafka, halves[0]).value)
    assert told.mention_id == halves[0]["record_id"]


def test_a_mention_that_was_taken_back_first_is_not_missing(
    kafka: str, namespace: str, tmp_path: Path, audit: Audit
) -> None:
    """A correction of a report that comes after all: its mentions lead to nothing, and the audit says why."""
    create_topics(kafka, namespace)
    early = report(2, STRIKES[1], hours_ago=2).model_copy(update={"report_id": "fix", "corrects": "r-1"})
    with worker(kafka, namespace, tmp_path) as running:
        send(kafka, namespace, REPORTS, ("fix", early))
        until(lambda: running.metric("tocsin_outcomes_total", stage="fuse", outcome="held") >= 3, running.log_tail)
        send(kafka, namespace, REPORTS, ("r-1", report(1, STRIKES[0], hours_ago=3)))
        until(lambda: len(everything(kafka, READINGS.topic(namespace))) == 2, running.log_tail)
        until(lambda: _nothing_in_flight(audit), running.log_tail)
        running.stop()
    status, verdicts, missing = audit()
    assert (status, missing) == (0, [])
    assert verdicts["mentions"]["withdrawn"] == 1


def test_a_span_is_a_span(kafka: str, namespace: str, audit: Audit, capsys: pytest.CaptureFixture[str]) -> None:
    """What nobody has dealt with is in flight; what lies outside the span is not looked at; a wrong span is told."""
    create_topics(kafka, namespace)
    send(kafka, namespace, REPORTS, _keyed(1), _keyed(2))
    status, verdicts, _ = audit()
    assert (status, verdicts["reports"]["inputs"], verdicts["reports"]["in_flight"]) == (0, 2, 2)
    before = (datetime.now(UTC) - timedelta(minutes=5)).isoformat()
    assert audit("--until", before)[1]["reports"]["inputs"] == 0
    wrong: Ran = run(capsys, "doctor", "--audit", "--since", "1h", "--until", "2h", "-n", namespace, "-b", kafka)
    assert wrong.status == 2
    assert "--since comes before --until" in wrong.err
    assert run(capsys, "doctor", "--since", "1h", "-n", namespace, "-b", kafka).status == 2


def _keyed(number: int) -> tuple[str, Report]:
    made = report(number, "The harbour was calm.")
    return made.report_id, made


def _nothing_in_flight(audit: Audit) -> bool:
    _, verdicts, _ = audit()
    return all(verdict["in_flight"] == 0 for verdict in verdicts.values())


def _record(kafka: str, missing: dict[str, object]) -> ConsumerRecord:
    """The record that is said to lack its answer."""
    place = missing["partition"], missing["offset"]
    return next(r for r in everything(kafka, str(missing["topic"])) if (r.partition, r.offset) == place)
