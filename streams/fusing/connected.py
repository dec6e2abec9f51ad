"""The components of a partition's accounts and their clusterings, so that an event works out only what it changes.

Nothing but a memory: whatever is missing here is worked out from the accounts, with the same result.
"""

from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from streams.fusing.account import Account
from streams.fusing.clusters import LINK, Clustering, Scores, cluster, components

_WORTH: Final = 0.5
"""A clustering is taken up again when less than this share of a component has changed since."""

Members = dict[str, Account]


@dataclass(frozen=True, slots=True, eq=False)
class Component:
    """Accounts that chains of links connect, and their incidents."""

    members: Members
    clustering: Clustering


class Connected:
    """What is known of the components; mutable, one for each partition."""

    def __init__(self) -> None:
        self._of: dict[str, Component] = {}
        self._proposed: list[Component] = []
        self._proposed_for: tuple[AbstractSet[str], AbstractSet[str]] = (frozenset(), frozenset())

    def around(
        self, come: Collection[str], gone: Collection[str], seeds: Iterable[str], scores: Scores
    ) -> list[list[str]]:
        """Return the members of each component that an event concerns, sorted.

        Parameters
        ----------
        come, gone
            The accounts that come and go with the event.
        seeds
            Other accounts that it concerns.
        """
        seeds = {*seeds, *come}
        joined = None if gone or len(seeds) > len(come) else self._joined(come, scores)
        return components(seeds, scores) if joined is None else joined

    def clustered(self, members: Members, scores: Scores, *, afresh: bool) -> Clustering:
        """Cluster one component, beginning from how most of it was clustered unless `afresh`."""
        held = {id(c): c for m in members if (c := self._of.get(m))}.values()
        best = None if afresh else max(held, key=lambda c: len(c.members), default=None)
        if best is not None and best.clustering.joins is not None:
            come = [m for m, a in members.items() if best.members.get(m) is not a]
            gone = [m for m, a in best.members.items() if members.get(m) is not a]
            if len(come) + len(gone) < _WORTH * len(members):
                return cluster(members, scores, best.clustering.joins, come, gone)
        return cluster(members, scores)

    def propose(self, found: Sequence[Component], come: AbstractSet[str], gone: AbstractSet[str]) -> None:
        """Note what components become by an event, until its rows are written."""
        self._proposed, self._proposed_for = list(found), (come, gone)

    def settle(self, come: AbstractSet[str], gone: AbstractSet[str]) -> None:
        """Take over what was proposed, when just these accounts have come and gone; else forget what they concern."""
        if (come, gone) == self._proposed_for:
            for component in self._proposed:
                self._of.update(dict.fromkeys(component.members, component))
            for mention_id in gone - come:
                self._of.pop(mention_id, None)
        elif come:
            self._of.clear()
        else:
            for mention_id in gone:
                if (left := self._of.get(mention_id)) is not None:
                    for member in left.members:
                        self._of.pop(member, None)
        self.forget_proposals()

    def forget(self) -> None:
        """Forget all."""
        self._of.clear()

    def forget_proposals(self) -> None:
        """Forget what was proposed."""
        self.propose((), frozenset(), frozenset())

    def _joined(self, come: Collection[str], scores: Scores) -> list[list[str]] | None:
        """The components that accounts join or found, as known ones become one; None when one is not known."""
        apart: list[set[str]] = []
        for one in come:
            mine = {one}
            for other, score in scores[one].items():
                if score > LINK and other not in mine:
                    if other in come:
                        mine.add(other)
                    elif (known := self._of.get(other)) is None:
                        return None
                    else:
                        mine.update(known.members)
            meeting = [c for c in apart if not c.isdisjoint(mine)]
            apart = [c for c in apart if c.isdisjoint(mine)] + [mine.union(*meeting)]
        return [sorted(c) for c in apart]
