"""What a text tells, for collections that judge texts of any kind: its events sentence by sentence, and what it is mainly about."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from schemas.taxonomy import SetAsideReason as R
from schemas.taxonomy import Status
from schemas.taxonomy import ThreatType as Y
from streams.reading.lexicon import Lexicon
from streams.reading.meant import modality
from streams.reading.meant.genre import Genre
from streams.reading.text import gated as re
from streams.reading.text.normal import fold
from streams.reading.text.segment import sentences
from streams.reading.what.event import Event
from streams.reading.what.events import detect
from streams.reading.what.gaps import close_gaps
from streams.reading.when import times
from streams.reading.when.clock import Clock, zone_at


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence and what the reader sees in it."""

    text: str
    paragraph: int
    cues: frozenset[str]
    """Classes of its cues."""
    events: tuple[tuple[Event, R | None], ...]
    """Its events, each with the reason for which it would be set aside."""


def surveyed(text: str, lexicon: Lexicon, published: datetime = datetime(2021, 1, 1, tzinfo=UTC)) -> list[Passage]:
    """Return every sentence of a text with its events.

    Parameters
    ----------
    text
        The text, without a headline.
    lexicon
        The indexes.
    published
        Anchors what is past.
    """
    body = f"\n{text}"
    re.attend(body)
    folded = fold(body)
    hits = close_gaps(lexicon.cues.hits(lexicon.cues.scan(folded), folded, body), body)
    clock = Clock(published, zone_at(0.0, 0.0))
    out: list[Passage] = []
    for sentence in sentences("", text):
        own = [h for h in hits if sentence.start <= h.start < sentence.end]
        events: list[tuple[Event, R | None]] = []
        for event in detect(body, sentence, own):
            dated = times.find(body, event.start, event.end, clock)
            verdict = modality.judge(body, event, dated, Genre())
            events.append((event, verdict[0] if verdict else None))
        cues = frozenset[str]().union(*(h.classes for h in own))
        out.append(Passage(body[sentence.start : sentence.end], sentence.paragraph, cues, tuple(events)))
    return out


def main_event(text: str, lexicon: Lexicon) -> Y | None:
    """Return the type of what a text is mainly about, whoever did it; None where it tells of no deed.

    Ground that changes hands, weapons found before their use, what is said or done about a deed afterwards, accidents at
    works, and protests without force are no deeds. Of several the one told most often counts, of those the first.

    Parameters
    ----------
    text
        A snippet or a story, without a headline.
    lexicon
        The indexes.
    """
    passages = surveyed(text, lexicon)
    told = [(e, p.text) for p in passages for e, reason in p.events if reason not in _NO_EVENT and not e.vague]
    first = passages[0].text if passages else ""
    met = _POLICE.search(text) or (not told and _FORCE.search(text))
    if met and _PROTEST.search(text) and all(e.type in _MILD for e, _ in told):
        return Y.UNREST
    types = [e.type for e, passage in told if not _no_deed(e, passage, text)]
    if not types:
        losses = not told and _KILLED.search(first) and not _TAKEN.search(text) and not _TALK.search(first)
        return Y.SMALL_ARMS if losses else None
    kind = Counter(types).most_common(1)[0][0]
    ground = kind in _ON_THE_GROUND and _TAKEN.search(text) is not None
    talk = _TALK.search(first)
    spoken_of = talk is not None and kind is not Y.KIDNAPPING and _after(talk.end(), first, told)
    return None if ground or spoken_of else kind


def _after(at: int, first: str, told: list[tuple[Event, str]]) -> bool:
    """Whether the first sentence tells its first deed behind a position."""
    starts = [e.type_hit.start - e.sentence.start for e, passage in told if passage == first]
    return not starts or at <= min(starts)


def _no_deed(event: Event, passage: str, text: str) -> bool:
    if event.status is Status.THWARTED:
        return True
    if event.type in _FINDABLE and _SEIZED.search(passage) and not _USED.search(passage):
        return True
    if event.type is Y.UNREST:
        return _FORCE.search(text) is None
    works = event.type in (Y.UNKNOWN_EXPLOSION, Y.CBRN) and _WORKS.search(text)
    return bool(works) and _SOMEBODY.search(text) is None


