"""What comes in: a report, and the tick by which time passes."""

from datetime import datetime, timedelta
from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from schemas.record import Id, Instant, Name, Record, Text, Value
from schemas.taxonomy import Reliability, SourceKind, Traffic

MAX_TEXT_BYTES = 256 * 1024
"""A report's title and text together, in UTF-8."""
MAX_AHEAD = timedelta(minutes=10)
"""How far a report's `published_at` may lie after its ingest: clocks differ, the future does not report."""


class Source(Value):
    """Who reports. The policy's register decides on the grade; what a source says of itself is kept, not trusted."""

    name: Name
    """The source's name, as in the policy's register."""
    kind: SourceKind = SourceKind.UNKNOWN
    """What kind of source it says it is."""
    reliability: Reliability = Reliability.F
    """Admiralty reliability that the sender claims for it."""


class Report(Record):
    """A text about the world, with its envelope: a wire story, a field report, a notice, a post."""

    ce_type: ClassVar[str] = "tocsin.report.v1"

    report_id: Id
    """Unique for its source; the same id with other text is a new revision of the report."""
    source: Source
    """Who reports."""
    published_at: Instant
    """When the source published it; anchors every relative time in the text."""
    text: Annotated[str, Field(json_schema_extra={"maxLength": MAX_TEXT_BYTES})]
    """The body: plain text; with the title at most 256 KiB in UTF-8."""
    title: str = ""
    """The headline, if it has one."""
    lang: Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$", max_length=35)] = "und"
    """BCP 47 tag of the language, `und` where the sender does not know."""
    url: Annotated[str, Field(max_length=2000)] | None = None
    """Where the original is to be found."""
    corrects: Id | None = None
    """The report of the same source that this one replaces."""
    retracts: Id | None = None
    """The report of the same source that this one takes back."""
    traffic: Traffic = Traffic.ACTUAL
    """Real traffic, an exercise, or a test."""

    @model_validator(mode="after")
    def _bounded(self) -> "Report":
        size = len(self.title.encode(errors="surrogatepass")) + len(self.text.encode(errors="surrogatepass"))
        if size > MAX_TEXT_BYTES:
            raise ValueError(
                f"title and text are {size:,} bytes; at most {MAX_TEXT_BYTES:,} are read: split the report"
            )
        if not (self.text.strip() or self.title.strip()):
            raise ValueError("title and text are both empty: there is nothing to read")
        return self

    @property
    def event_time(self) -> datetime:
        """When it was published."""
        return self.published_at

    @property
    def record_id(self) -> str:
        """The report's id."""
        return self.report_id

    @property
    def body(self) -> str:
        """Title, a line feed, and text: what all character spans count in."""
        return f"{self.title}\n{self.text}"


class Tick(Record):
    """Time passing. A stage sends it on only when everything before it has been dealt with: it is the watermark."""

    ce_type: ClassVar[str] = "tocsin.tick.v1"

    at: Instant
    """The instant that has been reached: wall clock when live, simulated time in a demo or backtest."""
    sent_at: Instant
    """Wall clock when the ticker wrote it: its age at the end of the route is the route's latency."""
    origin: Annotated[int, Field(ge=0)]
    """The partition of the stage before, through which it came."""
    origins: Annotated[int, Field(ge=1)]
    """How many partitions that stage has: time is known when each has been heard."""

    @property
    def event_time(self) -> datetime:
        """The instant reached."""
        return self.at

    @property
    def record_id(self) -> str:
        """Origin and instant."""
        return f"tick-{self.origin}-{int(self.at.timestamp() * 1000)}"


class Heartbeat(Record):
    """How old the last tick was at the end of the route: tells quiet from broken."""

    ce_type: ClassVar[str] = "tocsin.heartbeat.v1"

    partition: Annotated[int, Field(ge=0)]
    """The partition of the exposures topic that it speaks for."""
    reached: Instant
    """The instant that this partition has reached: everything before it has been dealt with."""
    ticked_at: Instant
    """Wall clock when the oldest tick behind `reached` was written."""
    written_at: Instant
    """Wall clock at the end of the route."""
    worker: Text = ""
    """Which worker wrote it."""

    @property
    def event_time(self) -> datetime:
        """The instant reached."""
        return self.reached

    @property
    def record_id(self) -> str:
        """The partition."""
        return f"heartbeat-{self.partition}"
