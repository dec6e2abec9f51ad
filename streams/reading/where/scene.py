"""What is known of where a report plays: the countries spoken of and the facilities named, and what a passage is about."""

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from schemas.facility import Facility
from schemas.mention import Candidate, Place
from streams.gazetteer import distance_km
from streams.reading.lexicon import Lexicon
from streams.reading.text import gated as re
from streams.reading.what.cues import Hit
from streams.reading.where.places import Spot, heading, locate, opening_name, run_in_heading
from streams.reading.where.sections import Section, section_at

_NAMED_FOR: Final = 100.0
"""Kilometres from a town within which a facility may be named for it."""


@dataclass(frozen=True, slots=True)
class Named:
    """A facility named in the text."""

    start: int
    end: int
    facility: Facility
    sure: bool
    """False where the name is a context name whose context is thin."""

    @property
    def target(self) -> "Target":
        """The facility as what a passage is about."""
        return Target.at(self.facility, (self.start, self.end), "target.name")


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

    @classmethod
    def at(cls, f: Facility, span: tuple[int, int], rule: str, place: Place | None = None) -> "Target":
        """Return a facility as what the passage is about, by the words at a stretch."""
        return cls(f.id, (), place, f.country, span, rule, f.lat, f.lon)

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
    told_most: tuple[int, str, int] = (0, "", 0)
    """Of so many times that countries are spoken of, which is most often, and how often."""
    described: dict[tuple[int, int, tuple[int, int], int], list["Target"]] = field(default_factory=dict)
    """What descriptions of a stretch were resolved to: asked again and again."""
    line: int = 0
    """Where the paragraph that is being read begins."""
    located: dict[tuple[int, int, str | None], list[Spot]] = field(default_factory=dict)
    """The points that a stretch speaks of, if in a country: asked again and again."""
    headings: dict[int, Spot | None] = field(default_factory=dict)
    """Where paragraphs begin -> the town that they open with."""
    dateline: Spot | None = None
    """The town that the story is dated from."""
    home: Spot | None = None
    """The town that those who report from the spot are called after."""
    printed_in: Spot | None = None
    """The town that a paper is called after."""
    sections: list[Section] = field(default_factory=list)
    source_site: Facility | None = None
    """The facility that the name of the source tells."""
    post: Facility | None = None
    """The facility of which a report from the field is, by its headline or its sender."""

    @property
    def told_from(self) -> Spot | None:
        """The town that a story is dated from, or else that its tellers or its headline name."""
        return self.dateline or self.home or self.printed_in or self._titled()

    def _titled(self) -> Spot | None:
        """The only town in the headline."""
        titled = {s.name: s for s in self.spots_in(0, self.body.find("\n") + 1, None)}
        return next(iter(titled.values())) if len(titled) == 1 else None

    @property
    def heading(self) -> Spot | None:
        """The town that the paragraph being read opens with, or the heading above it."""
        if self.line not in self.headings:
            stop = self.body.find("\n", self.line)
            end = stop if stop >= 0 else len(self.body)
            named, opening = self.named_ahead, opening_name(self.body, self.line, end)
            town = None if self._longer(opening) else heading(self.body, self.line, end)
            own = spot_of(named) if named else town or self.site_town(opening)
            self.headings[self.line] = own or self._town_above()
        return self.headings[self.line]

    @property
    def opens_strangely(self) -> bool:
        """Whether the paragraph being read opens with a place that no list has, and the day or hour: "Wajiroko. 9/11, 1540."."""
        stop = self.body.find("\n", self.line)
        span = opening_name(self.body, self.line, stop if stop >= 0 else len(self.body))
        if span is None or self.heading is not None:
            return False
        before, name = self.body[self.line : span[0]], self.body[slice(*span)]
        if name.isupper() and len(name) < _SHORTEST:
            return False
        if DATED.match(self.body, span[1]) is None and not (_DAY.search(before) and self.body[span[1]] == "."):
            return False
        return not named_in(self, *span)

    @property
    def cores(self) -> set[str]:
        """The facilities whose names hold the place that the paragraph opens with, or the heading above it."""
        at = self.heading
        names = self.names_in(at.start, at.end) if at is not None else []
        return {i for x in names if "id_core" in x.classes for i in self.lexicon.by_core[x.text]}

    def _longer(self, span: tuple[int, int] | None) -> bool:
        """Whether a name of several words is that of a facility's place: "Aden Adde" is not Aden."""
        return span is not None and any("id_core" in x.classes and " " in x.text for x in self.names_in(*span))

    def site_town(self, span: tuple[int, int] | None) -> Spot | None:
        """Where an item opens with a place that no list of towns has and a facility is named for."""
        if span is None:
            return None
        places = [x for x in self.names_in(*span) if "id_core" in x.classes]
        named = max(places, key=lambda x: x.end - x.start, default=None)
        if named is None:
            return None
        f = self.lexicon.gazetteer.by_id[self.lexicon.by_core[named.text][0]]
        return Spot(*span, self.body[span[0] : span[1]], f.lat, f.lon, 10.0, f.country)

    def _town_above(self) -> Spot | None:
        above = section_at(self.sections, self.line)
        if above is None or above.name is None:
            return None
        loose = next((n for n in named_in(self, *above.name) if not n.sure), None)
        return above.town if loose is None else spot_of(loose)

    @property
    def ahead(self) -> tuple[int, int] | None:
        """The words that stand as a heading before what the paragraph being read tells."""
        stop = self.body.find("\n", self.line)
        return run_in_heading(self.body, self.line, stop if stop >= 0 else len(self.body))

    @property
    def named_ahead(self) -> "Named | None":
        """The facility that the paragraph being read names before it tells of it, as a heading does."""
        span = self.ahead
        return next((n for n in named_in(self, *span) if n.sure), None) if span is not None else None

    @property
    def named_above(self) -> "Named | None":
        """The facility that the paragraph being read names first, or the heading above it."""
        if (named := self.named_ahead) is not None:
            return named
        above = section_at(self.sections, self.line)
        if above is None or above.name is None:
            return None
        return next((n for n in named_in(self, *above.name) if n.sure), None)

    def hits_in(self, lo: int, hi: int) -> list[Hit]:
        """The cues that begin in a stretch."""
        return within(self.hits, lo, hi)

    def names_in(self, lo: int, hi: int) -> list[Hit]:
        """The names, regions and descriptors that begin in a stretch."""
        return within(self.names, lo, hi)

    def spots_in(self, lo: int, hi: int, country: str | None) -> list[Spot]:
        """The points that a stretch speaks of, its towns those of a country where there are several."""
        asked = (lo, hi, country)
        if (known := self.located.get(asked)) is None:
            known = [s for s in locate(self.body, lo, hi, country) if not self._only_a_name(s)]
            self.located[asked] = known
        return known

    def _only_a_name(self, spot: Spot) -> bool:
        """Whether a town only stands in the name of a facility that lies far from it: "Aden Adde airport"."""
        n = bisect_right(self.named, spot.start, key=lambda n: n.start) - 1
        if n < 0 or spot.start >= self.named[n].end:
            return False
        site = self.named[n].facility
        return distance_km(site.lat, site.lon, spot.lat, spot.lon) > _NAMED_FOR

    def countries_in(self, lo: int, hi: int, *, persons: bool = True) -> list[str]:
        """The countries that are spoken of in a stretch, each as often as it is; `persons`: also by who somebody is."""
        between = slice(bisect_left(self.countries, (lo, "")), bisect_left(self.countries, (hi, "")))
        told = self.countries[between]
        return [country for at, country in told if persons or not _of_person(self, at)]

    def country_near(self, start: int, end: int, sentence: tuple[int, int]) -> str | None:
        """Return the country of a passage: spoken of in it, in its sentence, or last before it."""
        for lo, hi in ((start, end), sentence):
            inside = self.countries_in(lo, hi)
            if inside:
                if len(set(inside)) == 1:
                    return inside[-1]
                told = Counter(inside)
                return max(told, key=lambda c: (told[c], c in self.lexicon.by_country))
        if sentence[0] >= self.line > 0 and (opening := self.heading) is not None and opening.country:
            return opening.country
        if not self.countries:
            return None
        if self.told_most[0] != len(self.countries):
            self.told_most = len(self.countries), *Counter(c for _, c in self.countries).most_common(1)[0]
        _, top, n = self.told_most
        if n >= 0.67 * len(self.countries):
            return top
        before = bisect_left(self.countries, (start, ""))
        return self.countries[before - 1][1] if before else top


