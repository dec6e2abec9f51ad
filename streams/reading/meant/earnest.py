"""Weighs whether a passage that may tell of an incident tells of one in earnest, hostile and current: a linear model.

Logistic regression over the passage's words, what stands around it and what the rules make of it; the weights stand in
`data/earnest.tsv`, in hundredths, made by `tests.bench.train_earnest`, with their card in docs/reading.md.
"""

import math
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from schemas.taxonomy import SetAsideReason as R
from streams.reading.learned import STEM, beside, seen_in
from streams.reading.story import Story
from streams.reading.text import gated as re
from streams.reading.text.segment import Sentence
from streams.reading.text.tables import rows
from streams.reading.what.cues import PLAIN
from streams.reading.what.events import Event
from streams.reading.what.telling import TOLD
from streams.reading.when.anchors import in_register
from streams.reading.when.clock import Dated

Verdict = tuple[R, str]
"""Why rules would set a passage aside, and which."""

DOUBTFUL: Final = 0.35
"""Below this chance what could be an incident is set aside."""
DOUBTFUL_IF_TERSE: Final = 0.15
"""The same in reports from the spot and entries of a register, which have few words that could speak for it."""
DOUBTFUL_IN_A_FLASH: Final = 0.05
"""The same of the first of a paragraph in a flash, a report of a few lines, which has little around it."""
RAISED_IF_SHORT: Final = 0.6
"""The same in all of these, where no rule finds an event."""
ALONE: Final = 0.5
"""From this chance on an incident needs no site, place or time that is its own."""
OVERRULES: Final = 0.8
"""From this chance on a passage is an incident though rules would set it aside."""

_WORD: Final = re.compile(r"[a-z]+")
_TITLE_WORD: Final = 4
"""Letters of a word of the headline at least."""
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_FLAGS: Final = ("vague", "bare", "counting", "partial", "counted")
_TIMES: Final = {
    "clock": re.compile(r"\b\d{1,2}[:.]\d\d\b|\b\d{1,2}(?: [ap]\.?m\b|h\b)|\b(?:noon|midnight)\b"),
    "weekday": re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"),
    "today": re.compile(
        r"\b(?:overnight|last night|this morning|tonight|today|yesterday|dawn|dusk|evening|morning|afternoon|this week)\b"
    ),
    "ago": re.compile(r"\bago\b|\blast (?:year|month|spring|summer|autumn|winter)\b|\bin (?:19|20)\d\d\b|\byears?\b"),
    "since": re.compile(r"\bsince\b"),
    "hurt": re.compile(r"\b(?:killed|wounded|injured|hurt|died|dead|casualties)\b"),
}
"""Ways to tell when, and that somebody was hurt."""


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
    return probability(features(story, event, dated, verdict))


def doubtful(story: Story, event: Event, likely: float) -> bool:
    """Whether what could be an incident is too unlikely to be taken for one."""
    terse = story.on_the_spot or in_register(story, event)
    if TOLD in event.type_hit.classes:
        return likely < (RAISED_IF_SHORT if terse or story.flash else DOUBTFUL)
    told_on = bool(story.drafts) and story.drafts[-1].paragraph == event.sentence.paragraph
    if story.flash and not told_on:
        return likely < DOUBTFUL_IN_A_FLASH
    return likely < (DOUBTFUL_IF_TERSE if terse else DOUBTFUL)


def stands_alone(story: Story, likely: float) -> bool:
    """Whether an event needs no site, place or time that is its own: not in a few lines, which tell on of the first."""
    return likely >= ALONE and not story.flash


def overrules(story: Story, likely: float) -> bool:
    """Whether a passage is an incident whatever the rules have against it: of a few lines they know more."""
    return likely >= OVERRULES and not story.flash


def probability(seen: Iterable[str]) -> float:
    """Return the chance that features speak for."""
    known = weights()
    odds = sum(map(known.__getitem__, known.keys() & seen), known.get("", 0))
    return 1 / (1 + math.exp(-max(-3000, min(3000, odds)) / 100))


def features(story: Story, event: Event, dated: list[Dated], verdict: Verdict | None) -> set[str]:
    """What the model sees of an event: its sentence and those beside it, the headline, and what the rules found."""
    sentence, body = event.sentence, story.body
    seen = set(_around(story, sentence))
    raised = TOLD in event.type_hit.classes
    seen |= {
        f"type={event.type.value}",
        f"status={event.status.value}",
        "raised" if raised else f"hit={event.type_hit.text}",
    }
    seen |= {f for f in _FLAGS if getattr(event, f)}
    if PLAIN in event.type_hit.classes:
        seen.add("plain")
    if verdict is not None:
        seen |= {f"verdict={verdict[0].value}", f"verdict={verdict[1]}"}
    if any(d.past for d in dated):
        seen.add("past")
    seen.add(f"when={max((d.precise for d in dated if not d.past), default=-1)}")
    names = story.scene.names_in(sentence.start, sentence.end)
    seen.add("named" if names else "unnamed")
    if story.drafts:
        seen.add("beside")
        if story.drafts[-1].paragraph == sentence.paragraph:
            seen.add("goes-on")
    if in_register(story, event):
        seen.add("register")
    if event.start > sentence.start or event.end < sentence.end:
        seen |= {f"c:{w[:STEM]}" for w in _WORD.findall(body[event.start : event.end].lower())}
    return seen


def _around(story: Story, sentence: Sentence) -> frozenset[str]:
    """What the model sees of a sentence, whatever it tells."""
    if (known := story.around.get(sentence.start)) is not None:
        return known
    at = story.number_of(sentence)
    text = story.body[sentence.start : sentence.end]
    seen = seen_in(story, sentence) | _position(story, sentence, at)
    seen |= beside(story, at - 1, "before") | beside(story, at + 1, "behind")
    seen |= {f"tells:{name}" for name, pattern in _TIMES.items() if pattern.search(text)}
    if any(int(y) < story.clock.published.year for y in _YEAR.findall(text)):
        seen |= {"old-year"}
    if text.count('"') % 2 or text.count("“") != text.count("”"):
        seen |= {"within-quotation"}
    story.around[sentence.start] = found = seen | {f"length={min(6, len(text) // 50)}"}
    return found


def _position(story: Story, sentence: Sentence, at: int) -> set[str]:
    """Where a sentence stands in its report, and what it shares with the headline, if there is one."""
    headline = _headline(story)
    if sentence.title:
        return {"headline", f"kind={story.kind}"}
    first = 1 if story.sentences[0].title else 0
    count = len(story.sentences) - first
    seen = {f"at={min(at - first, 4)}", f"of={min(count, 12) // 3}", f"kind={story.kind}"}
    if at == len(story.sentences) - 1:
        seen.add("last")
    if not headline:
        return seen
    text = story.body[sentence.start : sentence.end].lower()
    shared = headline & {w[:STEM] for w in _WORD.findall(text) if len(w) >= _TITLE_WORD}
    seen.add(f"shares={min(3, len(shared))}")
    return seen | {f"headline:{w}" for w in headline} | {f"shares:{w}" for w in shared}


def _headline(story: Story) -> frozenset[str]:
    if story.headline is None:
        title = story.body[: story.body.find("\n")].lower() if "\n" in story.body else ""
        story.headline = frozenset(w[:STEM] for w in _WORD.findall(title) if len(w) >= _TITLE_WORD)
    return story.headline


@cache
def weights() -> Mapping[str, int]:
    """Feature -> weight in hundredths; the bias under the empty name."""
    return {name: int(weight) for name, weight in rows("earnest.tsv")}
