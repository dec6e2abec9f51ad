"""What people must know: an alert, revision by revision, each complete enough to explain itself while it is kept."""

from datetime import datetime
from typing import Annotated, ClassVar

from pydantic import Field

from schemas.incident import Incident
from schemas.record import (
    CoarseLatitude,
    CoarseLongitude,
    CountryCode,
    Id,
    Instant,
    Name,
    Probability,
    Record,
    Text,
    Value,
)
from schemas.taxonomy import AlertPath, AlertState, Certainty, Change, FacilityKind, Level, Severity, Traffic, Urgency


class AlertFacility(Value):
    """The facility as the alert names it."""

    facility_id: Id
    """The facility of the site that is nearest to the incidents."""
    name: Name
    """Its name."""
    kind: FacilityKind
    """What kind of installation it is."""
    country: CountryCode
    """Where it lies."""
    lat: CoarseLatitude
    """Degrees north, WGS 84, rounded to 2 decimals."""
    lon: CoarseLongitude
    """Degrees east, WGS 84, rounded to 2 decimals."""


class Cluster(Value):
    """The statistic behind the alert, and the window that shows it best."""

    score_days: Annotated[float, Field(ge=0)]
    """The detector's statistic R: under the usual pattern an alarm at R comes at most once in so many days."""
    count: Annotated[int, Field(ge=0)]
    """Incidents in the window that stands out most."""
    radius_km: Annotated[float, Field(ge=0)]
    """That window's radius."""
    hours: Annotated[float, Field(ge=0)]
    """That window's length."""
    usual: Annotated[float, Field(ge=0)]
    """Incidents that are usual in such a window here."""
    chance_every_days: Annotated[float, Field(ge=0)]
    """Chance alone does the same about once in so many days; at most 3650: "more than 10 years"."""


class Grave(Value):
    """The severity behind the alert."""

    score: Annotated[float, Field(ge=0, le=100)]
    """0 to 100."""
    incident_id: Id | None = None
    """The gravest incident."""


class Involvement(Value):
    """An incident of the alert, with its distance."""

    incident: Incident
    """The incident."""
    distance_km: Annotated[float, Field(ge=0)]
    """From the site."""
    probability: Probability
    """That it concerned the site."""


class Acknowledgement(Value):
    """Who has taken the alert on."""

    by: Name
    """Who."""
    at: Instant
    """When."""
    revision: Annotated[int, Field(ge=1)]
    """The revision that was seen."""


class Note(Value):
    """What an operator said."""

    by: Name
    """Who."""
    at: Instant
    """When."""
    text: Text
    """What."""


class Alert(Record):
    """An alert about a facility, in one revision."""

    ce_type: ClassVar[str] = "tocsin.alert.v1"

    alert_id: Id
    """Site, traffic and founding incident; never changes."""
    revision: Annotated[int, Field(ge=1)]
    """Counts up from 1; (alert_id, revision) has one content, ever."""
    traffic: Traffic
    """Real, exercise or test."""
    state: AlertState
    """Where it is in its life."""
    level: Level
    """How loudly it speaks; after its end, the highest it reached."""
    change: Change
    """Why this revision exists."""
    path: AlertPath
    """Whether the cluster or a single grave incident raised it."""
    site_id: Id
    """The site."""
    facility: AlertFacility
    """The facility as people know it."""
    headline: Text
    """One line."""
    explanation: Text
    """One or two sentences that can be read aloud: why now, and how often chance alone would do the same."""
    urgency: Urgency
    """CAP urgency."""
    severity: Severity
    """CAP severity."""
    certainty: Certainty
    """CAP certainty."""
    likelihood: Text
    """The probability that it is no chance, in the words of ICD 203."""
    cluster: Cluster | None = None
    """The statistic, where it was computed."""
    grave: Grave
    """The severity score."""
    incidents: Annotated[tuple[Involvement, ...], Field(max_length=20)]
    """The incidents behind it, latest first; beyond 20 the most telling."""
    incident_count: Annotated[int, Field(ge=0)]
    """How many incidents stand behind it."""
    wave: Id | None = None
    """Shared by the alerts that one event raised at many sites."""
    began_at: Instant
    """Event time of its earliest incident."""
    opened_at: Instant
    """When it was first raised, as time passes on the route."""
    updated_at: Instant
    """When this revision was made, as time passes on the route."""
    notify_at: Instant
    """When people are to be told: later than `updated_at` in quiet hours."""
    ended_at: Instant | None = None
    """When it ended."""
    acknowledged: Acknowledgement | None = None
    """Who has taken it on."""
    silenced_until: Instant | None = None
    """No paging until then."""
    notes: Annotated[tuple[Note, ...], Field(max_length=20)] = ()
    """What operators said, oldest first."""
    reason: Text | None = None
    """For a downgrade, cancellation or end: why."""
    versions: Text = ""
    """Versions of these rules and of the policy; those of reader, fuser and facilities stand in the incidents."""

    @property
    def event_time(self) -> datetime:
        """When this revision was made, as time passes on the route."""
        return self.updated_at

    @property
    def record_id(self) -> str:
        """Alert and revision."""
        return f"{self.alert_id}@{self.revision}"
