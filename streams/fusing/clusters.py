"""Which accounts are of one incident: average-linkage clustering of the pairs' log odds, a function of the set alone.

Agglomerative clustering with the mean as linkage (Sokal and Michener 1958), cut where the mean log odds of two groups
fall under `CUT`; ties go to the smaller id. Scores are whole hundredths, so that no sum depends on its order. A pair
that is not in the table scores `FLOOR`.

A group's mean with a third is never above the better of its parts' (reducibility, Bruynooghe 1977), so that what does
not meet an account that comes or goes is joined as it was before: `cluster` goes through the joins of the clustering
before, and works out only those that the change reaches.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import Final, Protocol

FLOOR: Final = -450
"""The least that a pair scores, in hundredths of log odds: one contradiction is outvoted by many agreements."""
CEILING: Final = 600
LINK: Final = -80
"""Two accounts are in one component when a chain of pairs scores more than this."""
CUT: Final = -140
"""Groups are joined while their mean score lies above: an incident's accounts leave out and misstate much."""

PIN: Final = 1_000_000_000
"""Score of two accounts that an operator put together; its negative where they were put apart."""

Join = tuple[float, str, str]
"""The mean of two groups above `FLOOR`, negative, and their first members: the order in which they are joined."""


class Scores(Protocol):
    """Symmetric: what two accounts, by mention id, score; pairs at `FLOOR` are left out."""

    def __getitem__(self, mention_id: str, /) -> Mapping[str, int]:
        """Return what an account scores with those around it."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Clustering:
    """How the accounts of one component were clustered."""

    groups: tuple[tuple[str, ...], ...]
    """The incidents; they and their members come sorted."""
    joins: tuple[Join, ...] | None
    """In order; None where all were found to be one without joining them one by one."""


def components(seeds: Iterable[str], scores: Scores) -> list[list[str]]:
    """Return the sets of accounts that chains of links connect, of all that the seeds are in; each sorted."""
    found: set[str] = set()
    apart = []
    for seed in sorted(seeds):
        if seed not in found:
            apart.append(_component(seed, scores))
            found.update(apart[-1])
    return apart


def cluster(
    members: Iterable[str],
    scores: Scores,
    before: Sequence[Join] | None = None,
    come: Iterable[str] = (),
    gone: Iterable[str] = (),
) -> Clustering:
    """Split one whole component into incidents.

    Parameters
    ----------
    before
        The joins of a clustering of the same accounts, but for those that have `come` and `gone` since; None to begin
        from nothing.
    """
    inside = set(members)
    if before is None:
        if _agree(inside, scores):
            return Clustering((tuple(sorted(inside)),), None)
        before, come = (), inside
    joining = _Joining(inside, scores, come, gone)
    joining.run(before)
    return Clustering(joining.groups(), tuple(joining.joins))


class _Joining:
    """A clustering in the making.

    Groups are *known* while they are what they were at this point of the clustering before: what is joined next among
    them stands in its joins. Of the others, which are *loose*, the sums of scores with every group are kept.
    """

    def __init__(self, inside: set[str], scores: Scores, come: Iterable[str], gone: Iterable[str]) -> None:
        self._inside = inside
        self._scores = scores
        self._members: dict[str, list[str]] = {}
        """Of the groups of more than one, by their first member."""
        self._joined_to: dict[str, str] = {}
        self._gone = set(gone)
        """First members of groups that were known, or would be."""
        self._loose = {m: self._row(m) for m in come}
        self._heap: list[Join] = [
            (-s, u, v) if u < v else (-s, v, u)
            for u, near in self._loose.items()
            for v, s in near.items()
            if s + FLOOR > CUT and (u < v or v not in self._loose)
        ]
        heapify(self._heap)
        self.joins: list[Join] = []

    def run(self, before: Sequence[Join]) -> None:
        """Join groups until no mean lies above the cut."""
        for join in before:
            while self._heap and self._heap[0] < join:
                self._join_loose(heappop(self._heap))
            _, u, v = join
            if u in self._gone:
                if v not in self._gone:
                    self._loosen(v)
            elif v in self._gone:
                self._loosen(u)
            else:
                self._join_known(join)
        while self._heap:
            self._join_loose(heappop(self._heap))

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Return the groups as they are."""
        alone = ((m,) for m in self._inside if m not in self._joined_to and m not in self._members)
        return tuple(sorted([*alone, *(tuple(sorted(group)) for group in self._members.values())]))

    def _join_known(self, join: Join) -> None:
        _, u, v = join
        self._unite(join)
        for other, near in self._loose.items():
            s = near.pop(v, None)
            if s is not None:
                near[u] = near.get(u, 0) + s
            elif u not in near:
                continue
            self._offer(other, u, near[u])

    def _join_loose(self, join: Join) -> None:
        negative, u, v = join
        near = self._loose.get(u)
        s = near.get(v) if near is not None else self._loose[v].get(u) if v in self._loose else None
        if s is None or -negative != s / (self._size(u) * self._size(v)):
            return
        for one in (u, v):
            if one not in self._loose:
                self._gone.add(one)
                self._loose[one] = self._sums(one)
        self._unite(join)
        of_u = self._loose[u]
        del of_u[v]
        for x, s in self._loose.pop(v).items():
            if x != u:
                of_u[x] = of_u.get(x, 0) + s
                if (near := self._loose.get(x)) is not None:
                    del near[v]
        for x, s in of_u.items():
            if (near := self._loose.get(x)) is not None:
                near[u] = s
            self._offer(u, x, s)

    def _loosen(self, one: str) -> None:
        """Take a known group for loose: what it was joined to is not there any more."""
        self._gone.add(one)
        near = self._loose[one] = self._sums(one)
        for other, s in near.items():
            self._offer(one, other, s)

    def _unite(self, join: Join) -> None:
        _, u, v = join
        self._members.setdefault(u, [u]).extend(self._members.pop(v, (v,)))
        self._joined_to[v] = u
        self.joins.append(join)

    def _offer(self, u: str, v: str, s: int) -> None:
        mean = s / (self._size(u) * self._size(v))
        if mean + FLOOR > CUT:
            heappush(self._heap, (-mean, u, v) if u < v else (-mean, v, u))

    def _size(self, first: str) -> int:
        members = self._members.get(first)
        return 1 if members is None else len(members)

    def _row(self, mention_id: str) -> dict[str, int]:
        inside = self._inside
        return {v: s - FLOOR for v, s in self._scores[mention_id].items() if v in inside}

    def _sums(self, first: str) -> dict[str, int]:
        """The sums of a group's scores with every other group."""
        sums: dict[str, int] = {}
        joined_to = self._joined_to
        for m in self._members.get(first, (first,)):
            for other, s in self._row(m).items():
                while (into := joined_to.get(other)) is not None:
                    other = into  # noqa: PLW2901 - up the chain of joins
                sums[other] = sums.get(other, 0) + s
        sums.pop(first, None)
        return sums


def _agree(inside: set[str], scores: Scores) -> bool:
    """Whether every pair scores above the cut: then every mean does, and all are one incident."""
    others = len(inside) - 1
    for u in inside:
        near = scores[u]
        if len(near) < others or sum([s > CUT and v in inside for v, s in near.items()]) < others:
            return False
    return True


def _component(seed: str, scores: Scores) -> list[str]:
    found = {seed}
    stack = [seed]
    while stack:
        for other, score in scores[stack.pop()].items():
            if score > LINK and other not in found:
                found.add(other)
                stack.append(other)
    return sorted(found)
