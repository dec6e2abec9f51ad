"""What an alert says to people: a headline, and one or two sentences that a duty officer can read aloud.

The words of probability are those of ICD 203 (Office of the Director of National Intelligence, 2015, section D.6.e.2a);
they speak of likelihood only, never in one sentence with confidence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from schemas.alert import Cluster, Grave, Involvement
from schemas.incident import Incident
from schemas.taxonomy import AlertPath, AlertState, Change, Level, Status, ThreatType, Traffic

FACILITY_REMOVED: Final = "the facility is no longer watched over, which says nothing of the danger there"
"""Why an alert ends at a site that is not in the set of facilities any more."""
SWITCHED_OFF: Final = "the policy switched this facility off, which says nothing of the danger there"
"""Why it ends at one that the policy leaves out."""
_UNWATCHED: Final = frozenset({FACILITY_REMOVED, SWITCHED_OFF})
_ORDINALS = (
    "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth", "Eleventh", "Twelfth"
)  # fmt: skip
_BANDS = (
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "roughly even chance"),
    (0.80, "likely"),
    (0.95, "very likely"),
    (1.01, "almost certain"),
)
_LONGEST_DAYS = 3650.0
_AT_THE_FACILITY_KM = 1.0


@dataclass(frozen=True, slots=True)
class Kind:
    """How to speak of a threat type: a noun for one incident, which must hold whatever the number of weapons was."""

    noun: str
    article: str = "a"
    """Of the noun for one that may come; empty for a noun without one."""
    flies: bool = False
    """Whether it is intercepted; the others are stopped."""
    planned: str | None = None
    """The noun for one that has not happened, where that is another."""

    @property
    def with_article(self) -> str:
        """The noun for something that may come."""
        return f"{self.article} {self.planned or self.noun}".strip()


KINDS = {
    ThreatType.ROCKET: Kind("rocket attack", flies=True),
    ThreatType.MORTAR_ARTILLERY: Kind("mortar or artillery attack", flies=True),
    ThreatType.MISSILE: Kind("missile attack", flies=True),
    ThreatType.UAS: Kind("drone attack", flies=True),
    ThreatType.AIR_STRIKE: Kind("air strike", "an", flies=True),
    ThreatType.IED: Kind("IED attack", "an"),
    ThreatType.VEHICLE_BOMB: Kind("vehicle-bomb attack"),
    ThreatType.SUICIDE_BOMBING: Kind("suicide bombing"),
    ThreatType.SMALL_ARMS: Kind("small-arms attack"),
    ThreatType.GROUND_ASSAULT: Kind("ground assault"),
    ThreatType.ARSON: Kind("arson attack", "an"),
    ThreatType.SABOTAGE: Kind("sabotage", ""),
    ThreatType.KIDNAPPING: Kind("kidnapping"),
    ThreatType.INTRUSION: Kind("intrusion", "an"),
    ThreatType.SURVEILLANCE: Kind("hostile surveillance", ""),
    ThreatType.UNREST: Kind("violent unrest", ""),
    ThreatType.CYBER: Kind("cyberattack"),
    ThreatType.CBRN: Kind("chemical, biological or radiological attack"),
    ThreatType.VEHICLE_RAMMING: Kind("vehicle-ramming attack"),
    ThreatType.MARITIME: Kind("attack at sea", "an"),
    ThreatType.JAMMING: Kind("signal jamming", ""),
    ThreatType.UNKNOWN_EXPLOSION: Kind("explosion of unknown cause", planned="bombing"),
    ThreatType.OTHER: Kind("attack of another kind", "an"),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the words are made of."""

    name: str
    """The facility's name."""
    traffic: Traffic
    state: AlertState
    level: Level
    change: Change
    path: AlertPath
    cluster: Cluster | None
    grave: Grave
    involved: Sequence[Involvement]
    """The incidents, latest first."""
    count: int
    """How many incidents stand behind the alert."""
    wave: str | None = None
    """The event that touched many sites."""
    reason: str | None = None
    """Why it was changed, in the words of who changed it."""
    by: str | None = None
    """The operator whose action made this revision."""


