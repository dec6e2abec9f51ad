"""Puts a report's events together: headline and body told once, round-ups split, later sentences adding to earlier ones.

event ── judged ──▶ set aside, with its reason
  │
  ├─ same as one told before (type, site and time agree) ──▶ adds what that one lacked
  └─ new, and anchored to a site, place or time ──▶ a draft of its own, one per target
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from schemas.taxonomy import AttributionConfidence as C
from schemas.taxonomy import SetAsideReason as R
from schemas.taxonomy import Status as S
from schemas.taxonomy import ThreatType as Y
from streams.gazetteer import distance_km
from streams.reading import attribution, effects, modality, times
from streams.reading.cues import Hit
from streams.reading.events import Event, detect
from streams.reading.places import Spot, locate, place_words
from streams.reading.segment import Sentence
from streams.reading.targets import Scene, Target, describe, last_named, resolve
from streams.reading.times import Clock, Dated
from streams.reading.words import number

_ANOTHER: Final = re.compile(
    r"\b(?:another|second|separate(?:ly)?|third|also|elsewhere|in (?:a|an) (?:separate|different|unrelated|second|third)|meanwhile|later (?:the same|that|on)|next (?:day|morning)|two days earlier|a day (?:later|earlier|after|before)|same (?:evening|night|day))\b",
    re.IGNORECASE,
)
_EDITORIAL: Final = re.compile(
    r"\s*\(?(?:Corrects?|Adds?|Updates?|Recasts|Refiles|Writes through|Clarifies|In (?:the|our|a) (?:story|report|item|note)|Correction:)\b|\s*(?:Subscribe|Follow us|Read more|Copyright|All rights reserved|Click here|Sign up)\b"
)
_LIVE: Final = re.compile(r"\s*\[?[0-2]?\d[:.][0-5]\d\]?(?:\s*(?:GMT|UTC|local))?\s+[-–—:]?\s*(?=[A-Z\"'“])")
_TAKES_BACK: Final = frozenset(
    {Y.UNKNOWN_EXPLOSION, Y.INTRUSION, Y.SURVEILLANCE, Y.SMALL_ARMS, Y.IED, Y.CBRN, Y.MARITIME, Y.UAS, Y.OTHER}
)
_INTRODUCED: Final = re.compile(r"\b(?:followed|in which|report that|reports that)\b\s*")
_CARRIED: Final = frozenset(
    {
        "w_uas",
        "w_rocket",
        "w_missile",
        "w_mortar_artillery",
        "w_air_strike",
        "w_vehicle_bomb",
        "w_ied",
        "w_suicide_bombing",
    }
)
_ELLIPTIC: Final = re.compile(
    r"\b(?:(?:were|was) (?:fired|launched|lobbed|abducted|seized|taken)|landed|fell|came down|impacts?|vanished|appeared)\b",
    re.IGNORECASE,
)
_DECLARES: Final = re.compile(
    r"\b(?:gave|said|say|says|warned|threatened|declared|announced|vowed|added|calls itself|statement|message)\b"
)
_FIRST_PERSON: Final = re.compile(r"\b(?:us|we|our|ours|OURS|WE|US)\b")
_HOURS_ON: Final = re.compile(r"\b(?P<n>\w+)\s+(?P<unit>hours?|minutes?)\s+(?P<way>later|earlier)\b", re.IGNORECASE)
_PART_OF: Final = re.compile(r"\b(?:of them|of the|some|most|several|others?|two hit|one hit)\b", re.IGNORECASE)
_MOST: Final = 100
"""Drafts of one report; a text with more is a list."""
_REACH: Final = 1000
"""So far back, in characters, a passage leans on what stands before it."""
_SECOND: Final = re.compile(r"\b(?:second|third|another|later|next|following)\b", re.IGNORECASE)
_EXPLICIT: Final = (
    "time.day",
    "time.dtg",
    "time.morning",
    "time.afternoon",
    "time.evening",
    "time.night",
    "time.overnight",
)
_PRONOUN: Final = re.compile(
    r"\s*[\"“(]?(?:(?:At|In|By|On)\s[\w ]{3,20}\sthey\b|Police|Dogs|Officials|Sappers|It|They|This|These|That|Both|One of|Most|The (?:attack|blast|explosion|strike|device|bomb|assault|incident|raid|drone|drones|rocket|rockets|missile|assailants|attackers|gunmen|crowd)\b)"
)
_FIELD_TIME: Final = re.compile(
    r"(?:^|\n)\s*(?:T|TIME|DTG|WHEN|TIMING|DATE/TIME|DATE)\s*[:\-–)]\s*[^\n]*", re.IGNORECASE
)
_SEVERAL: Final = re.compile(
    r"\b(?:two|three|four|five|both|several|a string|a series|sites|bases|twice)\b", re.IGNORECASE
)
_INDIRECT: Final = frozenset({"indirect fire", "idf", "shelled", "shelling", "bombardment"})
_SAME_DEED: Final = {
    Y.UAS: {Y.MISSILE, Y.AIR_STRIKE, Y.UNKNOWN_EXPLOSION, Y.IED, Y.ROCKET},
    Y.ROCKET: {Y.MORTAR_ARTILLERY, Y.MISSILE, Y.UNKNOWN_EXPLOSION},
    Y.MORTAR_ARTILLERY: {Y.ROCKET, Y.UNKNOWN_EXPLOSION},
    Y.MISSILE: {Y.ROCKET, Y.UAS, Y.UNKNOWN_EXPLOSION},
    Y.VEHICLE_BOMB: {Y.SUICIDE_BOMBING, Y.IED, Y.UNKNOWN_EXPLOSION, Y.GROUND_ASSAULT, Y.SMALL_ARMS},
    Y.SUICIDE_BOMBING: {Y.IED, Y.UNKNOWN_EXPLOSION, Y.VEHICLE_BOMB, Y.GROUND_ASSAULT},
    Y.GROUND_ASSAULT: {Y.SMALL_ARMS, Y.VEHICLE_BOMB, Y.SUICIDE_BOMBING, Y.INTRUSION, Y.IED, Y.ARSON},
    Y.SMALL_ARMS: {Y.GROUND_ASSAULT, Y.IED},
    Y.UNREST: {Y.INTRUSION, Y.ARSON, Y.GROUND_ASSAULT, Y.SMALL_ARMS},
    Y.INTRUSION: {Y.UNREST, Y.SABOTAGE, Y.GROUND_ASSAULT, Y.ARSON},
    Y.IED: {Y.UNKNOWN_EXPLOSION, Y.VEHICLE_BOMB, Y.UNREST},
    Y.ARSON: {Y.UNREST, Y.IED, Y.INTRUSION},
    Y.MARITIME: {Y.UAS, Y.IED, Y.UNKNOWN_EXPLOSION, Y.SMALL_ARMS, Y.MISSILE},
    Y.UNKNOWN_EXPLOSION: {
        Y.UAS,
        Y.ROCKET,
        Y.MISSILE,
        Y.IED,
        Y.MORTAR_ARTILLERY,
        Y.VEHICLE_BOMB,
        Y.SUICIDE_BOMBING,
        Y.AIR_STRIKE,
    },
    Y.AIR_STRIKE: {Y.UNKNOWN_EXPLOSION, Y.IED, Y.UAS, Y.MISSILE},
    Y.CBRN: {Y.IED, Y.OTHER},
    Y.CYBER: {Y.OTHER, Y.SABOTAGE},
    Y.VEHICLE_RAMMING: {Y.INTRUSION, Y.SMALL_ARMS, Y.GROUND_ASSAULT},
    Y.KIDNAPPING: {Y.GROUND_ASSAULT, Y.SMALL_ARMS},
    Y.SURVEILLANCE: {Y.UAS, Y.INTRUSION},
    Y.JAMMING: {Y.UAS, Y.CYBER},
    Y.SABOTAGE: {Y.IED, Y.ARSON, Y.INTRUSION, Y.UNKNOWN_EXPLOSION},
}


@dataclass(slots=True)
class Draft:
    """A mention in the making."""

    event: Event
    targets: list[Target]
    when: Dated | None
    statement: attribution.Statement | None = None
    toll: effects.Toll = field(default_factory=effects.Toll)
    core: list[tuple[int, int]] = field(default_factory=list)
    day: date | None = None
    from_title: bool = False
    paragraph: int = 0
    spots: list[Spot] = field(default_factory=list)
    countries: frozenset[str] = frozenset()
    unplaced: bool = False
    """Vague, and belonging to no event told."""

    @property
    def target(self) -> Target | None:
        """The first target."""
        return self.targets[0] if self.targets else None


@dataclass(frozen=True, slots=True)
class Aside:
    """A passage set aside."""

    reason: R
    start: int
    end: int
    rule: str


@dataclass(slots=True)
class Story:
    """A report being read."""

    scene: Scene
    body: str
    sentences: list[Sentence]
    clock: Clock
    genre: modality.Genre
    official: bool
    drafts: list[Draft] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    on_the_spot: bool = False
    """A field report or a post: it happens as it is told."""
    lines: dict[int, int] = field(default_factory=dict)
    """Where each paragraph begins."""
    itemised: bool = False
    """Lines that each stand for themselves."""
    speakers: frozenset[str] = frozenset()
    """Surnames of those who speak for an authority."""
    told: date | None = None
    spoke: bool = False
    """An authority spoke in the sentence before."""
    statements: list[tuple[attribution.Statement, int, frozenset[Y]]] = field(default_factory=list)


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
    _drop_echoes(story)
    _drop_undated(story)
    _named_elsewhere(story)
    _one_site(story)
    _borrow(story)
    _attribute(story)


def _sentence(story: Story, sentence: Sentence, hits: list[Hit]) -> None:
    body = story.body
    if _EDITORIAL.match(body, sentence.start):
        return
    events = detect(body, sentence, hits)
    made: list[Draft] = []
    for event in events:
        draft = _event(story, event, sentence, made)
        if draft:
            made.append(draft)
    if not made and (not events or (all(e.type is Y.UNKNOWN_EXPLOSION for e in events) and _last_is_a_bang(story))):
        _follow_up(story, sentence, hits)
    toll = effects.read(body, sentence.start, sentence.end)
    if toll.stated:
        _count(story, sentence, toll, made)
    before = story.spoke
    story.spoke = any("authority" in h.classes for h in hits) or any(
        n in body[sentence.start : sentence.end] for n in story.speakers
    )
    kinds = frozenset(Y(c[2:]) for h in hits for c in h.classes if c.startswith("w_"))
    for statement in attribution.statements(
        body, sentence.start, sentence.end, hits, official=story.official or story.spoke, before=before
    ):
        story.statements.append((statement, sentence.paragraph, kinds))


def _event(story: Story, event: Event, sentence: Sentence, made: list[Draft]) -> Draft | None:
    """Judge an event; return the draft that tells it, new or told before, None where it is set aside or background."""
    body = story.body
    clock = _local(story, event, sentence)
    dated = _dates(story, event, sentence, clock)
    if event.countered:
        story.asides.append(Aside(R.FRIENDLY, event.start, event.end, "modality.countered"))
        return None
    verdict = modality.judge(body, event, dated, story.genre) or _looking_back(story, sentence, dated)
    if verdict:
        story.asides.append(Aside(verdict[0], event.start, event.end, verdict[1]))
        return None
    draft = _draft(story, event, sentence, dated, clock)
    same = _told_before(story, draft, made)
    if same is not None:
        _absorb(same, draft)
        if draft.when and draft.when.precise >= 1:
            story.told = draft.day
        return same
    if event.vague:
        if draft.unplaced:
            return None
        _inherit(story, draft)
    if len(story.drafts) >= _MOST or not _anchored(story, draft):
        return None
    known = any(t.known and t.rule in {"target.name", "target.description"} for t in draft.targets)
    after_own_deed = story.asides and story.asides[-1].reason is R.FRIENDLY and not story.drafts
    if after_own_deed and not known and event.status is not S.THWARTED:
        story.asides.append(Aside(R.FRIENDLY, event.start, event.end, "modality.friendly-goes-on"))
        return None
    if draft.when is None and story.told and _goes_on(story, sentence):
        draft.day = story.told
    if draft.when and draft.when.precise >= 1:
        story.told = draft.day
    story.drafts.append(draft)
    return draft


def _looking_back(story: Story, sentence: Sentence, dated: list[Dated]) -> tuple[R, str] | None:
    """After something long past in the same paragraph, what is not dated anew is of the past too."""
    last = story.asides[-1] if story.asides else None
    if last is None or last.reason is not R.HISTORICAL or any(not d.past and d.precise >= 1 for d in dated):
        return None
    line = _line_start(story, sentence)
    if line <= last.start < sentence.start and not any(d.core[0][0] > last.start for d in story.drafts):
        return R.HISTORICAL, "modality.still-past"
    return None


def _last_is_a_bang(story: Story) -> bool:
    return bool(story.drafts) and story.drafts[-1].event.type is Y.UNKNOWN_EXPLOSION


def _goes_on(story: Story, sentence: Sentence) -> bool:
    """Whether a sentence tells on in the paragraph of the last event."""
    last = story.drafts[-1].paragraph if story.drafts else -1
    return sentence.paragraph == last and _ANOTHER.search(story.body, sentence.start, sentence.end) is None


def _dates(story: Story, event: Event, sentence: Sentence, clock: Clock) -> list[Dated]:
    """The times that an event's clause, sentence or line gives; past ones alone where the sentence looks back."""
    body, opening = story.body, sentence.start
    if (live := _LIVE.match(body, sentence.start, sentence.end)) is not None:
        opening = live.end()
    around = times.find(body, opening, sentence.end, clock, story.told)
    own = [d for d in around if event.start <= d.start < event.end]
    if own and (len(own) < len(around)):
        own = times.find(body, max(event.start, opening), event.end, clock, story.told) or own
    dated = own or around or _counted_on(story, event) or _earlier_in_line(story, sentence, clock)
    if sentence.field:
        if (line := _FIELD_TIME.search(body, sentence.start, sentence.end)) is not None:
            dated = times.find(body, line.start(), line.end(), clock, story.told) or dated
        return [d for d in dated if d.rule == "time.dtg"] or [d for d in dated if d.precise == 3] or dated
    if any(d.past for d in around) and not any(not d.past and d.rule.startswith(_EXPLICIT) for d in dated):
        return [d for d in around if d.past]
    return dated


