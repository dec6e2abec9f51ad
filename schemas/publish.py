"""Writes what programs elsewhere build against: JSON Schemas, examples, the AsyncAPI document, the page of contracts.

    python -m schemas.publish           writes them again
    python -m schemas.publish --check   writes nothing, and fails when one is not as the models say

JSON Schema 2020-12; AsyncAPI 3.0.0: see `schemas/asyncapi.py`.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from schemas.asyncapi import asyncapi
from schemas.examples import examples
from schemas.page import page
from schemas.record import OpenEnum, Record
from schemas.topics import MODELS

PUBLISHED = Path(__file__).resolve().parent / "published"
PAGE = PUBLISHED.parents[1] / "docs" / "contracts.md"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def main(arguments: list[str] | None = None) -> int:
    """Write or check; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m schemas.publish", description="Publish the contracts.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a file is not up to date")
    check = parser.parse_args(arguments).check
    stale = drift()
    for path, content in stale.items():
        if check:
            print(f"{path.name} is not as the models say: run `make published`", file=sys.stderr)  # noqa: T201
        elif content is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
    return int(check and bool(stale))


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
