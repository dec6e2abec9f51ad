"""Undoes what mail programs, web pages and printers did to a text, and reads its tables aloud.

What a text says does not hang on where its lines were broken, how wide its blanks are, or whether an apostrophe was sent
as `&#8217;`; grammars do. So a text is read as its author typed it, and its tables are read aloud.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from typing import Final, NamedTuple

from streams.reading.text.edits import Edit, Page
from streams.reading.text.rows import read_aloud

Step = tuple[tuple[str, ...], Callable[[str], Iterator[Edit] | list[Edit]]]
"""What undoes something in a text, where one of these stands in it."""


def laid_out(text: str, title: str = "") -> Page | None:
    """Return a text as its author typed it, its tables read aloud; None where it came so: nothing of most texts is to be undone.

    Parameters
    ----------
    text
        The text.
    title
        Its headline, which may tell the month or year of a table's rows.
    """
    page = None
    tables: Step = (("\n",), partial(read_aloud, heading=title))
    for telltales, undone in (*_MARKS, tables, *_LINES):
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
    if not ("=\n" in text or "=\r\n" in text) or not _SURELY_ENCODED.search(text):
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
_STAMP: Final = re.compile(r"\s*(?:\d{1,2}[:.]?\d{2}\s?[A-Z]?\b|\d{1,2}[ -][A-Z][a-z]{2}\b)")
"""Opens an entry of a log, where"""
_OF_A_LOG: Final = 0.3
"""such a part of the lines begin so; elsewhere it is an hour or a year that a break happens to stand before."""
_HANGS: Final = frozenset(
    [
        "a",
        "an",
        "the",
        "its",
        "their",
        "his",
        "her",
        "this",
        "of",
        "to",
        "in",
        "at",
        "by",
        "for",
        "from",
        "with",
        "into",
        "near",
        "on",
        "as",
        "and",
        "or",
        "that",
        "was",
        "were",
        "is",
        "are",
        "has",
        "had",
        "have",
        "be",
    ]
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
    lines = text.split("\n")
    if not any(_goes_on(line.rstrip(), behind) for line, behind in pairwise(lines)):
        return
    breaks = list(_breaks(lines))
    sure = [b for b in breaks if b.goes_on]
    width = max((b.length for b in sure), default=0)
    if sum(b.needed > width for b in sure) < _AS_A_RULE * len(sure) or (len(sure) == 1 and width < _BROKEN):
        return
    for b in breaks:
        full = b.needed > width and len(sure) > 1
        if b.length >= _LONG_ENOUGH * width and (b.goes_on or full):
            yield Edit(b.start, b.end, " ")


def _goes_on(line: str, behind: str) -> bool:
    """Whether a sentence surely goes on behind a line."""
    if not line or not behind or line.endswith(_CLOSES):
        return False
    return behind.lstrip()[:1].islower() or line[line.rfind(" ") + 1 :] in _HANGS


def _breaks(lines: list[str]) -> Iterator[_Break]:
    ends = 0
    log = sum(_STAMP.match(line) is not None for line in lines) >= _OF_A_LOG * len(lines)
    for line, behind in pairwise(lines):
        ends += len(line) + 1
        shown = line.rstrip()
        if not shown or len(shown) > _WIDEST or not (word := behind.split(maxsplit=1)[:1]):
            continue
        if _OPENS.match(behind) or (log and _STAMP.match(behind)):
            continue
        start = ends - 1 - len(line) + len(shown)
        yield _Break(start, ends, len(shown), len(shown) + 1 + len(word[0]), _goes_on(shown, behind))


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


_MARKDOWN: Final = re.compile(
    r"(?P<link>!?\[(?P<shown>[^\[\]\n]{1,200})\]\([^()\s]{1,400}\))|(?<!\*)\*\*(?=[^\s*])|(?<=[^\s*])\*\*(?!\*)|(?<!\w)__(?=\S)|(?<=\S)__(?!\w)|^#{1,4} (?=\S)|~~",
    re.MULTILINE,
)


def _markdown(text: str) -> Iterator[Edit]:
    """Signs that set type are left out, and of a link all but its words."""
    for m in _MARKDOWN.finditer(text):
        if m["link"]:
            yield Edit(m.start(), m.start("shown"), "")
            yield Edit(m.end("shown"), m.end(), "")
        else:
            yield Edit(*m.span(), "")


_DISGUISED: Final = re.compile("[\U0001d400-\U0001d7ff\uff01-\uff5e\u24b6-\u24e9\U0001f130-\U0001f149]")
"""Letters in bold, script or circles, and full-width: one code point for each look (Unicode 16, 22.2)."""
_SQUARED: Final = 0x1F130
"""The first of the squared capitals, which Unicode holds for no letters."""


def _letters(text: str) -> Iterator[Edit]:
    """Letters that only look special are letters."""
    if text.isascii():
        return
    for m in _DISGUISED.finditer(text):
        squared = ord(m[0]) - _SQUARED
        yield Edit(*m.span(), chr(ord("A") + squared) if squared >= 0 else unicodedata.normalize("NFKC", m[0]))


_HASHTAG: Final = re.compile(r"#(?=\w*[a-z]\w*[A-Z]|\w+_)(\w{4,60})")
_SEAM: Final = re.compile(r"(?<=[a-z])(?=[A-Z][a-z]|[A-Z]{2,}\b)|(?<=[A-Za-z])(?=\d)|(?<=[A-Z])(?=[A-Z][a-z])|_")


def _hashtags(text: str) -> Iterator[Edit]:
    """Words run together behind a number sign are words: #ErbilAirport."""
    for tag in _HASHTAG.finditer(text):
        at = tag.start(1)
        yield Edit(tag.start(), at, "")
        yield from (Edit(at + m.start(), at + m.end(), " ") for m in _SEAM.finditer(tag[1]))


_MARKS: Final[tuple[Step, ...]] = (
    (("&",), _characters),
    (("",), _letters),
    (("<",), _markup),
    (("*", "_", "]", "~", "#"), _markdown),
    (("=",), _printable),
    ((">",), _quoted),
    (("#",), _hashtags),
)
"""What is undone first, in this order: each reads what those before have left."""
_LINES: Final[tuple[Step, ...]] = (
    (("\n",), _broken_lines),
    (("  ", "\n ", *"\t\v\f\r", *_ODD, *_UNSEEN), _blanks),
)
"""What is undone when the tables, which live by lines and blanks, have been read."""
