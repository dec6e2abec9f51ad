"""Decides how far an event came: executed, intercepted, thwarted, threatened, or not known."""

from typing import Final

from schemas.taxonomy import Status as S
from schemas.taxonomy import ThreatType as Y
from streams.reading.text import gated as re
from streams.reading.what.cues import Hit
from streams.reading.what.frames import FRAME, GROUNDED
from streams.reading.what.outcomes import told_outright

_TRIED: Final = frozenset({Y.INTRUSION, Y.KIDNAPPING, Y.GROUND_ASSAULT})
_ATTEMPT: Final = re.compile(r"\b(?:tried|trying|attempt\w*|wanted) to\b|\battempt(?:s|ed)?\b")
_CAUGHT: Final = re.compile(
    r"\b(?:guards?|police|soldiers|sentr(?:y|ies)|troops|marines|patrol)\b[^.;]{0,40}\b(?:shot|caught|stopped|arrested|detained|foiled|seized|overpowered|grabbed)\b|\b(?:was|were) (?:caught|stopped|arrested|detained|seized|shot)\b"
)
_HURT: Final = re.compile(
    r"\b(?:guards?|soldiers?|police\w*|civilians?|workers?|people) (?:was|were) (?:killed|wounded|hurt|injured)"
)

FLYING: Final = frozenset({Y.UAS, Y.ROCKET, Y.MISSILE, Y.MORTAR_ARTILLERY})
"""What is sent through the air."""

FINDABLE: Final = frozenset(
    {Y.IED, Y.VEHICLE_BOMB, Y.ROCKET, Y.MORTAR_ARTILLERY, Y.SUICIDE_BOMBING, Y.MARITIME, Y.MISSILE, Y.CBRN}
)

_POINTED: Final = frozenset({Y.SURVEILLANCE, Y.OTHER})
"""Types of which lenses and lasers are the means: to point them is to do it."""
_AT_A_MARK: Final = frozenset({"pointed at", "pointed towards", "trained on", "aimed at the"})
_PLOT_DISRUPTED: Final = re.compile(
    r"\bdisrupt\w*\s+(?:\w+\s+){0,3}(?:plots?|plans?|cells?|attacks?|attempts?|networks?|rings?|operations?)\b|\b(?:plots?|plans?|cells?|attacks?|attempts?|rings?)\s(?:was|were|been)\s(?:\w+\s)?disrupted\b"
)

_CAME_TRUE: Final = re.compile(
    r"\b(?:warn(?:ed|ing)|alert(?:ed)?|imminent|impending)\b[^.;]{0,60}\b(?:before|when|just as|and then|minutes later|moments later)\b[^.;]{0,40}\b(?:hit|struck|landed|fell|slammed|exploded|detonated|crashed)\b"
)
"""What was warned of, and came."""
_ONLY_PLANNED: Final = re.compile(r"(?:(?:was|were|had) plann|planned|planning|plotted|a plot to|alleged plot)")
_PUT_A_STOP_TO: Final = re.compile(
    r"\b(?:foil|thwart|defus|neutrali|dismantl|disarm|avert|prevent|disrupt|pre-?empt|recover|seiz|confiscat|arrest|detain|found|discover|uncover|caught|captur|overpower|stopped|nabbed|rounded|broke up|broken up|busted|charg|accus|suspect|indict|custody|before (?:he|she|they|it|the)\b|killed|shot)"
)
"""A plan that somebody put a stop to; one that is only known of is a threat."""
_MIGHT_STOP: Final = re.compile(r"\b(?:to|could|would|can|will|may|might|helps?|helped)\s(?:help\s)?$")
"""Before what is only hoped to stop one."""
_PLAN_STOPPED: Final = re.compile(
    r"\b(?:plots?|plans?|attempts?|conspirac(?:y|ies)|attacks?|assaults?)\b[^.;]{0,90}\b(?:was|were|been|is|are)\s(?:\w+\s)?(?:foiled|thwarted|uncovered|averted|disrupted|prevented|broken up|nipped)\b"
    r"|\b(?:arrested|detained|captured|caught|picked up|apprehended)\s[^.;]{0,60}\b(?:plann(?:ed|ing)|plott(?:ed|ing)|prepar(?:ed|ing)|intend(?:ed|ing)|meant|conspir(?:ed|ing))\sto\b"
)
"""A plan that came to an end with those who had it."""

