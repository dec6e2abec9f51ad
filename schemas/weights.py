"""The tables that a policy takes where it gives none: what a grade, a threat, its outcome and its target are worth.

Editorial, each with its reason in `docs/policy.md`; `deploy/defaults/policy.json` ships the same values.
"""

from collections.abc import Mapping
from typing import Final

from schemas.taxonomy import ThreatType

_RELIABILITY: Final = {"A": 1.0, "B": 0.9, "C": 0.75, "D": 0.55, "E": 0.3, "F": 0.6}
_CREDIBILITY: Final = {"1": 1.0, "2": 0.89, "3": 0.67, "4": 0.45, "5": 0.2, "6": 0.5}
GRADE_WEIGHTS: Final[Mapping[str, float]] = {
    letter + digit: round(of_source * of_information, 2)
    for letter, of_source in _RELIABILITY.items()
    for digit, of_information in _CREDIBILITY.items()
}
"""Weight of each Admiralty grade: a product that meets the anchors A1 = 1, B2 = 0.8, C3 = 0.5, D4 = 0.25, F6 = 0.3."""

THREAT_WEIGHTS: Final[Mapping[ThreatType, float]] = {
    ThreatType.ROCKET: 0.8,
    ThreatType.MORTAR_ARTILLERY: 0.8,
    ThreatType.MISSILE: 1.0,
    ThreatType.UAS: 0.8,
    ThreatType.AIR_STRIKE: 0.9,
    ThreatType.IED: 0.6,
    ThreatType.VEHICLE_BOMB: 1.0,
    ThreatType.SUICIDE_BOMBING: 1.0,
    ThreatType.SMALL_ARMS: 0.5,
    ThreatType.GROUND_ASSAULT: 0.9,
    ThreatType.ARSON: 0.35,
    ThreatType.SABOTAGE: 0.4,
    ThreatType.KIDNAPPING: 0.5,
    ThreatType.INTRUSION: 0.4,
    ThreatType.SURVEILLANCE: 0.2,
    ThreatType.UNREST: 0.3,
    ThreatType.CYBER: 0.2,
    ThreatType.CBRN: 1.0,
    ThreatType.VEHICLE_RAMMING: 0.6,
    ThreatType.MARITIME: 0.6,
    ThreatType.JAMMING: 0.2,
    ThreatType.UNKNOWN_EXPLOSION: 0.5,
    ThreatType.OTHER: 0.3,
}
"""Weight of each threat type: how many people a single one that arrives can hurt."""

STATUS_WEIGHTS: Final[Mapping[str, float]] = {
    "executed": 1.0,
    "intercepted": 0.8,
    "thwarted": 0.6,
    "threatened": 0.6,
    "unclear": 0.5,
}
"""Weight of how far an incident came."""

CRITICALITY_FACTORS: Final[Mapping[str, float]] = {"1": 0.5, "2": 0.75, "3": 1.0, "4": 1.25, "5": 1.5}
"""Factor of a facility's criticality."""

THREAT_REACH_KM: Final[Mapping[ThreatType, float]] = {
    ThreatType.ROCKET: 25.0,
    ThreatType.MORTAR_ARTILLERY: 15.0,
    ThreatType.MISSILE: 25.0,
    ThreatType.UAS: 25.0,
    ThreatType.AIR_STRIKE: 25.0,
    ThreatType.IED: 15.0,
    ThreatType.VEHICLE_BOMB: 15.0,
    ThreatType.SUICIDE_BOMBING: 15.0,
    ThreatType.SMALL_ARMS: 10.0,
    ThreatType.GROUND_ASSAULT: 25.0,
    ThreatType.ARSON: 5.0,
    ThreatType.SABOTAGE: 10.0,
    ThreatType.KIDNAPPING: 15.0,
    ThreatType.INTRUSION: 5.0,
    ThreatType.SURVEILLANCE: 5.0,
    ThreatType.UNREST: 10.0,
    ThreatType.CYBER: 2.0,
    ThreatType.CBRN: 25.0,
    ThreatType.VEHICLE_RAMMING: 5.0,
    ThreatType.MARITIME: 25.0,
    ThreatType.JAMMING: 25.0,
    ThreatType.UNKNOWN_EXPLOSION: 15.0,
    ThreatType.OTHER: 10.0,
}
"""How far out an incident of a type concerns a site, in km."""
