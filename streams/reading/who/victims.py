"""Decides whose a count of victims is: the event in its sentence, or else the one told last; whom it does not count."""

from dataclasses import replace
from typing import Final

from schemas.taxonomy import SetAsideReason as R
from schemas.taxonomy import Status as S
from schemas.taxonomy import ThreatType as Y
from streams.reading.meant import modality
from streams.reading.sameness import ANOTHER
from streams.reading.story import Draft, Early, Story
from streams.reading.text import gated as re
from streams.reading.text.fields import Role
from streams.reading.text.segment import Sentence
from streams.reading.text.words import NUMBER, number
from streams.reading.who import effects
from streams.reading.who.toll import Toll

_BY_VEHICLE: Final = frozenset({Y.VEHICLE_BOMB, Y.VEHICLE_RAMMING})


def count_victims(story: Story, sentence: Sentence, made: list[Draft]) -> None:
    """Count the victims that a sentence tells of, for the events that it tells or else the last one told.

    Where one of several was stopped and another struck, the victims are of that which struck.
    """
    if len({id(d) for d in made}) > 1:
        parts = [(d, _toll(story, d, d.event.start, d.event.end)) for d in made]
        if any(toll.stated for _, toll in parts):
            struck = next((d for d in made if d.event.status is S.EXECUTED), None)
            for part, toll in parts:
                hurt = part.event.status is S.INTERCEPTED and (toll.killed or toll.wounded)
                _count(struck if hurt and struck is not None else part, sentence, toll)
            return
    if not made and _rolled(story, sentence):
        for unhurt in (d for d in story.drafts if not d.toll.stated):
            _count(unhurt, sentence, _read(story, sentence.start, sentence.end))
        return
    draft = made[-1] if made else story.told_last(sentence.start)
    if draft is None or (not made and _far(story, draft, sentence)):
        _count_early(story, None, sentence)
        return
    toll = _toll(story, draft, sentence.start, sentence.end)
    if made and sentence.field:
        toll = _filled_in(story, sentence) or toll
    if not made and (toll.killed or toll.wounded):
        draft = _struck(story, draft, sentence)
    if made and not toll.stated:
        _count_late(story, draft, sentence)
    if made and draft.event.status is S.THWARTED and _by_blade(story, draft, toll):
        draft.event.status = S.EXECUTED
    if not toll.stated or _of_another(story, draft, sentence, toll):
        return
    if not made:
        start, end = _clause(story, sentence, toll)
        if any(
            a.start < end and start < a.end and not (toll.nobody and a.reason is R.NEGATED) for a in story.asides
        ) or modality.looks_back(story.body[start:end]):
            return
        _count_early(story, draft, sentence)
    elif _ONE_MORE.match(story.body, sentence.start, sentence.end) and draft.event.sentence.start < sentence.start:
        draft.toll = draft.toll.increased(toll)
        return
    for concerned in story.drafts if toll.everywhere else [draft]:
        _count(concerned, sentence, toll)


def _filled_in(story: Story, sentence: Sentence) -> Toll | None:
    """What a form's field for losses says in figures or in one word: "CAS: 0/2", "LOSSES: NIL"."""
    losses = story.filled_in(sentence.start, Role.TOLL)
    m = _LOSSES.match(story.body, losses.content, losses.end) if losses is not None else None
    if m is None:
        return None
    killed, wounded = (int(n) if n and n.isdigit() else 0 for n in m.group("killed", "wounded"))
    return Toll(killed, wounded, m.span())


_NOBODY: Final = r"(?:nil|none|zero|nobody|no one)"
_LOSSES: Final = re.compile(
    rf"(?P<killed>\d{{1,3}}|{_NOBODY})\s*(?:KIA\s*)?/\s*(?P<wounded>\d{{1,3}}|{_NOBODY})(?![\w/])|(?:{_NOBODY}|0)(?=\s*(?:[.,;\n]|$))",
    re.IGNORECASE,
)


def _rolled(story: Story, sentence: Sentence) -> bool:
    """Whether a log's only entry on casualties says that there were none: it is of all that the log tells before it."""
    entry = _ROLL.search(story.body, sentence.start, sentence.end)
    return entry is not None and sum(1 for _ in _ROLL.finditer(story.body)) == 1


_ROLL: Final = re.compile(
    r"\b(?:(?:0|nil)\s+cas\b|cas(?:ualt(?:y|ies))?(?:\s*/\s*\w+)?\s*:?\s*(?:nil|none|0|zero)\b)(?!\s*(?:KIA|WIA|x|\d))",
    re.IGNORECASE,
)
_ONE_MORE: Final = re.compile(
    r"(?:The|A|An)(?:other\b|\s+(?:second|third|fourth|fifth|other)\b)\s+(?!m[ae]n\b|person\b|victim\b)"
)
"""How a sentence opens that tells of one more weapon of an attack, which has victims of its own."""


