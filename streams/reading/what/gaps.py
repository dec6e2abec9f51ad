"""Finds cues of two parts that stand apart: "bundled ... into", "set ... on fire", "shot ... down"."""

import re
from bisect import insort
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Final

from streams.reading.what.cues import GAP, REACH, Classes, Hit, in_order, lists, parted

_BETWEEN: Final = r"\b[^.;:!?\n]{0,60}?\b"


def close_gaps(hits: list[Hit], body: str) -> list[Hit]:
    """Return the cues with those of two parts added, in order; a first part without its second is no cue.

    Parameters
    ----------
    hits
        The cues found; first parts are of class `gap`.
    body
        The text.
    """
    heads = [h for h in hits if GAP in h.classes]
    if not heads:
        return hits
    out = [h for h in hits if len(h.classes) > 1 or GAP not in h.classes]
    for head in heads:
        near = body[head.end : head.end + REACH].lower()
        for word, tail, phrase, classes in _tails()[head.text]:
            if word in near and (m := tail.match(body, head.end)) is not None:
                insort(out, Hit(head.start, m.end(), phrase, classes), key=in_order)
                break
    return out


@cache
def _tails() -> Mapping[str, list[tuple[str, re.Pattern[str], str, Classes]]]:
    """First part, folded -> second parts as expressions, the cue, its classes; the longest second part first."""
    classes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for cls, phrases in lists().items():
        for phrase in phrases:
            if (parts := parted(phrase)) is not None:
                classes[parts].add(cls)
    out: dict[str, list[tuple[str, re.Pattern[str], str, Classes]]] = defaultdict(list)
    for (head, tail), named in sorted(classes.items(), key=lambda p: -len(p[0][1])):
        pattern = re.compile(_BETWEEN + re.escape(tail).replace(r"\ ", r"\s+") + r"\b", re.IGNORECASE)
        out[head].append((tail.split()[0], pattern, f"{head} {tail}", Classes(named)))
    return out
