"""What the MUC model sees of a document.

Of each sentence its words, the reader's cues, events and verdicts, who does what to whom, how long ago, and what is
told just before and after; of the document the same as a whole, its dateline and how it opens.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Final

from streams.reading import Lexicon
from tests.bench.survey import Passage, surveyed

_MONTH_NAMES: Final = tuple(
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
_MONTHS: Final = {name[:3].upper(): n for n, name in enumerate(_MONTH_NAMES, 1)}
_WORD: Final = re.compile(r"[a-z]+(?:-[a-z]+)*|\d+")
_CLASSES: Final = {
    "KILL": (
        "kill murder assassinat slaughter massacre execut riddl machinegun gun shot shoot dead death die "
        "slain bodi corpse victim"
    ),
    "HURT": "wound injur hurt",
    "BOMB": "bomb dynamite explosive explosion explod explode blast detonat detonate car-bomb mine grenade",
    "KIDNAP": "kidnap kidnapp abduct hostage captor captive ransom seiz",
    "BURN": "fire burn arson torch set",
    "ATTACK": "attack assault ambush raid strafe machine-gunn harass fire shell",
    "CIVILIAN": (
        "civilian peasant worker people person man woman child children teacher student resident "
        "passenger family wife son daughter journalist reporter lawyer doctor businessman merchant farmer "
        "leader unionist trade-union priest jesuit bishop nun father missionary engineer driver neighbor "
        "watchman youth citizen professor rector cameraman"
    ),
    "OFFICIAL": (
        "mayor judge governor president minister deputy senator congressman candidate councilman official "
        "ambassador magistrate prosecutor attorney legislator diplomat consul vice-president intendent "
        "prefect director policeman police agent bodyguard"
    ),
    "SOLDIER": (
        "soldier troop army military battalion brigade infantry garrison barrack patrol colonel sergeant "
        "lieutenant captain detachment guardsmen guard marine airforce convoy"
    ),
    "REBEL": (
        "guerrilla rebel terrorist subversive fmln eln farc shining path sendero mrta extremist "
        "extraditable drug trafficker hitmen gunmen epl urban commando unidentified armed hooded"
    ),
    "BUILDING": (
        "house residence office bank embassy building school church bridge tower pipeline oil power "
        "electric substation pylon bus vehicle car truck newspaper radio station hotel restaurant store "
        "headquarter university airport plane helicopter train railroad company factory plant ranch"
    ),
    "CLASH": "clash combat battle fight fighting confrontation encounter skirmish casualti offensive operation",
    "SAY": "say said state express announc reiterat stress believe opinion declare",
    "COURT": ("trial sentenc court charge indict arrest captur detain prosecut investigat extradit custody accus"),
    "LONG AGO": "year 1988 1987 1986 1985 1984 1983 1982 1981 1980 ago decade anniversary history",
    "NOW": "today yesterday night morning tonight afternoon hour early",
    "MAYBE": "would could if might should threat threaten plan intend",
}
"""Stems by what they tell of; a deed is joined with whom it stands near, in order."""
_DEEDS: Final = frozenset({"KILL", "HURT", "BOMB", "KIDNAP", "BURN", "ATTACK", "CLASH"})
_PARTIES: Final = frozenset({"CIVILIAN", "OFFICIAL", "SOLDIER", "REBEL", "BUILDING"})
_BE: Final = frozenset({"was", "were", "been", "be", "being", "is", "are"})
_PREPOSITIONS: Final = frozenset({"of", "by", "against", "in", "on", "at", "from", "with", "near", "to", "for"})
_SOME_DAY: Final = datetime(1990, 6, 1, 23, tzinfo=UTC)
"""Anchors what is past where there is no dateline."""
_NEAR: Final = 8
"""Words between a deed and whom it is joined with."""
_BESIDE: Final = 5
"""Words between a deed and who is taken for its subject or object."""
_AGENT: Final = 12
"""Words between a deed and the "by" that names who did it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The features of a document, sentence by sentence and as a whole."""

    sentences: tuple[frozenset[str], ...]
    whole: frozenset[str]
    texts: tuple[str, ...]
    day: int | None = None
    """Of the dateline, counted from the year 1; None where it has none."""


def features(text: str, lexicon: Lexicon) -> Seen:
    """Look at a document as it stands in the data: upper case, with a dateline."""
    dateline = _dateline(text)
    published = dateline or _SOME_DAY
    passages = surveyed(_plain(text), lexicon, published) or [Passage("", 0, frozenset(), ())]
    stems = [[stem(w) for w in _WORD.findall(p.text.lower())] for p in passages]
    classes = [frozenset(c for w in words for c in _CLASS_OF.get(w, ())) for words in stems]
    found = []
    for n, (passage, words) in enumerate(zip(passages, stems, strict=True)):
        ages = _ages(passage.text.lower(), published)
        own = {*words, *map("_".join, pairwise(words)), *_relations(words), *_predicates(words), *_read(passage), *ages}
        own |= {f"{age}&{deed}" for age in ages for deed in classes[n] & _DEEDS}
        own |= {f"class:{c}" for c in classes[n]}
        own |= {f"before:{c}" for c in (classes[n - 1] if n else ())}
        own |= {f"after:{c}" for c in (classes[n + 1] if n + 1 < len(classes) else ())}
        found.append(frozenset(own))
    tags = {f"tag:{t}" for t in re.findall(r"\[([A-Z ]{3,30})\]", text[:400]) if t != "TEXT"}
    city = f"city:{re.match(r'[^,(]{0,40}', text)[0].strip().lower()}"  # type: ignore[index]  # matches anything
    lead = {f"lead:{f}" for sentence in found[:3] for f in sentence if "_" not in f}
    whole = frozenset({*tags, city, *lead}.union(*found))
    return Seen(tuple(found), whole, tuple(p.text for p in passages), dateline.toordinal() if dateline else None)


def _read(passage: Passage) -> set[str]:
    """What the reader makes of a sentence."""
    own = {f"cue:{c}" for c in passage.cues if not c.startswith("c_")}
    for event, verdict in passage.events:
        reason = verdict.value if verdict else "current"
        own |= {f"event:{event.type.value}", f"event:{event.type.value}:{event.status.value}"}
        own |= {f"verdict:{reason}", f"event:{event.type.value}:{reason}"}
    return own | {f"paragraph:{min(passage.paragraph, 4)}"}


def stem(word: str) -> str:
    """Cut the commonest endings; numbers are a sign for their length."""
    if word.isdigit():
        return "#" if len(word) < 3 else "##"
    for ending in ("ings", "ing", "edly", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4 and not word.endswith("ss"):
            return word.removesuffix(ending)
    return word


_CLASS_OF: Final[dict[str, tuple[str, ...]]] = {}
for _name, _stems in _CLASSES.items():
    for _stem in _stems.split():
        _CLASS_OF[stem(_stem)] = (*_CLASS_OF.get(stem(_stem), ()), _name)


def _relations(stems: Sequence[str]) -> set[str]:
    """Who or what stands near which deed, and on which side of it."""
    at = [(i, c) for i, w in enumerate(stems) for c in _CLASS_OF.get(w, ())]
    return {
        f"{deed}{'<' if i < j else '>'}{other}"
        for i, deed in at
        if deed in _DEEDS
        for j, other in at
        if other != deed and abs(i - j) <= _NEAR
    }


def _predicates(stems: Sequence[str]) -> set[str]:
    """Deeds in the active or passive, with what is taken for their subject, preposition, object and agent."""
    found: set[str] = set()
    for at, word in enumerate(stems):
        deed = next((c for c in _CLASS_OF.get(word, ()) if c in _DEEDS), None)
        if deed is None:
            continue
        voice = "passive" if _BE.intersection(stems[max(0, at - 3) : at]) else "active"
        left, right = _party(reversed(stems[max(0, at - _BESIDE) : at])), _party(stems[at + 1 : at + 1 + _BESIDE])
        preposition = stems[at + 1] if stems[at + 1 : at + 2] and stems[at + 1] in _PREPOSITIONS else "-"
        for name in (deed, word):
            found |= {f"{name}|{voice}", f"{left}|{name}|{voice}", f"{name}|{voice}|{preposition}|{right}"}
            found.add(f"{left}|{name}|{voice}|{preposition}|{right}")
        agent = list(stems[at + 1 : at + _AGENT])
        if "by" in agent:
            by = at + 1 + agent.index("by")
            found.add(f"{deed}|by|{_party(stems[by + 1 : by + _BESIDE])}")
    return found


def _party(words: Iterable[str]) -> str:
    """The first of some words that tells of who acts or is acted upon."""
    return next((c for w in words for c in _CLASS_OF.get(w, ()) if c in _PARTIES), "-")


_DAY: Final = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTH_NAMES)})(?: (\d{{4}}))?\b")
_YEAR: Final = re.compile(r"\b19[5-9]\d\b")
_LATELY: Final = re.compile(
    r"\b(?:last|this|past) (?:night|morning|afternoon|evening|week|weekend)\b"
    r"|\b(?:last|this|past) (?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|\b(?:today|yesterday|tonight|(?:hours?|days?|minutes) ago)\b"
)
_VAGUELY: Final = re.compile(
    r"\b(?:last|past|recent) (?:few )?(?:years?|months?|decade)|\b(?:years|months) ago"
    r"|\bso far this year|\bsince (?:19|the)"
)


def _ages(text: str, published: datetime) -> set[str]:
    """How long ago the dates of a sentence are; the keys leave out what is older than two months."""
    found = {f"age:{_age((published - day).days)}" for day in _days(text, published.year)}
    for year in _YEAR.findall(text):
        found.add(f"age:{('this year', 'last year')[y] if (y := published.year - int(year)) in (0, 1) else 'years'}")
    if _LATELY.search(text):
        found.add("age:lately")
    if _VAGUELY.search(text):
        found.add("age:vaguely")
    return found


def _days(text: str, year: int) -> Iterator[datetime]:
    for day, month, stated in _DAY.findall(text):
        yield _day(int(stated or year), month, int(day))


def _age(days: int) -> str:
    """The class of an age; a day without a year that is far ahead was last year's."""
    if days < -200:
        days += 365
    bounds = ((0, "ahead"), (1, "0"), (4, "1-3"), (15, "4-14"), (63, "15-62"), (120, "63-119"))
    return next((name for bound, name in bounds if days < bound), "120")


def _dateline(text: str) -> datetime | None:
    m = re.search(r"\b(\d{1,2}) ([A-Z]{3})[A-Z]* (\d\d)\b", text[:200])
    if m is None or m[2] not in _MONTHS:
        return None
    return _day(1900 + int(m[3]), m[2], int(m[1]))


def _day(year: int, month: str, day: int) -> datetime:
    """The end of a day; what is not in every month becomes its 28th."""
    return datetime(year, _MONTHS[month[:3].upper()], min(28, max(1, day)), 23, tzinfo=UTC)


def _plain(text: str) -> str:
    """Lower case with capitals at sentences' starts, a line for each paragraph, without the dateline."""
    lines = re.sub(r"\s*\n\s*", " ", re.sub(r"\n\s*\n", "\x01", text)).replace("\x01", "\n")
    lines = re.sub(r"^.{0,200}?-- ", "", lines).lower()
    return re.sub(r"(^|[.!?:]\s+|\n\s*)([a-z])", lambda m: m[1] + m[2].upper(), lines)
