"""Chooses which of the times around an event is its own, and of which place's clock."""

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from schemas.taxonomy import Status as S
from streams.reading.story import REACH, Draft, Story, line_start
from streams.reading.text import gated as re
from streams.reading.text.fields import Role
from streams.reading.text.segment import Sentence
from streams.reading.what.event import Event
from streams.reading.when import times
from streams.reading.when.anchors import LIVE, counted_on, of_entry
from streams.reading.when.anniversaries import of_what_is_remembered
from streams.reading.when.clock import Clock, Dated, default, zone_at
from streams.reading.when.counted import COUNTED_FROM, FOLLOWING, SAID, behind, lasting
from streams.reading.when.days import DAY
from streams.reading.where.scene import Scene, named_in
from streams.reading.where.towns import largest_towns

_EXPLICIT: Final = (
    "time.day",
    "time.dtg",
    "time.morning",
    "time.afternoon",
    "time.evening",
    "time.night",
    "time.overnight",
)

OWN_DAY: Final = (*_EXPLICIT[1:], "time.day-", "time.clock")
"""Rules that fix a part of a certain day, or a clock time."""


def dates_of(story: Story, event: Event, sentence: Sentence, clock: Clock) -> list[Dated]:
    """The times that an event's clause, sentence or line gives; past ones alone where the sentence looks back."""
    body = story.body
    opening, closing = event.within or (sentence.start, sentence.end)
    if (live := LIVE.match(body, sentence.start, sentence.end)) is not None:
        opening = max(opening, live.end())
    told = _opening_day(story, sentence, clock) or story.told
    around = _past_midnight(story, _times(story, opening, closing, clock, told))
    if (dateline := _DATED_FROM.match(body, sentence.start, sentence.end)) is not None:
        around = [d for d in around if d.start >= dateline.end()] or around
    own = [d for d in around if event.start <= d.start < event.end]
    if own and (len(own) < len(around)):
        if COUNTED_FROM.search(body, event.start, event.end) is not None:
            told = next((d.day(clock.zone) for d in reversed(around) if d.end <= event.start and _names_a_day(d)), told)
        own = _past_midnight(story, _times(story, max(event.start, opening), event.end, clock, told)) or own
    around, own = _told_of(story, event, around, clock), _told_of(story, event, own, clock)
    dated = (
        own
        or around
        or counted_on(story, event, lambda: _told_just_before(story, sentence, clock))
        or _earlier_in_line(story, sentence, clock)
        or _stamped(story, sentence, clock)
        or of_entry(story, line_start(story, sentence), clock)
        or _filled_in(story, sentence, clock)
    )
    if sentence.field:
        dated = _filled_in(story, sentence, clock) or dated
        return [d for d in dated if d.rule == "time.dtg"] or [d for d in dated if d.precise == 3] or dated
    looks_back = [d for d in around if d.past and ";" not in body[min(d.end, event.start) : max(d.start, event.start)]]
    if looks_back and not any(not d.past and d.rule.startswith(_EXPLICIT) for d in dated):
        return looks_back
    return dated


def _names_a_day(d: Dated) -> bool:
    return not d.past and d.precise >= 1


def _told_of(story: Story, event: Event, dated: list[Dated], clock: Clock) -> list[Dated]:
    """What the times of a sentence say of one event in it: not how long nothing like it had been, nor the day that follows it."""
    body, start = story.body, event.sentence.start
    out: list[Dated] = []
    for d in dated:
        if d.rule == FOLLOWING and d.start <= event.type_hit.start < d.end:
            out += _times(story, behind(body, d), d.end, clock)
        elif not measures(body, start, d.start, d.end):
            out.append(lasting(body, start, d, event.type, clock))
    return out


