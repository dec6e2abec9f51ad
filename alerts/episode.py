"""The life of an alert: opened, updated, escalated, downgraded, all clear, reopened, cancelled. One at a time per site.

    exposures ──▶ evidence ──▶ verdict ──▶ open ──▶ all clear ──▶ forgotten
                                  │         │ ▲         │
    ticks ────────────────────────┴─────────┘ ╰─reopen──╯        actions: alerts/actions.py

Exposures move the evidence and with it the level, which is a function of the evidence alone (`verdict.py`). Ticks end
an alert when it has been quiet for long enough, and say when nobody acknowledged it. What is said of it is written into
the site's row first and sent from there, so that (alert id, revision) has one content, ever.
"""

from dataclasses import replace
from datetime import datetime

from alerts import actions, severity, watching
from alerts.explain import FACILITY_REMOVED, SWITCHED_OFF
from alerts.passing import days, end, pass_time
from alerts.pattern import KIND_OF
from alerts.revise import Here, alert_id, revise, shown, to_ms
from alerts.shown import Told, keep
from alerts.site import (
    Episode,
    Evidence,
    Site,
    decode,
    due_ms,
    encode,
    forget,
    has_outbox,
    outputs,
    row_key,
    site_of_row,
    without_outbox,
)
from alerts.verdict import Verdict, judge, members
from schemas.action import Action
from schemas.exposure import ANOTHER_SITE, NO_LONGER_WATCHED, Exposure
from schemas.facility import Facility
from schemas.outcome import Outcome, Output, Step
from schemas.policy import Policy
from schemas.taxonomy import AlertPath, AlertState, Change, Level

__all__ = ["row_key", "sent", "site_of_row", "step", "tick", "unsent"]

EVIDENCE_WITHDRAWN = "evidence withdrawn"
LESS_UNUSUAL = "with what was reported late, the pattern is less unusual than it seemed"


def step(
    row: bytes | None,
    event: Exposure | Action,
    reached: datetime | None,
    now: datetime,
    facilities: tuple[Facility, ...],
    policy: Policy,
) -> Step[bytes]:
    """Take an exposure or an action into a site's row.

    Parameters
    ----------
    row
        The site's row in the event's kind of traffic; None for a site that nothing was heard of.
    event
        What happened.
    reached
        How far time has come on the route; None when that is not known yet.
    now
        When the event was ingested.
    facilities
        The site's facilities, outermost first; empty when it is not known (any more).
    policy
        The policy in force.

    Raises
    ------
    RowError
        The row cannot be read.
    """
    site = None if row is None else decode(row)
    if isinstance(event, Action):
        site_id = site.site_id if site else (facilities[0].id if facilities else event.facility_id)
        here = watching.here(site_id, _route_time(reached, now, event.at, site), facilities, policy)
        before = site or Site(site_id, event.traffic)
        outcome, after = actions.take(before, event, here)
        return _step(outcome, site, after, here)
    here = watching.here(
        event.site_id, _route_time(reached, now, event.incident.last_reported_at, site), facilities, policy
    )
    before = site or Site(event.site_id, event.incident.traffic)
    outcome, after = _expose(before, event, reached, here)
    return _step(outcome, site, after, here)


def tick(
    row: bytes, reached: datetime, now: datetime, facilities: tuple[Facility, ...], policy: Policy
) -> Step[bytes] | None:
    """Let time pass at a site; None when nothing changes, which most sites tell from the row's first bytes.

    Parameters
    ----------
    row
        The site's row.
    reached
        How far time has come on the route: all that happened before has been dealt with.
    now
        When the tick was ingested.
    facilities, policy
        As for `step`.

    Raises
    ------
    RowError
        The row cannot be read.
    """
    if due_ms(row) > to_ms(reached):
        return None
    site = decode(row)
    here = watching.here(site.site_id, _route_time(reached, now, reached, site), facilities, policy)
    after = actions.expire(site, here)
    if after.episode is not None:
        after = pass_time(after, after.episode, reached, here)
    return None if after == site else _step(Outcome.TICK, site, after, here)


def unsent(row: bytes) -> tuple[Output, ...]:
    """Return what waits in a row's outbox and may not have been sent.

    Raises
    ------
    RowError
        The row cannot be read.
    """
    return outputs(decode(row)) if has_outbox(row) else ()


def sent(row: bytes) -> bytes | None:
    """Return the row with its outbox emptied; None when it was empty."""
    return without_outbox(row)


# -- exposures


