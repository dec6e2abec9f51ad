"""`tocsin ack`, `note`, `dismiss`, `silence`, `resolve`: what an operator does to alerts, and what became of it."""

import getpass
import time
import uuid
from collections import Counter
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
    emit,
    instant,
    load_settings,
    moment,
    stderr,
    wants_json,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alerts.tail import Tail
    from schemas.action import Action, ActionResult
    from schemas.alert import Alert
    from schemas.signing import Finding
    from streams.settings import Settings

_ANSWER_S = 15.0

Alerts = Annotated[
    list[str],
    typer.Argument(metavar="ALERT", help="Alerts: ids, the beginning of one, or ids of facilities with an open alert."),
]
By = Annotated[str | None, typer.Option("--by", help="Who acts.", show_default="the user of this machine")]
OfTraffic = Annotated[str, typer.Option("--traffic", help="actual, exercise or test.")]
Wait = Annotated[bool, typer.Option("--wait/--no-wait", help="Wait for what becomes of it.")]


def ack(
    alert: Alerts,
    by: By = None,
    note: Annotated[str | None, typer.Option(help="A word with it.")] = None,
    traffic: OfTraffic = "actual",
    wait: Wait = True,
    namespace: Namespace = None,
    bootstrap: Bootstrap = None,
    config: Config = None,
    as_json: AsJson = None,
) -> None:
    """Take alerts on: others see who deals with them."""
    _act("acknowledge", alert, by, traffic, load_settings(namespace, bootstrap, config), wait, as_json, note=note)


def note(
    alert: Annotated[
        str, typer.Argument(metavar="ALERT", help="The alert: its id, the beginning of it, or a facility's id.")
    ],
    text: Annotated[str, typer.Argument(help="What there is to say.")],
    by: By = None,
    traffic: OfTraffic = "actual",
    wait: Wait = True,
    namespace: Namespace = None,
    bootstrap: Bootstrap = None,
    config: Config = None,
    as_json: AsJson = None,
) -> None:
    """Say something about an alert; it is shown with every later revision."""
    _act("note", [alert], by, traffic, load_settings(namespace, bootstrap, config), wait, as_json, note=text)


def dismiss(
    alert: Alerts,
    reason: Annotated[str, typer.Option(help="Why it should not have been raised.")],
    by: By = None,
    traffic: OfTraffic = "actual",
    wait: Wait = True,
    namespace: Namespace = None,
    bootstrap: Bootstrap = None,
    config: Config = None,
    as_json: AsJson = None,
) -> None:
    """End alerts that should not have been raised."""
    _act("dismiss", alert, by, traffic, load_settings(namespace, bootstrap, config), wait, as_json, note=reason)


def silence(
    alert: Alerts,
    until: Annotated[str, typer.Option(help="Until when: 2026-01-31T14:00Z, or for how long from now: 30min, 2h, 3d.")],
    note: Annotated[str | None, typer.Option(help="A word with it.")] = None,
    by: By = None,
    traffic: OfTraffic = "actual",
    wait: Wait = True,
    namespace: Namespace = None,
    bootstrap: Bootstrap = None,
    config: Config = None,
    as_json: AsJson = None,
) -> None:
    """Page nobody about alerts for a while; they go on being updated."""
    settings = load_settings(namespace, bootstrap, config)
    now = _now(settings)
    end = instant(until, now, ahead=True)
    if end <= now:
        raise CliError(f"--until {clean(until)} is past: it has come to {moment(now)} here")
    _act("silence", alert, by, traffic, settings, wait, as_json, note=note, until=end)


def resolve(
    alert: Alerts,
    note: Annotated[str | None, typer.Option(help="A word with it.")] = None,
    by: By = None,
    traffic: OfTraffic = "actual",
    wait: Wait = True,
    namespace: Namespace = None,
    bootstrap: Bootstrap = None,
    config: Config = None,
    as_json: AsJson = None,
) -> None:
    """End alerts that have been dealt with."""
    _act("resolve", alert, by, traffic, load_settings(namespace, bootstrap, config), wait, as_json, note=note)


def find(named: str, current: "Mapping[str, Alert]") -> "Alert":
    """Return the alert that somebody means: by its id, the beginning of it, or its facility.

    Raises
    ------
    CliError
        None is meant, or more than one.
    """
    from schemas.taxonomy import AlertState

    if named in current:
        return current[named]
    at_facility = [a for a in current.values() if named in (a.site_id, a.facility.facility_id)]
    open_there = [a for a in at_facility if a.state is AlertState.OPEN]
    found = open_there or [a for alert_id, a in current.items() if alert_id.startswith(named)]
    if not found and at_facility:
        ended = ", ".join(clean(a.alert_id) for a in at_facility)
        raise CliError(f"no alert is open at {clean(named)!r}; to speak of an ended one, name it: {ended}")
    if not found:
        raise CliError(f"there is no alert {clean(named)!r}: `tocsin alerts --ended` lists those there are")
    if len(found) > 1:
        raise CliError(f"{clean(named)!r} may mean {', '.join(clean(a.alert_id) for a in found[:5])}: name one")
    return found[0]


