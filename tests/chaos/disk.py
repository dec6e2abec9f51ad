"""A broker's disk that is full: a small file system in memory takes the place of its data folder (root only)."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.chaos.field import Field
from tests.chaos.traffic import Mix
from tests.chaos.trial import Result, Trial, trial

ROOM_MB = 24


def disk_full(field: Field, mix: Mix) -> Result:
    """The disk of one broker is full: it goes, the two others carry on, and with room again it comes back."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        return Result("disk-full", notes=["skipped: only root can mount the small file system that it needs"])
    node = field.kafka.nodes[2]
    data = field.folder / "kafka" / f"node-{node.number}" / "data"

    def disturb(t: Trial) -> None:
        t.read(0.2)
        filler = data / "filler"
        _fill(filler)
        t.until(lambda: not node.alive, "the broker ends", 60)
        t.read(0.8)
        filler.unlink()

    node.stop(20)
    with _small(data):
        node.start()
        field.kafka.wait_ready()
        result = trial(field, "disk-full", mix, disturb)
        node.stop(20)
    node.start()
    field.kafka.wait_ready()
    return result


@contextmanager
def _small(data: Path) -> Iterator[None]:
    """Let a folder lie on a file system with little room, its content too, and put it back in the end."""
    aside = data.with_name("data.aside")
    data.rename(aside)
    data.mkdir()
    used_mb = int(subprocess.check_output(["du", "-sm", str(aside)]).split()[0])
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={used_mb + ROOM_MB}m", "tmpfs", str(data)],
        check=True,
        capture_output=True,
    )
    try:
        shutil.copytree(aside, data, dirs_exist_ok=True)
        yield
        shutil.rmtree(aside)
        shutil.copytree(data, aside, ignore=shutil.ignore_patterns("filler"))
    finally:
        subprocess.run(["umount", "-l", str(data)], check=True, capture_output=True)
        data.rmdir()
        aside.rename(data)


def _fill(filler: Path) -> None:
    with suppress(OSError), filler.open("wb") as file:
        while True:
            file.write(b"\0" * 65_536)
            file.flush()
