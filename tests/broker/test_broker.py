"""The local Kafka keeps what it was given, tells why it cannot start, and never outlives the process that wanted it."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition

from streams.broker import (
    BrokerConfig,
    BrokerFailedError,
    FolderError,
    FolderInUseError,
    LocalKafka,
    PortTakenError,
    running_at,
)
from tests.broker.workers import PATIENCE_S, until

START_TIMEOUT_S = 100.0


@pytest.fixture(scope="module")
def formatted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a Kafka that ran and was stopped, with one record in topic `kept`."""
    folder = tmp_path_factory.mktemp("formatted") / "data"
    with LocalKafka(BrokerConfig(data_dir=folder, start_timeout_s=START_TIMEOUT_S)) as kafka:
        create_topic(kafka.bootstrap, "kept")
        write(kafka.bootstrap, "kept", b"before")
    return folder


@pytest.fixture
def data(formatted: Path, tmp_path: Path) -> Path:
    """A copy of that folder, to be broken."""
    return Path(shutil.copytree(formatted, tmp_path / "data"))


def test_second_start_continues_on_the_same_data(data: Path) -> None:
    """Records written before a stop are read after the next start, though the port is another."""
    with LocalKafka(BrokerConfig(data_dir=data, start_timeout_s=START_TIMEOUT_S)) as kafka:
        write(kafka.bootstrap, "kept", b"after")
        assert read(kafka.bootstrap, "kept") == [b"before", b"after"]


def looked_after(kafka: LocalKafka) -> bool:
    """Whether it runs, after another look."""
    kafka.look_after()
    return kafka.nodes[0].alive


def test_a_broker_that_dies_is_started_again_where_it_was(data: Path) -> None:
    """At the same address, with what it had; that is said, and nothing is as long as all is well."""
    said: list[str] = []
    with LocalKafka(BrokerConfig(data_dir=data, start_timeout_s=START_TIMEOUT_S), said.append) as kafka:
        before, said[:] = kafka.bootstrap, []
        kafka.look_after()
        assert not said
        for _ in range(2):
            kafka.nodes[0].kill()
            until(lambda: looked_after(kafka), lambda: "it is not started again")
        kafka.wait_ready()
        assert kafka.bootstrap == before
        assert read(before, "kept") == [b"before"]
        waits = [line.partition(":")[0].removeprefix("Kafka at ") for line in (s.replace(before, "it") for s in said)]
        assert waits == ["it has ended, again in 1 s", "it has ended, again in 2 s"]


def test_leftovers_of_a_crash_are_mended(data: Path) -> None:
    """A stale pid in the lock, a storage that was being formatted and torn property files do not stop a start."""
    (data / "lock").write_text('{"pid": 1, "bootstrap": "127.0.0.1:1"}')
    (data / "kafka.json.unfinished").write_text("{")
    (data / "node-1" / "server.properties").write_text("node.id=")
    unfinished = data / "node-1" / "data.unfinished"
    unfinished.mkdir()
    (unfinished / "bootstrap.checkpoint").write_bytes(b"torn")
    with LocalKafka(BrokerConfig(data_dir=data, start_timeout_s=START_TIMEOUT_S)) as kafka:
        assert read(kafka.bootstrap, "kept") == [b"before"]


def test_half_formatted_folder_is_formatted_anew(tmp_path: Path) -> None:
    """A first start that was killed while it formatted is made good by the second one, whatever the id begins with."""
    data = tmp_path / "data"
    unfinished = data / "node-1" / "data.unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "bootstrap.checkpoint").write_bytes(b"torn")
    (data / "kafka.json").write_text('{"layout": 1, "cluster_id": "-wa6g_nASoKiyTBFdENCKw", "brokers": 1}')
    with LocalKafka(BrokerConfig(data_dir=data, start_timeout_s=START_TIMEOUT_S)) as kafka:
        assert not unfinished.exists()
        assert "-wa6g_nASoKiyTBFdENCKw" in (data / "node-1" / "data" / "meta.properties").read_text()
        assert running_at(data) == kafka.bootstrap


def test_fresh_throws_earlier_data_away(data: Path) -> None:
    """A fresh start knows no topic of the run before."""
    with LocalKafka(BrokerConfig(data_dir=data, fresh=True, start_timeout_s=START_TIMEOUT_S)) as kafka:
        assert topics(kafka.bootstrap) == set()


def test_folder_in_use_is_told_with_the_address(kafka_broker: LocalKafka) -> None:
    """A second Kafka on the folder of a live one is refused with the address of the first, which goes on."""
    folder = kafka_broker.log_path.parents[1]
    with pytest.raises(FolderInUseError) as refused:
        LocalKafka(BrokerConfig(data_dir=folder)).start()
    assert one_line(refused.value).count(f"--bootstrap {kafka_broker.bootstrap}") == 1
    assert running_at(folder) == kafka_broker.bootstrap
    assert isinstance(topics(kafka_broker.bootstrap), set)


