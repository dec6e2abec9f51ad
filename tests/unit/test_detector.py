"""The cluster detector: statistic, arrivals, evaluation, scan."""

import math
from dataclasses import replace

import pytest

from alerts import detector, statistic
from alerts.detector import Arrival, DetectorState, Observation, StateError, arrival, evaluate, observe, start
from alerts.pattern import MS_PER_DAY, Mark
from alerts.scan import LONGEST_CHANCE_DAYS, scan
from alerts.statistic import DetectorConfig
from schemas.taxonomy import Level

CONFIG = DetectorConfig()
QUIET = replace(CONFIG, prior_per_day=(0.01, 0.02))


def ms(days: float) -> int:
    """Return days as ms."""
    return round(days * MS_PER_DAY)


def seen(*days: float, km: float = 5.0, config: DetectorConfig = QUIET, since: float = 0.0) -> DetectorState:
    """Return the state after incidents at these days."""
    state = start(config, ms(since))
    for n, day in enumerate(days):
        state = observe(state, config, Observation(ms(day), f"i{n}", km))
    return state


def test_evidence_follows_the_formula() -> None:
    """One radius and one multiplier: M <- M exp(-a) + D (1 - exp(-a)) / a, then times rho at the incident."""
    config = DetectorConfig((10.0,), (1.0,), (0.1,), rate_multipliers=(4.0,), kind_share=0.0)
    config = replace(config, excitation_share=0.8, excitation_decay_range_per_day=(0.1, 0.1))
    first = statistic.advance(statistic.begin(config, 0), config, 0, (), Mark(ms(2), 1.0, 1.0))
    expected = (1 - 0.8) * 0.1 * 2
    a = 3 * expected
    m = 2 * (1 - math.exp(-a)) / a * 4
    assert first.evidence[0][0] == pytest.approx(m)
    assert first.excitation == (1.0,)
    second = statistic.advance(first, config, 0, (), Mark(ms(5), 99.0, 1.0))
    fade = math.exp(-0.1 * 3)
    a = 3 * (0.2 * 0.1 * 3 + 0.8 * (1 - fade))
    assert second.evidence[0][0] == pytest.approx(m * math.exp(-a) + 3 * (1 - math.exp(-a)) / a)
    assert second.excitation[0] == pytest.approx(fade)


def test_baseline_counts_only_what_has_left_the_guard() -> None:
    """An incident raises the usual rate when it is older than the guard, not before."""
    state = seen(1, 1.1, 1.2, since=-100)
    young, old = evaluate(state, QUIET, ms(7.99)), evaluate(state, QUIET, ms(8.3))
    assert young.usual_per_day[0] < 0.01
    mean_life_d = 45 / math.log(2)
    exposure_d = mean_life_d * (1 - math.exp(-101.3 / mean_life_d))
    counted = 2 ** (-0.3 / 45) + 2 ** (-0.2 / 45) + 2 ** (-0.1 / 45)
    assert old.usual_per_day[0] == pytest.approx((counted + 0.5) / (exposure_d + 0.5 / 0.01))


def test_four_at_a_quiet_place_are_an_alert_four_at_a_busy_one_are_not() -> None:
    """The same four incidents in 36 h mean an alert where one a year is usual and nothing where four a day are."""
    quiet = seen(*(100 + 0.3 * n for n in range(4)))
    busy = seen(*(0.25 * n for n in range(400)), *(100 + 0.3 * n for n in range(4)))
    assert evaluate(quiet, QUIET).level(QUIET) in {Level.ALERT, Level.CRITICAL}
    assert evaluate(busy, QUIET).level(QUIET) is None


def test_one_incident_carries_no_level_by_itself() -> None:
    """However rare, a single incident is no cluster."""
    config = replace(QUIET, prior_per_day=(1e-6, 1e-6))
    state = seen(300, config=config)
    assert evaluate(state, config).r_days > config.watch_days
    assert evaluate(state, config).level(config) is None


def test_evidence_for_one_cell_has_a_ceiling() -> None:
    """A barrage drives the statistic to its ceiling and no further, so that it can fade again."""
    assert evaluate(seen(*(50 + n / 100 for n in range(300))), QUIET).r_days <= QUIET.ceiling_days


def test_weights_scale_an_incident_between_nothing_and_one() -> None:
    """R rises with the weight of the incidents; weight 0 is as if nothing had happened."""

    def r_days(weight: float) -> float:
        state = start(QUIET, 0)
        for n in range(3):
            state = observe(state, QUIET, Observation(ms(50 + n / 4), f"i{n}", 5.0, weight))
        return evaluate(state, QUIET).r_days

    none, half, full = r_days(0.0), r_days(0.5), r_days(1.0)
    assert none < half < full
    assert none == pytest.approx(evaluate(start(QUIET, 0), QUIET, ms(50.5)).r_days, rel=0.01)


