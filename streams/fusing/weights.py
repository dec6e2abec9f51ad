"""The weights of the scorecard in `likeness.py`, in hundredths of log odds; the card is docs/fusing.md.

Made by `python -m tests.bench.train_fusing`; what its `BY_HAND` names was set by hand and is the same there.
"""

from dataclasses import dataclass, fields
from typing import Final


@dataclass(frozen=True, slots=True)
class Card:
    """What each can be compared by, and the weight of each answer: the answers are the functions of `likeness.py`."""

    bias: int
    place_sharp: tuple[int, ...]
    place_fair: tuple[int, ...]
    place_vague: tuple[int, ...]
    place_unknown: tuple[int, ...]
    time_apart: tuple[int, ...]
    time_meet: tuple[int, ...]
    kind: tuple[int, ...]
    status: tuple[int, ...]
    target: tuple[int, ...]
    actor: tuple[int, ...]
    killed: tuple[int, ...]
    wounded: tuple[int, ...]
    things: tuple[int, ...]
    place_name: tuple[int, ...]
    published: tuple[int, ...]
    sketch: tuple[int, ...]
    words: tuple[int, ...]

    def features(self) -> dict[str, tuple[int, ...]]:
        """Return all weights but the bias, by name."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name != "bias"}


CARD: Final = Card(
    bias=-166,
    place_sharp=(135, 120, 93, 41, -34, -228),
    place_fair=(57, 54, 39, 8, -30, -150),
    place_vague=(-17, 28, 30, -45, -67, -200),
    place_unknown=(-150,),
    time_apart=(-126, -109, -250, -187),
    time_meet=(-94, 7, 47, 94, 155, 190, 250, 250),
    kind=(60, -109, 0, -117),
    status=(0, -40, -860),
    target=(81, -65, 600, 250, 50, -600, 600, 450, -400),
    actor=(131, -150, 0),
    killed=(0, 0, 114, 49, 193, -100, -130, -130, -130, -130, -130, 0),
    wounded=(0, 250, 151, 203, 195, -7, 74, -130, 8, -130, -130, 0),
    things=(144, -150, 0),
    place_name=(100, -200, 0),
    published=(25, -2, -47, -70, -72),
    sketch=(-80, -80, -16, -1, 62, 220, 0),
    words=(-100, -100, -30, 12, 47, 79, 139, 223, 0),
)
