"""How a site stands: what is usual there, where the statistic is against its thresholds, and why there is no alert.

Told from the site's row, as `watch` keeps it; for people who ask "what is normal here" and "why not".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from alerts import watching
from alerts.notify import notify_at
from alerts.revise import Here, from_ms, shown, to_ms
from alerts.site import Evidence, Site
from alerts.verdict import DAY_MS, score_at
from schemas.facility import Facility
from schemas.policy import Policy
from schemas.taxonomy import Level

_RECENT = 10


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual within a radius, and what there was."""

    radius_km: float
    per_week: float
    in_7_days: int


@dataclass(frozen=True, slots=True)
class Recent:
    """An incident that the row remembers."""

    incident_id: str
    at: datetime
    distance_km: float
    probability: float
    """That it concerned the site."""
    r_days: float
    """The statistic right after it."""
    kept_below: str
    """Why it raised nothing by itself; empty where it did."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a site stands at an instant."""

    site_id: str
    facility: Facility
    at: datetime
    since: datetime | None
    """Since when the site is under observation; None before its first incident."""
    usual: tuple[Usual, ...]
    in_48h: int
    usual_48h_at_most: int
    """The 95th percentile of the count of 48 h in the normal pattern."""
    r_days: float
    """The statistic now."""
    watch_days: float
    alert_days: float
    critical_days: float
    score: float
    """The severity score of the window that ends now."""
    score_watch: float
    score_alert: float
    score_critical: float
    criticality: int
    off: bool
    """Whether the policy switched it off."""
    quiet_until: dict[str, datetime]
    """By level, until when people are not told: silences and quiet hours. What is not named is told at once."""
    alert_id: str | None
    level: Level | None
    """Of the alert that is open."""
    why_none: tuple[str, ...]
    """What keeps it below an alert; empty while one is open."""
    recent: tuple[Recent, ...]
    """The last incidents, latest first."""


def stand(site: Site, at: datetime, facilities: tuple[Facility, ...], policy: Policy) -> Standing:
    """Return how a site stands at an instant.

    Parameters
    ----------
    site
        Its row; an empty one where nothing was heard of it.
    at
        As far as time has come on the route.
    facilities
        The site's, outermost first; at least one.
    policy
        The policy in force.
    """
    here = watching.here(site.site_id, at, facilities, policy)
    now = watching.evaluate(site, at, here)
    radii, part = here.config.radii_km, policy.severity
    e = site.episode if site.episode is not None and site.episode.is_open else None
    rates = now.usual_per_day if now else here.config.prior_per_day
    counts = now.in_window if now else (0,) * len(radii)
    ordered = sorted(site.evidence.items(), key=lambda item: (item[1].at_ms, item[0]), reverse=True)
    return Standing(
        site_id=site.site_id,
        facility=facilities[0],
        at=at,
        since=None if site.detector is None else from_ms(site.detector.since_ms),
        usual=tuple(Usual(r, rate * 7, n) for r, rate, n in zip(radii, rates, counts, strict=True)),
        in_48h=now.in_48h if now else 0,
        usual_48h_at_most=now.usual_48h_p95(here.config) if now else 0,
        r_days=now.r_days if now else 0.0,
        watch_days=here.limits.watch_days,
        alert_days=here.limits.alert_days,
        critical_days=here.limits.critical_days,
        score=score_at(site.evidence, to_ms(at), here.limits, policy),
        score_watch=part.watch,
        score_alert=part.alert,
        score_critical=part.critical,
        criticality=here.own.criticality or facilities[0].criticality,
        off=here.own.off,
        quiet_until=dict(_quiet(site, here)),
        alert_id=None if e is None else e.alert_id,
        level=None if e is None else e.level,
        why_none=() if e is not None else tuple(_why_none(site, here)),
        recent=tuple(_recent(site, i, v, here) for i, v in ordered[:_RECENT] if not v.withdrawn),
    )


def kept_below(site: Site, incident_id: str, here: Here) -> str:
    """Return what kept an incident from raising an alert at a site; empty where it reached a level."""
    e = site.evidence.get(incident_id)
    if here.own.off:
        return "the policy switched this facility off"
    if e is None:
        return "the site no longer remembers it: it is older than what counts"
    if e.withdrawn:
        return "it was withdrawn, or no longer concerns this site"
    if e.spent:
        return "it came too late to be news, or an alert that has ended was about it"
    limits, part = here.limits, here.policy.severity
    score = score_at(site.evidence, e.at_ms, limits, here.policy)
    reached = e.days >= limits.watch_days and _distinct(site, e.at_ms, here) >= here.config.min_incidents
    if reached or score >= part.watch:
        return ""
    return "; ".join(_shortfall(site, e.days, e.at_ms, score, here, e))


def _why_none(site: Site, here: Here) -> Iterator[str]:
    if here.own.off:
        yield "the policy switched this facility off"
        return
    if not any(not e.withdrawn for e in site.evidence.values()):
        yield "no incident has come within reach, as far as is remembered"
        return
    ended = site.episode
    if ended is not None and ended.ended_at is not None:
        how = ended.state.value.replace("_", " ")
        yield f"the last alert ended on {ended.ended_at:%Y-%m-%d %H:%M}Z: {how}; what it was about raises no other"
    now = watching.evaluate(site, here.at, here)
    at_ms = to_ms(here.at)
    score = score_at(site.evidence, at_ms, here.limits, here.policy)
    yield from _shortfall(site, now.r_days if now else 0.0, at_ms, score, here)


def _shortfall(
    site: Site, r_days: float, at_ms: int, score: float, here: Here, e: Evidence | None = None
) -> Iterator[str]:
    """What is missing for the lowest level, by either path."""
    limits, distinct = here.limits, _distinct(site, at_ms, here)
    if r_days < limits.watch_days:
        yield f"the statistic stood at {r_days:.0f} days, a watch asks for {limits.watch_days:.0f}"
    if distinct < here.config.min_incidents:
        window = f"{here.config.min_window_d:g} days within {limits.outer_km:g} km"
        yield f"{distinct} distinct in {window}, a level asks for {here.config.min_incidents}"
    if e is not None and e.distance_km > limits.outer_km:
        yield f"it lies {e.distance_km:.0f} km away, beyond the statistic's {limits.outer_km:g} km"
    if e is not None and not e.counts:
        yield f"it concerned this site with a probability of {e.probability:.0%} only"
    if score < here.policy.severity.watch:
        yield f"severity was {score:.0f} of 100, a watch asks for {here.policy.severity.watch:.0f}"


def _distinct(site: Site, at_ms: int, here: Here) -> int:
    begin = at_ms - here.policy.detector.guard_d * DAY_MS
    return sum(
        1
        for e in site.evidence.values()
        if e.counts and e.distance_km <= here.limits.outer_km and begin < e.at_ms <= at_ms
    )


def _recent(site: Site, incident_id: str, e: Evidence, here: Here) -> Recent:
    return Recent(
        incident_id, from_ms(e.at_ms), e.distance_km, e.probability, e.days, kept_below(site, incident_id, here)
    )


def _quiet(site: Site, here: Here) -> Iterator[tuple[str, datetime]]:
    silenced = site.episode.silenced_until if site.episode is not None and site.episode.is_open else None
    names = (site.site_id, *(f.id for f in here.facilities))
    for level in (Level.WATCH, Level.ALERT, Level.CRITICAL):
        told = notify_at(here.at, level, shown(here.facilities[0]), names, silenced, here.policy)
        if told > here.at:
            yield level.value, told
