"""How long a worker takes from its assignment until it works, with the state of thousands of open alerts to recover.

    python -m tests.bench.recovery [--facilities N]

Invented facilities, three grave incidents at each, so that each has an open alert in the watch stage's table.
"""

import argparse
import json
import os
import re
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from schemas.exposure import Exposure
from schemas.mention import Interval
from schemas.topics import ALERTS_CURRENT, EXPOSURES
from streams.broker import BrokerConfig, LocalKafka
from streams.envelope import encode
from streams.resources import resource
from tests.alert_samples import incident
from tests.broker.workers import WorkerProcess, create_topics, everything, produce, until

PARTITIONS = 12
NAMESPACE = "recovery"


def main() -> None:
    """Fill the state, start a worker, and measure."""
    options = argparse.ArgumentParser()
    options.add_argument("--facilities", type=int, default=5000)
    count: int = options.parse_args().facilities
    with tempfile.TemporaryDirectory(prefix="tocsin-recovery-") as name:
        folder = Path(name)
        told = {"facilities": str(_facilities(folder, count)), "tick_every_s": "10"}
        with LocalKafka(BrokerConfig(data_dir=folder / "kafka", start_timeout_s=120)) as kafka:
            create_topics(kafka.bootstrap, NAMESPACE, PARTITIONS)
            produce(kafka.bootstrap, EXPOSURES.topic(NAMESPACE), *_exposures(count))
            filling = WorkerProcess(kafka.bootstrap, NAMESPACE, folder, **told).wait_ready()
            topic = ALERTS_CURRENT.topic(NAMESPACE)
            until(lambda: _open(kafka.bootstrap, topic) >= count, filling.log_tail, 600)
            until(lambda: filling.metric("tocsin_lag_records", stage="watch") == 0, filling.log_tail, 60)
            filling.stop()
            started = time.monotonic()
            # Rows show with the first event, and nothing else comes here than ticks.
            again = WorkerProcess(kafka.bootstrap, NAMESPACE, folder, **{**told, "tick_every_s": "0.5"})
            try:
                until(lambda: "partitions held" in again.log_path.read_text(), again.log_tail)
                before_s = _busy_s(again.process.pid)
                until(lambda: again.metric("tocsin_table_rows", table="watch") >= count, again.log_tail)
                whole_s = time.monotonic() - started
                assigned = _assigned_at(again)
                print(f"{count} open alerts in {PARTITIONS} partitions, one worker")
                print(f"assigned to working  {datetime.now(tz=UTC).timestamp() - assigned:6.1f} s (target 10 s)")
                print(f"  of it busy         {_busy_s(again.process.pid) - before_s:6.1f} s of one core")
                print(f"started to working   {whole_s:6.1f} s")
            finally:
                again.kill()


def _open(bootstrap: str, topic: str) -> int:
    return len({record.key for record in everything(bootstrap, topic) if record.value})


def _assigned_at(worker: WorkerProcess) -> float:
    line = next(line for line in worker.log_path.read_text().splitlines() if "partitions held" in line)
    found = re.match(r"\S+", line)
    assert found
    return datetime.fromisoformat(found[0]).timestamp()


def _busy_s(pid: int) -> float:
    """Return how long a process has computed: what the machine's other work leaves out of account."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _facilities(folder: Path, count: int) -> Path:
    shipped = json.loads(resource("defaults/facilities.geojson").read_text())
    pattern = json.dumps(shipped["features"][0])
    features = []
    for n in range(count):
        feature = json.loads(pattern)
        feature["id"] = feature["properties"]["id"] = f"xx-post-{n}"
        feature["properties"] |= {"name": f"Post Number {n} Alpha", "aliases": [], "site": None}
        feature["geometry"]["coordinates"] = [-170 + 0.6 * (n % 560), -60 + 0.9 * (n // 560 * 3)]
        features.append({**feature, "properties": {k: v for k, v in feature["properties"].items() if v is not None}})
    path = folder / "facilities.geojson"
    path.write_text(json.dumps({**shipped, "features": features}))
    return path


def _exposures(count: int) -> list[tuple[bytes | None, bytes | None, list[tuple[str, bytes]]]]:
    now = datetime.now(tz=UTC)
    records = []
    for n in range(count):
        for k in range(3):
            at = now - timedelta(hours=6 * k + 2)
            told = incident(k).model_copy(
                update={
                    "incident_id": f"i-{n}-{k}",
                    "occurred": Interval(earliest=at - timedelta(minutes=30), latest=at),
                    "first_reported_at": at + timedelta(minutes=40),
                    "last_reported_at": at + timedelta(minutes=40),
                }
            )
            exposure = Exposure(
                site_id=f"xx-post-{n}", facility_id=f"xx-post-{n}", incident=told, distance_km=0.5, probability=0.95
            )
            records.append(encode(exposure, exposure.site_id, "/tests"))
    return [(r.key, r.value, r.headers) for r in records]


if __name__ == "__main__":
    main()