def test_taken_port_is_told(tmp_path: Path) -> None:
    """A port that something else listens on is named, and nothing is left that holds the folder."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortTakenError) as refused:
            LocalKafka(BrokerConfig(data_dir=tmp_path / "data", port=port)).start()
    assert f"port {port}" in one_line(refused.value)
    assert running_at(tmp_path / "data") is None


def test_damaged_storage_is_told(data: Path) -> None:
    """Data whose meta.properties is gone are left alone, and the way out is told."""
    (data / "node-1" / "data" / "meta.properties").unlink()
    with pytest.raises(FolderError, match=r"meta\.properties") as refused:
        LocalKafka(BrokerConfig(data_dir=data)).start()
    one_line(refused.value)
    assert (data / "node-1" / "data" / "kept-0").is_dir()


def test_broker_that_dies_while_starting_is_told_at_once(data: Path) -> None:
    """A broker that refuses its settings ends the wait with its own reason and the path of its log."""
    config = BrokerConfig(data_dir=data, properties={"num.io.threads": "none"}, start_timeout_s=START_TIMEOUT_S)
    with pytest.raises(BrokerFailedError, match=r"num\.io\.threads") as refused:
        LocalKafka(config).start()
    assert str(data / "node-1" / "server.log") in one_line(refused.value)


OWNER = """
import sys, threading
from pathlib import Path
from streams.broker import BrokerConfig, LocalKafka

def start(kafka):
    kafka.start()
    print(kafka.pid, flush=True)

kafka = LocalKafka(BrokerConfig(data_dir=Path(sys.argv[1]), start_timeout_s=100))
starter = threading.Thread(target=start, args=(kafka,))
starter.start()
starter.join()
sys.stdin.read()
print(kafka.pid, flush=True)
sys.stdin.close()
threading.Event().wait()
"""


@pytest.fixture
def owner(data: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that starts a Kafka in a thread of its own, and after a line end tells its pid again."""
    command = [sys.executable, "-c", OWNER, str(data)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def test_broker_dies_with_its_owner_and_not_before(owner: subprocess.Popen[str], data: Path) -> None:
    """The broker outlives the thread that started it, dies when its process is killed, and keeps its data."""
    assert owner.stdin is not None
    assert owner.stdout is not None
    broker_pid = int(owner.stdout.readline())
    owner.stdin.close()
    assert owner.stdout.readline().strip() == str(broker_pid)

    owner.send_signal(signal.SIGKILL)
    owner.wait()
    # At once: the claim itself waits for the dying broker, and no stale pid is in its way.
    with LocalKafka(BrokerConfig(data_dir=data, start_timeout_s=START_TIMEOUT_S)) as kafka:
        assert not is_kafka(broker_pid)
        assert read(kafka.bootstrap, "kept") == [b"before"]


def test_interrupt_at_the_terminal_does_not_reach_the_broker(kafka_broker: LocalKafka) -> None:
    """The broker is in a session of its own, so that Ctrl-C ends the workers first and the broker after them."""
    assert kafka_broker.pid is not None
    assert os.getsid(kafka_broker.pid) != os.getsid(0)


def test_three_brokers_survive_the_loss_of_a_leader(tmp_path: Path) -> None:
    """A record is written while the topic's leader is dead, and the dead one comes back and catches up."""
    with LocalKafka(BrokerConfig(data_dir=tmp_path / "data", brokers=3, start_timeout_s=200)) as kafka:
        create_topic(kafka.bootstrap, "kept", replicas=3)
        write(kafka.bootstrap, "kept", b"before")
        node = kafka.nodes[partition(kafka.bootstrap, "kept")["leader_id"] - 1]
        node.kill()
        assert node.pid is None
        write(kafka.bootstrap, "kept", b"meanwhile")
        node.start()
        kafka.wait_ready()
        until(
            lambda: len(partition(kafka.bootstrap, "kept")["isr_nodes"]) == 3, lambda: "the broker is not in sync again"
        )
        assert read(kafka.bootstrap, "kept") == [b"before", b"meanwhile"]


# ---- A plain client, for what the tests want to know --------------------------------------------------------------


@contextlib.contextmanager
def admin(bootstrap: str) -> Iterator[KafkaAdminClient]:
    """An admin client, closed at the end."""
    client = KafkaAdminClient(bootstrap_servers=bootstrap.split(","))
    try:
        yield client
    finally:
        client.close()


def create_topic(bootstrap: str, topic: str, replicas: int = 1) -> None:
    """Makes a topic of one partition."""
    with admin(bootstrap) as client:
        client.create_topics({topic: {"num_partitions": 1, "replication_factor": replicas}})
        client.wait_for_topics([topic])


def topics(bootstrap: str) -> set[str]:
    """Names of all topics."""
    with admin(bootstrap) as client:
        return set(client.list_topics())


def partition(bootstrap: str, topic: str) -> dict[str, Any]:
    """Who leads the topic's only partition and which replicas are in sync."""
    with admin(bootstrap) as client:
        (told,) = client.describe_topics([topic])
        found: dict[str, Any] = told["partitions"][0]
        return found


def write(bootstrap: str, topic: str, value: bytes) -> None:
    """Writes one record and waits until it is kept."""
    producer = KafkaProducer(bootstrap_servers=bootstrap.split(","), acks="all")
    try:
        producer.send(topic, value).get(timeout=PATIENCE_S)
    finally:
        producer.close()


def read(bootstrap: str, topic: str) -> list[bytes]:
    """All records of the topic's only partition."""
    consumer = KafkaConsumer(bootstrap_servers=bootstrap.split(","), auto_offset_reset="earliest")
    try:
        partition = TopicPartition(topic, 0)
        consumer.assign([partition])
        end = consumer.end_offsets([partition])[partition]
        values: list[bytes] = []
        while consumer.position(partition) < end:
            values += [record.value for batch in consumer.poll(timeout_ms=1000).values() for record in batch]
        return values
    finally:
        consumer.close()


def is_kafka(pid: int) -> bool:
    """Whether the process of this id is a Kafka."""
    try:
        return b"kafka.Kafka" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def one_line(error: Exception) -> str:
    """The message, which must be one line that fits a terminal's few."""
    message = str(error)
    assert "\n" not in message
    assert 20 < len(message) < 1000
    return message
