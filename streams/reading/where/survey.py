"""Surveys a report before it is read: the countries spoken of, and the facilities named, by their names or by what is left of one.

A name that needs context counts only with its country around, a word for a site, or where it tells where something is.
"""

from bisect import bisect_right, insort
from collections.abc import Sequence
from itertools import compress
from typing import Final

from schemas.facility import Facility
from schemas.report import Source
from schemas.taxonomy import SourceKind
from streams.reading.lexicon import Lexicon
from streams.reading.text import gated as re
from streams.reading.text.normal import fold_name
from streams.reading.what.cues import Hit, in_order
from streams.reading.what.striking import STRIKES, STRUCK
from streams.reading.where.places import Spot, dateline, dateline_name, locate, run_in_heading
from streams.reading.where.scene import DATED, SENT_FROM, Named, Scene
from streams.reading.where.sections import sections
from streams.reading.where.senders import home_of, site_of, town_in
from streams.reading.where.sites import OF_STATES, made_names, may_be_called
from streams.reading.where.towns import towns

_Read = tuple[Hit, tuple[tuple[str, bool], ...]]
"""A name in the text and whose it is: ids, with whether they need context."""


def survey(lexicon: Lexicon, body: str, hits: list[Hit], names: list[Hit], year: int, source: Source) -> Scene:
    """Find the countries spoken of and the facilities named in a report; where it tells no country, that of its source."""
    hits = [h for h in hits if not _of_a_fix(body, h) and not (h.classes.site and _not_there(body, h))]
    names = [n for n in names if not _not_there(body, n)]
    scene = Scene(lexicon, body, hits, names, year)
    opening = body.find("\n") + 1
    scene.dateline = dateline(body, opening, len(body)) or scene.site_town(dateline_name(body, opening, len(body)))
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
    for h in hits:
        if (
            h.classes.countries
            and not (h.text.endswith(("ish", "ian", "i", "an", "ese", "ch")) and _foreign(body, h))
            and not _MISSION_BEHIND.match(body, h.end)
            and not _came_from(body, h)
            and not _within_name(longest, h)
        ):
            scene.countries.extend((h.start, country) for country in h.classes.countries)
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
    small, short = source.kind is SourceKind.SOCIAL, source.kind in (SourceKind.SOCIAL, SourceKind.FIELD)
    _name_loosely(scene, list(compress(loose, alone)), small=small, short=short)
    _name_made(scene, made_names(lexicon, body, hits, names, year))
    if not scene.countries and (home := home_of(lexicon, source.name)) is not None:
        scene.countries.append((0, home))
    _name_loosely(scene, [x for x, first in zip(loose, alone, strict=True) if not first], small=small, short=short)
    scene.named.sort(key=lambda n: n.start)
    scene.sections = sections(body)
    scene.source_site = site_of(lexicon, source.name)
    if source.kind in _ON_THE_SPOT:
        scene.home = town_in(lexicon, source.name)
    if source.kind is SourceKind.NEWS:
        scene.printed_in = town_in(lexicon, source.name)
    if source.kind is SourceKind.FIELD:
        scene.post = scene.source_site or site_of(lexicon, body[: body.find("\n")])
    return scene


def _of_a_fix(body: str, h: Hit) -> bool:
    """Whether a position is a receiver's, not soldiers': "satellite positions jumped"."""
    if not h.text.startswith("position"):
        return False
    return _RECEIVER.search(body, max(0, h.start - 80), h.end + 80) is not None


def _not_there(body: str, h: Hit) -> bool:
    """Whether a site is named as one that it was not: "in the city, not on the port"."""
    return _BUT_NOT.search(body, max(0, h.start - 50), h.start) is not None


_BUT_NOT: Final = re.compile(
    r"[,;(]\s?not\s(?:(?:in|at|on|near|inside|from|into|over)\s)?(?:the\s|its\s|any\s)?(?:[A-Z][\w'’\-]+\s){0,3}$"
)
"""Before it."""


_RECEIVER: Final = re.compile(
    r"\b(?:GPS|GNSS|AIS|[Ss]atellite|[Jj]am(?:med|ming)|[Ss]poof\w+|[Rr]eceivers?|[Nn]avigation)\b"
)
"""About a word for a position: what tells it."""


def _within_name(longest: list[Hit], h: Hit) -> bool:
    """Whether a country's name only begins or stands in a facility's: "Aden Adde airport" is not in Aden."""
    n = bisect_right(longest, h.start, key=lambda x: x.start)
    return n > 0 and h.end < longest[n - 1].end


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


