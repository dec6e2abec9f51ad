"""What a terminal would obey, made visible: other people's texts must not steer it, hide in it, or forge its lines.

Controls (C0, C1, DEL: ECMA-48), line separators, marks that turn the direction of writing (UAX 9), characters that are
not shown at all but can carry words (zero-width marks, tags), and halves of surrogate pairs, which cannot be written.
"""

import re

_STEERING = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)


def visible(text: str, *, lines: bool = False) -> str:
    r"""Write steering characters as `\x1b`, `\u202e`; tabs and line feeds as blanks, or line feeds as they are."""
    return _STEERING.sub(lambda m: m[0] if lines and m[0] == "\n" else _shown(m[0]), text)


def escaped_json(document: str) -> str:
    """Write steering characters of a JSON document as its own escapes: the same document."""
    return _STEERING.sub(_as_json_escape, document)


def _shown(character: str) -> str:
    code = ord(character)
    if character in "\t\n\r":
        return " "
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _as_json_escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
