"""Reads the notes that translators put into a text: what a word stands for is put in its place, and the note is left out.

"one drone was landed (= shot down, tr.)"          was shot down
"... landed a drone. [TN: "landed" = shot down]"   shot down a drone, wherever the text says landed
"""

import re
from typing import Final

from streams.reading.page.edits import Edit
from streams.reading.text.normal import plain_case

_MARK: Final = r"(?:\b[Tt]r\.|\bTN\b|\bT\.N\.|\bN\.?d\.?[TtRr]\b\.?|\b[Tt]ransl(?:\.|ated\b|ation\b|ator['’]?s?\b)|\bNote\b\s?:|\b[Ll]it(?:\.|erally\b))"
_OPENS: Final = ("[", "{", "(", "/")
_TELLTALES: Final = ("Tr.", "tr.", "TN", "T.N.", "N.d.", "Nd", "ransl", "Note", "Lit", "lit")
"""One of these opens every note, and one of these stands in every mark."""
_MARKED: Final = re.compile(_MARK)
_NOTE: Final = re.compile(
    r"\[(?P<square>[^\[\]\n]{1,400})\]|\{(?P<curly>[^{}\n]{1,400})\}|\((?P<round>[^()\n]{1,200})\)|^\s*/(?P<slash>[^/\n]{1,400})/\s*$",
    re.MULTILINE,
)
_EXPLAINS: Final = re.compile(
    r"[\"“‘'][^\"”’']{1,40}[\"”’']|=|\bsic\b|\b[Ll]it(?:\.|erally\b)|\bomitted\b|\boriginal\b"
)
"""A note about words; one that tells more of what happened is read."""
_SHORT: Final = 120
"""Characters of a note about words, at most."""
_GLOSS: Final = re.compile(
    rf"\s*(?:(?:=|i\.\s?e\.|that is|meaning|read:?)\s*|[\w'’\-]{{2,20}}\s?[:=]\s*)(?P<means>[A-Za-z][\w'’\- ]{{1,40}}?)[\s,;:–—-]*{_MARK}[^\w]*"
)
"""A note of a word or two: "= shot down, tr.", "masira: drone - Tr."."""
_TERM: Final = r"[\"“‘'](?P<{0}>[A-Za-z][\w\- ]{{1,30}})[\"”’']"
_EQUATION: Final = re.compile(
    _TERM.format("said")
    + r"\s*(?:=|means|stands for|here means|is (?:here )?(?:the )?(?:usual )?(?:term|word) for|(?:may|should|must|is to) be read as|is short for)\s*[\"“‘']?(?P<meant>[A-Za-z0-9][\w\- ]{1,30}?)[\"”’']?(?=\s*(?:[.,;)\]}/]|$))"
    r"|(?P<by_it>[A-Z][\w\- ]{1,30}?) is meant by " + _TERM.format("called")
)
"""A note that says what a word of the text stands for."""


def glosses(title: str, text: str) -> tuple[list[Edit], list[Edit]]:
    """Return what translators' notes put in place of what, in a title and in its text, in order; nothing of most texts."""
    if not all(any(t in text for t in those) for those in (_OPENS, _TELLTALES)) or _MARKED.search(text) is None:
        return [], []
    notes = [m for m in _NOTE.finditer(text) if _MARKED.search(m[0]) and (_EXPLAINS.search(m[0]) or _gloss(m))]
    meanings = {
        _key(m["said"] or m["called"]): m["meant"] or m["by_it"] for note in notes for m in _EQUATION.finditer(note[0])
    }
    shown = [Edit(*note.span(), _gloss(note)) for note in notes if len(note[0]) <= _SHORT]
    if not meanings:
        return [], shown
    words = re.compile(rf"\b(?:{'|'.join(map(re.escape, meanings))})\b", re.IGNORECASE)
    put = [Edit(*m.span(), meanings[_key(m[0])]) for m in words.finditer(text)]
    apart = [edit for edit in put if not any(note.start <= edit.start < note.end for note in shown)]
    return [Edit(*m.span(), meanings[_key(m[0])]) for m in words.finditer(title)], sorted([*shown, *apart])


def _key(word: str) -> str:
    return plain_case(word).lower()


def _gloss(note: re.Match[str]) -> str:
    """What is read in the place of a note: the meaning that it gives to the word before it, if any."""
    gloss = _GLOSS.fullmatch(note[note.lastgroup or 0])
    return gloss["means"] if gloss is not None else ""
