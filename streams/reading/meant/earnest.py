"""Weighs whether a passage that may tell of an incident tells of one in earnest, hostile and current: a linear model.

Logistic regression over `signs`: the passage's words, what stands around it and what the rules make of it; the weights
stand in `data/earnest.tsv`, in hundredths, made by `tests.bench.train_earnest`, with their card in docs/reading.md.
"""

import math
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from schemas.taxonomy import ThreatType
from streams.reading.meant.signs import Verdict, signs
from streams.reading.story import Draft, Story
from streams.reading.text.fields import Role
from streams.reading.text.tables import rows
from streams.reading.what.event import Event
from streams.reading.what.telling import TOLD
from streams.reading.when.anchors import in_register
from streams.reading.when.clock import Dated

DOUBTFUL: Final = 0.35
"""Below this chance what could be an incident is set aside."""
DOUBTFUL_IF_FIRST: Final = 0.5
"""The same of the first that a rule finds, lists apart: it decides whether the report is quiet, and is to be likelier than not."""
DOUBTFUL_IF_TERSE: Final = 0.15
"""The same in reports from the spot, under the field for the place of a form, and in a flash, a report of a few lines, which have few words that could speak for it."""
DOUBTFUL_IF_BRIEF: Final = 0.03
"""The same of an entry of a register, and of the first of a paragraph in a flash: little stands around it."""
DOUBTFUL_IN_A_LOG: Final = 0.4
"""The same of an entry of a log, most of which are routine; a bang that it does not explain is none of these."""
RAISED_IN_A_FLASH: Final = 0.6
"""The same in a flash, where no rule finds an event,"""
RAISED_IN_A_LOG: Final = 0.5
"""and in a log."""
AFRESH: Final = 0.65
"""From this chance on a passage tells an incident of its own where one told before is of another type, headlines apart."""
OVERRULES: Final = 0.7
"""From this chance on a passage is an incident though rules would set it aside."""


def chance(story: Story, event: Event, dated: list[Dated], verdict: Verdict | None) -> float:
    """Return the chance that an event is told in earnest, as hostile and current.

    Parameters
    ----------
    story, event
        The event.
    dated
        The times around it.
    verdict
        Why rules would set it aside, if they would.
    """
    return probability(signs(story, event, dated, verdict))


def doubtful(story: Story, event: Event, likely: float) -> bool:
    """Whether what could be an incident is too unlikely to be taken for one."""
    if TOLD in event.type_hit.classes:
        return likely < (RAISED_IN_A_FLASH if story.flash else RAISED_IN_A_LOG if story.log else DOUBTFUL)
    if story.log and event.type is not ThreatType.UNKNOWN_EXPLOSION:
        return likely < DOUBTFUL_IN_A_LOG
    told_on = bool(story.drafts) and story.drafts[-1].paragraph == event.sentence.paragraph
    if in_register(story, event) or (story.flash and not told_on):
        return likely < DOUBTFUL_IF_BRIEF
    if story.on_the_spot or story.flash or story.filled_in(event.start, Role.WHERE) is not None:
        return likely < DOUBTFUL_IF_TERSE
    return likely < (DOUBTFUL if story.drafts or story.itemised else DOUBTFUL_IF_FIRST)


def stands_alone(story: Story, draft: Draft) -> bool:
    """Whether an event needs no site, place, weapon or time that is its own: not in a few lines, which tell on of the first."""
    return draft.in_earnest >= DOUBTFUL and not story.flash


def tells_afresh(story: Story, draft: Draft) -> bool:
    """Whether a passage is too sure of its incident to tell one of another type again, headlines apart."""
    return draft.in_earnest >= AFRESH and not draft.from_title and not story.flash


def overrules(story: Story, likely: float) -> bool:
    """Whether a passage is an incident whatever the rules have against it: of a few lines they know more."""
    return likely >= OVERRULES and not story.flash


def probability(seen: Iterable[str]) -> float:
    """Return the chance that features speak for."""
    known = weights()
    odds = sum(map(known.__getitem__, known.keys() & seen), known.get("", 0))
    return 1 / (1 + math.exp(-max(-3000, min(3000, odds)) / 100))


@cache
def weights() -> Mapping[str, int]:
    """Feature -> weight in hundredths; the bias under the empty name."""
    return {name: int(weight) for name, weight in rows("earnest.tsv")}
