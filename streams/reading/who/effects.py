"""Reads how many were killed and wounded on the attacked side, where the text counts them.

A count is a number, or a single person, beside a word for harm: "two guards died", "killing a cook and two porters", "a third man
has died". Attackers do not count; "several" and "dozens" are no number; "no casualties" is nought of both.
"""

from dataclasses import replace
from typing import Final

from streams.reading.text import gated as re
from streams.reading.text.words import NUMBER
from streams.reading.who.harms import DIED, LIMBS, ORDINAL, PEOPLE, PERSON, SUFFERED, Q, quantity
from streams.reading.who.toll import Toll

_QUANTITY: Final = re.compile(rf"(?<![\w.:/\-])(?P<q>{Q})(?:(?![\w:/%\-])(?:\s*x\b)?|x\b)", re.IGNORECASE)
_KILLED: Final = re.compile(rf"(?<![\w\-]){DIED}(?![\w\-])", re.IGNORECASE)
_WOUNDED: Final = re.compile(rf"(?<![\w\-]){SUFFERED}(?![\w\-])", re.IGNORECASE)
_PART_OF: Final = re.compile(rf"\b(?P<q>{Q})\s+of\s+(?:the|its|his|her|their|our|those|these)\s+$", re.IGNORECASE)
_ASIDE: Final = re.compile(
    r",\s+(?:including|among\s+(?:them|whom)|(?:two|three|some|most|all|one)\s+of\s+(?:them|whom))\b[^,;.]*,?|\([^()]{0,60}\)|(?<=\w),\s+an?\s+[\w\- ]{2,30},(?=\s+(?:was|were|is|had|has|died|lost|broke|suffered)\b)|(?<=\w),\s+\d{1,2},|(?<=\band),\s+[^,;.]{3,70},|,\s+who\s+(?:is|was)\s+(?:only\s+|aged\s+)?\d{1,2},|\s+and\s+an?\s+(?:unknown|uncertain|undisclosed|unspecified)\s+number\s+of\s+[\w\-]+",
    re.IGNORECASE,
)
_ASKED: Final = re.compile(r"\b(?:asked|pressed|questioned)\s+(?:about|whether|if|on)\b[^.;,]*", re.IGNORECASE)
"""Of “asked about a report that police had killed a man”: nobody says that they have."""
_INITIALS: Final = re.compile(r"\b([A-Z])\.([A-Z])\.(?=\s+\w)")
"""The full stops of “U.S. personnel” end nothing."""
_AGE: Final = re.compile(rf"(?<=\s)(?:\d{{1,2}}|{NUMBER})[\s\-]years?[\s\-]old\b", re.IGNORECASE)
"""Of “a 45-year-old guard”: how old, not how many."""
_OF_WOUNDS: Final = re.compile(
    r"(?:(?<=succumbed\s)|(?<=succumbing\s)|(?<=died\s)|(?<=dying\s)|(?<=dies\s)|(?<=die\s)|(?<=dead\s))(?:to|of|from)\s+(?:(?:his|her|their|the)\s+)?(?:\w+\s+)?(?:injuries|wounds|burns)\b",
    re.IGNORECASE,
)
"""Of “succumbed to his injuries”: dead, not hurt."""
_BEFORE_DEATH: Final = re.compile(
    rf"\b(?:wounded|injured)(?=\s+(?:\w+\s+)?{PEOPLE}\s+(?:(?:has|have|had)\s+)?(?:(?:later|since)\s+)?(?:died|succumbed)\b)",
    re.IGNORECASE,
)
"""Of “a wounded soldier died”: the same."""
_WHO: Final = re.compile(
    r",?\s+(?:(?:who|whose)|\w{3,}ing\s+(?:in|on|at|near|from|for|by|past|to|with|along))\s.*$",
    re.IGNORECASE | re.DOTALL,
)
_ABOUT: Final = r"(?:at\s+least\s+|about\s+|some\s+|up\s+to\s+|around\s+|nearly\s+|more\s+than\s+|lightly\s+|slightly\s+|seriously\s+)*"
_KILLED_BEFORE: Final = re.compile(
    rf"\b(?P<harm>kill(?:ing|ed|s)|murder(?:ing|ed)|behead(?:ing|ed)|(?:claim(?:ing|ed)|cost|took|taking)\s+the\s+li(?:fe|ves)\s+of|(?:the\s+)?loss\s+of|deaths?\s+of|martyrdom\s+of|killing\s+of|murder\s+of|bod(?:y|ies)\s+of|toll\s+(?:[\w'’]+\s+){{0,6}}?(?:at|of|to)|number\s+of\s+(?:the\s+)?(?:dead|deaths|killed)\s+(?:\w+\s+){{0,2}}?(?:at|to|is|was)|kill(?:ing|ed|s)\s+(?:(?:him|her)self|themselves)\s+(?:and|along\s+with|as\s+well\s+as)|(?:deaths?|dead|fatalities|killed)(?:\s+(?:now|so\s+far|to\s+date))?\s*:|dead\s+now|left|(?:lost|at\s+(?:the|a)\s+cost\s+of)(?=\s+{Q}\s+(?:of\s+\w+\s+)?(?:[\w\-]+\s+){{0,2}}?{PEOPLE}\b))\s+{_ABOUT}(?P<q>{Q})\b(?P<np>[^.;,()]{{0,45}})",
    re.IGNORECASE,
)
_WOUNDED_BEFORE: Final = re.compile(
    rf"\b(?P<harm>(?:wound|injur|hurt|maim|sicken|poison|(?:stabb|knif|slash)(?![^.;]{{0,60}}to\s+death)|burn|bruis|graz|scald|concuss|cut|scratch|scorch|bandag)(?:ing|ed|es|s|t|ting)?|(?:injur(?:y|ies)|burns|cuts|bruises|wounds|grazes|harm)(?:\s+and\s+\w+)?\s+to|(?:wounding|injur(?:y|ies)|maiming)\s+of|number\s+of\s+(?:the\s+)?(?:wounded|injured)\s+(?:\w+\s+){{0,2}}?(?:at|to|is|was)|(?:bullets?|shots?|rounds?|splinters?|shrapnel|stones?|fragments?|debris|glass)\s+(?:\w+\s+)?(?:struck|hit|grazed|pierced)(?=\s+(?:\w+\s+){{1,3}}?(?:{PERSON})\b(?!\s+(?:post|tower|hut|box|house|station)))|(?:wounded|injured|hurt|injur(?:y|ies)|wounds)(?:\s+(?:now|so\s+far|to\s+date))?\s*:|(?:cut|grazed|hit)\s+the\s+{LIMBS}\s+of|beat(?:ing)?(?:\s+up)?|operat(?:ed|ing)\s+on|treat(?:ed|ing)|br(?:oke|eaking)\s+the\s+{LIMBS}\s+of)\s+{_ABOUT}(?P<q>{Q})\b(?P<np>[^.;,()]{{0,45}})",
    re.IGNORECASE,
)
_THE_ONE: Final = re.compile(
    rf"\b(?P<q>the|its|his|her|whose|their)\s+(?P<np>(?:[\w\-]+\s+){{0,2}}?(?:{PERSON}),?\s+(?:,?\s*[\w\-]+,?\s+){{0,3}}?)(?P<harm>(?P<killed>{DIED})|{SUFFERED})(?![\w\-])"
    rf"|\b(?P<did>kill|wound|injur|hurt|bruis|graz)(?:ing|ed|es|s)?\s+(?:the|its|his|her|their)\s+(?P<np2>(?:[\w\-]+\s+){{0,2}}?(?:{PERSON})\b)(?!\s+(?:post|tower|hut|box|house|station))"
    rf"|\b(?:bullets?|shots?|rounds?|splinters?|fragments?|shrapnel|glass)\s+(?:\w+\s+)?(?:passed|went|tore|cut|sliced)\s+(?:through|into)\s+(?:the|an?|his|her)\s+(?P<np3>(?:[\w\-]+\s+){{0,2}}?(?:{PERSON}))['’]s\s+(?:\w+\s+)?(?:fore|upper\s+)?{LIMBS}\b"
    rf"|\b(?:shot|stabbed|knifed|slashed|hit|struck)\s+(?:the|an?|its|his|her|their|one)\s+(?P<np4>(?:[\w\-]+\s+){{0,2}}?(?:{PERSON}))\s+(?:\w+\s+)?in\s+(?:the|both|his|her|one)\s+(?:{LIMBS}|neck|chest|stomach|belly|groin)\b",
    re.IGNORECASE,
)
_MORE: Final = re.compile(
    rf"\s*,?\s*(?:and|along with|as well as)\s+(?:(?:his|her|its|their)\s+)?(?P<q>{Q})\s+(?P<np>(?:[\w'’\-]+\s*){{1,4}})",
    re.IGNORECASE,
)
_BEFORE_MORE: Final = re.compile(
    rf"\b(?P<q>{Q})\s+(?P<np>(?:(?!and\b|or\b|but\b|as\b|when\b)[\w'’\-]+\s+){{1,4}})and\s+$", re.IGNORECASE
)
_BROKEN: Final = re.compile(
    r"[;:]|\s[\-–—]+\s|\b(?:which|when|while|after|before|but|because|if|near|outside|inside|into|onto|over|against|says?|said|no|nobody|none|not|escaped|survived|and|or|fired|hit|struck|landed|fell|exploded|destroyed|damaged|the|he|she|it|they|we)\b|\b(?:wounded|injured|hurt|killed|dead|died|unhurt|unharmed)\b",
    re.IGNORECASE,
)
"""What ends a subject: between a number and its harm stands none of these."""
_PLACED: Final = re.compile(
    r"\s+(?:from|of)\s+(?-i:[A-Z])\w+(?:(?:,\s+|\s+and\s+)(?-i:[A-Z])\w+)*|\s+inside\b|\s+(?:in|at|on|of|from|near)\s+(?:the|that|this|its|his|their|them|both)\s+[\w'’\-]+|\s+of\s+our\s+[\w'’\-]+|\s+of\s+(?:them|us|those)\b|\s+on\s+board\b",
    re.IGNORECASE,
)
_HARMLESS: Final = re.compile(
    r"\b(?:no|nobody|no[- ]?one|none|not\s+(?:an?|one|any)|nil|zero|0|neither|without(?:\s+any)?|nor)\b(?:\s*x)?(?P<gap>(?:\s+(?!but\b|and\b)[\w'’\-]+){0,6}?)\s+(?:casualt(?:y|ies)|cas|hurt|injur(?:ed|y|ies)|harm(?:ed)?|wounded|victims?|(?:human|personal)\s+loss(?:es)?|human\s+or\s+material\s+losses|losses)\b"
    r"|\bwithout\s+(?:any\s+)?loss\b(?!\s+of\b)|\b(?:hurt|injured|wounded|harmed|killed|(?:hurt|injur|wound|harm|kill)ing)\s+(?:no[- ]?one|nobody)\b|\bwithout\s+(?:hurt|injur|wound|harm|kill)ing\s+(?:any(?:one|body)?|people)\b|(?<!with\s)\b(?:nobody|no[- ]?one|none)(?:\s+(?!got\b|gets\b|came\b)[\w'’]+){0,4}?\s+(?:hit|scratched|affected|inside|aboard|on\s+board|at\s+home|in\s+(?:it|them|there|the\s+\w+)|touched)\b"
    r"|\b(?:nobody|no[- ]?one|none)\s+(?:was|were|had\s+been|stood)\s+(?:\w+\s+)?(?:nearby|(?:near|close)(?:\s+(?:by|it|them|enough|when))?|in\s+the\s+way|underneath|within\s+reach)(?=\W*(?:$|[.,;:\"”]|and\b|at\b|when\b|it\b))"
    r"|\b(?:only|sole)\s+(?:casualt(?:y|ies)|victims?)\b[^.;]{0,50}?\b(?:was|were|is|are|being)\s+(?:\w+\s+){1,3}?(?:goats?|sheep|camels?|cows?|cattle|oxen|horses?|donkeys?|mules?|pigs?|dogs?|cats?|birds?|hens?|chickens?|ducks?|geese|herons?|pigeons?|storks?|monkeys?|fish|trees?|palms?|bushes|sheds?|huts?|roofs?|walls?|fences?|windows?|panes?|lamps?|cars?|lorr(?:y|ies)|trucks?|tractors?|tanks?|pumps?|generators?)\b"
    r"|\bcas(?:ualties|ualty)?(?:/\w+)?\s*:?\s*(?:nil|none|0(?!\s*(?:KIA|WIA|x|\d))|zero)\b|\bnil\s+cas\b|\b(?:all|everyone|everybody|staff|crew|pers(?:onnel)?)\b(?:\s+(?:\w+\s+)?(?:are|were|was|is|reported|all))*\s+(?:safe|ok|okay|fine|well|unhurt|unharmed|uninjured)\b|\bno\s+harm\b"
    r"|\b(?:fell|landed|exploded|burst|came\s+down|went\s+off)\b[^.;]{0,80}?\bwithout\s+(?:any\s+)?(?:effect|consequences?|result)\b",
    re.IGNORECASE,
)
_THINGS_ONLY: Final = re.compile(
    r"\b(?:br[eo]a?k|crack|shatter|damag|dent|scorch|smash|destroy|burn|sing|knock|hit|struck|kill)\w*\s+(?:[^.;]{2,60}?[\s,]+(?:and\s+|but\s+)?nothing\s+(?:else|more)\b|nothing\s+(?:but|except|other\s+than)\b)",
    re.IGNORECASE,
)
"""Of “breaking a lamp and nothing else”: no person."""
_UNTOLD: Final = re.compile(
    r"\b(?:word|reports?|information|details|figures?|news|claim|sign|longer|doubt|comment|fewer|less|further|other|else|more|additional|new|toll|count|idea)\b",
    re.IGNORECASE,
)
"""Of “no word on casualties”: not told, which is not none."""
_UNHURT: Final = re.compile(
    r"\b(?:unhurt|unharmed|uninjured|unscathed|is\s+fine|are\s+fine|not\s+(?:been\s+)?(?:hurt|harmed|injured|wounded|hit))\b",
    re.IGNORECASE,
)
_NO_DEATH: Final = re.compile(
    r"\b(?:no|nobody|no[- ]?one|none|0|zero|nil)\s+(?:[\w'’]+\s+){0,5}?(?:fatalit(?:y|ies)|deaths?|loss\s+of\s+life|lives\s+(?:were\s+)?lost|killed|died|dead|KIA)\b",
    re.IGNORECASE,
)
_NO_WOUND: Final = re.compile(r"\b0\s+(?:WIA|wounded|injured|injuries)\b", re.IGNORECASE)
_NO_OTHER: Final = re.compile(
    r"\b(?:no|nil|without)\s+(?:other|further|more|additional)\s+(?:cas|casualt(?:y|ies)|injuries|victims|losses)\b",
    re.IGNORECASE,
)
"""Of “no other casualties”: whoever was hurt before it lives."""
_ATTACKER: Final = re.compile(
    r"\b(?:militants?|militiam[ae]n|terrorists?|attackers?|assailants?|gunm[ae]n|fighters?|insurgents?|rebels?|bombers?|jihadists?|islamic|extremists?|raiders?|suspects?|khwarij|intruders?|kidnappers?|robbers?|pirates?|bandits?|thieves|"
    r"goats?|sheep|camels?|cows?|cattle|horses?|donkeys?|dogs?|birds?|chickens?|bees|drones?|UAVs?|rockets?|missiles?|rounds?|shells?|mortars?|bombs?|grenades?|kilomet\w+|km|mm|met(?:re|er)s?|miles?|vehicles?|houses?|trucks?|cars?|windows?|engines?|aircraft|planes?|tanks?|buildings?|times?|hours?|minutes?|days?|weeks?|months?|years?|per|percent|years?-old|incidents?|attacks?|o['’]clock|"
    r"end|dead\s+(?:end|heat|line)|matter|question|case|number|toll|result|victory|blow|war|battle|town|city|fire|blast|explosion|drop|wall|roof|state|report|claim)\b",
    re.IGNORECASE,
)
"""Those whose losses do not count, and what is no person."""
_DRIVER: Final = re.compile(r"\b(?:driver|man|rider|occupants?|passengers)\b", re.IGNORECASE)
_HARM: Final = re.compile(
    r"kill|at (?:the|a) cost|operat|near|close|in the way|within reach|underneath|splinter|bullet|dead|die|dying|death|fatal|wound|injur|hurt|sick|poison|knif|slash|\bill\b|casualt|\bcas|lives|life|martyr|KIA|WIA|harm|treat|toll|loss|lost|perish|slain|bruis|\bcut|burn|deceased|behead|execut|murder|drown|succumb|unscathed|beat|graze|scald|concuss|smoke|fractur|sprain|broke|hospital|nobody|no one|no-one|none|safe|fine|accounted|hit |struck |shot |knocked|overcome|bod(?:y|ies) of|maim|scratch|stabb|patched|bandaged|singed|surviv|victim|stitch|twist|crack|intensive|condition|nothing|without",
    re.IGNORECASE,
)
_WELL: Final = re.compile(r"ok\b", re.IGNORECASE)
"""Two letters are no literal to go by: they stand apart."""


