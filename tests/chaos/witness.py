"""What came out of a namespace, and whether it is all there: the proof by set difference.

sent - receipts - dead letters         lost
(alert id, revision) with two contents contradictory
the last revision of each alert        the final picture, to be compared with that of an undisturbed run
"""

import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b

import orjson
from kafka import KafkaConsumer, TopicPartition
from kafka.consumer.fetcher import ConsumerRecord

from schemas.topics import ALERTS, EXPOSURES, HEARTBEAT, INCIDENTS, MENTIONS, READINGS, REPORTS

Told = tuple[str, ...]
"""What an alert or an incident says in the end, whatever its id and in whatever order the reports came."""


@dataclass(slots=True)
class Seen:
    """What was read so far."""

    receipts: Counter[str] = field(default_factory=Counter)
    letters: Counter[str] = field(default_factory=Counter)
    letters_elsewhere: list[str] = field(default_factory=list)
    """Of the inner stages: nothing of ours should ever be one."""
    contents: dict[tuple[str, int], set[bytes]] = field(default_factory=lambda: defaultdict(set))
    alerts: int = 0
    latest: dict[str, tuple[int, Told]] = field(default_factory=dict)
    incidents: dict[str, tuple[int, Told | None]] = field(default_factory=dict)
    """By id: None for one that does not stand any more."""
    reached: dict[int, datetime] = field(default_factory=dict)
    reasons: Counter[str] = field(default_factory=Counter)
    whole: int = 0
    """Dead letters that hold the original."""
    letter_bytes: int = 0


Picture = Counter[Told]


class Witness:
    """Follows the end of the route from its beginning.

    Parameters
    ----------
    bootstrap, namespace, partitions
        Of the namespace.
    """

    def __init__(self, bootstrap: str, namespace: str, partitions: int) -> None:
        self._streams = {
            READINGS.topic(namespace): self._receipt,
            REPORTS.dead_letters(namespace): self._letter,
            MENTIONS.dead_letters(namespace): self._inner_letter,
            EXPOSURES.dead_letters(namespace): self._inner_letter,
            ALERTS.topic(namespace): self._alert,
            INCIDENTS.topic(namespace): self._incident,
            HEARTBEAT.topic(namespace): self._beat,
        }
        self._partitions = partitions
        self.seen = Seen()
        self._consumer = KafkaConsumer(
            bootstrap_servers=bootstrap,
            group_id=None,
            auto_offset_reset="earliest",
            enable_auto_commit=False,
            max_partition_fetch_bytes=8_000_000,
        )
        self._consumer.assign([TopicPartition(topic, p) for topic in self._streams for p in range(partitions)])

    def close(self) -> None:
        """Close the connections."""
        self._consumer.close()

    def look(self, timeout_ms: int = 200) -> Seen:
        """Read on for a moment."""
        for batch in self._consumer.poll(timeout_ms=timeout_ms, max_records=5000).values():
            for record in batch:
                self._streams[record.topic](record)
        return self.seen

    def until(self, condition: Callable[[Seen], bool], otherwise: Callable[[], str], patience_s: float = 120.0) -> Seen:
        """Read on until a condition holds; fail with what `otherwise` says when it never does."""
        deadline = time.monotonic() + patience_s
        while not condition(self.look()):
            assert time.monotonic() < deadline, otherwise()
        return self.seen

    def until_settled(self, ids: set[str], log_tail: Callable[[], str], patience_s: float = 120.0) -> Seen:
        """Read on until every id is accounted for, and time has passed on the whole route after that."""

        def missing() -> set[str]:
            return ids - self.seen.receipts.keys() - self.seen.letters.keys()

        self.until(
            lambda _: not missing(),
            lambda: f"lost: {len(missing())} of {len(ids)}, such as {sorted(missing())[:5]}\n{log_tail()}",
            patience_s,
        )
        since = datetime.now(tz=UTC)
        return self.until(
            lambda seen: len(seen.reached) == self._partitions and min(seen.reached.values()) > since,
            lambda: f"no tick comes through: {self.seen.reached}, it is {datetime.now(tz=UTC)}\n{log_tail()}",
            patience_s,
        )

    @property
    def contradictions(self) -> list[tuple[str, int]]:
        """Revisions of alerts that came with two contents."""
        return [key for key, found in self.seen.contents.items() if len(found) > 1]

    @property
    def gaps(self) -> list[str]:
        """Alerts of which a revision before the last one never came."""
        last: dict[str, int] = {}
        for alert_id, revision in self.seen.contents:
            last[alert_id] = max(last.get(alert_id, 0), revision)
        return [a for a, n in last.items() if any((a, r) not in self.seen.contents for r in range(1, n + 1))]

    @property
    def picture(self) -> Picture:
        """What the last revisions say: how many times each thing is said."""
        alerts = Counter(told for _, told in self.seen.latest.values())
        incidents = Counter(told for _, told in self.seen.incidents.values() if told is not None)
        return alerts + incidents

    def _receipt(self, record: ConsumerRecord) -> None:
        self.seen.receipts[record.key.decode()] += 1

    def _letter(self, record: ConsumerRecord) -> None:
        headers = dict(record.headers)
        if not (record.key or b"").startswith(b"tick-"):
            self.seen.letters[(record.key or b"").decode(errors="replace")] += 1
        self.seen.reasons[headers["dlq_reason"].decode()] += 1
        self.seen.whole += headers["dlq_original"] == b"here"
        self.seen.letter_bytes += len(record.value or b"")

    def _inner_letter(self, record: ConsumerRecord) -> None:
        headers = dict(record.headers)
        self.seen.letters_elsewhere.append(f"{headers['dlq_stage'].decode()}: {headers['dlq_error'].decode()}")

    def _alert(self, record: ConsumerRecord) -> None:
        alert = orjson.loads(record.value)
        key = (alert["alert_id"], alert["revision"])
        self.seen.alerts += 1
        self.seen.contents[key].add(blake2b(record.value, digest_size=16).digest())
        if alert["revision"] >= self.seen.latest.get(alert["alert_id"], (0, None))[0]:
            told = (alert["site_id"], alert["state"], alert["level"], f"{alert['incident_count']} incidents")
            self.seen.latest[alert["alert_id"]] = (alert["revision"], told)

    def _incident(self, record: ConsumerRecord) -> None:
        incident = orjson.loads(record.value)
        if incident["revision"] < self.seen.incidents.get(incident["incident_id"], (0, None))[0]:
            return
        told = None
        if incident.get("state", "standing") == "standing":
            when = incident["occurred"]
            told = (incident["threat_type"], when["earliest"], when["latest"], f"{incident['mentions']} mentions")
        self.seen.incidents[incident["incident_id"]] = (incident["revision"], told)

    def _beat(self, record: ConsumerRecord) -> None:
        beat = orjson.loads(record.value)
        self.seen.reached[beat["partition"]] = datetime.fromisoformat(beat["reached"])
