"""Fuses the annotated mentions of development reports, so that fusing is judged apart from reading.

`python -m tests.bench.fuse_reports REPORTS.jsonl [--list]`: prints precision, recall and F1 over pairs of mentions of
different reports, and with `--list` each wrong pair.
"""

import argparse
import itertools
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from schemas.mention import Attribution, Candidate, Effects, Interval, Mention, Place
from schemas.policy import Policy
from schemas.report import Report, Source
from schemas.taxonomy import AttributionConfidence, Initiator, Reliability, SourceKind, Status, ThreatType, Traffic
from streams.fusing import Fusion
from streams.gazetteer import Gazetteer
from streams.sketch import sketch
from tests.bench.fuse import DEFAULT_FACILITIES


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--list", action="store_true")
    args = parser.parse_args()
    mentions = list(annotated(args.reports))
    found = fused([m for m, _ in mentions], Gazetteer.from_geojson(DEFAULT_FACILITIES))
    precision, recall, f1 = pair_figures({m.mention_id: (m.report_id, key) for m, key in mentions}, found)
    print(f"{len(mentions)} mentions; pairs precision {precision:.3f} recall {recall:.3f} f1 {f1:.3f}")
    if args.list:
        for (a, key_a), (b, key_b) in itertools.combinations(mentions, 2):
            if (key_a == key_b) != (found[a.mention_id] == found[b.mention_id]) and a.report_id != b.report_id:
                print("split" if key_a == key_b else "mixed", a.mention_id, b.mention_id, key_a, key_b)


def fused(mentions: list[Mention], gazetteer: Gazetteer) -> dict[str, str]:
    """Return each mention's incident after all have been stepped through."""
    fusion, policy = Fusion(0), Policy()
    for mention in mentions:
        fusion.apply(fusion.step(mention, None, int(mention.published_at.timestamp() * 1000), gazetteer, policy).rows)
    return dict(fusion.assignments())


def pair_figures(truth: Mapping[str, tuple[str, str]], found: Mapping[str, str]) -> tuple[float, float, float]:
    """Return precision, recall and F1; `truth` gives report and incident key of each mention."""
    same = said = both = 0
    for (a, (report_a, key_a)), (b, (report_b, key_b)) in itertools.combinations(truth.items(), 2):
        if report_a != report_b:
            is_same, is_said = key_a == key_b, found[a] == found[b]
            same, said, both = same + is_same, said + is_said, both + (is_same and is_said)
    precision, recall = both / said if said else 0.0, both / same if same else 0.0
    return precision, recall, 2 * both / (same + said) if same + said else 0.0


def annotated(path: Path) -> Iterator[tuple[Mention, str]]:
    """Yield the annotated mentions of a file, in order of publication, with their incident keys."""
    lines = [orjson.loads(line) for line in path.read_bytes().splitlines() if line.strip()]
    for line in sorted(lines, key=lambda o: o["report"]["published_at"]):
        report = Report.model_validate_json(orjson.dumps({k: v for k, v in line["report"].items() if v is not None}))
        for ordinal, told in enumerate(line["gold"]["mentions"]):
            yield _mention(report, ordinal, told), told["incident"]


def _mention(report: Report, ordinal: int, told: dict[str, Any]) -> Mention:
    listed = told["candidates"]
    return Mention(
        mention_id=f"{report.report_id}/1/{ordinal}",
        report_id=report.report_id,
        report_revision=1,
        ordinal=ordinal,
        traffic=Traffic.ACTUAL,
        theatre="bench",
        threat_type=ThreatType(told["threat_type"]),
        status=Status(told["status"]),
        initiator=Initiator(told["initiator"]),
        occurred=Interval(
            earliest=datetime.fromisoformat(told["occurred"]["earliest"]),
            latest=datetime.fromisoformat(told["occurred"]["latest"]),
        ),
        facility_id=told["facility_id"],
        candidates=tuple(Candidate(facility_id=c, probability=round(0.95 / len(listed), 3)) for c in listed[:10]),
        place=Place(name=told["place"]) if told["place"] else None,
        attribution=Attribution(confidence=AttributionConfidence(told["attribution"]["confidence"])),
        effects=Effects(killed=told["effects"]["killed"], wounded=told["effects"]["wounded"]),
        source=Source(
            name=report.source.name,
            kind=SourceKind(report.source.kind),
            reliability=Reliability(report.source.reliability),
        ),
        published_at=report.published_at,
        quote=told["quote"][:600],
        evidence=(),
        text_sketch=sketch(report.body),
    )


if __name__ == "__main__":
    main()
