"""The closed lists that every record draws on.

Sources: OASIS CAP 1.2 section 3.2.2 (urgency, severity, certainty) and 3.2.1 (status), NATO AJP-2.1 (Admiralty
grading), PLOVER manual (modes of an event).
"""

from schemas.record import OpenEnum


class ThreatType(OpenEnum):
    """What was used, or what was done."""

    ROCKET = "rocket"
    MORTAR_ARTILLERY = "mortar_artillery"
    MISSILE = "missile"
    UAS = "uas"
    AIR_STRIKE = "air_strike"
    IED = "ied"
    VEHICLE_BOMB = "vehicle_bomb"
    SUICIDE_BOMBING = "suicide_bombing"
    SMALL_ARMS = "small_arms"
    GROUND_ASSAULT = "ground_assault"
    ARSON = "arson"
    SABOTAGE = "sabotage"
    KIDNAPPING = "kidnapping"
    INTRUSION = "intrusion"
    SURVEILLANCE = "surveillance"
    UNREST = "unrest"
    CYBER = "cyber"
    CBRN = "cbrn"
    VEHICLE_RAMMING = "vehicle_ramming"
    MARITIME = "maritime"
    JAMMING = "jamming"
    UNKNOWN_EXPLOSION = "unknown_explosion"
    OTHER = "other"


class Status(OpenEnum):
    """How far it came."""

    EXECUTED = "executed"
    """Took effect or was carried out."""
    INTERCEPTED = "intercepted"
    """Launched, stopped before it took effect."""
    THWARTED = "thwarted"
    """Stopped before launch."""
    THREATENED = "threatened"
    """Declared or judged imminent."""
    UNCLEAR = "unclear"


class Initiator(OpenEnum):
    """On whose side the one who did it stands, seen from the facility."""

    HOSTILE = "hostile"
    FRIENDLY = "friendly"
    UNKNOWN = "unknown"


class Temporality(OpenEnum):
    """Where the passage places the event in time."""

    CURRENT = "current"
    HISTORICAL = "historical"
    STANDING = "standing"
    HYPOTHETICAL = "hypothetical"
    EXERCISE = "exercise"
    UNKNOWN = "unknown"


class AttributionConfidence(OpenEnum):
    """How firmly a report says who did it."""

    STATED_FACT = "stated_fact"
    """Told without hedge by the reporter or an official."""
    CLAIMED = "claimed"
    """The actor says so."""
    SUSPECTED_BY_AUTHORITIES = "suspected_by_authorities"
    SUSPECTED = "suspected"
    POSSIBLE = "possible"
    NONE = "none"
    """No actor named."""


class SetAsideReason(OpenEnum):
    """Why a passage that looks like an incident is not one."""

    FRIENDLY = "friendly"
    HISTORICAL = "historical"
    HYPOTHETICAL = "hypothetical"
    STANDING = "standing"
    EXERCISE = "exercise"
    NEGATED = "negated"
    GENERIC = "generic"
    NON_LITERAL = "non_literal"
    ACCIDENT = "accident"
    UNSUPPORTED_LANGUAGE = "unsupported_language"
    OTHER = "other"


class SourceKind(OpenEnum):
    """What kind of source a report comes from."""

    WIRE = "wire"
    NEWS = "news"
    OFFICIAL = "official"
    FIELD = "field"
    SOCIAL = "social"
    NGO = "ngo"
    UNKNOWN = "unknown"


