"""Tells what an anniversary remembers: that deed is past, whatever day is told beside it, and nothing else is dated by it."""

from typing import Final

from streams.reading.text import gated as re
from streams.reading.text.segment import inside
from streams.reading.what.cues import Hit

REMEMBERED: Final = "anniversaries.remembered"
"""The rule by which what is remembered is set aside."""
_ON_A_DAY: Final = r"(?:(?:on|this|last|next)\s\w+\s|today\s|tomorrow\s|yesterday\s)?"
_DOES: Final = (
    r"(?:(?:rockets|missiles|drones|shells|mortars|gunmen|militants|fighters)\s)?"
    r"(?:hit|struck|stormed|attacked|threw|hurled|pelted|stoned|clashed|burn(?:ed|t)|torched|fired|opened|shot|broke|tried|set|blocked|marched|gathered|landed|fell|exploded|went|shook|drove|seized)"
)
"""What a sentence goes on with behind what is remembered: "marking the anniversary of the invasion stormed"."""
_DEED: Final = rf"(?:(?:(?!\b{_DOES}\b)[^,;\n])*\b(?:when|that|which|who|whose|day|night|morning|evening)\b[^,;\n]*|(?:(?!\b{_DOES}\b)[^,;\n])*)"
_REACH: Final = 80
"""Characters behind a date in which its anniversary is known for one."""
_REMEMBERS: Final = re.compile(
    rf"\banniversar(?:y|ies)\s{_ON_A_DAY}(?:of|since)\b{_DEED}"
    rf"|\bcommemorat(?:e|es|ed|ing|ion\sof|ions\sof)\s{_DEED}"
    r"|\b(?:years?|decades?)\sto\sthe\s(?:day|week|month|hour)\b[^,;\n]*"
    r"|\b(?:survivors|victims|relatives|famil(?:y|ies)|widows?|comrades|memorials?|vigils?|wreaths?|candles?|prayers?|mass|tributes?|remember\w*|honou?r\w*|mourn\w*)\b[^;\n]*?\b(?:its|their|the\s\w+['’]s)\s(?:[\w\-]+\s){0,2}anniversary\b",
    re.IGNORECASE,
)
"""What follows "the anniversary of"; what those who remember it came for, on "its second anniversary"."""


def remembered(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where a stretch speaks of what an anniversary remembers."""
    return [m.span() for m in _REMEMBERS.finditer(text, start, end)]


def of_what_is_remembered(text: str, start: int, at: int) -> bool:
    """Whether what stands at a position, in a sentence from a start on, dates only what an anniversary remembers."""
    return inside(remembered(text, start, min(len(text), at + _REACH)), at)


def told_besides(text: str, start: int, end: int, hits: list[Hit]) -> tuple[list[Hit], tuple[int, int] | None]:
    """Part the cues of a sentence from those of the deed that an anniversary remembers.

    Returns
    -------
    The cues that tell what happens now; where the deed stands that is remembered, None where none does.
    """
    stretches = remembered(text, start, end)
    if not stretches:
        return hits, None
    past = [h for h in hits if inside(stretches, h.start)]
    deed = next((s for s in stretches if any(h.classes.event and s[0] <= h.start < s[1] for h in past)), None)
    return [h for h in hits if h not in past], deed
