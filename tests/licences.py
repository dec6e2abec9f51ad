"""Writes docs/licences.md: what is installed with Tocsin, and under which licence: `python -m tests.licences`.

Python packages tell by their metadata (core metadata 2.4: `License-Expression`, else classifiers, else `License`),
Kafka's jars by their POMs in Maven's local repository, where `tocsin up` or the tests have put them.
"""

import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
COMPATIBLE = frozenset(
    {
        "0BSD",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "CC0-1.0",
        "ISC",
        "LGPL-2.1-or-later",  # asks that its own library can be changed: an installed package can
        "MIT",
        "MIT-0",
        "MIT-CMU",
        "MPL-2.0",  # asks for the source of its own files alone, and those are used unchanged
        "PSF-2.0",
        "ZPL-2.1",
        "Zlib",
    }
)
"""Licences that may stand beside Apache-2.0 in one program."""
_WORDS = {
    "apache": "Apache-2.0",
    "mozilla public license 2.0": "MPL-2.0",
    "python software foundation": "PSF-2.0",
    "isc license": "ISC",
    "repoze": "ZPL-2.1",  # the Repoze Public License is the Zope Public License in another name
    "creative commons cc0": "CC0-1.0",
    "go license": "BSD-3-Clause",
    "2-clause": "BSD-2-Clause",
    "bsd": "BSD-3-Clause",
    "mit": "MIT",
}
_ELSEWHERE = {"colorama": "BSD-3-Clause"}
"""Packages of the lock that no machine of ours installs, read from their own pages: colorama is for Windows."""
_POM = "{http://maven.apache.org/POM/4.0.0}"
_HEAD = """\
# Licences

Written by `make published`; do not edit.

Tocsin is [Apache-2.0](../LICENSE). Everything that is installed with it, and that it is developed with, is under a
licence that can stand beside that one; a test refuses others. Exact versions and hashes are in
[requirements.lock](../requirements.lock) and [jars.sha256](../deploy/kafka/jars.sha256), data in [NOTICE](../NOTICE).
"""


def page() -> str:
    """Return the page."""
    running = _closure({canonicalize_name(Requirement(r).name) for r in distribution("tocsin").requires or ()})
    lines = [_HEAD, "\n## Python packages\n\n| package | version | licence | for |\n|---|---|---|---|\n"]
    for name, version in locked():
        purpose = "running" if name in running else "developing"
        lines.append(f"| {name} | {version} | {licence_of(name)} | {purpose} |\n")
    lines.append("\n## Apache Kafka, where `tocsin up` starts one\n\n| jar | licence |\n|---|---|\n")
    lines.extend(f"| {jar} | {_jar_licence(jar)} |\n" for jar in jars())
    return "".join(lines)


def locked() -> Iterator[tuple[str, str]]:
    """Yield name and version of every package in the lock; of two versions for two Pythons both."""
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([\w.-]+)==([\w.!+-]+)", line):
            yield canonicalize_name(match[1]), match[2]


def jars() -> list[str]:
    """Names of Kafka's jars."""
    lines = (ROOT / "deploy" / "kafka" / "jars.sha256").read_text(encoding="utf-8").splitlines()
    return [line.split()[1] for line in lines]


def licence_of(name: str) -> str:
    """The licence of a package as an SPDX expression.

    Raises
    ------
    ValueError
        Its metadata name none that is known here.
    """
    try:
        told = list(_told(distribution(name)))
    except PackageNotFoundError:
        return _ELSEWHERE[name]
    for text in told:
        if found := _spdx(text):
            return found
    raise ValueError(f"{name}: no licence is known for {told}")


def parts(expression: str) -> set[str]:
    """The licences that an expression names."""
    return set(re.findall(r"[\w.-]+", expression)) - {"AND", "OR", "WITH"}


def _told(found: Distribution) -> Iterator[str]:
    about = found.metadata
    for field in ("License-Expression", "Classifier", "License"):
        for text in about.get_all(field) or ():
            if field != "Classifier" or text.startswith("License ::"):
                yield text.splitlines()[0]


def _spdx(text: str) -> str | None:
    try:
        return str(canonicalize_license_expression(text))
    except InvalidLicenseExpression:
        return next((spdx for word, spdx in _WORDS.items() if word in text.lower()), None)


def _closure(names: set[str]) -> set[str]:
    """Packages with all that they need on this machine."""
    found: set[str] = set()
    while names:
        name = names.pop()
        found.add(name)
        try:
            needs = [Requirement(line) for line in distribution(name).requires or ()]
        except PackageNotFoundError:
            continue
        wanted = {r.name for r in needs if r.marker is None or r.marker.evaluate({"extra": ""})}
        names |= {canonicalize_name(n) for n in wanted} - found
    return found


def _jar_licence(jar: str) -> str:
    repository = Path.home() / ".m2" / "repository"
    pom = next(repository.rglob(f"{jar.removesuffix('.jar')}.pom"), None)
    if pom is None:
        raise ValueError(f"{jar}: its POM is not in {repository}: run a broker once (`make run`)")
    told = _licences(pom, repository)
    return " OR ".join(dict.fromkeys(_spdx(text) or text for text in told))


def _licences(pom: Path, repository: Path) -> list[str]:
    """The licences that a POM, or the nearest of its parents, names."""
    project = ET.parse(pom).getroot()  # noqa: S314  Maven, which checks sums, has put it there
    space = _POM if project.tag.startswith(_POM) else ""
    named = [e.findtext(f"{space}name") or "" for e in project.findall(f"{space}licenses/{space}license")]
    parent = project.find(f"{space}parent")
    if named or parent is None:
        return named
    group, artifact, version = (parent.findtext(space + part) or "" for part in ("groupId", "artifactId", "version"))
    return _licences(
        repository / group.replace(".", "/") / artifact / version / f"{artifact}-{version}.pom", repository
    )


if __name__ == "__main__":
    sys.stdout.write(page())
