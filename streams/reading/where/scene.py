"""What is known of where a report plays: the countries spoken of and the facilities named, and what a passage is about."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Final

from schemas.facility import Facility
from schemas.mention import Candidate, Place
from streams.reading.lexicon import Lexicon
from streams.reading.text import gated as re
from streams.reading.text.normal import fold, fold_name
from streams.reading.what.cues import Hit, countries, in_order
from streams.reading.where.places import NOT_PLACES, Spot, dateline, dateline_name, heading, locate, opening_name
from streams.reading.where.sections import Section, section_at, sections
from streams.reading.where.sites import OF_STATES, made_names, may_be_called
from streams.reading.where.towns import towns

_Read = tuple[Hit, tuple[tuple[str, bool], ...]]
"""A name in the text and whose it is: ids, with whether they need context."""


@dataclass(frozen=True, slots=True)
class Named:
    """A facility named in the text."""

    start: int
    end: int
    facility: Facility
    sure: bool
    """False where the name is a context name whose context is thin."""


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
    sections: list[Section] = field(default_factory=list)
    source_site: Facility | None = None
    """The facility that the name of the source tells."""

    @property
    def heading(self) -> Spot | None:
        """The town that the paragraph being read opens with, or the heading above it."""
        if self.line not in self.headings:
            stop = self.body.find("\n", self.line)
            end = stop if stop >= 0 else len(self.body)
            own = heading(self.body, self.line, end) or self.site_town(opening_name(self.body, self.line, end))
            self.headings[self.line] = own or self._town_above()
        return self.headings[self.line]

    @property
    def opens_strangely(self) -> bool:
        """Whether the paragraph being read opens with a place that no list has, and the day or hour: "Wajiroko. 9/11, 1540."."""
        stop = self.body.find("\n", self.line)
        span = opening_name(self.body, self.line, stop if stop >= 0 else len(self.body))
        if span is None or self.heading is not None:
            return False
        before = self.body[self.line : span[0]]
        if _DATED.match(self.body, span[1]) is None and not (_DAY.search(before) and self.body[span[1]] == "."):
            return False
        return not named_in(self, *span)

    @property
    def cores(self) -> set[str]:
        """The facilities whose names hold the place that the paragraph opens with, or the heading above it."""
        at = self.heading
        names = self.names_in(at.start, at.end) if at is not None else []
        return {i for x in names if "id_core" in x.classes for i in self.lexicon.by_core[x.text]}

    def site_town(self, span: tuple[int, int] | None) -> Spot | None:
        """Where an item opens with a place that no list of towns has and a facility is named for."""
        if span is None:
            return None
        named = next((x for x in self.names_in(*span) if "id_core" in x.classes), None)
        if named is None:
            return None
        f = self.lexicon.gazetteer.by_id[self.lexicon.by_core[named.text][0]]
        return Spot(*span, self.body[span[0] : span[1]], f.lat, f.lon, 10.0, f.country)

    def _town_above(self) -> Spot | None:
        above = section_at(self.sections, self.line)
        if above is None or above.name is None:
            return None
        loose = next((n for n in named_in(self, *above.name) if not n.sure), None)
        if loose is None:
            return above.town
        f = loose.facility
        return Spot(loose.start, loose.end, f.name, f.lat, f.lon, 5.0, f.country)

    @property
    def named_above(self) -> "Named | None":
        """The facility that the heading above the paragraph being read names."""
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
            known = self.located[asked] = locate(self.body, lo, hi, country)
        return known

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


def survey(lexicon: Lexicon, body: str, hits: list[Hit], names: list[Hit], year: int, source: str) -> Scene:
    """Find the countries spoken of and the facilities named in a report; where it tells no country, that of its source."""
    scene = Scene(lexicon, body, hits, names, year)
    opening = body.find("\n") + 1
    scene.dateline = dateline(body, opening, len(body)) or scene.site_town(dateline_name(body, opening, len(body)))
    for h in hits:
        if (
            h.classes.countries
            and not (h.text.endswith(("ish", "ian", "i", "an", "ese", "ch")) and _foreign(body, h))
            and not _MISSION_BEHIND.match(body, h.end)
            and not _came_from(body, h)
        ):
            scene.countries.extend((h.start, country) for country in h.classes.countries)
    longest: list[Hit] = []
    for h in sorted((h for h in names if "id_name" in h.classes), key=in_order):
        if _HYPHENED.match(body, h.end) or _BETWEEN.search(body, max(0, h.start - 20), h.start + 1):
            continue
        if not longest or h.end > longest[-1].end:
            if longest and h.start < longest[-1].end:
                if h.end - h.start <= longest[-1].end - longest[-1].start:
                    continue
                longest.pop()
            longest.append(h)
    firm: list[_Read] = []
    loose: list[_Read] = []
    for h in longest:
        ids = lexicon.name_ids.get(h.text, ())
        (loose if len(ids) != 1 or ids[0][1] else firm).append((h, ids))
    for h, ids in firm:
        facility = lexicon.gazetteer.by_id[ids[0][0]]
        if not _still_meant(scene, h, facility):
            continue
        scene.named.append(Named(h.start, h.end, facility, sure=True))
        scene.countries.append((h.start, facility.country))
    at = scene.dateline
    if at is not None and at.country is not None and at.country in lexicon.by_country and not _told(scene, at):
        scene.countries.append((at.start, at.country))
    if not scene.countries:
        spots = [*filter(None, [scene.dateline]), *locate(body, 0, min(len(body), 1500), None)]
        scene.countries.extend((s.start, s.country) for s in spots if s.country)
    scene.countries.sort()
    alone = [len(ids) == 1 and _site_words(scene, h) for h, ids in loose]
    _name_loosely(scene, list(compress(loose, alone)))
    _name_made(scene, made_names(lexicon, body, hits, names, year))
    if not scene.countries and (home := home_of(lexicon, source)) is not None:
        scene.countries.append((0, home))
    _name_loosely(scene, [x for x, first in zip(loose, alone, strict=True) if not first])
    scene.named.sort(key=lambda n: n.start)
    scene.sections = sections(body)
    scene.source_site = site_of(lexicon, source)
    return scene


def _still_meant(scene: Scene, h: Hit, facility: Facility) -> bool:
    """Whether a facility's name may mean it in the year of the report: a site stands when it is closed, a mission is gone unless its empty house is told of."""
    if facility.since is not None and facility.since > scene.year:
        return False
    if facility.serves_in(scene.year) or facility.serves_in(scene.year - 1):
        return True
    return facility.kind not in OF_STATES or _EMPTY.search(scene.body, max(0, h.start - 30), h.start) is not None


