"""Decides how a passage is meant: as a current hostile event, or as one of the things that only look like it.

The order of the rules is their precedence. Modes follow PLOVER's (historical, future, hypothetical, negated), with
friendly action, exercises, accidents, figures of speech and counts added.
"""

from datetime import timedelta
from typing import Final

from schemas.taxonomy import SetAsideReason as R
from schemas.taxonomy import ThreatType as Y
from streams.reading.meant.cleared import was_one
from streams.reading.meant.genre import WALKS, Genre
from streams.reading.meant.guards import answers, guards_fire
from streams.reading.meant.lookalikes import in_their_words, lookalike
from streams.reading.meant.negation import excluded, negated
from streams.reading.meant.retold import retold
from streams.reading.meant.supposed import supposed
from streams.reading.meant.threats import STANDING, standing
from streams.reading.text import gated as re
from streams.reading.text.segment import inside
from streams.reading.what.cues import Hit
from streams.reading.what.event import Event
from streams.reading.when.clock import Dated
from streams.reading.when.dating import measures

_HARMLESS: Final = re.compile(
    r"\b(?:turned out to (?:be|have been)|proved to be|was in fact|were in fact|it was an?\b|it was the\b|they were\b|came from (?:an?|the)? ?(?:firework|wedding|quarry|exercise|training|film)|which announced|found (?:only|nothing|no)|was (?:only )?(?:a|an) (?:backfir|tyre|wedding|film|drill|test|child|toy|kite|weather)|caused by (?:an?|the) (?:technical|gas|electrical|faulty|lightning))",
    re.IGNORECASE,
)

_COUNT: Final = re.compile(
    r"\b(?:(?:number|wave|string|series|spate|rate|rise|increase|decline|fall|surge|total|pattern) (?:of|in) (?:\w+ ){0,3}(?:attacks?|incidents?|strikes|kidnappings|abductions|bombings|acts)|(?:attacks|incidents|strikes|kidnappings|abductions|raids|bombings|shootings|threats) (?:have|has|had) (?:\w+ )?(?:risen|fallen|increased|declined|become|doubled|dropped|grown|continued|intensified|killed|been)|"
    r"(?:dozens|hundreds|scores|thousands) of (?:\w+ ){0,3}(?:attacks|incidents|strikes|raids|times|rockets and drones)|\d[\d,]* (?:\w+ ){0,3}(?:incidents|hostile acts|attacks|kidnappings|abductions|facilities were|aid workers)|more than (?:a|\w+) (?:hundred|dozen) (?:times|attacks)|often|frequently|regularly|routinely|almost (?:daily|every)|nearly every|on most days|in the first \w+ months|per cent|each (?:year|month|week)|every (?:day|week|month|night|year)|"
    r"(?:many|several|numerous|\w+) times (?:in|over|since|this)|become routine|continue[sd]? to (?:stage|carry|launch|attack|fire|pose)|goes? on staging|keeps? (?:on )?(?:firing|launching|attacking|falling|hitting|landing|striking|exploding|flying)|(?:is|are|remains?|remain) (?:a |an |also |still )*(?:\w+ )?(?:risk|frequent|common|commonplace|regular|possible|likely|used|usual|danger|concern|routine|widespread|prevalent)|(?:is|are) (?:used|aimed|targeted|directed|carried out|launched|fired|kidnapped|attacked) (?:against|at|on|by|in)|can (?:be|happen|occur)|tend(?:s|ed)? to|from time to time|at any time|throughout the (?:year|country)|do happen|does happen)\b",
    re.IGNORECASE,
)

