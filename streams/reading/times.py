"""Resolves the words that date an event to an interval of instants, local to the place and anchored at publication.

    early 00-06, morning 06-12, afternoon 12-18, evening 18-24, night 18-06, overnight = 20:00 of the day before to 06:00;
    "about HH:MM" is +-15 min, "shortly after" +30 min, "shortly before" -30 min; nothing stated = the 24 hours before publication.

Weekdays are the latest such day up to publication. What is found is an expression with its span; the caller chooses
which one governs the event. Method: a hand-written grammar, one compiled expression over a sentence.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from tzfpy import get_tz

_MONTHS: Final = {
    m: i for i, m in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
_DAYS: Final = {d: i for i, d in enumerate(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])}
_NUMBERS: Final = {
    w: i
    for i, w in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
} | {"a": 1, "an": 1, "several": 3, "few": 3, "noon": 12, "midday": 12, "midnight": 0, "couple": 2}
_NUM: Final = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_MONTH: Final = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
_WEEKDAY: Final = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?(?:['’]s)?\b"

_DAY: Final = re.compile(
    rf"""\b(?:(?P<dtg>\d{{6}}(?:[A-Z]|\s?(?:HRS|hrs|LT|L))?\s?(?:{_MONTH}\s?\d{{2,4}})?\b)
    |(?P<iso>20\d\d-\d\d-\d\d(?:T\d\d:\d\d)?)
    |(?P<dmy>\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH}(?:,?\s+(?P<y1>(?:19|20)\d\d|(?:of\ )?last\ year))?\b)
    |(?P<mdy>{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+(?P<y2>(?:19|20)\d\d))?)
    |(?P<range>(?:(?:on|between|over|of)\s)?{_WEEKDAY}\s+(?:and|to|or)\s+{_WEEKDAY})
    |(?P<my>{_MONTH}\s+(?:of\s+)?(?P<y3>(?:19|20)\d\d|last\ year)\b)
    |(?P<year>(?:in|of|since|from|during|after|by|until|and|to|for|,)\s+(?:the\s+)?(?:\w+\s+of\s+)?(?P<y4>(?:19[5-9]|20[0-4])\d)\b)
    |(?P<month>(?:in|last|since|of|from|the)\s+(?:the\s+)?(?:early\s+|late\s+|mid-)?(?:January|February|March|April|May|June|July|August|September|October|November|December)\b(?!\s+\d))
    |(?P<lastweekday>last\s+{_WEEKDAY})
    |(?P<weekday>{_WEEKDAY})
    |(?P<nth>for\ (?:a|the)\ (?P<ord>second|third|fourth|fifth|sixth|seventh|eighth|tenth)\ (?:straight\ |consecutive\ |successive\ )?(?:day|night)\b)
    |(?P<ago>(?:{_NUM}|couple\ of|few|several|a)\s+(?:minutes?|mins?|hours?|hrs?|days?|nights?|mornings?|weeks?|months?|years?|decades?)\s+ago(?:\s+(?:today|this\s+\w+|on\s+\w+))?\b)
    |(?P<before>(?:(?P<bn>{_NUM}|a|the)\s+(?:days?|nights?)\s+(?:earlier|before|previously)|the\ (?:previous|preceding)\ (?:day|night|evening|morning|afternoon)|(?:the\ )?(?:evening|night|day|morning)\ before)\b)
    |(?P<rel>(?:yesterday|today|tonight|tomorrow|overnight|last\ night|last\ evening|this\ (?:morning|afternoon|evening|week)|tonight|during\ the\ night|in\ the\ night|the\ night\ before\ last|just\ now|minutes\ ago|an\ hour\ ago|right\ now|moments\ ago|the\ next\ (?:day|morning)|the\ following\ (?:day|morning|night)|next\ day|the\ same\ (?:evening|day|night|morning|afternoon)|a\ day\ (?:later|earlier|after|before)|last\ week|this\ weekend|the\ weekend|past\ (?:24|48|72)\ hours|past\ (?:week|day)|last\ (?:24|48|72)\ hours|last\ month|last\ year|last\ (?:spring|summer|autumn|fall|winter)|earlier\ this\ (?:month|year)|this\ month|earlier\ this\ week|(?:the\ )?(?:last|past)\ (?:few\ )?(?:days|nights))\b))""",
    re.VERBOSE | re.IGNORECASE,
)
_ANCHOR: Final = re.compile(
    r"\d|day\b|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|night|morning|noon|evening|dawn|dusk|sunrise|sunset|daybreak|light\b|lunch|prayer|iftar|breakfast|o.clock|past|ago\b|early|late|small hours|week|month|year|today|tonight|yesterday|tomorrow|earlier|before|hours|just now|right now|moments|days|"
    r"quarter|half|dark|quarter|next|following|same|(?:at|around|about) (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
)
"""Anything of this must be there for the grammars to find a time; cheap to look for."""
_CLOCK: Final = re.compile(
    rf"""\b(?P<mod>(?:at\ about|at\ around|at\ approximately|at\ approx\.?|about|around|approximately|approx\.?|circa|some\ time\ around|roughly|close\ to|nearly|almost|at\ some|towards|shortly\ after|soon\ after|just\ after|shortly\ before|just\ before|moments\ after|minutes\ after|after|before|by|since|from|between|at|until)\s+)?
    (?:(?P<h24>[01]?\d|2[0-3])[:.h](?P<m24>[0-5]\d)(?!\d)\s*(?P<ap1>[ap]\.?\s?m\b\.?)?
    |(?P<mil>(?:[01]\d|2[0-3])[0-5]\d)\s?(?P<zone>hrs|hours|h\b|[A-Z]\b|LT|local|UTC|GMT)(?!\w)
    |(?P<milbare>(?:[01]\d|2[0-3])[0-5]\d)(?=[\s,.;)]|$)
    |(?P<h12>1[0-2]|[1-9])\s*(?P<ap2>[ap]\.?\s?m\b\.?)
    |(?P<oclock>{_NUM})\s+o['’]?clock(?P<part1>\s+(?:in\ the\ (?:morning|afternoon|evening)|at\ night))?
    |(?P<frac>half\ past|quarter\ past|a\ quarter\ past|quarter\ to|a\ quarter\ to|ten\ past|twenty\ past|ten\ to|twenty\ to|five\ past|five\ to)\s+(?P<fh>{_NUM})(?P<part2>\s+(?:in\ the\ (?:morning|afternoon|evening)|at\ night|this\ morning))?
    |(?P<named>noon|midday|midnight|mid-day)\b(?!\s+prayer)
    |(?P<bare>three|four|five|six|seven|eight|nine|ten|eleven|two|one)(?P<part3>\s+(?:(?:in\ the|this|yesterday|on\ \w+)\ (?:morning|afternoon|evening)|at\ night|on\ \w+\ night)))
    (?P<tz>\s*(?:local(?:\ time)?|GMT|UTC|Z\b|hrs|hours)(?:\s+(?:local(?:\ time)?|GMT|UTC))?)?""",
    re.VERBOSE | re.IGNORECASE,
)
_PART: Final = re.compile(
    r"\b(?P<early>early(?: hours)?(?: on)?|small hours|early hours|before dawn|pre-?dawn|before sunrise|before first light|before daybreak|in the dark before)\b"
    r"|\b(?P<dawn>at dawn|at sunrise|at first light|at daybreak|from dawn|dawn|sunrise|first light|daybreak)\b"
    r"|\b(?P<latemorning>late (?:on )?(?:\w+ )?morning|mid-?morning)\b"
    r"|\b(?P<morning>morning|breakfast|a\.m\. hours)\b|\b(?P<prayers>shortly after (?:\w+ )?prayers?)\b|(?P<afterprayers>after (?:the )?(?:\w+ )?prayers?)\b"
    r"|\b(?P<lunch>lunch ?time|midday|around noon|about noon)\b|\b(?P<afternoon>afternoon)\b"
    r"|\b(?P<dusk>dusk|sunset|nightfall|after dark|sundown)\b|\b(?P<evening>evening|iftar)\b|\b(?P<latenight>late (?:on )?(?:\w+ )?night|late on)\b"
    r"|\b(?P<overnight>overnight|in the night to|last night|during the night|in the night)\b|\b(?P<night>night|night-?time|tonight)\b|\b(?P<day>daytime)\b",
    re.IGNORECASE,
)
_HOURS: Final = {
    "early": (0, 6), "dawn": (4, 8), "latemorning": (9, 12), "morning": (6, 12), "prayers": (12.5, 15), "afterprayers": (12, 18), "lunch": (11, 15), "afternoon": (12, 18),
    "dusk": (17, 20), "evening": (18, 24), "latenight": (20, 24), "overnight": (-4, 6), "night": (18, 30), "day": (6, 18),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dated:
    """What a stretch of text says about when."""

    start: int
    end: int
    earliest: datetime
    latest: datetime
    precise: int
    """3 a clock time, 2 a part of a day, 1 a day, 0 longer than a day."""
    rule: str
    past: bool = False
    """Older than what counts as current."""


@lru_cache(maxsize=4096)
def zone_at(lat: float, lon: float) -> ZoneInfo:
    """Return the time zone of a point, UTC where there is none (pure: a cache of a constant map)."""
    try:
        return ZoneInfo(get_tz(lon, lat) or "UTC")
    except (KeyError, ValueError):
        return ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Clock:
    """Publication and the zone of the place."""

    published: datetime
    zone: ZoneInfo
    utc_times: bool = False
    """The report says that its times are UTC."""
    line_date: date | None = None

    @property
    def today(self) -> date:
        """The local date of publication."""
        return self.published.astimezone(self.zone).date()

    def at(self, day: date, hour: float, zone: timezone | ZoneInfo | None = None) -> datetime:
        """Return the instant of a local day and hour; the hour may lie outside 0-24."""
        tz = zone or (UTC if self.utc_times else self.zone)
        midnight = datetime(day.year, day.month, day.day, tzinfo=tz)
        whole = timedelta(hours=hour)
        return ((midnight.replace(tzinfo=None) + whole).replace(tzinfo=tz)).astimezone(UTC)


def default(clock: Clock) -> tuple[datetime, datetime]:
    """Nothing stated: the 24 hours before publication."""
    return clock.published - timedelta(hours=24), clock.published


def day_of(m: re.Match[str], clock: Clock, told: date | None = None) -> tuple[date, date, int, bool] | None:
    """Return first day, last day, precision and whether it is long past, for a match of the day grammar."""
    today, kind = clock.today, m.lastgroup or ""
    groups = m.groupdict()
    if groups["dtg"]:
        return _of_group(groups["dtg"], clock)
    if groups["iso"]:
        return _checked(lambda: date.fromisoformat(groups["iso"][:10]), today)
    if groups["dmy"] or groups["mdy"]:
        text = groups["dmy"] or groups["mdy"]
        year = groups["y1"] or groups["y2"]
        number = re.search(r"\d{1,2}", text)
        month = re.search(_MONTH, text, re.IGNORECASE)
        if not number or not month:
            return None
        if year and not year.isdigit():
            year = str(today.year - 1)
        return _calendar(int(number[0]), _MONTHS[month[0][:3].lower()], int(year) if year else None, today)
    if groups["range"]:
        names = [_DAYS[w[:3].lower()] for w in re.findall(_WEEKDAY, groups["range"], re.IGNORECASE)]
        last = _weekday(names[1], today)
        first = last - timedelta(days=(names[1] - names[0]) % 7)
        return first, last, 1, False
    if groups["my"] or groups["year"]:
        y = groups["y3"] or groups["y4"]
        year_n = today.year - 1 if y.startswith("last") else int(y)
        if groups["my"]:
            month_n = _MONTHS[re.sub(r"^\W+", "", groups["my"])[:3].lower()]
            if (year_n, month_n) == (today.year, today.month):
                return None
        elif year_n >= today.year:
            return None
        return date(year_n, 1, 1), date(year_n, 12, 31), 0, True
    if groups["month"]:
        n = _MONTHS[re.search(_MONTH, groups["month"], re.IGNORECASE)[0][:3].lower()]  # type: ignore[index]
        if n == today.month and "last" not in groups["month"].lower():
            return None
        gap = (today.month - n) % 12
        return (
            today - timedelta(days=31 * max(gap, 1)),
            today - timedelta(days=28 * max(gap, 1)),
            0,
            gap > 1 or today.day > 20,
        )
    if groups["lastweekday"] or groups["weekday"]:
        n = _DAYS[re.search(_WEEKDAY, m[0], re.IGNORECASE)[0][:3].lower()]  # type: ignore[index]
        d = _weekday(n, today)
        if groups["lastweekday"] and d == today:
            d -= timedelta(days=7)
        return d, d, 1, False
    if groups["nth"]:
        n = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "tenth": 10}[
            groups["ord"].lower()
        ]
        return today - timedelta(days=n - 1), today, 1, False
    if groups["ago"]:
        return _ago(groups["ago"].lower(), clock)
    if groups["before"]:
        base = told or today
        n = _NUMBERS.get((groups["bn"] or "one").lower(), 1)
        n = int(groups["bn"]) if groups["bn"] and groups["bn"].isdigit() else n
        d = base - timedelta(days=n)
        return d, d, 1, n > 31
    return _relative(groups["rel"].lower() if groups["rel"] else kind, clock, told)


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
    text = body[start:end]
    if _ANCHOR.search(text) is None:
        return []
    days = [(m, day) for m in _DAY.finditer(text) if not _ahead(m, text) and (day := day_of(m, clock, told))]
    clocks = _ranges(text, [(m, c) for m in _CLOCK.finditer(text) if (c := _clock_time(m))])
    parts = list(_PART.finditer(text))
    out: list[Dated] = []
    for m, (first, last, precise, past) in days:
        if re.search(r"\d{6}", m[0]) and m.groupdict()["dtg"]:
            at = _group_instant(m.groupdict()["dtg"], clock)
            if at:
                out.append(Dated(start + m.start(), start + m.end(), at, at, 3, "time.dtg"))
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
            lo, hi = _HOURS[p.lastgroup or "day"]
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


_NIGHTS: Final = frozenset({"last night", "overnight", "during the night", "in the night"})
_AHEAD: Final = re.compile(r"\b(?:by|until|till|next|coming|before|for|from)\s+(?:this\s+|next\s+)?$", re.IGNORECASE)


def _ahead(m: re.Match[str], text: str) -> bool:
    """Whether a weekday lies ahead: "by Sunday", "until Friday"."""
    return m.lastgroup == "weekday" and _AHEAD.search(text[max(0, m.start() - 16) : m.start()]) is not None


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
            spoken = _spoken(lead[1], None)
            first = spoken + (12 if lo >= 12 and spoken < 12 else 0)
            out.append((m, (first if first <= hi else first - 12, hi, utc)))
        elif (
            out
            and re.fullmatch(r"\s+(?:and|to|until|till|-|–)\s+", text[out[-1][0].end() : m.start()]) is not None
            and lo >= out[-1][1][0]
        ):
            out[-1] = (out[-1][0], (out[-1][1][0], hi, utc))
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
        if (m.groupdict()["rel"] or "").lower() in _NIGHTS and (t[0] >= 12 or t[0] >= 7):
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
    if close and precise <= 1 and not past and (last - first).days <= 1 and m.groupdict()["range"] is None:
        ranked = [k for k in close if k.lastgroup not in ("night", "day")] or close
        p = min(
            ranked,
            key=lambda x: (
                min(abs(x.start() - m.end()), abs(m.start() - x.end())),
                list(_HOURS).index(x.lastgroup or "day"),
            ),
        )
        for q in ranked:
            if (
                q.lastgroup in ("early", "latenight", "latemorning", "overnight", "prayers", "afterprayers")
                and abs(q.start() - m.start()) < 30
            ):
                p = q
        lo, hi = _HOURS[p.lastgroup or "day"]
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
        rel = (m.groupdict()["rel"] or "").lower()
        name = (
            "overnight"
            if rel in ("overnight", "last night", "during the night", "in the night")
            else next((k for k in ("morning", "afternoon", "evening", "night") if k in (rel or m[0].lower())), "day")
        )
        lo, hi = _HOURS[name]
        return Dated(base + m.start(), base + m.end(), clock.at(first, lo), clock.at(last, hi), 2, f"time.{name}", past)
    return Dated(base + m.start(), base + m.end(), clock.at(first, 0), clock.at(last, 24), precise, "time.day", past)


def _clock_time(m: re.Match[str]) -> tuple[float, float, bool] | None:
    """Return (first hour, last hour, told in UTC)."""
    g = m.groupdict()
    mod = re.sub(r"\s+", " ", (g["mod"] or "").strip().lower())
    hour: float
    loose = False
    if g["h24"]:
        if "." in m[0] and not g["ap1"] and not re.search(r"\d\d\.\d\d", m[0]):
            return None
        hour = int(g["h24"]) + int(g["m24"]) / 60
        hour = _half(hour, g["ap1"])
    elif g["mil"] or g["milbare"]:
        digits = g["mil"] or g["milbare"]
        if g["milbare"] and (
            not mod
            or (
                1950 <= int(digits) <= 2049
                and mod
                not in ("at", "at about", "at around", "around", "about", "approx", "shortly before", "shortly after")
            )
        ):
            return None
        hour = int(digits[:2]) + int(digits[2:]) / 60
    elif g["h12"]:
        hour = _half(float(g["h12"]), g["ap2"])
    elif g["oclock"]:
        hour = _spoken(g["oclock"], g["part1"])
    elif g["frac"]:
        step = {
            "half past": 0.5,
            "quarter past": 0.25,
            "quarter to": -0.25,
            "ten past": 1 / 6,
            "twenty past": 1 / 3,
            "ten to": -1 / 6,
            "twenty to": -1 / 3,
            "five past": 1 / 12,
            "five to": -1 / 12,
        }
        hour = _spoken(g["fh"], g["part2"]) + step[re.sub(r"^a ", "", g["frac"].lower())]
    elif g["named"]:
        hour = 0.0 if g["named"].lower() == "midnight" else 12.0
        loose = True
    else:
        if not mod:
            return None
        hour = _spoken(g["bare"], g["part3"])
    utc = bool(re.search(r"GMT|UTC|Z\b", (g["tz"] or "") + (g["zone"] or "")))
    if mod.startswith(("shortly after", "soon after", "just after", "moments after", "minutes after")):
        return hour, hour + 0.5, utc
    if mod.startswith(("shortly before", "just before")):
        return hour - 0.5, hour, utc
    if mod == "after":
        return hour, hour + 2, utc
    if mod == "before":
        return hour - 2, hour, utc
    if mod.endswith(
        (
            "about",
            "around",
            "approximately",
            "approx",
            "approx.",
            "circa",
            "roughly",
            "close to",
            "nearly",
            "almost",
            "towards",
        )
    ):
        return hour - 0.25, hour + 0.25, utc
    if loose and mod == "":
        return hour - 0.5, hour + 0.5, utc
    return hour, hour, utc


def _half(hour: float, mark: str | None) -> float:
    if not mark:
        return hour
    if mark[0] in "pP":
        return hour if hour >= 12 else hour + 12
    return hour - 12 if hour >= 12 else hour


def _spoken(word: str, part: str | None) -> float:
    hour = float(word) if word.isdigit() else float(_NUMBERS[word.lower()])
    if part and re.search("afternoon|evening|night", part) and hour < 12 and not ("night" in part and hour < 5):
        hour += 12
    return hour


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


def _weekday(n: int, today: date) -> date:
    return today - timedelta(days=(today.weekday() - n) % 7)


def _checked(make: "object", today: date) -> tuple[date, date, int, bool] | None:
    try:
        d = make()  # type: ignore[operator]
    except ValueError:
        return None
    return d, d, 1, (today - d).days > 31


def _calendar(day: int, month: int, year: int | None, today: date) -> tuple[date, date, int, bool] | None:
    try:
        d = date(year or today.year, month, day)
        if year is None and d > today + timedelta(days=60):
            d = date(today.year - 1, month, day)
    except ValueError:
        return None
    return d, d, 1, (today - d).days > 31


def _ago(text: str, clock: Clock) -> tuple[date, date, int, bool] | None:
    m = re.search(rf"({_NUM}|couple|few|several|\ba\b)(?: of)?\s+(\w+)\s+ago", text)
    if not m:
        return None
    n = int(m[1]) if m[1].isdigit() else _NUMBERS.get(m[1], 1)
    unit = m[2].rstrip("s")
    days = {"day": 1, "night": 1, "morning": 1, "week": 7, "month": 30, "year": 365, "decade": 3650}.get(unit)
    if days is None:
        return clock.today, clock.today, 1, False
    try:
        d = clock.today - timedelta(days=days * n)
    except OverflowError:
        return None
    slack = 0 if days == 1 else days // 3
    return d - timedelta(days=slack), d + timedelta(days=slack), 1 if days == 1 else 0, (clock.today - d).days > 31


def _relative(text: str, clock: Clock, told: date | None) -> tuple[date, date, int, bool] | None:
    today, one = clock.today, timedelta(days=1)
    base = told or today
    if text in ("overnight", "last night", "during the night", "in the night"):
        d = today if clock.published.astimezone(clock.zone).hour < 20 or text == "last night" else today + one
        return d, d, 2, False
    if text in ("yesterday", "last evening"):
        return today - one, today - one, 2 if "evening" in text else 1, False
    if text == "the night before last":
        return today - one, today - one, 2, False
    if text.startswith(("this morning", "this afternoon", "this evening", "tonight")):
        return today, today, 2, False
    if text in ("today", "just now", "minutes ago", "right now", "an hour ago", "moments ago"):
        return today, today, 1, False
    if text.startswith(("the next", "the following", "next day", "a day later")):
        return base + one, base + one, 1, False
    if text.startswith(("a day earlier", "a day before", "a day after")):
        return base - one, base - one, 1, False
    if text.startswith("the same"):
        return base, base, 1, False
    if text in (
        "this week",
        "past week",
        "last week",
        "earlier this week",
        "this month",
        "the weekend",
        "this weekend",
        "last days",
        "past days",
        "last nights",
        "the past few days",
        "the last few days",
    ) or text.endswith(("few days", "nights")):
        return today - timedelta(days=14 if text == "last week" else 7), today, 0, False
    if "hours" in text or text == "past day":
        n = int(m[0]) if (m := re.search(r"\d+", text)) else 24
        return today - timedelta(days=n // 24), today, 1, False
    if text.startswith(
        (
            "last month",
            "last year",
            "last spring",
            "last summer",
            "last autumn",
            "last fall",
            "last winter",
            "earlier this year",
        )
    ):
        return today - timedelta(days=400), today - timedelta(days=28), 0, True
    return None


def _of_group(text: str, clock: Clock) -> tuple[date, date, int, bool] | None:
    at = _group_instant(text, clock)
    if at is None:
        return None
    d = at.date()
    return d, d, 1, (clock.today - d).days > 31


def _group_instant(text: str, clock: Clock) -> datetime | None:
    """Read a date-time group, DDHHMMZ MON YY; month and year may be left out (Allied Communications Publication 121)."""
    m = re.match(
        rf"(\d\d)(\d\d)(\d\d)\s?(hrs|LT|[A-Z])?\s?({_MONTH})?\s?(\d\d(?:\d\d)?)?$", text.strip(), re.IGNORECASE
    )
    if not m or not (m[4] or m[5]):
        return None
    day, hour, minute = int(m[1]), int(m[2]), int(m[3])
    letter = (m[4] or "Z").upper()
    month = _MONTHS[m[5][:3].lower()] if m[5] else clock.published.month
    year = (int(m[6]) + (2000 if len(m[6]) == 2 else 0)) if m[6] else clock.published.year
    try:
        naive = datetime(year, month, day, hour, minute)  # noqa: DTZ001 - its zone is the group's letter
        if letter in ("L", "LT", "HRS", "J"):
            return naive.replace(tzinfo=clock.zone).astimezone(UTC)
        at = naive.replace(tzinfo=timezone(timedelta(hours=_military(letter)))).astimezone(UTC)
        if not m[5] and at > clock.published + timedelta(days=1):
            at = (
                (naive.replace(month=12, year=year - 1) if month == 1 else naive.replace(month=month - 1))
                .replace(tzinfo=at.tzinfo)
                .astimezone(UTC)
            )
    except ValueError:
        return None
    return at


def _military(letter: str) -> int:
    """Hours east of Greenwich of a military zone letter."""
    east, west = "ABCDEFGHIKLM", "NOPQRSTUVWXY"
    return east.index(letter) + 1 if letter in east else -(west.index(letter) + 1) if letter in west else 0
