"""How the alerts of two namespaces are compared."""

from datetime import timedelta

from schemas.alert import Alert
from schemas.taxonomy import Level
from streams.desk.replaying import compare
from tests.alert_samples import NOON, alert


def opened(alert_id: str, *levels: Level, after_h: float = 0, site_id: str = "") -> list[Alert]:
    """The revisions of an alert that was opened some hours after noon, at a site of its own if at no other."""
    told = {"opened_at": NOON + timedelta(hours=after_h), "site_id": site_id or alert_id}
    return [alert(alert_id, n, level=level, **told) for n, level in enumerate(levels, 1)]


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


def test_another_id_for_the_same() -> None:
    """Where another report came first, an alert has another id: one of the same site and day is the same."""
    first = [
        *opened("a", Level.ALERT, site_id="mill"),
        *opened("b", Level.WATCH, site_id="port"),
        *opened("c", Level.WATCH, site_id="dam"),
    ]
    second = [
        *opened("x", Level.ALERT, site_id="mill", after_h=3),
        *opened("y", Level.ALERT, site_id="mill", after_h=1),
        *opened("z", Level.CRITICAL, site_id="port", after_h=20),
        *opened("w", Level.WATCH, site_id="dam", after_h=30),
    ]
    found = compare(first, second, NOON, NOON + timedelta(hours=48))
    assert found.same == 1
    assert [(a.alert_id, b.alert_id) for a, b in found.otherwise] == [("b", "z")]
    assert [a.alert_id for a in found.only_first] == ["c"]
    assert {a.alert_id for a in found.only_second} == {"x", "w"}