def _counted_on(story: Story, event: Event) -> list[Dated]:
    """Of “Two hours later”: counted from the event told last, give or take half an hour."""
    m = _HOURS_ON.search(story.body, event.start, event.end)
    last = story.drafts[-1].when if story.drafts else None
    if m is None or last is None or last.precise != 3:
        return []
    n = number(m["n"]) or 1
    step = timedelta(hours=n) if m["unit"].startswith("h") else timedelta(minutes=n)
    at = last.earliest + (step if m["way"] == "later" else -step)
    half = timedelta(minutes=30)
    return [Dated(m.start(), m.end(), at - half, at + half, 3, "time.day-counted")]


def _draft(story: Story, event: Event, sentence: Sentence, dated: list[Dated], clock: Clock) -> Draft:
    body, scene = story.body, story.scene
    whole = (sentence.start, sentence.end)
    scene.line = _line_start(story, sentence)
    targets = resolve(scene, event.start, event.end, whole, event.first_act, (0, sentence.start))
    line = scene.line
    if not targets and not event.vague and line < sentence.start and not _placed(body, event):
        named = last_named(scene, line, sentence.start)
        targets = [named] if named else describe(scene, line, sentence.start)
    when = _governing(dated, event)
    draft = Draft(
        event, targets, when, core=[_core(body, event)], from_title=sentence.title, paragraph=sentence.paragraph
    )
    if not event.vague:
        draft.spots = _own_spots(body, event, scene.country_near(event.start, event.end, whole))
    draft.countries = frozenset(c for at, c in scene.countries if event.start <= at < event.end)
    draft.statement = attribution.agent(body, event.start, event.end, event.hits, event.first_act)
    if when is not None:
        draft.day = (when.earliest + (when.latest - when.earliest) / 2).astimezone(clock.zone).date()
    return draft


