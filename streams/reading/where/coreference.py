"""Of "the base" after a base was named: which one of those told before a word for a site comes back to."""

from dataclasses import replace
from typing import Final

from schemas.facility import Facility
from schemas.taxonomy import FacilityKind as K
from streams.reading.text import gated as re
from streams.reading.what.cues import Hit
from streams.reading.where.apart import told_apart
from streams.reading.where.descriptions import OTHER_THING, describe
from streams.reading.where.elsewhere import AWAY_KM, plays_elsewhere
from streams.reading.where.headed import above, called_after
from streams.reading.where.places import nearest_km
from streams.reading.where.scene import Named, Scene, Target, named_in, of_speaker, origin
from streams.reading.where.sites import OF_STATES, kind_score, kind_words


def coreference(scene: Scene, start: int, end: int, back: tuple[int, int]) -> Target | None:
    """The last facility named before, or sending, of a kind that a definite word for a site may mean; None where none comes back.

    Parameters
    ----------
    scene
        The report.
    start, end
        The stretch that speaks of a site.
    back
        A stretch before, in which it may have been named.
    """
    definite = _definite(scene, start, end)
    pool = _named_before(scene, start, end, back) if definite else []
    for h in definite:
        kinds = kind_words().get(h.text)
        for n in reversed(pool):
            if not _may_be(n.facility, h.text, kinds):
                continue
            if n.start < scene.line and (nearer := _described_before(scene, start, kinds)) is not None:
                return nearer
            if n.start < scene.line and plays_elsewhere(scene, scene.line, end, n.facility):
                continue
            return _at_the_place_told(scene, h, n, start) or Target.at(
                n.facility, (h.start, h.end), "target.coreference"
            )
        own = scene.source_site
        if not pool and own is not None and _is_their_own(own, h.text, kinds):
            return Target.at(own, (h.start, h.end), "target.sender")
    return None


def _definite(scene: Scene, start: int, end: int) -> list[Hit]:
    """The words for sites that the reader is to know: "the base"; none where the first says whose it is, or is one of several."""
    body = scene.body
    words = [h for h in scene.hits_in(start, end) if h.classes.site and not OTHER_THING.match(body, h.end)]
    words = [h for h in words if h.text in kind_words()] or words
    if not words:
        return []
    first = words[0]
    left, stop = max(start, first.start - _BEFORE), _STOP.search(body[first.end : first.end + _BEHIND])
    right = first.end + (stop.start() if stop else _BEHIND)
    if any(x.classes.tenants for x in scene.hits_in(left, min(end, right))):
        return []
    if _INDEFINITE.search(body[left : first.start]):
        return []
    before = ((h, body[max(start, h.start - _BEFORE) : h.start]) for h in words)
    definite = [h for h, told in before if _DEFINITE.search(told) and not _BY_NAME.search(told)]
    return [h for h in definite if not told_apart(scene, h, end)]


_BEFORE: Final = 30
"""Characters before a word for a site, and"""
_BEHIND: Final = 50
"""behind it, that speak of the site."""
_MEMORY: Final = 50
"""So many names back "the base" may point."""
_SAME_KIND: Final = 0.3
"""How alike the kind that a word tells and a facility's must be."""
_STOP: Final = re.compile(r"[,.;:]")
_INDEFINITE: Final = re.compile(
    r"\b(?:(?:an?|two|some|another)|one(?: of (?:the|its|their))?)\s+(?:[\w\-]+\s+){0,2}$", re.IGNORECASE
)
"""Before a word for a site: it is none that was told of."""
_DEFINITE: Final = re.compile(
    r"\b(?:the|same|this|that|its|our|main|naval|runway|outer)\s+(?:[\w'’\-]+\s+){0,2}$", re.IGNORECASE
)
"""Before it: it is one that was told of, or that everybody there knows."""
_BY_NAME: Final = re.compile(r"\b(?:[Tt]he|[Ss]ame|[Tt]his|[Tt]hat)\s+[A-Z][\w\-]+\s+(?:\w+\s+)?$")
"""Before it: it has a name of its own."""


def _named_before(scene: Scene, start: int, end: int, back: tuple[int, int]) -> list[Named]:
    """The facilities to which a stretch may come back: named behind the heading, near the places that it tells."""
    pool = named_in(scene, back[0], start)[-_MEMORY:]
    if scene.opens_strangely:
        pool = [n for n in pool if n.start >= scene.line]
    if (heading := above(scene)) is not None:
        pool = [heading, *(n for n in pool if n.start > heading.start)]
    spots = scene.spots_in(start, end, None) if pool else []
    spots = [s for s in spots if not of_speaker(scene.body, s.start, start)]
    if not spots and scene.heading is not None:
        spots = [scene.heading]
    return [n for n in pool if nearest_km(n.facility.lat, n.facility.lon, spots) < AWAY_KM] if spots else pool


def _may_be(site: Facility, word: str, kinds: frozenset[K] | None) -> bool:
    """Whether a word for a site may mean a facility: by its kind, or as it is called."""
    return _of_kind(site, kinds) or _is_called(site, word)


def _of_kind(site: Facility, kinds: frozenset[K] | None) -> bool:
    return kinds is None or any(kind_score(k, site.kind) >= _SAME_KIND for k in kinds)


def _is_their_own(site: Facility, word: str, kinds: frozenset[K] | None) -> bool:
    """Whether a word for a site may be that of those who tell it: "the camp" of its management; missions speak of their whole country."""
    return site.kind not in OF_STATES and (_is_called(site, word) or _of_kind(site, kinds or frozenset()))


def _at_the_place_told(scene: Scene, h: Hit, n: Named, start: int) -> Target | None:
    """Of "the airport", where a place with one of its own was spoken of since another was named: "The case of Aden is instructive"."""
    places = [
        x for x in scene.names_in(n.end, start) if "id_core" in x.classes and not origin(scene.body, x.start, n.end)
    ]
    places = [x for x in places if not of_speaker(scene.body, x.start, n.end)]
    ids = called_after(scene, {x.text for x in places[-1:]}, h)
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
    fit = [t for t in told if t.facility_id and _of_kind(by_id[t.facility_id], kinds)]
    return replace(fit[-1], rule="target.coreference") if fit else None