_HABIT: Final = re.compile(
    r"\b(?:attacks|incidents|sightings|cases|abductions|kidnappings|strikes|drones)\b[^.;]{0,60}\b(?:doubled|tripled|quadrupled|halved|(?:rose|fell|dropped|climbed|increased|decreased|declined|risen|fallen) (?:to|by|from|since))\b|\b(?:ha(?:s|ve)|had)\b[^.;]{0,30}\b(?:several|many|numerous|dozens of|scores of|hundreds of) times\b|\btimes (?:in|over) (?:\w+ ){0,2}(?:years|months|decades)\b|\bin the year to\b|\b(?:on most days|per cent of|annual|almost (?:daily|nightly|every)|nearly (?:daily|every)|every (?:day|night|week|month)|a frequent occurrence|(?:attacks|incidents|sightings|cases|abductions|kidnappings|strikes|raids)\b[^.;]{0,60}\bmost of them(?! (?:down|out of|were|was|had been|hit|fell|landed|struck)\b)|in the first \w+ months|so far this year|become routine)\b",
    re.IGNORECASE,
)

_PAST: Final = re.compile(
    r"\b(?:(?:one|two|three|four|five|six|ten|\d+|a|several|some|many) (?:years?|decades?|months?) (?:ago|earlier|before|on)|last (?:year|summer|winter|spring|autumn|fall|month)|anniversary|(?:of|in|since|from|during|after|by) (?:the )?(?:(?:spring|summer|autumn|fall|winter) of )?(?:19\d\d|20[0-2]\d)|the previous year|in the past (?:decade|year)|in recent (?:months|years)|years? past|used to|readers will re(?:call|member)|will (?:recall|remember)|some remember|remembers? the|it is from|dates from)\b",
    re.IGNORECASE,
)

_EXERCISE: Final = re.compile(
    r"\b(?:exercises?(?! (?:caution|increased|restraint|control|authority|of authority|their|his|its|the right))|drills?|rehears\w+|mock|notional|simulat\w+|opfor|endex|startex|moulage|imaginary|training (?:flight|exercise|event|session|run)|scheduled (?:training|test)|test of|blank rounds|practis\w+|live[- ]fire|role[- ]play\w*|for training|during a test|in (?:a|the) test|war ?games?|red team|tabletop|dummies)\b",
    re.IGNORECASE,
)

_NO_DRILL: Final = re.compile(r"\b(?:not?|never|n['’]t)\s+(?:an?\s+|part of an?\s+)?(?:\w+\s+)?$", re.IGNORECASE)
_BESIDE_DRILL: Final = re.compile(
    r"\b(?:during an?|before (?:an?|the|its)|ahead of (?:an?|the|its)|(?:days?|hours|weeks?|minutes|shortly|just|soon) after (?:an?|the|its)) (?:[\w\-]+ ){0,2}(?:exercises?|drills?|rehearsal|war ?games?)\b",
    re.IGNORECASE,
)
"""An exercise that only dates what is told."""
_FRIENDLY: Final = re.compile(
    r"\b(?:returned fire|retaliat\w+|self[- ]defen[cs]e|in response|answered|counter-?(?:battery|terror\w*)(?! (?:service|police|unit|agency|director\w+|forces|group))|precision strikes?|(?:raid|operation|strikes?) (?:on|against|targeting) (?:\w+ ){0,4}(?:militants?|militias?|fighters|hideouts?|positions|cells?|launch|terror\w*|insurgents?|houthi|islamic|isis|shabaab|targets)|(?:struck|hit|destroyed|bombed|targeted) (?:[\w\-]+ ){0,3}(?:launchers?|launch sites?|caves|bunkers|weapons? (?:stores?|depots?)|command posts?|training camps?)|killed (?:\w+ ){0,3}(?:militants|fighters|terrorists|insurgents|jihadists|rebels|gunmen|attackers|members of)|(?:militants|fighters|terrorists|insurgents|jihadists|rebels) (?:were )?killed|launch sites?|hideouts?|warning shots)\b",
    re.IGNORECASE,
)

_FRIENDLY_SUBJECT: Final = re.compile(
    r"\b(?:struck|strikes?|bombed|hit|killed|kill|destroyed|shelled|raided|targeted|conducted|carried out|launched|fired|attacked|landed|opened fire|eliminated|blew up)\b",
    re.IGNORECASE,
)

