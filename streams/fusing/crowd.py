"""Who speaks of a story that very many tell: a fixed sample of its accounts; the others are counted.

Accounts are taken in order of a hash, so that nobody chooses who speaks. One that `CROWD` speakers before it resemble
is quiet: it is held and counted with the first of them, its guide, and compared with no other. So a story of thousands
has a few dozen speakers, its row stays small, and what a further report costs does not grow with it. Who is quiet is a
function of the set of accounts: an event takes up again only those whose speakers it changes, in order.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Final

from streams.fusing.account import Account
from streams.fusing.holdings import Holdings
from streams.fusing.likeness import score
from streams.fusing.rows import Quiet

CROWD: Final = 24
"""So many speakers are enough: an account that resembles this many adds nothing but its number."""
RESEMBLES: Final = -100
"""Score from which on one account speaks for another: not quite against their being one."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Who speaks, and who is only counted, after an event."""

    speaking: tuple[Account, ...] = ()
    """Those that speak now and did not."""
    silenced: tuple[Account, ...] = ()
    """Those that spoke and do not any more; or were withdrawn."""
    quiet: dict[str, Quiet | None] = field(default_factory=dict)
    """Quiet ones that come, are counted elsewhere, or go (None), by mention id."""


UNMOVED: Final = Shift()


def shift(held: Holdings, added: Account | None, removed: Collection[Account], ruled: Collection[str]) -> Shift:
    """Return what an event changes; nothing is changed yet.

    Parameters
    ----------
    removed
        Accounts that are withdrawn or replaced, speaking or quiet.
    ruled
        Mentions that operators spoke of: these always speak.
    """
    if not held.quiet.by_id and (added is None or not _crowds(held, added)):
        return Shift((added,) if added else (), tuple(removed))
    return _Settling(held, frozenset(ruled)).settle(added, removed)


def _crowds(held: Holdings, added: Account) -> bool:
    """Whether an account may make anybody quiet, itself or another."""
    near = [k for k, s in held.links_of(added).items() if s >= RESEMBLES]
    return len(near) >= CROWD or any(_company(held.links(k)) >= CROWD - 1 for k in near)


def _company(links: Mapping[str, int]) -> int:
    """How many accounts resemble one, or a number too small to matter."""
    return sum(s >= RESEMBLES for s in links.values()) if len(links) >= CROWD - 1 else 0


class _Settling:
    """One event's changes, as they spread from accounts to those after them in the order."""

    def __init__(self, held: Holdings, ruled: frozenset[str]) -> None:
        self._held = held
        self._ruled = ruled
        self._speaking: dict[str, Account] = {}
        self._silenced: dict[str, Account] = {}
        self._quiet: dict[str, Quiet | None] = {}
        self._due: list[tuple[tuple[int, str], Account]] = []
        self._taken_up: set[str] = set()

    def settle(self, added: Account | None, removed: Iterable[Account]) -> Shift:
        """Take up all that the event concerns, and all that this concerns, in order."""
        for one in removed:
            self._remove(one)
        if added:
            self._take_up(added)
        for mention_id in self._ruled & self._held.quiet.by_id.keys():
            self._take_up(self._held.quiet.by_id[mention_id].account)
        while self._due:
            one = heappop(self._due)[1]
            guide = None if one.mention_id in self._ruled else self._guide(one)
            if guide is None:
                self._speak(one)
            else:
                self._hush(one, guide)
        return Shift(tuple(self._speaking.values()), tuple(self._silenced.values()), self._quiet)

    def _guide(self, one: Account) -> str | None:
        """The first of the speakers that resemble an account, where they are enough to make it quiet."""
        gained = sorted(self._resembling(one, self._speaking))
        known = self._held.quiet.by_id.get(one.mention_id)
        if known is not None and known.account is one and known.guide not in self._silenced:
            lost = sum(1 for _ in self._resembling(one, self._silenced))
            if lost <= len(gained):  # it had enough, and has as many
                return min([(self._held.accounts[known.guide].rank, known.guide), *gained])[1]
        stayed = [
            (speaker.rank, m)
            for m, s in self._links(one).items()
            if s >= RESEMBLES and m not in self._silenced and (speaker := self._held.accounts[m]).rank < one.rank
        ]
        speakers = stayed + gained
        return None if len(speakers) < CROWD else min(speakers)[1]

    def _resembling(self, one: Account, others: Mapping[str, Account]) -> Iterator[tuple[tuple[int, str], str]]:
        """Those of some accounts that come before one and resemble it."""
        for mention_id, other in others.items():
            if other.rank < one.rank and score(self._held.profile(one), self._held.profile(other)) >= RESEMBLES:
                yield other.rank, mention_id

    def _remove(self, one: Account) -> None:
        if one.mention_id in self._held.quiet.by_id:
            self._quiet[one.mention_id] = None
        else:
            self._silenced[one.mention_id] = one
            self._take_up_quiet_after(one)

    def _speak(self, one: Account) -> None:
        if self._held.accounts.get(one.mention_id) is one:
            return
        self._speaking[one.mention_id] = one
        if one.mention_id in self._held.quiet.by_id:
            self._quiet[one.mention_id] = None
        for mention_id, s in self._links(one).items():
            after = self._held.accounts[mention_id]
            if s >= RESEMBLES and after.rank > one.rank and mention_id not in self._silenced:
                self._take_up(after)
        self._take_up_quiet_after(one, lambda quiet: self._held.accounts[quiet.guide].rank > one.rank)

    def _hush(self, one: Account, guide: str) -> None:
        known = self._held.quiet.by_id.get(one.mention_id)
        if known is None or known.account is not one or known.guide != guide:
            self._quiet[one.mention_id] = Quiet(one, guide)
        if self._held.accounts.get(one.mention_id) is one:
            self._silenced[one.mention_id] = one
            self._take_up_quiet_after(one)

    def _take_up(self, one: Account) -> None:
        if one.mention_id not in self._taken_up:
            self._taken_up.add(one.mention_id)
            heappush(self._due, (one.rank, one))

    def _take_up_quiet_after(self, one: Account, which: Callable[[Quiet], bool] = lambda _: True) -> None:
        """Take up the quiet ones after an account that resemble it."""
        prepared = self._held.profile(one)
        for other in self._held.quiet.around(prepared):
            after = other.account
            withdrawn = after.mention_id in self._quiet and self._quiet[after.mention_id] is None
            if after.rank <= one.rank or withdrawn or not which(self._held.quiet.by_id[after.mention_id]):
                continue
            if score(prepared, other) >= RESEMBLES:
                self._take_up(after)

    def _links(self, one: Account) -> Mapping[str, int]:
        held = self._held
        return held.links(one.mention_id) if held.accounts.get(one.mention_id) is one else held.links_of(one)
