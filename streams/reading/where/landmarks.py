"""Resolves landmarks that are told without more: names that several sites bear, and quarters and roads called after a kind of site.

"The Green Zone" is the one of the country spoken of, else any that is called so; "the embassy district" and "the airport road" are
no site, but places, in these words.
"""

from typing import Final

from schemas.facility import Facility
from schemas.mention import Candidate, Place
from streams.reading.text import gated as re
from streams.reading.where.places import says_where
from streams.reading.where.scene import Scene, Target, named_in

_QUARTER: Final = re.compile(
    r"\b(?P<words>(?:(?:[Ii]n|[Oo]n|[Nn]ear|[Oo]ff|[Oo]utside|[Ii]nside|[Aa]long|[Oo]ver)\s)?(?:the|a)\s(?:main\s|old\s)?"
    r"(?:embassy|embassies|diplomatic|consular|airport|government|port|harbour)\s(?:road|highway|expressway|district|quarter|zone|area|enclave|neighbou?rhood))\b"
)
"""Where something is, by what else is there."""


def landmark(scene: Scene, start: int, end: int) -> Target | None:
    """Return what a passage means by a landmark, None where it speaks of none or names a site."""
    if named_in(scene, start, end):
        return None
    return _borne_by_several(scene, start, end) or _quarter(scene, start, end)


def _borne_by_several(scene: Scene, start: int, end: int) -> Target | None:
    """Of a name that several sites bear: the one where the passage plays, else all, the likelier the fewer they are."""
    for name in scene.names_in(start, end):
        ids = scene.lexicon.name_ids.get(name.text, ())
        if len(ids) < 2 or scene.body[name.start].islower():
            continue
        sites = [f for i, _ in ids if (f := scene.lexicon.gazetteer.by_id[i]).serves_in(scene.year)]
        here = list(scene.countries_in(start, end, persons=False))
        there = set(here) or {country for _, country in scene.countries}
        fit = [f for f in sites if f.country in there] or ([] if here else sites)
        if len(fit) == 1 and there:
            return Target.at(fit[0], (name.start, name.end), "target.landmark")
        return _one_of(scene, fit, (name.start, name.end), next(iter(here), None))
    return None


def _one_of(scene: Scene, fit: list[Facility], span: tuple[int, int], country: str | None) -> Target:
    """Candidates of a name, with its words as the place."""
    place = Place(name=scene.body[slice(*span)][:300], country=country)
    likely = tuple(Candidate(facility_id=f.id, probability=round(1 / len(fit), 3)) for f in fit)
    return Target(None, likely, place, country, span, "target.landmark")


def _quarter(scene: Scene, start: int, end: int) -> Target | None:
    """Of "the airport road": the place in these words, unless the passage tells another."""
    m = _QUARTER.search(scene.body, start, end)
    if m is None or says_where(scene.body, start, end) or scene.spots_in(start, end, None):
        return None
    country = scene.country_near(start, end, (start, end))
    return Target(None, (), Place(name=m["words"], country=country), country, m.span("words"), "target.landmark")
