"""Finds the weapon that a later sentence speaks of by a numeral or pronoun: "Three of them damaged a hangar", "The other fell on a store".

Such a word is given the cue of the weapon told before, so that what is said of it is read like anything said of a weapon.
"""

from typing import Final

from streams.reading.story import Story
from streams.reading.text import gated as re
from streams.reading.text.segment import Sentence
from streams.reading.what.cues import Classes, Hit, in_order
from streams.reading.what.stages import FLYING

_NUMBER: Final = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}|some|several|most|many|both|all|half)"
)
_DID: Final = (
    r"(?:(?:was|were|had been|have been) (?:\w+ )?(?:fired|launched|flown|sent|aimed|lobbed|meant|shot down|brought down|downed|destroyed|intercepted|stopped|felled|jammed)|fell|landed|hit|struck|came down|damaged|wrecked|destroyed|"
    r"killed|wounded|injured|reached|crashed|exploded|burst|went off|dropped (?:into|on|onto|in|inside)|slammed|ploughed|tore|set fire|set (?:\w+ ){1,4}(?:on fire|alight|ablaze)|got (?:through|as far)|ended|passed over|flew (?:over|into|on|to)|demolished)"
)
_SUBJECT: Final = (
    rf"(?P<word>{_NUMBER} of (?:them|these|those)|(?:the|two|three|four|several|many) others?|the (?:rest|last|remaining (?:one|two|three|four|five|six))|another(?: one| two| three)?|a (?:second|third|fourth|fifth|sixth)|the (?:first|second|third|fourth|fifth|sixth)|{_NUMBER}|they|it)"
    rf"(?:,[^,.;]{{1,40}},)?\s{_DID}\b"
)
_OPENING: Final = re.compile(rf"[\s\"“]*{_SUBJECT}", re.IGNORECASE)
_FURTHER_ON: Final = re.compile(rf"(?:;|,? (?:but|and|while))\s{_SUBJECT}", re.IGNORECASE)
_OBJECT: Final = re.compile(
    r"\b(?:shot|brought|shooting|bringing) (?P<word>it|them|both|one of them|two of them|all of them)(?: all)? down\b|\b(?:shot|brought) down (?P<last>both|one of them|two of them|all of them)\b",
    re.IGNORECASE,
)
_REACH: Final = 320
"""So many characters back a weapon may have been told."""
_TOLD_ALL_THE_SAME: Final = frozenset({"earnest.doubtful", "modality.tally", "modality.undated"})
"""What is set aside by these was told in earnest, only of no place or day."""


def with_carried(story: Story, sentence: Sentence, hits: list[Hit]) -> list[Hit]:
    """Return the cues of a sentence, with one for the weapon of the sentence before where a word stands for it."""
    if sentence.title or any(h.classes.weapons for h in hits):
        return hits
    body = story.body
    span = (sentence.start, sentence.end)
    m = _OPENING.match(body, *span) or _FURTHER_ON.search(body, *span) or _OBJECT.search(body, *span)
    if m is None or (weapon := _told_before(story, sentence)) is None:
        return hits
    group = m.lastgroup or "word"
    if not _agree(m[group].lower(), weapon.text):
        return hits
    kinds = {f"w_{t.value}" for t in weapon.classes.weapons if t in FLYING}
    word = Hit(m.start(group), m.end(group), weapon.text, Classes(kinds))
    return sorted([*hits, word], key=in_order)


def _told_before(story: Story, sentence: Sentence) -> Hit | None:
    """The weapon told last, unless what was told of it was set aside."""
    before = story.scene.hits_in(sentence.start - _REACH, sentence.start)
    weapon = next((h for h in reversed(before) if h.classes.weapons), None)
    if weapon is None or FLYING.isdisjoint(weapon.classes.weapons):
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
    return word.startswith(("another", "a ")) or weapon.endswith(("s", "fire"))
