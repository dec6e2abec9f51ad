"""The installations that are watched over, and the manifest that makes a published set of them complete."""

from datetime import datetime
from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from schemas.record import Count, CountryCode, Id, Instant, Latitude, Longitude, Name, Record, Text
from schemas.taxonomy import FacilityKind, Tenant

Year = Annotated[int, Field(ge=1800, le=2200)]
Names = Annotated[tuple[Name, ...], Field(max_length=100)]


class Facility(Record):
    """An installation that people at it, or responsible for it, want to be warned about."""

    ce_type: ClassVar[str] = "tocsin.facility.v1"

    id: Id
    """Stable slug: ISO country code in lower case, then the name."""
    name: Name
    """Common English name."""
    aliases: Names = ()
    """Other names, spellings and scripts; each belongs to one facility alone."""
    context_aliases: Names = ()
    """Ambiguous or bare place names: accepted only with the right region and facility wording around them."""
    kind: FacilityKind
    """What kind of installation it is."""
    country: CountryCode
    """ISO 3166-1 alpha-2 of the internationally recognised state (`XK` for Kosovo)."""
    admin1: Name | None = None
    """Province, in common English."""
    region_words: Names = ()
    """Terms that reporters use for the area; shared by many facilities."""
    tenants: tuple[Tenant, ...] = ()
    """Who is publicly known to use it, present and past."""
    tenant_until: dict[Tenant, Year] = Field(default_factory=dict)
    """The year in which a tenant left; a tenant without an entry is there at `as_of`."""
    descriptors: Names = ()
    """Phrases used instead of a name; shared, so they rank candidates and never decide alone."""
    parent: Id | None = None
    """The enclosing site."""
    criticality: Annotated[int, Field(ge=1, le=5)] = 3
    """1 (low) to 5 (high)."""
    lat: Latitude
    """Degrees north, WGS 84."""
    lon: Longitude
    """Degrees east, WGS 84."""
    precision_km: Annotated[float, Field(ge=0)] = 1.0
    """How far the point may be from the middle of the site, in km."""
    active: bool = True
    """False when the site no longer serves its purpose."""
    since: Year | None = None
    """First year of service, where recorded."""
    until: Year | None = None
    """Last year of service, where recorded."""
    as_of: Annotated[str, Field(max_length=10)] | None = None
    """Date of the tenancy facts."""
    source: Text | None = None
    """Where the facts come from."""
    note: Text | None = None
    """A caveat."""

    @model_validator(mode="after")
    def _sound(self) -> "Facility":
        if self.parent == self.id:
            raise ValueError(f"{self.id} is its own parent")
        if self.since is not None and self.until is not None and self.since > self.until:
            raise ValueError(f"{self.id}: since {self.since} lies after until {self.until}")
        return self

    def serves_in(self, year: int) -> bool:
        """Whether it served its purpose in that year, as far as recorded."""
        return (self.since is None or self.since <= year) and (self.until is None or year <= self.until)

    def tenants_in(self, year: int) -> frozenset[Tenant]:
        """The tenants not known to have left before that year."""
        return frozenset(t for t in self.tenants if self.tenant_until.get(t, year) >= year)

    @property
    def event_time(self) -> datetime:
        """Facts about a facility have no event time of their own."""
        raise NotImplementedError

    @property
    def record_id(self) -> str:
        """The facility's id."""
        return self.id


class Manifest(Record):
    """Closes a published set of facilities: it is complete when count and hash agree."""

    ce_type: ClassVar[str] = "tocsin.manifest.v1"

    version: Name
    """The set's version: its hash, shortened, unless the operator names one."""
    count: Count
    """How many facilities the set has."""
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """SHA-256 over the facilities' JSON in order of id, each followed by a line feed."""
    published_at: Instant
    """When it was published."""

    @property
    def event_time(self) -> datetime:
        """When it was published."""
        return self.published_at

    @property
    def record_id(self) -> str:
        """The set's version."""
        return self.version
