"""Which sites an incident concerns, how near and how surely: the ones within its reach, the ones that may be meant."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from schemas.facility import Facility
from schemas.incident import Incident
from schemas.policy import Policy
from streams.gazetteer import Gazetteer

LEAST: Final = 0.05
"""A site that is concerned less surely than this is not told."""


@dataclass(frozen=True, slots=True)
class Concern:
    """How an incident concerns a site."""

    facility_id: str
    """The facility of the site that is meant, or nearest."""
    distance_km: float
    probability: float


def concerns(incident: Incident, gazetteer: Gazetteer, policy: Policy) -> dict[str, Concern]:
    """Return the concern of each site, by site id, in order of the ids.

    The named target is at distance 0 with probability 1, a described one at distance 0 with its own. Any other site
    counts by the distance from the incident's point, with the probability that the true distance is within reach.
    """
    found: dict[str, Concern] = {}
    for site_id, concern in (*_meant(incident, gazetteer, policy), *_near(incident, gazetteer, policy)):
        known = found.get(site_id)
        if known is None or (-concern.probability, concern.distance_km) < (-known.probability, known.distance_km):
            found[site_id] = concern
    return dict(sorted(found.items()))


def reach_of(incident: Incident, policy: Policy) -> float:
    """Return how far out an incident of this type concerns a site, in km."""
    sets = [policy.detector.radii, *(f.radii for f in policy.facilities.values() if f.radii)]
    return policy.threat_reach_km.get(incident.threat_type, max(max(s.radii_km) for s in sets))


def within_reach(distance: float, sigma_km: float, reach: float) -> float:
    """Return the probability that the true distance is within reach.

    The position errs by `sigma_km` along each axis; exact for distance 0 (Rayleigh), a normal approximation beyond.
    """
    if sigma_km <= 0:
        return float(distance <= reach)
    at_centre = 1.0 - math.exp(-(reach**2) / (2 * sigma_km**2))
    return at_centre * _normal((reach - distance) / sigma_km) / _normal(reach / sigma_km)


def _meant(incident: Incident, gazetteer: Gazetteer, policy: Policy) -> Iterator[tuple[str, Concern]]:
    sure = ((incident.facility_id, 1.0),) if incident.facility_id else ()
    for facility_id, probability in (*sure, *((c.facility_id, c.probability) for c in incident.candidates)):
        facility = gazetteer.by_id.get(facility_id)
        site_id = gazetteer.site_of(facility_id)
        if facility and site_id and probability >= LEAST and _watched(facility, incident, policy):
            yield site_id, Concern(facility_id, 0.0, probability)


def _near(incident: Incident, gazetteer: Gazetteer, policy: Policy) -> Iterator[tuple[str, Concern]]:
    place = incident.place
    if place is None or place.lat is None or place.lon is None:
        return
    reach, radius_km = reach_of(incident, policy), place.radius_km or 0.0
    for distance, facility in gazetteer.nearby(place.lat, place.lon, reach + 2 * math.hypot(radius_km, 15.0)):
        sigma_km = math.hypot(radius_km, facility.precision_km)
        probability = round(within_reach(distance, sigma_km, reach), 2)
        site_id = gazetteer.site_of(facility.id)
        if site_id and probability >= LEAST and _watched(facility, incident, policy):
            yield site_id, Concern(facility.id, round(distance, 1), probability)


def _watched(facility: Facility, incident: Incident, policy: Policy) -> bool:
    override = policy.facilities.get(facility.id)
    return facility.serves_in(incident.occurred.earliest.year) and not (override and override.off)


def _normal(z: float) -> float:
    return 0.5 * math.erfc(-z / math.sqrt(2))
