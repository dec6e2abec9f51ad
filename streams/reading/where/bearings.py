"""Sides told without a distance: "a base west of Baghdad", "an airstrip in the north-east", "the country's south"; and how well a site lies there.

Of towns by the bearing from them, of countries by the span of their towns.
"""

import math
from dataclasses import dataclass
from functools import cache
from typing import Final

from schemas.facility import Facility
from streams.reading.text import gated as re
from streams.reading.text.normal import fold_name
from streams.reading.text.tables import table
from streams.reading.what.cues import countries, words
from streams.reading.where.places import Spot, town_of
from streams.reading.where.scene import Scene
from streams.reading.where.towns import Town, largest_towns, towns

_DIRECTION: Final = r"(?P<side>[Nn]orth(?:[ -]?(?:east|west))?|[Ss]outh(?:[ -]?(?:east|west))?|[Ee]ast|[Ww]est)"
_A_TOWN: Final = r"(?:the\s(?P<here>city|town|capital)|(?P<name>[A-Z][\w'’\-]+(?:\s[A-Z][\w'’\-]+)?))\b(?P<wide>\s(?:governorate|province|region|county|oblast|district)\b)?"
_OF_PLACE: Final = re.compile(rf"\b(?P<inside>in\sthe\s(?:far\s)?)?{_DIRECTION}\sof\s{_A_TOWN}")
"""Of a town: "west of Baghdad", "in the east of the city"."""
_OF_EDGE: Final = re.compile(
    rf"\b(?P<inside>(?:[Ii]n|[Oo]n|[Aa]t|[Aa]long|[Tt]he)\s(?:the\s)?){_DIRECTION}ern\s(?:edge|outskirts|fringes?|side|part|half|end|suburbs?|quarters?|approach(?:es)?)\sof\s{_A_TOWN}"
)
"""Of a town, by its own parts: "on the western edge of Baghdad"."""
_OF_COUNTRY: Final = re.compile(
    rf"(?:\b(?:the|its)|['’]s)\s(?:(?:far|extreme|deep|remote|troubled|restive|lawless|rural|arid)\s)?{_DIRECTION}(?:ern)?"
    r"(?:$|\sof\sthe\s(?:country|state|kingdom|emirate|republic|island|territory)\b|(?=[.,;:)!?])"
    r"|(?=\s(?:desert|countryside|provinces?|mountains|highlands|plains?|part|where|which|that|used|on|late|early|this|last|was|were|and|has|had|have)\b))"
)
"""Of a country that is told elsewhere: "in the north-east", "Kuwait's northwestern desert"."""
_OF_NAMED: Final = re.compile(rf"\b{_DIRECTION}(?:ern)?\s(?:of\s)?(?P<name>[A-Z]\w+(?:\s[A-Z]\w+)?)\b")
"""Of a country by name: "north-western Ukraine"."""
_FROM: Final = re.compile(r"\bfrom\s$")
"""Before a side of a country: that is where something came from."""
_BY_MEASURE: Final = re.compile(r"\d\s?(?:km|kms|kilomet\w+|miles|nm)\s(?:to\sthe\s)?$")
"""Before a side: it is a bearing with a distance, which is a point."""

BESIDE: Final = r"(?:near|beside|next to|close to|by|alongside|adjoining|opposite|outside)"
"""Between two sites: the first stands near the second, which only tells where that is."""

_DEGREES: Final = {"n": 0, "ne": 45, "e": 90, "se": 135, "s": 180, "sw": 225, "w": 270, "nw": 315}
_IN_TOWN: Final = 25.0
"""Kilometres from a town's middle that are still in it."""
_OUTSIDE: Final = 20.0
"""Kilometres within which a site is rather in a town than on one side of it."""


@dataclass(frozen=True, slots=True)
class Side:
    """A side of a town, or of a country."""

    start: int
    end: int
    points: str
    """Points of the compass: "n", "sw"."""
    town: Spot | None = None
    inside: bool = False
    """Whether a part of the town itself is meant."""


