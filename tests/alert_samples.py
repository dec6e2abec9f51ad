"""Alerts to test with: complete, and varied where a test says so."""

from datetime import UTC, datetime, timedelta
from typing import Any

from schemas.alert import Alert, AlertFacility, Cluster, Grave, Involvement
from schemas.incident import Incident, Testimony
from schemas.mention import Interval
from schemas.report import Source
from schemas.taxonomy import (
    AlertPath,
    AlertState,
    Certainty,
    Change,
    FacilityKind,
    Initiator,
    Level,
    Severity,
    Status,
    ThreatType,
    Traffic,
    Urgency,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def incident(
    number: int = 1, threat: ThreatType = ThreatType.ROCKET, quote: str = "two rockets fell short"
) -> Incident:
    """An incident of the first of March."""
    return Incident(
        incident_id=f"i-{number}",
        revision=1,
        traffic=Traffic.ACTUAL,
        theatre="coast",
        threat_type=threat,
        status=Status.INTERCEPTED,
        initiator=Initiator.HOSTILE,
        occurred=Interval(earliest=NOON - timedelta(hours=number), latest=NOON),
        probability=0.85,
        independent_sources=2,
        mentions=3,
        testimony=(
            Testimony(
                mention_id=f"r-{number}/1/0",
                report_id=f"r-{number}",
                source=Source(name="Harbour Wire"),
                published_at=NOON,
                quote=quote,
                start=0,
                end=len(quote),
            ),
        ),
        first_reported_at=NOON,
        last_reported_at=NOON,
    )


def alert(alert_id: str = "xx-mill/actual/i-1", revision: int = 1, **other: Any) -> Alert:  # noqa: ANN401
    """An open alert of level `alert` at the mill; any field may be another."""
    involved = Involvement(incident=incident(), distance_km=3.2, probability=1.0)
    fields: dict[str, Any] = {
        "alert_id": alert_id,
        "revision": revision,
        "traffic": Traffic.ACTUAL,
        "state": AlertState.OPEN,
        "level": Level.ALERT,
        "change": Change.OPENED,
        "path": AlertPath.CLUSTER,
        "site_id": "xx-mill",
        "facility": AlertFacility(
            facility_id="xx-mill", name="Old Mill", kind=FacilityKind.OTHER, country="XX", lat=10.0, lon=20.0
        ),
        "headline": "Rocket attacks near Old Mill",
        "explanation": "Four incidents within 10 km in 48 h; chance alone does the same about once in 5 years.",
        "urgency": Urgency.EXPECTED,
        "severity": Severity.SEVERE,
        "certainty": Certainty.LIKELY,
        "likelihood": "very likely",
        "cluster": Cluster(score_days=900, count=4, radius_km=10, hours=48, usual=0.02, chance_every_days=1825),
        "grave": Grave(score=44),
        "incidents": (involved,),
        "incident_count": 1,
        "began_at": NOON - timedelta(hours=1),
        "opened_at": NOON,
        "updated_at": NOON + timedelta(minutes=revision - 1),
        "notify_at": NOON,
    }
    return Alert(**{**fields, **other})