def _told(scene: Scene, at: Spot) -> bool:
    """Whether one of the towns called so lies in a country that is told: then the dateline tells no other."""
    told = {c for _, c in scene.countries}
    return any(t.country in told for t in towns().get(fold_name(at.name), ()))


def _name_loosely(scene: Scene, loose: Sequence[_Read]) -> None:
    """Take names that need their context for the facility whose country is told."""
    body, by_id = scene.body, scene.lexicon.gazetteer.by_id
    told = {c for _, c in scene.countries}
    sure_ids = {n.facility.id for n in scene.named}
    for h, ids in loose:
        options = [by_id[i] for i, _ in ids]
        options = [f for f in options if f.country in told or f.id in sure_ids] or (
            options
            if len(options) == 1 and (_site_words(scene, h, outside=bool(told)) or _nowhere_else(scene, h))
            else []
        )
        if (h.text in scene.lexicon.borne and not _said_where(body, h)) or _of_its_town(scene, h):
            continue
        options = [f for f in options if f.serves_in(scene.year)] or options
        behind = next((x for x in scene.hits_in(h.end + 1, h.end + 2) if x.classes.site), None)
        if behind is not None:
            options = [f for f in options if may_be_called(behind.text, f)]
        if not options or (
            not body[h.start].isupper()
            and body[h.start].isascii()
            and not re.match(r"al[- ]|[#@\d]", body[h.start : h.start + 3].lower())
        ):
            continue
        near = scene.country_near(h.start, h.end, (max(0, h.start - 200), h.end + 200))
        best = next((f for f in options if f.country == near), options[0] if len(options) == 1 else None)
        if best is None:
            continue
        sure = (
            best.id in sure_ids or _site_words(scene, h) or (" " in h.text and best.country in told) or _at_it(scene, h)
        )
        scene.named.append(Named(h.start, h.end, best, sure=sure))
        if sure:
            insort(scene.countries, (h.start, best.country))


def _said_where(body: str, h: Hit) -> bool:
    """Whether a name tells where something is: "at Mitiga", "the perimeter of Mitiga", or opens an item, "Mitiga: ..."."""
    before = body[max(0, h.start - 2) : h.start]
    opens = h.start == 0 or before.endswith("\n") or (before in (". ", ": ") and _DATED.match(body, h.end) is not None)
    return _WHERE.search(body, max(0, h.start - 30), h.start) is not None or (
        opens and body[h.end : h.end + 1] in (".", ":", ",")
    )


