"""Looks over the drafts once the whole report is known: echoes go, sites and actors told elsewhere are filled in."""

from dataclasses import replace
from typing import Final

from schemas.taxonomy import AttributionConfidence as C
from schemas.taxonomy import SetAsideReason as R
from schemas.taxonomy import Status as S
from schemas.taxonomy import ThreatType as Y
from streams.reading.announced import announced
from streams.reading.meant import earnest
from streams.reading.meant.news import is_news
from streams.reading.meant.retold import retold
from streams.reading.sameness import times_meet
from streams.reading.siting import fill_in_sites
from streams.reading.story import Aside, Draft, Story
from streams.reading.text import gated as re
from streams.reading.what import opinion
from streams.reading.when.anchors import in_register
from streams.reading.who import actors, attribution, authorship, plans
from streams.reading.who.concerns import concerns, pointed_at

_SEVERAL: Final = re.compile(
    r"\b(?:two|three|four|five|both|several|a string|a series|sites|bases|twice)\b", re.IGNORECASE
)

_INDIRECT: Final = frozenset({"indirect fire", "idf", "shelled", "shelling", "bombardment"})
_GRENADE: Final = "grenade"
"""Neither improvised nor fired: of no type by a name of its own."""

_WRECKED: Final = re.compile(
    r"\b(?:smoke over|ambulances?|people running|windows? (?:\w+ ){0,5}(?:gone|out|shattered|blown)|destroyed|damaged|collapsed|crater|ablaze|on fire|caught fire|released an|spilled|shattered|rocked|ripped (?:through|into|open)|tore (?:through|into|open|off)|torn (?:off|open)|blown (?:off|out|in|open|apart)|blew (?:off|out|in|open|a hole|through)|hole in|impact(?:s|ed)? (?:inside|within|in)|burn(?:ed|t|ing)|in flames|flames|fire (?:at|in|broke))\b",
    re.IGNORECASE,
)
"""What a bang did: then it took effect, whatever it was."""


_FIRE: Final = re.compile(r"\b(?:an?|the)\s(?:\w+\s)?(?:fires?|blazes?)\b", re.IGNORECASE)
_WENT_OFF: Final = re.compile(r"\b(?:explo\w+|blasts?|bangs?|booms?|detonat\w+|blew|thuds?)\b", re.IGNORECASE)
_LAID: Final = re.compile(
    r"\b(?:arson|deliberate(?:ly)?|laid|lit|set on purpose)\b[^.;]{0,40}\b(?:not (?:been )?(?:ruled out|excluded)|(?:is|was) (?:suspected|possible|being (?:looked at|considered))|may be)\b"
    r"|\b(?:not (?:been )?(?:ruled? out|excluded?)|rul(?:e|ing) out|suspect(?:ed|s)?|possible|possibly|whether (?:it|the fire) was)\b[^.;]{0,20}\b(?:arson|deliberate(?:ly)?|laid|lit|set on purpose)\b",
    re.IGNORECASE,
)
"""That it was laid is only thought of."""


def review(story: Story) -> None:
    """Look over the drafts of a report that was read to its end."""
    _drop_echoes(story)
    _headline_alone(story)
    _drop_undated(story)
    fill_in_sites(story)
    _attribute(story)


def _drop_echoes(story: Story) -> None:
    """A headline's event that the body tells in parts is no further incident."""
    bodies = [d for d in story.drafts if not d.from_title]
    for draft in [d for d in story.drafts if d.from_title]:
        if bodies and (not draft.target or not draft.target.facility_id or draft.event.vague or draft.when is None):
            story.drafts.remove(draft)


def _headline_alone(story: Story) -> None:
    """A headline's event whose telling in the body was set aside is set aside with it."""
    behind = story.sentences[0].end if story.sentences else 0
    if not story.sentences or not story.sentences[0].title:
        return
    told = next((a.reason for a in story.asides if a.start >= behind and a.reason is not R.FRIENDLY), None)
    lead = retold(story.body[behind : story.lead]) if told is None else None
    reason = lead[0] if lead is not None else told
    if reason is None:
        return
    for draft in [d for d in story.drafts if d.from_title]:
        story.drafts.remove(draft)
        story.asides.append(Aside(reason, draft.core[0][0], draft.core[0][1], "modality.headline"))