_NO_EVENT: Final = frozenset({R.NON_LITERAL, R.NEGATED, R.EXERCISE, R.ACCIDENT, R.HYPOTHETICAL})
_MILD: Final = frozenset({Y.UNREST, Y.SMALL_ARMS, Y.GROUND_ASSAULT, Y.OTHER, Y.KIDNAPPING})
_ON_THE_GROUND: Final = frozenset({Y.GROUND_ASSAULT, Y.SMALL_ARMS, Y.MORTAR_ARTILLERY, Y.UNREST})
_FINDABLE: Final = frozenset(
    {Y.IED, Y.VEHICLE_BOMB, Y.ROCKET, Y.MISSILE, Y.MORTAR_ARTILLERY, Y.SMALL_ARMS, Y.GROUND_ASSAULT}
)
_USED: Final = re.compile(
    r"\b(?:killed|wounded|injured|exploded|went off|detonated|blew|opened fire|stormed|fired)\b", re.IGNORECASE
)
_TAKEN: Final = re.compile(
    r"\b(?:(?:re)?captur|(?:re)?gain|(?:re)?tak(?:e|ing)\b|(?:re)?took\b|seiz|recover|occupi|liberat|overr[au]n|push|advanc|drove\b|driv)\w*"
    r"[^.;]{0,60}?\b(?:control|towns?|villages?|districts?|neighbou?rhoods?|positions|posts|hills?|enclave|territor\w+|parts? of)\b"
    r"|\b(?:entered|withdrew|pulled out)\b[^.;]{0,60}\b(?:towns?|city|villages?)\b|\bground was regained\b",
    re.IGNORECASE,
)
"""Ground that changes hands."""
_TALK: Final = re.compile(
    r"\b(?:claim(?:ed|s|ing)? (?:the )?responsibility|(?:accus|condemn)(?:ed|es|ing)\b|accusations?\b|sanctions?\b|cease-?fire|peace talks|diplomats? expelled|expell(?:ed|ing)|defected|retaliated [^.]{0,20}\bover\b|has been rebuilt|in custody|(?:was|were|been) (?:arrested|sentenced|charged)|arrested [A-Z]|captured a senior)",
    re.IGNORECASE,
)
"""What is said or done about a deed afterwards."""
_SEIZED: Final = re.compile(
    r"\b(?:seiz\w+|captur\w+|discover\w+|found|defus\w+|dismantl\w+|destroy\w+|clear\w+|intercepted|confiscat\w+|recover\w+|identified)\b[^.]{0,80}\b(?:weapons?|explosives?|devices?|ieds?|vbieds?|pistols?|guns?|rifles?|ammunitions?|arms|mines?|landmines?|rockets?|missiles?|caches?|bullets|drugs|bombs?|packages?)\b"
    r"|\b(?:weapons?|explosives?|devices?|ieds?|pistols?|guns?|rifles?|ammunitions?|arms|mines?|bullets|bombs?|packages?)\b[^.]{0,60}\b(?:seized|captured|discovered|found|defused|dismantled|confiscated|recovered|intercepted|cleared)\b",
    re.IGNORECASE,
)
"""Weapons taken before their use."""
_WORKS: Final = re.compile(
    r"\b(?:plant|furnace|factory|warehouse|tank|spill\w*|leak\w*|pest control|container|refrigerat\w+|boiler|petroleum products|cylinder|homeowner|freight)\b",
    re.IGNORECASE,
)
"""Where a bang or gas is an accident unless somebody did it."""
_SOMEBODY: Final = re.compile(
    r"\b(?:attack\w*|militants?|rebels?|gunm[ae]n|terroris\w+|bomb\w*|planted|insurgents?|fighters|suicide|IED|army)\b",
    re.IGNORECASE,
)
_FORCE: Final = re.compile(
    r"\b(?:riot\w*|clash\w*|scuffl\w+|aggressive|roadblocks?|tear ?gas\w*|pepper|water cannons?|rubber bullets|dispers\w+|detain\w*|arrest\w*|beat\w*|suppress\w*|crack(?:ed|ing)? ?down|crackdown|violen\w+|thr[eo]w\w*|stones?|rocks?|bottles|petrol bombs?|molotov\w*|burn\w*|ablaze|torch\w*|loot\w*|smash\w*|vandal\w*|storm\w*|shot|fired|killed|injured|wounded|attack\w*|mob|lynch\w*|set fire|barricad\w*|block(?:ed|ing))\b",
    re.IGNORECASE,
)
"""What makes a protest more than a protest."""
_PROTEST: Final = re.compile(
    r"\b(?:protest\w*|demonstrat\w+|rall(?:y|ies|ied)|march(?:ed|es|ers)?|crowds?)\b", re.IGNORECASE
)
_POLICE: Final = re.compile(
    r"\b(?:police|soldiers|troops|security forces|authorities|officers|army)\b[^.]{0,60}\b(?:detain\w*|arrest\w*|dispers\w+|suppress\w*|beat\w*|fired|used|clash\w*|pull\w*|shot)\b"
    r"|\b(?:detained|arrested|dispersed|beaten|pepper-sprayed|pulled)\b[^.]{0,60}\b(?:by police|during|protest|demonstrat)",
    re.IGNORECASE,
)
_KILLED: Final = re.compile(
    r"\b(?:kill(?:ed|ing|s)?|wound(?:ed|ing)|inflict(?:ed|ing)|injured)\b[^.]{0,70}\b(?:terrorists?|militants?|soldiers|members of|fighters|bandits|forces|insurgents|troops|casualties)\b"
    r"|\b(?:terrorists?|militants?|soldiers|members|fighters|bandits|forces|insurgents|troops)\b[^.]{0,80}\b(?:killed|wounded|injured|heavy losses|heavy casualties)\b|\bshoot-?out\b",
    re.IGNORECASE,
)
"""Losses among those who fight, without a weapon being named."""
