"""`tocsin subscribe` and `tocsin alerts`: the alerts as they are made, and those that are open now."""

import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
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
    instant,
    load_settings,
    span,
    stderr,
    stdout,
    wants_json,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from alerts.pulse import Pulse
    from alerts.selection import AlertFilter
    from alerts.subscribe import Subscriber
    from schemas.alert import Alert
    from schemas.signing import Finding, Keyring
    from schemas.taxonomy import Traffic
    from streams.settings import Settings

_WHICH = "Which alerts"
_LOOK_EVERY_S = 2.0
Facilities = Annotated[
    list[str] | None,
    typer.Option(
        "--facility",
        help="A facility, by id, name, alias or a part of its name: the alerts of its site; may be given again.",
        rich_help_panel=_WHICH,
    ),
]
Near = Annotated[
    str | None,
    typer.Option(
        "--near", metavar="LAT,LON", help="Around a point, in degrees; with --within.", rich_help_panel=_WHICH
    ),
]
Within = Annotated[
    float | None, typer.Option("--within", metavar="KM", help="How far from it, in km.", rich_help_panel=_WHICH)
]
Threats = Annotated[
    list[str] | None,
    typer.Option(
        "--threat", help="Threat type of an incident, such as uas; may be given again.", rich_help_panel=_WHICH
    ),
]
AtLeast = Annotated[
    str | None, typer.Option("--level", help="At least watch, alert or critical.", rich_help_panel=_WHICH)
]
Verify = Annotated[
    bool,
    typer.Option("--verify", help="Insist on signatures; they are checked wherever TOCSIN_TRUSTED_KEYS_FILE is set."),
]
OfTraffic = Annotated[str, typer.Option("--traffic", help="actual, exercise or test.", rich_help_panel=_WHICH)]


def subscribe(
    facility: Facilities = None,
    near: Near = None,
    within: Within = None,
    threat: Threats = None,
    level: AtLeast = None,
    traffic: OfTraffic = "actual",
    since: Annotated[
        str | None, typer.Option(help="Begin with alerts made since: 2026-01-31T14:00Z, or 2h, 3d ago.")
    ] = None,
    last: Annotated[int | None, typer.Option(min=1, help="Begin with the last so many.")] = None,
    verify: Verify = False,
    follow: Annotated[bool, typer.Option("--follow/--no-follow", help="Go on, or end with what is there now.")] = True,
    namespace: Namespace = None,
    bootstrap: Bootstrap = None,
    config: Config = None,
    as_json: AsJson = None,
) -> None:
    """Show alerts as they are made: for people at a terminal, one JSON object a line in a pipe.

    Each revision of an alert is shown once. When the route behind the alerts stands still, stderr says so: then silence
    does not mean that nothing happens.
    """
    from alerts.subscribe import Start, Subscriber

    settings = load_settings(namespace, bootstrap, config)
    keys = keys_of(settings, verify)
    where = filter_of(near, within, threat, level)
    start: Start = instant(since, datetime.now(UTC)) if since else "latest" if follow or last else "earliest"
    json = wants_json(as_json)
    reach(settings)
    where = at_sites(where, facility, settings)
    with Subscriber(
        settings.connection,
        settings.namespace,
        where,
        traffic=_traffic(traffic),
        start=start,
        last=last,
        stale_after=timedelta(seconds=settings.stale_after_s),
        verify=keys,
    ) as subscriber:
        if follow and not json:
            stderr().print(f"alerts of {settings.namespace} at {settings.bootstrap}; Ctrl-C ends", style="dim")
        show = emit if json else _show
        for alert in subscriber.past():
            show(alert)
        _tell_refused(subscriber, 0)
        if follow:
            _follow(subscriber, show)


def alerts(
    facility: Facilities = None,
    near: Near = None,
    within: Within = None,
    threat: Threats = None,
    level: AtLeast = None,
    traffic: OfTraffic = "actual",
    verify: Verify = False,
    ended: Annotated[bool, typer.Option("--ended", help="Those that ended lately, too.")] = False,
    namespace: Namespace = None,
    bootstrap: Bootstrap = None,
    config: Config = None,
    as_json: AsJson = None,
) -> None:
    """Show what is open now, the gravest first."""
    from alerts.current import read_current
    from schemas.taxonomy import AlertState

    settings = load_settings(namespace, bootstrap, config)
    keys = keys_of(settings, verify)
    where = filter_of(near, within, threat, level)
    reach(settings)
    where = at_sites(where, facility, settings)
    refused: Counter[Finding] = Counter()
    current = read_current(settings.connection, settings.namespace, _traffic(traffic), keys, refused)
    tell_refused(refused)
    chosen = [a for a in current.values() if (ended or a.state is AlertState.OPEN) and where.admits(a)]
    chosen.sort(key=lambda a: (a.state is not AlertState.OPEN, -a.level.rank, a.opened_at, a.alert_id))
    if wants_json(as_json):
        for alert in chosen:
            emit(alert)
        return
    from streams.cli.present import alerts_table

    if chosen:
        stdout().print(alerts_table(chosen))
    else:
        stdout().print("no alert is open" if not ended else "no alert is open, none ended lately", style="green")
    _warn(take_pulse_of(settings))


