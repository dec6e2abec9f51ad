"""The data folder of a local Kafka: whose it is, who uses it now, and which cluster its data belong to.

    <folder>/kafka.json     layout, cluster id, number of brokers: written once, before anything else
    <folder>/lock           held (flock) by who started the brokers and by each of them; tells pid and address
    <folder>/node-1/        server.properties, server.log, console.log, data/

The lock is the kernel's and is inherited by the brokers, so it is free exactly when none of them is left, however they
ended: a pid in it is only a hint for the reader of a message.
"""

import base64
import fcntl
import json
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from streams.broker.errors import FolderError, FolderInUseError

_LAYOUT = 1
_IDENTITY = "kafka.json"
_LOCK = "lock"
_UNFINISHED = "kafka.json.unfinished"
# A broker whose owner was killed a moment ago is being killed by the kernel: that is worth this much patience.
_PATIENCE_S = 3.0


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to use a data folder, until `release`."""

    path: Path
    cluster_id: str
    lock: int
    """File descriptor that holds the lock; brokers inherit it."""

    def node_folder(self, number: int) -> Path:
        """Where the node of this number keeps its files."""
        return self.path / f"node-{number}"

    def announce(self, bootstrap: str) -> None:
        """Tells others (`running_at`) where the brokers answer."""
        _write_lock(self.lock, {"pid": os.getpid(), "bootstrap": bootstrap})

    def release(self) -> None:
        """Lets others use the folder; the brokers must have ended."""
        os.ftruncate(self.lock, 0)
        os.close(self.lock)


def claim(path: Path, *, brokers: int, fresh: bool) -> Claim:
    """Takes the folder for this process, emptied first if `fresh`; makes it where there is none.

    Raises
    ------
    FolderInUseError
        Another Kafka runs on it.
    FolderError
        It cannot be written, holds what is not ours, is damaged, or was made for another number of brokers.
    """
    with _explained(path):
        path.mkdir(parents=True, exist_ok=True)
        strangers = {entry.name for entry in path.iterdir()} - {_LOCK, _UNFINISHED}
        if strangers and not (path / _IDENTITY).exists():
            raise FolderError(f"{path} holds files that are not Tocsin's ({min(strangers)}): choose another folder")
        lock = _take_lock(path)
        try:
            _write_lock(lock, {"pid": os.getpid()})
            if fresh:
                _empty(path)
            return Claim(path=path, cluster_id=_identify(path, brokers), lock=lock)
        except BaseException:
            os.close(lock)
            raise


def running_at(path: Path) -> str | None:
    """Bootstrap address of the Kafka that runs on the folder now; None where none does or it is still starting."""
    try:
        handle = os.open(path / _LOCK, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        bootstrap = _read_lock(handle).get("bootstrap")
        return bootstrap if isinstance(bootstrap, str) else None
    else:
        return None
    finally:
        os.close(handle)


def _take_lock(path: Path) -> int:
    lock = os.open(path / _LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() < deadline:
                time.sleep(0.05)
                continue
            holder = _read_lock(lock)
            os.close(lock)
            where = f", --bootstrap {holder['bootstrap']}" if "bootstrap" in holder else ""
            raise FolderInUseError(
                f"a Kafka runs on {path} already (started by process {holder.get('pid', 'unknown')}{where}): "
                "use that one, stop it, or choose another folder"
            ) from None
        return lock


def _identify(path: Path, brokers: int) -> str:
    """Cluster id of the data in the folder; a new one for an empty folder."""
    identity = path / _IDENTITY
    if not identity.exists():
        cluster_id = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        content = json.dumps({"layout": _LAYOUT, "cluster_id": cluster_id, "brokers": brokers})
        # Written aside and renamed: after a crash the folder either has its identity or has none and is as good as new.
        aside = path / _UNFINISHED
        aside.write_text(content)
        aside.rename(identity)
        return cluster_id
    try:
        known = json.loads(identity.read_text())
        layout, cluster_id, made_for = known["layout"], str(known["cluster_id"]), known["brokers"]
    except (ValueError, KeyError, TypeError):
        raise FolderError(f"{identity} is damaged: start with an empty folder (--fresh), or choose another") from None
    if layout != _LAYOUT:
        raise FolderError(f"{path} was laid out by another version of Tocsin ({layout}): choose another folder")
    if made_for != brokers:
        raise FolderError(f"{path} holds a cluster of {made_for}, not {brokers}: choose another folder, or --fresh")
    return cluster_id


def _empty(path: Path) -> None:
    # The identity goes last: as long as it is there the folder is known as ours and can be emptied again.
    for node in path.glob("node-*"):
        shutil.rmtree(node)
    (path / _IDENTITY).unlink(missing_ok=True)


def _write_lock(lock: int, content: dict[str, int | str]) -> None:
    os.ftruncate(lock, 0)
    os.pwrite(lock, json.dumps(content).encode(), 0)


def _read_lock(lock: int) -> dict[str, object]:
    try:
        content = json.loads(os.pread(lock, 4096, 0))
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FolderError(f"{path} cannot hold Kafka's data ({error.strerror}): choose another folder") from error
