"""Properties try hundreds of cases: `make test` runs them, `make check` does not."""

from pathlib import Path

import pytest

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what lies beside this file."""
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.slow)
