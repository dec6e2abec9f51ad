"""Which facilities a description may mean, and how well each fits it: kind, tenants in the year of publication, region, nearness, words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from schemas.facility import Facility
from schemas.taxonomy import FacilityKind as K
from schemas.taxonomy import Tenant as T
from streams.gazetteer import distance_km
from streams.reading.lexicon import Lexicon
from streams.reading.text import gated as re
from streams.reading.text.normal import fold_name
from streams.reading.text.tables import table
from streams.reading.what.cues import Hit, countries, words
from streams.reading.where.asked import Asked
from streams.reading.where.bearings import lies
from streams.reading.where.places import Spot, nearest_km
from streams.reading.where.regions import MANY
from streams.reading.where.scene import Scene
from streams.reading.where.sites import OF_STATES, kind_score, kinds_called
from streams.reading.where.wording import likeness

_SEATED: Final = 60.0
"""Kilometres that a site may lie from the middle of the town that it is named for or said to be in."""
_APART: Final = 40.0
"""Kilometres within which a site is where another passage plays."""
_KNOWN: Final = 3.0
"""How much likelier "the base" is one that was named before."""
_MEETS: Final = 0.5
"""So well fits a site that is meant; where none in use does, one that is recorded as closed may be in use again."""
_MEETS_KIND: Final = 0.6
"""So near must its kind be to the one asked for."""
_CALLED: Final = 0.6
"""How well a site meets a kind that is not its own, but that its name tells."""
_STILL: Final = 0.5
"""How much less a site is meant whose use is told as past, where no end of it is recorded."""
_LIKE_KIND: Final = 0.5
"""Words of a description are compared with those of sites that are so much of its kind."""


_ITSELF: Final = 0.1
"""How well the site beside which another is said to stand is that other."""
_SHARES_GROUND: Final = 3.0
"""How much likelier what stands beside a site is a part of the same site."""
_BESIDE_KM: Final = 8.0
_NOT_BESIDE: Final = 0.3
"""Farther away than so, a site does not stand beside another."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a facility fits a description: 1 is a site of the kind, no more being said."""

    score: float
    unworded: float
    """Apart from the descriptors and words that it shares with the facility's record."""
    facility: Facility


def fitting(scene: Scene, a: Asked, lo: int) -> list[Fit]:
    """Return the facilities that a description may mean, the best first."""
    pool = _pool(scene, a, lo)
    serving = [f for f in pool if f.serves_in(scene.year) or a.former or (f.id in a.cored and f.kind not in OF_STATES)]
    fits = _fits(scene, a, serving)
    if len(serving) < len(pool) and not any(
        x.unworded >= _MEETS or x.facility.id in a.cored | a.described for x in fits
    ):
        kept = {f.id for f in serving}
        fits = _fits(scene, a, [f for f in pool if f.id in kept or _placed(scene, a, f)]) or fits
    return fits


def _fits(scene: Scene, a: Asked, pool: Sequence[Facility]) -> list[Fit]:
    like = likeness(a.words, [f for f in pool if _of_kind(a, f) >= _LIKE_KIND])
    scored = [(f, _score(scene, a, f)) for f in pool]
    fits = [Fit(s * max(like.get(f.id, 1.0), _as_described(a, f)), s, f) for f, s in scored]
    return sorted((x for x in fits if x.score > 0.02), key=lambda x: (-x.score, x.facility.id))


def _placed(scene: Scene, a: Asked, f: Facility) -> bool:
    """Whether a site of the kind lies where a description says, be it by a region, a town or its own descriptor."""
    if _of_kind(a, f) < _MEETS_KIND or f.kind in OF_STATES:
        return f.id in a.described
    own = scene.lexicon.regions[f.id] - _whole_country(scene.lexicon, f.country)
    return f.id in a.described or bool(a.close_regions & own) or _nearness(f, a.spots) > 2


def _of_kind(a: Asked, f: Facility) -> float:
    score = max(kind_score(k, f.kind) for k in a.kinds)
    return max(score, _CALLED) if a.kinds & kinds_called(f) else score


def _pool(scene: Scene, a: Asked, lo: int) -> tuple[Facility, ...]:
    lex, by_id = scene.lexicon, scene.lexicon.gazetteer.by_id
    pool = lex.by_country.get(a.country or "", ()) if a.country else ()
    if len(pool) > MANY:
        near = [f for s in a.spots for _, f in lex.gazetteer.nearby(s.lat, s.lon, 60.0)]
        ids = [*sorted(a.described), *(i for w in sorted(a.close_regions) for i in lex.by_region.get(w, ())[:MANY])]
        found = {f.id: f for f in near} | {i: by_id[i] for i in ids}
        pool = tuple(f for f in found.values() if f.country == a.country)[:MANY]
    told = {c for _, c in scene.countries}
    elsewhere = {i: by_id[i] for i in sorted(a.cored) if a.country and by_id[i].country in told}
    elsewhere |= {i: by_id[i] for i in sorted(a.known) if not a.close_regions and scene.heading is None}
    pool += tuple(f for f in elsewhere.values() if f.country != a.country)
    if not a.country and (a.described or a.cored):
        pool = tuple(by_id[i] for i in sorted(a.described | a.cored | a.known))
    if a.kinds & {K.EMBASSY, K.CONSULATE}:
        pool = tuple(f for f in pool if _may_be_of(scene, a.word, lo, f))
    if (seat := a.seat) is not None:
        pool = tuple(f for f in pool if distance_km(f.lat, f.lon, seat.lat, seat.lon) < _SEATED)
    return pool


