"""Knows what the columns of a table hold: by their heading, else by what their cells look like."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import cache
from typing import Final

from streams.reading.text import gated as re
from streams.reading.text.tables import table


class Column(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    DAY = "day"
    HOUR = "hour"
    PLACE = "place"
    COUNTRY = "country"
    EVENT = "event"
    MEANS = "means"
    KILLED = "killed"
    WOUNDED = "wounded"
    HARM = "harm"
    ACTOR = "actor"
    CAUSE = "cause"
    REMARK = "remark"
    OTHER = "other"
    NO_INCIDENTS = "no_incidents"


_LONGEST: Final = 32
"""Characters of a column's name at most."""
_WORDY: Final = 4
"""Words of a column's name at most."""
_KNOWN_OF: Final = 0.5
"""Such a part of the cells of a heading are names of columns."""
_MOST_OF: Final = 0.6
"""Such a part of a column's cells look alike."""
TERSE: Final = 5
"""Words of a cell that names its event: more are a sentence."""
_TELLING: Final = frozenset({Column.EVENT, Column.MEANS, Column.CAUSE, Column.REMARK})
_SCENE: Final = frozenset({Column.DAY, Column.PLACE, Column.HOUR})
_NUMBERED: Final = re.compile(r"(?<=[A-Za-z])\s?\d\s*$")
"""Of "actor1", "admin 2": which of several."""
_WORD: Final = re.compile(r"[a-z0-9][a-z0-9/&+-]*|#")


@cache
def names() -> dict[str, Column]:
    """Name of a column -> what it holds."""
    lists = table("columns.toml")["columns"].items()
    return {name: Column(kind) for kind, listed in lists for name in listed.split(", ")}


@cache
def words(kind: str) -> frozenset[str]:
    """What cells say of a kind."""
    return frozenset(table("columns.toml")["cells"][kind].split(", "))


@cache
def _countries() -> dict[str, str]:
    """ISO code of a country -> its name."""
    return {code: listed.split(", ")[0].title() for code, listed in table("countries.toml").items()}


def country_of(cell: str) -> str | None:
    """The name of a country that a cell has as its code."""
    return _countries().get(cell)


def folded(cell: str) -> str:
    """A cell as the lists have it: small letters, no full stops, brackets and dashes around it."""
    return " ".join(cell.lower().replace(".", "").strip(" ()[]-–—:*").split())


def named(name: str) -> bool:
    """Whether words are the name of a column as the list has it."""
    return folded(name) in names()


def column(name: str) -> Column | None:
    """What the column of a name holds; of a longer name its last known word decides, units in brackets apart."""
    if len(name) > _LONGEST or not name:
        return None
    bare = folded(_NUMBERED.sub("", name.replace("_", " ").split("(", maxsplit=1)[0])) or folded(name)
    if (known := names().get(bare)) is not None:
        return known
    parts = _WORD.findall(bare)
    for n in range(1, len(parts)):
        if (known := names().get(" ".join(parts[n:]))) is not None:
            return known
    return names().get(parts[0]) if len(parts) > 1 else None


def heads(cells: Sequence[str]) -> bool:
    """Whether cells are a heading: names of columns, among them of what happened and of where or when."""
    if any(not c or len(c) > _LONGEST or len(c.split()) > _WORDY for c in cells[:-1]):
        return False
    known = [k for c in cells if (k := column(c)) is not None]
    kinds = set(known)
    return len(known) >= _KNOWN_OF * len(cells) and len(kinds) >= 3 and bool(kinds & _TELLING) and bool(kinds & _SCENE)