def _struck(story: Story, last: Draft, sentence: Sentence) -> Draft:
    """Of several deeds told at once, the first that struck: its victims a sentence behind them counts.

    "Two drones hit the plant, a week after rockets wrecked a tank there. Three workers were hurt."
    """
    at = story.told_at(last, sentence.start)
    opened = max((s.start for s in story.sentences if s.start <= at), default=at)
    told = [(story.told_at(d, sentence.start), d) for d in story.drafts if d.event.status is S.EXECUTED]
    return min((t for t in told if t[0] >= opened), key=lambda t: t[0], default=(0, last))[1]


def _clause(story: Story, sentence: Sentence, toll: Toll) -> tuple[int, int]:
    """The clause in which a count stands: not what is said of another time behind it ("..., who had said in May")."""
    if toll.span is None:
        return sentence.start, sentence.end
    ends = _CLAUSE_END.search(story.body, toll.span[1], sentence.end)
    return sentence.start, ends.start() if ends else sentence.end


def _by_blade(story: Story, draft: Draft, toll: Toll) -> bool:
    """Whether the deed is itself what hurt those counted: "stabbed two guards before he was overpowered"."""
    hit = draft.event.type_hit
    return toll.span is not None and toll.span[0] == hit.start and _BLADE.match(story.body, hit.start) is not None


_BLADE: Final = re.compile(r"(?:stabb|knif|slash|hack|spear)ed\b")


def _of_another(story: Story, draft: Draft, sentence: Sentence, toll: Toll) -> bool:
    """Whether those counted were hurt in an attack before or beside this one."""
    if toll.span is None:
        return False
    ends = _PART_END.search(story.body, toll.span[1], sentence.end)
    m = _ANOTHERS.search(story.body, toll.span[0], ends.start() if ends else sentence.end)
    if m is None or m.start() <= draft.event.type_hit.start < m.end():
        return False
    return m["nth"] is None or _NTH_ATTACK.search(story.body, sentence.start, m.start()) is not None


_PART_END: Final = re.compile(r"[,;.!]\s")
_ATTACK: Final = r"(?:ones?|of\s+(?:them|these)|attacks?|strikes?|raids?|incidents?|assaults?|ambush(?:es)?|bombings?|blasts?|explosions?|shellings?|shootings?)\b"
_ANOTHERS: Final = re.compile(
    rf"\b(?:in|by|during|from)\s+(?:the|an?|that|those|two)\s+(?:(?:\w+\s+)?(?:previous|earlier|preceding|prior|similar|separate|unrelated)|(?P<nth>first|second|third|last|other))\s+(?:\w+\s+)?{_ATTACK}",
    re.IGNORECASE,
)
_NTH_ATTACK: Final = re.compile(
    rf"\b(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|latest|\d+(?:nd|rd|th))\s+(?:such\s+)?(?:\w+\s+)?{_ATTACK}",
    re.IGNORECASE,
)
"""What counts this attack as one of several: "the third attack in a week; 11 soldiers died in the first"."""
_CLAUSE_END: Final = re.compile(r",\s+(?:who|which|where|unless|but|though|while|since)\b|[;(]|[.!]\s")


def _count_early(story: Story, draft: Draft | None, sentence: Sentence) -> None:
    """Keep a count that may be of a deed told next: "Two officers were killed near Kenieba. A charge had been put in a culvert"."""
    begin = story.lines.get(sentence.paragraph, sentence.start)
    if sentence.title or (draft is not None and story.told_at(draft, sentence.start) >= begin):
        return
    text = story.body[sentence.start : sentence.end]
    toll = _read(story, sentence.start, sentence.end)
    if (toll.killed or toll.wounded) and (draft is None or _SET.search(text)) and not modality.looks_back(text):
        story.early = Early(draft, draft.toll if draft is not None else Toll(), toll, sentence.paragraph)


def _count_late(story: Story, draft: Draft, sentence: Sentence) -> None:
    """Give a deed that is told now, and counts nobody, those counted before it in its paragraph."""
    early, story.early = story.early, None
    if early is None or draft.toll.stated or early.draft is draft or draft.event.status is not S.EXECUTED:
        return
    new = draft.event.sentence.start == sentence.start
    opening = early.paragraph == 1 and len(story.drafts) == 1 and not story.headed(1) and not story.itemised
    near = 0 <= sentence.paragraph - early.paragraph <= (1 if opening else 0)
    if not new or not near or ANOTHER.search(story.body, sentence.start, sentence.start + _AHEAD):
        return
    draft.toll = early.toll
    if early.draft is not None:
        early.draft.toll = early.before


_AHEAD: Final = 60
_SET: Final = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|(?:hours?|days?|night|week) (?:earlier|later|before|after)|elsewhere|kilomet(?:re|er)s|(?:in|to) the (?:north|south|east|west)\w*|on the (?:road|way)|near [A-Z]\w+)\b"
)
"""A count that tells where or when it was, before its deed is told."""


