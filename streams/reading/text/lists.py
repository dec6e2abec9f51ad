"""Tells a list from prose by how its lines open: bullets, numbers, letters, hours, days, or the place of each entry."""

from typing import Final

from streams.reading.text import gated as re

_ITEM: Final = re.compile(
    r"^[^\S\n]*(?:\d{1,2}[a-z]?[.)]\s|\([a-z]{1,4}\)\s|[-*•]\s|[0-2]?\d:[0-5]\d\s|[A-Z][\w'’\- ]{2,40}\.\s)",
    re.MULTILINE,
)
"""Opens an item whatever stands beside it."""
_ENTRY: Final = re.compile(
    r"^[^\S\n]*(?:\(?[A-Za-z][.)/]\s|\(\d{1,2}\)\s|\d{4}[A-Z]?:?\s|\d{1,2}[ -](?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)"
    r"|[A-Z][\w'’()./\- ]{1,40}(?::\s|\s?\|\s|,\s\d|\s(?:--?|[–—])\s))",
    re.MULTILINE,
)
"""Opens an entry where most lines open so: "B/ ...", "0712Z ...", "Samtah: ...", "Kidal | 30 Dec | ..."."""
_LINE: Final = re.compile(r"\S[^\n]*")
_LEAST: Final = 3
"""So many items make a list."""
_MOST_OF: Final = 0.6
"""Such a part of the lines are most of them."""


def itemised(text: str) -> bool:
    """Whether a text is a list, each of whose lines stands for itself."""
    if len(_ITEM.findall(text)) >= _LEAST:
        return True
    entries = len(_ENTRY.findall(text))
    return entries >= _LEAST and entries >= _MOST_OF * len(_LINE.findall(text))
