"""Resolves what a passage speaks of as a site: to a facility by name, to ranked candidates by description, or to a place.

A name that needs context counts only with its country around and a word for a site. A description is scored by kind,
tenant in the year of publication, region words and distance to towns; a facility is never forced where two would do.
"""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from schemas.facility import Facility
from schemas.mention import Candidate, Place
from schemas.taxonomy import FacilityKind as K
from schemas.taxonomy import Tenant as T
from streams.gazetteer import distance_km
from streams.reading.cues import Hit
from streams.reading.lexicon import Lexicon, kind_words
from streams.reading.places import Spot, locate, place_words

_FAMILY: Final = {
    K.AIR_BASE: {K.MILITARY_BASE: 0.5, K.AIRPORT: 0.4, K.OUTPOST: 0.3},
    K.MILITARY_BASE: {K.AIR_BASE: 0.7, K.OUTPOST: 0.6, K.UN_COMPOUND: 0.3, K.GOVERNMENT: 0.05},
    K.OUTPOST: {K.MILITARY_BASE: 0.8, K.AIR_BASE: 0.3},
    K.AIRPORT: {K.AIR_BASE: 0.3},
    K.EMBASSY: {K.CONSULATE: 0.1, K.GOVERNMENT: 0.05},
    K.CONSULATE: {K.EMBASSY: 0.1},
    K.UN_COMPOUND: {K.MILITARY_BASE: 0.1, K.NGO_COMPOUND: 0.2},
    K.OIL_GAS: {K.REFINERY: 0.7, K.SEAPORT: 0.1},
    K.REFINERY: {K.OIL_GAS: 0.5},
    K.POWER_PLANT: {K.NUCLEAR_PLANT: 0.3, K.WATER: 0.4},
    K.NUCLEAR_PLANT: {K.POWER_PLANT: 0.1},
    K.WATER: {K.POWER_PLANT: 0.5},
    K.NGO_COMPOUND: {K.UN_COMPOUND: 0.5},
}
_COORDINATED: Final = re.compile(r"\band (?=(?:an?|the|another|at|on|in|near)\b)|[;.]\s")
_NOUNS: Final = 12
"""So many words for sites of one stretch are looked at."""
_MANY: Final = 400
"""Of so many facilities in a country not all are compared: those near, in the region, or so described."""
_MEMORY: Final = 50
"""So many names back "the base" may point."""
_PRESENT: Final = 0.12
"""Candidates below this probability are not listed."""


@dataclass(frozen=True, slots=True)
class Named:
    """A facility named in the text."""

    start: int
    end: int
    facility: Facility
    sure: bool
    """False where the name is a context name whose context is thin."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a passage is about; empty fields where the text does not tell."""

    facility_id: str | None = None
    candidates: tuple[Candidate, ...] = ()
    place: Place | None = None
    country: str | None = None
    span: tuple[int, int] | None = None
    rule: str = ""
    lat: float | None = None
    lon: float | None = None

    @property
    def known(self) -> bool:
        """Whether a facility or candidates were found."""
        return self.facility_id is not None or bool(self.candidates)

    @property
    def ids(self) -> tuple[str, ...]:
        """The facility, or the candidates' ids."""
        return (self.facility_id,) if self.facility_id else tuple(c.facility_id for c in self.candidates)


@dataclass(slots=True)
class Scene:
    """What is known of where a report plays; grows as it is read."""

    lexicon: Lexicon
    body: str
    hits: list[Hit]
    names: list[Hit]
    year: int
    named: list[Named] = field(default_factory=list)
    countries: list[tuple[int, str]] = field(default_factory=list)
    """Where a country is spoken of, in order of the text."""
    tally: Counter[str] | None = None
    """How often each country is spoken of."""
    line: int = 0
    """Where the paragraph that is being read begins."""

    def hits_in(self, lo: int, hi: int) -> list[Hit]:
        """The cues that begin in a stretch."""
        return _between(self.hits, lo, hi)

    def names_in(self, lo: int, hi: int) -> list[Hit]:
        """The names, regions and descriptors that begin in a stretch."""
        return _between(self.names, lo, hi)

    def country_near(self, start: int, end: int, sentence: tuple[int, int]) -> str | None:
        """Return the country of a passage: spoken of in it, in its sentence, or last before it."""
        for lo, hi in ((start, end), sentence):
            inside = [
                c
                for _, c in self.countries[
                    bisect_left(self.countries, (lo, "")) : bisect_left(self.countries, (hi, ""))
                ]
            ]
            if inside:
                if len(set(inside)) == 1:
                    return inside[-1]
                return max(inside, key=lambda c: (inside.count(c), c in self.lexicon.by_country))
        if not self.countries:
            return None
        if self.tally is None or sum(self.tally.values()) != len(self.countries):
            self.tally = Counter(c for _, c in self.countries)
        top, n = self.tally.most_common(1)[0]
        if n >= 0.5 * len(self.countries):
            return top
        before = bisect_left(self.countries, (start, ""))
        return self.countries[before - 1][1] if before else top


