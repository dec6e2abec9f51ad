"""Says what the cells of a table's row say: each by what its column holds, in its own words as far as it has any."""

from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from streams.reading.page.columns import COUNTS, DEED, TERSE, WEAPON, Column, country_of, folded, tells, words
from streams.reading.page.grid import Cell
from streams.reading.text import gated as re
from streams.reading.text.tables import table

ATTACK: Final = "attack: "
"""Said of a weapon of which nothing else is told."""
COUNTED: Final = frozenset({Column.KILLED, Column.WOUNDED, Column.HARM})


@dataclass(frozen=True, slots=True)
class Said:
    """A cell, or a part of one, as it is spoken."""

    kind: Column | None
    start: int
    end: int
    before: str = ""
    after: str = ""
    words: str | None = None
    """What is said for it; None where its own words are."""
    sentence: bool = True
    """Whether it is one of its own, and does not go on with what stands before it."""


class Judged(NamedTuple):
    """What the rest of a row makes of its event."""

    verdict: str
    """A word or two that stand beside it: what it was in truth, or how far it came."""
    ours: bool
    """The sites' own side struck those who attack."""
    counts: bool
    """Whether those who were hurt count."""
    zeros: bool
    """Whether it is said that nobody was: of what is no attack beyond doubt that would make one."""


def judge(event: str, behind: list[str], doer: str, deeds: list[str]) -> Judged:
    """Judge the event of a row.

    Parameters
    ----------
    event
        The cell that tells it.
    behind
        The cells behind that, places and days apart.
    doer
        Who did it.
    deeds
        All cells that tell what happened.
    """
    excused, ours = excuse(event, behind), own_strike(event, doer, behind)
    verdict = excused or ("shot down" if stopped(behind) else "")
    return Judged(verdict, ours, not (excused or ours), not found(event) and any(map(attacks, deeds)))


def attacks(cell: str) -> bool:
    """Whether a cell tells of an attack, by a weapon, a deed, or what was done."""
    return not found(cell) and (tells(cell) or _DONE.search(cell) is not None)


_DONE: Final = re.compile(
    r"\b(?:shot|fired|fire|taken|abducted|kidnapped|charge|thrown|threw|attack\w*|struck|hit|stormed|burnt|torched|armed men|gunmen|impact\w*)\b",
    re.IGNORECASE,
)


def empty(cell: str) -> bool:
    """Whether a cell says nothing."""
    return not any(c.isalnum() for c in cell) or folded(cell) in _UNTOLD


_UNTOLD: Final = frozenset({"n/a", "na", "n/k", "nk", "unk", "unknown", "not known"})


def found(cell: str) -> bool:
    """Whether a cell tells of a weapon found before its use."""
    return _FOUND.search(cell) is not None


_FOUND: Final = re.compile(
    r"\b(?:found|seized|recovered|defused|discovered|caches?|bip|rendered safe|made safe|disarmed)\b", re.IGNORECASE
)


def excuse(event: str, rest: list[str]) -> str:
    """What makes of an event what it only looks like: its own words, or a remark that says little else."""
    brief = [
        part
        for cell in rest
        for part in _PHRASE.split(cell)
        if len(part.split()) <= _BRIEF and _TOLD.search(part) is None
    ]
    return next((why for why, p in _excuses() if p.search(event) or any(p.search(part) for part in brief)), "")


def stopped(cells: list[str]) -> bool:
    """Whether a remark says that what came was shot down, all of it."""
    return any(_STOPPED.search(c) is not None and _GOT_THROUGH.search(_NOTHING_HIT.sub("", c)) is None for c in cells)


_STOPPED: Final = re.compile(
    r"\b(?:shot down|shot dn|downed|intercepted|brought down|destroyed by (?:the )?(?:coalition|navy|us|air defen[cs]es?|ad|own forces)|destroyed in (?:the )?(?:air|flight))\b",
    re.IGNORECASE,
)
_NOTHING_HIT: Final = re.compile(r"\b(?:nothing|none|no(?: targets?)?) hit\b|\bno (?:hits|damage)\b", re.IGNORECASE)
_GOT_THROUGH: Final = re.compile(
    r"\b(?:hit|struck|got through|reached|damage\w*|\d+ of \d+|\d+/\d+|others?|not|partly|some|most|rest)\b",
    re.IGNORECASE,
)


