"""`tocsin topics`: checks the topics of a namespace against their declaration, makes them, sets them back."""

from typing import TYPE_CHECKING, Annotated

import typer

from streams.cli.common import (
    AsJson,
    Bootstrap,
    CliError,
    Config,
    Namespace,
    emit,
    load_settings,
    stderr,
    stdout,
    wants_json,
)

if TYPE_CHECKING:
    from streams.topology import Drift

app = typer.Typer(help="Check, create or mend the topics of a namespace.", rich_markup_mode="markdown")


@app.callback(invoke_without_command=True)
def check(
    context: typer.Context,
    fix: Annotated[bool, typer.Option("--fix", help="Set changed configuration back to what it should be.")] = False,
    namespace: Namespace = None,
    bootstrap: Bootstrap = None,
    config: Config = None,
    as_json: AsJson = None,
) -> None:
    """Check, create or mend the topics of a namespace.

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


def _table(drifts: "list[Drift]") -> object:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("topic", "what", "should be", "is", "what to do"):
        table.add_column(column, overflow="fold")
    for drift in drifts:
        what = "" if drift.kind == "missing" else drift.setting
        table.add_row(drift.topic, what, drift.expected, drift.found, drift.advice)
    return table
