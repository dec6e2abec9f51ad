"""Blindness is told in all three places: to subscribers, in the doctor, and in the metrics; and so is its end."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

import orjson
import pytest

from alerts.pulse import PulseState
from alerts.subscribe import Heartbeats, Subscriber
from schemas.connection import Connection
from streams.broker import BrokerConfig, LocalKafka
from tests.broker.workers import PATIENCE_S, WorkerProcess, create_topics, running, until, worker
from tests.unit.cli_runner import run

STALE_AFTER_S = 4.0


class Watcher:
    """A subscriber in Python, `tocsin subscribe` beside it, and the doctor when asked."""

    def __init__(
        self, kafka: str, namespace: str, subscriber: Subscriber, said: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self._where = ("--namespace", namespace, "--bootstrap", kafka)
        self._subscriber = subscriber
        self._said = said
        self._capsys = capsys

    def blind(self) -> bool:
        """Whether the subscriber says so."""
        list(self._subscriber.poll(0))
        return self._subscriber.stale

    def said(self, words: str) -> int:
        """How often `tocsin subscribe` has said it."""
        return self._said.read_text().count(words)

    def doctor(self) -> dict[str, str]:
        """What the doctor finds."""
        ran = run(self._capsys, "doctor", "--json", *self._where)
        found = {line["what"]: line["mark"] for line in map(orjson.loads, ran.out.splitlines())}
        assert ran.status == int("fail" in found.values())
        return found

    def sees(self, *, blind: bool, times: int) -> None:
        """Wait until both subscribers have noticed, `tocsin subscribe` for the so manieth time."""
        words = "silence means nothing" if blind else "time passes again"
        until(lambda: self.blind() is blind, lambda: f"the subscriber does not notice: {blind}")
        until(lambda: self.said(words) == times, self._said.read_text)


@contextmanager
def watching(
    kafka: str, namespace: str, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Watcher]:
    """Subscribe in both ways, with a short patience."""
    monkeypatch.setenv("TOCSIN_STALE_AFTER_S", str(STALE_AFTER_S))
    command = [sys.executable, "-m", "streams.cli", "subscribe", "--namespace", namespace, "--bootstrap", kafka]
    said = folder / "said"
    with (
        said.open("w") as stderr,
        subprocess.Popen(command, stderr=stderr, stdout=subprocess.DEVNULL) as process,
        Subscriber(Connection(bootstrap=kafka), namespace, stale_after=timedelta(seconds=STALE_AFTER_S)) as subscriber,
    ):
        yield Watcher(kafka, namespace, subscriber, said, capsys)
        process.send_signal(signal.SIGINT)
        process.wait(timeout=PATIENCE_S)
    assert "Traceback" not in said.read_text()


def canary_age_s(running: WorkerProcess) -> float:
    """What Prometheus' `tocsin:canary_age_seconds` comes to: by the slowest partition at the end of the route."""
    ticked = [running.metric("tocsin_tick_timestamp_seconds", stage="watch", partition=str(p)) for p in range(2)]
    return time.time() - min(ticked)


def test_worker_late_worker_gone_broker_away(
    tmp_path: Path, namespace: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A canary that is late, a broker that is away, a worker that is stopped: each is noticed, and its end as well."""
    with LocalKafka(BrokerConfig(data_dir=tmp_path / "kafka", start_timeout_s=100)) as broker:
        kafka = broker.bootstrap
        create_topics(kafka, namespace, partitions=2)
        with (
            worker(kafka, namespace, tmp_path, session_timeout_s="30") as running,
            watching(kafka, namespace, tmp_path, capsys, monkeypatch) as watcher,
        ):
            until(lambda: not watcher.blind(), running.log_tail)
            assert watcher.doctor()["route"] == "ok"

            running.process.send_signal(signal.SIGSTOP)
            watcher.sees(blind=True, times=1)
            assert watcher.doctor()["route"] == "fail"
            running.process.send_signal(signal.SIGCONT)
            watcher.sees(blind=False, times=1)

            (node,) = broker.nodes
            node.pause()
            watcher.sees(blind=True, times=2)
            until(lambda: canary_age_s(running) > STALE_AFTER_S, running.log_tail)
            assert "fail" in watcher.doctor().values()
            node.resume()
            watcher.sees(blind=False, times=2)
            until(lambda: canary_age_s(running) < STALE_AFTER_S, running.log_tail)

            assert running.stop() == 0
            watcher.sees(blind=True, times=3)
            found = watcher.doctor()
            assert (found["workers"], found["route"]) == ("fail", "fail")


def test_no_worker_stands_still_in_a_live_namespace(kafka: str, namespace: str, tmp_path: Path) -> None:
    """A worker whose time is simulated would take partitions, and no tick would ever pass through them."""
    create_topics(kafka, namespace, partitions=2)
    stranger = partial(WorkerProcess, kafka, namespace, tmp_path, clock="simulated")
    with running(stranger()):
        pass
    with worker(kafka, namespace, tmp_path) as live:
        until(lambda: pulse_of(kafka, namespace) is PulseState.ALIVE, live.log_tail)
        refused = stranger()
        assert refused.process.wait(timeout=PATIENCE_S) == 1
        assert f"cannot start: namespace {namespace} is live" in refused.log_tail()


def pulse_of(kafka: str, namespace: str) -> PulseState:
    """What the heartbeats say now."""
    with Heartbeats(Connection(bootstrap=kafka), namespace) as heartbeats:
        return heartbeats.pulse().state
