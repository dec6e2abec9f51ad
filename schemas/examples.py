"""One small story, told once in every contract: from a report to the alert it raised, and what was done about it.

Place, people and names are invented, and country ZZ is nobody's (ISO 3166-1 leaves it to its users). Words and figures
of the alert are those that `alerts` gives for the two incidents under this policy; a test holds them against it.
"""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

from schemas.action import Action, ActionResult
from schemas.alert import Alert, AlertFacility, Cluster, Grave, Involvement
from schemas.exposure import Exposure
from schemas.facility import Facility, Manifest
from schemas.incident import Incident, Testimony
from schemas.mention import (
    Attribution,
    Credibility,
    Denial,
    Effects,
    Interval,
    Mention,
    Place,
    Reading,
    SetAside,
    Span,
    Withdrawal,
)
from schemas.policy import Policy, RegisteredSource
from schemas.record import Record
from schemas.report import Heartbeat, Report, Source, Tick
from schemas.taxonomy import (
    ActionKind,
    AlertPath,
    AlertState,
    AttributionConfidence,
    Certainty,
    Change,
    FacilityKind,
    InformationCredibility,
    Initiator,
    Level,
    Reliability,
    SetAsideReason,
    Severity,
    SourceKind,
    Status,
    ThreatType,
    Traffic,
    Urgency,
    Verdict,
    WithdrawalReason,
)

ATTACK = "Two drones struck the Alder Bay fuel terminal at about 04:00 GMT on Saturday"
VOW = "The Northern Front vowed to strike the terminal again"


def examples() -> tuple[Record, ...]:
    """Return one record of every contract, in the order in which the story goes."""
    return (
        *(_facility(), _manifest(), _policy()),
        *(_report(), _tick(), _reading(), _mention(), _withdrawal(), _denial()),
        *(_incident(), _exposure(), _alert(), _action(), _action_result(), _heartbeat()),
    )


def _facility() -> Facility:
    return Facility(
        id="zz-alder-bay-fuel-terminal",
        name="Alder Bay fuel terminal",
        aliases=("Alder Bay oil terminal", "Alder Bay tank farm"),
        context_aliases=("Alder Bay",),
        kind=FacilityKind.OIL_GAS,
        country="ZZ",
        admin1="Alder",
        region_words=("Alder coast",),
        descriptors=("fuel terminal", "oil terminal"),
        criticality=4,
        lat=12.34,
        lon=47.65,
        precision_km=1.5,
        since=1998,
        as_of="2026-01",
        source="Invented.",
    )


def _manifest() -> Manifest:
    return Manifest(
        version="2026-03-01",
        count=1,
        sha256=sha256(_facility().to_json() + b"\n").hexdigest(),
        published_at=_at("2026-03-01T09:00"),
    )


def _policy() -> Policy:
    return Policy(
        version="2026-03-01",
        sources=(
            RegisteredSource(name="Gulf Wire", kind=SourceKind.WIRE, reliability=Reliability.B),
            RegisteredSource(name="Alder Harbour Office", kind=SourceKind.OFFICIAL, reliability=Reliability.A),
        ),
    )


def _report() -> Report:
    return Report(
        report_id="gulf-wire/2026-03-14/0117",
        source=Source(name="Gulf Wire", kind=SourceKind.WIRE, reliability=Reliability.B),
        published_at=_at("2026-03-14T06:40"),
        title="Drones hit Alder Bay fuel terminal",
        text=f"{ATTACK}, wounding a guard and setting a storage tank on fire, the harbour office said. {VOW}.",
        lang="en",
        url="https://gulf-wire.example/2026/03/14/0117",
    )


def _tick() -> Tick:
    return Tick(at=_at("2026-03-14T06:42"), sent_at=_at("2026-03-14T06:42"), origin=3, origins=12)


def _reading() -> Reading:
    report, mention = _report(), _mention()
    start, end = _span(VOW)
    return Reading(
        report_id=report.report_id,
        report_revision=1,
        traffic=report.traffic,
        published_at=report.published_at,
        source=report.source,
        mentions=(mention.mention_id,),
        set_aside=(SetAside(reason=SetAsideReason.HYPOTHETICAL, start=start, end=end, quote=VOW, rule="vow"),),
        reader=mention.reader,
    )


