"""The same for aiokafka as `alerts.header_names` for kafka-python: a header name that is no UTF-8 stops no worker.

Its C code unpacks; only a batch that it cannot is unpacked once more, record by record, in Python.
"""

from collections.abc import Iterator
from typing import Any

from aiokafka.consumer import fetcher
from aiokafka.errors import CorruptRecordException
from aiokafka.record.default_records import _DefaultRecordBatchPy
from aiokafka.record.memory_records import MemoryRecords

from alerts.header_names import Readable

_LENGTH_AT = 8
_AFTER_LENGTH = 12


class _ReadableBatchPy(Readable, _DefaultRecordBatchPy):  # type: ignore[misc]  # final for type checkers only
    pass


class _ReadableBatch:
    """A batch that is unpacked anew, leniently, from the first record that could not be."""

    def __init__(self, batch: Any, data: bytes, place: slice) -> None:  # noqa: ANN401  aiokafka's C type
        self._batch, self._data, self._place = batch, data, place

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._batch, name)

    def __iter__(self) -> Iterator[Any]:
        done = 0
        try:
            for record in self._batch:
                yield record
                done += 1
        except (UnicodeDecodeError, CorruptRecordException):
            for n, record in enumerate(_ReadableBatchPy(self._data[self._place])):
                if n >= done:
                    yield record


class ReadableRecords:
    """The batches of a fetch; takes the place of aiokafka's `MemoryRecords` where it fetches."""

    def __init__(self, data: bytes) -> None:
        self._records, self._data, self._at = MemoryRecords(data), data, 0

    def size_in_bytes(self) -> int:
        """Return how many bytes were fetched."""
        return int(self._records.size_in_bytes())

    def has_next(self) -> bool:
        """Whether a whole batch is left."""
        return bool(self._records.has_next())

    def next_batch(self) -> Any:  # noqa: ANN401  aiokafka's C type
        """Return the next batch."""
        batch = self._records.next_batch()
        length_at = self._at + _LENGTH_AT
        end = self._at + _AFTER_LENGTH + int.from_bytes(self._data[length_at : length_at + 4], "big")
        place, self._at = slice(self._at, end), end
        return _ReadableBatch(batch, self._data, place)


def unpack_any_header_name() -> None:
    """Let aiokafka, in this process, unpack what anybody has written."""
    fetcher.MemoryRecords = ReadableRecords
