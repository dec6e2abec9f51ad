"""Every test of this folder needs a real Kafka, and is marked so."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas.connection import Connection
from streams.admin import Admin
from tests.broker.records import Tocsin
from tests.broker.secured import Secured, secured_kafka
from tests.unit.cli_runner import Ran, run

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what lies beside this file."""
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.broker)


@pytest.fixture(scope="session")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secured]:
    """The session's Kafka that asks who is there."""
    with secured_kafka(tmp_path_factory.mktemp("secured")) as kafka:
        yield kafka


@pytest.fixture
def connection(kafka: str, namespace: str) -> Connection:
    """A connection to a broker on which the namespace has its topics."""
    connection = Connection(bootstrap=kafka)
    with Admin(connection) as admin:
        admin.create_topics(namespace, 3, 1)
    return connection


@pytest.fixture
def tocsin(connection: Connection, namespace: str, capsys: pytest.CaptureFixture[str]) -> Tocsin:
    """Runs a command in the namespace."""

    def call(*arguments: str) -> Ran:
        return run(capsys, *arguments, "--namespace", namespace, "--bootstrap", connection.bootstrap)

    return call
