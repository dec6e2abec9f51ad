"""Finds the furniture around a story: links to others, who wrote it, whose it is. It tells nothing of what happened."""

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
_NOTICE: Final = re.compile(
    r"[\W_]*(?:(?:additional |with )?(?:reporting|writing|editing|graphics|photos?|photographs?|translation|translated|compiled|edited|written) by (?-i:[A-Z])"
    r"|(?:©|\(c\)|copyright)\s*(?:©\s*)?(?:(?:19|20)\d\d\b|by\b|the\b)|all rights reserved\b|(?:subscribe|sign up) (?:to|for)\b|follow us on\b"
    r"|share (?:this(?: (?:article|story|post|page))?|on)\b[\w |,/·&]{0,60}$|terms of (?:use|service)\b|(?:we use|this site uses) cookies\b)",
    re.IGNORECASE,
)
"""Credits and notices: "(Reporting by ... in Baghdad; editing by ...)", "© 2024 ..."."""
_NAME: Final = r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,3}"
_BYLINE: Final = re.compile(
    rf"By {_NAME}(?:(?:,| and|, and) {_NAME})*(?:(?:,| in| at| for) [^.]{{2,40}})?"
    r"|(?i:(?:last )?(?:updated|published|posted|modified)\b(?: (?:on|at))?:? [^.]{0,60}\d[^.]{0,60}|\d+[ -]min(?:ute)?s? read)"
)
"""Who wrote it and when, over the story: "By Ann Marsh in Baghdad", "Updated 14:05 GMT"."""
_OVER: Final = 5
"""So many lines may stand over a story."""
_PROSE: Final = re.compile(r"[.…][\"”’)]?$")
_LONGEST: Final = 160
"""Characters of a link, at most."""


def furniture(text: str) -> list[tuple[int, int]]:
    """Return such lines of a text, in order; links are those that say so, and those under a heading that does."""
    out: list[tuple[int, int]] = []
    at, shown_before, linked = 0, 0, False
    for line in text.split("\n"):
        start, at = at, at + len(line) + 1
        shown = line.strip()
        if not shown:
            continue
        heading = shown_before > 0 and _HEADING.fullmatch(shown) is not None
        linked = heading or (linked and len(shown) <= _LONGEST and not _PROSE.search(shown))
        says_so = shown_before > 0 and (_LINK.match(shown) or _NOTICE.match(shown))
        over = shown_before < _OVER and _BYLINE.fullmatch(shown)
        if not heading and (linked or says_so or over):
            out.append((start, start + len(line)))
        shown_before += 1
    return out