def _placed(body: str, event: Event) -> bool:
    """Whether the clause names a place of its own."""
    return place_words(body, event.start, event.end, [], None) is not None


def _told_before(story: Story, draft: Draft, made: list[Draft]) -> Draft | None:
    """The draft that told this event before, None where it is new (or, being vague, belongs to none)."""
    event = draft.event
    if not event.vague or event.status is S.THREATENED:
        same = _same(story, draft)
        if same is None or (same in made and same.event.type is not event.type):
            return None
        return same
    clause = story.body[event.sentence.start : event.end]
    dated = draft.when is not None
    second = dated and (_SECOND.search(clause) is not None or _elliptic(clause, draft))
    own = event.status is S.INTERCEPTED and bool(draft.targets) and draft.targets[0].known
    same = _same(story, draft) if not second or not _SECOND.search(clause) else None
    if same is None and not second and not own:
        same = next((d for d in reversed(story.drafts) if not d.from_title), None)
        if same is None or same.paragraph != draft.paragraph:
            draft.unplaced = True
            return None
    if (
        same is not None
        and same.when is not None
        and not (draft.when and _times_meet(same, draft) and draft.when.precise > same.when.precise)
    ):
        draft.when = None
    return same


def _elliptic(clause: str, draft: Draft) -> bool:
    """Of “On Sunday evening four were fired”: the weapon is left out, the day is not."""
    explicit = draft.when is not None and draft.when.rule.startswith("time.day")
    return explicit and _ELLIPTIC.search(clause) is not None


