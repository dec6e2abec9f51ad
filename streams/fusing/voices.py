"""Who speaks independently: copies of one text, one outlet's updates and outlets that quote one source are one voice."""

from collections.abc import Iterable
from typing import Final

from schemas.policy import Policy
from schemas.taxonomy import InformationCredibility, Reliability
from streams.fusing.account import Account

COPY: Final = 0.5
"""Share of equal sketch positions from which on two texts are copies."""
_QUOTABLE: Final = 6
"""Letters from which on a source's name in another's words is taken for it."""

Voice = tuple[Account, ...]
"""Accounts that count as one source, in order of publication."""


def voices(accounts: Iterable[Account]) -> tuple[Voice, ...]:
    """Group accounts into independent voices, in order of each one's first publication; a function of the set."""
    found: list[list[Account]] = []
    for one in sorted(accounts, key=lambda a: a.order):
        same = [voice for voice in found if any(_dependent(one, other) for other in voice)]
        joined = [*(a for voice in same for a in voice), one]
        found = [voice for voice in found if voice not in same] + [joined]
    ordered = (tuple(sorted(voice, key=lambda a: a.order)) for voice in found)
    return tuple(sorted(ordered, key=lambda voice: voice[0].order))


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


def _dependent(a: Account, b: Account) -> bool:
    if a.source.casefold() == b.source.casefold() or _quotes(a, b) or _quotes(b, a):
        return True
    if not a.sketch or len(a.sketch) != len(b.sketch):
        return False
    return sum(x == y for x, y in zip(a.sketch, b.sketch, strict=True)) >= COPY * len(a.sketch)


def _quotes(a: Account, b: Account) -> bool:
    return len(b.source) >= _QUOTABLE and b.source.casefold() in a.quote.casefold()
