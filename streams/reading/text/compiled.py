"""Finds where an expression matches by PCRE2's compiled code, and matches there with `re`.

PCRE2 (pcre.org) turns an expression into machine code, which is ten to fifty times faster than `re` at finding nothing, and
finding nothing is most of what a grammar does. It runs over one byte a character; what cannot be written so, or is too much
for it, is left to `re`, which has the last word about every match. So nothing that is found changes.
"""

import codecs
import re
import sys
from collections.abc import Callable, Iterator
from typing import Final, cast

from pcre2 import _cy as pcre  # its public Pattern wraps each call in Python, at six times the cost

_SIGNS: Final = "’‘“”–—…•€™„‚‹›†‡‰‐‑‒―′″\u200b\u200c\u200d\u200e\u200f\ufeff▪−"
"""Neither letters nor spaces: they stand where Latin-1 has control characters, of which the last but these is a space."""
_NONE: Final = "\ufffe"
_SPACES: Final = "\x1c\x1d\x1e\x1f"
"""Spaces to `re` alone."""
_KEPT: Final = 4096
"""Texts whose bytes are remembered."""
_SHORT: Final = 12
"""So few characters are searched sooner than written as bytes."""


def _alphabet() -> str:
    signs = dict(zip((n for n in range(0x80, 0xA0) if n != 0x85), _SIGNS, strict=True))
    return "".join(signs.get(n, _NONE if chr(n) in _SPACES or n == 0x85 else chr(n)) for n in range(256))


_ALPHABET: Final = _alphabet()
_TABLE: Final = codecs.charmap_build(_ALPHABET)
_OPTIONS: Final = {
    re.IGNORECASE: int(pcre.CompileOption.CASELESS),
    re.MULTILINE: int(pcre.CompileOption.MULTILINE),
    re.DOTALL: int(pcre.CompileOption.DOTALL),
    re.VERBOSE: int(pcre.CompileOption.EXTENDED),
}
_UNICODE: Final = int(pcre.CompileOption.UCP)
_CONTEXT: Final = pcre.create_match_context()
_TOO_MUCH: Final = (pcre.LibraryError, OverflowError)
_UNSEEN: Final = object()
"""Machine code that no text has asked for yet."""
_BYTES: Final[dict[str, bytes]] = {}

_run = cast("Callable[[object, bytes, int, int, object, int], tuple[object | None, int, int]]", pcre.match)
_span = cast("Callable[[object, bytes, int], tuple[int, int]]", pcre.match_substring_span_bynumber)


def forget() -> None:
    """Drop what is remembered of texts."""
    _BYTES.clear()


class Finder:
    """An expression of `re` with machine code beside it, each compiled when it is first needed: most of a grammar never is.

    Parameters
    ----------
    pattern, flags
        As `re` takes them.
    least
        Characters of its shortest match. What may match nothing mostly does, and at the end of a text PCRE2 and `re` differ
        about it: that is left to `re`.
    """

    __slots__ = ("_ascii", "_flags", "_latin", "_pattern", "_plain")

    def __init__(self, pattern: str, flags: int, least: int) -> None:
        self._pattern, self._flags = pattern, flags
        self._plain: re.Pattern[str] | None = None
        self._ascii = self._latin = _UNSEEN if least > 0 and r"\Z" not in pattern else None

    @property
    def plain(self) -> re.Pattern[str]:
        """The expression as `re` compiles it."""
        if self._plain is None:
            self._plain = re.compile(self._pattern, self._flags)
        return self._plain

    def search(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[str] | None:
        """Return the first match that lies in a stretch."""
        if len(text) > _SHORT and (data := _BYTES.get(text) or _written(text)):
            code = self._ascii if text.isascii() else self._latin
            if code is _UNSEEN:
                code = self._machine_code(text)
            if code is not None:
                try:
                    found = _run(code, data, endpos if endpos < len(data) else len(data), pos, _CONTEXT, 0)[0]
                    if found is None:
                        return None
                    if (m := self.plain.match(text, _span(found, data, 0)[0], endpos)) is not None:
                        return m
                except _TOO_MUCH:
                    pass
        return self.plain.search(text, pos, endpos)

    def finditer(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Return the matches of a stretch."""
        if self._ascii is None:
            return self.plain.finditer(text, pos, endpos)
        first = self.search(text, pos, endpos)
        return iter(()) if first is None else self._from(first, text, endpos)

    def _from(self, m: re.Match[str] | None, text: str, endpos: int) -> Iterator[re.Match[str]]:
        while m is not None:
            yield m
            m = self.search(text, m.end(), endpos)

    def _machine_code(self, text: str) -> object | None:
        """Compile for texts of this kind, ASCII or not; None where it cannot be had, or this machine allows none."""
        options = 0 if text.isascii() else _UNICODE
        for flag, option in _OPTIONS.items():
            options |= option if self._flags & flag else 0
        try:
            code = pcre.compile(codecs.charmap_encode(self._pattern, "strict", _TABLE)[0], options)
            pcre.jit_compile(code)
        except (UnicodeEncodeError, pcre.LibraryError):
            code = None
        if text.isascii():
            self._ascii = code
        else:
            self._latin = code
        return cast("object", code)


def _written(text: str) -> bytes:
    """Return a text as bytes, one a character; none where it has other characters."""
    try:
        data = codecs.charmap_encode(text, "strict", _TABLE)[0]
    except UnicodeEncodeError:
        return b""
    if len(_BYTES) >= _KEPT:
        _BYTES.clear()
    _BYTES[text] = data
    return data