def _expose(site: Site, exposure: Exposure, reached: datetime | None, here: Here) -> tuple[Outcome, Site]:
    incident = exposure.incident
    known = site.evidence.get(incident.incident_id)
    if known is not None and (incident.revision, exposure.withdrawn) == (known.revision, known.withdrawn):
        return Outcome.REPEATED, site
    overtaken = known is not None and (incident.revision, exposure.withdrawn) < (known.revision, known.withdrawn)
    if not exposure.withdrawn and (here.own.off or not here.facilities):
        return Outcome.IGNORED, site
    heard = max(reached or incident.first_reported_at, incident.first_reported_at)
    late = known is None and incident.event_time < heard - here.policy.lateness
    found = _found(exposure, known, here, late=late)
    site = watching.observe(site, incident.incident_id, found, here, overtaken=overtaken)
    if overtaken or late:
        return (Outcome.REPEATED if overtaken else Outcome.LATE), site
    said = len(site.outbox)
    site = _settle(site, exposure, known, here)
    if len(site.outbox) > said:
        return Outcome.ALERTED, site
    return (Outcome.WITHDRAWN if exposure.withdrawn else Outcome.COUNTED), site


def _found(exposure: Exposure, known: Evidence | None, here: Here, *, late: bool) -> Evidence:
    """The evidence that an exposure is."""
    spent = late or (known is not None and known.spent)
    return Evidence(
        revision=exposure.incident.revision,
        at_ms=to_ms(exposure.event_time),
        distance_km=exposure.distance_km,
        probability=exposure.probability,
        gravity=round(severity.gravity(exposure, here.facility(exposure.facility_id), here.policy), 6),
        withdrawn=exposure.withdrawn,
        spent=spent,
        told=None if exposure.withdrawn else keep(exposure.incident),
        kind=KIND_OF[exposure.incident.threat_type],
        timed=watching.is_timed(exposure.incident),
    )


def _settle(site: Site, exposure: Exposure, known: Evidence | None, here: Here) -> Site:
    """Bring the alert in line with what the evidence warrants now."""
    e = site.episode
    unwatched = _unwatched(exposure, here)
    if e is not None and e.is_open and unwatched is not None:
        return end(site, e, AlertState.CANCELLED, Change.CANCELLED, here, unwatched)
    verdict = judge(site.evidence, here.limits, here.policy, 0.0 if e is None else e.reopens_from_days)
    if e is not None and e.is_open:
        if verdict.level is None:
            e = replace(e, score=verdict.score, gravest=verdict.gravest, cluster=None)
            return end(site, e, AlertState.CANCELLED, Change.CANCELLED, here, _why_less(site, exposure, known, e, here))
        return _go_on(site, e, verdict, exposure, known, here)
    if verdict.level is None or unwatched is not None:
        return site
    founded = _founded(site, verdict, verdict.level, exposure, here)
    if e is None or (_is_over(e, here) and e.alert_id != founded.alert_id):
        site = site if e is None else forget(site, e)
        change = Change.REOPENED if founded.revision else Change.OPENED
        return actions.release(revise(site, founded, change, here), here)
    e = replace(e, state=AlertState.OPEN, ended_at=None, told_days=verdict.days, called_at=here.at)
    e = replace(e, acknowledged=None, unacknowledged=False, low_since=None, reopens_from_days=0.0)
    return revise(site, _judged(site, e, verdict, verdict.level, exposure, here), Change.REOPENED, here)


def _unwatched(exposure: Exposure, here: Here) -> str | None:
    """Why the site is not watched over any more, as far as this stage or the one before knows already."""
    if exposure.reason == ANOTHER_SITE:
        return ANOTHER_SITE
    if exposure.reason == NO_LONGER_WATCHED or not here.facilities:
        return FACILITY_REMOVED
    return SWITCHED_OFF if here.own.off else None


def _is_over(e: Episode, here: Here) -> bool:
    """Whether an ended alert is too old to be reopened."""
    return e.ended_at is not None and here.at - e.ended_at > days(here.policy.episode.reopen_within_d)


def _founded(site: Site, verdict: Verdict, level: Level, exposure: Exposure, here: Here) -> Episode:
    facility = here.facility(exposure.facility_id) or here.facilities[0]
    founder = exposure.incident.incident_id
    if exposure.withdrawn:  # without it, the rest is more unusual
        founder = members(site.evidence, verdict.since_ms)[0]
    founded_id = alert_id(site.site_id, site.traffic, founder)
    founding = Episode(
        alert_id=founded_id,
        revision=site.past.get(founded_id, 0),
        state=AlertState.OPEN,
        level=level,
        path=verdict.path,
        facility=shown(facility),
        opened_at=here.at,
        updated_at=here.at,
        notify_at=here.at,
        began_ms=0,
        since_ms=verdict.since_ms,
        material=1,
        told_days=verdict.days,
        told_km=exposure.distance_km,
        called_at=here.at,
        policy=here.policy.version,
    )
    return _judged(site, founding, verdict, level, exposure, here)


