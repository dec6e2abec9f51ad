"""What our threat types are called by others: ACLED and CAP.

Sources: ACLED Codebook (event types and sub-event types, 2023), OASIS CAP 1.2 section 3.2.2 (category).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from schemas.taxonomy import ThreatType


class AcledClass(NamedTuple):
    """ACLED's event type and sub-event type."""

    event_type: str
    sub_event_type: str


_REMOTE = "Explosions/Remote violence"
_BATTLES = "Battles"
_STRATEGIC = "Strategic developments"

ACLED: Mapping[ThreatType, AcledClass | None] = MappingProxyType(
    {
        ThreatType.ROCKET: AcledClass(_REMOTE, "Shelling/artillery/missile attack"),
        ThreatType.MORTAR_ARTILLERY: AcledClass(_REMOTE, "Shelling/artillery/missile attack"),
        ThreatType.MISSILE: AcledClass(_REMOTE, "Shelling/artillery/missile attack"),
        ThreatType.UAS: AcledClass(_REMOTE, "Air/drone strike"),
        ThreatType.AIR_STRIKE: AcledClass(_REMOTE, "Air/drone strike"),
        ThreatType.IED: AcledClass(_REMOTE, "Remote explosive/landmine/IED"),
        ThreatType.VEHICLE_BOMB: AcledClass(_REMOTE, "Remote explosive/landmine/IED"),
        ThreatType.SUICIDE_BOMBING: AcledClass(_REMOTE, "Suicide bomb"),
        ThreatType.SMALL_ARMS: AcledClass(_BATTLES, "Armed clash"),
        ThreatType.GROUND_ASSAULT: AcledClass(_BATTLES, "Armed clash"),
        ThreatType.ARSON: AcledClass(_STRATEGIC, "Looting/property destruction"),
        ThreatType.SABOTAGE: AcledClass(_STRATEGIC, "Looting/property destruction"),
        ThreatType.KIDNAPPING: AcledClass("Violence against civilians", "Abduction/forced disappearance"),
        ThreatType.INTRUSION: AcledClass(_STRATEGIC, "Other"),
        ThreatType.SURVEILLANCE: AcledClass(_STRATEGIC, "Other"),
        ThreatType.UNREST: AcledClass("Riots", "Violent demonstration"),
        ThreatType.CYBER: None,
        ThreatType.CBRN: AcledClass(_REMOTE, "Chemical weapon"),
        ThreatType.VEHICLE_RAMMING: AcledClass("Violence against civilians", "Attack"),
        ThreatType.MARITIME: AcledClass(_BATTLES, "Armed clash"),
        ThreatType.JAMMING: None,
        ThreatType.UNKNOWN_EXPLOSION: AcledClass(_REMOTE, "Remote explosive/landmine/IED"),
        ThreatType.OTHER: None,
    }
)
"""The nearest ACLED sub-event type; None where ACLED does not code such events."""

CAP_CATEGORY: Mapping[ThreatType, str] = MappingProxyType(
    dict.fromkeys(ThreatType, "Security")
    | {
        ThreatType.ARSON: "Fire",
        ThreatType.CBRN: "CBRNE",
        ThreatType.CYBER: "Infra",
        ThreatType.JAMMING: "Infra",
        ThreatType.MARITIME: "Transport",
        ThreatType.UNREST: "Safety",
    }
)
"""CAP 1.2 `category` of an alert about such a threat."""
