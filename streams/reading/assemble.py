"""Puts a report's events together: headline and body told once, round-ups split, later sentences adding to earlier ones.

event ── judged ──▶ set aside, with its reason
  │
  ├─ same as one told before (type, site and time agree) ──▶ adds what that one lacked
  └─ new, and anchored to a site, place or time ──▶ a draft of its own, one per target
"""

from dataclasses import replace
from typing import Final

from schemas.taxonomy import SetAsideReason as R
from schemas.taxonomy import Status as S
from schemas.taxonomy import ThreatType as Y
from streams.reading.anchoring import anchored, in_its_scene
from streams.reading.fights import attack_of, fuse
from streams.reading.inherited import at_the_same_site, inherit
from streams.reading.meant import earnest, modality
from streams.reading.meant.afterwards import comes_back, follow_up, gets_through, stopped_short, takes_back
from streams.reading.meant.chains import unsay
from streams.reading.meant.denials import denies_reports
from streams.reading.meant.explained import explains_the_last
from streams.reading.meant.left_open import leave_open
from streams.reading.meant.mistold import MISTOLD, retells
from streams.reading.meant.negation import without_the_cleared
from streams.reading.meant.outright import outright
from streams.reading.meant.plainly import plainly_none
from streams.reading.meant.threats import STANDING, against_a_site
from streams.reading.receipt import BEYOND
from streams.reading.review import review
from streams.reading.sameness import ANOTHER, absorb, one_more, told_before
from streams.reading.story import Aside, Draft, Story, line_start
from streams.reading.text import gated as re
from streams.reading.text.segment import Sentence
from streams.reading.what import telling
from streams.reading.what.carried import with_carried
from streams.reading.what.cues import Hit
from streams.reading.what.event import Event
from streams.reading.what.events import detect
from streams.reading.what.headline import told_by_headline, told_vaguely
from streams.reading.when.anchors import OF_ENTRY
from streams.reading.when.anniversaries import REMEMBERED, told_besides
from streams.reading.when.clock import Clock, Dated
from streams.reading.when.dating import dates_of, governing, local
from streams.reading.where.descriptions import describe
from streams.reading.where.elsewhere import UNDER_WAY, off_the_site, streets_away
from streams.reading.where.filled_in import at_the_place, place_field, spots_there
from streams.reading.where.headed import of_the_heading, under_heading
from streams.reading.where.places import named_site, says_where
from streams.reading.where.scene import own_spots
from streams.reading.where.targets import last_named, named_alone, resolve
from streams.reading.who import actors, attribution
from streams.reading.who.victims import count_victims

_EDITORIAL: Final = re.compile(
    r"\s*\(?(?:Corrects?|Adds?|Updates?|Recasts|Refiles|Writes through|Clarifies|In (?:the|our|a) (?:story|report|item|note)|Correction:)\b|\s*(?:Subscribe|Follow us|Read more|Copyright|All rights reserved|Click here|Sign up)\b"
)

_INTRODUCED: Final = re.compile(r"\b(?:followed|in which|report that|reports that)\b\s*")

_ASIDE: Final = re.compile(r"[\s,]*(?:after|during|following|in|with|amid)\b")
"""A clause that hangs on the one before it, whose subject is its doer: "X seized the terminal after a gunfight"."""

_TALLY: Final = re.compile(
    r"\b(?:\d{2,}|dozens of|scores of|hundreds of)\s+(?:[\w\-]+\s+){0,3}(?:drones|missiles|rockets|uavs|shells|attacks|fighters|militants)\b[^.]{0,60}\b(?:shot down|destroyed|downed|intercepted|neutrali[sz]ed|brought down)\b|\b(?:shot down|destroyed|downed|intercepted|brought down)\b[^.]{0,40}\b(?:\d{2,}|dozens of|scores of|hundreds of)\s+(?:[\w\-]+\s+){0,3}(?:drones|missiles|rockets|uavs)\b",
    re.IGNORECASE,
)
"""A day's count over a whole country."""

_MOST: Final = 100
"""Drafts of one report; what goes beyond is told in its receipt."""


