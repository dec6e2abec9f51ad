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
        return _vague_stands(story, draft)
    if PLAIN in event.type_hit.classes and all(PLAIN in h.classes for h in event.hits if h.classes.weapons):
        return _plain_stands(story, draft)
    if event.sentence.field or in_register(story, event) or (event.of_several and draft.when is not None):
        return True
    if event.apart and story.drafts and story.drafts[-1].event.sentence is event.sentence:
        return True
    if not event.bare and story.filled_in(event.start, Role.WHERE) is not None:
        return True
    if event.bare and not (_known(draft) and says_no_more(story, event)):
        return _bare_stands(story, draft)
    if event.type is Y.OTHER and event.status is not S.THREATENED:
        return (event.status is S.THWARTED and _known(draft)) or (draft.when is not None and _somewhere(story, draft))
    return _later_stands(story, draft) if story.drafts else _first_stands(story, draft)


def _vague_stands(story: Story, draft: Draft) -> bool:
    """One of which no weapon is named, "the attack", needs a site and a time, and is none in a headline."""
    event = draft.event
    told_when = draft.when is not None or GOING_ON.search(story.body, event.start, event.end) is not None
    return bool(draft.targets) and told_when and not draft.from_title


def _plain_stands(story: Story, draft: Draft) -> bool:
    """One told in plain words needs a place, and a day but on the spot."""
    somewhere = _somewhere(story, draft) or any(t.facility_id for t in draft.targets) or in_its_scene(story, draft)
    dated = draft.when is not None and as_good_as_a_day(draft.when)
    return somewhere and (story.on_the_spot or dated or draft.event.status in (S.THREATENED, S.THWARTED))


def _bare_stands(story: Story, draft: Draft) -> bool:
    """A weapon of which no deed is told needs its place, or on the spot a time; others must count it, and tell day and place."""
    counted = draft.event.counted
    if story.on_the_spot:
        return _sited(draft) or (draft.when is not None and counted)
    dated = draft.when is not None and draft.when.precise >= 1
    return counted and dated and (_somewhere(story, draft) or any(n.sure for n in story.scene.named))


def _first_stands(story: Story, draft: Draft) -> bool:
    """The first of a report needs a site, a place or a time."""
    event = draft.event
    return (
        story.on_the_spot
        or _sited(draft)
        or draft.when is not None
        or bool(draft.targets)
        or _place_in_line(story, event)
        or _STRUCK.search(story.body, event.start, event.end) is not None
    )


def _later_stands(story: Story, draft: Draft) -> bool:
    """A further one needs its own: a day with a place or told to be another, a site; a threat less."""
    event, when = draft.event, draft.when
    threatened = event.status is S.THREATENED
    if event.status is S.THWARTED and _some_place(story, event):
        return True
    if threatened and (draft.spots or event.type is not Y.OTHER or _some_place(story, event)):
        return True
    if when is not None and when.precise >= 2 and when.rule.startswith(OWN_DAY):
        return True
    another = ANOTHER.search(story.body[event.sentence.start : event.end]) is not None
    if when is not None and when.precise >= 1:
        return _sited(draft) or another or _place_in_line(story, event)
    if when is not None and _some_place(story, event) and event.type is not Y.OTHER:
        return True
    return _known(draft) or ((another or threatened) and bool(draft.targets))


def in_its_scene(story: Story, draft: Draft) -> bool:
    """Whether an event that is counted from the last one, and names no place, goes on at its site."""
    last = story.drafts[-1] if story.drafts else None
    counted = draft.when is not None and draft.when.rule == COUNTED
    other = any(h.classes.site and told_apart(story.scene, h, draft.event.end) for h in draft.event.hits)
    return counted and not other and last is not None and any(t.facility_id for t in last.targets)


def _known(draft: Draft) -> bool:
    """Whether a clause tells its site in its own words."""
    return any(t.known and t.rule != "target.coreference" for t in draft.targets)


def _sited(draft: Draft) -> bool:
    """Whether a clause tells its site or its place."""
    return _known(draft) or any(t.place for t in draft.targets)


def _somewhere(story: Story, draft: Draft) -> bool:
    """Whether a clause tells its site or its place, or has a name behind a word of place."""
    return _sited(draft) or _some_place(story, draft.event)


def _some_place(story: Story, event: Event) -> bool:
    return _PLACE.search(story.body, event.start, event.end) is not None


def _place_in_line(story: Story, event: Event) -> bool:
    """The same, from where the line of the clause begins."""
    return _PLACE.search(story.body, line_start(story, event.sentence), event.end) is not None
