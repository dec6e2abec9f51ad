"""The topics of a namespace: made, checked against their declaration, and asked how far a worker has come.

Partition counts are fixed at creation and equal for all topics: a key's partition must mean the same in every stage,
and tables live in partitions, so added ones would tear keys from their history. What differs is told, never mended
silently.

AdminError
├── AccessError               the broker would not give or take rights (`streams.access`)
├── BrokerUnreachableError    it is down, or does not take us: name, port, TLS, certificate or login is wrong
├── PartitionsError           a namespace was created with another number of partitions
└── TopicsError               the broker would not create or change a topic
"""

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self, TypeVar

from kafka import KafkaAdminClient, TopicPartition
from kafka.admin import (
    AlterConfigOp,
    ConfigResource,
    ConfigResourceType,
    OffsetSpec,
)
from kafka.errors import (
    CoordinatorLoadInProgressError,
    CoordinatorNotAvailableError,
    GroupIdNotFoundError,
    KafkaError,
    NonEmptyGroupError,
    NotCoordinatorError,
    TopicAlreadyExistsError,
    for_code,
)

from alerts.handshake import HandshakeError, NobodyThereError, greet
from schemas.connection import Connection
from streams.topology import TABLES, Drift, DriftKind, app_id, drifts, topic_specs

_Answer = TypeVar("_Answer")
_PROTOCOL_TIMEOUT_MS = 10_000
_START_ONE = "Start one with `tocsin up`, or name one with --bootstrap or TOCSIN_BOOTSTRAP"
_REMOVAL_TIMEOUT_S = 30.0
_GONE = GroupIdNotFoundError.__name__
_FORGOTTEN = frozenset({"OK", _GONE})
_NOT_YET = frozenset(
    error.__name__
    for error in (
        NonEmptyGroupError,
        CoordinatorLoadInProgressError,
        CoordinatorNotAvailableError,
        NotCoordinatorError,
    )
)
"""What a deletion of groups answers, by name: it does not raise."""


class AdminError(Exception):
    """The broker or its topics are not as they must be; the message says what to do."""


class BrokerUnreachableError(AdminError):
    """No broker takes us."""


class PartitionsError(AdminError):
    """The namespace has another number of partitions than was asked for."""


class TopicsError(AdminError):
    """The broker refused to create or change a topic."""


@dataclass(frozen=True, slots=True)
class Lag:
    """How far a consumer group is behind."""

    committed: Mapping[TopicPartition, int] = field(default_factory=dict)
    ends: Mapping[TopicPartition, int] = field(default_factory=dict)

    @property
    def by_topic(self) -> dict[str, int]:
        """Records that are not yet dealt with, by topic; a partition without a commit counts from its beginning."""
        lag: Counter[str] = Counter()
        for tp, end in self.ends.items():
            lag[tp.topic] += max(0, end - self.committed.get(tp, 0))
        return dict(lag)