def sides(scene: Scene, lo: int, hi: int, country: str | None) -> list[Side]:
    """Return the sides of towns and countries that a stretch speaks of."""
    out: list[Side] = []
    for m in (*_OF_PLACE.finditer(scene.body, lo, hi), *_OF_EDGE.finditer(scene.body, lo, hi)):
        measured = _BY_MEASURE.search(scene.body, max(0, m.start() - 24), m.start("side")) is not None
        if not measured and (town := _town(scene, m, country)) is not None:
            out.append(Side(m.start("side"), m.end(), _points(m["side"]), town, bool(m["inside"] and not m["wide"])))
    of_country = list(_OF_COUNTRY.finditer(scene.body, lo, hi))
    of_country += [
        m for m in _OF_NAMED.finditer(scene.body, lo, hi) if countries().get(fold_name(m["name"])) == country
    ]
    return out + [
        Side(m.start("side"), m.end(), _points(m["side"]))
        for m in of_country
        if not any(s.start <= m.start("side") < s.end for s in out)
        and not _FROM.search(scene.body, max(0, m.start() - 8), m.start())
    ]


def _points(side: str) -> str:
    return "".join(w[0] for w in re.findall("north|south|east|west", side.lower()))


def _town(scene: Scene, m: re.Match[str], country: str | None) -> Spot | None:
    """The town that a side is of: by name, the one spoken of last, or the capital."""
    if m["name"] is not None:
        return town_of(scene.body, *m.span("name"))
    if m["here"] == "capital":
        capital = _capitals().get(country or "")
        return Spot(m.start(), m.end(), capital.name, capital.lat, capital.lon, 10.0, country) if capital else None
    before = scene.spots_in(scene.line, m.start(), country)
    return before[-1] if before else scene.heading or _spoken_of(scene, m.start(), country)


@cache
def _capitals() -> dict[str, Town]:
    """The capital of each country: its largest town, but for those that are listed."""
    named = [t for name in words(table("sites.toml")["capital"]["words"]) for t in towns().get(fold_name(name), ())[:1]]
    return {**largest_towns(), **{t.country: t for t in named}}


_BACK: Final = 400
"""So many characters back a town is still "the city"."""


def _spoken_of(scene: Scene, at: int, country: str | None) -> Spot | None:
    """The town spoken of last, or that of the dateline."""
    before = scene.spots_in(max(0, at - _BACK), at, country)
    return before[-1] if before else scene.dateline


def lies(f: Facility, side: Side, country: str | None) -> float:
    """How well a site lies on a side: above 1 where it does, far below where it lies on another."""
    return _of_town(f, side, side.town) if side.town is not None else _of_country(f, side.points, country)


def _of_town(f: Facility, side: Side, town: Spot) -> float:
    north = (f.lat - town.lat) * 111.2
    east = (f.lon - town.lon) * 111.2 * math.cos(math.radians(town.lat))
    far = math.hypot(north, east)
    off = math.radians(_DEGREES[side.points]) - math.atan2(east, north)
    if side.inside and far < _IN_TOWN:
        return 2.0 if math.cos(off) > 0 or far < 3 else 0.7
    if far < _OUTSIDE:
        return 0.7
    if math.cos(off) < 0.5:
        return 0.1
    return 2.5 if far < 90 else 1.8 if far < 200 else 1.0 if far < 300 else 0.2


def _of_country(f: Facility, points: str, country: str | None) -> float:
    span = _spans().get(country or "")
    if span is None:
        return 1.0
    south, north, west, east = span
    up = (2 * f.lat - south - north) / max(0.5, north - south)
    right = (2 * f.lon - west - east) / max(0.5, east - west)
    along = [{"n": up, "s": -up, "e": right, "w": -right}[p] for p in points]
    return 0.2 if min(along) < -_MIDDLE else 2.0 if min(along) > _MIDDLE else 1.0


_MIDDLE: Final = 0.2
"""This share of the way from a country's middle to its edge is of neither side."""


@cache
def _spans() -> dict[str, tuple[float, float, float, float]]:
    """South, north, west and east of each country's towns."""
    out: dict[str, tuple[float, float, float, float]] = {}
    for t in (t for named in towns().values() for t in named):
        s, n, w, e = out.get(t.country, (t.lat, t.lat, t.lon, t.lon))
        out[t.country] = min(s, t.lat), max(n, t.lat), min(w, t.lon), max(e, t.lon)
    return out
