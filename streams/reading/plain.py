"""Finds deeds told in plain words, without a weapon's or a deed's own name: "the nurses were taken from the road".

Each grammar joins a class of people, things or sites with what is done to them. They are weak cues: they speak only in
sentences where no cue of the lists does, and an event that rests on them alone needs a day and a place.
"""

from bisect import bisect_left, bisect_right, insort
from typing import Final

from streams.reading import gated as re
from streams.reading.cues import Classes, Hit

PLAIN: Final = "plain"
"""The class of these cues."""

_WHO: Final = (
    r"(?:man|men|woman|women|boys?|girls?|guards?|watchm[ae]n|sentr(?:y|ies)|drivers?|engineers?|foreman|foremen|technicians?|"
    r"doctors?|nurses?|physicians?|midwife|midwives|priests?|nuns?|bishop|missionar(?:y|ies)|teachers?|aid workers?|pilots?|captain|skipper|"
    r"mates?|bosun|crew(?:m[ae]n)?|sailors?|seam[ae]n|workers?|workm[ae]n|contractors?|employees?|staff|interpreters?|translators?|cooks?|mechanics?|"
    r"porters?|soldiers?|peacekeepers?|police(?:m[ae]n)?|officers?|conscripts?|recruits?|consul|diplomats?|attach[eé]s?|journalists?|colleagues?|"
    r"logisticians?|dockers?|cleaners?|clerks?|couriers?|managers?|surveyors?|nationals|citizens|travellers?|passengers?|delegates?|[a-z]{3,}(?:ologist|onomist|ician)s?)"
)
_WAS: Final = r"(?:was|were|had been|has been|have been)"
_VEHICLE: Final = (
    r"(?:lorr(?:y|ies)|trucks?|cars?|vans?|pick-?ups?|bus(?:es)?|tankers?|taxi|jeeps?|minibus|bulldozer|digger|tractor)"
)
_SHIP: Final = r"(?:ships?|tankers?|vessels?|freighters?|carriers?|dhows?|tugs?|barges?|trawlers?|coasters?|ferr(?:y|ies)|supply boats?|bulkers?)"
_FIND: Final = r"(?:found|spotted|noticed|discovered|came across|dug up|unearthed|recovered|lifted|pulled|fished|left|abandoned|handed in)"
_BOX: Final = r"(?:jerrycans?|jerry cans?|bags?|rucksacks?|backpacks?|holdall|suitcases?|briefcase|box(?:es)?|parcels?|packages?|pots?|pressure cookers?|cylinders?|gas bottles?|pipes?|drums?|barrels?|buckets?|thermos|flask|tins?|toolbox|fire extinguishers?|crates?|cool ?box)"
_WIRED: Final = r"(?:wires|wired|wiring|batter(?:y|ies)|taped to|ticking|timers?|detonators?|ball bearings|nails|plasticine|putty|detonating cord)"
_ASSET: Final = r"(?:containers|warehouses?|depots?|stores?|storerooms?|sheds?|tents|hangars?|trucks|lorries|vehicles|cars|buses|tankers|pallets|generators?|huts?|cabins?|silos?|excavators?|diggers?|barges?)"
_WORKS: Final = r"(?:bolts|nuts|rails|sleepers|cables?|fibres?|power lines?|hoses?|valves?|brake lines?|brake pipes?|tyres|padlocks?|pylons?|masts?|pumps?|insulators|transformers?|fishplates|points motor|signal boxes|pipelines?|mooring lines|stays)"
_UNDONE: Final = r"(?:cut|sawn|sawed|unscrewed|undone|loosened|slashed|severed|filed|drained|drilled|smashed|unbolted|tampered with|prised|chopped|hacksawed)"
_EDGE: Final = r"(?:fence|fencing|wire|perimeter|wall|apron|runway|jetty|compound)"
_OURS: Final = r"(?:water|well|cistern|tank|reservoir|borehole|spring|food|flour|tea|canteen)"
_POISON: Final = (
    r"(?:pesticides?|insecticide|cyanide|arsenic|thallium|rat poison|herbicide|mercury|caesium|strychnine|weedkiller)"
)
_IT: Final = r"(?:screens?|systems?|computers?|servers?|terminals|portal|website|network|dispatch|switchboard|consoles?|data|files|accounts|accts)"
_DOWN: Final = r"(?:went (?:dark|black|blank)|locked|frozen|froze|encrypted|wiped|harvested|leaked|taken over|obeyed|by themselves|a ransom|a demand|showed a (?:skull|flag|message))"
_NAV: Final = r"(?:gps|gnss|ais|satnavs?|transponders?|plotters?|navigation signals?)"
_ASTRAY: Final = r"(?:fooled|drift\w*|jump\w*|wander\w*|lied|lying|astray|in circles|on land|ashore|inland|spoof\w*|degraded|unreliable|went (?:mad|haywire|crazy|out|dead)|swamped|kilometres off|km off|miles off)"
_WORD: Final = (
    r"(?:letters?|notes?|messages?|leaflets?|callers?|sms|voice notes?|fax|graffiti|flyers?|handbills?|posters?)"
)
_DUE: Final = r"(?:or else|or burn|or die|or be|to leave|leave (?:by|before|within|or)|will burn|will be (?:burn\w*|holed|sunk|shot|killed|hit|razed|next)|in blood|hours to|days to)"
_NEXT: Final = r"\b[^.;:!?\n]{0,60}?\b"

