"""A new revision of an alert: its content is written here once, and waits in the site's outbox until it is sent."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from alerts import explain, severity
from alerts.notify import notify_at, unheard_until
from alerts.site import Episode, Evidence, Site, involvement
from alerts.statistic import DetectorConfig
from alerts.verdict import Thresholds, members
from schemas.alert import Alert, AlertFacility, Grave, Involvement
from schemas.facility import Facility
from schemas.policy import FacilityPolicy, Policy
from schemas.taxonomy import AlertPath, Change, Status, Traffic

VERSION = "episode-1"


@dataclass(frozen=True, slots=True)
class Here:
    """What is known of the place and the time while an event is dealt with."""

    at: datetime
    """Now, as time passes on the route; never before the alert's last revision."""
    facilities: tuple[Facility, ...]
    """Of the site, outermost first; empty when it is not known any more."""
    policy: Policy
    own: FacilityPolicy
    """What the policy says of this site."""
    limits: Thresholds
    config: DetectorConfig

    def facility(self, facility_id: str) -> Facility | None:
        """Return a facility of the site."""
        return next((f for f in self.facilities if f.id == facility_id), None)


def alert_id(site_id: str, traffic: Traffic, founding_incident: str) -> str:
    """Return the id of the alert that an incident opens at a site."""
    digest = hashlib.sha256(f"{site_id}\0{traffic.value}\0{founding_incident}".encode()).hexdigest()
    return f"alr-{digest[:20]}"


def shown(facility: Facility) -> AlertFacility:
    """Return a facility as alerts name it; positions are rounded before they leave."""
    return AlertFacility(
        facility_id=facility.id,
        name=facility.name,
        kind=facility.kind,
        country=facility.country,
        lat=round(facility.lat, 2),
        lon=round(facility.lon, 2),
    )


def revise(
    site: Site, episode: Episode, change: Change, here: Here, *, reason: str | None = None, by: str | None = None
) -> Site:
    """Return the site with a new revision of its alert, told and waiting to be sent.

    Parameters
    ----------
    site
        As it is now, evidence included.
    episode
        As it is from now on, but for the revision and what is said of it.
    change
        Why there is a new revision.
    here
        Place, time and policy.
    reason, by
        Why, in words, and which operator's action it was.
    """
    behind = (site.evidence[i].told for i in members(site.evidence, episode.since_ms))
    silences = (episode.silenced_until, unheard_until(behind, here.policy))
    silenced = max((until for until in silences if until is not None), default=None)
    telling = notify_at(here.at, episode.level, episode.facility, _names(site, here), silenced, here.policy)
    revision = episode.revision + 1
    new = replace(
        episode,
        revision=revision,
        updated_at=here.at,
        notify_at=telling,
        material=revision if change in MATERIAL else episode.material,
        policy=here.policy.version,
    )
    alert = _alert(site, new, change, here, reason, by)
    return replace(site, episode=new, outbox=(*site.outbox, alert))


MATERIAL = frozenset(
    {
        Change.OPENED,
        Change.UPDATED,
        Change.ESCALATED,
        Change.DOWNGRADED,
        Change.ALL_CLEAR,
        Change.REOPENED,
        Change.CANCELLED,
        Change.RESOLVED,
        Change.DISMISSED,
    }
)
"""Changes that say something new of the threat; the others tell what people did about it."""


def _alert(site: Site, e: Episode, change: Change, here: Here, reason: str | None, by: str | None) -> Alert:
    ids = members(site.evidence, e.since_ms)
    involved = _involved([site.evidence[i] for i in ids])
    grave = Grave(score=e.score, incident_id=e.gravest)
    cluster = None if e.path is AlertPath.SEVERITY else e.cluster
    facts = explain.Facts(
        name=e.facility.name,
        traffic=site.traffic,
        state=e.state,
        level=e.level,
        change=change,
        path=e.path,
        cluster=cluster,
        grave=grave,
        involved=involved,
        count=len(ids),
        wave=e.wave,
        reason=reason,
        by=by,
    )
    gravest = next((i for i in involved if i.incident.incident_id == e.gravest), None)
    happened_p = gravest.incident.probability * gravest.probability if gravest else 0.0
    return Alert(
        alert_id=e.alert_id,
        revision=e.revision,
        traffic=site.traffic,
        state=e.state,
        level=e.level,
        change=change,
        path=e.path,
        site_id=site.site_id,
        facility=e.facility,
        headline=explain.headline(facts),
        explanation=explain.explanation(facts),
        urgency=severity.urgency(e.state, e.level, threatened=_threatened(involved)),
        severity=severity.severity(e.score, here.policy.severity),
        certainty=severity.certainty(involved),
        likelihood=explain.likelihood(e.state, e.path, cluster, happened_p, here.policy.episode.real_every_d),
        cluster=cluster,
        grave=grave,
        incidents=tuple(involved[:20]),
        incident_count=len(ids),
        wave=e.wave,
        began_at=from_ms(e.began_ms),
        opened_at=e.opened_at,
        updated_at=e.updated_at,
        notify_at=e.notify_at,
        ended_at=e.ended_at,
        acknowledged=e.acknowledged,
        silenced_until=e.silenced_until,
        notes=e.notes,
        reason=reason,
        versions=f"{VERSION}; policy {here.policy.name}@{here.policy.version}",
    )


def from_ms(ms: int) -> datetime:
    """Return an instant from milliseconds since 1970."""
    return datetime.fromtimestamp(ms / 1000, tz=UTC)


def to_ms(at: datetime) -> int:
    """Return an instant in milliseconds since 1970."""
    return round(at.timestamp() * 1000)


def _involved(evidence: Sequence[Evidence]) -> list[Involvement]:
    return [i for e in evidence if (i := involvement(e)) is not None]


def _threatened(involved: Sequence[Involvement]) -> bool:
    return any(i.incident.status is Status.THREATENED for i in involved)


def _names(site: Site, here: Here) -> tuple[str, ...]:
    return (site.site_id, *(f.id for f in here.facilities))
