"""What the tests of an alert's life are made of: incidents, exposures and a site that is walked through them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from alerts import episode
from schemas.action import Action, ActionResult
from schemas.alert import Alert
from schemas.exposure import Exposure
from schemas.facility import Facility
from schemas.incident import Incident, Testimony
from schemas.mention import Credibility, Interval
from schemas.outcome import Output, Step
from schemas.policy import DetectorPolicy, Policy
from schemas.report import Source
from schemas.taxonomy import (
    ActionKind,
    FacilityKind,
    InformationCredibility,
    Initiator,
    Level,
    Reliability,
    SourceKind,
    Status,
    ThreatType,
    Traffic,
)

T0 = datetime(2031, 3, 3, 6, 0, tzinfo=UTC)
SITE = "xx-harbour-base"
BASE = Facility(
    id=SITE, name="Harbour Base", kind=FacilityKind.MILITARY_BASE, country="IQ", lat=33.0, lon=44.0, criticality=3
)
POLICY = Policy(version="test-1", detector=DetectorPolicy(critical_factor=1e9))
"""By the statistic alone nothing gets critical: how loud a cluster is, is the detector's affair and tested there."""
B2 = Credibility(reliability=Reliability.B, information=InformationCredibility.PROBABLY_TRUE)
F6 = Credibility()
MISSILE: dict[str, Any] = {"threat_type": ThreatType.MISSILE, "km": 0.3}
"""What makes an incident a grave one."""


def at(hours: float) -> datetime:
    """Return the instant so many hours after the beginning."""
    return T0 + timedelta(hours=hours)


def incident(name: str, hours: float, *, revision: int = 1, **more: object) -> Incident:
    """Return an incident that happened so many hours after the beginning: small, so that it says little by itself."""
    when = at(hours)
    given: dict[str, object] = {
        "incident_id": name,
        "revision": revision,
        "traffic": Traffic.ACTUAL,
        "theatre": "iq",
        "threat_type": ThreatType.SURVEILLANCE,
        "status": Status.EXECUTED,
        "initiator": Initiator.HOSTILE,
        "occurred": Interval(earliest=when, latest=when),
        "credibility": B2,
        "probability": 0.85,
        "independent_sources": 1,
        "mentions": 1,
        "testimony": (
            Testimony(
                mention_id=f"{name}/1/0",
                report_id=name,
                source=Source(name="field office", kind=SourceKind.FIELD),
                published_at=when,
                quote=f"something happened, {name}",
                start=0,
                end=20,
            ),
        ),
        "first_reported_at": when,
        "last_reported_at": when,
    }
    return Incident.model_validate({**given, **more})


def exposure(
    name: str,
    hours: float,
    *,
    km: float = 2.0,
    p: float = 1.0,
    withdrawn: bool = False,
    revision: int = 1,
    **more: object,
) -> Exposure:
    """Return the exposure of the site to such an incident."""
    return Exposure(
        site_id=SITE,
        facility_id=SITE,
        incident=incident(name, hours, revision=revision, **more),
        distance_km=km,
        probability=p,
        withdrawn=withdrawn,
        reason="the report was retracted" if withdrawn else None,
    )


def cluster(n: int = 4, every_h: float = 10.0) -> list[Exposure]:
    """Return a cluster of trifles."""
    return [exposure(f"i{k}", k * every_h, credibility=F6) for k in range(n)]


def action(kind: ActionKind, alert_id: str, hours: float, **more: object) -> Action:
    """Return what an operator does so many hours after the beginning."""
    given: dict[str, object] = {
        "action_id": f"{kind.value}-{hours:g}",
        "kind": kind,
        "facility_id": SITE,
        "alert_id": alert_id,
        "by": "duty officer",
        "at": at(hours),
    }
    return Action.model_validate({**given, **more})


@dataclass
class Life:
    """A site that is walked through events; keeps its row and what was said."""

    policy: Policy = POLICY
    facilities: tuple[Facility, ...] = (BASE,)
    row: bytes | None = None
    outputs: list[Output] = field(default_factory=list)

    def meet(self, *events: Exposure | Action, reached: datetime | None = None) -> Step[bytes]:
        """Take events in order of arrival, send the outbox of each, and return the last step."""
        step: Step[bytes] | None = None
        for event in events:
            now = event.incident.last_reported_at if isinstance(event, Exposure) else event.at
            step = self._keep(
                episode.step(self.row, event, reached, now + timedelta(seconds=5), self.facilities, self.policy)
            )
        assert step is not None
        return step

    def pass_time(self, until_h: float, *, since_h: float = 0.0, every_h: float = 1.0) -> list[Step[bytes]]:
        """Let ticks come until so many hours after the beginning; return the steps that changed something."""
        steps = []
        hours = since_h
        while hours < until_h:
            hours = min(until_h, hours + every_h)
            assert self.row is not None
            step = episode.tick(self.row, at(hours), at(hours), self.facilities, self.policy)
            if step is not None:
                steps.append(self._keep(step))
        return steps

    def _keep(self, step: Step[bytes]) -> Step[bytes]:
        for row in step.rows.values():
            assert row is not None
            self.row = episode.sent(row) or row
        self.outputs.extend((*step.outputs, *step.after_rows))
        return step

    @property
    def alerts(self) -> list[Alert]:
        """The revisions, in order, once each."""
        return [o.record for o in self.outputs if isinstance(o.record, Alert) and o.stream.name.endswith("alerts")]

    @property
    def results(self) -> list[ActionResult]:
        """What became of the actions."""
        return [o.record for o in self.outputs if isinstance(o.record, ActionResult)]

    @property
    def last(self) -> Alert:
        """The latest revision."""
        return self.alerts[-1]

    def said(self) -> list[tuple[str, str, str]]:
        """What the revisions said: change, state, level."""
        return [(a.change.value, a.state.value, a.level.value) for a in self.alerts]


def levels(alerts: Iterable[Alert]) -> list[Level]:
    """Return the levels of revisions."""
    return [a.level for a in alerts]
