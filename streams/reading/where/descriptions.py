"""Resolves descriptions of sites to ranked candidates: kind, tenant in the year of publication, region words, nearness to towns.

A facility is never forced where two would do.
"""

from typing import Final

from schemas.facility import Facility
from schemas.mention import Candidate
from schemas.taxonomy import FacilityKind as K
from schemas.taxonomy import Tenant as T
from streams.gazetteer import distance_km
from streams.reading.lexicon import Lexicon
from streams.reading.text import gated as re
from streams.reading.text.normal import fold_name
from streams.reading.text.tables import table
from streams.reading.what.cues import Classes, Hit, countries, words
from streams.reading.where.bearings import lies, sides
from streams.reading.where.places import Spot, place_words, town_of
from streams.reading.where.scene import SENT_FROM, Scene, Target, named_in, origin
from streams.reading.where.sites import OF_STATES, kind_score, kind_words
from streams.reading.where.wording import content, likeness

_COORDINATED: Final = re.compile(r"\band (?=(?:an?|the|another|at|on|in|near)\b)|;\s|(?<!\.[A-Z])\.\s")

OTHER_THING: Final = re.compile(
    r"\s(?:general\s)?(?:road|highway|bus|staff|police\b|workers?|officials?|management|authorit\w+|spokes\w+|attack|assault|siege|employees|guards?\b|said|statement|warned\b|(?:ha[sd]|have)\s(?:learn|receiv|heard|warned|confirmed|been\s(?:told|informed)))",
    re.IGNORECASE,
)
"""What makes of a word for a site the name of something else: "airport road", "complex attack"."""
_OTHERS: Final = re.compile(r"\b(?:fuel|own|house|launch|\d+(?:st|nd|rd|th)(?:\s[A-Z]\w+)?)\s$")
"""Before a word for a site: it is that of something else, or of a unit with a number, which is no site unless it is one by name."""
_OF_PEOPLE: Final = frozenset(
    {K.MILITARY_BASE, K.OUTPOST, K.AIR_BASE, K.OTHER, K.UN_COMPOUND, K.NGO_COMPOUND, K.EMBASSY, K.AIRPORT}
)
_OF_WORKS: Final = frozenset({K.NUCLEAR_PLANT, K.POWER_PLANT, K.REFINERY, K.OIL_GAS, K.WATER})
"""What "the site", "the facility" may be, and "the plant site"."""
_OFF: Final = re.compile(
    r"\s(?:[\w ]{1,20}\s)?(?:half a|a|one|two|three|four|five|six|some|several|\d+(?:\.\d+)?)\s(?:few |hundred |dozen )?(?:km|kilomet\w+|miles?|m|met(?:re|er)s|yards|streets|blocks)\s(?:away|off|farther|further|down|up the)\b"
)
"""Behind a word for a site: it only stands near what was hit, "a school two streets away"."""
_FAR_FROM: Final = re.compile(r"\d\s?(?:km|kms|kilomet\w+|miles|nm)\s(?:[\w\-]+\s){0,2}(?:from|of|off)\s(?:the\s)?$")
"""Before a name: so far away."""
_AS_FAR: Final = re.compile(r"\bas far (?:away )?as (?:the |an? )?(?:[\w\-]+ ){0,2}$")
_NOUNS: Final = 12
"""So many words for sites of one stretch are looked at."""

_MANY: Final = 400
"""Of so many facilities in a country not all are compared: those near, in the region, or so described."""

_SHARPNESS: Final = 1.2
"""Exponent of the scores before they are normalised (the inverse of a temperature): set so that of candidates given
with probability p a share p is right, on annotated reports."""
_FITTING: Final = 0.45
"""A site whose tenants are others than those told is listed, not given as the one."""
_SEATED: Final = 60.0
"""Kilometres that a site may lie from the middle of the town that it is named for or said to be in."""
_PRESENT: Final = 0.12
"""Candidates below this probability are not listed."""


def described_sites(scene: Scene, lo: int, hi: int, sentence: tuple[int, int]) -> list[Target]:
    """Resolve descriptions: a word for a site with what stands around it."""
    key = (lo, hi, sentence, scene.line)
    found = scene.described.get(key)
    if found is None:
        found = scene.described[key] = _described_sites(scene, lo, hi, sentence)
    return found


