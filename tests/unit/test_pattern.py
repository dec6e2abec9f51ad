"""Where, when and of which kind incidents are usual, and how telling one is by that."""

from dataclasses import replace
from typing import Any

import pytest

from alerts import detector, pattern
from alerts.detector import DetectorState, Observation, evaluate, observe, start
from alerts.pattern import BOMB, BY_HAND, KIND_OF, OTHER, Mark
from alerts.statistic import MS_PER_DAY, DetectorConfig
from schemas.taxonomy import ThreatType

CONFIG = DetectorConfig()
RADII = CONFIG.radii_km


def usual_life(*, km: float = 9.0, hour: float = 12.0, kind: int = OTHER, days: int = 200) -> DetectorState:
    """An incident every other day at one distance, one hour, of one kind."""
    state = start(CONFIG, 0)
    for day in range(0, days, 2):
        at_ms = round((day + hour / 24) * MS_PER_DAY)
        state = observe(state, CONFIG, Observation(at_ms, f"usual {day}", km, kind=kind))
    return state


def after(state: DetectorState, *more: Observation) -> float:
    """The statistic right after further incidents."""
    for observation in more:
        state = observe(state, CONFIG, observation)
    return evaluate(state, CONFIG).r_days


def burst(**differs: object) -> tuple[Observation, ...]:
    """Three incidents on day 201, alike the usual ones but for what differs."""
    hour = float(str(differs.pop("hour", 12.0)))
    first = Observation(round((201 + hour / 24) * MS_PER_DAY), "b0", 9.0)
    return tuple(
        replace(first, at_ms=first.at_ms + n * 600_000, incident_id=f"b{n}", **differs)  # type: ignore[arg-type]
        for n in range(3)
    )


@pytest.mark.parametrize("differs", [{"distance_km": 2.0}, {"hour": 0.0}, {"kind": BOMB}])
def test_what_is_rare_here_is_more_telling(differs: dict[str, object]) -> None:
    """The same burst tells more where, when or of a kind that incidents here seldom are."""
    life = usual_life()
    assert after(life, *burst(**differs)) > 1.5 * after(life, *burst())


def test_an_hour_that_is_not_known_tells_nothing() -> None:
    """An incident of which only the day is known neither counts towards the usual hours, nor is weighed by them."""
    mark = Mark(0, 1.0, 1.0, OTHER, timed=False)
    assert pattern.by_hour([5.0] * pattern.cell_count(2), 1.0, mark) == 1.0
    assert len(list(pattern.cells(RADII, mark))) == len(list(pattern.cells(RADII, mark._replace(timed=True)))) - 1


def test_without_history_all_is_alike() -> None:
    """At a place that nothing is known of, no ring and no hour stands out."""
    nothing = [0.0] * pattern.cell_count(2)
    assert pattern.by_place(0.0, 0.0) == 1.0
    assert pattern.by_hour(nothing, 1.0, Mark(0, 1.0, 1.0)) == 1.0


@pytest.mark.parametrize("usual", [(10, 0, 0, 0), (1, 2, 3, 4), (100, 100, 1, 1), (5, 5, 5, 5)])
def test_the_mean_in_the_normal_pattern_is_at_most_one(usual: tuple[float, ...]) -> None:
    """So the statistic keeps its guarantee, whatever the usual shares are."""
    total = sum(usual)
    assert sum(n / total * pattern.by_place(n, total) for n in usual) <= 1 + 1e-9


def test_hours_are_read_between_the_middles_of_two_parts() -> None:
    """From one part of the day to the next the weight changes steadily, over midnight too."""
    counts = [0.0] * pattern.cell_count(2)
    counts[2 * pattern.RINGS] = 60.0  # all between midnight and four
    by_hour = [pattern.by_hour(counts, 1.0, Mark(round(h / 24 * MS_PER_DAY), 1.0, 1.0)) for h in (2, 4, 6, 22, 24)]
    at_two, at_four, at_six, at_ten, at_midnight = by_hour
    assert at_two < at_four < at_six == at_ten
    assert at_midnight == pytest.approx(at_four)


def test_incidents_count_in_the_cells_they_lie_in() -> None:
    """A ring of each radius that they are within, the part of the day, and the kind within the first radius."""
    near, far = Mark(0, 0.0, 1.0, BY_HAND), Mark(round(0.99 * MS_PER_DAY), 19.99, 1.0, BY_HAND)
    assert list(pattern.cells(RADII, near)) == [0, 8, 16, 22 + BY_HAND]
    assert list(pattern.cells(RADII, far)) == [15, 21]
    assert not list(pattern.cells(RADII, Mark(0, 20.01, 1.0)))
    assert pattern.ring(10.0, 10.0) == pattern.RINGS - 1


def test_every_threat_type_has_a_kind() -> None:
    """What reports may confuse is of one kind."""
    assert set(KIND_OF) == set(ThreatType)
    assert KIND_OF[ThreatType.UAS] == KIND_OF[ThreatType.ROCKET]
    assert KIND_OF[ThreatType.UNKNOWN_EXPLOSION] == KIND_OF[ThreatType.IED]


def test_a_state_of_the_version_before_keeps_what_is_usual() -> None:
    """Version 2 counted in rings twice as wide: the usual rates stay, and evidence goes on."""
    state = usual_life()
    packed: dict[str, Any] = state.to_json() | {"v": 2}
    for name in ("checkpoint", "head"):
        last_ms, own, cells, *evidence = packed[name]
        wide = [sum(cells[n : n + 2]) for n in range(0, 2 * pattern.RINGS, 2)]
        packed[name] = [last_ms, own, [*wide, *cells[2 * pattern.RINGS :]], *evidence]
    now = DetectorState.from_json(packed)
    assert now.recent == state.recent
    assert evaluate(now, CONFIG).usual_per_day == pytest.approx(evaluate(state, CONFIG).usual_per_day)
    assert evaluate(now, CONFIG).r_days == pytest.approx(evaluate(state, CONFIG).r_days)
    assert observe(now, CONFIG, Observation(round(205 * MS_PER_DAY), "next", 3.0)).recent[-1].incident_id == "next"


def test_other_multipliers_keep_what_is_usual() -> None:
    """A changed set of multipliers starts the evidence over, not the usual rate."""
    state = usual_life()
    other = replace(CONFIG, rate_multipliers=(3.0, 9.0))
    refitted = detector.refit(state, other)
    assert evaluate(refitted, other).usual_per_day == evaluate(state, CONFIG).usual_per_day
