"""Decides whether a contract may change as it did within its major version.

The rule is full compatibility with every released version (FULL_TRANSITIVE, as schema registries name it): an old
reader takes what a new writer writes, and a new reader takes what an old writer wrote. With readers that ignore unknown
fields, that leaves two changes: an optional field is added; an enum value is added, because an older reader takes a
value that it does not know as the enum's fallback (`x-unknown-reads-as`). Everything else that a reader looks at is
refused, the default of a field too: it is the meaning of every record that leaves the field out. Only what people read
(titles, descriptions, examples) is free.
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

Schema = Mapping[str, Any]

_FOR_PEOPLE = frozenset({"title", "description", "examples", "$comment", "deprecated"})
_HEAD = frozenset({"$schema", "$id", "$defs"})
_FALLBACK = "x-unknown-reads-as"


def breaking_changes(old: Schema, new: Schema) -> list[str]:
    """Say, place by place, what in `new` breaks a reader or a writer of `old`; nothing when it is compatible.

    Parameters
    ----------
    old
        The JSON Schema (2020-12) of a released version.
    new
        The one to release, of the same major version.
    """
    found = list(_Comparison(old, new).compare(_without(old, _HEAD), _without(new, _HEAD), "record"))
    if old.get("$id") != new.get("$id"):
        found.insert(0, f"record: $id was {old.get('$id')}, is {new.get('$id')}: that is another contract or major")
    return found


class _Comparison:
    """Walks two schemas side by side, following references; each pair of definitions once, since they may recurse."""

    def __init__(self, old: Schema, new: Schema) -> None:
        self._old = old.get("$defs", {})
        self._new = new.get("$defs", {})
        self._seen: set[tuple[str, str]] = set()

    def compare(self, old: object, new: object, place: str) -> Iterator[str]:
        """Say what breaks at a place and below it."""
        if not (_is_schema(old) and _is_schema(new)):
            if old != new:
                yield f"{place}: was {_brief(old)}, is {_brief(new)}"
            return
        if "$ref" in old and "$ref" in new:
            pair = (old["$ref"], new["$ref"])
            if pair in self._seen:
                return
            self._seen.add(pair)
        old, new = _resolved(old, self._old), _resolved(new, self._new)
        yield from self._object(old, new, place)
        yield from _enum(old, new, place)
        handled = {"properties", "required", "enum", _FALLBACK} | _FOR_PEOPLE
        for keyword in sorted((old.keys() | new.keys()) - handled):
            yield from self._keyword(keyword, old, new, place)

    def _object(self, old: Schema, new: Schema, place: str) -> Iterator[str]:
        before, after = old.get("properties", {}), new.get("properties", {})
        needed, needs = set(old.get("required", ())), set(new.get("required", ()))
        for name in before:
            if name not in after:
                yield f"{place}.{name}: removed; its name may come back with another meaning"
                continue
            if name in needed and name not in needs:
                yield f"{place}.{name}: no longer required: an old reader refuses records without it"
            elif name in needs and name not in needed:
                yield f"{place}.{name}: now required: an old writer leaves it out"
            yield from self.compare(before[name], after[name], f"{place}.{name}")
        for name in after:
            if name not in before and name in needs:
                yield f"{place}.{name}: added as required: an old writer does not know it"

    def _keyword(self, keyword: str, old: Schema, new: Schema, place: str) -> Iterator[str]:
        before, after = old.get(keyword), new.get(keyword)
        if keyword in {"anyOf", "oneOf", "allOf", "prefixItems"} and before and after and len(before) == len(after):
            for i, (one, other) in enumerate(zip(before, after, strict=True)):
                yield from self.compare(one, other, f"{place}.{keyword}[{i}]")
        elif keyword in {"items", "additionalProperties", "propertyNames"} and keyword in old and keyword in new:
            yield from self.compare(before, after, f"{place}[]")
        elif keyword == "patternProperties" and before and after and before.keys() == after.keys():
            for pattern in before:
                yield from self.compare(before[pattern], after[pattern], f"{place}[{pattern}]")
        elif not _same(before, after) if keyword == "default" else before != after:
            yield f"{place}: {keyword} was {_brief(before)}, is {_brief(after)}"


def _enum(old: Schema, new: Schema, place: str) -> Iterator[str]:
    before, after = old.get("enum"), new.get("enum")
    if before is None and after is None:
        return
    if before is None or after is None:
        yield f"{place}: enum was {_brief(before)}, is {_brief(after)}"
        return
    gone = [value for value in before if value not in after]
    if gone:
        yield f"{place}: enum values removed: {', '.join(map(str, gone))}: an old writer still writes them"
    if old.get(_FALLBACK) != new.get(_FALLBACK):
        yield f"{place}: an unknown value read as {old.get(_FALLBACK)}, reads as {new.get(_FALLBACK)}"
    added = [value for value in after if value not in before]
    if added and _FALLBACK not in old:
        yield f"{place}: enum values added: {', '.join(map(str, added))}: old readers have no fallback for them"


def _resolved(schema: Schema, definitions: Mapping[str, Schema]) -> Schema:
    """Put what a reference points to in its place, keeping what stands beside it."""
    reference = schema.get("$ref")
    if not isinstance(reference, str):
        return schema
    target = definitions[reference.removeprefix("#/$defs/")]
    return {**_resolved(target, definitions), **_without(schema, frozenset({"$ref"}))}


def _without(schema: Schema, keys: frozenset[str]) -> Schema:
    return {key: value for key, value in schema.items() if key not in keys}


def _same(before: object, after: object) -> bool:
    """Whether two defaults say the same of the fields that both versions have."""
    if _is_schema(before) and _is_schema(after):
        return all(_same(before[key], after[key]) for key in before.keys() & after.keys())
    return before == after


def _is_schema(value: object) -> TypeGuard[Schema]:
    return isinstance(value, Mapping)


def _brief(value: object) -> str:
    return "not set" if value is None else repr(value)[:80]
