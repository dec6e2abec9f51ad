"""Which accounts are of one incident: average-linkage clustering of the pairs' log odds, a function of the set alone.

Agglomerative clustering with the mean as linkage (Sokal and Michener 1958), cut where the mean log odds of two groups
fall under `CUT`; ties go to the smaller id. Scores are whole hundredths, so that no sum depends on its order. A pair
that is not in the table scores `FLOOR`.
"""

from collections.abc import Iterable, Mapping
from heapq import heapify, heappop, heappush
from typing import Final, Protocol

FLOOR: Final = -450
"""The least that a pair scores, in hundredths of log odds: one contradiction is outvoted by many agreements."""
CEILING: Final = 600
LINK: Final = 20
"""Two accounts are in one component when a chain of pairs scores more than this."""
CUT: Final = -140
"""Groups are joined while their mean score lies above: an incident's accounts leave out and misstate much."""

PIN: Final = 1_000_000_000
"""Score of two accounts that an operator put together; its negative where they were put apart."""

Pair = tuple[str, str, int]


class Scores(Protocol):
    """Symmetric: what two accounts, by mention id, score; pairs at `FLOOR` are left out."""

    def __getitem__(self, mention_id: str, /) -> Mapping[str, int]:
        """Return what an account scores with those around it."""
        ...


def components(seeds: Iterable[str], scores: Scores) -> list[list[str]]:
    """Return the sets of accounts that chains of links connect, of all that the seeds are in; each sorted."""
    found: set[str] = set()
    apart = []
    for seed in sorted(seeds):
        if seed not in found:
            apart.append(_component(seed, scores))
            found.update(apart[-1])
    return apart


def partition(members: list[str], scores: Scores, opposed: Iterable[Pair] = ()) -> list[tuple[str, ...]]:
    """Split accounts into incidents; groups and their members come sorted.

    Parameters
    ----------
    members
        One whole component.
    opposed
        Pairs that contradict each other, with a score of so much that no agreement of third ones outvotes it.
    """
    inside = set(members)
    opposed = list(opposed)
    if not opposed and _agree(inside, scores):
        return [tuple(members)]
    linkage = {u: {v: s - FLOOR for v, s in scores[u].items() if v in inside} for u in members}
    for u, v, s in opposed:
        if abs(linkage[u].get(v, 0)) < PIN // 2:
            linkage[u][v] = linkage[v][u] = s - FLOOR
    groups = {u: [u] for u in members}
    heap: list[tuple[float, str, str]] = [
        (-s, u, v) for u, near in linkage.items() for v, s in near.items() if u < v and s + FLOOR > CUT
    ]
    heapify(heap)
    while heap:
        negative, u, v = heappop(heap)
        if u not in linkage or v not in linkage[u]:
            continue
        size = len(groups[u]) * len(groups[v])
        if -negative != linkage[u][v] / size:
            continue
        _join(u, v, linkage, groups)
        for x, s in linkage[u].items():
            mean = s / (len(groups[u]) * len(groups[x]))
            if mean + FLOOR > CUT:
                heappush(heap, (-mean, min(u, x), max(u, x)))
    return sorted(tuple(sorted(g)) for g in groups.values())


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


def _join(u: str, v: str, linkage: dict[str, dict[str, int]], groups: dict[str, list[str]]) -> None:
    """Join group v into group u; sums of scores add up."""
    groups[u] += groups.pop(v)
    of_u = linkage[u]
    del of_u[v]
    for x, s in linkage.pop(v).items():
        if x != u:
            of_u[x] = of_u.get(x, 0) + s
            linkage[x].pop(v)
            linkage[x][u] = of_u[x]
    for x, s in of_u.items():
        linkage[x][u] = s
