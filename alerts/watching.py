"""The site's statistic: the detector fed with evidence, and what it says at an instant.

Two things are added to the detector. The observation begins a lateness before the earliest incident, in whatever order
incidents come. And right after each incident the statistic is noted with it, so that a level can be told from evidence.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache

from alerts import detector, shown
from alerts.detector import Arrival, DetectorState, Evaluation, Observation
from alerts.pattern import KIND_OF, PARTS
from alerts.revise import Here, to_ms
from alerts.scan import scan
from alerts.site import Evidence, Site
from alerts.statistic import DetectorConfig, begin, count_p95, priors
from alerts.verdict import override, thresholds
from schemas.alert import Cluster
from schemas.exposure import Exposure
from schemas.facility import Facility
from schemas.incident import Incident
from schemas.policy import FacilityPolicy, Policy
from schemas.taxonomy import Level

MAX_EVIDENCE = 100
"""Incidents that a row remembers; a hotter site forgets the oldest first."""
_LONGEST_DAYS = 3650.0
_MEASURED = DetectorConfig()
_PART_OF_DAY = timedelta(days=1) / PARTS
_CEILING = 2.5
"""Evidence grows no further than so many times the critical threshold, or else that would never be reached."""


def config(own: FacilityPolicy, policy: Policy) -> DetectorConfig:
    """Return the detector's parameters at a site."""
    d = policy.detector
    radii = own.radii or d.radii
    scale = 1.0 if own.alert_days is None else own.alert_days / d.alert_days
    known = {float(km): rate for km, rate in d.prior_per_day.items()}
    critical_days = d.alert_days * scale * d.critical_factor
    return DetectorConfig(
        radii_km=radii.radii_km,
        radius_weights=radii.weights,
        prior_per_day=priors(radii.radii_km, known, d.prior_floor_per_day),
        rate_multipliers=d.rate_multipliers,
        excitation_share=d.excitation_share,
        excitation_decay_per_day=d.excitation_decay_per_day,
        kind_share=d.kind_share,
        half_life_d=d.half_life_d,
        guard_d=d.guard_d,
        lateness_d=d.lateness_d,
        watch_days=d.watch_days * scale,
        alert_days=d.alert_days * scale,
        critical_days=critical_days,
        ceiling_days=max(_MEASURED.ceiling_days, _CEILING * critical_days),
        min_incidents=d.min_incidents,
        min_window_d=d.guard_d,
    )


def here(site_id: str, at: datetime, facilities: tuple[Facility, ...], policy: Policy) -> Here:
    """Return what is known of a site while an event is dealt with."""
    own = override(site_id, facilities, policy)
    return Here(at, facilities, policy, own, thresholds(own, policy), config(own, policy))


def observe(site: Site, incident_id: str, found: Evidence, here: Here, *, overtaken: bool = False) -> Site:
    """Return the site that also knows a piece of evidence, with the statistic noted right after each incident.

    What is overtaken by a newer revision is no evidence, but the detector hears of it in any case: it tells how far
    time has come, and since when the site is under observation.
    """
    observation = _observation(incident_id, found)
    before = _observed_since(site, found.at_ms, here.config)
    state = detector.observe(before, here.config, observation)
    evidence = dict(site.evidence) if overtaken else {**site.evidence, incident_id: found}
    if before is site.detector and detector.arrival(before, observation) is Arrival.ON_TIME:
        now = detector.evaluate(state, here.config)
        noted = [(incident_id, now.r_days, now.usual_per_day[-1])]
    else:
        noted = detector.trajectory(state, here.config)
    for i, days, usual_per_day in noted:
        if i in evidence:  # six digits are enough to compare with a threshold
            usual = _usual(float(f"{usual_per_day:.3g}"), here.policy.severity.window_h / 24, here.config)
            evidence[i] = replace(evidence[i], days=float(f"{days:.6g}"), usual=usual)
    return replace(site, detector=state, evidence=_bounded(evidence, site, here))


def seen(exposure: Exposure) -> Observation:
    """Return an exposure as the detector sees it."""
    incident = exposure.incident
    at_ms = to_ms(exposure.event_time)
    return Observation(
        at_ms,
        incident.incident_id,
        exposure.distance_km,
        exposure.probability,
        incident.revision,
        exposure.withdrawn,
        KIND_OF[incident.threat_type],
        is_timed(incident),
    )


def is_timed(incident: Incident) -> bool:
    """Whether it is known in which part of the day an incident happened."""
    return incident.occurred.latest - incident.occurred.earliest <= _PART_OF_DAY


