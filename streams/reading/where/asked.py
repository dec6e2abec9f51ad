"""What a description says of its site: kinds, whose it is, region, nearness, sides, its own words."""

from dataclasses import dataclass
from typing import Final

from schemas.facility import Facility
from schemas.taxonomy import FacilityKind as K
from schemas.taxonomy import Tenant as T
from streams.gazetteer import distance_km
from streams.reading.text import gated as re
from streams.reading.text.normal import fold_name
from streams.reading.what.cues import Hit, countries
from streams.reading.where.apart import withheld
from streams.reading.where.bearings import BESIDE, Side, sides
from streams.reading.where.places import Spot, town_of
from streams.reading.where.regions import (
    MANY,
    SAYS,
    across,
    as_region,
    beyond,
    country_of,
    dated_from,
    regions_told,
    sided,
)
from streams.reading.where.scene import Scene, named_in, origin, spot_of
from streams.reading.where.sites import OF_STATES, kind_score, kind_words
from streams.reading.where.towns import towns
from streams.reading.where.wording import content


@dataclass(frozen=True, slots=True)
class Asked:
    """What a description asks for."""

    word: Hit
    """The word for a site."""
    kinds: frozenset[K]
    country: str | None
    tenants: frozenset[T]
    regions: frozenset[str]
    """Region words of the sentence."""
    close_regions: frozenset[str]
    """Region words of the description itself."""
    described: frozenset[str]
    """Facilities with a descriptor that is told."""
    cored: frozenset[str]
    """Facilities whose names hold a place that is told."""
    spots: tuple[Spot, ...]
    sides: tuple[Side, ...]
    known: frozenset[str]
    """Facilities named before, one of which "the base" may be."""
    words: frozenset[str]
    """What else is said of the site."""
    indefinite: bool
    """Whether it is one of perhaps several: "a base"."""
    former: bool
    """Whether its use is told as past: "once housed", "the closed consulate"."""
    apart: tuple[Spot, ...]
    """Where the site is said not to be: "elsewhere", "another base"."""
    definite: bool
    """Whether a site is spoken of that the reader is to know: "the base", not "a base"."""
    seat: Spot | None
    """The town that the site is named for or said to be in."""
    landmark: Facility | None
    """The site beside which it is said to stand."""
    withheld: bool
    """Whether it is said that which site it is will not be told."""

    @property
    def bare(self) -> bool:
        """Whether nothing but a word for a site is said."""
        return (
            not (self.tenants or self.described or self.cored or self.close_regions or self.spots or self.sides)
            and not self.definite
        )