class Reliability(OpenEnum):
    """Admiralty code, reliability of the source. F: cannot be judged."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"

    @classmethod
    def fallback(cls) -> "Reliability":
        """F: cannot be judged."""
        return cls.F


class InformationCredibility(OpenEnum):
    """Admiralty code, credibility of the information. 6: cannot be judged; 1 only after independent corroboration."""

    CONFIRMED = "1"
    PROBABLY_TRUE = "2"
    POSSIBLY_TRUE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    CANNOT_BE_JUDGED = "6"

    @classmethod
    def fallback(cls) -> "InformationCredibility":
        """6: cannot be judged."""
        return cls.CANNOT_BE_JUDGED


class Traffic(OpenEnum):
    """CAP status: real traffic, an exercise, or a test. They never mix."""

    ACTUAL = "actual"
    EXERCISE = "exercise"
    TEST = "test"

    @classmethod
    def fallback(cls) -> "Traffic":
        """Return test: traffic of a kind unknown here must not raise a real alert."""
        return cls.TEST


class FacilityKind(OpenEnum):
    """What kind of installation a facility is."""

    AIR_BASE = "air_base"
    AIRPORT = "airport"
    MILITARY_BASE = "military_base"
    OUTPOST = "outpost"
    EMBASSY = "embassy"
    CONSULATE = "consulate"
    UN_COMPOUND = "un_compound"
    NGO_COMPOUND = "ngo_compound"
    GOVERNMENT = "government"
    DETENTION = "detention"
    HOSPITAL = "hospital"
    OIL_GAS = "oil_gas"
    REFINERY = "refinery"
    POWER_PLANT = "power_plant"
    NUCLEAR_PLANT = "nuclear_plant"
    WATER = "water"
    SEAPORT = "seaport"
    OTHER = "other"


class Tenant(OpenEnum):
    """Who is publicly known to use a facility."""

    US_TROOPS = "us_troops"
    COALITION = "coalition"
    NATO = "nato"
    UN = "un"
    US_DIPLOMATS = "us_diplomats"
    UK = "uk"
    HOST_NATION = "host_nation"
    CONTRACTORS = "contractors"
    NGO = "ngo"
    OTHER_FOREIGN = "other_foreign"
    OTHER = "other"


class Level(OpenEnum):
    """How loudly an alert speaks."""

    WATCH = "watch"
    ALERT = "alert"
    CRITICAL = "critical"

    @classmethod
    def fallback(cls) -> "Level":
        """Return alert: a level unknown here is shown, not hidden."""
        return cls.ALERT

    @property
    def rank(self) -> int:
        """0 for watch, 1 for alert, 2 for critical."""
        return ("watch", "alert", "critical").index(self.value)


class AlertState(OpenEnum):
    """Where an alert is in its life."""

    OPEN = "open"
    ALL_CLEAR = "all_clear"
    CANCELLED = "cancelled"
    RESOLVED = "resolved"
    """Ended by an operator."""
    UNKNOWN = "unknown"


class AlertPath(OpenEnum):
    """Which way the alert was raised."""

    CLUSTER = "cluster"
    SEVERITY = "severity"
    BOTH = "both"
    OTHER = "other"


class Change(OpenEnum):
    """Why this revision of an alert exists."""

    OPENED = "opened"
    UPDATED = "updated"
    ESCALATED = "escalated"
    DOWNGRADED = "downgraded"
    ALL_CLEAR = "all_clear"
    REOPENED = "reopened"
    CANCELLED = "cancelled"
    ACKNOWLEDGED = "acknowledged"
    UNACKNOWLEDGED = "unacknowledged"
    """Nobody acknowledged it within the policy's time."""
    NOTED = "noted"
    DISMISSED = "dismissed"
    SILENCED = "silenced"
    RESOLVED = "resolved"
    OTHER = "other"


class Urgency(OpenEnum):
    """CAP urgency: how soon to act."""

    IMMEDIATE = "Immediate"
    EXPECTED = "Expected"
    FUTURE = "Future"
    PAST = "Past"
    UNKNOWN = "Unknown"

    @classmethod
    def fallback(cls) -> "Urgency":
        """CAP's own word for it."""
        return cls.UNKNOWN


class Severity(OpenEnum):
    """CAP severity: how grave."""

    EXTREME = "Extreme"
    SEVERE = "Severe"
    MODERATE = "Moderate"
    MINOR = "Minor"
    UNKNOWN = "Unknown"

    @classmethod
    def fallback(cls) -> "Severity":
        """CAP's own word for it."""
        return cls.UNKNOWN


class Certainty(OpenEnum):
    """CAP certainty: how sure."""

    OBSERVED = "Observed"
    LIKELY = "Likely"
    POSSIBLE = "Possible"
    UNLIKELY = "Unlikely"
    UNKNOWN = "Unknown"

    @classmethod
    def fallback(cls) -> "Certainty":
        """CAP's own word for it."""
        return cls.UNKNOWN


class IncidentState(OpenEnum):
    """Whether an incident still stands."""

    STANDING = "standing"
    WITHDRAWN = "withdrawn"
    """Every report of it was withdrawn."""
    MERGED = "merged"
    """It turned out to be another incident: see `merged_into`."""
    UNKNOWN = "unknown"


class WithdrawalReason(OpenEnum):
    """Why mentions are withdrawn."""

    SUPERSEDED = "superseded"
    CORRECTED = "corrected"
    RETRACTED = "retracted"
    OPERATOR = "operator"
    OTHER = "other"


class ActionKind(OpenEnum):
    """What an operator does."""

    ACKNOWLEDGE = "acknowledge"
    NOTE = "note"
    DISMISS = "dismiss"
    SILENCE = "silence"
    RESOLVE = "resolve"
    MERGE = "merge"
    SPLIT = "split"
    RETARGET = "retarget"
    OTHER = "other"

    @property
    def on_incident(self) -> bool:
        """Whether it acts on an incident; the others act on an alert."""
        return self in (ActionKind.MERGE, ActionKind.SPLIT, ActionKind.RETARGET)


class Verdict(OpenEnum):
    """What became of an action."""

    APPLIED = "applied"
    HELD = "held"
    """It came before its alert, and waits for a day."""
    REFUSED = "refused"
    OTHER = "other"
