"""Asks two models what they make of the type and the stage of an incident that the rules have read.

Softmax regressions over the words of the incident's sentence, those of the next, what is told before, and what the rules
decided; the weights stand in `data/opinion_type.tsv` and `data/opinion_status.tsv`, made by `tests.bench.train_opinion`,
with their card in docs/reading.md. The likeliest type is taken, and a likely stage, in place of the rules'; but what a
later sentence says of the stage stands.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from schemas.taxonomy import Status, ThreatType
from streams.reading.learned import Softmax, beside, seen_in
from streams.reading.story import REACH, Draft, Story
from streams.reading.text import gated as re
from streams.reading.what.cues import Hit
from streams.reading.what.event import Event
from streams.reading.what.kinds import shot_for_a_deed
from streams.reading.what.outcomes import is_outright
from streams.reading.what.telling import TOLD

LIKELIER: Final = 0.55
"""The least chance of a stage that is taken in place of the rules'; of types the likeliest is."""
UNSAYS_A_THREAT: Final = 0.7
"""The same where the rules hear a threat: of what is left in writing the models have seen little."""
MODELLED: Final = "opinion"
"""How evidence names what a model decided."""
TYPE: Final = Softmax("opinion_type.tsv", [t.value for t in ThreatType])
STATUS: Final = Softmax("opinion_status.tsv", [s.value for s in Status])


def revise(story: Story, draft: Draft) -> None:
    """Set type and status of a draft to what the models hold for likely; the evidence says so.

    Of a sentence that tells of several, that says outright what befell a site, of whom guards shot for his deed, or of a
    structure that was blown up, the rules know which is which; headlines the models have not seen, nor anything in a sentence of a few words.
    """
    event = draft.event
    unseen = event.type_hit.start < event.sentence.start or event.sentence.title or not seen_in(story, event.sentence)
    known = draft.outright and _names_its_type(event)
    known = known or _blown_up(event) or shot_for_a_deed(story.body[event.start : event.end].lower())
    if unseen or known or sum(d.event.sentence is event.sentence for d in story.drafts) > 1:
        return
    seen = features(story, draft)
    type_, _ = _likeliest(TYPE, seen)
    status, chance = _likeliest(STATUS, seen)
    if type_ != event.type.value and not _known_better(event, type_):
        event.type, event.type_hit = ThreatType(type_), _modelled(event.type_hit)
    least = UNSAYS_A_THREAT if event.status is Status.THREATENED else LIKELIER
    if not (draft.outcome_told or is_outright(event.status_hit)) and chance >= least and status != event.status.value:
        event.status, event.status_hit = Status(status), _modelled(event.status_hit or event.type_hit)


_DRIVEN_OR_WORN: Final = {ThreatType.VEHICLE_BOMB.value, ThreatType.SUICIDE_BOMBING.value}
_CALLS: Final = ("call", "urg", "exhort", "incit", "appeal", "encourag")
"""How cues begin that call on others."""


def _known_better(event: Event, told: str) -> bool:
    """Whether the rules know the type better than the model that tells another.

    Which of two the bomb was, where both are told: a vehicle's or a bomber's; and of what did not come to pass what its
    verb tells, which is all there is: a call, a plot "to attack".
    """
    if {event.type.value, told} == _DRIVEN_OR_WORN:
        return event.types >= {ThreatType.VEHICLE_BOMB, ThreatType.SUICIDE_BOMBING}
    if event.types or event.status not in (Status.THREATENED, Status.THWARTED):
        return False
    calls = event.status_hit is not None and event.status_hit.text.startswith(_CALLS)
    return calls or event.status is Status.THWARTED or event.type is not ThreatType.OTHER


def _names_its_type(event: Event) -> bool:
    """Whether the words of an event name one weapon or deed: what stands around it cannot know the type better."""
    return event.types - {ThreatType.UNKNOWN_EXPLOSION} == {event.type}


_BLOWN_UP: Final = re.compile(r"\b(?:bl[eo]w(?:n|s|ing)? up|dynamit\w+)\b")


def _blown_up(event: Event) -> bool:
    """Whether a structure was blown up, by whatever: with a bomb that is named it is another deed for the rules, too."""
    return event.type is ThreatType.SABOTAGE and _BLOWN_UP.search(event.type_hit.text) is not None


def _modelled(hit: Hit) -> Hit:
    """The same passage, as read by a model."""
    return Hit(hit.start, hit.end, MODELLED, hit.classes)


def _likeliest(model: Softmax, seen: frozenset[str]) -> tuple[str, float]:
    """Return what a model holds for the likeliest, and its chance."""
    chances = model.chances(seen)
    most = max(chances)
    return model.classes[chances.index(most)], most


def features(story: Story, draft: Draft) -> frozenset[str]:
    """What the models see of a draft: its sentence, the words of the next, what is told before, and what the rules decided."""
    event = draft.event
    sentence = event.sentence
    seen = seen_in(story, sentence) | beside(story, story.number_of(sentence) + 1, "behind") | {f"kind={story.kind}"}
    if TOLD in event.type_hit.classes:
        seen |= {"raised"}
    else:
        seen |= {f"type={event.type.value}", f"hit={event.type_hit.text}"} | {f"may={t.value}" for t in event.types}
    stage = event.status_hit.text if event.status_hit else ""
    return (
        seen
        | set(_told_around(story, draft))
        | {f"status={event.status.value}", f"status={event.status.value}/{event.type.value}", f"stage={stage}"}
    )


def _told_around(story: Story, draft: Draft) -> Iterator[str]:
    """What a sentence may take for granted: the incident told before it, and weapons named elsewhere; apart where it names one itself."""
    sentence = draft.event.sentence
    armed = _weapons(story.scene.hits_in(sentence.start, sentence.end))
    mark = "armed" if armed else "bare"
    yield f"itself={mark}"
    before = (d for d in story.drafts if d.core[0] < draft.core[0])
    if (last := max(before, key=lambda d: d.core[0], default=None)) is not None:
        yield f"{mark}:last={last.event.type.value}/{last.paragraph == draft.paragraph}"
    for hit in reversed(story.scene.hits_in(max(0, sentence.start - REACH), sentence.start)):
        if hit.classes.weapons:
            here = hit.start >= story.lines.get(sentence.paragraph, 0)
            yield from (f"{mark}:near={weapon.value}/{here}" for weapon in hit.classes.weapons)
            break
    if not armed:
        weapons = _weapons(story.scene.hits)
        yield from (f"somewhere={weapon}" for weapon in weapons)
        yield from (f"only={weapon}" for weapon in weapons if len(weapons) == 1)


def _weapons(hits: Iterable[Hit]) -> set[str]:
    return {weapon.value for hit in hits for weapon in hit.classes.weapons}
