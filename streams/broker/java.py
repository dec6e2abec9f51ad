"""Finds a Java that can run Kafka: JAVA_HOME, then the PATH, then where distributions put it."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from streams.broker.errors import OTHER_WAYS, JavaMissingError

MINIMUM = 17
_SYSTEM = Path("/usr/lib/jvm")


def find_java(system: Path = _SYSTEM) -> Path:
    """Path of the first `java` of version 17 or later.

    Raises
    ------
    JavaMissingError
        None is there; the message names those that are too old.
    """
    too_old: list[str] = []
    for java in _candidates(system):
        version = java_version(java)
        if version is None:
            continue
        if version >= MINIMUM:
            return java
        too_old.append(f"{java} is {version}")
    found = "; ".join(too_old) or "none found"
    raise JavaMissingError(
        f"Kafka needs Java {MINIMUM} or later ({found}): install one "
        f"(Debian, Ubuntu: apt-get install openjdk-{MINIMUM}-jre-headless), {OTHER_WAYS}"
    )


def java_version(java: Path) -> int | None:
    """The feature version (8, 11, 17, ...) that `java -version` tells; None where it does not run."""
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    # Up to Java 8 versions read 1.8.0_412, later ones 17.0.15.
    match = re.search(r'version "(?:1\.)?(\d+)', told.stderr)
    return int(match[1]) if match else None


def _candidates(system: Path) -> Iterator[Path]:
    home = os.environ.get("JAVA_HOME")
    if home:
        yield Path(home) / "bin" / "java"
    on_path = shutil.which("java")
    if on_path:
        yield Path(on_path)
    yield from sorted(system.glob("*/bin/java"))
