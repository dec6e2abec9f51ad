"""The operator's file: everything that is a judgement rather than a method, in one validated document.

It is loaded as a whole or refused with the place of the error; the built-in values are the defaults that ship in
`deploy/defaults/policy.json`, each with its reason in `docs/policy.md`. What the file leaves out keeps its default,
also inside a table: naming one threat's weight leaves those of the others as they are.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, ClassVar, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from schemas.record import CountryCode, Id, Instant, Name, Probability, Record, Text, Value
from schemas.signing import check_public_text
from schemas.taxonomy import InformationCredibility, Level, Reliability, SourceKind, ThreatType
from schemas.weights import CRITICALITY_FACTORS, GRADE_WEIGHTS, STATUS_WEIGHTS, THREAT_REACH_KM, THREAT_WEIGHTS

Days = Annotated[float, Field(gt=0)]
Hours = Annotated[float, Field(gt=0)]
Km = Annotated[float, Field(gt=0)]
Weight = Annotated[float, Field(ge=0, le=1)]
Factor = Annotated[float, Field(gt=0)]
Grade = Annotated[str, Field(pattern=r"^[A-F][1-6]$")]
"""An Admiralty grade: reliability of the source, credibility of the information."""
KmKey = Annotated[str, Field(pattern=r"^[1-9][0-9]*(\.[0-9]+)?$")]
"""A radius in km, as a JSON key."""

_K = TypeVar("_K")


def _known_threat(name: object) -> object:
    """Refuse a threat that is not known here, which elsewhere reads as `other`: in a policy it is a typing error."""
    if isinstance(name, str) and name not in set(ThreatType):
        raise ValueError(f"no such threat type; known are {', '.join(ThreatType)}")
    return ThreatType(name) if isinstance(name, str) else name


def _completed(table: str, defaults: Mapping[_K, float]) -> AfterValidator:
    """Fill a table that is given in part from its defaults; refuse keys that those do not have."""

    def complete(given: dict[_K, float]) -> dict[_K, float]:
        if strange := [str(key) for key in given if key not in defaults]:
            raise ValueError(f"{table}: {', '.join(strange)} unknown; known are {', '.join(map(str, defaults))}")
        return {**defaults, **given}

    return AfterValidator(complete)


Threat = Annotated[ThreatType, BeforeValidator(_known_threat)]


class RegisteredSource(Value):
    """A source that is known: what it says of its own grade does not count."""

    name: Name
    """As reports name it; compared without case."""
    kind: SourceKind
    """What kind of source it is."""
    reliability: Reliability
    """Admiralty reliability."""
    keys: tuple[Annotated[str, AfterValidator(check_public_text)], ...] = ()
    """Ed25519 public keys, raw, in Base64: where there are any, a report in its name is signed by one of them."""


class RadiusSet(Value):
    """Within which distances an incident counts, and how much each distance counts."""

    radii_km: Annotated[tuple[Km, ...], Field(min_length=1, max_length=4)]
    """Radii in km, ascending."""
    weights: Annotated[tuple[Weight, ...], Field(min_length=1, max_length=4)]
    """Weight of each radius in the statistic; they sum to 1."""

    @model_validator(mode="after")
    def _sound(self) -> "RadiusSet":
        if len(self.radii_km) != len(self.weights):
            raise ValueError(f"{len(self.radii_km)} radii but {len(self.weights)} weights: one weight for each radius")
        if list(self.radii_km) != sorted(set(self.radii_km)):
            raise ValueError("radii must ascend")
        if abs(sum(self.weights) - 1) > 1e-6:
            raise ValueError(f"weights sum to {sum(self.weights):g}, not to 1")
        return self


class DetectorPolicy(Value):
    """Parameters of the cluster detector: see `alerts/detector.py`."""

    radii: RadiusSet = RadiusSet(radii_km=(10.0, 20.0), weights=(0.65, 0.35))
    """The radii of the statistic."""
    rate_multipliers: tuple[Annotated[float, Field(gt=1)], ...] = (3.0, 8.0, 20.0, 50.0)
    """The rate increases that are looked for, mixed with equal weight."""
    excitation_share: Weight = 0.85
    """Share of the expected count that follows recent incidents (eta)."""
    excitation_decay_per_day: Annotated[float, Field(gt=0)] = 0.14
    """How fast an incident's excitation fades where one a day is usual (kappa); elsewhere with the rate's root."""
    kind_share: Weight = 0.6
    """Share of the statistic that looks at single kinds of attack, within the innermost radius; the rest at all."""
    half_life_d: Days = 45.0
    """Half-life of the baseline rate, in days."""
    guard_d: Days = 7.0
    """The baseline lags so many days, so that a cluster cannot raise its own baseline."""
    prior_per_day: dict[KmKey, Annotated[float, Field(gt=0)]] = Field(default_factory=lambda: {"10": 0.02, "20": 0.05})
    """Incidents per day at a facility without history, within each radius (km as key)."""
    prior_floor_per_day: Annotated[float, Field(gt=0)] = 0.005
    """No prior is taken to be lower."""
    watch_days: Days = 91.25
    """Watch when chance alone would say so at most once in so many days."""
    alert_days: Days = 365.0
    """Alert when chance alone would say so at most once in so many days: the budget of false alarms of a facility."""
    critical_factor: Annotated[float, Field(gt=1)] = 10.0
    """Critical at so many times the alert threshold; also the step of an escalation."""
    min_incidents: Annotated[int, Field(ge=1)] = 2
    """At least so many incidents within the guard window."""
    lateness_d: Days = 7.0
    """Incidents later than this go to the baseline only."""

    @model_validator(mode="after")
    def _ordered(self) -> "DetectorPolicy":
        if self.watch_days > self.alert_days:
            raise ValueError(f"watch_days {self.watch_days:g} lies above alert_days {self.alert_days:g}")
        return self


class SeverityPolicy(Value):
    """The second path: a single incident grave enough to alert by itself."""

    grades: Annotated[dict[Grade, Weight], _completed("grades", GRADE_WEIGHTS)] = Field(
        default_factory=lambda: dict(GRADE_WEIGHTS)
    )
    """Weight of each Admiralty grade, `A1` to `F6`."""
    threats: Annotated[dict[Threat, Weight], _completed("threats", THREAT_WEIGHTS)] = Field(
        default_factory=lambda: dict(THREAT_WEIGHTS)
    )
    """Weight of each threat type."""
    statuses: Annotated[dict[str, Weight], _completed("statuses", STATUS_WEIGHTS)] = Field(
        default_factory=lambda: dict(STATUS_WEIGHTS)
    )
    """Weight of how far it came."""
    criticality: Annotated[dict[str, Factor], _completed("criticality", CRITICALITY_FACTORS)] = Field(
        default_factory=lambda: dict(CRITICALITY_FACTORS)
    )
    """Factor of a facility's criticality."""
    casualties: Annotated[float, Field(ge=0, le=10)] = 1.0
    """What each tenfold of deaths adds, in parts of the deed itself; four wounded weigh as one dead."""
    distance_km: Km = 10.0
    """The distance over which severity falls to 1/e."""
    window_h: Hours = 72.0
    """Incidents of so many hours count together."""
    watch: Annotated[float, Field(gt=0, le=100)] = 25.0
    """Watch from this score on."""
    alert: Annotated[float, Field(gt=0, le=100)] = 50.0
    """Alert from this score on."""
    critical: Annotated[float, Field(gt=0, le=100)] = 80.0
    """Critical from this score on."""

    @model_validator(mode="after")
    def _ordered(self) -> "SeverityPolicy":
        if not self.watch < self.alert < self.critical:
            raise ValueError(
                f"levels must ascend: watch {self.watch:g}, alert {self.alert:g}, critical {self.critical:g}"
            )
        return self