def asked(
    scene: Scene, h: Hit, kinds: frozenset[K], lo: int, hi: int, sentence: tuple[int, int], whole: list[Hit]
) -> Asked:
    """Gather what a passage says of a site.

    Parameters
    ----------
    scene
        The report.
    h, kinds
        The word for a site, and what it may mean.
    lo, hi, sentence
        The passage, and the sentence around it.
    whole
        The descriptors told in the passage.
    """
    left, right = _phrase(scene.body, h, lo, hi)
    country = scene.country_near(lo, hi, sentence)
    if (seat := _seat(scene, h, lo)) is not None and not _has_town(country, seat.name):
        country = seat.country
    described = _described(scene, h, whole)
    country = country_of(scene, described, lo, hi) or across(scene, lo, hi, country) or country
    tenants = _tenants(scene, left, right, kinds)
    if T.UN in tenants and kinds & {K.MILITARY_BASE, K.OUTPOST}:
        kinds |= {K.UN_COMPOUND}
    told_sides = sides(scene, lo, right, country)
    outside = beyond(scene, told_sides)
    landmark = _landmark(scene, h, right)
    cored = _cored(
        scene,
        max(left, _dated_to(scene)) if landmark else left,
        right,
        lo,
        sentence,
        outside | sided(scene, told_sides),
    )
    if h.text not in kind_words():
        kinds |= {scene.lexicon.gazetteer.by_id[i].kind for i in cored} - OF_STATES
    regions, close_regions = regions_told(scene, lo, hi, right, sentence, country, outside)
    spots = [
        s for s in scene.spots_in(lo, hi, country) if left <= s.start < right and not SAYS.match(scene.body, s.end)
    ]
    if (town := _named_for(scene.body, h, lo)) is not None:
        spots.append(town)
    told = [s.start for s in spots] + [side.start for side in told_sides]
    told += [x.start for x in scene.names_in(lo, right) if x.text in close_regions]
    if not all(dated_from(scene, at) for at in told):
        spots = [s for s in spots if not dated_from(scene, s.start)]
    spots = [s for s in spots if not any(side.start <= s.start < side.end for side in told_sides)]
    told_sides = [side for side in told_sides if not as_region(scene, side, close_regions)]
    if not spots and not told_sides and not close_regions and not _ELSEWHERE.match(scene.body, h.end):
        spots = _above(scene, sentence, country)
    spots += [spot_of(n) for n in named_in(scene, h.start, right)]
    airport, beside = _airport_there(scene, h, right, country, regions)
    if airport is not None:
        spots.append(Spot(h.end, right, airport.name, airport.lat, airport.lon, 5.0, airport.country))
    from_article = max(lo, h.start - 45)
    indefinite = _INDEFINITE.search(scene.body, from_article, h.start) is not None
    definite = not indefinite and _DEFINITE.search(scene.body, from_article, h.start) is not None
    headline = not indefinite and right <= scene.body.find("\n")
    if not spots and not close_regions and (definite or headline or (scene.home is not None and not indefinite)):
        spots = _from_dateline(scene, kinds, country)
    return Asked(
        word=h,
        kinds=kinds,
        country=country,
        tenants=frozenset(tenants),
        regions=frozenset(regions),
        close_regions=frozenset(close_regions),
        described=described,
        cored=cored,
        spots=tuple(spots),
        sides=tuple(told_sides),
        known=_known(scene, h) if definite else frozenset(),
        words=_own_words(scene, h, left, right),
        indefinite=indefinite,
        former=_FORMER.search(scene.body, max(left, h.start - 40), min(right, h.end + 50)) is not None,
        apart=_apart(scene, h, sentence, country),
        definite=definite,
        seat=seat,
        landmark=landmark or (airport if beside else None),
        withheld=withheld(scene.body, h),
    )


_COORDINATED: Final = re.compile(r"\band (?=(?:an?|the|another|at|on|in|near)\b)|;\s|(?<!\.[A-Z])\.\s")
"""Where a description ends, or the one before; "U.S." ends none."""
_DEFINITE: Final = re.compile(
    r"\b(?:[Tt]he|[Ii]ts|[Tt]heir|[Tt]his|[Tt]hat|only|largest|main|[A-Z]\w+['’]s)\s+(?:[\w'’.\-]+\s+){0,3}$"
)


_INDEFINITE: Final = re.compile(
    r"\b(?:one of (?:the|its|their)\s(?:[\w'’.\-]+\s+){0,3}|(?:an?|another)\s+(?:(?!(?:the|its|their|this|that)\b)[\w'’.\-]+\s+){0,4})$",
    re.IGNORECASE,
)


_BESIDE: Final = re.compile(rf"\b{BESIDE}\s(?:[\w'’\-]+\s){{0,2}}$")
"""Before the description of another site: the one that is meant stands near it."""


_NEAR: Final = re.compile(
    r"\b(?:near|outside|around|beyond|not far from|close to|on the (?:edge|outskirts|fringe) of)\s(?:[Aa]l[\s-])?$"
)
"""Before a place: a site that stands near it need not be the one that is named for it."""


_FORMER: Final = re.compile(
    r"\b(?:[Oo]nce|[Ff]ormer(?:ly)?|(?:used|ceased) to|[Cc]losed|[Ee]mpty|[Aa]bandoned|[Dd]isused|[Vv]acated|[Ss]hut(?:tered)?|[Mm]othballed|[Hh]anded over|[Bb]oarded|[Dd]eserted|(?:[Ss]hell|[Rr]uins?|[Rr]emains) of|until 20\d\d|left in 20\d\d)\b"
)


