"""`tocsin acls`: the rights that a role needs, to read, to hand to Kafka's own tool, or given and taken here."""

import re
from typing import TYPE_CHECKING, Annotated

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
    from streams.roles import Grant

_ROLES = "reporter, worker, subscriber, operator or admin"


def acls(
    role: Annotated[str, typer.Option("--role", help=f"What the principal is there for: {_ROLES}.")],
    principal: Annotated[str, typer.Option("--principal", metavar="User:NAME", help="Who it is, as Kafka names it.")],
    apply: Annotated[bool, typer.Option("--apply", help="Give these rights.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Take these rights.")] = False,
    as_commands: Annotated[bool, typer.Option("--commands", help="As commands for Kafka's kafka-acls.sh.")] = False,
    namespace: Namespace = None,
    bootstrap: Bootstrap = None,
    config: Config = None,
    as_json: AsJson = None,
) -> None:
    """Show, give or take the rights of a role on a namespace.

    Rights are given by somebody who may alter the cluster. The consumer groups of subscribers are called
    `NAMESPACE.alerts.` and a name.

    `tocsin acls --role subscriber --principal User:desk --apply`
    """
    from streams.access import AccessAdmin
    from streams.roles import Role, commands, grants

    if role not in set(Role):
        raise CliError(f"{clean(role)!r} is no role: one of {', '.join(Role)}")
    if not re.fullmatch(r"User:[^\x00-\x1f\x7f]+", principal):
        raise CliError(f"--principal {clean(principal)}: write User:NAME, as the broker names who is connected")
    if apply and remove:
        raise CliError("--apply and --remove go against each other")
    settings = load_settings(namespace, bootstrap, config)
    given = grants(Role(role), settings.namespace)
    if as_commands:
        for line in commands(given, principal, settings.bootstrap, remove=remove):
            typer.echo(line)
        stderr().print("how an admin logs in is told by --command-config FILE, behind each", style="dim")
    elif wants_json(as_json):
        for grant in given:
            emit(_row(grant, principal))
    else:
        stdout().print(_table(given))
    if not (apply or remove):
        return
    with AccessAdmin(settings.connection) as admin:
        if apply:
            admin.grant(given, principal)
            stderr().print(f"✓ {clean(principal)} is {role} of {settings.namespace}", style="green")
        else:
            taken = admin.revoke(given, principal)
            stderr().print(f"✓ {taken} rights of {clean(principal)} in {settings.namespace} are taken", style="green")


def _row(grant: "Grant", principal: str) -> dict[str, object]:
    return {
        "principal": principal,
        "resource": grant.resource,
        "name": grant.name,
        "pattern": "prefixed" if grant.prefixed else "literal",
        "operations": list(grant.operations),
        "permission": "allow",
        "host": "*",
    }


def _table(given: "tuple[Grant, ...]") -> object:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("resource", "name", "operations"):
        table.add_column(column, overflow="fold")
    for grant in given:
        table.add_row(grant.resource, grant.name + ("*" if grant.prefixed else ""), ", ".join(grant.operations))
    return table
