"""The regions and countries that a description tells, and the places it only tells a side of."""

from typing import Final

from streams.reading.text import gated as re
from streams.reading.where.bearings import Side
from streams.reading.where.scene import SENT_FROM, Scene

MANY: Final = 400
"""Of so many facilities in a country not all are compared: those near, in the region, or so described."""
SAYS: Final = re.compile(r",?\s(?:says?|said|told|confirmed|added|denie[sd]|insists?|insisted|claims?|claimed)\b")
"""Behind a town: it is the speaker's, or it stands for its government."""
_SAME_AREA: Final = re.compile(r"\b(?:same|that) (?:province|governorate|region|area|district|city|town)\b")
_OPENING: Final = 60
"""Within so many characters a line opens with where it plays: "Middle Shabelle. ..."."""
_SHORT: Final = 300
"""So short a report plays in the regions that it tells anywhere."""
_CAPITAL: Final = re.compile(r"\b(?<!regional )(?<!provincial )(?<!state )capital\b(?!,?\s+(?:of\s+)?[A-Z])")


def regions_told(
    scene: Scene,
    lo: int,
    hi: int,
    right: int,
    sentence: tuple[int, int],
    country: str | None,
    outside: set[str],
) -> tuple[set[str], set[str]]:
    """The region words of the sentence, and those of the description itself; a place is none of which a side is told."""
    lex, body = scene.lexicon, scene.body
    around = (0, len(body)) if len(body) < _SHORT else sentence
    regions = _regions_in(scene, *around) - outside
    near = [
        x
        for x in scene.names_in(lo, right)
        if "id_region" in x.classes
        and x.text in regions
        and not SAYS.match(body, x.end)
        and not SENT_FROM.search(body, max(lo, x.start - 40), x.start)
    ]
    close = {x.text for x in near if not dated_from(scene, x.start)} or {x.text for x in near}
    if not close and (back := _SAME_AREA.search(body, lo, hi)):
        close = _regions_in(scene, scene.line, back.start()) or _regions_in(scene, sentence[0] - 200, back.start())
    capital = _CAPITAL.search(body, lo, right) is not None
    opens = not close and 0 < sentence[0] - scene.line < _OPENING
    if capital or opens or len(close) > 1:
        area = {r for f in lex.by_country.get(country or "", ())[:MANY] for r in lex.regions[f.id]}
        there = (_regions_in(scene, scene.line, sentence[0]) if opens else close) & area
        close = (capital and {r for r in area if r.endswith(" capital")}) or there or close
    return regions | close, close


def dated_from(scene: Scene, at: int) -> bool:
    """Whether a place is the one that a story is dated from, which is where it plays only if it tells no other."""
    return scene.dateline is not None and scene.dateline.start <= at < scene.dateline.end


def _regions_in(scene: Scene, lo: int, hi: int) -> set[str]:
    found = [x for x in scene.names_in(lo, hi) if "id_region" in x.classes]
    return {x.text for x in found if _HALF.search(scene.body, max(lo, x.start - 6), x.start) is None}


_HALF: Final = re.compile(r"\b(?:[Nn]orth|[Ss]outh)[\s-]$")
"""Before a region that is told: it is but the half of one, the "east Jordan" of "north-east Jordan"."""


def beyond(scene: Scene, told_sides: list[Side]) -> set[str]:
    """The names of towns of which a side is told: the site is not in them."""
    return sided(scene, [s for s in told_sides if not s.inside])


def sided(scene: Scene, told_sides: list[Side]) -> set[str]:
    """The names of towns of which a side is told."""
    return {x.text for s in told_sides if s.town is not None for x in scene.names_in(s.start, s.end)}


def as_region(scene: Scene, side: Side, regions: set[str]) -> bool:
    """Whether a side is told in words that facilities have for their region."""
    near = scene.names_in(side.start - 40, side.end)
    return any("id_region" in x.classes and x.text in regions and x.start <= side.start < x.end for x in near)


def across(scene: Scene, lo: int, hi: int, country: str | None) -> str | None:
    """Of "near the Cameroonian border", the only words of a country: the country whose sites lie there, on this side of it."""
    by_id = scene.lexicon.gazetteer.by_id
    for x in scene.names_in(lo, hi):
        of = {by_id[i].country for i in scene.lexicon.by_region.get(x.text, ())[:MANY]}
        told = {c for h in scene.hits_in(x.start, x.end) for c in h.classes.countries}
        if len(of) == 1 and country in told - of:
            return of.pop()
    return None


def country_of(scene: Scene, described: frozenset[str], lo: int, hi: int) -> str | None:
    """The country of what is told in full, where the passage speaks of it or, of no country, of its region: "the Polish airport used for arms deliveries to Ukraine"."""
    of = {scene.lexicon.gazetteer.by_id[i].country for i in described}
    if len(of) != 1:
        return None
    told = {c for x in scene.hits_in(lo, hi) for c in x.classes.countries}
    here = of & told or (not told and any(_regions_in(scene, lo, hi) & scene.lexicon.regions[i] for i in described))
    return of.pop() if here else None
