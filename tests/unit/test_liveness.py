"""A worker that has work and makes no progress is not alive."""

import subprocess
import sys

import pytest

from streams.liveness import Liveness, Work

Look = tuple[float, dict[str, tuple[int, int]]]


@pytest.mark.parametrize(
    "looks, alive",
    [
        ([(0, {"read": (5, 1)}), (59, {"read": (5, 1)})], True),
        ([(0, {"read": (5, 1)}), (60, {"read": (5, 1)})], False),
        ([(0, {"read": (5, 1)}), (50, {"read": (5, 2)}), (100, {"read": (5, 2)})], True),
        ([(0, {"read": (0, 1)}), (500, {"read": (0, 1)})], True),
        ([(0, {"read": (5, 1)}), (60, {"read": (5, 1)}), (61, {"read": (5, 2)})], True),
        ([(0, {"read": (0, 1), "fuse": (1, 7)}), (60, {"read": (0, 9), "fuse": (3, 7)})], False),
        ([(0, {"read": (0, 1)}), (500, {"read": (1, 1)}), (520, {"read": (1, 1)})], True),
    ],
    ids=["not yet", "stalled", "slow progress", "idle", "recovered", "one stage of two", "work came just now"],
)
def test_stalls(looks: list[Look], alive: bool) -> None:
    """Only work of one kind that waits while none of it is done for the whole time is a stall."""
    liveness = Liveness(stall_after_s=60)
    for now, works in looks:
        liveness.observe(now, {name: Work(*work) for name, work in works.items()})
    assert (liveness.complaint() is None) is alive


def test_nobody_holds_the_switch() -> None:
    """A process whose interpreter does nothing any more ends all the same, and says where it was."""
    hang = "import re, streams.liveness as m; m.DeadMansSwitch().hold(0.5); re.match(r'(a+)+$', 'a' * 60 + 'b')"
    ended = subprocess.run([sys.executable, "-c", hang], capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 1
    assert "Timeout" in ended.stderr
    assert 'File "<string>"' in ended.stderr


def test_the_switch_is_held() -> None:
    """Each time it is held the process lives on."""
    held = "import time, streams.liveness as m; s = m.DeadMansSwitch()\nfor _ in range(5): s.hold(2); time.sleep(0.5)"
    subprocess.run([sys.executable, "-c", held], timeout=60, check=True)
