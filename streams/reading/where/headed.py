"""Sites that headings tell: by name, by description, by the place in them and a word for a site below."""

from dataclasses import replace
from typing import Final

from streams.gazetteer import distance_km
from streams.reading.what.cues import Hit
from streams.reading.where.beside import military_part
from streams.reading.where.descriptions import OTHER_THING, describe
from streams.reading.where.places import Spot, says_where
from streams.reading.where.scene import Named, Scene, Target


def under_heading(scene: Scene) -> list[Target]:
    """The facility that the heading above names."""
    heading = above(scene)
    return [replace(heading.target, rule="target.heading")] if heading is not None else []


def near_heading(scene: Scene, described: list[Target]) -> list[Target]:
    """Descriptions without those that were taken for sites far from the site or town that their item or section is about."""
    heading = above(scene) if described else None
    at = heading.facility if heading is not None else scene.heading
    if at is None:
        return described
    by_id = scene.lexicon.gazetteer.by_id
    return [
        t for t in described if any(distance_km(by_id[i].lat, by_id[i].lon, at.lat, at.lon) <= _ABOUT for i in t.ids)
    ]


_ABOUT: Final = 90.0
"""Kilometres from the site or town of a heading to a site described under it."""


def above(scene: Scene) -> Named | None:
    """The facility that the heading of what is being read names or describes: "SANAA, former US embassy. On 6 June ..."."""
    if (named := scene.named_above) is not None or (span := scene.ahead) is None:
        return named
    told = [t for t in describe(scene, *span) if t.facility_id]
    if not told or told[0].facility_id is None:
        return None
    return Named(*span, scene.lexicon.gazetteer.by_id[told[0].facility_id], sure=True)


def of_the_heading(scene: Scene, lo: int, hi: int) -> Target | None:
    """The facility whose name is made of a place in the heading and a word for a site: "Kidal. One rocket, at the airport"."""
    lex, heads, told = scene.lexicon, (scene.heading, scene.ahead), scene.countries_in(lo, hi)
    spans = {(at.start, at.end) if isinstance(at, Spot) else at for at in heads if at is not None}
    places = {x.text for span in spans for x in scene.names_in(*span) if "id_core" in x.classes}
    if not places or says_where(scene.body, lo, hi):
        return None
    words = [h for h in scene.hits_in(lo, hi) if h.classes.site and not OTHER_THING.match(scene.body, h.end)]
    for h in words[:1]:
        ids = called_after(scene, places, h)
        if len(ids) == 1 and ((f := lex.gazetteer.by_id[ids.pop()]).country in told or not told):
            part = military_part(scene, Named(h.start, h.end, f, sure=True))
            return replace(part.target, rule="target.heading")
    return None


def called_after(scene: Scene, places: set[str], h: Hit) -> set[str]:
    """The facilities whose names are made of one of some places and a word for a site."""
    word = h.text.removeprefix("the ")
    return {i for place in places for i, _ in scene.lexicon.name_ids.get(f"{place} {word}", ())}
