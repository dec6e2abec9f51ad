"""Accounts that cannot be of one incident, whatever third ones say: their scores as clustering is to see them."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from streams.fusing.account import Account
from streams.fusing.clusters import PIN
from streams.fusing.holdings import Links, Overlay
from streams.fusing.likeness import APART, confused

OPPOSED: Final = -3000
"""Score of two accounts that name different facilities: it takes seven strong agreements to outvote it."""


class Opposing:
    """Scores of one component's accounts with those that oppose each other.

    These are passages of one report, and accounts that name facilities which nobody confuses. Facilities that an
    operator's merge took for one are not held against each other.
    """

    def __init__(self, accounts: Mapping[str, Account], scores: Overlay) -> None:
        self._accounts = accounts
        self._scores = scores
        self._naming: dict[str, list[str]] = defaultdict(list)
        for mention_id, one in accounts.items():
            if one.facility_id:
                self._naming[one.facility_id].append(mention_id)
        self._known: dict[tuple[str, str], bool] = {}

    def __getitem__(self, mention_id: str) -> Links:
        """Return what an account scores with those around it, and with those that oppose it."""
        links = self._scores[mention_id]
        opposed = self._opposed_to(mention_id)
        if not opposed:
            return links
        return {**links, **{m: s for m, s in opposed.items() if abs(links.get(m, 0)) < PIN // 2}}

    def _opposed_to(self, mention_id: str) -> Links:
        one, opposed = self._accounts[mention_id], Links()
        if (named := one.facility_id) and len(self._naming) > 1:
            for other, those in self._naming.items():
                if other != named and self._unlike(named, other):
                    opposed.update(dict.fromkeys(those, OPPOSED))
        passages = self._scores.passages(one.report_id)
        if len(passages) > 1:
            opposed.update((m, APART) for m in passages if m != mention_id and m in self._accounts)
        return opposed

    def _unlike(self, one: str, other: str) -> bool:
        """Whether two facilities are held against each other."""
        key = (one, other) if one < other else (other, one)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._never_one(*(self._naming[facility] for facility in key))
        return known

    def _never_one(self, ones: list[str], others: list[str]) -> bool:
        if confused(self._accounts[ones[0]], self._accounts[others[0]]):
            return False
        if not self._scores.ruled:
            return True
        return all(self._scores[a].get(b, 0) < PIN for a in ones for b in others)
