"""Who speaks independently: copies of a text, an outlet's updates and outlets that quote one source are one voice."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from schemas.policy import Policy
from schemas.taxonomy import InformationCredibility, Reliability
from streams.fusing.account import Account
from streams.fusing.lanes import equal_lanes
from streams.sketch import SIZE

_COPIED: Final = SIZE // 2
"""Equal sketch positions from which on two texts are copies."""
_QUOTABLE: Final = 6
"""Letters from which on a source's name in another's words is taken for it."""

Voice = tuple[Account, ...]
"""Accounts that count as one source, in order of publication."""


def voices(accounts: Iterable[Account]) -> tuple[Voice, ...]:
    """Group accounts into independent voices, in order of each one's first publication; a function of the set.

    Each text is compared with the first of each set of copies, in order of publication.
    """
    found: list[_Circle] = []
    for one in sorted(accounts, key=_order):
        same = [circle for circle in found if circle.heard(one)]
        if not same:
            found.append(_Circle([one], {one.speaker}, [one.sketch] if one.sketch else [], one.saying))
            continue
        first = same[0]
        first.hear(one)
        for circle in same[1:]:
            first.take(circle)
        if len(same) > 1:
            found = [circle for circle in found if circle is first or circle not in same]
    return tuple([tuple(circle.accounts) for circle in found])


def weights(heard: Iterable[Voice], policy: Policy) -> list[float]:
    """Return how much each voice counts: the probability that its best source is right."""
    p = {reliability.value: p for reliability, p in policy.independent_p.items()}
    return [max([p.get(a.reliability, 0.5) for a in voice]) for voice in heard]


def likelihood(voice_weights: Iterable[float]) -> float:
    """Return how likely it happened: 1 - prod(1 - p)."""
    doubt = 1.0
    for p in voice_weights:
        doubt *= 1.0 - p
    return round(1.0 - doubt, 4)


def weighed(probability: float, against: float) -> float:
    """Return a probability after independent sources have said the contrary (Bayes, from even odds)."""
    both = probability * (1.0 - against), (1.0 - probability) * against
    return round(both[0] / sum(both), 4) if sum(both) else 0.5


def grade(heard: tuple[Voice, ...]) -> tuple[Reliability, InformationCredibility]:
    """Return the Admiralty grade of the whole: the best source; corroboration raises the information's."""
    reliability = min([a.reliability for voice in heard for a in voice])
    stated = min([a.information for voice in heard for a in voice])
    information = max(stated, "2")
    if len(heard) >= 2:
        information = "1" if len(heard) >= 3 and reliability in "AB" else "2"
    return Reliability(reliability), InformationCredibility(information)


def disputed_grade(information: InformationCredibility) -> InformationCredibility:
    """Return the grade of information that others deny: never a better one, nor one that weighs more."""
    judged_true = information.value <= InformationCredibility.POSSIBLY_TRUE.value
    if judged_true:
        return InformationCredibility.POSSIBLY_TRUE
    unjudged = information is InformationCredibility.CANNOT_BE_JUDGED
    return InformationCredibility.DOUBTFUL if unjudged else information


@dataclass(slots=True, eq=False)
class _Circle:
    """A voice in the making."""

    accounts: list[Account]
    sources: set[str]
    originals: list[int]
    """Sketches that are no copies of each other."""
    quotes: str

    def heard(self, one: Account) -> bool:
        """Whether an account has a source or a text in common with it, or one quotes the other."""
        if one.speaker in self.sources:
            return True
        if one.sketch and any(equal_lanes(one.sketch, text) >= _COPIED for text in self.originals):
            return True
        return _quotes(self.quotes, one.speaker) or any(_quotes(one.saying, source) for source in self.sources)

    def hear(self, one: Account) -> None:
        """Take in an account that comes after all of it."""
        self.accounts.append(one)
        self.sources.add(one.speaker)
        self._add_original(one.sketch)
        self.quotes += "\n" + one.saying

    def take(self, other: "_Circle") -> None:
        """Take in another."""
        self.accounts = sorted([*self.accounts, *other.accounts], key=_order)
        self.sources |= other.sources
        for text in other.originals:
            self._add_original(text)
        self.quotes += "\n" + other.quotes

    def _add_original(self, text: int) -> None:
        if text and not any(equal_lanes(text, known) >= _COPIED for known in self.originals):
            self.originals.append(text)


def _quotes(text: str, source: str) -> bool:
    return len(source) >= _QUOTABLE and source in text


_order: Final = attrgetter("order")
