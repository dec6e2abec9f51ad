"""Says the day of a table's row in full: what its cell leaves out, month or year, stands in the title or above the table.

17-Jan, 17/01, Jan 17      17 January
5, below "4 to 8 MAY 2025" 5 May 2025
Apr, below "Q2 2024"       April 2024
"""

import calendar
from dataclasses import dataclass
from typing import Final

from streams.reading.text import gated as re
from streams.reading.text.normal import plain_case

MONTHS: Final = tuple(calendar.month_name)[1:]
_NUMBER_OF: Final = {name[:3].lower(): n for n, name in enumerate(MONTHS, 1)} | {
    "ene": 1, "fév": 2, "fev": 2, "mär": 3, "abr": 4, "avr": 4, "mai": 5, "jui": 6, "ago": 8, "aoû": 8, "set": 9, "okt": 10, "out": 10, "dic": 12, "déc": 12, "dez": 12,
}  # fmt: skip
"""The number of a month by its first letters, in the languages of those who send tables with English cells."""
_MONTH: Final = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|ene|f[ée]v|mär|abr|avr|mai|juin|ago|août|set|okt|out|dic|déc|dez)"
_WEEKDAY: Final = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[,.]?\s*)?"
_TIME: Final = r"(?P<time>[,\sT]+(?:at\s+)?(?:[01]?\d|2[0-3])[:.h]?[0-5]\d(?::[0-5]\d)?(?:\s?[-–]\s?\d{1,2}[:.h]?\d\d)?\s?(?:hrs|hours|h|lt|z|utc|gmt|local|l)?)?"
_SPOKEN: Final = re.compile(
    rf"{_WEEKDAY}(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?[\s/-]*(?P<month>{_MONTH})\.?(?:[\s,/'-]*(?P<year>(?:19|20)?\d\d))?"
    rf"|(?P<month2>{_MONTH})\.?[\s-]*(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s(?P<year2>(?:19|20)\d\d))?){_TIME}",
    re.IGNORECASE,
)
_ISO: Final = re.compile(rf"(?P<year>20\d\d)[-/.](?P<month>\d\d)[-/.](?P<day>\d\d){_TIME}", re.IGNORECASE)
_FIGURES: Final = re.compile(
    rf"{_WEEKDAY}(?P<first>\d{{1,2}})[./-](?P<second>\d{{1,2}})(?:[./-](?P<year>(?:20)?\d\d))?\.?{_TIME}", re.IGNORECASE
)
_HOUR_FIRST: Final = re.compile(
    r"(?P<time>(?:[01]?\d|2[0-3])[:.h]?[0-5]\d\s?(?:hrs|lt|z|utc|gmt|l)?)[,\s]+(?:on\s)?(?P<day>\d{1,2}[./ -].+|[A-Z][a-z]+\s\d.*)",
    re.IGNORECASE,
)
_BARE: Final = re.compile(rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?", re.IGNORECASE)
_BARE_MONTH: Final = re.compile(rf"(?P<month>{_MONTH})\.?(?:[\s,-]*(?P<year>(?:20)?\d\d))?", re.IGNORECASE)

_TOLD_MONTH: Final = re.compile(
    rf"(?:\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s.-]*)?\b(?P<month>{_MONTH})\b\.?(?:[\s,]+(?P<day2>\d{{1,2}})\b(?![\d:]))?",
    re.IGNORECASE,
)
_TOLD_FIGURES: Final = re.compile(r"\b(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>20\d\d)\b")
_TOLD_YEAR: Final = re.compile(r"(?<![\d/-])(?P<year>20\d\d)\b(?!\d)|[-./](?P<year2>20\d\d)\b")
_FOUR: Final = re.compile(r"(?<![\d:])\d{4}(?![\d:])")
_FIRST_YEAR, _LAST_YEAR = 1900, 2039
_LAST_MONTH: Final = 12
_FULL_YEAR: Final = 100


@dataclass(frozen=True, slots=True)
class Daybook:
    """What title and heading tell of the days of a table."""

    months: tuple[tuple[int, int | None], ...] = ()
    """Months told, each with a day where one stands beside it."""
    year: int | None = None
    """The only year told."""
    month_first: bool = False
    """Figures are month and day: no month has so many."""
    with_years: bool = True
    """What stands behind a month in four figures is a year, not an hour: so it may be in every cell."""

    def said(self, cell: str) -> str | None:
        """A day in full, with its clock time; None where a cell tells no day in figures or short form."""
        if (m := _HOUR_FIRST.fullmatch(cell)) is not None and (day_told := self.said(m["day"])) is not None:
            return f"{day_told} at {m['time']}"
        if (m := _SPOKEN.fullmatch(cell)) is not None:
            day, month = int(m["day"] or m["day2"]), _number_of(m["month"] or m["month2"])
            year = m["year"] or m["year2"]
            if year and len(year) == len("1945") and not self.with_years and not m["time"]:
                return self._full(day, month, None, year)
            return self._full(day, month, year, m["time"])
        if (m := _ISO.fullmatch(cell)) is not None:
            day, month = int(m["day"]), int(m["month"])
            return self._full(day, month, m["year"], m["time"]) if 1 <= month <= _LAST_MONTH else None
        if (m := _FIGURES.fullmatch(cell)) is not None:
            day, month = int(m["first"]), int(m["second"])
            if month > _LAST_MONTH or (self.month_first and day <= _LAST_MONTH):
                day, month = month, day
            return self._full(day, month, m["year"], m["time"]) if 1 <= month <= _LAST_MONTH else None
        if (m := _BARE.fullmatch(cell)) is not None and (month_of := self._month_of(int(m["day"]))) is not None:
            return self._full(int(m["day"]), month_of, None, None)
        if (m := _BARE_MONTH.fullmatch(cell)) is not None:
            year = _year(m["year"]) or self.year
            name = MONTHS[_number_of(m["month"]) - 1]
            return f"{name} {year}" if year else name
        return None

    def _full(self, day: int, month: int, year: str | None, time: str | None) -> str:
        full = _year(year) or self.year
        hour = " at " + time.strip(" ,T").removeprefix("at ") if time else ""
        return f"{day} {MONTHS[month - 1]}{f' {full}' if full else ''}{hour}"

    def _month_of(self, day: int) -> int | None:
        """The month of a bare day: of "28 April - 4 May" April's from the 28th on."""
        told = list(dict.fromkeys(month for month, _ in self.months))
        if len(told) == 1:
            return told[0]
        opens = next((first for month, first in self.months if first is not None), None)
        return None if len(told) != 2 or opens is None else told[0] if day >= opens else told[1]


def daybook(above: str, cells: list[str]) -> Daybook:
    """What the lines above a table, and all its cells of days, tell of them."""
    figures = [m for c in cells if (m := _FIGURES.fullmatch(c)) is not None]
    seconds = [int(m["second"]) for m in figures]
    years = {int(m["year"] or m["year2"]) for m in _TOLD_YEAR.finditer(above)}
    months = [
        (_number_of(m["month"]), int(d) if (d := m["day"] or m["day2"]) else None)
        for m in _TOLD_MONTH.finditer(above)
        if m["month"][:1].isupper()
    ]
    months += [(n, int(m["day"])) for m in _TOLD_FIGURES.finditer(above) if 1 <= (n := int(m["month"])) <= _LAST_MONTH]
    fours = [int(m[0]) for c in cells for m in _FOUR.finditer(c)]
    return Daybook(
        tuple(months),
        years.pop() if len(years) == 1 else None,
        any(n > _LAST_MONTH for n in seconds),
        all(_FIRST_YEAR <= n <= _LAST_YEAR for n in fours),
    )


def _number_of(month: str) -> int:
    return _NUMBER_OF[plain_case(month)[:3].lower()]


def _year(told: str | None) -> int | None:
    return None if told is None else int(told) if int(told) > _FULL_YEAR else 2000 + int(told)
