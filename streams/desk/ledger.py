"""Whether inputs were answered in full, from the marks that their answers carry; pure.

An input may be answered several times, since a crash makes a stage do its work again: it is accounted for when one of
its answers is complete.

    input reports/3/7          answers   1/3   2/3   (crash)   1/3   2/3   3/3   -> complete
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from streams.desk.letters import Place


@dataclass(slots=True)
class Awaited:
    """An input that is not answered in full yet."""

    record_id: str
    found: dict[int, int] = field(default_factory=dict)
    """By how many parts an answer has: those that were found, a bit for each."""

    @property
    def best(self) -> tuple[int, int]:
        """Of the answer that is nearest to complete: how many parts were found, of how many."""
        answers = ((bits.bit_count(), parts) for parts, bits in self.found.items())
        return max(answers, key=lambda a: a[0] / a[1], default=(0, 0))


class Ledger:
    """Inputs of one stage, and what came of them."""

    def __init__(self) -> None:
        self.open: dict[Place, Awaited] = {}
        self.inputs = self.answered = self.dead = 0

    def expect(self, place: Place, record_id: str) -> None:
        """Take down an input."""
        self.inputs += 1
        self.open[place] = Awaited(record_id)

    def answer(self, place: Place, part: int, parts: int) -> None:
        """Take down one record of an answer; what is not awaited, or no longer, changes nothing."""
        awaited = self.open.get(place)
        if awaited is None or not 1 <= part <= parts:
            return
        bits = awaited.found.get(parts, 0) | 1 << (part - 1)
        awaited.found[parts] = bits
        if bits == (1 << parts) - 1:
            del self.open[place]
            self.answered += 1

    def bury(self, place: Place) -> None:
        """Take down a dead letter of an input."""
        if self.open.pop(place, None) is not None:
            self.dead += 1

    def in_order(self) -> Iterator[tuple[Place, Awaited]]:
        """Yield what is still open, by place."""
        yield from sorted(self.open.items())


def parse_mark(cause: bytes, part: bytes, stream: str) -> tuple[Place, int, int] | None:
    """Read the marks of an answer; None where they speak of another stream, or are none."""
    name, _, rest = cause.decode(errors="replace").partition("/")
    if name != stream:
        return None
    try:
        partition, offset = map(int, rest.split("/"))
        number, parts = map(int, part.split(b"/"))
    except ValueError:
        return None
    return Place(partition, offset), number, parts