_NOTHING: Final = Toll()
_REVISED: Final = re.compile(
    r"\b(?:toll|number)\b[^.;]{0,40}\b(?:now|rose|risen|rises|climb(?:s|ed)|grew|grown|revised|went\s+up|gone\s+up)\b|\b(?:bring|tak|rais|lift|push)(?:s|es|ing)\s+the\s+(?:\w+\s+)?(?:toll|number)\b",
    re.IGNORECASE,
)
_EITHER: Final = re.compile(r"\b(?:either|neither|any of|all three|both)\b", re.IGNORECASE)


def read(
    body: str, start: int, end: int, *, driver_attacks: bool = False, unheard: tuple[int, int] | None = None
) -> Toll:
    """Return what a stretch of the body counts.

    Parameters
    ----------
    body, start, end
        The stretch.
    driver_attacks
        A vehicle is the weapon: who drives it is no victim.
    unheard
        A part of the stretch that does not count: what those say who did it.
    """
    text = body[start:end]
    if unheard is not None:
        text = body[start : unheard[0]] + " " * (unheard[1] - unheard[0]) + body[unheard[1] : end]
    if _HARM.search(text) is None and not ("ok" in text.lower() and _WELL.search(text)):
        return _NOTHING
    text = _INITIALS.sub(r"\1\2  ", text)
    for said in (_ASKED, _AGE, _OF_WOUNDS, _BEFORE_DEATH):
        text = said.sub(lambda m: " " * len(m[0]), text)
    plain = _ASIDE.sub(lambda m: " " * len(m[0]), text)
    if (since := _DIED_SINCE.search(text)) is not None:
        plain = plain[: since.start()] + " " * len(since[0]) + plain[since.end() :]
    killed, k_span = _first(plain, _KILLED, _KILLED_BEFORE, driver_attacks=driver_attacks)
    wounded, w_span = _first(plain, _WOUNDED, _WOUNDED_BEFORE, driver_attacks=driver_attacks)
    if k_span and w_span and k_span[0] == w_span[0] and k_span[1] > w_span[1]:  # "was stabbed and died"
        wounded, w_span = None, None
    for m in _THE_ONE.finditer(text):
        one = m["np"] or m["np2"] or m["np3"] or m["np4"]
        own = _OWN_DOING.search(text, m.end(), m.end() + 40) is not None
        if own or _ATTACKER.search(one) or (driver_attacks and _DRIVER.search(one)):
            continue
        alone = _AND_HIS.sub(" ", one)
        if _BROKEN.search(alone):
            continue
        n = 1 + (alone != one) + _named_beside(text, m.start(), m.end(), driver_attacks=driver_attacks)
        died = bool(m["killed"]) or (m["did"] or "").lower() == "kill"
        if died and killed is None:
            killed, k_span = n, m.span()
        elif not died and wounded is None:
            wounded, w_span = n, m.span()
    if killed is None and (none := _NO_DEATH.search(text)) is not None:
        killed, k_span = 0, none.span()
    if killed is None and _NO_OTHER.search(text):
        killed = 0
    if wounded is None and _NO_WOUND.search(text):
        wounded = 0
    if wounded is None and not killed and (safe := _harmless(text)) is not None:
        killed, wounded = 0, 0
        k_span = safe.span()
    since_dead = since is not None and not (k_span and (w_span or (0, 0)) < k_span < since.span())
    span = k_span or w_span or (since.span() if since is not None and since_dead else None)
    toll = Toll(
        killed,
        wounded,
        (start + span[0], start + span[1]) if span else None,
        everywhere=not killed and not wounded and _EITHER.search(text) is not None,
        revised=_REVISED.search(text) is not None,
        reached=k_span is not None and _NTH.match(plain, k_span[0]) is not None,
    )
    if since is None or not since_dead:
        return toll
    died = quantity(since["q"], killed=False) or 0
    return toll.bereaved(died) if wounded is not None else replace(toll, died=died)


