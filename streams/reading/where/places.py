"""Finds where a passage plays when it is no facility: towns, "12 km north of ...", positions written out.

Towns are GeoNames' (CC BY 4.0), reduced by `data/build_towns.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from schemas.mention import Place
from streams.gazetteer import distance_km
from streams.reading.text import gated as re
from streams.reading.text.normal import fold_name
from streams.reading.text.tables import table
from streams.reading.what.cues import words
from streams.reading.what.striking import STRIKES
from streams.reading.where.positions import mask, positions, reach, within
from streams.reading.where.towns import km_offset, towns

_CAPITALISED: Final = re.compile(
    rf"\b(?P<prep>[Ii]n|[Nn]ear|[Aa]t|of|[Oo]utside|[Aa]round|[Oo]n|[Oo]ff|toward|towards|[Ff]rom|to|[Oo]ver|beside|into|through|for|between|and|{STRIKES}|[Nn]orth|[Ss]outh|[Ee]ast|[Ww]est)\s+(?:the\s+)?(?:(?:village|town|city|port|district|outskirts|edge|suburb|island|province|governorate|locality)\s+of\s+|(?:village|town|city)\s+)?"
    r"(?P<name>(?:(?:al|el|as|ar|ad|an|ash|az|at)-)?[A-Z#][\w'’\-]+(?:\s+(?:[A-Z][\w'’\-]+|al-\w+|ez-\w+|el-\w+|de|of)){0,3})"
)
_HEADING: Final = re.compile(r"(?P<name>[A-Z][\w'’\-]+(?:\s[A-Z][\w'’\-]+){0,2})(?=[.:,])")
_ITEM_HEADING: Final = re.compile(
    r"(?:[-+*•\s(]*\(?\w{0,2}[.):]\s+|[-+*•]\s+)?(?:[\[(]?\d{1,2}[:.h]?\d{2}(?:\s?(?:UTC|GMT|hrs|hours|h|L|Z|am|pm))?[\])]?[\s,:–—-]+)?(?:(?:On\s+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\d{1,2}(?:[-–]\d{1,2})?\s+[A-Z][a-z]+|[A-Z][a-z]+\s+\d{1,2})[\s,.:–—-]+)?"
    r"(?P<name>[A-Z][\w'’\-]+(?:\s[A-Z][\w'’\-]+){0,2})(?=\s*[.:,(–—]|\s-\s|\s(?:again|road|area)\b)"
)
"""An item that begins with where it plays: "Kyiv. ...", "* April 11 - Aden: ...", "2) Gao, Thursday: ..."."""
_RUN_IN: Final = re.compile(
    r"(?:[-+*•\s(]*\(?\w{0,2}[.):]\s+|[-+*•]\s+)?(?:\d{1,2}\s[A-Z][a-z]{2,8}[.,:]\s)?"
    r"(?P<words>[A-Z][^\n.:;!?]{2,58}(?:\.\s[A-Z][^\n.:;!?]{1,40}(?=:\s)|\.\s\d{1,2}\s[A-Z][^\n.:;!?]{1,58}(?=:\s))?)[.:]\s"
)
_TELLS: Final = re.compile(
    r"\b(?:was|were|is|are|has|have|had|hit|struck|no|not|nil|said|fell|came|went|on|from|by)\b|\w{3,}ed\b"
)
"""What makes a sentence of the words that an item opens with."""
_DATELINE: Final = re.compile(
    r"(?P<name>[A-Z][A-Z'’\-]+(?:\s[A-Z'’\-]+){0,2})(?:,\s[\w .]{2,20}){0,2}(?:\s\([\w .\-]{2,30}\))?\s+[-–—]\s"
)
_BEARING: Final = re.compile(
    r"(?P<n>\d+(?:\.\d+)?|some \d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)\s*(?P<unit>km|kms|kilomet(?:re|er)s?|miles?|nm|NM|nmi|nautical miles?|KM|NAUTICAL MILES)\s+(?:to the\s+)?(?P<dir>(?:north|south)?[- ]?(?:east|west|north|south)|[NSEW]{1,3}|(?:NORTH|SOUTH)?[- ]?(?:EAST|WEST|NORTH|SOUTH))\s+(?:of|OF)\s+(?P<name>[A-Z][\w'’\-]+(?:\s+[A-Z][\w'’\-]+){0,2})"
)
_DIRECTION: Final = {"n": 0, "ne": 45, "e": 90, "se": 135, "s": 180, "sw": 225, "w": 270, "nw": 315}
_PLACE_PHRASE: Final = re.compile(
    r"(?:\b(?:about\s+)?\d+(?:[.,]\d+)?\s*(?:(?:km|miles?|kilomet\w+)\s+[\w\-]+\s+of|(?:NM|nmi?|nautical\s+miles?)\s+(?:[\w\-]+\s+of|off|from))\s+|\b(?:[Nn]ear|[Oo]utside|[Nn]orth of|[Ss]outh of|[Ee]ast of|[Ww]est of|edge of|[Oo]ff|beside)\s+(?:the\s+)?(?:village\s+of\s+|town\s+of\s+|city\s+of\s+)?|\bbetween\s+[A-Z][\w'’\-]+\s+and\s+|\b(?:port|airport|camp|base|hospital|district)\s+of\s+|\b(?:[Ii]n|[Oo]n|[Aa]t|[Aa]round|through|via|towards?)\s+(?:the\s+)?(?:village of\s+|town of\s+)?|\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]n)\s+the\s+[a-z\-]+\s+(?:of|at|near)\s+|\bthe (?:[a-z\-]+ )?(?:village|town|city|suburb|district|hamlet|island) of\s+)(?:(?:Gulf|Straits?|Bay|Sea)\s+of\s+)?(?:[A-Z#][\w'’\-]+)(?:[\s\-](?:[A-Z][\w'’\-]+|al-\w+|ez-\w+|road|district|island|province|ridge|coast|governorate|region|border)){0,3}"
)
NOT_PLACES: Final = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "islamic",
        "united",
        "state",
        "states",
        "general",
        "president",
        "minister",
        "un",
        "us",
        "the",
        "a",
        "it",
        "he",
        "she",
        "they",
        "this",
        "that",
        "international",
        "military",
        "army",
        "police",
        "navy",
        "church",
        "university",
        "hotel",
        "security",
        "council",
        "house",
        "reading",
        "nice",
        "most",
        "bath",
        "split",
        "same",
        "orange",
        "man",
        "men",
        "hit",
    ]
)

_LEADS: Final = frozenset(
    [
        "in",
        "at",
        "on",
        "near",
        "around",
        "outside",
        "off",
        "north",
        "south",
        "east",
        "west",
        "n",
        "ne",
        "e",
        "se",
        "s",
        "sw",
        "w",
        "nw",
    ]
)
PARTS: Final = frozenset(words(table("sites.toml")["part"]["words"]))
"""Parts of sites: with a capital they are no places of their own."""
_NO_NAMES: Final = PARTS | frozenset(words(table("sites.toml")["abbreviated"]["words"]))
"""What is no place though it is written as one: "at Gate 3", "2 km S of FOB"."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A point that the text speaks of."""

    start: int
    end: int
    name: str
    lat: float
    lon: float
    radius_km: float
    country: str | None
    near: bool = False