def _described_sites(scene: Scene, lo: int, hi: int, sentence: tuple[int, int]) -> list[Target]:
    words = [h for h in scene.hits_in(lo, hi) if h.classes.site]
    words = [h for h in words if not _OTHERS.search(scene.body[max(0, h.start - 24) : h.start])]
    words = [h for h in words if not OTHER_THING.match(scene.body, h.end)]
    words = [h for h in words if not _OFF.match(scene.body, h.end)]
    words = [h for h in words if not _AS_FAR.search(scene.body, max(lo, h.start - 40), h.start)]
    whence = [
        n
        for n in named_in(scene, lo, hi)
        if _FAR_FROM.search(scene.body, max(lo, n.start - 30), n.start) and origin(scene.body, n.start, lo)
    ]
    words = [h for h in words if not any(n.start <= h.start < n.end for n in whence)]
    words = words[-_NOUNS:]
    behind = {h.start for h in words if h.text in kind_words()}
    words = [h for h in words if h.end + 1 not in behind]
    whole = [d for d in scene.names_in(lo, hi) if "id_descriptor" in d.classes]
    out: list[Target] = []
    seen: list[Hit] = []
    for h in words:
        if any(
            abs(h.start - o.start) < 3 or (h.start - o.end < 45 and _one_phrase(scene.body[o.end : h.start]))
            for o in seen
            if out or not scene.body.startswith(" of ", o.end)
        ):
            continue
        kinds = kind_words().get(h.text)
        if kinds is None:
            if not re.search(r"\b(?:facility|compound|installation|site)\b", h.text):
                continue
            kinds = _OF_WORKS if scene.body.endswith("plant", 0, h.start - 1) else _OF_PEOPLE
        seen.append(h)
        target = _candidates(scene, h, kinds, lo, hi, sentence, whole)
        if target:
            out.append(target)
    if not seen and (at_part := _by_part(scene, lo, hi, sentence, whole)) is not None:
        out.append(at_part)
    return (
        out[:3]
        if len(out) < 2
        or re.search(r"\band\b", scene.body[out[0].span[1] : out[1].span[0]] if out[0].span and out[1].span else "")
        else out[:1]
    )


_PARTS: Final = {
    K(name.removeprefix("part_of_")): re.compile(rf"\b(?:{'|'.join(words(part['words']))})\b")
    for name, part in table("sites.toml").items()
    if name.startswith("part_of_")
}


