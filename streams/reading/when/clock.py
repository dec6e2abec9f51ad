"""Publication, the zone of the place, and what an expression of time means: an interval of instants."""

from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from tzfpy import get_tz

SINCE: Final = "time.day-since"
"""The rule of what has gone on since a day or an hour."""


class Dated(NamedTuple):
    """What a stretch of text says about when."""

    start: int
    end: int
    earliest: datetime
    latest: datetime
    precise: int
    """3 a clock time, 2 a part of a day, 1 a day, 0 longer than a day."""
    rule: str
    past: bool = False
    """Older than what counts as current."""

    def day(self, zone: ZoneInfo) -> date:
        """Return the day in a zone on which its middle lies, of what goes on its first."""
        if self.rule == SINCE:
            return self.earliest.astimezone(zone).date()
        middle = self.earliest + (self.latest - self.earliest) / 2
        return (middle - timedelta(seconds=1)).astimezone(zone).date()


def zone_at(lat: float, lon: float) -> ZoneInfo:
    """Return the time zone of a point to a tenth of a degree, UTC where there is none."""
    return _zone_at(round(lat, 1), round(lon, 1))


@lru_cache(maxsize=4096)  # pure: a cache of a constant map
def _zone_at(lat: float, lon: float) -> ZoneInfo:
    try:
        return ZoneInfo(get_tz(lon, lat) or "UTC")
    except (KeyError, ValueError):
        return ZoneInfo("UTC")


class Clock(NamedTuple):
    """Publication and the zone of the place."""

    published: datetime
    zone: ZoneInfo
    utc_times: bool = False
    """The report says that its times are UTC."""

    @property
    def today(self) -> date:
        """The local date of publication."""
        return self.published.astimezone(self.zone).date()

    def at(self, day: date, hour: float, zone: timezone | ZoneInfo | None = None) -> datetime:
        """Return the instant of a local day and hour; the hour may lie outside 0-24."""
        return _instant(day, hour, zone or (UTC if self.utc_times else self.zone))


@lru_cache(maxsize=4096)
def _instant(day: date, hour: float, tz: timezone | ZoneInfo) -> datetime:
    """Return the instant of a day and hour in a zone (pure)."""
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001  on the wall, wherever that hangs
    return (midnight + timedelta(hours=hour)).replace(tzinfo=tz).astimezone(UTC)


def default(clock: Clock) -> tuple[datetime, datetime]:
    """Nothing stated: the 24 hours before publication."""
    return clock.published - timedelta(hours=24), clock.published
