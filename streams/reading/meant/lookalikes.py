"""Tells what has the words of an event and is none: remnants, pieces of weapons, words quoted for effect, kills by one's own side.

What excuses deeds done without a weapon of war (mishaps, works, beasts, visits) stands in `data/innocent.toml`.
"""

from collections.abc import Mapping
from typing import Final

from schemas.taxonomy import SetAsideReason as R
from schemas.taxonomy import ThreatType as Y
from streams.reading.meant.negation import excluded
from streams.reading.meant.our_strikes import OUR_KILL, struck_theirs
from streams.reading.text import gated as re
from streams.reading.text.tables import filled, table
from streams.reading.what.event import Event

_ORDNANCE: Final = frozenset(
    {Y.MORTAR_ARTILLERY, Y.ROCKET, Y.IED, Y.MISSILE, Y.AIR_STRIKE, Y.UNKNOWN_EXPLOSION, Y.MARITIME}
)

_REMNANT: Final = re.compile(
    r"\b(?:unexploded|rust(?:y|ed|ing)|old|ancient|leftover|live)\s+(?:[\w\-]+\s+){0,2}(?:shells?|bombs?|ammunition|mines?|ordnance|grenades?|rounds?|munitions|rockets?|warheads?)\b"
    r"|\b(?:shells?|bombs?|mines?|grenades?|rockets?|warheads?)\b[^.;]{0,24}\b(?:came up|ploughed up|plowed up|turned up by|washed up|in (?:a|the) (?:scrap ?yard|melon field|river bed))\b",
    re.IGNORECASE,
)
_FRESH: Final = re.compile(
    r"\b(?:landed|fell|fired|launched|struck|hit|last night|overnight|this morning|today|planted|placed|pointing|pointed|aimed|timer|wired|failed to (?:explode|detonate)|did not (?:explode|go off|detonate))\b",
    re.IGNORECASE,
)
_PIECE: Final = re.compile(
    r"\b(?:pieces?|fragments?|parts?|remains|wreck(?:age)?|debris|bits?|tail(?: fin)?s?|pictures?|photo(?:graph)?s?|videos?|clips?|models?|drawings?|rumou?rs?|memor(?:y|ies)|fear|talk|sound|smell|word) of\s+(?:an?|the|its|their|some|two|three)?\s*(?:[\w\-]+\s+){0,3}$",
    re.IGNORECASE,
)
_LEARNERS: Final = re.compile(
    r"\b(?:cadets?|recruits?|trainees?|role[- ]players?|actors?|extras|schoolchildren|pupils|tourists|shoppers|fans|collectors|bargain[- ]hunters)\s(?:[\w\-]+\s){0,2}?(?:storm|attack|raid|besieg|invad|seiz|overr[au]n|captur)\w*\b",
    re.IGNORECASE,
)
_ALARM: Final = re.compile(
    r"\b(?:sirens?|alarms?|horns?|alerts?|alarm clocks?|smoke detectors?)\b[^.;]{0,40}\b(?:went|gone|go|going|goes)\s+off\b",
    re.IGNORECASE,
)
_WARNED_OF: Final = re.compile(r"\s(?:alerts?|alarms?|sirens?|warnings?|all[- ]clear)\b", re.IGNORECASE)
"""Behind an air raid: it was expected."""
_BEASTS: Final = re.compile(
    r"\s(?:(?:has|have|had|is|are|were|was)\s)?(?:been\s)?(?:again\s|also\s)?(?:attack|besieg|invad|bomb|storm|swarm|ambush|raid|overr[au]n|conquer|assault|launch|occup)\w*\b"
)
_DEED_BESIDE: Final = frozenset({"st_executed", "st_intercepted", "st_thwarted", "st_threatened"})

_QUOTED: Final = re.compile(
    r"\b(?:call(?:ed|s|ing)?|described as|termed|dubbed|nicknamed|spoke of|speaks of|so-called|put it|likened to|like|as|was|is)(?: it| this| that| them| him)?\s+(?:an? |the )?[\"“‘']$",
    re.IGNORECASE,
)
_SHORT_QUOTE: Final = re.compile(r"[^\"”’'.]{0,40}[\"”’']")

