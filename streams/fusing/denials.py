"""Denials: "earlier reports of an explosion at X were wrong". Which accounts they concern, by what both say.

A denial concerns what was published before it, of the same target (or place, where none is named), time and kind. What
a source says in its own words takes back its own accounts. To all others it is a dispute, which lowers the credibility
of their incident (`compose.py`) and is shown in it: only a source itself, or an operator, withdraws what it said.
"""

from collections.abc import Iterable
from typing import Final

from streams.fusing.account import Account
from streams.fusing.likeness import alike_in_kind, apart_s, target_bin
from streams.fusing.neighbourhood import Neighbourhood
from streams.fusing.profile import Profile, apart_km, profile
from streams.fusing.rows import Denied

WITHIN_KM: Final = 10.0
"""Two places of one name are so near each other that a denial of one means the other."""
_SAME_TARGET: Final = frozenset({2, 3, 6})
_NO_TARGET: Final = 0


class Denials:
    """The denials that a partition holds; mutable, one for each partition."""

    def __init__(self) -> None:
        self.by_id: dict[str, Denied] = {}
        self._profiles: dict[str, Profile] = {}
        self._near = Neighbourhood()

    def add(self, one: Denied) -> None:
        """Take one in."""
        mention_id = one.account.mention_id
        self.by_id[mention_id] = one
        self._profiles[mention_id] = prepared = profile(one.account)
        self._near.add(prepared)

    def remove(self, one: Denied) -> None:
        """Take it out again."""
        del self.by_id[one.account.mention_id]
        self._near.remove(self._profiles.pop(one.account.mention_id))

    def by(self, report_id: str) -> list[Account]:
        """Return what a report denies."""
        return [d.account for m, d in sorted(self.by_id.items()) if d.account.report_id == report_id]

    def of(self, accounts: Iterable[Profile]) -> set[str]:
        """Return the ids of those that concern any of some accounts."""
        if not self.by_id:
            return set()
        return {m for a in accounts for m, d in self._near.around(a).items() if concerns(d, a)}


def concerns(denial: Profile, one: Profile) -> bool:
    """Whether a denial is of what an account tells."""
    if one.published_s > denial.published_s or one.report_id == denial.report_id or one.realm != denial.realm:
        return False
    if apart_s(denial, one) > max(denial.margin_s, one.margin_s) or not alike_in_kind(denial, one):
        return False
    distance_km = apart_km(denial, one)
    target = target_bin(denial, one, distance_km)
    same_place = distance_km <= WITHIN_KM and not denial.place.isdisjoint(one.place)
    return target in _SAME_TARGET or (target == _NO_TARGET and same_place)