def coordinates(body: str, start: int, end: int) -> list[Spot]:
    """Return the positions written out that begin in a stretch."""
    return [
        Spot(p.start, p.end, "grid given" if p.grid else "position given", *p.point, 1.0, None)
        for p in within(positions(body), start, end)
        if p.point is not None and start <= p.start
    ]


def locate(body: str, start: int, end: int, country: str | None) -> list[Spot]:
    """Return the points that a stretch speaks of."""
    out = coordinates(body, start, end)
    for m in _BEARING.finditer(body, start, end):
        if town := _town(m["name"], country):
            n = float(x[0]) if (x := re.search(r"\d+(?:\.\d+)?", m["n"])) else 10.0
            unit = m["unit"].lower()
            km = n * (1.609 if unit.startswith("mi") else 1.852 if unit.startswith("n") else 1.0)
            word = m["dir"].lower().replace("-", "").replace(" ", "")
            key = word if len(word) <= 2 else "".join(p[0] for p in re.findall("north|south|east|west", word))
            lat, lon = km_offset(town[1], town[2], km, _DIRECTION.get(key, 0))
            out.append(Spot(m.start(), m.end(), m[0], lat, lon, max(3.0, 0.2 * km), town[0]))
    heading = _HEADING.match(body, start, end) if start == 0 or body[start - 1] in "\n " else None
    if heading is not None and (town := _town(heading["name"], country)):
        out.append(Spot(heading.start("name"), heading.end("name"), heading["name"], town[1], town[2], 10.0, town[0]))
    for m in _CAPITALISED.finditer(body, start, end):
        at = m.start("name")
        if any(s.start <= m.start() < s.end for s in out) or reach(body, at, m.end()) == at:
            continue
        if town := _town(m["name"], country):
            out.append(
                Spot(
                    at,
                    at + len(m["name"]),
                    m["name"],
                    town[1],
                    town[2],
                    10.0,
                    town[0],
                    near=m["prep"].lower() in ("near", "outside", "beside"),
                )
            )
    return out


