"""Undoes what mail programs, web pages and printers did to a text, and keeps the way back to every character.

What a text says does not hang on where its lines were broken, how wide its blanks are, or whether an apostrophe was sent
as `&#8217;`; grammars do. So a text is read as its author typed it: `Page.text`, each character of which knows which
characters of the text that came it stands for.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple


class Edit(NamedTuple):
    """Replaces a stretch of a text by words; an empty stretch inserts them, no words delete it."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Page:
    """A text as it is read, and the stretch of the text that came for which each of its characters stands."""

    text: str
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, text: str) -> "Page":
        """Return a text as it came."""
        return cls(text, list(range(len(text))), list(range(1, len(text) + 1)))

    def edited(self, edits: Iterable[Edit]) -> "Page":
        """Return the page after edits, which are in order and apart.

        Every character of the words stands for the whole stretch that they replace.
        """
        texts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for start, end, words in edits:
            texts += (self.text[at:start], words)
            starts += self.starts[at:start]
            ends += self.ends[at:start]
            begins = self.starts[start] if start < len(self.starts) else self.ends[-1] if self.ends else 0
            stops = self.ends[end - 1] if start < end else begins
            starts += [begins] * len(words)
            ends += [stops] * len(words)
            at = end
        return Page("".join([*texts, self.text[at:]]), starts + self.starts[at:], ends + self.ends[at:])


def laid_out(text: str) -> Page | None:
    """Return a text as its author typed it, None where it came so: nothing of most texts is to be undone."""
    page = None
    for telltales, undone in _STEPS:
        so_far = page.text if page else text
        if any(t in so_far for t in telltales) and (edits := list(undone(so_far))):
            page = (page or Page.of(text)).edited(edits)
    return page


_ENTITY: Final = re.compile(r"&(?:#\d{1,6}|#[xX][0-9A-Fa-f]{1,5}|[A-Za-z][A-Za-z0-9]{1,8});")


def _characters(text: str) -> Iterator[Edit]:
    """Entities are the characters that they name."""
    for m in _ENTITY.finditer(text):
        if (meant := html.unescape(m[0])) != m[0]:
            yield Edit(*m.span(), meant)


_MARKUP: Final = re.compile(
    r"(?P<comment><!--)|</?(?:(?P<hidden>script|style|head)"
    r"|(?P<line>p|br|hr|div|ul|ol|tr|table|tbody|thead|h[1-6]|blockquote|section|article|header|footer|figure|figcaption|pre|title|body|html|main|nav)"
    r"|(?P<item>li)|(?P<cell>td|th)"
    r"|a|abbr|b|center|cite|code|em|font|i|img|q|s|small|span|strike|strong|sub|sup|u)\b[^<>]{0,1000}>",
    re.IGNORECASE,
)
"""What HTML marks up, by what stands in its place: nothing up to its end, a line end, an item's bullet, the bound of a cell, nothing."""
_SHOWN_AS: Final = {"line": ("\n", "\n"), "item": ("\n- ", ""), "cell": (" | ", "")}
"""What stands in the place of a tag that opens, and of one that closes."""


def _markup(text: str) -> Iterator[Edit]:
    """Tags and what no browser shows are left out; where they break a line, so does the page."""
    at, lower, endless = 0, text.lower(), set[str]()
    for m in _MARKUP.finditer(text):
        if m.start() < at:
            continue
        at, closes = m.end(), text.startswith("</", m.start())
        close = "-->" if m["comment"] else f"</{m['hidden'].lower()}" if m["hidden"] and not closes else ""
        if close and close not in endless:
            if (found := lower.find(close, at)) >= 0:
                at = found + (3 if m["comment"] else 0)
            else:
                endless.add(close)
        yield Edit(m.start(), at, _SHOWN_AS.get(m.lastgroup or "", ("", ""))[closes])


_SOFT_BREAK: Final = r"(?<!=)=\r?\n"
_ENCODED: Final = re.compile(rf"(?:(?:=[0-9A-F]{{2}}(?:=\r?\n)?)+|{_SOFT_BREAK})")
_SURELY_ENCODED: Final = re.compile(r"[^\n]{70}=\r?\n|=[89A-F][0-9A-F]")
"""A line of the length at which it is broken, or an octet that is no ASCII."""


def _printable(text: str) -> Iterator[Edit]:
    """Quoted-printable (RFC 2045, 6.7): soft line ends go, octets are the characters that they encode."""
    if not _SURELY_ENCODED.search(text):
        return
    for m in _ENCODED.finditer(text):
        octets = bytes.fromhex("".join(re.findall(r"=([0-9A-F]{2})", m[0])))
        yield Edit(*m.span(), octets.decode(errors="replace"))


