"""The detector's state is a function of the set of observations, not of the order in which they arrive."""

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.detector import DetectorState, Observation, evaluate, observe, start
from alerts.statistic import MS_PER_DAY, DetectorConfig

CONFIG = DetectorConfig()
DAY_MS = round(MS_PER_DAY)

incidents = st.lists(
    st.tuples(
        st.integers(0, 60 * DAY_MS),
        st.sampled_from([0.0, 3.0, 10.0, 10.1, 25.0, 40.0]),
        st.sampled_from([1.0, 0.5, 0.3, 0.0]),
        st.integers(0, 7 * DAY_MS - 1),
    ),
    min_size=1,
    max_size=40,
)


def told(rows: list[tuple[int, float, float, int]]) -> list[tuple[int, Observation]]:
    """Return (when it arrives, observation): each arrives within the lateness."""
    return [(at + delay, Observation(at, f"i{n}", km, w)) for n, (at, km, w, delay) in enumerate(rows)]


def state_after(observations: list[Observation]) -> DetectorState:
    """Return the state after observations in the order given."""
    state = start(CONFIG, 0)
    for o in observations:
        state = observe(state, CONFIG, o)
    return state


@settings(max_examples=300, deadline=None)
@given(incidents)
def test_delays_within_the_lateness_leave_no_trace(rows: list[tuple[int, float, float, int]]) -> None:
    """A history that arrives late, each incident within seven days, ends in the state of the history in order."""
    arrivals = told(rows)
    late = [o for _, o in sorted(arrivals, key=lambda pair: pair[0])]
    in_order = sorted(late, key=lambda o: (o.at_ms, o.incident_id))
    assert state_after(late) == state_after(in_order)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_order_with_duplicates_revisions_and_withdrawals(data: st.DataObject) -> None:
    """Within one lateness any order of observations, revisions, withdrawals and duplicates gives one state."""
    history = [Observation(n * 3 * DAY_MS, f"old{n}", 5.0) for n in range(10)]
    since_ms = history[-1].at_ms
    rows = data.draw(
        st.lists(
            st.builds(
                Observation,
                st.integers(since_ms + 1, since_ms + 7 * DAY_MS),
                st.sampled_from([f"i{n}" for n in range(8)]),
                st.sampled_from([0.0, 10.0, 20.0, 40.0]),
                st.sampled_from([1.0, 0.4]),
                st.integers(1, 3),
                st.booleans(),
            ),
            min_size=1,
            max_size=20,
        )
    )
    base = state_after(history)

    def after(observations: list[Observation]) -> DetectorState:
        state = base
        for o in observations:
            state = observe(state, CONFIG, o)
        return state

    shuffled = data.draw(st.permutations(rows + rows[: data.draw(st.integers(0, len(rows)))]))
    assert after(shuffled) == after(rows)


@settings(max_examples=200, deadline=None)
@given(incidents, st.data())
def test_a_withdrawn_incident_leaves_the_evidence_of_the_others(
    rows: list[tuple[int, float, float, int]], data: st.DataObject
) -> None:
    """Withdrawing a recent incident gives the head that the others alone would have given."""
    rows = [(at % (7 * DAY_MS), km, w, 0) for at, km, w, _ in rows]
    observations = [o for _, o in told(rows)]
    gone = data.draw(st.sampled_from(observations))
    state = observe(state_after(observations), CONFIG, replace(gone, withdrawn=True))
    assert state.head == state_after([o for o in observations if o is not gone]).head


@settings(max_examples=200, deadline=None)
@given(incidents, st.lists(st.integers(0, 70 * DAY_MS), max_size=5))
def test_looking_changes_nothing(rows: list[tuple[int, float, float, int]], instants: list[int]) -> None:
    """Evaluating at any instants between observations leaves no trace in the state."""
    plain, watched = start(CONFIG, 0), start(CONFIG, 0)
    for _, o in told(rows):
        plain = observe(plain, CONFIG, o)
        for at_ms in instants:
            evaluate(watched, CONFIG, at_ms)
        watched = observe(watched, CONFIG, o)
    assert plain == watched


@settings(max_examples=200, deadline=None)
@given(incidents)
def test_a_stored_state_comes_back_exactly(rows: list[tuple[int, float, float, int]]) -> None:
    """A state survives JSON bit for bit, and goes on from there as if it had never been stored."""
    observations = [o for _, o in told(rows)]
    state = state_after(observations)
    stored = DetectorState.from_json(json.loads(json.dumps(state.to_json())))
    assert stored == state
    after = Observation(65 * DAY_MS, "after", 2.0)
    assert observe(stored, CONFIG, after) == observe(state, CONFIG, after)


@settings(max_examples=100, deadline=None)
@given(incidents)
def test_the_same_again_changes_nothing(rows: list[tuple[int, float, float, int]]) -> None:
    """Every observation told twice, also one that went to the baseline only, counts once."""
    once, twice = start(CONFIG, 0), start(CONFIG, 0)
    for _, o in told(rows):
        once = observe(once, CONFIG, o)
        twice = observe(observe(twice, CONFIG, o), CONFIG, replace(o))
    assert once == twice