_GRAMMARS: Final = tuple(
    (frozenset({PLAIN, "act", *classes.split()}), re.compile(pattern, re.IGNORECASE))
    for classes, pattern in (
        (
            "w_kidnapping",
            rf"\b{_WHO}\s+{_WAS}\s+(?:taken|seized|grabbed|snatched|led away|marched off|carried off|dragged off|driven off|bundled)\b(?!\s+(?:to (?:a |the )?(?:\w+ )?(?:hospital|clinic|court|prison|station)|ill\b|by (?:the )?(?:police|army|security)))",
        ),
        (
            "w_kidnapping",
            rf"\b{_WHO}\s+{_WAS}\s+(?:let go|set free|freed|released)\b(?![^.\n]{{0,90}}\b(?:hospital|bail|charge|court|police|prison|custody|jail))",
        ),
        (
            "w_kidnapping",
            rf"\b{_WHO}\s+(?:seized|snatched|taken|grabbed)\s+(?:at|from|on|near|in|off)\b(?!\s+(?:board|charge|custody))",
        ),
        (
            "w_kidnapping",
            rf"\b(?:took|seized|grabbed|snatched|carried off|led off|led away|walked off with|drove off with|made off with|went off with)\s+(?:the|a|an|two|three|four|its|their|his|one)\s+(?:[\w\-]+\s+){{0,2}}?{_WHO}\s+(?:ashore|away|with them|into|off|at gunpoint|from|to the)\b",
        ),
        (
            "w_kidnapping",
            r"\b(?:want|wants|wanted|demand|demands|demanded|asks?|asked|asking)\b[^.;\n]{0,40}\b(?:for (?:him|her|them)\b(?=\W|$)|for (?:his|her|their) (?:release|return|freedom))",
        ),
        ("w_kidnapping", r"\b(?:take|taking|took|taken)\s+(?:\w+\s+){0,3}hostages?\b"),
        (
            "w_other",
            rf"\b{_WHO}\s+{_WAS}\s+(?:\w+ly\s+)?(?:stabbed|knifed|beaten|clubbed|hacked|whipped|kicked|slashed)\b",
        ),
        (
            "w_small_arms",
            rf"\b{_WHO}\s+{_WAS}\s+(?:\w+ly\s+)?(?:shot|gunned down|hit by (?:a |two |three )?(?:bullets?|rounds?))\b",
        ),
        (
            "w_small_arms",
            r"\b(?:bursts?|shots?|rounds?|bullets?)\s+(?:\w+\s+){0,2}from\s+(?:a|the|across|beyond)\s+(?:\w+\s+){0,2}(?:motorcycles?|car|pick-?up|hill|ridge|bank|reeds|tree ?line|rooftop|minaret|palms|wadi)\b|\bpot ?shots?\s+at\b|\bemptied (?:a|his|two) magazines?\b",
        ),
        (
            "w_other",
            rf"\b(?:stopped|halted|held up|waylaid)\b[^.;\n]{{0,50}}\b(?:convoy|{_VEHICLE[3:-1]}|crew|patrol)\b[^.;\n]{{0,40}}\b(?:demand\w*|robbed|emptied|made (?:the|them)|relieved|took (?:the|their|its)|helped themselves)\b",
        ),
        (
            "w_vehicle_ramming",
            rf"\b(?:{_VEHICLE[3:-1]}|driver|motorist)\b[^.;\n]{{0,80}}?\b(?:went|drove|ploughed|plowed|accelerated|steered|sped|burst|tore|swerved)\s+(?:straight\s+|right\s+|on\s+|headlong\s+)?(?:through|into|at|over)\s+(?:a|the|its|our|their|two|three|several)?\s*(?:[\w\-]+\s+){{0,3}}?(?:barriers?|gates?|checkpoint|post|queue|crowd|fence|bollards?|cordon|{_WHO[3:-1]})\b",
        ),
        (
            "w_vehicle_ramming",
            r"\b(?:drivers?|motorist)\b[^.;\n]{0,30}\b(?:killed|ran over|ran down|knocked down|mowed down|drove at|drove into)\s+(?:a|an|the|two|three|several)\s+(?:[\w\-]+\s+){0,2}?(?:guards?|soldiers?|sentr(?:y|ies)|police(?:m[ae]n)?|peacekeepers?|recruits?|conscripts?|pedestrians|worshippers)\b",
        ),
        ("w_ied st_thwarted", rf"\b{_FIND}{_NEXT}{_BOX}\b[^.;!?\n]{{0,40}}?\b{_WIRED}\b"),
        ("w_ied st_thwarted", rf"\b{_BOX}\b[^.;!?\n]{{0,40}}?\b{_WIRED}\b[^.;!?\n]{{0,40}}?\b{_WAS}\s+{_FIND}\b"),
        (
            "w_vehicle_bomb st_thwarted",
            rf"\b{_VEHICLE}\b[^.;!?\n]{{0,40}}?\b(?:cab|boot|trunk|doors?|dashboard|seats?|tank|chassis|load)\s+(?:was\s+|were\s+|had been\s+)?(?:wired|rigged|packed with|stuffed with)\b",
        ),
        (
            "w_rocket st_thwarted",
            rf"\b{_FIND}{_NEXT}(?:rack|frame|rails|tubes|tripods?)\b[^.;!?\n]{{0,30}}\b(?:107s?|122s?|rockets?|tubes)\b",
        ),
        (
            "w_surveillance",
            r"\b(?:phones?|cameras?|dashcam|tablet|recorder|transmitter|tracker|microphones?|gopro)\b[^.;!?\n]{0,60}?\b(?:live-?stream\w*|streaming|transmitting|broadcasting|(?:pointed|trained|aimed) (?:at|on) the|hidden (?:in|behind|under))\b",
        ),
        (
            "w_surveillance",
            r"\b(?:counting|noting|noted|writing down|wrote down|sketching|sketched|pacing out|paced out|timing|timed|logging)\b[^.;!?\n]{0,30}?\b(?:convoys?|gates?|guards?|patrols?|take-?offs|departures|number plates|licence plates|shift changes?|guard changes?)\b",
        ),
        (
            "w_maritime",
            r"\b(?:canister|cylinder|magnets?|magnetic \w+|device|charge)\b[^.;!?\n]{0,30}?\b(?:hull|rudder|keel|propeller|waterline)\b|\b(?:swimmers|divers|frogmen)\s+(?:\w+\s+)?(?:attached|fixed|stuck|clamped|planted)\b",
        ),
        (
            "w_maritime",
            rf"\b{_SHIP}\s+(?:that\s+)?(?:[\w\-]+\s+){{0,4}}?(?:had\s+)?(?:seized|hijacked|boarded)\b|\b(?:seized|hijacked|boarded|climbed aboard)\s+(?:a|an|the|two)\s+(?:[\w\-]+\s+){{0,3}}?{_SHIP}\b",
        ),
        (
            "w_maritime st_threatened",
            rf"\b(?:any|every|all|each)\s+(?:[\w\-]+\s+){{0,2}}?{_SHIP}\b[^.;!?\n]{{0,90}}?\b(?:will|shall)\s+(?:be\s+)?(?:holed|sunk|sink|burn\w*|fired (?:on|at)|hit|boarded|seized)\b",
        ),
        (
            "w_uas",
            r"\bsomething\s+(?:[\w\-]+\s+){0,3}?(?:came|coming|flew|flying|circled|circling|buzzed|buzzing|hovered|hovering|hung)\s+(?:[\w\-]+\s+){0,2}?(?:over|low|above|overhead|round|around|in from)\b",
        ),
        (
            "w_uas",
            r"\b(?:lawn ?mowers?|mopeds?|chainsaw|outboard|motorbike|scooter)\b[^.;!?\n]{0,20}\b(?:in the sky|overhead|in the air|above us|over the (?:sea|base|plant|port|roofs?))\b|\b(?:fixed[- ]wing|delta[- ]wing\w*)\s+(?:OWA|machines?|UAS)\b|\b(?:pilotless|unmanned|flying)\s+(?:\w+\s+)?(?:machines?|craft|aircraft|planes?)\b",
        ),
        (
            "w_unknown_explosion st_unclear",
            r"\bsomething\s+(?:just\s+|has\s+|had\s+)?(?:\w+\s+)?(?:popped|burst|exploded|blew|fell|came|dropped|crashed|landed|detonated|lit up)\b[^.;!?\n]{0,20}\b(?:over|out of the sky|from the sky|in the sky|above|overhead|high|near)\b",
        ),
        (
            "w_unknown_explosion st_unclear",
            r"\b(?:house|windows?|walls?|floor|ground|building|whole (?:place|block|street)|bed|doors)\s+(?:just\s+|all\s+|really\s+|literally\s+)?(?:shook|shaking|rattled|rattling|trembled|jumped)\b(?![^.\n]{0,60}\b(?:quake|earthquake|tremor|lorr|train|music))",
        ),
        (
            "w_unknown_explosion",
            r"\b(?:roofs?|windows?|walls?|doors?|gates?|shutters)\b[^.;!?\n]{0,40}?\b(?:was|were|had been)\s+(?:blown|torn)\s+(?:in|out|off|open)\b|\b(?:got|just got|been)\s+(?:whacked|smacked|plastered|hammered|smoked|clobbered|pasted|walloped)\s+(?:again|last|this|to|at|just|by)\b",
        ),
        (
            "w_arson",
            rf"\b{_ASSET}\s+(?:were\s+|was\s+|had been\s+)?(?:burned|burnt|torched|set alight|set on fire)\b(?!\s+(?:by accident|because|after a (?:short|fault|leak)))|\b{_ASSET}\s+went up in flames\b",
        ),
        (
            "w_arson",
            r"\b(?:poured|splashed|sprinkled|doused)\b[^.;!?\n]{0,40}\b(?:petrol|paraffin|diesel|kerosene|gasoline)\b",
        ),
        (
            "w_sabotage",
            rf"\b{_WORKS}\s+(?:[\w\-]+\s+){{0,5}}?{_WAS}\s+(?:found\s+)?(?:\w+ly\s+)?{_UNDONE}\b|\b(?:took|take|takes|unscrewed|loosened|sawed|sawed through|undid|slashed|unbolted|cut)\s+(?:out\s+)?(?:the|a|two|three|four|several|all)\s+(?:[\w\-]+\s+){{0,2}}?(?:bolts|nuts|cables?|fibres?|power lines?|hoses?|brake lines?|tyres|padlocks?|insulators|fishplates|mooring lines)\b|\b(?:sugar|sand|grit|iron filings)\s+in\s+(?:the|its|their)\s+(?:\w+\s+)?(?:fuel|tanks?|oil|diesel|gearbox|bearings)\b",
        ),
        (
            "w_intrusion",
            rf"\b(?:hole|gap|opening)\b[^.;!?\n]{{0,30}}?\b(?:fence|fencing|perimeter)\b|\b(?:noticed|found|saw|spotted)\s+(?:the|a)\s+(?:gap|hole)\b[^.;!?\n]{{0,40}}\b(?:man|men|figures?|somebody|someone)\b|\b(?:footprints|bootprints|boot prints|ladder)\b[^.;!?\n]{{0,40}}?\b{_EDGE}\b",
        ),
        (
            "w_intrusion",
            rf"\b(?:picker|stranger|intruder|youths?|{_WHO[3:-1]})\s+(?:{_WAS}\s+)?(?:caught|found|stopped|challenged|seen)\s+(?:at|on|inside|under|over|climbing|scaling)\s+(?:the|a|its)\s+(?:[\w'’\-]+\s+){{0,3}}?(?:fence|wire|perimeter|wall|apron|runway)\b|\b(?:borrowed|forged|false|fake|stolen)\s+(?:badges?|pass(?:es)?|uniforms?|overalls)\b",
        ),
        (
            "w_cbrn",
            rf"\b{_POISON}\b[^.;!?\n]{{0,50}}?\b(?:tipped|poured|put|thrown|emptied|{_OURS[3:-1]})\b|\b{_OURS}\b[^.;!?\n]{{0,50}}?\b(?:poisoned|{_POISON[3:-1]})\b",
        ),
        ("w_cbrn st_thwarted", rf"\b(?:was|were|plan\w*|meant|plot\w*)\s+to\s+poison\s+(?:\w+\s+){{0,3}}?{_OURS}\b"),
        (
            "w_cbrn",
            r"\b(?:yellow|greenish|green|white|acrid|sweetish|garlicky)\s+(?:cloud|smoke|gas|powder|smell|vapour|fog)\b[^.!?\n]{0,80}\b(?:cough\w*|vomit\w*|chok\w*|blister\w*|hospital|treated|streaming eyes|could not breathe)\b",
        ),
        (
            "w_cyber",
            rf"\b{_IT}\s+(?:[\w\-]+\s+){{0,4}}?{_DOWN}\b|\b(?:creds|credentials|passwords)\s+(?:\w+\s+)?(?:harvested|stolen|leaked|dumped)\b|\b(?:gate|crane|pump|dispatch|booking)\s+computers?\b[^.;!?\n]{{0,40}}\b(?:thought|believed|insisted|refused|confused|sent)\b",
        ),
        ("w_jamming", rf"\b{_NAV}\b[^.;!?\n]{{0,40}}?\b{_ASTRAY}\b"),
        (
            "w_unrest",
            r"\b(?:stoned|pelted)\s+(?:the|a|an|our|two|three)\b|\b(?:brandished|exchanged for|replaced by|gave way to)\s+(?:stones|bricks|bottles)\b|\b(?:stones|bricks|bottles|rocks)\s+(?:flew|were (?:thrown|hurled)|rained|came over|began to fly)\b|\b(?:procession|march|vigil|queue|crowd|funeral)\s+(?:[\w\-]+\s+){0,3}?(?:turned (?:violent|ugly|nasty)|got ugly|broke (?:the|through|windows)|pushed (?:in|over|through|down))\b",
        ),
        (
            "w_suicide_bombing",
            r"\b(?:carrying|wearing|with)\s+(?:a|an)\s+(?:[\w\-]+\s+){0,2}?(?:schoolbag|bag|rucksack|backpack|vest|belt|coat|satchel)\b[^.;!?\n]{0,30}\b(?:walked up to|walked into|joined|mingled with|pushed into|stepped into)\s+(?:a|the)?\s*(?:\w+\s+){0,2}?(?:recruits|queue|soldiers|police\w*|guards|crowd|worshippers|pilgrims|voters|checkpoint)\b",
        ),
        ("w_other st_threatened", rf"\b{_WORD}\b[^.;!?\n]{{0,80}}?\b{_DUE}\b"),
        (
            "w_other st_threatened",
            r"\b(?:closed|shut|empty|suspended|evacuated)\s+(?:since|after|over|because of)\s+(?:the|a|an)\s+(?:\w+\s+)?(?:letter|note|threat|call|leaflet|message)\b",
        ),
    )
)