_NOT_FRIENDLY: Final = re.compile(
    r"\b(?:shot down|downed|intercepted|brought down|found|discovered|defused|neutrali[sz]ed|foiled|thwarted|repelled|seized|disarmed|dismantled|arrested|detained|beat back|recovered)\b",
    re.IGNORECASE,
)

_SIMILE: Final = re.compile(
    r"\b(?:liken(?:ed|s)?|compar(?:ed|es)|like (?:a |an |the )?(?:machine|bomb|explosion|shell|mortar|rocket|drone|war|missile|gun|shot|grenade)|as (?:if|though)|sound(?:ed|s)? like|felt like|feels like|(?<!ignored )(?<!answer )(?<!when )(?<!to )hail(?:stones?)?|forecasters?|meteorolog\w+|gusts?|a wave of (?:nostalgia|heat))\b",
    re.IGNORECASE,
)

_DOUBTFUL: Final = frozenset(
    {Y.UNREST, Y.UNKNOWN_EXPLOSION, Y.ARSON, Y.SMALL_ARMS, Y.IED, Y.OTHER, Y.GROUND_ASSAULT, Y.MORTAR_ARTILLERY}
)

_INNOCENT: Final = re.compile(
    r"\b(?:was|were|came from|caused by|turned out to be|resulted from|due to)\b[^.;]{0,40}\b(?:transformers?|generators?|boiler|gas(?! (?:field|plant|complex|terminal|facility|site|pipeline|works))|tyres?|tires?|fireworks|thunder\w*|quarry|engineers|sappers|storms?|lightning|weddings?|celebrat\w+|training(?! (?:cent|ground|base|camp|range|area|mission))|exercise|drill|deminers|deminer|seismic|earthquakes?|old (?:shells|ammunition|mines|stock)|short circuit|fault\w*|door|car backfir\w+)\b"
    r"|\b(?:engineers|sappers|army|bomb disposal|EOD)\b[^.;]{0,30}\b(?:had blown up|blew up|destroyed|detonated|disposed of|clearing)\b[^.;]{0,40}\b(?:store|stock|old|mines?|ordnance|munitions|shells|bombs|weapon|device|it)\b|\b(?:gas|fumes|vapou?rs?|boilers?|transformers?|tyres?|stoves?|fertili[sz]er|batter(?:y|ies))\b(?! (?:field|plant|complex|terminal|facility|site|pipeline|works|cent|of))[^.;]{0,50}\b(?:exploded|blew up|caught fire|ignited|burst)\b|\bas (?:had been )?announced\b|\bshots\b[^.;]{0,60}\bin(?:to)? the air\b[^.;]{0,40}\b(?:victory|wedding|birth|match|feast|win)\b",
    re.IGNORECASE,
)