def measures(body: str, start: int, at: int, end: int) -> bool:
    """Whether a date tells no day of the event: of what an anniversary remembers, or how long nothing like it had been: "not since 2019"."""
    if of_what_is_remembered(body, start, at):
        return True
    since = body.rfind("since", max(start, at - 30), end)
    return since >= 0 and _UNLIKE.search(body, max(start, since - 90), since) is not None


_UNLIKE: Final = re.compile(
    r"\b(?:first|second|third|fourth|fifth|only|worst|biggest|largest|heaviest|deadliest|bloodiest|gravest|fiercest|longest|strongest|loudest|closest|latest|most|nothing like|unlike|not|never|no)\b[^.;:!?]*$",
    re.IGNORECASE,
)


def _times(story: Story, start: int, end: int, clock: Clock, told: date | None = None) -> list[Dated]:
    """Read the times of a stretch, or remember them: several events ask for those of one sentence."""
    asked = (start, end, clock.zone, told)
    if (known := story.times.get(asked)) is None:
        known = story.times[asked] = times.find(story.body, start, end, clock, told)
    return known


_DATED_FROM: Final = re.compile(
    r"[A-Z][A-Z'’\-]+(?:[ ,]+[\w.'’\-]+){0,4},?\s[A-Z][a-z]{2,8}\.?\s\d{1,2}\s?(?:\(|[-–—])"
)
"""The dateline of a wire: the day on which it was written."""
_OPENS: Final = re.compile(r"[-+*•\s(]*(?:\(?\w{1,2}[.):]\s+)?(?:On\s+)?", re.IGNORECASE)


def _opening_day(story: Story, sentence: Sentence, clock: Clock) -> date | None:
    """The day that an item opens with: of "2 June. Dnipro: a drone hit the gantry at 03:15" the second of June."""
    start = line_start(story, sentence)
    if _DATED_FROM.match(story.body, start):
        return None
    lead = _OPENS.match(story.body, start)
    at = lead.end() if lead else start
    if DAY.search(story.body[at : at + 34]) is None:
        return None
    days = _times(story, at, min(at + 34, len(story.body)), clock)
    if story.told is not None and days != _times(story, at, min(at + 34, len(story.body)), clock, story.told):
        return None
    first = next((d for d in days if d.start - at <= 24 and d.precise >= 1 and d.rule.startswith("time.day")), None)
    if first is None or first.past:
        return None
    before = story.body[at : first.start]
    return (
        first.earliest.astimezone(clock.zone).date()
        if re.fullmatch(r"(?:[A-Z][\w'’\-]+[ ,.:]*){0,3}", before)
        else None
    )


def _past_midnight(story: Story, dated: list[Dated]) -> list[Dated]:
    """Of "last night at 22:38 ... At 00:50": the small hours that follow an evening belong to the next day."""
    last = story.drafts[-1].when if story.drafts else None
    if last is None or last.precise != 3:
        return dated
    day = timedelta(days=1)
    return [
        d._replace(earliest=d.earliest + day, latest=d.latest + day)
        if d.rule == "time.clock"
        and day / 2 < last.earliest - d.earliest < day
        and d.latest + day <= story.clock.published
        else d
        for d in dated
    ]


def _told_just_before(story: Story, sentence: Sentence, clock: Clock) -> list[Dated]:
    """The hours, and the times long past, that stand before a sentence in its paragraph or the one before."""
    above = story.lines.get(sentence.paragraph - 1, line_start(story, sentence))
    start = max(above, sentence.start - REACH)
    return [d for d in _times(story, start, sentence.start, clock, story.told) if d.precise == 3 or d.past]


def _filled_in(story: Story, sentence: Sentence, clock: Clock) -> list[Dated]:
    """The times in the field for the time of the form that a sentence stands in or under."""
    when = story.filled_in(sentence.start, Role.WHEN)
    return [] if when is None else _times(story, when.start, when.end, clock, story.told)


