"""The lock holds exact versions with hashes for all that pyproject.toml asks for, and names no index."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

pytestmark = pytest.mark.checkout

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
ENTRIES = [entry.replace("\\\n", " ").split(" --hash=") for entry in re.split(r"\n(?=\S)", LOCK.strip())]


def wanted() -> list[Requirement]:
    """What the project, its extras and its developers ask for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    for group in (project["project"]["optional-dependencies"], project["dependency-groups"]):
        asked += [line for lines in group.values() for line in lines]
    return [Requirement(line) for line in asked]


@pytest.mark.parametrize("requirement", wanted(), ids=str)
def test_every_dependency_is_locked(requirement: Requirement) -> None:
    """The lock has a version that the requirement takes: else run `make lock`."""
    locked = [Requirement(entry[0].strip()) for entry in ENTRIES]
    versions = [
        str(found.specifier).removeprefix("==")
        for found in locked
        if canonicalize_name(found.name) == canonicalize_name(requirement.name)
    ]
    assert versions
    assert all(requirement.specifier.contains(version) for version in versions)


def test_every_entry_is_exact_and_hashed() -> None:
    """Each entry is one version with at least one SHA-256, so that nothing else can be installed."""
    for requirement, *hashes in ENTRIES:
        assert re.match(r"[\w.-]+==[\w.!+-]+( ;.*)?$", requirement.strip()), requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", found.strip()) for found in hashes), requirement


def test_no_index_is_named() -> None:
    """Where packages come from is the business of the machine that installs them."""
    assert not re.search(r"://|--(index|extra-index|find-links)", LOCK)
