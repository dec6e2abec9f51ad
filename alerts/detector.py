"""Is this more than the facility's normal pattern? The statistic of `statistic.py`, kept in event time.

Order of arrival leaves no trace: state is a function of the set of observations, bit for bit, as long as none comes
later than the lateness, measured against the newest one.

    folded into the checkpoint │ recent: kept one by one
    ───────────────────────────┼──x────x──────x───x▶ event time
                          horizon                newest
                               ╰─── lateness ─────╯

`head` is the checkpoint advanced over what is recent. What comes in order advances it; anything else that is newer than
the horizon is inserted, and the head replayed from the checkpoint. What is older goes to the baseline only.

What is kept of a facility, and how it is stored, is `detector_state.py`.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from operator import attrgetter
from typing import Final, TypeVar

from alerts import statistic as st
from alerts.detector_state import DetectorState, Observation, StateError, radii_of
from alerts.pattern import Happening, Mark
from alerts.statistic import MS_PER_DAY, DetectorConfig, Statistic
from schemas.taxonomy import Level

__all__ = ["Arrival", "DetectorConfig", "DetectorState", "Evaluation", "Observation", "StateError"]

MAX_RECENT: Final = 500
"""A flood moves the horizon closer than the lateness, so that a row stays small."""
MAX_LATE_IDS: Final = 64
"""So many incidents that went to the baseline only are remembered by id, to count none of them twice."""
_COUNT_MS: Final = round(2 * MS_PER_DAY)
_KEY: Final = attrgetter("at_ms", "incident_id")
_AT: Final = attrgetter("at_ms")
_Timed = TypeVar("_Timed", "Observation", Mark)


class Arrival(StrEnum):
    """What an observation is to the state that it meets."""

    ON_TIME = "on_time"
    """The newest: the head advances."""
    INSERTED = "inserted"
    """Older than the newest: inserted, the head replayed."""
    REVISED = "revised"
    """Another revision of a recent one, or its withdrawal: exchanged, the head replayed."""
    BASELINE_ONLY = "baseline_only"
    """Older than the horizon: counts as normal pattern, not as evidence."""
    KNOWN = "known"
    """This revision or a newer one is known already."""
    TOO_LATE = "too_late"
    """Revises or withdraws what has been folded into the checkpoint: nothing changes."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a state says at an instant."""

    at_ms: int
    r_days: float
    """The statistic R: by chance it gets so high at most once in so many days."""
    usual_per_day: tuple[float, ...]
    """The baseline rate within each radius."""
    in_window: tuple[int, ...]
    """Distinct incidents within each radius, in the window of `min_incidents`."""
    in_48h: int
    """Distinct incidents within the largest radius in 48 h."""

    def usual_48h_p95(self, config: DetectorConfig) -> int:
        """Return the 95th percentile of the count of 48 h in the normal pattern."""
        return st.count_p95(self.usual_per_day[-1], 2.0, config)

    def level(self, config: DetectorConfig) -> Level | None:
        """Return the level that the evidence carries by itself."""
        if self.in_window[-1] < config.min_incidents:
            return None
        return level_of(self.r_days, config)


def level_of(r_days: float, config: DetectorConfig) -> Level | None:
    """Return the highest level whose threshold is reached."""
    if r_days >= config.critical_days:
        return Level.CRITICAL
    if r_days >= config.alert_days:
        return Level.ALERT
    return Level.WATCH if r_days >= config.watch_days else None


def start(config: DetectorConfig, since_ms: int) -> DetectorState:
    """Return the state of a facility that comes under observation."""
    nothing = st.begin(config, since_ms)
    return DetectorState(since_ms, since_ms - config.lateness_ms, nothing, (), (), nothing, config.shape)


def observe(state: DetectorState, config: DetectorConfig, observation: Observation) -> DetectorState:
    """Return the state that also knows an observation; the same object when nothing changes."""
    match arrival(state, observation):
        case Arrival.KNOWN | Arrival.TOO_LATE:
            return _move_horizon(state, config, observation.at_ms)
        case Arrival.BASELINE_ONLY:
            return _count_late(state, config, observation)
        case Arrival.ON_TIME:
            recent = (*state.recent, observation)
            head = _onto(state, config, state.head, observation)
            return _move_horizon(_with(state, recent, head), config, observation.at_ms)
        case _:
            others = [o for o in state.recent if o.incident_id != observation.incident_id]
            if observation.at_ms <= state.horizon_ms:
                return _count_late(_with(state, tuple(others), state.head), config, observation)
            changed = _with(state, tuple(sorted([*others, observation], key=_KEY)), state.head)
            return _move_horizon(_replay(changed, config), config, observation.at_ms)


def refit(state: DetectorState, config: DetectorConfig) -> DetectorState:
    """Return a state for changed radii or multipliers: what is recent is counted anew.

    What is usual is known for other multipliers too; for other radii it must be learned anew.
    """
    if state.made_for == config.shape:
        return state
    if radii_of(state.made_for) == radii_of(config.shape):
        anew = replace(state, checkpoint=st.afresh(config, state.checkpoint.last_ms, state.checkpoint.counts))
    else:
        since_ms = max(state.since_ms, state.horizon_ms - config.guard_ms)
        anew = replace(state, since_ms=since_ms, checkpoint=st.begin(config, since_ms), late_ids=())
    return _replay(replace(anew, made_for=config.shape), config)


def trajectory(state: DetectorState, config: DetectorConfig) -> list[tuple[str, float, float]]:
    """Return each recent incident, with R and the usual rate within the largest radius right after it, in order."""
    head, after = state.checkpoint, []
    for o in state.recent:
        if not o.withdrawn:
            head = _onto(state, config, head, o)
            usual_per_day = st.usual_per_day(head, config, state.since_ms)[-1]
            after.append((o.incident_id, sum(st.days_by_radius(head, config)), usual_per_day))
    return after


