"""Chooses the threat type of a clause: that of its most telling cue, corrected by what stands around it."""

from collections.abc import Set as AbstractSet
from typing import Final

from schemas.taxonomy import ThreatType as Y
from streams.reading.text import gated as re
from streams.reading.what.corrections import GOODS_TAKEN, corrected
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
    r"\b(?:struck|hit|explo|drop|shot|attack|laden|detonat|interce|crash|slam|down|fire|strike|destroy|target|launch|impact|kill|wound|injur|fell|landed|bomb|armed|warhead|kamikaze|\bfall\b|shahed|moped|geran|lancet|fpv|air defen[cs]e|owa\b|swarm|let go|dived|dove|plung|scorch|wreck|gutted|chew|flew into|ramm|heading|bound for|en route|let fall|let out|released|grenade|bomblet|hurt|damag|burn|blew|burst|ablaze|punch|tore|hole in|did it|boom|bang)"
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
    typed = _heard(typed, low)
    types = types_of(typed)
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
    best = bang_in_the_sky(types, hit) or _drone(best, types, low) or corrected(best, types, low)
    return best, next((h for t, h in typed if t == best), hit)


_ON_CONDITION: Final = re.compile(r"\b(?:if|unless|until|as long as|so long as|in case|should)\b")


def without_the_condition(text: str, start: int, typed: list[tuple[Y, Hit]]) -> list[tuple[Y, Hit]]:
    """Leave out what stands in the condition of a threat, where another cue is left: "they would shell it if drones flew"."""
    condition = _ON_CONDITION.search(text.lower())
    before = [p for p in typed if condition is not None and p[1].start < start + condition.start()]
    return before or typed


def _heard(typed: list[tuple[Y, Hit]], low: str) -> list[tuple[Y, Hit]]:
    """Leave out what the clause uses a word for that tells no such deed, where another cue is left."""
    for kind, words, otherwise in _MISHEARD:
        if any(t is kind and h.text.startswith(words) for t, h in typed) and otherwise.search(low) is not None:
            left = [p for p in typed if p[0] is not kind or not p[1].text.startswith(words)]
            typed = left or typed
    return typed


_DEED_OF_HIS: Final = (
    r"(?:attacked|stormed|opened fire|fired|shot|stabbed|slashed|hacked|lunged|charged|rushed|ramm(?:ed|ing)|drove (?:an?|his|the)|threw|hurled|tossed|set fire|killed|wounded|injured"
    r"|(?:tried|attempted) to (?:storm|stab|ram|break|attack|set|grab|seize|detonate|blow)|broke into|took hostages?)"
)
_SHOT_FOR_A_DEED: Final = re.compile(
    r"\b(?:shot(?: dead| and (?:killed|wounded)|)|opened fire (?:on|at)|fired (?:on|at)|killed)\s(?:[\w\-]+\s){0,4}?(?:m[ae]n|gunm[ae]n|wom[ae]n|attackers?|assailants?|suspects?|youths?|boys?|teenagers?|intruders?|drivers?|soldiers?|militants?|people)"
    rf"\s(?:(?:who|that)\s(?:had\s)?|(?:after|when|as)\s(?:he|she|they)\s(?:had\s)?)(?:\w+ly\s)?{_DEED_OF_HIS}\b"
)
"""Whom guards shot, and for what he had done: "shot dead a man who attacked the embassy with a crossbow"."""


def shot_for_a_deed(low: str) -> bool:
    """Whether somebody was shot for what he did: that is the deed, not the shot."""
    return _SHOT_FOR_A_DEED.search(low) is not None


_MISHEARD: Final = (
    (
        Y.UAS,
        ("moped", "mopeds", "a moped", "the moped"),
        re.compile(
            r"\b(?:m[ae]n|boys?|youths?|young people|riders?|gunm[ae]n|attackers?|assailants?|robbers|thieves|pair|two|three|passengers?)\b[^.;]{0,40}\bon\b[^.;]{0,20}\bmopeds?\b|\bmopeds?\s(?:taxis?|riders?|drivers?|with (?:two|a|three)|overtook|pulled)\b|\b(?:rode|riding|ridden|rider of|fled on|arrived on|left on)\b[^.;]{0,20}\bmopeds?\b"
        ),
    ),
    (
        Y.AIR_STRIKE,
        ("helicopter", "plane", "aircraft", "jet"),
        re.compile(
            r"\b(?:helicopters?|planes?|aircraft|jets?|airliners?|airplanes?)\s(?:which |that )?(?:was|were|had been|is|has been|have been|got)\s(?:\w+\s)?(?:fired|shot|hit|struck|raked|holed)\b|\b(?:bullets?|rounds?|shots?)\b[^.;]{0,30}\b(?:through|into|in|hit|struck|holed)\s(?:an?|the)\s(?:\w+\s){0,2}(?:helicopter|plane|aircraft|jet|airliner)\b"
        ),
    ),
    (Y.SMALL_ARMS, ("shot", "opened fire", "fired"), _SHOT_FOR_A_DEED),
    (Y.KIDNAPPING, ("carried off", "taken at gunpoint", "hauled", "driven off with", "taken by"), GOODS_TAKEN),
)
"""Words that speak of something else where an expression finds what: the type, how its cues begin, the expression."""


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
_OWN_DRONE: Final = re.compile(
    r"\bdrone (?:data ?)?(?:links?|feeds?|operators?|pilots?)\b|\b(?:coalition|un|surveillance|reconnaissance|mission|allied|our|its) (?:\w+ )?(?:drones?|uavs?)\b"
)
"""Drones that are jammed rather than stopped by jamming."""
_QUIET_DRONE: Final = re.compile(r"\bno (?:payload )?(?:drop|impact|det\w*|strike|attack|damage)\w*|\bunarmed\b")