def _name_loosely(scene: Scene, loose: Sequence[_Read], *, small: bool, short: bool) -> None:
    """Take names that need their context for the facility whose country is told.

    `small`: where they tell where, in small letters, too; `short`: those of a few capitals without more ("VBC").
    """
    body, by_id = scene.body, scene.lexicon.gazetteer.by_id
    told = {c for _, c in scene.countries}
    sure_ids = {n.facility.id for n in scene.named}
    for h, ids in loose:
        options = [by_id[i] for i, _ in ids]
        code = short and h.end - h.start >= _CODE and body[h.start : h.end].isupper()
        options = [f for f in options if f.country in told or f.id in sure_ids] or (
            options
            if len(options) == 1
            and (code or _site_words(scene, h, outside=bool(told)) or _nowhere_else(scene, h) or _heard_from(body, h))
            else []
        )
        if (h.text in scene.lexicon.borne and not _said_where(body, h)) or _of_its_town(scene, h):
            continue
        if _AWAY_FROM_HOME.match(body, h.end) is not None or _of_a_man(body, h):
            continue
        options = [f for f in options if f.serves_in(scene.year)] or options
        behind = next((x for x in scene.hits_in(h.end + 1, h.end + 2) if x.classes.site), None)
        if behind is not None:
            options = [f for f in options if may_be_called(behind.text, f)]
        if not options or (
            not body[h.start].isupper()
            and not _heard_from(body, h)
            and not (small and _said_where(body, h))
            and body[h.start].isascii()
            and not re.match(r"al[- ]|[#@\d]", body[h.start : h.start + 3].lower())
        ):
            continue
        near = scene.country_near(h.start, h.end, (max(0, h.start - 200), h.end + 200))
        best = next((f for f in options if f.country == near), options[0] if len(options) == 1 else None)
        if best is None:
            continue
        sure = (
            best.id in sure_ids
            or _site_words(scene, h)
            or (" " in h.text and best.country in told)
            or _at_it(scene, h)
            or _heard_from(body, h)
            or code
        )
        if not sure and h.text in towns() and _IN_TOWN.search(body, max(0, h.start - 10), h.start) is not None:
            continue
        scene.named.append(Named(h.start, h.end, best, sure=sure))
        if sure:
            insort(scene.countries, (h.start, best.country))


_IN_TOWN: Final = re.compile(r"\b(?:[Ii]n|[Nn]ear|[Aa]round|[Oo]utside)\s$")
"""Before a town that a site is named for, too: without a word for a site it is the town, "abducted aid workers in Dikwa"."""


def _said_where(body: str, h: Hit) -> bool:
    """Whether a name tells where something is: "at Mitiga", "the perimeter of Mitiga", or opens an item, "Mitiga: ..."."""
    before = body[max(0, h.start - 2) : h.start]
    opens = h.start == 0 or before.endswith("\n") or (before in (". ", ": ") and DATED.match(body, h.end) is not None)
    return (
        _WHERE.search(body, max(0, h.start - 30), h.start) is not None
        or (opens and body[h.end : h.end + 1] in (".", ":", ","))
        or _STRICKEN.match(body, h.end) is not None
        or _heads(body, h)
    )


_CODE: Final = 3
"""Letters of an abbreviation that tells enough."""


_AWAY_FROM_HOME: Final = re.compile(
    r"\s(?:[a-z]+\s)?(?:position|post|observation post|patrol|convoy|vehicle|car|lorry|truck|peacekeeper|soldier|troop|team|watch-?tower|helicopter)s?\b"
    r"[^.;]{0,40}?\b(?:near|at|in|outside|close to|between|on the road|north of|south of|east of|west of)\s[A-Z]"
)
"""Behind the name of a force that its headquarters bears, too: those of it who were somewhere else, "a UNIFIL post near Ramyeh"."""


def _of_a_man(body: str, h: Hit) -> bool:
    """Whether a name with an article stands behind a man's first name or title: "Bashar al-Assad", "President al-Assad"."""
    return h.text.startswith(("al ", "el ")) and _FIRST_NAME.search(body, max(0, h.start - 24), h.start) is not None


_FIRST_NAME: Final = re.compile(
    r"(?:[a-z,]\s|\b(?:[Pp]resident|[Mm]inister|Mr|Dr|Sheikh)\s)(?!Ain\b|Ayn\b|Camp\b|Base\b|At\b|Near\b|Port\b|FOB\b)[A-Z][a-z]+\s$|\b(?:[Pp]resident|Mr|Dr|Sheikh)\s$"
)


def _heard_from(body: str, h: Hit) -> bool:
    """Whether a post says from where it hears or sees something: "yavoriv direction: two hits heard"."""
    return _DIRECTION.match(body, h.end) is not None


def _heads(body: str, h: Hit) -> bool:
    """Whether an item's heading ends in a name: "1. NIAMEY. BA101/DIORI HAMANI: GPS degraded"."""
    if body[h.end : h.end + 1] != ":":
        return False
    line = body.rfind("\n", 0, h.start) + 1
    span = run_in_heading(body, line, min(len(body), h.end + 2))
    return span is not None and span[1] == h.end