_FOUND: Final = re.compile(
    r"\b(?:bombs?|devices?|explosives?|ieds?|rockets?|mortars?|vest|belt|mines?|charges?|launchers?|missiles?|grenades?|package|vests?|belts?)\b[^.;,]{0,50}\b(?:(?:was|were|been) )?(?<!had )(?<!have )(?<!has )(?:found|discovered|spotted|recovered|removed|seized|defused|located|uncovered|unearthed|dismantled|lifted by|lifted without)|"
    r"\b(?:car|truck|lorry|minibus|bus|pick-?up|vehicle|ambulance|tanker|van|motor-?cycle|tricycle|man|woman|boy|girl)\b[^.;]{0,70}\b(?:explosives?|charge|bomb|vest|belt|tnt)\b[^.;]{0,40}\b(?:was|were) (?:stopped|halted|searched|opened|arrested|overpowered)\b|\barrest of\b[^.;]{0,50}\b(?:explosives?|tnt|bombs?|grenades?|rockets?|vest|detonators?)\b|"
    r"\b(?:finds?|discovers?|uncovers?|seizes?|defuses?|found|discovered|uncovered|unearthed|turned up|yielded|netted|led to|dug up|came across|confiscated|captured|located|spotted|detected|noticed|intercepted a|seized|arrested|detained|stopped|caught)\b[^.;]{0,70}\b(?:bombs?|devices?|explosives?|ieds?|rockets?|mortars?|vests?|belts?|mines?|charges?|car|truck|lorry|lorries|minibus|bus|pick-?up|vehicle|ambulance|tanker|van|object|launchers?|missiles?|grenades?|plate|rack|rails?|cylinders?|package|chlorine)",
    re.IGNORECASE,
)


_AT_SEA: Final = re.compile(
    r"\b(?:mines?|devices?|charges?|explosives?|limpets?|objects?|magnetic|bombs?|skiffs?|cylinders?)\b"
)
"""What is found at sea before its use; a ship that is seized is not."""
_IN_WRITING: Final = re.compile(
    r"\b(?:leaflets?|letters?|notes?|messages?|graffiti|posters?|callers?|voice notes?|phone calls?|emails?)\b",
    re.IGNORECASE,
)
"""What is sent or left in words is a threat."""
_COLLAPSE: Final = re.compile(
    r"br(?:ing|ought|inging)\s+(?:it\s+)?down\s+(?:(?:one|two|a|the|part|parts|of|its|their|several|some|most)\s+){0,4}(?:[\w\-]+\s+)?(?:wings?|roofs?|walls?|buildings?|houses?|ceilings?|fa[cç]ade|stor(?:e?y|eys|ies)|blocks?|lines?|pylons?|towers?|bridges?|power|fence)\b",
    re.IGNORECASE,
)
"""What comes down by a hit is no weapon that was brought down."""
_CREWLESS: Final = re.compile(r"\b(?:drones?|usvs?|(?:un|crew)\w*less|uncrewed|unmanned|remote\w*|explosives?)\b")
_GUARDS_ENGAGE: Final = re.compile(
    r"\b(?:guards?|security(?: team)?|troops|soldiers|sentr(?:y|ies)|gunners|garrison|crew|armed team|defenders|personnel|forces|air defen[cs]es?|anti-?aircraft (?:guns?|units?|crews?)|batter(?:y|ies))\b[^.;]{0,50}\b(?:fired (?:on|at)|engaged|opened fire(?: on| at)?|shot at|displayed weapons|returned fire|fired warning shots)\b",
    re.IGNORECASE,
)
"""What keeps a drone or a boat off."""
_ALOFT: Final = re.compile(
    r"\b(?:fired|launched|sent|headed|heading|bound|flying|incoming|inbound|air defen[cs]es?|interceptors?|patriots?|peacekeepers|gunners|jets?)\b"
)
"""A missile that was fired can no more be foiled, only stopped."""
_PLANTED: Final = frozenset({Y.IED, Y.VEHICLE_BOMB, Y.SUICIDE_BOMBING})
_DEFUSED: Final = re.compile(
    r"\b(?:defus|disarm|made safe|render\w* safe|dismantl|neutrali[sz]|bomb squad|overpower|wrestl)"
)
"""What is done to a bomb that did not go off."""
_RUNNING: Final = re.compile(
    r"\b(?:racing|raced|speeding|sped|rushing|rushed|charging|charged|hurtling|driving|drove|driven|heading|bearing down|advancing)\s+(?:\w+\s+)?(?:at|towards?|for|down|up|on|into)\b|\bbefore (?:it|he|she|they) (?:could )?(?:reach|get|got|made)"
)
"""On its way already: it can be stopped, not found."""
_DRIVEN: Final = frozenset({Y.VEHICLE_BOMB, Y.SUICIDE_BOMBING, Y.MARITIME})
_SHOT_UP: Final = re.compile(
    r"\b(?:blown up|blown to \w+|destroyed|hit|struck|shot up|taken out|knocked out|engaged|stopped|set ablaze|sunk)\s+(?:\w+\s+)?(?:by|with)\s+(?:an?\s|the\s|its\s|two\s)?(?:[\w\-]+\s){0,2}?(?:helicopters?|gunships?|drones?|aircraft|jets?|warplanes?|tanks?|missiles?|anti-tank|rockets?|gunners?|guns?|guards?|sentr(?:y|ies)|soldiers|troops|gunfire|machine-gun|fire)\b"
    r"|\b(?:helicopters?|gunships?|aircraft|jets?|warplanes?|tanks?|gunners?|guards?|sentr(?:y|ies)|soldiers|troops)\s(?:\w+\s)?(?:blew (?:it )?up|destroyed|shot up|took out|knocked out|set ablaze|sank)\b"
)
"""What was done to it while it came."""
_AT_REST: Final = re.compile(
    r"\b(?:factory|factories|workshops?|depots?|garages?|warehouses?|hide-?outs?|parked|being (?:prepared|loaded|rigged|fitted)|camps? of|stockpiles?)\b"
)
_REACHED: Final = re.compile(
    r"\b(?:kill|wound|injur|hurt|damag|struck|hit|crater|burn|holed|boarded|seized|explod\w+ (?:at|in|on|against))"
)