_OFFICIALLY: Final = re.compile(
    r"\b(?:police\w*|army|military|navy|air force|coast ?guards?|authorit(?:y|ies)|officials?|prosecutors?|investigators?|detectives|security (?:forces|services?|chief)|(?:interior|defen[cs]e) minist(?:ry|er)|gendarmerie|operator|regulator|commanders?|officers?|spokes\w+|command|mission|coalition|agency|statement)\b[^.;\"“”]{0,40}\b(?:call(?:ed|s|ing)?|describ\w+|term(?:ed|s)?|sp(?:oke|eaks?|oken) of|label\w*|condemn\w+|denounc\w+|refer\w+ to|said|says|told|treat\w*|regard\w*|classif\w+)\b[^.;\"“”]{0,40}[\"“‘']$",
    re.IGNORECASE,
)
_YEARS_AFTER: Final = re.compile(r"\b(?:years?|months|decades?|generation)\s+(?:after|since)\b", re.IGNORECASE)
_THOUGHT: Final = re.compile(
    r"\b(?:thinks?|thought|mistook|took|feared|believed)\b[^.;,]{0,16}\b(?:it|that|this|them)(?:['’]?s| was| is| for| were)?\s+(?:an?\s+)?$|\bsound(?:s|ed) like (?:an? )?$",
    re.IGNORECASE,
)
"""Before what somebody took something else for."""
_ASKED: Final = re.compile(r"\b(?:whether|wonder\w*|asks?|question)\b", re.IGNORECASE)

_CROWD: Final = (
    r"(?:demonstrations?|protests?|rall(?:y|ies)|march(?:es)?|gatherings?|vigils?|sit-ins?|pickets?|strikes?)"
)
_ANNOUNCED: Final = re.compile(
    rf"\b{_CROWD}\b[^.;]{{0,40}}\b(?:(?:has|have|had) been (?:announced|called|planned|scheduled|authori[sz]ed)|(?:is|are|was|were) (?:announced|planned|scheduled|expected|likely|called|due|set|to be held|to take place)|will (?:be held|take place|start|begin|go)|can (?:become|turn)|may (?:become|turn|take place|occur)|even those intended)\b"
    rf"|\b(?:planned|announced|scheduled|upcoming|forthcoming|expected|proposed|anticipated|authori[sz]ed|possible|potential|future)\s(?:[\w\-]+\s){{0,3}}?{_CROWD}\b"
    rf"|\b(?:plan(?:s|ned|ning)?|intend(?:s|ed|ing)?|announc(?:ed?|es|ing)|prepar(?:ed?|es|ing)|organi[sz](?:ed?|es|ing)|call(?:s|ed|ing)? for|expect(?:s|ed)?|notice of|told of|aware of)\s(?:an?\s|the\s|to hold\s|another\s|more\s|new\s|further\s|mass\s)*(?:[\w\-]+\s){{0,2}}?{_CROWD}\b"
    r"|\b(?:plan(?:s|ned|ning)?|intend(?:s|ed)?|want(?:s|ed)?|will|going|due|set|expected|called(?: on [\w ]{1,30})?|shall)\s(?:to\s)?(?:march|rally|demonstrate|protest|gather|assemble|picket)\b",
    re.IGNORECASE,
)
"""A crowd that is still to come."""
_UNRULY: Final = re.compile(
    r"\b(?:threw|thrown|hurled|stormed|storm|turned violent|clash\w*|broke|burn\w*|set fire|torch\w*|attack(?:ed|ing|s? on)|smash\w*|tore|pelt\w*|injur\w*|hurt|killed|tear gas|scaled|stones?|besieg\w*|raze|weapons?|by force|blood\w*|blockad\w+|block(?:ed|ing))\b",
    re.IGNORECASE,
)
"""What makes an incident or a threat of it."""

_DATA: Final = table("innocent.toml")
_GUILTY: Final = re.compile(_DATA["unless"], re.IGNORECASE)


