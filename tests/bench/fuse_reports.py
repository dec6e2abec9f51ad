"""Fuses what annotated development reports tell: the mentions as annotated, and as our reader reads them.

`python -m tests.bench.fuse_reports REPORTS.jsonl [--list]`: prints precision, recall and F1 over pairs of mentions of
different reports, and with `--list` each wrong pair. What was read is paired with what was annotated by the judge of
reading; what was not read, or read besides, is that judge's matter.
"""

import argparse
import itertools
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from schemas.mention import Attribution, Candidate, Denial, Effects, Interval, Mention, Place
from schemas.policy import Policy
from schemas.report import Report, Source
from schemas.taxonomy import AttributionConfidence, Initiator, Reliability, SourceKind, Status, ThreatType, Traffic
from streams.fusing import Fusion
from streams.gazetteer import Gazetteer
from streams.reading import Lexicon, read_all
from streams.sketch import sketch
from tests.bench.fuse import DEFAULT_FACILITIES
from tests.bench.reading import load, module, predicted, report_of
from tests.shared import SHARED

Event = Mention | Denial


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--list", action="store_true")
    args = parser.parse_args()
    gazetteer = Gazetteer.from_geojson(DEFAULT_FACILITIES)
    mentions = list(annotated(args.reports))
    show("annotated", mentions, fused([m for m, _ in mentions], gazetteer), listing=args.list)
    events, paired = as_read(args.reports, gazetteer)
    show("read", paired, fused(events, gazetteer), listing=args.list)


def show(name: str, mentions: list[tuple[Mention, str]], found: Mapping[str, str], *, listing: bool) -> None:
    """Print the figures, and the wrong pairs if they are wanted."""
    mentions = [(m, key) for m, key in mentions if m.mention_id in found]
    precision, recall, f1 = pair_figures({m.mention_id: (m.report_id, key) for m, key in mentions}, found)
    print(f"{name}: {len(mentions)} mentions; pairs precision {precision:.3f} recall {recall:.3f} f1 {f1:.3f}")
    for (a, key_a), (b, key_b) in itertools.combinations(mentions, 2) if listing else ():
        if (key_a == key_b) != (found[a.mention_id] == found[b.mention_id]) and a.report_id != b.report_id:
            print("split" if key_a == key_b else "mixed", a.mention_id, b.mention_id, key_a, key_b)


def as_read(path: Path, gazetteer: Gazetteer) -> tuple[list[Event], list[tuple[Mention, str]]]:
    """Return all that the reader makes of a file for fusing, and its mentions that are annotated, with their keys."""
    if SHARED is None:
        raise SystemExit("score_reports.py is not beside this checkout")
    judge, lexicon, policy = module(SHARED / "score_reports.py"), Lexicon.build(gazetteer), Policy()
    events: list[Event] = []
    paired: list[tuple[Mention, str]] = []
    for row in sorted(load(path), key=lambda row: row["report"]["published_at"]):
        report = report_of(row)
        _, mentions, denials = read_all(report, 1, lexicon, policy)
        events += [*mentions, *denials]
        (guess,) = predicted([row], lexicon, policy)
        pairs = judge.pair(row["gold"]["mentions"], guess["mentions"], report.body)
        paired += [(mentions[j], row["gold"]["mentions"][i]["incident"]) for i, j in pairs]
    return events, paired


def fused(events: Iterable[Event], gazetteer: Gazetteer) -> dict[str, str]:
    """Return each mention's incident after all have been stepped through."""
    fusion, policy = Fusion(0), Policy()
    for event in events:
        at = event.published_at if isinstance(event, Mention) else event.claim.published_at
        fusion.apply(fusion.step(event, None, int(at.timestamp() * 1000), gazetteer, policy).rows)
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
