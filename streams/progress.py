"""What was fetched of each partition and what of that is finished: what is next, may be committed, got lost.

    fetched   17 18 19 20 21 22       finished 17 18       comes 21
    committable: 19, the first that is not finished; 21 is out of turn: 19 and 20 were dropped, and are read again first

Between the fetch and an agent Faust drops records around every rebalance, counts on their being read again, and when
they are not takes the jump for a gap in the topic, goes on behind it and commits past it. Here nothing that was fetched
counts as done before an agent has finished it, and nothing is begun before all that came before it is done: what was
made of a record out of turn may be delivered, and contradicts what is made of it in its turn after a crash.
"""

import threading
from collections import deque
from collections.abc import Iterable

from faust.types import TP


class Account:
    """One partition since it was last sought."""

    def __init__(self) -> None:
        self._fetched: deque[int] = deque()
        self._finished: set[int] = set()
        self._next: int | None = None
        self._passed_over = False

    def fetched(self, offsets: Iterable[int]) -> None:
        """Note what was fetched, in order."""
        self._fetched.extend(offsets)

    def in_turn(self, offset: int) -> bool:
        """Whether it is the first that is not finished: none before it was dropped, and it is not stale."""
        self.committable()
        if not self._fetched or offset < self._fetched[0]:
            return False
        if offset > self._fetched[0]:
            self._passed_over = True
            return False
        return True

    def finish(self, offset: int) -> None:
        """Note that an agent has finished one."""
        if self._fetched and offset >= self._fetched[0]:
            self._finished.add(offset)

    def committable(self) -> int | None:
        """Return the offset from which a successor must read on; None where nothing new is finished."""
        while self._fetched and self._fetched[0] in self._finished:
            offset = self._fetched.popleft()
            self._finished.discard(offset)
            self._next = offset + 1
        return self._next

    @property
    def dropped(self) -> int | None:
        """The first offset that was passed over: one partition's records are finished in order."""
        self.committable()
        return self._fetched[0] if self._fetched and (self._finished or self._passed_over) else None

    @property
    def unfinished(self) -> int:
        """How many were fetched and are not finished."""
        return len(self._fetched) - len(self._finished)


class Progress:
    """The accounts of the partitions that a process holds; told from the consumer's thread and from the agents'."""

    def __init__(self) -> None:
        self._accounts: dict[TP, Account] = {}
        self._lock = threading.Lock()

    def fetched(self, tp: TP, offsets: Iterable[int]) -> None:
        """Note what was fetched of a partition, in order."""
        with self._lock:
            self._accounts.setdefault(tp, Account()).fetched(offsets)

    def in_turn(self, tp: TP, offset: int) -> bool:
        """Whether a record is the next of its partition; else it comes again, after those that were passed over."""
        with self._lock:
            account = self._accounts.get(tp)
            return account is not None and account.in_turn(offset)

    def finish(self, tp: TP, offset: int) -> None:
        """Note that an agent has finished a record."""
        with self._lock:
            if (account := self._accounts.get(tp)) is not None:
                account.finish(offset)

    def committable(self, tp: TP) -> int | None:
        """Return the offset up to which everything is finished; None where nothing new is."""
        with self._lock:
            account = self._accounts.get(tp)
            return None if account is None else account.committable()

    def dropped(self) -> dict[TP, int]:
        """Return, for each partition of which records were passed over, where to read on."""
        with self._lock:
            return {tp: at for tp, account in self._accounts.items() if (at := account.dropped) is not None}

    def unfinished(self, tp: TP) -> int:
        """Return how many records of a partition were fetched and are not finished."""
        with self._lock:
            account = self._accounts.get(tp)
            return 0 if account is None else account.unfinished

    @property
    def partitions(self) -> list[TP]:
        """The partitions of which something was fetched."""
        with self._lock:
            return list(self._accounts)

    def begin(self, tps: Iterable[TP]) -> None:
        """Forget what was fetched of partitions: they are read anew from another place, or are gone."""
        with self._lock:
            for tp in tps:
                self._accounts.pop(tp, None)
