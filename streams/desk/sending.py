"""Records from a command to a topic, each delivery awaited before the command says that it is done.

SendError       the broker did not take a record; the message says which and why
"""

import logging
from collections import deque
from types import TracebackType
from typing import Self

from kafka import KafkaProducer
from kafka.errors import KafkaError, KafkaTimeoutError
from kafka.producer.future import FutureRecordMetadata

from schemas.connection import Connection
from schemas.record import Record
from schemas.signing import Signer
from schemas.topics import Stream
from streams.admin import BrokerUnreachableError, probe
from streams.envelope import encode
from streams.topology import DEAD_LETTER_MAX_BYTES

_IN_FLIGHT = 10_000
_TIMEOUT_S = 30.0
_CLOSE_S = 5.0


class SendError(Exception):
    """A record was not taken."""


class Sender:
    """A producer that knows at the end that everything arrived; use it as a context manager.

    Parameters
    ----------
    connection, namespace
        Where to send.
    source
        CloudEvents `source` of what is sent.
    signer
        Signs it, where there is one.

    Raises
    ------
    BrokerUnreachableError
        At once, when nothing that speaks Kafka answers.
    """

    def __init__(
        self, connection: Connection, namespace: str, source: str = "/tocsin/cli", signer: Signer | None = None
    ) -> None:
        address = probe(connection)
        logging.getLogger("kafka").setLevel(logging.CRITICAL)
        self._namespace = namespace
        self._source = source
        self._signer = signer
        self._pending: deque[tuple[str, FutureRecordMetadata]] = deque()
        self.arrived = 0
        """Records of which it is known that they arrived, with all before them."""
        try:
            self._producer = KafkaProducer(
                **connection.kafka_python(),
                client_id="tocsin",
                linger_ms=20,
                batch_size=131_072,
                max_block_ms=10_000,
                max_request_size=DEAD_LETTER_MAX_BYTES,
                delivery_timeout_ms=int(_TIMEOUT_S * 1000),
                request_timeout_ms=10_000,
                bootstrap_timeout_ms=10_000,
                allow_auto_create_topics=False,
            )
        except KafkaError as e:
            raise BrokerUnreachableError(f"{address} took us once, and then did not answer: {e}") from e

    def send(self, stream: Stream, record: Record, key: str, partition: int | None = None) -> None:
        """Send a record on its way.

        Raises
        ------
        SendError
            The broker did not take this record, or one sent before.
        """
        encoded = encode(record, key, self._source)
        if self._signer is not None:
            encoded.headers.append(self._signer.header(self._namespace, record.ce_type, encoded.value))
        self._put(stream.topic(self._namespace), encoded.key, encoded.value, encoded.headers, partition)

    def send_bytes(
        self,
        topic: str,
        key: bytes | None,
        value: bytes | None,
        headers: list[tuple[str, bytes]],
        partition: int | None = None,
        timestamp_ms: int | None = None,
    ) -> None:
        """Send a record as it is on its way, to any topic.

        Raises
        ------
        SendError
            The broker did not take this record, or one sent before.
        """
        self._put(topic, key, value, headers, partition, timestamp_ms)

    def forget(self, stream: Stream, key: str) -> None:
        """Send a tombstone: the key is forgotten.

        Raises
        ------
        SendError
            The broker did not take this record, or one sent before.
        """
        self._put(stream.topic(self._namespace), key.encode(), None, [], None)

    def look(self) -> None:
        """Count what has arrived since."""
        while self._pending and self._pending[0][1].succeeded():
            self._pending.popleft()
            self.arrived += 1

    def settle(self) -> None:
        """Wait until everything that was sent has arrived.

        Raises
        ------
        SendError
            Something did not.
        """
        while self._pending:
            self._await_oldest()

    def close(self) -> None:
        """Close the connections; what has not arrived by now is given up."""
        try:
            self._producer.close(timeout=_CLOSE_S)
        except (
            KafkaTimeoutError
        ):  # its close waits for what is under way, and leaves everything open where that takes long
            self._producer._sender.force_close()  # noqa: SLF001  nothing public gives up
            self._producer.close(timeout=_CLOSE_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.settle()
        finally:
            self.close()

    def _put(
        self,
        topic: str,
        key: bytes | None,
        value: bytes | None,
        headers: list[tuple[str, bytes]],
        partition: int | None,
        timestamp_ms: int | None = None,
    ) -> None:
        what = f"{topic}: {'a record without a key' if key is None else key.decode(errors='replace')}"
        try:
            future = self._producer.send(topic, value, key, headers, partition, timestamp_ms)
        except KafkaTimeoutError as e:
            raise SendError(f"{topic}: no such topic, or its leader is away ({e}); `tocsin doctor` tells") from e
        except (KafkaError, AssertionError) as e:
            raise SendError(f"{what} was not taken: {e}") from e
        self._pending.append((what, future))
        self.look()
        if len(self._pending) > _IN_FLIGHT:
            self._await_oldest()

    def _await_oldest(self) -> None:
        what, future = self._pending.popleft()
        try:
            future.get(timeout=_TIMEOUT_S)
        except KafkaError as e:
            raise SendError(f"{what} was not taken: {e}") from e
        self.arrived += 1