_EXCUSES: Final[Mapping[Y, tuple[tuple[R, re.Pattern], ...]]] = {
    kind: tuple(
        (R(row["reason"]), re.compile(filled(row["finds"], _DATA["parts"]), re.IGNORECASE))
        for row in _DATA["innocent"]
        if kind.value in row["of"].split()
    )
    for kind in Y
}
"""What excuses a deed of each type."""


_STRUCK: Final = re.compile(
    r"\b(?:struck|hit|hits|landed|fell|explod\w+|attack\w*|killed|wounded|injur\w+|slammed|crash\w*|impact\w*|damag\w+|fired (?:at|on|into|from|towards)|came down|shot down|intercept\w+|seized|found|discovered)\b",
    re.IGNORECASE,
)
"""What weapons do that are used, or are found before it."""
_ARMS: Final = r"(?:rockets?|missiles?|shells?|guns|machine[- ]guns|howitzers?|mortars|rifles|drones|interceptors?|ammunition|launchers|munitions|patriots?|grenades|grenade launchers)"
_RECEIVED: Final = r"receiv(?:e|es|ed|ing)\s(?:(?:[\w\-]+\s){0,2}?(?:new|additional|modern|upgraded|first|latest|advanced|replacement)|(?:[\w\-]+\s){0,2}?(?:batch(?:es)?|deliver(?:y|ies)|consignments?) of)"
"""New arms; what a base receives without more is fire."""
_SUPPLIED: Final = re.compile(
    rf"\b{_ARMS}\b[^.;]{{0,50}}\b(?:arrived|arrive|delivered|unloaded|issued|handed over|donated|shipped|bought|ordered|unveiled|on (?:display|show)|shown|displayed|paraded|exhibited|museum|installed|auctioned|sold|tested|test-fired)\b"
    rf"|\b(?:deliver\w*|unload\w*|issued|donat\w+|shipp\w+|bought|order\w+|unveil\w*|display\w*|parad\w+|exhibit\w*|install\w*|took delivery of|a new|test(?:ed|s|ing)?|shipments? of|sale of|{_RECEIVED})\s+(?:[\w\-]+\s+){{0,4}}{_ARMS}\b"
    rf"|\breceiv(?:e|es|ed|ing)\s(?:[\w\-]+\s){{0,3}}?(?:patriots?|interceptors?|launchers|howitzers?|ammunition|munitions)\b",
    re.IGNORECASE,
)
"""Arms that change hands, or are shown."""
_SKYWARD: Final = re.compile(
    r"\b(?:satellites?|orbit\w*|spacecraft|space (?:agency|station|programme|program|port|centre|center)|spaceport|cosmodrome|astronauts?|cosmonauts?|meteorolog\w+|(?:weather|sounding|research|model|amateur|student) rockets?)\b",
    re.IGNORECASE,
)
"""Where rockets fly that harm nobody."""
_WORK: Final = (
    r"(?:(?:survey|inspect|spray|photograph|count|measur|pollinat|mapp?)(?:e?s|e?d|e|ing)?|water(?:ed|ing)|(?:plant|sow)(?:ed|ing)"
    r"|(?:plant|sow)s?\s(?:[\w\-]+\s){0,2}?(?:trees?|seeds?|seedlings|saplings|rice|wheat|mangroves?|crops?))"
)
_NOBODYS_DRONE: Final = re.compile(
    r"\b(?:unknown|unidentified|unauthori[sz]ed|unmarked|suspicious|mystery|hostile)\s(?:\w+\s)?drones?\b",
    re.IGNORECASE,
)
_DRONE_AT_WORK: Final = re.compile(
    rf"\b{_WORK}\b[^.;]{{0,70}}\b(?:with|by|using)\s(?:an?\s|the\s)?(?:\w+\s)?drones?\b"
    rf"|\bdrones?\b[^.;]{{0,30}}\b(?:{_WORK}(?![^.;]{{0,50}}\b(?:bullets|rounds|shots|gunfire)\b)|race[sd]?|racing|carr\w+\s(?:blood|vaccines?|medicines?|mail|parcels|samples))\b"
    r"|\bdeliver\w*\s(?:blood|vaccines?|medicines?|mail|pizzas?|samples)\b",
    re.IGNORECASE,
)
"""Drones that survey, plant or carry; a plant that was hit does nothing of the kind."""
_NOXIOUS: Final = re.compile(
    r"\b(?:toxic|poison\w*|noxious|caustic|corrosive|chlorine|ammonia|acid|nerve agent|tear gas|irritant|choking|sicken\w*|vomit\w*|burning eyes|fell ill)\b",
    re.IGNORECASE,
)
"""What no farmer sprays on people."""
_TOOK_OFF: Final = re.compile(
    r"\b(?:took off|taking off|take off|flew|flown|operat\w+|scrambled|launched)\s+(?:from|out of)\b[^.;]{0,60}\bto (?:strike|bomb|hit|attack|pound|raid)\b",
    re.IGNORECASE,
)
"""A site that strikes go out from is not struck."""
_LAWFUL: Final = re.compile(
    r"\b(?:auditors?|tax (?:inspectors|officers|officials|police)|inspectors|detectives|prosecutors|customs(?: officers)?|investigators|anti-corruption \w+|bailiffs|police)\b[^.;]{0,20}\braid(?:ed|s|ing)?\b",
    re.IGNORECASE,
)
_GOING_ABOARD: Final = re.compile(
    r"\b(?:passengers?|travellers|tourists|pilgrims|crews?|troops|officials|inspectors|customs(?: officers)?|coast ?guards?(?:men)?|pilots?|president|minister|migrants|families|evacuees|soldiers|marines|delegates|visitors|workers|survivors)\b[^.;]{0,24}\bboard(?:ed|ing)?\b(?! by)|\bboard(?:ed|ing)?\s+(?:an?|the|their|his)\s+(?:\w+\s+)?(?:bus|coach|train|plane|flight|helicopter|aircraft|minibus|taxi)\b",
    re.IGNORECASE,
)