def _by_part(scene: Scene, lo: int, hi: int, sentence: tuple[int, int], whole: list[Hit]) -> Target | None:
    """The site whose place is named, in the passage or its heading, where only a part of it is spoken of: "Hodeidah: bombs on two berths"."""
    if not (scene.cores or any("id_core" in x.classes for x in scene.names_in(lo, hi))):
        return None
    for kind, parts in _PARTS.items():
        if (m := parts.search(scene.body, lo, hi)) is not None:
            h = Hit(m.start(), m.end(), m[0], Classes(()))
            target = _candidates(scene, h, frozenset({kind}), lo, hi, sentence, whole)
            return target if target is not None and target.facility_id else None
    return None


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
    tenants = {t for x in scene.hits_in(left, right) for t in x.classes.tenants}
    if kinds <= {K.EMBASSY, K.CONSULATE} and tenants:
        tenants = {T.US_DIPLOMATS} if tenants & {T.US_TROOPS, T.US_DIPLOMATS} else tenants
    if T.UN in tenants and kinds & {K.MILITARY_BASE, K.OUTPOST}:
        kinds |= {K.UN_COMPOUND}
    regions = {x.text for x in scene.names_in(*sentence) if "id_region" in x.classes}
    close_regions = {
        x.text
        for x in scene.names_in(lo, right)
        if "id_region" in x.classes and not SENT_FROM.search(scene.body, max(lo, x.start - 40), x.start)
    }
    if not close_regions and (
        back := re.search(
            r"\b(?:same|that) (?:province|governorate|region|area|district|city|town)\b", scene.body[lo:hi]
        )
    ):
        close_regions = {
            x.text for x in scene.names_in(sentence[0] - 200, lo + back.start()) if "id_region" in x.classes
        }
        regions |= close_regions
    country = scene.country_near(lo, hi, sentence)
    if re.search(r"\bcapital\b(?!,?\s+(?:of\s+)?[A-Z])", scene.body[lo:right]):
        area = {r for f in lex.by_country.get(country or "", ())[:_MANY] for r in lex.regions[f.id]}
        close_regions = {r for r in area if r.endswith(" capital")} or close_regions
        regions |= close_regions
    described = {i for x in whole if x.start - 80 < h.start < x.end + 5 for i in lex.descriptors.get(x.text, ())}
    cores = [
        x
        for x in scene.names_in(left, right)
        if "id_core" in x.classes and not origin(scene.body, x.start, lo) and not _in_name(scene, x)
    ]
    cored = {i for x in cores for i in lex.by_core[x.text]} or (scene.cores if scene.line < sentence[1] else set())
    spots = [s for s in scene.spots_in(lo, hi, scene.country_near(lo, hi, sentence)) if left <= s.start < right]
    if (town := _named_for(scene.body, h, lo)) is not None:
        spots.append(town)
    told_sides = sides(scene, left, right, country)
    spots = [s for s in spots if not any(side.start <= s.start < side.end for side in told_sides)]
    told_sides = [
        side
        for side in told_sides
        if not any("id_region" in x.classes and x.start <= side.start < x.end for x in scene.names_in(side.start - 40, side.end) if x.text in close_regions)
    ]
    if not spots and not told_sides and scene.line < sentence[0]:
        spots = scene.spots_in(scene.line, sentence[0], scene.country_near(lo, hi, sentence))[-2:]
    if not spots and not told_sides and scene.heading is not None:
        spots = [scene.heading]
    spots += [
        Spot(n.start, n.end, n.facility.name, n.facility.lat, n.facility.lon, 5.0, n.facility.country)
        for n in named_in(scene, h.start, right)
    ]
    if airport := _airport_beside(scene, h, right, country, regions):
        spots.append(airport)
    definite = (
        re.search(
            r"\b(?:the|its|their|this|that|only|largest|main|[A-Z]\w+['’]s)\s+(?:[\w'’.\-]+\s+){0,3}$",
            scene.body[max(lo, h.start - 45) : h.start],
        )
        is not None
    )
    at = scene.dateline
    if not spots and not close_regions and definite and at is not None and at.country == (country or at.country):
        here = [f for f in lex.by_country.get(at.country or "", ()) if max(kind_score(k, f.kind) for k in kinds) >= 0.9]
        if len(lex.by_country.get(at.country or "", ())) <= _MANY and any(
            distance_km(f.lat, f.lon, at.lat, at.lon) < 30 for f in here
        ):
            spots = [at]
    bare = not tenants and not described and not cored and not close_regions and not spots and not definite
    pool = lex.by_country.get(country or "", ()) if country else ()
    if len(pool) > _MANY:
        near = [f for s in spots for _, f in lex.gazetteer.nearby(s.lat, s.lon, 60.0)]
        ids = [*described, *(i for w in sorted(close_regions) for i in lex.by_region.get(w, ())[:_MANY])]
        by_id = {f.id: f for f in near} | {i: lex.gazetteer.by_id[i] for i in ids}
        pool = tuple(f for f in by_id.values() if f.country == country)[:_MANY]
    if country and cored:
        told = {c for _, c in scene.countries}
        pool += tuple(
            f for f in (lex.gazetteer.by_id[i] for i in sorted(cored)) if f.country != country and f.country in told
        )
    if not country and (described or cored):
        pool = tuple(lex.gazetteer.by_id[i] for i in sorted(described | cored))
    if kinds & {K.EMBASSY, K.CONSULATE}:
        pool = tuple(f for f in pool if _may_be_of(scene, h, lo, f))
    if (seat := _seat(scene, h, lo)) is not None:
        pool = tuple(f for f in pool if distance_km(f.lat, f.lon, seat.lat, seat.lon) < _SEATED)
    like = likeness(
        _own_words(scene, h, left, right), [f for f in pool if max(kind_score(k, f.kind) for k in kinds) >= _LIKE_KIND]
    )
    scored: list[tuple[float, Facility]] = []
    for f in pool:
        score = max(kind_score(k, f.kind) for k in kinds)
        if score < 0.04 or not (f.serves_in(scene.year) or (f.id in cored and f.kind not in OF_STATES)):
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
            score *= 4 if len(described) > 1 else 12
        if f.id in cored and score >= 0.4 and f.id not in described:
            score *= 20
        score *= _nearness(f, spots) * like.get(f.id, 1.0)
        for side in told_sides:
            score *= lies(f, side, country)
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
    weights = [s**_SHARPNESS for s, _ in scored]
    total = sum(weights) + (0.3 if top < 1 else 0.15)
    ranked = [(w / total, f) for w, (_, f) in zip(weights, scored, strict=True)]
    best = ranked[0][1]
    place = place_words(scene.body, lo, hi, spots, country)
    plain = sum(s for s, _ in scored) + (0.3 if top < 1 else 0.15)
    first = top / plain
    alone = sum(1 for s, _ in scored if s / plain >= min(_PRESENT, first)) == 1
    clear = (first >= 0.8 and (definite or top >= 3)) or (first >= 0.5 and top >= 0.9)
    fits = _tenancy(tenants, best, scene.year) >= _FITTING
    if (fits and alone and (clear or best.id in cored)) or (
        fits and definite and _beyond_doubt([p for p, _ in ranked])
    ):
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


