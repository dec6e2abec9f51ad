"""Hostile records meet a live worker: it stays alive, keeps each as it came or reads it, and good ones go through."""

import random
from collections import Counter
from pathlib import Path

import pytest

from schemas.report import Report, Source
from schemas.topics import READINGS, REPORTS
from tests.alert_samples import NOON
from tests.broker.workers import create_topics, everything, produce, send, until, worker
from tests.hostile import Envelope, envelopes, texts
from tests.unit.cli_runner import run


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


class Bytes(str):
    """A header name that the producer writes as these bytes."""

    __slots__ = ()

    def encode(self, *_: object, **__: object) -> bytes:
        """Return what is no UTF-8."""
        return b"\xffna\xc3me"


def test_a_header_name_that_is_no_text_stops_nobody(
    kafka: str, namespace: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Workers and commands read on: a report gets its receipt, a bad one is kept with an escaped name."""
    create_topics(kafka, namespace)
    good = Report(report_id="good", source=Source(name="w"), published_at=NOON, text="Calm.").model_dump_json().encode()
    strange: list[tuple[str, bytes]] = [(Bytes("x"), b"\xfe")]
    records = [(b"good", good, strange), (b"bad", b"{nope", strange), (b"good-2", good.replace(b"good", b"good-2"), [])]
    produce(kafka, REPORTS.topic(namespace), *records)
    with worker(kafka, namespace, tmp_path) as running:
        until(lambda: len(everything(kafka, READINGS.topic(namespace))) == 2, running.log_tail)
        letter = until(lambda: everything(kafka, REPORTS.dead_letters(namespace)), running.log_tail)[0]
        assert running.process.poll() is None
    assert ("\\xffna\\xc3me", b"\xfe") in letter.headers
    for command in (["doctor", "--audit"], ["dlq", "show", "reports"], ["explain", "good"]):
        ran = run(capsys, *command, "-n", namespace, "-b", kafka)
        assert (ran.status, ran.err) == (0, ""), command


def wire(one: Envelope) -> tuple[bytes | None, bytes, list[tuple[str, bytes]]]:
    """A record as the producer of the tests takes it; a header without a value stays without."""
    return one.key, one.value, [(name, value) for name, value in one.headers if value is not None]
