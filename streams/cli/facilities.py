"""`tocsin facilities`: check a file of facilities, list them, publish them to every worker of a namespace."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from streams.cli.asking import Yes, goes_ahead, tell_cancelled
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
    stderr,
    stdout,
    wants_json,
)

if TYPE_CHECKING:
    from schemas.alert import Alert
    from streams.desk.takeover import Change
    from streams.gazetteer import Gazetteer

app = typer.Typer(
    help="Check, list or publish the facilities that are watched over.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
)

_SHOWN = 8
File = Annotated[Path, typer.Argument(metavar="FILE", help="GeoJSON: a FeatureCollection of points.")]


@app.command()
def check(file: File) -> None:
    """Check a file of facilities: the first error with the feature and the field, and what is worth a look."""
    from streams.gazetteer import Gazetteer

    gazetteer = Gazetteer.from_geojson(file)
    kinds = Counter(f.kind.value for f in gazetteer.by_id.values())
    stdout().print(
        f"✓ {counted(len(gazetteer), 'facility', 'facilities')} at {counted(len(list(gazetteer.sites)), 'site')} in "
        f"{counted(len({f.country for f in gazetteer.by_id.values()}), 'country', 'countries')}, "
        f"version {gazetteer.version}",
        style="green",
        soft_wrap=True,
    )
    if kinds:
        stdout().print(", ".join(f"{count} {kind}" for kind, count in kinds.most_common()), style="dim", soft_wrap=True)
    for line in _doubts(gazetteer, file):
        stdout().print(line, style="yellow", soft_wrap=True)


@app.command(name="list")
def list_(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="GeoJSON; the published ones when left out.", show_default=False),
    ] = None,
    country: Annotated[str | None, typer.Option(help="Only in this country, ISO 3166-1 alpha-2.")] = None,
    kind: Annotated[str | None, typer.Option(help="Only of this kind, such as air_base.")] = None,
    namespace: Namespace = None,
    bootstrap: Bootstrap = None,
    config: Config = None,
    as_json: AsJson = None,
) -> None:
    """List facilities: of a file, or those that are published."""
    from streams.gazetteer import Gazetteer

    gazetteer = _published(namespace, bootstrap, config) if file is None else Gazetteer.from_geojson(file)
    chosen = [
        f
        for _, f in sorted(gazetteer.by_id.items())
        if (country is None or f.country == country.upper()) and (kind is None or f.kind.value == kind)
    ]
    if wants_json(as_json):
        for facility in chosen:
            emit(facility)
        return
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("id", "name", "kind", "", "lat", "lon", "crit."):
        table.add_column(column, justify="right" if column in ("lat", "lon", "crit.") else "left", overflow="fold")
    for f in chosen:
        table.add_row(
            clean(f.id), clean(f.name), f.kind.value, f.country, f"{f.lat:.2f}", f"{f.lon:.2f}", str(f.criticality)
        )
    stdout().print(table)
    stderr().print(f"{len(chosen)} of {len(gazetteer)} facilities, version {gazetteer.version}", style="dim")


@app.command()
def publish(
    file: File,
    yes: Yes = None,
    namespace: Namespace = None,
    bootstrap: Bootstrap = None,
    config: Config = None,
) -> None:
    """Publish a file of facilities: every worker switches to it as a whole, without a restart.

    What is watched over now and not in the file ends, the facilities that ship as an example too; open alerts there are
    cancelled. Before much of that happens it is told, and `--yes` is asked for.
    """
    from streams.desk.publishing import publish_facilities, published_facilities
    from streams.desk.sending import Sender
    from streams.desk.takeover import compare, unwatched_alerts, why_ask
    from streams.gazetteer import Gazetteer

    settings = load_settings(namespace, bootstrap, config)
    gazetteer = Gazetteer.from_geojson(file)
    with Sender(settings.connection, settings.namespace) as sender:
        before = published_facilities(settings.connection, settings.namespace)
        change = compare(before, gazetteer)
        ending = unwatched_alerts(settings.connection, settings.namespace, gazetteer) if not change.nothing else []
        for line in _doubts(gazetteer, file):
            stderr().print(line, style="yellow")
        _tell(change, ending)
        if settings.facilities is not None:
            stderr().print(
                f"a worker with these settings keeps to {clean(str(settings.facilities))}, whatever is published",
                style="yellow",
            )
        if not goes_ahead(why_ask(change, ending), yes=yes):
            return
        if change.nothing and before.manifest is not None and before.manifest.sha256 == gazetteer.sha256:
            stderr().print(f"✓ version {gazetteer.version} is published already", style="green")
            return
        manifest = publish_facilities(sender, gazetteer, before, datetime.now(UTC))
    stderr().print(
        f"✓ published {counted(manifest.count, 'facility', 'facilities')} to {settings.namespace}, "
        f"version {manifest.version}",
        style="green",
    )


def _tell(change: "Change", ending: "list[Alert]") -> None:
    """Say what a publication changes in what is watched over."""
    for word, style, ids in (
        ("add", "green", change.added),
        ("change", "yellow", change.changed),
        ("remove", "red", change.removed),
    ):
        if ids:
            more = f" and {len(ids) - _SHOWN:,} more" if len(ids) > _SHOWN else ""
            stderr().print(f"{word:6} {len(ids):5}  {', '.join(clean(i) for i in ids[:_SHOWN])}{more}", style=style)
    tell_cancelled(ending)


def _published(namespace: str | None, bootstrap: str | None, config: Path | None) -> "Gazetteer":
    from streams.admin import probe
    from streams.desk.publishing import published_facilities
    from streams.gazetteer import Gazetteer

    settings = load_settings(namespace, bootstrap, config)
    probe(settings.connection)
    published = published_facilities(settings.connection, settings.namespace)
    if published.manifest is None:
        raise CliError(
            f"no facilities are published in {settings.namespace}, so its workers use the default file; "
            "`tocsin facilities publish FILE` publishes yours",
            status=1,
        )
    gazetteer = Gazetteer(published.facilities.values())
    if gazetteer.sha256 != published.manifest.sha256:
        stderr().print(
            f"not complete: the manifest speaks of {published.manifest.count} facilities, version "
            f"{published.manifest.version}; publish the file again",
            style="yellow",
        )
    return gazetteer


def _doubts(gazetteer: "Gazetteer", file: Path) -> list[str]:
    """What is allowed and still worth a look."""
    from streams.desk.doubts import doubts
    from streams.geojson import unknown_properties

    return [clean(line) for line in doubts(gazetteer, unknown_properties(file))]
