"""`tocsin up` and `tocsin demo` as a newcomer runs them, as processes."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from schemas.alert import Alert
from schemas.report import Report
from schemas.taxonomy import AlertState, Level
from schemas.topics import ALERTS
from streams.broker import running_at
from streams.broker.ports import free_ports
from streams.cli import local
from streams.cli.demo import NAMESPACE
from streams.resources import resource
from tests.broker.workers import PATIENCE_S, everything, until

WHEN = "2025-05-12T06:00:00Z"


def environment(folder: Path) -> dict[str, str]:
    """Return an environment in which nothing of Tocsin is set but its folder, and any port will do."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("TOCSIN_") or k == "TOCSIN_CACHE_DIR"}
    return {**inherited, "TOCSIN_DATA_DIR": str(folder), "TOCSIN_PORT": "0", "TOCSIN_PARTITIONS": "2"}


def tocsin(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    command = [sys.executable, "-m", "streams.cli", *arguments]
    return subprocess.run(command, env=environment(folder), capture_output=True, text=True, timeout=240, check=False)


@contextmanager
def up(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run `tocsin up` until the block ends."""
    command = [sys.executable, "-m", "streams.cli", "up", *arguments]
    with (folder / "up.log").open("a") as log:
        process = subprocess.Popen(command, env=environment(folder), stdout=log, stderr=log, text=True)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=PATIENCE_S)


@pytest.mark.timeout(400)
def test_up_runs_everything_and_goes_in_order(tmp_path: Path) -> None:
    """Broker and worker come up and are well, other commands find them untold, and Ctrl-C ends all; then again."""
    (port,) = free_ports("127.0.0.1", 1)
    for round_ in range(2):
        with up(tmp_path, "--kafka-port", str(port)) as process:
            until(
                lambda: tocsin("doctor", "--text", folder=tmp_path).returncode == 0,
                lambda: (tmp_path / "up.log").read_text() + tocsin("doctor", "--text", folder=tmp_path).stdout,
                120,
            )
            assert running_at(tmp_path / "kafka") == f"127.0.0.1:{port}"
            report = {"report_id": f"r-{round_}", "source": {"name": "x"}, "published_at": WHEN, "text": "Calm."}
            (tmp_path / "reports.jsonl").write_text(json.dumps(report))
            sent = tocsin("send", str(tmp_path / "reports.jsonl"), folder=tmp_path)
            assert sent.returncode == 0, sent.stderr
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=PATIENCE_S) == 0
        assert running_at(tmp_path / "kafka") is None


def test_kafka_has_its_usual_port_where_it_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clients find a local Kafka by the same address each day; where another program has that, any will do."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        taken = other.getsockname()[1]
        monkeypatch.setattr(local, "DEFAULT_BOOTSTRAP", f"127.0.0.1:{taken}")
        other.listen()
        assert local.usual_port() == 0
    (free,) = free_ports("127.0.0.1", 1)
    monkeypatch.setattr(local, "DEFAULT_BOOTSTRAP", f"127.0.0.1:{free}")
    assert local.usual_port() == free


def test_the_demo_tells_its_story(kafka: str, tmp_path: Path) -> None:
    """The cluster becomes watch, alert and critical, and then all clear; the traps raise nothing."""
    ran = tocsin("demo", "--bootstrap", kafka, "--pace", "0", folder=tmp_path)
    assert ran.returncode == 0, ran.stderr
    alerts = [Alert.model_validate_json(record.value) for record in everything(kafka, ALERTS.topic(NAMESPACE))]
    manda = [alert for alert in alerts if alert.facility.facility_id == "ke-manda-bay"]
    levels = list(dict.fromkeys(alert.level for alert in manda))
    assert levels == [Level.WATCH, Level.ALERT, Level.CRITICAL]
    assert manda[-1].state is AlertState.ALL_CLEAR
    told = {t.report_id for alert in alerts for i in alert.incidents for t in i.incident.testimony}
    assert not told & TRAPS
    assert {alert.facility.facility_id for alert in alerts} <= ATTACKED


ATTACKED = {"ke-manda-bay", "iq-khor-mor-gas-field", "ye-aden-international-airport", "ss-un-house-juba"}
TRAPS = {"demo-01", "demo-02", "demo-11", "demo-23", "demo-28", "demo-29", "demo-30", "demo-31"}
"""A detonation that was announced, an anniversary, an analysis, an exercise, a friendly strike, words, French, calm."""


def test_the_scenario_is_sound() -> None:
    """Every line of the demo is a valid report, and they stand in order of publication."""
    lines = resource("demo/scenario.jsonl").read_text().splitlines()
    reports = [Report.model_validate_json(json.dumps(json.loads(line)["report"])) for line in lines]
    assert len({r.report_id for r in reports}) == len(reports) >= 30
    assert [r.published_at for r in reports] == sorted(r.published_at for r in reports)
    assert {r.report_id for r in reports}.issuperset(TRAPS)
