"""Chooses the threat type of a clause: that of its most telling cue, corrected by what stands around it."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
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
    typed = _framed(_heard(typed, low))
    types = types_of(typed)
    best, hit = min(typed, key=lambda p: (ORDER[p[0]], p[1].start))
    best = (
        bang_in_the_sky(types, hit)
        or _drone(best, types, low)
        or next((kind for applies, kind in _CORRECTIONS if applies(best, types, low)), best)
    )
    return best, next((h for t, h in typed if t == best), hit)


def _heard(typed: list[tuple[Y, Hit]], low: str) -> list[tuple[Y, Hit]]:
    """Leave out what the clause uses a word for that tells no such deed, where another cue is left."""
    for kind, words, otherwise in _MISHEARD:
        if any(t is kind and h.text.startswith(words) for t, h in typed) and otherwise.search(low) is not None:
            left = [p for p in typed if p[0] is not kind or not p[1].text.startswith(words)]
            typed = left or typed
    return typed


_CAR: Final = r"(?:cars?|vehicles?|trucks?|lorr(?:y|ies)|vans?|minivans?|minibus(?:es)?|bus(?:es)?|pick-?ups?|jeeps?|taxis?|corollas?|toyotas?|tuk-?tuks?|rickshaws?|tricycles?|motor-?(?:cycles?|bikes?)|scooters?|saloons?|sedans?|suvs?|tankers?|ambulances?)"
_GOODS_TAKEN: Final = re.compile(
    r"\b(?:carried off|hauled (?:off|away)|driven off with|made off with)\s(?!on\b|by\b|in\b|to\b|from\b|over\b)(?:[\w\-]+\s){0,3}?(?:pumps?|generators?|stocks?|batter(?:y|ies)|cables?|computers?|sacks?|bags?|food|flour|tonnes|equipment|biscuits|vehicles?|rifles|weapons|ammunition|goods|motor-?cycles?|medicines?|fuel|furniture|cattle|cows|goats|machinery|tools|panels)\b"
    r"|\b(?:generators?|pumps?|batter(?:y|ies)|cables?|stocks?|food|flour|sacks|goods|vehicles?|equipment|whatever|motor-?cycles?|cattle|trucks?|lorr(?:y|ies))\s(?:was|were|had been)\s(?:carried off|hauled (?:off|away)|taken (?:at gunpoint|by))\b"
)
"""Things carried off, not people."""
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
    (Y.KIDNAPPING, ("carried off", "taken at gunpoint", "hauled", "driven off with", "taken by"), _GOODS_TAKEN),
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


def bang_in_the_sky(types: AbstractSet[Y], hit: Hit) -> Y | None:
    """What flew by and a bang make together: a drone that struck; what only came before or after it says nothing."""
    if not {Y.SURVEILLANCE, Y.UNKNOWN_EXPLOSION} <= types <= {Y.SURVEILLANCE, Y.UNKNOWN_EXPLOSION, Y.UAS}:
        return None
    if Y.UAS in types:
        return Y.UAS
    return Y.UAS if hit.text.startswith(_FLEW_BY) else Y.UNKNOWN_EXPLOSION


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


_BESIDE_A_CAR: Final = re.compile(
    rf"\b(?:bombs?|devices?|charges?|mines?|grenades?|ieds?|explosives?|parcels?|packages?|bags?|something)\b[^.;]{{0,45}}\b(?:under|underneath|beneath|attached to|stuck to|fixed to|thrown from|tossed from|hurled from|lobbed from|flung from|(?:seats?|bench) of)\s(?:an?|the|his|her|their|one|its|my|our)\s(?:[\w\-]+\s){{0,2}}?{_CAR}\b"
    rf"|\b(?:mine|ied|roadside bomb|device|buried charge)\b[^.;]{{0,12}}\b(?:blew up|had blown up|blown up)\s(?:an?|the|two|his|her|their)\s(?:[\w\-]+\s){{0,2}}?{_CAR}\b|\bblown up by an? (?:[\w\-]+ )?(?:mine|ied|bomb|device|charge)\b"
)
"""A bomb that a vehicle only passed, or had fixed to it."""
_FROM_A_PLANE: Final = re.compile(
    r"\b(?:aircraft|planes?|aeroplanes?|airplanes?|warplanes?|jets?|fighters?|helicopters?|gunships?|air force)\b[^.;]{0,30}\b(?:fir(?:ed|es|ing)|launch(?:ed|es|ing)|rocketed|shot|releas(?:ed|es|ing)|put|let off)\b|\b(?:missiles?|rockets?)\b[^.;]{0,20}\b(?:fired |launched |shot |released )?(?:by|from)\s(?:an?\s|the\s|its\s|two\s|three\s|four\s)?(?:[\w\-]+\s){0,2}?(?:aircraft|planes?|warplanes?|jets?|fighters?|helicopters?|gunships?)\b"
)
_STANDOFF: Final = re.compile(r"\b(?:cruise|ballistic|kinzhal|kh-?\d+|bombers?|tu-?\d+|mig-?31\w?|strategic)\b")
"""Missiles that fly far by themselves stay missiles, whatever carried them up."""
_LET_FALL: Final = re.compile(
    r"\bput\s(?:\w+\s)?bombs\son\b|\b(?:dropp?(?:ed|ing|s)?|let (?:go|fall|loose)|releas(?:ed|es|ing)|rolled|pushed|unloaded|rained)\s(?:of\s|out\s)?(?:an?|one|two|three|four|five|six|eight|ten|several|some|its|their|\d+)?\s?(?:[\w\-]+\s){0,2}?bombs?\b|\bbombs?\b[^.;]{0,25}\b(?:dropped|let fall|pushed out|rained|from the air|from above|from the sky)\b|\bbomb(?:s|ed|ing)?\b[^.;]{0,70}\b(?:aircraft|warplanes?|planes?|jets?|air force|helicopters?)\b|\b(?:aircraft|warplanes?|planes?|jets?|air force|helicopters?|paramotors?|paragliders?)\b[^.;]{0,60}\bbombs?\b"
)
_BELOW_DECK: Final = re.compile(
    r"\b(?:hull|waterline|engine[- ]room|stern|bow|keel|below deck|ballast tank|starboard|port side (?:aft|forward)|astern|holed|limpet|anchor(?:age|ed)?|berth(?:ed)?|mooring)\b"
)
_MACHINE: Final = re.compile(
    r"\b(?:into|enter(?:ed|ing)?|inside|got at|access(?:ed)? to)\s(?:the|its|our|an?|their|his|whose)?\s?(?:[\w\-]+(?:['’]s?)?\s){0,5}?(?:systems?|networks?|servers?|databases?|computers?|portals?|websites?|accounts?|e-?mails?|mailbox(?:es)?|programmes?|software|passwords?|rosters?|registry|clearing house|internet)\b(?!\s(?:rooms?|floors?|halls?|farms?|cabinets?|shops?|centres?|centers?))"
)
_WIRED: Final = re.compile(
    r"\b(?:culverts?|wired|with a wire|detonators?|buried|dug in|roadside|pressure plate|(?:device|bomb|charge) made of|under the (?:road|bridge|asphalt|track)|cable and)\b"
)
_WENT_OFF: Final = re.compile(
    r"\b(?:fell|landed|hit|struck|fired|came down|impact\w*|exploded|burst|shell(?:ed|ing))\b"
)
_FROM_THE_BANK: Final = re.compile(
    r"\b(?:from|on)\s(?:the\s|either\s|a\s)?(?:[\w\-]+\s)?(?:banks?|river ?banks?|reeds|shore|breakwater|pier|jetty|quay)\b"
)
_FLEW_BY: Final = ("buzz", "flew", "flying", "flown", "circl", "hover", "overfl", "loiter", "orbit", "sighted", "seen")
_RODE_IT_IN: Final = re.compile(
    r"\bsuicide (?:bombers?|attackers?)\b[^.;]{0,40}\b(?:drove|driving|rammed|rode|riding|drives|rams|rides)\b|\bdriven by an? suicide (?:bomber|attacker)\b|\bmotor-?(?:cycle|bike)\b[^.;]{0,60}\bblew (?:him|her)self\b"
)
_PARKED_BIKE: Final = re.compile(
    r"\b(?:left|leaves|parked|standing|stood|abandoned|booby-?trapped|bomb on an?|found|seen|propped)\b"
)
_BIKE: Final = re.compile(r"\b(?:motor-?(?:cycles?|bikes?)|bicycles?|mopeds?|motos?)\b")
_ENTERED: Final = re.compile(
    r"\b(?:enter(?:ed|s|ing)?|walked (?:into|in)|broke in(?:to)?|came (?:in|into|through|over)|climbed|went into|got in(?:to)?)\b"
)
_FOR_THINGS: Final = re.compile(
    r"\b(?:remov(?:ed|ing)|took|take|taking|carried off|stole|stolen|emptied|told|looking for|look for|search(?:ed|ing)?|demand(?:ed|ing)|bolt cutters)\b"
)
_FOUGHT: Final = re.compile(
    r"\b(?:kill|shot|shoot|fire|fought|fight|storm|attack|overr[au]n|captur|control|seiz|clash|batter|grenade|hostage|dead|wound|beat)"
)
_ARMED_LOOTERS: Final = re.compile(
    r"\barmed looters\b|\blooters (?:with|carrying) (?:knives|guns|rifles|iron bars|machetes)\b"
)
_KILLED_AND_BURNT: Final = re.compile(
    r"\b(?:gunmen|militants|fighters|insurgents|terrorists|jihadists|rebels|attackers|assailants|armed men|raiders)\b[^.;]{0,80}\b(?:kill(?:ed|ing)|attack(?:ed|ing)|overr[au]n(?:ning)?|stormed)\b"
)
"""Fire is the least of what an armed band does."""
_ASSAULTED: Final = re.compile(
    r"\battack(?:ed|ing|s)?\b[^.;]{0,70}\b(?:base|camp|post|airport|airbase|outpost|garrison|barracks|compound|position|headquarters|station|plant|prison|airfield|hub)\b[^.;]{0,60}\bwith\b[^.;]{0,40}\b(?:machine guns?|rifles|rpgs?|grenades|rockets|heavy weapons)\b"
    r"|\b(?:gunmen|militants|fighters|insurgents|terrorists|jihadists|rebels|attackers|assailants)\b(?:(?!\b(?:when|while|as|after|before|they|fired|shot|shots|firing|opened)\b)[^.;]){0,50}?\b(?:got (?:in)?to|forc(?:e|ed|ing) (?:its|their) way|went for|made for|let through|rushed|closed in on|entered|broke into|are inside|were inside)\b"
)


def _told_by(*needed: Y, kinds: tuple[Y, ...], finds: re.Pattern) -> Callable[[Y, set[Y], str], bool]:
    """A correction that applies to types by an expression, where others are told too."""
    return lambda best, types, low: best in kinds and types.issuperset(needed) and finds.search(low) is not None


_CORRECTIONS: Final[tuple[tuple[Callable[[Y, set[Y], str], bool], Y], ...]] = (
    (
        lambda best, types, low: (
            best in (Y.MISSILE, Y.ROCKET)
            and Y.AIR_STRIKE in types
            and _FROM_A_PLANE.search(low) is not None
            and _STANDOFF.search(low) is None
        ),
        Y.AIR_STRIKE,
    ),
    (_told_by(Y.SUICIDE_BOMBING, kinds=(Y.VEHICLE_BOMB,), finds=_RODE_IT_IN), Y.SUICIDE_BOMBING),
    (
        lambda best, _types, low: (
            best is Y.VEHICLE_BOMB and _BIKE.search(low) is not None and _PARKED_BIKE.search(low) is not None
        ),
        Y.IED,
    ),
    (_told_by(kinds=(Y.VEHICLE_BOMB,), finds=_BESIDE_A_CAR), Y.IED),
    (_told_by(kinds=(Y.KIDNAPPING,), finds=_GOODS_TAKEN), Y.OTHER),
    (_told_by(kinds=(Y.INTRUSION,), finds=_MACHINE), Y.CYBER),
    (
        lambda best, _types, low: (
            best is Y.MORTAR_ARTILLERY and _WIRED.search(low) is not None and _WENT_OFF.search(low) is None
        ),
        Y.IED,
    ),
    (
        lambda best, _types, low: (
            best is Y.UNKNOWN_EXPLOSION and _VESSEL.search(low) is not None and _BELOW_DECK.search(low) is not None
        ),
        Y.MARITIME,
    ),
    (
        lambda best, types, low: (
            best is Y.MARITIME
            and Y.SMALL_ARMS in types
            and _FROM_THE_BANK.search(low) is not None
            and re.search(r"\bdrone|\bunmanned|\bwithout|\bremote|\bexplosive", low) is None
        ),
        Y.SMALL_ARMS,
    ),
    (
        lambda best, types, low: (
            best is Y.GROUND_ASSAULT
            and Y.SMALL_ARMS not in types
            and re.search(r"\barmed (?:men|persons?|individuals|people)\b|\bwith rifles\b", low) is not None
            and _ENTERED.search(low) is not None
            and _FOR_THINGS.search(low) is not None
            and _FOUGHT.search(low) is None
        ),
        Y.INTRUSION,
    ),
    (_told_by(kinds=(Y.SMALL_ARMS, Y.INTRUSION, Y.ARSON, Y.IED, Y.OTHER), finds=_ASSAULTED), Y.GROUND_ASSAULT),
    (_told_by(kinds=(Y.UNREST,), finds=_ARMED_LOOTERS), Y.OTHER),
    (_told_by(kinds=(Y.ARSON,), finds=_KILLED_AND_BURNT), Y.GROUND_ASSAULT),
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
            and (_LET_FALL.search(low) is not None or re.search(r"\bbombs? (?:fell|dropped|rained)\b", low) is not None)
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
