"""The quiet accounts of a partition (`crowd.py`): found by place and time, and counted with their guides."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from streams.fusing.neighbourhood import Neighbourhood
from streams.fusing.profile import Profile, profile
from streams.fusing.rows import Crowd, Quiet

_LAST_TO_S: Final = 600


class QuietOnes:
    """An index of quiet accounts; mutable, one for each partition."""

    def __init__(self) -> None:
        self.by_id: dict[str, Quiet] = {}
        self.profiles: dict[str, Profile] = {}
        self._near = Neighbourhood()
        self._following: dict[str, set[str]] = defaultdict(set)
        self._crowds: dict[str, Crowd] = {}

    def add(self, one: Quiet) -> None:
        """Take one in."""
        mention_id = one.account.mention_id
        self.by_id[mention_id] = one
        self.profiles[mention_id] = prepared = profile(one.account)
        self._near.add(prepared)
        self._following[one.guide].add(mention_id)
        self._crowds[one.guide] = _and(self._crowds.get(one.guide, Crowd()), one.account.published_s)

    def remove(self, one: Quiet) -> None:
        """Take it out again."""
        mention_id = one.account.mention_id
        del self.by_id[mention_id]
        self._near.remove(self.profiles.pop(mention_id))
        self._following[one.guide].discard(mention_id)
        if not self._following[one.guide]:
            del self._following[one.guide]
        self._crowds[one.guide] = self._counted(self._following.get(one.guide, ()))

    def around(self, one: Profile) -> Iterable[Profile]:
        """Return those that may be of one incident with an account."""
        return self._near.around(one).values() if self.by_id else ()

    def following(self, guide: str) -> Iterable[str]:
        """Return the ids of those that are counted with a speaker."""
        return sorted(self._following.get(guide, ()))

    def crowd(self, speakers: Iterable[str], changes: Mapping[str, Quiet | None]) -> Crowd:
        """Return what is counted with some speakers, coarsely, as it will be after changes by mention id."""
        coming: dict[str, list[int]] = defaultdict(list)
        for one in changes.values():
            if one is not None:
                coming[one.guide].append(one.account.published_s)
        left = {known.guide for mention_id in changes if (known := self.by_id.get(mention_id)) is not None}
        total = Crowd()
        for speaker in speakers:
            mine = self._crowds.get(speaker, Crowd())
            if speaker in left:
                mine = self._counted(m for m in self._following[speaker] if m not in changes)
            for published_s in coming.get(speaker, ()):
                mine = _and(mine, published_s)
            if mine.count:
                total = Crowd(
                    total.count + mine.count,
                    _least(total.first_s, mine.first_s),
                    max(total.last_s or 0, mine.last_s or 0),
                )
        return Crowd(_coarse(total.count), total.first_s, total.last_s and total.last_s // _LAST_TO_S * _LAST_TO_S)

    def _counted(self, mention_ids: Iterable[str]) -> Crowd:
        total = Crowd()
        for mention_id in mention_ids:
            total = _and(total, self.by_id[mention_id].account.published_s)
        return total


def _and(crowd: Crowd, published_s: int) -> Crowd:
    return Crowd(crowd.count + 1, _least(crowd.first_s, published_s), max(crowd.last_s or 0, published_s))


def _least(a: int | None, b: int | None) -> int | None:
    return b if a is None else a if b is None else min(a, b)


def _coarse(count: int) -> int:
    """Round down to two digits."""
    step: int = 10 ** max(0, len(str(count)) - 2)
    return count // step * step