def nearest_km(lat: float, lon: float, spots: Iterable[Spot]) -> float:
    """Return the distance from a point to the nearest of some places, of which there is one at least."""
    return min(distance_km(lat, lon, s.lat, s.lon) for s in spots)


def heading(body: str, start: int, end: int) -> Spot | None:
    """Return the town that an item opens with, None where it opens otherwise.

    Parameters
    ----------
    body, start, end
        The item.
    """
    if _DATELINE.match(body, start, end) or (m := _ITEM_HEADING.match(body, start, end)) is None:
        return None
    return _spot(m)


def run_in_heading(body: str, start: int, end: int) -> tuple[int, int] | None:
    """The span of the words that stand as a heading before what an item tells: "2. SANAA AIRPORT. The relief flight ..."."""
    m = _RUN_IN.match(body, start, end)
    return m.span("words") if m is not None and _TELLS.search(m["words"]) is None else None


def opening_name(body: str, start: int, end: int) -> tuple[int, int] | None:
    """The span of the name that an item opens with."""
    if _DATELINE.match(body, start, end) or (m := _ITEM_HEADING.match(body, start, end)) is None:
        return None
    return m.span("name")


def dateline(body: str, start: int, end: int) -> Spot | None:
    """Return the town that a story is dated from."""
    m = _DATELINE.match(body, start, end)
    return _spot(m) if m is not None else None


def dateline_name(body: str, start: int, end: int) -> tuple[int, int] | None:
    """The span of the name that a story is dated from."""
    m = _DATELINE.match(body, start, end)
    return m.span("name") if m is not None else None


def town_of(body: str, start: int, end: int) -> Spot | None:
    """Return the town that a stretch is the name of, None where it says more, or something else."""
    words = re.split(r"[,(/]| - ", body[start:end])[0].strip()
    if len(words.split()) > 3 or (town := _town(words.title() if words.isupper() else words, None)) is None:
        return None
    return Spot(start, end, words, town[1], town[2], 10.0, town[0])


def _spot(m: re.Match[str]) -> Spot | None:
    town = _town(m["name"], None)
    return Spot(m.start("name"), m.end("name"), m["name"], town[1], town[2], 10.0, town[0]) if town else None


@lru_cache(maxsize=4096)
def _town(name: str, country: str | None) -> tuple[str, float, float] | None:
    """Return country and position of a town (pure: a cache of a constant map)."""
    words = re.sub(r"['’]s\b", "", name).lstrip("#").split()
    for n in range(len(words), 0, -1):
        folded = fold_name(" ".join(words[:n]))
        if folded in NOT_PLACES or len(folded) < 3:
            continue
        found = towns().get(folded) or towns().get(re.sub(r"^(?:al|el|ar|as|ash|an) ", "", folded))
        if found:
            best = next((t for t in found if t.country == country), None) if country else found[0]
            if best is None and found[0].thousands >= 300:
                best = found[0]
            if best:
                return best.country, best.lat, best.lon
    return None


