"""Becomes the given command, which the kernel then kills when its parent dies (prctl(2), PR_SET_PDEATHSIG).

Run as a script (`python -I -S tether.py PARENT_PID COMMAND ARGUMENT...`), so that nothing of ours has to run between
the fork and the exec of a process with threads. Elsewhere than on Linux the command is run without the tether.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    """`arguments`: the parent's process id, then the command."""
    parent_pid, command = int(arguments[0]), arguments[1:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        # A parent that died before the call above sends no signal any more.
        if os.getppid() != parent_pid:
            sys.exit("the process that wanted this one is gone")
    os.execv(command[0], command)  # noqa: S606 - no shell is the point


if __name__ == "__main__":
    main(sys.argv[1:])
