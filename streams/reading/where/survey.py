"""Surveys a report before it is read: the countries spoken of, and the facilities named, by their names or by what is left of one."""

from bisect import bisect_right, insort
from itertools import compress
from operator import not_
from typing import Final

from schemas.facility import Facility
from schemas.report import Source
from schemas.taxonomy import SourceKind
from streams.reading.lexicon import Lexicon
from streams.reading.text import gated as re
from streams.reading.text.normal import fold_name
from streams.reading.what.cues import Hit, in_order
from streams.reading.where.in_context import Read, name_loosely, site_words
from streams.reading.where.places import Spot, dateline, dateline_name, locate
from streams.reading.where.scene import SENT_FROM, Named, Scene
from streams.reading.where.sections import sections
from streams.reading.where.senders import home_of, site_of, town_in
from streams.reading.where.sites import OF_STATES, made_names
from streams.reading.where.towns import towns

_FIRST_LINES: Final = 1500
"""Characters of a report that may tell its country by a town."""
_ON_THE_SPOT: Final = (SourceKind.SOCIAL, SourceKind.FIELD, SourceKind.NGO)
"""Who reports of where he is."""


def survey(lexicon: Lexicon, body: str, hits: list[Hit], names: list[Hit], year: int, source: Source) -> Scene:
    """Find the countries spoken of and the facilities named in a report; where it tells no country, that of its source."""
    hits = [h for h in hits if not _of_a_fix(body, h) and not (h.classes.site and _not_there(body, h))]
    names = [n for n in names if not _not_there(body, n)]
    scene = Scene(lexicon, body, hits, names, year)
    opening = body.find("\n") + 1
    scene.dateline = dateline(body, opening, len(body)) or scene.site_town(dateline_name(body, opening, len(body)))
    longest = _longest(body, names)
    scene.countries = [(h.start, c) for h in hits if _plays_there(body, h, longest) for c in h.classes.countries]
    read: list[Read] = [(h, lexicon.name_ids.get(h.text, ())) for h in longest]
    _name_firmly(scene, read)
    _where_dated(scene)
    scene.countries.sort()
    _name_the_rest(scene, read, source)
    scene.named.sort(key=lambda n: n.start)
    scene.sections = sections(body)
    _tellers(scene, source)
    return scene


def _longest(body: str, names: list[Hit]) -> list[Hit]:
    """The names of facilities, of overlapping ones the longest; none that is an end of a line between two places."""
    out: list[Hit] = []
    for h in sorted((h for h in names if "id_name" in h.classes), key=in_order):
        if _HYPHENED.match(body, h.end) or _BETWEEN.search(body, max(0, h.start - 20), h.start + 1):
            continue
        if out and h.end <= out[-1].end:
            continue
        if out and h.start < out[-1].end:
            if h.end - h.start <= out[-1].end - out[-1].start:
                continue
            out.pop()
        out.append(h)
    return out


def _plays_there(body: str, h: Hit, longest: list[Hit]) -> bool:
    """Whether a country's name tells where the passage plays: not who somebody is, nor where something came from."""
    return (
        bool(h.classes.countries)
        and not (h.text.endswith(("ish", "ian", "i", "an", "ese", "ch")) and _foreign(body, h))
        and not _MISSION_BEHIND.match(body, h.end)
        and not _came_from(body, h)
        and not _within_name(longest, h)
    )


def _speaks_for_itself(read: Read) -> bool:
    """Whether a name is that of one facility and needs no context."""
    _, ids = read
    return len(ids) == 1 and not ids[0][1]


def _name_firmly(scene: Scene, read: list[Read]) -> None:
    """Take the names that speak for themselves, and the countries of their facilities."""
    for h, ids in filter(_speaks_for_itself, read):
        facility = scene.lexicon.gazetteer.by_id[ids[0][0]]
        if _still_meant(scene, h, facility):
            scene.named.append(Named(h.start, h.end, facility, sure=True))
            scene.countries.append((h.start, facility.country))


def _where_dated(scene: Scene) -> None:
    """Add the country that the story is dated from; where none is told, those of the towns in its first lines."""
    at, body = scene.dateline, scene.body
    if at is not None and at.country is not None and at.country in scene.lexicon.by_country and not _told(scene, at):
        scene.countries.append((at.start, at.country))
    if not scene.countries:
        spots = [*filter(None, [at]), *locate(body, 0, min(len(body), _FIRST_LINES), None)]
        scene.countries.extend((s.start, s.country) for s in spots if s.country)


def _name_the_rest(scene: Scene, read: list[Read], source: Source) -> None:
    """Take the names that need their context: first those of one facility with a word for a site, which tell a country for the others."""
    loose = [x for x in read if not _speaks_for_itself(x)]
    alone = [len(ids) == 1 and site_words(scene, h) for h, ids in loose]
    small, short = source.kind is SourceKind.SOCIAL, source.kind in (SourceKind.SOCIAL, SourceKind.FIELD)
    name_loosely(scene, list(compress(loose, alone)), small=small, short=short)
    _name_made(scene, made_names(scene.lexicon, scene.body, scene.hits, scene.names, scene.year))
    if not scene.countries and (home := home_of(scene.lexicon, source.name)) is not None:
        scene.countries.append((0, home))
    name_loosely(scene, list(compress(loose, map(not_, alone))), small=small, short=short)


def _tellers(scene: Scene, source: Source) -> None:
    """Note what the name of the source, or of a report from the field its headline, tells of where it comes from."""
    scene.source_site = site_of(scene.lexicon, source.name)
    if source.kind in _ON_THE_SPOT:
        scene.home = town_in(scene.lexicon, source.name)
    if source.kind is SourceKind.NEWS:
        scene.printed_in = town_in(scene.lexicon, source.name)
    if source.kind is SourceKind.FIELD:
        scene.post = scene.source_site or site_of(scene.lexicon, scene.body[: scene.body.find("\n")])


