"""From a report to the alerts that stand on it, and back, on a real Kafka."""

import pytest

from schemas.alert import Involvement
from schemas.connection import Connection
from schemas.mention import Interval, Mention, Reading, SetAside
from schemas.record import Record
from schemas.report import Source
from schemas.taxonomy import Change, Initiator, SetAsideReason, Status, ThreatType, Traffic
from schemas.topics import ALERTS, INCIDENTS, MENTIONS, READINGS, Stream
from streams.admin import Admin
from streams.desk.lineage import alert_log, revisions_of, trace
from streams.desk.sending import Sender
from tests.alert_samples import NOON, alert, incident
from tests.unit.cli_runner import run

SOURCE = Source(name="Harbour Wire")
READING = Reading(
    report_id="r-1",
    report_revision=1,
    traffic=Traffic.ACTUAL,
    published_at=NOON,
    source=SOURCE,
    mentions=("r-1/1/0",),
    set_aside=(SetAside(reason=SetAsideReason.NEGATED, start=0, end=9, quote="no mortar", rule="negated"),),
)
MENTION = Mention(
    mention_id="r-1/1/0",
    report_id="r-1",
    report_revision=1,
    ordinal=0,
    traffic=Traffic.ACTUAL,
    theatre="coast",
    threat_type=ThreatType.ROCKET,
    status=Status.INTERCEPTED,
    initiator=Initiator.HOSTILE,
    occurred=Interval(earliest=NOON, latest=NOON),
    facility_id="xx-mill",
    source=SOURCE,
    published_at=NOON,
    quote="two rockets fell short",
    evidence=(),
)
RECORDS: tuple[tuple[Stream, str, Record], ...] = (
    (READINGS, "r-1", READING),
    (READINGS, "r-2", READING.model_copy(update={"report_id": "r-2", "mentions": (), "set_aside": ()})),
    (MENTIONS, "coast", MENTION),
    (INCIDENTS, "i-1", incident(1)),
    (INCIDENTS, "i-2", incident(2)),
    (ALERTS, "alr-1", alert("alr-1", 2, change=Change.UPDATED)),
    (ALERTS, "alr-1", alert("alr-1")),
    (ALERTS, "alr-1", alert("alr-1")),
    (ALERTS, "alr-2", alert("alr-2", incidents=(Involvement(incident=incident(2), distance_km=1, probability=1),))),
)


@pytest.fixture
def connection(kafka: str, namespace: str) -> Connection:
    """A connection to a broker on which the namespace holds a story."""
    connection = Connection(bootstrap=kafka)
    with Admin(connection) as admin:
        admin.create_topics(namespace, 2, 1)
    with Sender(connection, namespace) as sender:
        for stream, key, record in RECORDS:
            sender.send(stream, record, key)
    return connection


def test_a_report_leads_to_its_alerts(connection: Connection, namespace: str) -> None:
    """The receipt, the mentions, the incidents that quote the report, and the alerts that stand on those; no others."""
    log = alert_log(connection, namespace, Traffic.ACTUAL)
    lineage = trace(connection, namespace, "r-1", log)
    assert lineage.readings == (READING,)
    assert lineage.mentions == (MENTION,)
    assert [i.incident_id for i in lineage.incidents] == ["i-1"]
    assert [(a.alert_id, a.revision) for a in lineage.alerts] == [("alr-1", 2)]
    assert not trace(connection, namespace, "r-9", log).known


def test_an_alert_is_found_by_what_people_say(connection: Connection, namespace: str) -> None:
    """By its id, the beginning of its id, or its facility: all revisions in order, each once."""
    log = alert_log(connection, namespace, Traffic.ACTUAL)
    for what in ("alr-1", "xx-mill"):
        assert [(a.alert_id, a.revision) for a in revisions_of(log, what)] == [("alr-1", 1), ("alr-1", 2)]
    assert [a.alert_id for a in revisions_of(log, "alr-2")] == ["alr-2"]
    assert revisions_of(log, "no-such") == []


@pytest.mark.parametrize(
    "what, told",
    [
        ("alr-1", ["two rockets fell short", "Harbour Wire", "r-1 0-22", "@2"]),
        ("r-1", ["set aside, negated: “no mortar”", "rocket, intercepted, xx-mill", "→ i-1", "alr-1"]),
        ("r-2", ["nothing in it looks like an incident"]),
    ],
)
def test_explain_command(
    what: str, told: list[str], connection: Connection, namespace: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """`tocsin explain` tells it at a terminal."""
    ran = run(capsys, "explain", what, "--text", "--namespace", namespace, "--bootstrap", connection.bootstrap)
    assert ran.status == 0
    for words in told:
        assert words in ran.out


def test_explain_what_is_not_there(connection: Connection, namespace: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An id that nobody knows is said to be unknown, in one line."""
    ran = run(capsys, "explain", "r-9", "--namespace", namespace, "--bootstrap", connection.bootstrap)
    assert ran.status == 1
    assert "'r-9' is no alert" in ran.err
