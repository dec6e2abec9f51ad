"""Names that tell where a site stands that has none of its own: beside an airport, in its military part."""

from typing import Final

from schemas.taxonomy import FacilityKind as K
from streams.gazetteer import distance_km
from streams.reading.text import gated as re
from streams.reading.where.bearings import BESIDE
from streams.reading.where.descriptions import described_sites
from streams.reading.where.scene import Named, Scene, Target, named_in


def beside_landmark(scene: Scene, lo: int, hi: int, sentence: tuple[int, int]) -> list[Target]:
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


def military_part(scene: Scene, n: Named) -> Named:
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
