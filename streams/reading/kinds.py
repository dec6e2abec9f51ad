"""Chooses the threat type of a clause: that of its most telling cue, corrected by what stands around it."""

from typing import Final

from schemas.taxonomy import ThreatType as Y
from streams.reading import gated as re
from streams.reading.cues import Hit

_RANK: Final = (
    Y.CBRN, Y.VEHICLE_BOMB, Y.SUICIDE_BOMBING, Y.JAMMING, Y.UAS, Y.MISSILE, Y.ROCKET, Y.MARITIME, Y.CYBER, Y.KIDNAPPING, Y.MORTAR_ARTILLERY, Y.AIR_STRIKE, Y.IED, Y.VEHICLE_RAMMING, Y.ARSON,
    Y.UNREST, Y.INTRUSION, Y.SABOTAGE, Y.GROUND_ASSAULT, Y.SMALL_ARMS, Y.SURVEILLANCE, Y.UNKNOWN_EXPLOSION, Y.OTHER,
)  # fmt: skip

ORDER: Final = {t: i for i, t in enumerate(_RANK)}

_WATCHING: Final = re.compile(
    r"\b(?:over|above|hover\w*|sighted|spotted|seen|orbit\w*|circl\w*|loiter\w*|overfl\w*|buzz\w*|filming|flying near|observed)\b"
)

_STRIKING: Final = re.compile(
    r"\b(?:struck|hit|explo|drop|shot|attack|laden|detonat|interce|crash|slam|down|fire|strike|destroy|target|launch|impact|kill|wound|injur|fell|landed|bomb|armed|warhead|kamikaze|shahed|owa\b|swarm)"
)

_RADIO: Final = re.compile(r"gps|gnss|navigat|signal|radio|satellit|frequenc|spoof|interfer|comm|drone|uav")


def choose(text: str, typed: list[tuple[Y, Hit]]) -> tuple[Y, Hit]:
    """Return the type that a clause's cues speak for, and the cue."""
    low = text.lower()
    types = {t for t, _ in typed}
    if {Y.JAMMING} < types and _RADIO.search(low) is None:
        typed = [p for p in typed if p[0] is not Y.JAMMING]
        types = {t for t, _ in typed}
    best, hit = min(typed, key=lambda p: (ORDER[p[0]], p[1].start))
    if Y.UAS in types:
        if (Y.SURVEILLANCE in types or _WATCHING.search(low)) and not _STRIKING.search(low):
            best = Y.SURVEILLANCE
        elif re.search(r"\b(?:boat|surface|sea|naval) drones?\b|\bdrone boats?\b", low):
            best = Y.MARITIME
        elif best in (Y.MISSILE, Y.ROCKET) or (best == Y.CBRN and "powder" not in low):
            best = Y.UAS if best != Y.CBRN else best
    if (
        best == Y.MORTAR_ARTILLERY
        and Y.IED in types
        and re.search(r"pressure plate|buried|wired|planted|roadside|improvised|ied", low)
    ):
        best = Y.IED
    if (
        best == Y.ARSON
        and types & {Y.UNREST}
        and re.search(r"protest|crowd|mob|demonstrat|riot|youth|young people", low)
    ):
        best = Y.UNREST
    if (
        best in (Y.SMALL_ARMS, Y.IED, Y.VEHICLE_BOMB, Y.SUICIDE_BOMBING)
        and Y.GROUND_ASSAULT in types
        and re.search(
            r"storm|overr[au]n|ground force|complex attack|coordinated|assault(?!ed)|attempted to enter|tried to enter|laid siege|attack(?:ed)? (?:the |a )?(?:\w+ ){0,4}(?:base|camp|compound|village|hotel)",
            low,
        )
    ):
        best = Y.GROUND_ASSAULT
    if best == Y.IED and re.search(
        r"\b(?:aircraft|plane|warplanes?|jets?|helicopters?|bombers?)\b.{0,60}\b(?:dropp|bomb|releas)", low
    ):
        best = Y.AIR_STRIKE
    if (
        best == Y.JAMMING
        and Y.UAS in types
        and re.search(r"jammed|jamming", low)
        and re.search(r"drone|uav|quadcopter", low)
    ):
        best = Y.UAS
    if (
        Y.SURVEILLANCE in types
        and best in (Y.AIR_STRIKE, Y.SMALL_ARMS, Y.OTHER, Y.MISSILE, Y.MARITIME)
        and re.search(r"arrest|detain|photograph|film|lens|notebook|sketch|binocular|camera", low)
    ):
        best = Y.SURVEILLANCE
    hit = next((h for t, h in typed if t == best), hit)
    return best, hit


def types_of(typed: list[tuple[Y, Hit]]) -> set[Y]:
    """The types among typed cues."""
    return {t for t, _ in typed}