def assemble(story: Story, hits: list[Hit]) -> None:
    """Read the sentences in order into drafts and passages set aside."""
    at = 0
    for sentence in story.sentences:
        story.lines.setdefault(sentence.paragraph, sentence.start)
        while at < len(hits) and hits[at].start < sentence.start:
            at += 1
        stop = at
        while stop < len(hits) and hits[stop].start < sentence.end:
            stop += 1
        _sentence(story, sentence, hits[at:stop])
        at = stop
    if not story.drafts and not story.asides and (told := told_by_headline(story)) is not None:
        _event(story, told, [])
    if not story.drafts:
        told_vaguely(story)
    unsay(story)
    review(story)
    _set_aside_the_rest(story)


def _set_aside_the_rest(story: Story) -> None:
    """Set aside, visibly, what rules found and nothing in the report stands for: no site, place or day, nor a likely word."""
    for draft in (*story.unplaced, *story.unanchored):
        event = draft.event
        if telling.TOLD not in event.type_hit.classes and all(d is not draft for d in story.drafts):
            story.asides.append(Aside(R.GENERIC, event.start, event.end, "earnest.unanchored"))


def _sentence(story: Story, sentence: Sentence, hits: list[Hit]) -> None:
    body = story.body
    if _EDITORIAL.match(body, sentence.start):
        return
    if takes_back(story, sentence) or explains_the_last(story, sentence):
        return
    hits = without_the_cleared(body, with_carried(story, sentence, hits))
    hits, kept = told_besides(body, sentence.start, sentence.end, hits)
    if kept is not None:
        story.asides.append(Aside(R.HISTORICAL, *kept, REMEMBERED))
    events = [] if story.silent else detect(body, sentence, hits)
    made: list[Draft] = []
    for event in events:
        draft = _event(story, event, made)
        if draft:
            made.append(draft)
    if not made or story.told_at(made[-1], sentence.end) < sentence.start:
        comes_back(story, sentence, hits)
    gets_through(story, sentence)
    stopped_short(story, sentence)
    if not made and (not events or (all(e.type is Y.UNKNOWN_EXPLOSION for e in events) and _last_is_a_bang(story))):
        follow_up(story, sentence, hits)
    if not events and not sentence.title and (told := telling.told_between_the_lines(story, sentence, hits)):
        draft = _event(story, told, made)
        if draft:
            made.append(draft)
    if sentence.title or not retells(body, story.title, sentence.start, sentence.end):
        count_victims(story, sentence, made)
    leave_open(story, sentence, events, made)
    _heard(story, sentence, hits, made)


def _heard(story: Story, sentence: Sentence, hits: list[Hit], made: list[Draft]) -> None:
    """Note what a sentence states about the actor, and who spoke."""
    words = story.body[sentence.start : sentence.end]
    named = bool(story.speakers) and any(n in words for n in story.speakers)
    voices = actors.Voices(
        story.body, sentence.start, sentence.end, hits, before=story.spoke, official=story.official or named
    )
    found = attribution.statement(voices)
    if found is not None and not _of_the_past(story, sentence, found, made):
        kinds = frozenset(t for h in hits for t in h.classes.weapons)
        story.statements.append((found, sentence, kinds))
    heard = voices.last()
    story.spoke = named or (story.spoke if heard is None else heard)


def _of_the_past(story: Story, sentence: Sentence, found: attribution.Statement, made: list[Draft]) -> bool:
    """Whether a statement is about something long past; not where only what is told of the accused is: "blamed X, which in 2022 killed"."""
    told_of_him = _WHO_ONCE.search(story.body, found.end, sentence.end)
    until = told_of_him.start() if told_of_him is not None else sentence.end
    past = any(
        a.reason is R.HISTORICAL and a.start >= sentence.start and (told_of_him is None or a.end <= until)
        for a in story.asides[-3:]
    )
    return (past and not made) or modality.looks_back(story.body[sentence.start : until])


_WHO_ONCE: Final = re.compile(r",\s+(?:which|who|whose|whom|a group that|the group that)\b")