_DEAD: Final = r"(?:died|succumbed|(?:was|were)\s+declared\s+dead)\b"
_DIED_SINCE: Final = re.compile(
    rf"\b(?P<q>{Q})\s+of\s+(?:(?:whom|them)\s+(?:(?:has|have|had)\s+)?(?:later|since|subsequently|afterwards)\s+{_DEAD}"
    rf"|(?:whom|them)\s+(?:(?:has|have|had)\s+)?{_DEAD}(?=[^.;]{{0,40}}(?:hospital|later|since|day\b|overnight))"
    rf"|(?:the|those|its|our)\s+(?:\w+\s+)?(?:wounded|injured)(?:\s+\w+){{0,2}}?\s+(?:(?:has|have|had)\s+)?(?:(?:later|since)\s+)?{_DEAD})",
    re.IGNORECASE,
)
"""Of “wounding five, two of whom later died”, “two of the wounded have died”: so many fewer hurt, and more dead."""


def _harmless(text: str) -> re.Match[str] | None:
    for m in _HARMLESS.finditer(text):
        if not _UNTOLD.search(m[0]):
            return m
    return _UNHURT.search(text) or _THINGS_ONLY.search(text)


def _first(
    text: str, suffered: re.Pattern, inflicted: re.Pattern, *, driver_attacks: bool
) -> tuple[int | None, tuple[int, int] | None]:
    """The first count of a stretch, and where it stands; "a third has died" and a new toll overrule what was counted before."""
    found = [c for m in suffered.finditer(text) if (c := _victims(text, m, suffered is _KILLED, driver_attacks))]
    found += [c for m in inflicted.finditer(text) if (c := _object(text, m, driver_attacks))]
    if not found:
        return None, None
    if (new := _REVISED.search(text)) is not None:
        found = [c for c in found if c[0] < new.end() and new.start() < c[1]] or found
    first = min(found)
    latest = max(found, key=lambda c: c[2])
    at, to, n = latest if _NTH.match(text, latest[0]) and latest[2] > first[2] else first
    return n, (at, to)