def _inherit(story: Story, draft: Draft) -> None:
    """Of “A second raid”: of the kind told last; "shot down": what was told to fly."""
    weapon = next(
        (
            h
            for h in reversed(story.scene.hits)
            if h.start < draft.event.start and any(c in _CARRIED for c in h.classes)
        ),
        None,
    )
    last = next((d for d in reversed(story.drafts) if not d.event.vague and not d.from_title), None)
    if draft.event.status is S.THREATENED:
        draft.event.vague = False
        reach = 0 if story.itemised else 3
        near = (d for d in reversed(story.drafts) if draft.event.sentence.paragraph - d.paragraph <= reach)
        before = next((d for d in near if d.target and d.target.known), None)
        if before is not None and not draft.targets:
            draft.targets = before.targets
            last = before
        if last is not None and last.event.type in (Y.CYBER, Y.UNREST):
            draft.event.type = last.event.type
        return
    if last is None:
        if weapon:
            draft.event.type, draft.event.vague = Y(next(c for c in sorted(weapon.classes) if c in _CARRIED)[2:]), False
        return
    draft.event.type, draft.event.vague = last.event.type, False
    if not draft.targets and last.targets:
        draft.targets = last.targets


def _earlier_in_line(story: Story, sentence: Sentence, clock: Clock) -> list[Dated]:
    """Times told before in the same paragraph, where no event took them."""
    start = _line_start(story, sentence)
    if start >= sentence.start or any(d.paragraph == sentence.paragraph and not d.from_title for d in story.drafts):
        return []
    if (live := _LIVE.match(story.body, start, sentence.start)) is not None:
        start = live.end()
    return [d for d in times.find(story.body, start, sentence.start, clock, story.told) if not d.past]


