"""Runs the command line in this process, as its users see it."""

from dataclasses import dataclass

import pytest

from streams.cli import main


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended."""

    status: int
    out: str
    err: str


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> Ran:
    """Run `tocsin ARGUMENTS`."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    out, err = capsys.readouterr()
    return Ran(int(ended.value.code or 0), out, err)
