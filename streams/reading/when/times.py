"""Resolves the words that date an event to an interval of instants, local to the place and anchored at publication.

    early 00-06, morning 06-12, afternoon 12-18, evening 18-24, night 18-06, overnight = 20:00 of the day before to 06:00;
    "about HH:MM" is +-15 min, "shortly after" +30 min, "shortly before" -30 min; nothing stated = the 24 hours before publication.

What is found is an expression with its span; the caller chooses which one governs the event. Method: hand-written
grammars (`days`, `hours`), each one compiled expression over a sentence, combined here.
"""

from datetime import UTC, date, timedelta
from typing import Final

from streams.reading.text import gated as re
from streams.reading.text.normal import plain_case
from streams.reading.when.clock import Clock, Dated
from streams.reading.when.counted import days_in, following
from streams.reading.when.days import group_instant, just_now
from streams.reading.when.hours import CLOCK, HOURS, PART, clock_time, spoken_hour
from streams.reading.where.positions import blanked

_ANCHOR: Final = re.compile(
    r"\d|day\b|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|night|morning|noon|evening|dawn|dusk|sunrise|sunset|daybreak|light\b|lunch|prayer|iftar|breakfast|o.clock|past|ago\b|early|late|small hours|week|month|year|today|tonight|yesterday|tomorrow|earlier|before|hours|\bnow\b|\brn\b|right this|we speak|as i (?:type|write)|moment|minute|days|"
    r"quarter|half|dark|quarter|next|following|same|(?:at|around|about) (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
)
"""Anything of this must be there for the grammars to find a time; cheap to look for."""


def find(body: str, start: int, end: int, clock: Clock, told: date | None = None) -> list[Dated]:
    """Return the dates and times of a stretch of text, each combined with the part of day and clock time beside it.

    Parameters
    ----------
    body, start, end
        The stretch.
    clock
        Publication and zone.
    told
        The day that the passage before was about: "the next morning" counts from it.
    """
    text = plain_case(blanked(body, start, end))
    if _ANCHOR.search(text) is None:
        return []
    days = [d for d in days_in(text, clock, told) if not _ahead(d[0], text) and not _denied(d[0], text)]
    counted, days = following(text, start, days, clock)
    nights = _nights(text, days, clock, start)
    days = [
        (m, day) for m, day in days if not any(start + m.start() < n.end and n.start < start + m.end() for n in nights)
    ]
    days = [d for n, d in enumerate(days) if n + 1 == len(days) or not _names(d[0], days[n + 1][0], text)]
    clocks = _ranges(text, [(m, c) for m in CLOCK.finditer(text) if (c := clock_time(m))])
    parts = list(PART.finditer(text))
    out: list[Dated] = [*counted, *(_within_night(n, clocks, clock, start) for n in nights)]
    for m, (first, last, precise, past) in days:
        if m["dtg"]:
            at = group_instant(m["dtg"], clock)
            if at:
                out.append(Dated(start + m.start(), start + m.end(), at, at, 3, "time.dtg"))
            continue
        if (recent := just_now(m, clock)) is not None:
            out.append(Dated(start + m.start(), start + m.end(), *recent, 3, "time.day-now"))
            continue
        out.append(_combine(m, first, last, precise, past, clocks, parts, clock, start, text))
    if not any(not d.past for d in out):
        base = told or clock.today
        if clocks:
            m2, c = min(clocks, key=lambda x: x[0].start())
            out.append(
                _at_clock(
                    base,
                    c,
                    clock,
                    start + m2.start(),
                    start + m2.end(),
                    "time.clock",
                    roll=told is None,
                    text=text,
                    parts=parts,
                )
            )
        elif parts and (p := _usable(parts, text)):
            lo, hi = HOURS[p.lastgroup or "day"]
            d = Dated(
                start + p.start(),
                start + p.end(),
                clock.at(base, lo),
                clock.at(base, hi),
                2,
                f"time.part.{p.lastgroup}",
            )
            if d.earliest >= clock.published:
                d = Dated(d.start, d.end, d.earliest - timedelta(days=1), d.latest - timedelta(days=1), 2, d.rule)
            if not out or p.lastgroup not in ("night", "morning", "day"):
                out.append(d)
    return sorted(out, key=lambda d: d.start)


_NIGHT_LEAD: Final = re.compile(
    r"\b(?:over)?night\s+(?:of|from|to|between|into|on)?\s*(?:the\s+)?(?P<one>\d{1,2}(?:st|nd|rd|th)?)?\s*(?:to|and|[-–/])?\s*(?:the\s+)?$|\bnight (?:of|from|to|between|into) (?:the )?$",
    re.IGNORECASE,
)
_NIGHT_JOIN: Final = re.compile(r"\s*(?:to|and|into|until|[-–/])\s*(?:the\s+)?", re.IGNORECASE)


