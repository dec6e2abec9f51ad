"""Tells of which attack a fight is a part: "the exchange of fire", "in the ensuing clash" behind an attack that was foiled or repelled.

It is the same incident: the fight says when it was, whom it hurt, and that it was under way when it was stopped.
"""

from typing import Final

from schemas.taxonomy import Status as S
from schemas.taxonomy import ThreatType as Y
from streams.reading.inherited import told_away
from streams.reading.sameness import ANOTHER, times_meet
from streams.reading.story import Draft, Story
from streams.reading.text import gated as re
from streams.reading.where.places import named_site, says_where

_FIGHT: Final = r"(?:exchanges? of (?:\w+ )?(?:fire|gunfire|shots)|fire exchange|fire ?-?fights?|gun ?-?(?:battles?|fights?)|shoot-?\s?outs?|clash(?:es)?|skirmish(?:es)?|fighting|shooting|battle)"
_THE_FIGHT: Final = re.compile(
    rf"\b(?:the|this|that|in|during)\s(?:(?:ensuing|subsequent|resulting|following|brief|fierce|heavy|intense|long|short|hour-long|\w+-hour)\s)*{_FIGHT}\b"
    rf"|\b(?:an?|(?:brief|fierce|heavy|intense))\s(?:[\w\-]+\s)?{_FIGHT}\s(?:\w+\s)?(?:followed|ensued|broke out|erupted|developed)\b",
    re.IGNORECASE,
)
"""A fight that was told of, or follows from what was."""
_NEW: Final = re.compile(r"\b(?:fresh|new|renewed|separate|another|unrelated|other|second)\b", re.IGNORECASE)
_WENT_ON: Final = re.compile(
    r"\b(?:continu|last|went on|goes on|dragged on|until|began|started|ended|raged|was over)\w*", re.IGNORECASE
)
"""What is said of one fight over two days."""
_STOPPED: Final = frozenset({S.THWARTED, S.INTERCEPTED})
_FOUGHT: Final = frozenset({Y.SMALL_ARMS, Y.GROUND_ASSAULT})
_NEAR: Final = 2
"""So many paragraphs behind a headline it is still that one; behind the text's own telling, one."""


def attack_of(story: Story, draft: Draft) -> Draft | None:
    """Return the attack, stopped, of which a passage tells the fight; None where it tells none, or another."""
    last = story.drafts[-1] if story.drafts else None
    event, body = draft.event, story.body
    if last is None or last.event.status not in _STOPPED or event.type not in _FOUGHT:
        return None
    if event.sentence.paragraph - last.paragraph > (_NEAR if last.from_title else 1) or story.itemised:
        return None
    told = body[event.sentence.start : event.end]
    if _THE_FIGHT.search(told) is None or _NEW.search(told) is not None or ANOTHER.search(told) is not None:
        return None
    if not times_meet(last, draft) and _WENT_ON.search(told) is None:
        return None
    return None if _elsewhere(story, last, draft) else last


def _elsewhere(story: Story, last: Draft, draft: Draft) -> bool:
    """Whether a fight is told at a place that is not that of the attack."""
    if draft.target is not None and last.target is not None and draft.target.known:
        return not story.may_be_at_one_site(last, draft)
    at = draft.event.start, draft.event.end
    if says_where(story.body, *at) or named_site(story.body, *at) is not None:
        return True
    return last.target is not None and told_away(story, draft, last.target)


def fuse(last: Draft, draft: Draft) -> None:
    """Add to an attack what its fight tells: that it was under way, when, by whom."""
    if last.event.status is S.THWARTED and last.event.type not in _LAID:
        last.turns_out(S.INTERCEPTED, last.event.status_hit)
    if last.event.type is Y.OTHER:
        last.event.type, last.event.type_hit = draft.event.type, draft.event.type_hit
    own = draft.when
    if own is not None and (last.when is None or own.precise > last.when.precise):
        last.when, last.day = own, draft.day
    last.told_again(draft.core)
    if last.statement is None:
        last.statement = draft.statement


_LAID: Final = frozenset({Y.IED, Y.KIDNAPPING})
"""What is foiled though shots are fired: the bomb did not go off, nobody was taken."""
