"""A subscriber in a few lines; filters, each (alert id, revision) once, and whether silence can be trusted.

    from alerts.subscribe import subscribe

    for alert in subscribe("127.0.0.1:9092", near=(33.79, 42.44), within_km=50, level="alert"):
        print(alert.headline)

Programs outside Tocsin's environment read the same topic with any Kafka client: the records are JSON, and their schema
is published.
"""

import logging
import re
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, Self, TypeVar

from pydantic import ValidationError

from alerts.pulse import STALE_AFTER, Pulse, take_pulse
from alerts.selection import AlertFilter, Selection
from alerts.signed import Checked
from alerts.tail import GroupTail, Message, Tail, TopicError
from schemas.alert import Alert
from schemas.connection import Connection
from schemas.record import OpenEnum
from schemas.report import Heartbeat
from schemas.signing import Finding, Keyring
from schemas.taxonomy import Level, ThreatType, Traffic
from schemas.topics import HEARTBEAT, alert_streams

__all__ = ["AlertFilter", "Pulse", "Subscriber", "TopicError", "subscribe"]

logger = logging.getLogger(__name__)

_POLL_S = 0.5
_INGEST_BEFORE: Final = timedelta(days=1)
"""A record's timestamp is when its cause arrived, the alert's when it was made: the lag of the route lies between."""
Start = datetime | Literal["latest", "earliest"]
"""Where to begin: an instant, or an end of the log."""
_OpenEnum = TypeVar("_OpenEnum", bound=OpenEnum)


def subscribe(  # noqa: PLR0913  a filter is an argument
    bootstrap: str | Connection,
    *,
    namespace: str = "tocsin",
    facility: str | Iterable[str] = (),
    near: tuple[float, float] | None = None,
    within_km: float | None = None,
    threat: str | Iterable[str] = (),
    level: str | None = None,
    traffic: str = "actual",
    since: datetime | None = None,
    last: int | None = None,
    group: str | None = None,
    timeout_s: float | None = None,
    stale_after_s: float = STALE_AFTER.total_seconds(),
    verify: Keyring | Path | str | None = None,
) -> "Subscriber":
    """Subscribe to the alerts of a namespace; iterate over what is returned.

    Parameters
    ----------
    bootstrap
        Address of the broker, `host:port`; or a `Connection` where it asks for TLS or a password.
    namespace
        Whose alerts.
    facility
        Ids or names of facilities, or ids of sites, as alerts have them. An alert is told under the facility of its
        site that is nearest to the incidents: name the site to hear of all of them.
    near, within_km
        A point in degrees (north, east), and how far from it in km.
    threat
        Threat types, any of them.
    level
        At least this level: watch, alert or critical.
    traffic
        actual, exercise or test.
    since
        Begin with the alerts made since that instant; without it, and without `last`, with those made from now on.
    last
        Begin with the last so many that pass the filter.
    group
        Consumer group that shares the alerts and remembers how far it came; not together with `since` or `last`.
    timeout_s
        Stop when nothing has come for so long; None goes on for ever.
    stale_after_s
        How old the last tick through the route may be before `stale` says that silence means nothing.
    verify
        The keys of the workers, or the PEM file that holds them: what none of them signed is left out, and counted in
        `refused`; a heartbeat that none signed was not heard.

    Raises
    ------
    ValueError
        An argument is not what it may be; the message says what is.
    KeyFileError
        The file of keys cannot be used.
    TopicError
        The topic is missing, or the broker cannot be reached.
    """
    connection = Connection(bootstrap=bootstrap) if isinstance(bootstrap, str) else bootstrap
    where = AlertFilter(
        facilities=frozenset({facility} if isinstance(facility, str) else facility),
        near=near,
        within_km=within_km,
        threats=frozenset(member(ThreatType, t) for t in ({threat} if isinstance(threat, str) else threat)),
        level=None if level is None else member(Level, level),
    )
    return Subscriber(
        connection,
        namespace,
        where,
        traffic=member(Traffic, traffic),
        start="latest" if since is None else since,
        last=last,
        group=group,
        timeout_s=timeout_s,
        stale_after=timedelta(seconds=stale_after_s),
        verify=Keyring.from_file(Path(verify)) if isinstance(verify, str | Path) else verify,
    )


