"""Who speaks independently: copies of a text, an outlet's updates and outlets that quote one source are one voice."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from schemas.policy import Policy
from schemas.taxonomy import InformationCredibility, Reliability
from streams.fusing.account import Account
from streams.fusing.lanes import equal_lanes, lanes
from streams.sketch import SIZE

COPY: Final = 0.5
"""Share of equal sketch positions from which on two texts are copies."""
_QUOTABLE: Final = 6
"""Letters from which on a source's name in another's words is taken for it."""

Voice = tuple[Account, ...]
"""Accounts that count as one source, in order of publication."""


def voices(accounts: Iterable[Account]) -> tuple[Voice, ...]:
    """Group accounts into independent voices, in order of each one's first publication; a function of the set.

    Each text is compared with the first of each set of copies, in order of publication.
    """
    found: list[_Circle] = []
    for one in sorted(accounts, key=lambda a: a.order):
        mine = _Circle(
            [one], {one.source.casefold()}, [packed] if (packed := lanes(one.sketch)) else [], one.quote.casefold()
        )
        same = [circle for circle in found if circle.shares(mine)]
        if not same:
            found.append(mine)
            continue
        first = same[0]
        for circle in (*same[1:], mine):
            first.take(circle)
        found = [circle for circle in found if circle is first or circle not in same]
    return tuple(tuple(circle.accounts) for circle in found)


def likelihood(heard: Iterable[Voice], policy: Policy) -> float:
    """Return how likely it happened: 1 - prod(1 - p), each voice as good as its best source."""
    doubt = 1.0
    for voice in heard:
        doubt *= 1.0 - weight(voice, policy)
    return round(1.0 - doubt, 4)


def weight(voice: Voice, policy: Policy) -> float:
    """Return how much a voice counts: the probability that its best source is right."""
    return max(policy.independent_p.get(Reliability(a.reliability), 0.5) for a in voice)


def grade(heard: tuple[Voice, ...]) -> tuple[Reliability, InformationCredibility]:
    """Return the Admiralty grade of the whole: the best source; corroboration raises the information's."""
    reliability = min((a.reliability for voice in heard for a in voice), default="F")
    stated = min((a.information for voice in heard for a in voice), default="6")
    information = max(stated, "2")
    if len(heard) >= 2:
        information = "1" if len(heard) >= 3 and reliability in "AB" else "2"
    return Reliability(reliability), InformationCredibility(information)


@dataclass(slots=True, eq=False)
class _Circle:
    """A voice in the making."""

    accounts: list[Account]
    sources: set[str]
    originals: list[int]
    """Sketches that are no copies of each other."""
    quotes: str

    def shares(self, other: "_Circle") -> bool:
        """Whether they have a source or a text in common, or one quotes the other."""
        if not self.sources.isdisjoint(other.sources):
            return True
        if any(_copies(a, b) for a in self.originals for b in other.originals):
            return True
        return _quotes(self.quotes, other.sources) or _quotes(other.quotes, self.sources)

    def take(self, other: "_Circle") -> None:
        """Take in another."""
        self.accounts = sorted([*self.accounts, *other.accounts], key=lambda a: a.order)
        self.sources |= other.sources
        self.originals += [b for b in other.originals if not any(_copies(a, b) for a in self.originals)]
        self.quotes += "\n" + other.quotes


def _copies(a: int, b: int) -> bool:
    return equal_lanes(a, b) >= COPY * SIZE


def _quotes(text: str, sources: set[str]) -> bool:
    return any(len(source) >= _QUOTABLE and source in text for source in sources)
