"""What time alone does to an alert: all clear after a lasting quiet, a word when nobody acknowledges it, oblivion.

Time is that of the ticks, which pass a stage only when everything before them has been dealt with: while the route is
held up or blind, nothing clears. A tick moves no statistic; it looks at a copy of it.

    last incident ──▶ statistic under half its threshold ──clear_after_h──▶ all clear ──forget_after_d──▶ forgotten
"""

from dataclasses import replace
from datetime import datetime, timedelta

from alerts import watching
from alerts.explain import FACILITY_REMOVED, SWITCHED_OFF
from alerts.revise import Here, revise, to_ms
from alerts.site import Episode, Site, forget
from alerts.verdict import score_at
from schemas.policy import Policy
from schemas.taxonomy import AlertState, Change, Level


def pass_time(site: Site, e: Episode, reached: datetime, here: Here) -> Site:
    """Return the site with what the time reached means for its alert."""
    if not e.is_open:
        long_ago = e.ended_at is not None and reached - e.ended_at >= days(here.policy.episode.forget_after_d)
        return forget(site, e) if long_ago else site
    if here.own.off or not here.facilities:
        reason = SWITCHED_OFF if here.own.off else FACILITY_REMOVED
        return end(site, e, AlertState.CANCELLED, Change.CANCELLED, here, reason)
    if not watching.is_low(site, e.level, reached, here):
        e = replace(e, low_since=None)
    elif e.low_since is None:
        e = replace(e, low_since=reached)
    site = replace(site, episode=e)
    if _is_quiet(site, e, reached, here):
        return end(site, e, AlertState.ALL_CLEAR, Change.ALL_CLEAR, here, None)
    if _is_neglected(e, reached, here.policy):
        return revise(site, replace(e, unacknowledged=True), Change.UNACKNOWLEDGED, here)
    return site


def end(site: Site, e: Episode, state: AlertState, change: Change, here: Here, reason: str | None) -> Site:
    """End the alert. After an all clear, what it was about warrants nothing more by itself."""
    ended = replace(e, state=state, ended_at=here.at, low_since=None)
    if state is AlertState.ALL_CLEAR:
        site = replace(site, evidence={i: replace(v, spent=True) for i, v in site.evidence.items()})
    return revise(site, ended, change, here, reason=reason)


def days(number: float) -> timedelta:
    """Return so many days."""
    return timedelta(days=number)


def _is_quiet(site: Site, e: Episode, reached: datetime, here: Here) -> bool:
    long_low = e.low_since is not None and reached - e.low_since >= timedelta(hours=here.policy.episode.clear_after_h)
    grave = score_at(site.evidence, to_ms(reached), here.limits, here.policy) >= here.policy.severity.watch
    return long_low and not grave and watching.is_usual(site, reached, here)


def _is_neglected(e: Episode, reached: datetime, policy: Policy) -> bool:
    """Whether people were called, had time, and nobody took the alert on."""
    if e.acknowledged is not None or e.unacknowledged or e.level is Level.WATCH:
        return False
    called = max(e.called_at, e.notify_at if e.notify_at > e.updated_at else e.called_at)
    return reached - called >= timedelta(minutes=policy.episode.acknowledge_within_min)
