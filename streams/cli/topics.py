"""`tocsin topics`: checks the topics of a namespace, makes them, sets them back; to files and from files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
    load_settings,
    measured,
    stderr,
    stdout,
    wants_json,
)

if TYPE_CHECKING:
    from schemas.topics import Stream
    from streams.topology import Drift

app = typer.Typer(
    help="Check, create, mend, export or import the topics of a namespace.",
    add_completion=False,
    rich_markup_mode="markdown",
)


@app.callback(invoke_without_command=True)
def check(
    context: typer.Context,
    fix: Annotated[bool, typer.Option("--fix", help="Set changed configuration back to what it should be.")] = False,
    namespace: Namespace = None,
    bootstrap: Bootstrap = None,
    config: Config = None,
    as_json: AsJson = None,
) -> None:
    """Check, create, mend, export or import the topics of a namespace.

    Without a command: compare the topics with what they should be. The exit status is 1 when something differs.
    Partitions are never added: a key's history would be torn from it.
    """
    if context.invoked_subcommand is not None:
        return
    from streams.admin import Admin
    from streams.topology import topic_specs

    settings = load_settings(namespace, bootstrap, config)
    with Admin(settings.connection) as admin:
        drifts = admin.check_topics(settings.namespace)
        if fix:
            for drift in admin.fix(drifts):
                stderr().print(f"{drift.topic}: {drift.setting} set back to {drift.expected}")
            drifts = admin.check_topics(settings.namespace)
        partitions = admin.partitions(settings.namespace)
    if partitions is None:
        raise CliError(f"namespace {settings.namespace} has no topics: `tocsin topics create` makes them", status=1)
    if wants_json(as_json):
        for drift in drifts:
            emit(
                {
                    "topic": drift.topic,
                    "kind": drift.kind,
                    "setting": drift.setting,
                    "expected": drift.expected,
                    "found": drift.found,
                    "advice": drift.advice,
                }
            )
    elif drifts:
        stdout().print(_table(drifts))
    else:
        count = sum(1 for _ in topic_specs(settings.namespace))
        stdout().print(
            f"✓ {count} topics of {settings.namespace}, {partitions} partitions each: all as they should be",
            style="green",
        )
    raise typer.Exit(1 if drifts else 0)


@app.command()
def create(
    partitions: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=1000,
            help="Partitions of each topic, for ever; as many processes can share the work.",
            show_default="12",
        ),
    ] = None,
    replication: Annotated[
        int | None,
        typer.Option(min=1, max=9, help="Copies of each: 3 where a broker's loss must be survived.", show_default="1"),
    ] = None,
    namespace: Namespace = None,
    bootstrap: Bootstrap = None,
    config: Config = None,
) -> None:
    """Create the topics that are missing."""
    from streams.admin import Admin

    settings = load_settings(namespace, bootstrap, config)
    with Admin(settings.connection) as admin:
        wanted = partitions or admin.partitions(settings.namespace) or settings.partitions
        created = admin.create_topics(
            settings.namespace,
            wanted,
            replication or settings.replication,
            lambda topic: stderr().print(f"  {topic}", style="dim"),
        )
    if created:
        stderr().print(
            f"✓ created {len(created)} topics of {settings.namespace}, {wanted} partitions each", style="green"
        )
    else:
        stderr().print(f"✓ {settings.namespace} has all its topics already, {wanted} partitions each", style="green")


Streams = Annotated[
    list[str] | None, typer.Option("--stream", help="Only this one, such as reports; may be given again.")
]


@app.command(name="export")
def export_(
    folder: Annotated[Path, typer.Argument(help="Folder for the files, <stream>.jsonl; made if need be.")],
    stream: Streams = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Write over files of an earlier export.")] = False,
    namespace: Namespace = None,
    bootstrap: Bootstrap = None,
    config: Config = None,
) -> None:
    """Write topics to files: by default facilities, policy, reports, actions, alerts, readings and incidents."""
    from streams.admin import probe
    from streams.desk.backup import KEPT, export

    settings = load_settings(namespace, bootstrap, config)
    chosen = _chosen(stream, KEPT)
    files = {each: folder / f"{each.name}.jsonl" for each in chosen}
    if not overwrite and (there := [file for file in files.values() if file.exists()]):
        raise CliError(f"{there[0]} is there already: take another folder, or --overwrite")
    probe(settings.connection)
    folder.mkdir(parents=True, exist_ok=True)
    for each, file in files.items():
        with measured(each.name) as show:
            count = export(settings.connection, each.topic(settings.namespace), file, show)
        stderr().print(f"✓ {counted(count, 'record')} to {file}", style="green")


@app.command(name="import")
def import_(
    folder: Annotated[Path, typer.Argument(help="Folder that `tocsin topics export` wrote.")],
    stream: Streams = None,
    namespace: Namespace = None,
    bootstrap: Bootstrap = None,
    config: Config = None,
) -> None:
    """Send what was exported to topics that are empty: by default facilities and policy.

    From reports the workers make everything else anew, so import either those or what was made of them, not both.
    """
    from streams.desk.backup import GIVEN, load
    from streams.desk.sending import Sender

    settings = load_settings(namespace, bootstrap, config)
    chosen = _chosen(stream, GIVEN)
    files = {each: folder / f"{each.name}.jsonl" for each in chosen}
    for file in files.values():
        if not file.is_file():
            raise CliError(f"{file}: there is no such file")
    for each, file in files.items():
        with Sender(settings.connection, settings.namespace) as sender, measured(each.name) as show:
            count = load(settings.connection, each.topic(settings.namespace), file, sender, show)
        stderr().print(f"✓ {counted(count, 'record')} to {each.topic(settings.namespace)}", style="green")


def _chosen(names: list[str] | None, default: "tuple[Stream, ...]") -> "tuple[Stream, ...]":
    from streams.desk.backup import by_name

    streams = by_name()
    for name in names or ():
        if name not in streams:
            raise CliError(f"{clean(name)!r} is no stream: one of {', '.join(streams)}")
    return tuple(streams[name] for name in names) if names else default


def _table(drifts: "list[Drift]") -> object:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("topic", "what", "should be", "is", "what to do"):
        table.add_column(column, overflow="fold")
    for drift in drifts:
        what = "" if drift.kind == "missing" else drift.setting
        table.add_row(drift.topic, what, drift.expected, drift.found, drift.advice)
    return table
