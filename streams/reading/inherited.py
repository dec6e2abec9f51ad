"""What an event takes over from those told before it: a second raid is of the kind of the first, "the north gate" that of the site told last."""

from dataclasses import replace
from typing import Final

from schemas.taxonomy import Status as S
from schemas.taxonomy import ThreatType as Y
from streams.reading.story import Draft, Story, line_start
from streams.reading.text import gated as re
from streams.reading.what.event import Event
from streams.reading.where.elsewhere import plays_elsewhere
from streams.reading.where.places import says_where
from streams.reading.where.scene import Target
from streams.reading.where.targets import of_another_kind

_CARRIED: Final = frozenset(
    {
        "w_uas",
        "w_rocket",
        "w_missile",
        "w_mortar_artillery",
        "w_air_strike",
        "w_vehicle_bomb",
        "w_ied",
        "w_suicide_bombing",
    }
)
_ON_FOOT: Final = ("assault", "raid", "onslaught")
"""How an attack is called that is made on foot; one that is only called so may be carried out by any means."""
_PART: Final = re.compile(
    r"\b(?:gates?|fences?|fence ?line|berms?|walls?|perimeter|watch ?towers?|towers?|sangars?|barriers?|bollards|guard ?(?:house|post|room)|entrance|ECP|entry control point|checkpoint|apron|runway|vehicle park|motor pool|car park|parking lot)\b"
)
"""What every site has: told alone, it is that of the site told of."""
_NEAR: Final = 2
"""So many paragraphs on, a part is still that of the site told last."""


def inherit(story: Story, draft: Draft) -> None:
    """Of “A second raid”: of the kind told last; "shot down": what was told to fly."""
    weapon = next(
        (
            h
            for h in reversed(story.scene.hits)
            if h.start < draft.event.start and any(c in _CARRIED for c in h.classes)
        ),
        None,
    )
    last = next((d for d in reversed(story.drafts) if not d.event.vague and not d.from_title), None)
    if draft.event.status is S.THREATENED:
        draft.event.vague = False
        reach = 0 if story.itemised else 3
        near = (d for d in reversed(story.drafts) if draft.event.sentence.paragraph - d.paragraph <= reach)
        before = next((d for d in near if d.target and d.target.known), None)
        elsewhere = says_where(story.body, draft.event.start, draft.event.end)
        if before is not None and not draft.targets and not elsewhere:
            draft.targets = before.targets
            last = before
        if last is not None and last.event.type in (Y.CYBER, Y.UNREST):
            draft.event.type = last.event.type
        return
    if last is None:
        if draft.event.status is S.THWARTED and not draft.event.type_hit.text.startswith(_ON_FOOT):
            draft.event.vague = False
        elif weapon:
            draft.event.type, draft.event.vague = Y(next(c for c in sorted(weapon.classes) if c in _CARRIED)[2:]), False
        elif draft.event.type_hit.text.startswith(("attack", *_ON_FOOT)):
            draft.event.type, draft.event.vague = Y.GROUND_ASSAULT, False
        return
    draft.event.type, draft.event.vague = last.event.type, False
    if not draft.targets and last.targets and not told_away(story, draft, last.targets[0]):
        draft.targets = [replace(t, rule="target.inherited") for t in last.targets]


def told_away(story: Story, draft: Draft, site: Target) -> bool:
    """Whether an event tells a country, place or kind of site that is not that of a site told before it."""
    if draft.countries and site.country and site.country not in draft.countries:
        return True
    scene, event = story.scene, draft.event
    here = [scene.lexicon.gazetteer.by_id[i] for i in site.ids]
    return bool(here) and all(
        plays_elsewhere(scene, event.sentence.start, event.end, f) or of_another_kind(scene, event.start, event.end, f)
        for f in here
    )


def at_the_same_site(story: Story, event: Event) -> list[Target]:
    """Of "the north gate", "W berm": the site told last, where a report tells of one only, or has just told of it."""
    if _PART.search(story.body, event.start, event.end) is None:
        return []
    told = [t for d in story.drafts if not d.from_title and (t := d.target) is not None and t.facility_id]
    last = story.drafts[-1] if story.drafts else None
    if last is None or last.from_title or last.target is None or not last.target.facility_id:
        return []
    sites = {story.scene.lexicon.gazetteer.site_of(i) for t in told for i in t.ids}
    near = event.sentence.paragraph - last.paragraph <= _NEAR and not story.itemised
    if len(sites) != 1 or not (story.on_the_spot or near):
        return []
    site = story.scene.lexicon.gazetteer.by_id[last.target.facility_id]
    away = plays_elsewhere(story.scene, line_start(story, event.sentence), event.end, site)
    return [] if away else [replace(last.target, rule="target.part")]
