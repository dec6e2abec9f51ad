"""The route's own steps on other engines than Faust: `tests.bench.speed` compares what they cost."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from schemas.outcome import Output
from streams.agents import Route
from streams.envelope import Headers, decode, encode
from streams.guard import Received, Stage
from streams.metrics import Metrics
from streams.reference import load_files
from streams.rows import Rows
from streams.trust import Seal


@dataclass(frozen=True, slots=True)
class Job:
    """What an engine is told, through its environment, as a worker is."""

    bootstrap: str
    namespace: str
    partitions: int

    @classmethod
    def from_environment(cls) -> "Job":
        """Read it as `tocsin worker` reads its settings."""
        told = os.environ
        return cls(told["TOCSIN_BOOTSTRAP"], told["TOCSIN_NAMESPACE"], int(told["TOCSIN_PARTITIONS"]))


@dataclass(frozen=True, slots=True)
class Sent:
    """A record to be sent."""

    topic: str
    key: bytes
    value: bytes | None
    headers: list[tuple[str, bytes]]
    partition: int | None


class Steps:
    """Read, fuse and watch over rows in memory: the very steps, without what Tocsin puts around them."""

    def __init__(self, job: Job) -> None:
        reference = load_files(None, None)
        self._namespace = job.namespace
        metrics = Metrics(job.namespace, "bench")
        route = Route(job.partitions, lambda: reference, metrics, lambda *_: Rows(), lambda *_: None)
        self.stages: dict[str, Stage] = {
            stage.stream.topic(job.namespace): stage for stage in (route.reading, route.fusing, route.watching)
        }

    def take(
        self,
        topic: str,
        partition: int,
        offset: int,
        timestamp_ms: int,
        key: bytes | None,
        value: bytes,
        headers: Headers | None,
    ) -> tuple[list[Sent], dict[str, bytes | None]]:
        """Take one record through its stage; return what is to be sent, and the rows that changed."""
        stage = self.stages[topic]
        record = decode(stage.stream, key, value, headers)
        ingested_at = datetime.fromtimestamp(timestamp_ms / 1000, tz=UTC)
        step = stage.step(Received(record, partition, offset, ingested_at, Seal(self._namespace, value, None)))
        for row_key, row in step.rows.items():
            self._put(stage, partition, row_key, row)
        if stage.applied is not None:
            stage.applied(partition, step.rows)
        sent = [*self._encoded(stage, step.outputs), *self._encoded(stage, step.after_rows)]
        for row_key, row in step.rows.items():
            if row is not None and stage.settle is not None and (settled := stage.settle(row)) is not None:
                self._put(stage, partition, row_key, settled)
        return sent, dict(step.rows)

    def _put(self, stage: Stage, partition: int, key: str, row: bytes | None) -> None:
        assert stage.rows is not None
        stage.rows.put(partition, key, row)

    def _encoded(self, stage: Stage, outputs: tuple[Output, ...]) -> Iterator[Sent]:
        for output in outputs:
            topic = output.stream.topic(self._namespace)
            if output.record is None:
                yield Sent(topic, output.key.encode(), None, [], output.partition)
                continue
            encoded = encode(output.record, output.key, f"/{self._namespace}/{stage.name}")
            yield Sent(topic, encoded.key, encoded.value, list(encoded.headers), output.partition)
