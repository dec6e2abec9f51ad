"""Finds the weapon that a later sentence speaks of without its name: "Three of them damaged a hangar", "The earlier strike killed four".

The word that stands for it, a numeral, a pronoun, "the raid", a bomb that may be anybody's, a car that blew up, is given the
cue of what was told before, so that what is said of it is read like anything said of a weapon.
"""

from collections.abc import Set as AbstractSet
from typing import Final

from schemas.taxonomy import ThreatType as Y
from streams.reading.story import Story
from streams.reading.text import gated as re
from streams.reading.text.segment import Sentence
from streams.reading.what.cues import Classes, Hit, in_order
from streams.reading.what.stages import FLYING
from streams.reading.where.scene import named_in

_NUMBER: Final = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}|some|several|most|many|both|all|half)"
)
_DID: Final = (
    r"(?:(?:was|were|had been|have been) (?:\w+ )?(?:fired|launched|flown|sent|aimed|lobbed|meant|shot down|brought down|downed|destroyed|intercepted|stopped|felled|jammed)|(?:had )?(?:fallen|landed|hit|struck|come down)|fell|landed|hit|struck|came down|damaged|wrecked|destroyed|"
    r"killed|wounded|injured|reached|crashed|exploded|burst|went off|dropped (?:into|on|onto|in|inside)|slammed|ploughed|tore|set fire|set (?:\w+ ){1,4}(?:on fire|alight|ablaze)|got (?:through|as far)|ended|passed over|flew (?:over|into|on|to)|demolished)"
)
_SUBJECT: Final = (
    rf"(?P<word>{_NUMBER} of (?:them|these|those)|(?:the|two|three|four|several|many) others?|the (?:rest|last|remaining (?:one|two|three|four|five|six))|another(?: one| two| three)?|a (?:second|third|fourth|fifth|sixth)|the (?:first|second|third|fourth|fifth|sixth)|{_NUMBER}(?: (?:more|others|further))?|they|it|(?:the|{_NUMBER}|a second|a third|another|other|{_NUMBER} (?:more|other|further)) (?:machines?|objects?|targets?|things?|craft|munitions?))"
    rf"(?:,[^,.;]{{1,40}},|\s(?:which|that) [^,.;]{{1,40}}?)?\s{_DID}\b"
)
_EARLIER: Final = (
    r"(?:(?:the (?:day|night|evening) before|(?:two|three) days earlier|on \w+day)(?:,? at [^,;]{1,20})?,\s)?"
)
_OPENING: Final = re.compile(rf"[\s\"“]*{_EARLIER}{_SUBJECT}", re.IGNORECASE)
_FURTHER_ON: Final = re.compile(rf"(?:;|,? (?:but|and|while))\s{_SUBJECT}", re.IGNORECASE)
_OBJECT: Final = re.compile(
    r"\b(?:shot|brought|shooting|bringing) (?P<word>it|them|both|one of them|two of them|all of them)(?: all)? down\b|\b(?:shot|brought) down (?P<last>both|one of them|two of them|all of them)\b",
    re.IGNORECASE,
)
_REACH: Final = 320
"""So many characters back a weapon may have been told."""
_TOLD_ALL_THE_SAME: Final = frozenset({"earnest.doubtful", "modality.tally", "modality.undated"})
"""What is set aside by these was told in earnest, only of no place or day."""


_STRIKE: Final = re.compile(
    r"\b(?:the|this|that|one|two|three|four|five|several|both|of the|another|an?|second|third|first|earlier|later|latest|further|more|\d+)\s(?P<word>strikes?|raids?|hits?|salvos?|waves?|volleys?|sorties)\b(?!\s(?:committee|ballot|call|action|leader|pay|rate))|\b(?:was|were|been)\s(?:also\s|again\s|itself\s)?(?P<last>hit|struck)\b(?!\s(?:by|with|hard|off))",
    re.IGNORECASE,
)
"""What was done with a weapon told before."""
_PLANES: Final = re.compile(r"\b(?:aircraft|planes?|warplanes?|jets?|helicopters?)\b", re.IGNORECASE)
_LET_FALL: Final = re.compile(
    r"\b(?P<word>it|they|one|another|both|two|the (?:first|second|third|other))\s(?:\w+\s)?(?:dropped|let go|let fall|let loose|released|unloaded|threw|left behind|put)\b",
    re.IGNORECASE,
)
_BOMBS: Final = re.compile(
    r"\b(?P<word>bombs?)\b[^.;]{0,40}\b(?:fell|landed|hit|struck|came down|burst|dropped|exploded|falling|landing|short)\b|\b(?P<last>bombs)\s(?:on|near|around|from|behind|beside|into)\b",
    re.IGNORECASE,
)
_A_BOMB: Final = re.compile(r"\ba (?:\w+ )?bomb (?:exploded|went off|blew up|detonated)\b", re.IGNORECASE)
_BLEW_UP: Final = re.compile(
    r"\b(?P<word>it)\b[^.;]{0,50}?\s(?:blew up|exploded|went off|went up|detonated|blew apart)\b|\b(?P<last>inside|in (?:its|the) (?:boot|trunk|back|cab|tank|doors?|side-?car|load)|(?:under|behind|beneath) the (?:(?:rear|back|front|driver.s) )?(?:seats?|carpet|mats?|floor|load|tarpaulin)|beneath it)\b[^.;]*\b(?:explosives?|tnt|c-4|gas (?:bottles|cylinders|tanks)|oxygen bottles|drums|detonators?|wires|wired|shells|charge)\b",
    re.IGNORECASE,
)
_CAR: Final = re.compile(
    r"\b(?:cars?|vehicle|trucks?|lorry|van|minibus|bus|pick-?up|jeep|taxi|corolla|toyota|hilux|tuk-?tuk|rickshaw|tricycle|saloon|sedan|suv|tanker|ambulance|motor-?cycle|motor-?bike)\b",
    re.IGNORECASE,
)
_NAMELESS: Final = frozenset({Y.UNKNOWN_EXPLOSION, Y.SMALL_ARMS})
"""What bangs, and what is shot at it, say nothing of what it was."""
_ANYBODYS: Final = frozenset(
    {"bomb", "bombs", "grenade", "grenades", "hand grenade", "bombing", "bombings", "explosives", "charge", "charges"}
)
_BOMBERS: Final = frozenset({Y.UAS, Y.AIR_STRIKE, Y.MORTAR_ARTILLERY})
"""Whose bombs they may be."""
_STRIKERS: Final = FLYING | {Y.AIR_STRIKE}


