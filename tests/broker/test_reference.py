"""Facilities and policy come into force as a whole, or not at all."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.connection import Connection
from schemas.facility import Facility, Manifest
from schemas.policy import Policy
from schemas.record import Record
from schemas.taxonomy import FacilityKind
from schemas.topics import FACILITIES, POLICY
from streams.gazetteer import Gazetteer
from streams.reference import Reference, References
from tests.broker.workers import create_topics, produce, send, until

PLACES = [
    Facility(id=f"xx-{n}", name=f"Camp {n}", kind=FacilityKind.MILITARY_BASE, country="KE", lat=n, lon=40.0)
    for n in (1, 2)
]


def manifest(facilities: list[Facility]) -> Manifest:
    """Return the manifest of a set."""
    return Manifest(
        version="one", count=len(facilities), sha256=Gazetteer(facilities).sha256, published_at=datetime.now(tz=UTC)
    )


@pytest.fixture
def references(kafka: str, namespace: str) -> Iterator[References]:
    """References that watch a fresh namespace."""
    create_topics(kafka, namespace)
    watching = References(Connection(bootstrap=kafka), namespace)
    watching.start()
    yield watching
    watching.stop()


def test_a_set_counts_when_it_is_complete(kafka: str, namespace: str, references: References) -> None:
    """Facilities alone change nothing; with their manifest the whole set is in force; a removal needs a new one."""
    shipped = references.current.gazetteer.version
    send(kafka, namespace, FACILITIES, *((f.id, f) for f in PLACES))
    send(kafka, namespace, POLICY, ("default", Policy(version="mark-1")))
    until(lambda: references.current.policy.version == "mark-1", lambda: "the policy never came into force")
    assert references.current.gazetteer.version == shipped
    send(kafka, namespace, FACILITIES, ("manifest", manifest(PLACES)))
    until(lambda: set(references.current.gazetteer.by_id) == {"xx-1", "xx-2"}, lambda: "the set never came into force")
    produce(kafka, FACILITIES.topic(namespace), (b"xx-2", None, []))
    send(kafka, namespace, FACILITIES, ("manifest", manifest(PLACES[:1])))
    until(lambda: set(references.current.gazetteer.by_id) == {"xx-1"}, lambda: "the removal never came into force")


def test_what_is_published_counts_from_the_start(kafka: str, namespace: str) -> None:
    """A worker that starts later begins with what is published, not with what ships."""
    create_topics(kafka, namespace)
    records: list[tuple[str, Record]] = [(f.id, f) for f in PLACES]
    send(kafka, namespace, FACILITIES, *records, ("manifest", manifest(PLACES)))
    seen: list[Reference] = []
    later = References(Connection(bootstrap=kafka), namespace, on_switch=seen.append)
    later.start()
    later.stop()
    assert set(later.current.gazetteer.by_id) == {"xx-1", "xx-2"}
    assert seen[-1] is later.current


def test_a_changed_file_is_taken_or_refused_as_a_whole(kafka: str, namespace: str, tmp_path: Path) -> None:
    """A policy file that was changed is read again; one that is wrong leaves the old one in force."""
    create_topics(kafka, namespace)
    path = tmp_path / "policy.json"
    path.write_bytes(Policy(version="first").to_json())
    refused: list[str] = []
    watching = References(Connection(bootstrap=kafka), namespace, policy=path, on_refuse=refused.append)
    watching.start()
    try:
        path.write_text('{"version": "wrong", "detector": {"alert_days": -1}}')
        until(lambda: refused, lambda: "the wrong file was never refused")
        assert watching.current.policy.version == "first"
        path.write_bytes(Policy(version="second, and longer").to_json())
        until(lambda: watching.current.policy.version == "second, and longer", lambda: "the new file never counted")
    finally:
        watching.stop()


def test_the_hash_is_that_of_the_records() -> None:
    """The manifest's hash is over the records as they are published, in order of id."""
    digest = hashlib.sha256(b"".join(f.to_json() + b"\n" for f in PLACES))
    assert Gazetteer(reversed(PLACES)).sha256 == digest.hexdigest()
