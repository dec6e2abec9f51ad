"""An incident as it concerns one site: the input of the watch."""

from datetime import datetime
from typing import Annotated, ClassVar, Final

from pydantic import Field

from schemas.incident import Incident
from schemas.record import Id, Probability, Record, Text

NO_LONGER_WATCHED: Final = "the facility is no longer watched over"
"""`reason` where the site is not in the set of facilities any more: the incident stands as it did."""
ANOTHER_SITE: Final = "the facility belongs to another site now"
"""`reason` where the site was joined with another, which is told of the incident under its own id."""


class Exposure(Record):
    """An incident's revision as it concerns a site: how near, how surely; or that it no longer does.

    Facilities at one spot, and parents with their parts, are one site: `site_id` is the id of the outermost one.
    """

    ce_type: ClassVar[str] = "tocsin.exposure.v1"

    site_id: Id
    """The site: the record's key."""
    facility_id: Id
    """The facility of the site that is nearest, or that is meant."""
    incident: Incident
    """The incident, whole, in the revision that this exposure speaks of."""
    distance_km: Annotated[float, Field(ge=0)]
    """From the site to the incident's point, in km, rounded to 0.1."""
    probability: Probability
    """That the incident concerned this site at all: 1 when it was named, the candidate's probability when described."""
    withdrawn: bool = False
    """True when the incident no longer concerns the site: withdrawn, merged, moved, or the facility was removed."""
    reason: Text | None = None
    """Why it was withdrawn."""

    @property
    def event_time(self) -> datetime:
        """The incident's."""
        return self.incident.event_time

    @property
    def record_id(self) -> str:
        """Incident, revision and site."""
        return f"{self.incident.record_id}/{self.site_id}"
