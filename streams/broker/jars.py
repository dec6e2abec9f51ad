"""Fetches Apache Kafka's jars once, with Maven, into a cache folder, and checks them against the pinned SHA-256 list.

The folder appears whole or not at all (a rename), and is named after what was pinned, so that processes that start
together, an interrupted download and a change of version cannot spoil it.
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from streams.broker.errors import OTHER_WAYS, JarsMissingError
from streams.resources import resource

_FETCH_TIMEOUT_S = 600
_MAVEN = "mvn", "--batch-mode", "--quiet", "--no-transfer-progress", "--strict-checksums"


def kafka_jars(say: Callable[[str], None], cache: Path | None = None) -> Path:
    """Folder that holds Kafka's jars, filled now if it is not there yet.

    Raises
    ------
    JarsMissingError
        They could not be fetched, or differ from what was pinned.
    """
    pom, pinned = resource("kafka/pom.xml"), resource("kafka/jars.sha256")
    sums = _read_sums(pinned)
    version = re.search(r"<kafka.version>(.+?)</kafka.version>", pom.read_text())
    name = f"kafka-{version[1] if version else 'unknown'}-{_digest(pom.read_bytes() + pinned.read_bytes())[:12]}"
    folder = (cache or cache_folder()) / name
    if _complete(folder, sums):
        return folder
    try:
        with _turn(folder.parent / f"{name}.lock", say):
            if not _complete(folder, sums):
                say(f"fetching Apache Kafka {version[1] if version else ''} with Maven (43 MB, once)")
                _fetch(pom, folder, sums)
    except OSError as error:
        raise JarsMissingError(
            f"the cache folder {folder.parent} cannot be used ({error.strerror}): set TOCSIN_CACHE_DIR to another"
        ) from error
    return folder


def cache_folder() -> Path:
    """TOCSIN_CACHE_DIR, else `tocsin` in the user's cache folder (XDG base directories)."""
    own = os.environ.get("TOCSIN_CACHE_DIR")
    if own:
        return Path(own)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tocsin"


def _fetch(pom: Path, folder: Path, sums: dict[str, str]) -> None:
    maven = shutil.which(_MAVEN[0])
    if maven is None:
        raise JarsMissingError(
            f"Maven is needed once to fetch Kafka: install it (Debian, Ubuntu: apt-get install maven), {OTHER_WAYS}"
        )
    with tempfile.TemporaryDirectory(prefix=f"{folder.name}-", dir=folder.parent) as scratch:
        fetched = Path(scratch) / "jars"
        goal = "dependency:copy-dependencies", f"-DoutputDirectory={fetched}"
        _run_maven([maven, *_MAVEN[1:], "--file", str(pom), *goal])
        _check(fetched, sums)
        shutil.rmtree(folder, ignore_errors=True)
        fetched.rename(folder)


def _run_maven(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_FETCH_TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired:
        raise JarsMissingError(f"Maven did not fetch Kafka within {_FETCH_TIMEOUT_S} s, {OTHER_WAYS}") from None
    if done.returncode != 0:
        told = (done.stdout + done.stderr).splitlines()
        reason = next((line for line in told if "ERROR" in line), told[0] if told else "no reason given")
        reason = re.sub(r"\x1b\[[0-9;]*m", "", reason).replace("[ERROR]", "").strip()
        raise JarsMissingError(f"Maven could not fetch Kafka: {reason[:300]}; mend that, {OTHER_WAYS}")


def _check(fetched: Path, sums: dict[str, str]) -> None:
    got = {jar.name: _digest(jar.read_bytes()) for jar in fetched.glob("*.jar")}
    wrong = sorted(name for name in got.keys() | sums.keys() if got.get(name) != sums.get(name))
    if wrong:
        raise JarsMissingError(f"these jars are not the pinned ones, and were thrown away: {', '.join(wrong)}")


def _complete(folder: Path, sums: dict[str, str]) -> bool:
    return all((folder / name).is_file() for name in sums)


@contextmanager
def _turn(lock: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Only one process fetches; the others wait: its fetch is bounded, and the kernel frees a dead one's lock."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting for another process that fetches Kafka")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _read_sums(pinned: Path) -> dict[str, str]:
    lines = (line.split() for line in pinned.read_text().splitlines())
    return {name: digest for digest, name in lines}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