_AND_HIS: Final = re.compile(r"(?<!\w)and\s+(?:his|her|its|their)\s+(?!\w*s\b)\w+\s", re.IGNORECASE)
_OWN: Final = re.compile(
    rf"\s+and\s+(?:(?:his|her|its|their)\s+(?:[\w\-]+\s+)?(?!\w*s\b)\w+\b|the\s+(?:{PERSON})\b(?!\s+of\b))",
    re.IGNORECASE,
)
"""Of “two guards and their driver”: one more."""
_LOCATING: Final = re.compile(r"\b(?:in|on|at|near|from|behind|inside)\s+$", re.IGNORECASE)
"""Of “two cooks in the second lorry”: no second victim."""
_BESIDES: Final = re.compile(
    r"\s+(?:was|were|is|are|had\s+been|has\s+been)\s+(?:\w+ly\s+)?\w+(?:ed|en|[^e]t|un|ung)\b(?:\s+[\w'’\-]+){0,8}\s+and(?:\s+(?:has|have|had|later|then))*\s*$"
)
"""Of “a guard was stabbed with a spoon and died”: what else befell those whose harm is told."""
_JOINED: Final = re.compile(r"\s(?:and|or)\s+(?:[\w\-]+\s+)?[\w\-]+s(?=\s|$)", re.IGNORECASE)
_UNDERGONE: Final = re.compile(
    r"\b(?:was|were|is|are|be|been|being|got|left|reported|confirmed|feared|believed)\s+(?:[\w\-]+\s+)?$", re.IGNORECASE
)
_DONE_TO: Final = re.compile(
    rf"\s+(?:at\s+least\s+|about\s+|some\s+|up\s+to\s+|more\s+than\s+)?(?:{Q}|the|his|her|its|their|our|several|many|dozens|people|civilians|soldiers)\b",
    re.IGNORECASE,
)
_DO: Final = re.compile(r"(?:killed|wounded|injured|hurt|executed|murdered|beheaded)$", re.IGNORECASE)
_SEVERAL: Final = re.compile(
    r"\b(?:several|dozens|scores|many|some|a\s+few|a\s+number\s+of)(?:\s+(?!of\b)\w+)?\s+(?:(?:was|were|are|have\s+been)\s+)?$",
    re.IGNORECASE,
)
"""Of “four were killed and several more wounded”: so many are no number."""
_NTH: Final = re.compile(rf"(?:an?|the)\s+(?:{'|'.join(ORDINAL)})\b", re.IGNORECASE)


