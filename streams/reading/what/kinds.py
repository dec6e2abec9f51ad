"""Chooses the threat type of a clause: that of its most telling cue, corrected by what stands around it."""

from collections.abc import Callable
from typing import Final

from schemas.taxonomy import ThreatType as Y
from streams.reading.text import gated as re
from streams.reading.what.cues import PLAIN, Hit
from streams.reading.what.frames import LEADS, YIELDS

_RANK: Final = (
    Y.CBRN, Y.VEHICLE_BOMB, Y.SUICIDE_BOMBING, Y.JAMMING, Y.UAS, Y.MISSILE, Y.ROCKET, Y.MARITIME, Y.CYBER, Y.KIDNAPPING, Y.MORTAR_ARTILLERY, Y.AIR_STRIKE, Y.IED, Y.VEHICLE_RAMMING, Y.ARSON,
    Y.UNREST, Y.SABOTAGE, Y.INTRUSION, Y.GROUND_ASSAULT, Y.SMALL_ARMS, Y.SURVEILLANCE, Y.UNKNOWN_EXPLOSION, Y.OTHER,
)  # fmt: skip

ORDER: Final = {t: i for i, t in enumerate(_RANK)}

_WATCHING: Final = re.compile(
    r"\b(?:over|above|hover\w*|sighted|sightings?|spotted|seen|orbit\w*|circl\w*|loiter\w*|overfl\w*|buzz\w*|filming|flying near|observed)\b"
)

_STRIKING: Final = re.compile(
    r"\b(?:struck|hit|explo|drop|shot|attack|laden|detonat|interce|crash|slam|down|fire|strike|destroy|target|launch|impact|kill|wound|injur|fell|landed|bomb|armed|warhead|kamikaze|shahed|moped|geran|lancet|fpv|air defen[cs]e|owa\b|swarm|let go|dived|dove|plung|scorch|wreck|gutted|chew|flew into|ramm|heading|bound for|en route|let fall|let out|released|grenade|bomblet|hurt|damag|burn|blew|burst|ablaze|punch|tore|hole in|did it|boom|bang)"
)

_RADIO: Final = re.compile(
    r"gps|gnss|navigat|signal|radio|satellit|frequenc|spoof|interfer|comm|drone|uav|radar|starlink|vhf|uhf|wi-?fi|mobile net|phone net|data ?link|airwaves|broadcast|transmi|telemetry|beacon"
)


def choose(text: str, typed: list[tuple[Y, Hit]]) -> tuple[Y, Hit]:
    """Return the type that a clause's cues speak for, and the cue.

    Parameters
    ----------
    text
        The clause.
    typed
        Its typed cues; at least one.
    """
    low = text.lower()
    types = {t for t, _ in typed}
    for kind, weak in _WEAK.items():
        if (
            kind in types
            and any(t not in (kind, Y.UNKNOWN_EXPLOSION) and (t is not Y.OTHER or PLAIN in h.classes) for t, h in typed)
            and all(h.text in weak for t, h in typed if t is kind)
        ):
            typed = [p for p in typed if p[0] is not kind]
            types -= {kind}
    if {Y.JAMMING} < types and not of_radio(low):
        typed = [p for p in typed if p[0] is not Y.JAMMING]
        types -= {Y.JAMMING}
    typed = _framed(typed)
    types = types_of(typed)
    best, hit = min(typed, key=lambda p: (ORDER[p[0]], p[1].start))
    best = _drone(best, types, low) or next((kind for applies, kind in _CORRECTIONS if applies(best, types, low)), best)
    return best, next((h for t, h in typed if t == best), hit)


def _framed(typed: list[tuple[Y, Hit]]) -> list[tuple[Y, Hit]]:
    """Leave out what a frame outranks, and frames that give way."""
    if any(t not in _BY_EFFECT and YIELDS not in h.classes for t, h in typed):
        typed = [p for p in typed if YIELDS not in p[1].classes]
    if any(LEADS in h.classes for _, h in typed):
        typed = [p for p in typed if p[0] not in _MEANS]
    return typed


_BY_EFFECT: Final = frozenset({Y.UNKNOWN_EXPLOSION, Y.IED, Y.SMALL_ARMS, Y.OTHER})
"""Types that name no carrier: a frame that tells one by its effect stands beside them."""
_MEANS: Final = frozenset({Y.SMALL_ARMS, Y.IED, Y.INTRUSION, Y.ARSON, Y.UNREST})
"""What an assault is carried out with."""


def of_radio(low: str) -> bool:
    """Whether what is jammed is a signal, not a valve."""
    return _RADIO.search(low) is not None


