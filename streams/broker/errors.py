"""Why the local Kafka cannot be had; every message is one line that says what to do.

BrokerError
├── JavaMissingError       no Java of the needed version
├── JarsMissingError       Kafka's jars are not in the cache and cannot be fetched
├── FolderError            the data folder cannot be used: not writable, not ours, damaged
│   └── FolderInUseError   another Kafka runs on it
├── PortTakenError         something else listens on the port asked for
└── BrokerFailedError      the broker died, or did not answer in time
"""

OTHER_WAYS = "or use a Kafka that runs already (--bootstrap HOST:PORT), or the containers of deploy/compose.yaml"


class BrokerError(Exception):
    """The local Kafka cannot be started or used."""


class JavaMissingError(BrokerError):
    """There is no Java, or only one that is too old."""


class JarsMissingError(BrokerError):
    """Kafka's jars could not be fetched, or are not those that were pinned."""


class FolderError(BrokerError):
    """The data folder cannot be used."""


class FolderInUseError(FolderError):
    """Another Kafka runs on the data folder."""


class PortTakenError(BrokerError):
    """The port asked for is taken."""


class BrokerFailedError(BrokerError):
    """A broker ended by itself, or did not answer in time."""