def _described(scene: Scene, h: Hit, whole: list[Hit]) -> frozenset[str]:
    """The facilities with a descriptor that stands around a word for a site."""
    return frozenset(
        i
        for x in whole
        if x.start - 80 < h.start < x.end + 5 and not (x.start > h.end and _BESIDE.search(scene.body, h.end, x.start))
        for i in scene.lexicon.descriptors.get(x.text, ())
    )


def _phrase(body: str, h: Hit, lo: int, hi: int) -> tuple[int, int]:
    """The stretch around a word for a site that speaks of it."""
    left, right = max(lo, h.start - 70), min(hi, h.end + 90)
    for m in _COORDINATED.finditer(body, left, right):
        if m.end() <= h.start:
            left = m.end()
        elif m.start() >= h.end:
            return left, m.start()
    return left, right


def _tenants(scene: Scene, left: int, right: int, kinds: frozenset[K]) -> set[T]:
    told = [x for x in scene.hits_in(left, right) if x.classes.tenants]
    within = [x for x in told if any(o.start <= x.start and x.end <= o.end and o is not x for o in told)]
    tenants = {t for x in told if x not in within for t in x.classes.tenants}
    if kinds <= {K.EMBASSY, K.CONSULATE} and tenants & {T.US_TROOPS, T.US_DIPLOMATS}:
        return {T.US_DIPLOMATS}
    return tenants


_ELSEWHERE: Final = re.compile(r"\s(?:[\w\-]+\s)?elsewhere\b")


def _apart(scene: Scene, h: Hit, sentence: tuple[int, int], country: str | None) -> tuple[Spot, ...]:
    """Where a site told "elsewhere" is not: where the lines before play."""
    return tuple(_above(scene, sentence, country)) if _ELSEWHERE.match(scene.body, h.end) else ()


def _cored(
    scene: Scene, left: int, right: int, lo: int, sentence: tuple[int, int], outside: set[str]
) -> frozenset[str]:
    cores = [
        x
        for x in scene.names_in(left, right)
        if "id_core" in x.classes
        and x.text not in outside
        and not origin(scene.body, x.start, lo)
        and not SAYS.match(scene.body, x.end)
        and not _NEAR.search(scene.body, max(left, x.start - 24), x.start)
        and not _in_name(scene, x)
    ]
    cored = {i for x in cores for i in scene.lexicon.by_core[x.text]}
    return frozenset(cored or (scene.cores if scene.line < sentence[1] and not outside else set()))


def _known(scene: Scene, h: Hit) -> frozenset[str]:
    """The facilities named for sure before a word for a site, or described beyond doubt."""
    from_here = scene.line if scene.opens_strangely else 0
    back = scene.line if scene.heading is not None else from_here
    told = (t for ts in scene.described.values() for t in ts if t.span is not None and back <= t.span[1] <= h.start)
    return frozenset(n.facility.id for n in named_in(scene, from_here, h.start) if n.sure) | {
        t.facility_id for t in told if t.facility_id is not None
    }


def _in_name(scene: Scene, x: Hit) -> bool:
    """Whether a place is part of a facility's name, which speaks for itself."""
    return any(n.start <= x.start and x.end <= n.end for n in named_in(scene, x.start - 60, x.end))


def _above(scene: Scene, sentence: tuple[int, int], country: str | None) -> list[Spot]:
    """Where the lines before a sentence play, or the heading above them."""
    before = scene.spots_in(scene.line, sentence[0], country)[-2:] if scene.line < sentence[0] else []
    return before or ([scene.heading] if scene.heading is not None else [])


def _from_dateline(scene: Scene, kinds: frozenset[K], country: str | None) -> list[Spot]:
    """The town that a story is dated from, or that its tellers or its headline name, where a site of the kind is there."""
    at = scene.told_from
    if at is None or at.country != (country or at.country):
        return []
    there = scene.lexicon.by_country.get(at.country or "", ())
    of_kind = [f for f in there if max(kind_score(k, f.kind) for k in kinds) >= 0.9] if len(there) <= MANY else []
    return [at] if any(distance_km(f.lat, f.lon, at.lat, at.lon) < _IN_TOWN_KM for f in of_kind) else []