def _between(hits: list[Hit], lo: int, hi: int) -> list[Hit]:
    return hits[bisect_left(hits, lo, key=_start) : bisect_left(hits, hi, key=_start)]


def _start(h: Hit) -> int:
    return h.start


def survey(lexicon: Lexicon, body: str, hits: list[Hit], names: list[Hit], year: int) -> Scene:
    """Find the countries spoken of and the facilities named in a report."""
    scene = Scene(lexicon, body, hits, names, year)
    for h in hits:
        for cls in h.classes:
            if cls.startswith("c_") and not (
                h.text.endswith(("ish", "ian", "i", "an", "ese", "ch")) and _foreign(body, h)
            ):
                scene.countries.append((h.start, cls[2:]))
    longest: list[Hit] = []
    for h in sorted((h for h in names if "id_name" in h.classes), key=lambda h: (h.start, -h.end)):
        if not longest or h.end > longest[-1].end:
            if longest and h.start < longest[-1].end:
                if h.end - h.start <= longest[-1].end - longest[-1].start:
                    continue
                longest.pop()
            longest.append(h)
    firm: list[tuple[Hit, tuple[tuple[str, bool], ...]]] = []
    loose: list[tuple[Hit, tuple[tuple[str, bool], ...]]] = []
    for h in longest:
        ids = lexicon.name_ids.get(h.text, ())
        (loose if len(ids) != 1 or ids[0][1] else firm).append((h, ids))
    for h, ids in firm:
        facility = lexicon.gazetteer.by_id[ids[0][0]]
        if not facility.serves_in(year) and not facility.serves_in(year - 1):
            continue
        scene.named.append(Named(h.start, h.end, facility, sure=True))
        scene.countries.append((h.start, facility.country))
    if not scene.countries:
        scene.countries.extend((s.start, s.country) for s in locate(body, 0, min(len(body), 1500), None) if s.country)
    told = {c for _, c in scene.countries}
    sure_ids = {n.facility.id for n in scene.named}
    for h, ids in loose:
        options = [lexicon.gazetteer.by_id[i] for i, _ in ids]
        options = [f for f in options if f.country in told or f.id in sure_ids] or (
            options if len(options) == 1 and _site_words(scene, h) else []
        )
        options = [f for f in options if f.serves_in(year)] or options
        if not options or (
            not body[h.start].isupper()
            and body[h.start].isascii()
            and not re.match(r"al[- ]|#|@", body[h.start : h.start + 3].lower())
        ):
            continue
        near = scene.country_near(h.start, h.end, (max(0, h.start - 200), h.end + 200))
        best = next((f for f in options if f.country == near), options[0] if len(options) == 1 else None)
        if best is None:
            continue
        if best.id in sure_ids or _site_words(scene, h) or (" " in h.text and best.country in told):
            scene.named.append(Named(h.start, h.end, best, sure=True))
            scene.countries.append((h.start, best.country))
        else:
            scene.named.append(Named(h.start, h.end, best, sure=False))
    scene.named.sort(key=lambda n: n.start)
    scene.countries.sort()
    return scene


def _foreign(body: str, h: Hit) -> bool:
    """Whether a people's name tells who someone is, not where the passage plays: "Turkish troops", "Russian drones"."""
    return (
        re.match(
            r"[-\s](?:troops?|soldiers?|forces?|drones?|missiles?|rockets?|jets?|warplanes?|aircraft|army|navy|officials?|militar\w+|instructors|advis\w+|embass\w+|consulate\w*|engineers?|sergeant|strikes?|made|backed|aligned|led|general|ambassador|military|"
            r"peacekeep\w+|contingent|bombers?|tanker|airliner|state|base\b|personnel|nationals?|citizens?|diplomats?|contractors?|workers?|artillery|air|ballistic|spokes\w+|president|minister|ministry|revolutionary|proxies|intelligence|gendarmes|marines|occupied|installed|commandos|officers?)",
            body[h.end : h.end + 18],
            re.IGNORECASE,
        )
        is not None
    )


