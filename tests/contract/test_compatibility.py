"""Within a major version a contract only grows: what must be refused is refused, what may change passes."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from schemas.compatibility import breaking_changes
from schemas.publish import PUBLISHED

Schema = dict[str, Any]

RELEASED = sorted((PUBLISHED / "released").glob("*/*.schema.json"))

BASE: Schema = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:tocsin:schema:example.v1",
    "title": "Example",
    "description": "An example.",
    "type": "object",
    "required": ["id", "kind", "source"],
    "properties": {
        "id": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[a-z]+$"},
        "kind": {"$ref": "#/$defs/Kind", "description": "What kind."},
        "source": {"$ref": "#/$defs/Source"},
        "at": {"type": "string", "format": "date-time"},
        "share": {"type": "number", "minimum": 0, "maximum": 1, "default": 0.5},
        "note": {"anyOf": [{"type": "string", "maxLength": 50}, {"type": "null"}], "default": None},
        "tags": {"type": "array", "items": {"type": "string", "maxLength": 10}, "maxItems": 5},
        "limits": {"type": "object", "additionalProperties": {"type": "number", "exclusiveMinimum": 0}},
        "settings": {"$ref": "#/$defs/Settings", "default": {"depth": 1}},
    },
    "$defs": {
        "Kind": {"type": "string", "enum": ["a", "b", "other"], "x-unknown-reads-as": "other"},
        "Source": {
            "type": "object",
            "required": ["name"],
            "properties": {"name": {"type": "string"}, "parent": {"$ref": "#/$defs/Source"}},
        },
        "Settings": {"type": "object", "properties": {"depth": {"type": "integer", "default": 1}}},
        "Closed": {"type": "string", "enum": ["x"]},
    },
}

Edit = Callable[[Schema], object]

MUST_BE_REFUSED: dict[str, tuple[Edit, str]] = {
    "optional field removed": (lambda s: s["properties"].pop("at"), "record.at: removed"),
    "required field removed": (
        lambda s: (s["properties"].pop("id"), s["required"].remove("id")),
        "record.id: removed",
    ),
    "required field added": (
        lambda s: (s["properties"].update(extra={"type": "string"}), s["required"].append("extra")),
        "record.extra: added as required",
    ),
    "optional made required": (lambda s: s["required"].append("at"), "record.at: now required"),
    "required made optional": (lambda s: s["required"].remove("id"), "record.id: no longer required"),
    "field renamed": (
        lambda s: s["properties"].update(when=s["properties"].pop("at")),
        "record.at: removed",
    ),
    "type changed": (lambda s: s["properties"]["share"].update(type="integer"), "record.share: type was 'number'"),
    "scalar made a list": (
        lambda s: s["properties"].update(at={"type": "array", "items": {"type": "string"}}),
        "record.at: type was 'string'",
    ),
    "null no longer allowed": (
        lambda s: s["properties"].update(note={"type": "string", "maxLength": 50}),
        "record.note: anyOf was",
    ),
    "null newly allowed": (
        lambda s: s["properties"].update(at={"anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]}),
        "record.at: anyOf was not set",
    ),
    "alternative added": (
        lambda s: s["properties"]["note"]["anyOf"].append({"type": "integer"}),
        "record.note: anyOf was",
    ),
    "maximum length tightened": (lambda s: s["properties"]["id"].update(maxLength=100), "maxLength was 200, is 100"),
    "maximum length loosened": (lambda s: s["properties"]["id"].update(maxLength=400), "maxLength was 200, is 400"),
    "maximum length dropped": (lambda s: s["properties"]["id"].pop("maxLength"), "maxLength was 200, is not set"),
    "minimum raised": (lambda s: s["properties"]["share"].update(minimum=0.1), "minimum was 0, is 0.1"),
    "maximum raised": (lambda s: s["properties"]["share"].update(maximum=100), "maximum was 1, is 100"),
    "exclusive bound made inclusive": (
        lambda s: s["properties"]["limits"].update(additionalProperties={"type": "number", "minimum": 0}),
        "exclusiveMinimum was 0, is not set",
    ),
    "bound added": (lambda s: s["properties"]["at"].update(maxLength=30), "record.at: maxLength was not set"),
    "bound inside null alternative": (
        lambda s: s["properties"]["note"]["anyOf"][0].update(maxLength=60),
        "record.note.anyOf[0]: maxLength was 50, is 60",
    ),
    "bound of items": (lambda s: s["properties"]["tags"]["items"].update(maxLength=9), "record.tags[]: maxLength was"),
    "number of items": (lambda s: s["properties"]["tags"].update(maxItems=6), "record.tags: maxItems was 5, is 6"),
    "pattern changed": (lambda s: s["properties"]["id"].update(pattern="^[a-z0-9]+$"), "record.id: pattern was"),
    "format changed": (lambda s: s["properties"]["at"].update(format="date"), "record.at: format was"),
    "format dropped": (lambda s: s["properties"]["at"].pop("format"), "record.at: format was"),
    "default changed": (lambda s: s["properties"]["share"].update(default=0.9), "record.share: default was 0.5"),
    "default inside a default": (
        lambda s: s["properties"]["settings"].update(default={"depth": 2}),
        "record.settings: default was",
    ),
    "enum value removed": (lambda s: s["$defs"]["Kind"]["enum"].remove("b"), "record.kind: enum values removed: b"),
    "enum opened to any string": (lambda s: s["$defs"]["Kind"].pop("enum"), "record.kind: enum was"),
    "string closed to an enum": (lambda s: s["properties"]["at"].update(enum=["now"]), "record.at: enum was not set"),
    "fallback changed": (
        lambda s: s["$defs"]["Kind"].update({"x-unknown-reads-as": "a"}),
        "an unknown value read as other, reads as a",
    ),
    "value added to an enum without fallback": (
        lambda s: (
            s["properties"].update(closed={"$ref": "#/$defs/Closed"}),
            s["$defs"]["Closed"]["enum"].append("y"),
        ),
        "old readers have no fallback",
    ),
    "inside a part": (
        lambda s: s["$defs"]["Source"]["required"].append("parent"),
        "record.source.parent: now required",
    ),
    "closed to unknown fields": (
        lambda s: s.update(additionalProperties=False),
        "record: additionalProperties was not set, is False",
    ),
    "reference to another part": (
        lambda s: s["properties"].update(source={"$ref": "#/$defs/Kind"}),
        "record.source: type was 'object'",
    ),
    "another contract": (lambda s: s.update({"$id": "urn:tocsin:schema:example.v2"}), "another contract or major"),
}

MAY_CHANGE: dict[str, Edit] = {
    "nothing": lambda _: None,
    "optional field added": lambda s: s["properties"].update(extra={"type": "integer", "minimum": 3}),
    "optional field added inside a part": lambda s: s["$defs"]["Source"]["properties"].update(url={"type": "string"}),
    "optional field with a default added inside a default": lambda s: (
        s["$defs"]["Settings"]["properties"].update(width={"type": "integer", "default": 7}),
        s["properties"]["settings"].update(default={"depth": 1, "width": 7}),
    ),
    "optional part added": lambda s: (
        s["$defs"].update(Extra={"type": "object", "required": ["x"], "properties": {"x": {"type": "string"}}}),
        s["properties"].update(extra={"$ref": "#/$defs/Extra"}),
    ),
    "enum value added": lambda s: s["$defs"]["Kind"]["enum"].insert(1, "c"),
    "description and title changed": lambda s: s["properties"]["at"].update(description="When.", title="At"),
    "definition renamed": lambda s: (
        s["$defs"].update(Sort=s["$defs"].pop("Kind")),
        s["properties"]["kind"].update({"$ref": "#/$defs/Sort"}),
    ),
    "reference written out": lambda s: s["properties"].update(kind=copy.deepcopy(s["$defs"]["Kind"])),
    "required in another order": lambda s: s["required"].reverse(),
}


@pytest.fixture
def base() -> Schema:
    """A schema with every construct that the contracts use."""
    schema = copy.deepcopy(BASE)
    schema["properties"]["closed"] = {"$ref": "#/$defs/Closed"}
    return schema


@pytest.mark.parametrize("case", MUST_BE_REFUSED)
def test_must_be_refused(base: Schema, case: str) -> None:
    """What breaks an old reader or an old writer is refused, with the place and what it was."""
    edit, told = MUST_BE_REFUSED[case]
    changed = copy.deepcopy(base)
    edit(changed)
    assert any(told in reason for reason in breaking_changes(base, changed)), breaking_changes(base, changed)


@pytest.mark.parametrize("case", MAY_CHANGE)
def test_may_change(base: Schema, case: str) -> None:
    """Optional additions, enum values with a fallback, and words for people pass."""
    changed = copy.deepcopy(base)
    MAY_CHANGE[case](changed)
    assert breaking_changes(base, changed) == []


def test_a_break_is_told_once(base: Schema) -> None:
    """A part that is used in many places, also in itself, is compared once."""
    changed = copy.deepcopy(base)
    changed["$defs"]["Source"]["properties"]["name"]["maxLength"] = 5
    assert breaking_changes(base, changed) == ["record.source.name: maxLength was not set, is 5"]


@pytest.mark.parametrize("name", [path.name for path in PUBLISHED.glob("*.schema.json")])
def test_every_contract_can_be_compared(name: str) -> None:
    """The check walks every published contract; the last property removed from one is noticed."""
    schema = _load(PUBLISHED / name)
    assert breaking_changes(schema, schema) == []
    changed = copy.deepcopy(schema)
    field, _ = changed["properties"].popitem()
    assert breaking_changes(schema, changed) == [
        f"record.{field}: removed; its name may come back with another meaning"
    ]


def test_nothing_released_is_broken() -> None:
    """Every contract is still published, and compatible with every released version of its major."""
    broken = {}
    for released in RELEASED:
        current = PUBLISHED / released.name
        assert current.is_file(), f"{released.name} was released in {released.parent.name} and is no longer published"
        broken[f"{released.parent.name}/{released.name}"] = breaking_changes(_load(released), _load(current))
    assert {name: told for name, told in broken.items() if told} == {}


def _load(path: Path) -> Schema:
    content: Schema = json.loads(path.read_text(encoding="utf-8"))
    return content
