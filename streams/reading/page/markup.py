"""Undoes markup: HTML and its entities, Markdown, quoted-printable, mail's quote marks, letters in disguise, words run together."""

import html
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from streams.reading.page.edits import Edit

_ENTITY: Final = re.compile(r"&(?:amp;)*(?P<name>(?:#\d{1,6}|#[xX][0-9A-Fa-f]{1,5}|[A-Za-z][A-Za-z0-9]{1,8});)")


def characters(text: str) -> Iterator[Edit]:
    """Entities are the characters that they name, however often they were escaped: feeds escape what pages have escaped."""
    for m in _ENTITY.finditer(text):
        if (meant := html.unescape(f"&{m['name']}")) != m[0]:
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


def markup(text: str) -> Iterator[Edit]:
    """Tags and what no browser shows are left out; where they break a line, so does the page."""
    at, endless = 0, set[str]()
    for m in _MARKUP.finditer(text):
        if m.start() < at:
            continue
        at, closes = m.end(), text.startswith("</", m.start())
        close = "-->" if m["comment"] else f"</{m['hidden'].lower()}" if m["hidden"] and not closes else ""
        if close and close not in endless:
            if (found := re.compile(re.escape(close), re.IGNORECASE).search(text, at)) is not None:
                at = found.end() if m["comment"] else found.start()
            else:
                endless.add(close)
        yield Edit(m.start(), at, _SHOWN_AS.get(m.lastgroup or "", ("", ""))[closes])


_SOFT_BREAK: Final = r"(?<!=)=\r?\n"
_ENCODED: Final = re.compile(rf"(?:(?:=[0-9A-F]{{2}}(?:=\r?\n)?)+|{_SOFT_BREAK})")
_SURELY_ENCODED: Final = re.compile(r"[^\n]{70}=\r?\n|=[89A-F][0-9A-F]")
"""A line of the length at which it is broken, or an octet that is no ASCII."""


def printable(text: str) -> Iterator[Edit]:
    """Quoted-printable (RFC 2045, 6.7): soft line ends go, octets are the characters that they encode."""
    if not ("=\n" in text or "=\r\n" in text) or not _SURELY_ENCODED.search(text):
        return
    for m in _ENCODED.finditer(text):
        octets = bytes.fromhex("".join(re.findall(r"=([0-9A-F]{2})", m[0])))
        yield Edit(*m.span(), octets.decode(errors="replace"))


_QUOTE_MARKS: Final = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)


def quoted(text: str) -> Iterator[Edit]:
    """A mail quotes another by marks before its lines."""
    for m in _QUOTE_MARKS.finditer(text):
        yield Edit(*m.span(), "")


_MARKDOWN: Final = re.compile(
    r"(?P<link>!?\[(?P<shown>[^\[\]\n]{1,200})\]\([^()\s]{1,400}\))|(?<!\*)\*\*(?=[^\s*])|(?<=[^\s*])\*\*(?!\*)|(?<!\w)__(?=\S)|(?<=\S)__(?!\w)|^#{1,4} (?=\S)|~~",
    re.MULTILINE,
)


def markdown(text: str) -> Iterator[Edit]:
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


def letters(text: str) -> Iterator[Edit]:
    """Letters that only look special are letters."""
    if text.isascii():
        return
    for m in _DISGUISED.finditer(text):
        squared = ord(m[0]) - _SQUARED
        yield Edit(*m.span(), chr(ord("A") + squared) if squared >= 0 else unicodedata.normalize("NFKC", m[0]))


_HASHTAG: Final = re.compile(r"#(?=\w*[a-z]\w*[A-Z]|\w+_)(\w{4,60})")
_SEAM: Final = re.compile(r"(?<=[a-z])(?=[A-Z][a-z]|[A-Z]{2,}\b)|(?<=[A-Za-z])(?=\d)|(?<=[A-Z])(?=[A-Z][a-z])|_")


def hashtags(text: str) -> Iterator[Edit]:
    """Words run together behind a number sign are words: #ErbilAirport."""
    for tag in _HASHTAG.finditer(text):
        at = tag.start(1)
        yield Edit(tag.start(), at, "")
        yield from (Edit(at + m.start(), at + m.end(), " ") for m in _SEAM.finditer(tag[1]))
