"""Three brokers for all chaos tests of a session; every test here is slow, and needs a real Kafka."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos.field import Field

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what lies beside this file."""
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.broker)
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.timeout(600))


@pytest.fixture(scope="session")
def field(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Field]:
    """Three brokers behind proxies."""
    with Field(tmp_path_factory.mktemp("chaos"), print) as field:
        yield field
