"""`tocsin settings`: every setting with its name, type, default and meaning; the docs are written from it."""

from typing import Annotated, Any

import typer

from streams.cli.common import AsJson, Config, emit, load_settings, stdout, wants_json

_INTRODUCTION = """\
# Settings

Written by `tocsin settings --markdown`; do not edit.

A setting comes from the command line, else from the environment, else from the TOML file that `TOCSIN_CONFIG` (or
`--config`) names, else it has its default. In the file it goes by its name in lower case without the prefix. A name
that is not in this list, and a value that does not fit, are refused with what there could be. Besides, from the
environment alone, `TOCSIN_CACHE_DIR` says where Kafka's jars are kept.

| in the environment | type | default | meaning |
|---|---|---|---|
"""


def settings(
    markdown: Annotated[bool, typer.Option("--markdown", help="As the page of the documentation.")] = False,
    config: Config = None,
    as_json: AsJson = None,
) -> None:
    """Show all settings: name, type, default, meaning; and the value that counts here."""
    rows = _rows()
    if markdown:
        typer.echo(page(), nl=False)
        return
    values = load_settings(config=config).model_dump(mode="json")
    if wants_json(as_json):
        for row in rows:
            emit({**row, "value": values[row["name"]]})
        return
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 1, 1, 0))
    for column in ("in the environment", "value here", "what it may be", "meaning"):
        table.add_column(column, overflow="fold")
    for row in rows:
        value = _shown(values[row["name"]])
        changed = value != row["default"]
        table.add_row(row["env"], Text(value, style="bold cyan" if changed else ""), row["type"], row["meaning"])
    stdout().print(table)


def page() -> str:
    """Return the documentation of all settings, in Markdown."""
    lines = []
    for row in _rows():
        default = f"`{row['default']}`" if row["default"] else ""
        lines.append(f"| `{row['env']}` | {row['type']} | {default} | {row['meaning']} |\n")
    return _INTRODUCTION + "".join(lines)


def _rows() -> list[dict[str, str]]:
    from streams.settings import PREFIX, Settings

    schema = Settings.model_json_schema()
    return [
        {
            "name": name,
            "env": PREFIX + name.upper(),
            "type": _type(field, schema.get("$defs", {})),
            "default": _shown(field.get("default")),
            "meaning": " ".join(field.get("description", "").split()),
        }
        for name, field in schema["properties"].items()
    ]


def _shown(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _type(field: dict[str, Any], definitions: dict[str, Any]) -> str:
    """Say in words what a value may be."""
    if "$ref" in field:
        return _type(definitions[field["$ref"].rpartition("/")[2]], definitions)
    if "anyOf" in field:
        return " or ".join(_type(f, definitions) for f in field["anyOf"] if f.get("type") != "null")
    if "enum" in field:
        return ", ".join(str(v) for v in field["enum"])
    words = {"integer": "whole number", "number": "number", "boolean": "true or false", "string": "text"}
    kind = "file or folder" if field.get("format") == "path" else words.get(field.get("type", ""), "text")
    low, above, high = (field.get(k) for k in ("minimum", "exclusiveMinimum", "maximum"))
    bounds = [f"over {above:g}"] if above is not None else [f"from {low:g}"] if low is not None else []
    bounds += [f"up to {high:g}"] if high is not None else []
    return " ".join([kind, *bounds])
