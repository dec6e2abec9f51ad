"""What the local Kafka decides before any broker runs: which Java, which jars, which folder, which ports."""

import hashlib
import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from streams import resources
from streams.broker import jars
from streams.broker.errors import FolderError, FolderInUseError, JarsMissingError, JavaMissingError, PortTakenError
from streams.broker.folder import claim, running_at
from streams.broker.java import find_java, java_version
from streams.broker.ports import check_free, free_ports

# ---- Java ---------------------------------------------------------------------------------------------------------


def script(path: Path, body: str) -> Path:
    """A shell script that can be run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


def fake_java(path: Path, version: str) -> Path:
    """A `java` that tells this version."""
    return script(path, f"""echo 'openjdk version "{version}" 2025-01-01' >&2""")


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without Java or Maven; the folder on its PATH is returned."""
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("TOCSIN_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "bin"


@pytest.mark.parametrize(
    "told,version",
    [("1.8.0_412", 8), ("11.0.20", 11), ("17.0.15", 17), ("21", 21), ("25-ea", 25)],
)
def test_java_version_is_read_in_old_and_new_style(tmp_path: Path, told: str, version: int) -> None:
    """The feature version is read from what every vintage of `java -version` says."""
    assert java_version(fake_java(tmp_path / "java", told)) == version


def test_what_is_no_java_has_no_version(tmp_path: Path) -> None:
    """A program that says something else, or is not there, is no Java and no crash."""
    assert java_version(script(tmp_path / "java", "echo hello >&2")) is None
    assert java_version(tmp_path / "nothing") is None


def test_no_java_is_told_with_every_way_out(bare: Path) -> None:
    """Without Java the message names the package to install, --bootstrap and the compose file, in one line."""
    with pytest.raises(JavaMissingError) as refused:
        find_java(system=bare / "jvm")
    for part in ("none found", "openjdk-17-jre-headless", "--bootstrap", "compose.yaml"):
        assert part in str(refused.value)
    assert "\n" not in str(refused.value)


def test_old_java_is_named(bare: Path) -> None:
    """A Java that is too old is named with its version, not passed off as missing."""
    old = fake_java(bare / "java", "11.0.20")
    with pytest.raises(JavaMissingError, match=f"{old} is 11"):
        find_java(system=bare / "jvm")


def test_newer_java_elsewhere_is_preferred_to_an_old_one(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An old Java on the PATH does not hide a good one of the distribution; JAVA_HOME comes before both."""
    fake_java(bare / "java", "11.0.20")
    system = fake_java(bare / "jvm" / "java-21" / "bin" / "java", "21.0.1")
    assert find_java(system=bare / "jvm") == system
    home = fake_java(bare / "home" / "bin" / "java", "17.0.1")
    monkeypatch.setenv("JAVA_HOME", str(bare / "home"))
    assert find_java(system=bare / "jvm") == home


# ---- Jars ---------------------------------------------------------------------------------------------------------

JAR = b"bytes of a jar"


@pytest.fixture
def pinned(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, bare: Path) -> Path:
    """One pinned jar, and a machine with a PATH on which only the usual commands are; the bin folder is returned."""
    deploy = tmp_path / "deploy" / "kafka"
    deploy.mkdir(parents=True)
    (deploy / "pom.xml").write_text("<kafka.version>9.9.9</kafka.version>")
    (deploy / "jars.sha256").write_text(f"{hashlib.sha256(JAR).hexdigest()}  kafka.jar\n")
    monkeypatch.setattr(resources, "_ROOTS", (tmp_path / "deploy",))
    monkeypatch.setenv("PATH", f"{bare}:/usr/bin:/bin")
    return bare


def fake_maven(folder: Path, body: str) -> Path:
    """A `mvn` that counts its calls in `calls` and then does as told, with the output folder in $out."""
    find_out = (
        f'echo call >> "{folder}/calls"\nfor word; do case $word in -DoutputDirectory=*) out=${{word#*=}};; esac; done'
    )
    return script(folder / "mvn", f"{find_out}\n{body}")


GIVE = f'mkdir -p "$out" && printf "{JAR.decode()}" > "$out/kafka.jar"'


def test_jars_are_fetched_once(pinned: Path) -> None:
    """Maven runs for the first caller only, which hears of it; a jar that went missing is fetched again."""
    fake_maven(pinned, GIVE)
    said: list[str] = []
    folder = jars.kafka_jars(said.append)
    assert (folder / "kafka.jar").read_bytes() == JAR
    assert "9.9.9" in said[0]
    assert jars.kafka_jars(said.append) == folder
    assert len((pinned / "calls").read_text().splitlines()) == len(said) == 1
    (folder / "kafka.jar").unlink()
    assert (jars.kafka_jars(said.append) / "kafka.jar").exists()


def test_processes_that_start_together_fetch_once(pinned: Path) -> None:
    """Several callers at once end with the same whole folder and one run of Maven."""
    fake_maven(pinned, f"sleep 0.3; {GIVE}")
    folders: list[Path] = []
    callers = [threading.Thread(target=lambda: folders.append(jars.kafka_jars(lambda _: None))) for _ in range(4)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert len(folders) == 4
    assert len(set(folders)) == 1
    assert len((pinned / "calls").read_text().splitlines()) == 1


@pytest.mark.parametrize(
    "maven,told",
    [
        ("echo '[ERROR] Could not transfer artifact: Unknown host' ; exit 1", "Unknown host"),
        ("echo '[\x1b[1;31mERROR\x1b[m] No space left' ; exit 1", "Kafka: No space left"),
        ("exit 1", "no reason given"),
        ('mkdir -p "$out" && echo tampered > "$out/kafka.jar"', "kafka.jar"),
        (f'{GIVE} && echo more > "$out/more.jar"', "more.jar"),
        ('mkdir -p "$out"', "kafka.jar"),
    ],
    ids=["offline", "coloured", "silent", "tampered", "one too many", "one missing"],
)
def test_what_maven_failed_at_is_told_and_not_kept(pinned: Path, tmp_path: Path, maven: str, told: str) -> None:
    """A failed fetch, or one that brings other bytes than those pinned, is told in one line and leaves no jars."""
    fake_maven(pinned, maven)
    with pytest.raises(JarsMissingError) as refused:
        jars.kafka_jars(lambda _: None)
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)
    assert "\x1b" not in str(refused.value)
    assert not list((tmp_path / "cache").rglob("*.jar"))


def test_maven_is_needed_only_for_an_empty_cache(pinned: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without Maven a filled cache serves, and an empty one says what to install."""
    fake_maven(pinned, GIVE)
    folder = jars.kafka_jars(lambda _: None)
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert jars.kafka_jars(lambda _: None) == folder
    with pytest.raises(JarsMissingError, match="apt-get install maven"):
        jars.kafka_jars(lambda _: None, cache=tmp_path / "other")


def test_cache_that_cannot_be_written_is_told(pinned: Path, tmp_path: Path) -> None:
    """A cache folder under a regular file is an error that names TOCSIN_CACHE_DIR."""
    fake_maven(pinned, GIVE)
    (tmp_path / "file").write_text("")
    with pytest.raises(JarsMissingError, match="TOCSIN_CACHE_DIR"):
        jars.kafka_jars(lambda _: None, cache=tmp_path / "file" / "cache")


def test_pinned_jars_are_named_after_the_pom() -> None:
    """The list of pinned jars and the pom speak of the same Kafka and Log4j."""
    pom = resources.resource("kafka/pom.xml").read_text()
    names = resources.resource("kafka/jars.sha256").read_text()
    for artifact, tag in (("kafka_2.13", "kafka"), ("kafka-clients", "kafka"), ("log4j-slf4j-impl", "log4j")):
        version = pom.split(f"<{tag}.version>")[1].split("<")[0]
        assert f"  {artifact}-{version}.jar\n" in names


def test_missing_resource_is_told() -> None:
    """A file that should have shipped is named, with the advice to install again."""
    with pytest.raises(resources.ResourceMissingError, match=r"kafka/nothing.*install"):
        resources.resource("kafka/nothing")


# ---- Folder -------------------------------------------------------------------------------------------------------


def foreign(folder: Path) -> Path:
    """A folder with someone's work in it."""
    folder.mkdir()
    (folder / "thesis.tex").write_text("")
    return folder


def under_a_file(folder: Path) -> Path:
    """A folder that cannot be made."""
    folder.write_text("")
    return folder / "data"


def torn(folder: Path) -> Path:
    """A folder whose identity was cut short."""
    folder.mkdir()
    (folder / "kafka.json").write_text('{"layout": 1')
    return folder


def of_another_version(folder: Path) -> Path:
    """A folder of a later layout."""
    folder.mkdir()
    (folder / "kafka.json").write_text('{"layout": 99, "cluster_id": "x", "brokers": 1}')
    return folder


def of_three(folder: Path) -> Path:
    """The folder of a cluster of three."""
    claim(folder, brokers=3, fresh=False).release()
    return folder


@pytest.mark.parametrize(
    "make,told",
    [
        (foreign, "thesis.tex"),
        (under_a_file, "Not a directory"),
        (lambda _: Path("/proc/tocsin"), "/proc/tocsin cannot"),
        (torn, "--fresh"),
        (of_another_version, "another version"),
        (of_three, "cluster of 3"),
    ],
    ids=["not ours", "under a file", "no place to write", "torn", "another version", "another size"],
)
def test_folder_that_cannot_be_used_is_explained(tmp_path: Path, make: Callable[[Path], Path], told: str) -> None:
    """Each folder that cannot be used is refused with its reason in one line, and left as it was."""
    folder = make(tmp_path / "folder")
    with pytest.raises(FolderError) as refused:
        claim(folder, brokers=1, fresh=False)
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)
    assert running_at(folder) is None


def test_fresh_never_empties_what_is_not_ours(tmp_path: Path) -> None:
    """`fresh` on a foreign folder is refused like any other use of it, and deletes nothing."""
    folder = foreign(tmp_path / "folder")
    with pytest.raises(FolderError):
        claim(folder, brokers=1, fresh=True)
    assert (folder / "thesis.tex").exists()


def test_identity_stays_until_fresh(tmp_path: Path) -> None:
    """The cluster id is the same at every claim, and a new one after `fresh`, which removes the nodes' data."""
    first = claim(tmp_path / "data", brokers=1, fresh=False)
    first.node_folder(1).mkdir()
    first.release()
    second = claim(tmp_path / "data", brokers=1, fresh=False)
    second.release()
    fresh = claim(tmp_path / "data", brokers=3, fresh=True)
    fresh.release()
    assert first.cluster_id == second.cluster_id != fresh.cluster_id
    assert not fresh.node_folder(1).exists()


def test_claimed_folder_tells_its_holder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a folder is claimed others are told by whom and where it answers; after the release it is free."""
    monkeypatch.setattr("streams.broker.folder._PATIENCE_S", 0.0)
    own = claim(tmp_path, brokers=1, fresh=False)
    assert running_at(tmp_path) is None
    own.announce("127.0.0.1:9092")
    assert running_at(tmp_path) == "127.0.0.1:9092"
    with pytest.raises(FolderInUseError, match=f"process {os.getpid()}, --bootstrap 127.0.0.1:9092"):
        claim(tmp_path, brokers=1, fresh=False)
    own.release()
    assert running_at(tmp_path) is None
    claim(tmp_path, brokers=1, fresh=False).release()


# ---- Ports --------------------------------------------------------------------------------------------------------


def test_free_ports_are_different_and_below_those_of_the_kernel() -> None:
    """No port is given twice, and none is one that the kernel gives to outgoing connections."""
    ports = free_ports("127.0.0.1", 9)
    assert len(set(ports)) == 9
    assert max(ports) < 32_768


def test_taken_port_is_named() -> None:
    """A port with a listener is refused with its number and the two ways out."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortTakenError, match=f"port {port} on 127.0.0.1 .*--bootstrap 127.0.0.1:{port}"):
            check_free("127.0.0.1", port)
    check_free("127.0.0.1", port)
