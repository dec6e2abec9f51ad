"""One broker of a local Kafka as a child process: its folder, its properties, its life.

The folder is formatted aside and renamed, so it is formatted wholly or not at all.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from string import Template

from streams.broker.errors import BrokerFailedError, FolderError
from streams.resources import resource

_FORMAT_TIMEOUT_S = 60
_TETHER = Path(__file__).with_name("tether.py")
# What a JVM that lives for an hour on a busy laptop needs: a quick start and a small footprint.
_JVM_OPTIONS = "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-XX:+ExitOnOutOfMemoryError"


@dataclass(frozen=True, slots=True)
class Ports:
    """Where a node listens on loopback."""

    client: int
    internal: int
    controller: int
    advertised: int
    """What clients are told, where something stands between them and `client`."""
    further: Mapping[str, int] = field(default_factory=dict)
    """Those of further listeners for clients, by the listener's name."""


@dataclass(frozen=True, slots=True)
class NodePlan:
    """All that a node's start depends on."""

    number: int
    folder: Path
    host: str
    ports: Ports
    java: Path
    jars: Path
    heap_mb: int
    cluster_id: str
    properties: Mapping[str, str]
    """Fill the template deploy/kafka/server.properties."""
    overrides: Mapping[str, str]
    """Kafka properties that count over the template's."""
    scram_users: Mapping[str, str] = field(default_factory=dict)
    """Users and passwords for SCRAM-SHA-512 that the storage is formatted with."""


Spawn = Callable[[Sequence[str], Path], subprocess.Popen[bytes]]
"""Starts a command, its output appended to a file, tethered to this process."""