_SPRAYED: Final = re.compile(
    r"\bdrones?\b[^.;]{0,40}\b(?:spray|sprinkl|dispers|releas|dous|dust|spread)\w*\s(?:[\w\-]+\s){0,4}?(?:toxic|poison\w*|noxious|chemicals?|chlorine|ammonia|acid|agent|irritant|substance|powder|gas)\b"
)
"""A drone that only carries what does the harm."""


def _drone(best: Y, types: set[Y], low: str) -> Y | None:
    """What a drone in the clause makes of the type."""
    if Y.UAS not in types or (best is Y.CBRN and _SPRAYED.search(low) is not None):
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


def bang_in_the_sky(types: AbstractSet[Y], hit: Hit) -> Y | None:
    """What flew by and a bang make together: a drone that struck; what only came before or after it says nothing."""
    if not {Y.SURVEILLANCE, Y.UNKNOWN_EXPLOSION} <= types <= {Y.SURVEILLANCE, Y.UNKNOWN_EXPLOSION, Y.UAS}:
        return None
    if Y.UAS in types:
        return Y.UAS
    return Y.UAS if hit.text.startswith(_FLEW_BY) else Y.UNKNOWN_EXPLOSION


_MESSAGE: Final = re.compile(
    r"\b(?:callers?|phoned|telephoned|rang|call|calls|letters?|e-?mails?|notes?)\b",
)
_BY_ITS_VERB: Final = (
    (Y.AIR_STRIKE, re.compile(r"\b(?:be|being) bombed\b|\bair (?:attack|raid|strike)")),
    (
        Y.UNREST,
        re.compile(
            r"\b(?:followers|supporters|partisans|crowds?|people|youths?|faithful|worshippers|citizens|residents|demonstrators|protesters|muslims|the (?:masses|public|population|street))\b[^.;]{0,40}\bto (?:storm|besiege|march on|surround|occupy|invade|break into)\b"
        ),
    ),
    (
        Y.IED,
        re.compile(r"\b(?:plan(?:ned|ning|s)?|plot(?:ted|ting|s)?|conspir\w+|prepar\w+|attempt\w*) to (?:\w+ )?bomb\b"),
    ),
    (
        Y.GROUND_ASSAULT,
        re.compile(r"\b(?:to|would|will|shall) (?:\w+ )?(?:storm|overrun|raid|assault|seize|capture)\b"),
    ),
)
"""What a threat or plot that names no weapon is of, by its verb and by who is to do it."""


def of_a_plan(kind: Y, low: str) -> Y:
    """Return the type of what did not come to pass: an alarm by telephone is of no one kind; some verbs tell it.

    Parameters
    ----------
    kind
        The type by its cues.
    low
        The clause in small letters.
    """
    if kind in (Y.IED, Y.UNKNOWN_EXPLOSION) and _MESSAGE.search(low) is not None:
        return Y.OTHER
    if kind is Y.OTHER:
        return next((told for told, pattern in _BY_ITS_VERB if pattern.search(low) is not None), kind)
    return kind


_WITH_A_BLADE: Final = re.compile(
    r"\b(?:man|woman|attacker|assailant|youth|teenager|person)\s(?:armed\s)?with\s(?:an?|two)\s(?:\w+\s)?(?:knife|knives|axe|machete|hatchet|sword|hammer|blade|cleaver|dagger)\s(?:was|is|has been)\s(?:\w+\s)?shot\b|"
    r"\b(?:ran|rushed|lunged|charged|came|went|advanced|ran up|attacked|stabbed|slashed|hacked|threatened|approached)\b[^.;]{0,50}\b(?:with|wielding|brandishing|holding|waving)\s(?:an?|the|his|two)?\s?(?:\w+\s)?(?:knife|knives|axe|machete|hatchet|screwdriver|sword|hammer|blade|scissors|cleaver|dagger)\b"
    r"|\b(?:knife|axe|machete|sword|hammer)[- ](?:wielding|attack|assault|attacker|man)\b|\bstabbed (?:an?|the|two|three|several) (?:\w+ )?(?:guards?|soldiers?|policem[ae]n|officers?|sentr(?:y|ies)|staff)\b"
)


def with_a_blade(low: str) -> bool:
    """Whether somebody came with a knife: whom guards shot for it did not shoot, the deed is the knife's."""
    return _WITH_A_BLADE.search(low) is not None


_FLEW_BY: Final = ("buzz", "flew", "flying", "flown", "circl", "hover", "overfl", "loiter", "orbit", "sighted", "seen")


def types_of(typed: list[tuple[Y, Hit]]) -> set[Y]:
    """The types among typed cues."""
    return {t for t, _ in typed}
