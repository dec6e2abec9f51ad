"""A Kafka that asks who is there: every client of ours gets in the ways it may, and is told in one line why not."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer
from faust.transport.drivers.aiokafka import credentials_to_aiokafka_auth
from pydantic import SecretStr

from alerts.subscribe import TopicError, subscribe
from alerts.tail import Tail
from schemas.connection import Connection
from schemas.report import Report, Source
from schemas.topics import ALERTS, REPORTS
from streams.admin import Admin
from streams.app import credentials
from streams.cli.local import worker_plans
from streams.desk.sending import Sender
from streams.settings import Settings
from tests.alert_samples import NOON
from tests.broker.secured import Secured, login, password_of
from tests.broker.workers import PATIENCE_S, worker
from tests.unit.cli_runner import run

Way = Callable[[Secured], Connection]

WAYS: dict[str, Way] = {
    "SCRAM-SHA-512": lambda s: s.as_user("admin"),
    "PLAIN over TLS": lambda s: s.as_user("admin", mechanism="PLAIN"),
    "TLS": lambda s: s.reach("TLS"),
    "mutual TLS": lambda s: s.with_certificate("admin"),
}
REFUSALS: dict[str, tuple[Way, str]] = {
    "wrong password": (lambda s: s.as_user("admin", "Wr0ng"), "refuses the login of admin by SCRAM-SHA-512"),
    "wrong password, PLAIN": (lambda s: s.as_user("admin", "Wr0ng", "PLAIN"), "refuses the login of admin by PLAIN"),
    "no such user": (lambda s: s.as_user("nobody"), "refuses the login of nobody"),
    "mechanism not offered": (
        lambda s: s.as_user("admin", mechanism="SCRAM-SHA-256"),
        "does not offer SCRAM-SHA-256: set TOCSIN_SASL to one of SCRAM-SHA-512, PLAIN",
    ),
    "wrong authority": (
        lambda s: s.reach("CLIENT", ca="other", **login("admin")),
        "authority that is not trusted here",
    ),
    "expired": (lambda s: s.reach("EXPIRED", **login("admin")), "its certificate has expired"),
    "wrong host": (lambda s: s.reach("ELSEWHERE", **login("admin")), "is for another host than 127.0.0.1"),
    "client certificate missing": (lambda s: s.reach("MUTUAL"), "asks for a client certificate: set TOCSIN_CERT_FILE"),
    "client certificate of a stranger": (lambda s: s.with_certificate("intruder"), "refuses our certificate"),
    "client certificate expired": (lambda s: s.with_certificate("lapsed"), "our own certificate"),
    "login missing": (lambda s: s.reach("CLIENT"), "asks for a login: set TOCSIN_SASL"),
    "login where none is taken": (lambda s: s.reach("TLS", **login("admin")), "takes no logins"),
    "plain text to TLS": (lambda s: Connection(bootstrap=s.kafka.bootstrap), "may ask for TLS (set TOCSIN_TLS=true)"),
    "TLS to plain text": (
        lambda s: Connection(bootstrap=s.kafka.nodes[0].internal_address, tls=True),
        "does not speak TLS",
    ),
    "certificate file missing": (
        lambda s: s.reach("MUTUAL", cert_file=s.file("no.pem"), key_file=s.file("no.key")),
        "no.pem: No such file or directory",
    ),
    "key of another certificate": (
        lambda s: s.reach("MUTUAL", cert_file=s.file("worker.pem"), key_file=s.file("admin.key")),
        "are no certificate and its key",
    ),
}


@pytest.fixture(scope="module")
def namespace(secured: Secured) -> str:
    """A namespace with its topics on the secured broker."""
    with Admin(secured.as_user("admin")) as admin:
        admin.create_topics("guarded", 2, 1)
    return "guarded"


@pytest.mark.parametrize("way", WAYS)
def test_kafka_python_gets_in(way: str, secured: Secured, namespace: str) -> None:
    """Admin, producer and consumer of kafka-python connect over TLS, mutual TLS, SCRAM and PLAIN."""
    connection = WAYS[way](secured)
    with Admin(connection) as admin:
        assert admin.partitions(namespace) == 2
    report = Report(report_id=way, source=Source(name="Gate"), published_at=NOON, text=way)
    with Sender(connection, namespace) as sender:
        sender.send(REPORTS, report, way)
    with Tail(connection, REPORTS.topic(namespace)) as tail:
        tail.to_beginning()
        assert way.encode() in {message.key for message in tail.until_now()}


@pytest.mark.parametrize("way", WAYS)
def test_aiokafka_gets_in(way: str, secured: Secured, namespace: str) -> None:
    """With the credentials that Faust is given its driver connects over TLS, mutual TLS, SCRAM and PLAIN."""
    connection = WAYS[way](secured)
    auth = credentials_to_aiokafka_auth(credentials(connection))

    async def partitions() -> int:
        consumer = AIOKafkaConsumer(bootstrap_servers=connection.bootstrap, **auth)
        await consumer.start()
        try:
            await consumer._client.force_metadata_update()
            return len(consumer.partitions_for_topic(ALERTS.topic(namespace)) or ())
        finally:
            await consumer.stop()

    assert asyncio.run(partitions()) == 2


@pytest.mark.parametrize("command", ["doctor", "worker", "subscribe"])
@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_refusal_is_one_clear_line(
    refusal: str,
    command: str,
    secured: Secured,
    namespace: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whoever is not let in is told why, by doctor, worker and subscribe alike, without the password."""
    way, told = REFUSALS[refusal]
    connection = way(secured)
    for name, value in secured.environment(connection).items():
        monkeypatch.setenv(name, value)
    ran = run(capsys, command, "--namespace", namespace)
    assert ran.status == 1
    if command == "doctor":
        said = [line for line in ran.out.splitlines() if '"fail"' in line]
        assert ran.err == ""
    else:
        said = ran.err.splitlines()
        assert ran.out == ""
    assert len(said) == 1
    assert told in said[0]
    if connection.password is not None:
        assert connection.password.get_secret_value() not in ran.out + ran.err


