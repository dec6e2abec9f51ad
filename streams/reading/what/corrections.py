"""Corrects the type that a clause's cues speak for by what else the clause tells: the table of corrections, in order of precedence."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from schemas.taxonomy import ThreatType as Y
from streams.reading.text import gated as re


@dataclass(frozen=True, slots=True)
class Correction:
    """When a type gives way to another."""

    of: tuple[Y, ...]
    """The types that give way."""
    to: Y
    needs: tuple[re.Pattern, ...]
    """What the clause, in small letters, must hold: each of them,"""
    unless: tuple[re.Pattern, ...] = ()
    """and none of these."""
    told: frozenset[Y] = frozenset()
    """Types that its cues must tell as well."""
    untold: frozenset[Y] = frozenset()
    """Types that none of them may tell."""

    def applies(self, kind: Y, types: AbstractSet[Y], low: str) -> bool:
        """Whether it applies to a clause of a type by its most telling cue."""
        return (
            kind in self.of
            and self.told <= types
            and self.untold.isdisjoint(types)
            and all(p.search(low) is not None for p in self.needs)
            and not any(p.search(low) is not None for p in self.unless)
        )


def corrected(kind: Y, types: AbstractSet[Y], low: str) -> Y:
    """Return the type of a clause in place of that of its most telling cue.

    Parameters
    ----------
    kind
        The type of that cue.
    types
        Those of all its cues.
    low
        The clause in small letters.
    """
    return next((c.to for c in CORRECTIONS if c.applies(kind, types, low)), kind)


_FROM_A_PLANE: Final = re.compile(
    r"\b(?:aircraft|planes?|aeroplanes?|airplanes?|warplanes?|jets?|fighters?|helicopters?|gunships?|air force)\b[^.;]{0,30}\b(?:fir(?:ed|es|ing)|launch(?:ed|es|ing)|rocketed|shot|releas(?:ed|es|ing)|put|let off)\b|\b(?:missiles?|rockets?)\b[^.;]{0,20}\b(?:fired |launched |shot |released )?(?:by|from)\s(?:an?\s|the\s|its\s|two\s|three\s|four\s)?(?:[\w\-]+\s){0,2}?(?:aircraft|planes?|warplanes?|jets?|fighters?|helicopters?|gunships?)\b"
)
_STANDOFF: Final = re.compile(r"\b(?:cruise|ballistic|kinzhal|kh-?\d+|bombers?|tu-?\d+|mig-?31\w?|strategic)\b")
"""Missiles that fly far by themselves stay missiles, whatever carried them up."""
_RODE_IT_IN: Final = re.compile(
    r"\bsuicide (?:bombers?|attackers?)\b[^.;]{0,40}\b(?:drove|driving|rammed|rode|riding|drives|rams|rides)\b|\bdriven by an? suicide (?:bomber|attacker)\b|\bmotor-?(?:cycle|bike)\b[^.;]{0,60}\bblew (?:him|her)self\b"
)
_LADEN: Final = re.compile(
    r"\b(?:packed|laden|loaded|filled|rigged|stuffed|crammed|full)\s(?:with|of)\s(?:[\w\-]+\s){0,5}?(?:explosives?|bombs?|tnt|fertili[sz]er)\b|\b(?:explosives?|bomb)[- ](?:laden|packed|filled|rigged|loaded)\b|\b(?:car|truck|lorry|van|vehicle)[- ]bomb(?:s|er|ers|ing)?\b|\bs?vbieds?\b"
)
"""A vehicle told as a bomb stays one, whoever drove it."""
_BIKE: Final = re.compile(r"\b(?:motor-?(?:cycles?|bikes?)|bicycles?|mopeds?|motos?)\b")
_PARKED_BIKE: Final = re.compile(
    r"\b(?:left|leaves|parked|standing|stood|abandoned|booby-?trapped|bomb on an?|found|seen|propped)\b"
)
_CAR: Final = r"(?:cars?|vehicles?|trucks?|lorr(?:y|ies)|vans?|minivans?|minibus(?:es)?|bus(?:es)?|pick-?ups?|jeeps?|taxis?|corollas?|toyotas?|tuk-?tuks?|rickshaws?|tricycles?|motor-?(?:cycles?|bikes?)|scooters?|saloons?|sedans?|suvs?|tankers?|ambulances?)"
_BESIDE_A_CAR: Final = re.compile(
    rf"\b(?:bombs?|devices?|charges?|mines?|grenades?|ieds?|explosives?|parcels?|packages?|bags?|something)\b[^.;]{{0,45}}\b(?:under|underneath|beneath|attached to|stuck to|fixed to|thrown from|tossed from|hurled from|lobbed from|flung from|(?:seats?|bench) of)\s(?:an?|the|his|her|their|one|its|my|our)\s(?:[\w\-]+\s){{0,2}}?{_CAR}\b"
    rf"|\b(?:mine|ied|roadside bomb|device|buried charge)\b[^.;]{{0,12}}\b(?:blew up|had blown up|blown up)\s(?:an?|the|two|his|her|their)\s(?:[\w\-]+\s){{0,2}}?{_CAR}\b|\bblown up by an? (?:[\w\-]+ )?(?:mine|ied|bomb|device|charge)\b"
)
"""A bomb that a vehicle only passed, or had fixed to it."""
GOODS_TAKEN: Final = re.compile(
    r"\b(?:carried off|hauled (?:off|away)|driven off with|made off with)\s(?!on\b|by\b|in\b|to\b|from\b|over\b)(?:[\w\-]+\s){0,3}?(?:pumps?|generators?|stocks?|batter(?:y|ies)|cables?|computers?|sacks?|bags?|food|flour|tonnes|equipment|biscuits|vehicles?|rifles|weapons|ammunition|goods|motor-?cycles?|medicines?|fuel|furniture|cattle|cows|goats|machinery|tools|panels)\b"
    r"|\b(?:generators?|pumps?|batter(?:y|ies)|cables?|stocks?|food|flour|sacks|goods|vehicles?|equipment|whatever|motor-?cycles?|cattle|trucks?|lorr(?:y|ies))\s(?:was|were|had been)\s(?:carried off|hauled (?:off|away)|taken (?:at gunpoint|by))\b"
)
"""Things carried off, not people."""
_MACHINE: Final = re.compile(
    r"\b(?:into|enter(?:ed|ing)?|inside|got at|access(?:ed)? to)\s(?:the|its|our|an?|their|his|whose)?\s?(?:[\w\-]+(?:['’]s?)?\s){0,5}?(?:systems?|networks?|servers?|databases?|computers?|portals?|websites?|accounts?|e-?mails?|mailbox(?:es)?|programmes?|software|passwords?|rosters?|registry|clearing house|internet)\b(?!\s(?:rooms?|floors?|halls?|farms?|cabinets?|shops?|centres?|centers?))"
)
_MACHINES_TAKEN: Final = re.compile(
    r"\b(?:stole|stolen|stealing|took|taking|made off with|carried off|carrying off|removed|removing|looted|left with|smashed)\s(?:[\w\-]+\s){0,4}?(?:computers?|laptops?|servers?|hard drives?|routers?)\b(?!['’]|\s(?:data|files|records|passwords))"
)
"""Machines carried out by the door."""
_WIRED: Final = re.compile(
    r"\b(?:culverts?|wired|with a wire|detonators?|buried|dug in|roadside|pressure plate|(?:device|bomb|charge) made of|under the (?:road|bridge|asphalt|track)|cable and)\b"
)
_WENT_OFF: Final = re.compile(
    r"\b(?:fell|landed|hit|struck|fired|came down|impact\w*|exploded|burst|shell(?:ed|ing))\b"
)
_VESSEL: Final = re.compile(
    r"\b(?:vessels?|ships?|tankers?|freighters?|carrier|bulkers?|trawlers?|dhows?|barges?|boats?)\b"
)
_BELOW_DECK: Final = re.compile(
    r"\b(?:hull|waterline|engine[- ]room|stern|bow|keel|below deck|ballast tank|starboard|port side (?:aft|forward)|astern|holed|limpet|anchor(?:age|ed)?|berth(?:ed)?|mooring)\b"
)
_FROM_THE_BANK: Final = re.compile(
    r"\b(?:from|on)\s(?:the\s|either\s|a\s)?(?:[\w\-]+\s)?(?:banks?|river ?banks?|reeds|shore|breakwater|pier|jetty|quay)\b"
)
_ENTERED: Final = re.compile(
    r"\b(?:enter(?:ed|s|ing)?|walked (?:into|in)|broke in(?:to)?|came (?:in|into|through|over)|climbed|went into|got in(?:to)?)\b"
)
_FOR_THINGS: Final = re.compile(
    r"\b(?:remov(?:ed|ing)|took|take|taking|carried off|stole|stolen|emptied|told|looking for|look for|search(?:ed|ing)?|demand(?:ed|ing)|bolt cutters)\b"
)
_FOUGHT: Final = re.compile(
    r"\b(?:kill|shot|shoot|fire|fought|fight|storm|attack|overr[au]n|captur|control|seiz|clash|batter|grenade|hostage|dead|wound|beat)"
)
_ASSAULTED: Final = re.compile(
    r"\battack(?:ed|ing|s)?\b[^.;]{0,70}\b(?:base|camp|post|airport|airbase|outpost|garrison|barracks|compound|position|headquarters|station|plant|prison|airfield|hub)\b[^.;]{0,60}\bwith\b[^.;]{0,40}\b(?:machine guns?|rifles|rpgs?|grenades|rockets|heavy weapons)\b"
    r"|\b(?:gunmen|militants|fighters|insurgents|terrorists|jihadists|rebels|attackers|assailants)\b(?:(?!\b(?:when|while|as|after|before|they|fired|shot|shots|firing|opened)\b)[^.;]){0,50}?\b(?:got (?:in)?to|forc(?:e|ed|ing) (?:its|their) way|went for|made for|let through|rushed|closed in on|entered|broke into|are inside|were inside)\b"
)
_ARMED_LOOTERS: Final = re.compile(
    r"\barmed looters\b|\blooters (?:with|carrying) (?:knives|guns|rifles|iron bars|machetes)\b"
)
_KILLED_AND_BURNT: Final = re.compile(
    r"\b(?:gunmen|militants|fighters|insurgents|terrorists|jihadists|rebels|attackers|assailants|armed men|raiders)\b[^.;]{0,80}\b(?:kill(?:ed|ing)|attack(?:ed|ing)|overr[au]n(?:ning)?|stormed)\b"
)
"""Fire is the least of what an armed band does."""
_ARMED_ENTRY: Final = re.compile(
    r"\b(?:gunmen|militants|fighters|insurgents|terrorists|jihadists|rebels|attackers|assailants|armed (?:men|group|attackers|militants))\b(?:(?!\b(?:when|while|as|after|before|they|fired|shot|shots|firing)\b)[^.;]){0,70}?"
    r"\b(?:tried|attempted|sought|trying|attempting)\s+to\s+(?:enter|storm|break (?:in|into|through)|get (?:in|into|inside|through)|force|fight|shoot|overrun|penetrate|breach|infiltrate)\b"
)
"""Armed men in number who want to get into a site assault it, whatever they carry."""
_STORMED: Final = re.compile(
    r"storm|overr[au]n|(?:attempted|tried) to enter|ground force|complex attack|coordinated|assault(?!ed)|laid siege|fought their way|shot their way|forced their way|broke into|dismounts|attack(?:ed)? (?:the |a )?(?:\w+ ){0,4}(?:base|camp|compound|village|hotel|hub)"
)
_LET_FALL: Final = re.compile(
    r"\bput\s(?:\w+\s)?bombs\son\b|\b(?:dropp?(?:ed|ing|s)?|let (?:go|fall|loose)|releas(?:ed|es|ing)|rolled|pushed|unloaded|rained)\s(?:of\s|out\s)?(?:an?|one|two|three|four|five|six|eight|ten|several|some|its|their|\d+)?\s?(?:[\w\-]+\s){0,2}?bombs?\b|\bbombs?\b[^.;]{0,25}\b(?:dropped|let fall|pushed out|rained|from the air|from above|from the sky)\b|\bbomb(?:s|ed|ing)?\b[^.;]{0,70}\b(?:aircraft|warplanes?|planes?|jets?|air force|helicopters?)\b|\b(?:aircraft|warplanes?|planes?|jets?|air force|helicopters?|paramotors?|paragliders?)\b[^.;]{0,60}\bbombs?\b|\bbombs? (?:fell|dropped|rained)\b"
)
_CROWDS: Final = re.compile(
    r"protest|crowd|mob\b|demonstrat|riot|youth|young people|settlers|residents|barricade|tyres|tires"
)
_UNMANNED: Final = re.compile(r"\bdrone|\bunmanned|\bwithout|\bremote|\bexplosive")
_ARMED: Final = re.compile(r"gunm|armed|fighter|terrorist|militant|insurgent|attacker|rebel|jihad|assailant")
_MEN_WITH_ARMS: Final = re.compile(r"\barmed (?:men|persons?|individuals|people)\b|\bwith rifles\b")
_LAID: Final = re.compile(r"pressure plate|buried|wired|planted|roadside|improvised|\bied")
_ON_FOOT: Final = re.compile(
    r"follow|then|and (?:\w+ ){0,3}(?:gunmen|fighters|militants|dismounts)|stormed|gunmen|fighters|infantry|ground force|assault team|on foot"
)
"""Those who come behind a bomb."""
_BROKE_IN: Final = re.compile(
    r"storm|overr[au]n|complex attack|coordinated|dismounts|infantry|assault|ground force|broke in|entered"
)
_BY_A_CAR: Final = re.compile(r"complex attack on [^.]{0,60}(?:svbied|vbied)")
_SLIPPED_IN: Final = re.compile(
    r"\bbehind (?:an?|the) (?:\w+ )?(?:convoy|bus|truck|vehicle)|\bunchecked|\bunchallenged|\b(?:forged|fake|false|stolen|cloned) (?:\w+ ){0,2}(?:plates|pass|passes|papers|badges?)|\btailgat"
)
_RAMMED: Final = re.compile(r"\b(?:ramm|crash|smash|hurt|injur|kill|barrier|ran over|knocked)")
_LOOKED_ON: Final = re.compile(r"arrest|detain|photograph|film|lens|notebook|sketch|binocular|camera")

CORRECTIONS: Final = (
    Correction((Y.MISSILE, Y.ROCKET), Y.AIR_STRIKE, (_FROM_A_PLANE,), (_STANDOFF,), told=frozenset({Y.AIR_STRIKE})),
    Correction((Y.VEHICLE_BOMB,), Y.SUICIDE_BOMBING, (_RODE_IT_IN,), (_LADEN,), told=frozenset({Y.SUICIDE_BOMBING})),
    Correction((Y.VEHICLE_BOMB,), Y.IED, (_BIKE, _PARKED_BIKE)),
    Correction((Y.VEHICLE_BOMB,), Y.IED, (_BESIDE_A_CAR,)),
    Correction((Y.KIDNAPPING,), Y.OTHER, (GOODS_TAKEN,)),
    Correction((Y.INTRUSION,), Y.CYBER, (_MACHINE,)),
    Correction((Y.CYBER,), Y.INTRUSION, (_MACHINES_TAKEN,), told=frozenset({Y.INTRUSION})),
    Correction((Y.MORTAR_ARTILLERY,), Y.IED, (_WIRED,), (_WENT_OFF,)),
    Correction((Y.UNKNOWN_EXPLOSION,), Y.MARITIME, (_VESSEL, _BELOW_DECK)),
    Correction((Y.MARITIME,), Y.SMALL_ARMS, (_FROM_THE_BANK,), (_UNMANNED,), told=frozenset({Y.SMALL_ARMS})),
    Correction(
        (Y.GROUND_ASSAULT,),
        Y.INTRUSION,
        (_MEN_WITH_ARMS, _ENTERED, _FOR_THINGS),
        (_FOUGHT,),
        untold=frozenset({Y.SMALL_ARMS}),
    ),
    Correction((Y.SMALL_ARMS, Y.INTRUSION, Y.ARSON, Y.IED, Y.OTHER), Y.GROUND_ASSAULT, (_ASSAULTED,)),
    Correction((Y.UNREST,), Y.OTHER, (_ARMED_LOOTERS,)),
    Correction((Y.ARSON,), Y.GROUND_ASSAULT, (_KILLED_AND_BURNT,)),
    Correction((Y.SMALL_ARMS, Y.INTRUSION), Y.GROUND_ASSAULT, (_ARMED_ENTRY,)),
    Correction((Y.MORTAR_ARTILLERY,), Y.IED, (_LAID,), told=frozenset({Y.IED})),
    Correction((Y.ARSON, Y.IED), Y.UNREST, (_CROWDS,), told=frozenset({Y.UNREST})),
    Correction(
        (Y.VEHICLE_BOMB, Y.SUICIDE_BOMBING),
        Y.GROUND_ASSAULT,
        (_ON_FOOT, _BROKE_IN),
        (_BY_A_CAR,),
        told=frozenset({Y.GROUND_ASSAULT}),
    ),
    Correction((Y.SMALL_ARMS, Y.IED, Y.ARSON), Y.GROUND_ASSAULT, (_STORMED,), told=frozenset({Y.GROUND_ASSAULT})),
    Correction((Y.INTRUSION,), Y.GROUND_ASSAULT, (_STORMED, _ARMED), told=frozenset({Y.GROUND_ASSAULT})),
    Correction((Y.IED,), Y.AIR_STRIKE, (_LET_FALL,)),
    Correction(
        (Y.VEHICLE_RAMMING, Y.ROCKET, Y.SMALL_ARMS, Y.KIDNAPPING),
        Y.MARITIME,
        (_VESSEL,),
        told=frozenset({Y.MARITIME}),
    ),
    Correction((Y.VEHICLE_RAMMING,), Y.INTRUSION, (_SLIPPED_IN,), (_RAMMED,)),
    Correction(
        (Y.AIR_STRIKE, Y.SMALL_ARMS, Y.OTHER, Y.MISSILE, Y.MARITIME),
        Y.SURVEILLANCE,
        (_LOOKED_ON,),
        told=frozenset({Y.SURVEILLANCE}),
    ),
)
"""In order of precedence."""
