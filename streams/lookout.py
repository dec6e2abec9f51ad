"""What the watch stage tells the metrics of alerts: how many are open, which revisions were made, and how soon."""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import product

from alerts.site import open_level, traffic_of_row
from schemas.alert import Alert
from schemas.outcome import Output
from schemas.taxonomy import Change, Level, Traffic
from schemas.topics import alert_streams
from streams.metrics import Metrics

logger = logging.getLogger(__name__)

REPORTED = frozenset({Change.OPENED, Change.UPDATED, Change.ESCALATED, Change.REOPENED})
"""Changes that a report led to; the others come with time, or from operators."""


class Lookout:
    """Looks at alerts, partition by partition, for the metrics of one process."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._open: dict[int, Counter[tuple[Level, Traffic]]] = {}

    def count_open(self, partition: int, rows: Mapping[str, bytes]) -> None:
        """Count the open alerts of a partition's sites."""
        self._open[partition] = Counter(
            (level, traffic_of_row(key)) for key, row in rows.items() if (level := open_level(row)) is not None
        )
        self._show()

    def alerted(self, outbox: Iterable[Output], ingested_at: datetime, now: datetime) -> None:
        """Count the revisions in an outbox, and measure how soon they follow the report and the incident.

        Parameters
        ----------
        outbox
            What is about to be sent.
        ingested_at
            When the report behind it was ingested.
        now
            Wall clock.
        """
        for output in outbox:
            alert = output.record
            if not isinstance(alert, Alert) or output.stream is not alert_streams(alert.traffic)[0]:
                continue
            self._metrics.alert_revision(alert.change, alert.level, alert.traffic)
            told = {"alert_id": alert.alert_id, "revision": alert.revision, "facility_id": alert.facility.facility_id}
            logger.info("alert %s: %s", alert.change.value, alert.level.value, extra=told)
            if alert.change in REPORTED:
                self._metrics.latency_wall.observe(max(0.0, (now - ingested_at).total_seconds()))
                latest = max((i.incident.event_time for i in alert.incidents), default=alert.updated_at)
                self._metrics.latency_event.observe(max(0.0, (alert.updated_at - latest).total_seconds()))

    def stuck(self, site: str, error: Exception) -> None:
        """Tell that time cannot pass at a site."""
        logger.error("time cannot pass at site %s", site, exc_info=error)
        self._metrics.stuck()

    def forget(self) -> None:
        """Partitions came or went: what is open in those that are gone is told by others."""
        self._open.clear()
        self._show()

    def _show(self) -> None:
        together = sum(self._open.values(), Counter())
        for level, traffic in product(Level, Traffic):
            self._metrics.open_alerts(level, together[level, traffic], traffic)
