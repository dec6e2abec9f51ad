"""Reads who is said to have done it, and how firmly.

    claimed                  the actor says so
    suspected_by_authorities officials accuse or suspect
    suspected                others do
    possible                 weaker hints
    stated_fact              told without hedge
    none                     no actor named

The closest statement to the event decides; a statement about several ("both attacks") counts for each.
"""

from dataclasses import dataclass
from typing import Final

from schemas.taxonomy import AttributionConfidence as C
from streams.reading import gated as re
from streams.reading.cues import Hit

_GATE: Final = re.compile(
    r"claim|blam|accus|suspect|believ|respons|behind|assess|presum|attribut|work|hand |hand,|hands |may |might|could|poss|guess|inspir|link|said|says|our |in the name|finger|point|launched by|fired by|carried out|followers|credit|admit|boast|hallmark|signature|bears the|"
    r"from the east|we |perhaps|thought|charged|culprit|conceivabl|staged by|sent by|flown by|planted by|held |holds|rumou?red|clear who|known|who |announced|declared|asserted|video|footage|pamphlet|communique|statement|treat|regard|see |sees|speak|named|names|names as|likely|probabl|apparently|reportedly|alleged|points? to|look|style|typical|tell-?tale|trademark|fingerprint|investigat|seeking|hunt",
    re.IGNORECASE,
)
_NO_CLAIM: Final = re.compile(
    r"\b(?:no (?:immediate )?(?:claim|group|one|organi[sz]ation|faction)|no-one|nobody|none)\b[^.;]{0,60}\b(?:claim|responsib|admitted)|\bthere was no (?:immediate )?claim|\bno (?:immediate )?claim\b|"
    r"\bno one (?:immediately )?claimed|\b(?:did|could|would|has|have|had) not (?:yet |conclusively |immediately )?(?:say|said|determined|identified|named|specified|determine|name|identify|specify|comment on) (?:who|which|whom|what group)|\bnot (?:known|clear) who|\bunclear who|\bwho (?:fired|launched|was behind)[^.]{0,30}(?:not known|unknown|unclear)",
    re.IGNORECASE,
)
_DID: Final = (
    r"(?:(?:had|have|has|also|just|jointly|successfully)\s+)*(?!shot down|shot it down|intercepted|downed|brought down|repelled|foiled|arrested|no\b|not\b|nothing)"
    r"(?:carried|fired|launched|targeted|struck|hit|attacked|bombed|shelled|flew|flown|aimed|sent|shot at|abducted|kidnapped|planted|laid|detonated|blew|blown|hacked|breached|encrypted|burne?d|burnt|torched|stormed|raided|overran|overrun|ambushed|opened fire|opened the|was behind|were behind|is behind|are behind|did it|staged|conducted|mounted|used|dropped|rammed|pounded|destroyed|inflicted|killed|captured|seized|sank|mined|set fire|set off|sabotaged|cut|taken|took)"
)
_CLAIM: Final = re.compile(
    rf"\b(?:claim(?:ed|s|ing)? (?:responsibility|credit|the (?:attack|strike|operation|launch|bombing|assault|raid|killing|abduction|ambush|shelling|hack)|it\b|both|them|this|an? (?:attack|strike)|to have)|(?:has|have|had) (?:since |later |already )?claimed (?:it|the|responsibility)|claimed by|(?:was|were|is) claimed|(?:published|issued|posted|released|put out|circulated|broadcast|carried|aired|printed) (?:its|a|an|their|the) (?:\w+ )?(?:claim|statement of responsibility|communique|statement claiming)|"
    rf"(?:said|says|say|claim(?:s|ed)?|announced|declared|boasted|asserted|admitted|insisted|wrote|bragged|stated|confirmed)(?:,|\s)(?:[^.;]{{0,60}}?\b)?(?:that\s+)?(?:it|they|we|its (?:\w+ ){{1,3}}|their (?:\w+ ){{1,3}}|one of its [^.;]{{0,30}}?|two of its [^.;]{{0,30}}?|a (?:unit|squad|cell|member) of its [^.;]{{0,20}}?)\s*{_DID}|"
    rf"said (?:both|it|this|they|the \w+) (?:was|were) its (?:own )?(?:doing|work|handiwork)|(?:was|were|is|are|as) (?:its|their|our) (?:own )?(?:doing|work|handiwork|gift|answer|revenge|response)|in the name of|took (?:responsibility|credit)|tak(?:es|ing) (?:responsibility|credit)|boasted|statement (?:in the name of|by the group)|(?:is|are) OURS|we (?:have )?(?:hit|struck|hacked|breached|launched|fired|own|took|encrypted|bombed|attacked|targeted|burned|destroyed)|"
    rf"our (?:heroes|fighters|brothers|mujahideen|lions|knights|drones|rockets)\b|admitted (?:responsibility|carrying|being behind)|(?:claim|communique|statement|pamphlet|video|photographs|footage) signed by|signed (?:by|the) (?:attack|note|leaflet)|'s (?:video|film|footage|claim|communique) (?:shows|showed|of|says|said)|(?:in|with) (?:a|an) (?:video|film|statement|communique|message) (?:by|from|of) (?:the )?(?:group|attackers))",
    re.IGNORECASE,
)
_ACCUSE: Final = re.compile(
    r"\b(?:blam(?:ed|es|ing)|accus(?:es|ing)|(?<!men )(?<!was )(?<!were )accused (?!over|each)|point(?:ed|s|ing) (?:a|the|its) finger|held [^.;]{2,60}responsible|holds? [^.;]{2,60} responsible|responsible for|(?:was|were|is|are|be|considered [\w ,]{2,60}) (?:probably |likely |presumably |also )?(?:responsible|to blame)|attribut(?:ed|es|ing)|(?:is|are|was|were) suspected|suspect(?:s|ed|ing)? (?:that|a|an|the|former|members|local|them|him|it|followers|preparation)\b|suspect(?:s|ed) (?=[A-Z])|believ(?:es|ed)(?: to be| that| a| an| the| it| he| they)?|assess(?:ed|es)?(?: to have| that| it| as)|presum(?:ed|ably)|thought to be|linked to|links? to|"
    r"charged|nam(?:es?|ed) [^.;]{2,50} as (?:the|those|being)|working-level assumption|working assumption|says? (?:the|that the) (?:plane|drone|aircraft|rocket|missile)s? came from|on behalf of|working for|to blame|in all likelihood|probably (?:by|the work of)|likely (?:by|the work of|carried out by)|fingerprints|(?<!who )were behind|(?<!who )was behind|(?<!who )is behind|(?<!who )are behind|followers of)\b",
    re.IGNORECASE,
)
_SOFT: Final = re.compile(
    r"\b(?:sees? (?:the hand|a hand|the fingerprints|the work) of|speaks? of|spoke of|(?:treat(?:s|ed|ing)?|regard(?:s|ed)?|consider(?:s|ed)?|view(?:s|ed)?|see|sees|saw|describ(?:es|ed)) (?:it|this|that|them|the (?:attack|incident|strike|men|pair|blast)) (?:as|to be)|tak(?:es?|ing) (?:it|that|this) (?:for|as)|points? to|pointed to|pointing to|(?:says?|said) (?:it was|they were|this was|that was)|looking for|hunt(?:s|ing)? for|searching for|wanted for|seeking|alleged(?:ly)?|(?:very |most )?likely|probably|apparently|reportedly|suspected|presumed|names?|named|says?|suspects?)\b",
    re.IGNORECASE,
)
"""Frames that accuse only where an actor stands right behind them."""
_DONE_BY: Final = re.compile(
    r"\b(?:launched|fired|flown|sent|planted|laid|staged|carried out|ordered|dropped|directed|conducted|committed|shot|thrown) by\b",
    re.IGNORECASE,
)
_OWN_WORK: Final = re.compile(
    r"\b(?:killed|raided|captured|seized|destroyed|taken|took|used|conducted|carried out|opened fire|staged|mounted|hit|fired|shot at|cut|sent)$",
    re.IGNORECASE,
)
"""What forces of order say of themselves."""
_POINTED: Final = re.compile(
    r"\b(?:points? to (?:a |an |the )?[\"“A-Z]|speaks? of (?=[A-Z])|nam(?:es?|ed) [^.;]{2,50} as (?:the|those)|sees? the hand of|takes? (?:it|that|this) for|accus(?:es|ed) [A-Z]|orders? of a foreign|pointed at \"|blam(?:ed|es|ing) (?!the (?:weather|heat|way|wind))|accus(?:ed|es|ing) |point(?:ed|s|ing) (?:a finger |the finger |its finger )?at |suspect(?:s|ed)? (?:a|an|the|that|former|local|members|followers)\b|held? [\w ]{2,40} responsible|(?:names?|named) [\w ]{2,30} as the)",
    re.IGNORECASE,
)
_WEAK: Final = re.compile(
    r"\b(?:low conf\w*|may be|might be|could be|may have|might have|could well|cannot be ruled out|could not be ruled out|not (?:be )?ruled out|consistent with|bears? (?:the )?(?:hallmarks?|marks|signature)|bore the (?:hallmarks?|marks|signature)|carr(?:y|ies|ied) the hallmarks?|reminiscent of|typical of|in the style of|points? (?:perhaps|possibly)|speculat\w+|suggest(?:s|ed)? (?:that )?it (?:may|might|could)|poss(?:ible|ibly)?\b(?!\s+(?:attack|target))|may have been|might have been|could have (?:been|had)|may be (?:the work|linked)|could be (?:linked|the work|connected)|might be (?:linked|the work)|perhaps|inspired by|could have had a hand|may have had a hand|a guess|conceivably|rumou?red to be|hallmarks? of|could just as well be)",
    re.IGNORECASE,
)
_DENY: Final = re.compile(
    r"\b(?:denied|denies|rejected|dismissed|declined|refused|did not respond|no comment|had not|has not|will not|would not)\b",
    re.IGNORECASE,
)
_UNKNOWN: Final = re.compile(r"\b(?:unknown|unidentified|unk|masked|armed men|gunmen|local cell)\b", re.IGNORECASE)
_ACTIVE: Final = re.compile(
    r"^(?:[\w\s,'’\-–]{0,30})(?:fired|launched|attacked|struck|shelled|bombed|stormed|hit|raided|overran|ambushed|abducted|kidnapped|detonated|poured|set|said|opened|dropped|targeted)\b",
    re.IGNORECASE,
)
_PLAIN: Final = re.compile(r"\b(?:launched|fired|carried out|staged|sent) by\b", re.IGNORECASE)
_STATES: Final = r"(?:Russia|Israel|Iran|Turk|Ukrain|Syria|Saudi|Azerbaijan|Armenia|Pakistan|India|Rwanda|Ethiopia|Eritrea|Moscow|Tehran|Sudan|Emirat)[\w'’]*"
_STATE: Final = re.compile(
    rf"\b(?P<who>{_STATES}(?:\s(?:army|air force|military|forces|troops|navy|gunners|artillery))?)\s+(?:(?:army|air force|military|kamikaze|attack|explosive|ballistic|cruise|fighter|strike|suicide|armed|naval|sea|combat|glide|guided|precision|aerial|Shahed|Iskander|Kinzhal|Lancet|FPV|surveillance|reconnaissance)[\s\-]+){{0,2}}(?:drones?|missiles?|rockets?|bombs?|shells?|artillery|warplanes?|jets?|aircraft|planes|helicopters?|gunships?|strikes?|raids?|fired|launched|struck|attacked|bombed|shelled|hit|pounded|raided|dropped|sent)\b"
)
_STATE_AGENT: Final = re.compile(
    rf"\b(?:fired|launched|sent|dropped|carried out|flown|staged|directed|conducted)\s+(?:by|from)\s+(?:the\s+)?(?P<who>{_STATES})"
)
_NAMED_GROUP: Final = re.compile(
    r"\b(?:[Mm]embers|[Ss]upporters|followers|[Ff]ighters|[Mm]en|[Rr]ebels|[Mm]ilitants|[Gg]unmen|[Yy]ouths|[Gg]uerrillas|[Ii]nsurgents|[Aa]ctivists|[Uu]nits?|[Cc]olumns?|[Dd]issidents)\s+(?:of|from|loyal to|belonging to|linked to|affiliated with|allied to)\s+(?:the\s+)?(?P<who>[A-Z][\w\-]+(?:\s+[A-Z][\w\-]+){0,4})"
)
_SAYS: Final = re.compile(r"\s+(?:says?|said|claims?|claimed|announced|declared|boasted|asserted)\b")
_BY: Final = re.compile(
    r"\b(?:launched|fired|carried out|staged|sent|conducted|planted|laid|claimed|attacked|by)\s+(?:by\s+)?(?:the\s+)?(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)


_SPEAKER: Final = re.compile(
    r"(?:spokes(?:man|woman|person)|[Mm]inister|[Gg]eneral|[Gg]en\.|[Cc]olonel|Col\.|Maj\.|Lt\.|[Cc]aptain|[Cc]ommander|[Aa]dmiral|[Gg]overnor|[Ss]ecretary|[Pp]resident|[Aa]mbassador|[Mm]ayor|[Cc]hief|official),?\s+(?:[A-Z][\w.'’\-]+\s+){0,2}(?P<name>[A-Z][a-z][\w'’\-]+)"
)


def speakers(body: str) -> frozenset[str]:
    """Return the surnames of those introduced as speaking for an authority."""
    return frozenset(m["name"] for m in _SPEAKER.finditer(body))


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement about the actor."""

    start: int
    end: int
    confidence: C
    actor: str | None
    rule: str


def statements(body: str, start: int, end: int, hits: list[Hit], *, official: bool, before: bool) -> list[Statement]:
    """Return what a sentence states about the actor.

    Parameters
    ----------
    body, start, end
        The sentence.
    hits
        Its cues; those of class `hostile` name actors.
    official
        The source itself is an authority or armed force.
    before
        An authority spoke in the sentence before.
    """
    text = body[start:end]
    if _GATE.search(text) is None:
        return []
    if (m := _NO_CLAIM.search(text)) and not (
        re.search(r"\b(?:but|however|though|although)\b", text[m.end() :]) and _ACCUSE.search(text, m.end())
    ):
        return [Statement(start + m.start(), start + m.end(), C.NONE, None, "attribution.no-claim")]
    actors = [h for h in hits if "hostile" in h.classes and not _UNKNOWN.fullmatch(h.text)]
    name = body[actors[0].start : actors[0].end] if actors else None
    authority = (
        official
        or any("authority" in h.classes for h in hits)
        or (before and re.match(r"\s*(?:It|He|She|They|The statement|His|Her)\b", text) is not None)
    )
    out: list[Statement] = []
    by_order = [h for h in hits if "authority" in h.classes or "friendly" in h.classes]
    if (
        (m := _CLAIM.search(text))
        and not re.search(r"\b(?:no|not|nobody|never)\b", text[max(0, m.start() - 25) : m.start()])
        and not (_OWN_WORK.search(m[0]) and by_order and not any(h.start < start + m.end() for h in actors))
    ):
        out.append(Statement(start + m.start(), start + m.end(), C.CLAIMED, name, "attribution.claimed"))
        return out
    done = _DONE_BY.search(text)
    behind = next((h for h in actors if done and 0 <= h.start - (start + done.end()) < 40), None)
    if (
        done
        and behind
        and _WEAK.search(text) is None
        and _ACCUSE.search(text) is None
        and _SOFT.search(text[: done.start()][-30:]) is None
    ):
        out.append(
            Statement(
                start + done.start(), behind.end, C.STATED_FACT, body[behind.start : behind.end], "attribution.done-by"
            )
        )
        return out
    somebody = actors or re.search(r"\b(?:group|state|faction|organi[sz]ation|dispute|cell|material)\b", text)
    if somebody and (m := _WEAK.search(text)):
        out.append(Statement(start + m.start(), start + m.end(), C.POSSIBLE, name, "attribution.hedged"))
        return out
    turn = (
        max((x.end() for x in re.finditer(r"\b(?:but|however|though|although)\b", text)), default=0)
        if _DENY.search(text)
        else 0
    )
    if (m := _ACCUSE.search(text, turn) or _ACCUSE.search(text)) and (
        actors
        or _POINTED.search(text)
        or re.search(
            r"\b(?:outfit|left-wing|outlaw|Israel|Iran|Russia|Ukrain|Guards|neighbouring|such groups|armed groups?|terrorist groups?|nationalist|from the east of|cell)",
            text,
        )
    ):
        denied = _DENY.search(text, turn)
        if denied is None or m.start() < denied.start():
            level = C.SUSPECTED_BY_AUTHORITIES if authority else C.SUSPECTED
            out.append(Statement(start + m.start(), start + m.end(), level, name, "attribution.accused"))
            return out
    for m in _SOFT.finditer(text):
        meant = next((h for h in actors if 0 <= h.start - (start + m.end()) < 30 and h.text not in _VAGUE), None)
        if meant is not None and not _DENY.search(text[: m.start()]):
            level = C.SUSPECTED_BY_AUTHORITIES if authority else C.SUSPECTED
            return [Statement(start + m.start(), meant.end, level, body[meant.start : meant.end], "attribution.points")]
    return out


def agent(body: str, start: int, end: int, hits: list[Hit], first_act: int) -> Statement | None:
    """Return the actor told without hedge as the subject or agent of the event's clause."""
    if (_ACCUSE.search(body, start, end) and not _PLAIN.search(body, start, end)) or _WEAK.search(body, start, end):
        return None
    if re.search(r"\b(?:alleged|suspected|presumed|apparent|likely|probable)\b", body[start:end]):
        return None
    own = _STATE.search(body, start, min(end, first_act + 30)) or _STATE_AGENT.search(body, start, end)
    if own is not None:
        return Statement(own.start(), own.end(), C.STATED_FACT, own["who"], "attribution.state")
    if (m := _NAMED_GROUP.search(body, start, min(end, first_act + 30))) is not None:
        return Statement(m.start(), m.end(), C.STATED_FACT, m["who"], "attribution.named-group")
    for h in hits:
        if "hostile" not in h.classes or _UNKNOWN.fullmatch(h.text) or h.text in _VAGUE or not start <= h.start < end:
            continue
        if (h.start < first_act and first_act - h.end < 60) or _BY.search(body[max(start, h.start - 45) : h.start]):
            if _SAYS.match(body, h.end):
                return Statement(h.start, h.end, C.CLAIMED, body[h.start : h.end], "attribution.says")
            return Statement(h.start, h.end, C.STATED_FACT, body[h.start : h.end], "attribution.agent")
    return None


_VAGUE: Final = frozenset(
    "militants militant gunmen gunman armed men attackers attacker assailants assailant fighters insurgents insurgent terrorists terrorist rebels rebel protesters demonstrators rioters intruders hackers activists "
    "unidentified men|unknown men|unknown gunmen|unidentified gunmen|unknown assailants|unidentified assailants|armed men|armed group|armed groups|militia|militias|suspects|cell|masked men|faction|factions|terrorists".replace(
        "|", " "
    ).split()
) | {
    "armed men",
    "unidentified men",
    "unknown men",
    "unknown gunmen",
    "unidentified gunmen",
    "armed group",
    "armed groups",
    "masked men",
    "unknown assailants",
    "unidentified assailants",
    "extremists",
    "bandits",
    "pirates",
}