class Subscriber:
    """The alerts of a namespace, to be iterated over; close it, or use it as a context manager.

    Without a group it begins at `start`, or with the last `last`. With one it goes on where the group stopped (at
    `start`, latest or earliest, when the group is new). An alert has been dealt with, and is committed, when the next
    one is asked for. One whose handling was cut short comes again: to the next loop over the same subscriber, and to
    whoever has its place in the group after a crash. So after a loop that was left by `break` or an exception the next
    one begins with the same alert.
    """

    def __init__(  # noqa: PLR0913  as above
        self,
        connection: Connection,
        namespace: str = "tocsin",
        where: AlertFilter | None = None,
        *,
        traffic: Traffic = Traffic.ACTUAL,
        start: Start = "latest",
        last: int | None = None,
        group: str | None = None,
        timeout_s: float | None = None,
        stale_after: timedelta = STALE_AFTER,
        verify: Keyring | None = None,
    ) -> None:
        if group is not None and (last is not None or isinstance(start, datetime)):
            raise ValueError("a group goes on where it stopped: leave out since and last, or the group")
        if last is not None and last < 1:
            raise ValueError(f"last: {last} is not a number of alerts")
        if isinstance(start, datetime) and start.tzinfo is None:
            raise ValueError(f"since: {start.isoformat()} has no time zone")
        self.unreadable = 0
        """Records that could not be read: written by a newer major version, or not by us."""
        self.refused: Counter[Finding] = Counter()
        """Records that were left out because of their signature, by what was found."""
        self._checked = Checked(namespace, verify)
        self._selection = Selection(where or AlertFilter())
        self._since = start if isinstance(start, datetime) else None
        self._last = last
        self._timeout_s = timeout_s
        self._in_hand: deque[Message | Alert] = deque()
        """What has come and was not dealt with yet; an alert stands for itself where it was looked for."""
        topic = alert_streams(traffic)[0].topic(namespace)
        self._tail: Tail | GroupTail
        if group is not None:
            self._tail = GroupTail(connection, topic, group, from_beginning=start == "earliest")
        else:
            self._tail = Tail(connection, topic)
            if start == "earliest":
                self._tail.to_beginning()
            elif self._since is not None:
                self._tail.to_instant(self._since - _INGEST_BEFORE)
        try:
            self._heartbeats = Heartbeats(connection, namespace, stale_after, verify)
        except TopicError:
            self._tail.close()
            raise

    def __iter__(self) -> Iterator[Alert]:
        """Yield alerts until `timeout_s` has passed without one, or for ever."""
        yield from self.past()
        heard = time.monotonic()
        while self._timeout_s is None or time.monotonic() - heard < self._timeout_s:
            for alert in self.poll(_POLL_S):
                yield alert
                heard = time.monotonic()

    def past(self) -> Iterator[Alert]:
        """Yield what lies between the start and now; nothing with a group or from the latest on."""
        yield from self._selected()
        if not isinstance(self._tail, Tail):
            return
        if self._last is not None:
            wanted, self._last = self._last, None
            self._in_hand.extend(self._found_last(self._tail, wanted))
            yield from self._selected()
            return
        for messages in self._tail.batches_until_now():
            self._in_hand.extend(messages)
            yield from self._selected()

    def poll(self, timeout_s: float) -> Iterator[Alert]:
        """Yield what has come, after waiting at most so long for the first."""
        if not self._in_hand:
            self._in_hand.extend(self._tail.poll(timeout_s))
        yield from self._selected()

    @property
    def pulse(self) -> Pulse:
        """How the route behind the alerts does: whether silence means that nothing happened."""
        return self._heartbeats.pulse()

    @property
    def stale(self) -> bool:
        """Whether silence cannot be trusted: no tick has come through the whole route for as long as was asked for."""
        return not self.pulse.well

    def close(self) -> None:
        """Close the connections."""
        self._tail.close()
        self._heartbeats.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _selected(self) -> Iterator[Alert]:
        """Yield what is wanted of what is in hand; what was yielded stays there until the next is asked for."""
        passed: dict[int, Message] = {}
        while self._in_hand:
            first, wanted = self._in_hand[0], False
            alert = first if isinstance(first, Alert) else self._read(first)
            if alert is not None and self._asked_for(alert) and self._selection.wants(alert):
                wanted = True
                yield alert
                self._selection.told(alert)
            if isinstance(first, Message):
                passed[first.partition] = first
                if wanted:
                    self._tail.done(passed.pop(first.partition))
            if self._in_hand and self._in_hand[0] is first:  # or another loop has come between
                self._in_hand.popleft()
        for message in passed.values():
            self._tail.done(message)

    def _found_last(self, tail: Tail, count: int) -> list[Alert]:
        """Return the last alerts that pass the filter, looking further and further back until there are enough."""
        depth = count
        while True:
            all_of_it = tail.to_last(depth)
            alerts = [alert for message in tail.until_now() if (alert := self._read(message)) is not None]
            alerts.sort(key=lambda a: (a.updated_at, a.alert_id, a.revision))
            selection = Selection(self._selection.where)
            found = [alert for alert in alerts if selection.takes(alert)]
            if all_of_it or len(found) >= count:
                return found[-count:]
            depth *= 8

    def _asked_for(self, alert: Alert) -> bool:
        return self._since is None or alert.updated_at >= self._since

    def _read(self, message: Message) -> Alert | None:
        named = dict(message.headers).get("ce_type")
        if message.value is None or named not in (None, Alert.ce_type.encode()):
            self.unreadable += message.value is not None
            return None
        finding = self._checked.look(Alert, message)
        if finding is not Finding.VALID:
            self.refused[finding] += 1
            level = logging.WARNING if self.refused[finding] == 1 else logging.DEBUG  # `refused` counts them all
            logger.log(
                level, "%s/%d/%d is refused: %s", message.topic, message.partition, message.offset, finding.value
            )
            return None
        try:
            return Alert.model_validate_json(message.value)
        except ValidationError as e:
            self.unreadable += 1
            logger.warning(
                "%s/%d/%d is no alert: %d errors", message.topic, message.partition, message.offset, e.error_count()
            )
            return None


