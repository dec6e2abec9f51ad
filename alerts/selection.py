"""Which alerts a subscriber wants to hear of: a pure filter, and the memory that keeps each revision to one telling.

Whoever was told that an alert is open is told how it goes on: once an alert passed the filter, so do its later
revisions, also when the revision itself no longer would (downgraded, its incidents withdrawn, cancelled).
"""

from collections import OrderedDict
from dataclasses import dataclass, field

from schemas.alert import Alert
from schemas.geo import distance_km
from schemas.taxonomy import Level, ThreatType

_REMEMBERED = 100_000
"""Alerts whose last revision is remembered; more than a large theatre opens in a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertFilter:
    """What must be true of an alert; what is left empty is not asked for."""

    facilities: frozenset[str] = frozenset()
    """Ids of facilities or sites, or facility names; any of them, compared without case."""
    near: tuple[float, float] | None = None
    """A point, degrees north and east."""
    within_km: float | None = None
    """How far from that point the facility may lie."""
    threats: frozenset[ThreatType] = frozenset()
    """Any of its incidents is of one of these types."""
    level: Level | None = None
    """At least this level."""

    def __post_init__(self) -> None:
        """Refuse half a circle and a point that is not on the globe."""
        if (self.near is None) != (self.within_km is None):
            raise ValueError("near and within_km go together: a point and how far from it")
        if self.near is not None and not (-90 <= self.near[0] <= 90 and -180 <= self.near[1] <= 180):
            raise ValueError(f"near: {self.near[0]:g},{self.near[1]:g} is not a latitude and a longitude in degrees")
        if self.within_km is not None and self.within_km <= 0:
            raise ValueError(f"within_km: {self.within_km:g} is not a distance")

    def admits(self, alert: Alert) -> bool:
        """Whether this revision, by itself, is asked for."""
        return self._of_facility(alert) and self._in_circle(alert) and self._of_threat(alert) and self._loud(alert)

    def _of_facility(self, alert: Alert) -> bool:
        if not self.facilities:
            return True
        own = {alert.site_id.casefold(), alert.facility.facility_id.casefold(), alert.facility.name.casefold()}
        return not own.isdisjoint(name.casefold() for name in self.facilities)

    def _in_circle(self, alert: Alert) -> bool:
        if self.near is None or self.within_km is None:
            return True
        return distance_km(*self.near, alert.facility.lat, alert.facility.lon) <= self.within_km

    def _of_threat(self, alert: Alert) -> bool:
        return not self.threats or any(i.incident.threat_type in self.threats for i in alert.incidents)

    def _loud(self, alert: Alert) -> bool:
        return self.level is None or alert.level.rank >= self.level.rank


@dataclass(slots=True)
class Selection:
    """The filter at work on a stream: follows what it admitted, and tells each (alert id, revision) once.

    Revisions of one alert come in order, so the highest that was told is all there is to remember.
    """

    where: AlertFilter
    _told: OrderedDict[str, int] = field(default_factory=OrderedDict)

    def wants(self, alert: Alert) -> bool:
        """Whether to tell of this revision now."""
        last = self._told.get(alert.alert_id)
        return self.where.admits(alert) if last is None else alert.revision > last

    def told(self, alert: Alert) -> None:
        """Remember that this revision was told."""
        self._told[alert.alert_id] = alert.revision
        self._told.move_to_end(alert.alert_id)
        if len(self._told) > _REMEMBERED:
            self._told.popitem(last=False)

    def takes(self, alert: Alert) -> bool:
        """Whether to tell of this revision now; remembers that it was told."""
        wanted = self.wants(alert)
        if wanted:
            self.told(alert)
        return wanted