_LYING_READY: Final = re.compile(
    r"\b(?:rockets?|launchers?|tubes?|rails?|mortars?)\b[^.;]{0,40}\b(?:stood|standing|lay|lying|set up|pointed|pointing|were wired|was wired|wired to)\b"
)
"""Weapons that somebody came upon before they were fired."""
_FIRED: Final = re.compile(r"\b(?:fired|launched|hit|struck|fell|landed|exploded|impact\w*|came down)\b")
_IN_WORDS: Final = re.compile(
    r"[\"“][^\"”]{0,80}\b(?:will|would|shall)\s|\bthreaten(?:ed|s|ing)? to\b|\b(?:until|before|by)\s(?:the\s)?[\w ]{2,25}\bto (?:be gone|leave|close|clear out|get out|be out|go)\b|\b(?:warn\w*|message|e-?mail|letter|caller|voice|note)\b[^.;]{0,80}\b(?:will|would|shall) be\b|\b(?:cell|group|militia|men|fighters)\s(?:[\w\-]+\s){0,4}to (?:fire|attack|launch|storm|bomb|strike)\b[^.;]{0,80}\b(?:before|by|tonight|tomorrow|within)\b"
)
"""What is announced, not done."""
_SHOT_AT: Final = re.compile(
    r"\b(?:was|were|been) shot at\b|\bdrones? (?:was |were )?(?:shot|fired) at (?!the\b|an?\b)|\bshot to (?:pieces|bits)\b|\bhit (?:at|in) (?:high altitude|a great height|the air|flight|mid-?air)\b|\bmet at an? (?:great )?height\b|\b(?:were|was) netted\b|\bfired nets?\b|\b(?:had|got) (?:all|both|every one|each)\b|\bfell to (?:the )?(?:guns|gunners)\b|\bengaged\b[^.;]{0,30}\b(?:c-?ram|airburst|splash\w*|destroyed|down)\b"
)
"""What is done to what flies."""
_KEPT_OFF: Final = re.compile(
    r"\b(?:left|turned (?:away|back|round)|withdrew|broke off|sheered (?:off|away)|gave up|made off|stopped dead|fell back|went away)\b[^.;]{0,60}\b(?:guards?|rifles?|flares?|shots?|armed team|weapons|hoses?|marines|lights?)\b|\bwarning shots\b|\b(?:fired on|fired at|opened fire on|shot at|shelled)\s(?:and (?:sank|destroyed|stopped)\s)?(?:an?|the|two|three|it)\s[^.;]{0,40}\b(?:boats?|craft|skiffs?|launch|speedboats?|object|dinghy)\b|\b(?:sank|sunk|destroyed)\b[^.;]{0,40}\b(?:short of|off|before|from)\b"
)
"""How boats are kept off."""
_GOT_AWAY: Final = re.compile(
    r"\b(?:ran(?! (?:up|over|into|through|down|a|the))|run back|withdrew|(?:was|were) (?:chased|stopped|turned (?:back|away)|driven off)|chased (?:off|out|away)|turned back|stopped (?:while|at|by|in))\b"
)
_TOOK: Final = re.compile(
    r"\b(?:got as far|got in(?:to|side)|before (?:he|she|they)|took|stole|stolen|remov(?:ed|ing)|carried off|gone|missing|emptied)\b"
)
"""Who took something, or got as far as that, had come in."""


