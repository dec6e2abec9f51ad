"""The weights of the scorecard in `likeness.py`, in hundredths of log odds; the card is docs/fusing.md.

Made by `python -m tests.bench.train_fusing`; what its `BY_HAND` names was set by hand and is the same there.
"""

from collections.abc import Mapping
from typing import Final

BIAS: Final = -82
WEIGHTS: Final[Mapping[str, tuple[int, ...]]] = {
    "place_sharp": (141, 127, 101, 48, -30, -250),
    "place_fair": (59, 58, 45, 15, -24, -164),
    "place_vague": (-9, 33, 34, -41, -66, -217),
    "place_unknown": (0,),
    "time_apart": (-134, -113, -250, -193),
    "time_meet": (-102, -1, 43, 88, 152, 189, 250, 250),
    "kind": (91, -83, 0, -89),
    "target": (49, -93, 450, 250, 50, -600, 300, 150, -400),
    "actor": (131, -150, 0),
    "killed": (-48, -39, 72, 3, 142, -113, -250, -250, -208, -250, -250, 0),
    "wounded": (11, 250, 186, 232, 227, 14, 90, -250, 44, -65, -250, 0),
    "things": (136, -150, 0),
    "place_name": (100, -200, 0),
    "published": (43, 15, -30, -54, -56),
    "sketch": (-144, -97, -49, -29, 33, 204, 0),
    "words": (-188, -109, -61, -30, 8, 36, 82, 180, 0),
}
"""What each can be compared by, and the weight of each answer: the answers are the functions of `likeness.py`."""
