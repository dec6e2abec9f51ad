"""The reader's tables: lists and grammars that are data, in `streams/reading/data`."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any


def table(name: str) -> dict[str, Any]:
    """Return a table of the package by its file's name."""
    return tomllib.loads(_read(name))


def rows(name: str) -> list[list[str]]:
    """Return the lines of a table of the package by its file's name, each cut at its tabs."""
    return [line.split("\t") for line in _read(name).splitlines()]


def _read(name: str) -> str:
    return (files("streams.reading") / "data" / name).read_text(encoding="utf-8")


def filled(pattern: str, parts: Mapping[str, str]) -> str:
    """Put the parts into a pattern; a part may hold parts that are told before it."""
    for name, part in reversed(tuple(parts.items())):
        pattern = pattern.replace(f"<{name}>", part)
    return pattern