DATE: Final = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]?\s*)?(?:\d{1,2}(?:st|nd|rd|th)?[\s./-]?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:[\s./-]*\d{2,4})?"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s?\d{1,2}(?:,?\s\d{4})?|\d{4}-\d\d-\d\d|\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?\.?|\d{6}[a-z](?:\s?[a-z]{3}\s?\d{2,4})?)"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?(?:\s\d{1,2})?",
    re.IGNORECASE,
)
HOUR: Final = re.compile(
    r"(?:ca?\.?\s?|approx\.?\s?|~)?(?:[01]?\d|2[0-4])[:.h]?[0-5]\d(?:\s?(?:hrs|hours|h|lt|l|z|c|utc|gmt|local))?",
    re.IGNORECASE,
)
COUNTS: Final = re.compile(
    r"(?P<first>\d+|n\.?/?k\.?|\?|-|–|nil|unk)\s?/\s?(?P<second>\d+|n\.?/?k\.?|\?|-|–|nil|unk)", re.IGNORECASE
)
WEAPON: Final = re.compile(
    r"(?<![\w-])(?:(?:mini-|micro-|fpv-)?drones?|uas|[a-z]*uavs?|suas|fpvs?|shaheds?|gerans?|quad-?copters?|loitering munitions?|lancets?|rockets?|rkts?|katyushas?|missiles?|msls?|ballistic|mortars?|morts?|artillery|howitzers?|shells?|grads?|mlrs|grenades?|rpgs?|idf|ieds?|rcieds?|vbieds?|svbieds?|pbieds?|land ?mines?|mines?(?!-)|bombs?|kabs?|fab-?\d*|s-[23]00s?|iskanders?|kalibrs?|kinzhals?|"
    r"small arms|saf|snipers?|gunmen|car bombs?|usvs?|glide bombs?|petrol bombs?|molotovs?|machine ?guns?|technicals?|arson|sabotage|piracy|riots?|mob|kidnap(?:ping|s)?|abductions?)\b",
    re.IGNORECASE,
)
"""What names an event once it is said to be an attack."""
DEED: Final = re.compile(
    r"\b(?:air ?strikes?|strikes?|(?:air )?raids?|attacks?|shelling|bombardments?|(?:small[- ]arms |mortar |indirect |direct |tank )?fire|shootings?|gunfire|explosions?|blasts?|ambush(?:es)?|assaults?|intrusions?|break-?ins?|robbery|looting|theft|burglary|hijack\w*|carjack\w*|boarding|clash(?:es)?|protests?|demonstrations?|detonations?|stabbings?|murders?|killings?|"
    r"jamming|ddos|surveillance|sighting|overflight|threats?|intimidation|stones? thrown|stone-throwing|accident|false alarm|detentions?|arrests?|incursions?|infiltration|harassment|hostage\w*|rammings?)\b",
    re.IGNORECASE,
)
_HARMED: Final = {
    Column.KILLED: re.compile(
        r"\d{1,4}(?P<harm>\s?(?:dead|killed|kia|deaths?|fatalit\w+))?(?:\s\([^)]*\))?", re.IGNORECASE
    ),
    Column.WOUNDED: re.compile(r"\d{1,4}(?P<harm>\s?(?:inj\w*|wounded|wia|hurt))?(?:\s\([^)]*\))?", re.IGNORECASE),
}
_ACTOR: Final = re.compile(
    r".{2,40}\((?:own|presumed|suspected|claim\w*|alleged\w*|likely|probabl\w*|poss\w*)[^)]*\)$|(?:unknown|not known|unclaimed|UAGs?|unidentified)$",
    re.IGNORECASE,
)
_NAME: Final = re.compile(r"(?:[A-Z][\w'’.-]*|\d+)(?:[ ,/-]+(?:[A-Z\d][\w'’.-]*|[a-z]+|\(\w+\))){0,4}")
"""A name: a capital, and few words."""


def looks(columns: Sequence[Sequence[str]]) -> list[Column | None] | None:
    """What columns without names hold, by the look of their cells; None where none of them names events in a few words."""
    told = [[c for c in cells if c.strip(" -–—?")] for cells in columns]
    kinds: list[Column | None] = [_look(cells) for cells in told]
    for n in [n for n, kind in enumerate(kinds) if kind is Column.DAY][1:]:
        kinds[n] = Column.HARM if _most(told[n], lambda c: COUNTS.fullmatch(c) is not None) else None
    if Column.DAY not in kinds and Column.HARM not in kinds:
        return None
    free = [n for n, kind in enumerate(kinds) if kind is None and told[n]]
    named = [n for n in free if _most(told[n], lambda c: _NAME.fullmatch(c) is not None)]
    events = [n for n in free if _most(told[n], _names_event)]
    events = events or [n for n in free if named and n > named[0]]
    places = [n for n in named if n not in events[:1]]
    if not events or not places:
        return None
    kinds[events[0]], kinds[min(places, key=lambda n: (n > events[0], n))] = Column.EVENT, Column.PLACE
    return [kind if kind is not None else Column.REMARK if n > events[0] else None for n, kind in enumerate(kinds)]


def _look(cells: Sequence[str]) -> Column | None:
    """What cells hold that look alike whatever stands beside them."""
    if not cells:
        return None
    if _most(cells, lambda c: DATE.fullmatch(c) is not None):
        return Column.DAY
    if _most(cells, lambda c: HOUR.fullmatch(c) is not None):
        return Column.HOUR
    if _most(cells, lambda c: COUNTS.fullmatch(c) is not None):
        return Column.HARM
    if _most(cells, lambda c: _ACTOR.match(c) is not None):
        return Column.ACTOR
    for kind, harmed in _HARMED.items():
        counts = [m for c in cells if (m := harmed.fullmatch(c)) is not None]
        if len(counts) >= _MOST_OF * len(cells) and any(m["harm"] for m in counts):
            return kind
    return Column.NUMBER if [c.rstrip(".)") for c in cells] == [str(n + 1) for n in range(len(cells))] else None


def tells(cell: str) -> bool:
    """Whether a cell names a weapon or a deed."""
    return WEAPON.search(cell) is not None or DEED.search(cell) is not None


def _names_event(cell: str) -> bool:
    return len(cell.split()) <= TERSE and tells(cell)


def _most(cells: Sequence[str], holds: Callable[[str], bool]) -> bool:
    return sum(map(holds, cells)) >= _MOST_OF * len(cells)