class Admin:
    """A synchronous view on a broker's topics and groups; use it as a context manager.

    Raises
    ------
    BrokerUnreachableError
        At once, when nothing that speaks Kafka answers.
    """

    def __init__(self, connection: Connection) -> None:
        address = probe(connection)
        # The client retries and logs for itself; what matters comes as an exception, told once and in our words.
        logging.getLogger("kafka").setLevel(logging.CRITICAL)
        try:
            self._client = KafkaAdminClient(
                **connection.kafka_python(),
                client_id="tocsin-admin",
                bootstrap_timeout_ms=_PROTOCOL_TIMEOUT_MS,
                request_timeout_ms=_PROTOCOL_TIMEOUT_MS,
            )
        except KafkaError as e:
            raise BrokerUnreachableError(f"{address} took us once, and then did not answer: {e}") from e

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def partitions(self, namespace: str) -> int | None:
        """Return how many partitions the namespace has; None where it has no topics.

        Where its topics disagree, that of most of them.
        """
        found = self._existing(namespace)
        counts = Counter(
            found[spec.name] for spec in topic_specs(namespace) if spec.name in found and not spec.partitions
        )
        return counts.most_common(1)[0][0] if counts else None

    def create_topics(
        self, namespace: str, partitions: int | None, replication: int, say: Callable[[str], None] = lambda _line: None
    ) -> list[str]:
        """Create the topics that are missing; return their names.

        Parameters
        ----------
        namespace
            First part of their names.
        partitions
            How many for each; None takes what the namespace has. Must be that number where it has topics already.
        replication
            Replicas of each partition.
        say
            Hears of every topic that is created.

        Raises
        ------
        PartitionsError
            The namespace was created with another number of partitions.
        TopicsError
            The broker refuses.
        """
        has = self.partitions(namespace)
        count = partitions or has
        if count is None:
            raise PartitionsError(f"namespace {namespace} has no topics yet: say how many partitions they are to have")
        if has is not None and has != count:
            raise PartitionsError(
                f"namespace {namespace} has {has} partitions, not {count}: the number is fixed at creation, added ones "
                "are refused; create a new namespace and migrate to it"
            )
        existing = self._existing(namespace)
        missing = [spec for spec in topic_specs(namespace) if spec.name not in existing]
        if not missing:
            return []
        wanted = {
            spec.name: {
                "num_partitions": spec.partitions or count,
                "replication_factor": replication,
                "configs": dict(spec.configs),
            }
            for spec in missing
        }
        created = []
        try:
            answer = self._client.create_topics(wanted, raise_errors=False)
            for topic in answer["topics"]:
                if _refused(topic):
                    raise TopicsError(f"the broker would not create {topic['name']}: {_why(topic)}")
                created.append(topic["name"])
                say(topic["name"])
            self._client.wait_for_topics([spec.name for spec in missing], timeout_ms=30_000)
        except KafkaError as e:
            raise TopicsError(f"topics of {namespace} could not be created: {e}") from e
        return created

    def remove_namespace(self, namespace: str) -> None:
        """Forget how far the workers of a namespace had come, and delete all its topics; for one that was a trial.

        Raises
        ------
        TopicsError
            The broker refuses, a worker still holds the namespace, or it takes more than half a minute.
        """
        if not (existing := list(self._existing(namespace))):
            return
        # Commits that outlive their topics would say of the next ones that their tables were lost.
        self._forget(app_id(namespace))
        try:
            self._client.delete_topics(existing)
        except KafkaError as e:
            raise TopicsError(f"namespace {namespace} could not be removed: {e}") from e
        deadline = time.monotonic() + _REMOVAL_TIMEOUT_S
        while self._existing(namespace):
            if time.monotonic() > deadline:
                raise TopicsError(f"topics of namespace {namespace} are still there after {_REMOVAL_TIMEOUT_S:.0f} s")
            time.sleep(0.1)

    def _forget(self, group: str) -> None:
        """Delete a group and its commits; waits for members that were killed, and for a broker that just started."""
        deadline = time.monotonic() + _REMOVAL_TIMEOUT_S
        while (answer := self._asked(lambda: self._client.delete_groups([group])[group]) or _GONE) not in _FORGOTTEN:
            if answer not in _NOT_YET:
                raise TopicsError(f"the broker would not delete group {group}: {answer}")
            if time.monotonic() > deadline:
                raise TopicsError(
                    f"group {group} could not be deleted within {_REMOVAL_TIMEOUT_S:.0f} s: {answer}. "
                    "If a worker of that namespace still runs, stop it first"
                )
            time.sleep(0.1)

    def check_topics(self, namespace: str) -> list[Drift]:
        """Return how the namespace's topics differ from their declaration, missing ones first."""
        existing = self._existing(namespace)
        count = self.partitions(namespace)
        specs = list(topic_specs(namespace))
        configs = self._configs([spec.name for spec in specs if spec.name in existing])
        return sorted(
            (drift for spec in specs for drift in drifts(spec, existing.get(spec.name), count, configs.get(spec.name))),
            key=lambda drift: (list(DriftKind).index(drift.kind), drift.topic),
        )

    def fix(self, drifts: Iterable[Drift]) -> list[Drift]:
        """Set the configuration of topics back to their declaration; return what was mended: configuration only.

        Raises
        ------
        TopicsError
            The broker refuses.
        """
        mended = [drift for drift in drifts if drift.kind is DriftKind.CONFIG]
        by_topic: dict[str, dict[str, tuple[AlterConfigOp, str]]] = {}
        for drift in mended:
            by_topic.setdefault(drift.topic, {})[drift.setting] = (AlterConfigOp.SET, drift.expected)
        if not by_topic:
            return []
        resources = [ConfigResource(ConfigResourceType.TOPIC, topic, changes) for topic, changes in by_topic.items()]
        try:
            answer = self._client.alter_configs(resources)
        except KafkaError as e:
            raise TopicsError(f"configuration could not be changed: {e}") from e
        for topic, result in answer["topic"].items():
            if result != "OK":
                raise TopicsError(f"configuration of {topic} could not be changed: {result}")
        return mended

    def delete_before(self, topic: str, offsets: Mapping[int, int]) -> None:
        """Delete what lies before an offset of each partition: for good.

        Raises
        ------
        TopicsError
            The broker refuses.
        """
        try:
            self._client.delete_records({TopicPartition(topic, number): offset for number, offset in offsets.items()})
        except KafkaError as e:
            raise TopicsError(f"records of {topic} could not be deleted: {e}") from e

    def lost_state(self, namespace: str) -> list[str]:
        """Return the changelog partitions that were emptied or cut off: their tables lack what was committed long ago.

        A compacted topic never loses its beginning by itself, and a partition that was worked on left a row there.
        """
        group = app_id(namespace)
        lag = self.lag(group, [stream.topic(namespace) for stream in TABLES.values()])
        changelogs = {
            TopicPartition(f"{group}-{table}-changelog", tp.partition)
            for table, stream in TABLES.items()
            for tp, offset in lag.committed.items()
            if tp.topic == stream.topic(namespace) and offset > 0
        }
        if not changelogs:
            return []
        first = self._client.list_partition_offsets(dict.fromkeys(changelogs, OffsetSpec.EARLIEST))
        last = self._client.list_partition_offsets(dict.fromkeys(changelogs, OffsetSpec.LATEST))
        lost = [tp for tp in changelogs if first[tp].offset > 0 or last[tp].offset == 0]
        return sorted(f"{tp.topic}/{tp.partition}" for tp in lost)

    def lag(self, group: str, topics: Iterable[str]) -> Lag:
        """Return how far a consumer group is behind in topics; those that do not exist are left out."""
        existing = self._described(topics)
        partitions = [TopicPartition(topic, number) for topic, count in existing.items() for number in range(count)]
        if not partitions:
            return Lag()
        ends = self._client.list_partition_offsets(dict.fromkeys(partitions, OffsetSpec.LATEST))
        committed = self._asked(lambda: self._client.list_group_offsets({group: partitions})[group]) or {}
        return Lag(
            {tp: at.offset for tp, at in committed.items() if at.offset >= 0},
            {tp: at.offset for tp, at in ends.items()},
        )

    def members(self, group: str) -> int:
        """Return how many members a consumer group has; 0 where there is no such group."""
        described = self._asked(lambda: self._client.describe_groups([group])[group])
        return len(described["members"]) if described else 0

    def _asked(self, question: Callable[[], _Answer]) -> _Answer | None:
        """Ask about a group; None where there is none. A fresh broker first has to make its own topic for groups."""
        deadline = time.monotonic() + _PROTOCOL_TIMEOUT_MS / 1000
        while True:
            try:
                return question()
            except GroupIdNotFoundError:
                return None
            except (CoordinatorNotAvailableError, CoordinatorLoadInProgressError, NotCoordinatorError) as e:
                if time.monotonic() > deadline:
                    raise AdminError(f"the broker does not tell about its groups: {e}") from e
                time.sleep(0.1)
            except KafkaError as e:
                raise AdminError(f"the broker does not tell about its groups: {e}") from e

    def _existing(self, namespace: str) -> dict[str, int]:
        """Return the partition counts of the namespace's topics that exist."""
        return self._described(spec.name for spec in topic_specs(namespace))

    def _described(self, topics: Iterable[str]) -> dict[str, int]:
        try:
            described = self._client.describe_topics(list(topics))
        except KafkaError as e:
            raise AdminError(f"the broker does not tell about its topics: {e}") from e
        return {t["name"]: len(t["partitions"]) for t in described if t["error_code"] == 0}

    def _configs(self, topics: list[str]) -> dict[str, dict[str, str]]:
        if not topics:
            return {}
        resources = [ConfigResource(ConfigResourceType.TOPIC, topic) for topic in topics]
        try:
            found = self._client.describe_configs(resources, config_filter="all")["topic"]
        except KafkaError as e:
            raise AdminError(f"the broker does not tell how its topics are configured: {e}") from e
        return {topic: {key: str(data["value"]) for key, data in found[topic].items()} for topic in topics}


def probe(connection: Connection) -> str:
    """Return the first bootstrap address that takes us.

    Raises
    ------
    BrokerUnreachableError
        None does; the message says what is at fault: name, port, TLS, a certificate, the login.
    """
    try:
        return greet(connection)
    except NobodyThereError as e:
        raise BrokerUnreachableError(f"no broker: {e}. {_START_ONE}") from e
    except HandshakeError as e:
        raise BrokerUnreachableError(f"no broker takes us: {e}") from e


def _refused(topic: Mapping[str, Any]) -> bool:
    # Another process may have created it meanwhile.
    return topic["error_code"] not in (0, TopicAlreadyExistsError.errno)


def _why(topic: Mapping[str, Any]) -> str:
    return str(topic.get("error_message") or for_code(topic["error_code"]).__name__)