def filter_of(near: str | None, within_km: float | None, threat: list[str] | None, level: str | None) -> "AlertFilter":
    """Make a filter of options.

    Raises
    ------
    CliError
        An option is not what it may be.
    """
    from alerts.subscribe import AlertFilter, member
    from schemas.taxonomy import Level, ThreatType

    try:
        return AlertFilter(
            near=_point(near) if near else None,
            within_km=within_km,
            threats=frozenset(member(ThreatType, t) for t in threat or ()),
            level=member(Level, level) if level else None,
        )
    except ValueError as e:
        raise CliError(str(e)) from e


def keys_of(settings: "Settings", verify: bool) -> "Keyring | None":
    """Return the keys to check alerts by, None where none are named.

    Raises
    ------
    CliError
        Alerts are to be checked, and no key is named.
    """
    if verify and settings.trusted is None:
        raise CliError("--verify: name the keys that sign alerts, TOCSIN_TRUSTED_KEYS_FILE (see `tocsin keys`)")
    return settings.trusted


def at_sites(where: "AlertFilter", named: list[str] | None, settings: "Settings") -> "AlertFilter":
    """Narrow a filter to the sites of facilities that somebody named in their own words.

    An alert is told under the facility nearest to its incidents, which may be another one of the same site.

    Raises
    ------
    CliError
        No facility that is watched over is called so, or several are: a filter for nothing would look like calm.
    """
    if not named:
        return where
    from alerts.tail import TopicError
    from streams.desk.naming import AmbiguousNameError, facilities_in_force, meant, or_do_you_mean

    try:
        gazetteer = facilities_in_force(settings.connection, settings.namespace, settings.facilities)
    except TopicError as e:
        stderr().print(f"the names of facilities are not checked: {clean(str(e))}", style="yellow")
        return replace(where, facilities=frozenset(named))
    sites = set()
    for name in named:
        try:
            facility = meant(gazetteer, name)
        except AmbiguousNameError as e:
            raise CliError(str(e)) from e
        if facility is None:
            raise CliError(f"no facility that is watched over is called {name!r}{or_do_you_mean(gazetteer, name)}")
        if name.casefold() not in (facility.id, facility.name.casefold()):
            stderr().print(f"{clean(name)}: {clean(facility.name)} ({facility.id})", style="dim")
        sites.add(gazetteer.site_of(facility.id) or facility.id)
    return replace(where, facilities=frozenset(sites))


def reach(settings: "Settings") -> None:
    """Fail at once, and clearly, where no broker answers."""
    from streams.admin import probe

    probe(settings.connection)


def take_pulse_of(settings: "Settings") -> "Pulse":
    """Ask the heartbeats once."""
    from alerts.subscribe import Heartbeats

    stale_after = timedelta(seconds=settings.stale_after_s)
    with Heartbeats(settings.connection, settings.namespace, stale_after, settings.trusted) as heartbeats:
        return heartbeats.pulse()


def _follow(subscriber: "Subscriber", show: "Callable[[Alert], None]") -> None:
    well, looked = True, 0.0
    refused = subscriber.refused.total()
    while True:
        for alert in subscriber.poll(0.5):
            show(alert)
        refused = _tell_refused(subscriber, refused)
        if time.monotonic() - looked < _LOOK_EVERY_S:
            continue
        looked = time.monotonic()
        pulse = subscriber.pulse
        if pulse.well != well:
            well = pulse.well
            _warn(pulse)
            if well:
                stderr().print("time passes again: silence means that nothing happens", style="green")


def _tell_refused(subscriber: "Subscriber", before: int) -> int:
    """Say how many were refused since; return how many were in all."""
    if subscriber.refused.total() > before:
        tell_refused(subscriber.refused)
    return subscriber.refused.total()


def tell_refused(refused: "Counter[Finding]") -> None:
    """Say how many records were left out since no trusted key signed them, if any were."""
    if refused:
        why = ", ".join(f"{finding.value.replace('_', ' ')} {count}" for finding, count in refused.items())
        stderr().print(
            f"{counted(refused.total(), 'record')} left out, no trusted key signed them: {why}", style="bold red"
        )


def _warn(pulse: "Pulse") -> None:
    from alerts.pulse import PulseState

    match pulse.state:
        case PulseState.SILENT:
            stderr().print(
                "no heartbeat: no worker has run here lately, so silence means nothing (tocsin doctor)", style="yellow"
            )
        case PulseState.STALE:
            age = span(pulse.age) if pulse.age else "ever"
            what = f"; {pulse.missing} partitions were never heard of" if pulse.missing else ""
            stderr().print(
                f"stale: nothing came through the whole route for {age}{what}; silence means nothing (tocsin doctor)",
                style="yellow",
            )


def _show(alert: "Alert") -> None:
    from streams.cli.present import alert_panel

    stdout().print(alert_panel(alert))


def _traffic(name: str) -> "Traffic":
    from alerts.subscribe import member
    from schemas.taxonomy import Traffic

    try:
        return member(Traffic, name)
    except ValueError as e:
        raise CliError(str(e)) from e


def _point(text: str) -> tuple[float, float]:
    try:
        lat, lon = text.split(",")
        return float(lat), float(lon)
    except ValueError:
        raise ValueError(f"--near {text}: write LAT,LON in degrees, such as 33.79,42.44") from None
