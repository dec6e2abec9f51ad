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
    r"claim|blam|accus|suspect|believ|respons|behind|assess|presum|attribut|work|hand in|may |might|could|[Pp]oss|guess|inspir|link|said it|said its|said they|said both|[Oo]ur |OUR|in the name|finger|point|launched by|fired by|carried out|followers|credit|admit|boast|hallmark|from the east|we |We |perhaps|thought|charged|culprit|conceivabl|staged by|sent by|held |rumou?red|clear who|known|who "
)
_NO_CLAIM: Final = re.compile(
    r"\b(?:no (?:immediate )?(?:claim|group|one|organi[sz]ation|faction)|no-one|nobody|none)\b[^.;]{0,60}\b(?:claim|responsib|admitted)|\bthere was no (?:immediate )?claim|\bno (?:immediate )?claim\b|"
    r"\bno one (?:immediately )?claimed|\b(?:did|could|would|has|have|had) not (?:yet |conclusively |immediately )?(?:say|said|determined|identified|named|specified|determine|name|identify|specify|comment on) (?:who|which|whom|what group)|\bnot (?:known|clear) who|\bunclear who|\bwho (?:fired|launched|was behind)[^.]{0,30}(?:not known|unknown|unclear)",
    re.IGNORECASE,
)
_CLAIM: Final = re.compile(
    r"\b(?:claim(?:ed|s|ing)? (?:responsibility|credit|the (?:attack|strike|operation|launch|bombing|assault|raid)|it|both|them|an? attack|to have)|(?:has|have|had) claimed (?:it|the|responsibility)|claimed by|said it (?:had )?(?:carried|fired|launched|targeted|struck|attacked|hit|sent|was behind|conducted)|said its (?:fighters|men|forces|members|units) had|said they (?:had )?(?:carried|fired|launched|targeted|were behind)|"
    r"said (?:both|it|this|they) (?:was|were) its (?:doing|work)|said that it had (?:carried|fired|launched|sent|struck|attacked)|in the name of|took (?:responsibility|credit)|boasted|statement (?:in the name of|by the group)|is OURS|are OURS|we (?:have )?(?:hit|struck|hacked|breached|launched|fired|own|took|encrypted)|(?:published|issued|posted|released) (?:its|a|their) (?:claim|statement of responsibility)|our (?:fighters|brothers|mujahideen)|communique|admitted (?:responsibility|carrying))",
    re.IGNORECASE,
)
_ACCUSE: Final = re.compile(
    r"\b(?:blam(?:ed|es|ing)|accus(?:es|ing)|(?<!men )(?<!was )(?<!were )accused (?!over|each)|point(?:ed|s|ing) (?:a|the|its) finger|held [^.;]{2,60}responsible|holds? [^.;]{2,60} responsible|responsible for|(?:was|were|is|are|be|considered [\w ,]{2,60}) (?:probably |likely |presumably |also )?(?:responsible|to blame)|attribut(?:ed|es|ing)|(?:is|are|was|were) suspected|suspect(?:s|ed|ing)? (?:that|a|an|the|former|members|local|them|him|it|followers|preparation)\b|suspect(?:s|ed) (?=[A-Z])|believ(?:es|ed)(?: to be| that| a| an| the| it| he| they)?|assess(?:ed|es)?(?: to have| that| it| as)|presum(?:ed|ably)|thought to be|linked to|links? to|"
    r"charged|names? (?:[\w'’ ]{2,30}) as the culprit|working-level assumption|working assumption|says? (?:the|that the) (?:plane|drone|aircraft|rocket|missile)s? came from|on behalf of|working for|to blame|in all likelihood|probably (?:by|the work of)|likely (?:by|the work of|carried out by)|fingerprints|(?<!who )were behind|(?<!who )was behind|(?<!who )is behind|(?<!who )are behind|followers of)\b",
    re.IGNORECASE,
)
_POINTED: Final = re.compile(
    r"\b(?:blam(?:ed|es|ing) (?!the (?:weather|heat|way|wind))|accus(?:ed|es|ing) |point(?:ed|s|ing) (?:a finger |the finger |its finger )?at |suspect(?:s|ed)? (?:a|an|the|that|former|local|members|followers)\b|held? [\w ]{2,40} responsible|(?:names?|named) [\w ]{2,30} as the)",
    re.IGNORECASE,
)
_WEAK: Final = re.compile(
    r"\b(?:poss(?:ible|ibly)?\b(?!\s+(?:attack|target))|may have been|might have been|could have (?:been|had)|may be (?:the work|linked)|could be (?:linked|the work|connected)|might be (?:linked|the work)|perhaps|inspired by|could have had a hand|may have had a hand|a guess|conceivably|rumou?red to be|hallmarks? of|could just as well be)",
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
_STATE: Final = re.compile(
    r"\b((?:Russia|Israel|Iran|Turk|Ukrain|Syria|Saudi|Azerbaijan|Armenia|Pakistan|India|Rwanda|Ethiopia|Eritrea)\w*)\s+(?:(?!\w+ed\b)[\w\-]+\s+){0,1}?(?:drones?|missiles?|rockets?|bombs?|shells?|artillery|warplanes?|jets?|aircraft|strikes?|fired|launched|struck|attacked|bombed|shelled|hit)\b"
)
_SAYS: Final = re.compile(r"\s+(?:says|said|claims|claimed)\b")
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
    if (m := _CLAIM.search(text)) and not re.search(
        r"\b(?:no|not|nobody|never)\b", text[max(0, m.start() - 25) : m.start()]
    ):
        out.append(Statement(start + m.start(), start + m.end(), C.CLAIMED, name, "attribution.claimed"))
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


def agent(body: str, start: int, end: int, hits: list[Hit], first_act: int) -> Statement | None:
    """Return the actor told without hedge as the subject or agent of the event's clause."""
    if (_ACCUSE.search(body, start, end) and not _PLAIN.search(body, start, end)) or _WEAK.search(body, start, end):
        return None
    if (m := _STATE.search(body, start, min(end, first_act + 30))) is not None:
        return Statement(m.start(), m.end(), C.STATED_FACT, m[1], "attribution.state")
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