_NOUN_PHRASE: Final = re.compile(r"\b(?:an?|the|its|their|this|that|another|[Oo]ne of the)\s(?:[\w'’.\-]+\s){0,4}$", re.IGNORECASE)
"""Before a word for a site: what else is said of it."""
_LIKE_KIND: Final = 0.3
"""Words of a description are compared with sites that are so much of its kind."""


def _own_words(scene: Scene, h: Hit, left: int, right: int) -> frozenset[str]:
    """The words of a description, without those of its regions and places, which are judged as such."""
    m = _NOUN_PHRASE.search(scene.body, max(left, h.start - 50), h.start)
    start = m.start() if m is not None else h.start
    out, at = [], start
    for x in scene.names_in(start, right):
        if not x.classes.isdisjoint(("id_region", "id_core")) and x.end > at:
            out.append(scene.body[at : max(at, x.start)])
            at = x.end
    return content(" ".join((*out, scene.body[at:right])))


def _in_name(scene: Scene, x: Hit) -> bool:
    """Whether a place is part of a facility's name, which speaks for itself."""
    return any(n.start <= x.start and x.end <= n.end for n in named_in(scene, x.start - 60, x.end))


def _beyond_doubt(probabilities: list[float]) -> bool:
    """Whether the first candidate leaves the others so far behind that it is the facility."""
    first, second = probabilities[0], probabilities[1] if len(probabilities) > 1 else 0.0
    return first >= (0.6 if second >= _PRESENT else 0.7) and first >= 3 * second


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
    return described_sites(scene, start, end, (start, end))[:1]


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


_SENDER: Final = re.compile(
    r"\b(?P<who>(?!The\b|An?\b|Its?\b)(?:[A-Z]\.){2}|(?:United\s|Saudi\s|South\s|North\s)?(?!The\b|An?\b|Its?\b)[A-Z][\w\-]+)(?:['’]s)?\s$"
)
_SENDER_OF: Final = re.compile(r"\s+of\s+(?:the\s+)?(?P<who>(?:United\s|Saudi\s|South\s|North\s)?[A-Z]\w+)")


def _may_be_of(scene: Scene, h: Hit, lo: int, f: Facility) -> bool:
    """Whether "the French embassy", "the embassy of France" may be a facility: of any if it says not whose, or only where."""
    of = scene.lexicon.senders.get(f.id)
    if of is None:
        return True
    m = _SENDER.search(scene.body, max(lo, h.start - 30), h.start) or _SENDER_OF.match(scene.body, h.end)
    if m is None:
        return True
    who = fold_name(m["who"])
    return who in of or f.id in scene.lexicon.by_core.get(who, ()) or who in scene.lexicon.regions[f.id]


_IN_TOWN: Final = re.compile(r"\s+(?:in|at|of)\s+(?P<name>(?:[Aa]l-)?[A-Z][\w'’\-]+(?:\s[A-Z][\w'’\-]+)?)")


def _seat(scene: Scene, h: Hit, lo: int) -> Spot | None:
    """The town that a site is named for or said to be in: of "Aleppo air base", "the airport in Port Sudan"."""
    if (town := _named_for(scene.body, h, lo)) is None and (m := _IN_TOWN.match(scene.body, h.end)) is not None:
        town = town_of(scene.body, *m.span("name"))
    if town is None or (name := fold_name(town.name)) in scene.lexicon.by_region:
        return None
    return town if countries().get(name, town.country) == town.country else None


_BEFORE: Final = re.compile(r"(?P<name>[A-Z][\w'’\-]+(?:\s[A-Z][\w'’\-]+)?)\s$")


def _named_for(body: str, h: Hit, lo: int) -> Spot | None:
    """The town that a site is named for: of "Kandahar airfield" Kandahar, so that no other airfield is meant."""
    at = max(lo, h.start - 40)
    m = _BEFORE.search(body[at : h.start])
    return town_of(body, at + m.start("name"), at + m.end("name")) if m is not None else None


def _nearness(f: Facility, spots: list[Spot]) -> float:
    if not spots:
        return 1.0
    d = min(distance_km(f.lat, f.lon, s.lat, s.lon) for s in spots)
    return 3.0 if d < 8 else 2.2 if d < 20 else 1.6 if d < 45 else 1.0 if d < 90 else 0.3 if d < 150 else 0.05
