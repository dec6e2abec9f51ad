"""Each role can do its work and nothing else: asked of Kafka's own authorizer, and tried."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.errors import (
    ClusterAuthorizationFailedError,
    GroupAuthorizationFailedError,
    KafkaError,
    TopicAuthorizationFailedError,
    for_code,
)

from alerts.subscribe import Subscriber
from schemas.connection import Connection
from schemas.report import Report, Source
from schemas.topics import ACTIONS, ALERTS, ALERTS_CURRENT, EXPOSURES, HEARTBEAT, MENTIONS, POLICY, READINGS, REPORTS
from streams.admin import AccessError, Admin
from streams.cli import main
from streams.desk.sending import Sender
from streams.roles import Role, grants
from streams.topology import app_id
from tests.alert_samples import NOON, alert
from tests.broker.secured import Secured
from tests.broker.workers import WorkerProcess, until
from tests.unit.cli_runner import run

NAMESPACE = "roles"
Deed = Callable[[Connection], None]
READ: list[str] = []
"""The topics of which some deed reads."""


@pytest.fixture(scope="module")
def guarded(secured: Secured) -> Iterator[Secured]:
    """A namespace whose rights `tocsin acls --apply` gave: a user for each role, and one for none."""
    boss = secured.as_user("admin")
    with Admin(boss) as admin:
        admin.create_topics(NAMESPACE, 2, 1)
    with pytest.MonkeyPatch.context() as environment:
        for name, value in secured.environment(boss).items():
            environment.setenv(name, value)
        for role in Role:
            change(role, "--apply")
        for topic in READ:
            writes(topic)(boss)
        until(lambda: in_force(secured), lambda: "the rights that were given are not in force")
        yield secured


def in_force(secured: Secured) -> bool:
    """Whether the broker goes by the last right that was given, and has made its topic for groups."""
    try:
        DEEDS["publish a policy"][0](secured.as_user("keeper"))
        DEEDS["share alerts in a group"][0](secured.as_user("keeper"))
    except KafkaError:
        return False
    return True


def change(role: str, how: str) -> None:
    """Give or take the rights of a role, as an operator would."""
    with pytest.raises(SystemExit) as ended:
        main(["acls", "--role", role, "--principal", f"User:{user_of(role)}", "--namespace", NAMESPACE, how])
    assert ended.value.code == 0


def user_of(role: str) -> str:
    """The user of a role: admin of Kafka is another than admin of the namespace."""
    return "keeper" if role == "admin" else role


def start_worker(environment: dict[str, str], folder: Path) -> WorkerProcess:
    """Start a worker that connects so."""
    settings = {name.removeprefix("TOCSIN_").lower(): value for name, value in environment.items()}
    return WorkerProcess(settings.pop("bootstrap"), NAMESPACE, folder, **settings)


def writes(topic: str) -> Deed:
    """Write a record."""

    def deed(connection: Connection) -> None:
        with closing(KafkaProducer(**connection.kafka_python(), max_block_ms=5000)) as producer:
            producer.send(topic, b"{}", b"k").get(timeout=10)

    return deed


def reads(topic: str) -> Deed:
    """Fetch what lies there."""
    READ.append(topic)

    def deed(connection: Connection) -> None:
        with asking(connection) as admin:
            (described,) = admin.describe_topics([topic])
        if described["error_code"]:
            raise for_code(described["error_code"])
        with closing(KafkaConsumer(**connection.kafka_python(), group_id=None, enable_auto_commit=False)) as consumer:
            partitions = [TopicPartition(topic, number) for number in range(2)]
            consumer.assign(partitions)
            consumer.seek_to_beginning(*partitions)
            until(lambda: consumer.poll(timeout_ms=200), lambda: f"nothing came of {topic}")

    return deed


def joins(group: str) -> Deed:
    """Read as a member of a consumer group."""

    def deed(connection: Connection) -> None:
        with asking(connection) as admin:
            admin.list_group_offsets({group: [TopicPartition(ALERTS.topic(NAMESPACE), 0)]})

    return deed


def asking(connection: Connection) -> "closing[KafkaAdminClient]":
    """An admin client."""
    return closing(KafkaAdminClient(**connection.kafka_python(), request_timeout_ms=10_000))


def makes_a_topic(connection: Connection) -> None:
    """Create a topic of the namespace."""
    with asking(connection) as admin:
        admin.create_topics({f"{NAMESPACE}.extra-{uuid.uuid4().hex}": {"num_partitions": 1, "replication_factor": 1}})


def erases_actions(connection: Connection) -> None:
    """Delete what was written to the actions topic."""
    with asking(connection) as admin:
        admin.delete_records({TopicPartition(ACTIONS.topic(NAMESPACE), 0): 0})


def gives_rights(connection: Connection) -> None:
    """Make oneself admin."""
    with Admin(connection) as admin:
        try:
            admin.grant(grants(Role.ADMIN, NAMESPACE), "User:stranger")
        except AccessError as e:
            raise e.__cause__ or e from None


DEEDS: dict[str, tuple[Deed, set[str]]] = {
    "write reports": (writes(REPORTS.topic(NAMESPACE)), {"reporter", "worker", "keeper"}),
    "read reports": (reads(REPORTS.topic(NAMESPACE)), {"worker", "keeper"}),
    "read readings": (reads(READINGS.topic(NAMESPACE)), {"keeper"}),
    "write mentions": (writes(MENTIONS.topic(NAMESPACE)), {"worker", "keeper"}),
    "write exposures": (writes(EXPOSURES.topic(NAMESPACE)), {"worker", "keeper"}),
    "write alerts": (writes(ALERTS.topic(NAMESPACE)), {"worker", "keeper"}),
    "read alerts": (reads(ALERTS.topic(NAMESPACE)), {"subscriber", "operator", "keeper"}),
    "read what is open": (reads(ALERTS_CURRENT.topic(NAMESPACE)), {"subscriber", "operator", "keeper"}),
    "read heartbeats": (reads(HEARTBEAT.topic(NAMESPACE)), {"subscriber", "operator", "keeper"}),
    "write heartbeats": (writes(HEARTBEAT.topic(NAMESPACE)), {"worker", "keeper"}),
    "write actions": (writes(ACTIONS.topic(NAMESPACE)), {"operator", "worker", "keeper"}),
    "read actions": (reads(ACTIONS.topic(NAMESPACE)), {"operator", "worker", "keeper"}),
    "erase actions": (erases_actions, {"keeper"}),
    "publish a policy": (writes(POLICY.topic(NAMESPACE)), {"keeper"}),
    "read dead letters": (reads(REPORTS.dead_letters(NAMESPACE)), {"keeper"}),
    "share alerts in a group": (joins(f"{NAMESPACE}.alerts.desk"), {"subscriber", "operator", "keeper"}),
    "join the workers": (joins(app_id(NAMESPACE)), {"worker", "keeper"}),
    "make topics": (makes_a_topic, {"keeper"}),
    "give rights": (gives_rights, set()),
}
DENIED = (TopicAuthorizationFailedError, GroupAuthorizationFailedError, ClusterAuthorizationFailedError)


@pytest.mark.parametrize("what", DEEDS)
def test_each_role_can_do_its_work_and_nothing_else(what: str, guarded: Secured) -> None:
    """The authorizer lets through the roles of the table, and nobody else."""
    deed, allowed = DEEDS[what]
    did = set()
    for user in (user_of(role) for role in (*Role, "stranger")):
        try:
            deed(guarded.as_user(user, mechanism="PLAIN"))
        except DENIED:
            continue
        except KafkaError as e:
            pytest.fail(f"{user}: {e!r}")
        did.add(user)
    assert did == allowed


def test_the_route_runs_on_the_rights_of_its_roles(
    guarded: Secured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Workers by password and by certificate, a reporter, a subscriber and an operator each do their work."""
    standing = alert("a")
    with Sender(guarded.as_user("keeper"), NAMESPACE) as sender:
        for stream in (ALERTS, ALERTS_CURRENT):
            sender.send(stream, standing, standing.alert_id)
    ways = guarded.as_user("worker"), guarded.with_certificate("worker")
    workers = [start_worker(guarded.environment(way), tmp_path) for way in ways]

    def tocsin(user: str, *arguments: str) -> str:
        for name, value in guarded.environment(guarded.as_user(user)).items():
            monkeypatch.setenv(name, value)
        ran = run(capsys, *arguments, "--namespace", NAMESPACE)
        assert ran.status == 0 or arguments[0] == "note", ran.err
        return ran.out

    try:
        for worker in workers:
            worker.wait_ready()
        report = Report(report_id="r-1", source=Source(name="Gate"), published_at=NOON, text="All quiet at the gate.")
        (tmp_path / "reports.jsonl").write_bytes(report.to_json())
        tocsin("reporter", "send", str(tmp_path / "reports.jsonl"))
        quiet = {"stage": "read", "outcome": "quiet"}
        until(lambda: any(w.metric("tocsin_outcomes_total", **quiet) for w in workers), lambda: "nothing was read")
        options = {"group": f"{NAMESPACE}.alerts.desk", "start": "earliest", "timeout_s": 10}
        with Subscriber(guarded.as_user("subscriber"), NAMESPACE, **options) as subscriber:  # type: ignore[arg-type]
            assert next(iter(subscriber)).alert_id == standing.alert_id
            until(lambda: not subscriber.stale, lambda: f"stale: {subscriber.pulse}")
        said = tocsin("operator", "note", standing.alert_id, "seen")
        assert '"verdict"' in said
    finally:
        for worker in workers:
            worker.kill()


def test_rights_are_taken_back(guarded: Secured) -> None:
    """After `--remove` nothing of the role is left."""
    deed = writes(REPORTS.topic(NAMESPACE))
    deed(guarded.as_user("reporter"))
    change("reporter", "--remove")
    try:
        with pytest.raises(TopicAuthorizationFailedError):
            deed(guarded.as_user("reporter"))
    finally:
        change("reporter", "--apply")