_SITE: Final = r"(?:embassy|consulate|mission|airport|airfield|air base|airbase|military base|base|port|hospital|prison|camp|refinery|barracks|market|hotel)"
_IN_CITY: Final = r"(?:\s(?:in|at|of)\s(?P<city>[A-Z][\w'’\-]+(?:\s[A-Z][\w'’\-]+)?))"
_SITE_GOES_ON: Final = re.compile(rf"\s(?:[a-z]+\s)?{_SITE}\b{_IN_CITY}?")
_SITE_NAMED: Final = re.compile(
    rf"\b(?P<name>(?!The\b|An?\b|In\b|At\b|On\b|Near\b)[A-Z][\w.'’\-]+(?:\s[A-Z][\w'’\-]+)?)\s{_SITE}\b{_IN_CITY}?"
)


def _whole_name(body: str, phrase: re.Match[str], end: int) -> str:
    """The words of a place with the site that they belong to: not "at the Indian" but "at the Indian embassy in Kabul"."""
    site = _SITE_GOES_ON.match(body, phrase.end(), end)
    return body[phrase.start() : reach(body, phrase.start(), site.end() if site else phrase.end())].rstrip()


def named_site(body: str, start: int, end: int) -> Place | None:
    """Return where a site is that has a town in its name or behind it: "Aleppo air base", "the Russian embassy in Damascus"."""
    for m in _SITE_NAMED.finditer(body, start, end):
        group = "city" if m["city"] else "name"
        if (town := town_of(body, *m.span(group))) is not None and fold_name(m[group]) not in NOT_PLACES:
            at = (round(town.lat, 2), round(town.lon, 2))
            return Place(name=m[0][:300], lat=at[0], lon=at[1], radius_km=town.radius_km, country=town.country)
    return None


def unlisted_site(body: str, start: int, end: int, country: str | None) -> Place | None:
    """Return the name of a site that no list has, by the word for a site in it: "Ramstein Air Base", "RAF Brize Norton"."""
    m = _BY_ITS_NAME.search(body, start, end)
    return Place(name=m["name"][:300], country=country) if m is not None else None


_BY_ITS_NAME: Final = re.compile(
    r"(?<![.!?\n]\s)(?<!^)\b(?P<name>(?:RAF|FOB|COB|COP|FB|LSA|MSS|HMNB|Camp|Fort|Joint Base|Naval Station|Air Station)\s(?:[A-Z][\w'’\-]+\s?){1,3}(?<!\s)"
    r"|(?!The\b|An?\b|In\b|At\b|On\b|Near\b|US\b|UN\b)(?:[A-Z][\w'’\-]+\s){1,3}(?:Air Base|Airbase|Air Force Base|International Airport|Airport|Airfield|Naval Base|Barracks|Nuclear Power Plant|NPP))\b"
)


def says_where(body: str, start: int, end: int) -> bool:
    """Whether a stretch names a place in its own words."""
    return any(_is_place(m) for m in _PLACE_PHRASE.finditer(body, start, end))


def _is_place(phrase: re.Match[str]) -> bool:
    cut = reach(phrase.string, *phrase.span())
    told = phrase.string[phrase.start() : cut].split()
    first = next((w for w in told if w[0].isupper() and w.lower() not in _LEADS), "")
    if cut < phrase.end() and not first:
        return False
    if fold_name(told[-1]) in NOT_PLACES or fold_name(first) in _NO_NAMES:
        return False
    return not told[-1].endswith(("-held", "-controlled", "-occupied", "-run", "-led", "-backed"))


def place_words(body: str, start: int, end: int, spots: list[Spot], country: str | None) -> Place | None:
    """Return where a stretch plays, in its own words, rounded; None where it does not tell."""
    phrases = [m for m in _PLACE_PHRASE.finditer(body, start, end) if _is_place(m)]
    spot = spots[0] if spots else None
    if spot is None and not phrases:
        return None
    words = _whole_name(body, phrases[0], end) if phrases else spot.name if spot else ""
    if spot is None:
        return Place(name=mask(words)[:300], country=country)
    return Place(
        name=mask(words)[:300] or "?",
        lat=round(spot.lat, 2),
        lon=round(spot.lon, 2),
        radius_km=spot.radius_km,
        country=spot.country or country,
    )