_ZONES: Final = timedelta(hours=18)
"""What "this morning" of a sender elsewhere, or whose clock is off, may lie ahead of its publication."""
_FUTURE: Final = re.compile(
    r"\bto be (?:blown up|demolished|detonated|brought down|exploded|dynamited)\b|\b(?:will|won['’]t|shall|is to be|are to be|is going to be|are going to be|is due to be|are due to be)\s+(?:not\s+|soon\s+|be\s+|again\s+|also\s+|then\s+){0,2}(?:burn\w*|explod\w*|detonat\w*|destroy\w*|fir(?:e|ed|ing)|test\w*|come|begin|start|hit|strike|struck|attack\w*|board|storm|launch\w*|hear\w*|audible|blow\w*|use\w*|set off|practi[sc]e\w*|simulat\w*|tell|vote|look|kill|stop|block|protect|be)\b",
    re.IGNORECASE,
)
_LASTING: Final = re.compile(
    r"\bsince (?:last |the (?:evening|morning|night) of |early |late )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|\d|[A-Z][a-z]+ \d)|\b(?:nights?|days?) (?:running|in a row|in succession)\b|\bfor the (?:second|third|fourth|fifth|sixth|seventh)\b",
    re.IGNORECASE,
)
"""What began on a day and goes on is no habit."""
_FIGURE: Final = re.compile(
    r"\b(?:tax(?:es)?|lev(?:y|ies)|tariffs?|proposals?|motions?|amendments?|lobby(?:ists?)?|rivals?|bidders?|prices?|sales|shares|stocks|shareholders|boardroom|flag states|lawmakers|councillors?|council|in parliament|debate|ratings|opinion polls?|brands?|discounts?|suitcases|fans|goalkeeper|keeper|midfield\w*|striker|winger|penalty|offside|league|derby|stoppage time|innings|wicket|menu|chef|dish(?:es)?|sauce|recipe|chilli|barbecue|sausages?|audience|reviewers?|album|(?<!taking )(?<!took )film|movie|novel|sequel|e-mails|inbox|questions|complaints|nostalgia|headlines|locusts?|bees|beekeepers?|mosquito\w*|jellyfish|volunteers with|cruise passengers|laughter|applause|tempers|standing ovation|takeover|bid for|marketing|advert\w*|loaves|bakery|homework|exams?|accounts dept|the meeting|boss|hatchet|fare war|fares|tickets|weigh-in|division|championship|chess|rook|bishop|opponents?|hashtag|podcast|playlist|diet|weather front|heatwave|viewers|voters)\b",
    re.IGNORECASE,
)
"""Company in which words of war are figures of speech."""
_IN_A_NAME: Final = re.compile(r"\b[A-Z]\w+\s(?:of\s)?[A-Z]\w+$")
"""A word that belongs to a name: the Norwegian Refugee Council takes no votes."""
_TELLERS: Final = re.compile(
    r"(?:^|[,;])\s*(?:[\w'’\-]+,?\s+){1,8}?(?:said|says|reported|told|confirmed|wrote|recalled|added|according)\b|\baccording to\s(?:[\w'’\-]+\s*){1,6}",
    re.IGNORECASE,
)
"""Who tells of something: ", a councillor and a motorist said"."""
_PERCEIVED: Final = re.compile(
    r"\b(?:explosions?|blasts?|bangs?|booms?|detonations?)\s+(?:(?:have|has|had|was|were|been|being|could|be)\s+){0,3}(?:heard|felt|audible|reported|shook|rocked|rattled|woke|echoed|rang out)\b|\b(?:heard|felt|reported)\s+(?:[\w\-]+\s+){0,3}(?:explosions?|blasts?|bangs?|booms?|detonations?)\b(?!\s+(?:of|in)\b)",
    re.IGNORECASE,
)
"""A bang that was heard is none in a figure of speech."""
_FOR_YEARS: Final = re.compile(r"\bfor (?:\w+ )?(?:years|decades|months)\b|\bon paper\b", re.IGNORECASE)
_ANSWERED: Final = re.compile(
    r"\b(?:struck|strikes|bombed|bombs|hit|hits|raided|raids|killed|kills|shelled|destroyed|attacked)\b[^.;]{0,90}\b(?:in (?:response|retaliation|answer|revenge)|retaliat\w+|after|following)\b",
    re.IGNORECASE,
)
_OWN_SIDE: Final = frozenset({"friendly", "m_friendly_act"})
_RELIC: Final = re.compile(
    r"\b(?:Second|First) World War\b|\bWW(?:II|2|I|1)\b|\bwartime (?:bomb|mine|shell|grenade)|\b19[1-7]\d(?:s\b|\b)(?=[^.]{0,30}\b(?:mine|bomb|shell|grenade))|\bfrom the (?:\w+ )?war of\b|\b(?:left over|leftover|left behind) (?:from|by) (?:the|past|earlier|previous)\b|\b(?:remnants?|relics?) of (?:the )?(?:\w+ )?war\b",
    re.IGNORECASE,
)
_IN_GENERAL: Final = re.compile(
    r"\b(?:can|are able to|is able to|is designed to|are designed to|is meant to|would be able to)\s+(?:now\s+|also\s+)?(?:destroy|shoot|hit|strike|reach|intercept|detect|carry|kill|stop|jam|fire)\b|\b(?:deplor\w+|discuss\w*|denounc\w+|debat\w+|warn\w* (?:about|of)|fears? of|risk of|insur\w+ against|spate of|series of|rise in|wave of|number of|threat of|cost of|price of)\s+(?:the\s+|recent\s+|more\s+|such\s+|all\s+)*(?:attacks|abductions|kidnappings|bombings|raids|shootings|strikes|ambushes|killings|drones|rockets|missiles)\b",
    re.IGNORECASE,
)
_HURT: Final = re.compile(r"\b(?:killed|wounded|injured|grazed|hurt|dead|died)\b", re.IGNORECASE)
_DISOWNED: Final = re.compile(
    r"\b(?:NOT related|not related|unrelated|not connected|had nothing to do with|lend (?:its|an|no) ears?|pay no (?:attention|heed)|do not believe|without substance|without foundation|rest(?:s|ed)? on an? (?:old )?(?:film|video|photo|misunderstanding)|the word [\"“]|so-called attack|we take back|did not materiali[sz]e)\b|\bthe word [\"“]",
    re.IGNORECASE,
)
_SO_NAMED: Final = re.compile(
    r"(?:^|\b(?:the|this|that|those|these|alleged|reported|supposed|\w+['’]s)\s)[\"“](?P<named>[^\"“”\n]{3,70})[\"”][^.;\"“”]{0,70}?\b(?:was|were|is|are|turned out to be|proved to be|came)\s(?:(?:only|just|merely|really|in fact|actually|all|nothing but|probably|in truth)\s)*(?:from|an?|part of|due to|the (?:sound|noise|work of (?:the )?(?:wind|storm|children)))\s",
    re.IGNORECASE,
)
"""What was so called, and what it was: the "shots" in a post were from a wedding."""
_QUOTED_WORD: Final = re.compile(r"[\"“][\w\-]+[\"”]")
_TAKEN_CARE: Final = re.compile(
    r"\b(?:navy|soldiers|troops|police|experts|divers|coast ?guard|bomb squad|squad|bomb[- ]disposal\w*|deminers|EOD|specialists|engineers|sappers|army|crews?|teams?)\b[^.;]{0,40}\b(?:detonated|blew|exploded|burn\w*|destroyed)\s+(?:it|them|the (?:device|mine|shell|bomb|charge|ordnance|warhead))\b|\b(?:charges|devices?|mines?|shells?|it|they)\b[^.;]{0,40}(?:\b(?:was|were) |, )(?:destroyed|detonated|exploded|blown up|burnt) (?:at|on|by|in a)\b[^.;]{0,40}\b(?:engineers|sappers|navy|army|experts|police|gunfire|divers|bomb squad)\b",
    re.IGNORECASE,
)
_BARRELS: Final = frozenset({Y.MORTAR_ARTILLERY, Y.SMALL_ARMS, Y.OTHER})
_GUNS: Final = (
    r"(?:(?:\w+\s)?guns?|batter(?:y|ies)|howitzers|c-?ram|air[- ]defen[cs]es?|interceptors?|turrets?|phalanx|patriots?)"
)
_SITES: Final = (
    r"(?:embassy|consulate|base|camp|mission|compound|airport|airfield|garrison|frigate|destroyer|warship|ship)"
)
_OWN_GUNS: Final = re.compile(
    rf"\b(?:{_GUNS}\s(?:of|at|on|in|around|aboard)\s(?:the\s|its\s|an?\s)?(?:(?!above|near|over|behind|beside|facing|opposite|outside|from|in|at|of|on|by)[\w.\-]+\s){{0,3}}?{_SITES}|{_SITES}(?:['’]s)?\s(?:own\s)?{_GUNS}|air[- ]defen[cs]e\s(?:guns?|batter(?:y|ies)|gunners|units?))\b[^.;]{{0,30}}\b(?:fir(?:e|ed|es|ing)|open(?:ed|s)? (?:up|fire)|went off|going off|shoot(?:ing|s)?|engag\w+|answer\w*|thunder\w*|bark\w*)\b",
    re.IGNORECASE,
)
"""The guns of a site that defend it: they alone are no attack on it."""
_OUR_WINGS: Final = re.compile(
    r"\bour (?:own )?(?:aircraft|jets|fighters|planes|warplanes|bombers|pilots|gunships|helicopters|air force)\s(?:\w+\s){0,2}?(?:hit|struck|bombed|destroyed|attacked|targeted|fired|launched|engaged)\b",
    re.IGNORECASE,
)
"""What those say who have an air force: their own deed."""