_TOGETHER: Final = (
    ("w_kidnapping", "p_who p_gone"),
    ("w_suicide_bombing", "p_who p_trigger"),
    ("w_suicide_bombing", "p_figure p_trigger"),
    ("w_vehicle_bomb", "p_vehicle p_went_up"),
    ("w_vehicle_ramming", "p_vehicle p_charge"),
    ("w_cbrn", "p_poison p_taken_in"),
    ("w_jamming", "p_instrument p_astray"),
    ("w_cyber", "p_machine p_locked"),
    ("w_ied st_thwarted", "p_find p_box p_wired"),
    ("w_rocket st_thwarted", "p_find p_tubes p_unfired"),
    ("w_uas st_thwarted", "p_find p_object p_unfired"),
    ("w_uas", "p_object p_aloft"),
    ("w_air_strike", "p_planes p_damage"),
    ("w_maritime", "p_ship p_struck"),
    ("w_unknown_explosion", "p_asset p_struck"),
    ("w_unknown_explosion", "site p_struck"),
    ("w_intrusion", "p_figure p_edge"),
    ("w_surveillance", "p_figure p_watch"),
    ("w_unrest", "p_block p_way"),
    ("w_unrest", "p_many p_mob"),
    ("w_other st_threatened", "p_word p_or_else"),
    ("w_unknown_explosion st_unclear", "p_bang site"),
)
"""What deed those tell that stand together in a sentence, the most telling first."""