def _event(story: Story, event: Event, made: list[Draft]) -> Draft | None:
    """Judge an event; return the draft that tells it, new or told before, None where it is set aside or background."""
    body, sentence = story.body, event.sentence
    clock = local(story, event, sentence)
    dated = dates_of(story, event, sentence, clock)
    if (none := plainly_none(story, event)) is not None:
        story.asides.append(Aside(none[0], event.start, event.end, none[1]))
        if none[1] == MISTOLD:
            story.denied.append(_draft(story, event, sentence, dated, clock))
        return None
    verdict = modality.judge(body, event, [d for d in dated if d.rule != OF_ENTRY], story.genre) or _looking_back(
        story, sentence, dated
    )
    if verdict is not None and verdict[1] == STANDING and against_a_site(story, event):
        verdict = None
    likely = earnest.chance(story, event, dated, verdict)
    if verdict and not earnest.overrules(story, likely):
        story.asides.append(Aside(verdict[0], event.start, event.end, verdict[1]))
        if denies_reports(body[sentence.start : sentence.end], verdict[0]):
            story.denied.append(_draft(story, event, sentence, dated, clock))
        return None
    draft = _draft(story, event, sentence, dated, clock)
    draft.in_earnest = likely
    draft.outright = verdict is None and outright(story, draft, dated)
    return _told_again(story, draft, made) or _taken_in(story, draft)


def _told_again(story: Story, draft: Draft, made: list[Draft]) -> Draft | None:
    """Return the incident that a draft tells again, or tells on of, with what it adds; None where it tells another."""
    event = draft.event
    if (fought := attack_of(story, draft)) is not None:
        fuse(fought, draft)
        return fought
    same = told_before(story, draft, made)
    if same is not None:
        absorb(story, same, draft)
        if draft.when and draft.when.precise >= 1:
            story.told = draft.day
        return same
    if not _part_of_last(story, draft, event.sentence):
        return None
    last = story.drafts[-1]
    last.told_again(draft.core)
    if last.event.type in (Y.OTHER, Y.UNKNOWN_EXPLOSION) and not event.vague:
        last.event.type, last.event.type_hit = event.type, event.type_hit
    return last


def _taken_in(story: Story, draft: Draft) -> Draft | None:
    """Take a draft in as an incident of its own; return None where it is none: vague, without an anchor, a count, unlikely, or friendly."""
    event, body = draft.event, story.body
    alone = earnest.stands_alone(story, draft)
    if draft.unplaced and not alone:
        story.unplaced.append(draft)
        return None
    if draft.unplaced:
        event.vague, event.types = False, frozenset()
    elif event.vague:
        inherit(story, draft)
    if not (alone or anchored(story, draft)):
        story.unanchored.append(draft)
        return None
    if not draft.targets and _TALLY.search(body, event.start, event.end):
        story.asides.append(Aside(R.GENERIC, event.start, event.end, "modality.tally"))
        return None
    if not draft.outright and earnest.doubtful(story, event, draft.in_earnest):
        if telling.TOLD not in event.type_hit.classes:
            story.asides.append(Aside(R.GENERIC, event.start, event.end, "earnest.doubtful"))
        return None
    if not draft.targets and not draft.spots and not _placed(body, event) and in_its_scene(story, draft):
        draft.targets = [replace(t, rule="target.coreference") for t in story.drafts[-1].targets[:1]]
    known = any(t.known and t.rule in {"target.name", "target.description"} for t in draft.targets)
    after_own_deed = story.asides and story.asides[-1].reason is R.FRIENDLY and not story.drafts
    if after_own_deed and not known and event.status is not S.THWARTED:
        story.asides.append(Aside(R.FRIENDLY, event.start, event.end, "modality.friendly-goes-on"))
        return None
    if len(story.drafts) >= _MOST:
        story.asides.append(Aside(R.OTHER, event.start, event.end, BEYOND))
        return None
    _take_the_day(story, draft)
    story.drafts.append(draft)
    return draft


def _take_the_day(story: Story, draft: Draft) -> None:
    """Date a draft that tells on by what was told before; keep the day of one that has its own."""
    sentence = draft.event.sentence
    judged = draft.event.status is S.THREATENED and draft.event.within is not None
    undated = draft.when is None and not judged
    if undated and story.told and (_goes_on(story, sentence) or one_more(story, draft, sentence)):
        draft.day = story.told
    if draft.when and draft.when.precise >= 1:
        story.told = draft.day


