"""Plays what came into a namespace again, into another one, on the time at which it came in.

live     reports  |--since-- a  tick b  c ------until--|
                             ▼       ▼  ▼
other    reports         10:00 a  10:20 b  c  ...          facilities and policy copied, ticks of simulated time
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from alerts.tail import Message
from schemas.alert import Alert
from schemas.connection import Connection
from schemas.topics import FACILITIES, POLICY, REPORTS
from streams.desk.past import Past
from streams.desk.sending import Sender
from streams.desk.simulation import SOURCE, Historian
from streams.envelope import TICK

GRAIN: Final = timedelta(minutes=1)
"""Simulated time is told so often: each time costs a record for every pair of partitions."""
SLICE: Final = 20_000
"""So many records are held at a time, to be put in order."""
_NEAR: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the alerts of two namespaces differ over the same reports."""

    same: int
    otherwise: tuple[tuple[Alert, Alert], ...]
    """Alerts of both that did not come to the same level."""
    only_first: tuple[Alert, ...]
    only_second: tuple[Alert, ...]


def copy_reference(connection: Connection, namespace: str, into: str) -> int:
    """Copy the published facilities and policy; return how many records there were.

    Raises
    ------
    TopicError, SendError
        A topic is missing, or the broker would not.
    """
    count = 0
    with Sender(connection, into) as sender:
        for stream in (FACILITIES, POLICY):
            with Past(connection, stream.topic(namespace)) as tail:
                for message in tail.everything():
                    count += 1
                    sender.send_bytes(stream.topic(into), message.key, message.value, message.headers)
    return count


def is_simulated(connection: Connection, namespace: str) -> bool:
    """Whether all that came into a namespace was simulated: partitions begin with a tick of a history, or are empty.

    Raises
    ------
    TopicError
        The topic is missing, or the broker cannot be reached.
    """
    simulated = ("ce_source", SOURCE.encode())
    with Past(connection, REPORTS.topic(namespace)) as past:
        return all(simulated in message.headers for message in past.at(past.begins.items()))


def replay(
    connection: Connection,
    namespace: str,
    historian: Historian,
    since: datetime,
    until: datetime,
    told: Callable[[int, int], None] = lambda _done, _total: None,
) -> int:
    """Write the reports of a span of time again; return how many there were.

    Parameters
    ----------
    connection, namespace
        Where they came in; read, and nothing else.
    historian
        Writes them where they are to go.
    since, until
        Ingest times, half open.
    told
        Hears how many records of how many were looked at.

    Raises
    ------
    TopicError, SendError
        A topic is missing, or the broker would not.
    """
    reports = looked_at = 0
    with Past(connection, REPORTS.topic(namespace)) as tail:
        total = tail.between(since, until)
        historian.until(since)
        for begin, end in tail.slices(since, until, SLICE):
            found = sorted(tail.stretch(begin, end), key=lambda m: (m.timestamp_ms, m.partition, m.offset))
            for message in _reports(found):
                historian.again(message)
                reports += 1
            looked_at += len(found)
            told(looked_at, total)
    historian.until(until)
    historian.flush()
    return reports


def compare(first: Iterable[Alert], second: Iterable[Alert], since: datetime, until: datetime) -> Comparison:
    """Compare the alerts that were opened within a span of time in either of two logs, by the highest level reached.

    A route that does not know the time yet dates an alert by its reports, so the two may date the same one differently.
    Where another of several reports came first, the alert has another id: then those of one site and day are the same.
    """
    one, other = _highest(first), _highest(second)
    within = {a.alert_id for a in (*one.values(), *other.values()) if since <= a.opened_at < until}
    pairs = [(one[i], other[i]) for i in sorted(one.keys() & other.keys() & within)]
    only_first = [one[i] for i in sorted((one.keys() - other.keys()) & within)]
    only_second = [other[i] for i in sorted((other.keys() - one.keys()) & within)]
    for alert in tuple(only_first):
        if (match := _same_site(alert, only_second)) is not None:
            pairs.append((alert, match))
            only_first.remove(alert)
            only_second.remove(match)
    return Comparison(
        same=sum(a.level is b.level for a, b in pairs),
        otherwise=tuple((a, b) for a, b in pairs if a.level is not b.level),
        only_first=tuple(only_first),
        only_second=tuple(only_second),
    )


def _same_site(alert: Alert, others: Iterable[Alert]) -> Alert | None:
    """The alert about the same site that was opened nearest to one, within a day."""
    near = [o for o in others if o.site_id == alert.site_id and abs(o.opened_at - alert.opened_at) <= _NEAR]
    return min(near, key=lambda o: (abs(o.opened_at - alert.opened_at), o.alert_id), default=None)


def _highest(log: Iterable[Alert]) -> dict[str, Alert]:
    highest: dict[str, Alert] = {}
    for alert in log:
        known = highest.get(alert.alert_id)
        if known is None or alert.level.rank > known.level.rank:
            highest[alert.alert_id] = alert
    return highest


def _reports(messages: Iterable[Message]) -> Iterator[Message]:
    """Leave out the ticks of the namespace that is read: the other one has its own."""
    return (message for message in messages if message.value is not None and TICK not in message.headers)
