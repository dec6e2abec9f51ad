"""Writes what programs elsewhere build against: JSON Schemas, examples, the AsyncAPI document, the page of contracts.

    python -m schemas.publish            writes them again
    python -m schemas.publish --check    writes nothing, and fails when one is not as the models say
    python -m schemas.publish --release  keeps the schemas as those of the version that is released: frozen from then on

JSON Schema 2020-12; AsyncAPI 3.0.0: see `schemas/asyncapi.py`.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from schemas.asyncapi import asyncapi
from schemas.compatibility import breaking_changes
from schemas.examples import examples
from schemas.page import page
from schemas.record import OpenEnum, Record
from schemas.topics import MODELS

PUBLISHED = Path(__file__).resolve().parent / "published"
PAGE = PUBLISHED.parents[1] / "docs" / "contracts.md"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def main(arguments: list[str] | None = None) -> int:
    """Write, check or release; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m schemas.publish", description="Publish the contracts.")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--check", action="store_true", help="write nothing; fail when a file is not up to date")
    which.add_argument("--release", action="store_true", help="keep the schemas as those of the version in pyproject")
    given = parser.parse_args(arguments)
    if given.check:
        return _complain(f"{path.name} is not as the models say: run `make published`" for path in drift())
    for path, content in drift().items():
        if content is None:
            path.unlink()
        else:
            _write(path, content)
    return _complain(release(version("tocsin"))) if given.release else 0


def release(number: str) -> list[str]:
    """Keep the published schemas as those of a version, or say why that cannot be."""
    folder = PUBLISHED / "released" / number
    if folder.exists():
        return [f"{number} is released: its schemas are frozen in {folder}; raise the version in pyproject.toml"]
    current = {path.name: path.read_text(encoding="utf-8") for path in PUBLISHED.glob("*.schema.json")}
    broken = []
    for old in sorted((PUBLISHED / "released").glob("*/*.schema.json")):
        if old.name not in current:
            broken.append(f"{old.parent.name}/{old.name} is no longer published")
            continue
        changes = breaking_changes(json.loads(old.read_text(encoding="utf-8")), json.loads(current[old.name]))
        broken += [f"{old.parent.name}/{old.name}: {change}" for change in changes]
    if not broken:
        for name, content in current.items():
            _write(folder / name, content)
    return broken


def drift() -> dict[Path, str | None]:
    """Return what each file that is not up to date should hold; None where there should be no file."""
    wanted = {PUBLISHED / name: content for name, content in published().items()} | {PAGE: page()}
    found = {path for path in PUBLISHED.glob("*") if path.is_file() and path.name != "README.md"}
    stale: dict[Path, str | None] = {
        path: content
        for path, content in wanted.items()
        if not path.is_file() or path.read_text(encoding="utf-8") != content
    }
    return stale | dict.fromkeys(found - wanted.keys())


def published() -> dict[str, str]:
    """Return every file of `schemas/published/` by name."""
    files = {f"{contract(model)}.schema.json": schema(model) for model in MODELS.values()}
    files |= {f"{contract(type(told))}.example.json": json.loads(told.to_json()) for told in examples()}
    files["asyncapi.json"] = asyncapi()
    return {name: f"{json.dumps(content, indent=2, ensure_ascii=False)}\n" for name, content in files.items()}


def contract(model: type[Record]) -> str:
    """Return a contract's name with its major version: `report.v1` for `tocsin.report.v1`."""
    return model.ce_type.removeprefix("tocsin.")


def schema(model: type[Record]) -> dict[str, Any]:
    """Return the JSON Schema of a contract: what a reader of this version accepts, unknown fields included."""
    made = model.model_json_schema()
    _open_enums(made.get("$defs", {}))
    head = {"$schema": DIALECT, "$id": f"urn:tocsin:schema:{contract(model)}"}
    return head | {key: made[key] for key in sorted(made, key=_reading_order)}


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def _complain(reasons: Iterable[str]) -> int:
    """Print what is wrong; return the exit status."""
    told = list(reasons)
    for reason in told:
        print(reason, file=sys.stderr)  # noqa: T201  a command
    return int(bool(told))


def _reading_order(key: str) -> int:
    order = ("title", "description", "type", "required", "properties")
    return order.index(key) if key in order else len(order)


def _open_enums(definitions: Mapping[str, dict[str, Any]]) -> None:
    """Say of each enum as what a reader takes a value that it does not know."""
    for enum in OpenEnum.__subclasses__():
        if enum.__name__ in definitions:
            definitions[enum.__name__]["x-unknown-reads-as"] = enum.fallback().value


if __name__ == "__main__":
    raise SystemExit(main())