def _site_words(scene: Scene, h: Hit) -> bool:
    """Whether a word for a site stands beside."""
    return any(
        any(c.startswith("k_") or c in {"t_us_troops", "t_coalition"} for c in x.classes)
        for x in scene.hits_in(h.start - 59, h.end + 45)
    )


def named_in(scene: Scene, start: int, end: int) -> list[Named]:
    """The facilities named in a stretch."""
    lo = bisect_left(scene.named, start, key=lambda n: n.start)
    return scene.named[lo : bisect_left(scene.named, end, lo=lo, key=lambda n: n.start)]


def resolve(
    scene: Scene, start: int, end: int, sentence: tuple[int, int], after: int, back: tuple[int, int]
) -> list[Target]:
    """Return the targets that a clause speaks of, those behind its verb first; empty where it names and describes none.

    Parameters
    ----------
    scene
        The report.
    start, end
        The clause or clauses of the event.
    sentence
        The sentence around them.
    after
        Where the event's first cue stands.
    back
        A stretch before, in which "the base" may have been named.
    """
    for lo, hi in dict.fromkeys(((start, end), sentence)):
        if (lo, hi) != (start, end) and _own_place(scene, start, end):
            break
        if landmarks := _at_landmark(scene, lo, hi, sentence):
            return landmarks
        named = [n for n in named_in(scene, lo, hi) if not _origin(scene.body, n.start, lo)]
        if named:
            sure = [n for n in named if n.sure] or named
            behind = [n for n in sure if n.start >= after] or sure
            if sure[0].sure or not _described(scene, lo, hi, sentence):
                return [_of_named(_military_part(scene, n)) for n in _sites_once(scene, behind)]
        if (coref := _coref(scene, lo, hi, back)) is not None:
            return [coref]
        described = _described(scene, lo, hi, sentence)
        if described:
            return described
    return []


def _own_place(scene: Scene, start: int, end: int) -> bool:
    """Whether a clause says where, without a word for a site."""
    site = any(c.startswith("k_") for h in scene.hits_in(start, end) for c in h.classes)
    return not site and place_words(scene.body, start, end, [], None) is not None


def _at_landmark(scene: Scene, lo: int, hi: int, sentence: tuple[int, int]) -> list[Target]:
    """Of “A facility housing US advisers at Baghdad airport”: the name is where, not what; with what is coordinated to it."""
    landmarks = [
        n for n in named_in(scene, lo, hi)
        if re.search(r"\b(?:(?:an?|another|one)|the(?=\s+[\w\- ]{3,40}\s(?:beside|near|next to|close to|outside|adjoining)\s))\s+(?:[\w'’.\-]+\s+){0,3}(?:facility|compound|base|site|installation|outpost|complex|camp|position)\s+(?:[\w'’.\-]+\s+){0,6}?(?:at|near|beside|next to|close to|inside|outside|adjoining|by)\s+(?:the\s+)?$", scene.body[max(lo, n.start - 110) : n.start])
    ]  # fmt: skip
    if not landmarks:
        return []
    at = landmarks[0].facility
    found = _described(scene, lo, hi, sentence)
    beside = any(
        t.lat is not None and t.lon is not None and distance_km(t.lat, t.lon, at.lat, at.lon) < 25 for t in found
    )
    return found if beside else []


def _military_part(scene: Scene, n: Named) -> Named:
    """The air base of an airport where the text says its military part."""
    if n.facility.kind is not K.AIRPORT or not re.search(
        r"\bmilitary (?:part|side|section|wing|area|end|zone)\b[^.]{0,40}$", scene.body[max(0, n.start - 60) : n.start]
    ):
        return n
    gazetteer = scene.lexicon.gazetteer
    site = gazetteer.site_of(n.facility.id)
    base = next((f for f in gazetteer.members(site or "") if f.kind in (K.AIR_BASE, K.MILITARY_BASE)), None)
    return Named(n.start, n.end, base, n.sure) if base else n


