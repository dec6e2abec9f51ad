"""Whether a passage that names no site plays away from the one that its report is about: on a road, or in another place."""

from typing import Final

from schemas.facility import Facility
from streams.gazetteer import distance_km
from streams.reading.text import gated as re
from streams.reading.text.normal import fold_name
from streams.reading.what.cues import countries
from streams.reading.where.places import NOT_PLACES
from streams.reading.where.scene import Scene, named_in

_UNDER_WAY: Final = re.compile(
    r"\bon (?:its|their|his|her|the) way (?:back |home |up |down |over )?(?:to|from|through|between|home|back)\b|\bon the (?:road|track|highway) (?:to|from|between|out of)\b"
    r"|\b(?:was|were|been) (?:travelling|traveling|driving|riding|heading|headed|bound|returning|escorting|walking|cycling|marching) (?:back |home |north|south|east|west)?\w{0,5}\s?(?:to|from|for|through|along|between|home|towards?)\b"
    r"|\b(?:killed|shot|ambushed|attacked|hit|injured|wounded) (?:on|while on|during|while) (?:a )?patrol\b|\bas (?:they|it|he|she) (?:drove|rode|passed|crossed|walked)\b",
    re.IGNORECASE,
)
"""Those who were met were between places: what hit them did not hit the site told of."""
_PLAYS: Final = re.compile(
    r"\b(?:[Ii]n|[Nn]ear|[Oo]utside|[Pp]assing|[Tt]urn of|[Bb]eyond)\s+(?P<name>(?:al-|el-|ar-|as-|ez-)?[A-Z][\w'’]+(?:-[A-Z][\w'’]+)*)(?!\s(?:[A-Z]|at|said|says|of)\b)"
)
"""A place said outright, be it in no list of towns."""
AWAY_KM: Final = 40.0
"""Farther than so, a place is not the site's."""


def plays_elsewhere(scene: Scene, lo: int, start: int, end: int, site: Facility) -> bool:
    """Whether an event that names no site plays among people under way, or in a place that is not the site's.

    Parameters
    ----------
    scene
        The report.
    lo
        Where its paragraph begins.
    start, end
        The event.
    site
        What the report is about.
    """
    if any(n.facility.id == site.id for n in named_in(scene, lo, end)):
        return False
    if _UNDER_WAY.search(scene.body, lo, end) is not None:
        return True
    if scene.dateline is not None and scene.dateline.start >= lo:
        lo = scene.dateline.end
    if spots := scene.spots_in(lo, end, site.country):
        return min(distance_km(site.lat, site.lon, s.lat, s.lon) for s in spots) > AWAY_KM
    return any(_strange(scene, fold_name(m["name"]), site) for m in _PLAYS.finditer(scene.body, lo, start))


def _strange(scene: Scene, name: str, site: Facility) -> bool:
    """Whether a name is that of a place which has nothing to do with a site."""
    if name in NOT_PLACES or countries().get(name) is not None:
        return False
    return site.id not in scene.lexicon.by_core.get(name, ()) and name not in scene.lexicon.regions[site.id]