@cache
def _excuses() -> list[tuple[str, re.Pattern]]:
    out = []
    for why, listed in table("columns.toml")["excuses"].items():
        within = [re.escape(p) for p in listed.split(", ") if p[0] != "=" or p[1] == " "]
        alone = [re.escape(p[1:]) for p in listed.split(", ") if p[0] == "=" and p[1] != " "]
        either = rf"(?<![\w-])(?:{'|'.join(within)})(?![\w-])"
        either += rf"|^\W*(?:{'|'.join(alone)})\W*$" if alone else ""
        out.append((why, re.compile(either, re.IGNORECASE)))
    return out


_PHRASE: Final = re.compile(r"[,;:.]\s")
_BRIEF: Final = 4
"""Words of a remark that does little but excuse."""
_TOLD: Final = re.compile(
    r"\b(?:shot|hit|hits|struck|landed|fell|fired|found|seized|recovered|defused|destroyed (?!by)|discovered|cache|spotted|seen|sighted|over|flew|intercepted|downed|killed|wounded|injured|exploded|went|blew|damaged|clearance|cleared|disposal|old)\b",
    re.IGNORECASE,
)
"""Of "two drones shot down", "mortar found": it tells what became of the weapon."""


def own_strike(event: str, who: str, behind: list[str]) -> bool:
    """Whether the sites' own side struck those who attack."""
    name = folded(who.split("(", maxsplit=1)[0].replace("?", ""))
    return (
        name in _own("side")
        and _STRIKE.search(event) is not None
        and any(_own_target().search(c) for c in [event, *behind])
    )


@cache
def _own(kind: str) -> frozenset[str]:
    return frozenset(table("columns.toml")["own"][kind].split(", "))


@cache
def _own_target() -> re.Pattern:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(_own('struck'))))})(?![\w-])", re.IGNORECASE)


_STRIKE: Final = re.compile(
    r"\b(?:strikes?|airstrikes?|raids?|bomb\w*|shelling|artillery|missiles?|drones?)\b", re.IGNORECASE
)
_OURS: Final = "strike on militants, "
"""Said of what the side of the sites did to those who attack."""


def deed(own: str, cell: Cell, made: Judged) -> Said:
    """What happened: of a weapon alone, that it was an attack; and beside it what the rest of the row makes of it."""
    bare = not found(own) and WEAPON.search(own) is not None and DEED.search(own) is None and _TOLD.search(own) is None
    attack = _OURS if made.ours else ATTACK if bare and len(own.split()) <= TERSE else ""
    return Said(Column.EVENT, *cell, before=attack, after=f" ({made.verdict})" if made.verdict else "", sentence=False)


def place(own: str, cell: Cell, label: str) -> Said:
    """A place, as a site of the kind that its column is named for."""
    kind = folded(label)
    before, _, behind = table_of_sites().get(kind, "*").partition("*")
    if kind in own.lower() or len(own.split()) > _SHORT_NAME or tells(own):
        before = behind = ""
    at = "" if _SAYS_WHERE.match(own) else "at "
    return Said(Column.PLACE, *cell, before=at + before, after=behind, sentence=False)


_SHORT_NAME: Final = 2
_SAYS_WHERE: Final = re.compile(
    r"(?:off|near|nr|in|at|on|between|outside|opposite|north|south|east|west|[NSEW]{1,3} of|\d+ ?(?:km|nm|m)\b)",
    re.IGNORECASE,
)


@cache
def table_of_sites() -> dict[str, str]:
    """Name of a column -> how a site of that kind is called."""
    return dict(table("columns.toml")["sites"])


def country(own: str, cell: Cell, *, behind: bool) -> Said:
    """A country by its name."""
    return Said(Column.COUNTRY, *cell, before=", " if behind else "", words=country_of(own), sentence=False)


def count(kind: Column, own: str, cell: Cell, *, zeros: bool) -> list[Said]:
    """Of "4" under "Killed": four killed; of none, only where that is to be said."""
    if (m := _NUMBER.match(own)) is None:
        return [Said(kind, *cell)] if any(c.isalpha() for c in own) and folded(own) not in words("unknown") else []
    if not zeros and not int(m[0]):
        return []
    return [Said(kind, cell.start, cell.start + m.end(), after=f" {kind.value}")]


_NUMBER: Final = re.compile(r"\d{1,4}(?![\d.,]*\d)")