def spawn_tethered(
    command: Sequence[str],
    console: Path,
    keep_open: Sequence[int] = (),
    environment: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Starts a command that dies with the calling *thread*, in a session of its own: Ctrl-C does not reach it."""
    with console.open("ab") as output:
        return subprocess.Popen(
            [sys.executable, "-I", "-S", str(_TETHER), str(os.getpid()), *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=keep_open,
            env=environment,
        )


class Node:
    """A broker that can be started, stopped, killed, paused and started again, on the same ports and data."""

    def __init__(self, plan: NodePlan, spawn: Spawn) -> None:
        self._plan = plan
        self._spawn = spawn
        self._process: subprocess.Popen[bytes] | None = None
        self._said_before: dict[Path, int] = {}
        """How long the logs were when it was started."""

    @property
    def number(self) -> int:
        """Its `node.id`, from 1."""
        return self._plan.number

    @property
    def address(self) -> str:
        """Where clients reach it, as host:port."""
        return f"{self._plan.host}:{self._plan.ports.client}"

    @property
    def internal_address(self) -> str:
        """Where it can be asked without TLS or credentials, as host:port."""
        return f"{self._plan.host}:{self._plan.ports.internal}"

    def listener(self, name: str) -> str:
        """Where a further listener is reached, as host:port."""
        return f"{self._plan.host}:{self._plan.ports.further[name]}"

    @property
    def log_path(self) -> Path:
        """Where it writes its log."""
        return self._plan.folder / "server.log"

    @property
    def pid(self) -> int | None:
        """Process id; None when it does not run."""
        return self._process.pid if self._process is not None and self.alive else None

    @property
    def alive(self) -> bool:
        """Whether the process runs (or is paused)."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Formats the storage if need be and starts the process; does not wait until it answers."""
        if self.alive:
            return
        self._plan.folder.mkdir(parents=True, exist_ok=True)
        scratch = self._plan.folder / "tmp"
        shutil.rmtree(scratch, ignore_errors=True)  # a killed JVM leaves its unpacked native libraries here
        scratch.mkdir()
        self._format()
        properties = self._write_properties("server.properties", self._data)
        self._said_before = {path: path.stat().st_size for path in (self._console, self.log_path) if path.exists()}
        self._process = self._spawn(self._command("kafka.Kafka", str(properties)), self._console)

    def stop(self, timeout_s: float) -> None:
        """Asks it to end (SIGTERM), and kills it if that takes too long."""
        self.ask_to_stop()
        self.wait_stopped(timeout_s)

    def ask_to_stop(self) -> None:
        """SIGTERM, also to a paused one; does not wait."""
        self._signal(signal.SIGTERM)
        self._signal(signal.SIGCONT)

    def wait_stopped(self, timeout_s: float) -> None:
        """Waits for the end, and makes it one when it takes too long."""
        if self._process is None:
            return
        try:
            self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """SIGKILL, and waits until it is gone."""
        if self._process is not None:
            self._signal(signal.SIGKILL)
            self._process.wait()

    def pause(self) -> None:
        """SIGSTOP: alive, but answers nothing."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """SIGCONT."""
        self._signal(signal.SIGCONT)

    def last_words(self) -> str:
        """The most telling line of what the broker said before it ended."""
        said = [line for path in (self._console, self.log_path) for line in _tail(path, self._said_before.get(path, 0))]
        telling = [line for line in said if any(word in line for word in (" ERROR ", " FATAL ", "Exception"))]
        return (telling or said or ["it said nothing"])[-1].strip()[:300]

    @property
    def _data(self) -> Path:
        return self._plan.folder / "data"

    @property
    def _console(self) -> Path:
        return self._plan.folder / "console.log"

    def _format(self) -> None:
        if (self._data / "meta.properties").exists():
            return
        if self._data.exists() and any(self._data.iterdir()):
            raise FolderError(
                f"{self._data} lacks its meta.properties: put it back, or start with an empty folder (--fresh)"
            )
        aside = self._plan.folder / "data.unfinished"
        shutil.rmtree(aside, ignore_errors=True)
        properties = self._write_properties("format.properties", aside)
        # One argument: an id may begin with a dash.
        own = f"--cluster-id={self._plan.cluster_id}"
        tool = "kafka.tools.StorageTool", "format", own, "--config", str(properties)
        scram = [f"--add-scram=SCRAM-SHA-512=[name={n},password={p}]" for n, p in self._plan.scram_users.items()]
        formatting = self._spawn(self._command(*tool, *scram), self._console)
        try:
            code = formatting.wait(_FORMAT_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            raise BrokerFailedError(f"formatting {aside} took {_FORMAT_TIMEOUT_S} s: {self.last_words()}") from None
        finally:
            formatting.kill()
            formatting.wait()
        if code != 0:
            raise BrokerFailedError(f"formatting {aside} failed: {self.last_words()}; all of it: {self._console}")
        if self._data.exists():
            self._data.rmdir()
        aside.rename(self._data)

    def _write_properties(self, name: str, data: Path) -> Path:
        template = Template(resource("kafka/server.properties").read_text())
        ports = {"client_port": self._plan.ports.client, "internal_port": self._plan.ports.internal}
        ports["controller_port"] = self._plan.ports.controller
        ports["advertised_port"] = self._plan.ports.advertised
        further = "".join(f",{name}://{self._plan.host}:{port}" for name, port in self._plan.ports.further.items())
        own = {"node_id": self._plan.number, "log_dir": data, "host": self._plan.host, "further": further}
        text = template.substitute({**self._plan.properties, **ports, **own})
        text += "".join(f"{key}={value}\n" for key, value in self._plan.overrides.items())
        path = self._plan.folder / name
        path.write_text(text)
        path.chmod(0o600)  # what is added may hold passwords
        return path

    def _command(self, main: str, *arguments: str) -> list[str]:
        return [
            str(self._plan.java),
            f"-Xmx{self._plan.heap_mb}m",
            *_JVM_OPTIONS,
            f"-Djava.io.tmpdir={self._plan.folder / 'tmp'}",
            f"-Dlog4j2.configurationFile={resource('kafka/log4j2.xml')}",
            f"-Dtocsin.kafka.log={self.log_path}",
            "-cp",
            f"{self._plan.jars}/*",
            main,
            *arguments,
        ]

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(number)


def _tail(path: Path, begin: int, size: int = 16_384) -> list[str]:
    """The last lines from a byte on, but for those of stacks, which say where and not what."""
    try:
        with path.open("rb") as file:
            file.seek(max(begin, path.stat().st_size - size))
            lines = file.read().decode(errors="replace").splitlines()
            return [line for line in lines if line.strip() and not line.lstrip().startswith("at ")]
    except OSError:
        return []
