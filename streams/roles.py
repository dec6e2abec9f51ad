"""Who may do what: each role's rights on a namespace, the least that its work needs; pure.

    reporter      writes reports
    worker        runs the route: every right between the topics, none to make or change them
    subscriber    reads alerts, heartbeats and facilities, in consumer groups named `<namespace>.alerts.<name>`
    operator      a subscriber who writes actions, and reads what became of them
    admin         makes, changes and removes the topics of the namespace, publishes, looks at everything

In Kafka's authorizer the right to read or to write a topic or group holds the right to describe it. IdempotentWrite
comes with the right to write since Kafka 3.0; it is named for authorizers that do not know that.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from schemas.taxonomy import Traffic
from schemas.topics import ACTIONS, FACILITIES, HEARTBEAT, POLICY, REPORTS, Stream, alert_streams, all_streams
from streams.topology import TABLES, app_id, changelog, topic_specs


class Role(StrEnum):
    """What a principal is there for."""

    REPORTER = "reporter"
    WORKER = "worker"
    SUBSCRIBER = "subscriber"
    OPERATOR = "operator"
    ADMIN = "admin"


class Operation(StrEnum):
    """An operation, as Kafka's tools name it."""

    READ = "Read"
    WRITE = "Write"
    CREATE = "Create"
    DELETE = "Delete"
    ALTER = "Alter"
    DESCRIBE = "Describe"
    DESCRIBE_CONFIGS = "DescribeConfigs"
    ALTER_CONFIGS = "AlterConfigs"
    IDEMPOTENT_WRITE = "IdempotentWrite"


class Resource(StrEnum):
    """What a right is about."""

    TOPIC = "topic"
    GROUP = "group"
    CLUSTER = "cluster"


@dataclass(frozen=True, slots=True)
class Grant:
    """Rights on one resource, or on all whose name begins so."""

    resource: Resource
    name: str
    operations: tuple[Operation, ...]
    prefixed: bool = False


CLUSTER: Final = "kafka-cluster"
"""Kafka's name of the one resource of kind cluster."""
_IDEMPOTENT: Final = Grant(Resource.CLUSTER, CLUSTER, (Operation.IDEMPOTENT_WRITE,))
_EVERYTHING: Final = tuple(o for o in Operation if o is not Operation.IDEMPOTENT_WRITE)


def grants(role: Role, namespace: str) -> tuple[Grant, ...]:
    """Return the rights of a role on a namespace."""
    return tuple(_RIGHTS[role](namespace))


def subscriber_groups(namespace: str) -> str:
    """Return how the consumer groups of subscribers begin: the workers' own group is out of their reach."""
    return f"{namespace}.alerts."


def commands(given: tuple[Grant, ...], principal: str, bootstrap: str, *, remove: bool = False) -> Iterator[str]:
    """Yield the commands by which Kafka's own tool does the same."""
    doing = "--remove --force" if remove else "--add"
    for grant in given:
        operations = " ".join(f"--operation {operation.value}" for operation in grant.operations)
        about = "--cluster" if grant.resource is Resource.CLUSTER else f"--{grant.resource.value} '{grant.name}'"
        pattern = " --resource-pattern-type prefixed" if grant.prefixed else ""
        yield (
            f"kafka-acls.sh --bootstrap-server {bootstrap} {doing} --allow-principal {_quoted(principal)} "
            f"{operations} {about}{pattern}"
        )


def _reporter(namespace: str) -> Iterator[Grant]:
    yield _topic(REPORTS, namespace, Operation.WRITE)
    yield _IDEMPOTENT


def _worker(namespace: str) -> Iterator[Grant]:
    ticks_and_verdicts = {REPORTS, ACTIONS}
    for stream in all_streams():
        reads = stream.input or stream in (FACILITIES, POLICY, HEARTBEAT)
        writes = stream not in (FACILITIES, POLICY) and (not stream.entry or stream in ticks_and_verdicts)
        does = [o for o, on in ((Operation.READ, reads), (Operation.WRITE, writes)) if on]
        yield _topic(stream, namespace, *does, Operation.DESCRIBE_CONFIGS)
        if stream.input:
            yield Grant(Resource.TOPIC, stream.dead_letters(namespace), (Operation.WRITE, Operation.DESCRIBE_CONFIGS))
    for table in TABLES:
        yield Grant(
            Resource.TOPIC, changelog(namespace, table), (Operation.READ, Operation.WRITE, Operation.DESCRIBE_CONFIGS)
        )
    for spec in topic_specs(namespace):
        if spec.partitions:
            yield Grant(Resource.TOPIC, spec.name, (Operation.DESCRIBE, Operation.DESCRIBE_CONFIGS))
    yield Grant(Resource.GROUP, app_id(namespace), (Operation.READ,))
    yield _IDEMPOTENT


def _subscriber(namespace: str) -> Iterator[Grant]:
    for traffic in Traffic:
        for stream in alert_streams(traffic):
            yield _topic(stream, namespace, Operation.READ)
    yield _topic(HEARTBEAT, namespace, Operation.READ)
    yield _topic(FACILITIES, namespace, Operation.READ)
    yield Grant(Resource.GROUP, subscriber_groups(namespace), (Operation.READ,), prefixed=True)


def _operator(namespace: str) -> Iterator[Grant]:
    yield from _subscriber(namespace)
    yield _topic(ACTIONS, namespace, Operation.READ, Operation.WRITE)
    yield _IDEMPOTENT


def _admin(namespace: str) -> Iterator[Grant]:
    # A namespace has no dot: the prefix reaches into no other one, as `<namespace>-worker-` might.
    yield Grant(Resource.TOPIC, f"{namespace}.", _EVERYTHING, prefixed=True)
    for spec in topic_specs(namespace):
        if not spec.name.startswith(f"{namespace}."):
            yield Grant(Resource.TOPIC, spec.name, _EVERYTHING)
    yield Grant(Resource.GROUP, app_id(namespace), (Operation.READ, Operation.DELETE))
    yield Grant(Resource.GROUP, subscriber_groups(namespace), (Operation.READ, Operation.DELETE), prefixed=True)
    yield _IDEMPOTENT


_RIGHTS: Final[Mapping[Role, Callable[[str], Iterator[Grant]]]] = MappingProxyType(
    {
        Role.REPORTER: _reporter,
        Role.WORKER: _worker,
        Role.SUBSCRIBER: _subscriber,
        Role.OPERATOR: _operator,
        Role.ADMIN: _admin,
    }
)


def _topic(stream: Stream, namespace: str, *operations: Operation) -> Grant:
    return Grant(Resource.TOPIC, stream.topic(namespace), operations)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
