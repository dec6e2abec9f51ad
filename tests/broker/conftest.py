"""Every test of this folder needs a real Kafka, and is marked so."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.broker.secured import Secured, secured_kafka

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
