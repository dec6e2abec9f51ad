"""What other rules would have done with the same history, and which budget gives the number of alerts one wants.

Chance is shown by the same incidents with their days shuffled within four weeks: clusters are gone, and what still
raises an alarm is chance.
"""

import math
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

from alerts.calls import calls
from alerts.detector import Observation
from alerts.revise import to_ms
from alerts.rivals import RIVALS, Rival, quieted
from alerts.statistic import MS_PER_DAY
from schemas.alert import Alert
from schemas.taxonomy import AlertPath
from streams.desk.backtest import QUARTER_D, Played, SiteLife

BLOCK_MS: Final = round(28 * MS_PER_DAY)
_NEAR_MS: Final = 3 * MS_PER_DAY
"""Two rules that call people within so long of one another call them for the same thing."""
_SHORTEST_D: Final = 7.0
LONGEST_D: Final = 3650.0
"""The longest budget that is tried: nobody has seen enough to promise more."""
BUDGET_STEPS: Final = 12
"""Steps of a search for a budget: the range of six doublings and a half is halved so often."""
CURVE_D: Final = (30.0, 60.0, 91.25, 182.5, 365.0, 730.0, 1460.0)
RULES: Final = len(RIVALS) + 1
"""How many rules are compared with the route."""

Alarms = Mapping[str, Sequence[float]]
"""Instants of alarms, in ms since 1970, by site."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What one rule would have done."""

    rule: str
    alarms: int
    per_facility_quarter: float
    by_chance: float | None
    """The rate on shuffled days; None where it is not known."""
    most: float
    """Alarms per quarter at the facility that has most."""
    over_twice: float
    """Share of the facilities above twice the budget."""
    shared: float | None
    """Share of the route's calls that it makes too, within three days; None when there are none."""
    later_h: float | None
    """How much later it makes them, median, in hours."""


def compare(played: Played, done: Callable[[], None] = lambda: None) -> list[Figures]:
    """Return the figures of the route and of every rival; `done` is called after each of the `RULES`."""
    route = {
        site_id: [_called_for(a) for a in life.calls(played.counted_from)] for site_id, life in played.sites.items()
    }
    figures = [_figures("tocsin", route, None, route, played)]
    shuffled = {site_id: _shuffled(life, played) for site_id, life in played.sites.items()}
    for name, rule in _rules(played):
        found, chance = (
            {site_id: _counted(rule(life), played) for site_id, life in lives.items()}
            for lives in (played.sites, shuffled)
        )
        figures.append(_figures(name, found, chance, route, played))
        done()
    return figures


def budget_for(played: Played, wanted: float, done: Callable[[], None] = lambda: None) -> float:
    """Return the days between false alerts with which the history would have seen so many calls.

    `done` is called `BUDGET_STEPS` times. Calls by severity alone do not depend on the budget: when there are more of
    them than wanted, the longest budget is returned.
    """
    grave = sum(1 for a in played.calls() if a.path is AlertPath.SEVERITY)
    low, high = math.log(_SHORTEST_D), math.log(LONGEST_D)
    for _ in range(BUDGET_STEPS):
        middle = (low + high) / 2
        found = grave + sum(len(_counted(_statistic(life, math.exp(middle)), played)) for life in played.sites.values())
        low, high = (middle, high) if found > wanted else (low, middle)
        done()
    return min(math.exp(high), LONGEST_D)


def curve(played: Played, done: Callable[[], None] = lambda: None) -> list[tuple[float, float, float]]:
    """Return, for several budgets in days, the statistic's calls per facility-quarter, and those on shuffled days."""
    found = []
    for days in CURVE_D:
        lives = ((life, _shuffled(life, played)) for life in played.sites.values())
        pairs = [
            (len(_counted(_statistic(life, days), played)), len(_counted(_statistic(mixed, days), played)))
            for life, mixed in lives
        ]
        found.append((days, *(sum(n) / played.facility_quarters for n in zip(*pairs, strict=True))))
        done()
    return found


def _rules(played: Played) -> Iterator[tuple[str, Callable[[SiteLife], Iterable[float]]]]:
    yield "tocsin, statistic alone", lambda life: _statistic(life, None)
    began_ms = to_ms(played.began)
    for name, rival in RIVALS.items():

        def alarms(life: SiteLife, rival: Rival = rival) -> Iterator[float]:
            inner_km, budget_d = life.config.radii_km[0], life.config.alert_days
            days = [(o.at_ms - began_ms) / MS_PER_DAY for o in life.observations if o.distance_km <= inner_km]
            return (began_ms + d * MS_PER_DAY for d in quieted(rival(days, life.config.prior_per_day[0], budget_d)))

        yield name, alarms


def _statistic(life: SiteLife, alert_days: float | None) -> Iterator[float]:
    """The calls of the detector, with another budget if one is given."""
    config = life.config
    if alert_days is not None:
        scale = alert_days / config.alert_days
        config = replace(
            config,
            watch_days=config.watch_days * scale,
            alert_days=alert_days,
            critical_days=config.critical_days * scale,
            ceiling_days=config.ceiling_days * scale,
        )
    first_ms = life.observations[0].at_ms if life.observations else 0
    return (float(o.at_ms) for o in calls(life.observations, config, first_ms - config.lateness_ms))


def _figures(name: str, found: Alarms, chance: Alarms | None, route: Alarms, played: Played) -> Figures:
    counts = [len(alarms) for alarms in found.values()]
    quarters = played.quarters or math.inf
    budget_per_quarter = QUARTER_D / played.budget_days
    matched = [m for site_id, at in route.items() for call in at if (m := _match(call, found[site_id])) is not None]
    called = sum(len(at) for at in route.values())
    return Figures(
        rule=name,
        alarms=sum(counts),
        per_facility_quarter=sum(counts) / len(counts) / quarters,
        by_chance=None if chance is None else sum(len(a) for a in chance.values()) / len(counts) / quarters,
        most=max(counts) / quarters,
        over_twice=sum(n / quarters > 2 * budget_per_quarter for n in counts) / len(counts),
        shared=len(matched) / called if called else None,
        later_h=median(matched) * 24 / MS_PER_DAY if matched else None,
    )


def _match(call_ms: float, alarms: Sequence[float]) -> float | None:
    """How much later, in ms, the alarm comes that is nearest to a call; None when none is near."""
    nearest = min(alarms, key=lambda at: abs(at - call_ms), default=None)
    return None if nearest is None or abs(nearest - call_ms) > _NEAR_MS else nearest - call_ms


def _called_for(alert: Alert) -> float:
    """The event time for which people were called: that of the latest incident."""
    return float(to_ms(alert.incidents[0].incident.event_time if alert.incidents else alert.updated_at))


def _counted(alarms: Iterable[float], played: Played) -> list[float]:
    from_ms = to_ms(played.counted_from)
    return [at for at in alarms if at >= from_ms]


def _shuffled(life: SiteLife, played: Played) -> SiteLife:
    """A life with the same incidents, each at a random instant of its four weeks: the same one at every site."""
    began_ms, ended_ms = to_ms(played.began), to_ms(played.ended)
    moved: list[Observation] = []
    for o in life.observations:
        block_ms = began_ms + (o.at_ms - began_ms) // BLOCK_MS * BLOCK_MS
        share = random.Random(o.incident_id).random()  # noqa: S311  a shuffle that is the same every time
        at_ms = block_ms + round(share * (min(block_ms + BLOCK_MS, ended_ms) - block_ms))
        moved.append(replace(o, at_ms=at_ms))
    return replace(life, observations=tuple(sorted(moved, key=lambda o: (o.at_ms, o.incident_id))))
