"""Counts days from a day that stands beside them: one that was named just before, or the one that they are told to follow.

"said on Tuesday that rockets had fallen the previous night"   Monday night
"said on Tuesday that rockets had fallen overnight"             the night that ended that morning
"a day after talks opened on Monday, rockets fell"              Tuesday; what happened at the talks, Monday
"positions have been spoofed since Friday"                      from Friday to publication
"a driver has been missing since Friday"                        Friday, when he was taken
"""

from datetime import date, timedelta
from typing import Final

from schemas.taxonomy import ThreatType
from streams.reading.text import gated as re
from streams.reading.when.clock import SINCE, Clock, Dated
from streams.reading.when.days import DAY, NUMBERS, day_of

Found = tuple[re.Match[str], tuple[date, date, int, bool]]
"""A match of the day grammar, and the days that it means."""
FOLLOWING: Final = "time.day-following"
"""The rule of a day that is so many days from one told in the same breath."""
SAID: Final = re.compile(
    r"\b(?:said|says|told|claimed|announced|reported|confirmed|responsibility|denied|blamed|accused|wrote|declared|stated|added|warned|statement|published)\b[^.;,]{0,24}\b(?:on|late|early|late on|early on)\s*$",
    re.IGNORECASE,
)
"""Before the day on which it was said, not done."""
AFTER_ONE_LIKE_IT: Final = (
    r"(?P<n>an?|\w+)\s(?P<unit>hours?|days?|weeks?)\safter\s(?:an?|the)\s"
    r"(?:similar|like|comparable|previous|earlier|separate|first)\b"
)
"""So long after an incident of the same kind: "three days after a similar attack on ..."."""
COUNTED_FROM: Final = re.compile(
    r"\b(?:previous|preceding|earlier|before|next|following|same|later)\b|\bovernight\b|\b(?:during|in) the night\b",
    re.IGNORECASE,
)
"""What says no day itself, only how far it is from another."""
_LEAD: Final = re.compile(
    r"\b(?P<n>the|an?|one|two|three|four|five|six|seven|\d)\s+(?:day|night)s?\s+(?P<way>after|before)\s+", re.IGNORECASE
)
_BREATH: Final = 90
"""Characters within which a day is told that another follows."""
_STOP: Final = re.compile(r"[,.;:!?()]")
_THAT_NIGHT: Final = frozenset({"overnight", "during the night", "in the night"})
_ANCHORS: Final = frozenset({"yesterday", "today"})
_SINCE: Final = re.compile(
    r"\bsince\s+(?:(?:at least|about|around|before|shortly after|shortly before|just after|early|late|mid|on|the (?:early hours|small hours|morning|afternoon|evening|night|middle|beginning|start|end) of)\s+)*(?:the\s+)?$",
    re.IGNORECASE,
)
_OVER: Final = re.compile(
    r"\b(?:missing|unaccounted|captive|captivity|hostage|custody|detained|detention|closed|shut|suspended|halted|unreachable|evacuated|empty|in hospital|seen|heard (?:from|of)|contact|trace|displaced|sheltering)\b[^.;:!?]*$",
    re.IGNORECASE,
)
"""What goes on since then is what came of the deed, which was done at once."""
_OCCASION: Final = re.compile(r",?\s+when\b")


def days_in(text: str, clock: Clock, told: date | None) -> list[Found]:
    """Return the days of a stretch in order; one that is only told as so far from another counts from the one named before it."""
    out: list[Found] = []
    base = told
    for m in DAY.finditer(text):
        rel = (m["rel"] or "").lower()
        day = day_of(m, clock, base)
        if rel in _THAT_NIGHT and (said := _said_on(out, text)) is not None:
            day = said, said, 2, False
        if day is None:
            continue
        out.append((m, day))
        first, last, precise, past = day
        if first == last and precise >= 1 and not past and not m["before"] and (not rel or rel in _ANCHORS):
            base = first
    return out


def _said_on(days: list[Found], text: str) -> date | None:
    """The day named last, where somebody spoke on it."""
    if not days:
        return None
    m, (first, _, _, past) = days[-1]
    return first if not past and SAID.search(text[max(0, m.start() - 40) : m.start()]) is not None else None


def following(text: str, start: int, days: list[Found], clock: Clock) -> tuple[list[Dated], list[Found]]:
    """Read "two days after talks opened on Monday" as one day; returned are such days, and the others."""
    out: list[Dated] = []
    for lead in _LEAD.finditer(text):
        stop = _STOP.search(text, lead.end(), lead.end() + _BREATH)
        end = stop.start() if stop else lead.end() + _BREATH
        told = [d for d in days if lead.end() <= d[0].start() < end and d[1][0] == d[1][1] and d[1][2] >= 1]
        if not told or told[-1][1][3]:
            continue
        m, (day, _, _, _) = told[-1]
        n = NUMBERS.get(lead["n"].lower(), 1) if not lead["n"].isdigit() else int(lead["n"])
        day += timedelta(days=n if lead["way"].lower() == "after" else -n)
        days = [d for d in days if d[0].end() <= lead.start() or d[0].start() >= m.end()]
        out.append(Dated(start + lead.start(), start + m.end(), clock.at(day, 0), clock.at(day, 24), 1, FOLLOWING))
    return out, days


def behind(body: str, dated: Dated) -> int:
    """Where in "two days after talks opened on Monday" that begins which it follows."""
    lead = _LEAD.match(body, dated.start)
    return lead.end() if lead else dated.start


def lasting(body: str, start: int, dated: Dated, threat: ThreatType, clock: Clock) -> Dated:
    """Of what has gone on since a day or an hour: from then to publication."""
    began = dated.start + len("since ") if body.startswith(("since ", "Since "), dated.start) else dated.start
    since = _SINCE.search(body, max(start, began - 60), began)
    if since is None or dated.past or dated.rule == FOLLOWING or threat is ThreatType.KIDNAPPING:
        return dated
    if _OVER.search(body, max(start, since.start() - 60), since.start()) or _OCCASION.match(body, dated.end):
        return dated
    return dated._replace(start=since.start(), latest=clock.published, precise=1, rule=SINCE)
