"""The `tocsin` command: finds the command that was asked for, and ends every failure in one clear line.

Exit status: 0 done; 1 the broker, or some of the input, would not; 2 what was asked for makes no sense. Commands are
imported when they run, so that `tocsin --help` is quick.
"""

import importlib
import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from streams.cli.common import CliError, clean, stderr


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a command lives, and its line in the help."""

    place: str
    """`module:name` under `streams.cli`: a function, or a Typer app of several."""
    help: str
    panel: str


_RUN, _FEED, _WATCH, _OPERATE, _KEEP = "Run", "Feed", "Watch", "Act", "Keep"

COMMANDS = {
    "up": Entry("run:up", "Run everything on this machine: broker, topics and workers, until Ctrl-C.", _RUN),
    "demo": Entry("demo:demo", "Play nine days of invented reports, and show the alerts that they raise.", _RUN),
    "worker": Entry("run:worker", "Run one worker of the route, until SIGTERM or Ctrl-C.", _RUN),
    "send": Entry("send:send", "Send reports: JSON lines, or one plain text.", _FEED),
    "read": Entry("read:read", "Show what the reader makes of reports, without sending them.", _FEED),
    "subscribe": Entry("subscribe:subscribe", "Show alerts as they are made.", _WATCH),
    "alerts": Entry("subscribe:alerts", "Show what is open now.", _WATCH),
    "replay": Entry(
        "replay:replay", "Play what came in again, in a namespace of its own, and tell how the alerts differ.", _FEED
    ),
    "explain": Entry(
        "explain:explain",
        "Tell why there is an alert, what became of a report, or what is normal at a facility.",
        _WATCH,
    ),
    "backtest": Entry("backtest:backtest", "Tell what would have been alerted in a history of your own.", _WATCH),
    "ack": Entry("actions:ack", "Take alerts on: others see who deals with them.", _OPERATE),
    "note": Entry("actions:note", "Say something about an alert.", _OPERATE),
    "dismiss": Entry("actions:dismiss", "End alerts that should not have been raised.", _OPERATE),
    "silence": Entry("actions:silence", "Page nobody about alerts for a while.", _OPERATE),
    "resolve": Entry("actions:resolve", "End alerts that have been dealt with.", _OPERATE),
    "doctor": Entry("doctor:doctor", "Tell whether everything works, and what to do where it does not.", _KEEP),
    "topics": Entry("topics:app", "Check, create, mend, export or import the topics of a namespace.", _KEEP),
    "facilities": Entry("facilities:app", "Check, list or publish the facilities that are watched over.", _KEEP),
    "policy": Entry("policy:app", "Check, show or publish the policy.", _KEEP),
    "dlq": Entry("dlq:app", "Look at what could not be processed, replay it, purge it.", _KEEP),
    "keys": Entry("keys:app", "Make and show keys that sign alerts and reports.", _KEEP),
    "acls": Entry("acls:acls", "Show, give or take the rights of a role on a namespace.", _KEEP),
    "settings": Entry("settings:settings", "Show all settings: name, type, default, meaning.", _KEEP),
}


class _Commands(TyperGroup):
    """Lists commands from the table above; imports the one that runs."""

    def __init__(self, **attributes: Any) -> None:  # noqa: ANN401  Typer's
        super().__init__(**attributes)
        self.commands = {
            name: TyperCommand(name, help=entry.help, rich_help_panel=entry.panel) for name, entry in COMMANDS.items()
        }

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401  Typer keeps click's types to itself
        name, _, rest = super().resolve_command(ctx, args)
        return name, load(name or ""), rest


def load(name: str) -> Any:  # noqa: ANN401  Typer keeps click's types to itself
    """Import a command."""
    module, _, attribute = COMMANDS[name].place.partition(":")
    found = getattr(importlib.import_module(f"streams.cli.{module}"), attribute)
    if not isinstance(found, typer.Typer):
        alone = typer.Typer(add_completion=False, rich_markup_mode="markdown")
        alone.command(name)(found)
        found = alone
    command = typer.main.get_command(found)
    command.name = name
    return command


app = typer.Typer(cls=_Commands, no_args_is_help=True, rich_markup_mode="markdown", pretty_exceptions_enable=False)


def _show_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version as installed

        typer.echo(f"tocsin {installed('tocsin')}")
        raise typer.Exit


@app.callback(
    help="Tocsin reads reports about attacks and threats, and raises an alert when incidents cluster around a facility."
)
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and end.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an unexpected error comes from.")] = False,
) -> None:
    del version  # shown before a command is looked for
    _Debug.on = debug


class _Debug:
    on = False


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line; always ends in SystemExit."""
    _speak_utf8()
    try:
        typer.main.get_command(app)(args=None if arguments is None else list(arguments), prog_name="tocsin")
    except Exception as e:  # every failure ends in one line
        message, status = _told(e)
        stderr().print(f"tocsin: {clean(message)}", style="red", soft_wrap=True)
        if _Debug.on:
            raise
        sys.exit(status)
    sys.exit(0)


def _speak_utf8() -> None:
    """Write UTF-8 into pipes, as JSON is; to a terminal of another encoding what it lacks as escapes."""
    if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.encoding.lower().startswith("utf"):
        if sys.stdout.isatty():
            sys.stdout.reconfigure(errors="backslashreplace")
        else:
            sys.stdout.reconfigure(encoding="utf-8")


_ASKED_WRONGLY = frozenset(
    {
        "streams.settings.SettingsError",
        "streams.geojson.GazetteerError",
        "streams.policy_file.PolicyError",
    }
)
_WOULD_NOT = frozenset(
    {
        "streams.admin.AdminError",
        "streams.desk.sending.SendError",
        "streams.broker.errors.BrokerError",
        "streams.resources.ResourceMissingError",
        "streams.desk.audit.AuditError",
        "streams.desk.backup.BackupError",
        "alerts.tail.TopicError",
        "kafka.errors.KafkaError",
    }
)


def _told(error: Exception) -> tuple[str, int]:
    """Return the line and the exit status of a failure; classes go by name, so that none is imported for this."""
    kinds = {f"{kind.__module__}.{kind.__qualname__}" for kind in type(error).__mro__}
    if isinstance(error, CliError):
        return str(error), error.status
    if kinds & _ASKED_WRONGLY:
        return str(error), 2
    if kinds & _WOULD_NOT:
        return str(error), 1
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}" if error.filename else str(error), 2
    return f"unexpected {type(error).__name__}: {error} (`tocsin --debug ...` shows where it comes from)", 1
