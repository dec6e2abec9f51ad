"""Hostile records meet a live worker: it stays alive, keeps each as it came or reads it, and good ones go through."""

import random
from collections import Counter
from pathlib import Path

from schemas.report import Report, Source
from schemas.topics import READINGS, REPORTS
from tests.alert_samples import NOON
from tests.broker.workers import create_topics, everything, produce, send, until, worker
from tests.hostile import Envelope, envelopes, texts


def test_a_live_worker_among_hostile_records(kafka: str, namespace: str, tmp_path: Path) -> None:
    """Of 600 hostile records each is a dead letter with its bytes, or has its receipt; the worker reads on."""
    chance = random.Random(11)
    hostile = [e for e in envelopes(REPORTS, chance, 480) if b"tick" not in e.value and e.value]
    told = [
        Report(report_id=f"h-{n}", source=Source(name="w"), published_at=NOON, text=t)
        for n, t in enumerate(texts(chance, 120))
    ]
    create_topics(kafka, namespace)
    with worker(kafka, namespace, tmp_path) as running:
        produce(kafka, REPORTS.topic(namespace), *(wire(e) for e in hostile))
        send(kafka, namespace, REPORTS, *((r.report_id, r) for r in told))
        count = len(hostile) + len(told)
        done = ("dead_letter", "mentions", "quiet", "set_aside", "unsupported_language", "repeated")
        until(
            lambda: sum(running.metric("tocsin_outcomes_total", stage="read", outcome=o) for o in done) >= count,
            running.log_tail,
        )
        assert running.process.poll() is None
    log = running.log_path.read_bytes().decode()
    assert not [line for line in log.split("\n") if not line.isprintable()]
    dead = Counter((r.key, r.value) for r in everything(kafka, REPORTS.dead_letters(namespace)))
    receipts = {r.key for r in everything(kafka, READINGS.topic(namespace))}
    assert not dead - Counter((e.key, e.value) for e in hostile)
    assert {r.report_id.encode() for r in told} <= receipts
    assert dead.total() + 120 <= count


def wire(one: Envelope) -> tuple[bytes | None, bytes, list[tuple[str, bytes]]]:
    """A record as the producer of the tests takes it; a header without a value stays without."""
    return one.key, one.value, [(name, value) for name, value in one.headers if value is not None]