def _mention() -> Mention:
    report = _report()
    return Mention(
        mention_id=f"{report.report_id}/1/0",
        report_id=report.report_id,
        report_revision=1,
        ordinal=0,
        traffic=report.traffic,
        theatre="zz",
        threat_type=ThreatType.UAS,
        status=Status.EXECUTED,
        initiator=Initiator.HOSTILE,
        occurred=_early_saturday(),
        time_expression="at about 04:00 GMT on Saturday",
        facility_id="zz-alder-bay-fuel-terminal",
        place=Place(name="Alder Bay fuel terminal", lat=12.34, lon=47.65, radius_km=1.5, country="ZZ"),
        effects=Effects(killed=None, wounded=1, damage="setting a storage tank on fire"),
        credibility=_grade(),
        source=report.source,
        published_at=report.published_at,
        quote=ATTACK,
        evidence=(
            _evidence("core", ATTACK, "clause"),
            _evidence("threat_type", "drones", "cue/uas"),
            _evidence("status", "struck", "cue/executed"),
            _evidence("facility_id", "Alder Bay fuel terminal", "gazetteer/name"),
            _evidence("occurred", "at about 04:00 GMT on Saturday", "time/clock"),
            _evidence("effects", "wounding a guard", "count/wounded"),
        ),
        text_sketch=(281746012, 1193046471, 77345190, 2860486313),
        reader="reader 1; facilities 2026-03-01; policy 2026-03-01",
    )


def _withdrawal() -> Withdrawal:
    report = _report()
    return Withdrawal(
        report_id=report.report_id,
        below_revision=2,
        source=report.source.name,
        reason=WithdrawalReason.CORRECTED,
        by_report="gulf-wire/2026-03-14/0131",
        at=_at("2026-03-14T08:05"),
        traffic=report.traffic,
    )


def _denial() -> Denial:
    mention = _mention()
    claim = mention.model_copy(
        update={
            "mention_id": "gulf-wire/2026-03-14/0160/1/0",
            "report_id": "gulf-wire/2026-03-14/0160",
            "published_at": _at("2026-03-14T11:20"),
            "quote": "Our earlier report of a drone attack on the Alder Bay fuel terminal was wrong.",
            "evidence": (),
            "text_sketch": (),
        }
    )
    return Denial(claim=claim, own_words=True)


def _incident() -> Incident:
    mention = _mention()
    start, end = _span(mention.quote)
    return Incident(
        incident_id=mention.mention_id,
        revision=1,
        traffic=mention.traffic,
        theatre=mention.theatre,
        threat_type=mention.threat_type,
        status=mention.status,
        initiator=mention.initiator,
        occurred=mention.occurred,
        facility_id=mention.facility_id,
        place=mention.place,
        attribution=mention.attribution,
        effects=mention.effects,
        credibility=mention.credibility,
        probability=0.85,
        independent_sources=1,
        mentions=1,
        testimony=(
            Testimony(
                mention_id=mention.mention_id,
                report_id=mention.report_id,
                source=mention.source,
                published_at=mention.published_at,
                quote=mention.quote,
                start=start,
                end=end,
            ),
        ),
        first_reported_at=mention.published_at,
        last_reported_at=mention.published_at,
        versions="reader 1; fuser 1; facilities 2026-03-01; policy 2026-03-01",
    )


def _incident_before() -> Incident:
    """Rockets in the evening before, 6 km away, as an official source told."""
    report_id, quote = "alder-harbour-office/2026-03-13/2", "Four rockets came down in open ground near Alder Point"
    reported_at = _at("2026-03-13T23:10")
    return Incident(
        incident_id=f"{report_id}/1/0",
        revision=1,
        traffic=Traffic.ACTUAL,
        theatre="zz",
        threat_type=ThreatType.ROCKET,
        status=Status.EXECUTED,
        initiator=Initiator.HOSTILE,
        occurred=Interval(earliest=_at("2026-03-13T21:30"), latest=_at("2026-03-13T22:30")),
        place=Place(name="near Alder Point", lat=12.39, lon=47.67, radius_km=3.0, country="ZZ"),
        attribution=Attribution(confidence=AttributionConfidence.SUSPECTED, actor="Northern Front"),
        effects=Effects(killed=0, wounded=0),
        credibility=Credibility(reliability=Reliability.A, information=InformationCredibility.PROBABLY_TRUE),
        probability=0.95,
        independent_sources=1,
        mentions=1,
        testimony=(
            Testimony(
                mention_id=f"{report_id}/1/0",
                report_id=report_id,
                source=Source(name="Alder Harbour Office", kind=SourceKind.OFFICIAL, reliability=Reliability.A),
                published_at=reported_at,
                quote=quote,
                start=0,
                end=len(quote),
            ),
        ),
        first_reported_at=reported_at,
        last_reported_at=reported_at,
        versions=_incident().versions,
    )