def _nowhere_else(scene: Scene, h: Hit) -> bool:
    """Whether a name tells where something is, and that is no town: the facility's country need not be told."""
    return _said_where(scene.body, h) and h.text not in towns()


def _of_its_town(scene: Scene, h: Hit) -> bool:
    """Whether a place means its town, not its site: "on the highway near Shaddadi", "Chornobyl's railway junction"."""
    before = max(0, h.start - 40)
    if _ROAD_BY.search(scene.body, before, h.start) is not None or _TOWN_OF.search(scene.body, before, h.start):
        return True
    if _ROAD_ON.match(scene.body, h.end) is not None or _AS_TOWN.match(scene.body, h.end) is not None:
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


_MISSION_BEHIND: Final = re.compile(r"(?:['’]s?)?\s(?:[Ee]mbass|[Cc]onsul|[Aa]mbassador|[Dd]iplomat)")
"""Behind a state's name: its mission is in another."""


_EMPTY: Final = re.compile(
    r"\b(?:empty|former|old|abandoned|closed|shut|shuttered|vacant|vacated|evacuated|deserted|disused|mothballed)\s(?:[\w.]+\s)?$",
    re.IGNORECASE,
)
"""Before a mission's name: it is its house that is meant."""


_ROAD_BY: Final = re.compile(r"\b(?:highway|road|motorway|track|railway|line)\s(?:near|outside|beyond|past)\s$")


_TOWN_OF: Final = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Oo]n|[Oo]ver|[Nn]ear|[Oo]utside)\sthe\s(?:\w+\s)?(?:town|city|village|suburb)\sof\s(?:[Aa]l[- ])?$"
)
"""Before a name: it is the town's, "in the neighbouring town of Enerhodar"."""


_ROAD_ON: Final = re.compile(
    r"(?:\sto\s|\s?[-–]\s?)(?:[Aa]l-)?[A-Z][\w'’]+(?:\s[A-Z]\w+)?\s(?:road|axis|highway|track|route|corridor)\b"
)
"""Behind a name: it is where a road ends, "Dikwa to Gajibo road"."""


_AS_TOWN: Final = re.compile(r"\s(?:town|twp|township|village|city|market|suburbs?)\b")
"""Behind a name: it is the town's, "towards Ambouli township"."""


_OF_POWER: Final = re.compile(r"\b(?:[Nn]uclear|[Aa]tomic|[Rr]eactors?|[Ee]nergy|[Pp]ower unit|NPP)\b")
"""Of what a report speaks in which a plant's station is no place where trains stop."""


_AT: Final = re.compile(r"(?:^|[.:]\s|\n)At\s$")


_WHERE: Final = re.compile(
    r"\b(?:[Aa]t|[Oo]ver|[Oo]utside|[Ii]nside|[Nn]ear|[Ii]nto|[Aa]round|[Aa]bove|[Tt]owards?|[Bb]eside|[Aa]gainst"
    rf"|(?:fire|attacks?|strikes?|assaults?|raids?|mortars?|rockets?|shells|bombs|drones?) on|{STRIKES}"
    r"|[Aa]pproach(?:es)? to|[Cc]limb-?\s?out (?:of|from)|[Ff]inals? (?:to|at|for)|[Tt]ake-?off (?:at|from)|(?:perimeter|fence|runway|walls?|gates?|apron|tower|terminal|buildings?|floor|wing|roof|wards?|corridors?|grounds?|entrance|yard|area|vicinity|edge|side) of)\s(?:the\s)?$"
)
"""Before a name: it tells where."""


_STRICKEN: Final = re.compile(
    r"\s(?:(?:is|was|has been|comes?|came|again|reportedly)\s){0,2}"
    rf"(?:under\s(?:[a-z]+\s)?(?:attack|fire|bombardment)\b|{STRUCK}\s(?:by|with|again|overnight|on|in)\b)"
)
"""Behind a name: what befell it tells that it is a site."""


_DIRECTION: Final = re.compile(r"\sdirection\b")


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


_FROM_THE: Final = re.compile(r"\b(?:from the|POO(?:\s(?:poss|prob))?)\s$")


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


def _site_words(scene: Scene, h: Hit, *, outside: bool = False) -> bool:
    """Whether a word for a site stands beside, or in the name itself."""
    return any(
        (x.classes.site and not (outside and h.start <= x.start < h.end))
        or not x.classes.isdisjoint(("t_us_troops", "t_coalition"))
        for x in scene.hits_in(h.start - 59, h.end + 45)
    )


_ON_THE_SPOT: Final = (SourceKind.SOCIAL, SourceKind.FIELD, SourceKind.NGO)
"""Who reports of where he is."""