def within(hits: list[Hit], lo: int, hi: int) -> list[Hit]:
    """Return the cues that begin in a stretch, of a sorted list."""
    return hits[bisect_left(hits, lo, key=start_of) : bisect_left(hits, hi, key=start_of)]


def start_of(h: Hit) -> int:
    """Where a cue begins."""
    return h.start


DATED: Final = re.compile(
    r"[.:,]\s(?:On\s)?(?:\d|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\b|[Nn]ight\b|[Ll]ate\b|[Ee]arly\b)"
)
"""Behind the name that an item opens with."""
_SHORTEST: Final = 4
"""So short in capitals it is no place: "1. EN: 2 rockets", "LOC: ..."."""
_DAY: Final = re.compile(r"\d{1,2}\s[A-Z][a-z]{2,}|[A-Z][a-z]{2,}\s\d{1,2}|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*day")
"""Before it: "12 June, Khanasor. ..."."""
SENT_FROM: Final = re.compile(
    r"\b(?:(?:missiles?|rockets?|drones?|uavs?|projectiles?|shells?)\s(?:\w+\s)?|fired\s|launched\s|flown\s)from\s(?:the\s)?$",
    re.IGNORECASE,
)
"""Before a country: what struck came from there."""


def _of_person(scene: Scene, at: int) -> bool:
    """Whether a people's name tells who somebody is: "an Iraqi widow", "two Nigerians"; not "an Iraqi base"."""
    if _SOMEBODY.search(scene.body, max(0, at - 20), at) is None:
        return False
    behind = scene.body[at : at + 40]
    return not any(h.classes.site for h in scene.hits_in(at, at + 40)) and _GROUND.search(behind) is None


