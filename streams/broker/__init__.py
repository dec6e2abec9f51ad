"""The local Kafka of `tocsin up` and of the tests: Apache Kafka itself, as children of this process."""

from streams.broker.cluster import BrokerConfig, LocalKafka
from streams.broker.errors import (
    BrokerError,
    BrokerFailedError,
    FolderError,
    FolderInUseError,
    JarsMissingError,
    JavaMissingError,
    PortTakenError,
)
from streams.broker.folder import running_at
from streams.broker.node import Node

__all__ = [
    "BrokerConfig",
    "BrokerError",
    "BrokerFailedError",
    "FolderError",
    "FolderInUseError",
    "JarsMissingError",
    "JavaMissingError",
    "LocalKafka",
    "Node",
    "PortTakenError",
    "running_at",
]
