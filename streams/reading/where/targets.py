"""Resolves what a passage speaks of as a site: to a facility by name, by what was named before, or by description.

A name that needs context counts only with its country around and a word for a site.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from schemas.facility import Facility
from schemas.taxonomy import FacilityKind as K
from streams.gazetteer import distance_km
from streams.reading.text import gated as re
from streams.reading.what.cues import Hit
from streams.reading.where.apart import told_apart
from streams.reading.where.bearings import BESIDE
from streams.reading.where.descriptions import OTHER_THING, describe, described_sites
from streams.reading.where.elsewhere import AWAY_KM, plays_elsewhere
from streams.reading.where.landmarks import landmark
from streams.reading.where.places import Spot, named_site, nearest_km, says_where
from streams.reading.where.scene import Named, Scene, Target, named_in, of_speaker, origin
from streams.reading.where.sites import OF_STATES, kind_score, kind_words

_MEMORY: Final = 50
"""So many names back "the base" may point."""


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
        if (lo, hi) != (start, end) and (_own_place(scene, start, end) or named_site(scene.body, start, end)):
            break
        if landmarks := _beside_landmark(scene, lo, hi, sentence):
            return landmarks
        named = [n for n in named_in(scene, lo, hi) if not origin(scene.body, n.start, lo)]
        named = [n for n in named if not of_speaker(scene.body, n.start, lo)] or named
        if named:
            sure = [n for n in named if n.sure] or named
            behind = [n for n in sure if n.start >= after] or sure
            if sure[0].sure or not described_sites(scene, lo, hi, sentence):
                return [_of_named(_military_part(scene, _at_its_place(scene, n))) for n in _sites_once(scene, behind)]
        if (there := of_the_heading(scene, lo, hi)) is not None:
            return [there]
        if (coref := _coref(scene, lo, hi, back)) is not None:
            return [coref]
        described = described_sites(scene, lo, hi, sentence)
        if described and not says_where(scene.body, lo, hi):
            described = near_heading(scene, described)
        if (lo, hi) != (start, end):
            described = [t for t in described if _of_the_clause(scene, start, end, t)]
        if described:
            return described
    if (at := landmark(scene, start, end)) is not None:
        return [at]
    far = [n for n in named_in(scene, start, end) if n.sure and _SO_FAR.search(scene.body, start, n.start)]
    return [] if far and says_where(scene.body, start, far[0].start) else [_of_named(n) for n in far]


_SO_FAR: Final = re.compile(r"(?:km|kms|kilomet\w+|miles?)\s(?:from|outside)\s(?:the\s)?$")
"""Before the name of a site, where no other is told: what happened so far away still concerns it."""


def near_heading(scene: Scene, described: list[Target]) -> list[Target]:
    """Descriptions without those that were taken for sites far from the site or town that their item or section is about."""
    above = _above(scene) if described else None
    at = above.facility if above is not None else scene.heading
    if at is None:
        return described
    by_id = scene.lexicon.gazetteer.by_id
    return [
        t for t in described if any(distance_km(by_id[i].lat, by_id[i].lon, at.lat, at.lon) <= _ABOUT for i in t.ids)
    ]


def _of_the_clause(scene: Scene, start: int, end: int, t: Target) -> bool:
    """Whether a site that the rest of a sentence describes may be the one that its clause speaks of: "a hospital" is no airport."""
    by_id = scene.lexicon.gazetteer.by_id
    return not t.ids or any(not of_another_kind(scene, start, end, by_id[i]) for i in t.ids)


_ABOUT: Final = 90.0
"""Kilometres from the site or town of a heading to a site described under it."""


def _above(scene: Scene) -> Named | None:
    """The facility that the heading of what is being read names or describes: "SANAA, former US embassy. On 6 June ..."."""
    if (named := scene.named_above) is not None or (span := scene.ahead) is None:
        return named
    told = [t for t in describe(scene, *span) if t.facility_id]
    if not told or told[0].facility_id is None:
        return None
    return Named(*span, scene.lexicon.gazetteer.by_id[told[0].facility_id], sure=True)


def of_the_heading(scene: Scene, lo: int, hi: int) -> Target | None:
    """The facility whose name is made of a place in the heading and a word for a site: "Kidal. One rocket, at the airport"."""
    lex, heads, told = scene.lexicon, (scene.heading, scene.ahead), scene.countries_in(lo, hi)
    spans = {(at.start, at.end) if isinstance(at, Spot) else at for at in heads if at is not None}
    places = {x.text for span in spans for x in scene.names_in(*span) if "id_core" in x.classes}
    if not places or says_where(scene.body, lo, hi):
        return None
    words = [h for h in scene.hits_in(lo, hi) if h.classes.site and not OTHER_THING.match(scene.body, h.end)]
    for h in words[:1]:
        ids = _called_after(scene, places, h)
        if len(ids) == 1 and ((f := lex.gazetteer.by_id[ids.pop()]).country in told or not told):
            part = _of_named(_military_part(scene, Named(h.start, h.end, f, sure=True)))
            return replace(part, rule="target.heading")
    return None


def _called_after(scene: Scene, places: set[str], h: Hit) -> set[str]:
    """The facilities whose names are made of one of some places and a word for a site."""
    word = h.text.removeprefix("the ")
    return {i for place in places for i, _ in scene.lexicon.name_ids.get(f"{place} {word}", ())}


def _beside(site: Facility, spots: list[Spot]) -> bool:
    """Whether a facility lies near one of the places told."""
    return nearest_km(site.lat, site.lon, spots) < AWAY_KM


def _own_place(scene: Scene, start: int, end: int) -> bool:
    """Whether a clause says where, without a word for a site."""
    site = any(h.classes.site for h in scene.hits_in(start, end))
    return not site and (says_where(scene.body, start, end) or _A_TOWN.search(scene.body, start, end) is not None)


_A_TOWN: Final = re.compile(
    r"\b(?:a|an|the|border|frontier|nearby|neighbouring)\s(?:[a-z\-]+\s)?(?:town|village|city|suburb|hamlet)\b|^(?:border|frontier) (?:town|village)\b"
)
"""A place that is spoken of without its name: "a village near the frontier"."""


def _beside_landmark(scene: Scene, lo: int, hi: int, sentence: tuple[int, int]) -> list[Target]:
    """Of “A facility housing US advisers at Baghdad airport”: the name is where, not what; with what is coordinated to it."""
    body = scene.body
    landmark = next(
        (
            n
            for n in named_in(scene, lo, hi)
            if _BESIDE_NAME.search(body, max(lo, n.start - 110), n.start)
            or _AT_NAME.search(body, max(lo, n.start - 110), n.start)
            or (n.facility.kind is K.AIRPORT and _OTHERS_AT.search(body, max(lo, n.start - 110), n.start))
        ),
        None,
    )
    if landmark is None:
        return []
    at = landmark.facility
    found = described_sites(scene, lo, hi, sentence)
    beside = any(
        t.lat is not None and t.lon is not None and distance_km(t.lat, t.lon, at.lat, at.lon) < 25 for t in found
    )
    return found if beside else []


_BY_NAME: Final = (
    r"(?:facility|compound|base|site|installation|outpost|complex|camp|position|cent(?:re|er)|mission)\s"
    r"(?:(?!and\b|or\b|at\b|in\b)[\w'’.\-]+\s){0,6}?"
)
"""A word for a site, and what is said of it before the name of another."""
_BESIDE_NAME: Final = re.compile(rf"\b{_BY_NAME}{BESIDE}\s(?:the\s)?$")
_AT_NAME: Final = re.compile(
    rf"\b(?:[Aa]n?|[Aa]nother|[Oo]ne)\s(?:[\w'’.\-]+\s){{0,3}}{_BY_NAME}(?:at|inside)\s(?:the\s)?$"
)
_OTHERS_AT: Final = re.compile(rf"\b(?:[Cc]oalition|U\.?S\.?|American|diplomatic)\s(?:\w+\s)?{_BY_NAME}at\s(?:the\s)?$")
"""Before a name: it tells where a site is that has none, "a base that houses advisers at ...", "the compound beside ..."."""


def _military_part(scene: Scene, n: Named) -> Named:
    """The air base of an airport where the text says its military part, or the base next to it."""
    body = scene.body
    if n.facility.kind is not K.AIRPORT or not (
        _MILITARY_PART.search(body, max(0, n.start - 60), n.start) or _BASE_BESIDE_IT.match(body, n.end, n.end + 200)
    ):
        return n
    gazetteer = scene.lexicon.gazetteer
    site = gazetteer.site_of(n.facility.id)
    base = next((f for f in gazetteer.members(site or "") if f.kind in (K.AIR_BASE, K.MILITARY_BASE)), None)
    return Named(n.start, n.end, base, n.sure) if base else n


_MILITARY_PART: Final = re.compile(r"\bmilitary (?:part|side|section|wing|area|end|zone|half)\b[^.]{0,40}$")
_BASE_BESIDE_IT: Final = re.compile(
    r"['’]s?\smilitary (?:part|side|section|wing|area|end|zone|half)\b"
    rf"|[^.]{{0,160}}(?<!\bof)\s(?:the|an?)\s(?:\w+\s){{0,2}}base {BESIDE} it\b"
)
"""Before an airport's name, and behind it: its military part is meant."""