def _drop_undated(story: Story) -> None:
    """Nothing in the text says when: background, unless the source reports from the spot, or the text is a flash and news."""
    if story.on_the_spot:
        return
    dated = [d for d in story.drafts if d.when is not None or d.day is not None]
    if story.official and not dated and len(story.drafts) == 1 and not story.drafts[0].from_title:
        return
    for draft in [
        d
        for d in story.drafts
        if d not in dated
        and not earnest.stands_alone(story, d)
        and d.event.status not in (S.THREATENED, S.THWARTED)
        and not in_register(story, d.event)
        and announced(story, d) is None
        and not (is_news(story, d) and not d.event.vague)
        and (dated or not d.target or not d.target.facility_id or d.core[0][0] > story.lead or d.event.vague)
    ]:
        story.drafts.remove(draft)
        story.asides.append(Aside(R.GENERIC, draft.core[0][0], draft.core[0][1], "modality.undated"))
    for draft in list(story.drafts):
        if (draft.target and draft.target.facility_id) or not _SEVERAL.search(
            story.body, draft.event.start, draft.event.end
        ):
            continue
        parts = [
            d
            for d in story.drafts
            if d is not draft
            and d.paragraph == draft.paragraph
            and d.event.type is draft.event.type
            and times_meet(draft, d)
            and d.core[0][0] > draft.core[0][0]
        ]
        named = any(p.target and p.target.facility_id for p in parts)
        if len(parts) >= 2 or (parts and named and draft.target and draft.target.candidates):
            story.drafts.remove(draft)


def _attribute(story: Story) -> None:
    """Give each draft the firmest of the statements that concern it, or what a model makes of them."""
    pointing = [(heard, pointed_at(story, heard)) for heard in story.statements]
    for draft in story.drafts:
        concerned = [heard[0] for heard, those in pointing if concerns(story, draft, heard, those)]
        own = [draft.statement] if draft.statement else []
        heard = [s for s in concerned if not _adds_nothing(draft.statement, s)]
        own, heard = ([s for s in those if not plans.tells_of_stopping_it(draft, s)] for those in (own, heard))
        best = min([*own, *heard], key=lambda s: s.rank, default=None)
        if best and best.confidence is C.STATED_FACT and any(s.rule == attribution.CONTESTED for s in concerned):
            best = replace(best, confidence=C.SUSPECTED_BY_AUTHORITIES)
        told = best if best and best.confidence is not C.NONE else plans.plot(story, draft)
        draft.statement = authorship.weigh(story, draft, told)


def _adds_nothing(own: attribution.Statement | None, said: attribution.Statement) -> bool:
    """Whether a state only says what the reporter tells as a fact: that its army speaks of its strike makes no claim of it."""
    fact = own is not None and own.confidence is C.STATED_FACT
    return fact and said.confidence is C.CLAIMED and actors.is_state(said.actor or "")


def settle(story: Story, draft: Draft) -> None:
    """A repelled assault that hurt somebody was carried out, and so was what may have happened; "indirect fire" in a story of rockets is rockets; a hand grenade is no IED."""
    event = draft.event
    draft.statement = plans.threat(story, draft) or draft.statement
    if event.type is Y.MORTAR_ARTILLERY and event.type_hit.text in _INDIRECT:
        told = {c for h in story.scene.hits for c in h.classes if h.text not in _INDIRECT}
        if "w_rocket" in told and "w_mortar_artillery" not in told:
            event.type = Y.ROCKET
    if event.type is Y.IED and _GRENADE in event.type_hit.text:
        event.type = Y.OTHER
    hurt = bool(draft.toll.killed or draft.toll.wounded)
    if (
        event.status is S.INTERCEPTED
        and event.type
        in (
            Y.GROUND_ASSAULT,
            Y.SMALL_ARMS,
            Y.UNREST,
            Y.VEHICLE_BOMB,
            Y.SUICIDE_BOMBING,
            Y.KIDNAPPING,
            Y.VEHICLE_RAMMING,
        )
        and hurt
    ):
        event.status = S.EXECUTED
    if event.status is S.UNCLEAR and draft.outcome_told and draft.meant and hurt:
        event.status = S.EXECUTED
    if event.type is Y.SURVEILLANCE and Y.UAS in event.types and event.status is S.INTERCEPTED:
        event.type = Y.UAS
    wrecked = _WRECKED.search(story.body, event.sentence.start, event.sentence.end + 120) is not None
    if event.type is Y.UNKNOWN_EXPLOSION and event.status is S.EXECUTED and not hurt and not wrecked:
        event.status = S.UNCLEAR
    if event.status is S.INTERCEPTED and event.type in (Y.UNREST, Y.VEHICLE_RAMMING, Y.KIDNAPPING, Y.ARSON, Y.CYBER):
        event.status = S.EXECUTED
    opinion.revise(story, draft)
    if event.type in (Y.UNKNOWN_EXPLOSION, Y.ARSON) and _burned_only(story, draft):
        event.type, event.status = Y.ARSON, S.UNCLEAR


def _burned_only(story: Story, draft: Draft) -> bool:
    """Whether nothing went off: a fire of which nobody knows whether it was laid."""
    sentence = draft.event.sentence
    return (
        _FIRE.search(story.body, sentence.start, sentence.end) is not None
        and _WENT_OFF.search(story.body, sentence.start, sentence.end) is None
        and _LAID.search(story.body, sentence.start, sentence.end + 160) is not None
    )