_QUOTE_MARKS: Final = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)


def _quoted(text: str) -> Iterator[Edit]:
    """A mail quotes another by marks before its lines."""
    for m in _QUOTE_MARKS.finditer(text):
        yield Edit(*m.span(), "")


_WIDEST: Final = 100
"""Characters of a line that was broken by a program, at most."""
_BROKEN: Final = 50
"""Characters of the only line that may have been broken, at least."""
_LONG_ENOUGH: Final = 0.6
"""So full a line is that goes on in the next."""
_AS_A_RULE: Final = 0.8
"""Such a part of the lines that go on would not have held the next word."""
_OPENS: Final = re.compile(r"\s*(?:[-*•▪–—]\s|[>|]|#\d|\(?(?:\d{1,2}|[A-Za-z])[.)/:]\s|[A-Z][\w/()&. -]{0,30}:)")
"""Opens an item or a field: never the rest of a line before."""
_STAMP: Final = re.compile(r"^[^\S\n]*(?:\d{1,2}[:.]?\d{2}\s?[A-Z]?\b|\d{1,2}[ -][A-Z][a-z]{2}\b)", re.MULTILINE)
"""Opens an entry of a log, where"""
_OF_A_LOG: Final = 0.3
"""such a part of the lines begin so; elsewhere it is an hour or a year that a break happens to stand before."""
_HANGS: Final = re.compile(
    r"\b(?:an?|the|its|their|his|her|this|of|to|in|at|by|for|from|with|into|near|on|as|and|or|that|was|were|is|are|has|had|have|be)$"
)
"""Ends a line in the middle of a phrase."""
_CLOSES: Final = tuple('.!?:;…"”|')


class _Break(NamedTuple):
    """A line end within a paragraph."""

    start: int
    end: int
    length: int
    """Characters before it."""
    needed: int
    """Characters that a line must hold for the next word to have found room."""
    goes_on: bool
    """Whether a sentence surely goes on behind it."""


def _broken_lines(text: str) -> Iterator[Edit]:
    """Lines that were broken because they were full are one line."""
    breaks = list(_breaks(text))
    sure = [b for b in breaks if b.goes_on]
    if not sure:
        return
    width = max(b.length for b in sure)
    if sum(b.needed > width for b in sure) < _AS_A_RULE * len(sure):
        return
    if len(sure) == 1 and width < _BROKEN:
        return
    for b in breaks:
        full = b.needed > width and len(sure) > 1
        if b.length >= _LONG_ENOUGH * width and (b.goes_on or full):
            yield Edit(b.start, b.end, " ")


def _breaks(text: str) -> Iterator[_Break]:
    ends, log = 0, None
    for line, behind in pairwise(text.split("\n")):
        ends += len(line) + 1
        shown = line.rstrip()
        if not shown or not behind or len(shown) > _WIDEST or not (word := behind.split(maxsplit=1)[:1]):
            continue
        if log is None:
            log = len(_STAMP.findall(text)) >= _OF_A_LOG * (text.count("\n") + 1)
        if _OPENS.match(behind) or (log and _STAMP.match(behind)):
            continue
        goes_on = (word[0][0].islower() and not shown.endswith(_CLOSES)) or _HANGS.search(shown) is not None
        start = ends - 1 - len(line) + len(shown)
        yield _Break(start, ends, len(shown), len(shown) + 1 + len(word[0]), goes_on)


_UNSEEN: Final = "".join(
    map(chr, (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF))
)
"""Characters that nobody sees."""
_ODD: Final = "\u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u202f\u205f\u3000"
"""Blanks that are none in ASCII."""
_BLANKS: Final = f" \t\v\f{_ODD}"
_WIDE: Final = re.compile(
    rf"(?P<gone>^[{_BLANKS}]+|\r(?=\n)|[{_UNSEEN}]+)|[{_BLANKS}]{{2,}}|[{_BLANKS[1:]}]", re.MULTILINE
)


def _blanks(text: str) -> Iterator[Edit]:
    """Blanks are one blank wide; those before a line, and what nobody sees, are left out."""
    for m in _WIDE.finditer(text):
        yield Edit(*m.span(), "" if m["gone"] else " ")


_STEPS: Final[tuple[tuple[tuple[str, ...], Callable[[str], Iterator[Edit]]], ...]] = (
    (("&",), _characters),
    (("<",), _markup),
    (("=\n", "=\r\n"), _printable),
    ((">",), _quoted),
    (("\n",), _broken_lines),
    (("  ", "\n ", *"\t\v\f\r", *_ODD, *_UNSEEN), _blanks),
)
"""What is undone, in this order, where one of these stands in what those before have left."""