def is_low(site: Site, level: Level, at: datetime | None, here: Here) -> bool:
    """Whether the statistic has come down from a level: at an instant, by default right after the last incident."""
    now = evaluate(site, at, here)
    return now is None or now.r_days < here.limits.low_days(level) or now.in_window[-1] < here.config.min_incidents


def is_usual(site: Site, at: datetime, here: Here) -> bool:
    """Whether so many incidents in 48 h are within the normal pattern, up to its 95th percentile."""
    now = evaluate(site, at, here)
    return now is None or now.in_48h <= now.usual_48h_p95(here.config)


def stands_out(site: Site, days: float, here: Here) -> Cluster | None:
    """Return the window up to the last incident that stands out most, with the statistic that the alert rests on."""
    state = _state(site, here.config)
    window = None if state is None else scan(state, here.config)
    if window is None:
        return None
    return Cluster(
        score_days=days,
        count=window.count,
        radius_km=window.radius_km,
        hours=window.hours,
        usual=window.usual,
        chance_every_days=min(days, _LONGEST_DAYS),
    )


def evaluate(site: Site, at: datetime | None, here: Here) -> Evaluation | None:
    """Return what the statistic says at an instant, by default right after the last incident; None before the first."""
    state = _state(site, here.config)
    return None if state is None else detector.evaluate(state, here.config, None if at is None else to_ms(at))


@lru_cache(maxsize=4096)
def _usual(per_day: float, days: float, config: DetectorConfig) -> int:
    """So many incidents in a window are no more than usual; where one would stand out, none is."""
    return max(0, count_p95(per_day, days, config) - 1)


def _state(site: Site, config: DetectorConfig) -> DetectorState | None:
    if site.detector is not None:
        return detector.refit(site.detector, config)
    if not site.evidence:
        return None
    return _from_evidence(site, min(e.at_ms for e in site.evidence.values()), config)


def _observed_since(site: Site, at_ms: int, config: DetectorConfig) -> DetectorState:
    """The state of a site that is under observation since a lateness before its first incident, at least.

    An incident before the first one that is known moves the beginning, as long as nothing has been folded: so the state
    is that of the other order. A state that could not be read is rebuilt from the evidence.
    """
    if site.detector is None:
        return _from_evidence(site, min([at_ms, *(e.at_ms for e in site.evidence.values())]), config)
    state, since_ms = detector.refit(site.detector, config), at_ms - config.lateness_ms
    folded = state.in_guard or state.late_ids or state.checkpoint != begin(config, state.since_ms)
    if folded or since_ms >= state.since_ms or at_ms <= state.horizon_ms:
        return state
    anew = detector.start(config, since_ms)
    for observation in state.recent:
        anew = detector.observe(anew, config, observation)
    return replace(anew, horizon_ms=max(anew.horizon_ms, state.horizon_ms))


def _from_evidence(site: Site, first_ms: int, config: DetectorConfig) -> DetectorState:
    state = detector.start(config, first_ms - config.lateness_ms)
    for incident_id, e in sorted(site.evidence.items(), key=lambda item: (item[1].at_ms, item[0])):
        state = detector.observe(state, config, _observation(incident_id, e))
    return state


def _observation(incident_id: str, e: Evidence) -> Observation:
    return Observation(e.at_ms, incident_id, e.distance_km, e.probability, e.revision, e.withdrawn, e.kind, e.timed)


def _bounded(evidence: Mapping[str, Evidence], site: Site, here: Here) -> dict[str, Evidence]:
    """The evidence that is still needed, in event time, with what people are shown of the most telling incidents."""
    newest_ms = max(e.at_ms for e in evidence.values())
    window_ms = here.config.lateness_ms + here.config.guard_ms
    needed_ms = min(newest_ms - window_ms, newest_ms if site.episode is None else site.episode.since_ms)
    ordered = sorted(((e.at_ms, i, e) for i, e in evidence.items() if e.at_ms >= needed_ms), key=lambda t: t[:2])
    kept = ordered[-MAX_EVIDENCE:]
    full, brief = shown.choose([(i, e.gravity) for _, i, e in kept if e.told is not None])
    return {i: _trimmed(e, shown.FULL if i in full else shown.BRIEF if i in brief else None) for _, i, e in kept}


def _trimmed(e: Evidence, amount: tuple[int, int] | None) -> Evidence:
    if e.told is None:
        return e
    told = None if amount is None else shown.trim(e.told, amount)
    return e if told is e.told else replace(e, told=told)