def _exposure() -> Exposure:
    return Exposure(
        site_id="zz-alder-bay-fuel-terminal",
        facility_id="zz-alder-bay-fuel-terminal",
        incident=_incident(),
        distance_km=0.0,
        probability=1.0,
    )


def _alert() -> Alert:
    facility, incident, before = _facility(), _incident(), _incident_before()
    return Alert(
        alert_id="alr-1505d55f54665ddd1ccf",
        revision=2,
        traffic=incident.traffic,
        state=AlertState.OPEN,
        level=Level.ALERT,
        change=Change.ESCALATED,
        path=AlertPath.BOTH,
        site_id=facility.id,
        facility=AlertFacility(
            facility_id=facility.id,
            name=facility.name,
            kind=facility.kind,
            country=facility.country,
            lat=facility.lat,
            lon=facility.lon,
        ),
        headline="Alert for Alder Bay fuel terminal: 2 incidents within 10 km in 12 h",
        explanation="Second incident within 10 km of Alder Bay fuel terminal in 12 h; usual is 0.0099; chance alone "
        "would do this about once in 4 years. Severity 72 of 100; gravest: drone attack at Alder Bay fuel terminal. "
        "Latest: drone attack at the facility, 1 wounded, 1 source.",
        urgency=Urgency.EXPECTED,
        severity=Severity.SEVERE,
        certainty=Certainty.LIKELY,
        likelihood="very likely that the gravest incident took place here",
        cluster=Cluster(score_days=1427.0, count=2, radius_km=10.0, hours=12.0, usual=0.0099, chance_every_days=1427.0),
        grave=Grave(score=71.9, incident_id=incident.incident_id),
        incidents=(
            Involvement(incident=incident, distance_km=0.0, probability=1.0),
            Involvement(incident=before, distance_km=6.0, probability=0.8),
        ),
        incident_count=2,
        began_at=before.event_time,
        opened_at=before.last_reported_at,
        updated_at=incident.last_reported_at,
        notify_at=incident.last_reported_at,
        versions="episode-1; policy default@2026-03-01",
    )


def _action() -> Action:
    alert = _alert()
    return Action(
        action_id="b0a8c1de-5c1f-4a55-9c0e-6f0f8f0e7a11",
        kind=ActionKind.ACKNOWLEDGE,
        facility_id=alert.facility.facility_id,
        alert_id=alert.alert_id,
        by="duty officer",
        at=_at("2026-03-14T06:44"),
        seen_revision=alert.revision,
        note="Terminal is clearing the jetty.",
    )


def _action_result() -> ActionResult:
    action = _action()
    return ActionResult(
        action_id=action.action_id,
        facility_id=action.facility_id,
        verdict=Verdict.APPLIED,
        reason="acknowledged",
        alert_id=action.alert_id,
        alert_revision=action.seen_revision and action.seen_revision + 1,
        at=_at("2026-03-14T06:44"),
    )


def _heartbeat() -> Heartbeat:
    reached = _tick().at
    return Heartbeat(
        partition=5,
        reached=reached,
        ticked_at=reached,
        written_at=reached + timedelta(milliseconds=180),
        worker="worker-1",
    )


def _early_saturday() -> Interval:
    return Interval(earliest=_at("2026-03-14T03:45"), latest=_at("2026-03-14T04:15"))


def _grade() -> Credibility:
    return Credibility(reliability=Reliability.B, information=InformationCredibility.PROBABLY_TRUE)


def _evidence(axis: str, words: str, rule: str) -> Span:
    start, end = _span(words)
    return Span(axis=axis, start=start, end=end, rule=rule)


def _span(words: str) -> tuple[int, int]:
    """Where words stand in the report's text; the headline comes before it."""
    report = _report()
    start = report.body.index(words, len(report.title))
    return start, start + len(words)


def _at(minute: str) -> datetime:
    return datetime.fromisoformat(minute).replace(tzinfo=UTC)