def _victims(text: str, harm: re.Match[str], killed: bool, driver_attacks: bool) -> tuple[int, int, int] | None:  # noqa: FBT001 - which harm
    """Of “two guards and a cook were hurt”: the number before a harm suffered, with where it stands."""
    lead = text[max(0, harm.start() - 40) : harm.start()]
    if _DO.match(harm[0]) and _DONE_TO.match(text, harm.end()) and not _UNDERGONE.search(lead):
        return None
    if _SEVERAL.search(lead):
        return None
    left = max(0, harm.start() - 110)
    left = max(left, text.rfind(". ", left, harm.start()) + 1)
    for q in reversed(list(_QUANTITY.finditer(text, left, harm.start()))[-3:]):
        if _NTH.match(q["q"]) and _LOCATING.search(text, max(0, q.start() - 9), q.start()):
            continue
        np = text[q.end() : harm.start()]
        own = _OWN.search(np)
        head = _JOINED.sub("", _PLACED.sub("", _WHO.sub("", _BESIDES.sub("", _OWN.sub("", np)))))
        if _BROKEN.search(head) or _QUANTITY.search(head):
            continue
        if (whole := _PART_OF.search(text, max(0, q.start() - 24), q.start())) is not None:
            return (whole.start(), harm.end(), n) if (n := quantity(whole["q"], killed=killed)) else None
        if (
            _no_victim(head, harm[0], driver_attacks=driver_attacks)
            or (
                (whose := _OF_THE.match(np)) is not None
                and _no_victim(whose[0], harm[0], driver_attacks=driver_attacks)
            )
            or _OTHERS.search(text, max(0, q.start() - 22), q.start())
        ):
            return None
        if _ATTACKERS_AFTER.match(text, harm.end()) or _OWN_DOING.match(text, harm.end()):
            return None
        n = quantity(q["q"], killed=killed)
        if n is None or (_NTH.match(q["q"]) and not head.strip(" ,") and _ATTACKER.search(text, 0, q.start())):
            return None
        more = _BEFORE_MORE.search(text, max(0, q.start() - 60), q.start())
        if more is not None and _people(more["q"], _PLACED.sub("", more["np"])):
            n += quantity(more["q"], killed=False) or 0
        n += (own is not None) + _named_beside(text, q.start(), harm.end(), driver_attacks=driver_attacks)
        return q.start(), harm.end(), n
    return None


