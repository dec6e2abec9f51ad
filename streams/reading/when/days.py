"""Reads days: weekdays, dates, date-time groups, "yesterday", "two days ago"; weekdays are the latest up to publication."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

from streams.reading.text import gated as re
from streams.reading.when import dates
from streams.reading.when.clock import Clock

_MONTHS: Final = {
    m: i for i, m in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}

_DAYS: Final = {d: i for i, d in enumerate(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])}

NUMBERS: Final = {
    w: i
    for i, w in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
} | {"a": 1, "an": 1, "several": 3, "few": 3, "noon": 12, "midday": 12, "midnight": 0, "couple": 2}

NUM: Final = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"

_MONTH: Final = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"

_ORDINALS: Final = {
    w: i
    for i, w in enumerate(
        [
            *(
                "first",
                "second",
                "third",
                "fourth",
                "fifth",
                "sixth",
                "seventh",
                "eighth",
                "ninth",
                "tenth",
                "eleventh",
            ),
            *(
                "twelfth",
                "thirteenth",
                "fourteenth",
                "fifteenth",
                "sixteenth",
                "seventeenth",
                "eighteenth",
                "nineteenth",
            ),
            *("twentieth", "twenty-first", "twenty-second", "twenty-third", "twenty-fourth", "twenty-fifth"),
            *("twenty-sixth", "twenty-seventh", "twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first"),
        ],
        1,
    )
}
_ORDINAL: Final = (
    r"(?:(?:twenty|thirty)-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|\w+(?:th|first|second|third))"
)

_WEEKDAY: Final = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?(?:['’]s)?\b"

DAY: Final = re.compile(
    rf"""\b(?:(?P<dtg>\d{{6}}(?:[A-Z]|\s?(?:HRS|hrs|LT|L|UTC|GMT))?\s?(?:{_MONTH}\s?\d{{2,4}})?\b|\d\d\s\d{{4}}\s?(?:UTC|GMT|[A-Z])\s{_MONTH}\s?\d{{2,4}}\b)
    |(?P<glued>\d{{2}}{_MONTH}(?P<yg>20\d\d|\d\d)?\b)
    |(?P<wdn>{_WEEKDAY},?\s+(?:the\s+)?(?P<wn>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?\b(?!\s*(?:{_MONTH}|[:./-]\d|a\.?m|p\.?m|rockets|drones|people|men|soldiers|km|hours|hrs|\w+ed\b)))
    |(?P<ordinal>\b(?:on|of|the|to|and|-)\s+(?:the\s+)?(?P<on>\d{{1,2}})(?:st|nd|rd|th)\b(?!\s+(?:{_MONTH}|floor|century|brigade|Brigade|Fleet|division|battalion|anniversary|day|time|attack|such|minute|century|Army|Corps|Regiment)))
    |(?P<figures>(?<!\d[./-])(?:\d{{1,2}}/\d{{1,2}}/(?:20)?\d\d|\d{{1,2}}\.\d{{1,2}}\.(?:20)?\d\d|\d{{1,2}}-\d{{1,2}}-(?:20)?\d\d|20\d\d[./]\d{{1,2}}[./]\d{{1,2}})(?![\d/]|[.-]\d))
    |(?P<slash>\b\d{{1,2}}/\d{{1,2}}\b(?!/?\d)(?!\s*(?:of|killed)))
    |(?P<iso>20\d\d-\d\d-\d\d(?:T\d\d:\d\d)?)
    |(?P<dmy>\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH}(?:,?\s+(?P<y1>(?:19|20)\d\d|(?:of\ )?last\ year))?\b)
    |(?P<spelt>(?:the|on)\s+(?:the\s+)?(?P<od>{_ORDINAL})\s+(?:day\s+)?of\s+{_MONTH}(?!['’])\b(?:,?\s+(?P<y5>(?:19|20)\d\d))?)
    |(?P<mdy>{_MONTH}\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+(?P<y2>(?:19|20)\d\d))?)
    |(?P<range>(?:(?:on|between|over|of)\s)?{_WEEKDAY}\s+(?:and|to|or)\s+{_WEEKDAY})
    |(?P<my>{_MONTH}\s+(?:of\s+)?(?P<y3>(?:19|20)\d\d|last\ year)\b)
    |(?P<year>(?:in|of|since|from|during|after|by|until|and|to|for|,)\s+(?:the\s+)?(?:\w+\s+of\s+)?(?P<y4>(?:19[5-9]|20[0-4])\d)\b)
    |(?P<month>(?:in|last|since|of|from|the)\s+(?:the\s+)?(?:early\s+|late\s+|mid-)?(?:January|February|March|April|May|June|July|August|September|October|November|December)\b(?!\s+\d))
    |(?P<weekdayof>{_WEEKDAY}\s+(?:of\s+)?last\s+week\b|last\s+week\s+(?:on\s+)?{_WEEKDAY})
    |(?P<lastweekday>last\s+{_WEEKDAY})
    |(?P<weekday>{_WEEKDAY})
    |(?P<nth>for\ (?:a|the)\ (?P<ord>second|third|fourth|fifth|sixth|seventh|eighth|tenth)\ (?:straight\ |consecutive\ |successive\ )?(?:day|night)\b)
    |(?P<ago>(?:{NUM}|couple\ of|few|several|a)\s+(?:minutes?|mins?|hours?|hrs?|days?|nights?|mornings?|weeks?|fortnights?|months?|years?|decades?)\s+ago(?:\s+(?:today|this\s+\w+|on\s+\w+))?\b)
    |(?P<before>(?:(?P<bn>{NUM}|a|the)\s+(?:days?|nights?)\s+(?:earlier|before(?!\ (?:yesterday|last\b))|previously)|the\ (?:previous|preceding)\ (?:day|night|evening|morning|afternoon)|(?:the\ )?(?:evening|night|day|morning)\ before(?!\ (?:yesterday|last\b)))\b)
    |(?P<rel>(?:yesterday|today|tonight|tomorrow|overnight|last\ night|last\ evening|this\ (?:morning|afternoon|evening)|(?:early|earlier|late|later)\ this\ week|this\ week|tonight|during\ the\ night|in\ the\ night|(?:the\ )?night\ before\ (?:last|yesterday)|(?:the\ )?day\ before\ yesterday|just\ now|minutes\ ago|an\ hour\ ago|right\ now|(?-i:rn)|right\ this\ (?:second|minute)|(?:happening|going\ on)\ now|as\ (?:we\ speak|i\ (?:type|write)(?:\ this)?)|(?:a\ )?moments?\ ago|the\ next\ (?:day|morning)|the\ following\ (?:day|morning|night)|next\ day|the\ same\ (?:evening|day|night|morning|afternoon)|(?:earlier|later)\ (?:in\ the|that|the\ same)\ day|a\ day\ (?:later|earlier|after|before)|(?:(?:early|late)\ )?last\ week|this\ weekend|the\ weekend|past\ (?:24|48|72)\ hours|past\ (?:week|day)|last\ (?:24|48|72)\ hours|last\ month|last\ year|last\ (?:spring|summer|autumn|fall|winter)|earlier\ this\ (?:month|year)|this\ month|(?:the\ )?(?:last|past)\ (?:few\ )?(?:days|nights))\b))""",
    re.VERBOSE | re.IGNORECASE,
)


def day_of(m: re.Match[str], clock: Clock, told: date | None = None) -> tuple[date, date, int, bool] | None:
    """Return first day, last day, precision and whether it is long past, for a match of the day grammar."""
    today, kind = clock.today, m.lastgroup or ""
    if kind == "weekday":
        d = dates.weekday(_DAYS[m[0][:3].lower()], today)
        return d, d, 1, False
    groups = m.groupdict()
    if groups["dtg"]:
        return _of_group(groups["dtg"], clock)
    if groups["wdn"]:
        return dates.of_month(int(groups["wn"]), today)
    if groups["ordinal"]:
        return dates.of_month(int(groups["on"]), today)
    if groups["slash"]:
        a, b = (int(x) for x in groups["slash"].split("/"))
        read = [dates.of_year(a, b, None, today), dates.of_year(b, a, None, today)]
        return max((r for r in read if r and r.first <= today), key=lambda r: r.first, default=None)
    if groups["figures"] or groups["iso"]:
        return dates.in_figures(groups["figures"] or groups["iso"][:10], today)
    if groups["glued"]:
        month_g, year_g = _MONTHS[groups["glued"][2:5].lower()], groups["yg"]
        return dates.of_year(int(groups["glued"][:2]), month_g, int(year_g[-2:]) + 2000 if year_g else None, today)
    if groups["spelt"]:
        nth, year = _ORDINALS.get(groups["od"].lower()), groups["y5"]
        month = re.search(rf"of\s+({_MONTH})", groups["spelt"], re.IGNORECASE)
        if month is None or nth is None:
            return None
        return dates.of_year(nth, _MONTHS[month[1][:3].lower()], int(year) if year else None, today)
    if groups["dmy"] or groups["mdy"]:
        text = groups["dmy"] or groups["mdy"]
        year = groups["y1"] or groups["y2"]
        number = re.search(r"\d{1,2}", text)
        month = re.search(_MONTH, text, re.IGNORECASE)
        if not number or not month:
            return None
        if year and not year.isdigit():
            year = str(today.year - 1)
        return dates.of_year(int(number[0]), _MONTHS[month[0][:3].lower()], int(year) if year else None, today)
    if groups["range"]:
        names = [_DAYS[w[:3].lower()] for w in re.findall(_WEEKDAY, groups["range"], re.IGNORECASE)]
        last = dates.weekday(names[1], today)
        first = last - timedelta(days=(names[1] - names[0]) % 7)
        return first, last, 1, False
    if groups["my"] or groups["year"]:
        y = groups["y3"] or groups["y4"]
        year_n = int(y) if y.isdigit() else today.year - 1
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
    if groups["weekdayof"]:
        return dates.of_last_week(_day_named(m[0]), today)
    if groups["lastweekday"]:
        d = dates.weekday(_day_named(m[0]), today)
        if d == today:
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
        n = NUMBERS.get((groups["bn"] or "one").lower(), 1)
        n = int(groups["bn"]) if groups["bn"] and groups["bn"].isdigit() else n
        d = base - timedelta(days=n)
        return d, d, 1, n > 31
    return _relative(groups["rel"].lower() if groups["rel"] else kind, clock, told)


_NOW: Final = frozenset(
    {
        *("right now", "rn", "just now", "right this second", "right this minute", "happening now", "going on now"),
        *("as we speak", "as i type", "as i write", "as i type this", "as i write this", "a moment ago", "moments ago"),
    }
)
"""What is told while it happens."""
_COUNTED_AGO: Final = re.compile(rf"({NUM}|couple of|few|several|an?)\s+(min|hour|hr)")


def just_now(m: re.Match[str], clock: Clock) -> tuple[datetime, datetime] | None:
    """Of "right now" the half hour before publication, of "two hours ago" that time give or take half an hour."""
    half, rel, ago = timedelta(minutes=30), (m["rel"] or "").lower(), (m["ago"] or "").lower()
    if not rel and not ago:
        return None
    if rel == "minutes ago" or rel in _NOW:
        return clock.published - half, clock.published
    n = _COUNTED_AGO.match(ago or rel)
    if n is None:
        return None
    count = int(n[1]) if n[1].isdigit() else NUMBERS.get(n[1].split()[0], 1)
    at = clock.published - timedelta(**{"minutes" if n[2] == "min" else "hours": count})
    return at - half, min(at + half, clock.published)


def _day_named(text: str) -> int:
    return _DAYS[re.search(_WEEKDAY, text, re.IGNORECASE)[0][:3].lower()]  # type: ignore[index]


def _ago(text: str, clock: Clock) -> tuple[date, date, int, bool] | None:
    m = re.search(rf"({NUM}|couple|few|several|\ba\b)(?: of)?\s+(\w+)\s+ago", text)
    if not m:
        return None
    n = int(m[1]) if m[1].isdigit() else NUMBERS.get(m[1], 1)
    unit = m[2].rstrip("s")
    days = {
        "day": 1,
        "night": 1,
        "morning": 1,
        "week": 7,
        "fortnight": 14,
        "month": 30,
        "year": 365,
        "decade": 3650,
    }.get(unit)
    if days is None:
        return clock.today, clock.today, 1, False
    try:
        d = clock.today - timedelta(days=days * n)
    except OverflowError:
        return None
    counted = days == 1 or (days < 30 and m[1] not in _LOOSE)
    slack = 0 if counted else days // 3
    return d - timedelta(days=slack), d + timedelta(days=slack), 1 if counted else 0, (clock.today - d).days > 31


_LOOSE: Final = frozenset(["couple", "few", "several"])
"""Weeks that are not counted: "several weeks ago" is no day."""


def _relative(text: str, clock: Clock, told: date | None) -> tuple[date, date, int, bool] | None:
    today, one = clock.today, timedelta(days=1)
    base = told or today
    if text in ("overnight", "last night", "during the night", "in the night"):
        d = today if clock.published.astimezone(clock.zone).hour < 23 or text == "last night" else today + one
        return d, d, 2, False
    if text in ("yesterday", "last evening"):
        return today - one, today - one, 2 if "evening" in text else 1, False
    if "night before" in text:
        return today - 2 * one, today - 2 * one, 2, False
    if text.endswith("day before yesterday"):
        return today - 2 * one, today - 2 * one, 1, False
    if text.startswith(("this morning", "this afternoon", "this evening", "tonight")):
        return today, today, 2, False
    if text in ("today", "minutes ago", "an hour ago") or text in _NOW:
        return today, today, 1, False
    if text.startswith(("the next", "the following", "next day", "a day later")):
        return base + one, base + one, 1, False
    if text.startswith(("a day earlier", "a day before", "a day after")):
        return base - one, base - one, 1, False
    if text.startswith("the same") or text in (
        "earlier in the day",
        "later in the day",
        "earlier that day",
        "later that day",
    ):
        return base, base, 1, False
    if text.endswith("weekend"):
        friday = today - timedelta(days=(today.weekday() - 4) % 7)
        return friday, min(friday + timedelta(days=2), today), 0, False
    if text.endswith((" this week", "last week")) or text == "this week":
        return dates.week(text, today)
    if text == "earlier this month":
        return dates.month_so_far(today)
    if text in (
        "past week",
        "this month",
        "last days",
        "past days",
        "last nights",
        "the past few days",
        "the last few days",
    ) or text.endswith(("few days", "nights")):
        return today - timedelta(days=7), today, 0, False
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
    at = group_instant(text, clock)
    if at is None:
        return None
    d = at.date()
    return d, d, 1, (clock.today - d).days > 31


def group_instant(text: str, clock: Clock) -> datetime | None:
    """Read a date-time group, DDHHMMZ MON YY; month and year may be left out (Allied Communications Publication 121)."""
    m = re.match(
        rf"(\d\d)\s?(\d\d)(\d\d)\s?(hrs|LT|UTC|GMT|[A-Z])?\s?({_MONTH})?\s?(\d\d(?:\d\d)?)?$",
        text.strip(),
        re.IGNORECASE,
    )
    if not m or not (m[4] or m[5]):
        return None
    day, hour, minute = int(m[1]), int(m[2]), int(m[3])
    letter = (m[4] or "Z").upper()
    letter = "Z" if letter in ("UTC", "GMT") else letter
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
