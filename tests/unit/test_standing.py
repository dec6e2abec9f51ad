"""What is normal at a site, and what keeps it below an alert, told from its row."""

from datetime import timedelta

import pytest

from alerts import watching
from alerts.site import Site, decode
from alerts.standing import Standing, kept_below, stand
from schemas.policy import FacilityPolicy, Policy, QuietHours, Silence
from schemas.taxonomy import Level, Traffic
from tests.unit.alert_life import BASE, POLICY, SITE, Life, at, exposure

NOTHING = Site(SITE, Traffic.ACTUAL)


def standing(life: Life, hours: float, policy: Policy = POLICY) -> Standing:
    """How the site of a life stands."""
    return stand(NOTHING if life.row is None else decode(life.row), at(hours), (BASE,), policy)


def test_a_site_that_nothing_was_heard_of() -> None:
    """The prior is what is usual, and nothing has come within reach."""
    s = standing(Life(), 0)
    assert [u.radius_km for u in s.usual] == [10.0, 20.0]
    assert s.usual[0].per_week == pytest.approx(0.02 * 7)
    assert (s.since, s.level, s.r_days) == (None, None, 0.0)
    assert s.why_none == ("no incident has come within reach, as far as is remembered",)


def test_one_incident_is_told_to_be_too_few() -> None:
    """What is missing for a watch is named for both paths."""
    life = Life()
    life.meet(exposure("a", 10))
    s = standing(life, 11)
    assert s.usual[0].in_7_days == 1
    assert s.level is None
    why = "; ".join(s.why_none)
    assert "the statistic stood at" in why
    assert "1 distinct in 7 days within 20 km, a level asks for 2" in why
    assert "severity was" in why
    assert s.recent[0].kept_below


def test_an_open_alert_needs_no_reason() -> None:
    """Where an alert is open, its id and level are told, and its incidents reached a level."""
    life = Life()
    life.meet(*(exposure(str(n), 10 + n) for n in range(4)))
    s = standing(life, 15)
    assert s.alert_id == life.last.alert_id
    assert s.level in {Level.ALERT, Level.CRITICAL}
    assert s.why_none == ()
    assert s.r_days > s.alert_days
    assert s.recent[0].kept_below == ""
    assert s.recent[0].incident_id == "3"


@pytest.mark.parametrize(
    "more, told",
    [
        ({"km": 23.0}, "23 km away, beyond the statistic's 20 km"),
        ({"p": 0.3}, "with a probability of 30% only"),
        ({"withdrawn": True, "revision": 2}, "it was withdrawn"),
    ],
)
def test_why_an_incident_raised_nothing(more: dict[str, float], told: str) -> None:
    """What kept a single incident below is said in a sentence."""
    life = Life()
    life.meet(exposure("a", 10), exposure("a", 10, **more) if "revision" in more else exposure("b", 11, **more))  # type: ignore[arg-type]
    assert life.row is not None
    here = watching.here(SITE, at(12), (BASE,), POLICY)
    assert told in kept_below(decode(life.row), "a" if "revision" in more else "b", here)
    assert "no longer remembers it" in kept_below(decode(life.row), "z", here)


def test_the_policy_is_told() -> None:
    """Switched off, silenced, quiet hours, criticality."""
    policy = POLICY.model_copy(
        update={
            "facilities": {SITE: FacilityPolicy(off=True, criticality=5)},
            "silences": (Silence(facility_id=SITE, until=at(48)),),
            "quiet_hours": (QuietHours(start="00:00", end="23:59"),),
        }
    )
    s = standing(Life(), 0, policy)
    assert (s.off, s.criticality) == (True, 5)
    assert s.why_none == ("the policy switched this facility off",)
    assert s.quiet_until["critical"] == at(48)
    assert s.quiet_until["watch"] > at(48)


def test_after_an_end_the_row_says_so() -> None:
    """An alert that has ended is named as the reason why what it was about raises no other."""
    life = Life()
    life.meet(*(exposure(str(n), 10 + n) for n in range(4)))
    life.pass_time(24 * 30, since_h=14, every_h=6)
    ended = standing(life, 24 * 12)
    assert life.last.ended_at is not None
    assert any("the last alert ended on" in why for why in ended.why_none) or ended.alert_id is None
    assert ended.at - at(0) == timedelta(days=12)
