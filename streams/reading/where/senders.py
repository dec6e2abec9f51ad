"""What the name of a source tells of where it reports from: a site, a town, a country."""

from typing import Final

from schemas.facility import Facility
from streams.gazetteer import distance_km
from streams.reading.lexicon import Lexicon
from streams.reading.text import gated as re
from streams.reading.text.normal import fold, fold_name
from streams.reading.what.cues import countries
from streams.reading.where.places import NOT_PLACES, Spot
from streams.reading.where.towns import towns

_ABBREVIATED: Final = re.compile(r"\s(?:AB|AFB|APT|FOB|COB|COP|NPP)\b")
"""Behind a town in a source's name: it is the site there."""
_POST: Final = re.compile(r"\b(?:PB|FB|FOB|COB|COP|OP|MSS|UNMISS|MONUSCO|MINUSMA)\s$")
"""Before it."""
_TOWN_WIDE: Final = 30.0
"""Kilometres within which sites are of one town."""
_KNOWN: Final = 100
"""Thousands of people in a town that the name of a source may be after."""


def site_of(lexicon: Lexicon, source: str) -> Facility | None:
    """The facility that the name of a source tells by its name or by the place in it; None where it tells none, or several."""
    hits = lexicon.find_names(fold(source))
    by_name = {i for x in hits for i in dict(lexicon.name_ids.get(x.text, ()))}
    places = [
        x
        for x in hits
        if "id_core" in x.classes
        and (x.text not in towns() or _ABBREVIATED.match(source, x.end) or _POST.search(source, 0, x.start))
    ]
    by_place = {i for x in places for i in lexicon.by_core[x.text]}
    sites = {lexicon.gazetteer.site_of(i): i for i in sorted(by_name or by_place)}
    return lexicon.gazetteer.by_id[next(iter(sites.values()))] if len(sites) == 1 else None


def town_in(lexicon: Lexicon, source: str) -> Spot | None:
    """The town in the name of a source, by a list of towns or by the sites that are called after it; None where it has none, or several."""
    spots: list[Spot] = []
    for name in _names(source):
        town = next(iter(towns().get(name, ())), None)
        if town is not None and town.thousands >= _KNOWN and name not in NOT_PLACES:
            spots.append(Spot(0, 0, town.name, town.lat, town.lon, 10.0, town.country))
            continue
        sites = [lexicon.gazetteer.by_id[i] for i in lexicon.by_core.get(name, ())]
        spots += [Spot(0, 0, f.name, f.lat, f.lon, 10.0, f.country) for f in sites]
    first = next(iter(spots), None)
    near = first is not None and all(distance_km(first.lat, first.lon, s.lat, s.lon) < _TOWN_WIDE for s in spots)
    return first if near else None


def home_of(lexicon: Lexicon, source: str) -> str | None:
    """The country of a source by its name: of a facility, a people or a town in it; None where it tells none, or several."""
    folded = fold(source)
    hits = [x for x in lexicon.find_names(folded) if x.classes.isdisjoint(("id_region", "id_descriptor"))]
    ids = [i for x in hits for i in (*dict(lexicon.name_ids.get(x.text, ())), *lexicon.by_core.get(x.text, ()))]
    names = _names(source)
    for told in (
        {lexicon.gazetteer.by_id[i].country for i in ids},
        {countries()[n] for n in names if n in countries()},
        {t.country for n in names for t in towns().get(n, ())[:1] if t.thousands >= _KNOWN and n not in NOT_PLACES},
    ):
        if told:
            return told.pop() if len(told) == 1 else None
    return None


def _names(source: str) -> list[str]:
    """What may be a name in a source's: up to three words of it, folded."""
    words = fold_name(source).split()
    return [" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, min(i + 4, len(words) + 1))]