def _nowhere_else(scene: Scene, h: Hit) -> bool:
    """Whether a name tells where something is, and that is no town: the facility's country need not be told."""
    return _said_where(scene.body, h) and h.text not in towns()


def _of_its_town(scene: Scene, h: Hit) -> bool:
    """Whether a place means its town, not its site: "on the highway near Shaddadi", "Chornobyl's railway junction"."""
    if _ROAD_BY.search(scene.body, max(0, h.start - 40), h.start) is not None:
        return True
    if h.text.endswith(" station") and _OF_POWER.search(scene.body) is None:
        return True
    return scene.body[h.end : h.end + 2] in ("'s", "’s") and not any(
        x.classes.site for x in scene.hits_in(h.end, h.end + 45)
    )


def _at_it(scene: Scene, h: Hit) -> bool:
    """Whether a sentence begins with being at a place that is no town: "At Varreux the loading arms are idle"."""
    return _AT.search(scene.body, max(0, h.start - 6), h.start) is not None and h.text not in towns()


def _name_made(scene: Scene, made: list[tuple[int, int, tuple[Facility, ...]]]) -> None:
    """Take names that the gazetteer has not, where one facility alone may be meant in the countries told."""
    told = {c for _, c in scene.countries}
    taken = [(n.start, n.end) for n in scene.named]
    for start, end, fit in made:
        options = [f for f in fit if f.country in told] if told else fit
        if len(options) == 1 and not any(lo < end and start < hi for lo, hi in taken):
            scene.named.append(Named(start, end, options[0], sure=True))
            insort(scene.countries, (start, options[0].country))


def site_of(lexicon: Lexicon, source: str) -> Facility | None:
    """The facility that the name of a source tells by its name or by the place in it; None where it tells none, or several."""
    hits = lexicon.find_names(fold(source))
    by_name = {i for x in hits for i in dict(lexicon.name_ids.get(x.text, ()))}
    places = [
        x for x in hits if "id_core" in x.classes and (x.text not in towns() or _ABBREVIATED.match(source, x.end))
    ]
    by_place = {i for x in places for i in lexicon.by_core[x.text]}
    sites = {lexicon.gazetteer.site_of(i): i for i in sorted(by_name or by_place)}
    return lexicon.gazetteer.by_id[next(iter(sites.values()))] if len(sites) == 1 else None


