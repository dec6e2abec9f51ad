"""`tocsin dlq`: what could not be processed, why, and the original bytes."""

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from streams.cli.common import (
    AsJson,
    Bootstrap,
    CliError,
    Config,
    Namespace,
    clean,
    emit,
    load_settings,
    stderr,
    stdout,
    wants_json,
)

if TYPE_CHECKING:
    from alerts.tail import Message

app = typer.Typer(help="Look at what could not be processed.", no_args_is_help=True, rich_markup_mode="markdown")

_SHOWN_BYTES = 2000


@app.command(name="list")
def list_(
    namespace: Namespace = None, bootstrap: Bootstrap = None, config: Config = None, as_json: AsJson = None
) -> None:
    """Count dead letters by topic and reason."""
    from datetime import UTC, datetime

    from alerts.tail import Tail
    from schemas.topics import all_streams
    from streams.admin import probe
    from streams.cli.common import moment

    settings = load_settings(namespace, bootstrap, config)
    probe(settings.connection)
    rows: list[dict[str, Any]] = []
    for stream in all_streams():
        if not stream.input:
            continue
        counts: Counter[str] = Counter()
        latest: dict[str, int] = {}
        with Tail(settings.connection, stream.dead_letters(settings.namespace)) as tail:
            tail.to_beginning()
            for message in tail.until_now():
                reason = _about(message)["reason"]
                counts[reason] += 1
                latest[reason] = max(latest.get(reason, 0), message.timestamp_ms)
        rows += [
            {
                "topic": stream.dead_letters(settings.namespace),
                "reason": reason,
                "count": count,
                "latest": moment(datetime.fromtimestamp(latest[reason] / 1000, UTC)),
            }
            for reason, count in counts.most_common()
        ]
    if wants_json(as_json):
        for row in rows:
            emit(row)
        return
    if not rows:
        stdout().print("✓ no dead letters", style="green")
        return
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("topic", "reason", "count", "latest"):
        table.add_column(column, justify="right" if column == "count" else "left", overflow="fold")
    for row in rows:
        table.add_row(row["topic"], clean(row["reason"]), f"{row['count']:,}", row["latest"])
    stdout().print(table)
    stderr().print("tocsin dlq show STREAM shows the latest ones", style="dim")


@app.command()
def show(
    stream: Annotated[str, typer.Argument(help="Whose: reports, mentions, exposures or actions.")],
    last: Annotated[int, typer.Option(min=1, help="The last so many.")] = 5,
    reason: Annotated[str | None, typer.Option(help="Only with this reason.")] = None,
    namespace: Namespace = None,
    bootstrap: Bootstrap = None,
    config: Config = None,
    as_json: AsJson = None,
) -> None:
    """Show the last dead letters of a topic: why, and the original bytes with everything in them made visible."""
    from alerts.tail import Tail
    from schemas.topics import all_streams
    from streams.admin import probe

    inputs = {s.name: s for s in all_streams() if s.input}
    if stream not in inputs:
        raise CliError(f"{clean(stream)!r} has no dead letters: one of {', '.join(inputs)}")
    settings = load_settings(namespace, bootstrap, config)
    probe(settings.connection)
    with Tail(settings.connection, inputs[stream].dead_letters(settings.namespace)) as tail:
        tail.to_beginning()
        found = [m for m in tail.until_now() if reason in (None, _about(m)["reason"])]
    found.sort(key=lambda m: (m.timestamp_ms, m.partition, m.offset))
    for message in found[-last:]:
        if wants_json(as_json):
            emit(_document(message))
        else:
            _show(message)
    if not found:
        stderr().print("no dead letters", style="dim")


def _show(message: "Message") -> None:
    about = _about(message)
    out = stdout()
    out.print(
        f"{about['reason']}  {about['topic']}/{about['partition']}/{about['offset']}  at {about['at']}",
        style="bold yellow",
    )
    out.print(f"  {about['error']}")
    if about["original"] == "referenced":
        out.print("  too many at once: only where the original lies is kept", style="dim")
        return
    body = (message.value or b"").decode(errors="backslashreplace")
    key = "" if message.key is None else clean(message.key.decode(errors="backslashreplace"))
    out.print(f"  key {key}", style="dim")
    more = f" … {len(body) - _SHOWN_BYTES:,} more" if len(body) > _SHOWN_BYTES else ""
    out.print(f"  {clean(body[:_SHOWN_BYTES])}{more}\n", style="dim")


def _document(message: "Message") -> dict[str, Any]:
    import base64

    original: dict[str, Any] = {"key_base64": base64.b64encode(message.key or b"").decode()}
    if _about(message)["original"] != "referenced":
        original["value_base64"] = base64.b64encode(message.value or b"").decode()
    headers = {k: v.decode(errors="replace") for k, v in message.headers if not k.startswith("dlq_") and v is not None}
    return {**_about(message), **original, "headers": headers}


def _about(message: "Message") -> dict[str, str]:
    """Return what the guard wrote beside the original."""
    headers = {k: clean((v or b"").decode(errors="replace")) for k, v in message.headers}
    names = ("reason", "error", "stage", "topic", "partition", "offset", "at", "original")
    return {name: headers.get(f"dlq_{name}", "") for name in names}