@pytest.mark.parametrize(
    "observation,expected",
    [
        (Observation(ms(100.5), "new", 5.0), Arrival.ON_TIME),
        (Observation(ms(100), "i1a", 5.0), Arrival.ON_TIME),
        (Observation(ms(100), "h", 5.0), Arrival.INSERTED),
        (Observation(ms(93.1), "new", 5.0), Arrival.INSERTED),
        (Observation(ms(93), "new", 5.0), Arrival.BASELINE_ONLY),
        (Observation(ms(93), "new", 5.0, revision=2), Arrival.TOO_LATE),
        (Observation(ms(100), "i1", 5.0), Arrival.KNOWN),
        (Observation(ms(99), "i1", 9.0, revision=2), Arrival.REVISED),
        (Observation(ms(100), "i1", 5.0, withdrawn=True), Arrival.REVISED),
    ],
)
def test_arrivals(observation: Observation, expected: Arrival) -> None:
    """What an observation is to a state whose newest incident, i1, was on day 100."""
    assert arrival(seen(98, 100), observation) is expected


def test_too_old_for_evidence_counts_as_normal_pattern_once() -> None:
    """An incident older than the horizon raises the usual rate, not the statistic; told again it changes nothing."""
    state = seen(98, 100)
    late = Observation(ms(60), "old", 5.0)
    after = observe(state, QUIET, late)
    assert evaluate(after, QUIET).usual_per_day > evaluate(state, QUIET).usual_per_day
    assert evaluate(after, QUIET).r_days < evaluate(state, QUIET).r_days
    assert observe(after, QUIET, late) is after


def test_a_revision_that_moves_an_incident_out_of_reach_takes_its_evidence_away() -> None:
    """A re-located incident counts where it is now."""
    state = seen(98, 99, 100)
    moved = observe(state, QUIET, Observation(ms(99), "i1", 80.0, revision=2))
    assert evaluate(moved, QUIET).r_days < evaluate(state, QUIET).r_days
    assert evaluate(moved, QUIET).in_window == (2, 2)


def test_a_flood_keeps_the_state_small() -> None:
    """More incidents than are kept one by one move the horizon closer than the lateness."""
    state = seen(*(50 + n / 1000 for n in range(detector.MAX_RECENT + 300)))
    assert len(state.recent) == detector.MAX_RECENT
    assert state.horizon_ms > ms(50)


def test_trajectory_ends_in_the_statistic_now() -> None:
    """R after each recent incident, the last of them being the head's."""
    state = seen(98, 99, 100)
    path = detector.trajectory(state, QUIET)
    assert [i for i, _, _ in path] == ["i0", "i1", "i2"]
    assert path[-1][2] == evaluate(state, QUIET).usual_per_day[-1]
    assert path[-1][1] == evaluate(state, QUIET).r_days


def test_changed_radii_rebuild_what_is_recent() -> None:
    """A state made for other radii is refitted: the same incidents, counted within the new radii."""
    other = DetectorConfig((15.0,), (1.0,), (0.02,))
    state = detector.refit(seen(98, 99, 100), other)
    assert state.made_for == other.shape
    assert evaluate(state, other).in_window == (3,)
    assert detector.refit(state, other) is state


@pytest.mark.parametrize("stored", [None, [], {}, {"v": 0}, {"v": 2}, {"v": 1}, {"v": 1, "since": 0, "checkpoint": 3}])
def test_an_unreadable_state_says_so(stored: object) -> None:
    """Another version or a corrupt state is refused with its own error, never misread."""
    with pytest.raises(StateError, match="rebuild it"):
        DetectorState.from_json(stored)


@pytest.mark.parametrize(
    "change,said",
    [
        ({"radii_km": (10.0,)}, "radii need as many"),
        ({"radii_km": (20.0, 10.0)}, "ascend"),
        ({"rate_multipliers": (1.0,)}, "above"),
        ({"prior_per_day": (0.0, 1.0)}, "above"),
        ({"watch_days": 500.0}, "thresholds"),
    ],
)
def test_a_config_that_means_nothing_is_refused(change: dict[str, object], said: str) -> None:
    """Radii, weights, priors, multipliers and thresholds are checked together."""
    with pytest.raises(ValueError, match=said):
        replace(CONFIG, **change)  # type: ignore[arg-type]


def test_priors_are_read_between_the_radii_that_are_known() -> None:
    """A power law between two known radii, the area beyond them, never under the floor."""
    inside, between, outside = statistic.priors((5.0, 15.8113883, 50.0), {10.0: 0.1, 25.0: 0.4}, 0.005)
    assert inside == pytest.approx(0.025)
    assert between == pytest.approx(0.2)
    assert outside == pytest.approx(1.6)
    assert statistic.priors((10.0,), {10.0: 0.0001}, 0.005) == (0.005,)


def test_count_p95_widens_with_excitation() -> None:
    """Without excitation the Poisson percentile; with it a higher one."""
    poisson = statistic.count_p95(5.0, 2.0, replace(CONFIG, excitation_share=0.0))
    assert poisson == 15
    assert statistic.count_p95(5.0, 2.0, CONFIG) > poisson


def test_scan_names_the_window_that_stands_out() -> None:
    """Four incidents in the last day at a quiet place: the day, the radius that holds them, what is usual there."""
    window = scan(seen(99.3, 99.6, 99.8, 100), QUIET)
    assert window is not None
    assert (window.count, window.hours, window.radius_km) == (4, 24, 10.0)
    assert window.usual == pytest.approx(evaluate(seen(99.3, 99.6, 99.8, 100), QUIET).usual_per_day[0])
    assert window.chance_days <= LONGEST_CHANCE_DAYS


def test_scan_finds_nothing_where_nothing_happened() -> None:
    """Without incidents there is no window to speak of."""
    assert scan(start(QUIET, 0), QUIET, ms(30)) is None
