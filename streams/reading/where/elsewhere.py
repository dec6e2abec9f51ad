"""Whether a passage that names no site plays away from the one that its report is about: on a road, or in another place."""

from typing import Final

from schemas.facility import Facility
from schemas.taxonomy import FacilityKind as K
from schemas.taxonomy import ThreatType as Y
from streams.gazetteer import distance_km
from streams.reading.text import gated as re
from streams.reading.text.normal import fold_name
from streams.reading.text.tables import filled, table
from streams.reading.what.cues import countries, words
from streams.reading.where.places import NOT_PLACES, PARTS, dateline, named_site, nearest_km
from streams.reading.where.scene import Scene, named_in, of_speaker

UNDER_WAY: Final = re.compile(
    r"\bon (?:its|their|his|her|the) way (?:back |home |up |down |over )?(?:to|from|through|between|home|back)\b|\bon the (?:road|track|highway) (?:to|from|between|out of)\b"
    r"|\b(?:was|were|been) (?:travelling|traveling|driving|riding|(?:heading|headed|bound)(?! (?:for|towards?) the (?:base|camp|airport|port|plant|site|embassy)\b)|returning|escorting|walking|cycling|marching) (?:back |home |north|south|east|west)?\w{0,5}\s?(?:to|from|for|through|along|between|home|towards?)\b"
    r"|\b(?:killed|shot|ambushed|attacked|hit|injured|wounded) (?:on|while on|during|while) (?:a )?patrol\b|\bas (?:they|it|he|she) (?:drove|rode|passed|crossed|walked)\b",
    re.IGNORECASE,
)
"""Those who were met were between places: what hit them did not hit the site told of."""
_NAME: Final = r"(?:(?:al|el|ar|as|ez)-)?[A-Z][\w'’]+(?:-[A-Z][\w'’]+)*(?:\s(?:al-)?[A-Z][\w'’]+(?:-[A-Z][\w'’]+)*)?"
_SETTLED: Final = r"(?:village|town|city|suburb|quarter|district|station|school|hamlet|island|market|outskirts)\sof\s"
_PLAYS: Final = re.compile(
    filled(
        r"(?:\b(?:[Ii]n|[Aa]t|[Nn]ear|[Nn]r\.?|[Oo]utside|[Ii]nside|[Pp]assing|[Pp]ast|[Bb]eyond|[Bb]elow|[Aa]bove|[Oo]ff|[Bb]eside|[Tt]owards?|[Tt]urn of|struck|hit|shelled|bombed|raided|(?:put|set) out from)"
        r"\s(?:the\s)?(?:(?:[a-z]+\s)?<settled>)?"
        r"|(?<=the\s)(?:district\s)?<settled>|\b(?:[Vv]illage|[Tt]own|(?:people|victims|residents|villagers|inhabitants|families|dead) of)\s"
        r"|(?:,|\b[Oo]n|\b[Aa]long)\s(?:the\s)?(?=<called>\s(?:rd|road|[Ss]treet|[Aa]venue|[Hh]ighway)\b))"
        r"(?P<name><called>)(?!\w|-[a-z])(?P<more>\s+of\b|,?\s(?:said|says|told)\b)?",
        {"called": _NAME, "settled": _SETTLED},
    )
)
"""A place said outright, be it in no list of towns: "below Ulang", "the town of Meluco", "village Kuac", "on the Palma road"."""
_WHOSE: Final = re.compile(r"['’]s\b")
_NO_PLACE: Final = PARTS | frozenset(words(table("sites.toml")["no_place"]["words"]))
_VENUE: Final = re.compile(
    filled(
        r"\b(?:at|in|into|outside|inside|near|beside|on|hit|struck|through)\s(?:an?|the|his|her|their)\s(?!(?:fuel|tank)\s)(?:[\w\-]+\s)?(?:<venues>)\b",
        {"venues": "|".join(words(table("sites.toml")["venue"]["words"]))},
    )
)
_WITH_VENUES: Final = frozenset({K.DETENTION, K.UN_COMPOUND})
"""Sites that are towns of their own."""
AWAY_KM: Final = 40.0
"""Farther than so, a place is not the site's."""