def with_carried(story: Story, sentence: Sentence, hits: list[Hit]) -> list[Hit]:
    """Return the cues of a sentence, with one for the weapon of the sentence before where a word stands for it."""
    word = None if sentence.title else _stand_in(story, sentence, hits)
    return hits if word is None else sorted([*hits, word], key=in_order)


def _stand_in(story: Story, sentence: Sentence, hits: list[Hit]) -> Hit | None:
    """The cue of a word that stands for a weapon told elsewhere."""
    named = {t for h in hits for t in h.classes.weapons}
    span = (sentence.start, sentence.end)
    if named <= _NAMELESS and (found := _by_pronoun(story, sentence)) is not None:
        return found
    if not named and (m := _STRIKE.search(story.body, *span)) and _PLANES.search(story.body, *span) is None:
        return _standing(m, _told_before(story, sentence, _STRIKERS))
    if named <= {Y.UNKNOWN_EXPLOSION, Y.IED} and (m := _BLEW_UP.search(story.body, *span)) is not None:
        return _of_a_car(story, sentence, m)
    if all(h.text in _ANYBODYS or not _NAMELESS.isdisjoint(h.classes.weapons) for h in hits if h.classes.weapons):
        if (m := _LET_FALL.search(story.body, *span)) is not None and named:
            return _standing(m, _told_before(story, sentence, frozenset({Y.UAS, Y.AIR_STRIKE})))
        if (m := _BOMBS.search(story.body, *span)) is not None and not _of_its_own(story, *span):
            return _standing(m, _told_before(story, sentence, _BOMBERS) or _told_next(story, sentence))
    return None


def _of_its_own(story: Story, start: int, end: int) -> bool:
    """Whether a sentence tells of a bomb that nobody dropped, and names where: "a bomb exploded at Camp Taji"."""
    return _A_BOMB.search(story.body, start, end) is not None and bool(named_in(story.scene, start, end))


def _by_pronoun(story: Story, sentence: Sentence) -> Hit | None:
    """The cue of a numeral or pronoun."""
    body, span = story.body, (sentence.start, sentence.end)
    m = _OPENING.match(body, *span) or _FURTHER_ON.search(body, *span) or _OBJECT.search(body, *span)
    if m is None or (weapon := _told_before(story, sentence, FLYING)) is None:
        return None
    return _standing(m, weapon) if _agree(m[m.lastgroup or "word"].lower(), weapon.text) else None


def _standing(m: re.Match[str], weapon: Hit | None) -> Hit | None:
    """The cue of a weapon at the word that stands for it."""
    if weapon is None:
        return None
    return _cue(m, weapon.text, _STRIKERS.intersection(weapon.classes.weapons))


def _cue(m: re.Match[str], weapon: str, kinds: AbstractSet[Y]) -> Hit:
    """A word that stands for a weapon, as a cue for that."""
    word = m.lastgroup or "word"
    return Hit(m.start(word), m.end(word), weapon, Classes({f"w_{kind.value}" for kind in kinds}))


def _of_a_car(story: Story, sentence: Sentence, m: re.Match[str]) -> Hit | None:
    """The cue of a car told before, of which "it blew up" is said, or in which explosives are found."""
    since = max(sentence.start - _REACH, 0)
    car = max((c.end() for c in _CAR.finditer(story.body, since, m.start())), default=None)
    if car is None or any(h.classes.weapons for h in story.scene.hits_in(car, m.start())):
        return None
    return _cue(m, "car", {Y.VEHICLE_BOMB})


def _told_next(story: Story, sentence: Sentence) -> Hit | None:
    """The mortar that the next sentences find."""
    following = story.scene.hits_in(sentence.end, sentence.end + _REACH)
    return next((h for h in following if Y.MORTAR_ARTILLERY in h.classes.weapons), None)


def _told_before(story: Story, sentence: Sentence, kinds: frozenset[Y]) -> Hit | None:
    """The weapon told last, if it is of some kinds, unless what was told of it was set aside."""
    before = story.scene.hits_in(sentence.start - _REACH, sentence.start)
    weapon = next((h for h in reversed(before) if not _NAMELESS.issuperset(h.classes.weapons)), None)
    if weapon is None or kinds.isdisjoint(weapon.classes.weapons):
        return None
    if sentence.paragraph - story.paragraph_at(weapon.start) > 1:
        return None
    if any(a.rule not in _TOLD_ALL_THE_SAME and a.start <= weapon.start <= a.end for a in story.asides[-4:]):
        return None
    return weapon


def _agree(word: str, weapon: str) -> bool:
    """Whether a word may stand for a weapon by number: "it" for a drone, "they" for drones."""
    if word == "it":
        return not weapon.endswith("s")
    return word.startswith(("another", "a ")) or weapon.endswith(("s", "fire")) or word.endswith(_NOUNS)


_NOUNS: Final = (
    "machine",
    "machines",
    "object",
    "objects",
    "target",
    "targets",
    "thing",
    "things",
    "craft",
    "munitions",
)
