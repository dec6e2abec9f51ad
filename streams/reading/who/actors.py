"""Tells who may be named as the doer and who speaks: armed groups, states and their forces, unnamed men; authorities and others."""

from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from streams.reading.text import gated as re
from streams.reading.what.cues import Hit, lists
from streams.reading.who.predicates import REPORTED

_RULED: Final = re.compile(
    r"-(?:run|held|controlled|installed|led government|governed|occupied)\b|['’]s? (?:foes|enemies|victims)\b"
)
"""After a group's name: whom it rules, not what it did."""
_AIMED: Final = re.compile(
    r"\b(?:against|at|fight\w*|held by|controlled by|run by|near|with|hosting|between|than|without|despite)\s+(?:the\s+)?(?:\w+\s+)?$",
    re.IGNORECASE,
)
"""Before a group's name: it is the other side, not the doer."""
_FORCES: Final = (
    r"(?:drones?|UAVs?|missiles?|rockets?|bombs?|shells?|shelling|barrages?|aggression|interference|provocations?|jamming|raids?|attempts?|artillery|warplanes?|jets?|aircraft|planes?|helicopters?|gunships?|strikes?|airstrikes?|fire|robots?|tanks?|gunboats?|fighters|soldiers|"
    r"troops|forces?|army|military|navy|air force|commandos|special forces|services?|intelligence|handlers|agents?|operatives|proxies|settlers|hackers|gunmen|militiamen|policemen|gangs?|installations|positions|batteries|units?|government|regime|operators|pilots|side|territory|soil)"
)
_ACCUSED: Final = (
    r"(?:by|blam\w+|accus\w+|suspect\w*|alleg\w+(?:\s+that)?|charg(?:e|es|ed)|h(?:old|olds|eld)|nam(?:e|es|ed)|implicat\w+|finger\w*|hint\w*\s+at|rather\s+than|exclud\w+|rul\w+\s+out|(?:say|says|said|sure|convinced|certain|think\w*|believ\w+)\s+(?:that\s+)?it\s+(?:was|is)|"
    r"(?:attribut|trac|link|pin|la(?:id|y)|put|pass|shift)\w*(?:\s+\w+){0,5}\s+(?:to|on|with|at\s+the\s+door\s+of)|point\w*(?:\s+\w+){0,2}\s+(?:at|to|towards?)|"
    r"(?:hand|work|handiwork|hallmarks?|fingerprints|signature|responsibility|involvement)\s+of|(?:made|built)\s+in|(?:work|act)\w*\s+(?:for|on\s+behalf\s+of)|in\s+the\s+(?:pay|service)\s+of|(?:orders|instructions|handlers?|money)\s+(?:of|from|in)|(?:centr|focus)\w*\s+on|eyes?\s+(?:is|are|were|was)\s+on)"
)
"""Before the bare name of a state: it is spoken of as the doer, not as a place."""
_STATES: Final = "Russia|Israel|Iran|Turkey|Türkiye|Ukraine|Syria|Rwanda|Azerbaijan|Armenia|Pakistan|India|China|Belarus|Eritrea|Ethiopia|Sudan|Venezuela|North Korea|Moscow|Tehran|Ankara|Kyiv|Kigali"
_PEOPLE: Final = "Russian|Israeli|Iranian|Turkish|Ukrainian|Syrian|Saudi(?! Arabia)|Emirati|Azerbaijani|Armenian|Pakistani|Indian|Chinese|Rwandan|Burundian|Ethiopian|Eritrean|Sudanese|Egyptian|North Korean|Belarusian|Venezuelan"
_POWERS: Final = "U\\.S\\.|US|American|British|French|Western|[Cc]oalition"
"""Whose aircraft strike, and whose troops are rather struck."""
_WINGS: Final = r"(?:warplanes|jets|bombers|fighters|aircraft|strikes|airstrikes|missiles|gunships)"
_SET_OUT: Final = r"\b(?:launched|fired|sent|flown|directed|steered|come|came|coming|originated)"
"""Of weapons, before the soil from which they were sent: a state that lets no others fire from there did it."""
_STATE: Final = re.compile(
    rf"\b(?P<who>(?:{_STATES})['’]s?|{_PEOPLE})\s+(?:(?!(?!Shahed\b|armed\b)\w+ed\b|sa(?:ys?|id)\b|officials?\b|minist|president|police|media|embass|consul|base|airport|port\b|air\s+defen)[\w\-]+\s+){{0,2}}?{_FORCES}\b"
    rf"|\b(?P<power>{_POWERS})\s+(?:[\w\-]+\s+)?{_WINGS}\b"
    rf"|\b(?P<of>{_FORCES}\s+of\s+(?:the\s+)?(?:{_STATES}|{_PEOPLE})(?:\s+(?:army|navy|military|forces))?)\b"
    rf"|\b(?P<alone>{_STATES})(?=\s+(?:has |had )?(?:again |also )?(?:fired|jammed|spoofed|launched|struck|attacked|bombed|shelled|hit|sent|targeted|raided|dropped|carried out|did it|said (?:that )?(?:it|its|they)|said (?:was|were)|(?:was|were|is|are|stood) (?:\w+ly )?(?:behind|to blame|responsible)|announc(?:es|ed) (?:it|the|its))\b)"
    rf"|\b{_ACCUSED}\s+(?P<object>{_STATES}|Saudi Arabia|Egypt|Algeria|Serbia|Qatar|Burundi|Uganda|Chad|the United States|Washington|Islamabad|New Delhi|Riyadh|Baku|Minsk|Pyongyang)\b(?!['’]s)"
    rf"|\b(?:is|are|was|were|be|been)\s+(?:\w+ly\s+)?(?P<being>{_PEOPLE})\b(?=\s*(?:and\b|made\b|[.,;]|$))"
    rf"|{_SET_OUT}\s+from\s+(?:the\s+(?:territory|soil|direction|airspace|waters)\s+of\s+)?(?P<soil>Iran|Russia|Belarus|Israel)(?:ian|n|i)?\b(?!['’]s)"
)
_BANDS: Final = re.compile(
    r"\b(?P<who>(?:pro-)?(?:[A-Z]\w+(?:ian|ish|ese|[^aeiou]i|an|ch|eg|-backed|-aligned|-linked)|Druze|Bedouin|Shia|Arab|Alawite|Nuer|Dinka|Hutu|Tutsi|Lendu|Hema))\s+(?:\w+\s+)?(?:gangs|militias?|militiamen|rebels|separatists|insurgents|guerrillas|settlers|policemen|jihadists|nationalists|extremists|hardliners|hackers|militants|fighters|gunmen|mercenaries|youths?|factions?|groups)\b"
)
_TITLED: Final = re.compile(
    r"\b(?P<who>(?!The\s|A\s|An\s|This\s|That\s)(?:[A-Z][\w'’\-]+\s+(?:of\s+|for\s+|the\s+|and\s+){0,2}){1,4}(?:Front|Brigades|Movement|Resistance|Battalions?|Alliance|Coalition|Faction|Militia|Jihad|Guards|(?<=Liberation\s)Army|(?<=Resistance\s)Army|(?<=Independence\s)Army|(?<=People['’]s\s)Army|(?<=White\s)Army))\b"
    r"|\b(?P<cause>(?:Front|Movement|Brigades?|Battalions?|Army|Resistance|Guardians|Sons|Lions|Knights|Companies|Falcons|Eagles)\s+(?:of|for)\s+(?:the\s+)?[A-Z][\w'’\-]+(?:\s+(?:of\s+(?:the\s+)?)?[A-Z][\w'’\-]+){0,4})"
    r"|\b(?:[Tt]he|[Aa]n?)\s+(?:[a-z][\w\-]*\s+){0,2}?(?P<band>(?!UN\b|US\b|EU\b)(?:[A-Z0-9][\w'’\-]*\s+){1,3}?)(?:gangs?|cartel|clan|faction|militia|rebels|network|brotherhood)\b"
)
_FIELD: Final = re.compile(
    r"\b(?:[Aa]ssess(?:ed)?|[Ll]ikely|[Pp]rob(?:ably)?|[Pp]oss(?:ibl[ey])?|[Ss]usp(?:ected)?|[Aa]ttrib(?:uted|ution)?(?: to)?)\s*[:\-]?\s+(?:as\s+)?(?P<who>(?!IED|EOD|UAS|UAV|RPG|IDF|VBIED|MOR|HME|NIL|UNK|TGT|EW|AA)[A-Z]{2,}(?:[- ][A-Z]{2,})?)\b"
)
_SAME: Final = re.compile(
    r"\b(?:that|the same|this|the)\s+(?:armed\s+|jihadist\s+|rebel\s+)?(?:group|militia|faction|gang|organi[sz]ation|movement|army|force)\b(?!['’]s)(?=[^.;]{0,20}\b(?:responsible|to blame|behind|for)\b|(?<!army)(?<!force))",
    re.IGNORECASE,
)
_MEMBER_OF: Final = (
    r"(?:[Mm]en|[Mm]embers|[Ff]ighters|[Gg]unmen|[Mm]ilitants|[Rr]ebels|[Ss]upporters|[Ff]ollowers|[Dd]issidents|[Rr]emnants|[Cc]ells?|[Ii]nsurgents|[Aa]ctivists|[Hh]ackers|[Ss]oldiers|[Ff]orces|[Tt]roops|[Uu]nits|[Mm]ilitiamen|[Yy]ouths?|[Ee]lements|[Bb]ackers|[Pp]artisans|[Ss]ympathi[sz]ers|[Ll]oyalists|[Vv]eterans)\s+"
    r"(?:of|from|loyal to|allied (?:to|with)|belonging to|linked to|faithful to|commanded by|under the command of)\s+(?:the\s+|an?\s+)?(?:\w+\s+)?"
)
_MEMBERS: Final = re.compile(
    rf"\b{_MEMBER_OF}(?P<who>[A-Z][\w\-]+(?:\s+(?:[A-Z][\w\-]+|of(?=\s+(?:the\s+)?[A-Z])|the(?=\s+[A-Z])))*)"
)
_ANAPHOR: Final = re.compile(
    r"\b[Tt]he\s+same\s+(?:armed\s+|jihadist\s+|rebel\s+|militant\s+)?(?:group|militia|faction|gang|organi[sz]ation|movement|outfit|band)(?:['’]s\s+(?:\w+\s+)?(?:fighters|men|gunmen|militants|bombers|drones?|rockets?|missiles?|cells?))?\b"
    r"|\b(?:[Tt]he|[Tt]hat|[Tt]his)\s+(?:group|militia|faction|gang|organi[sz]ation|movement|outfit|band|front|brigade)['’]s\s+(?:\w+\s+)?(?:fighters|men|gunmen|militants|bombers|drones?|rockets?|missiles?|cells?)\b"
)
"""A group named before: "the same group's fighters"."""
_MEN_OF: Final = re.compile(rf"\b{_MEMBER_OF}$")
_CALLED: Final = re.compile(
    r"\b(?:group|faction|militia|gang|outfit|collective|cell|organi[sz]ation|movement|brigade|battalion|channel|band|crew|network|wing)\b[^.;]{0,30}?\b(?:call(?:s|ed|ing) (?:itself|themselves)|goes? by the name of|going by the name of|named|known as|styl(?:es|ing) itself|under the name)\s+(?:of\s+)?[\"“'‘]?(?:the\s+)?(?P<who>[A-Z][\w\-]+(?:\s+(?:[A-Z][\w\-]+|of|the))*)|\b(?:unknown|little-known|new|obscure|shadowy|hitherto unheard-of|unheard-of|splinter|breakaway|local)\s+(?:armed\s+|militant\s+|jihadist\s+)?(?:group|faction|militia|gang|outfit|collective|cell|band|movement|brigade),\s+(?:the\s+)?(?P<beside>[A-Z][\w\-]+(?:\s+(?:[A-Z][\w\-]+|of|the))*)|\bso-called\s+(?P<so>[A-Z][\w\-]+(?:\s+[A-Z][\w\-]+)*)"
)
_ANY_FRAME: Final = re.AnyOf(_STATE, _BANDS, _TITLED, _MEMBERS, _CALLED, _FIELD, _SAME, _ANAPHOR)
"""What names a group or force by the words around it; the group of the name, where it has one, is the last."""
_SURNAMED: Final = re.compile(
    r"(?:spokes(?:man|woman|person)|[Mm]inister|[Gg]eneral|[Gg]en\.|[Cc]olonel|Col\.|Maj\.|Lt\.|[Cc]aptain|[Cc]ommander|[Aa]dmiral|[Gg]overnor|[Ss]ecretary|[Pp]resident|[Aa]mbassador|[Mm]ayor|[Cc]hief|official),?\s+(?:[A-Z][\w.'’\-]+\s+){0,2}(?P<name>[A-Z][a-z][\w'’\-]+)"
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who may have done it, where the text speaks of him."""

    start: int
    end: int
    name: str
    named: bool
    """False of "a militia", "local teenagers": an accusation may rest on them, a plain account does not."""
    band: bool = False
    """One of those words for a kind of doer: who is said to have been one of them is accused."""


def actors(body: str, start: int, end: int, hits: list[Hit]) -> list[Actor]:
    """Return those spoken of in a stretch that may act, in order; the named before the unnamed where they overlap."""
    found = [
        Actor(h.start, h.end, body[h.start : h.end], h.text not in unnamed(), "band" in h.classes)
        for h in hits
        if "hostile" in h.classes and start <= h.start < end
    ]
    found.extend(
        Actor(*m.span(m.lastgroup or 0), m[m.lastgroup or 0], named=True)
        for _, m in _ANY_FRAME.finditer(body, start, end)
    )
    found.extend(
        Actor(h.start, h.end, body[h.start : h.end], named=False, band=True)
        for h in hits
        if "band" in h.classes and "hostile" not in h.classes and start <= h.start < end
    )
    out: list[Actor] = []
    for a in sorted(found, key=lambda a: (not a.named, a.start, -a.end)):
        if not any(o.start < a.end and a.start < o.end for o in out) and not _RULED.match(body, a.end):
            out.append(a)
    return sorted(out, key=lambda a: a.start)


def member_of(body: str, start: int, actor: Actor) -> int:
    """Where what is said of a group's men begins: "fighters of X", before X; the start of the group's name where it is it alone."""
    m = _MEN_OF.search(body, max(start, actor.start - 60), actor.start)
    return m.start() if m is not None else actor.start


def aimed_at(body: str, start: int, actor: Actor) -> bool:
    """Whether words before a group's name make it the other side: "against", "held by"."""
    return _AIMED.search(body[max(start, actor.start - 40) : actor.start]) is not None


def is_state(name: str) -> bool:
    """Whether a doer is told by the name of a state or its people; its guards and proxies claim as groups do."""
    return _OF_STATE.match(name) is not None


_OF_STATE: Final = re.compile(rf"(?:{_STATES}|{_PEOPLE})(?:['’]s?)?$")


@cache
def unnamed() -> frozenset[str]:
    """Words for attackers that name nobody."""
    return frozenset(lists()["unnamed"])


class Voices(NamedTuple):
    """Who speaks in a sentence."""

    body: str
    start: int
    end: int
    hits: list[Hit]
    before: bool = False
    """An authority spoke in the sentence before: "He blamed"."""
    official: bool = False
    """The source is itself an authority."""

    def authority(self, at: int) -> bool:
        """Whether an authority speaks the words at a position: the speaker nearest before it, else after."""
        impersonal = _IMPERSONAL.search(self.body, max(self.start, at - 25), at) is not None
        speakers = self._speakers()
        last = next((h for h in reversed(speakers) if h.start < at and not (impersonal and not self._said(h))), None)
        if last is not None:
            return _official(last)
        if _PRONOUN.match(self.body, self.start, self.end):
            return self.before or self.official
        first = next((h for h in speakers if h.start >= at), None)
        return _official(first) if first is not None else self.official

    def authority_before(self, at: int) -> int:
        """Where the authority that speaks last before a position stands, -1 where the speaker is none."""
        last = next((h for h in reversed(self._speakers()) if h.start < at), None)
        return last.end if last is not None and _official(last) else -1

    def last(self) -> bool | None:
        """Whether the one who speaks last is an authority; None where nobody speaks."""
        heard = next((h for h in reversed(self._speakers()) if self._said(h)), None)
        return None if heard is None else _official(heard)

    def present(self) -> bool | None:
        """Whether one of those spoken of is an authority; None where there is neither authority nor bystander."""
        those = [h for h in self.hits if h.classes.speaks]
        return any(_official(h) for h in those) if those else None

    def unspoken(self) -> bool:
        """Whether a sentence is the reporter's own: nobody speaks in it, nor goes on speaking."""
        return self.present() is None and (self.official or not _PRONOUN.match(self.body, self.start, self.end))

    def hearsay(self, at: int) -> bool:
        """Whether what stands at a position is told by somebody who is no authority: "a union leader said that ..."."""
        return REPORTED.search(self.body, max(self.start, at - 60), at) is not None and self.authority_before(at) < 0

    def _speakers(self) -> list[Hit]:
        """Those who may speak, in order; of "the coast guard" no guard."""
        found = [
            h
            for h in self.hits
            if (h.classes.speaks and not self._owns(h) and not self._is_told(h))
            or (h.classes.countries and _STATE_SAYS.match(self.body, h.end, self.end))
        ]
        return [h for h in found if not any(o.start <= h.start and h.end <= o.end and o != h for o in found)]

    def _owns(self, h: Hit) -> bool:
        """Whether it is somebody of his who speaks: "the ministry's driver"; what he puts in writing is his own word."""
        owns = self.body[h.end : h.end + 2] in _OWNING
        return owns and _IN_WRITING.match(self.body, h.end, self.end) is None

    def _is_told(self, h: Hit) -> bool:
        """Whether somebody else speaks to him: "a colonel told reporters"."""
        return _TOLD.search(self.body, max(self.start, h.start - 24), h.start) is not None

    def _said(self, h: Hit) -> bool:
        lead = max(self.start, h.start - 20)
        return (
            _SPEECH.match(self.body, h.end, self.end) is not None
            or _TOLD_BY.search(self.body, lead, h.start) is not None
        )


def _official(speaker: Hit) -> bool:
    """Whether a speaker is an authority, or a state: "Ankara accused"."""
    return "bystander" not in speaker.classes or "authority" in speaker.classes


_OWNING: Final = frozenset({"'s", "’s", "' ", "’ "})
_IN_WRITING: Final = re.compile(
    r"['’]s?\s+(?:[\w\-]+\s+)?(?:statements?|bulletins?|reports?|communiqu[eé]s?|accounts?|versions?|letters?|notes?|office|radars?|sensors?|records?)\b"
)
_SPEECH: Final = re.compile(
    r"(?:['’]s)?(?:,?\s+[\w.,'’\-]+){0,8}?,?\s+(?:say|says|said|told|tells|stat(?:es|ed)|add(?:s|ed)|report(?:s|ed)?|blam\w+|accus\w+|suspect\w*|believ\w+|think\w*|thought|reckon\w*|confirm\w*|maintain\w*|insist\w*|announc\w+|attribut\w+|conced\w+|hold|holds|held|speaks?|spoke|asserts?|wrote|warn\w*|declar\w+|regard\w*|treat\w*|assess\w*|put|points?|pointed|sees?|saw|trac(?:e|es|ed)|alleg\w+|charg(?:es|ed)|nam(?:es|ed)|la(?:id|ys?)|has no doubt|have no doubt|(?:is|are|was|were)\s+(?:\w+\s+)?(?:certain|sure|convinced))\b",
    re.IGNORECASE,
)
_STATE_SAYS: Final = re.compile(
    r"\s+(?:\w+ly\s+|has\s+|had\s+|also\s+|again\s+|at once\s+){0,2}(?:say|says|said|blam\w+|accus\w+|suspect\w*|believ\w+|think\w*|thought|point(?:s|ed)|attribut\w+|h(?:olds?|eld)|see|sees|saw|speaks?|spoke|trac\w+|alleg\w+|charg(?:es|ed)|nam(?:es|ed)|insist\w*|maintain\w*|assum\w+|assess\w*|detect\w*|call(?:s|ed)|suggest\w*|put|laid|has no doubt)\b"
)
"""Behind the name of a country or its capital: the state speaks."""
_TOLD_BY: Final = re.compile(
    r"\b(?:according to|says?|said|told|by)\s+(?:an?\s+|the\s+|one\s+)?(?:\w+\s+)?$", re.IGNORECASE
)
_TOLD: Final = re.compile(
    r"\b(?:told|tell|tells|telling|informed|assured)\s+(?:the\s+|a\s+|an\s+|this\s+|our\s+|its\s+|local\s+|state\s+)?$|\b(?:said|spoke|speaking|showed|shown|wrote|message|statement)\s+(?:\w+\s+)?to\s+(?:the\s+|a\s+|this\s+|our\s+|local\s+)?$",
    re.IGNORECASE,
)
"""Before one who is spoken to."""
_IMPERSONAL: Final = re.compile(r"\b(?:is|are|was|were|been|being)\s+(?:\w+ly\s+)?$")
"""Of “are thought to be”: nobody speaks, unless a speaker follows."""
_PRONOUN: Final = re.compile(r"\s*[\"“]?(?:It|He|She|They|The statement|His|Her|The source)\b")


def surnames(body: str) -> frozenset[str]:
    """Return the surnames of those introduced as speaking for an authority."""
    return frozenset(m["name"] for m in _SURNAMED.finditer(body))