def _toll(story: Story, draft: Draft, start: int, end: int) -> Toll:
    """What a stretch counts: not the attackers told before, nor the dead of whom those boast who made them.

    Where the whole deed is known from them, their count is all that there is, until somebody else counts.
    """
    if (same := _THE_SAME.match(story.body, start, end)) is not None and _attackers(story, draft, same):
        start = same.end()
    boast = _boast(story, start, end)
    deed = draft.event.type_hit
    told_so = boast is not None and deed.start < boast[1] and boast[0] < deed.end
    unheard = None if told_so else boast
    toll = _read(story, start, end, driver_attacks=draft.event.type in _BY_VEHICLE, unheard=unheard)
    return replace(toll, boasted=True) if told_so and toll.stated else toll


def _read(
    story: Story, start: int, end: int, *, driver_attacks: bool = False, unheard: tuple[int, int] | None = None
) -> Toll:
    """Read what a stretch counts, or remember it."""
    asked = (start, end, driver_attacks, unheard)
    if (known := story.tolls.get(asked)) is None:
        known = effects.read(story.body, start, end, driver_attacks=driver_attacks, unheard=unheard)
        story.tolls[asked] = known
    return known


_THE_SAME: Final = re.compile(
    rf"\s*(?:(?P<both>Both)|(?:All|The)(?:\s+(?P<n>{NUMBER}))?)(?:\s+of\s+(?:them|the\s+men|these\s+men))?(?:\s+(?:men|of\s+whom))?\s+(?:were|are|was|died|had|have|lay)\b"
)
"""How a sentence opens that goes on about those counted before: "All four were"."""
_COUNTED: Final = re.compile(
    rf"(?<![\w.:\-])(?P<n>{NUMBER})\s+(?:[\w\-]+\s+){{0,2}}?(?:(?P<sure>gunm[ae]n|attackers?|assailants?|militants?|fighters|bombers?|raiders|intruders|terrorists|insurgents|rebels|jihadists|bandits|robbers|kidnappers)|men|youths|people|persons|individuals)\b",
    re.IGNORECASE,
)


def _attackers(story: Story, draft: Draft, same: re.Match[str]) -> bool:
    """Whether those whom a sentence goes on about are the attackers: as many stand before the deed, and none died so far."""
    if draft.toll.killed:
        return False
    n = 2 if same["both"] else number(same["n"] or "")
    told = draft.event.sentence
    return any(
        (m["sure"] or m.start() < draft.event.first_act) and (n is None or number(m["n"]) == n)
        for m in _COUNTED.finditer(story.body, told.start, told.end)
    )


_BOASTS: Final = re.compile(
    r"(?:['’]s?\s+(?:\w+\s+){0,2}?(?:spokes\w+|channels?|radio|agency|leaders?|media|statement))?\s+(?:\w+ly\s+|later\s+|also\s+|themselves\s+)?(?:sa(?:id|ys?)|claim(?:s|ed)?|sp(?:oke|eaks?)\s+of|put|boast(?:s|ed)?|report(?:s|ed)?|announc(?:es|ed)|count(?:s|ed)?|talk(?:s|ed)?\s+of)\b(?P<count>[^.;]{0,160})"
)
_OTHER_SIDE: Final = re.compile(
    r"(?<!its )(?<!their )(?<!our )\b(?:soldiers|troops|policem[ae]n|police|officers|guards|gendarmes|enem(?:y|ies)|crusaders|occupiers|infidels|apostates|mercenaries|personnel|marines|airmen|instructors)\b|\b(?:it|they|he|its\s+\w+|their\s+\w+)\s+(?:had\s+|have\s+|has\s+)?(?:killed|wounded)\b",
    re.IGNORECASE,
)
"""Of whose dead attackers boast; of their own they would know."""


def _boast(story: Story, start: int, end: int) -> tuple[int, int] | None:
    """Where those who attack say how many they killed: no count to go by."""
    for h in story.scene.hits_in(start, end):
        if "hostile" in h.classes and (m := _BOASTS.match(story.body, h.end, end)) and _OTHER_SIDE.search(m["count"]):
            return m.span("count")
    return None


def _far(story: Story, draft: Draft, sentence: Sentence) -> bool:
    """Whether too many lines lie between the last telling of a draft and a sentence that only counts."""
    if sentence.paragraph > draft.paragraph and story.headed(sentence.paragraph):
        return True
    told = story.told_at(draft, sentence.start)
    near = sentence.paragraph - _reach(story)
    return sentence.paragraph > draft.paragraph and told < story.lines.get(near, 0)


def _reach(story: Story) -> int:
    """So many lines on a count may still be about the last event, more where it is the only one; in a list of several none."""
    if not story.itemised:
        return 3 if len(story.drafts) == 1 else 1
    return 2 if len(story.drafts) == 1 else 0


def _count(draft: Draft, sentence: Sentence, toll: Toll) -> None:
    if (sentence.title and draft.toll.stated) or draft.event.status is S.THREATENED:
        return
    if draft.event.status is S.THWARTED and (toll.killed or toll.wounded):
        return
    draft.toll = toll.joined(draft.toll) if draft.from_title else draft.toll.joined(toll)