def _sites_once(scene: Scene, named: list[Named]) -> list[Named]:
    out: list[Named] = []
    for n in named:
        site = scene.lexicon.gazetteer.site_of(n.facility.id)
        at = next((i for i, o in enumerate(out) if scene.lexicon.gazetteer.site_of(o.facility.id) == site), None)
        if at is None:
            out.append(n)
        elif n.facility.parent == out[at].facility.id:
            out[at] = n
    return out


def _of_named(n: Named) -> Target:
    f = n.facility
    return Target(f.id, (), None, f.country, (n.start, n.end), "target.name", f.lat, f.lon)


def _origin(body: str, at: int, lo: int) -> bool:
    before = body[max(lo, at - 40) : at].lower()
    return (
        re.search(
            r"\b(?:from|unlike|on the road to|south of|north of|east of|west of|leader in|based in|miles? from|kilomet\w+ from|km from|not)\s+(?:the\s+)?$",
            before,
        )
        is not None
    )


def _coref(scene: Scene, start: int, end: int, back: tuple[int, int]) -> Target | None:
    """Of “The base” after a base was named: the last one named before, of a kind that the word may mean."""
    words = [h for h in scene.hits_in(start, end) if any(c.startswith("k_") for c in h.classes)]
    words = [h for h in words if h.text in kind_words()] or words
    if not words:
        return None
    stop = re.search(r"[,.;:]", scene.body[words[0].end : words[0].end + 50])
    right = words[0].end + (stop.start() if stop else 50)
    if any(
        c.startswith("t_") for x in scene.hits_in(max(start, words[0].start - 30), min(end, right)) for c in x.classes
    ):
        return None
    if re.search(
        r"\b(?:an?|one|two|some|another)\s+(?:[\w\-]+\s+){0,2}$",
        scene.body[max(start, words[0].start - 30) : words[0].start],
        re.IGNORECASE,
    ):
        return None
    definite = [
        h
        for h in words
        if re.search(
            r"\b(?:the|same|this|that|its|our|main|naval|runway|outer)\s+(?:[\w'’\-]+\s+){0,2}$",
            scene.body[max(start, h.start - 30) : h.start],
            re.IGNORECASE,
        )
    ]
    definite = [
        h
        for h in definite
        if not re.search(
            r"\b(?:[Tt]he|[Ss]ame|[Tt]his|[Tt]hat)\s+[A-Z][\w\-]+\s+(?:\w+\s+)?$",
            scene.body[max(start, h.start - 30) : h.start],
        )
    ]
    pool = named_in(scene, back[0], start)[-_MEMORY:]
    spots = locate(scene.body, start, end, None) if pool else []
    if spots:
        pool = [n for n in pool if min(distance_km(n.facility.lat, n.facility.lon, p.lat, p.lon) for p in spots) < 60]
    for h in definite:
        kinds = kind_words().get(h.text)
        for n in reversed(pool):
            if kinds is None or any(_kind_score(k, n.facility.kind) >= 0.3 for k in kinds):
                return Target(
                    n.facility.id,
                    (),
                    None,
                    n.facility.country,
                    (h.start, h.end),
                    "target.coreference",
                    n.facility.lat,
                    n.facility.lon,
                )
    return None


def last_named(scene: Scene, lo: int, hi: int) -> Target | None:
    """The last facility named in a stretch, for an event that names none."""
    pool = [n for n in scene.named if lo <= n.start < hi and n.sure]
    return _of_named(pool[-1]) if pool else None


def _kind_score(asked: K, kind: K) -> float:
    return 1.0 if asked == kind else _FAMILY.get(asked, {}).get(kind, 0.0)