def _people(quantity: str, words: str) -> bool:
    """Whether those who stand before "and two cooks were hurt" are people hurt too: a thing is seldom counted but by "a"."""
    if any(p.search(words) for p in (_ATTACKER, _BROKEN, _HARMED)):
        return False
    return quantity.lower() not in {"a", "an"} or _SOMEBODY.search(words) is not None


def _named_beside(text: str, start: int, end: int, *, driver_attacks: bool) -> int:
    """Of "the driver and two porters died, and the cook": how many are named without a number beside those counted."""
    beside = (_THE_AND.search(text, max(0, start - 60), start), _AND_THE.match(text, end))
    return sum(m is not None and not _no_victim(m["np"], "", driver_attacks=driver_attacks) for m in beside)


_THE_AND: Final = re.compile(
    rf"\b(?:the|its|his|her|their)\s+(?P<np>(?:[\w\-]+\s+){{0,2}}?(?:{PERSON}))\s+and\s+$", re.IGNORECASE
)
_AND_THE: Final = re.compile(
    rf",?\s+(?:and|as\s+did|as\s+was|and\s+so\s+(?:is|was|did))\s+(?:the|an?|its|his|her|their)\s+(?P<np>(?:[\w\-]+\s+){{0,2}}?(?:{PERSON}))\s*(?=[.;,]|$)",
    re.IGNORECASE,
)


