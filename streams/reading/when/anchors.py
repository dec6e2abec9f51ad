"""Dates what is told only in relation to something else: to the incident told before it, or to the entry that it stands in.

"at about the same time"      when that was, give or take a quarter of an hour
"minutes later", "shortly"    within the half hour behind it, or before it
"two hours earlier"           so long before it, give or take half an hour
"meanwhile"                   on its day
"three days after one like it" so long before it
22:41 in a live blog          within the half hour before the entry
"""

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from streams.reading.page.cells import ATTACK
from streams.reading.page.rows import ROW_HEAD
from streams.reading.story import Story
from streams.reading.text import gated as re
from streams.reading.text.entries import Entry
from streams.reading.text.words import number
from streams.reading.what.event import Event
from streams.reading.when import times
from streams.reading.when.clock import Clock, Dated
from streams.reading.when.counted import AFTER_ONE_LIKE_IT

LIVE: Final = re.compile(
    r"\s*\[?(?P<hour>[0-2]?\d)[:.](?P<minute>[0-5]\d)\]?(?P<utc>\s*(?:GMT|UTC|Z)\b)?(?:\s*local)?\s+[-–—:]?\s*(?=[A-Z\"'“])"
)
"""The clock time that an entry of a live report opens with: when it was written."""
_REGISTERED: Final = re.compile(
    r"[^\S\n]*[\w(\[*•-][^\n.:]{1,40}[.:,][^\n.:]{0,24}?\s(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\s)?\d{1,2}(?:[/.]\d{1,2}|\s(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec)[a-z]*)(?:[/.]?(?:20)?\d\d)?,\s(?:(?:about|around|shortly after|before|c\.)\s)?\d{1,2}[:.h]?(?:\d{2})?\b"
)
"""An entry of a register: "Gao. 9/3, 1400.", "Arlit axis, km 61. 26/02, about 20h."."""
_STEP: Final = re.compile(
    r"\b(?:(?P<half>half an)\s+hour|(?P<quarter>(?:a\s+)?quarter of an)\s+hour|(?:(?P<n>\w+)\s+)?(?P<unit>hours?|minutes?|mins|moments|seconds))\s+(?P<way>later|earlier|after(?:wards?)?|before(?:hand)?|on)\b",
    re.IGNORECASE,
)
_SOON: Final = re.compile(
    r"\b(?:shortly|soon|immediately|right|just)\s+(?P<way>after(?:wards?)?|before(?:hand)?|thereafter)\b", re.IGNORECASE
)
_AT_ONCE: Final = re.compile(
    r"\b(?:at|around|about|in|within) (?:about |around |roughly |almost |exactly |nearly |much )*(?:the|that) (?:very )?same (?:time|hour|moment|minute)\b|\bsimultaneously\b|\bconcurrently\b",
    re.IGNORECASE,
)
_MEANWHILE: Final = re.compile(r"\bmeanwhile\b|\bin the meantime\b", re.IGNORECASE)
_AFTER_ONE_LIKE_IT: Final = re.compile(rf"\b{AFTER_ONE_LIKE_IT}", re.IGNORECASE)
"""What goes on behind it happened so long before the incident just told."""
_WORDS: Final = (_AFTER_ONE_LIKE_IT, _STEP, _SOON, _AT_ONCE, _MEANWHILE)
_ANY_WORD: Final = re.AnyOf(*_WORDS)
_BACK: Final = ("earlier", "before", "beforehand")
COUNTED: Final = "time.day-counted"
"""The rule of a time counted from the incident told before."""
OF_ENTRY: Final = "time.day-entry"
"""The rule of a time that the text itself does not tell."""
_HALF_HOUR: Final = timedelta(minutes=30)
_FEW: Final = 40
"""Characters at the opening of a sentence in which a word of time is about all of it."""


def counted_on(story: Story, event: Event, before: Callable[[], list[Dated]]) -> list[Dated]:
    """The time of an event that is told in relation to what stands before it.

    Parameters
    ----------
    story, event
        The event, which has no time of its own.
    before
        Reads the times told just before its sentence, in order: few events ask for them.
    """
    for n in _ANY_WORD.likely_in(story.body[event.sentence.start : event.end]):
        pattern = _WORDS[n]
        if (m := _opening(pattern, story.body, event)) is None:
            continue
        above = before()
        told = above[-1] if above and (pattern is _AT_ONCE or above[-1].past) else _told_last(story)
        return _moved(pattern, m, told) if told is not None and not told.past and told.precise >= 1 else []
    return []