def _go_on(site: Site, e: Episode, verdict: Verdict, exposure: Exposure, known: Evidence | None, here: Here) -> Site:
    level = verdict.level or e.level
    new = _judged(site, e, verdict, level, exposure, here)
    if level.rank < e.level.rank:
        return revise(site, new, Change.DOWNGRADED, here, reason=_why_less(site, exposure, known, e, here))
    louder = level.rank > e.level.rank
    inner_km = (here.own.radii or here.policy.detector.radii).radii_km[0]
    closer = e.told_km > inner_km >= new.told_km
    stronger = verdict.days >= e.told_days * here.policy.detector.critical_factor
    if louder or closer or (stronger and verdict.path is not AlertPath.SEVERITY and e.told_days > 0):
        told = replace(new, told_days=max(verdict.days, e.told_days))
        if louder:
            told = replace(told, called_at=here.at, acknowledged=None, unacknowledged=False)
        return revise(site, told, Change.ESCALATED, here)
    if exposure.withdrawn and known is not None and known.at_ms >= e.since_ms:
        return revise(site, new, Change.UPDATED, here, reason=_why_less(site, exposure, known, e, here))
    if _matters(site.evidence.get(exposure.incident.incident_id), known, new.since_ms):
        return revise(site, new, Change.UPDATED, here)
    return replace(site, episode=new)


def _judged(site: Site, e: Episode, verdict: Verdict, level: Level, exposure: Exposure, here: Here) -> Episode:
    """The episode with what the evidence says now."""
    ids = members(site.evidence, verdict.since_ms)
    standing = [site.evidence[i] for i in ids]
    nearest_km = min(s.distance_km for s in standing)
    facility = here.facility(exposure.facility_id)
    renamed = facility is not None and not exposure.withdrawn and exposure.distance_km <= nearest_km
    by_cluster = verdict.path is not AlertPath.SEVERITY
    return replace(
        e,
        level=level,
        path=verdict.path,
        facility=shown(facility) if facility is not None and renamed else e.facility,
        began_ms=standing[-1].at_ms,
        since_ms=verdict.since_ms,
        told_km=nearest_km,
        score=verdict.score,
        gravest=verdict.gravest,
        cluster=watching.stands_out(site, verdict.days, here) if by_cluster else None,
        wave=next((s.told["wave"] for s in standing if s.told is not None and "wave" in s.told), e.wave),
        low_since=e.low_since if watching.is_low(site, level, None, here) else None,
    )


def _why_less(site: Site, exposure: Exposure, known: Evidence | None, e: Episode, here: Here) -> str:
    if e.policy != here.policy.version and _less_by_policy(site, exposure, known, e, here):
        return f"judged by policy {here.policy.version} instead of {e.policy}"
    if exposure.withdrawn:
        return f"{EVIDENCE_WITHDRAWN}: {exposure.reason}" if exposure.reason else EVIDENCE_WITHDRAWN
    return LESS_UNUSUAL if known is None else f"{EVIDENCE_WITHDRAWN}: an incident was corrected"


def _less_by_policy(site: Site, exposure: Exposure, known: Evidence | None, e: Episode, here: Here) -> bool:
    """Whether the policy in force makes less of what was known before an exposure than its alert says."""
    before = {i: v for i, v in site.evidence.items() if i != exposure.incident.incident_id}
    if known is not None:
        before[exposure.incident.incident_id] = known
    level = judge(before, here.limits, here.policy, e.reopens_from_days).level
    return level is None or level.rank < e.level.rank


def _matters(now: Evidence | None, known: Evidence | None, since_ms: int) -> bool:
    """Whether people who were told before must hear of this revision of an incident."""
    if now is None or now.told is None or now.at_ms < since_ms:
        return False
    return known is None or known.told is None or _news(now, now.told) != _news(known, known.told)


def _news(e: Evidence, told: Told) -> tuple[object, ...]:
    """What is said of an incident: a further report that tells the same is no news, up to the third source."""
    heard = min(told["independent_sources"], 3)
    disputed = bool(told.get("disputed_by"))
    facts = (told["threat_type"], told["status"], told.get("effects"), told.get("wave"), disputed)
    return (*facts, heard, round(e.distance_km), round(e.probability, 1))


# -- what they share


def _route_time(reached: datetime | None, now: datetime, event: datetime, site: Site | None) -> datetime:
    """The time on the route: as far as ticks say, or the report that is dealt with; never later than its ingest."""
    at = min(now, max(reached, event) if reached else event)
    return at if site is None or site.episode is None else max(at, site.episode.updated_at)


def _step(outcome: Outcome, before: Site | None, after: Site, here: Here) -> Step[bytes]:
    """The step to a row; it is written again, and its outbox sent again, also when nothing has changed."""
    if before is None and after == Site(after.site_id, after.traffic):
        return Step(outcome)
    after = replace(after, due_ms=_due_ms(after, here.policy))
    rows = {row_key(after.site_id, after.traffic): encode(after)} if after != before or after.outbox else {}
    return Step(outcome, rows=rows, after_rows=outputs(after))


def _due_ms(site: Site, policy: Policy) -> int | None:
    """From when on time alone may change something: at once while an alert is open."""
    due = [to_ms(h.until) for h in site.held]
    if site.episode is not None:
        ended = site.episode.ended_at
        due.append(0 if ended is None else to_ms(ended + days(policy.episode.forget_after_d)))
    return min(due, default=None)