def _no_victim(people: str, harm: str, *, driver_attacks: bool) -> bool:
    """Whether those harmed are the attackers or no people; who is martyred is one's own, a fighter too."""
    if harm.lower().startswith("martyr"):
        people = _OWN_FIGHTER.sub("", people)
    return _ATTACKER.search(people) is not None or (driver_attacks and _DRIVER.search(people) is not None)


_OF_THE: Final = re.compile(r"\s+of\s+(?:the|those|these)\s+[\w\-]+")
_OWN_FIGHTER: Final = re.compile(r"\bfighters?\b|\bmilitiam[ae]n\b", re.IGNORECASE)
_OWN_DOING: Final = re.compile(
    r"\s+by\s+(?:his|her|its|their)\s+own\b(?!\s+(?:side|men|comrades?|colleagues?|troops|forces|army))", re.IGNORECASE
)
"""Of “hurt by his own firework”: nobody attacked him."""
_OTHERS: Final = re.compile(
    rf"\b(?:not|no|aged|number|unit|last|(?:between\s+)?(?:{NUMBER}|few|\w+(?<!rose)(?<!risen)(?<!climbed)(?<!up))\s+(?:or|to)|between\s+\w+\s+and)\s+$",
    re.IGNORECASE,
)
_ATTACKERS_AFTER: Final = re.compile(
    r"\s+(?:militants|attackers|gunmen|fighters|terrorists|insurgents|rebels|drones|jihadists)\b", re.IGNORECASE
)


