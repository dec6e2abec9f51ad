"""How the alerts of two namespaces are compared."""

from datetime import timedelta

from schemas.alert import Alert
from schemas.taxonomy import Level
from streams.desk.replaying import compare
from tests.alert_samples import NOON, alert


def opened(alert_id: str, *levels: Level, after_h: float = 0) -> list[Alert]:
    """The revisions of an alert that was opened some hours after noon."""
    at = NOON + timedelta(hours=after_h)
    return [alert(alert_id, n, level=level, opened_at=at) for n, level in enumerate(levels, 1)]


def test_by_the_highest_level() -> None:
    """Alerts are the same, otherwise, or only in one of the two, whatever their last revision; others are left out."""
    first = [
        *opened("same", Level.WATCH, Level.CRITICAL, Level.WATCH),
        *opened("otherwise", Level.ALERT),
        *opened("gone", Level.WATCH),
        *opened("before", Level.WATCH, after_h=-1),
        *opened("after", Level.WATCH, after_h=24),
        *opened("dated otherwise", Level.WATCH, after_h=-9),
    ]
    second = [
        *opened("same", Level.CRITICAL),
        *opened("otherwise", Level.WATCH),
        *opened("new", Level.ALERT),
        *opened("before", Level.CRITICAL, after_h=-1),
        *opened("dated otherwise", Level.WATCH),
    ]
    found = compare(first, second, NOON, NOON + timedelta(hours=24))
    assert found.same == 2
    assert [(a.level, b.level) for a, b in found.otherwise] == [(Level.ALERT, Level.WATCH)]
    assert [a.alert_id for a in found.only_first] == ["gone"]
    assert [a.alert_id for a in found.only_second] == ["new"]
