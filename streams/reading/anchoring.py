"""Tells whether an event stands for itself: it needs a site, a place or a time, later ones more than the first."""

from typing import Final

from schemas.taxonomy import Status as S
from schemas.taxonomy import ThreatType as Y
from streams.reading.sameness import ANOTHER, GOING_ON
from streams.reading.story import Draft, Story, line_start
from streams.reading.text import gated as re
from streams.reading.text.fields import Role
from streams.reading.what.cues import PLAIN
from streams.reading.what.event import Event
from streams.reading.what.headline import says_no_more
from streams.reading.what.striking import STRIKES
from streams.reading.when.anchors import COUNTED, in_register
from streams.reading.when.dating import OWN_DAY, as_good_as_a_day
from streams.reading.where.apart import told_apart

_PLACE: Final = re.compile(
    r"\b(?:in|near|at|on|outside|inside|over|above|off|of|for|towards?)\s+(?:the\s+)?(?:\w+\s+){0,2}[A-Z]\w{2,}"
)
_STRUCK: Final = re.compile(rf"\b{STRIKES}\s+(?:the\s+)?[A-Z]\w{{2,}}")
"""A place as what was struck: "Rockets hit Haifa"."""


def anchored(story: Story, draft: Draft) -> bool:
    """Whether an event stands for itself: the first with a site, place or time; later ones with their own."""
    event = draft.event
    if event.vague:
        told_when = draft.when is not None or GOING_ON.search(story.body, event.start, event.end) is not None
        return bool(draft.targets) and told_when and not draft.from_title
    known = any(t.known and t.rule != "target.coreference" for t in draft.targets)
    place = any(t.place for t in draft.targets)
    if PLAIN in event.type_hit.classes and all(PLAIN in h.classes for h in event.hits if h.classes.weapons):
        somewhere = known or place or _some_place(story, event) or any(t.facility_id for t in draft.targets)
        dated = draft.when is not None and as_good_as_a_day(draft.when)
        somewhere = somewhere or in_its_scene(story, draft)
        return somewhere and (story.on_the_spot or dated or event.status in (S.THREATENED, S.THWARTED))
    if event.sentence.field or in_register(story, event) or (event.of_several and draft.when is not None):
        return True
    if event.apart and story.drafts and story.drafts[-1].event.sentence is event.sentence:
        return True
    if not event.bare and story.filled_in(event.start, Role.WHERE) is not None:
        return True
    if event.bare and not (known and says_no_more(story, event)):
        if story.on_the_spot:
            return known or place or (draft.when is not None and event.counted)
        dated = draft.when is not None and draft.when.precise >= 1
        somewhere = known or place or _some_place(story, event) or any(n.sure for n in story.scene.named)
        return event.counted and dated and somewhere
    if event.type is Y.OTHER and event.status is not S.THREATENED:
        if event.status is S.THWARTED and known:
            return True
        return draft.when is not None and (known or place or _some_place(story, event))
    if not story.drafts:
        return (
            story.on_the_spot
            or known
            or place
            or draft.when is not None
            or bool(draft.targets)
            or _PLACE.search(story.body, line_start(story, event.sentence), event.end) is not None
            or _STRUCK.search(story.body, event.start, event.end) is not None
        )
    if event.status is S.THWARTED and _some_place(story, event):
        return True
    if event.status is S.THREATENED and (draft.spots or event.type is not Y.OTHER or _some_place(story, event)):
        return True
    if draft.when is not None and draft.when.precise >= 2 and draft.when.rule.startswith(OWN_DAY):
        return True
    if draft.when is not None and draft.when.precise >= 1:
        return (
            known
            or place
            or ANOTHER.search(story.body[event.sentence.start : event.end]) is not None
            or _some_place(story, event)
            or in_register(story, event)
            or _PLACE.search(story.body, line_start(story, event.sentence), event.end) is not None
        )
    if draft.when is not None and _some_place(story, event) and event.type is not Y.OTHER:
        return True
    return (
        known
        or (bool(ANOTHER.search(story.body[event.sentence.start : event.end])) and bool(draft.targets))
        or (event.status == S.THREATENED and bool(draft.targets))
    )


def in_its_scene(story: Story, draft: Draft) -> bool:
    """Whether an event that is counted from the last one, and names no place, goes on at its site."""
    last = story.drafts[-1] if story.drafts else None
    counted = draft.when is not None and draft.when.rule == COUNTED
    other = any(h.classes.site and told_apart(story.scene, h, draft.event.end) for h in draft.event.hits)
    return counted and not other and last is not None and any(t.facility_id for t in last.targets)


def _some_place(story: Story, event: Event) -> bool:
    return _PLACE.search(story.body, event.start, event.end) is not None