_WEAK: Final = {
    Y.ROCKET: frozenset({"rpg", "rpgs", "rocket propelled grenade", "rocket propelled grenades"}),
    Y.SMALL_ARMS: frozenset({"gunman", "gunmen", "bullets", "kalashnikov", "kalashnikovs", "ambush"}),
    Y.GROUND_ASSAULT: frozenset({"assailant", "assailants", "raiders", "fighting", "clashes", "offensive", "machete", "machetes", "spears", "spear"}),
    Y.MORTAR_ARTILLERY: frozenset({"artillery"}),
    Y.INTRUSION: frozenset({"intruder", "intruders"}),
    Y.SUICIDE_BOMBING: frozenset({"vest", "vests"}),
    Y.IED: frozenset({"mines", "explosives", "device", "devices", "grenade", "grenades", "detonator", "detonators", "ordnance"}),
    Y.CBRN: frozenset({"ammonia"}),
    Y.UNREST: frozenset({"crowd", "crowds", "rally", "baton", "batons", "disorder"}),
    Y.MARITIME: frozenset({"boarded", "small boat", "small boats", "speedboat", "speedboats", "dinghy", "dinghies", "pirate", "pirates"}),
    Y.CYBER: frozenset({"server", "servers", "website", "websites"}),
}  # fmt: skip
"""Words that name who or with what rather than the deed: any other type in the clause speaks louder."""
NAMES_A_DOER: Final = {
    Y.SMALL_ARMS: frozenset({"gunman", "gunmen", "kalashnikov", "kalashnikovs"}),
    Y.GROUND_ASSAULT: frozenset({"assailant", "assailants", "raiders"}),
    Y.UNREST: frozenset({"crowd", "crowds", "mob", "protesters", "demonstrators", "rioters"}),
    Y.INTRUSION: frozenset({"intruder", "intruders"}),
    Y.SUICIDE_BOMBING: frozenset({"vest", "vests"}),
    Y.MARITIME: frozenset({"pirate", "pirates"}),
}
"""Cues that name who might do it and say nothing of what was done."""
ABSTRACT: Final = frozenset(
    {"kidnapping", "kidnappings", "abduction", "abductions", "sabotage", "arson", "siege", "ransom", "hostage", "hostages", "piracy", "fighting", "hacking", "reconnaissance", "extortion", "looting", "unrest"}
)  # fmt: skip
"""Names of deeds that are spoken of as often as done."""
_VESSEL: Final = re.compile(
    r"\b(?:vessels?|ships?|tankers?|freighters?|carrier|bulkers?|trawlers?|dhows?|barges?|boats?)\b"
)
_OWN_DRONE: Final = re.compile(
    r"\bdrone (?:data ?)?(?:links?|feeds?|operators?|pilots?)\b|\b(?:coalition|un|surveillance|reconnaissance|mission|allied|our|its) (?:\w+ )?(?:drones?|uavs?)\b"
)
"""Drones that are jammed rather than stopped by jamming."""
_QUIET_DRONE: Final = re.compile(r"\bno (?:payload )?(?:drop|impact|det\w*|strike|attack|damage)\w*|\bunarmed\b")


def _drone(best: Y, types: set[Y], low: str) -> Y | None:
    """What a drone in the clause makes of the type."""
    if Y.UAS not in types:
        return None
    if re.search(r"\b(?:boat|surface|sea|naval) drones?\b|\bdrone boats?\b", low):
        return Y.MARITIME
    if (Y.SURVEILLANCE in types or _WATCHING.search(low)) and not _STRIKING.search(_QUIET_DRONE.sub(" ", low)):
        return Y.SURVEILLANCE
    if best in (Y.MISSILE, Y.ROCKET, Y.CBRN, Y.MARITIME) and "powder" not in low:
        return Y.UAS
    if (
        best is Y.JAMMING
        and re.search(r"jamm|electronic|forced|brought|ground", low)
        and re.search(r"drone|uav|quadcopter", _OWN_DRONE.sub(" ", low))
    ):
        return Y.UAS
    return None


_STORMED: Final = re.compile(
    r"storm|overr[au]n|(?:attempted|tried) to enter|ground force|complex attack|coordinated|assault(?!ed)|laid siege|fought their way|shot their way|forced their way|broke into|dismounts|attack(?:ed)? (?:the |a )?(?:\w+ ){0,4}(?:base|camp|compound|village|hotel|hub)"
)
_ARMED_ENTRY: Final = re.compile(
    r"\b(?:gunmen|militants|fighters|insurgents|terrorists|jihadists|rebels|attackers|assailants|armed (?:men|group|attackers|militants))\b(?:(?!\b(?:when|while|as|after|before|they|fired|shot|shots|firing)\b)[^.;]){0,70}?"
    r"\b(?:tried|attempted|sought|trying|attempting)\s+to\s+(?:enter|storm|break (?:in|into|through)|get (?:in|into|inside|through)|force|fight|shoot|overrun|penetrate|breach|infiltrate)\b"
)
"""Armed men in number who want to get into a site assault it, whatever they carry."""
_WITH_A_BLADE: Final = re.compile(
    r"\b(?:ran|rushed|lunged|charged|came|went|advanced|ran up|attacked|stabbed|slashed|hacked|threatened|approached)\b[^.;]{0,50}\b(?:with|wielding|brandishing|holding|waving)\s(?:an?|the|his|two)?\s?(?:\w+\s)?(?:knife|knives|axe|machete|hatchet|screwdriver|sword|hammer|blade|scissors|cleaver|dagger)\b"
    r"|\b(?:knife|axe|machete|sword|hammer)[- ](?:wielding|attack|assault|attacker|man)\b|\bstabbed (?:an?|the|two|three|several) (?:\w+ )?(?:guards?|soldiers?|policem[ae]n|officers?|sentr(?:y|ies)|staff)\b"
)