def judge(body: str, event: Event, dated: list[Dated], whole: Genre) -> tuple[R, str] | None:
    """Return why an event is no current hostile one, None where it is one.

    Parameters
    ----------
    body, event
        The event: its clauses, the sentence around them, their cues.
    dated
        Times that govern the event.
    whole
        The judgement of the whole report.
    """
    start, end, hits, status = event.start, event.end, event.hits, event.status.value
    sentence = (event.sentence.start, event.sentence.end)
    near = body[max(start, event.type_hit.start - 110) : min(end, event.type_hit.end + 70)]
    clause, full = body[start:end], body[sentence[0] : sentence[1]]
    current = any(not d.past and d.precise >= 1 for d in dated)
    past = any(d.past for d in dated)
    own = any(not d.past and d.precise >= 1 and d.start >= sentence[0] for d in dated)
    if past and current:
        nearest = min(dated, key=lambda d: min(abs(d.start - event.type_hit.end), abs(event.type_hit.start - d.end)))
        inside = [d for d in dated if start <= d.start < end]
        if nearest.past and len(inside) > 1:
            current = False
    classes = {c for h in hits for c in h.classes}
    if whole.practises(start):
        return R.EXERCISE, "genre.exercise-traffic"
    if any(not _NO_DRILL.search(clause, 0, m.start()) for m in _EXERCISE.finditer(clause)) and not (
        current and _BESIDE_DRILL.search(clause)
    ):
        return R.EXERCISE, "modality.exercise"
    if whole.mode in (R.EXERCISE, R.NON_LITERAL, R.NEGATED, R.ACCIDENT):
        return (R.HISTORICAL, "modality.past-date") if past and not current else (whole.mode, whole.rule)
    if "m_non_literal" in event.type_hit.classes:
        return R.NON_LITERAL, "modality.idiom"
    if _DISOWNED.search(full) or _scare_quoted(body, event):
        return R.NEGATED, "modality.disowned"
    if (back := retold(full)) is not None:
        return back
    if (like := lookalike(body, event, clause, full)) is not None:
        return like
    if _RELIC.search(full) and not current:
        return R.ACCIDENT, "modality.relic"
    if _RELIC.search(full) and event.type in (Y.MARITIME, Y.IED, Y.UNKNOWN_EXPLOSION, Y.MORTAR_ARTILLERY, Y.AIR_STRIKE):
        return R.ACCIDENT, "modality.relic"
    if _FOR_YEARS.search(clause) and not own:
        return R.HISTORICAL, "modality.retold"
    if status != "threatened" and _IN_GENERAL.search(clause):
        return R.GENERIC, "modality.in-general"
    site = any(c.startswith("k_") for c in classes)
    if (
        _figurative(clause)
        and not (site and current)
        and not (current and event.type is Y.UNKNOWN_EXPLOSION and _PERCEIVED.search(clause))
        and not re.search(r"\d+ (?:people|soldiers|civilians)|wounded|injured", clause)
    ):
        return R.NON_LITERAL, "modality.figure"
    if _at_play(body, sentence, hits, start, end):
        return R.NON_LITERAL, "modality.walk-of-life"
    if len({h.text for h in hits if "m_non_literal" in h.classes}) >= 2:
        return R.NON_LITERAL, "modality.figures"
    if event.type is Y.UNKNOWN_EXPLOSION and status in ("executed", "unclear") and _TAKEN_CARE.search(full):
        return R.ACCIDENT, "modality.disposal"
    if (
        status not in ("threatened", "thwarted")
        and (m := _FUTURE.search(near))
        and m.start() < 110 + len(event.type_hit.text)
    ):
        return R.HYPOTHETICAL, "modality.to-come"
    if status in ("executed", "unclear") and event.type in _DOUBTFUL and _innocent(full):
        return R.ACCIDENT, "modality.innocent-cause"
    if (
        status != "threatened"
        and dated
        and all(d.earliest - whole.published > _ZONES for d in dated if not d.past)
        and any(not d.past for d in dated)
    ):
        return R.HYPOTHETICAL, "modality.future"
    if whole.mode is not None and not any(
        not d.past and start <= d.start < end and d.rule.startswith(("time.day", "time.dtg")) for d in dated
    ):
        return whole.mode, whole.rule
    if _SIMILE.search(clause):
        return R.NON_LITERAL, "modality.simile"
    if "m_non_literal" in classes and not current and not site and not _HURT.search(full):
        return R.NON_LITERAL, "modality.figurative"
    if (rule := negated(body, event, clause, full)) is not None:
        return R.NEGATED, rule
    if past and not current:
        return R.HISTORICAL, "modality.past-date"
    if looks_back(clause) and not own:
        return R.HISTORICAL, "modality.past"
    if status not in ("thwarted", "intercepted") and any(
        "m_accident" in h.classes and not excluded(body, h.start, h.end) for h in hits
    ):
        return R.ACCIDENT, "modality.accident"
    lasting = current and _LASTING.search(full) is not None
    if (_HABIT.search(clause) and not lasting) or (_COUNT.search(clause) and not current):
        return R.GENERIC, "modality.count"
    if _ANSWERED.search(full) and any(
        not h.classes.isdisjoint(_OWN_SIDE) and h.start < event.type_hit.start for h in hits
    ):
        return R.FRIENDLY, "modality.answer"
    in_answer = answers(event, clause)
    if event.types <= {Y.SMALL_ARMS, Y.OTHER} and not in_answer and guards_fire(clause):
        return R.FRIENDLY, "modality.guards-fire"
    if event.types <= _BARRELS and _OWN_GUNS.search(clause):
        return R.FRIENDLY, "modality.own-guns"
    if _OUR_WINGS.search(clause):
        return R.FRIENDLY, "modality.our-wings"
    warded_off = event.type is Y.MARITIME and status == "intercepted"
    if (
        not in_answer
        and not warded_off
        and friendly(clause, hits, start)
        and status != "thwarted"
        and event.type is not Y.UNREST
    ):
        return R.FRIENDLY, "modality.friendly"
    if status == "threatened" and re.search(r"\bself[- ]defen[cs]e\b", full):
        return R.FRIENDLY, "modality.self-defence"
    if status == "threatened":
        return (R.STANDING, STANDING) if standing(full) else None
    if status != "thwarted" and (rule := supposed(body, event, near, dated)) is not None:
        return R.HYPOTHETICAL, rule
    return None