class EpisodePolicy(Value):
    """The life of an alert."""

    clear_after_h: Hours = 48.0
    """All clear when the statistic has been under half its threshold for so long."""
    reopen_within_d: Days = 7.0
    """A new crossing within so many days reopens the alert."""
    forget_after_d: Days = 14.0
    """`alerts.current` forgets an alert so long after its end."""
    acknowledge_within_min: Annotated[float, Field(gt=0)] = 30.0
    """An alert that nobody acknowledges within so many minutes says so."""
    hold_action_h: Hours = 24.0
    """An action that comes before its alert waits so long."""
    real_every_d: Days = 365.0
    """How often a facility's normal pattern really changes: with R, it gives the likelihood that it is no chance."""

    @model_validator(mode="after")
    def _ordered(self) -> "EpisodePolicy":
        if self.reopen_within_d > self.forget_after_d:
            raise ValueError(
                f"an alert is forgotten after {self.forget_after_d:g} days, so it cannot be reopened for "
                f"{self.reopen_within_d:g}"
            )
        return self


class Silence(Value):
    """No paging for a facility, or for what a source alone tells, until an instant; detection goes on."""

    facility_id: Id | None = None
    """The facility."""
    source: Name | None = None
    """The source, compared without case."""
    until: Instant
    """Until when."""
    reason: Text = ""
    """Why."""

    @model_validator(mode="after")
    def _sound(self) -> "Silence":
        if (self.facility_id is None) == (self.source is None):
            raise ValueError("a silence names either facility_id or source")
        return self


