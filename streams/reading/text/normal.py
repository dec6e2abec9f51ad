"""Folds a text for matching and maps every folded position back to the original character.

Folding: case, accents, look-alike letters and punctuation go; apostrophes, quotes, full stops, zero-width characters and
HTML tags vanish; anything else that is no letter or digit becomes a space. So "U.S.", "al-Asad's" and "dro<U+200B>ne"
meet the names and cues as "us", "al asads" and "drone".
"""

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final

from streams.reading.text import gated as re

_DROPPED: Final = re.compile(
    "['\u2019]s(?![A-Za-z])|['\".\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u00ab\u00bb`\u00b4\u02bc\u02bb\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u0640]"
    r"|</?[A-Za-z][^<>\n]{0,200}>"
)
_LOOKALIKE: Final = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0445\u0443\u0456\u0458\u0455\u04bb\u051b\u0501\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0406\u03bf\u03b1\u0391\u0392\u0395\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a7",
    "aeopcxyijshqdabekmhopctxioaabehikmnoptx",
)
_MIXED: Final = re.compile(r"(?:[A-Za-z][\u0391-\u03ff\u0400-\u052f]|[\u0391-\u03ff\u0400-\u052f][A-Za-z])")
_SPECIAL: Final = {
    "ß": "s",
    "ø": "o",
    "Ø": "o",
    "đ": "d",
    "Đ": "d",
    "ı": "i",
    "İ": "i",
    "ł": "l",
    "Ł": "l",
    "æ": "a",
    "œ": "o",
}


class _Table(dict[int, str]):
    """Fills itself: one folded character for every character met, a space for punctuation."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = _SPECIAL.get(char) or unicodedata.normalize("NFKD", char)[:1].lower()
        kept = base if len(base) == 1 and (base.isalnum() or unicodedata.category(base).startswith("M")) else " "
        self[code] = kept
        return kept


_TABLE: Final = _Table()
_RARE: Final = re.compile(r"['<]")
_ASCII: Final = {i: None if chr(i) in '".`' else chr(i).lower() if chr(i).isalnum() else " " for i in range(128)}
"""What folding does to ASCII without apostrophes and tags, in one step."""


_CASES: Final = str.maketrans("\u0130\u0131\u017f\u212a", "IisK")


def plain_case(text: str) -> str:
    """Return a text with what expressions that ignore case take for i, s and k as those, which tables of names know."""
    return text if text.isascii() else text.translate(_CASES)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and the way back."""

    text: str
    """Lower case, letters, digits and spaces only."""
    cuts: list[int] = field(default_factory=list)
    """Folded positions at which something was dropped, ascending."""
    shifts: list[int] = field(default_factory=list)
    """How many characters had been dropped up to each cut."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original span of a folded one."""
        first = bisect_right(self.cuts, start)
        last = bisect_right(self.cuts, end - 1, first)
        return (
            start + self.shifts[first - 1] if first else start,
            end + self.shifts[last - 1] if last else end,
        )


def fold(text: str) -> Folded:
    """Fold a text; never longer than the text itself."""
    pieces: list[str] = []
    cuts: list[int] = []
    shifts: list[int] = []
    last = kept = dropped = 0
    for m in _DROPPED.finditer(text):
        start, end = m.span()
        pieces.append(text[last:start])
        kept += start - last
        dropped += end - start
        cuts.append(kept)
        shifts.append(dropped)
        last = end
    pieces.append(text[last:])
    bare = "".join(pieces)
    if not bare.isascii() and _MIXED.search(bare):
        bare = re.sub(r"\w+", lambda m: m[0].translate(_LOOKALIKE) if _MIXED.search(m[0]) else m[0], bare)
    return Folded(bare.translate(_TABLE), cuts, shifts)


def fold_name(name: str) -> str:
    """Fold a name or cue: as texts are folded, inner space collapsed."""
    if name.isascii() and not _RARE.search(name):
        return " ".join(name.translate(_ASCII).split())
    return " ".join(fold(name).text.split())