_SOMEBODY: Final = re.compile(
    r"\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d+|several|some|young|old|elderly)\s$", re.IGNORECASE
)
_GROUND: Final = re.compile(
    r"\b(?:town|city|village|province|district|island|region|border|desert|coast|territory|waters|capital|suburb|field)\b"
)


def spot_of(n: Named) -> Spot:
    """Where a facility is that is named."""
    return Spot(n.start, n.end, n.facility.name, n.facility.lat, n.facility.lon, 5.0, n.facility.country)


def named_in(scene: Scene, start: int, end: int) -> list[Named]:
    """The facilities named in a stretch."""
    lo = bisect_left(scene.named, start, key=lambda n: n.start)
    return scene.named[lo : bisect_left(scene.named, end, lo=lo, key=lambda n: n.start)]


def origin(body: str, at: int, lo: int) -> bool:
    """Whether a name only tells whence, or from where a distance counts: "from Mosul", "12 km north of the base"."""
    before = body[max(lo, at - 60) : at].lower()
    if _BESIDE_THE_DEED.search(before) is not None:
        return True
    if _WEAPON_BOUND.search(before) is not None or _BY_THE_SIDE.search(before) is not None:
        return False
    return _CLOSE_BY.search(before[-40:]) is None and (
        re.search(
            r"\b(?:(?<!\baway )(?<!\bclear )from|(?:had|has|have|having) left|as far as|unlike|on (?:the )?road to|on (?:the|his|her|their) way to|south of|north of|east of|west of|leader in|based in|miles? from|kilomet\w+ from|km from|(?:nautical miles?|miles?|kilomet\w+) off|miles? [nsew]{1,3} of|not)\s+(?:the\s+)?(?:[a-z]+(?:i|an|ish|ese)\s+)?$|(?:nmi?|kms?) (?:off|[nsew]{1,3} of) (?:the )?$|\bbetween\s+(?:the\s+)?(?:[\w'’\-]+\s+){0,3}(?:and\s+(?:the\s+)?(?:big\s+)?)?$",
            before,
        )
        is not None
    )


