"""What the topics of a namespace must be, and how those that are there differ: pure.

The streams are declared in `schemas/topics.py`; beside them stand their dead-letter topics, and those that Faust keeps
for itself, which are named and made by us.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from schemas.topics import DAY_MS, DEAD_LETTER_RETENTION_D, EXPOSURES, MENTIONS, REPORTS, Stream, all_streams

TABLES: Final[Mapping[str, Stream]] = MappingProxyType({"read": REPORTS, "fuse": MENTIONS, "watch": EXPOSURES})
"""The worker's tables, and the stream behind each: Faust names their changelogs `<app id>-<table>-changelog`."""

DEAD_LETTER_MAX_BYTES: Final = 2_500_000
"""A dead letter holds an original of Kafka's default 1 MB, and its headers."""


@dataclass(frozen=True, slots=True)
class TopicSpec:
    """A topic as it must be."""

    name: str
    configs: Mapping[str, str]
    partitions: int | None = None
    """A number of its own; None for the namespace's."""


class DriftKind(StrEnum):
    """How a topic differs from its declaration."""

    MISSING = "missing"
    PARTITIONS = "partitions"
    CONFIG = "config"


@dataclass(frozen=True, slots=True)
class Drift:
    """One way in which one topic differs from its declaration."""

    topic: str
    kind: DriftKind
    setting: str
    expected: str
    found: str

    @property
    def advice(self) -> str:
        """What to do about it."""
        match self.kind:
            case DriftKind.MISSING:
                return "tocsin topics create"
            case DriftKind.CONFIG:
                return "tocsin topics --fix, unless it was changed on purpose"
            case DriftKind.PARTITIONS:
                return "partitions are fixed at creation: create a new namespace and migrate to it"


def app_id(namespace: str) -> str:
    """Return the id of the worker application: consumer group, and first part of Faust's own topics."""
    return f"{namespace}-worker"


def changelog(namespace: str, table: str) -> str:
    """Return the topic in which a worker's table is kept."""
    return f"{app_id(namespace)}-{table}-changelog"


def topic_specs(namespace: str) -> Iterator[TopicSpec]:
    """Yield every topic of a namespace: the streams, their dead letters, and those that Faust keeps for itself."""
    dead = {
        "cleanup.policy": "delete",
        "retention.ms": str(DEAD_LETTER_RETENTION_D * DAY_MS),
        "max.message.bytes": str(DEAD_LETTER_MAX_BYTES),
    }
    for stream in all_streams():
        yield TopicSpec(stream.topic(namespace), stream.config())
        if stream.input:
            yield TopicSpec(stream.dead_letters(namespace), dead)
    for table in TABLES:
        yield TopicSpec(changelog(namespace, table), {"cleanup.policy": "compact"})
    yield TopicSpec(f"{app_id(namespace)}-__assignor-__leader", {}, partitions=1)


def drifts(spec: TopicSpec, has: int | None, count: int | None, configs: Mapping[str, str] | None) -> Iterator[Drift]:
    """Yield how a topic differs from what it must be.

    Parameters
    ----------
    spec
        What it must be.
    has
        How many partitions it has; None where it is missing.
    count
        How many partitions the namespace has.
    configs
        How it is configured.
    """
    expected = spec.partitions or count
    if has is None or configs is None:
        yield Drift(spec.name, DriftKind.MISSING, "topic", "present", "missing")
        return
    if has != expected:
        yield Drift(spec.name, DriftKind.PARTITIONS, "partitions", str(expected), str(has))
    for setting, value in spec.configs.items():
        found = configs.get(setting, "unset")
        if set(found.split(",")) != set(value.split(",")):
            yield Drift(spec.name, DriftKind.CONFIG, setting, value, found)