_SEVERAL: Final = tuple(
    (frozenset({PLAIN, "act", *made.split()}), frozenset(parts.split())) for made, parts in _TOGETHER
)
_KINDS: Final = {made: Classes(made) for made, _ in (*_GRAMMARS, *_SEVERAL)}
_TOLD: Final = frozenset({"event_noun", "st_threatened", "st_intercepted"})
_INNOCENT: Final = "p_no_deed"
_END: Final = re.compile(r"[.;!?](?:\s|$)|\n")


def plain_deeds(hits: list[Hit], body: str) -> list[Hit]:
    """Return the cues with those of the grammars added, in order, where no cue of the lists tells of a deed.

    Parameters
    ----------
    hits
        The cues of the lists.
    body
        The text.
    """
    told = [h.start for h in hits if h.classes.weapons or not h.classes.isdisjoint(_TOLD)]
    out = list(hits)
    ends = [m.end() for m in _END.finditer(body)]

    def silent(at: int) -> bool:
        n = bisect_right(ends, at)
        k = bisect_left(told, ends[n - 1] if n else 0)
        return k == len(told) or (n < len(ends) and told[k] >= ends[n])

    for classes, grammar in _GRAMMARS:
        for m in grammar.finditer(body):
            if silent(m.start()):
                insort(out, Hit(m.start(), m.end(), m[0].lower(), _KINDS[classes]), key=_place)
    passages: dict[int, list[Hit]] = {}
    for h in hits:
        if h.classes.site or any(c.startswith("p_") for c in h.classes):
            passages.setdefault(bisect_right(ends, h.start), []).append(h)
    for group in passages.values():
        if len(group) > 1 and silent(group[0].start) and (deed := _told_together(group)) is not None:
            insort(out, deed, key=_place)
    return out


def _told_together(group: list[Hit]) -> Hit | None:
    """The deed that the plain words of a sentence tell between them."""
    there = {c for h in group for c in h.classes} | ({"site"} if any(h.classes.site for h in group) else set())
    if _INNOCENT in there:
        return None
    for made, parts in _SEVERAL:
        if parts <= there:
            at = next(h for h in group if any(c in h.classes for c in parts))
            if any(h is not at and (h.classes.site or parts & h.classes) for h in group):
                return Hit(at.start, at.end, at.text, _KINDS[made])
    return None


def _place(hit: Hit) -> tuple[int, int]:
    return hit.start, -hit.end