def plays_elsewhere(scene: Scene, lo: int, end: int, site: Facility) -> bool:
    """Whether an event that names no site plays among people under way, or in a place that is not the site's.

    Parameters
    ----------
    scene
        The report.
    lo
        Where its paragraph begins.
    end
        Where the event ends.
    site
        What the report is about.
    """
    named = [n.end for n in named_in(scene, lo, end) if n.facility.id == site.id]
    if UNDER_WAY.search(scene.body, named[-1] if named else lo, end) is not None:
        return True
    if named:
        return False
    if (dated_from := dateline(scene.body, lo, len(scene.body))) is not None:
        lo = dated_from.end
    if places := [name for m in _PLAYS.finditer(scene.body, lo, end) if (name := _place(scene, m))]:
        return not _belongs(scene, places[-1], site)
    spots = [s for s in scene.spots_in(lo, end, site.country) if not of_speaker(scene.body, s.start, lo)]
    return bool(spots) and nearest_km(site.lat, site.lon, spots) > AWAY_KM


def at_a_venue(scene: Scene, start: int, end: int, site: Facility) -> bool:
    """Whether an event that names no place happened at a market, on a road: at none of the sites that are no towns of their own."""
    return site.kind not in _WITH_VENUES and _VENUE.search(scene.body, start, end) is not None


def at_another_site(scene: Scene, start: int, end: int, site: Facility) -> bool:
    """Whether an event names a site in another town, be it in no list: "Tikrit air base"."""
    named = named_site(scene.body, start, end)
    if named is None or named.lat is None or named.lon is None:
        return False
    return distance_km(named.lat, named.lon, site.lat, site.lon) > AWAY_KM


def off_the_site(body: str, lo: int, end: int, deed: Y) -> bool:
    """Whether a deed of the ground is told some way off: "culvert, 7 km E"; what flies comes down or starts far from its target."""
    return deed in _ON_THE_GROUND and _OFF.search(body, lo, end) is not None


def streets_away(body: str, start: int, end: int) -> bool:
    """Whether a clause says that it happened in another street, or at the other end of one."""
    return _STREETS_AWAY.search(body, start, end) is not None


_STREETS_AWAY: Final = re.compile(
    r"\b(?:one|two|three|four|five|several|some|a few|\d+)\s(?:streets?|blocks?|houses)\s(?:away|off|down|further|along)\b|\bat the other end of\b|\bon the other side of (?:the )?(?:town|city)\b|\bacross (?:the )?(?:town|city)\b"
)


_ON_THE_GROUND: Final = frozenset({Y.IED, Y.SMALL_ARMS, Y.GROUND_ASSAULT, Y.KIDNAPPING, Y.VEHICLE_BOMB, Y.OTHER})
_OFF: Final = re.compile(
    r"\b(?:[3-9]|\d{2,3})(?:\.\d)?\s?(?:km|kms|kilomet\w+|miles?)\s(?:to the\s)?(?:[NSEW]{1,3}\b|(?:north|south|east|west)\w*)"
)


def _place(scene: Scene, m: re.Match[str]) -> list[str]:
    """The words of a name behind a word of place; none where it is a day, state, body, code, speaker's place or part of a site."""
    name = _WHOSE.sub("", m["name"])
    if m["more"] or len(name) < 4 or name.isupper() or any(c.isdigit() for c in name):
        return []
    at, told = m.start("name"), fold_name(name).split()
    if not told or told[0] in NOT_PLACES or not _NO_PLACE.isdisjoint(told):
        return []
    if told[0] in countries() or " ".join(told) in countries():
        return []
    if any(h.classes.tenants for h in scene.hits_in(at, m.end("name"))) or of_speaker(scene.body, at, 0):
        return []
    return told


def _belongs(scene: Scene, place: list[str], site: Facility) -> bool:
    """Whether a place is the one that a site is named for, or one that it is said to lie in or near."""
    parts = {" ".join(place[i:j]) for i in range(len(place)) for j in range(i + 1, len(place) + 1)}
    if any(site.id in scene.lexicon.by_core.get(part, ()) for part in parts):
        return True
    return any(f" {part} " in f" {region} " for part in parts for region in scene.lexicon.regions[site.id])
