"""Finds deeds told by a frame: who does what to whom, where the words for each are many and no weapon need be named.

Frames stand beside the cues of the lists, in every sentence; each tells a type, or only how far an event came.
"""

from bisect import insort
from itertools import pairwise
from typing import Final

from streams.reading.text import gated as re
from streams.reading.text.tables import filled, table
from streams.reading.what.cues import Classes, Hit, in_order

FRAME: Final = "frame"
"""The class of these cues."""
LEADS: Final = "leads"
"""The class of frames whose type outranks the words for means beside it."""
YIELDS: Final = "yields"
"""The class of frames that tell a type by its effect alone."""
GROUNDED: Final = "grounded"
"""The class of frames that tell of weapons which never left the ground."""


_DATA: Final = table("frames.toml")
_FRAMES: Final = tuple(
    (Classes({FRAME, "act", *f["makes"].split()}), re.compile(filled(f["finds"], _DATA["parts"]), re.IGNORECASE))
    for f in _DATA["frame"]
)
_ANY: Final = re.AnyOf(*(frame for _, frame in _FRAMES))


def framed_deeds(hits: list[Hit], body: str, stops: list[int]) -> list[Hit]:
    """Return the cues with those of the frames added, in order.

    Parameters
    ----------
    hits
        The cues of the lists.
    body
        The text.
    stops
        Where the stretches end that no frame reaches beyond.
    """
    out = list(hits)
    for start, end in pairwise(stops):  # of one stretch few frames are likely, of a long text nearly all
        for n, m in _ANY.finditer(body, start, end):
            insort(out, Hit(m.start(), m.end(), m[0].lower(), _FRAMES[n][0]), key=in_order)
    return out
