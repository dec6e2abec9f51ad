r"""Header names that are no UTF-8: Kafka carries any bytes, and the clients for Python stop at such a record for ever.

Here they are unpacked with each strange byte as an escape, `\xff`, so that one record of a hostile or broken sender
holds up nobody. Values are bytes and stay what they are. Source of the format: Kafka's protocol guide, "Record Batch".
"""

import kafka.record.memory_records as unpacking
from kafka.record.default_records import DefaultRecordBatch


class AnyBytes(bytearray):
    """A batch's bytes whose slices turn into text whatever they are."""

    def __getitem__(self, part):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN204  bytearray's
        """Return a byte, or a slice of this kind."""
        found = super().__getitem__(part)
        return AnyBytes(found) if isinstance(part, slice) else found

    def decode(self, encoding: str = "utf-8", errors: str = "backslashreplace") -> str:
        """Return the text, strange bytes as escapes."""
        return super().decode(encoding, errors)


class Readable:
    """Mixed into a client's batch of records, in front of it: both clients for Python unpack by the same names."""

    _buffer: bytearray

    def _maybe_uncompress(self) -> None:
        super()._maybe_uncompress()  # type: ignore[misc]  # the batch's
        if not isinstance(self._buffer, AnyBytes):
            self._buffer = AnyBytes(self._buffer)


class ReadableBatch(Readable, DefaultRecordBatch):  # type: ignore[misc]  # kafka-python has no types
    """kafka-python's batch of records."""


def unpack_any_header_name() -> None:
    """Let kafka-python, in this process, unpack what anybody has written."""
    unpacking.DefaultRecordBatch = ReadableBatch
