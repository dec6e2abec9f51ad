"""Each role can do its work and nothing else: asked of Kafka's own authorizer, and tried."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.errors import (
    ClusterAuthorizationFailedError,
    GroupAuthorizationFailedError,
    KafkaError,
    TopicAuthorizationFailedError,
    for_code,
)

from alerts.subscribe import Subscriber
from alerts.tail import Tail
from schemas.connection import Connection
from schemas.policy import Policy, RegisteredSource
from schemas.report import Report, Source
from schemas.signing import Finding, Keyring, Signer, as_text
from schemas.taxonomy import Reliability, SourceKind
from schemas.topics import (
    ACTIONS,
    ALERTS,
    ALERTS_CURRENT,
    EXPOSURES,
    FACILITIES,
    HEARTBEAT,
    MENTIONS,
    POLICY,
    READINGS,
    REPORTS,
)
from streams.access import AccessAdmin, AccessError
from streams.admin import Admin
from streams.cli import main
from streams.desk.sending import Sender
from streams.roles import Role, grants
from streams.topology import app_id
from tests.alert_samples import alert
from tests.broker.secured import Secured
from tests.broker.workers import WorkerProcess, until
from tests.unit.cli_runner import Ran, run

NAMESPACE = "roles"
FORGED = alert("kw-camp-arifjan/actual/forged")
ATTACKS = (
    "Four rockets struck Camp Arifjan in Kuwait this morning, killing two soldiers and wounding nine, officials said.",
    "Two explosive-laden drones hit Camp Arifjan in Kuwait this afternoon, killing three people, the army said.",
    "Gunmen attacked the main gate of Camp Arifjan in Kuwait this evening, killing four guards, police said.",
    "A car bomb exploded at the gate of Camp Arifjan in Kuwait tonight, killing six people, the ministry said.",
)
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
        # Without idempotence, which asks for rights of its own, and is refused them before the write is, or after.
        how = connection.kafka_python() | {"enable_idempotence": False, "max_block_ms": 5000}
        with closing(KafkaProducer(**how)) as producer:
            producer.send(topic, b"{}", b"k").get(timeout=10)

    return deed


def reads(topic: str) -> Deed:
    """Fetch what lies there."""
    READ.append(topic)

    def deed(connection: Connection) -> None:
        with asking(connection) as admin:
            see(admin, topic)
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
        see(admin, ACTIONS.topic(NAMESPACE))
        admin.delete_records({TopicPartition(ACTIONS.topic(NAMESPACE), 0): 0})


def see(admin: KafkaAdminClient, topic: str) -> None:
    """Fail where a topic may not even be seen."""
    (described,) = admin.describe_topics([topic])
    if described["error_code"]:
        raise for_code(described["error_code"])


def gives_rights(connection: Connection) -> None:
    """Make oneself admin."""
    with AccessAdmin(connection) as admin:
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
    "read heartbeats": (reads(HEARTBEAT.topic(NAMESPACE)), {"subscriber", "operator", "worker", "keeper"}),
    "write heartbeats": (writes(HEARTBEAT.topic(NAMESPACE)), {"worker", "keeper"}),
    "write actions": (writes(ACTIONS.topic(NAMESPACE)), {"operator", "worker", "keeper"}),
    "read actions": (reads(ACTIONS.topic(NAMESPACE)), {"operator", "worker", "keeper"}),
    "erase actions": (erases_actions, {"keeper"}),
    "read facilities": (reads(FACILITIES.topic(NAMESPACE)), {"subscriber", "operator", "worker", "keeper"}),
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


@pytest.fixture(scope="module")
def at_work(guarded: Secured, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secured]:
    """Two workers, one in by password and one by certificate, who sign; and a source, Gate, who signs as well."""
    folder = tmp_path_factory.mktemp("workers")
    for name in ("signing", "gate"):
        private = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        guarded.file(f"{name}.key.pem").write_bytes(private)
    gate = Signer.from_file(guarded.file("gate.key.pem"))
    known = RegisteredSource(
        name="Gate", kind=SourceKind.FIELD, reliability=Reliability.B, keys=(as_text(gate.public_key),)
    )
    with Sender(guarded.as_user("keeper"), NAMESPACE) as sender:
        policy = Policy(sources=(known,))
        sender.send(POLICY, policy, policy.name)
        sender.send(ALERTS, FORGED, FORGED.alert_id)
        sender.send(ALERTS_CURRENT, FORGED, FORGED.alert_id)
    key = str(guarded.file("signing.key.pem"))
    ways = guarded.as_user("worker"), guarded.with_certificate("worker")
    workers = [start_worker(guarded.environment(way) | {"TOCSIN_SIGNING_KEY_FILE": key}, folder) for way in ways]
    try:
        for worker in workers:
            worker.wait_ready()
        yield guarded
    finally:
        for worker in workers:
            worker.kill()


@pytest.fixture
def tocsin(at_work: Secured, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs a command as a user."""

    def call(user: str, *arguments: str, **settings: str) -> Ran:
        for name, value in (at_work.environment(at_work.as_user(user)) | settings).items():
            monkeypatch.setenv(name, value)
        return run(capsys, *arguments, "--namespace", NAMESPACE)

    return call


