"""Numbers in words."""

from typing import Final

from streams.reading.text import gated as re

_UNITS: Final = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS: Final = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_VALUES: Final = {w: i for i, w in enumerate(_UNITS)} | _TENS
NUMBER: Final = (
    r"(?:\d{1,3}(?:,\d{3})+|\d{1,5}(?!\d|:\d)|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|"
    + "|".join(sorted(_UNITS, key=len, reverse=True))
    + r")"
)


def number(text: str) -> int | None:
    """Return the value of a number in digits or English words, None where it is none."""
    bare = text.replace(",", "").strip().lower()
    if bare.isdigit():
        return int(bare)
    total = 0
    for part in re.split(r"[- ]", bare):
        if part not in _VALUES:
            return None
        total += _VALUES[part]
    return total
