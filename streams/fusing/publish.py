"""How changed incidents are told: a revision where the content changed, an exposure to every site that ever had one."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from schemas.exposure import ANOTHER_SITE, NO_LONGER_WATCHED, Exposure
from schemas.incident import Incident
from schemas.outcome import Output
from schemas.topics import EXPOSURES, INCIDENTS
from streams.fusing.change import Reference, content
from streams.fusing.holdings import Holdings
from streams.fusing.reach import concerns
from streams.fusing.rows import IncidentRow, Recipient
from streams.fusing.waves import wave_of
from streams.gazetteer import Gazetteer

FUSER: Final = "fuse-1"
"""Version of the method; named in every incident."""


def publish(
    held: Holdings, changed: Iterable[IncidentRow], reference: Reference
) -> tuple[list[IncidentRow], tuple[Output, ...]]:
    """Return the rows to write, revised, and what to send; a row that says nothing new is sent as it was."""
    rows: list[IncidentRow] = []
    outputs: list[Output] = []
    for draft in changed:
        incident = content(draft, reference)
        told = _told(draft, incident, reference)
        row = _revised(draft, told, held.rows.get(draft.incident_id), reference)
        if row is not held.rows.get(row.incident_id):
            rows.append(row)
        outputs += _records(row, incident.model_copy(update={"wave": wave_of(row, row.sites)}))
    return rows, tuple(outputs)


def concerned_otherwise(row: IncidentRow, reference: Reference) -> bool:
    """Whether other sites are concerned, or otherwise, than was told."""
    return _told(row, content(row, reference), reference) != row.sites


def _revised(
    draft: IncidentRow, told: dict[str, Recipient], stored: IncidentRow | None, reference: Reference
) -> IncidentRow:
    versions = _versions(draft, reference)
    if stored and draft.same_as(stored) and told == stored.sites and versions == stored.versions:
        return stored
    return replace(draft, sites=told, revision=draft.revision + 1, versions=versions)


def _told(row: IncidentRow, incident: Incident, reference: Reference) -> dict[str, Recipient]:
    """What every site that was ever told is to be told now."""
    now = concerns(incident, reference.gazetteer, reference.policy) if row.standing else {}
    told = {site_id: Recipient(c.facility_id, c.distance_km, c.probability) for site_id, c in now.items()}
    for site_id, before in row.sites.items():
        if site_id not in told:
            reason = _why_not(row, incident, site_id, before.facility_id, reference.gazetteer)
            told[site_id] = replace(before, reason=reason)
    return told


def _why_not(row: IncidentRow, incident: Incident, site_id: str, facility_id: str, gazetteer: Gazetteer) -> str:
    if incident.merged_into:
        return f"it turned out to be incident {incident.merged_into}"
    if not row.standing:
        return "every report of it was withdrawn"
    if not gazetteer.members(site_id):
        return ANOTHER_SITE if facility_id in gazetteer.by_id else NO_LONGER_WATCHED
    return "it no longer concerns this site"


def _records(row: IncidentRow, incident: Incident) -> Iterator[Output]:
    incident = incident.model_copy(update={"revision": row.revision, "versions": row.versions})
    yield Output(INCIDENTS, row.incident_id, incident)
    for site_id, to in sorted(row.sites.items()):
        exposure = Exposure(
            site_id=site_id,
            facility_id=to.facility_id,
            incident=incident,
            distance_km=to.distance_km,
            probability=to.probability,
            withdrawn=to.reason is not None,
            reason=to.reason,
        )
        yield Output(EXPOSURES, site_id, exposure)


def _versions(row: IncidentRow, reference: Reference) -> str:
    reader = row.accounts[-1].reader if row.accounts else ""
    told = (reader, FUSER, f"facilities {reference.gazetteer.version}", f"policy {reference.policy.version}")
    return "; ".join(t for t in told if t)[:2000]
