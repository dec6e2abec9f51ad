"""What one report says: its mentions of incidents, the receipt of its reading, and the withdrawal of what it said."""

from datetime import datetime
from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from schemas.record import (
    CoarseLatitude,
    CoarseLongitude,
    Count,
    CountryCode,
    Id,
    Instant,
    Name,
    Probability,
    Record,
    Text,
    Value,
)
from schemas.report import Source
from schemas.taxonomy import (
    AttributionConfidence,
    InformationCredibility,
    Initiator,
    Reliability,
    SetAsideReason,
    Status,
    Temporality,
    ThreatType,
    Traffic,
    WithdrawalReason,
)


class Interval(Value):
    """An interval of time, both ends included."""

    earliest: Instant
    """The first instant at which it can have happened."""
    latest: Instant
    """The last instant at which it can have happened."""

    @model_validator(mode="after")
    def _ordered(self) -> "Interval":
        if self.earliest > self.latest:
            raise ValueError(f"earliest {self.earliest.isoformat()} lies after latest {self.latest.isoformat()}")
        return self

    @property
    def midpoint(self) -> datetime:
        """Half way between the ends: the instant by which incidents are ordered."""
        return self.earliest + (self.latest - self.earliest) / 2


class Span(Value):
    """A stretch of a report's body (title, line feed, text) that supports a value."""

    axis: Annotated[str, Field(max_length=40)]
    """Which value it supports: a field of the mention such as `threat_type`, or `core` for the clause itself."""
    start: Count
    """Offset of the first character."""
    end: Count
    """Offset behind the last character."""
    rule: Annotated[str, Field(max_length=80)]
    """The rule or model, with its version where it has one, that read the value from it."""


class Place(Value):
    """Where something happened, as far as the text tells."""

    name: Text
    """The words of the text."""
    lat: CoarseLatitude | None = None
    """Degrees north, WGS 84, rounded to 2 decimals."""
    lon: CoarseLongitude | None = None
    """Degrees east, WGS 84, rounded to 2 decimals."""
    radius_km: Annotated[float, Field(ge=0)] | None = None
    """How far from the point it may have been, one standard deviation, in km."""
    country: CountryCode | None = None
    """The country it lies in."""


class Candidate(Value):
    """A facility that may be meant."""

    facility_id: Id
    """The facility."""
    probability: Probability
    """How likely it is meant; the candidates of a mention sum to at most 1."""


class Attribution(Value):
    """Who is said to have done it."""

    confidence: AttributionConfidence = AttributionConfidence.NONE
    """How firmly it is said."""
    actor: Name | None = None
    """The actor's name as the text has it; a group or state, never an individual."""


class Effects(Value):
    """What it did to people and things on the attacked side."""

    killed: Count | None = None
    """Victims killed, attackers apart; None where not stated, 0 where none is stated."""
    wounded: Count | None = None
    """Victims wounded; None where not stated."""
    damage: Text | None = None
    """Damage in the words of the text."""


class Credibility(Value):
    """Admiralty grade: the two letters are rated independently."""

    reliability: Reliability = Reliability.F
    """Of the source, as the policy's register says."""
    information: InformationCredibility = InformationCredibility.CANNOT_BE_JUDGED
    """Of what is said."""


class Mention(Record):
    """One report's account of one incident that is hostile (or of unknown initiator) and current."""

    ce_type: ClassVar[str] = "tocsin.mention.v1"

    mention_id: Id
    """Report id, revision and ordinal: `<report>/<revision>/<ordinal>`."""
    report_id: Id
    """The report."""
    report_revision: Annotated[int, Field(ge=1)]
    """Which text of the report, counted from 1."""
    ordinal: Count
    """Which mention of the report, counted from 0 in order of the text."""
    traffic: Traffic
    """The report's traffic."""
    theatre: Id
    """The group of countries in which it lies: the record's key."""
    threat_type: ThreatType
    """What was used or done."""
    status: Status
    """How far it came."""
    initiator: Initiator
    """Who did it, as a side: hostile or unknown."""
    temporality: Temporality = Temporality.CURRENT
    """Always current: the others stand in the Reading."""
    occurred: Interval
    """When it happened."""
    time_expression: Text | None = None
    """The words that the interval was read from; None where the text says nothing of time."""
    facility_id: Id | None = None
    """The facility, when named or described beyond doubt."""
    candidates: Annotated[tuple[Candidate, ...], Field(max_length=10)] = ()
    """Facilities that may be meant, likeliest first, when none is certain."""
    place: Place | None = None
    """Where it happened, as far as the text tells, also beside a facility."""
    attribution: Attribution = Attribution()
    """Who is said to have done it."""
    effects: Effects = Effects()
    """What it did."""
    credibility: Credibility = Credibility()
    """The Admiralty grade."""
    source: Source
    """Who reports, graded by the register."""
    published_at: Instant
    """When the report was published."""
    quote: Annotated[str, Field(max_length=600)]
    """The core evidence, exact coordinates masked."""
    evidence: Annotated[tuple[Span, ...], Field(max_length=40)]
    """The spans that support the values."""
    text_sketch: Annotated[tuple[Count, ...], Field(max_length=64)] = ()
    """MinHash of the text's word shingles, 32 bits each: tells copies of one text. Equal positions compare."""
    reader: Text = ""
    """Version of the reader, of the facilities and of the policy that it used."""

    @property
    def event_time(self) -> datetime:
        """The middle of the interval."""
        return self.occurred.midpoint

    @property
    def record_id(self) -> str:
        """The mention's id."""
        return self.mention_id


