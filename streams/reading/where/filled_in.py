"""Places what a form tells: at what stands in its field for the place, rather than at what its other fields happen to name."""

from streams.reading.story import Story
from streams.reading.text.fields import Field, Role
from streams.reading.what.event import Event
from streams.reading.where.places import Spot, says_where
from streams.reading.where.scene import Target
from streams.reading.where.targets import resolve


def place_field(story: Story, event: Event, targets: list[Target]) -> Field | None:
    """The field for the place of the form that an event stands in, or under without a site or place of its own."""
    where = story.filled_in(event.start, Role.WHERE)
    if where is None or event.sentence.field:
        return where
    own = any(t.known for t in targets) or says_where(story.body, event.start, event.end)
    return None if own else where


def at_the_place(story: Story, where: Field, otherwise: list[Target]) -> list[Target]:
    """The site that the field for the place names or describes, none where it tells a place that is no site.

    Where it says no more than whereabouts in a site ("NW corner") it is the one found `otherwise`.
    """
    span = (where.content, where.end)
    found = [t for t in resolve(story.scene, *span, span, where.content, (0, where.start)) if t.known]
    if found:
        return found[:1]
    elsewhere = spots_there(story, where) or says_where(story.body, *span)
    return [] if elsewhere and not any(t.rule == "target.name" for t in otherwise) else otherwise


def spots_there(story: Story, where: Field) -> list[Spot]:
    """The points that the field for the place speaks of."""
    country = story.scene.country_near(where.content, where.end, (where.start, where.end))
    return story.scene.spots_in(where.content, where.end, country)
