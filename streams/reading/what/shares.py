"""Cuts what one verb tells of several sites, each on a day of its own.

"Rockets hit Bagram on Monday | and Jalalabad airfield on Tuesday"; "On Saturday and Sunday rockets hit Taji | and Balad respectively";
"Rockets hit Taji on Monday, | three days after a similar attack on Balad". Of two clauses it tells whether each has its own day.
"""

from typing import Final, NamedTuple

from streams.reading.text import gated as re
from streams.reading.when.counted import AFTER_ONE_LIKE_IT, SAID

_WEEKDAY: Final = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH: Final = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE: Final = rf"(?:{_WEEKDAY}(?:\s(?:morning|afternoon|evening|night))?|\d{{1,2}}\s{_MONTH}|{_MONTH}\s\d{{1,2}})"
_DAY: Final = rf"(?:(?:[Ee]arly\s|[Ll]ate\s)?[Oo]n\s(?:early\s|late\s)?{_DATE}|yesterday|today)"
_NAME: Final = (
    rf"(?:the\s)?(?!{_WEEKDAY}|{_MONTH})(?:[A-Z][\w'’\-]+|al-[\w\-]+)"
    r"(?:\s(?:[A-Z0-9][\w'’\-]*|al-[\w\-]+|air|base|airbase|airport|airfield|camp|embassy|consulate|port|barracks|hospital|prison|refinery|station|in|of|the))*?"
)
_AND: Final = r"(?:,\s(?:and\s)?|\sand\s)(?:then\s)?"
_AT: Final = r"(?:at|in|near|against|over|inside|outside|on)\s"
_ENDS: Final = r"(?=\s*(?:[.,;]|$|and\b))"
_DATED: Final = re.compile(rf"\b{_DAY}")
_OBJECT: Final = rf"(?:an?|another|one|two|three|four|five|six|several|\d{{1,2}})\s(?:more\s)?(?:[a-z][\w\-]*\s){{1,3}}?(?:{_AT}|outside\s)"
_SHARE: Final = re.compile(rf"{_AND}(?P<told>(?:{_AT}|{_OBJECT})?{_NAME}\s{_DAY}|{_DAY}\s{_AT}{_NAME}){_ENDS}")
"""A further site with its day: the verb is that of the clause, and whom or what it befell may be its own."""
_RESPECTIVELY: Final = re.compile(rf"\b(?:[Oo]n\s)(?P<one>{_DATE})\sand\s(?:on\s)?(?P<two>{_DATE})\b")
_SITES: Final = re.compile(rf"\b(?P<one>{_NAME})\sand\s(?:{_AT})?(?P<two>{_NAME}),?\s(?:respectively\b|on\s)")
_LIKE_IT: Final = re.compile(
    rf",\s(?P<told>(?:just\s|only\s|barely\s|less\sthan\s)?{AFTER_ONE_LIKE_IT}"
    r"\s(?:\w+\s)?(?:attack|strike|raid|barrage|bombing|shelling|incident|assault)\s(?:on|at|near|against|in)\s(?:the\s)?(?=[A-Z]))"
)
"""One of the same kind before it, at another site that is named."""


class Share(NamedTuple):
    """What a clause tells of one site."""

    start: int
    end: int
    dated: tuple[int, int]
    """Where its time is told."""


def shares(body: str, start: int, end: int) -> list[Share]:
    """Return the shares of a clause that tells of several sites, each with its time; none where it does not."""
    return _respectively(body, start, end) or _each_on_its_day(body, start, end)


def _each_on_its_day(body: str, start: int, end: int) -> list[Share]:
    first = _DATED.search(body, start, end)
    cuts = list(_LIKE_IT.finditer(body, start, end))
    cuts += _SHARE.finditer(body, first.end(), end) if first is not None else ()
    cuts.sort(key=lambda m: m.start())
    begins = [start, *(m.start("told") for m in cuts)]
    stops = [*(m.start() for m in cuts), end]
    return [Share(a, b, (a, b)) for a, b in zip(begins, stops, strict=True)] if cuts else []


def _respectively(body: str, start: int, end: int) -> list[Share]:
    if body.find("respectively", start, end) < 0:
        return []
    days, sites = _RESPECTIVELY.search(body, start, end), _SITES.search(body, start, end)
    if days is None or sites is None:
        return []
    behind = sites.start("two")
    return [Share(start, sites.end("one"), days.span("one")), Share(behind, end, days.span("two"))]


_WHICH_DAY: Final = re.compile(
    rf"\b[Oo]n\s(?:early\s|late\s)?(?:(?P<weekday>{_WEEKDAY})|(?P<date>\d{{1,2}}\s{_MONTH}|{_MONTH}\s\d{{1,2}}))"
)


def days_apart(body: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two stretches tell days of their own, by weekdays or by dates, and none in common."""
    return any(
        here and there and here.isdisjoint(there)
        for here, there in ((_days(body, *one, kind), _days(body, *other, kind)) for kind in ("weekday", "date"))
    )


def _days(body: str, start: int, end: int, kind: str) -> set[str]:
    told = (m for m in _WHICH_DAY.finditer(body, start, end) if m[kind])
    return {m[kind] for m in told if not SAID.search(body, max(start, m.start(kind) - 40), m.start(kind))}


_SEVERAL: Final = re.compile(
    r"\b(?:two|three|four|five|several|a (?:series|string|spate) of)\s(?:[\w\-]+\s){0,2}(?:attacks|incidents|bombings|explosions|blasts|strikes|assaults|raids)\b[^.;]*:\s",
    re.IGNORECASE,
)


def counts_several(body: str, start: int, end: int) -> bool:
    """Whether a stretch counts what the clauses behind it tell one by one: "two attacks were reported on Tuesday: "."""
    return _SEVERAL.search(body, start, end) is not None


_HOW: Final = re.compile(r"\s*(?:when|in which|as)\b", re.IGNORECASE)
_BARE_DEED: Final = re.compile(r"\b(?:attackers|militants|insurgents|gunmen|rebels|fighters) (?:\w+ )?struck\b")


def tells_how(body: str, deed: str, start: int, end: int) -> bool:
    """Whether a clause tells with what was done what a bare deed before it was: "attackers struck on Monday, when mortar bombs fell"."""
    return _BARE_DEED.search(deed) is not None and _HOW.match(body, start, end) is not None