def arrival(state: DetectorState, observation: Observation) -> Arrival:
    """Tell what an observation is to a state."""
    if observation.incident_id in state.late_ids:
        return Arrival.KNOWN
    known = _recent(state, observation.incident_id)
    if known is not None:
        return Arrival.REVISED if _version(observation) > _version(known) else Arrival.KNOWN
    if observation.at_ms <= state.horizon_ms:
        first = observation.revision == 1 and not observation.withdrawn
        return Arrival.BASELINE_ONLY if first else Arrival.TOO_LATE
    newest = state.recent[-1] if state.recent else None
    if not observation.withdrawn and (newest is None or _KEY(newest) < _KEY(observation)):
        return Arrival.ON_TIME
    return Arrival.INSERTED


def evaluate(state: DetectorState, config: DetectorConfig, at_ms: int | None = None) -> Evaluation:
    """Say what the state means at an instant, by default at its last incident; the state itself stays."""
    now_ms = state.head.last_ms if at_ms is None else max(at_ms, state.head.last_ms)
    now = state.head
    if now_ms > now.last_ms:
        now = st.at(now, config, state.since_ms, _leaving_guard(state, config, now.last_ms, now_ms), now_ms)
    window_ms = now_ms - round(config.min_window_d * MS_PER_DAY)
    counted = [o for o in state.recent if o.at_ms > window_ms and o.weight > 0 and not o.withdrawn]
    outer_km = config.radii_km[-1]
    usual = st.usual_per_day(now, config, state.since_ms)
    return Evaluation(
        now_ms,
        sum(st.days_by_radius(now, config)),
        usual,
        tuple([sum(1 for o in counted if o.distance_km <= r) for r in config.radii_km]),
        sum(1 for o in counted if o.at_ms > now_ms - _COUNT_MS and o.distance_km <= outer_km),
    )


def _move_horizon(state: DetectorState, config: DetectorConfig, newest_ms: int) -> DetectorState:
    horizon_ms = newest_ms - config.lateness_ms
    if len(state.recent) > MAX_RECENT:
        horizon_ms = max(horizon_ms, state.recent[-MAX_RECENT - 1].at_ms)
    if horizon_ms <= state.horizon_ms:
        return state
    split = bisect_right(state.recent, horizon_ms, key=_AT)
    checkpoint, in_guard = state.checkpoint, state.in_guard
    for o in state.recent[:split]:
        if not o.withdrawn:
            leaving = _between(in_guard, config, checkpoint.last_ms, o.at_ms)
            checkpoint = st.advance(checkpoint, config, state.since_ms, leaving, o)
            in_guard = (*in_guard[bisect_right(in_guard, o.at_ms - config.guard_ms, key=_AT) :], _mark(o))
    return DetectorState(
        state.since_ms,
        horizon_ms,
        checkpoint,
        in_guard,
        state.recent[split:],
        state.head,
        state.made_for,
        state.late_ids,
    )


def _replay(state: DetectorState, config: DetectorConfig) -> DetectorState:
    head = state.checkpoint
    for o in state.recent:
        if not o.withdrawn:
            head = _onto(state, config, head, o)
    return _with(state, state.recent, head)


def _onto(state: DetectorState, config: DetectorConfig, head: Statistic, o: Observation) -> Statistic:
    leaving = _leaving_guard(state, config, head.last_ms, o.at_ms)
    return st.advance(head, config, state.since_ms, leaving, o)


def _leaving_guard(state: DetectorState, config: DetectorConfig, last_ms: int, now_ms: int) -> list[Happening]:
    recent = [o for o in _between(state.recent, config, last_ms, now_ms) if not o.withdrawn]
    return [*_between(state.in_guard, config, last_ms, now_ms), *recent]


def _count_late(state: DetectorState, config: DetectorConfig, o: Observation) -> DetectorState:
    checkpoint, in_guard = state.checkpoint, state.in_guard
    mark = _mark(o)
    if o.at_ms <= checkpoint.last_ms - config.guard_ms:
        checkpoint = st.count_late(checkpoint, config, state.since_ms, mark)
    else:
        in_guard = tuple(sorted([*in_guard, mark], key=_AT))
    late_ids = (*state.late_ids, o.incident_id)[-MAX_LATE_IDS:]
    changed = DetectorState(
        state.since_ms, state.horizon_ms, checkpoint, in_guard, state.recent, state.head, state.made_for, late_ids
    )
    return _replay(changed, config)


def _with(state: DetectorState, recent: tuple[Observation, ...], head: Statistic) -> DetectorState:
    return DetectorState(
        state.since_ms, state.horizon_ms, state.checkpoint, state.in_guard, recent, head, state.made_for, state.late_ids
    )


def _mark(o: Observation) -> Mark:
    return Mark(o.at_ms, o.distance_km, 0.0 if o.withdrawn else o.weight, o.kind, o.timed)


def _recent(state: DetectorState, incident_id: str) -> Observation | None:
    for o in state.recent:
        if o.incident_id == incident_id:
            return o
    return None


def _version(o: Observation) -> tuple[int, bool, int, float, float, int, bool]:
    return o.revision, o.withdrawn, o.at_ms, o.distance_km, o.weight, o.kind, o.timed


def _between(timed: Sequence[_Timed], config: DetectorConfig, last_ms: int, now_ms: int) -> Sequence[_Timed]:
    low = bisect_right(timed, last_ms - config.guard_ms, key=_AT)
    return timed[low : bisect_right(timed, now_ms - config.guard_ms, lo=low, key=_AT)]
