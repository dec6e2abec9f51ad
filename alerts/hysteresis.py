"""When a level rises and when it falls: a rise is told at once, a fall only after a lasting calm.

A level is entered when the statistic reaches its threshold. It is left when the statistic has been under half of that
threshold for the clear time, and the count of 48 h is within the normal pattern's 95th percentile.
"""

from dataclasses import dataclass
from enum import StrEnum

from alerts.detector import Evaluation, level_of
from alerts.statistic import MS_PER_DAY, DetectorConfig
from schemas.taxonomy import Level

FALL_FACTOR = 2.0
"""A level is held until the statistic is under its threshold by this factor."""


class Change(StrEnum):
    """What an evaluation did to the standing of a facility."""

    OPENED = "opened"
    REOPENED = "reopened"
    ESCALATED = "escalated"
    LOWERED = "lowered"
    CLEARED = "cleared"


@dataclass(frozen=True, slots=True)
class Hysteresis:
    """How slowly a level falls."""

    clear_after_ms: int = round(2 * MS_PER_DAY)
    reopen_within_ms: int = round(7 * MS_PER_DAY)


@dataclass(frozen=True, slots=True)
class Standing:
    """The level a facility stands at."""

    level: Level | None = None
    calm_since_ms: int | None = None
    """Since when the evidence is too weak to hold the level."""
    cleared_ms: int | None = None
    """When the last episode ended."""


def judge(
    standing: Standing, evaluation: Evaluation, config: DetectorConfig, hysteresis: Hysteresis
) -> tuple[Standing, Change | None]:
    """Return the standing after an evaluation, and how it changed. Evaluations come in order of time."""
    level = evaluation.level(config)
    if level is not None and (standing.level is None or level.rank > standing.level.rank):
        return Standing(level, None, standing.cleared_ms), _rise(standing, evaluation, hysteresis)
    if standing.level is None:
        return standing, None
    held = level_of(evaluation.r_days * FALL_FACTOR, config)
    if (held is not None and held.rank >= standing.level.rank) or evaluation.in_48h > evaluation.usual_48h_p95(config):
        return Standing(standing.level, None, standing.cleared_ms), None
    calm_since_ms = evaluation.at_ms if standing.calm_since_ms is None else standing.calm_since_ms
    if evaluation.at_ms - calm_since_ms < hysteresis.clear_after_ms:
        return Standing(standing.level, calm_since_ms, standing.cleared_ms), None
    if held is None:
        return Standing(None, None, evaluation.at_ms), Change.CLEARED
    return Standing(held, None, standing.cleared_ms), Change.LOWERED


def _rise(standing: Standing, evaluation: Evaluation, hysteresis: Hysteresis) -> Change:
    if standing.level is not None:
        return Change.ESCALATED
    recently = standing.cleared_ms is not None and evaluation.at_ms - standing.cleared_ms <= hysteresis.reopen_within_ms
    return Change.REOPENED if recently else Change.OPENED
