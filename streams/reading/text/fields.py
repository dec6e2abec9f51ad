"""Finds the labelled fields of a report that is filled in like a form, and which of them belong to one event.

"S: two men", "LINE 4 (ACTIVITY): filmed the gate", "2. WHAT - stones thrown", "POSN: 20 NM S of Aden", "EVENT:" alone on its line.
What a label is for stands in `data/fields.toml`. Fields go on to the next label, or to an empty line; where a label comes again, or a
number stands alone on a line, the next event's fields begin.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Final, NamedTuple

from streams.reading.text import gated as re
from streams.reading.text.tables import table


class Role(Enum):
    """What stands in a field."""

    WHAT = "what"
    WHERE = "where"
    WHEN = "when"
    WHO = "who"
    TOLL = "toll"
    ADVICE = "advice"
    COMMENT = "comment"
    SENDER = "sender"


_DATA: Final = table("fields.toml")
_ROLES: Final[Mapping[str, Role]] = {
    label: Role(name)
    for name, entry in _DATA.items()
    if "labels" in entry
    for label in entry["labels"].replace("\n", " ").replace(", ", ",").split(",")
}


def _letters(name: str) -> Mapping[str, Role]:
    pairs = (pair.split() for pair in _DATA["letters"][name].split(", "))
    return {letter: Role(role) for letter, role in pairs}


_SALUTE: Final = _letters("salute")
_NOTICE: Final = _letters("notice")
_SPELT: Final = frozenset(_DATA["letters"]["spelt"].split())
"""Letters spelt out, of a form whose meaning the reader is to know."""
OF_THE_EVENT: Final = frozenset({Role.WHAT, Role.WHERE, Role.WHEN, Role.WHO, Role.TOLL})
"""Fields that together tell of one event."""
_LEAST: Final = 3
"""So many fields of an event make a form."""
_TERSE: Final = 400
"""Characters of a field that still reads as one passage with those beside it,"""
_WHOLE: Final = 1200
"""and of them together."""

_LABEL: Final = re.compile(
    r"^[^\S\n]*(?:[-*•>+]\s+)?(?P<number>(?:LINE|Line|FIELD|Field|Ser|SER|ITEM)\s?\d+[a-z]?\s*[-–:.)]?\s*|\(?(?:\d{1,2}|[A-Za-z])(?:[.)/]\s+|[^\S\n]{2,}))?"
    r"\(?(?P<label>[A-Za-z]+(?:(?:[ &]|\s?/\s?|-)[A-Za-z]+){0,4})(?P<plural>\(s\)|\(S\))?(?:\s?\([^()\n]{1,30}\))?\)?"
    r"(?:(?P<mark>[.…]*[^\S\n]*[:=?][^\S\n]*|[^\S\n]+[-–—]{1,2}[^\S\n]+|\t[^\S\n]*|[^\S\n]{2,}(?=\S)|\)\s+|\.\s+(?=\S)|[^\S\n]?\.{3,}[^\S\n]*(?=\S))|(?P<bare>[^\S\n]*$))",
    re.MULTILINE,
)
_NUMBERED: Final = re.compile(
    r"^[^\S\n]*(?:LINE|Line|FIELD|Field|SER|Ser)\s?\d+[a-z]?\s*[:\-–.)]\s+(?=\S)", re.MULTILINE
)
"""A line that is numbered and bears no label."""
_DATED: Final = re.compile(
    r"\d{6}[A-Z]?\b|\d{1,2}[/.]\d{1,2}\b|\d{1,2}\s?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)", re.IGNORECASE
)
"""A day, which opens what is an entry of a list rather than a field."""
_DIVIDES: Final = re.compile(
    r"\s*(?:#\s?\d{1,3}|\(?\d{1,2}[.)]?|(?:REPORT|SPOTREP|SALUTE|INCIDENT|Incident|Report)\s(?:NO\.?\s|#)?\s?\d{1,4})\s*[:.]?\s*$"
)
"""A line that only numbers the report that begins behind it."""
_EMPTY_LINE: Final = re.compile(r"(?<=\S)[^\S\n]*\n[^\S\n]*\n")
_NOTICE_OPENS: Final = re.compile(r"^[^\S\n]*Q\)", re.MULTILINE)


class Field(NamedTuple):
    """A labelled field, by its offsets in the text."""

    role: Role
    start: int
    """Where its label begins."""
    content: int
    end: int
    label: str


class Form(NamedTuple):
    """The fields that tell of one event, and how far what is told under them reaches."""

    start: int
    end: int
    fields: tuple[Field, ...]

    def first(self, role: Role) -> Field | None:
        """The first field of a role that is filled in."""
        return next((f for f in self.fields if f.role is role and f.content < f.end), None)

    def moved(self, by: int) -> "Form":
        """The form in a body in which its text begins at a position."""
        fields = (f._replace(start=f.start + by, content=f.content + by, end=f.end + by) for f in self.fields)
        return Form(self.start + by, self.end + by, tuple(fields))

    @property
    def passage(self) -> tuple[int, int] | None:
        """The stretch of fields that read as one passage; None where they are few, or filled with prose."""
        run: list[Field] = []
        runs = [run]
        for f in self.fields:
            if f.role in OF_THE_EVENT and f.end - f.content <= _TERSE:
                run.append(f)
            elif f.role is not Role.SENDER:
                run = []
                runs.append(run)
        for told in runs:
            if len(told) >= _LEAST and told[-1].end - told[0].start <= _WHOLE and _tells(told):
                return told[0].start, told[-1].end
        return None


def _tells(fields: list[Field]) -> bool:
    """Whether fields say what happened, and where or when; or bear numbers and letters alone, of which the reader is to know that."""
    roles = {f.role for f in fields}
    return any(not f.label or f.label in _SPELT for f in fields) or (
        Role.WHAT in roles and not roles.isdisjoint((Role.WHERE, Role.WHEN))
    )


def forms(text: str) -> list[Form]:
    """Return the forms of a text, in order; none where its fields tell of one thing only, as the date of a letter does."""
    found = _fields(text)
    spelt = [f for f in found if f.label in _SPELT]
    if sum(_DATED.match(text, f.content, f.end) is not None for f in spelt) > 1:
        return []
    if len(spelt) < _LEAST and len({f.role for f in found} & OF_THE_EVENT) < 2:
        return []
    out: list[Form] = []
    run: list[Field] = []
    for f in found:
        again = f.role in OF_THE_EVENT and f.label and any(f.label == g.label for g in run)
        if run and (again or _divided(text, run[-1].start, f.start)):
            out.append(Form(run[0].start, f.start, tuple(run)))
            run = []
        run.append(f)
    out.append(Form(run[0].start, len(text), tuple(run)))
    return out


def _fields(text: str) -> list[Field]:
    """The labelled fields of a text, in order."""
    read = [found for m in _LABEL.finditer(text) if (found := _labelled(m)) is not None]
    read += [
        _Label(m.start(), m.end(), "") for m in _NUMBERED.finditer(text) if all(m.start() != r.start for r in read)
    ]
    letters = _NOTICE if _NOTICE_OPENS.search(text) else _SALUTE
    few = len({r.label for r in read if r.label in letters}) < _LEAST
    told = [(r, role) for r in sorted(read) if (role := _role(r.label, letters, few=few)) is not None]
    stops = [*(r.start for r, _ in told[1:]), len(text)]
    return [
        Field(role, r.start, r.content, _end(text, r.content, stop), r.label)
        for (r, role), stop in zip(told, stops, strict=False)
    ]


class _Label(NamedTuple):
    """A label: where its line begins, where what it is a label of begins, and its words."""

    start: int
    content: int
    label: str


def _labelled(m: re.Match[str]) -> _Label | None:
    """The label that a line opens with; but for a colon behind it, it is in capitals or numbered."""
    words, mark = m["label"], m["mark"]
    letter = len(words) == 1
    if letter and not (words.isupper() and mark):
        return None
    firm = mark is not None and mark.strip(" .…\t") in (":", "=", "?")
    if m["plural"]:
        words += "s"
    loud = words.isupper() or m["number"] is not None or (mark is None and words.count(" ") > 0)
    return _Label(m.start(), m.end(), words.lower()) if firm or loud else None


def _role(label: str, letters: Mapping[str, Role], *, few: bool) -> Role | None:
    """What a label is for; a single letter is one where several of its set stand, a number alone is part of the event."""
    if not label or label in _SPELT:
        return Role.WHO
    if len(label) == 1:
        return None if few else letters.get(label)
    parts = (part.strip() for part in label.split("/"))
    return _ROLES.get(label) or next((_ROLES[part] for part in parts if part in _ROLES), None)


def _end(text: str, content: int, stop: int) -> int:
    """Where a field ends: at the next label, or at the first empty line behind something."""
    empty = _EMPTY_LINE.search(text, content, stop)
    return len(text[: empty.start() if empty else stop].rstrip())


def _divided(text: str, last: int, start: int) -> bool:
    """Whether a line between two fields numbers the report that begins behind it."""
    return any(_DIVIDES.fullmatch(line) for line in text[last:start].split("\n")[1:])
