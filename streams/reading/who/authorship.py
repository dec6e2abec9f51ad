"""Weighs which sentence tells who did it, and how firmly, where the rules hear nobody named or hear it wrongly.

A softmax regression over the sentences from the one that tells an incident to the next that tells one: their words, who is
spoken of, where they stand, and what the rules hear. The weights stand in `data/authorship.tsv`, made by
`tests.bench.train_attribution`, with their card in docs/reading.md.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from schemas.taxonomy import AttributionConfidence as C
from streams.reading.learned import Softmax, seen_in
from streams.reading.story import Draft, Story
from streams.reading.text.segment import Sentence
from streams.reading.what.cues import Hit
from streams.reading.who import actors, predicates
from streams.reading.who.attribution import Statement

LIKELY: Final = 0.55
"""From this chance on somebody is taken to be named as the doer where the rules hear of nobody."""
HARDLY: Final = 0.25
"""Below this chance nobody is, though the rules hear so in these sentences."""
TWICE: Final = 2.0
"""So much likelier another confidence must be than what the rules hear."""
MODELLED: Final = "attribution.learned"
"""How evidence names what the model decided."""
MODEL: Final = Softmax("authorship.tsv", [C.NONE.value, *(c.value for c in C if c is not C.NONE)])

_MOST: Final = 10
"""Sentences from an incident on that are weighed."""
_SPOKEN_OF: Final = frozenset({"hostile", "band", "authority", "bystander"})
"""Classes of cues for those who may act and those who may speak."""
Seen = tuple[Sentence, set[str]]


def weigh(story: Story, draft: Draft, told: Statement | None) -> Statement | None:
    """Return who is said to have done it, as the rules hear it or as the model does where it is sure enough.

    Parameters
    ----------
    story, draft
        The incident; its own statement is what its clause says.
    told
        What the rules make of all that they hear.
    """
    if story.flash:
        return told  # of a few lines the rules know more
    asked = list(sentences_of(story, draft, told))
    if not asked:
        return told
    chances = [MODEL.chances(seen) for _, seen in asked]
    inside = told is not None and any(s.start <= told.start < s.end for s, _ in asked)
    firm = firmness(chances, told.confidence if told is not None else C.NONE, inside=inside)
    if firm is C.NONE:
        return None
    n = MODEL.classes.index(firm.value)
    sentence = max(zip(asked, chances, strict=True), key=lambda one: one[1][n])[0][0]
    if told is None and (_denies(story, sentence) or _is_of_others(story, sentence)):
        return None
    return _stated(story, sentence, firm, told)


def _denies(story: Story, sentence: Sentence) -> bool:
    """Whether a sentence says who it was not, or that nobody knows."""
    return predicates.NOT.search(story.body, sentence.start, sentence.end) is not None


def _is_of_others(story: Story, sentence: Sentence) -> bool:
    """Whether the rules hear in a sentence who did it, but of other incidents than one of which they hear nothing."""
    return bool(_heard_in(story, sentence))


def _heard_in(story: Story, sentence: Sentence) -> list[Statement]:
    """What the rules hear in a sentence."""
    return [s for s, where, _ in story.statements if where.start == sentence.start]


def firmness(chances: Sequence[Sequence[float]], told: C, *, inside: bool) -> C:
    """Return how firmly it is said who did it, by the chances of each sentence.

    Parameters
    ----------
    chances
        Of each sentence that it says so in each of the model's ways.
    told
        What the rules hear.
    inside
        Whether they hear it in one of these sentences.
    """
    anybody = 1 - math.prod(chance[0] for chance in chances)
    if anybody < (LIKELY if told is C.NONE else HARDLY):
        return C.NONE if inside else told
    not_so = [math.prod(1 - chance[n] for chance in chances) for n in range(1, len(MODEL.classes))]
    firm = C(MODEL.classes[1 + not_so.index(min(not_so))])
    if told is C.NONE:
        return firm
    heard = not_so[MODEL.classes.index(told.value) - 1]
    return firm if 1 - min(not_so) >= TWICE * (1 - heard) else told


def _stated(story: Story, sentence: Sentence, firm: C, told: Statement | None) -> Statement:
    """What a sentence states, as firmly as the model has it: of the doer whom the rules hear there, else of one who is named."""
    if told is not None and (told.confidence is firm or sentence.start <= told.start < sentence.end):
        return told if told.confidence is firm else replace(told, confidence=firm, rule=MODELLED)
    named = (a for a in _doers(story, sentence) if a.named)
    doer = next((a for a in named if not actors.aimed_at(story.body, sentence.start, a)), None)
    heard = doer.name if doer is not None else told.actor if told is not None else None
    return Statement(sentence.start, sentence.end, firm, heard, MODELLED)


def sentences_of(story: Story, draft: Draft, told: Statement | None) -> Iterator[Seen]:
    """Yield the sentences that may say who did it, and what the model sees of each."""
    own, begin = story.number_of(draft.event.sentence), draft.event.sentence.start
    until = min((at for d in story.drafts if (at := d.event.sentence.start) > begin), default=len(story.body))
    for at in range(own, min(own + _MOST, len(story.sentences))):
        sentence = story.sentences[at]
        if sentence.start >= until:
            return
        hits = story.scene.hits_in(sentence.start, sentence.end)
        if _worth_asking(story, sentence, hits):
            spoken_of = list(_spoken_of(story, at, hits))
            seen = set(seen_in(story, sentence))
            seen.update(spoken_of, _heard(story, sentence, told), _place(story, draft, at, at - own, hits))
            if at == own:
                seen.update(_own(draft, spoken_of))
            yield sentence, seen


def _worth_asking(story: Story, sentence: Sentence, hits: list[Hit]) -> bool:
    """Whether a sentence speaks of anybody who may act or speak, or has words that say who did what."""
    spoken_of = any(not _SPOKEN_OF.isdisjoint(h.classes) for h in hits)
    return spoken_of or predicates.PREDICATES.match_in(story.body[sentence.start : sentence.end])


def _doers(story: Story, sentence: Sentence) -> list[actors.Actor]:
    """Those spoken of in a sentence who may have acted: worked out once."""
    if (who := story.doers.get(sentence.start)) is None:
        hits = story.scene.hits_in(sentence.start, sentence.end)
        who = story.doers[sentence.start] = actors.actors(story.body, sentence.start, sentence.end, hits)
    return who


def _spoken_of(story: Story, at: int, hits: list[Hit]) -> Iterator[str]:
    """Of which sort those are who may have acted, and those who may speak."""
    sentence = story.sentences[at]
    who = _doers(story, sentence)
    if not who:
        yield "nobody"
    yield f"named={min(2, sum(a.named for a in who))}"
    for a in who:
        if not a.named:
            yield "band" if a.band else "unnamed"
        if actors.aimed_at(story.body, sentence.start, a):
            yield "aimed-at"
    present = actors.Voices(story.body, sentence.start, sentence.end, hits).present()
    yield "speaks=nobody" if present is None else "speaks=official" if present else "speaks=other"
    before = (story.doers.get(s.start, ()) for s in story.sentences[max(0, at - 2) : at])
    if any(a.named for those in before for a in those):
        yield "named-before"


def _heard(story: Story, sentence: Sentence, told: Statement | None) -> Iterator[str]:
    """What the rules hear in a sentence, and in all."""
    heard = _heard_in(story, sentence)
    for s in heard:
        yield f"heard={s.confidence.value}"
        yield f"heard={s.rule}"
        if told is not None and s.confidence is told.confidence:
            yield "heard=told"
    if not heard:
        yield "heard=nothing" if told is None else "heard=elsewhere"
    yield f"told={told.confidence.value if told else C.NONE.value}"


def _place(story: Story, draft: Draft, at: int, behind: int, hits: list[Hit]) -> Iterator[str]:
    """Where a sentence stands: how far behind the incident, in which paragraph, in what kind of report."""
    sentence, event = story.sentences[at], draft.event
    yield f"behind={min(6, behind)}"
    yield f"paragraphs={min(3, sentence.paragraph - draft.paragraph)}"
    yield f"incidents={min(4, len(story.drafts))}"
    yield f"statements={min(2, len(story.statements))}"
    yield f"kind={story.kind}"
    if sentence.title:
        yield "headline"
    if at == len(story.sentences) - 1:
        yield "last"
    kinds = {t for h in hits for t in h.classes.weapons}
    yield "weapon=same" if event.type in kinds else "weapon=other" if kinds else "weapon=none"


def _own(draft: Draft, spoken_of: list[str]) -> Iterator[str]:
    """What else is seen of the sentence that tells the incident: what it is, whom its clause names, of whom it speaks."""
    yield f"own:said={draft.statement.confidence.value if draft.statement else C.NONE.value}"
    yield f"own:type={draft.event.type.value}"
    yield f"own:status={draft.event.status.value}"
    yield from (f"own:{word}" for word in spoken_of)