def of_speaker(body: str, at: int, lo: int) -> bool:
    """Whether a name is the place of those who speak: "an official at X said"; where another is named, that one is meant."""
    return _SPEAKER_AT.search(body, max(lo, at - 40), at) is not None and _THEY_SAY.match(body, at) is not None


_BESIDE_THE_DEED: Final = re.compile(
    r"\b(?:fired|launched|flown|sent|took off|came|coming)\s+from\s+(?:an?|the|some)\s+(?!\w+\s+of\s+[\w\-]+\s+at\b)(?:[\w\-]+\s+){1,3}(?:near|beside|outside|at|in|behind|close to|next to)\s+(?:the\s+)?$"
    r"|\bwho\b[^.;,]{0,24}\b(?:work|serv|liv|train|stud|com|came|arriv|return)\w*\s+(?:\w+\s+)?(?:at|in|for|from|to)\s+(?:the\s+)?$"
)
"""Before a name: where something was sent from, or what somebody has to do with the place."""
_WEAPON_BOUND: Final = re.compile(
    r"\b(?:drones?|uavs?|quadcopters?|rockets?|missiles?|shells|lorr(?:y|ies)|trucks?|cars?|boats?|bombers?|gunmen)\s+(?:that (?:was|were) |(?:still |apparently |already ))?on (?:the|their) way to (?:the )?$"
)
"""Before a name: where a weapon was going is what it was meant for."""
_BY_THE_SIDE: Final = re.compile(
    r"\b(?:just|immediately|directly|airspace|air|sky|skies|desert|sands?|fields?|woods?|waters?|sea|shore|berm|fence|wall|wire)\s(?:to the\s)?(?:north|south|east|west)[\w\-]*\sof\s(?:the\s)?$"
)
"""Before a name: the ground and the air about it, at no distance, are still the site's: "in the airspace north of the base"."""
_SPEAKER_AT: Final = re.compile(
    r"\b(?:officials?|officers?|spokes\w+|sources?|witness\w*|doctors?|medics?|commanders?|managers?|workers?|staff|employees?)\s+(?:at|in|of|from|inside)\s+(?:the\s+)?$"
)
_THEY_SAY: Final = re.compile(r"[^,.;]{3,60}?,?\s(?:sa(?:id|ys?)|told|confirmed|reported|added|denied)\b")
_CLOSE_BY: Final = re.compile(
    r"(?<![\w.,])(?:(?:[0-4](?:[.,]\d)?|one|two|three|four|half a|a|a few)\s?(?:km|kms|kilomet\w+|miles?)|\d{1,4}\s?(?:m|metres|meters|yards|yds|feet))\s+"
    r"(?:to the\s+)?(?:[nsew]{1,3}|(?:north|south)?-?(?:east|west)?)\s*(?:of|from|off|short of|outside|away from)\s+(?:the\s+)?$"
)
"""A distance that is still at the site: "1.5 km S of the base"."""


_SPEAKS_THERE: Final = re.compile(
    r"\b(?:from(?: the)?|of|by|to|(?:officials?|ministry|government|spokes\w+|residents|sources?|authorities|court|based|told|said|parliament|correspondent) (?:in|at))\s+$",
    re.IGNORECASE,
)


def own_spots(scene: Scene, start: int, end: int, country: str | None) -> list[Spot]:
    """Return the places at which a clause plays, not those whence somebody came or speaks."""
    return [
        s
        for s in scene.spots_in(start, end, country)
        if _SPEAKS_THERE.search(scene.body, max(0, s.start - 18), s.start) is None or "of" in s.name
    ]