_EARNEST: Final = re.compile(
    r"\b(?:killed|kills|wounded|injured|dead|died|casualt\w+|police\w*|army|military|soldiers?|ministry|officials?|spokes\w+|security|claimed|militants?|gunmen|rebels)\b",
    re.IGNORECASE,
)


def _at_play(body: str, sentence: tuple[int, int], hits: list[Hit], start: int, end: int) -> bool:
    """Whether a clause is of a walk of life in which words of war are figures: two of its words and none in earnest."""
    counts = [len({h.text for h in hits if walk in h.classes and start <= h.start < end}) for walk in WALKS]
    return max(counts) >= 2 and _EARNEST.search(body, *sentence) is None


def _scare_quoted(body: str, event: Event) -> bool:
    """Whether the cue's last word alone stands in quotation marks, or they open the subject of which it is said what it was."""
    at, end = event.type_hit.end, event.type_hit.end + 1
    while at > event.type_hit.start and body[at - 1].isalnum():
        at -= 1
    before, after = body[at - 1 : at], body[event.type_hit.end : end]
    if before and before in "\"“‘'" and after and after in "\"”’'":
        return not in_their_words(body, event.sentence.start, at)
    if (word := _QUOTED_WORD.match(body, max(0, event.type_hit.start - 1), event.type_hit.end + 1)) is not None:
        return not in_their_words(body, event.sentence.start, word.start() + 1)
    said = _SO_NAMED.search(body, event.sentence.start, event.sentence.end)
    return (
        said is not None
        and said.start("named") <= event.type_hit.start < said.end("named")
        and not any(h.classes.weapons and h.start >= said.end() for h in event.hits)
    )