_TAKEN_BY_STORM: Final = re.compile(
    r"\b(?:shoppers|fans|customers|bargain hunters|children|pupils|tourists|guests|goats|sheep|cows|cattle|monkeys|locusts|rats|bugs?|virus|flu|influenza|cholera|measles|storms?|snow|floods?|waves?|beetles|bees|ants|weeds)\b[^.;]{0,30}\b(?:storm|invad|overr[au]n|captur|raid|attack|besieg|swarm|seiz)\w*",
    re.IGNORECASE,
)


def _peaceful(event: Event, clause: str, full: str) -> tuple[R, str] | None:
    """Return what an event is that has a weapon's name and harms nobody: a supply of arms, a flight into space, police at work."""
    if event.status.value != "executed":
        return None
    if event.type in (Y.ROCKET, Y.MISSILE) and _SKYWARD.search(clause):
        return R.GENERIC, "lookalike.skyward"
    if event.type in _ARMED and _SUPPLIED.search(clause) and not _STRUCK.search(full):
        return R.GENERIC, "lookalike.supplied"
    if (
        event.type in (Y.UAS, Y.SURVEILLANCE)
        and _DRONE_AT_WORK.search(clause)
        and not _NOBODYS_DRONE.search(clause)
        and not _NOXIOUS.search(full)
        and not _STRUCK.search(full)
    ):
        return R.GENERIC, "lookalike.drone-at-work"
    if event.type in (Y.UAS, Y.AIR_STRIKE, Y.MISSILE) and _TOOK_OFF.search(clause):
        return R.FRIENDLY, "lookalike.took-off"
    if event.type is Y.GROUND_ASSAULT and _LAWFUL.search(clause):
        return R.FRIENDLY, "lookalike.lawful"
    if event.type is Y.GROUND_ASSAULT and _TAKEN_BY_STORM.search(clause):
        return R.NON_LITERAL, "lookalike.by-storm"
    if event.type is Y.MARITIME and _GOING_ABOARD.search(clause):
        return R.GENERIC, "lookalike.going-aboard"
    return None


