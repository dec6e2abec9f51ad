"""`tocsin dlq`: what could not be processed, and why; replayed when it can be, purged in the end."""

from contextlib import nullcontext
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from streams.cli.common import (
    AsJson,
    Bootstrap,
    CliError,
    Config,
    Namespace,
    clean,
    counted,
    emit,
    instant,
    load_settings,
    measured,
    moment,
    stderr,
    stdout,
    wants_json,
)

if TYPE_CHECKING:
    from schemas.topics import Stream
    from streams.desk.letterbox import Purge, Tally
    from streams.desk.letters import Letter, LetterFilter

app = typer.Typer(
    help="Look at what could not be processed, replay it, purge it.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
)

_SHOWN_BYTES = 2000
_TYPED = ("topic", "stage", "reason")
"""Columns of what people type into the next command: whole, whatever the width."""
_WHICH = "Which"
StreamName = Annotated[str, typer.Argument(metavar="STREAM", help="Whose: reports, mentions, exposures or actions.")]
Reason = Annotated[
    str | None, typer.Option("--reason", help="Only with this reason, such as step_failed.", rich_help_panel=_WHICH)
]
StageName = Annotated[
    str | None, typer.Option("--stage", help="Only of this stage: read, fuse, watch or admit.", rich_help_panel=_WHICH)
]
Since = Annotated[
    str | None,
    typer.Option("--since", help="Only those that died since: 2026-01-31T14:00Z, or 2h ago.", rich_help_panel=_WHICH),
]
Until = Annotated[str | None, typer.Option("--until", help="Only those that died before.", rich_help_panel=_WHICH)]
Yes = Annotated[
    bool,
    typer.Option("--yes/--dry-run", help="Do it; without this, only tell what would be done.", show_default="dry run"),
]


@app.command(name="list")
def list_(
    reason: Reason = None,
    stage: StageName = None,
    since: Since = None,
    until: Until = None,
    namespace: Namespace = None,
    bootstrap: Bootstrap = None,
    config: Config = None,
    as_json: AsJson = None,
) -> None:
    """Count dead letters by topic, stage and reason, and how many were replayed."""
    from streams.admin import probe
    from streams.desk.letterbox import Letterbox

    settings = load_settings(namespace, bootstrap, config)
    probe(settings.connection)
    where = _filter(reason, stage, since, until)
    rows: list[dict[str, Any]] = []
    for stream in _inputs().values():
        with Letterbox(settings.connection, settings.namespace, stream) as box:
            rows += [
                {
                    "topic": box.topic,
                    "stage": heap.stage,
                    "reason": heap.reason,
                    "count": heap.count,
                    "replayed": heap.replayed,
                    "referenced": heap.referenced,
                    "latest": moment(datetime.fromtimestamp(heap.latest_ms / 1000, UTC)),
                }
                for heap in box.heaps(where)
            ]
    if wants_json(as_json):
        for row in rows:
            emit(row)
        return
    if not rows:
        stdout().print("✓ no dead letters", style="green")
        return
    from rich.text import Text

    from streams.cli.columns import Columns

    numbers = [column for column, cell in rows[0].items() if isinstance(cell, int)]
    cells = [[Text(f"{c:,}" if isinstance(c, int) else clean(c)) for c in row.values()] for row in rows]
    stdout().print(Columns(list(rows[0]), cells, whole=_TYPED, right=numbers))
    stderr().print("tocsin dlq show STREAM shows them, tocsin dlq replay STREAM sends the originals again", style="dim")


@app.command()
def show(
    stream: StreamName,
    last: Annotated[int, typer.Option(min=1, help="The last so many.")] = 5,
    reason: Reason = None,
    stage: StageName = None,
    since: Since = None,
    until: Until = None,
    namespace: Namespace = None,
    bootstrap: Bootstrap = None,
    config: Config = None,
    as_json: AsJson = None,
) -> None:
    """Show the last dead letters of a topic: why, and the original bytes with everything in them made visible."""
    from streams.admin import probe
    from streams.desk.letterbox import Letterbox

    source, where = _stream(stream), _filter(reason, stage, since, until)
    settings = load_settings(namespace, bootstrap, config)
    probe(settings.connection)
    with Letterbox(settings.connection, settings.namespace, source) as box:
        found = box.latest(where, last)
        for letter in found:
            if wants_json(as_json):
                emit(_document(letter, replayed=box.replayed(letter)))
            else:
                _show(letter, replayed=box.replayed(letter))
    if not found:
        stderr().print("no dead letters", style="dim")


@app.command()
def replay(
    stream: StreamName,
    yes: Yes = False,
    reason: Reason = None,
    stage: StageName = None,
    since: Since = None,
    until: Until = None,
    namespace: Namespace = None,
    bootstrap: Bootstrap = None,
    config: Config = None,
) -> None:
    """Send the originals of dead letters again, each once and in their order, when what failed on them is mended.

    Originals that the letters do not hold (over the flood limit) are fetched from their topic. What was replayed is
    marked: a second replay leaves it out.
    """
    from streams.admin import probe
    from streams.desk.letterbox import Letterbox
    from streams.desk.sending import Sender

    source, where = _stream(stream), _filter(reason, stage, since, until)
    settings = load_settings(namespace, bootstrap, config)
    probe(settings.connection)
    with (
        Letterbox(settings.connection, settings.namespace, source) as box,
        Sender(settings.connection, settings.namespace) if yes else nullcontext() as sender,
        measured("dead letters") as show_count,
    ):
        tally = box.replay(where, sender, lambda count: show_count(count, None))
    _tell_replay(tally, source.topic(settings.namespace), done=yes)
    raise typer.Exit(1 if tally.gone else 0)


