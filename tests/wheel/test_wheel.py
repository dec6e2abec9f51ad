"""The wheel, installed far from the checkout, passes the same fast tests and finds all that it was packed with."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

pytestmark = [pytest.mark.wheel, pytest.mark.checkout, pytest.mark.timeout(900)]

CHECKOUT = Path(__file__).resolve().parents[2]
OURS = ("streams", "schemas", "alerts", "tocsin", "_editable_impl_tocsin")
"""What an editable install of this project leaves in site-packages."""
WHERE = "import alerts, schemas, streams; print(*(m.__file__ for m in (alerts, schemas, streams)), sep='\\n')"
PACKED = (
    "from streams.resources import resource; "
    "print(*map(resource, ('kafka/pom.xml', 'defaults/facilities.geojson')), sep='\\n')"
)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel and, by links, everything that is installed here except this project."""
    base = tmp_path_factory.mktemp("wheel")
    run(CHECKOUT, sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(base / "dist"))
    (wheel,) = (base / "dist").glob("tocsin-*.whl")

    home = base / "venv"
    venv.create(home, symlinks=True, with_pip=False)
    site = home / Path(sysconfig.get_path("purelib")).relative_to(sys.prefix)
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        if not entry.name.startswith(OURS):
            (site / entry.name).symlink_to(entry)
    run(base, home / "bin" / "python", "-m", "pip", "install", "--no-deps", "--no-index", str(wheel))
    return home


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """The checkout without its packages: tests, their configuration, and the files that tests look at."""
    for folder in ("tests", "deploy", "docs"):
        shutil.copytree(CHECKOUT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in CHECKOUT.iterdir():
        if file.is_file():
            shutil.copy(file, tmp_path)
    return tmp_path


@pytest.mark.parametrize("script", [WHERE, PACKED], ids=["packages", "resources"])
def test_everything_comes_out_of_the_wheel(installed: Path, tmp_path: Path, script: str) -> None:
    """The three packages, and the files that the program needs, are those which the wheel brought."""
    for path in run(tmp_path, installed / "bin" / "python", "-c", script).splitlines():
        assert Path(path).resolve().is_relative_to(installed.resolve()), path


def test_the_command_runs(installed: Path, tmp_path: Path) -> None:
    """The console script that the wheel installs shows its help."""
    assert "tocsin" in run(tmp_path, installed / "bin" / "tocsin", "--help").lower()


def test_the_fast_tests_pass(installed: Path, outside: Path) -> None:
    """With the source folder gone, the fast tests pass on what the wheel holds.

    The two thousand sentences that are read one by one are not read again: others read with the same lists and weights.
    """
    fast = ("-m", "not broker and not wheel and not slow and not checkout", "--ignore-glob", "*/unit/test_reading_*")
    told = run(outside, installed / "bin" / "python", "-m", "pytest", "-q", *fast, "-p", "no:cacheprovider")
    assert " passed" in told


def run(cwd: Path, *command: str | Path) -> str:
    """Run a command to its end, away from this process's Python settings, and return what it printed."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PYTEST", "VIRTUAL_ENV"))}
    done = subprocess.run(command, cwd=cwd, env=clean, capture_output=True, text=True, timeout=800, check=False)
    assert done.returncode == 0, f"{command} ended with {done.returncode}\n{done.stdout[-8000:]}\n{done.stderr[-4000:]}"
    return done.stdout
