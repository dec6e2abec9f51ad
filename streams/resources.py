"""Finds the files of deploy/ that the program needs while it runs: packed into a wheel, or in the checkout."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent
# A wheel comes first: what lies beside an installed `streams` folder under the name deploy/ would be someone else's.
_ROOTS = (_HERE / "_deploy", _HERE.parent / "deploy")


class ResourceMissingError(FileNotFoundError):
    """A file that ships with the program is not there: the installation is damaged."""


def resource(name: str) -> Path:
    """Path of a file or folder of deploy/, such as `kafka/pom.xml`.

    Raises
    ------
    ResourceMissingError
        Neither the wheel nor the checkout holds it.
    """
    for root in _ROOTS:
        path = root / name
        if path.exists():
            return path
    raise ResourceMissingError(f"{name} is in none of {', '.join(map(str, _ROOTS))}: install tocsin again")
