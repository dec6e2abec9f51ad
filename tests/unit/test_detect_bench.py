"""The benchmark of the detector tells the alarms that an alert's life tells."""

import random
from collections.abc import Iterator

import pytest

from alerts import watching
from alerts.statistic import MS_PER_DAY
from schemas.policy import DetectorPolicy, FacilityPolicy, Policy, SeverityPolicy
from schemas.taxonomy import Change, Level
from tests.bench.detect import alarms_of
from tests.unit.alert_life import T0, Life, exposure

POLICY = Policy(
    version="bench-1",
    detector=DetectorPolicy(),
    severity=SeverityPolicy(watch=97, alert=98, critical=99),
)
TICK_MIN = 6 * 60
DAWN_D = 0.25
"""Lives begin at six in the morning."""


def history(seed: int) -> Iterator[tuple[int, float]]:
    """Yield (minutes, km) of an ordinary life with some bursts, in order."""
    rng = random.Random(seed)
    per_day = rng.choice([0.05, 0.2, 0.8])
    times = {round(rng.random() * 150 * 1440) for _ in range(round(per_day * 150))}
    for _ in range(3):
        start = rng.random() * 140 * 1440
        times |= {round(start + rng.random() * 3 * 1440) for _ in range(rng.choice([3, 6, 25]))}
    for minutes in sorted(times):
        yield minutes, rng.choice([2.0, 8.0, 12.0, 18.0])


def told(life: Life, incidents: list[tuple[int, float]]) -> list[float]:
    """Walk a site through a history with a tick every six hours; return when it called people."""
    last = None
    for n, (minutes, km) in enumerate(incidents):
        while last is not None and last + TICK_MIN < minutes:
            last += TICK_MIN
            life.pass_time(last / 60, since_h=(last - TICK_MIN) / 60, every_h=TICK_MIN / 60)
        life.meet(exposure(f"{n:06}", minutes / 60, km=km))
        last = minutes
    loud = {Change.OPENED, Change.REOPENED, Change.ESCALATED}
    return [
        (a.updated_at - T0).total_seconds() / 86400
        for a in life.alerts
        if a.change in loud and a.level.rank >= Level.ALERT.rank
    ]


@pytest.mark.parametrize("seed", range(12))
def test_alarms_are_those_of_the_episode(seed: int) -> None:
    """Over a history with bursts, bench and episode call people at the same instants."""
    incidents = list(history(seed))
    config = watching.config(FacilityPolicy(), POLICY)
    rows = [(DAWN_D + minutes / 1440, km, "surveillance") for minutes, km in incidents]
    since_ms = round(rows[0][0] * MS_PER_DAY) - config.lateness_ms
    called = [DAWN_D + day for day in told(Life(policy=POLICY), incidents)]
    assert list(alarms_of(rows, config, since_ms)) == pytest.approx(called)


def test_the_histories_call_somebody() -> None:
    """The histories compared are not silent ones."""
    config = watching.config(FacilityPolicy(), POLICY)
    calls = [len(list(alarms_of([(m / 1440, km, "") for m, km in history(seed)], config))) for seed in range(12)]
    assert sum(calls) > 12
