"""What all tests share: one real Kafka for the whole session, started when the first test asks for it."""

import signal
import uuid
from collections.abc import Iterator

import pytest

from streams.broker import BrokerConfig, LocalKafka

# A shell that runs tests in the background has them ignore Ctrl-C, and so would every process that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def kafka_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalKafka]:
    """The session's Kafka as an object; tests that stop or kill brokers start their own instead."""
    config = BrokerConfig(data_dir=tmp_path_factory.mktemp("kafka"), start_timeout_s=100)
    with LocalKafka(config, say=print) as kafka:
        yield kafka


@pytest.fixture(scope="session")
def kafka(kafka_broker: LocalKafka) -> str:
    """Bootstrap address of the session's Kafka."""
    return kafka_broker.bootstrap


@pytest.fixture
def namespace() -> str:
    """A namespace that no other test uses, so that tests share a broker and see nothing of each other."""
    return f"t{uuid.uuid4().hex[:8]}"