def test_the_library_says_the_same(secured: Secured, namespace: str) -> None:
    """`alerts.subscribe` raises the line that the commands print."""
    with pytest.raises(TopicError, match="refuses the login of admin"):
        subscribe(secured.as_user("admin", "Wr0ng"), namespace=namespace)


def test_passwords_in_plain_text_are_refused(
    secured: Secured, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where credentials are set and TLS is not, no connection is even tried."""
    for name, value in secured.environment(secured.as_user("admin")).items():
        if name not in ("TOCSIN_TLS", "TOCSIN_CA_FILE"):
            monkeypatch.setenv(name, value)
    for command in ("doctor", "worker", "subscribe"):
        ran = run(capsys, command)
        assert ran.status == 2
        assert "plain text: set tls as well" in ran.err


@pytest.mark.parametrize("where", ["environment", "file"])
def test_a_password_is_never_told(where: str, secured: Secured, namespace: str, tmp_path: Path) -> None:
    """Whatever a command prints, debugging, failing or listing its settings, holds no password."""
    secret = "Wr0ng-and-long-enough-to-find"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TOCSIN_")}
    environment |= secured.environment(secured.as_user("admin", secret))
    environment |= {"TOCSIN_NAMESPACE": namespace, "TOCSIN_LOG_LEVEL": "debug", "TOCSIN_DATA_DIR": str(tmp_path)}
    if where == "environment":
        del environment["TOCSIN_PASSWORD_FILE"]
        environment["TOCSIN_PASSWORD"] = secret
    for arguments in (("--debug", "worker"), ("doctor", "--text"), ("settings", "--text"), ("settings", "--json")):
        command = [sys.executable, "-m", "streams.cli", *arguments]
        ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE_S)
        assert secret not in ran.stdout + ran.stderr, arguments
        assert ran.stdout + ran.stderr


def test_a_worker_keeps_its_password_to_itself(secured: Secured, namespace: str, tmp_path: Path) -> None:
    """Neither the list of processes nor the log, debugging, nor the metrics of a worker show its password."""
    told = secured.environment(secured.as_user("admin"))
    settings = {name.removeprefix("TOCSIN_").lower(): value for name, value in told.items()}
    settings |= {"password": password_of("admin"), "log_level": "debug"}
    del settings["password_file"]
    with worker(settings.pop("bootstrap"), namespace, tmp_path, **settings) as running:
        shown = Path(f"/proc/{running.process.pid}/cmdline").read_bytes().decode()
        shown += running.page("/metrics")
    assert "worker" in shown
    assert password_of("admin") not in shown + running.log_path.read_text()


def test_supervised_workers_are_told_nothing_secret(tmp_path: Path) -> None:
    """`tocsin up` hands neither command nor environment a password: its workers have them from where it has them."""
    settings = Settings(
        tls=True, sasl="PLAIN", username="admin", password=SecretStr(password_of("admin")), data_dir=tmp_path
    )
    (plan,) = worker_plans(settings, 1)
    assert password_of("admin") not in repr(plan)
