"""Replay on a real Kafka: the same alerts elsewhere, on simulated time, and nothing changed where they came from."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from schemas.alert import Alert
from schemas.report import Tick
from schemas.topics import ALERTS, REPORTS, Stream
from tests.broker.test_route import STRIKES, report
from tests.broker.workers import PATIENCE_S, create_topics, everything, send, until, worker


def tocsin(kafka: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith("TOCSIN_") or k == "TOCSIN_CACHE_DIR"}
    return subprocess.run(
        [sys.executable, "-m", "streams.cli", *arguments, "--bootstrap", kafka],
        env={**plain, "TOCSIN_DATA_DIR": str(folder)},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


def contents(kafka: str, namespace: str, stream: Stream) -> list[tuple[bytes, bytes]]:
    """Keys and values of a topic, ticks apart."""
    tick = ("ce_type", Tick.ce_type.encode())
    return sorted((r.key, r.value) for r in everything(kafka, stream.topic(namespace)) if tick not in r.headers)


def test_the_past_once_more(kafka: str, namespace: str, tmp_path: Path) -> None:
    """Reports, alert ids and levels are those of the live namespace, of which nothing is changed; it ends by itself."""
    create_topics(kafka, namespace, 1)  # several would race, and an alert has its id from what came first
    into = f"{namespace}-again"
    with worker(kafka, namespace, tmp_path) as running:
        reports = [report(n, text, hours_ago=20 - 5 * n, source=f"Outlet {n}") for n, text in enumerate(STRIKES)]
        send(kafka, namespace, REPORTS, *((r.report_id, r) for r in reports))
        until(lambda: _counts(kafka, namespace), running.log_tail)
        before = [contents(kafka, namespace, stream) for stream in (REPORTS, ALERTS)]
        ran = tocsin(kafka, tmp_path, "replay", "--since", "1h", "--into", into, "-n", namespace, "--partitions", "1")
        assert ran.returncode == 0, ran.stderr
        assert "✓ 4 reports" in ran.stderr
        assert f"1 the same in {namespace} and {into}" in ran.stdout
        assert "only in" not in ran.stdout
        assert "another level" not in ran.stdout
        assert [contents(kafka, namespace, stream) for stream in (REPORTS, ALERTS)] == before
        assert contents(kafka, into, REPORTS) == before[0]
        assert _counts(kafka, into) == _counts(kafka, namespace)
        other = tocsin(kafka, tmp_path, "replay", "--since", "1h", "--into", namespace, "-n", into)
        assert (other.returncode, "is at work" in other.stderr) == (2, True)
        running.stop()
        again = tocsin(kafka, tmp_path, "replay", "--since", "1h", "--into", into, "-n", namespace)
        assert (again.returncode, "exists" in again.stderr) == (2, True)
        back = tocsin(kafka, tmp_path, "replay", "--since", "1h", "--into", namespace, "-n", into, "--fresh")
        assert (back.returncode, "what no replay wrote" in back.stderr) == (2, True)


@pytest.mark.parametrize(
    "arguments, told",
    [
        (("--since", "1h", "--into", "{live}"), "cannot be replayed into itself"),
        (("--since", "1h", "--until", "2h"), "nothing came in between"),
        (("--since", "yesterday"), "is no instant"),
        (("--since", "1h", "-n", "nowhere"), "has no topics"),
    ],
)
def test_what_makes_no_sense_is_refused(
    arguments: tuple[str, ...], told: str, kafka: str, namespace: str, tmp_path: Path
) -> None:
    """Itself, a span that is none, a namespace that is none: one line, and no topic is made."""
    where = () if "-n" in arguments else ("-n", namespace)
    ran = tocsin(kafka, tmp_path, "replay", *(a.format(live=namespace) for a in arguments), *where)
    assert ran.returncode in {1, 2}
    assert told in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


def _counts(kafka: str, namespace: str) -> dict[str, tuple[str, int]]:
    """What the alert came to once it counts three incidents: its highest level, its incidents."""
    alerts = [Alert.model_validate_json(r.value) for r in everything(kafka, ALERTS.topic(namespace))]
    ranked = sorted(alerts, key=lambda a: (a.incident_count, a.level.rank))
    return (
        {a.alert_id: (a.level.value, a.incident_count) for a in ranked}
        if ranked[-1:] and ranked[-1].incident_count >= 4
        else {}
    )
