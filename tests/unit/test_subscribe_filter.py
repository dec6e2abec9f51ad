"""Which alerts a subscriber hears of, and whether silence can be trusted."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from alerts.pulse import PulseState, take_pulse
from alerts.selection import AlertFilter, Selection
from alerts.subscribe import Subscriber, member, subscribe
from schemas.alert import Involvement
from schemas.connection import Connection
from schemas.report import Heartbeat
from schemas.taxonomy import AlertState, Level, ThreatType
from tests.alert_samples import NOON, alert, incident

DRONE = (Involvement(incident=incident(threat=ThreatType.UAS), distance_km=1.0, probability=1.0),)


@pytest.mark.parametrize(
    "where, admitted",
    [
        ({}, True),
        ({"facilities": frozenset({"xx-mill"})}, True),
        ({"facilities": frozenset({"OLD MILL", "elsewhere"})}, True),
        ({"facilities": frozenset({"mill"})}, False),
        ({"near": (10.0, 20.0), "within_km": 0.1}, True),
        ({"near": (10.5, 20.0), "within_km": 56}, True),
        ({"near": (10.5, 20.0), "within_km": 55}, False),
        ({"threats": frozenset({ThreatType.ROCKET, ThreatType.IED})}, True),
        ({"threats": frozenset({ThreatType.UAS})}, False),
        ({"level": Level.WATCH}, True),
        ({"level": Level.ALERT}, True),
        ({"level": Level.CRITICAL}, False),
        ({"facilities": frozenset({"xx-mill"}), "level": Level.CRITICAL}, False),
    ],
)
def test_filter(where: dict[str, Any], admitted: bool) -> None:
    """Every condition that is set must hold; a condition that is not set asks for nothing."""
    assert AlertFilter(**where).admits(alert()) is admitted


@pytest.mark.parametrize(
    "where, told",
    [
        ({"near": (10.0, 20.0)}, "go together"),
        ({"within_km": 5.0}, "go together"),
        ({"near": (100.0, 20.0), "within_km": 5.0}, "not a latitude"),
        ({"near": (10.0, 20.0), "within_km": -1.0}, "not a distance"),
    ],
)
def test_filter_refuses_what_makes_no_sense(where: dict[str, Any], told: str) -> None:
    """Half a circle, a point off the globe and a negative radius are refused, not ignored."""
    with pytest.raises(ValueError, match=told):
        AlertFilter(**where)


def test_each_revision_is_told_once() -> None:
    """What comes again after a crash, or out of an older offset, is not told again."""
    selection = Selection(AlertFilter())
    told = [selection.takes(alert(revision=r)) for r in (1, 1, 2, 1, 2, 3)]
    assert told == [True, False, True, False, False, True]


def test_who_was_told_hears_how_it_goes_on() -> None:
    """Revisions of an alert that passed the filter follow, also when they would not pass by themselves."""
    selection = Selection(AlertFilter(level=Level.ALERT, threats=frozenset({ThreatType.ROCKET})))
    assert not selection.takes(alert(level=Level.WATCH))
    assert selection.takes(alert(revision=2))
    assert selection.takes(alert(revision=3, level=Level.WATCH, incidents=DRONE))
    assert selection.takes(alert(revision=4, incidents=(), state=AlertState.CANCELLED))
    assert not selection.takes(alert("xx-mill/actual/i-2", incidents=DRONE))


def beat(partition: int, reached: datetime = NOON, ticked_at: datetime = NOON) -> Heartbeat:
    """A heartbeat of a partition."""
    return Heartbeat(partition=partition, reached=reached, ticked_at=ticked_at, written_at=ticked_at)


@pytest.mark.parametrize(
    "heard, after, state",
    [
        ([], timedelta(0), PulseState.SILENT),
        ([beat(0), beat(1)], timedelta(seconds=44), PulseState.ALIVE),
        ([beat(0), beat(1)], timedelta(seconds=46), PulseState.STALE),
        ([beat(0), beat(1, ticked_at=NOON - timedelta(seconds=40))], timedelta(seconds=20), PulseState.STALE),
        ([beat(0)], timedelta(seconds=1), PulseState.STALE),
        ([beat(0, NOON - timedelta(days=400)), beat(1)], timedelta(days=3), PulseState.SIMULATED),
    ],
)
def test_pulse(heard: list[Heartbeat], after: timedelta, state: PulseState) -> None:
    """Silence can be trusted while every partition's last tick is younger than a minute, or time is simulated."""
    pulse = take_pulse({h.partition: h for h in heard}, 2, NOON + after)
    assert pulse.state is state
    assert pulse.well is (state in (PulseState.ALIVE, PulseState.SIMULATED))


def test_the_slowest_partition_counts() -> None:
    """Time has come as far as the slowest partition."""
    pulse = take_pulse({0: beat(0), 1: beat(1, reached=NOON - timedelta(seconds=30))}, 2, NOON)
    assert pulse.reached == NOON - timedelta(seconds=30)


def test_a_name_that_is_not_in_the_list_is_refused() -> None:
    """A typing error in a filter does not fall back on another member."""
    with pytest.raises(ValueError, match=r"'dron' is no threat type: one of rocket, .*uas"):
        member(ThreatType, "dron")


NOWHERE = Connection(bootstrap="127.0.0.1:1")


@pytest.mark.parametrize(
    "arguments, told",
    [
        ({"level": "loud"}, "no level"),
        ({"threat": "drone"}, "no threat type"),
        ({"near": (1, 2)}, "go together"),
        ({"group": "g", "last": 3}, "goes on where it stopped"),
        ({"group": "g", "since": NOON}, "goes on where it stopped"),
        ({"last": 0}, "not a number of alerts"),
        ({"since": NOON.replace(tzinfo=None)}, "no time zone"),
    ],
)
def test_subscribe_refuses_before_it_connects(arguments: dict[str, Any], told: str) -> None:
    """Arguments that make no sense are refused at once, with no broker asked."""
    with pytest.raises(ValueError, match=told):
        subscribe(NOWHERE, **arguments)


def test_subscriber_is_what_subscribe_returns() -> None:
    """The short way and the long way refuse the same."""
    with pytest.raises(ValueError, match="goes on where it stopped"):
        Subscriber(NOWHERE, group="g", last=2)