def _described(scene: Scene, lo: int, hi: int, sentence: tuple[int, int]) -> list[Target]:
    """Resolve descriptions: a word for a site with what stands around it."""
    words = [h for h in scene.hits_in(lo, hi) if any(c.startswith("k_") for c in h.classes)]
    words = [
        h for h in words if not re.search(r"\b(?:fuel|own|house|launch)\s$", scene.body[max(0, h.start - 7) : h.start])
    ]
    words = words[-_NOUNS:]
    whole = [d for d in scene.names_in(lo, hi) if "id_descriptor" in d.classes]
    out: list[Target] = []
    seen: list[Hit] = []
    for h in words:
        if any(
            abs(h.start - o.start) < 3 or (h.start - o.end < 45 and _one_phrase(scene.body[o.end : h.start]))
            for o in seen
        ):
            continue
        kinds = kind_words().get(h.text)
        if kinds is None:
            if not re.search(r"\b(?:facility|compound|installation|site)\b", h.text):
                continue
            kinds = frozenset(
                {K.MILITARY_BASE, K.OUTPOST, K.AIR_BASE, K.OTHER, K.UN_COMPOUND, K.NGO_COMPOUND, K.EMBASSY, K.AIRPORT}
            )
        seen.append(h)
        target = _candidates(scene, h, kinds, lo, hi, sentence, whole)
        if target:
            out.append(target)
    return (
        out[:3]
        if len(out) < 2
        or re.search(r"\band\b", scene.body[out[0].span[1] : out[1].span[0]] if out[0].span and out[1].span else "")
        else out[:1]
    )


def _one_phrase(between: str) -> bool:
    return re.fullmatch(r"[\s\w'’.\-]{0,45}", between) is not None and not re.search(
        r"\band\b\s+(?:an?|the)\b", between
    )


def _candidates(
    scene: Scene, h: Hit, kinds: frozenset[K], lo: int, hi: int, sentence: tuple[int, int], whole: list[Hit]
) -> Target | None:
    lex = scene.lexicon
    left, right = max(lo, h.start - 70), min(hi, h.end + 90)
    for m in _COORDINATED.finditer(scene.body, left, right):
        if m.end() <= h.start:
            left = m.end()
        elif m.start() >= h.end:
            right = m.start()
            break
    tenants = {T(c[2:]) for x in scene.hits_in(left, right) for c in x.classes if c.startswith("t_")}
    if kinds <= {K.EMBASSY, K.CONSULATE} and tenants:
        tenants = {T.US_DIPLOMATS} if tenants & {T.US_TROOPS, T.US_DIPLOMATS} else tenants
    if T.UN in tenants and kinds & {K.MILITARY_BASE, K.OUTPOST}:
        kinds |= {K.UN_COMPOUND}
    regions = {x.text for x in scene.names_in(*sentence) if "id_region" in x.classes}
    close_regions = {x.text for x in scene.names_in(lo, right) if "id_region" in x.classes}
    if not close_regions and (
        back := re.search(
            r"\b(?:same|that) (?:province|governorate|region|area|district|city|town)\b", scene.body[lo:hi]
        )
    ):
        close_regions = {
            x.text for x in scene.names_in(sentence[0] - 200, lo + back.start()) if "id_region" in x.classes
        }
        regions |= close_regions
    described = {i for x in whole if x.start - 80 < h.start < x.end + 5 for i in lex.descriptors.get(x.text, ())}
    spots = [s for s in locate(scene.body, lo, hi, scene.country_near(lo, hi, sentence)) if left <= s.start < right]
    if not spots and scene.line < sentence[0]:
        spots = locate(scene.body, scene.line, sentence[0], scene.country_near(lo, hi, sentence))[-2:]
    spots += [
        Spot(n.start, n.end, n.facility.name, n.facility.lat, n.facility.lon, 5.0, n.facility.country)
        for n in named_in(scene, h.start, right)
    ]
    country = scene.country_near(lo, hi, sentence)
    if airport := _airport_beside(scene, h, right, country, regions):
        spots.append(airport)
    definite = (
        re.search(
            r"\b(?:the|its|their|this|that|only|largest|main|[A-Z]\w+['’]s)\s+(?:[\w'’.\-]+\s+){0,3}$",
            scene.body[max(lo, h.start - 45) : h.start],
        )
        is not None
    )
    bare = not tenants and not described and not close_regions and not spots and not definite
    pool = lex.by_country.get(country or "", ()) if country else ()
    if len(pool) > _MANY:
        near = [f for s in spots for _, f in lex.gazetteer.nearby(s.lat, s.lon, 60.0)]
        ids = [*described, *(i for w in sorted(close_regions) for i in lex.by_region.get(w, ())[:_MANY])]
        by_id = {f.id: f for f in near} | {i: lex.gazetteer.by_id[i] for i in ids}
        pool = tuple(f for f in by_id.values() if f.country == country)[:_MANY]
    if not country and (described or tenants):
        pool = tuple(lex.gazetteer.by_id[i] for i in described)
    scored: list[tuple[float, Facility]] = []
    for f in pool:
        score = max(_kind_score(k, f.kind) for k in kinds)
        if score < 0.04 or not f.serves_in(scene.year):
            continue
        score *= _tenancy(tenants, f, scene.year)
        if regions:
            own = lex.regions[f.id]
            if close_regions & own:
                score *= 3
            elif regions & own:
                score *= 2
            elif close_regions - _whole_country(lex, f.country):
                score *= 0.15
        if f.id in described:
            score *= 4
        score *= _nearness(f, spots)
        if score > 0.02:
            scored.append((score, f))
    if not scored or (
        bare and (kinds & {K.MILITARY_BASE, K.OUTPOST, K.OTHER} or sum(1 for s, _ in scored if s >= 0.9) not in (1, 2))
    ):
        return None
    scored.sort(key=lambda p: (-p[0], p[1].id))
    top = scored[0][0]
    if top < 0.1:
        return None
    total = sum(s for s, _ in scored) + (0.3 if top < 1 else 0.15)
    ranked = [(s / total, f) for s, f in scored]
    best = ranked[0][1]
    place = place_words(scene.body, lo, hi, spots, country)
    shown = [f for p, f in ranked if p >= min(_PRESENT, ranked[0][0])]
    if len(shown) == 1 and ((ranked[0][0] >= 0.8 and (definite or top >= 3)) or (ranked[0][0] >= 0.5 and top >= 0.9)):
        return Target(best.id, (), place, best.country, (h.start, h.end), "target.description", best.lat, best.lon)
    kept = [(p, f) for p, f in ranked if p >= min(_PRESENT, ranked[0][0])][:6]
    return Target(
        None,
        tuple(Candidate(facility_id=f.id, probability=round(p, 3)) for p, f in kept),
        place,
        country,
        (h.start, h.end),
        "target.description",
        best.lat,
        best.lon,
    )


