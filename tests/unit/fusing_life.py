"""What the tests of fusing are made of: facilities, mentions, and a desk that walks one partition through events."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from schemas.action import Action, ActionResult
from schemas.exposure import Exposure
from schemas.facility import Facility
from schemas.incident import Incident
from schemas.mention import Attribution, Candidate, Denial, Effects, Interval, Mention, Place, Withdrawal
from schemas.outcome import Step
from schemas.policy import Policy
from schemas.report import Source, Tick
from schemas.taxonomy import (
    ActionKind,
    FacilityKind,
    Initiator,
    Reliability,
    SourceKind,
    Status,
    ThreatType,
    Traffic,
    WithdrawalReason,
)
from streams.fusing import Fusion
from streams.gazetteer import Gazetteer
from streams.sketch import sketch

T0 = datetime(2031, 3, 3, 6, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def facility(facility_id: str, lat: float, lon: float, parent: str | None = None, until: int | None = None) -> Facility:
    """Return a facility that serves from ever to `until`."""
    name = facility_id.replace("-", " ").title()
    kind = FacilityKind.MILITARY_BASE
    return Facility(id=facility_id, name=name, kind=kind, country="IQ", lat=lat, lon=lon, parent=parent, until=until)


BASE = facility("xx-dune-base", 33.00, 44.00)
GATE = facility("xx-dune-gate", 33.02, 44.02, parent="xx-dune-base")
PORT = facility("xx-reed-port", 33.15, 44.00)
FAR = facility("xx-far-camp", 35.00, 44.00)
CLOSED = facility("xx-closed-post", 33.05, 44.05, until=2025)
FACILITIES = Gazetteer([BASE, GATE, PORT, FAR, CLOSED])
POLICY = Policy(version="test-1")


def mention(
    report: str,
    *,
    at: float = 0.0,
    wide: float = 1.0,
    after: float = 2.0,
    facility_id: str | None = None,
    candidates: Mapping[str, float] | None = None,
    place: tuple[str, float, float, float] | None = None,
    kind: ThreatType = ThreatType.ROCKET,
    status: Status = Status.EXECUTED,
    source: str | None = None,
    reliability: Reliability = Reliability.C,
    killed: int | None = None,
    actor: str | None = None,
    text: str | None = None,
    revision: int = 1,
    ordinal: int = 0,
    traffic: Traffic = Traffic.ACTUAL,
    theatre: str = "gulf",
) -> Mention:
    """Return what a report says of something in the `wide` hours from hour `at`, published `after` hours later.

    Without a text, it is told in words that no other report uses.
    """
    begin = T0 + at * HOUR
    said = text or " ".join(sha256(f"{report} {n}".encode()).hexdigest()[:6] for n in range(12))
    return Mention(
        mention_id=f"{report}/{revision}/{ordinal}",
        report_id=report,
        report_revision=revision,
        ordinal=ordinal,
        traffic=traffic,
        theatre=theatre,
        threat_type=kind,
        status=status,
        initiator=Initiator.HOSTILE,
        occurred=Interval(earliest=begin, latest=begin + wide * HOUR),
        facility_id=facility_id,
        candidates=tuple(Candidate(facility_id=f, probability=p) for f, p in (candidates or {}).items()),
        place=Place(name=place[0], lat=place[1], lon=place[2], radius_km=place[3]) if place else None,
        attribution=Attribution(actor=actor),
        effects=Effects(killed=killed),
        source=Source(name=source or f"Outlet {report}", kind=SourceKind.NEWS, reliability=reliability),
        published_at=begin + (wide + after) * HOUR,
        quote=said[:600],
        evidence=(),
        text_sketch=sketch(said),
    )


def withdrawal(
    report: str,
    source: str | None = None,
    below: int | None = None,
    by: str | None = None,
    reason: WithdrawalReason = WithdrawalReason.RETRACTED,
) -> Withdrawal:
    """Return the withdrawal of a report by its own source, unless another is named."""
    return Withdrawal(
        report_id=report,
        below_revision=below,
        source=source or f"Outlet {report}",
        reason=reason,
        by_report=by,
        at=T0 + 12 * HOUR,
        traffic=Traffic.ACTUAL,
    )


def action(kind: ActionKind, incident_id: str, action_id: str = "act-1", **more: object) -> Action:
    """Return an operator's action on an incident."""
    told = {"action_id": action_id, "kind": kind, "facility_id": BASE.id, "incident_id": incident_id, "by": "Officer"}
    return Action.model_validate({**told, "at": T0 + 6 * HOUR, **more})


def tick(at: datetime) -> Tick:
    """Return a tick."""
    return Tick(at=at, sent_at=at, origin=0, origins=1)


Event = Mention | Withdrawal | Denial | Action | Tick


@dataclass
class Desk:
    """One partition, walked through events; remembers the rows and the latest of everything that was sent."""

    facilities: Gazetteer = FACILITIES
    policy: Policy = POLICY
    fusion: Fusion = field(default_factory=lambda: Fusion(3))
    rows: dict[str, bytes] = field(default_factory=dict)
    incidents: dict[str, Incident] = field(default_factory=dict)
    exposures: dict[tuple[str, str], Exposure] = field(default_factory=dict)
    results: list[ActionResult] = field(default_factory=list)

    def take(self, *events: Event, reached: datetime | None = None) -> Step[bytes]:
        """Step through events, writing what each leads to; return the last step."""
        return [self._take(event, reached) for event in events][-1]

    def tick(self, at: datetime) -> Step[bytes]:
        """Let time pass."""
        return self._take(tick(at), at)

    def restart(self) -> None:
        """Rebuild from the rows, as after a crash."""
        self.fusion = Fusion.restore(3, self.rows.items())

    def standing(self) -> list[Incident]:
        """The incidents that stand, as sent last, by id."""
        return [i for _, i in sorted(self.incidents.items()) if i.state.value == "standing"]

    def sites(self, incident_id: str) -> dict[str, Exposure]:
        """What each site was told last of an incident."""
        return {site: e for (i, site), e in self.exposures.items() if i == incident_id}

    def fusion_home(self, mention_id: str) -> str:
        """The incident that a mention is in."""
        return dict(self.fusion.assignments())[mention_id]

    def groups(self) -> set[frozenset[str]]:
        """The mentions, as they are grouped into incidents."""
        found: dict[str, set[str]] = {}
        for mention_id, incident_id in self.fusion.assignments():
            found.setdefault(incident_id, set()).add(mention_id)
        return {frozenset(g) for g in found.values()}

    def _take(self, event: Event, reached: datetime | None) -> Step[bytes]:
        ingest_ms = int(event.event_time.timestamp() * 1000)
        step = self.fusion.step(event, reached, ingest_ms, self.facilities, self.policy)
        self.fusion.apply(step.rows)
        for key, row in step.rows.items():
            if row is None:
                self.rows.pop(key, None)
            else:
                self.rows[key] = row
        for output in step.outputs:
            match output.record:
                case Incident() as incident:
                    self.incidents[output.key] = incident
                case Exposure() as exposure:
                    self.exposures[exposure.incident.incident_id, output.key] = exposure
                case ActionResult() as told:
                    self.results.append(told)
        return step