class QuietHours(Value):
    """Local hours in which only grave levels are told at once; the others wait until the hours end."""

    facility_id: Id | None = None
    """The facility; None for all."""
    start: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
    """Local time at which they begin, HH:MM."""
    end: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
    """Local time at which they end, HH:MM; on the next day when it lies before the start."""
    up_to: Level = Level.WATCH
    """The highest level that waits."""

    @model_validator(mode="after")
    def _sound(self) -> "QuietHours":
        if self.start == self.end:
            raise ValueError(f"quiet hours that begin and end at {self.start} last all day: use a silence")
        return self


class FacilityPolicy(Value):
    """What differs for one facility."""

    off: bool = False
    """Switched off: nothing is detected for it."""
    criticality: Annotated[int, Field(ge=1, le=5)] | None = None
    """Overrides the facility's own."""
    alert_days: Days | None = None
    """Overrides the budget: one false alarm in so many days. The other levels move in proportion."""
    radii: RadiusSet | None = None
    """Overrides the radii."""


class Policy(Record):
    """The whole policy of a namespace."""

    ce_type: ClassVar[str] = "tocsin.policy.v1"

    name: Name = "default"
    """The policy's name: the record's key."""
    version: Name = "built-in"
    """Named in every alert; change it with every change."""
    theatres: dict[Id, Annotated[tuple[CountryCode, ...], Field(min_length=1)]] = Field(default_factory=dict)
    """Groups of countries between which incidents may be told as in one or the other; a country in none is its own."""
    sources: tuple[RegisteredSource, ...] = ()
    """The register; a source that is not in it has reliability F."""
    sources_off: tuple[Name, ...] = ()
    """Sources that are not read, compared without case."""
    independent_p: dict[Reliability, Probability] = Field(
        default_factory=lambda: {
            Reliability.A: 0.95,
            Reliability.B: 0.85,
            Reliability.C: 0.7,
            Reliability.D: 0.5,
            Reliability.E: 0.3,
            Reliability.F: 0.5,
        }
    )
    """How likely it happened when one source of such reliability says so."""
    threat_reach_km: Annotated[dict[Threat, Km], _completed("threat_reach_km", THREAT_REACH_KM)] = Field(
        default_factory=lambda: dict(THREAT_REACH_KM)
    )
    """How far out an incident of a type concerns a site."""
    detector: DetectorPolicy = DetectorPolicy()
    """The statistical path."""
    severity: SeverityPolicy = SeverityPolicy()
    """The severity path."""
    episode: EpisodePolicy = EpisodePolicy()
    """The life of an alert."""
    facilities: dict[Id, FacilityPolicy] = Field(default_factory=dict)
    """What differs for a facility."""
    silences: tuple[Silence, ...] = ()
    """No paging for these facilities, and for what these sources alone tell."""
    quiet_hours: tuple[QuietHours, ...] = ()
    """When only grave levels are told at once."""

    @model_validator(mode="after")
    def _sound(self) -> "Policy":
        home: dict[str, str] = {}
        for theatre, countries in self.theatres.items():
            for country in countries:
                if country in home:
                    raise ValueError(
                        f"country {country} is in theatre {home[country]} and in {theatre}: it can be in one only"
                    )
                home[country] = theatre
        names = [s.name.casefold() for s in self.sources]
        if twice := {n for n in names if names.count(n) > 1}:
            raise ValueError(f"sources registered twice: {', '.join(sorted(twice))}")
        return self

    @property
    def facility_ids(self) -> frozenset[str]:
        """The facilities that it speaks of."""
        named = (*(s.facility_id for s in self.silences), *(q.facility_id for q in self.quiet_hours))
        return frozenset({*self.facilities, *filter(None, named)})

    def theatre_of(self, country: str | None) -> str:
        """Return the theatre of a country; `world` where the country is not known."""
        if country is None:
            return "world"
        return next((t for t, members in self.theatres.items() if country in members), country.lower())

    def registered(self, name: str) -> RegisteredSource | None:
        """Return the register's entry of a source."""
        folded = name.casefold()
        return next((s for s in self.sources if s.name.casefold() == folded), None)

    def hears(self, name: str) -> bool:
        """Whether a source is read."""
        return name.casefold() not in {s.casefold() for s in self.sources_off}

    @property
    def lateness(self) -> timedelta:
        """How late an incident may come and still be told apart in time."""
        return timedelta(days=self.detector.lateness_d)

    def grade_weight(self, reliability: Reliability, information: InformationCredibility) -> float:
        """Return the weight of an Admiralty grade in [0, 1]."""
        return self.severity.grades[reliability.value + information.value]

    @property
    def event_time(self) -> datetime:
        """A policy has no event time of its own."""
        raise NotImplementedError

    @property
    def record_id(self) -> str:
        """Name and version."""
        return f"{self.name}@{self.version}"
