"""Tells what guards did from what was done to them, or before they did it."""

from typing import Final

from streams.reading.text import gated as re
from streams.reading.what.event import Event
from streams.reading.what.kinds import shot_for_a_deed

_GUARDS_FIRE: Final = re.compile(
    r"\b(?:guards?|sentr(?:y|ies)|soldiers?|troops|gunners?|police(?:m[ae]n)?|gendarmes?|marines|peacekeepers|patrol|rangers|coast ?guards?|officers?|navy|frigate|warship|asayish(?: gunmen)?)\b(?:,[^,.;]{3,40},)?(?:\s(?!was|were|had been|came|under|by|at|and)[\w\-]+){0,5}\s(?!(?:fired (?:up)?on|fired at|shot at|shot dead)(?:\s?[,.;:(+]|\s(?:near|by|from|while|in|inside|at(?! least)|as|after|before|when|overnight|yesterday|today|outside|during|en route|on (?:the|its) (?:road|way)|on \w+day)\b|$))(?:shot (?:(?:its|the|his|their) )?(?:dead|at|the|two|three|four|a|an|its|him|them|out)|fired|opened fire|shot)\b|\bwarning shots (?:from|by)\b|\breturned fire\b",
    re.IGNORECASE,
)
_ON_THEIR_OWN: Final = re.compile(
    r"\b(?:shot|fired\s(?:on|at|upon)|opened\sfire\s(?:on|at)|fire\son)\s(?:dead\s|and\s(?:killed|wounded)\s)?(?:(?:his|her|their|its|own|an?|the|one|two|three|four|five|six|several|some|at\sleast|\d+)\s){0,3}"
    r"(?:(?:\w+\s)?(?:colleagues?|comrades?|instructors?|trainers?|mentors?|advis[eo]rs?|superiors?)\b|fellow\s\w+|(?<=\bhis\s)\w*(?:commander|officer|sergeant|unit|platoon|squad)\b)",
    re.IGNORECASE,
)
"""Whom guards shoot who turn on their own side."""
_RETURNED: Final = re.compile(
    r"\b(?:return(?:ed|ing)|answer(?:ed|ing)) (?:the )?fire\b|\b(?:fired|shot) back\b", re.IGNORECASE
)


def guards_fire(clause: str) -> bool:
    """Whether guards fire on others; not where they are fired at, "two guards shot dead at the gate", or turn on their own."""
    return _GUARDS_FIRE.search(clause) is not None and _ON_THEIR_OWN.search(clause) is None


def answers(event: Event, clause: str) -> bool:
    """Whether guards only answered what the clause tells too: "hit by gunfire; a guard returned fire", "shot a man who attacked"."""
    if shot_for_a_deed(clause.lower()):
        return True
    m = _RETURNED.search(clause)
    return m is not None and any(
        (h.classes.weapons or "event_noun" in h.classes) and h.end <= event.start + m.start() for h in event.hits
    )