_ARMED: Final = frozenset({Y.ROCKET, Y.MISSILE, Y.MORTAR_ARTILLERY, Y.SMALL_ARMS, Y.UAS, Y.IED})


def lookalike(body: str, event: Event, clause: str, full: str) -> tuple[R, str] | None:
    """Return why an event only looks like one, None where these rules have nothing against it.

    Parameters
    ----------
    body, event
        The event.
    clause, full
        Its clause and its sentence.
    """
    status, hit = event.status.value, event.type_hit
    if (harmless := _peaceful(event, clause, full)) is not None:
        return harmless
    if event.type in _ORDNANCE and _REMNANT.search(clause) and not _FRESH.search(full):
        return R.ACCIDENT, "lookalike.remnant"
    if status != "threatened" and _PIECE.search(body, max(event.start, hit.start - 50), hit.start):
        others = [h for h in event.hits if h is not hit and not h.classes.isdisjoint(_DEED_BESIDE)]
        if not others:
            return R.GENERIC, "lookalike.piece"
    opens = _quote_before(body, hit.start)
    if (
        opens
        and _QUOTED.search(body, max(event.start, hit.start - 60), opens)
        and _SHORT_QUOTE.match(body, hit.end)
        and not (event.type is not Y.UNKNOWN_EXPLOSION and in_their_words(body, event.sentence.start, opens))
    ):
        return R.NON_LITERAL, "lookalike.quoted"
    if status == "threatened" and event.vague and _ASKED.search(body, event.sentence.start, hit.start):
        return R.HYPOTHETICAL, "lookalike.asked"
    after = _YEARS_AFTER.search(body, max(0, event.start - 24), max(event.start + 8, hit.start))
    if after is not None and "," not in body[after.end() : hit.start]:
        return R.HISTORICAL, "lookalike.years-after"
    if _THOUGHT.search(body, max(event.start, hit.start - 40), hit.start):
        return R.NEGATED, "lookalike.thought"
    if (on_theirs := struck_theirs(body, event, clause, full)) is not None:
        return R.FRIENDLY, on_theirs
    if _LEARNERS.search(clause):
        return R.EXERCISE, "lookalike.learners"
    if event.type is Y.UNKNOWN_EXPLOSION and "off" in hit.text and _ALARM.search(clause):
        return R.GENERIC, "lookalike.alarm"
    if event.type is Y.AIR_STRIKE and _WARNED_OF.match(body, hit.end):
        return R.GENERIC, "lookalike.alarm"
    if any("d_nature" in h.classes and _BEASTS.match(body, h.end) for h in event.hits):
        return R.NON_LITERAL, "lookalike.beasts"
    if event.type is Y.UNREST and _ANNOUNCED.search(full) and not _UNRULY.search(full):
        return R.HYPOTHETICAL, "lookalike.announced"
    if status in ("executed", "unclear") and OUR_KILL.search(clause):
        return R.FRIENDLY, "lookalike.our-kill"
    if status != "threatened" and (reason := _excuse(event.type, full)) is not None:
        return reason, "lookalike.innocent"
    return None


def in_their_words(body: str, start: int, quote: int) -> bool:
    """Whether what a quotation mark opens is what those in charge call a deed: no word in scare quotes."""
    return _OFFICIALLY.search(body, max(start, quote - 90), quote) is not None


def _excuse(kind: Y, sentence: str) -> R | None:
    for reason, excuse in _EXCUSES[kind]:
        if (
            (m := excuse.search(sentence))
            and (reason is not R.ACCIDENT or not _GUILTY.search(sentence))
            and not excluded(sentence, sentence.rfind(" ", 0, m.end()) + 1, m.end())
        ):
            return reason
    return None


def _quote_before(body: str, at: int) -> int:
    """Behind the quotation mark that opens within the three words before a position; 0 where none does."""
    for n in range(at - 1, max(at - 30, 0), -1):
        if body[n] in "\"“‘'":
            return n + 1
        if body[n] in ".;:,":
            break
    return 0