def _core(body: str, event: Event) -> tuple[int, int]:
    """The evidence: the clauses, without what introduces them."""
    start = event.start
    for m in _INTRODUCED.finditer(body, event.start, event.type_hit.start):
        start = m.end()
    return start, event.end


def _own_spots(body: str, event: Event, country: str | None) -> list[Spot]:
    spots = locate(body, event.start, event.end, country)
    return [
        s
        for s in spots
        if not re.search(
            r"\b(?:from|of|by|to|(?:officials?|ministry|government|spokes\w+|residents|sources?|authorities|court|based|told|said|parliament|correspondent) (?:in|at))\s+$",
            body[max(0, s.start - 18) : s.start].lower(),
        )
        or "of" in s.name
    ]


def _line_start(story: Story, sentence: Sentence) -> int:
    return max(story.lines.get(sentence.paragraph, sentence.start), sentence.start - _REACH)


def _local(story: Story, event: Event, sentence: Sentence) -> Clock:
    """The clock of the place that the sentence is about."""
    scene = story.scene
    named = [n for n in scene.named if sentence.start <= n.start < sentence.end]
    if named:
        f = named[0].facility
        return Clock(story.clock.published, times.zone_at(round(f.lat, 1), round(f.lon, 1)), story.clock.utc_times)
    country = scene.country_near(event.start, event.end, (sentence.start, sentence.end))
    places = scene.lexicon.by_country.get(country or "", ())
    if places:
        f = places[0]
        return Clock(story.clock.published, times.zone_at(round(f.lat, 1), round(f.lon, 1)), story.clock.utc_times)
    return story.clock


def _governing(dated: list[Dated], event: Event) -> Dated | None:
    """The expression nearest to the event's verb, the precise before the vague; of a threat, when it was made."""
    live = [d for d in dated if not d.past]
    if event.status is S.THREATENED and event.status_hit is not None:
        live = [d for d in live if d.start < event.status_hit.start]
    if not live:
        return None
    return min(
        live, key=lambda d: (-(d.precise >= 1), abs((d.start + d.end) / 2 - event.type_hit.start) - 25 * d.precise)
    )


def _anchored(story: Story, draft: Draft) -> bool:
    """Whether an event stands for itself: the first with a site, place or time; later ones with their own."""
    event = draft.event
    if event.vague:
        return bool(draft.targets) and draft.when is not None and not draft.from_title
    known = any(t.known and t.rule != "target.coreference" for t in draft.targets)
    place = any(t.place for t in draft.targets)
    if event.type is Y.OTHER and event.status is not S.THREATENED:
        return known and draft.when is not None
    if event.sentence.field:
        return True
    if not story.drafts:
        return known or place or draft.when is not None or bool(draft.targets) or _some_place(story, event)
    if event.status is S.THWARTED and _some_place(story, event):
        return True
    if event.status is S.THREATENED and (draft.spots or _some_place(story, event)) and not event.vague:
        return True
    if (
        draft.when is not None
        and draft.when.precise >= 2
        and draft.when.rule.startswith(("time.day-", "time.dtg", "time.clock"))
    ):
        return True
    if draft.when is not None and draft.when.precise >= 1:
        return (
            known
            or place
            or _ANOTHER.search(story.body[event.sentence.start : event.end]) is not None
            or _some_place(story, event)
        )
    return (
        known
        or (bool(_ANOTHER.search(story.body[event.sentence.start : event.end])) and bool(draft.targets))
        or (event.status == S.THREATENED and bool(draft.targets))
    )


def _some_place(story: Story, event: Event) -> bool:
    return (
        re.search(
            r"\b(?:in|near|at|on|outside|off|of|for|towards?)\s+(?:the\s+)?(?:\w+\s+){0,2}[A-Z]\w{2,}",
            story.body[event.start : event.end],
        )
        is not None
    )


