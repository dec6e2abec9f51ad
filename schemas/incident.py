"""What happened, once: an incident fused from the mentions of any number of reports."""

from datetime import datetime
from typing import Annotated, ClassVar

from pydantic import Field

from schemas.mention import Attribution, Candidate, Credibility, Effects, Interval, Place
from schemas.record import Count, Id, Instant, Record, Text, Value
from schemas.report import Source
from schemas.taxonomy import IncidentState, Initiator, Status, ThreatType, Traffic


class Testimony(Value):
    """One mention as it stands in its incident: enough to lead back to report and character span."""

    mention_id: Id
    """The mention."""
    report_id: Id
    """Its report."""
    source: Source
    """Who reports."""
    published_at: Instant
    """When."""
    quote: Annotated[str, Field(max_length=600)]
    """The core evidence, exact coordinates masked."""
    start: Count
    """Offset of the quote in the report's body."""
    end: Count
    """Offset behind it."""
    independent: bool = True
    """False for a copy, or an update, of a source that is already heard."""


class Incident(Record):
    """One thing that happened (or was about to), in one revision."""

    ce_type: ClassVar[str] = "tocsin.incident.v1"

    incident_id: Id
    """Fixed by the mention that founded it."""
    revision: Annotated[int, Field(ge=1)]
    """Counts up from 1."""
    state: IncidentState = IncidentState.STANDING
    """Whether it still stands."""
    merged_into: Id | None = None
    """The incident that this one turned out to be."""
    traffic: Traffic
    """Real, exercise or test."""
    theatre: Id
    """The group of countries in which it lies."""
    threat_type: ThreatType
    """What was used or done."""
    status: Status
    """How far it came."""
    initiator: Initiator
    """Who did it, as a side."""
    occurred: Interval
    """When it happened."""
    facility_id: Id | None = None
    """The facility it concerned, when that is certain."""
    candidates: Annotated[tuple[Candidate, ...], Field(max_length=10)] = ()
    """Facilities that it may have concerned, likeliest first."""
    place: Place | None = None
    """Where it happened, as far as is known."""
    attribution: Attribution = Attribution()
    """Who is said to have done it: the firmest statement."""
    effects: Effects = Effects()
    """What it did: the best supported figures."""
    credibility: Credibility = Credibility()
    """The Admiralty grade of the whole: best source, corroboration counted."""
    probability: Annotated[float, Field(ge=0, le=1)]
    """How likely it happened: 1 - prod(1 - p) over the independent sources, weighed against those that dispute it."""
    independent_sources: Annotated[int, Field(ge=0)]
    """How many independent sources tell of it."""
    mentions: Annotated[int, Field(ge=0)]
    """How many mentions it was fused from; of a crowd, rounded down."""
    testimony: Annotated[tuple[Testimony, ...], Field(max_length=12)]
    """The most telling mentions: independent ones first, then the earliest."""
    disputed_by: Annotated[tuple[Testimony, ...], Field(max_length=6)] = ()
    """Sources that say it was wrongly reported, the earliest first; they lower its credibility and probability."""
    first_reported_at: Instant
    """When the earliest of its reports was published."""
    last_reported_at: Instant
    """When the latest of its reports was published."""
    wave: Id | None = None
    """Shared by incidents that are one barrage over many sites."""
    versions: Text = ""
    """Versions of reader, fuser, facilities and policy behind it."""

    @property
    def event_time(self) -> datetime:
        """The middle of the interval."""
        return self.occurred.midpoint

    @property
    def record_id(self) -> str:
        """Incident and revision."""
        return f"{self.incident_id}@{self.revision}"