def _at_its_place(scene: Scene, n: Named) -> Named:
    """Of "the UNMISS base at Bentiu", where "UNMISS base" alone is the name of another: the one that is there."""
    lex = scene.lexicon
    for x in scene.names_in(n.end, n.end + 24):
        if "id_core" in x.classes and re.fullmatch(
            r"\s(?:(?:base|camp|compound|hub|site|headquarters|mission|embassy|post)\s)?(?:(?:at|in)\s)?",
            scene.body[n.end : x.start],
        ):
            there = [lex.gazetteer.by_id[i] for i in lex.by_core[x.text] if i != n.facility.id]
            there = [f for f in there if kind_score(n.facility.kind, f.kind) >= 0.5]
            own = n.facility.id in lex.by_core[x.text]
            if len(there) == 1 and not own:
                return Named(n.start, x.end, there[0], sure=True)
    return n


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
    return Target.at(n.facility, (n.start, n.end), "target.name")


def _coref(scene: Scene, start: int, end: int, back: tuple[int, int]) -> Target | None:
    """Of “The base” after a base was named: the last one named before, of a kind that the word may mean."""
    words = [h for h in scene.hits_in(start, end) if h.classes.site and not OTHER_THING.match(scene.body, h.end)]
    words = [h for h in words if h.text in kind_words()] or words
    if not words:
        return None
    stop = re.search(r"[,.;:]", scene.body[words[0].end : words[0].end + 50])
    right = words[0].end + (stop.start() if stop else 50)
    left = max(start, words[0].start - 30)
    if any(x.classes.tenants for x in scene.hits_in(left, min(end, right))):
        return None
    if re.search(
        r"\b(?:(?:an?|two|some|another)|one(?: of (?:the|its|their))?)\s+(?:[\w\-]+\s+){0,2}$",
        scene.body[left : words[0].start],
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
    definite = [h for h in definite if not told_apart(scene, h, end)]
    pool = named_in(scene, back[0], start)[-_MEMORY:]
    if scene.opens_strangely:
        pool = [n for n in pool if n.start >= scene.line]
    if (above := _above(scene)) is not None:
        pool = [above, *(n for n in pool if n.start > above.start)]
    spots = scene.spots_in(start, end, None) if pool else []
    spots = [s for s in spots if not of_speaker(scene.body, s.start, start)]
    if not spots and scene.heading is not None:
        spots = [scene.heading]
    if spots:
        pool = [n for n in pool if _beside(n.facility, spots)]
    for h in definite:
        kinds = kind_words().get(h.text)
        for n in reversed(pool):
            fits = kinds is None or any(kind_score(k, n.facility.kind) >= 0.3 for k in kinds)
            if fits or _is_called(n.facility, h.text):
                if n.start < scene.line and (nearer := _described_before(scene, start, kinds)) is not None:
                    return nearer
                if n.start < scene.line and plays_elsewhere(scene, scene.line, end, n.facility):
                    continue
                if (there := _at_the_place_told(scene, h, n, start)) is not None:
                    return there
                return Target.at(n.facility, (h.start, h.end), "target.coreference")
        if not pool and (own := scene.source_site) is not None and _is_their_own(own, h.text, kinds):
            return Target.at(own, (h.start, h.end), "target.sender")
    return None


def _is_their_own(site: Facility, word: str, kinds: frozenset[K] | None) -> bool:
    """Whether a word for a site may be that of those who tell it: "the camp" of its management; missions speak of their whole country."""
    fits = _is_called(site, word) or any(kind_score(k, site.kind) >= 0.3 for k in kinds or ())
    return fits and site.kind not in OF_STATES


def _at_the_place_told(scene: Scene, h: Hit, n: Named, start: int) -> Target | None:
    """Of "the airport", where a place with one of its own was spoken of since another was named: "The case of Aden is instructive"."""
    places = [
        x for x in scene.names_in(n.end, start) if "id_core" in x.classes and not origin(scene.body, x.start, n.end)
    ]
    places = [x for x in places if not of_speaker(scene.body, x.start, n.end)]
    ids = _called_after(scene, {x.text for x in places[-1:]}, h)
    if len(ids) != 1 or n.facility.id in ids:
        return None
    return Target.at(scene.lexicon.gazetteer.by_id[ids.pop()], (h.start, h.end), "target.place-and-site")


def _is_called(facility: Facility, word: str) -> bool:
    """Whether a word for a site stands in a facility's name, of whatever kind it is: "the camp" of Rukban camp."""
    return any(word in name.lower().split() for name in (facility.name, *facility.aliases))


def _described_before(scene: Scene, start: int, kinds: frozenset[K] | None) -> Target | None:
    """Of "the compound", where its paragraph has described a site: that one, rather than one named in an earlier paragraph."""
    told = describe(scene, scene.line, start) if scene.line < start else []
    by_id = scene.lexicon.gazetteer.by_id
    fit = [
        t
        for t in told
        if t.facility_id and (kinds is None or any(kind_score(k, by_id[t.facility_id].kind) >= 0.3 for k in kinds))
    ]
    return replace(fit[-1], rule="target.coreference") if fit else None


def under_heading(scene: Scene) -> list[Target]:
    """The facility that the heading above names."""
    above = _above(scene)
    return [replace(_of_named(above), rule="target.heading")] if above is not None else []


def last_named(scene: Scene, lo: int, hi: int) -> Target | None:
    """The last facility named in a stretch, for an event that names none."""
    pool = [n for n in named_in(scene, lo, hi) if n.sure and not origin(scene.body, n.start, lo)]
    return _of_named(pool[-1]) if pool else None


def named_alone(scene: Scene, fragments: Iterable[tuple[int, ...]]) -> list[Target]:
    """The facility that one of some fragments is the name of, and nothing else: "2 rockets, 1 hit. FOB Union III."."""
    for start, end, *_ in fragments:
        for n in named_in(scene, start, end):
            around = scene.body[start : n.start] + scene.body[n.end : end]
            if not _WORDS_AROUND.sub("", around):
                return [_of_named(n)]
    return []


_WORDS_AROUND: Final = re.compile(r"\b(?:at|in|the|loc|location|place|site|fob|cob|camp|base)\b|[\W_]+", re.IGNORECASE)


def of_another_kind(scene: Scene, start: int, end: int, site: Facility) -> bool:
    """Whether a clause speaks of a site, and of none that may be this one: "the embassy" is no camp."""
    words = [h for h in scene.hits_in(start, end) if h.classes.site and h.text in kind_words()]
    words = [h for h in words if not OTHER_THING.match(scene.body, h.end)]
    words = [h for h in words if not _TAKEN_TO.search(scene.body, max(start, h.start - 40), h.start)]
    kinds = {k for h in words for k in kind_words()[h.text]}
    return bool(words) and not any(kind_score(k, site.kind) > 0 or kind_score(site.kind, k) > 0 for k in kinds)


_TAKEN_TO: Final = re.compile(
    r"\b(?:taken|brought|rushed|driven|flown|carried|sent|evacuated|moved|treated|died|recovering)\s(?:(?:away|back|later)\s)?(?:to|in|at)\s(?:[\w\-]+\s){0,3}$"
)
"""Before a word for a site: those who were hurt came there."""