def _same(story: Story, new: Draft) -> Draft | None:
    """The draft that an event was already told by."""
    another = (
        _ANOTHER.search(story.body[new.event.sentence.start : new.event.end][:160]) is not None and not new.from_title
    )
    for old in reversed(story.drafts):
        if not _types_meet(old.event, new.event):
            continue
        other_line = old.paragraph != new.paragraph and not old.from_title and not new.event.vague
        explicit = new.when is not None and new.when.rule.startswith(("time.day", "time.dtg"))
        told_apart = old.event.type is not new.event.type and new.event.type is not Y.UNKNOWN_EXPLOSION
        if other_line and explicit and told_apart and len(story.drafts) > 1:
            continue
        if story.itemised and other_line and new.event.status is S.THREATENED and old.event.status is not S.THREATENED:
            continue
        if not _sites_meet(story, old, new) or (not new.event.vague and _apart(old, new)):
            continue
        carried = _PRONOUN.match(story.body, new.event.sentence.start) is not None and old.paragraph == new.paragraph
        if not _times_meet(old, new) and not (
            carried and new.when is not None and not new.when.rule.startswith(("time.day", "time.dtg"))
        ):
            continue
        if (
            {old.event.status, new.event.status} == {S.THWARTED, S.EXECUTED}
            and not old.from_title
            and not carried
            and not new.event.vague
            and new.event.status is S.THWARTED
        ):
            continue
        if (
            (old.event.status is S.THREATENED) != (new.event.status is S.THREATENED)
            and old.event.status is not S.THWARTED
            and new.event.status is not S.THWARTED
        ):
            continue
        if another and not old.from_title and new.when is not None and not new.event.vague:
            continue
        return old
    return None


def _types_meet(old: Event, new: Event) -> bool:
    if (
        new.vague
        or old.vague
        or old.type == new.type
        or (old.status is S.THREATENED and new.status is S.THREATENED and Y.OTHER in (old.type, new.type))
    ):
        return True
    return new.type in _SAME_DEED.get(old.type, ()) or new.type in old.types or old.type in new.types


def _sites_meet(story: Story, old: Draft, new: Draft) -> bool:
    if not old.targets or not new.targets:
        return True
    site = story.scene.lexicon.gazetteer.site_of
    if old.from_title and not old.targets[0].facility_id:
        return True
    a = {site(i) for t in old.targets for i in t.ids}
    b = {site(i) for t in new.targets for i in t.ids}
    return bool(a & b) or not a or not b


def _apart(old: Draft, new: Draft) -> bool:
    """Whether the two play in different countries or far from each other."""
    if old.from_title and (not old.target or not old.target.facility_id):
        return False
    if (
        old.spots
        and new.spots
        and min(distance_km(a.lat, a.lon, b.lat, b.lon) for a in old.spots for b in new.spots) > 40
    ):
        return True
    here = old.target
    if (
        here
        and here.facility_id
        and here.lat is not None
        and here.lon is not None
        and new.spots
        and not (new.target and new.target.facility_id and new.target.rule == "target.name")
    ):
        return min(distance_km(here.lat, here.lon, b.lat, b.lon) for b in new.spots) > 60
    if old.countries and new.countries and not old.countries & new.countries:
        return True
    return bool(here and here.country and new.countries and here.country not in new.countries)


def _times_meet(old: Draft, new: Draft) -> bool:
    if old.when is None or new.when is None:
        return True
    slack = timedelta(hours=1) if old.when.precise == 3 or new.when.precise == 3 else timedelta(minutes=-5)
    return old.when.earliest <= new.when.latest + slack and new.when.earliest <= old.when.latest + slack


def _absorb(old: Draft, new: Draft) -> None:
    """Add what a later telling knows."""
    was_title = old.from_title and not new.from_title and not new.event.vague
    if was_title:
        old.core = new.core
        if new.event is not None:
            kept = old.event
            old.event = new.event
            if (
                new.event.type in (Y.UNKNOWN_EXPLOSION, Y.OTHER)
                and kept.type not in (Y.OTHER, Y.UNKNOWN_EXPLOSION)
                and not kept.vague
            ):
                old.event.type, old.event.type_hit = kept.type, kept.type_hit
        old.from_title = False
        old.paragraph = new.paragraph
    elif (
        old.event.type in (Y.UNKNOWN_EXPLOSION, Y.OTHER)
        and not new.event.vague
        and new.event.type not in (Y.SMALL_ARMS, Y.MORTAR_ARTILLERY)
    ):
        old.event.type, old.event.type_hit = new.event.type, new.event.type_hit
    if (
        new.event.status in (S.INTERCEPTED, S.THWARTED)
        and old.event.status is S.EXECUTED
        and old.event.status_hit is None
    ):
        old.event.status, old.event.status_hit = new.event.status, new.event.status_hit
    if new.event.status is S.UNCLEAR and old.event.status is S.EXECUTED and old.event.status_hit is None:
        old.event.status, old.event.status_hit = S.UNCLEAR, new.event.status_hit
    if new.targets and (
        (was_title and new.targets[0].known)
        or not old.targets
        or (not old.targets[0].facility_id and new.targets[0].facility_id)
        or (not old.targets[0].known and new.targets[0].known)
    ):
        old.targets = new.targets
    if not was_title and new.when and (old.when is None or new.when.precise > old.when.precise):
        old.core = [*old.core, *new.core][:4]
    if new.when and (old.when is None or new.when.precise > old.when.precise):
        old.when, old.day = new.when, new.day
    if old.statement is None:
        old.statement = new.statement


