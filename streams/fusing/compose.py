"""What an incident's accounts say together: each value by weighted vote of the independent voices.

The interval is the stretch that most of the weight agrees on; the target is resolved jointly, as a product over voices,
and is certain only when somebody named it.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, TypeVar

from schemas.incident import Incident, Testimony
from schemas.mention import Attribution, Candidate, Credibility, Effects, Interval, Place
from schemas.policy import Policy
from schemas.taxonomy import (
    AttributionConfidence,
    IncidentState,
    InformationCredibility,
    Initiator,
    Status,
    ThreatType,
    Traffic,
)
from streams.fusing.account import Account
from streams.fusing.rows import IncidentRow
from streams.fusing.voices import Voice, disputed_grade, grade, likelihood, voices, weighed, weights
from streams.gazetteer import Gazetteer

MAX_TESTIMONY: Final = 12
MAX_CANDIDATES: Final = 10
DOUBT: Final = 0.05
"""Share of a described target's probability that is left for facilities that the account does not list."""
SURE: Final = 0.8
"""A named facility is the target from this joint probability on."""
_VAGUE: Final[frozenset[object]] = frozenset(
    {ThreatType.UNKNOWN_EXPLOSION.value, ThreatType.OTHER.value, Status.UNCLEAR.value, Initiator.UNKNOWN.value}
)
_FIRMEST: Final = {c.value: rank for rank, c in enumerate(AttributionConfidence)}

Value = TypeVar("Value", str, int)


@dataclass(frozen=True, slots=True)
class Spoken:
    """An account, and how much its word counts, in thousandths: the weight of its voice, shared among its accounts."""

    account: Account
    weight: int


def compose(row: IncidentRow, gazetteer: Gazetteer, policy: Policy) -> Incident:
    """Compose an incident's first revision from its row, without versions; a function of the set of its accounts."""
    heard = voices(row.accounts)
    voice_weights = weights(heard, policy)
    spoken = _spoken(heard, voice_weights)
    facility_id, candidates = (row.target, ()) if row.target else resolve(spoken)
    against = likelihood(weights(voices(row.disputes), policy))
    reliability, information = grade(heard)
    probability = likelihood(voice_weights)
    if row.disputes:
        information = disputed_grade(information) if probability > against else InformationCredibility.IMPROBABLE
        probability = weighed(probability, against)
    crowd, first = row.crowd, spoken[0].account
    return Incident(
        incident_id=row.incident_id,
        revision=1,
        state=IncidentState.STANDING,
        traffic=Traffic(first.traffic),
        theatre=first.theatre,
        threat_type=ThreatType(_elect([(s.account.threat_type, s) for s in spoken])),
        status=Status(_elect([(s.account.status, s) for s in spoken])),
        initiator=Initiator(_elect([(s.account.initiator, s) for s in spoken])),
        occurred=agreed_interval(spoken),
        facility_id=facility_id,
        candidates=candidates,
        place=_place(spoken, facility_id, gazetteer),
        attribution=_attribution(spoken),
        effects=Effects(
            killed=_figure([(a.killed, s) for s in spoken if (a := s.account).killed is not None]),
            wounded=_figure([(a.wounded, s) for s in spoken if (a := s.account).wounded is not None]),
            damage=_damage(spoken),
        ),
        credibility=Credibility(reliability=reliability, information=information),
        probability=probability,
        independent_sources=len(heard),
        mentions=len(row.accounts) + crowd.count,
        testimony=_testimony(heard),
        disputed_by=tuple(a.testimony for a in row.disputes),
        first_reported_at=_instant(min(first.published_s, crowd.first_s or first.published_s)),
        last_reported_at=_instant(max(spoken[-1].account.published_s, crowd.last_s or 0)),
    )


def resolve(spoken: Sequence[Spoken]) -> tuple[str | None, tuple[Candidate, ...]]:
    """Resolve the target jointly: the facility where it is named and sure, else candidates with joint probabilities."""
    beliefs = [_belief(s.account) for s in spoken]
    sites = sorted({site for belief in beliefs for site in belief})
    if not sites:
        return None, ()
    log_odds = {
        site: sum(s.weight / 1000 * math.log(b.get(site, DOUBT / 2)) for s, b in zip(spoken, beliefs, strict=True) if b)
        for site in sites
    }
    share = min(1.0, max(sum(b.values()) for b in beliefs if b))
    top = max(log_odds.values())
    raw = {site: math.exp(v - top) for site, v in log_odds.items()}
    total = sum(raw.values())
    joint = sorted(((round(share * v / total, 3), site) for site, v in raw.items()), key=lambda x: (-x[0], x[1]))
    named = {a.site_id or a.facility_id for s in spoken if (a := s.account).facility_id}
    if joint[0][1] in named and joint[0][0] >= min(SURE, share):
        return _facility_of(joint[0][1], spoken), ()
    listed = [Candidate(facility_id=_facility_of(site, spoken), probability=p) for p, site in joint if p >= 0.01]
    return None, tuple(listed[:MAX_CANDIDATES])


