"""How grave an incident is for a site, apart from how unusual: the second path to an alert, and CAP's three scales.

Score: 100 * (1 - exp(-sum of gravities)) over a window. An incident's gravity is the product of what its source is
worth, its kind, how far it came, whom it hurt, the facility's criticality and its nearness. Urgency, severity and
certainty are those of OASIS CAP 1.2, section 3.2.2; they answer three questions and are never derived from one another.
"""

import math
from collections.abc import Iterable

from schemas.alert import Involvement
from schemas.exposure import Exposure
from schemas.facility import Facility
from schemas.mention import Effects
from schemas.policy import Policy, SeverityPolicy
from schemas.taxonomy import (
    AlertState,
    Certainty,
    InformationCredibility,
    Level,
    Severity,
    Status,
    ThreatType,
    Urgency,
)

_SURE_P = 0.9
"""From this probability on, several independent sources make a thing observed."""
_POSSIBLE_P = 0.5
_UNLIKELY_P = 0.2


def gravity(exposure: Exposure, facility: Facility | None, policy: Policy) -> float:
    """Return what an incident adds to the exponent of the score; 0 or more.

    Parameters
    ----------
    exposure
        The incident as it concerns the site; that it may concern another one counts by its probability.
    facility
        The facility that is meant; middling criticality where it is not known.
    policy
        Its severity part has every factor.
    """
    incident, part = exposure.incident, policy.severity
    return (
        exposure.probability
        * policy.grade_weight(incident.credibility.reliability, incident.credibility.information)
        * part.threats.get(incident.threat_type, part.threats[ThreatType.OTHER])
        * part.statuses.get(incident.status.value, part.statuses[Status.UNCLEAR.value])
        * (1.0 + part.casualties * math.log10(1.0 + _casualties(incident.effects)))
        * part.criticality[str(_criticality(exposure.facility_id, facility, policy))]
        * math.exp(-exposure.distance_km / part.distance_km)
    )


def score(gravities: Iterable[float]) -> float:
    """Return the score in [0, 100] of incidents that count together; the same for any order of theirs."""
    return -100.0 * math.expm1(-math.fsum(gravities))


def level(points: float, policy: SeverityPolicy) -> Level | None:
    """Return the level that a score warrants by itself."""
    if points < policy.watch:
        return None
    if points < policy.alert:
        return Level.WATCH
    return Level.ALERT if points < policy.critical else Level.CRITICAL


def urgency(state: AlertState, speaks: Level, *, threatened: bool) -> Urgency:
    """Return how soon to act: at once when critical, or when a threat that has not struck yet is loud enough to alert.

    Parameters
    ----------
    state, speaks
        Where the alert is in its life, and its level.
    threatened
        Whether an incident of it is only announced, or judged imminent.
    """
    if state is not AlertState.OPEN:
        return Urgency.PAST
    if speaks is Level.CRITICAL or (threatened and speaks is Level.ALERT):
        return Urgency.IMMEDIATE
    return Urgency.EXPECTED if speaks is Level.ALERT else Urgency.FUTURE


def severity(points: float, policy: SeverityPolicy) -> Severity:
    """Return how grave it is, from the score alone: a cluster of trifles stays minor, however unusual it is."""
    return {
        None: Severity.MINOR,
        Level.WATCH: Severity.MODERATE,
        Level.ALERT: Severity.SEVERE,
        Level.CRITICAL: Severity.EXTREME,
    }[level(points, policy)]


def certainty(involved: Iterable[Involvement]) -> Certainty:
    """Return how sure it is that the surest of the incidents took place, and here.

    Observed asks for confirmation, or for independent sources that leave little doubt, and for something that was
    seen: a mere threat is likely at best.
    """
    return min((_certainty(i) for i in involved), key=_DESCENDING.index, default=Certainty.UNKNOWN)


_DESCENDING = (Certainty.OBSERVED, Certainty.LIKELY, Certainty.POSSIBLE, Certainty.UNLIKELY, Certainty.UNKNOWN)


def _certainty(involved: Involvement) -> Certainty:
    incident = involved.incident
    p = incident.probability * involved.probability
    confirmed = incident.credibility.information is InformationCredibility.CONFIRMED and involved.probability >= _SURE_P
    seen = incident.status is not Status.THREATENED
    if seen and (confirmed or (incident.independent_sources >= 2 and p >= _SURE_P)):
        return Certainty.OBSERVED
    if p > _POSSIBLE_P:
        return Certainty.LIKELY
    return Certainty.POSSIBLE if p > _UNLIKELY_P else Certainty.UNLIKELY


def _casualties(effects: Effects) -> float:
    """Victims in deaths; four wounded weigh as one."""
    return (effects.killed or 0) + (effects.wounded or 0) / 4


def _criticality(facility_id: str, facility: Facility | None, policy: Policy) -> int:
    own = policy.facilities.get(facility_id)
    if own is not None and own.criticality is not None:
        return own.criticality
    return 3 if facility is None else facility.criticality
