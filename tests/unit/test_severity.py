"""How grave: the score, the levels it warrants, and CAP's three scales apart."""

import math
from typing import Any

import pytest

from alerts import severity
from schemas.alert import Involvement
from schemas.facility import Facility
from schemas.mention import Credibility, Effects
from schemas.policy import FacilityPolicy, Policy
from schemas.taxonomy import (
    AlertState,
    Certainty,
    InformationCredibility,
    Level,
    Reliability,
    Severity,
    Status,
    ThreatType,
    Urgency,
)
from tests.unit.alert_life import B2, BASE, SITE, exposure, incident

POLICY = Policy()
CONFIRMED = Credibility(reliability=Reliability.A, information=InformationCredibility.CONFIRMED)


def facility(criticality: int) -> Facility:
    """Return the base with another criticality."""
    return BASE.model_copy(update={"criticality": criticality})


def test_gravity_is_the_product_of_its_factors() -> None:
    """Grade, kind, status, criticality, distance and probability multiply."""
    e = exposure("i", 0, km=10, p=0.5, threat_type=ThreatType.UAS, status=Status.INTERCEPTED, credibility=B2)
    assert severity.gravity(e, facility(5), POLICY) == pytest.approx(0.5 * 0.8 * 0.8 * 0.8 * 1.5 * math.exp(-1))


def test_whom_it_hurt_counts() -> None:
    """Nobody hurt is a factor of one, nine dead or thirty-six wounded double it; the policy can switch it off."""

    def of(policy: Policy, *, killed: int | None = None, wounded: int | None = None) -> float:
        hurt = Effects(killed=killed, wounded=wounded)
        return severity.gravity(exposure("i", 0, effects=hurt), BASE, policy)

    quiet = of(POLICY)
    assert of(POLICY, killed=0, wounded=0) == quiet
    assert of(POLICY, killed=9) == pytest.approx(2 * quiet)
    assert of(POLICY, wounded=36) == pytest.approx(2 * quiet)
    assert of(POLICY, killed=99) == pytest.approx(3 * quiet)
    off = POLICY.model_copy(update={"severity": POLICY.severity.model_copy(update={"casualties": 0.0})})
    assert of(off, killed=99) == quiet


def test_every_threat_and_status_has_a_gravity() -> None:
    """No threat type and no status fails or weighs nothing."""
    for threat in ThreatType:
        for status in Status:
            assert severity.gravity(exposure("i", 0, threat_type=threat, status=status), BASE, POLICY) > 0


def test_policy_overrides_criticality() -> None:
    """The policy's criticality of a facility stands above the facility's own, and 3 where neither is known."""
    e = exposure("i", 0)
    own = Policy(facilities={SITE: FacilityPolicy(criticality=5)})
    assert severity.gravity(e, facility(1), own) == severity.gravity(e, facility(5), POLICY)
    assert severity.gravity(e, None, POLICY) == severity.gravity(e, facility(3), POLICY)


@pytest.mark.parametrize(
    "points,level",
    [
        (24.99, None),
        (25, Level.WATCH),
        (49.9, Level.WATCH),
        (50, Level.ALERT),
        (79.9, Level.ALERT),
        (80, Level.CRITICAL),
        (100, Level.CRITICAL),
    ],
)
def test_levels(points: float, level: Level | None) -> None:
    """A score warrants a level from its threshold on."""
    assert severity.level(points, POLICY.severity) == level


def test_score_is_bounded_and_has_no_order() -> None:
    """The score lies in [0, 100], is 0 for nothing, and does not depend on the order, to the last bit."""
    gravities = [0.1, 0.7, 0.30000001, 1e-9, 2.5]
    assert severity.score([]) == 0
    assert severity.score(gravities) == severity.score(reversed(gravities)) < 100
    assert severity.score([1e9]) == 100