_HYPHENED: Final = re.compile(r"[-–](?=[A-Z])")
"""After a name: a line between two places, "the Limon-Covenas pipeline", is at neither."""
_BETWEEN: Final = re.compile(r"\b[A-Z][a-z]{3,}[-–](?=[A-Z]$)")
"""Before a name: the line's other end."""
_MISSION_BEHIND: Final = re.compile(r"(?:['’]s?)?\s(?:[Ee]mbass|[Cc]onsul|[Aa]mbassador|[Dd]iplomat)")
"""Behind a state's name: its mission is in another."""


def _of_a_fix(body: str, h: Hit) -> bool:
    """Whether a position is a receiver's, not soldiers': "satellite positions jumped"."""
    if not h.text.startswith("position"):
        return False
    return _RECEIVER.search(body, max(0, h.start - 80), h.end + 80) is not None


_RECEIVER: Final = re.compile(
    r"\b(?:GPS|GNSS|AIS|[Ss]atellite|[Jj]am(?:med|ming)|[Ss]poof\w+|[Rr]eceivers?|[Nn]avigation)\b"
)
"""About a word for a position: what tells it."""


def _not_there(body: str, h: Hit) -> bool:
    """Whether a site is named as one that it was not: "in the city, not on the port"."""
    return _BUT_NOT.search(body, max(0, h.start - 50), h.start) is not None


_BUT_NOT: Final = re.compile(
    r"[,;(]\s?not\s(?:(?:in|at|on|near|inside|from|into|over)\s)?(?:the\s|its\s|any\s)?(?:[A-Z][\w'’\-]+\s){0,3}$"
)
"""Before it."""


def _within_name(longest: list[Hit], h: Hit) -> bool:
    """Whether a country's name only begins or stands in a facility's: "Aden Adde airport" is not in Aden."""
    n = bisect_right(longest, h.start, key=lambda x: x.start)
    return n > 0 and h.end < longest[n - 1].end


def _came_from(body: str, h: Hit) -> bool:
    """Whether a country is only where something came from: "a missile from Yemen", "from the Yemeni side"."""
    before = max(0, h.start - 40)
    if SENT_FROM.search(body, before, h.start) is not None:
        return True
    return _FROM_THE.search(body, before, h.start) is not None and _A_SIDE.match(body, h.end) is not None


_FROM_THE: Final = re.compile(r"\b(?:from the|POO(?:\s(?:poss|prob))?)\s$")
_A_SIDE: Final = re.compile(r"\s(?:side|direction|territory|border|bank)\b")


def _foreign(body: str, h: Hit) -> bool:
    """Whether a people's name tells who someone is, not where the passage plays: "Turkish troops", "Russian drones"."""
    return _OF_A_STATE.match(body, h.end, h.end + 40) is not None


_OF_A_STATE: Final = re.compile(
    r"[-\s](?:(?:[a-z]+-[a-z]+|[a-z]+(?:ic|al|ed|ar)|cruise|attack|special|heavy|fighter|strike|suicide|kamikaze)\s){0,2}(?:troops?|soldiers?|forces?|drones?|missiles?|rockets?|jets?|warplanes?|aircraft|army|navy|officials?|militar\w+|instructors|advis\w+|embass\w+|consulate\w*|engineers?|sergeant|strikes?|made|backed|aligned|led|general|ambassador|military|"
    r"peacekeep\w+|contingent|bombers?|tanker|airliner|state|base\b|personnel|nationals?|citizens?|diplomats?|contractors?|workers?|artillery|air|ballistic|spokes\w+|president|minister|ministry|revolutionary|proxies|intelligence|gendarmes|marines|occupied|installed|commandos|officers?)",
    re.IGNORECASE,
)
"""Behind a people's name: who or what is of its state."""


def _still_meant(scene: Scene, h: Hit, facility: Facility) -> bool:
    """Whether a facility's name may mean it in the year of the report: a site stands when it is closed, a mission is gone unless its empty house is told of."""
    if facility.since is not None and facility.since > scene.year:
        return False
    if facility.serves_in(scene.year) or facility.serves_in(scene.year - 1):
        return True
    return facility.kind not in OF_STATES or _EMPTY.search(scene.body, max(0, h.start - 30), h.start) is not None


_EMPTY: Final = re.compile(
    r"\b(?:empty|former|old|abandoned|closed|shut|shuttered|vacant|vacated|evacuated|deserted|disused|mothballed)\s(?:[\w.]+\s)?$",
    re.IGNORECASE,
)
"""Before a mission's name: it is its house that is meant."""


def _told(scene: Scene, at: Spot) -> bool:
    """Whether one of the towns called so lies in a country that is told: then the dateline tells no other."""
    told = {c for _, c in scene.countries}
    return any(t.country in told for t in towns().get(fold_name(at.name), ()))


def _name_made(scene: Scene, made: list[tuple[int, int, tuple[Facility, ...]]]) -> None:
    """Take names that the gazetteer has not, where one facility alone may be meant in the countries told."""
    told = {c for _, c in scene.countries}
    taken = [(n.start, n.end) for n in scene.named]
    for start, end, fit in made:
        options = [f for f in fit if f.country in told] if told else fit
        if len(options) == 1 and not any(lo < end and start < hi for lo, hi in taken):
            scene.named.append(Named(start, end, options[0], sure=True))
            insort(scene.countries, (start, options[0].country))
