"""Resolves descriptions of sites to ranked candidates: kind, tenant in the year of publication, region words, nearness to towns.

A facility is never forced where two would do.
"""

from dataclasses import replace
from typing import Final

from schemas.mention import Candidate
from schemas.taxonomy import FacilityKind as K
from streams.reading.text import gated as re
from streams.reading.text.normal import fold_name
from streams.reading.text.tables import table
from streams.reading.what.cues import Classes, Hit, countries, words
from streams.reading.where.apart import one_of_several, told_apart
from streams.reading.where.asked import asked
from streams.reading.where.fitting import fitting, tenancy
from streams.reading.where.places import place_words
from streams.reading.where.scene import Scene, Target, named_in, origin
from streams.reading.where.sites import kind_score, kind_words
from streams.reading.where.towns import towns

OTHER_THING: Final = re.compile(
    r"\s(?:general\s)?(?:quarter\b|district\b|enclave\b|neighbou?rhood\b|bow\b|beam\b|road|highway|bus|staff|police\b|workers?|officials?|management|authorit\w+|spokes\w+|attack|assault|siege|employees|guards?\b|said|statement|(?:warn|condemn|deni|declin|insist|accus)ed\b|(?:ha[sd]|have)\s(?:learn|receiv|heard|warned|confirmed|been\s(?:told|informed)))",
    re.IGNORECASE,
)
"""What makes of a word for a site the name of something else: "airport road", "complex attack"."""
_OTHERS: Final = re.compile(
    r"\b(?:fuel|own|house|launch|building|construction|burial|crash|satellite|GPS|\d+(?:st|nd|rd|th)(?:\s[A-Z]\w+)?)\s$"
)
"""Before a word for a site: it is that of something else, or of a unit with a number, which is no site unless it is one by name."""
_OF_PEOPLE: Final = frozenset(
    {
        K.MILITARY_BASE,
        K.OUTPOST,
        K.AIR_BASE,
        K.OTHER,
        K.UN_COMPOUND,
        K.NGO_COMPOUND,
        K.EMBASSY,
        K.AIRPORT,
        K.GOVERNMENT,
    }
)
_FIELDS: Final = frozenset({K.AIRPORT, K.AIR_BASE})
"""What is no compound."""
_OF_WORKS: Final = frozenset({K.NUCLEAR_PLANT, K.POWER_PLANT, K.REFINERY, K.OIL_GAS, K.WATER})
"""What "the site", "the facility" may be, and "the plant site"."""
_OF_A_GROUP: Final = re.compile(
    r"\s(?:of|belonging to)\s(?:an?|the)\s(?:[\w\-]+\s){0,3}(?:group|party|militia|faction|movement|organi[sz]ation|rebels?|opposition|union|club|governorate)\b"
)
"""Behind a word for a site: it is that of people who have none in the list, "the headquarters of an opposition group"."""
_IN_A_PART: Final = re.compile(
    r"\s(?:in|at|outside|near)\s(?:the\s)?(?:[\w'’\-]+\s){1,2}(?:district|quarter|neighbou?rhood|area|region|province|governorate|suburb)\b"
)
"""Behind a word for a site: where it is within what lists do have."""
_GROUND: Final = re.compile(r"(?:compound|site|facility|installation|premises|grounds)$")
_GROUND_OF: Final = re.compile(r"\sof\s(?:the\s|an?\s)(?:[\w'’.\-]+\s){0,3}$")
"""Between "the compound" and the mission that it is of."""
_OFF: Final = re.compile(
    r"\s(?:[\w ]{1,20}\s)?(?:half a|a|one|two|three|four|five|six|some|several|\d+(?:\.\d+)?)\s(?:few |hundred |dozen )?(?:km|kilomet\w+|miles?|m|met(?:re|er)s|yards|streets|blocks)\s(?:away|off|farther|further|down|up the)\b"
)
"""Behind a word for a site: it only stands near what was hit, "a school two streets away"."""
_FAR_FROM: Final = re.compile(r"\d\s?(?:km|kms|kilomet\w+|miles|nm)\s(?:[\w\-]+\s){0,2}(?:from|of|off)\s(?:the\s)?$")
"""Before a name: so far away."""
_AS_FAR: Final = re.compile(r"\bas far (?:away )?as (?:the |an? )?(?:[\w\-]+ ){0,2}$")
_SITE_OF: Final = re.compile(r"sites? of\s", re.IGNORECASE)
"""A place where something was or is to be: "the site of a floating pier"."""
_NOUNS: Final = 12
"""So many words for sites of one stretch are looked at."""

_SHARPNESS: Final = 1.2
"""Exponent of the scores before they are normalised (the inverse of a temperature): set so that of candidates given
with probability p a share p is right, on annotated reports."""
_FITTING: Final = 0.45
"""A site whose tenants are others than those told is listed, not given as the one."""
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
    words = [h for h in words if not _OFF.match(scene.body, h.end) and not _OF_A_GROUP.match(scene.body, h.end)]
    words = [h for h in words if not _is_ground_of(scene, h, words)]
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
            if not re.search(r"\b(?:facility|compound|installation|site)\b", h.text) or _SITE_OF.match(
                scene.body, h.start
            ):
                continue
            kinds = _OF_WORKS if scene.body.endswith("plant", 0, h.start - 1) else _OF_PEOPLE
            kinds = kinds - _FIELDS if h.text.endswith("compound") else kinds
        seen.append(h)
        target = _candidates(scene, h, kinds, lo, hi, sentence, whole)
        if target:
            out.append(_of_its_name(scene, h, target))
    if not seen and (at_part := _by_part(scene, lo, hi, sentence, whole)) is not None:
        out.append(at_part)
    return (
        out[:3]
        if len(out) < 2
        or re.search(r"\band\b", scene.body[out[0].span[1] : out[1].span[0]] if out[0].span and out[1].span else "")
        else out[:1]
    )


