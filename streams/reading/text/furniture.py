"""Finds the furniture of a web page in a text: links to other stories, which tell nothing of this one."""

import re
from typing import Final

_LEADS: Final = (
    r"(?:related(?: (?:stories|posts|articles|news|links|content|coverage|topics))?|(?:read|see) (?:also|next|more)|also read|read more(?: on this)?"
    r"|more (?:on this(?: story)?|from (?:the |this )?[\w .&’'-]{2,30}|stories|like this|headlines)|most (?:read|popular|viewed|shared|commented)"
    r"|trending(?: now)?|popular (?:now|stories|posts)|you (?:may|might) (?:also )?(?:like|be interested in)|recommended(?: for you| reading| stories)?"
    r"|editors?['’]?s? picks?|don['’]t miss|elsewhere on (?:the|this) site|further reading)"
)
_HEADING: Final = re.compile(rf"[\W_]*{_LEADS}[\W_]*", re.IGNORECASE)
_LINK: Final = re.compile(rf"[\W_]*{_LEADS}\s*(?:[:|>›»]|\s[–—-])\s*\S", re.IGNORECASE)
"""A line that is one link: "Read also: ..."."""
_PROSE: Final = re.compile(r"[.…][\"”’)]?$")
_LONGEST: Final = 160
"""Characters of a link, at most."""


def furniture(text: str) -> list[tuple[int, int]]:
    """Return the lines of a text that link to other stories, in order: one that says so, or those under a heading that does."""
    out: list[tuple[int, int]] = []
    at, linked, first = 0, False, True
    for line in text.split("\n"):
        start, at = at, at + len(line) + 1
        shown = line.strip()
        if not shown:
            continue
        heading = not first and _HEADING.fullmatch(shown) is not None
        linked = heading or (linked and len(shown) <= _LONGEST and not _PROSE.search(shown))
        if not heading and (linked or (not first and _LINK.match(shown))):
            out.append((start, start + len(line)))
        first = False
    return out
