"""A history played through the very steps of the route, without a broker: who would have been alerted, and when.

    table ──────────────▶ incidents ──▶ exposures ──▶ watch ──▶ alerts      time passes in ticks of six hours
    reports ─read, fuse─▶                  │
                                           ╰──▶ the rivals, on the same incidents (`comparison.py`)

Incidents arrive when they were reported: at the end of the day where a table tells only the day.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from alerts import episode, watching
from alerts.detector import Observation
from alerts.revise import from_ms
from alerts.statistic import DetectorConfig
from alerts.verdict import override
from schemas.alert import Alert
from schemas.exposure import Exposure
from schemas.facility import Facility
from schemas.incident import Incident
from schemas.outcome import Step
from schemas.policy import Policy
from schemas.report import Report
from schemas.taxonomy import Change, Level, Traffic
from schemas.topics import ALERTS
from streams.desk.simulation import STEP, steps
from streams.desk.workbench import Workbench
from streams.fusing.reach import concerns
from streams.reference import Reference

QUARTER_D: Final = 91.25
CALLS: Final = frozenset({Change.OPENED, Change.REOPENED, Change.ESCALATED})

Arrival = tuple[datetime, Exposure]
"""When an exposure arrives, and the exposure."""


@dataclass(frozen=True, slots=True)
class SiteLife:
    """What a history says of one site."""

    facility: Facility
    """The one that gives the site its name."""
    observations: tuple[Observation, ...]
    """Incidents that stood at the end, in order of event time."""
    config: DetectorConfig
    alerts: tuple[Alert, ...]
    """Every revision, in order."""

    @property
    def instants(self) -> list[datetime]:
        """When the incidents within the largest radius happened."""
        outer_km = self.config.radii_km[-1]
        return [from_ms(o.at_ms) for o in self.observations if o.distance_km <= outer_km]

    def calls(self, since: datetime) -> list[Alert]:
        """Return the revisions by which people were called, from an instant on."""
        return [a for a in self.alerts if is_call(a) and a.updated_at >= since]


@dataclass(frozen=True, slots=True)
class Played:
    """A history, and what the route made of it."""

    began: datetime
    ended: datetime
    counted_from: datetime
    """Before, the detector was still learning what is usual: what it said then is shown, and not counted."""
    sites: dict[str, SiteLife]
    """By site id: those that at least one incident concerned."""
    budget_days: float

    @property
    def quarters(self) -> float:
        """How many quarters were counted."""
        return (self.ended - self.counted_from) / timedelta(days=QUARTER_D)

    @property
    def facility_quarters(self) -> float:
        """Facilities times quarters, the denominator of the rates."""
        return self.quarters * len(self.sites)

    def ranked(self) -> list[SiteLife]:
        """Return the sites, those with most calls first, then those with most incidents."""
        return sorted(
            self.sites.values(),
            key=lambda life: (-len(life.calls(self.counted_from)), -len(life.observations), life.facility.id),
        )

    def calls(self) -> list[Alert]:
        """Return the revisions by which people were called, in order of time."""
        found = [a for life in self.sites.values() for a in life.calls(self.counted_from)]
        return sorted(found, key=lambda a: (a.updated_at, a.alert_id, a.revision))


def is_call(alert: Alert) -> bool:
    """Whether a revision calls people: level alert or above is opened, reopened or escalated."""
    return alert.change in CALLS and alert.level.rank >= Level.ALERT.rank


# -- from a history to exposures


def of_incidents(
    incidents: Iterable[Incident], reference: Reference, done: Callable[[], None] = lambda: None
) -> list[Arrival]:
    """Return the exposures that incidents are to the sites within their reach, in order of arrival.

    `done` hears of each incident.
    """
    arrivals = []
    for incident in sorted(incidents, key=lambda i: (i.last_reported_at, i.event_time, i.incident_id)):
        for site_id, concern in concerns(incident, reference.gazetteer, reference.policy).items():
            exposure = Exposure(
                site_id=site_id,
                facility_id=concern.facility_id,
                incident=incident,
                distance_km=concern.distance_km,
                probability=concern.probability,
            )
            arrivals.append((incident.last_reported_at, exposure))
        done()
    return arrivals


def of_reports(
    reports: Iterable[Report], reference: Reference, done: Callable[[], None] = lambda: None
) -> list[Arrival]:
    """Return the exposures that reports of actual traffic lead to, read and fused, in order of arrival.

    `done` hears of each report.
    """
    bench = Workbench(reference)
    arrivals: list[Arrival] = []
    for report in sorted(reports, key=lambda r: (r.published_at, r.report_id)):
        if report.traffic is Traffic.ACTUAL:
            arrivals += [(report.published_at, exposure) for exposure in bench.take(report).exposures]
        done()
    return arrivals


def budgeted(policy: Policy, false_alert_every_days: float) -> Policy:
    """Return the policy with another budget of false alerts; the watch keeps its proportion."""
    d = policy.detector
    watch_days = d.watch_days / d.alert_days * false_alert_every_days
    detector = d.model_copy(update={"alert_days": false_alert_every_days, "watch_days": watch_days})
    return policy.model_copy(update={"detector": detector})


# -- the last stage


def play(
    arrivals: Sequence[Arrival],
    reference: Reference,
    learn: timedelta = timedelta(days=30),
    done: Callable[[], None] = lambda: None,
) -> Played:
    """Take exposures through the last stage of the route, with time passing in between and for a while afterwards.

    Parameters
    ----------
    arrivals
        Exposures in order of arrival; at least one.
    reference
        Facilities and policy.
    learn
        For so long from the beginning, nothing counts.
    done
        Called after each exposure.
    """
    watch = _Watch(reference)
    for at, exposure in arrivals:
        watch.meet(at, exposure)
        done()
    ended = arrivals[-1][0]
    watch.pass_time(ended + timedelta(days=reference.policy.episode.forget_after_d))
    began = min(exposure.event_time for _, exposure in arrivals)
    sites = {site_id: _life(site_id, watch, reference) for site_id in sorted(watch.seen)}
    return Played(began, ended, min(began + learn, ended), sites, reference.policy.detector.alert_days)


@dataclass(slots=True)
class _Watch:
    """The stage `watch` of one partition that holds all sites."""

    reference: Reference
    rows: dict[str, bytes] = field(default_factory=dict)
    seen: dict[str, dict[str, Exposure]] = field(default_factory=lambda: defaultdict(dict))
    """The latest exposure by site and incident."""
    alerts: dict[str, list[Alert]] = field(default_factory=lambda: defaultdict(list))
    """Every revision by site, in order."""
    now: datetime | None = None

    def meet(self, at: datetime, exposure: Exposure) -> None:
        self.pass_time(at)
        site_id = exposure.site_id
        self.seen[site_id][exposure.incident.incident_id] = exposure
        row = self.rows.get(_row_key(site_id))
        self._keep(site_id, episode.step(row, exposure, self.now, at, *self._here(site_id)))

    def pass_time(self, until: datetime) -> None:
        for at in steps(self.now, until, STEP):
            self.now = at
            for key, row in list(self.rows.items()):
                site_id = episode.site_of_row(key)
                self._keep(site_id, episode.tick(row, at, at, *self._here(site_id)))

    def _here(self, site_id: str) -> tuple[tuple[Facility, ...], Policy]:
        return self.reference.gazetteer.members(site_id), self.reference.policy

    def _keep(self, site_id: str, step: Step[bytes] | None) -> None:
        if step is None:
            return
        for key, row in step.rows.items():
            if row is not None:
                self.rows[key] = episode.sent(row) or row
        self.alerts[site_id] += [
            o.record for o in step.after_rows if o.stream is ALERTS and isinstance(o.record, Alert)
        ]


def _life(site_id: str, watch: _Watch, reference: Reference) -> SiteLife:
    members = reference.gazetteer.members(site_id)
    standing = [e for e in watch.seen[site_id].values() if not e.withdrawn]
    return SiteLife(
        facility=members[0],
        observations=tuple(sorted(map(watching.seen, standing), key=lambda o: (o.at_ms, o.incident_id))),
        config=watching.config(override(site_id, members, reference.policy), reference.policy),
        alerts=tuple(watch.alerts[site_id]),
    )


def _row_key(site_id: str) -> str:
    return episode.row_key(site_id, Traffic.ACTUAL)
