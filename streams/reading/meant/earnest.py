"""Weighs whether a passage that the rules take for an event is told as one: a linear model over its words and its setting.

Logistic regression; the weights stand in `data/earnest.tsv`, in hundredths, made by `tests.bench.train_earnest`, with their
card in docs/reading.md. The model never sees what the rules decided, so that it errs on other texts than they do.
"""

import math
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from streams.reading.story import Story
from streams.reading.text import gated as re
from streams.reading.text.tables import rows
from streams.reading.what.events import Event
from streams.reading.when.anchors import in_register
from streams.reading.when.clock import Dated

DOUBTFUL: Final = 0.3
"""Below this chance what rules take for the first incident of a report is set aside."""
DOUBTFUL_BESIDE: Final = 0.16
"""Below this chance what they take for a further one."""
DOUBTFUL_IN_A_FLASH: Final = 0.08
"""Below this chance what they take for one in a flash: the model was fitted on longer reports."""
_FLASH: Final = 2
"""Sentences of a flash at most."""

_WORD: Final = re.compile(r"[a-z]+")
_STEM: Final = 6
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_SAID: Final = re.compile(r"\b(?:said|says|say|according|told|reported)\b")
_FLAGS: Final = ("vague", "bare", "counting", "partial")


def chance(story: Story, event: Event, dated: list[Dated]) -> float:
    """Return the chance that an event is told in earnest, as current and hostile."""
    return probability(features(story, event, dated))


def doubts(story: Story, event: Event, dated: list[Dated]) -> bool:
    """Whether an event is too unlikely to be taken for an incident: less so beside another, or in a register, least in a flash."""
    if len(story.sentences) <= _FLASH:
        return chance(story, event, dated) < DOUBTFUL_IN_A_FLASH
    return chance(story, event, dated) < (DOUBTFUL_BESIDE if story.drafts or in_register(story, event) else DOUBTFUL)


def probability(seen: Iterable[str]) -> float:
    """Return the chance that features speak for."""
    known = weights()
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, math.fsum(known.get(f, 0.0) for f in seen)))))


def features(story: Story, event: Event, dated: list[Dated]) -> set[str]:
    """What the model sees of an event: words, cues, type, stage, time, the source's kind, old years; no day or country."""
    body, sentence = story.body, event.sentence
    clause, whole = body[event.start : event.end].lower(), body[sentence.start : sentence.end]
    year = story.clock.published.year
    out = {"bias", f"type={event.type.value}", f"status={event.status.value}", f"kind={story.kind}"}
    out |= {f for f in _FLAGS if getattr(event, f)}
    out.add(f"line={min(sentence.paragraph, 6)}")
    out.add(f"when={max((d.precise for d in dated if not d.past), default=-1)}")
    if any(d.past for d in dated):
        out.add("past")
    out |= {f"w={w[:_STEM]}" for w in _WORD.findall(clause) if not w.endswith("day")}
    out |= _headline(story)
    out.add(f"hit={event.type_hit.text}")
    out |= {f"c={c}" for h in event.hits for c in h.classes if not c.startswith("c_")}
    if '"' in whole or "“" in whole:
        out.add("quote")
    if "?" in whole:
        out.add("asks")
    if any(int(y) < year for y in _YEAR.findall(whole)):
        out.add("old-year")
    if _SAID.search(whole):
        out.add("said")
    return out


def _headline(story: Story) -> set[str]:
    """What all events of a report share: the words of its headline, and how much of the past it speaks of."""
    if story.setting is None:
        title = story.body[: story.body.find("\n")] if "\n" in story.body else ""
        story.setting = {f"t={w[:_STEM]}" for w in _WORD.findall(title.lower())}
        if "?" in title:
            story.setting.add("headline-asks")
        old = sum(int(y) < story.clock.published.year for y in _YEAR.findall(story.body))
        story.setting.add(f"old-years={min(old, 3)}")
    return story.setting


@cache
def weights() -> Mapping[str, float]:
    """Feature -> weight."""
    return {name: int(hundredths) / 100 for name, hundredths in rows("earnest.tsv")}