def _score(scene: Scene, a: Asked, f: Facility) -> float:
    score = _of_kind(a, f) * tenancy(a, f, scene.year)
    if a.landmark is not None:
        score = _at_landmark(scene, a.landmark, a, f, score)
    if score < 0.04:
        return 0.0
    score *= _regional(scene.lexicon, a, f)
    if f.id in a.cored and f.id not in a.described and score >= 0.4:
        score *= 20
    score *= _nearness(f, a.spots) * (_KNOWN if f.id in a.known else 1.0)
    if a.apart and nearest_km(f.lat, f.lon, a.apart) < _APART:
        return 0.0
    if a.former and f.serves_in(scene.year) and not f.tenant_until:
        score *= _STILL
    for side in a.sides:
        score *= lies(f, side, a.country)
    return score


def _at_landmark(scene: Scene, landmark: Facility, a: Asked, f: Facility, score: float) -> float:
    """How well a site fits that is said to stand beside another: one that shares its ground, be it of another kind; not that other itself."""
    if f is landmark:
        return score * _ITSELF
    site = scene.lexicon.gazetteer.site_of
    if site(f.id) != site(landmark.id):
        return score * _NOT_BESIDE if distance_km(f.lat, f.lon, landmark.lat, landmark.lon) > _BESIDE_KM else score
    theirs = bool(a.tenants) and tenancy(a, f, scene.year) >= _MEETS
    theirs = theirs or (a.word.text.startswith("diplomatic") and T.US_DIPLOMATS in f.tenants_in(scene.year))
    return _SHARES_GROUND * max(score, _MEETS if theirs else 0.0)


def _as_described(a: Asked, f: Facility) -> float:
    if f.id not in a.described:
        return 1.0
    return 4.0 if len(a.described) > 1 else 12.0


def _regional(lex: Lexicon, a: Asked, f: Facility) -> float:
    own, whole = lex.regions[f.id], _whole_country(lex, f.country)
    close = a.close_regions - whole
    if (close or a.close_regions) & own:
        fewest = min((len(lex.by_region.get(r, ())) for r in close), default=0)
        in_narrowest = any(len(lex.by_region.get(r, ())) == fewest for r in close & own)
        return _IN_REGION if not close or in_narrowest else _IN_WIDER
    if (a.regions - whole or a.regions) & own:
        return 2.0
    return 0.15 if close else 1.0


_IN_REGION: Final = 3.0
_IN_WIDER: Final = 0.5
"""How well a site lies in a region told: in the narrowest of them, or only in one around it."""


_WHOLE_COUNTRIES: Final = frozenset(words(table("sites.toml")["whole_country"]["words"]))


def _whole_country(lex: Lexicon, country: str) -> frozenset[str]:
    """The words for a country as a whole among those of its facilities' regions."""
    first = next(iter(lex.by_country.get(country, ())), None)
    return lex.regions[first.id] & _WHOLE_COUNTRIES if first is not None else frozenset()


def tenancy(a: Asked, f: Facility, year: int) -> float:
    """How well those who are said to be at a site are those who use it in a year."""
    there = frozenset(f.tenants) if a.former else f.tenants_in(year)
    foreign = {T.US_TROOPS, T.COALITION, T.NATO, T.UK}
    weight = 1.0
    for t in a.tenants:
        if t in there:
            weight *= 1.5
        elif t in foreign and there & foreign:
            weight *= 0.7
        elif t in f.tenants or t in (T.OTHER_FOREIGN, T.CONTRACTORS):
            weight *= 0.5
        else:
            weight *= 0.2
    return weight


_SENDER: Final = re.compile(
    r"\b(?P<who>(?!The\b|An?\b|Its?\b)(?:[A-Z]\.){2}|(?:United\s|Saudi\s|South\s|North\s)?(?!The\b|An?\b|Its?\b)[A-Z][\w\-]+)(?:['’]s)?\s$"
)
_SENDER_OF: Final = re.compile(r"\s+of\s+(?:the\s+)?(?P<who>(?:United\s|Saudi\s|South\s|North\s)?[A-Z]\w+)")


def _may_be_of(scene: Scene, h: Hit, lo: int, f: Facility) -> bool:
    """Whether "the French embassy", "the embassy of France" may be a facility: of any if it says not whose, or only where."""
    of = scene.lexicon.senders.get(f.id)
    m = _SENDER.search(scene.body, max(lo, h.start - 30), h.start) or _SENDER_OF.match(scene.body, h.end)
    if m is None:
        return True
    who = fold_name(m["who"])
    if of is None:
        return who not in countries()
    return who in of or f.id in scene.lexicon.by_core.get(who, ()) or who in scene.lexicon.regions[f.id]


def _nearness(f: Facility, spots: tuple[Spot, ...]) -> float:
    if not spots:
        return 1.0
    d = nearest_km(f.lat, f.lon, spots)
    return 3.0 if d < 8 else 2.2 if d < 20 else 1.6 if d < 45 else 1.0 if d < 90 else 0.3 if d < 150 else 0.05
