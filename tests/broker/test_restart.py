"""A rolling restart under load, as docs/operations.md tells it: nothing lost, nothing twice, and well after each."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from alerts.subscribe import Subscriber
from schemas.alert import Alert
from schemas.connection import Connection
from schemas.topics import ALERTS, READINGS, REPORTS
from tests.broker.test_route import STRIKES, report
from tests.broker.workers import WorkerProcess, create_topics, everything, send, until
from tests.unit.cli_runner import run

logger = logging.getLogger(__name__)
STOPPED_WITHIN_S = 10.0
TEXTS = (*STRIKES, "The harbour was calm.", "A market opened on Sunday.")


@contextmanager
def reports_flowing(kafka: str, namespace: str) -> Iterator[list[str]]:
    """Send reports, 10 at a time, until the block ends; yields the ids of those that were sent."""
    sent: list[str] = []
    enough = threading.Event()

    def flow() -> None:
        for first in count(0, 10):
            batch = [
                report(n, TEXTS[n % 6], hours_ago=1 + n % 90, source=f"Outlet {n % 40}")
                for n in range(first, first + 10)
            ]
            send(kafka, namespace, REPORTS, *((r.report_id, r) for r in batch))
            sent.extend(r.report_id for r in batch)
            if enough.wait(0.5):
                return

    sender = threading.Thread(target=flow)
    sender.start()
    try:
        yield sent
    finally:
        enough.set()
        sender.join()


@pytest.mark.soak
@pytest.mark.timeout(400)
def test_rolling_restart_under_load(
    kafka: str, namespace: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two workers are restarted in turn while reports flow: ended within 10 s, receipts for all, no contradiction."""
    create_topics(kafka, namespace)
    took_s: list[float] = []
    workers = [WorkerProcess(kafka, namespace, tmp_path, stall_after_s="60") for _ in range(2)]
    try:
        for each in workers:
            each.wait_ready()
        with (
            Subscriber(Connection(bootstrap=kafka), namespace) as subscriber,
            reports_flowing(kafka, namespace) as sent,
        ):
            until(lambda: not subscriber.stale, workers[0].log_tail)
            for place in range(2):
                until(lambda: workers[place].metric("tocsin_inputs_total") > 100, workers[place].log_tail)  # noqa: B023
                begun = time.monotonic()
                assert workers[place].stop() == 0, workers[place].log_tail()
                took_s.append(time.monotonic() - begun)
                workers[place] = WorkerProcess(kafka, namespace, tmp_path).wait_ready()
                until(lambda: workers[place].metric("tocsin_inputs_total") > 100, workers[place].log_tail)  # noqa: B023
                until(lambda: not subscriber.stale, workers[0].log_tail)
        until(lambda: _receipts(kafka, namespace) >= set(sent), workers[0].log_tail)
        for each in workers:
            assert each.stop() == 0
    finally:
        for each in workers:
            if each.process.poll() is None:
                each.kill()
    logger.info("%d reports; workers stopped in %s s", len(sent), ", ".join(f"{s:.2f}" for s in took_s))
    assert max(took_s) <= STOPPED_WITHIN_S
    contents: dict[tuple[str, int], set[bytes]] = {}
    for record in everything(kafka, ALERTS.topic(namespace)):
        alert = Alert.model_validate_json(record.value)
        contents.setdefault((alert.alert_id, alert.revision), set()).add(record.value)
    assert contents
    assert {len(found) for found in contents.values()} == {1}
    audited = run(capsys, "doctor", "--audit", "-n", namespace, "-b", kafka, "--text")
    assert (audited.status, "nothing is missing" in audited.out) == (0, True), audited.out


def _receipts(kafka: str, namespace: str) -> set[str]:
    return {record.key.decode() for record in everything(kafka, READINGS.topic(namespace))}