def _airport_beside(scene: Scene, h: Hit, right: int, country: str | None, regions: set[str]) -> Spot | None:
    """Of “Near the airport”: the one airport of the area."""
    m = re.search(
        r"\b(?:near|at|beside|next to|close to|by|alongside|adjoining)\s+(?:the|an|its)\s+(?:[\w'’\-]+\s+){0,2}airport\b",
        scene.body[h.end : right],
    )
    if m is None or country is None:
        return None
    airports = [f for f in scene.lexicon.by_country.get(country, ()) if f.kind is K.AIRPORT and f.serves_in(scene.year)]
    here = [f for f in airports if regions & scene.lexicon.regions[f.id]] or airports
    if len(here) != 1:
        return None
    return Spot(h.end + m.start(), h.end + m.end(), here[0].name, here[0].lat, here[0].lon, 5.0, country)


def describe(scene: Scene, start: int, end: int) -> list[Target]:
    """Return the described sites of a stretch, for events told further on."""
    return _described(scene, start, end, (start, end))[:1]


def _whole_country(lex: Lexicon, country: str) -> set[str]:
    return {
        w
        for f in lex.by_country.get(country, ())[:1]
        for w in lex.regions[f.id]
        if w
        in (
            "afghanistan",
            "somalia",
            "mali",
            "uae",
            "sahel",
            "kuwait",
            "niger",
            "pakistan",
            "south sudan",
            "dr congo",
            "colombia",
            "djibouti",
        )
    }


def _tenancy(asked: set[T], f: Facility, year: int) -> float:
    if not asked:
        return 1.0
    there = f.tenants_in(year)
    foreign = {T.US_TROOPS, T.COALITION, T.NATO, T.UK}
    weight = 1.0
    for t in asked:
        if t in there:
            weight *= 1.5
        elif t in foreign and there & foreign:
            weight *= 0.7
        elif t in (T.OTHER_FOREIGN, T.CONTRACTORS):
            weight *= 0.5
        else:
            weight *= 0.2
    return weight


def _nearness(f: Facility, spots: list[Spot]) -> float:
    if not spots:
        return 1.0
    d = min(distance_km(f.lat, f.lon, s.lat, s.lon) for s in spots)
    return 3.0 if d < 8 else 2.2 if d < 20 else 1.6 if d < 45 else 1.0 if d < 90 else 0.3 if d < 150 else 0.05
