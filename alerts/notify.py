"""When people are told: silences and quiet hours move the telling, never the finding."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from tzfpy import get_tz

from alerts.shown import Told
from schemas.alert import AlertFacility
from schemas.policy import Policy, QuietHours
from schemas.taxonomy import Level


def notify_at(
    at: datetime,
    level: Level,
    facility: AlertFacility,
    ids: Iterable[str],
    silenced_until: datetime | None,
    policy: Policy,
) -> datetime:
    """Return when people are to be told of a revision.

    Parameters
    ----------
    at
        When the revision was made, UTC.
    level
        Its level: quiet hours hold back the lower ones only.
    facility
        Where it is: quiet hours are local.
    ids
        By which ids the policy may name the place: the site, and its facilities.
    silenced_until
        Until when an operator silenced the alert.
    policy
        Its silences and quiet hours.
    """
    names = frozenset(ids)
    silences = [s.until for s in policy.silences if s.facility_id in names]
    told = max(at, *silences, silenced_until or at)
    hours = [q for q in policy.quiet_hours if q.facility_id is None or q.facility_id in names]
    hours = [q for q in hours if level.rank <= q.up_to.rank]
    zone = ZoneInfo(get_tz(facility.lon, facility.lat) or "UTC") if hours else None
    for _ in range(len(hours) + 1):  # one's end may lie within the other
        later = max((_end(told, q, zone) for q in hours), default=told)
        if later == told:
            break
        told = later
    return told


def unheard_until(incidents: Iterable[Told | None], policy: Policy) -> datetime | None:
    """Return until when an alert is silent because the policy's silenced sources alone tell of it; None if it is not.

    Parameters
    ----------
    incidents
        All that stand behind it, as the row keeps them; None where no more is known of one.
    policy
        Its silences of sources.
    """
    silent = {s.source.casefold(): s.until for s in policy.silences if s.source is not None}
    if not silent:
        return None
    ends: list[datetime] = []
    for told in incidents:
        testimony = told["testimony"] if told is not None else ()
        independent = sum(said.get("independent", True) for said in testimony)
        if told is None or independent < told["independent_sources"]:
            return None
        names = [said["source"]["name"].casefold() for said in testimony]
        if not all(name in silent for name in names):
            return None
        ends += [silent[name] for name in names]
    return min(ends, default=None)


def _end(told: datetime, hours: QuietHours, zone: ZoneInfo | None) -> datetime:
    """The end of the quiet hours that an instant lies in; the instant itself outside of them."""
    local = told.astimezone(zone)
    start, end = time.fromisoformat(hours.start), time.fromisoformat(hours.end)
    now = local.time().replace(tzinfo=None)
    over_midnight = end <= start
    inside = (now >= start or now < end) if over_midnight else start <= now < end
    if not inside:
        return told
    day = local.date() + timedelta(days=1 if over_midnight and now >= start else 0)
    return datetime.combine(day, end, tzinfo=zone).astimezone(told.tzinfo)