def _follow_up(story: Story, sentence: Sentence, hits: list[Hit]) -> None:
    """A sentence without an event of its own: it may take back the last one, or say how far it came."""
    if not story.drafts:
        return
    last = story.drafts[-1]
    if sentence.paragraph != last.paragraph or sentence.title:
        return
    text = story.body[sentence.start : sentence.end]
    weak = last.event.type in _TAKES_BACK and last.event.status in (S.EXECUTED, S.UNCLEAR) and not last.toll.stated
    if (
        weak
        and _PRONOUN.match(text)
        and modality.harmless(text)
        and sentence.start - last.core[-1][1] < 200
        and any("m_accident" in h.classes or "m_exercise" in h.classes or "m_negated" in h.classes for h in hits)
    ):
        story.drafts.remove(last)
        reason = (
            R.ACCIDENT
            if any("m_accident" in h.classes for h in hits)
            else R.EXERCISE
            if any("m_exercise" in h.classes for h in hits)
            else R.NEGATED
        )
        story.asides.append(Aside(reason, last.core[0][0], last.core[0][1], "modality.taken-back"))
        return
    if (
        last.event.status is S.EXECUTED
        and last.event.status_hit is None
        and not _PART_OF.search(text)
        and (stop := next((h for h in hits if "st_intercepted" in h.classes), None))
    ):
        last.event.status, last.event.status_hit = S.INTERCEPTED, stop


def _count(story: Story, sentence: Sentence, toll: effects.Toll, made: list[Draft]) -> None:
    draft = made[-1] if made else story.drafts[-1] if story.drafts else None
    if draft is None or (not made and sentence.paragraph - draft.paragraph > 1):
        return
    if any(a.start < sentence.end and sentence.start < a.end for a in story.asides) and not made:
        return
    if not made and modality.looks_back(story.body[sentence.start : sentence.end]):
        return
    old = draft.toll
    if sentence.title and old.stated:
        return
    killed = toll.killed if old.killed is None or draft.from_title else old.killed
    wounded = toll.wounded if old.wounded is None or draft.from_title else old.wounded
    draft.toll = effects.Toll(killed, wounded, old.span or toll.span)


def _drop_echoes(story: Story) -> None:
    """A headline's event that the body tells in parts is no further incident."""
    bodies = [d for d in story.drafts if not d.from_title]
    for draft in [d for d in story.drafts if d.from_title]:
        if bodies and (not draft.target or not draft.target.facility_id or draft.event.vague or draft.when is None):
            story.drafts.remove(draft)


def _drop_undated(story: Story) -> None:
    """Nothing in the text says when: background, unless the source reports from the spot."""
    if story.on_the_spot:
        return
    for draft in [
        d for d in story.drafts if d.when is None and d.day is None and d.event.status not in (S.THREATENED, S.THWARTED)
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
            and _times_meet(draft, d)
            and d.core[0][0] > draft.core[0][0]
        ]
        named = any(p.target and p.target.facility_id for p in parts)
        if len(parts) >= 2 or (parts and named and draft.target and draft.target.candidates):
            story.drafts.remove(draft)


def _named_elsewhere(story: Story) -> None:
    """Of “A base in eastern Syria”, and further on its name: one of the candidates is named in another sentence."""
    for draft in story.drafts:
        target = draft.target
        if target is None or len(draft.targets) > 1 or target.facility_id or not target.candidates:
            continue
        sentence = draft.event.sentence
        likely = {c.facility_id for c in target.candidates if c.probability >= 0.5 * target.candidates[0].probability}
        named = {
            n.facility.id: n
            for n in story.scene.named
            if n.sure and n.facility.id in likely and not sentence.start <= n.start < sentence.end
        }
        if len(named) == 1:
            n = next(iter(named.values()))
            f = n.facility
            draft.targets = [
                Target(f.id, (), target.place, f.country, (n.start, n.end), "target.named-elsewhere", f.lat, f.lon)
            ]


def _borrow(story: Story) -> None:
    """An event without a site takes the one described or named just before it, headline included."""
    if story.itemised:
        return
    title = describe(story.scene, 0, story.sentences[0].end) if story.sentences and story.sentences[0].title else []
    for draft in story.drafts:
        sentence = draft.event.sentence
        if (
            draft.targets
            or draft.spots
            or place_words(story.body, draft.event.start, draft.event.end, [], None) is not None
        ):
            continue
        before = [
            s
            for s in story.sentences
            if s.paragraph in (sentence.paragraph - 1, sentence.paragraph - 2)
            and s.start < sentence.start
            and not s.title
        ]
        start = max(before[0].start, sentence.start - _REACH) if before else sentence.start
        found = title or describe(story.scene, start, sentence.start)
        draft.targets = [t for t in found if not draft.countries or t.country in draft.countries]