def harm(own: str, cell: Cell, label: str, *, zeros: bool) -> list[Said]:
    """Of "0/4" under "K/W": the dead and the wounded, in the order of the heading."""
    m = COUNTS.fullmatch(own)
    if m is None:
        if folded(own) in _NOBODY:
            return [Said(Column.HARM, *cell, words="no casualties")] if zeros else []
        return [Said(Column.HARM, *cell, before="casualties: " if own.isdigit() else "")]
    order = (Column.WOUNDED, Column.KILLED) if _WOUNDED_FIRST.match(label) else (Column.KILLED, Column.WOUNDED)
    parts = zip(order, (m.span("first"), m.span("second")), strict=True)
    return [
        s for kind, (a, b) in parts for s in count(kind, own[a:b], Cell(cell.start + a, cell.start + b), zeros=zeros)
    ]


_NOBODY: Final = frozenset({"none", "nil", "no", "zero", "0"})
_WOUNDED_FIRST: Final = re.compile(r"\W*(?:w|i|hurt)", re.IGNORECASE)


def doer(own: str, cell: Cell, label: str) -> Said | None:
    """Who did it, and how firmly that is said: by the words in brackets behind him, or by the column's name."""
    if folded(own) in words("unknown") or _NOBODY_KNOWN.match(own):
        return None
    m = _HEDGED.match(own)
    hedge = (m["hedge"] or m["word"] or m["mark"] or "") if m else ""
    who = Cell(cell.start, cell.start + (m.end("who") if m else len(own)))
    if _CLAIMED.search(hedge) or _CLAIMED.search(label) or _CLAIMED.match(own):
        return Said(Column.ACTOR, *who, before="" if _CLAIMED.match(own) else "claimed by ")
    if _SUPPOSED.search(hedge) or _SUPPOSED.search(label) or _AS_SAID.search(own):
        return Said(Column.ACTOR, *(cell if _AS_SAID.search(own) else who), before="suspected: ")
    if hedge:
        return Said(Column.ACTOR, *cell, before="officials blamed ")
    return Said(Column.ACTOR, *who, before="by ", words=_actors().get(folded(own)), sentence=False)


@cache
def _actors() -> dict[str, str]:
    return dict(table("columns.toml")["actors"])


def in_full(who: str) -> str:
    """The name of an actor told by a short one."""
    return _actors().get(folded(who), who)


_NOBODY_KNOWN: Final = re.compile(r"(?:unknown|unidentified|no|not)\b", re.IGNORECASE)
_HEDGED: Final = re.compile(
    r"(?P<who>[^()]{2,60}?)\s*(?:\((?P<hedge>[^()]+)\)|(?P<mark>\?)|,?\s(?:[-–]\s)?(?P<word>claim\w*|presumed|suspected|susp|alleged\w*|likely|probabl[ey]|possibl[ey]))\.?$",
    re.IGNORECASE,
)
_AS_SAID: Final = re.compile(r",\s(?:says|say|said|according to|acc|per)\b", re.IGNORECASE)
_CLAIMED: Final = re.compile(r"\b(?:claim|admitted)", re.IGNORECASE)
_SUPPOSED: Final = re.compile(
    r"\b(?:presum\w*|suspect\w*|susp|alleg\w*|likely|prob\w*|poss\w*|believed|assessed|assumed|tbc|unconfirmed)\b|\?",
    re.IGNORECASE,
)


def cause(own: str) -> Column:
    """What a cause is: a weapon, somebody, or a remark."""
    return Column.MEANS if WEAPON.search(own) else Column.ACTOR if _SOMEBODY.match(own) else Column.REMARK


_SOMEBODY: Final = re.compile(
    r"[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)*\s*\(|.*\b(?:gangs?|militias?|militants|gunmen|rebels|armed group|bandits|pirates|insurgents)\b"
)


def remark(own: str, cell: Cell) -> list[Said]:
    """A remark: who did it, or anything else."""
    if (m := _SAYS_WHO.match(own)) is not None:
        before = "claimed by " if _CLAIMED.search(m["how"]) else "suspected: "
        return [Said(Column.ACTOR, cell.start, cell.start + m.end("who"), before=before, after=m["rest"].rstrip())]
    return [Said(Column.REMARK, *cell)] if any(c.isalpha() for c in own) else []


_SAYS_WHO: Final = re.compile(
    r"(?P<who>(?!No\b|Not\b|Un)[A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*){0,3})\s(?P<how>claim(?:s|ed)?|susp\w*|presumed|alleged|likely|probable)\b\.?(?P<rest>[^.]*)"
)
