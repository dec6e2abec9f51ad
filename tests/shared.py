"""Where the development data lie that may not be committed; tests that need them skip where they are absent."""

from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"
SHARED: Path | None = _BESIDE if _BESIDE.is_dir() else None


def shared(name: str) -> Path:
    """Path of a development data file; skips the calling test where it is absent."""
    if SHARED is None or not (SHARED / name).exists():
        pytest.skip(f"{name} is not beside this checkout (development data are not part of the project)")
    return SHARED / name
