"""Tells which alarms the entry of a log, or a report filled in like a form, explains itself: "Thump. EOD, as announced", "3 shots. IP say dog pack".

Whoever keeps a log writes down what alarmed him and what it was, in one breath, or in the entry behind. The words stand in
`data/explained.toml`.
"""

from typing import Final

from schemas.taxonomy import SetAsideReason as R
from schemas.taxonomy import Status as S
from schemas.taxonomy import ThreatType as Y
from streams.reading.meant.negation import excluded
from streams.reading.story import Aside, Draft, Story
from streams.reading.text import gated as re
from streams.reading.text.fields import Role
from streams.reading.text.segment import Sentence
from streams.reading.text.tables import table
from streams.reading.what.event import Event

_EXPLAINS: Final = tuple(
    (R(row["reason"]), re.compile(row["finds"], re.IGNORECASE)) for row in table("explained.toml")["explained"]
)
_FIRM: Final = re.compile(
    r"\b(?:claimed|terror\w*|militants?|gunm[ae]n|attackers?|(?:soldier|guard|officer|nurse|sentry|policem[ae]n)s? (?:\w+ )?(?:killed|shot|wounded|hit|injured|cut)|(?:threw|thrown|pelted|hurled))\b",
    re.IGNORECASE,
)
"""What stays in earnest whatever stands beside it."""
_LOOKED_INTO: Final = frozenset(
    {Y.IED, Y.VEHICLE_BOMB, Y.CBRN, Y.UNKNOWN_EXPLOSION, Y.SURVEILLANCE, Y.INTRUSION, Y.UAS, Y.SUICIDE_BOMBING}
)
"""What may turn out to be nothing once it has been looked at."""
_COMES_TO_IT: Final = re.compile(
    r"\b(?:opened|it|bag|box|parcel|package|device|object|vehicle|car|owner)\b", re.IGNORECASE
)
_NEXT: Final = 2
"""So many entries on an alarm is still looked into."""


def explained(story: Story, event: Event) -> tuple[R, str] | None:
    """Return as what the entry or form around an event explains it; None where it does not."""
    text = _told_in_one(story, event)
    if event.status is S.THREATENED or not text or _FIRM.search(text):
        return None
    reason = _explains(text)
    return None if reason is None else (reason, "explained.in-the-entry")


def explains_the_last(story: Story, sentence: Sentence) -> bool:
    """Whether an entry tells what was found when what alarmed an entry before it was looked into; that is then set aside."""
    last = story.drafts[-1] if story.drafts else None
    here = story.entry_at(sentence.start)
    if last is None or here is None or not _may_be_nothing(story, last, sentence):
        return False
    text = story.body[here.content : here.end]
    if _COMES_TO_IT.search(text) is None or _explains(text) is not R.NEGATED:
        return False
    story.drafts.remove(last)
    story.asides.append(Aside(R.NEGATED, *last.core[0], "explained.later"))
    return True


def _may_be_nothing(story: Story, last: Draft, sentence: Sentence) -> bool:
    """Whether an alarm of the entries just before, which hurt nobody, may turn out to be nothing."""
    told = sum(last.event.start <= e.start <= sentence.start for e in story.log)
    hurt = last.toll.killed or last.toll.wounded
    return 0 < told <= _NEXT and not hurt and last.event.type in _LOOKED_INTO and last.event.status is not S.INTERCEPTED


def _told_in_one(story: Story, event: Event) -> str:
    """The entry that an event stands in, or what a form says of it; nothing for what stands elsewhere."""
    if (entry := story.entry_at(event.start)) is not None:
        return story.body[entry.content : entry.end]
    form = story.form_at(event.start) if event.sentence.field else None
    told = form.fields if form is not None else ()
    return "\n".join(story.body[f.content : f.end] for f in told if f.role is Role.WHAT)


def _explains(text: str) -> R | None:
    for reason, explains in _EXPLAINS:
        if any(not excluded(text, m.start(), m.end()) for m in explains.finditer(text)):
            return reason
    return None