class SetAside(Value):
    """A passage that looks like an incident and is not one."""

    reason: SetAsideReason
    """Why it is none."""
    start: Count
    """Offset of its first character in the body."""
    end: Count
    """Offset behind its last character."""
    quote: Annotated[str, Field(max_length=600)]
    """The passage, exact coordinates masked."""
    rule: Annotated[str, Field(max_length=80)]
    """The rule or model that decided."""


class Reading(Record):
    """The receipt of a report: the mentions made of it, and what was set aside and why."""

    ce_type: ClassVar[str] = "tocsin.reading.v1"

    report_id: Id
    """The report."""
    report_revision: Annotated[int, Field(ge=1)]
    """Which text of the report."""
    traffic: Traffic
    """The report's traffic."""
    published_at: Instant
    """When the report was published."""
    source: Source
    """Who reports, graded by the register."""
    mentions: tuple[Id, ...] = ()
    """Ids of the mentions made of it."""
    set_aside: Annotated[tuple[SetAside, ...], Field(max_length=500)] = ()
    """Passages that look like incidents and are none, in order of the text."""
    withdraws: Annotated[tuple[Id, ...], Field(max_length=10)] = ()
    """Reports whose mentions this one withdraws."""
    denies: Annotated[tuple[Id, ...], Field(max_length=10)] = ()
    """Ids of the claims that it says were wrongly reported."""
    reader: Text = ""
    """Version of the reader, of the facilities and of the policy that it used."""

    @property
    def event_time(self) -> datetime:
        """When the report was published."""
        return self.published_at

    @property
    def record_id(self) -> str:
        """Report and revision."""
        return f"{self.report_id}/{self.report_revision}"


class Denial(Record):
    """Says that something was wrongly reported: that it was no attack, or never happened.

    What a source itself says takes back its own earlier reports; all others are disputed.
    """

    ce_type: ClassVar[str] = "tocsin.denial.v1"

    claim: Mention
    """What is denied, as it would stand if it had been told: its source and report are those that deny it."""
    own_words: bool = False
    """Whether the source itself says so, and does not report that others deny it."""

    @property
    def event_time(self) -> datetime:
        """When what is denied would have happened."""
        return self.claim.event_time

    @property
    def record_id(self) -> str:
        """The claim's id."""
        return self.claim.mention_id


class Withdrawal(Record):
    """Takes back what a report said; sent to every partition, since its mentions may lie in any theatre."""

    ce_type: ClassVar[str] = "tocsin.withdrawal.v1"

    report_id: Id
    """The report whose mentions are withdrawn."""
    below_revision: Annotated[int, Field(ge=1)] | None = None
    """Mentions of revisions under this one are withdrawn; None withdraws all there are and will be."""
    source: Name
    """Who withdraws: only the report's own source, or an operator, is heard."""
    reason: WithdrawalReason
    """Why."""
    by_report: Id | None = None
    """The report that says so."""
    at: Instant
    """When that was published."""
    traffic: Traffic
    """The traffic it belongs to."""

    @property
    def event_time(self) -> datetime:
        """When it was published."""
        return self.at

    @property
    def record_id(self) -> str:
        """Withdrawn report and the revision bound."""
        return f"{self.report_id}/<{self.below_revision or 'all'}"
