"""The limit: one aiokafka loop over the three topics, nothing awaited, nothing kept but in memory."""

import uvloop
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from tests.bench.engines import Job, Steps


async def run(job: Job) -> None:
    """Consume until killed."""
    steps = Steps(job)
    consumer = AIOKafkaConsumer(
        *steps.stages,
        bootstrap_servers=job.bootstrap,
        group_id=f"{job.namespace}-plain",
        auto_offset_reset="earliest",
        auto_commit_interval_ms=1000,
    )
    producer = AIOKafkaProducer(bootstrap_servers=job.bootstrap, acks="all", enable_idempotence=True, linger_ms=1)
    await producer.start()
    await consumer.start()
    async for message in consumer:
        sent, _ = steps.take(
            message.topic,
            message.partition,
            message.offset,
            message.timestamp,
            message.key,
            message.value,
            list(message.headers),
        )
        for record in sent:
            await producer.send(
                record.topic,
                record.value,
                record.key,
                record.partition,
                timestamp_ms=message.timestamp,
                headers=record.headers,
            )


if __name__ == "__main__":
    uvloop.run(run(Job.from_environment()))
