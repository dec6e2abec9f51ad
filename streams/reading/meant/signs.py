"""What can be seen of an event by which to tell whether it is told in earnest: features for `earnest`.

Of its sentence, of those beside it and in its paragraph, of its place in the report, of the headline, of its clause and
cue, and what the rules make of it. Words are seen by their first letters, names and days only as such; see `learned`.
"""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from schemas.taxonomy import SetAsideReason as R
from streams.reading.learned import STEM, beside, seen_in, words_of
from streams.reading.story import Story
from streams.reading.text import gated as re
from streams.reading.text.segment import Sentence
from streams.reading.what.cues import PLAIN
from streams.reading.what.event import Event
from streams.reading.what.telling import TOLD
from streams.reading.when.anchors import in_register
from streams.reading.when.clock import Dated

Verdict = tuple[R, str]
"""Why rules would set a passage aside, and which."""

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
_NEIGHBOURS: Final = 4
"""So many sentences to either side are seen of a paragraph."""
_BESIDE_A_CUE: Final = 3
"""So many words to either side are seen of a cue, as far as they stand within"""
_REACH: Final = 40
"""characters of it."""


def signs(story: Story, event: Event, dated: list[Dated], verdict: Verdict | None) -> set[str]:
    """Return the features of an event.

    Parameters
    ----------
    story, event
        The event.
    dated
        The times around it.
    verdict
        Why rules would set it aside, if they would.
    """
    seen = {*_around(story, event.sentence), *_of_the_rules(event, verdict), *_of_the_times(dated)}
    seen |= {*_of_the_clause(story, event), *_of_the_cue(story, event)}
    if story.drafts:
        seen.add("beside")
        if story.drafts[-1].paragraph == event.sentence.paragraph:
            seen.add("goes-on")
    if in_register(story, event):
        seen.add("register")
    return seen


def _of_the_rules(event: Event, verdict: Verdict | None) -> Iterator[str]:
    """What the rules make of it."""
    yield f"type={event.type.value}"
    yield f"status={event.status.value}"
    yield "raised" if TOLD in event.type_hit.classes else f"hit={event.type_hit.text}"
    yield from (f for f in _FLAGS if getattr(event, f))
    yield f"cues={min(4, len(event.hits))}"
    if PLAIN in event.type_hit.classes:
        yield "plain"
    if verdict is not None:
        yield f"verdict={verdict[0].value}"
        yield f"verdict={verdict[1]}"


def _of_the_times(dated: list[Dated]) -> Iterator[str]:
    """How its times are told."""
    if any(d.past for d in dated):
        yield "past"
    yield f"when={max((d.precise for d in dated if not d.past), default=-1)}"
    yield f"times={min(3, len(dated))}"
    yield from (f"when={d.rule}" for d in dated)


def _of_the_clause(story: Story, event: Event) -> Iterator[str]:
    """Its clause: words and pairs, how long it is, how far in the sentence it stands, whether it names a site."""
    words = [w[:STEM] for w in _WORD.findall(story.body[event.start : event.end].lower())]
    if event.start > event.sentence.start or event.end < event.sentence.end:
        yield from (f"c:{w}" for w in words)
    yield from (f"c:{a} {b}" for a, b in pairwise(words))
    yield f"clause={min(6, (event.end - event.start) // 40)}"
    yield f"clause-at={min(3, (event.start - event.sentence.start) // 40)}"
    yield f"clause-names={bool(story.scene.names_in(event.start, event.end))}"


def _of_the_cue(story: Story, event: Event) -> Iterator[str]:
    """The words beside its cue."""
    hit, sentence = event.type_hit, event.sentence
    before = story.body[max(sentence.start, hit.start - _REACH) : hit.start].lower()
    behind = story.body[hit.end : hit.end + _REACH].lower()
    yield from (f"-:{w[:STEM]}" for w in _WORD.findall(before)[-_BESIDE_A_CUE:])
    yield from (f"+:{w[:STEM]}" for w in _WORD.findall(behind)[:_BESIDE_A_CUE])


def _around(story: Story, sentence: Sentence) -> frozenset[str]:
    """What is seen of a sentence, whatever it tells: worked out once."""
    if (known := story.around.get(sentence.start)) is not None:
        return known
    at = story.number_of(sentence)
    text = story.body[sentence.start : sentence.end]
    seen = {*seen_in(story, sentence), *_position(story, sentence, at), *_paragraph(story, sentence, at)}
    seen |= beside(story, at - 1, "before") | beside(story, at + 1, "behind")
    seen |= {f"tells:{name}" for name, pattern in _TIMES.items() if pattern.search(text)}
    names = story.scene.names_in(sentence.start, sentence.end)
    seen.add("named" if names else "unnamed")
    if any(int(y) < story.clock.published.year for y in _YEAR.findall(text)):
        seen.add("old-year")
    if text.count('"') % 2 or text.count("“") != text.count("”"):
        seen.add("within-quotation")
    story.around[sentence.start] = found = frozenset(seen | {f"length={min(6, len(text) // 50)}"})
    return found


def _paragraph(story: Story, sentence: Sentence, at: int) -> Iterator[str]:
    """The words of its paragraph, where in that it stands, and where that stands in the report."""
    near = range(max(0, at - _NEIGHBOURS), min(len(story.sentences), at + _NEIGHBOURS + 1))
    same = [n for n in near if story.sentences[n].paragraph == sentence.paragraph]
    others = frozenset[str]().union(*(words_of(story, n) for n in same if n != at))
    yield from (f"paragraph:{word}" for word in others)
    yield f"in-paragraph={min(3, at - same[0])}/{min(4, len(same))}"
    yield f"paragraph-ends={same[-1] == at}"
    yield f"paragraph={-1 if sentence.title else min(5, bisect_left(story.paragraphs, sentence.paragraph))}"
    yield f"paragraphs={min(8, len(story.paragraphs))}"
    if story.paragraphs and sentence.paragraph == story.paragraphs[-1]:
        yield "last-paragraph"
    yield "items" if story.itemised else "prose"
    if story.log or story.forms:
        yield "log" if story.log else "form"
    yield "on-the-spot" if story.on_the_spot else "from-afar"


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