def _one_site(story: Story) -> None:
    """A story about one site: an event that names none is there."""
    site = story.scene.lexicon.gazetteer.site_of
    sure = [n for n in story.scene.named if n.sure]
    if not sure or len({site(n.facility.id) for n in sure}) > 1:
        return
    f = sure[0].facility
    for draft in story.drafts:
        if draft.targets and draft.targets[0].known:
            continue
        if (draft.spots and min(distance_km(f.lat, f.lon, s.lat, s.lon) for s in draft.spots) > 40) or (
            draft.countries and f.country not in draft.countries
        ):
            continue
        if place_words(story.body, draft.event.start, draft.event.end, [], None) is not None and not re.search(
            r"\b(?:the|its) (?:\w+ )?(?:base|airport|camp|port|compound|site|runway|perimeter|plant|embassy|facility|terminal)\b",
            story.body[draft.event.start : draft.event.end],
        ):
            continue
        draft.targets = [
            Target(f.id, (), None, f.country, (sure[0].start, sure[0].end), "target.only-site", f.lat, f.lon)
        ]


def _attribute(story: Story) -> None:
    """Give each draft the statement nearest behind it."""
    starts = [d.core[0][0] for d in story.drafts]
    for draft in story.drafts:
        upper = min((s for s in starts if s > draft.core[0][0]), default=len(story.body) + 1)
        own = [
            (s, p)
            for s, p, kinds in story.statements
            if draft.event.sentence.start <= s.start < upper
            and (draft.event.type in kinds or not any(d.event.type in kinds for d in story.drafts))
            and (p == draft.paragraph or len(story.drafts) < 3 or (p <= draft.paragraph + 1 and not story.itemised))
        ]
        shared = [
            (s, p)
            for s, p, _ in story.statements
            if s.start >= upper
            and re.search(
                r"\b(?:both|all|these|those) (?:of (?:them|these) )?(?:\w+ )?(?:attacks?|were|incidents|strikes|salvos)\b|\bboth\b",
                story.body[max(0, s.start - 60) : s.end + 40],
            )
        ]
        pool = [s for s, _ in own] + [s for s, _ in shared]
        named = [s for s in pool if s.confidence is not C.NONE]
        if named:
            best = next((s for s in named if s.confidence is C.CLAIMED), named[0])
            draft.statement = (
                best
                if draft.statement is None or best.confidence is C.CLAIMED or best.start < draft.event.end
                else draft.statement
            )


def interval(draft: Draft, clock: Clock) -> tuple[datetime, datetime]:
    """Return when the draft's event happened, capped at publication."""
    lo, hi = times.default(clock)
    if draft.when is not None:
        lo, hi = draft.when.earliest, draft.when.latest
    elif draft.day is not None:
        lo, hi = clock.at(draft.day, 0), clock.at(draft.day, 24)
    hi = min(hi, clock.published)
    if lo > hi:
        lo, hi = times.default(clock)
    return lo, hi


def _own_words(story: Story, draft: Draft) -> attribution.Statement | None:
    """A threat made by those who would carry it out."""
    event = draft.event
    if event.status is not S.THREATENED:
        return None
    speaker = next((h for h in event.hits if "hostile" in h.classes), None)
    cue = event.status_hit.start if event.status_hit else event.end
    if speaker is not None and speaker.start < cue and _DECLARES.search(story.body, speaker.end, event.end):
        return attribution.Statement(
            speaker.start, speaker.end, C.CLAIMED, story.body[speaker.start : speaker.end], "attribution.own-threat"
        )
    if (m := _FIRST_PERSON.search(story.body, event.start, event.end)) and story.on_the_spot:
        return attribution.Statement(m.start(), m.end(), C.CLAIMED, None, "attribution.first-person")
    return None


def settle(story: Story, draft: Draft) -> None:
    """A repelled assault that hurt somebody was carried out; "indirect fire" in a story of rockets is rockets."""
    event = draft.event
    draft.statement = draft.statement or _own_words(story, draft)
    if event.type is Y.MORTAR_ARTILLERY and event.type_hit.text in _INDIRECT:
        told = {c for h in story.scene.hits for c in h.classes if h.text not in _INDIRECT}
        if "w_rocket" in told and "w_mortar_artillery" not in told:
            event.type = Y.ROCKET
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
    if event.type is Y.UNKNOWN_EXPLOSION and event.status is S.EXECUTED and not hurt:
        event.status = S.UNCLEAR
    if event.status is S.INTERCEPTED and event.type in (Y.UNREST, Y.VEHICLE_RAMMING, Y.KIDNAPPING, Y.ARSON, Y.CYBER):
        event.status = S.EXECUTED
