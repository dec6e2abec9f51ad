"""What is normal at a facility, and why an incident raised nothing; read from the topics alone.

The site's row comes from the changelog of the stage that watches, so that what is told is what the route itself knows.
Where that cannot be read, the row is built anew from the exposures that are still kept.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from alerts import episode, watching
from alerts.detector import Observation
from alerts.site import RowError, Site, decode
from alerts.standing import Standing, kept_below, stand
from alerts.tail import TopicError
from schemas.alert import Alert
from schemas.connection import Connection
from schemas.exposure import Exposure
from schemas.facility import Facility
from schemas.incident import Incident
from schemas.policy import Policy
from schemas.report import Heartbeat
from schemas.taxonomy import Traffic
from schemas.topics import EXPOSURES, HEARTBEAT
from streams.desk.lineage import messages, records
from streams.desk.naming import facilities_in_force
from streams.desk.publishing import published_policy
from streams.gazetteer import Gazetteer
from streams.policy_file import default_policy, load_policy
from streams.topology import changelog


@dataclass(frozen=True, slots=True)
class Watched:
    """The facilities and the policy that the route goes by, and how far time has come on it."""

    gazetteer: Gazetteer
    policy: Policy
    now: datetime


@dataclass(frozen=True, slots=True)
class Normality:
    """What is known of a facility's site."""

    standing: Standing
    exposures: tuple[Exposure, ...]
    """The latest of each incident that still concerns it, latest first."""
    alerts: tuple[Alert, ...]
    """Every revision of its alerts, in order of time."""
    observations: tuple[Observation, ...]
    """Those of them that happened under observation, as the detector sees them, in order of event time."""

    @property
    def open(self) -> Alert | None:
        """The latest revision of the alert that is open."""
        mine = [a for a in self.alerts if a.alert_id == self.standing.alert_id]
        return mine[-1] if mine else None


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why an incident raised nothing at a site that it concerned."""

    facility_id: str
    name: str
    distance_km: float
    probability: float
    reason: str
    """Empty where it reached a level."""


def watched(
    connection: Connection, namespace: str, facilities: Path | None = None, policy: Path | None = None
) -> Watched:
    """Return what the route goes by: files where they are named, else what is published, else the defaults.

    Raises
    ------
    TopicError
        A topic is missing, or the broker cannot be reached.
    """
    in_force = published_policy(connection, namespace) if policy is None else None
    return Watched(
        facilities_in_force(connection, namespace, facilities),
        in_force or (load_policy(policy) if policy else default_policy()),
        _now(connection, namespace),
    )


def normality(
    connection: Connection, namespace: str, facility: Facility, traffic: Traffic, here: Watched, log: Sequence[Alert]
) -> Normality:
    """Return how a facility's site stands.

    Raises
    ------
    TopicError
        A topic is missing, or the broker cannot be reached.
    """
    site_id = here.gazetteer.site_of(facility.id) or facility.id
    latest: dict[str, Exposure] = {}
    told = [e for e in _exposures(connection, namespace, traffic) if e.site_id == site_id]
    for exposure in told:
        latest[exposure.incident.incident_id] = exposure
    standing = [e for e in latest.values() if not e.withdrawn]
    site = _sites(connection, namespace, [site_id], traffic, told, here)[site_id]
    stands = stand(site, here.now, here.gazetteer.members(site_id), here.policy)
    observed = [e for e in standing if stands.since is not None and e.event_time >= stands.since]
    return Normality(
        stands,
        tuple(sorted(standing, key=lambda e: (e.event_time, e.incident.incident_id), reverse=True)),
        tuple(sorted((a for a in log if a.site_id == site_id), key=lambda a: (a.updated_at, a.revision))),
        tuple(sorted(map(watching.seen, observed), key=lambda o: (o.at_ms, o.incident_id))),
    )


def why_not(
    connection: Connection, namespace: str, incidents: Iterable[Incident], traffic: Traffic, here: Watched
) -> dict[str, tuple[WhyNot, ...]]:
    """Return, for each incident by id, what kept it from raising an alert at each site that it concerned.

    Raises
    ------
    TopicError
        A topic is missing, or the broker cannot be reached.
    """
    asked = {i.incident_id for i in incidents}
    told = list(_exposures(connection, namespace, traffic))
    latest = {(e.incident.incident_id, e.site_id): e for e in told if e.incident.incident_id in asked}
    sites = _sites(connection, namespace, {site_id for _, site_id in latest}, traffic, told, here)
    found: dict[str, list[WhyNot]] = {i: [] for i in asked}
    for (incident_id, site_id), exposure in sorted(latest.items()):
        at = watching.here(site_id, here.now, here.gazetteer.members(site_id), here.policy)
        facility = here.gazetteer.by_id.get(exposure.facility_id)
        found[incident_id].append(
            WhyNot(
                exposure.facility_id,
                exposure.facility_id if facility is None else facility.name,
                exposure.distance_km,
                exposure.probability,
                kept_below(sites[site_id], incident_id, at),
            )
        )
    return {i: tuple(reasons) for i, reasons in found.items()}


def _sites(
    connection: Connection,
    namespace: str,
    site_ids: Collection[str],
    traffic: Traffic,
    told: Iterable[Exposure],
    here: Watched,
) -> dict[str, Site]:
    """The sites' rows as the route keeps them; built anew from the exposures where one is not there."""
    rows: dict[str, bytes | None] = {}
    keys = {episode.row_key(site_id, traffic).encode(): site_id for site_id in site_ids}
    with suppress(TopicError):  # no worker has run here yet
        for message in messages(connection, changelog(namespace, "watch")):
            if message.key in keys:
                rows[keys[message.key]] = message.value and message.value.partition(b" ")[2]
    sites = {site_id: Site(site_id, traffic) for site_id in site_ids}
    for site_id, row in rows.items():
        with suppress(RowError):
            if row:
                sites[site_id] = decode(row)
    for site_id in [i for i, site in sites.items() if site.detector is None]:
        sites[site_id] = _anew([e for e in told if e.site_id == site_id], sites[site_id], here)
    return sites


def _anew(told: Iterable[Exposure], nothing: Site, here: Watched) -> Site:
    row: bytes | None = None
    members = here.gazetteer.members(nothing.site_id)
    for exposure in told:
        step = episode.step(row, exposure, None, exposure.incident.last_reported_at, members, here.policy)
        row = next(iter(step.rows.values()), row)
    return nothing if row is None else decode(row)


def _exposures(connection: Connection, namespace: str, traffic: Traffic) -> Iterator[Exposure]:
    for record in records(connection, namespace, EXPOSURES):
        if isinstance(record, Exposure) and record.incident.traffic is traffic:
            yield record


def _now(connection: Connection, namespace: str) -> datetime:
    """How far time has come on the route; the clock's where there is no route."""
    beats = [r.reached for r in records(connection, namespace, HEARTBEAT) if isinstance(r, Heartbeat)]
    return max(beats, default=datetime.now(UTC))
