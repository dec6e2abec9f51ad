"""A stage's rows as the stage sees them, by partition; and the Faust table that keeps them, one dictionary for all.

The partition stands in front of each value: the changelog record goes to the partition of the event at hand, whatever
the key, and after a rebalance rows of partitions that went elsewhere linger in Faust's memory store. Values are never
falsy, since those vanish in recovery.

Rows of one event that make sense only together (an account that goes from one incident to another) are announced by a
row that holds them all. A crash may leave the changelog anywhere: whoever takes over finds all of them or none.

    ~pending/0 {a, b}    a    b    ~pending/0 deleted

The first event of a partition leaves a row that says so: where something was committed and the changelog is empty,
state was lost, and going on would contradict what was said before (`streams/admin.py` looks for it).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Final, cast

import faust
import orjson
from faust.tables import Table

_FOUNDED: Final = b"~founded/"
_PENDING: Final = b"~pending/"
_TOGETHER_BYTES: Final = 900_000
"""More is written without word of it before: a changelog takes no larger record."""


class Rows:
    """The rows of one stage, in memory."""

    def __init__(self) -> None:
        self._by_partition: dict[int, dict[str, bytes]] = defaultdict(dict)

    def of(self, partition: int) -> dict[str, bytes]:
        """Return the rows of a partition, by key; to be read, not written."""
        return self._by_partition[partition]

    def put(self, partition: int, key: str, row: bytes | None) -> None:
        """Write a row, or delete it."""
        rows = self.of(partition)
        if row is not None:
            rows[key] = row
        else:
            rows.pop(key, None)

    def put_each(self, partition: int, rows: Mapping[str, bytes | None]) -> None:
        """Write rows one by one."""
        for key, row in rows.items():
            self.put(partition, key, row)

    def put_together(self, partition: int, rows: Mapping[str, bytes | None]) -> None:
        """Write rows that make sense only together."""
        self.put_each(partition, rows)

    def found(self, partition: int) -> None:
        """Leave word that the partition has been worked on."""

    def __len__(self) -> int:
        return sum(map(len, self._by_partition.values()))


class TableRows(Rows):
    """The rows of one stage, kept in a Faust table.

    Parameters
    ----------
    app
        The Faust app.
    name
        Name of the table: its changelog is `<app id>-<name>-changelog`.
    partitions
        Partitions of the stage's topic, and so of the changelog.
    on_recovered
        Called when the table is right again after partitions came or went: views built on rows are void.
    """

    def __init__(self, app: faust.App, name: str, partitions: int, on_recovered: Callable[[], None]) -> None:
        super().__init__()
        self._app = app
        self._on_recovered = on_recovered
        self._table = cast(
            "Table[bytes, bytes]",
            app.Table(name, partitions=partitions, key_type=bytes, value_type=bytes, on_recover=self._recovered),
        )
        self._partitions = partitions
        self._seen = False
        self._founded: set[int] = set()

    def found(self, partition: int) -> None:
        """Leave word that the partition has been worked on, and write what a crash cut short; within an event of it."""
        if partition in self._founded:
            return
        self._founded.add(partition)
        key = b"%s%d" % (_FOUNDED, partition)
        if key not in self._table:
            self._table[key] = b"%d founded" % partition
        if pending := self._table.get(_PENDING + b"%d" % partition):
            rows = orjson.loads(pending.partition(b" ")[2])
            self._put_announced(partition, {k: None if row is None else row.encode() for k, row in rows.items()})

    def of(self, partition: int) -> dict[str, bytes]:
        """Return the rows of a partition, by key; to be read, not written."""
        if not self._seen:
            self._seen = True
            for key, owner, row in self._stored():
                self._by_partition[owner][key] = row
        return self._by_partition[partition]

    def put(self, partition: int, key: str, row: bytes | None) -> None:
        """Write a row, or delete it; within an agent's event of that partition."""
        raw_key = key.encode()
        if row is not None:
            self._table[raw_key] = b"%d %s" % (partition, row)
        elif key in self.of(partition):
            self._delete(partition, raw_key)
        super().put(partition, key, row)

    def _delete(self, partition: int, raw_key: bytes) -> None:
        """Delete a partition's row; a producer that scatters one key may have left another partition's in its place."""
        if (self._table.get(raw_key) or b"").startswith(b"%d " % partition):
            del self._table[raw_key]
        else:
            self._table.on_key_del(raw_key)  # the changelog of this partition alone

    def put_together(self, partition: int, rows: Mapping[str, bytes | None]) -> None:
        """Write rows that make sense only together: after a crash all are there, or none; within an event."""
        if len(rows) < 2:
            self.put_each(partition, rows)
            return
        told = orjson.dumps({key: None if row is None else row.decode() for key, row in rows.items()})
        if len(told) > _TOGETHER_BYTES:
            self.put_each(partition, rows)
            return
        self._table[_PENDING + b"%d" % partition] = b"%d %s" % (partition, told)
        self._put_announced(partition, rows)

    def _put_announced(self, partition: int, rows: Mapping[str, bytes | None]) -> None:
        self.put_each(partition, rows)
        del self._table[_PENDING + b"%d" % partition]

    def _stored(self) -> Iterator[tuple[str, int, bytes]]:
        for key, value in self._table.items():
            if value and not key.startswith((_FOUNDED, _PENDING)):
                owner, _, row = value.partition(b" ")
                yield key.decode(), int(owner), row

    async def _recovered(self) -> None:
        """Partitions came or went: forget the view, and the rows of those that went, which others change now."""
        held = {tp.partition for tp in self._app.consumer.assignment() if tp.topic == self._table.changelog_topic_name}
        for key, owner, _ in list(self._stored()):
            if owner not in held:
                self._table.data.data.pop(key.encode(), None)
        for partition in set(range(self._partitions)) - held:
            self._table.data.data.pop(_PENDING + b"%d" % partition, None)
        self._by_partition.clear()
        self._seen = False
        self._founded.clear()
        self._on_recovered()
