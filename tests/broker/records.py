"""What the tests of commands are made of: a report, and records written as the route writes them."""

from collections.abc import Callable
from datetime import datetime

from schemas.alert import Alert
from schemas.connection import Connection
from schemas.report import Heartbeat, Report, Source
from schemas.topics import ALERTS, ALERTS_CURRENT, HEARTBEAT
from streams.desk.sending import Sender
from tests.alert_samples import NOON
from tests.unit.cli_runner import Ran

Tocsin = Callable[..., Ran]
"""Runs a command in the namespace of a test."""


def publish(connection: Connection, namespace: str, *alerts: Alert) -> None:
    """Write revisions as the route does: into the log, and as the current state."""
    with Sender(connection, namespace) as sender:
        for each in alerts:
            sender.send(ALERTS, each, each.alert_id)
            sender.send(ALERTS_CURRENT, each, each.alert_id)


def beat(connection: Connection, namespace: str, reached: datetime, ticked_at: datetime) -> None:
    """Write a heartbeat for each of the three partitions."""
    with Sender(connection, namespace) as sender:
        for number in range(3):
            record = Heartbeat(partition=number, reached=reached, ticked_at=ticked_at, written_at=ticked_at)
            sender.send(HEARTBEAT, record, str(number))


def report(number: int, at: datetime = NOON) -> Report:
    """A report."""
    return Report(report_id=f"r-{number}", source=Source(name="Harbour Wire"), published_at=at, text=f"text {number}")
