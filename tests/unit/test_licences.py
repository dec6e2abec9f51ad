"""The page of licences is complete and true, and names no licence that cannot stand beside Apache-2.0."""

import re

import pytest

from tests.licences import COMPATIBLE, ROOT, jars, licence_of, locked, parts

pytestmark = pytest.mark.checkout

PAGE = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|\n ").split("|")] for line in PAGE.splitlines() if line.startswith("| ")]
PACKAGES = [row for row in ROWS if len(row) == 4 and row[0] != "package"]
JARS = [row for row in ROWS if len(row) == 2 and row[0] != "jar"]


def test_every_locked_package_is_listed() -> None:
    """The page has the packages and versions of the lock, no more and no less: else `make published`."""
    assert [(name, version) for name, version, *_ in PACKAGES] == list(locked())


def test_every_jar_is_listed() -> None:
    """The page has Kafka's jars, no more and no less."""
    assert [jar for jar, _ in JARS] == jars()


@pytest.mark.parametrize("name, licence", [(row[0], row[2]) for row in PACKAGES])
def test_a_package_is_under_what_it_says(name: str, licence: str) -> None:
    """The licence on the page is the one that the installed package names."""
    assert licence == licence_of(name)


@pytest.mark.parametrize("what, licence", [(row[0], row[2]) for row in PACKAGES] + [(j, of) for j, of in JARS])
def test_licences_are_compatible(what: str, licence: str) -> None:
    """Of a choice of licences one, and of several together each, may stand beside Apache-2.0."""
    choices = [parts(choice) for choice in re.split(r"\bOR\b(?![^(]*\))", licence)]
    assert any(choice and choice <= COMPATIBLE for choice in choices), f"{what} is under {licence}"