_OF_THE_DOER: Final = re.compile(
    r"\s(?:aimed|fired|launched|sent|flown|meant|intended|looking|trying|acting|carried out|staged|ordered|planned)\b"
)
"""Behind what "may have been": whose it was, and for whom, is open, not that it came."""


def kept_off(text: str) -> bool:
    """Whether a boat is told to have been kept off."""
    return _KEPT_OFF.search(text.lower()) is not None


def how_far(body: str, start: int, end: int, hits: list[Hit], kind: Y) -> tuple[S, Hit | None]:
    """Return how far the event of a clause came, and the cue that says so."""
    if (outright := told_outright(body, start, end, kind)) is not None:
        return outright
    low = body[start:end].lower()

    anywhere = hits[0] if hits else None
    staged = [h for h in hits if h.classes.stage]

    def first(cls: str) -> Hit | None:
        return next((h for h in staged if cls in h.classes), None)

    threat, thwart, stop, unclear, done = (
        first(f"st_{s}") for s in ("threatened", "thwarted", "intercepted", "unclear", "executed")
    )
    if thwart and (
        (kind in FLYING and thwart.text == "unexploded")
        or (kind in _POINTED and thwart.text in _AT_A_MARK)
        or (thwart.text.startswith("disrupt") and not _PLOT_DISRUPTED.search(low))
        or (kind in (Y.KIDNAPPING, Y.MARITIME, Y.GROUND_ASSAULT) and "seized" in thwart.text)
    ):
        thwart = None
    if threat and _CAME_TRUE.search(low):
        threat = None
    if thwart and _ONLY_PLANNED.match(thwart.text) and not _PUT_A_STOP_TO.search(low):
        thwart = None
    if thwart and _MIGHT_STOP.search(body, max(start, thwart.start - 20), thwart.start):
        thwart = None
    if stop and re.search(
        r"\b(?:not|never|failed to be|could not be)\s+(?:\w+\s)?$",
        body[max(start, stop.start - 18) : stop.start].lower(),
    ):
        stop = None
    if stop and _COLLAPSE.match(body, stop.start, end):
        stop = None
    if (
        thwart
        and FRAME not in thwart.classes
        and not re.search(
            r"\b(?:thwart|foil|defus|neutrali|dismantl|disarm|safe|avert|prevent|disrupt|bip|before (?:it|they)|intended|about to|being readied|pre-?empt|destined|meant for|ready to|set to|aimed at but|timer|apart|recover|seiz|confiscat|remov|arrest|found|discover|uncover|cache|unexploded|cut the wire|overpower|wrestl|subdu|tackl|bomb squad|bomb disposal|sappers|experts|engineers|caught|tip|stumbled|chanced|came (?:across|upon)|spotted|wires|wired|before (?:he|she|they|it|the)\b|plan(?:s|ned|ning)?\b|plot|conspir|stopped|dealt|deactivat|inert|harmless|blew it up where|dug up|apart|to bits|nabbed|rounded|would-be)",
            low,
        )
    ):
        thwart = None
    if (
        not thwart
        and kind in FINDABLE
        and not _RUNNING.search(low)
        and not (kind is Y.MARITIME and _AT_SEA.search(low) is None)
        and (m := _FOUND.search(body, start, end))
        and not re.search(r"explod|went off|detonated|blew up|wound|kill|landed|struck", low)
    ):
        thwart = _cue_from(hits, m.start()) or anywhere
    if threat and not (done and done.start < threat.start) and not stop:
        if thwart and (thwart.start < threat.start or _PLAN_STOPPED.search(low)):
            return S.THWARTED, thwart
        return S.THREATENED, threat
    if kind in FLYING | FINDABLE and (grounded := next((h for h in hits if GROUNDED in h.classes), None)):
        return S.THWARTED, grounded
    if not stop and thwart and kind in FLYING and _ALOFT.search(low):
        return S.INTERCEPTED, thwart
    if thwart and kind in _PLANTED and _DEFUSED.search(low):
        return S.THWARTED, thwart
    if kind in _DRIVEN and not _AT_REST.search(low) and (m := _SHOT_UP.search(low)):
        return S.INTERCEPTED, _cue_from(hits, start + m.start()) or thwart or stop
    flown = stop and kind in FLYING
    if thwart and not flown and not (done and done.start < thwart.start):
        return S.THWARTED, thwart
    if not stop and kind in _TRIED and _ATTEMPT.search(low) and _CAUGHT.search(low) and not _HURT.search(low):
        return S.INTERCEPTED, next((h for h in hits if "act" in h.classes), None)
    if stop:
        if kind in (Y.GROUND_ASSAULT, Y.SMALL_ARMS, Y.UNREST) and re.search(r"kill|wound|injur|dead|died", low):
            return S.EXECUTED, stop
        return S.INTERCEPTED, stop
    if (kind in (Y.UAS, Y.MISSILE, Y.ROCKET) or (kind is Y.MARITIME and _CREWLESS.search(low))) and (
        m := re.search(
            r"\b(?:was|were|been|be) destroyed\b|\bdestroyed (?:the|both|all|two|three|four|five|six|seven|eight|nine|ten|several|an?|one|another|\d+) (?:[\w\-]+ ){0,3}(?:drones?|rockets?|missiles?|uavs?)|\bdestroyed [^.]{0,30}over\b",
            low,
        )
    ):
        return S.INTERCEPTED, _cue_from(hits, start + m.start())
    if kind in (Y.UAS, Y.MARITIME) and not _REACHED.search(low) and (m := _GUARDS_ENGAGE.search(body, start, end)):
        return S.INTERCEPTED, _cue_from(hits, m.start())
    if (kind in (Y.UAS, Y.MISSILE) and not _REACHED.search(_SHOT_AT.sub(" ", low)) and (m := _SHOT_AT.search(low))) or (
        kind is Y.MARITIME and not done and (m := _KEPT_OFF.search(low))
    ):
        return S.INTERCEPTED, _cue_from(hits, start + m.start()) or anywhere
    if kind is Y.INTRUSION and not _TOOK.search(low) and (m := _GOT_AWAY.search(low)):
        return S.INTERCEPTED, _cue_from(hits, start + m.start()) or anywhere
    if kind in (Y.ROCKET, Y.MORTAR_ARTILLERY) and not _FIRED.search(low) and (m := _LYING_READY.search(low)):
        return S.THWARTED, _cue_from(hits, start + m.start()) or anywhere
    if not done and (m := _IN_WORDS.search(low)):
        return S.THREATENED, _cue_from(hits, start + m.start()) or anywhere
    if kind is Y.OTHER and not done and (m := _IN_WRITING.search(body, start, end)):
        return S.THREATENED, _cue_from(hits, m.start()) or anywhere
    if unclear and not _OF_THE_DOER.match(body, unclear.end, end):
        return S.UNCLEAR, unclear
    return S.EXECUTED, done


def _cue_from(hits: list[Hit], at: int) -> Hit | None:
    """The first cue from a position on."""
    return next((h for h in hits if h.start >= at), None)
