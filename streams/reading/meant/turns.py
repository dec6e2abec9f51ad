"""Tells in a transcript which turns are questions: what is put to a speaker is not told by anybody."""

from typing import Final

from streams.reading.text import gated as re

Spans = tuple[tuple[int, int], ...]

_STAMPED: Final = r"[^\w\n(]{0,6}(?:\(?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?[\])]?[\s:–—-]+)?"
_BESIDE: Final = (
    r"(?:\s?\d{1,2}\b|\s?#\d{1,2})?(?:\s?[(\[][^()\[\]\n]{1,60}[)\]]|,\s[^:\n]{2,60}(?=:))?\s?[*_]{0,2}[.:]\s"
)
"""What may stand behind a speaker: his number, his paper."""
_TURN: Final = re.compile(
    rf"^{_STAMPED}(?:(?P<asks>Q|QUESTION|Question|JOURNALIST|Journalist|REPORTER|Reporter|CORRESPONDENT|Correspondent|PRESS|MEDIA|Media|INTERVIEWER|Interviewer)"
    rf"|(?P<leads>HOST|Host|PRESENTER|Presenter|ANCHOR|Anchor|MODERATOR|Moderator|CHAIR|Chair|OPERATOR|Operator)){_BESIDE}(?:(?!\s(?:A|ANSWER|Answer|REPLY|Reply)\d{{0,2}}\s?[.:]\s)[^\n])*",
    re.MULTILINE,
)
"""A turn of those who ask, and of those who lead a talk: these tell things, too."""
_LEAST: Final = 2
"""So many such turns make a transcript: a form may have a line for a question."""


def questions(text: str) -> Spans:
    """Return the turns of a text in which something is asked, in order."""
    turns = list(_TURN.finditer(text))
    if len(turns) < _LEAST:
        return ()
    return tuple(m.span() for m in turns if m["asks"] or "?" in m[0])
