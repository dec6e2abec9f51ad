"""Our three import names are common words: a distribution that owns one of them would shadow us, or be shadowed."""

from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import Distribution, distributions
from pathlib import Path

import pytest

NAMES = ("streams", "schemas", "alerts")


def owners(name: str, among: Sequence[Distribution]) -> set[str]:
    """Names of the distributions that install a top-level package or module called `name`."""
    return {
        found.metadata["Name"]
        for found in among
        if any(file.parts[0] in {name, f"{name}.py"} for file in found.files or ())
    }


@pytest.mark.parametrize("name", NAMES)
def test_no_other_distribution_owns_our_name(name: str) -> None:
    """Of all that is installed here, nothing but tocsin brings a package of this name."""
    others = owners(name, list(distributions())) - {"tocsin"}
    assert not others, f"{', '.join(sorted(others))} also install `{name}`: give Tocsin an environment of its own"


@pytest.mark.parametrize("name", NAMES)
def test_our_name_is_ours(name: str) -> None:
    """What is imported under this name is typed and has our neighbours beside it, so it is our own package."""
    folder = Path(import_module(name).__file__ or "").parent
    assert (folder / "py.typed").is_file()
    assert {other for other in NAMES if (folder.parent / other / "__init__.py").is_file()} == set(NAMES)


@pytest.mark.parametrize("record", ["streams/__init__.py,,", "streams.py,,"])
def test_an_intruder_is_seen(record: str, tmp_path: Path) -> None:
    """A distribution that installs `streams`, as package or module, is named."""
    info = tmp_path / "intruder-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: intruder\nVersion: 1.0\n")
    (info / "RECORD").write_text(f"{record}\n")
    assert owners("streams", list(distributions(path=[str(tmp_path)]))) == {"intruder"}
