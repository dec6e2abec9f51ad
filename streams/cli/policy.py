"""`tocsin policy`: check a policy file, show the policy in force, publish one to every worker of a namespace."""

from pathlib import Path
from typing import Annotated

import typer

from streams.cli.asking import Yes, goes_ahead, tell_cancelled
from streams.cli.common import (
    Bootstrap,
    Config,
    Namespace,
    clean,
    counted,
    emit,
    load_settings,
    stderr,
    stdout,
)

app = typer.Typer(
    help="Check, show or publish the policy.", no_args_is_help=True, add_completion=False, rich_markup_mode="markdown"
)

File = Annotated[
    Path, typer.Argument(metavar="FILE", help="JSON: a version, and what is to differ from the default policy.")
]
_SHOWN = 20


@app.command()
def check(file: File) -> None:
    """Check a policy file: the first error with its place."""
    from streams.policy_file import load_policy

    policy = load_policy(file)
    stdout().print(
        f"✓ policy {clean(policy.name)}, version {clean(policy.version)}: {len(policy.theatres)} theatres, "
        f"{len(policy.sources)} sources, {len(policy.facilities)} facilities with settings of their own",
        style="green",
        soft_wrap=True,
    )


@app.command()
def show(
    default: Annotated[bool, typer.Option("--default", help="The one that ships with Tocsin.")] = False,
    namespace: Namespace = None,
    bootstrap: Bootstrap = None,
    config: Config = None,
) -> None:
    """Show the policy in force, as JSON: the published one, or the default where none is."""
    import orjson

    from streams.admin import probe
    from streams.desk.publishing import published_policy
    from streams.policy_file import default_policy

    policy, where = None, "the default"
    if not default:
        settings = load_settings(namespace, bootstrap, config)
        probe(settings.connection)
        policy = published_policy(settings.connection, settings.namespace)
        where = f"published in {settings.namespace}" if policy else "the default: none is published"
    policy = policy or default_policy()
    stderr().print(f"policy {clean(policy.name)}, version {clean(policy.version)}: {where}", style="dim")
    if stdout().is_terminal:
        stdout().print_json(policy.to_json().decode())
    else:
        emit(orjson.loads(policy.to_json()))


@app.command()
def publish(
    file: File,
    yes: Yes = None,
    namespace: Namespace = None,
    bootstrap: Bootstrap = None,
    config: Config = None,
) -> None:
    """Publish a policy: every worker switches to it as a whole, without a restart.

    Open alerts at a facility that it switches off are cancelled; before that they are told, and `--yes` is asked for.
    """
    from schemas.topics import POLICY
    from streams.desk.naming import facilities_in_force, or_do_you_mean
    from streams.desk.publishing import differences, published_policy
    from streams.desk.sending import Sender
    from streams.desk.takeover import cancelled, switched_off_alerts
    from streams.policy_file import default_policy, load_policy

    settings = load_settings(namespace, bootstrap, config)
    policy = load_policy(file)
    with Sender(settings.connection, settings.namespace) as sender:
        before = published_policy(settings.connection, settings.namespace)
        if before is not None and before != policy and before.version == policy.version:
            stderr().print(
                f"the policy before was version {clean(policy.version)}, too: alerts name it, so give each its own",
                style="yellow",
            )
        gazetteer = facilities_in_force(settings.connection, settings.namespace, settings.facilities)
        for named in sorted(policy.facility_ids - gazetteer.by_id.keys()):
            near = or_do_you_mean(gazetteer, named)
            stderr().print(f"{clean(named)}: no facility that is watched over has this id{clean(near)}", style="yellow")
        changes = list(differences(before or default_policy(), policy))
        for line in changes[:_SHOWN]:
            stderr().print(clean(line), style="dim")
        if len(changes) > _SHOWN:
            stderr().print(f"and {counted(len(changes) - _SHOWN, 'more change')}", style="dim")
        ending = switched_off_alerts(settings.connection, settings.namespace, gazetteer, policy)
        tell_cancelled(ending)
        if not goes_ahead(cancelled(len(ending)), yes=yes):
            return
        sender.send(POLICY, policy, policy.name)
    stderr().print(
        f"✓ published policy {clean(policy.name)}, version {clean(policy.version)}, to {settings.namespace}",
        style="green",
    )
