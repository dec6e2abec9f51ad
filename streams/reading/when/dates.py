"""Resolves days of the calendar: weekdays, days of a month, dates in figures, weeks; always the latest up to publication.

Figures are written day first by most of the world and month first by some, and rarely say which. What could not have
been told yet is ruled out, then what is long past is where the other is not; else the day stands first.
"""

from datetime import date, timedelta
from typing import Final, NamedTuple

CURRENT: Final = 31
"""Days after which what happened is no longer current."""
_DAY: Final = timedelta(days=1)
_SUNDAY: Final = 6


class Days(NamedTuple):
    """First and last day of what an expression says."""

    first: date
    last: date
    precise: int
    """As in `Dated`."""
    past: bool


def one(day: date, today: date) -> Days:
    """Return a single day."""
    return Days(day, day, 1, (today - day).days > CURRENT)


def weekday(n: int, today: date) -> date:
    """Return the latest such day of the week up to today."""
    return today - timedelta(days=(today.weekday() - n) % 7)


def of_month(number: int, today: date) -> Days | None:
    """Read "the 12th": the latest such day up to today."""
    for months_back in range(3):
        month, year = today.month - months_back, today.year
        if month < 1:
            month, year = month + 12, year - 1
        day = _existing(year, month, number)
        if day is not None and day <= today:
            return one(day, today)
    return None


def of_year(day: int, month: int, year: int | None, today: date) -> Days | None:
    """Return a day of a month; without a year the one of this year, of the last where that lies far ahead."""
    found = _existing(year or today.year, month, day)
    if found is not None and year is None and found > today + timedelta(days=60):
        found = _existing(today.year - 1, month, day)
    return None if found is None else one(found, today)


def in_figures(text: str, today: date) -> Days | None:
    """Read "05/06/2025", "5.6.25", "2025-06-05"; nothing where the figures are no date."""
    figures = text.replace("-", "/").replace(".", "/").split("/")
    if len(figures[0]) == len("2025"):
        year, month, day = (int(f) for f in figures)
        read = [_existing(year, month, day)]
    else:
        a, b, year = (int(f) for f in figures)
        if len(figures[2]) == len("25"):
            year += 2000
            if year not in (today.year, today.year - 1):
                return None
        read = [_existing(year, b, a), _existing(year, a, b)]
    days = [d for d in read if d is not None]
    return one(_likeliest(days, today), today) if days else None


def _likeliest(days: list[date], today: date) -> date:
    """Of the readings of a date, in order of how usual they are: one that is current, else one that could be told."""
    told = [d for d in days if d <= today]
    current = [d for d in told if (today - d).days <= CURRENT]
    return max(current) if current else told[0] if told else min(days)


def week(text: str, today: date) -> Days:
    """Read "this week", "earlier this week", "last week", "late last week".

    Weeks begin on Monday; what a Sunday calls the last week may be the one just over, and what a Monday calls earlier was yesterday.
    """
    monday = weekday(0, today)
    if "last" not in text:
        return Days(min(monday, today - _DAY), today, 0, past=False)
    first, last = monday - 7 * _DAY, monday - _DAY
    if text.startswith("early"):
        last = first + 2 * _DAY
    elif text.startswith("late"):
        first += 3 * _DAY
    elif today.weekday() == _SUNDAY:
        last = today - _DAY
    return Days(first, last, 0, past=False)


def of_last_week(n: int, today: date) -> Days:
    """Read "Tuesday last week"."""
    return one(weekday(0, today) + timedelta(days=n - 7), today)


def month_so_far(today: date) -> Days:
    """Read "earlier this month"."""
    return Days(min(today.replace(day=1), today - _DAY), today, 0, past=False)


def _existing(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
