"""From a report to the alerts that stand on it, and back, on a real Kafka."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from schemas.alert import Involvement
from schemas.connection import Connection
from schemas.exposure import Exposure
from schemas.facility import Facility
from schemas.mention import Interval, Mention, Reading, SetAside
from schemas.record import Record
from schemas.report import Heartbeat, Source
from schemas.taxonomy import Change, FacilityKind, Initiator, SetAsideReason, Status, ThreatType, Traffic
from schemas.topics import ALERTS, EXPOSURES, HEARTBEAT, INCIDENTS, MENTIONS, READINGS, Stream
from streams.admin import Admin
from streams.desk.lineage import alert_log, revisions_of, trace
from streams.desk.normality import normality
from streams.desk.normality import watched as watched_there
from streams.desk.publishing import Published, publish_facilities
from streams.desk.sending import Sender
from streams.gazetteer import Gazetteer
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


@pytest.fixture
def watched(connection: Connection, namespace: str) -> None:
    """Two facilities are published; one incident came near one of them, another near none."""
    mills = [
        Facility(id=i, name=name, kind=FacilityKind.OTHER, country="XX", lat=10.0, lon=lon)
        for i, name, lon in (("xx-mill", "Old Mill", 20.0), ("xx-milan", "Milan Works", 30.0))
    ]
    exposure = Exposure(
        site_id="xx-mill", facility_id="xx-mill", incident=incident(2), distance_km=3.0, probability=1.0
    )
    with Sender(connection, namespace) as sender:
        publish_facilities(sender, Gazetteer(mills), Published({}, None), NOON)
        sender.send(EXPOSURES, exposure, "xx-mill")
        sender.send(INCIDENTS, incident(3), "i-3")
        beat = Heartbeat(partition=0, reached=NOON + timedelta(hours=1), ticked_at=NOON, written_at=NOON)
        sender.send(HEARTBEAT, beat, "0")


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


@pytest.mark.usefixtures("watched")
@pytest.mark.parametrize("what", ["xx-mill", "Old Mill", "old mi"])
def test_explain_a_facility(
    what: str, connection: Connection, namespace: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """By its id, its name or a part of that: what is normal there, where the statistic is, and why no alert is open."""
    given = ("--text", "--namespace", namespace, "--bootstrap", connection.bootstrap)
    ran = run(capsys, "explain", what, *given)
    assert ran.status == 0, ran.err
    for words in (
        "Old Mill",
        "what is normal here",
        "within 10 km",
        "watch at 91",
        "no alert is open",
        "1 distinct in 7 days",
        "two rockets fell short",
    ):
        assert words in ran.out


@pytest.mark.usefixtures("watched")
def test_explain_a_facility_to_programs(
    connection: Connection, namespace: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One JSON object; and a picture beside it."""
    given = ("--namespace", namespace, "--bootstrap", connection.bootstrap)
    ran = run(capsys, "explain", "xx-mill", "--json", "--plot", str(tmp_path / "mill.png"), *given)
    told = json.loads(ran.out)
    assert told["facility"]["id"] == "xx-mill"
    assert told["recent"][0]["incident_id"] == "i-2"
    assert told["alert"] is None
    assert (tmp_path / "mill.png").read_bytes()[:4] == b"\x89PNG"


@pytest.mark.usefixtures("watched")
def test_a_picture_begins_where_observation_does(connection: Connection, namespace: str) -> None:
    """What came decades late is on record, and no part of what the statistic rests on."""
    past = Interval(earliest=NOON - timedelta(days=12_000), latest=NOON - timedelta(days=11_999))
    late = Exposure(
        site_id="xx-mill",
        facility_id="xx-mill",
        incident=incident(4).model_copy(update={"occurred": past}),
        distance_km=3.0,
        probability=1.0,
    )
    with Sender(connection, namespace) as sender:
        sender.send(EXPOSURES, late, "xx-mill")
    here = watched_there(connection, namespace)
    found = normality(connection, namespace, here.gazetteer.by_id["xx-mill"], Traffic.ACTUAL, here, ())
    assert {e.incident.incident_id for e in found.exposures} == {"i-2", "i-4"}
    assert [o.incident_id for o in found.observations] == ["i-2"]


@pytest.mark.usefixtures("watched")
def test_explain_why_not(connection: Connection, namespace: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An incident that raised nothing says what kept it below at each site."""
    given = ("--text", "--namespace", namespace, "--bootstrap", connection.bootstrap)
    ran = run(capsys, "explain", "i-3", *given)
    assert "no facility that is watched over lies within its reach" in ran.out
    ran = run(capsys, "explain", "mil", *given)
    assert "may be any of 2 facilities" in ran.err


def test_explain_what_is_not_there(connection: Connection, namespace: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An id that nobody knows is said to be unknown, in one line."""
    ran = run(capsys, "explain", "r-9", "--namespace", namespace, "--bootstrap", connection.bootstrap)
    assert ran.status == 1
    assert "'r-9' is no alert" in ran.err
