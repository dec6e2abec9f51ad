"""Writes a history into a namespace: reports in order of publication, and between them ticks of simulated time.

    tick 06:00 | report 06:10 | tick 06:10 | report 09:40 | tick 12:00 ...

A tick says that everything before it has been written, so it follows the reports of its instant. Time must pass in
steps for an all clear to be seen when it is due: quiet spells are filled with a tick every `step`.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self

from alerts.tail import Message
from schemas.connection import Connection
from schemas.report import Report, Tick
from schemas.signing import Signer
from schemas.topics import REPORTS
from streams.desk.sending import Sender

STEP = timedelta(hours=6)
SOURCE = "/tocsin/simulation"


class Historian:
    """Writes reports and simulated time; use it as a context manager, which awaits the last delivery.

    Parameters
    ----------
    connection, namespace, partitions
        Where to write; every partition of the reports topic is told the time.
    step
        The longest stretch of simulated time without a tick.
    grain
        The shortest stretch between two ticks, unless time is told to pass by `until`.
    signer
        Signs the reports, where there is one.
    """

    def __init__(
        self,
        connection: Connection,
        namespace: str,
        partitions: int,
        step: timedelta = STEP,
        grain: timedelta = timedelta(0),
        signer: Signer | None = None,
    ) -> None:
        self._topic = REPORTS.topic(namespace)
        self._grain = grain
        self._sender = Sender(connection, namespace, SOURCE, signer)
        self._partitions = partitions
        self._step = step
        self.now: datetime | None = None
        """The simulated time that was written last."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._sender.__exit__(kind, error, trace)

    def report(self, report: Report) -> None:
        """Let time pass until the report was published, and write it."""
        self.until(report.published_at)
        self._sender.send(REPORTS, report, report.report_id)

    def again(self, message: Message) -> None:
        """Let time pass until a report came in, and write it as it was."""
        came = datetime.fromtimestamp(message.timestamp_ms / 1000, UTC)
        if self.now is None or came >= self.now + self._grain:
            self.until(came)
        self._sender.send_bytes(self._topic, message.key, message.value, message.headers)

    def until(self, instant: datetime) -> None:
        """Let time pass until an instant; one that has passed already changes nothing."""
        for at in steps(self.now, instant, self._step):
            sent_at = datetime.now(tz=UTC)
            for partition in range(self._partitions):
                tick = Tick(at=at, sent_at=sent_at, origin=0, origins=1)
                self._sender.send(REPORTS, tick, tick.record_id, partition)
            self.now = at

    def flush(self) -> None:
        """Wait until everything is delivered.

        Raises
        ------
        SendError
            The broker did not take a record.
        """
        self._sender.settle()


def write_history(
    historian: Historian,
    reports: Iterable[Report],
    then: timedelta,
    done: Callable[[Report], None] = lambda _report: None,
) -> None:
    """Write reports in order of publication, and let time pass for `then` afterwards; `done` hears of each report."""
    for report in sorted(reports, key=lambda r: (r.published_at, r.report_id)):
        historian.report(report)
        done(report)
    if historian.now is not None:
        historian.until(historian.now + then)


def steps(now: datetime | None, instant: datetime, step: timedelta) -> Iterator[datetime]:
    """Yield the instants at which to tick on the way from `now` to `instant`, which is the last; none if it is past."""
    if now is None:
        yield instant
        return
    while now < instant:
        now = min(now + step, instant)
        yield now
