"""Reads clock times and parts of days, each as hours from local midnight."""

from typing import Final

from streams.reading.text import gated as re
from streams.reading.when.days import NUM, NUMBERS

CLOCK: Final = re.compile(
    rf"""\b(?P<mod>(?:at\ about|at\ around|at\ approximately|at\ approx\.?|about|around|approximately|approx\.?|circa|some\ time\ around|roughly|close\ to|nearly|almost|at\ some|towards|shortly\ after|soon\ after|just\ after|shortly\ before|just\ before|moments\ after|minutes\ after|after|before|by|since|from|between|at|until)\s+)?
    (?:(?<!\d\.)(?P<h24>[01]?\d|2[0-3])[:.h](?P<m24>[0-5]\d)(?!\d|\.(?:20)?\d\d\b)\s*(?P<ap1>[ap]\.?\s?m\b\.?)?
    |(?P<mil>(?:[01]\d|2[0-3])[0-5]\d)\s?(?P<zone>hrs|hours|h\b|(?-i:[A-Z])\b|[zl]\b|LT|local|UTC|GMT)(?!\w)
    |(?P<milbare>(?:[01]\d|2[0-3])[0-5]\d)(?=[\s,.;:)]|$)
    |(?P<h12>1[0-2]|[1-9])\s*(?P<ap2>[ap]\.?\s?m\b\.?)
    |(?P<oclock>{NUM})\s+o['’]?clock(?P<part1>\s+(?:in\ the\ (?:morning|afternoon|evening)|at\ night))?
    |(?P<frac>half\ past|half(?=\ (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))|quarter\ past|a\ quarter\ past|quarter\ to|a\ quarter\ to|ten\ past|twenty\ past|ten\ to|twenty\ to|five\ past|five\ to)\s+(?P<fh>{NUM})(?P<part2>\s+(?:in\ the\ (?:morning|afternoon|evening)|at\ night|this\ morning))?
    |(?P<named>noon|midday|midnight|mid-day)\b(?!\s+prayer)
    |(?P<bare>three|four|five|six|seven|eight|nine|ten|eleven|twelve|two|one|(?:1[0-2]|[1-9])(?=\s+(?:in\ the\ (?:morning|afternoon|evening)|at\ night)))(?:(?P<part3>\s+(?:(?:in\ the|this|yesterday|on\ \w+)\ (?:morning|afternoon|evening)|at\ night|on\ \w+\ night))|(?=[,.;])))
    (?P<tz>\s*(?:local(?:\ time)?|GMT|UTC|Z\b|hrs|hours)(?:\s+(?:local(?:\ time)?|GMT|UTC))?)?""",
    re.VERBOSE | re.IGNORECASE,
)

PART: Final = re.compile(
    r"\b(?P<early>early(?: hours)?(?: on)?|small hours|early hours|before dawn|pre-?dawn|before sunrise|before first light|before daybreak|in the dark before)\b"
    r"|\b(?P<dawn>at dawn|at sunrise|at first light|at daybreak|from dawn|dawn|sunrise|first light|daybreak)\b"
    r"|\b(?P<latemorning>late (?:on )?(?:\w+ )?morning|mid-?morning)\b"
    r"|\b(?P<morning>morning|breakfast|a\.m\. hours)\b|\b(?P<prayers>shortly after (?:\w+ )?prayers?)\b|(?P<afterprayers>after (?:the )?(?:\w+ )?prayers?)\b"
    r"|\b(?P<lunch>lunch ?time|midday|around noon|about noon)\b|\b(?P<afternoon>afternoon)\b"
    r"|\b(?P<dusk>dusk|sunset|nightfall|after dark|sundown)\b|\b(?P<evening>evening|iftar)\b|\b(?P<latenight>late (?:on )?(?:\w+ )?night|late on|late(?= (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day))\b"
    r"|\b(?P<overnight>overnight|in the night to|last night|during the night|in the night)\b|\b(?P<night>night|night-?time|tonight)\b|\b(?P<day>daytime)\b",
    re.IGNORECASE,
)

HOURS: Final = {
    "early": (0, 6), "dawn": (4, 8), "latemorning": (9, 12), "morning": (6, 12), "prayers": (12.5, 15), "afterprayers": (12, 18), "lunch": (11, 15), "afternoon": (12, 18),
    "dusk": (17, 20), "evening": (18, 24), "latenight": (20, 24), "overnight": (-4, 6), "night": (18, 30), "day": (6, 18),
}  # fmt: skip


_EXACTLY: Final = frozenset(
    {"at", "at about", "at around", "around", "about", "approx", "shortly before", "shortly after"}
)
"""Before four figures that may be a year: they are an hour."""


def clock_time(m: re.Match[str]) -> tuple[float, float, bool] | None:
    """Return (first hour, last hour, told in UTC)."""
    g = m.groupdict()
    mod = " ".join((g["mod"] or "").lower().split())
    hour: float
    loose = False
    if g["h24"]:
        if "." in m[0] and not g["ap1"] and not re.search(r"\d\d\.\d\d", m[0]):
            return None
        hour = int(g["h24"]) + int(g["m24"]) / 60
        hour = _half(hour, g["ap1"])
    elif g["mil"] or g["milbare"]:
        digits = g["mil"] or g["milbare"]
        year = 1950 <= int(digits) <= 2049
        heads = m.string.startswith(":", m.end()) and not year
        if g["milbare"] and not heads and (not mod or (year and mod not in _EXACTLY)):
            return None
        hour = int(digits[:2]) + int(digits[2:]) / 60
    elif g["h12"]:
        hour = _half(float(g["h12"]), g["ap2"])
    elif g["oclock"]:
        hour = spoken_hour(g["oclock"], g["part1"])
    elif g["frac"]:
        step = {
            "half past": 0.5,
            "half": 0.5,
            "quarter past": 0.25,
            "quarter to": -0.25,
            "ten past": 1 / 6,
            "twenty past": 1 / 3,
            "ten to": -1 / 6,
            "twenty to": -1 / 3,
            "five past": 1 / 12,
            "five to": -1 / 12,
        }
        hour = spoken_hour(g["fh"], g["part2"]) + step[re.sub(r"^a ", "", g["frac"].lower())]
    elif g["named"]:
        hour = 0.0 if g["named"].lower() == "midnight" else 12.0
        if hour == 0 and mod in ("shortly before", "just before", "before", "towards", "close to", "nearly", "almost"):
            hour = 24.0
        loose = True
    else:
        if not mod and not g["part3"]:
            return None
        hour = spoken_hour(g["bare"], g["part3"])
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


def spoken_hour(word: str, part: str | None) -> float:
    """Return the hour of a word or figure, moved by the part of the day beside it."""
    hour = float(word) if word.isdigit() else float(NUMBERS[word.lower()])
    if part and re.search("afternoon|evening|night", part) and hour < 12 and not ("night" in part and hour < 5):
        hour += 12
    return hour
