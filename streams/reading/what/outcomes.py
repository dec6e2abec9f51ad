"""Tells how far an event came where a clause says so outright, whatever else it says and a model would make of it."""

from typing import Final

from schemas.taxonomy import Status as S
from schemas.taxonomy import ThreatType as Y
from streams.reading.text import gated as re
from streams.reading.what.cues import Classes, Hit

_OUTRIGHT: Final = "outright"
"""The class of stages that are told so, which no model revises."""
_BOMBS: Final = frozenset({Y.VEHICLE_BOMB, Y.SUICIDE_BOMBING, Y.IED})
_SHORT_OF_IT: Final = re.compile(
    r"\b(?<!before it )(?<!before he )(?<!before they )(?:exploded|detonated|went off|blew (?:up|itself up|himself up|herself up))\s(?:[\w\-]+\s){0,5}?(?:short of|before (?:it |he |she |they )?(?:could |had )?(?:reach\w*|got to|get to|arriv\w+)|(?:metres?|meters?|yards|m|km|kilomet(?:er|re)s?) (?:from|away|outside|before|off))\b",
    re.IGNORECASE,
)
"""A bomb that goes off short of the gate goes off."""
_BY_HAND: Final = frozenset({Y.SMALL_ARMS, Y.OTHER, Y.GROUND_ASSAULT, Y.VEHICLE_RAMMING, Y.ARSON, Y.INTRUSION})
_HURT: Final = r"(?:stabbed|knifed|slashed|hacked|axed|clubbed|attacked|assaulted|wounded|injured|killed|rammed|shot\s(?!at\b|down\b|dead\sby\b|by\b)|opened\sfire|fired\s(?:(?:an?|two|three|several|some|a\sfew|many|\d+)\s)?(?:shots|rounds|at|on|into|bursts?)|threw|hurled|lobbed|ran\sover|(?:ploughed|plowed|drove)\sinto)"
_HELD: Final = r"(?:overpower(?:ed|ing)|subdu(?:ed|ing)|disarm(?:ed|ing)|restrained|tackled|wrestled|pinned\s(?:down|to)|apprehended)"
_ORDER: Final = r"(?:guards?|police\w*|soldiers?|troops|marines?|officers?|sentr(?:y|ies)|security|gendarmes?|forces)"
_HELD_AFTER: Final = re.compile(
    rf"\b{_HURT}\b[^.;]*?\b{_HELD}\b|\b{_HELD}\s(?:an?|the|two)\s(?:[\w\-]+\s){{1,3}}?(?:who|that)\s(?:had\s)?(?:just\s)?{_HURT}\b|\b{_HELD}\b[^.;]{{0,40}}?\bafter\s(?:he|she|they|\w+ing)\s(?:had\s)?(?:{_HURT}|(?:stabb|shoot|kill|wound|attack|injur|ramm|slash)ing)\b",
    re.IGNORECASE,
)
"""Who is overpowered when he has stabbed somebody has stabbed somebody."""
_HELD_FIRST: Final = re.compile(_HELD, re.IGNORECASE)
_BY_GUARDS: Final = re.compile(rf"\b{_ORDER}\s(?:\w+\s)?$", re.IGNORECASE)
_WARPLANES: Final = (
    r"(?:warplanes?|bombers?|jets?|planes?|aircraft|gunships?|helicopters?|attack|raid|bombing\srun|they|it|them)"
)
_DRIVEN_OFF: Final = re.compile(
    rf"\b(?:anti-?aircraft|air[- ]?defen[cs]es?|ground\sfire|flak|gunners|missiles?|interceptors|fighters|jets|fire)\b[^.;]*?\b(?:drove|chased|forced|turned|beat|warded|fended|scared|frightened|sent|prevented|stopped|kept|repelled|repulsed)\s(?:[\w\-]+\s){{0,4}}?{_WARPLANES}\b"
    rf"|\b{_WARPLANES}\b[^.;]*?\b(?:was|were|been)\s(?:driven|chased|forced|turned|beaten|warded|fended|kept|repelled|repulsed)\s(?:off|away|back|round|to)\b",
    re.IGNORECASE,
)
_BOMBED: Final = re.compile(
    r"\b(?:bombed|struck|hit|dropped|destroyed|damaged|killed|wounded|fired)\b(?!\s(?:from|by)\b)", re.IGNORECASE
)


def is_outright(stage: Hit | None) -> bool:
    """Whether a stage was told outright."""
    return stage is not None and _OUTRIGHT in stage.classes


def told_outright(body: str, start: int, end: int, kind: Y) -> tuple[S, Hit] | None:
    """Return how far the event of a clause came, and the words that say so; None where none say so outright."""
    if kind in _BOMBS and (m := _SHORT_OF_IT.search(body, start, end)):
        return S.EXECUTED, _stage(m)
    if kind in _BY_HAND and (m := _HELD_AFTER.search(body, start, end)):
        shot_by_guards = _BY_GUARDS.search(body, start, m.start()) is not None and not _HELD_FIRST.match(m[0])
        return None if shot_by_guards else (S.EXECUTED, _stage(m))
    if kind is Y.AIR_STRIKE and (m := _DRIVEN_OFF.search(body, start, end)):
        bombed = _BOMBED.search(body, start, end)
        return (S.INTERCEPTED, _stage(m)) if bombed is None else (S.EXECUTED, _stage(bombed))
    return None


def _stage(words: re.Match[str]) -> Hit:
    return Hit(words.start(), words.end(), words[0].lower()[:60], Classes({_OUTRIGHT}))