def _object(text: str, m: re.Match[str], driver_attacks: bool) -> tuple[int, int, int] | None:  # noqa: FBT001 - whose vehicle
    """Of “killing a cook and two porters”: the number behind a harm done, with where it stands."""
    people = re.split(r"\b(?:and|when|as|after|while|in|at|near|on)\b", m["np"])[0]
    if _no_victim(people, m["harm"], driver_attacks=driver_attacks):
        return None
    if _SINGES.match(m["harm"]) and (not _SOMEBODY.search(people) or _GUARDED.search(people)):
        return None
    left = m["harm"].lower() == "left"
    dead = re.search(r"\bdead\b", people) is not None
    hurt = re.search(r"\b(?:wounded|injured|killed)\b", people) is not None
    if left != (dead or hurt) and not (dead and m["harm"].lower().startswith("toll")):
        return None
    n = quantity(m["q"], killed=False)
    if n is None or (left and not dead):
        return None
    more = _MORE.match(text, m.end("q") + len(people.rstrip()))
    if (
        more is not None
        and not _ATTACKER.search(more["np"])
        and not _HARMED.search(text, more.start("np"), more.end() + 12)
    ):
        n += quantity(more["q"], killed=False) or 0
    elif (own := _OWN.match(text, m.end("q") + len(people.rstrip()))) and not _HARMED.match(text, own.end() + 1):
        n += 1
    return m.start(), m.end(), n


_SINGES: Final = re.compile(r"(?:burn|scorch|cut|scratch|graz|scald|treat)\w*$", re.IGNORECASE)
"""What is done to things no less than to people: "burned a palm grove and a shed"."""
_GUARDED: Final = re.compile(
    r"\w\s+(?:posts?|towers?|huts?|box(?:es)?|houses?|stations?|rooms?|shelters?)\b", re.IGNORECASE
)
"""Of “burnt a guard hut”: no guard."""
_SOMEBODY: Final = re.compile(
    rf"\b{PEOPLE}\b|\w(?:ers|ors|men|women|ists|ians|ants|ics)\b|^\W*(?:more|of\s+\w+)?\W*$", re.IGNORECASE
)
_HARMED: Final = re.compile(rf"{DIED}|{SUFFERED}|\b(?:was|were|is|are|has|have|had)\b", re.IGNORECASE)