def home_of(lexicon: Lexicon, source: str) -> str | None:
    """The country of a source by its name: of a facility, a people or a town in it; None where it tells none, or several."""
    folded = fold(source)
    hits = [x for x in lexicon.find_names(folded) if x.classes.isdisjoint(("id_region", "id_descriptor"))]
    ids = [i for x in hits for i in (*dict(lexicon.name_ids.get(x.text, ())), *lexicon.by_core.get(x.text, ()))]
    words = fold_name(source).split()
    names = [" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, min(i + 4, len(words) + 1))]
    for told in (
        {lexicon.gazetteer.by_id[i].country for i in ids},
        {countries()[n] for n in names if n in countries()},
        {t.country for n in names for t in towns().get(n, ())[:1] if t.thousands >= _KNOWN and n not in NOT_PLACES},
    ):
        if told:
            return told.pop() if len(told) == 1 else None
    return None


_DATED: Final = re.compile(
    r"[.:,]\s(?:On\s)?(?:\d|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\b|[Nn]ight\b|[Ll]ate\b|[Ee]arly\b)"
)
"""Behind the name that an item opens with."""
_DAY: Final = re.compile(r"\d{1,2}\s[A-Z][a-z]{2,}|[A-Z][a-z]{2,}\s\d{1,2}|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*day")
"""Before it: "12 June, Khanasor. ..."."""
_MISSION_BEHIND: Final = re.compile(r"(?:['’]s?)?\s(?:[Ee]mbass|[Cc]onsul|[Aa]mbassador|[Dd]iplomat)")
"""Behind a state's name: its mission is in another."""
SENT_FROM: Final = re.compile(
    r"\b(?:(?:missiles?|rockets?|drones?|uavs?|projectiles?|shells?)\s(?:\w+\s)?|fired\s|launched\s|flown\s)from\s(?:the\s)?$",
    re.IGNORECASE,
)
"""Before a country: what struck came from there."""
_EMPTY: Final = re.compile(
    r"\b(?:empty|former|old|abandoned|closed|shut|shuttered|vacant|vacated|evacuated|deserted|disused|mothballed)\s(?:[\w.]+\s)?$",
    re.IGNORECASE,
)
"""Before a mission's name: it is its house that is meant."""
_ABBREVIATED: Final = re.compile(r"\s(?:AB|AFB|APT|FOB|COB|COP|NPP)\b")
"""Behind a town in a source's name: it is the site there."""
_ROAD_BY: Final = re.compile(r"\b(?:highway|road|motorway|track|railway|line)\s(?:near|outside|beyond|past)\s$")
_OF_POWER: Final = re.compile(r"\b(?:[Nn]uclear|[Aa]tomic|[Rr]eactors?|[Ee]nergy|[Pp]ower unit|NPP)\b")
"""Of what a report speaks in which a plant's station is no place where trains stop."""
_AT: Final = re.compile(r"(?:^|[.:]\s|\n)At\s$")
_WHERE: Final = re.compile(
    r"\b(?:[Aa]t|[Oo]ver|[Oo]utside|[Ii]nside|[Nn]ear|[Ii]nto|[Aa]round|[Aa]bove|[Tt]owards?|[Bb]eside|[Aa]gainst"
    r"|hit|struck|shelled|bombed|attacked|targeted|stormed"
    r"|(?:perimeter|fence|runway|walls?|gates?|apron|tower|terminal|buildings?|floor|wing|roof|wards?|corridors?|grounds?|entrance|yard|area|vicinity|edge|side) of)\s(?:the\s)?$"
)
"""Before a name: it tells where."""
_KNOWN: Final = 100
"""Thousands of people in a town that the name of a source may be after."""


_HYPHENED: Final = re.compile(r"[-–](?=[A-Z])")
"""After a name: a line between two places, "the Limon-Covenas pipeline", is at neither."""
_BETWEEN: Final = re.compile(r"\b[A-Z][a-z]{3,}[-–](?=[A-Z]$)")
"""Before a name: the line's other end."""


def _came_from(body: str, h: Hit) -> bool:
    """Whether a country is only where something came from: "a missile from Yemen", "from the Yemeni side"."""
    before = max(0, h.start - 40)
    if SENT_FROM.search(body, before, h.start) is not None:
        return True
    return _FROM_THE.search(body, before, h.start) is not None and _A_SIDE.match(body, h.end) is not None


_FROM_THE: Final = re.compile(r"\bfrom the\s$")
_A_SIDE: Final = re.compile(r"\s(?:side|direction|territory|border|bank)\b")


def _foreign(body: str, h: Hit) -> bool:
    """Whether a people's name tells who someone is, not where the passage plays: "Turkish troops", "Russian drones"."""
    return (
        re.match(
            r"[-\s](?:(?:[a-z]+-[a-z]+|[a-z]+(?:ic|al|ed|ar)|cruise|attack|special|heavy|fighter|strike|suicide|kamikaze)\s){0,2}(?:troops?|soldiers?|forces?|drones?|missiles?|rockets?|jets?|warplanes?|aircraft|army|navy|officials?|militar\w+|instructors|advis\w+|embass\w+|consulate\w*|engineers?|sergeant|strikes?|made|backed|aligned|led|general|ambassador|military|"
            r"peacekeep\w+|contingent|bombers?|tanker|airliner|state|base\b|personnel|nationals?|citizens?|diplomats?|contractors?|workers?|artillery|air|ballistic|spokes\w+|president|minister|ministry|revolutionary|proxies|intelligence|gendarmes|marines|occupied|installed|commandos|officers?)",
            body[h.end : h.end + 40],
            re.IGNORECASE,
        )
        is not None
    )


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


def _site_words(scene: Scene, h: Hit, *, outside: bool = False) -> bool:
    """Whether a word for a site stands beside, or in the name itself."""
    return any(
        (x.classes.site and not (outside and h.start <= x.start < h.end))
        or not x.classes.isdisjoint(("t_us_troops", "t_coalition"))
        for x in scene.hits_in(h.start - 59, h.end + 45)
    )


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
            r"\b(?:from|as far as|unlike|on (?:the )?road to|on (?:the|his|her|their) way to|south of|north of|east of|west of|leader in|based in|miles? from|kilomet\w+ from|km from|(?:nm|nautical miles?|miles?|km|kilomet\w+) off|(?:nm|miles?|kms?|kilomet\w+) [nsew]{1,3} of|not)\s+(?:the\s+)?$",
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
    r"\b(?:(?:[0-4](?:[.,]\d)?|one|two|three|four|half a|a|a few)\s?(?:km|kms|kilomet\w+|miles?)|\d{1,4}\s?(?:m|metres|meters|yards|yds|feet))\s+"
    r"(?:to the\s+)?(?:[nsew]{1,3}|(?:north|south)?-?(?:east|west)?)\s*(?:of|from|off|short of|outside|away from)\s+(?:the\s+)?$"
)
"""A distance that is still at the site: "1.5 km S of the base"."""
