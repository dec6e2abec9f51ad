"""What is published is what the models say, and every example is a record that both schema and model take."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from schemas import publish
from schemas.examples import examples
from schemas.publish import contract, drift
from schemas.record import Record, unknown_fields
from schemas.topics import MODELS
from tests.contract.validation import FORMATS, load, validator

CONTRACTS = {contract(model): model for model in MODELS.values()}


@pytest.mark.checkout
def test_published_files_are_up_to_date() -> None:
    """Every published file and the page of contracts is what the generator writes: else run `make published`."""
    assert sorted(path.name for path in drift()) == []


def test_drift_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A changed, a missing and a surplus file are named by --check and mended without it."""
    monkeypatch.setattr(publish, "PUBLISHED", tmp_path / "published")
    monkeypatch.setattr(publish, "PAGE", tmp_path / "docs" / "contracts.md")
    assert publish.main(["--check"]) == 1
    assert publish.main([]) == publish.main(["--check"]) == 0
    capsys.readouterr()

    (tmp_path / "published" / "report.v1.schema.json").write_text("{}")
    (tmp_path / "published" / "tick.v1.example.json").unlink()
    (tmp_path / "published" / "rumour.v1.schema.json").write_text("{}")
    assert publish.main(["--check"]) == 1
    told = capsys.readouterr().err
    for name in ("report.v1.schema.json", "tick.v1.example.json", "rumour.v1.schema.json"):
        assert name in told
    assert publish.main([]) == publish.main(["--check"]) == 0


def test_a_release_freezes_the_schemas(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A version's schemas are kept once; what breaks them, or is gone, keeps the next version from being released."""
    monkeypatch.setattr(publish, "PUBLISHED", tmp_path / "published")
    monkeypatch.setattr(publish, "PAGE", tmp_path / "contracts.md")
    assert publish.main(["--release"]) == 0
    (kept,) = (tmp_path / "published" / "released").iterdir()
    assert {path.name for path in kept.iterdir()} == {f"{name}.schema.json" for name in CONTRACTS}
    assert publish.release("99.0.0") == []
    assert publish.main(["--release"]) == 1
    assert f"{kept.name} is released" in capsys.readouterr().err

    old = json.loads((kept / "tick.v1.schema.json").read_text())
    old["properties"]["mood"] = {"type": "string"}
    (kept / "tick.v1.schema.json").write_text(json.dumps(old))
    (kept / "rumour.v1.schema.json").write_text("{}")
    told = publish.release("99.1.0")
    assert [reason.split(": ")[0] for reason in told] == [
        f"{kept.name}/rumour.v1.schema.json is no longer published",
        f"{kept.name}/tick.v1.schema.json",
    ]
    assert not (kept.parent / "99.1.0").exists()


def test_every_contract_has_one_example() -> None:
    """The story tells every contract once."""
    assert sorted(contract(type(told)) for told in examples()) == sorted(CONTRACTS)


@pytest.mark.parametrize("name", CONTRACTS)
def test_schema_is_sound(name: str) -> None:
    """A schema is JSON Schema 2020-12, has its name, and leaves room for fields of a newer version."""
    schema = load(f"{name}.schema.json")
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:tocsin:schema:{name}"
    assert not [place for place, found in walk(schema) if found.get("additionalProperties") is False]


@pytest.mark.parametrize("name", CONTRACTS)
def test_schema_describes_every_field(name: str) -> None:
    """Every record, part, enum and field has a description, and every enum says what an unknown value reads as."""
    silent = []
    for place, found in walk(load(f"{name}.schema.json")):
        if ("properties" in found or "enum" in found) and "description" not in found:
            silent.append(place)
        # A field that says no more than the type it refers to has that type's description.
        fields = found.get("properties", {}).items()
        silent += [f"{place}.{field}" for field, told in fields if not told.keys() & {"description", "$ref"}]
        if "enum" in found and found.get("x-unknown-reads-as") not in found["enum"]:
            silent.append(f"{place}: no fallback")
    assert silent == []


@pytest.mark.parametrize("name", CONTRACTS)
def test_formats_are_checked(name: str) -> None:
    """No schema names a format that the tests would pass over."""
    named = {found["format"] for _, found in walk(load(f"{name}.schema.json")) if isinstance(found.get("format"), str)}
    assert named <= set(FORMATS.checkers)


@pytest.mark.parametrize("name", CONTRACTS)
def test_example_passes_its_schema(name: str) -> None:
    """The example is valid against the published schema, formats included."""
    validator(name).validate(load(f"{name}.example.json"))


@pytest.mark.parametrize("name, model", CONTRACTS.items())
def test_example_passes_its_model(name: str, model: type[Record]) -> None:
    """The example is read by the model, with no unknown field, and written back as it was."""
    example = load(f"{name}.example.json")
    body = json.dumps(example).encode()
    assert json.loads(model.model_validate_json(body).to_json()) == example
    assert unknown_fields(model, body) == []


@pytest.mark.parametrize("name", CONTRACTS)
def test_a_newer_field_passes_the_schema(name: str) -> None:
    """A record with a field of a newer version is valid."""
    validator(name).validate(load(f"{name}.example.json") | {"added_later": {"any": "thing"}})


@pytest.mark.parametrize(
    "change",
    [
        {"published_at": "yesterday"},
        {"published_at": "2026-03-14T06:40:00"},
        {"published_at": 1773470400},
        {"report_id": ""},
        {"report_id": "x" * 201},
        {"report_id": "tab\there"},
        {"source": {}},
        {"source": "Gulf Wire"},
        {"text": None},
        {"text": "x" * (256 * 1024 + 1)},
        {"lang": "English, mostly"},
        {"traffic": "drill"},
    ],
    ids=str,
)
def test_schema_refuses_what_a_writer_may_not_write(change: dict[str, Any]) -> None:
    """A report that a writer of this version may not write fails the schema."""
    with pytest.raises(ValidationError):
        validator("report.v1").validate(load("report.v1.example.json") | change)


def test_spans_of_the_examples_are_in_the_text() -> None:
    """Quotes and spans of mention, reading, incident and alert stand in the report at the offsets they claim."""
    told = {type(record).__name__: record.model_dump() for record in examples()}
    title, text = told["Report"]["title"], told["Report"]["text"]
    body = f"{title}\n{text}"
    core = next(span for span in told["Mention"]["evidence"] if span["axis"] == "core")
    assert body[core["start"] : core["end"]] == told["Mention"]["quote"]
    for part in (*told["Reading"]["set_aside"], *told["Incident"]["testimony"]):
        assert body[part["start"] : part["end"]] == part["quote"]
    assert told["Alert"]["incidents"][0]["incident"] == told["Incident"] == told["Exposure"]["incident"]


def walk(schema: object, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema inside a schema, with its place; `default` holds values, `properties` names."""
    if isinstance(schema, dict):
        yield place, schema
        for key, inner in schema.items():
            if key in {"properties", "$defs", "patternProperties"}:
                for name, item in inner.items():
                    yield from walk(item, f"{place}.{name}")
            elif key not in {"default", "enum", "const", "examples"}:
                yield from walk(inner, f"{place}/{key}")
    elif isinstance(schema, list):
        for i, item in enumerate(schema):
            yield from walk(item, f"{place}[{i}]")