def _told_last(story: Story) -> Dated | None:
    """The time of the incident told last of which it is known, to the hour where one is."""
    known = [(d.when.precise == 3, d.core[-1][1], d.when) for d in story.drafts if d.when is not None]
    return max(known, key=lambda told: told[:2])[2] if known else None


def _opening(pattern: re.Pattern, body: str, event: Event) -> re.Match[str] | None:
    """A word of time in an event's clause, or at the opening of its sentence."""
    start = event.sentence.start
    return pattern.search(body, event.start, event.end) or pattern.search(body, start, min(start + _FEW, event.end))


def _moved(pattern: re.Pattern, m: re.Match[str], told: Dated) -> list[Dated]:
    """The time told before, moved by what an expression says."""
    if pattern is _AFTER_ONE_LIKE_IT:
        step = _length(m)
        return [Dated(m.start(), m.end(), told.earliest - step, told.latest - step, told.precise, COUNTED)]
    if pattern is _MEANWHILE or (told.precise < 3 and pattern is not _AT_ONCE):
        day = told.precise if told.precise < 3 else 2
        slack = timedelta(hours=6) if told.precise == 3 else timedelta()
        return [Dated(m.start(), m.end(), told.earliest - slack, told.latest + slack, day, "time.day-meanwhile")]
    lo, hi = told.earliest, told.latest
    if pattern is _AT_ONCE:
        slack = timedelta(minutes=15) if told.precise == 3 and hi - lo < _HALF_HOUR else timedelta()
        lo, hi = lo - slack, hi + slack
    elif pattern is _SOON or not (m["n"] or m["half"] or m["quarter"]):
        lo, hi = (lo - _HALF_HOUR, lo) if m["way"].lower() in _BACK else (hi, hi + _HALF_HOUR)
    else:
        step = _length(m)
        at = lo + (hi - lo) / 2 + (-step if m["way"].lower() in _BACK else step)
        slack = _HALF_HOUR if (m["unit"] or "").lower().startswith("h") else _HALF_HOUR / 2
        lo, hi = at - slack, at + slack
    return [Dated(m.start(), m.end(), lo, hi, told.precise, COUNTED)]


def _length(m: re.Match[str]) -> timedelta:
    told = m.groupdict()
    if told.get("half"):
        return _HALF_HOUR
    if told.get("quarter"):
        return timedelta(minutes=15)
    n = number(m["n"]) or {"several": 3, "few": 3, "some": 3, "couple": 2}.get(m["n"].lower(), 1)
    unit = m["unit"].lower()
    return next((n * step for start, step in _STEPS.items() if unit.startswith(start)), timedelta())


_STEPS: Final = {
    "h": timedelta(hours=1),
    "min": timedelta(minutes=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
}
"""How a unit begins, and how long it is."""


def of_entry(story: Story, line: int, clock: Clock) -> list[Dated]:
    """The half hour before an entry of a log or of a live report was written; nothing where no hour stands before it."""
    if (entry := story.entry_at(line)) is not None:
        at = _written(story, entry, clock)
        return [Dated(entry.start, entry.content, at - _HALF_HOUR, at, 3, OF_ENTRY)]
    if not story.itemised or (m := LIVE.match(story.body, line, line + 24)) is None:
        return []
    hour = int(m["hour"]) + int(m["minute"]) / 60
    zone = UTC if m["utc"] else None
    at = clock.at(clock.today, hour, zone)
    if at > clock.published + timedelta(minutes=5):
        at -= timedelta(days=1)
    return [Dated(m.start(), m.end(), at - _HALF_HOUR, at, 3, OF_ENTRY)]


def _written(story: Story, entry: Entry, clock: Clock) -> datetime:
    """When an entry was written: on the day of the heading, or the last one before publication and those before it as many hours earlier as they say."""
    zone = UTC if entry.utc else None
    headed = times.find(story.body, 0, story.log[0].start, clock)
    if len(headed) == 1 and headed[0].rule == "time.day" and not headed[0].past:
        day = headed[0].day(clock.zone)
        if clock.at(day, story.log[-1].hour, zone) <= clock.published + timedelta(hours=1):
            return clock.at(day, entry.hour, zone)
    last = clock.at(clock.today, story.log[-1].hour, zone)
    days = max(0, math.ceil((last - clock.published - timedelta(hours=1)) / timedelta(days=1)))
    return clock.at(clock.today - timedelta(days=days), entry.hour, zone)


def in_register(story: Story, event: Event) -> bool:
    """Whether an event stands in an entry, or a row, that opens with its place, day and hour, and need say no more."""
    line = story.lines.get(event.sentence.paragraph)
    return line is not None and (
        any(p.match(story.body, line, event.start) for p in (_REGISTERED, ROW_HEAD))
        or story.body.startswith(ATTACK, event.start)
    )