def with_a_blade(low: str) -> bool:
    """Whether somebody came with a knife: whom guards shot for it did not shoot, the deed is the knife's."""
    return _WITH_A_BLADE.search(low) is not None


_CORRECTIONS: Final[tuple[tuple[Callable[[Y, set[Y], str], bool], Y], ...]] = (
    (
        lambda best, _types, low: best in (Y.SMALL_ARMS, Y.INTRUSION) and _ARMED_ENTRY.search(low) is not None,
        Y.GROUND_ASSAULT,
    ),
    (
        lambda best, types, low: (
            best is Y.MORTAR_ARTILLERY
            and Y.IED in types
            and re.search(r"pressure plate|buried|wired|planted|roadside|improvised|\bied", low) is not None
        ),
        Y.IED,
    ),
    (
        lambda best, types, low: (
            best in (Y.ARSON, Y.IED)
            and Y.UNREST in types
            and re.search(
                r"protest|crowd|mob\b|demonstrat|riot|youth|young people|settlers|residents|barricade|tyres|tires", low
            )
            is not None
        ),
        Y.UNREST,
    ),
    (
        lambda best, types, low: (
            best in (Y.VEHICLE_BOMB, Y.SUICIDE_BOMBING)
            and Y.GROUND_ASSAULT in types
            and re.search(
                r"follow|then|and (?:\w+ ){0,3}(?:gunmen|fighters|militants|dismounts)|stormed|gunmen|fighters|infantry|ground force|assault team|on foot",
                low,
            )
            is not None
            and re.search(
                r"storm|overr[au]n|complex attack|coordinated|dismounts|infantry|assault|ground force|broke in|entered",
                low,
            )
            is not None
            and re.search(r"complex attack on [^.]{0,60}(?:svbied|vbied)", low) is None
        ),
        Y.GROUND_ASSAULT,
    ),
    (
        lambda best, types, low: (
            best in (Y.SMALL_ARMS, Y.IED, Y.INTRUSION, Y.ARSON)
            and Y.GROUND_ASSAULT in types
            and _STORMED.search(low) is not None
            and not (
                best is Y.INTRUSION
                and re.search(r"gunm|armed|fighter|terrorist|militant|insurgent|attacker|rebel|jihad|assailant", low)
                is None
            )
        ),
        Y.GROUND_ASSAULT,
    ),
    (
        lambda best, _types, low: (
            best is Y.IED
            and re.search(
                r"\b(?:aircraft|plane|aeroplanes?|warplanes?|jets?|helicopters?|bombers?)\b.{0,60}\b(?:dropp|bomb|releas)|\bbombs? (?:fell|dropped|rained)\b",
                low,
            )
            is not None
        ),
        Y.AIR_STRIKE,
    ),
    (
        lambda best, types, low: (
            best in (Y.VEHICLE_RAMMING, Y.ROCKET, Y.SMALL_ARMS, Y.KIDNAPPING)
            and Y.MARITIME in types
            and _VESSEL.search(low) is not None
        ),
        Y.MARITIME,
    ),
    (
        lambda best, _types, low: (
            best is Y.VEHICLE_RAMMING
            and re.search(
                r"\bbehind (?:an?|the) (?:\w+ )?(?:convoy|bus|truck|vehicle)|\bunchecked|\bunchallenged|\b(?:forged|fake|false|stolen|cloned) (?:\w+ ){0,2}(?:plates|pass|passes|papers|badges?)|\btailgat",
                low,
            )
            is not None
            and re.search(r"\b(?:ramm|crash|smash|hurt|injur|kill|barrier|ran over|knocked)", low) is None
        ),
        Y.INTRUSION,
    ),
    (
        lambda best, types, low: (
            Y.SURVEILLANCE in types
            and best in (Y.AIR_STRIKE, Y.SMALL_ARMS, Y.OTHER, Y.MISSILE, Y.MARITIME)
            and re.search(r"arrest|detain|photograph|film|lens|notebook|sketch|binocular|camera", low) is not None
        ),
        Y.SURVEILLANCE,
    ),
)
"""In order of precedence, where no drone decides: when a correction applies, and the type it gives."""


def types_of(typed: list[tuple[Y, Hit]]) -> set[Y]:
    """The types among typed cues."""
    return {t for t, _ in typed}
