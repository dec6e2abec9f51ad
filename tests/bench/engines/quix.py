"""The same topology on Quix Streams: three topics in one application, changed rows in its state and changelogs.

Quix keeps state by message key, so a row is written under the key at hand and read from memory: it pays for writing
state, not for finding it. One partition per topic: it sends to no partition of one's choice.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from quixstreams import Application, message_context
from quixstreams.models.serializers.base import Serializer

from schemas.topics import all_streams
from tests.bench.engines import Job, Sent, Steps


class ValueOf(Serializer):  # type: ignore[misc]  # quixstreams is not installed where types are checked
    """Writes the value that a step has encoded."""

    def __call__(self, value: Sent, ctx: object) -> bytes | None:  # noqa: ARG002  its signature
        """Return it."""
        return value.value


def main() -> None:
    """Consume until killed."""
    job = Job.from_environment()
    steps = Steps(job)
    application = Application(
        job.bootstrap,
        consumer_group=f"{job.namespace}-quix",
        auto_offset_reset="earliest",
        commit_interval=1.0,
        state_dir=Path(os.environ["TOCSIN_DATA_DIR"]) / "quix",
        producer_extra_config={"linger.ms": 1, "enable.idempotence": True},
        loglevel="WARNING",
    )
    written = {
        name: application.topic(name, value_serializer=ValueOf(), key_serializer="bytes") for name in _topics(job)
    }

    def take(value: bytes, key: bytes, timestamp: int, headers: Any, state: Any) -> list[Sent]:  # noqa: ANN401
        at = message_context()
        sent, rows = steps.take(at.topic, at.partition, at.offset, timestamp, key, value, headers)
        for row_key, row in rows.items():
            if row is None:
                state.delete(row_key)
            else:
                state.set_bytes(row_key, row)
        return sent

    for name in steps.stages:
        topic = application.topic(name, value_deserializer="bytes", key_deserializer="bytes")
        told = application.dataframe(topic).apply(take, stateful=True, metadata=True)
        told = told.apply(lambda sent: sent, expand=True).set_headers(lambda sent, *_: sent.headers)
        told.to_topic(lambda sent, *_: written[sent.topic], key=lambda sent: sent.key)
    application.run()


def _topics(job: Job) -> Iterator[str]:
    return (stream.topic(job.namespace) for stream in all_streams())


if __name__ == "__main__":
    main()