def agreed_interval(spoken: Sequence[Spoken]) -> Interval:
    """Return the stretch of time that most of the weight agrees on, the earliest of equals."""
    edges = sorted(
        [(s.account.earliest_s, 0, s.weight) for s in spoken] + [(s.account.latest_s, 1, -s.weight) for s in spoken],
    )
    best, total = (0, 0, 0), 0
    for at, (instant, _, change) in enumerate(edges):
        total += change
        if change > 0 and total > best[0]:
            best = (total, instant, edges[at + 1][0])
    return Interval(earliest=_instant(best[1]), latest=_instant(best[2]))


def _spoken(heard: Sequence[Voice], voice_weights: Sequence[float]) -> list[Spoken]:
    """All accounts in order of publication, weighted."""
    said = []
    for voice, weight in zip(heard, voice_weights, strict=True):
        each = max(1, round(1000 * weight / len(voice)))
        said += [Spoken(a, each) for a in voice]
    return sorted(said, key=lambda s: s.account.order)


def _elect(votes: Sequence[tuple[Value, Spoken]]) -> Value:
    """The value with most weight behind it; vague ones lose to any other; among equals the latest said."""
    first = votes[0][0]
    if all(value == first for value, _ in votes):
        return first
    weights: dict[Value, int] = defaultdict(int)
    latest: dict[Value, tuple[int, str]] = {}
    for value, spoken in votes:
        weights[value] += spoken.weight
        latest[value] = max(latest.get(value, spoken.account.order), spoken.account.order)
    return max(weights, key=lambda v: (v not in _VAGUE, weights[v], latest[v]))


def _figure(votes: list[tuple[int, Spoken]]) -> int | None:
    return _elect(votes) if votes else None


def _damage(spoken: Sequence[Spoken]) -> str | None:
    """The words of the weightiest account that has any, the earliest of equals."""
    told = [s for s in spoken if s.account.damage]
    return max(told, key=lambda s: s.weight).account.damage if told else None


def _belief(one: Account) -> dict[str, float]:
    """What an account says of the target, by site: sure of the one it names, less so of the ones it describes."""
    if one.facility_id:
        return {one.site_id or one.facility_id: 1.0 - DOUBT}
    belief: dict[str, float] = defaultdict(float)
    for guess in one.guesses:
        belief[guess.site_id] += (1.0 - DOUBT) * max(guess.probability, 0.001)
    return dict(belief)


def _facility_of(site: str, spoken: Sequence[Spoken]) -> str:
    """The facility of the site that is named most, else the likeliest that is described."""
    named = [
        (a.facility_id, s) for s in spoken if (a := s.account).facility_id and (a.site_id or a.facility_id) == site
    ]
    if named:
        return _elect([(facility, s) for facility, s in named if facility])
    return _elect([(g.facility_id, s) for s in spoken for g in s.account.guesses if g.site_id == site])


def _place(spoken: Sequence[Spoken], facility_id: str | None, gazetteer: Gazetteer) -> Place | None:
    told = [s for s in spoken if s.account.place]
    words = min(told, key=lambda s: (s.account.radius_km, s.account.order)).account if told else None
    facility = gazetteer.by_id.get(facility_id) if facility_id else None
    country: str | None
    if facility is not None:
        name, country = (words.place if words and words.place else facility.name), facility.country
        lat, lon, radius = facility.lat, facility.lon, max(1.0, facility.precision_km)
    else:
        placed = [s for s in spoken if s.account.lat is not None]
        if words is None and not placed:
            return None
        name = words.place if words and words.place else "near the position given"
        country = next((s.account.country for s in spoken if s.account.country), None)
        if not placed:
            return Place(name=name, country=country)
        lat, lon, radius = _centre(placed)
    return Place(name=name, lat=round(lat, 2), lon=round(lon, 2), radius_km=round(radius, 1), country=country)


def _centre(placed: Sequence[Spoken]) -> tuple[float, float, float]:
    """The mean position, weighted by precision, and its standard deviation in km; copies count once."""
    pole = placed[0].account.lon or 0.0
    total = lat = lon = 0.0
    for s in placed:
        a = s.account
        w = s.weight / 1000 / a.radius_km**2
        total += w
        lat += w * (a.lat or 0.0)
        lon += w * (((a.lon or 0.0) - pole + 540.0) % 360.0 - 180.0)
    best = min(s.account.radius_km for s in placed)
    mean_lon = (pole + lon / total + 540.0) % 360.0 - 180.0
    return lat / total, mean_lon, max(0.5, min(best, math.sqrt(1 / total)))


def _attribution(spoken: Sequence[Spoken]) -> Attribution:
    """The firmest statement that names somebody; the weightier of equals."""
    firmest = min(
        [s for s in spoken if s.account.actor] or spoken,
        key=lambda s: (_FIRMEST[s.account.confidence], -s.weight),
    ).account
    return Attribution(confidence=AttributionConfidence(firmest.confidence), actor=firmest.actor)


def _testimony(heard: Sequence[Voice]) -> tuple[Testimony, ...]:
    echoes = sorted([a for voice in heard for a in voice[1:]], key=lambda a: a.order)
    told = [voice[0].testimony for voice in heard] + [a.echo for a in echoes]
    return tuple(told[:MAX_TESTIMONY])


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
