"""A topic's past on a real Kafka: every record once, whatever is cut, deleted or asked for."""

from datetime import UTC, datetime, timedelta

import pytest
from kafka import KafkaAdminClient, TopicPartition

from alerts.tail import TopicError
from schemas.connection import Connection
from schemas.topics import MENTIONS
from streams.desk.past import Past
from streams.desk.sending import Sender
from tests.broker.workers import create_topics

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
COUNT = 600


def test_cut_stretched_and_fetched(kafka: str, namespace: str) -> None:
    """Stretches of a cut hold every record once, each few enough; by place comes what is asked for and still there."""
    create_topics(kafka, namespace, partitions=3)
    connection, topic = Connection(bootstrap=kafka), MENTIONS.topic(namespace)
    base = datetime.now(UTC) - timedelta(hours=1)
    with Sender(connection, namespace) as sender:
        for n in range(COUNT):  # partition 2 stays empty, timestamps are not in order
            at = base + timedelta(seconds=(n * 37) % COUNT)
            sender.send_bytes(topic, None, b"%d" % n, [], n % 2, int(at.timestamp() * 1000))
    client = KafkaAdminClient(bootstrap_servers=kafka)
    client.delete_records({TopicPartition(topic, 0): 5})
    client.close()
    kept = {b"%d" % n for n in range(COUNT)} - {b"%d" % n for n in range(0, 10, 2)}
    with Past(connection, topic) as past:
        assert {m.value for m in past.everything()} == kept
        assert past.begins == {0: 5, 1: 0, 2: 0}
        since, until = base - timedelta(days=400), base + timedelta(hours=1)
        stretches = [list(past.stretch(*cut)) for cut in past.slices(since, until, 50)]
        values = [m.value for stretch in stretches for m in stretch]
        assert sorted(values) == sorted(kept, key=bytes)  # type: ignore[type-var]
        assert past.between(since, until) == len(kept)
        assert list(past.slices(until, until + timedelta(days=1), 50)) == []
        assert list(past.stretch(until, None)) == []
        wanted = [(0, 4), (0, 5), (1, 299), (1, 300), (2, 0), (7, 0)]
        assert {(m.partition, m.offset) for m in past.at(wanted)} == {(0, 5), (1, 299)}
        assert {m.value for m in past.everything()} == kept
    with pytest.raises(TopicError, match="no topic"):
        Past(connection, f"{namespace}.nothing")