def _nights(
    text: str, days: list[tuple[re.Match[str], tuple[date, date, int, bool]]], clock: Clock, start: int
) -> list[Dated]:
    """Read "the night of Monday to Tuesday", "the night of 21 to 22 May", "in the night to 8 May": 18:00 to 06:00; "overnight into" from 20:00."""
    out: list[Dated] = []
    if not days or "night" not in text.lower():
        return out
    for i, (m, (first, last, _, past)) in enumerate(days):
        lead = _NIGHT_LEAD.search(text[max(0, m.start() - 40) : m.start()])
        if lead is None:
            continue
        begin = max(0, m.start() - 40) + lead.start()
        follows = (
            days[i + 1] if i + 1 < len(days) and _NIGHT_JOIN.fullmatch(text[m.end() : days[i + 1][0].start()]) else None
        )
        if follows is not None:
            evening, end = first, follows[0].end()
        elif first != last:
            evening, end = first, m.end()
        elif lead["one"] or re.search(r"night (?:to|into) (?:the )?$", lead[0], re.IGNORECASE):
            evening, end = first - timedelta(days=1), m.end()
        else:
            continue
        dusk = 20 if lead[0][0] in "oO" else 18
        for later, _ in days:
            if 0 <= later.start() - end <= 2:
                end = later.end()
        out.append(
            Dated(start + begin, start + end, clock.at(evening, dusk), clock.at(evening, 30), 2, "time.day-night", past)
        )
    return out


def _within_night(
    night: Dated, clocks: list[tuple[re.Match[str], tuple[float, float, bool]]], clock: Clock, start: int
) -> Dated:
    """Of "the night of Monday to Tuesday, around 23:30": the clock time, on its side of midnight."""
    beside = [
        (m, c)
        for m, c in clocks
        if -12 <= start + m.start() - night.end <= 30 or -12 <= night.start - start - m.end() <= 20
    ]
    if not beside:
        return night
    m, (lo, hi, _) = beside[0]
    evening = (night.earliest + timedelta(hours=3)).astimezone(clock.zone).date()
    shift = 24 if hi < 12 else 0
    return Dated(
        min(night.start, start + m.start()),
        max(night.end, start + m.end()),
        clock.at(evening, lo + shift),
        clock.at(evening, hi + shift),
        3,
        "time.day-clock",
        night.past,
    )


_NIGHTS: Final = frozenset({"last night", "overnight", "during the night", "in the night"})

_AHEAD: Final = re.compile(r"\b(?:by|until|till|next|coming|before|for|from)\s+(?:this\s+|next\s+)?$", re.IGNORECASE)


def _names(m: re.Match[str], after: re.Match[str], text: str) -> bool:
    """Whether a day is only named by the one behind it: "Thursday 4 December", "the previous day, Monday", "overnight on Monday"."""
    if after.lastgroup not in _NAMED:
        return False
    between = text[m.end() : after.start()]
    if m.lastgroup == "weekday":
        return after.lastgroup != "weekday" and re.fullmatch(r",?\s+(?:the\s+)?", between) is not None
    if m.lastgroup == "rel":
        return re.fullmatch(r"[,(\[\s]{1,3}(?:(?:on|of)\s+)?(?:the\s+)?", between) is not None
    return m.lastgroup == "before" and re.fullmatch(r"[,(\[\s]{1,3}(?:on\s+)?", between) is not None


_NAMED: Final = frozenset({"weekday", "lastweekday", "dmy", "mdy", "y1", "y2", "spelt", "iso", "figures", "slash"})
"""Groups of the day grammar that name a day by itself."""


def _ahead(m: re.Match[str], text: str) -> bool:
    """Whether a weekday lies ahead: "by Sunday", "until Friday"."""
    return m.lastgroup == "weekday" and _AHEAD.search(text[max(0, m.start() - 16) : m.start()]) is not None


_NOT_THEN: Final = re.compile(r"\b(?:not|rather than|instead of)\s(?:(?:on|in)\s)?$", re.IGNORECASE)


def _denied(m: re.Match[str], text: str) -> bool:
    """Whether a day is told only to say that it was another: "on Monday, not on Tuesday"."""
    return _NOT_THEN.search(text[max(0, m.start() - 16) : m.start()]) is not None


def _ranges(
    text: str, clocks: list[tuple[re.Match[str], tuple[float, float, bool]]]
) -> list[tuple[re.Match[str], tuple[float, float, bool]]]:
    """Join "between two and half past two", "from 02:50 to 03:35", "between 9 and 10 p.m."."""
    out: list[tuple[re.Match[str], tuple[float, float, bool]]] = []
    for m, (lo, hi, utc) in clocks:
        lead = re.search(
            r"\b(?:between|from)\s+(?:about\s+)?(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+(?:and|to|until|till)\s+$",
            text[max(0, m.start() - 30) : m.start()],
        )
        if lead:
            spoken = spoken_hour(lead[1], None)
            first = spoken + (12 if lo >= 12 and spoken < 12 else 0)
            out.append((m, (first if first <= hi else first - 12, hi, utc)))
        elif out and re.fullmatch(r"\s*(?:and|to|until|till|-|–)\s*", text[out[-1][0].end() : m.start()]) is not None:
            first = out[-1][1][0]
            out[-1] = (out[-1][0], (first, hi if hi >= first else hi + 24, utc or out[-1][1][2]))
        else:
            out.append((m, (lo, hi, utc)))
    return out