_IN_TOWN_KM: Final = 30
"""Kilometres from the middle of a town to its sites."""


def _landmark(scene: Scene, h: Hit, right: int) -> Facility | None:
    """Of "a base beside Erbil airport": the site that is named to tell where it stands."""
    told = (n for n in named_in(scene, h.end, right) if _BESIDE.search(scene.body, h.end, n.start))
    return next((n.facility for n in told), None)


_AIRPORT_THERE: Final = re.compile(
    rf"\b(?:(?P<beside>{BESIDE})|at)\s+(?:the|an|its)\s+(?:[\w'’\-]+\s+){{0,2}}airport\b"
)


def _dated_to(scene: Scene) -> int:
    """Where the town ends that a story is dated from."""
    return scene.dateline.end if scene.dateline is not None else 0


def _airport_there(
    scene: Scene, h: Hit, right: int, country: str | None, regions: set[str]
) -> tuple[Facility | None, bool]:
    """Of “near the airport”, “at the airport”: the one airport of the area, and whether the site stands beside it."""
    m = _AIRPORT_THERE.search(scene.body, h.end, right)
    if m is None or country is None:
        return None, False
    airports = [f for f in scene.lexicon.by_country.get(country, ()) if f.kind is K.AIRPORT and f.serves_in(scene.year)]
    here = [f for f in airports if not regions or regions & scene.lexicon.regions[f.id]]
    if len(here) != 1 and (at := scene.told_from) is not None:
        here = [f for f in airports if distance_km(f.lat, f.lon, at.lat, at.lon) < _IN_TOWN_KM]
    return (here[0] if len(here) == 1 else None), m["beside"] is not None


_IN_TOWN: Final = re.compile(r"\s+(?:in|at|of)\s+(?P<name>(?:[Aa]l-)?[A-Z][\w'’\-]+(?:\s[A-Z][\w'’\-]+)?)")
_BEFORE: Final = re.compile(r"(?P<name>[A-Z][\w'’\-]+(?:\s[A-Z][\w'’\-]+)?)\s$")


def _seat(scene: Scene, h: Hit, lo: int) -> Spot | None:
    """The town that a site is named for or said to be in: of "Aleppo air base", "the airport in Port Sudan"."""
    if (town := _named_for(scene.body, h, lo)) is None and (m := _IN_TOWN.match(scene.body, h.end)) is not None:
        town = town_of(scene.body, *m.span("name"))
    if town is None or (name := fold_name(town.name)) in scene.lexicon.by_region:
        return None
    return town if countries().get(name, town.country) == town.country else None


def _has_town(country: str | None, name: str) -> bool:
    return any(t.country == country for t in towns().get(fold_name(name), ()))


def _named_for(body: str, h: Hit, lo: int) -> Spot | None:
    """The town that a site is named for: of "Kandahar airfield" Kandahar, so that no other airfield is meant."""
    at = max(lo, h.start - 40)
    m = _BEFORE.search(body[at : h.start])
    return town_of(body, at + m.start("name"), at + m.end("name")) if m is not None else None


_NOUN_PHRASE: Final = re.compile(
    r"\b(?:an?|the|its|their|this|that|another|one of the)\s(?:[\w'’.\-]+\s){0,4}$", re.IGNORECASE
)
"""Before a word for a site: what else is said of it."""


def _own_words(scene: Scene, h: Hit, left: int, right: int) -> frozenset[str]:
    """The words of a description, without those of its regions and places, which are judged as such."""
    m = _NOUN_PHRASE.search(scene.body, max(left, h.start - 50), h.start)
    at = m.start() if m is not None else h.start
    out: list[str] = []
    for x in scene.names_in(at, right):
        if not x.classes.isdisjoint(("id_region", "id_core")) and x.end > at:
            out.append(scene.body[at : max(at, x.start)])
            at = x.end
    return content(" ".join((*out, scene.body[at:right])))
