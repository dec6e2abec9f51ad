"""What the commands share: where to connect, how to fail in one line, how to write for people and for machines.

Texts of reports are other people's: whatever a terminal would obey is made visible before it is shown.
"""

import os
import re
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from streams.steering import escaped_json, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console

    from schemas.record import Record
    from streams.settings import Settings

_WHERE = "Where"

Namespace = Annotated[
    str | None,
    typer.Option(
        "--namespace", "-n", help="First part of every topic's name.", show_default="tocsin", rich_help_panel=_WHERE
    ),
]
Bootstrap = Annotated[
    str | None,
    typer.Option(
        "--bootstrap",
        "-b",
        metavar="HOST:PORT",
        help="Address of the broker.",
        show_default="that of `tocsin up` on this machine, else 127.0.0.1:9092",
        rich_help_panel=_WHERE,
    ),
]
Config = Annotated[
    Path | None,
    typer.Option(
        "--config", metavar="FILE", help="TOML file of settings; see `tocsin settings`.", rich_help_panel=_WHERE
    ),
]
AsJson = Annotated[
    bool | None,
    typer.Option("--json/--text", help="One JSON object a line, or for people.", show_default="text at a terminal"),
]


class CliError(Exception):
    """Ends a command with one line on stderr and an exit status: 2 for what was asked, 1 for what went wrong."""

    def __init__(self, message: str, status: int = 2) -> None:
        super().__init__(message)
        self.status = status


def load_settings(namespace: str | None = None, bootstrap: str | None = None, config: Path | None = None) -> "Settings":
    """Read the settings; what is given here wins. Where no broker is named, `tocsin up` may run one here."""
    from streams.settings import PREFIX, load

    if config is not None:
        if not config.is_file():
            raise CliError(f"{config}: there is no such file of settings")
        os.environ[PREFIX + "CONFIG"] = str(config)
    settings = load(namespace=namespace, bootstrap=bootstrap)
    if "bootstrap" in settings.model_fields_set:
        return settings
    from streams.broker import running_at

    local = running_at(settings.state_dir / "kafka")
    return settings.model_copy(update={"bootstrap": local}) if local else settings


def stdout() -> "Console":
    """Return the console for results; the same text whatever stands in it."""
    from streams.cli.terminal import SafeConsole

    return SafeConsole()


def stderr() -> "Console":
    """Return the console for everything that is not the result."""
    from streams.cli.terminal import SafeConsole

    return SafeConsole(stderr=True, soft_wrap=not sys.stderr.isatty())


@contextmanager
def progress(what: str, total: int | None = None) -> "Iterator[Callable[[int], None]]":
    """Show how far something has come, where somebody looks; yields what is told of each advance."""
    with measured(what, total) as tell:
        done = 0

        def advance(count: int) -> None:
            nonlocal done
            done += count
            tell(done, total)

        yield advance


@contextmanager
def measured(what: str, total: int | None = None) -> "Iterator[Callable[[int, int | None], None]]":
    """Show how far something has come, where somebody looks; yields what takes how much is done, and of how much."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=stderr(), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def wants_json(as_json: bool | None) -> bool:
    """Whether to write JSON: as asked, else when nobody is looking."""
    return not sys.stdout.isatty() if as_json is None else as_json


def emit(record: "Record | dict[str, Any]") -> None:
    """Write one line of JSON to stdout, at once."""
    import orjson

    body = orjson.dumps(record) if isinstance(record, dict) else record.to_json()
    sys.stdout.write(escaped_json(body.decode()) + "\n")
    sys.stdout.flush()


def clean(text: str, *, lines: bool = False) -> str:
    """Make visible whatever a terminal would obey; line feeds stay where `lines` is set."""
    return visible(text, lines=lines)


def instant(text: str, now: datetime, *, ahead: bool = False) -> datetime:
    """Read an instant: RFC 3339 with a time zone, or how long ago (`ahead`: from now), as `90s`, `30min`, `2h`, `3d`.

    Raises
    ------
    CliError
        It is neither.
    """
    if (match := _DURATION.fullmatch(text.strip())) and not (ahead and match["ago"]):
        try:
            duration = timedelta(seconds=float(match["count"]) * _UNITS[match["unit"]])
            return now + duration if ahead else now - duration
        except OverflowError:
            raise CliError(f"{clean(text)} from now lies beyond the years 1 to 9999") from None
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise CliError(
            f"{clean(text)!r} is no instant: write 2026-01-31T14:00Z, or a duration: 30min, 2h, 3d"
        ) from None
    if found.tzinfo is None:
        raise CliError(
            f"{clean(text)} has no time zone: write {clean(text)}Z for UTC, or end it with an offset like +03:00"
        )
    return found.astimezone(UTC)


def moment(at: datetime) -> str:
    """Write an instant for people: `2026-01-31 14:00Z`."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M}Z"


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """Write a count for people: `1 report`, `1,200 reports`."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def span(duration: timedelta) -> str:
    """Write a duration for people: `45 s`, `12 min`, `5 h`, `3 d`."""
    seconds = max(0.0, duration.total_seconds())
    for unit, size, enough in (("s", 1, 120), ("min", 60, 7200), ("h", 3600, 172_800)):
        if seconds < enough:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds / 86_400:.0f} d"


_DURATION = re.compile(r"(?P<count>\d+(\.\d+)?)\s*(?P<unit>s|min|h|d)(?P<ago>\s+ago)?")
_UNITS = {"s": 1, "min": 60, "h": 3600, "d": 86_400}