@pytest.mark.parametrize(
    "what,level",
    [
        ({"threat_type": ThreatType.MISSILE}, Level.ALERT),
        ({"threat_type": ThreatType.VEHICLE_BOMB, "credibility": CONFIRMED}, Level.ALERT),
        ({"threat_type": ThreatType.MISSILE, "credibility": Credibility()}, Level.WATCH),
        ({"threat_type": ThreatType.SURVEILLANCE, "credibility": CONFIRMED}, None),
        ({"threat_type": ThreatType.UNREST}, None),
        ({"threat_type": ThreatType.ROCKET, "credibility": Credibility()}, None),
    ],
)
def test_a_single_incident_at_a_middling_facility(what: dict[str, Any], level: Level | None) -> None:
    """A hit by something grave alerts by itself; the same by hearsay, or something slight, does less."""
    points = severity.score([severity.gravity(exposure("i", 0, km=0.2, **what), BASE, POLICY)])
    assert severity.level(points, POLICY.severity) == level


def test_a_credible_imminent_threat_to_a_critical_facility_alerts() -> None:
    """A threat that is only announced can alert by itself, where it is credible and the facility critical."""
    e = exposure("i", 0, km=0.0, threat_type=ThreatType.MISSILE, status=Status.THREATENED)
    points = severity.score([severity.gravity(e, facility(5), POLICY)])
    assert severity.level(points, POLICY.severity) is Level.ALERT


@pytest.mark.parametrize(
    "state,level,threatened,urgency",
    [
        (AlertState.OPEN, Level.CRITICAL, False, Urgency.IMMEDIATE),
        (AlertState.OPEN, Level.ALERT, True, Urgency.IMMEDIATE),
        (AlertState.OPEN, Level.ALERT, False, Urgency.EXPECTED),
        (AlertState.OPEN, Level.WATCH, True, Urgency.FUTURE),
        (AlertState.ALL_CLEAR, Level.CRITICAL, True, Urgency.PAST),
        (AlertState.CANCELLED, Level.ALERT, False, Urgency.PAST),
        (AlertState.RESOLVED, Level.ALERT, False, Urgency.PAST),
    ],
)
def test_urgency(state: AlertState, level: Level, threatened: bool, urgency: Urgency) -> None:
    """Urgency says how soon to act; nothing that has ended is urgent."""
    assert severity.urgency(state, level, threatened=threatened) is urgency


@pytest.mark.parametrize(
    "points,scale",
    [(0, Severity.MINOR), (30, Severity.MODERATE), (60, Severity.SEVERE), (90, Severity.EXTREME)],
)
def test_severity_comes_from_the_score_alone(points: float, scale: Severity) -> None:
    """CAP severity follows the score."""
    assert severity.severity(points, POLICY.severity) is scale


@pytest.mark.parametrize(
    "more,p,certainty",
    [
        ({"credibility": CONFIRMED}, 1.0, Certainty.OBSERVED),
        ({"independent_sources": 2, "probability": 0.97}, 1.0, Certainty.OBSERVED),
        ({"independent_sources": 1, "probability": 0.97}, 1.0, Certainty.LIKELY),
        ({"independent_sources": 2, "probability": 0.97, "status": Status.THREATENED}, 1.0, Certainty.LIKELY),
        ({"credibility": CONFIRMED, "probability": 0.9}, 0.5, Certainty.POSSIBLE),
        ({"probability": 0.5}, 1.0, Certainty.POSSIBLE),
        ({"probability": 0.3}, 0.5, Certainty.UNLIKELY),
    ],
)
def test_certainty(more: dict[str, Any], p: float, certainty: Certainty) -> None:
    """Certainty says how sure it is that it took place, and here."""
    involved = Involvement(incident=incident("i", 0, **more), distance_km=1, probability=p)
    assert severity.certainty([involved]) is certainty


def test_certainty_is_that_of_the_surest() -> None:
    """One sure incident makes the whole sure; none is unknown."""
    sure = Involvement(incident=incident("i", 0, credibility=CONFIRMED), distance_km=1, probability=1)
    unsure = Involvement(incident=incident("j", 0, probability=0.1), distance_km=1, probability=1)
    assert severity.certainty([unsure, sure]) is Certainty.OBSERVED
    assert severity.certainty([]) is Certainty.UNKNOWN