def test_the_route_runs_on_the_rights_of_its_roles(
    at_work: Secured, tocsin: Callable[..., Ran], tmp_path: Path
) -> None:
    """A reporter reports, workers raise an alert and sign it, a subscriber checks it, an operator says something."""
    now = datetime.now(UTC).replace(microsecond=0)
    told = [
        report(f"r-{n}", f"Wire {n}", text, now - timedelta(hours=20 - 5 * (n % 4)))
        for n, text in enumerate(ATTACKS * 5)
    ]
    (tmp_path / "reports.jsonl").write_bytes(b"\n".join(r.to_json() for r in told))
    assert tocsin("reporter", "send", str(tmp_path / "reports.jsonl")).status == 0
    keys = Keyring([Signer.from_file(at_work.file("signing.key.pem")).public_key])
    options = {"group": f"{NAMESPACE}.alerts.desk", "start": "earliest", "timeout_s": 60, "verify": keys}
    with Subscriber(at_work.as_user("subscriber"), NAMESPACE, **options) as subscriber:  # type: ignore[arg-type]
        raised = next(iter(subscriber))
        assert raised.facility.facility_id == "kw-camp-arifjan"
        until(lambda: not subscriber.stale, lambda: f"stale: {subscriber.pulse}")
        assert set(subscriber.refused) == {Finding.UNSIGNED}
    said = tocsin("operator", "note", raised.alert_id, "seen")
    assert orjson.loads(said.out)["verdict"] == "applied"
    trusted = {"TOCSIN_TRUSTED_KEYS_FILE": str(at_work.file("trusted.pem"))}
    public = Signer.from_file(at_work.file("signing.key.pem")).public_key
    at_work.file("trusted.pem").write_bytes(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    listed = tocsin("subscriber", "alerts", "--ended", "--verify", **trusted)
    assert FORGED.alert_id not in listed.out
    assert "left out, no trusted key signed them: unsigned" in listed.err
    refused = tocsin("operator", "resolve", FORGED.alert_id, **trusted)
    assert (refused.status, "there is no alert" in refused.err) == (2, True)
    shown = tocsin("subscriber", "subscribe", "--no-follow", "--verify", **trusted)
    assert {orjson.loads(line)["alert_id"] for line in shown.out.splitlines()} == {raised.alert_id}
    assert "left out, no trusted key signed them: unsigned" in shown.err


def test_in_the_name_of_a_source_that_signs(at_work: Secured, tocsin: Callable[..., Ran], tmp_path: Path) -> None:
    """A report in the name of a source with a key is read when it is signed, and else a dead letter that says why."""
    now = datetime.now(UTC).replace(microsecond=0)
    key = {"TOCSIN_SIGNING_KEY_FILE": str(at_work.file("gate.key.pem"))}
    for name, settings in (("forged", {}), ("real", key)):
        file = tmp_path / f"{name}.jsonl"
        file.write_bytes(report(name, "gate", "All quiet at the gate.", now).to_json())
        assert tocsin("reporter", "send", str(file), **settings).status == 0
    keeper = at_work.as_user("keeper")
    found = until(lambda: keys_of(keeper, REPORTS.dead_letters(NAMESPACE)), lambda: "no dead letter came")
    assert found == {b"forged": b"unverified"}
    until(lambda: b"real" in keys_of(keeper, READINGS.topic(NAMESPACE)), lambda: "the signed report was not read")
    assert b"forged" not in keys_of(keeper, READINGS.topic(NAMESPACE))


def report(report_id: str, source: str, text: str, at: datetime) -> Report:
    """A report."""
    return Report(report_id=report_id, source=Source(name=source), published_at=at, text=text)


def keys_of(connection: Connection, topic: str) -> dict[bytes, bytes]:
    """The keys in a topic, each with the reason why it is a dead letter, if it is."""
    with Tail(connection, topic) as tail:
        tail.to_beginning()
        return {m.key: dict(m.headers).get("dlq_reason", b"") for m in tail.until_now() if m.key not in (None, b"k")}


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
