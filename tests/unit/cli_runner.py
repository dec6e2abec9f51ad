"""Runs the command line in this process, as its users see it."""

import os
from dataclasses import dataclass
from unittest.mock import patch

import pytest

from streams.cli import main


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended."""

    status: int
    out: str
    err: str


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> Ran:
    """Run `tocsin ARGUMENTS`, as in a pipe: whoever runs the tests may have asked for colours."""
    plain = {name: value for name, value in os.environ.items() if name not in {"FORCE_COLOR", "TTY_COMPATIBLE"}}
    with patch.dict(os.environ, plain, clear=True), pytest.raises(SystemExit) as ended:
        main(arguments)
    out, err = capsys.readouterr()
    return Ran(int(ended.value.code or 0), out, err)