@app.command()
def purge(
    stream: StreamName,
    yes: Yes = False,
    until: Annotated[
        str | None, typer.Option("--until", help="Letters that died before: 2026-01-31T14:00Z, or 30d ago.")
    ] = None,
    replayed: Annotated[bool, typer.Option("--replayed", help="Only letters that were replayed.")] = False,
    namespace: Namespace = None,
    bootstrap: Bootstrap = None,
    config: Config = None,
) -> None:
    """Delete dead letters for good, from the oldest on; which originals they spoke of stays on record.

    Kafka cuts a partition from its front, so letters behind one that is to stay, stay as well.
    """
    from streams.admin import Admin
    from streams.desk.letterbox import Letterbox
    from streams.desk.sending import Sender

    if until is None and not replayed:
        raise CliError("say which: --until an instant, --replayed, or both")
    source, before = _stream(stream), _instant(until)
    settings = load_settings(namespace, bootstrap, config)
    with (
        Admin(settings.connection) as admin,
        Letterbox(settings.connection, settings.namespace, source) as box,
    ):
        plan = box.plan_purge(before, replayed=replayed)
        if yes and plan.letters:
            with Sender(settings.connection, settings.namespace) as sender:
                box.purge(sender, admin, plan)
        _tell_purge(plan, box.topic, done=yes)


def _tell_replay(tally: "Tally", topic: str, *, done: bool) -> None:
    verb = "sent" if done else "would send"
    line = f"{verb} {counted(tally.sent, 'original')} to {topic} again"
    notes = [
        f"{count:,} {what}"
        for count, what in (
            (tally.already, "were replayed before"),
            (tally.doubles, "are second letters of the same original"),
            (len(tally.gone), "have no original any more"),
        )
        if count
    ]
    stderr().print("; ".join([line, *notes]), style="green" if done else "yellow")
    for letter in tally.gone[:20]:
        place = (
            f"{letter.topic}/{letter.origin.partition}/{letter.origin.offset}" if letter.origin else "an unknown place"
        )
        stderr().print(f"✗ gone: {place}, {clean(letter.reason)} at {_when(letter)}", style="red")
    if not done and tally.sent:
        stderr().print("nothing was sent yet: --yes does it", style="dim")


def _tell_purge(plan: "Purge", topic: str, *, done: bool) -> None:
    verb = "deleted" if done else "would delete"
    line = f"{verb} {counted(plan.letters, 'letter')} of {topic}"
    if plan.never_replayed:
        line += f", {plan.never_replayed:,} of which were never replayed"
    if plan.kept:
        line += f"; {plan.kept:,} stay, as a letter before them stays"
    stderr().print(line, style="green" if done else "yellow")
    if not done and plan.letters:
        stderr().print("nothing was deleted yet: --yes does it, for good", style="dim")


def _show(letter: "Letter", *, replayed: bool) -> None:
    out = stdout()
    where = f"{letter.topic}/{letter.origin.partition}/{letter.origin.offset}" if letter.origin else letter.topic
    out.print(
        f"{clean(letter.reason)}  {clean(where)}  at {_when(letter)}{'  replayed' if replayed else ''}",
        style="bold yellow",
    )
    out.print(f"  {clean(letter.stage)}: {clean(letter.error)}")
    if not letter.whole:
        out.print("  too many at once: only where the original lies is kept", style="dim")
        return
    body = letter.value.decode(errors="backslashreplace")
    key = "" if letter.key is None else clean(letter.key.decode(errors="backslashreplace"))
    out.print(f"  key {key}", style="dim")
    more = f" … {len(body) - _SHOWN_BYTES:,} more" if len(body) > _SHOWN_BYTES else ""
    out.print(f"  {clean(body[:_SHOWN_BYTES])}{more}\n", style="dim")


def _document(letter: "Letter", *, replayed: bool) -> dict[str, Any]:
    import base64

    from schemas.record import rfc3339

    document: dict[str, Any] = {
        "reason": letter.reason,
        "error": letter.error,
        "stage": letter.stage,
        "topic": letter.topic,
        "partition": letter.origin.partition if letter.origin else None,
        "offset": letter.origin.offset if letter.origin else None,
        "timestamp_ms": letter.timestamp_ms,
        "at": rfc3339(datetime.fromtimestamp(letter.written_ms / 1000, UTC)),
        "original": "here" if letter.whole else "referenced",
        "replayed": replayed,
        "key_base64": base64.b64encode(letter.key or b"").decode(),
    }
    if letter.whole:
        document["value_base64"] = base64.b64encode(letter.value).decode()
    headers = {name: (value or b"").decode(errors="replace") for name, value in letter.headers}
    return {**document, "headers": headers}


def _when(letter: "Letter") -> str:
    return moment(datetime.fromtimestamp(letter.written_ms / 1000, UTC))


def _inputs() -> "dict[str, Stream]":
    from schemas.topics import all_streams

    return {s.name: s for s in all_streams() if s.input}


def _stream(name: str) -> "Stream":
    inputs = _inputs()
    if name not in inputs:
        raise CliError(f"{clean(name)!r} has no dead letters: one of {', '.join(inputs)}")
    return inputs[name]


def _filter(reason: str | None, stage: str | None, since: str | None, until: str | None) -> "LetterFilter":
    from schemas.outcome import DeadLetterReason, StageName
    from streams.desk.letters import LetterFilter

    for what, value, allowed in (("reason", reason, list(DeadLetterReason)), ("stage", stage, list(StageName))):
        if value is not None and value not in allowed:
            raise CliError(f"{clean(value)!r} is no {what} of dead letters: one of {', '.join(allowed)}")
    return LetterFilter(reason, stage, _instant(since), _instant(until))


def _instant(text: str | None) -> datetime | None:
    return instant(text, datetime.now(UTC)) if text else None
