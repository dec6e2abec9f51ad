"""What is told and asked for before something is published that ends a watch: one flag, the same words everywhere."""

from typing import TYPE_CHECKING, Annotated

import typer

from streams.cli.common import CliError, clean, stderr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.alert import Alert

_SHOWN = 8
Yes = Annotated[
    bool | None,
    typer.Option(
        "--yes/--dry-run",
        help="Do it, whatever ends by it; or only say what would change.",
        show_default="do it, unless the watch over much, or over an open alert, would end",
    ),
]


def tell_cancelled(ending: "Sequence[Alert]") -> None:
    """Say which open alerts would end, the gravest first."""
    for alert in ending[:_SHOWN]:
        stderr().print(f"cancel        {clean(alert.headline)}  ({clean(alert.alert_id)})", style="bold red")
    if len(ending) > _SHOWN:
        stderr().print(f"cancel        and {len(ending) - _SHOWN:,} more open alerts", style="bold red")


def goes_ahead(reason: str | None, *, yes: bool | None) -> bool:
    """Whether to publish; after a dry run, which is told, not.

    Parameters
    ----------
    reason
        Why it is not done in passing; None where it is.
    yes
        What was said: --yes, --dry-run or nothing.

    Raises
    ------
    CliError
        There is a reason, and nothing was said.
    """
    if yes is False:
        wants = "; that wants --yes" if reason else ""
        stderr().print(f"nothing was published: {reason or 'a dry run'}{wants}", style="dim")
    elif reason and not yes:
        raise CliError(f"{reason}. Nothing was published yet: --yes does it")
    return yes is not False
