"""Facilities and policy: from topic or file to one immutable snapshot, switched as a whole.

A set of facilities is complete when its hash is the one that the manifest names; until then, and when a new file or
policy is refused, the snapshot that is in force stays in force. Faust's global tables are not used: they recover in a
loop of their own, and the reader's indexes must be there before the first report.
"""

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from kafka import KafkaConsumer, TopicPartition
from kafka.consumer.fetcher import ConsumerRecord

from alerts.header_names import unpack_any_header_name
from schemas.connection import Connection
from schemas.facility import Facility, Manifest
from schemas.policy import Policy
from schemas.topics import FACILITIES, POLICY
from streams.envelope import EnvelopeError, decode
from streams.gazetteer import Gazetteer, GazetteerError
from streams.policy_file import PolicyError, default_policy, load_policy
from streams.reading import Lexicon
from streams.resources import resource

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reference:
    """What the steps look up: facilities, the reader's indexes over them, and the policy."""

    gazetteer: Gazetteer
    lexicon: Lexicon
    policy: Policy

    def with_policy(self, policy: Policy) -> "Reference":
        """Return the snapshot with another policy."""
        return Reference(self.gazetteer, self.lexicon, policy)

    def with_facilities(self, gazetteer: Gazetteer) -> "Reference":
        """Return the snapshot with other facilities; builds the reader's indexes."""
        return Reference(gazetteer, Lexicon.build(gazetteer), self.policy)


def load_files(facilities: Path | None, policy: Path | None) -> Reference:
    """Read both from files, the defaults where none is named.

    Raises
    ------
    GazetteerError, PolicyError
        A file cannot be used.
    """
    gazetteer = Gazetteer.from_geojson(facilities or resource("defaults/facilities.geojson"))
    return Reference(gazetteer, Lexicon.build(gazetteer), load_policy(policy) if policy else default_policy())


class References:
    """The snapshot in force, and the thread that watches for its successor.

    Parameters
    ----------
    connection, namespace
        Where facilities and policy are published.
    facilities, policy
        Files that take the place of what is published.
    on_switch
        Called with each snapshot that comes into force, from the watching thread.
    on_refuse
        Called with `facilities` or `policy` for each version that is refused, from the watching thread.
    """

    def __init__(
        self,
        connection: Connection,
        namespace: str,
        facilities: Path | None = None,
        policy: Path | None = None,
        on_switch: Callable[[Reference], None] | None = None,
        on_refuse: Callable[[str], None] | None = None,
    ) -> None:
        self._connection = connection
        self._streams = {FACILITIES.topic(namespace): FACILITIES, POLICY.topic(namespace): POLICY}
        self._files = {"facilities": facilities, "policy": policy}
        self._stamps = {path: _stamp(path) for path in self._files.values() if path}
        self._on_switch = on_switch or (lambda _reference: None)
        self._on_refuse = on_refuse or (lambda _kind: None)
        self._facilities: dict[str, Facility] = {}
        self._manifest: Manifest | None = None
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self.current = load_files(facilities, policy)

    def start(self) -> None:
        """Read what is published, bring it into force, and keep watching in a thread."""
        consumer = self._consumer()
        self._take(self._until_now(consumer))
        self._on_switch(self.current)
        self._thread = threading.Thread(target=self._watch, args=(consumer,), name="reference", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the watching thread."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def _watch(self, consumer: KafkaConsumer) -> None:
        while not self._stop.wait(0.5):
            try:
                batches = consumer.poll(timeout_ms=500)
                self._take(record for batch in batches.values() for record in batch)
                self._reread_files()
            except Exception:  # the snapshot in force stays; the next round tries again
                logger.exception("facilities and policy could not be refreshed; what is in force stays")
        consumer.close()

    def _consumer(self) -> KafkaConsumer:
        unpack_any_header_name()
        consumer = KafkaConsumer(**self._connection.kafka_python(), group_id=None, enable_auto_commit=False)
        partitions = [
            TopicPartition(topic, number)
            for topic in self._streams
            for number in sorted(consumer.partitions_for_topic(topic) or ())
        ]
        consumer.assign(partitions)
        if partitions:
            consumer.seek_to_beginning(*partitions)
        return consumer

    def _until_now(self, consumer: KafkaConsumer) -> Iterable[ConsumerRecord]:
        ends = consumer.end_offsets(list(consumer.assignment())) if consumer.assignment() else {}
        while any(consumer.position(tp) < end for tp, end in ends.items()):
            for batch in consumer.poll(timeout_ms=1000).values():
                yield from batch

    def _take(self, records: Iterable[ConsumerRecord]) -> None:
        policy: Policy | None = None
        touched = False
        for record in records:
            if record.value is None:
                touched |= self._facilities.pop((record.key or b"").decode(errors="replace"), None) is not None
                continue
            try:
                match decode(self._streams[record.topic], record.key, record.value, record.headers):
                    case Facility() as facility:
                        self._facilities[facility.id] = facility
                        touched = True
                    case Manifest() as manifest:
                        self._manifest = manifest
                        touched = True
                    case Policy() as policy:
                        pass
            except EnvelopeError as e:
                logger.warning("refused %s/%d/%d: %s", record.topic, record.partition, record.offset, e)
                self._on_refuse(self._streams[record.topic].name)
        if policy is not None and self._files["policy"] is None:
            self._switch(self.current.with_policy(policy))
        if touched and self._files["facilities"] is None:
            self._complete_facilities()

    def _complete_facilities(self) -> None:
        manifest = self._manifest
        if manifest is None or manifest.count != len(self._facilities):
            return
        if manifest.sha256 == self.current.gazetteer.sha256:
            return
        try:
            gazetteer = Gazetteer(self._facilities.values())
        except GazetteerError as e:
            logger.warning("published facilities %s refused: %s", manifest.version, e)
            self._on_refuse("facilities")
            return
        if gazetteer.sha256 == manifest.sha256:
            self._switch(self.current.with_facilities(gazetteer))

    def _reread_files(self) -> None:
        for kind, path in self._files.items():
            if path is None or _stamp(path) == self._stamps[path]:
                continue
            self._stamps[path] = _stamp(path)
            try:
                if kind == "policy":
                    self._switch(self.current.with_policy(load_policy(path)))
                else:
                    self._switch(self.current.with_facilities(Gazetteer.from_geojson(path)))
            except (PolicyError, GazetteerError) as e:
                logger.warning("changed %s refused, what is in force stays: %s", kind, e)
                self._on_refuse(kind)

    def _switch(self, reference: Reference) -> None:
        self.current = reference
        logger.info(
            "in force: %d facilities %s, policy %s",
            len(reference.gazetteer),
            reference.gazetteer.version,
            reference.policy.version,
        )
        self._on_switch(reference)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except OSError:
        return (0, 0)
    return (stat.st_mtime_ns, stat.st_size)