def headline(facts: Facts) -> str:
    """Return the alert in one line; exercise and test traffic says so before all else."""
    mark = "" if facts.traffic is Traffic.ACTUAL else f"{facts.traffic.value.upper()}: "
    return f"{mark}{_headline(facts)}"[:2000]


def explanation(facts: Facts) -> str:
    """Return why this is said now, and how often chance alone would say the same."""
    sentences = [_what_changed(facts), _why(facts), _latest(facts), _wider(facts)]
    return " ".join(s for s in sentences if s)[:2000]


def likelihood(
    state: AlertState, path: AlertPath, cluster: Cluster | None, happened_p: float, real_every_days: float
) -> str:
    """Return the probability behind the alert, in words: that it is no chance, or that the grave incident took place.

    Where both ways led to it, the surer claim is the one that carries it.

    Parameters
    ----------
    state, path
        Where the alert is in its life, and which way it was raised.
    cluster
        The statistic; an alarm at R by chance comes once in R days.
    happened_p
        That the gravest incident took place, and here.
    real_every_days
        How often the normal pattern of a facility really changes. Of alarms at R, the share `R / (R + that)` is real.
    """
    if state is AlertState.CANCELLED:
        return "not judged any more"
    claims = []
    if path is not AlertPath.CLUSTER or cluster is None:
        claims.append((happened_p, "the gravest incident took place here"))
    if path is not AlertPath.SEVERITY and cluster is not None:
        p = cluster.score_days / (cluster.score_days + real_every_days)
        claims.append((p, "this is more than the usual pattern"))
    p, claim = max(claims)
    return f"{in_words(p)} that {claim}"


def in_words(p: float) -> str:
    """Return ICD 203's words for a probability."""
    return next(words for below, words in _BANDS if p < below)


def every(days: float) -> str:
    """Return how often something happens that happens once in so many days."""
    if days >= _LONGEST_DAYS:
        return "less than once in 10 years"
    for unit, in_days in (("year", 365.25), ("month", 30.44), ("week", 7.0), ("day", 1.0)):
        n = round(days / in_days)
        if n >= 2 or (n == 1 and days >= 0.9 * in_days):
            return f"about once a {unit}" if n == 1 else f"about once in {n} {unit}s"
    return "more than once a day"


def what(incident: Incident) -> str:
    """Return what happened, as a phrase without a full stop: `drone attack intercepted`."""
    kind = KINDS.get(incident.threat_type, KINDS[ThreatType.OTHER])
    planned = kind.planned or kind.noun
    return {
        Status.EXECUTED: kind.noun,
        Status.INTERCEPTED: f"{kind.noun} {'intercepted' if kind.flies else 'stopped'}",
        Status.THWARTED: f"planned {planned} thwarted",
        Status.THREATENED: f"threat of {kind.with_article}",
        Status.UNCLEAR: f"possible {kind.noun}",
    }[incident.status]


def disputed(incident: Incident) -> str:
    """Return who says that it was wrongly reported, as the end of a sentence; nothing where nobody does."""
    names = [said.source.name for said in incident.disputed_by]
    if not names:
        return ""
    others = f" and {_counted(len(names) - 1, 'other')}" if len(names) > 1 else ""
    return f", disputed by {names[0]}{others}"


def _headline(facts: Facts) -> str:
    if facts.state is AlertState.ALL_CLEAR:
        return f"All clear for {facts.name}"
    if facts.state is AlertState.CANCELLED:
        unwatched = ": no longer watched over" if facts.reason in _UNWATCHED else ""
        return f"{_level(facts)} for {facts.name} cancelled{unwatched}"
    if facts.state is AlertState.RESOLVED:
        done = "dismissed" if facts.change is Change.DISMISSED else "resolved"
        return f"{_level(facts)} for {facts.name} {done}"
    return f"{_level(facts)} for {facts.name}: {_gist(facts)}"


def _level(facts: Facts) -> str:
    return {Level.WATCH: "Watch", Level.ALERT: "Alert", Level.CRITICAL: "Critical alert"}[facts.level]


def _gist(facts: Facts) -> str:
    if facts.path is AlertPath.SEVERITY or facts.cluster is None:
        gravest = _gravest(facts)
        return f"{what(gravest.incident)} {_where(gravest)}" if gravest else _counted(facts.count)
    c = facts.cluster
    return f"{_counted(c.count)} within {c.radius_km:g} km in {_hours(c.hours)}"