def _usable(parts: list[re.Match[str]], text: str) -> re.Match[str] | None:
    for p in parts:
        if p.lastgroup in ("night", "morning", "evening", "day") and not re.search(
            r"\b(?:at|in the|this|to|one|same|of|that|the) $|^$", text[max(0, p.start() - 8) : p.start()]
        ):
            continue
        return p
    return None


def _combine(
    m: re.Match[str], first: date, last: date, precise: int, past: bool, clocks: list[tuple[re.Match[str], tuple[float, float, bool]]],  # noqa: FBT001 - a row of the grammar
    parts: list[re.Match[str]], clock: Clock, base: int, text: str,
) -> Dated:  # fmt: skip
    def near(x: re.Match[str], reach: int) -> bool:
        return (
            0 <= x.start() - m.end() <= reach
            or 0 <= m.start() - x.end() <= reach
            or (x.start() < m.end() and m.start() < x.end())
        ) and ";" not in text[min(x.end(), m.end()) : max(x.start(), m.start())]

    beside = [(c, t) for c, t in clocks if near(c, 40) and (c.start() < m.start() or c.start() >= m.end())]
    if beside and precise >= 1 and first == last and not past:
        c, t = min(beside, key=lambda x: abs(x[0].start() - m.start()))
        if (m["rel"] or "").lower() in _NIGHTS and (t[0] >= 12 or t[0] >= 7):
            first -= timedelta(days=1)
        return _at_clock(
            first,
            t,
            clock,
            base + min(m.start(), c.start()),
            base + max(m.end(), c.end()),
            "time.day-clock",
            roll=False,
            text=text,
            parts=parts,
        )
    close = [p for p in parts if near(p, 30)]
    if close and precise <= 1 and not past and (last - first).days <= 1 and m["range"] is None:
        ranked = [k for k in close if k.lastgroup not in ("night", "day")] or close
        p = min(
            ranked,
            key=lambda x: (
                min(abs(x.start() - m.end()), abs(m.start() - x.end())),
                list(HOURS).index(x.lastgroup or "day"),
            ),
        )
        for q in ranked:
            if (
                q.lastgroup in ("early", "latenight", "latemorning", "overnight", "prayers", "afterprayers")
                and abs(q.start() - m.start()) < 30
            ):
                p = q
        lo, hi = HOURS[p.lastgroup or "day"]
        if (
            p.lastgroup == "latenight"
            and re.search("night|evening", text[m.end() : m.end() + 12]) is None
            and "night" not in p[0]
        ):
            lo, hi = 18, 24
        return Dated(
            base + min(m.start(), p.start()),
            base + max(m.end(), p.end()),
            clock.at(first, lo),
            clock.at(last, hi),
            2,
            f"time.day-{p.lastgroup}",
            past,
        )
    if precise == 2:
        rel = (m["rel"] or "").lower()
        name = (
            "overnight"
            if rel in ("overnight", "last night", "during the night", "in the night")
            else next((k for k in ("morning", "afternoon", "evening", "night") if k in (rel or m[0].lower())), "day")
        )
        lo, hi = HOURS[name]
        return Dated(base + m.start(), base + m.end(), clock.at(first, lo), clock.at(last, hi), 2, f"time.{name}", past)
    return Dated(base + m.start(), base + m.end(), clock.at(first, 0), clock.at(last, 24), precise, "time.day", past)


def _at_clock(
    day: date,
    t: tuple[float, float, bool],
    clock: Clock,
    start: int,
    end: int,
    rule: str,
    *,
    roll: bool,
    text: str,
    parts: list[re.Match[str]],
) -> Dated:
    lo, hi, utc = t
    zone = UTC if utc else None
    pm = any(p.lastgroup in ("afternoon", "evening") for p in parts) and 1 <= lo < 12 and hi < 12
    night = any(p.lastgroup in ("night", "latenight", "overnight") for p in parts) and 7 <= lo < 12
    if (pm or night) and not re.search(r"\b(?:a\.?m\b|0\d:\d\d)", text):
        lo, hi = lo + 12, hi + 12
    a, b = clock.at(day, lo, zone), clock.at(day, hi, zone)
    if roll and a > clock.published + timedelta(minutes=5):
        a, b = a - timedelta(days=1), b - timedelta(days=1)
    return Dated(start, end, a, b, 3, rule)
