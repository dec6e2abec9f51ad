"""Facilities and policy on their topics: what is published now, and how a new set takes its place.

A set of facilities is sent whole: its facilities, tombstones for those that are gone, and last the manifest, by whose
count and hash every reader knows that it has the set complete.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alerts.tail import Tail
from schemas.connection import Connection
from schemas.facility import Facility, Manifest
from schemas.policy import Policy
from schemas.record import Record
from schemas.topics import FACILITIES, POLICY, Stream
from streams.desk.sending import Sender
from streams.envelope import EnvelopeError, decode
from streams.gazetteer import Gazetteer
from streams.resources import resource

MANIFEST_KEY = "@manifest"


@dataclass(frozen=True, slots=True)
class Published:
    """What lies on the facilities topic."""

    facilities: dict[str, Facility]
    manifest: Manifest | None

    def in_force(self) -> Mapping[str, Facility]:
        """Return what workers watch over, by id: the facilities that ship, until others are published."""
        if self.manifest is None:
            return Gazetteer.from_geojson(resource("defaults/facilities.geojson")).by_id
        return self.facilities


def published_facilities(connection: Connection, namespace: str) -> Published:
    """Return the facilities that are published.

    Raises
    ------
    TopicError
        The topic is missing, or the broker cannot be reached.
    """
    latest = dict(_latest(connection, namespace, FACILITIES))
    return Published(
        {key: record for key, record in latest.items() if isinstance(record, Facility)},
        next((record for record in latest.values() if isinstance(record, Manifest)), None),
    )


def published_policy(connection: Connection, namespace: str) -> Policy | None:
    """Return the policy that was published last, None where none is.

    Raises
    ------
    TopicError
        The topic is missing, or the broker cannot be reached.
    """
    found = [record for _, record in _latest(connection, namespace, POLICY) if isinstance(record, Policy)]
    return found[-1] if found else None


def differences(before: Policy, after: Policy) -> Iterator[str]:
    """Yield a line for each value of a policy that another one changes: its dotted name, what it was, what it will be.

    Of a list it tells how long it is.
    """
    old, new = (dict(_values(policy.model_dump(mode="json"))) for policy in (before, after))
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            yield f"{name}: {_shown(old.get(name))} → {_shown(new.get(name))}"


def _values(value: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, inner in value.items():
        if isinstance(inner, dict):
            yield from _values(inner, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", inner


def _shown(value: object) -> str:
    if isinstance(value, list):
        return f"{len(value)} of them" if value else "none"
    return "nothing" if value is None else str(value)


def publish_facilities(sender: Sender, gazetteer: Gazetteer, before: Published, now: datetime) -> Manifest:
    """Send a set of facilities in place of another, and its manifest when everything else has arrived.

    Raises
    ------
    SendError
        The broker did not take a record.
    """
    for facility_id in sorted(before.facilities.keys() - gazetteer.by_id.keys()):
        sender.forget(FACILITIES, facility_id)
    for facility in gazetteer.by_id.values():
        sender.send(FACILITIES, facility, facility.id)
    sender.settle()
    manifest = Manifest(version=gazetteer.version, count=len(gazetteer), sha256=gazetteer.sha256, published_at=now)
    sender.send(FACILITIES, manifest, MANIFEST_KEY)
    sender.settle()
    return manifest


def _latest(connection: Connection, namespace: str, stream: Stream) -> Iterator[tuple[str, Record]]:
    """Yield the latest record of every key that is not forgotten, in order of time."""
    found: dict[str, tuple[int, Record]] = {}
    with Tail(connection, stream.topic(namespace)) as tail:
        tail.to_beginning()
        for message in tail.until_now():
            key = (message.key or b"").decode(errors="replace")
            if message.value is None:
                found.pop(key, None)
                continue
            with suppress(EnvelopeError):  # a reader leaves it out, too
                found[key] = message.timestamp_ms, decode(stream, message.key, message.value, message.headers)
    for key, (_, record) in sorted(found.items(), key=lambda item: (item[1][0], item[0])):
        yield key, record
