"""Fuses the mentions of a benchmark file through the very code that the agent runs.

`python -m tests.bench.fuse MENTIONS.jsonl FUSED.jsonl`: in, one mention a line as `fusion_bench.py` writes them; out,
`{"mention_id": ..., "incident": ...}`, the state after the last mention. Prints the cost of a mention, and how fast the
machine was meanwhile: what `REFERENCE` rounds of a plain loop took, some 4 ms on a core of its own.
"""

import argparse
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from schemas.mention import Attribution, Effects, Interval, Mention, Place
from schemas.policy import Policy
from schemas.report import Source
from schemas.taxonomy import AttributionConfidence, Initiator, Reliability, SourceKind, Status, ThreatType, Traffic
from streams.fusing import Fusion
from streams.gazetteer import Gazetteer
from streams.sketch import sketch

DEFAULT_FACILITIES = Path(__file__).resolve().parents[2] / "deploy" / "defaults" / "facilities.geojson"
REFERENCE = 100_000


def main() -> None:
    """Fuse a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mentions", type=Path)
    parser.add_argument("fused", type=Path)
    args = parser.parse_args()
    gazetteer, policy = Gazetteer.from_geojson(DEFAULT_FACILITIES), Policy()
    fusion, costs, bytes_written = Fusion(0), [], 0
    for mention in read(args.mentions):
        began = time.thread_time()
        step = fusion.step(mention, None, int(mention.published_at.timestamp() * 1000), gazetteer, policy)
        fusion.apply(step.rows)
        costs.append(time.thread_time() - began)
        bytes_written += sum(len(row) for row in step.rows.values() if row is not None)
    with args.fused.open("wb") as f:
        for mention_id, incident_id in fusion.assignments():
            f.write(orjson.dumps({"mention_id": mention_id, "incident": incident_id}) + b"\n")
    costs.sort()
    print(
        f"{len(costs)} mentions, {fusion.standing} incidents standing; "
        f"ms of CPU a mention: mean {1e3 * sum(costs) / len(costs):.2f}, median {1e3 * costs[len(costs) // 2]:.2f}, "
        f"p99 {1e3 * costs[int(0.99 * len(costs))]:.2f}, most {1e3 * costs[-1]:.2f}; "
        f"{bytes_written / len(costs) / 1024:.1f} kB written a mention; a plain loop took {1e3 * reference_s():.1f} ms"
    )


def reference_s() -> float:
    """Return the CPU time of a plain loop, in seconds."""
    began, total = time.thread_time(), 0
    for n in range(REFERENCE):
        total += n * n % 7
    return time.thread_time() - began


def read(path: Path) -> Iterator[Mention]:
    """Yield the mentions of a benchmark file in its order."""
    with path.open("rb") as f:
        for line in f:
            yield as_mention(orjson.loads(line))


def as_mention(told: dict[str, Any]) -> Mention:
    """Turn a line of the benchmark into the contract; its targets become facilities that no gazetteer knows."""
    effects, target = told["effects"], told["target"]
    return Mention(
        mention_id=told["mention_id"],
        report_id=told["report_id"],
        report_revision=1,
        ordinal=0,
        traffic=Traffic.ACTUAL,
        theatre="bench",
        threat_type=ThreatType(told["threat_type"]),
        status=Status(told["status"]),
        initiator=Initiator.HOSTILE,
        occurred=Interval(earliest=_instant(told["occurred"]["earliest"]), latest=_instant(told["occurred"]["latest"])),
        facility_id=target.lower().replace(" ", "-") if target else None,
        place=Place(name=told["place"], lat=told["lat"], lon=told["lon"], radius_km=told["precision_km"]),
        attribution=Attribution(
            confidence=AttributionConfidence.SUSPECTED if told["actor"] else AttributionConfidence.NONE,
            actor=told["actor"],
        ),
        effects=Effects(killed=effects["killed"], wounded=effects["wounded"]),
        source=Source(
            name=told["source"]["name"],
            kind=SourceKind(told["source"]["kind"]),
            reliability=Reliability(told["source"]["reliability"]),
        ),
        published_at=_instant(told["published_at"]),
        quote=told["text"][:600],
        evidence=(),
        text_sketch=sketch(told["text"]),
    )


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


if __name__ == "__main__":
    main()
