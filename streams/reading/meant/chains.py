"""In a chain of mails the newest stands on top: what it says was none is none in those that it quotes."""

from typing import Final

from schemas.taxonomy import SetAsideReason as R
from streams.gazetteer import distance_km
from streams.reading.story import Aside, Draft, Story
from streams.reading.text import gated as re

_UNSAYS: Final = frozenset({R.NEGATED, R.ACCIDENT, R.EXERCISE})
_ALL_OF_IT: Final = re.compile(
    r"\b(?:attack(?:ed|s)?|incidents?|incoming|alarms?|sirens?|bangs?|booms?|noises?|sounds?|smoke|explosions?|blasts?)\b",
    re.IGNORECASE,
)
"""What those who asked had heard, whatever they took it for."""


_NEAR: Final = 60.0
"""Kilometres within which a place told may be the site's."""


def unsay(story: Story) -> None:
    """Set aside what only older mails of a chain tell, and a newer one says was nothing."""
    if not story.mails:
        return
    for told in [a for a in story.asides if a.reason in _UNSAYS]:
        mail = story.mail_at(told.start)
        for draft in [d for d in story.drafts if story.mail_at(d.core[0][0]) > mail]:
            if not draft.from_title and _same_matter(story, told, draft):
                story.drafts.remove(draft)
                story.asides.append(Aside(told.reason, *draft.core[0], "chains.unsaid"))
                if told.reason is R.NEGATED:
                    story.denied.append(draft)


def _same_matter(story: Story, told: Aside, draft: Draft) -> bool:
    """Whether what was nothing may be what an older mail tells of: of its type, or just what was heard, and not at another site."""
    scene = story.scene
    types = {t for h in scene.hits_in(told.start, told.end) for t in h.classes.weapons}
    if draft.event.type not in types and _ALL_OF_IT.search(story.body, told.start, told.end) is None:
        return False
    site_of = scene.lexicon.gazetteer.site_of
    named = {site_of(n.facility.id) for n in scene.named if told.start <= n.start < told.end}
    here = story.sites(draft)
    if named and here and named.isdisjoint(here):
        return False
    target = draft.target
    if target is None or target.lat is None or target.lon is None:
        return True
    spots = scene.spots_in(told.start, told.end, None)
    return not spots or any(distance_km(s.lat, s.lon, target.lat, target.lon) < _NEAR for s in spots)
