"""What the evidence at a site warrants: a level, by which path, and which incidents stand behind it.

The answer is a function of the incidents as they stand now, whatever the order in which they came: the level is the
highest that was reached right after any of them, in event time. So decay never lowers it, and a withdrawal lowers it to
what the rest would have led to.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import Final

from alerts import severity
from alerts.site import Evidence
from schemas.facility import Facility
from schemas.policy import FacilityPolicy, Policy
from schemas.taxonomy import AlertPath, Level

DAY_MS: Final = 86_400_000
HOUR_MS: Final = 3_600_000


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where the statistic R warrants a level, in days."""

    watch_days: float
    alert_days: float
    critical_days: float
    outer_km: float
    """The statistic's largest radius: what lies further out is no part of a cluster."""

    def level(self, days: float) -> Level | None:
        """Return the level that the statistic warrants."""
        if days < self.watch_days:
            return None
        if days < self.alert_days:
            return Level.WATCH
        return Level.ALERT if days < self.critical_days else Level.CRITICAL

    def low_days(self, level: Level) -> float:
        """Return under what the statistic is back to normal: half the threshold by which people were called."""
        return (self.watch_days if level is Level.WATCH else self.alert_days) / 2


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the evidence warrants."""

    level: Level | None = None
    """None when it warrants no alert."""
    path: AlertPath = AlertPath.CLUSTER
    days: float = 0.0
    """The highest value of the statistic."""
    score: float = 0.0
    """The highest severity score."""
    gravest: str | None = None
    """The gravest incident."""
    since_ms: int = 0
    """Incidents from here on are the alert's evidence."""


def override(site_id: str, facilities: Iterable[Facility], policy: Policy) -> FacilityPolicy:
    """Return what the policy says of a site: of itself, else of the first of its facilities that it names."""
    ids = (site_id, *(f.id for f in facilities))
    return next((policy.facilities[i] for i in ids if i in policy.facilities), FacilityPolicy())


def thresholds(own: FacilityPolicy, policy: Policy) -> Thresholds:
    """Return the thresholds at a site; a budget of its own moves those of the other levels in proportion."""
    d = policy.detector
    scale = 1.0 if own.alert_days is None else own.alert_days / d.alert_days
    alert_days, outer_km = d.alert_days * scale, (own.radii or d.radii).radii_km[-1]
    return Thresholds(d.watch_days * scale, alert_days, alert_days * d.critical_factor, outer_km)


def judge(
    evidence: Mapping[str, Evidence], limits: Thresholds, policy: Policy, cluster_from_days: float = 0.0
) -> Verdict:
    """Return what the evidence warrants.

    Parameters
    ----------
    evidence
        The incidents known at the site, withdrawn and spent ones among them.
    limits
        Where the statistic warrants a level.
    policy
        Its severity part, and how many incidents a cluster needs.
    cluster_from_days
        After a dismissal: the statistic under which a cluster is no news.
    """
    standing = sorted(((e.at_ms, i, e) for i, e in evidence.items() if not e.withdrawn), key=lambda t: t[:2])
    points = [(at, i, e) for at, i, e in standing if not e.spent]
    counting = [at for at, _, e in standing if e.counts and e.distance_km <= limits.outer_km]
    times, gravities = [at for at, _, _ in points], [e.gravity for _, _, e in points]
    within = [e.distance_km <= limits.outer_km for _, _, e in points]
    since_ms: int | None = None
    days = score = 0.0
    gravest = slice(0, 0)
    for n, (at_ms, _, e) in enumerate(points):
        recent = slice(
            bisect_right(times, at_ms - policy.severity.window_h * HOUR_MS), bisect_right(times, at_ms, lo=n)
        )
        score_here = severity.score(_telling(gravities[recent], e.usual, sum(within[recent])))
        if score_here > score:
            score, gravest = score_here, recent
        days_here = e.days if e.days >= cluster_from_days and _distinct(counting, at_ms, policy) else 0.0
        days = max(days, days_here)
        if since_ms is None and (days_here >= limits.watch_days or score_here >= policy.severity.watch):
            since_ms = at_ms - round(policy.detector.guard_d * DAY_MS)
    fired = {AlertPath.CLUSTER: limits.level(days), AlertPath.SEVERITY: severity.level(score, policy.severity)}
    levels = {path: level for path, level in fired.items() if level is not None}
    found = max(((e.gravity, at, i) for at, i, e in points[gravest]), default=None)
    return Verdict(
        level=max(levels.values(), key=lambda v: v.rank, default=None),
        path=AlertPath.BOTH if len(levels) > 1 else next(iter(levels), AlertPath.CLUSTER),
        days=days,
        score=score,
        gravest=None if found is None else found[2],
        since_ms=since_ms or 0,
    )


def members(evidence: Mapping[str, Evidence], since_ms: int) -> list[str]:
    """Return the ids of the standing incidents since an instant, latest first."""
    found = [(e.at_ms, i) for i, e in evidence.items() if not e.withdrawn and e.at_ms >= since_ms]
    return [i for _, i in sorted(found, reverse=True)]


def score_at(evidence: Mapping[str, Evidence], at_ms: int, limits: Thresholds, policy: Policy) -> float:
    """Return the severity score of the window that ends at an instant."""
    begin = at_ms - policy.severity.window_h * HOUR_MS
    recent = [e for e in evidence.values() if not e.withdrawn and not e.spent and begin < e.at_ms <= at_ms]
    usual = max(((e.at_ms, e.usual) for e in recent), default=(0, 0))[1]
    near = sum(e.distance_km <= limits.outer_km for e in recent)
    return severity.score(_telling([e.gravity for e in recent], usual, near))


def _telling(gravities: Sequence[float], usual: int, near: int) -> Sequence[float]:
    """The gravest of a window's incidents: as many as `near` is times the usual, at least one.

    Where shells fall every day they would else add up to critical for good, and say nothing of the worst of them; that
    there are more of them than usual is for the statistic to find.

    `near`: how many of them the usual speaks of.
    """
    return nlargest(max(1, near // usual), gravities) if usual > 1 else gravities


def _distinct(counting: Sequence[int], at_ms: int, policy: Policy) -> bool:
    """Whether so many distinct incidents lie within the guard window before an instant as a cluster asks for."""
    begin = bisect_right(counting, at_ms - policy.detector.guard_d * DAY_MS)
    return bisect_right(counting, at_ms) - begin >= policy.detector.min_incidents