def _part_of_last(story: Story, draft: Draft, sentence: Sentence) -> bool:
    """Whether an undated passage tells on of the incident before it: "Challenged by a patrol, they opened fire"."""
    if draft.when is not None or draft.event.status is S.THREATENED or sentence.field or not _goes_on(story, sentence):
        return False
    last = story.drafts[-1]
    if last.from_title or last.event.status is S.THREATENED or not any(t.known for t in last.targets):
        return False
    own = draft.target if draft.target and draft.target.rule == "target.name" else None
    site_of = story.scene.lexicon.gazetteer.site_of
    elsewhere = own is not None and site_of(own.ids[0]) not in story.sites(last)
    return not elsewhere and not draft.spots and not _placed(story.body, draft.event)


def _looking_back(story: Story, sentence: Sentence, dated: list[Dated]) -> tuple[R, str] | None:
    """After something long past in the same paragraph, what is not dated anew is of the past too."""
    last = story.asides[-1] if story.asides else None
    if (
        last is None
        or last.reason not in (R.HISTORICAL, R.EXERCISE)
        or any(not d.past and d.precise >= 1 and d.start >= sentence.start for d in dated)
    ):
        return None
    line = line_start(story, sentence)
    if line <= last.start < sentence.start and not any(d.core[0][1] > last.start for d in story.drafts):
        return last.reason, "modality.still-past" if last.reason is R.HISTORICAL else "modality.still-exercise"
    return None


def _last_is_a_bang(story: Story) -> bool:
    return bool(story.drafts) and story.drafts[-1].event.type is Y.UNKNOWN_EXPLOSION


def _goes_on(story: Story, sentence: Sentence) -> bool:
    """Whether a sentence tells on in the paragraph of the last event."""
    last = story.drafts[-1].paragraph if story.drafts else -1
    return sentence.paragraph == last and ANOTHER.search(story.body, sentence.start, sentence.end) is None


def _draft(story: Story, event: Event, sentence: Sentence, dated: list[Dated], clock: Clock) -> Draft:
    body, scene = story.body, story.scene
    whole = (event.start, event.end) if event.apart else (sentence.start, sentence.end)
    scene.line = line_start(story, sentence)
    targets = resolve(scene, event.start, event.end, whole, event.first_act, (0, sentence.start))
    line = scene.line
    if not targets and not event.vague and not _placed(body, event) and not streets_away(body, event.start, event.end):
        if line < sentence.start:
            named = last_named(scene, line, sentence.start)
            named = named or of_the_heading(scene, line, sentence.start)
            targets = [named] if named else describe(scene, line, sentence.start)
            if targets and UNDER_WAY.search(body, event.start, event.end):
                targets = []
        targets = targets or named_alone(scene, story.fragments_behind(sentence))
        if not targets and not off_the_site(body, line, event.end, event.type):
            targets = under_heading(scene) or at_the_same_site(story, event)
    where = place_field(story, event, targets)
    if where is not None:
        targets = at_the_place(story, where, targets)
    when = governing(body, dated, event)
    draft = Draft(
        event, targets, when, core=[_core(body, event)], from_title=sentence.title, paragraph=sentence.paragraph
    )
    if not event.vague:
        draft.spots = own_spots(scene, event.start, event.end, scene.country_near(event.start, event.end, whole))
        draft.spots = spots_there(story, where) if where is not None else draft.spots
    draft.countries = frozenset(scene.countries_in(event.start, event.end, persons=False))
    draft.statement = attribution.agent(body, event.start, event.end, event.hits, event.first_act)
    if draft.statement is None and (event.goes_on or _ASIDE.match(body, event.start)):
        hits = scene.hits_in(sentence.start, sentence.end)
        draft.statement = attribution.agent(body, sentence.start, event.end, hits, event.first_act)
    if draft.statement is not None and event.status in (S.THREATENED, S.THWARTED):
        draft.statement = attribution.of_a_plan(draft.statement)
    if when is not None:
        draft.day = when.day(clock.zone)
    return draft


def _placed(body: str, event: Event) -> bool:
    """Whether the clause names a place of its own, be it a site that no list has: "Tikrit air base"."""
    return says_where(body, event.start, event.end) or named_site(body, event.start, event.end) is not None


def _core(body: str, event: Event) -> tuple[int, int]:
    """The evidence: the clauses, without what introduces them."""
    start = event.start
    for m in _INTRODUCED.finditer(body, event.start, event.type_hit.start):
        start = m.end()
    return start, event.end