def _what_changed(facts: Facts) -> str:
    reason = _sentence(facts.reason) if facts.reason else ""
    by = f" by {facts.by}" if facts.by else ""
    told = {
        Change.OPENED: "",
        Change.UPDATED: "",
        Change.ESCALATED: "",
        Change.DOWNGRADED: f"Downgraded to {facts.level.value}.",
        Change.ALL_CLEAR: f"{facts.name} is back to its usual pattern.",
        Change.REOPENED: "Reopened.",
        Change.CANCELLED: "Cancelled.",
        Change.ACKNOWLEDGED: f"Acknowledged{by}.",
        Change.UNACKNOWLEDGED: "Nobody has acknowledged this.",
        Change.NOTED: f"Note{by}:",
        Change.DISMISSED: f"Dismissed{by}.",
        Change.SILENCED: f"Silenced{by}.",
        Change.RESOLVED: f"Resolved{by}.",
    }.get(facts.change, "")
    return f"{told} {reason}".strip()


def _why(facts: Facts) -> str:
    if facts.state is not AlertState.OPEN:
        return ""
    sentences = []
    if facts.path is not AlertPath.SEVERITY and facts.cluster is not None:
        sentences.append(_statistics(facts.cluster, facts.name))
    if facts.path is not AlertPath.CLUSTER and (gravest := _gravest(facts)) is not None:
        sentences.append(
            f"Severity {facts.grave.score:.0f} of 100; gravest: {what(gravest.incident)} {_where(gravest, facts.name)}"
            f"{_disputed_unless_latest(gravest, facts)}."
        )
    return " ".join(sentences)


def _statistics(c: Cluster, name: str) -> str:
    usual = f"{c.usual:.2g}" if c.usual >= 0.005 else "under 0.01"
    return (
        f"{_ordinal(c.count)} incident within {c.radius_km:g} km of {name} in {_hours(c.hours)}; usual is {usual}; "
        f"chance alone would do this {every(c.chance_every_days)}."
    )


def _latest(facts: Facts) -> str:
    if not facts.involved or facts.state is AlertState.CANCELLED:
        return ""
    latest = facts.involved[0]
    toll = _toll(latest.incident)
    sources = _sources(latest.incident.independent_sources)
    return f"Latest: {what(latest.incident)} {_where(latest)}{toll}, {sources}{disputed(latest.incident)}."


def _wider(facts: Facts) -> str:
    return "Part of one event that touches several sites." if facts.wave and facts.state is AlertState.OPEN else ""


def _toll(incident: Incident) -> str:
    parts = [(incident.effects.killed, "killed"), (incident.effects.wounded, "wounded")]
    told = [f"{n} {word}" for n, word in parts if n]
    return f", {' and '.join(told)}" if told else ""


def _gravest(facts: Facts) -> Involvement | None:
    known = (i for i in facts.involved if i.incident.incident_id == facts.grave.incident_id)
    return next(known, facts.involved[0] if facts.involved else None)


def _disputed_unless_latest(gravest: Involvement, facts: Facts) -> str:
    """Who disputes the gravest incident; not where the same is said of it as the latest one."""
    return "" if gravest is facts.involved[0] else disputed(gravest.incident)


def _where(involved: Involvement, name: str | None = None) -> str:
    if involved.distance_km < _AT_THE_FACILITY_KM:
        return f"at {name or 'the facility'}"
    km = f"{involved.distance_km:.0f} km"
    return f"{km} from {name}" if name else f"{km} away"


def _counted(n: int, noun: str = "incident") -> str:
    return f"1 {noun}" if n == 1 else f"{n} {noun}s"


def _sources(n: int) -> str:
    if n == 0:
        return "no independent source"
    return _counted(n, "source")


def _ordinal(n: int) -> str:
    if 1 <= n <= len(_ORDINALS):
        return _ORDINALS[n - 1]
    suffix = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{suffix}"


def _hours(hours: float) -> str:
    return f"{hours:g} h" if hours <= 72 else f"{hours / 24:g} days"


def _sentence(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")