def _earlier_in_line(story: Story, sentence: Sentence, clock: Clock) -> list[Dated]:
    """Times told before in the same paragraph, where no event took them."""
    start = line_start(story, sentence)
    if start >= sentence.start or any(d.paragraph == sentence.paragraph and not d.from_title for d in story.drafts):
        return []
    if (live := LIVE.match(story.body, start, sentence.start)) is not None:
        start = live.end()
    return [d for d in _times(story, start, sentence.start, clock, story.told) if not d.past]


_STAMP_WORDS: Final = re.compile(r"\b(?:at|on|time|dtg|local|hrs|hours|date)\b|[\W_]+", re.IGNORECASE)
"""What may stand beside a time that stands alone."""


def _stamped(story: Story, sentence: Sentence, clock: Clock) -> list[Dated]:
    """The time that stands alone behind a terse report: "2 rockets, 1 hit. FOB Union III. 132210C MAY 25."."""
    for s in story.fragments_behind(sentence):
        dated, rest, at = _times(story, s.start, s.end, clock), "", s.start
        for d in dated:
            rest, at = rest + story.body[at : d.start], d.end
        if dated and not _STAMP_WORDS.sub("", rest + story.body[at : s.end]):
            return dated
    return []


def local(story: Story, event: Event, sentence: Sentence) -> Clock:
    """The clock of the place that the sentence is about."""
    scene = story.scene
    named = named_in(scene, sentence.start, sentence.end)
    if named:
        f = named[0].facility
        return story.clock._replace(zone=zone_at(f.lat, f.lon))
    zone = zone_in(scene, scene.country_near(event.start, event.end, (sentence.start, sentence.end)))
    return story.clock if zone is None else story.clock._replace(zone=zone)


def zone_in(scene: Scene, country: str | None) -> ZoneInfo | None:
    """The time of a country: at the first facility there, where the story is dated from, in its largest town; None where it is not known."""
    if country is None:
        return None
    dated_from = scene.dateline
    at = (
        next(iter(scene.lexicon.by_country.get(country, ())), None)
        or (dated_from if dated_from is not None and dated_from.country == country else None)
        or largest_towns().get(country)
    )
    return zone_at(at.lat, at.lon) if at is not None else None


_DECLARED: Final = re.compile(
    rf"{SAID.pattern}|\b(?:arrest|detain|seiz|raid|caught|captur|foil|thwart|charg|intercept|uncover|discover)\w*\b[^.;]{{0,40}}$",
    re.IGNORECASE,
)
"""Before the day on which a threat was made known, or a plan came to nothing."""


def governing(body: str, dated: list[Dated], event: Event) -> Dated | None:
    """The expression nearest to the event's verb, the precise before the vague; of a threat, when it was made."""
    live = [d for d in dated if not d.past]
    if event.status is S.THREATENED and event.status_hit is not None:
        made = event.status_hit
        live = [d for d in live if d.end <= made.end or _DECLARED.search(body[max(made.start, d.start - 60) : d.start])]
    if not live:
        return None
    return min(
        live,
        key=lambda d: (
            SAID.search(body[max(0, d.start - 40) : d.start]) is not None,
            not as_good_as_a_day(d),
            abs((d.start + d.end) / 2 - event.type_hit.start) - 25 * d.precise,
        ),
    )


def as_good_as_a_day(when: Dated) -> bool:
    """Whether a time tells a day, or few: "at the weekend", not "this week"."""
    return when.precise >= 1 or when.latest - when.earliest <= timedelta(days=3)


def interval(draft: Draft, clock: Clock) -> tuple[datetime, datetime]:
    """Return when the draft's event happened, capped at publication."""
    lo, hi = default(clock)
    if draft.when is not None:
        lo, hi = draft.when.earliest, draft.when.latest
    elif draft.day is not None:
        lo, hi = clock.at(draft.day, 0), clock.at(draft.day, 24)
    hi = min(hi, clock.published)
    if lo > hi:
        lo, hi = default(clock)
    return lo, hi