def _act(
    kind_name: str,
    named: list[str],
    by: str | None,
    traffic_name: str,
    settings: "Settings",
    wait: bool,
    as_json: bool | None,
    **given: Any,  # noqa: ANN401  fields of the action, which checks them
) -> None:
    from pydantic import ValidationError

    from alerts.current import read_current
    from alerts.subscribe import member
    from alerts.tail import Tail
    from schemas.action import Action
    from schemas.taxonomy import ActionKind, Traffic
    from schemas.topics import ACTIONS
    from streams.admin import probe
    from streams.cli.subscribe import tell_refused
    from streams.desk.sending import Sender
    from streams.envelope import explain

    probe(settings.connection)
    try:
        traffic = member(Traffic, traffic_name)
    except ValueError as e:
        raise CliError(str(e)) from e
    refused: Counter[Finding] = Counter()
    current = read_current(settings.connection, settings.namespace, traffic, settings.trusted, refused)
    tell_refused(refused)
    now = _now(settings)
    kind = ActionKind(kind_name)
    try:
        actions = [
            Action(
                action_id=f"{kind.value}-{uuid.uuid4().hex[:16]}",
                kind=kind,
                facility_id=alert.facility.facility_id,
                alert_id=alert.alert_id,
                by=by or getpass.getuser(),
                at=now,
                seen_revision=alert.revision,
                traffic=traffic,
                **given,
            )
            for alert in (find(name, current) for name in named)
        ]
    except ValidationError as e:
        raise CliError(explain(e)) from e
    with Tail(settings.connection, ACTIONS.topic(settings.namespace)) as answers:
        with Sender(settings.connection, settings.namespace) as sender:
            for action in actions:
                sender.send(ACTIONS, action, action.facility_id)
        if not wait:
            stderr().print(f"sent: {kind.value} {', '.join(clean(str(a.alert_id)) for a in actions)}", style="dim")
            return
        results = _results(answers, {a.action_id for a in actions})
    _report(actions, results, wants_json(as_json))


def _results(answers: "Tail", awaited: set[str]) -> "dict[str, ActionResult]":
    from contextlib import suppress

    from pydantic import ValidationError

    from schemas.action import ActionResult

    found: dict[str, ActionResult] = {}
    deadline = time.monotonic() + _ANSWER_S
    while awaited - found.keys() and time.monotonic() < deadline:
        for message in answers.poll(0.5):
            if dict(message.headers).get("ce_type") != ActionResult.ce_type.encode() or message.value is None:
                continue
            with suppress(ValidationError):
                result = ActionResult.model_validate_json(message.value)
                if result.action_id in awaited:
                    found[result.action_id] = result
    return found


def _report(actions: "list[Action]", results: "Mapping[str, ActionResult]", json: bool) -> None:
    from schemas.taxonomy import Verdict

    colours = {Verdict.APPLIED: "green", Verdict.REFUSED: "red"}
    for action in actions:
        result = results.get(action.action_id)
        if result is not None and json:
            emit(result)
        elif result is not None:
            told = f"{clean(str(action.alert_id))}: {result.verdict.value}: {clean(result.reason)}"
            if result.alert_revision is not None:
                told += f" (revision {result.alert_revision}, {moment(result.at)})"
            stderr().print(told, style=colours.get(result.verdict, "yellow"))
        else:
            told = f"{clean(str(action.alert_id))}: sent, but no worker answered within {_ANSWER_S:.0f} s; "
            stderr().print(told + "it will be dealt with when one runs (tocsin doctor)", style="yellow")
    if any(r.verdict is Verdict.REFUSED for r in results.values()) or len(results) < len(actions):
        raise typer.Exit(1)


def _now(settings: "Settings") -> datetime:
    """Return the time that passes in the namespace: the wall clock's, or how far simulated time has come."""
    from alerts.pulse import PulseState
    from streams.cli.subscribe import take_pulse_of

    pulse = take_pulse_of(settings)
    if pulse.state is PulseState.SIMULATED and pulse.reached is not None:
        return pulse.reached
    return datetime.now(UTC).replace(microsecond=0)
