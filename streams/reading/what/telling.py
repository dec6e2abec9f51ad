"""Looks at sentences in which no rule finds an event as if they told of one, where a model sees a chance.

A softmax regression over words, pairs of words and cues; the weights stand in `data/telling.tsv`, made by
`tests.bench.train_telling`, with their card in docs/reading.md. Whether it is one `earnest` decides, as of any other.
"""

import math
from typing import Final

from schemas.taxonomy import ThreatType
from streams.reading.learned import Softmax, seen_in, shares
from streams.reading.story import Story
from streams.reading.text.segment import Sentence
from streams.reading.what.cues import Classes, Hit
from streams.reading.what.event import Event
from streams.reading.what.stages import how_far

WORTH_A_LOOK: Final = 0.1
"""From this chance on a sentence in which no rule finds an event is looked at as if it told of one."""
LIKELY: Final = 0.6
"""The same in a flash, where little else can tell whether it does."""
LIKELY_ALONE: Final = 0.9
"""The same in a flash that has no cue for a weapon, a deed or an event."""
TOLD: Final = "told"
"""The class of what such a sentence tells."""
NOTHING: Final = "none"
"""The class of sentences that tell of none."""
KINDS: Final = (NOTHING, *(t.value for t in ThreatType))
MODEL: Final = Softmax("telling.tsv", KINDS)

_HOPELESS: Final = 100 * math.log(len(KINDS) / WORTH_A_LOOK)
"""By so much the odds of nothing stand above all others where all of them together are not worth a look."""


def told_between_the_lines(story: Story, sentence: Sentence, hits: list[Hit]) -> Event | None:
    """Return the event that a sentence may tell in words of its own, None where it hardly tells any.

    Parameters
    ----------
    story, sentence
        The sentence.
    hits
        Its cues, of which none makes an event.
    """
    odds = MODEL.odds(seen_in(story, sentence))
    least = WORTH_A_LOOK if not story.flash else LIKELY_ALONE if story.silent else LIKELY
    if odds[0] - max(odds[1:]) > _HOPELESS or 1 - shares(odds)[0] < least:
        return None
    start, end = sentence.start, sentence.end
    named = {t for h in hits for t in h.classes.weapons}
    type_ = max(named or ThreatType, key=lambda t: odds[KINDS.index(t.value)])
    told = Hit(start, end, TOLD, Classes({"act", TOLD, f"w_{type_.value}"}))
    status, status_hit = how_far(story.body, start, end, hits, type_)
    cues = [*hits, told]
    return Event(sentence, start, end, type_, told, frozenset({type_}), status, status_hit, cues, first_act=start)
