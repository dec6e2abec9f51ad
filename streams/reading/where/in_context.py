"""Names that need their context: whether what stands around them tells that a facility is meant.

It needs the facility's country around, a word for a site, or that the name tells where something is.
"""

from bisect import insort
from collections.abc import Sequence
from typing import Final

from streams.reading.text import gated as re
from streams.reading.what.cues import Hit
from streams.reading.what.striking import STRIKES, STRUCK
from streams.reading.where.places import run_in_heading
from streams.reading.where.scene import DATED, Named, Scene
from streams.reading.where.sites import may_be_called
from streams.reading.where.towns import towns

Read = tuple[Hit, tuple[tuple[str, bool], ...]]
"""A name in the text and whose it is: ids, with whether they need context."""


def name_loosely(scene: Scene, loose: Sequence[Read], *, small: bool, short: bool) -> None:
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
            and (code or site_words(scene, h, outside=bool(told)) or _nowhere_else(scene, h) or _heard_from(body, h))
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
            or site_words(scene, h)
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


_CODE: Final = 3
"""Letters of an abbreviation that tells enough."""
_IN_TOWN: Final = re.compile(r"\b(?:[Ii]n|[Nn]ear|[Aa]round|[Oo]utside)\s$")
"""Before a town that a site is named for, too: without a word for a site it is the town, "abducted aid workers in Dikwa"."""
_AWAY_FROM_HOME: Final = re.compile(
    r"\s(?:[a-z]+\s)?(?:position|post|observation post|patrol|convoy|vehicle|car|lorry|truck|peacekeeper|soldier|troop|team|watch-?tower|helicopter)s?\b"
    r"[^.;]{0,40}?\b(?:near|at|in|outside|close to|between|on the road|north of|south of|east of|west of)\s[A-Z]"
)
"""Behind the name of a force that its headquarters bears, too: those of it who were somewhere else, "a UNIFIL post near Ramyeh"."""


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


def _at_it(scene: Scene, h: Hit) -> bool:
    """Whether a sentence begins with being at a place that is no town: "At Varreux the loading arms are idle"."""
    return _AT.search(scene.body, max(0, h.start - 6), h.start) is not None and h.text not in towns()


_AT: Final = re.compile(r"(?:^|[.:]\s|\n)At\s$")


def _heard_from(body: str, h: Hit) -> bool:
    """Whether a post says from where it hears or sees something: "yavoriv direction: two hits heard"."""
    return _DIRECTION.match(body, h.end) is not None


_DIRECTION: Final = re.compile(r"\sdirection\b")


def _of_a_man(body: str, h: Hit) -> bool:
    """Whether a name with an article stands behind a man's first name or title: "Bashar al-Assad", "President al-Assad"."""
    return h.text.startswith(("al ", "el ")) and _FIRST_NAME.search(body, max(0, h.start - 24), h.start) is not None


_FIRST_NAME: Final = re.compile(
    r"(?:[a-z,]\s|\b(?:[Pp]resident|[Mm]inister|Mr|Dr|Sheikh)\s)(?!Ain\b|Ayn\b|Camp\b|Base\b|At\b|Near\b|Port\b|FOB\b)[A-Z][a-z]+\s$|\b(?:[Pp]resident|Mr|Dr|Sheikh)\s$"
)


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


def site_words(scene: Scene, h: Hit, *, outside: bool = False) -> bool:
    """Whether a word for a site stands beside, or in the name itself."""
    return any(
        (x.classes.site and not (outside and h.start <= x.start < h.end))
        or not x.classes.isdisjoint(("t_us_troops", "t_coalition"))
        for x in scene.hits_in(h.start - 59, h.end + 45)
    )