def _is_ground_of(scene: Scene, h: Hit, words: list[Hit]) -> bool:
    """Whether a word for a site only tells of the ground of one told behind it: "the compound of the Polish consulate"."""
    if _GROUND.search(h.text) is None:
        return False
    return any(
        o.start > h.end and _GROUND_OF.match(scene.body, h.end, o.start) is not None for o in words if o is not h
    )


def _of_its_name(scene: Scene, h: Hit, target: Target) -> Target:
    """What a word for a site describes that stands in a facility's name is that facility: "on the road to Aden Adde airport"."""
    n = next((n for n in named_in(scene, h.start - _LONGEST_NAME, h.start + 1) if n.sure and h.start < n.end), None)
    if n is None or n.facility.id in target.ids:
        return target
    f = n.facility
    if target.facility_id:
        return replace(target, facility_id=f.id, country=f.country, lat=f.lat, lon=f.lon)
    likely = Candidate(facility_id=f.id, probability=target.candidates[0].probability if target.candidates else 0.5)
    return replace(target, candidates=(likely,), country=f.country, lat=f.lat, lon=f.lon)


_LONGEST_NAME: Final = 60
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
    a = asked(scene, h, kinds, lo, hi, sentence, whole)
    scored = fitting(scene, a, lo)
    if not scored or (
        a.bare
        and (a.kinds & {K.MILITARY_BASE, K.OUTPOST, K.OTHER} or sum(1 for x in scored if x.score >= 0.9) not in (1, 2))
    ):
        return None
    top = scored[0].score
    if top < 0.1 or (
        _goes_by_another_name(scene, h, lo) and max(kind_score(k, scored[0].facility.kind) for k in a.kinds) < 1
    ):
        return None
    apart = a.indefinite and told_apart(scene, h, hi)
    parts = a.close_regions - countries().keys()
    if apart and not (a.tenants or a.described or parts or _IN_A_PART.match(scene.body, h.end)):
        return None
    weights = [x.score**_SHARPNESS for x in scored]
    total = sum(weights) + _none_of_them(top)
    ranked = [(w / total, x.facility) for w, x in zip(weights, scored, strict=True)]
    best = ranked[0][1]
    place = place_words(scene.body, lo, hi, list(a.spots), a.country)
    first = top / (sum(x.score for x in scored) + _none_of_them(top))
    alone = _alone([x.score for x in scored]) and (a.definite or _alone([x.unworded for x in scored]))
    clear = (first >= 0.8 and (a.definite or top >= 3)) or (first >= 0.5 and top >= 0.9)
    left_open = a.withheld or apart or one_of_several(scene.body, lo, h.start)
    fits = tenancy(a, best, scene.year) >= _FITTING and not left_open
    if (fits and alone and (clear or best.id in a.cored)) or (
        fits and a.definite and _beyond_doubt([p for p, _ in ranked])
    ):
        return Target(best.id, (), place, best.country, (h.start, h.end), "target.description", best.lat, best.lon)
    kept = [(p, f) for p, f in ranked if p >= min(_PRESENT, ranked[0][0])][:6]
    return Target(
        None,
        tuple(Candidate(facility_id=f.id, probability=round(p, 3)) for p, f in kept),
        place,
        a.country,
        (h.start, h.end),
        "target.description",
        best.lat,
        best.lon,
    )


def _goes_by_another_name(scene: Scene, h: Hit, lo: int) -> bool:
    """Whether names that nobody knows stand before a word for a site: "King Khalid airport" is none of the list."""
    m = _NAME_BEFORE.search(scene.body, max(lo, h.start - 40), h.start)
    if m is None or scene.names_in(m.start(), h.end) or scene.hits_in(m.start(), h.start):
        return False
    return not any(word in towns() or word in countries() for word in fold_name(m[0]).split())


_NAME_BEFORE: Final = re.compile(r"(?<![.!?\n]\s)(?<!^)\b(?:[A-Z][a-z'’\-]+\s){1,3}$")


def _none_of_them(top: float) -> float:
    """The score of what the gazetteer does not have, beside a best one."""
    return 0.3 if top < 1 else 0.15


def _alone(scores: list[float]) -> bool:
    """Whether one score is so far above all others that none of these is present beside it."""
    top = max(scores)
    total = sum(scores) + _none_of_them(top)
    return sum(1 for s in scores if s / total >= min(_PRESENT, top / total)) == 1


def _beyond_doubt(probabilities: list[float]) -> bool:
    """Whether the first candidate leaves the others so far behind that it is the facility."""
    first, second = probabilities[0], probabilities[1] if len(probabilities) > 1 else 0.0
    return first >= (0.6 if second >= _PRESENT else 0.7) and first >= 3 * second


def describe(scene: Scene, start: int, end: int) -> list[Target]:
    """Return the described sites of a stretch, for events told further on."""
    return described_sites(scene, start, end, (start, end))[:1]
