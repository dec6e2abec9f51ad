"""Cuts a body into sentences and clauses with exact offsets.

Sentences end at full stops that do not belong to abbreviations, initials or times, and at line ends; the fields of a form
(SALUTE, SPOTREP) that tell of one event stay together as one passage.
"""

import itertools
import re as plain
from collections import deque
from collections.abc import Sequence
from typing import Final, NamedTuple

from streams.reading.text import gated as re
from streams.reading.text.fields import Form, forms

_LONGEST: Final = 1200
"""Characters of a sentence; a text without stops is cut so that reading stays linear."""
_STOP: Final = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|\n+|[。؟।]")
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Capt|Sgt|Cpl|Brig|Adm|Cmdr|Gov|Sen|Rep|St|Mt|No|Nos|approx|Approx|est|vs|etc|cf|e\.g|i\.e|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|Mon|Tue|Tues|Wed|Thu|Thurs|Fri|Sat|Sun|Prof|Rev|Hon|Inc|Ltd|Co|"
    r"poss|unk|incl|Ref|Fig|Pvt|Spc|Insp|Supt|Lat|Long|Lon|Pos|Posn)|(?:[A-Za-z]\.){1,4}[A-Za-z])$"
)
_OPENING: Final = re.compile(r"\s+[\"'“‘«(\[]*(\S)")
_AFTER_TIME: Final = re.compile(r"\s+(?:on|local|GMT|UTC|and|to|in|at|Mon|Tue|Wed|Thu|Fri|Sat|Sun|\()")
_CLAUSE: Final = re.compile(
    r";|\s[—–-]\s|:\s|,\s+(?=(?:and|but|while|whereas|after|before|as|when|where|who|which|hours|a day|days|the day|minutes|two days|"
    r"following|leaving|meanwhile|although|though|with|then|later|in retaliation|because|since|so|until|just|nor|or)\b)"
    r"|\s(?=and\s(?:an?|the|two|three|four|five|six|at least|one|some)\s(?:[\w\-]+\s){1,3}(?:escaped|was|were|hit|struck|fired|landed|exploded|killed|wounded|opened|attacked|fell|stormed)\b)"
    r"|\s(?=(?:but|while|whereas|after|when|because|although|though|followed)\s)",
)
_ITEM: Final = re.compile(r"\s*(?:[-*•▪–]\s+|\(?\d{1,2}[a-z]?[.)]\s+|\(?[a-z][.)]\s+)")


class Sentence(NamedTuple):
    """A sentence, by its offsets in the body."""

    start: int
    end: int
    paragraph: int
    """Number of the line it stands on; 0 is the title."""
    title: bool
    listing: bool = False
    """A headline of several things: "Drones over base, bomb on patrol"."""
    field: bool = False
    """The fields of a form that tell of one event, taken as one passage."""


_END: Final = plain.compile(r"[.;!?\n](?:(?<=\n)|\s|$)")
"""Stands everywhere: `re` has found it sooner than machine code is called."""


def ends(body: str) -> list[int]:
    """Return where the stretches of a text end that no grammar reaches beyond, in order, after a zero."""
    return [0, *(m.end() for m in _END.finditer(body)), len(body)]


def inside(stretches: Sequence[tuple[int, int]], at: int) -> bool:
    """Whether a position lies in one of some stretches."""
    return any(start <= at < end for start, end in stretches)


def sentences(title: str, text: str, passages: Sequence[tuple[int, int]] | None = None) -> list[Sentence]:
    """Return the sentences of title, line feed and text, in order.

    Parameters
    ----------
    title, text
        What was published.
    passages
        Stretches of the text that are read as one, in order: a form's fields; sought if not told.
    """
    out: list[Sentence] = []
    if title.strip():
        out.append(Sentence(0, min(len(title), _LONGEST), 0, title=True, listing="," in title or ";" in title))
    base = len(title) + 1
    whole = deque(passages_of(forms(text)) if passages is None else passages)
    behind = 0
    for number, (start, end) in enumerate(_lines(text), 1):
        begin = max(start, behind)
        while whole and whole[0][0] < end:
            behind = whole[0][1]
            out.append(Sentence(base + whole[0][0], base + behind, number, title=False, field=True))
            whole.popleft()
            begin = max(end, behind)
        if begin < end:
            spans = [p for s, e in _in_line(text, begin, end) for p in _bounded(text, s, e)]
            out.extend(Sentence(base + s, base + e, number, title=False) for s, e in spans)
    return out


def passages_of(filled: Sequence[Form]) -> list[tuple[int, int]]:
    """The stretches of a text that read as one passage each: the fields of a form."""
    return [form.passage for form in filled if form.passage is not None]


def clauses(body: str, sentence: Sentence) -> list[tuple[int, int]]:
    """Return the clauses of a sentence as spans of the body."""
    if sentence.field:
        return [(sentence.start, sentence.end)]
    cuts = [sentence.start]
    for m in _CLAUSE.finditer(body, sentence.start, sentence.end):
        at = m.end() if m[0].strip() else m.start()
        if at - cuts[-1] >= 12 and sentence.end - at >= 8:
            cuts.append(at)
    cuts.append(sentence.end)
    return [(a, b) for a, b in itertools.pairwise(cuts) if b > a]


def _lines(text: str) -> list[tuple[int, int]]:
    spans, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


def _bounded(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut what is longer than any sentence, at a blank where there is one."""
    out = []
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut + 1 if cut > 0 else start + _LONGEST
        out.append((start, cut))
        start = cut
    return [*out, (start, end)]


def _in_line(text: str, start: int, end: int) -> list[tuple[int, int]]:
    out = []
    m = _ITEM.match(text, start, end)
    at = begin = m.end() if m and m.end() < end else start
    if text.isascii() and all(text.find(stop, at, end - 1) < 0 for stop in ".!?"):
        return [(at, end)] if at < end else []
    for m in _STOP.finditer(text, at, end):
        if m.end() - begin < 2 or not _ends(text, begin, m, end):
            continue
        out.append((begin, m.end()))
        begin = m.end()
        while begin < end and text[begin].isspace():
            begin += 1
    if begin < end:
        out.append((begin, end))
    return out


def _ends(text: str, begin: int, stop: re.Match[str], end: int) -> bool:
    mark = stop[0]
    if mark[0] != ".":
        return True
    if len(mark) == 1 and (m := _ABBREVIATION.search(text, max(begin, stop.start() - 8), stop.start())):
        if m[0].lower() in ("a.m", "p.m"):
            return not _AFTER_TIME.match(text, stop.end(), end) and _upper_next(text, stop.end(), end)
        if m[0].upper() not in ("U.S", "U.N", "E.U", "U.K"):
            return False
        return (
            re.match(
                r"\s+(?:The|A|An|It|In|On|He|She|They|No|But|There|At|This|Two|Officials)\b",
                text[stop.end() : end][:16],
            )
            is not None
        )
    return _upper_next(text, stop.end(), end)


def _upper_next(text: str, at: int, end: int) -> bool:
    m = _OPENING.match(text, at, end)
    return m is None or not m[1].islower() or mark_quote(text, at)


def mark_quote(text: str, at: int) -> bool:
    """Whether the sentence closed with a quotation mark, after which speech verbs go on in lower case."""
    return False if at < 1 else text[at - 1] in "!?" and at < len(text) and text[at] == "\n"
