"""Every topic, declared once: name, key, what it carries, how long it is kept.

A topic is `<namespace>.<stream>.v<major>`; exercise and test traffic ends in alert topics of its own, with the traffic
behind the namespace. Headers are CloudEvents 1.0.2 in binary mode (Kafka protocol binding, section 3.2).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from schemas.action import Action, ActionResult
from schemas.alert import Alert
from schemas.exposure import Exposure
from schemas.facility import Facility, Manifest
from schemas.incident import Incident
from schemas.mention import Denial, Mention, Reading, Withdrawal
from schemas.policy import Policy
from schemas.record import Record
from schemas.report import Heartbeat, Report, Tick
from schemas.taxonomy import Traffic

MAJOR: Final = 1
PARTITIONS: Final = 12
"""Partitions of every topic of a namespace, unless it was created with another number; fixed at creation."""
DAY_MS: Final = 86_400_000


@dataclass(frozen=True, slots=True)
class Stream:
    """One kind of topic, before it has a namespace."""

    name: str
    """`<stream>` in `<namespace>.<stream>.v<major>`."""
    key: str
    """What the record key is."""
    carries: tuple[type[Record], ...]
    """The models; a record without `ce_type` is read as the first."""
    summary: str
    """One line, for people and for AsyncAPI."""
    retention_d: float | None
    """Days until a record is deleted; None keeps it."""
    compacted: bool = False
    """Whether only the latest record of a key is kept."""
    input: bool = False
    """Whether a stage reads it, so that it has a dead-letter topic."""
    entry: bool = False
    """Whether others write it: then the broker stamps its records on arrival, whatever clock the sender has."""
    whole_d: float | None = None
    """Days for which compaction leaves every record of a key: so long can what led to them be audited."""

    def topic(self, namespace: str) -> str:
        """Return the topic's name in a namespace."""
        return f"{namespace}.{self.name}.v{MAJOR}"

    def dead_letters(self, namespace: str) -> str:
        """Return the name of the topic that takes what could not be processed."""
        return f"{self.topic(namespace)}.dlq"

    def config(self) -> dict[str, str]:
        """Return the topic's settings, as Kafka names them."""
        policy = ",".join(p for p, on in (("compact", self.compacted), ("delete", self.retention_d is not None)) if on)
        retention_ms = -1 if self.retention_d is None else int(self.retention_d * DAY_MS)
        stamp = {"message.timestamp.type": "LogAppendTime"} if self.entry else {}
        whole = {"min.compaction.lag.ms": str(int(self.whole_d * DAY_MS))} if self.whole_d is not None else {}
        # Producers may compress as they like: the broker unpacks, and refuses what is too large unpacked.
        plain = {"compression.type": "uncompressed"} if self.input else {}
        return {"cleanup.policy": policy or "delete", "retention.ms": str(retention_ms), **stamp, **whole, **plain}


REPORTS: Final = Stream("reports", "report id", (Report, Tick), "Reports as they arrived.", 30, input=True, entry=True)
READINGS: Final = Stream("readings", "report id", (Reading,), "The receipt of every report.", 90)
MENTIONS: Final = Stream(
    "mentions",
    "theatre",
    (Mention, Withdrawal, Denial, Action, Tick),
    "What reports say: the one input of fuse.",
    30,
    input=True,
)
INCIDENTS: Final = Stream(
    "incidents", "incident id", (Incident,), "What happened, once; every revision.", 400, compacted=True, whole_d=30
)
EXPOSURES: Final = Stream(
    "exposures",
    "site id",
    (Exposure, Action, Tick),
    "Incidents as they concern a site: the one input of watch.",
    90,
    input=True,
)
ALERTS: Final = Stream("alerts", "alert id", (Alert,), "Every revision of every alert: the log.", 400)
ALERTS_CURRENT: Final = Stream(
    "alerts.current",
    "alert id",
    (Alert,),
    "The latest revision of every alert that is not forgotten.",
    None,
    compacted=True,
)
ACTIONS: Final = Stream(
    "actions",
    "facility id",
    (Action, ActionResult),
    "What operators do, and what became of it.",
    400,
    input=True,
    entry=True,
)
HEARTBEAT: Final = Stream(
    "heartbeat", "partition", (Heartbeat,), "How old the last tick was at the end of the route.", 1
)
FACILITIES: Final = Stream(
    "facilities", "facility id", (Facility, Manifest), "The facilities watched over.", None, compacted=True
)
POLICY: Final = Stream("policy", "policy name", (Policy,), "The policy in force.", None, compacted=True)

STREAMS: Final = (
    REPORTS,
    READINGS,
    MENTIONS,
    INCIDENTS,
    EXPOSURES,
    ALERTS,
    ALERTS_CURRENT,
    ACTIONS,
    HEARTBEAT,
    FACILITIES,
    POLICY,
)
DEAD_LETTER_RETENTION_D: Final = 90

MODELS: Final[Mapping[str, type[Record]]] = MappingProxyType(
    {model.ce_type: model for stream in STREAMS for model in stream.carries}
)
"""The model of each `ce_type`."""


def alert_streams(traffic: Traffic) -> tuple[Stream, Stream]:
    """Return the log and the current-state stream that alerts of such traffic go to."""
    if traffic is Traffic.ACTUAL:
        return ALERTS, ALERTS_CURRENT
    return _ASIDE[traffic]


def _aside(stream: Stream, traffic: Traffic) -> Stream:
    summary = f"{stream.summary.removesuffix('.')}: {traffic.value} traffic."
    return Stream(
        f"{traffic.value}.{stream.name}", stream.key, stream.carries, summary, stream.retention_d, stream.compacted
    )


_ASIDE: Final = {t: (_aside(ALERTS, t), _aside(ALERTS_CURRENT, t)) for t in (Traffic.EXERCISE, Traffic.TEST)}


def all_streams() -> Iterator[Stream]:
    """Yield every stream of a namespace, those of exercise and test traffic too."""
    yield from STREAMS
    for pair in _ASIDE.values():
        yield from pair
