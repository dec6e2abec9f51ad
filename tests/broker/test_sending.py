"""What a command sends while the broker goes away: how much arrived is known, and nothing is left behind."""

import gc
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.connection import Connection
from schemas.report import Report, Source
from schemas.topics import REPORTS
from streams.broker import BrokerConfig, LocalKafka
from streams.desk import sending
from tests.broker.workers import create_topics, everything

CALM = Report(
    report_id="calm", source=Source(name="x"), published_at=datetime(2026, 3, 1, tzinfo=UTC), title="", text="Calm."
)


@pytest.mark.slow
def test_a_broker_that_goes_away_is_told_with_what_arrived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first that did not arrive is named, those before it are counted, and the producer is closed."""
    monkeypatch.setattr(sending, "_TIMEOUT_S", 11.0)
    monkeypatch.setattr(sending, "_CLOSE_S", 1.0)
    with LocalKafka(BrokerConfig(data_dir=tmp_path / "kafka", start_timeout_s=100)) as kafka:
        create_topics(kafka.bootstrap, "gone", partitions=2)
        sender = sending.Sender(Connection(bootstrap=kafka.bootstrap), "gone")
        for n in range(5):
            sender.send(REPORTS, CALM, f"early-{n}")
        sender.settle()
        assert len(everything(kafka.bootstrap, REPORTS.topic("gone"))) == 5
        kafka.nodes[0].kill()
        for n in range(3):
            sender.send(REPORTS, CALM, f"late-{n}")
        with pytest.raises(sending.SendError, match=r"gone\.reports\.v1: late-0 was not taken"):
            sender.settle()
        sender.send(REPORTS, CALM, "under way")
        sender.close()
        assert sender.arrived == 5
        del sender
        gc.collect()  # a producer that was left open complains here