class Heartbeats:
    """The latest heartbeat of each partition of the route; with keys, of those that one of them signed.

    Close it, or use it as a context manager.
    """

    def __init__(
        self,
        connection: Connection,
        namespace: str,
        stale_after: timedelta = STALE_AFTER,
        verify: Keyring | None = None,
    ) -> None:
        self._stale_after = stale_after
        self._checked = Checked(namespace, verify)
        self._heard: dict[int, Heartbeat] = {}
        self._tail = Tail(connection, HEARTBEAT.topic(namespace))
        # Several partitions of the route may share one of the topic: the last of each is among the last few.
        self._tail.to_last(8 * self._tail.partitions)
        self._hear(self._tail.until_now())

    def pulse(self) -> Pulse:
        """Take in what has come, and tell."""
        while messages := self._tail.poll(0):
            self._hear(messages)
        return take_pulse(self._heard, self._tail.partitions, datetime.now(UTC), self._stale_after)

    def close(self) -> None:
        """Close the connection."""
        self._tail.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _hear(self, messages: Iterable[Message]) -> None:
        for message in messages:
            if self._checked.look(Heartbeat, message) is not Finding.VALID:
                continue
            with suppress(ValidationError):  # a heartbeat that cannot be read is one that was not heard
                beat = Heartbeat.model_validate_json(message.value or b"")
                self._heard[beat.partition] = beat


def member(kind: type[_OpenEnum], value: str) -> _OpenEnum:
    """Return the member of a closed list that somebody named; here a fallback would hide a typing error.

    Raises
    ------
    ValueError
        It is none; the message says which there are.
    """
    allowed = {m.value: m for m in kind}
    if value not in allowed:
        name = re.sub(r"(?<!^)(?=[A-Z])", " ", kind.__name__).lower()
        raise ValueError(f"{value!r} is no {name}: one of {', '.join(allowed)}")
    return allowed[value]
