"""From a report to the alerts that stand on it, and from an alert back to its revisions; read from the topics alone.

report ──▶ reading ──▶ mentions ──▶ incidents ──▶ alerts
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from alerts.tail import Message, Tail
from schemas.alert import Alert
from schemas.connection import Connection
from schemas.incident import Incident
from schemas.mention import Mention, Reading
from schemas.record import Record
from schemas.taxonomy import Traffic
from schemas.topics import INCIDENTS, MENTIONS, READINGS, REPORTS, Stream, alert_streams
from streams.envelope import EnvelopeError, decode


@dataclass(frozen=True, slots=True)
class Lineage:
    """What became of one report."""

    readings: tuple[Reading, ...]
    """Its receipts, one for each revision."""
    mentions: tuple[Mention, ...]
    """What it says."""
    incidents: tuple[Incident, ...]
    """Incidents that it bears witness to, in their latest revision."""
    alerts: tuple[Alert, ...]
    """Alerts that stand on those, in their latest revision."""
    dead_letters: tuple[str, ...]
    """Why it could not be processed, each time that it could not."""

    @property
    def known(self) -> bool:
        """Whether the report, or the incident, ever came."""
        return bool(self.readings or self.dead_letters or self.incidents)


def alert_log(connection: Connection, namespace: str, traffic: Traffic) -> list[Alert]:
    """Return every revision of every alert, each once, in order of alert and revision."""
    log, _ = alert_streams(traffic)
    found = {(a.alert_id, a.revision): a for a in records(connection, namespace, log) if isinstance(a, Alert)}
    return [alert for _, alert in sorted(found.items())]


def revisions_of(log: Sequence[Alert], what: str) -> list[Alert]:
    """Return the revisions of the alert that is meant: by its id, the beginning of it, or its facility (the latest)."""
    near = (
        [a for a in log if a.alert_id == what]
        or [a for a in log if what in (a.site_id, a.facility.facility_id)]
        or [a for a in log if a.alert_id.startswith(what)]
    )
    if not near:
        return []
    latest = max(near, key=lambda a: (a.updated_at, a.revision)).alert_id
    return [a for a in log if a.alert_id == latest]


def trace(connection: Connection, namespace: str, report_id: str, log: Sequence[Alert]) -> Lineage:
    """Follow a report, or an incident, through the topics.

    Raises
    ------
    TopicError
        A topic is missing, or the broker cannot be reached.
    """
    readings = {
        r.report_revision: r
        for r in records(connection, namespace, READINGS)
        if isinstance(r, Reading) and r.report_id == report_id
    }
    mentions = {
        m.mention_id: m
        for m in records(connection, namespace, MENTIONS)
        if isinstance(m, Mention) and m.report_id == report_id
    }
    incidents = _witnessed(connection, namespace, report_id)
    concerned = {i.incident_id for i in incidents}
    latest = {a.alert_id: a for a in log}
    return Lineage(
        readings=tuple(r for _, r in sorted(readings.items())),
        mentions=tuple(m for _, m in sorted(mentions.items())),
        incidents=incidents,
        alerts=tuple(a for a in latest.values() if any(i.incident.incident_id in concerned for i in a.incidents)),
        dead_letters=tuple(_dead_letters(connection, namespace, report_id)),
    )


def _witnessed(connection: Connection, namespace: str, report_id: str) -> tuple[Incident, ...]:
    latest: dict[str, Incident] = {}
    for incident in records(connection, namespace, INCIDENTS):
        if isinstance(incident, Incident):
            known = latest.get(incident.incident_id)
            if known is None or incident.revision >= known.revision:
                latest[incident.incident_id] = incident
    return tuple(
        i
        for _, i in sorted(latest.items())
        if i.incident_id == report_id or any(t.report_id == report_id for t in i.testimony)
    )


def _dead_letters(connection: Connection, namespace: str, report_id: str) -> Iterator[str]:
    for message in messages(connection, REPORTS.dead_letters(namespace)):
        if message.key == report_id.encode():
            yield next((v.decode(errors="replace") for k, v in message.headers if k == "dlq_error"), "")


def records(connection: Connection, namespace: str, stream: Stream) -> Iterator[Record]:
    """Yield what a stream of the namespace holds until now, partition by partition."""
    for message in messages(connection, stream.topic(namespace)):
        if message.value is not None:
            with suppress(EnvelopeError):  # of a newer major version: not ours to explain
                yield decode(stream, message.key, message.value, message.headers)


def messages(connection: Connection, topic: str) -> Iterator[Message]:
    """Yield the records of a topic until now, as they lie there."""
    with Tail(connection, topic) as tail:
        tail.to_beginning()
        yield from tail.until_now()
