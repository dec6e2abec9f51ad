"""Finds deeds told by a frame: who does what to whom, where the words for each are many and no weapon need be named.

Frames stand beside the cues of the lists, in every sentence; each tells a type, or only how far an event came.
"""

import tomllib
from bisect import insort
from collections.abc import Mapping
from importlib.resources import files
from itertools import pairwise
from typing import Final

from streams.reading import gated as re
from streams.reading.cues import Classes, Hit

FRAME: Final = "frame"
"""The class of these cues."""
LEADS: Final = "leads"
"""The class of frames whose type outranks the words for means beside it."""
YIELDS: Final = "yields"
"""The class of frames that tell a type by its effect alone."""
GROUNDED: Final = "grounded"
"""The class of frames that tell of weapons which never left the ground."""


def filled(pattern: str, parts: Mapping[str, str]) -> str:
    """Put the parts into a pattern; a part may hold parts that are told before it."""
    for name, part in reversed(tuple(parts.items())):
        pattern = pattern.replace(f"<{name}>", part)
    return pattern


_DATA: Final = tomllib.loads((files("streams.reading") / "data" / "frames.toml").read_text(encoding="utf-8"))
_FRAMES: Final = tuple(
    (Classes({FRAME, "act", *f["makes"].split()}), re.compile(filled(f["finds"], _DATA["parts"]), re.IGNORECASE))
    for f in _DATA["frame"]
)
_END: Final = re.compile(r"[.;!?]\s|\n")
"""What no frame reaches beyond: stretch by stretch few frames are likely, in a long text nearly all."""
_ANY: Final = re.AnyOf(*(frame for _, frame in _FRAMES))


def framed_deeds(hits: list[Hit], body: str) -> list[Hit]:
    """Return the cues with those of the frames added, in order.

    Parameters
    ----------
    hits
        The cues of the lists.
    body
        The text.
    """
    out = list(hits)
    ends = [0, *(m.end() for m in _END.finditer(body)), len(body)]
    for start, end in pairwise(ends):
        for n in _ANY.likely_in(body[start:end]):
            classes, frame = _FRAMES[n]
            for m in frame.finditer(body, start, end):
                insort(out, Hit(m.start(), m.end(), m[0].lower(), classes), key=_place)
    return out


def _place(hit: Hit) -> tuple[int, int]:
    return hit.start, -hit.end