def _innocent(sentence: str) -> bool:
    """Whether a sentence gives an innocent cause, and does not exclude it."""
    return any(
        not excluded(sentence, sentence.rfind(" ", 0, m.end()) + 1, m.end()) for m in _INNOCENT.finditer(sentence)
    )


def _figurative(clause: str) -> bool:
    """Whether a clause is in company in which words of war are figures, leaving out those who only tell of it."""
    tellers = [m.span() for m in _TELLERS.finditer(clause)]
    return any(
        not inside(tellers, m.start()) and _IN_A_NAME.search(clause, max(0, m.start() - 24), m.end()) is None
        for m in _FIGURE.finditer(clause)
    )


def looks_back(text: str) -> bool:
    """Whether a sentence tells of something long past."""
    return any(not measures(text, 0, m.start(), m.end()) for m in _PAST.finditer(text))


def harmless(text: str) -> bool:
    """Whether a sentence takes back the alarm told before it."""
    if was_one(text):
        return False
    return (
        _HARMLESS.search(text) is not None
        or re.search(
            r"\b(?:by accident|false alarm|hoax|prank|was (?:an? )?(?:accident|drill|exercise)|came to nothing|controlled (?:detonation|explosion))\b",
            text,
            re.IGNORECASE,
        )
        is not None
    )


def friendly(clause: str, hits: list[Hit], start: int) -> bool:
    """Whether the clause tells what forces of order did to attackers."""
    acting = _FRIENDLY_SUBJECT.search(clause)
    stopped = _NOT_FRIENDLY.search(clause)
    if acting is None:
        return bool(_FRIENDLY.search(clause)) and any("friendly" in h.classes for h in hits) and stopped is None
    before = [
        h for h in hits if h.end <= start + acting.start() and ("friendly" in h.classes or "hostile" in h.classes)
    ]
    if stopped and stopped.start() <= acting.start() + 25:
        return False
    if (
        before
        and "friendly" in before[0].classes
        and "hostile" not in before[-1].classes
        and "hostile" not in before[0].classes
    ):
        after = clause[acting.end() :]
        return (
            _FRIENDLY.search(clause) is not None
            or any("hostile" in h.classes and h.start > start + acting.end() for h in hits)
            or (
                acting.start() < 80
                and re.search(r"\b(?:air ?strikes?|warplanes|bombed|raid)\b", clause, re.IGNORECASE) is not None
                and re.match(r"\s+(?:at|on|near|by)\b", after) is None
            )
        )
    return (
        _FRIENDLY.search(clause) is not None
        and not before
        and re.search(r"\b(?:strikes?|raid|operation) (?:on|against)\b", clause) is not None
    )
