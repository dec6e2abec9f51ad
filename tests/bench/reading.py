"""Scores the reader on annotated reports: all figures, fused too, by style of source, and the worst cases.

python -m tests.bench.reading [--list | --totals] [REPORTS.jsonl ...]
"""

import argparse
import contextlib
import importlib.util
import io
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

from schemas.policy import Policy
from schemas.report import Report
from streams.cli.read import predicted as as_predicted
from streams.desk.workbench import understand
from streams.gazetteer import Gazetteer
from streams.reading import Lexicon, read
from streams.reference import Reference
from tests.shared import SHARED

ROOT = Path(__file__).resolve().parents[2]
DEFAULT_FACILITIES = ROOT / "deploy" / "defaults" / "facilities.geojson"


def load(path: Path) -> list[dict[str, Any]]:
    """Read a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def annotated(path: Path) -> list[dict[str, Any]]:
    """Read a JSONL file of annotated reports, or of bare stories of which none tells of an incident."""
    return [row if "gold" in row else {"report": _enveloped(row), "gold": {"mentions": []}} for row in load(path)]


def completed(row: dict[str, Any]) -> dict[str, Any]:
    """Fill in what some annotations leave out: of the day before publication, an incident of its own, no more told."""
    published = datetime.fromisoformat(row["report"]["published_at"])
    day = {"earliest": f"{published - timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}", "latest": row["report"]["published_at"]}
    rest: dict[str, Any] = {"initiator": "hostile", "attribution": {"confidence": "none"}, "occurred": day}
    rest |= {"facility_id": None, "candidates": [], "place": None, "effects": {"killed": None, "wounded": None}}
    mentions = [
        {"incident": f"{row['report']['report_id']}/{n}", **rest, **mention}
        for n, mention in enumerate(row["gold"]["mentions"])
    ]
    return {**row, "gold": {"rejected": [], **row["gold"], "mentions": mentions}}


def _enveloped(story: dict[str, Any]) -> dict[str, Any]:
    source = {"name": "wire", "kind": story["kind"]}
    told = {"title": story["title"], "text": story["text"]}
    return {"report_id": "story", "source": source, "published_at": "2024-03-13T10:00:00Z", **told}


def report_of(row: dict[str, Any]) -> Report:
    """The report of an annotated row."""
    return Report.model_validate_json(json.dumps(row["report"]))


def predicted(rows: Iterable[dict[str, Any]], lexicon: Lexicon, policy: Policy | None = None) -> list[dict[str, Any]]:
    """Read the reports and write what was read in the format of the scorer."""
    out = []
    for row in rows:
        _, mentions = read(report_of(row), 1, lexicon, policy or Policy())
        out.append(
            {
                "report_id": row["report"]["report_id"],
                "mentions": [
                    {
                        "threat_type": m.threat_type.value,
                        "status": m.status.value,
                        "initiator": m.initiator.value,
                        "facility_id": m.facility_id,
                        "candidates": [c.facility_id for c in m.candidates],
                        "place": m.place.name if m.place else None,
                        "occurred": json.loads(m.occurred.model_dump_json()),
                        "attribution": {"confidence": m.attribution.confidence.value},
                        "effects": {"killed": m.effects.killed, "wounded": m.effects.wounded},
                        "evidence": [[s.start, s.end] for s in m.evidence if s.axis == "core"],
                    }
                    for m in mentions
                ],
            }
        )
    return out


def figures(
    rows: list[dict[str, Any]], guesses: list[dict[str, Any]], *, listing: bool = False
) -> tuple[dict[str, float], str]:
    """Score with the shared judge; return its figures and what it printed."""
    if SHARED is None:
        raise SystemExit("score_reports.py is not beside this checkout")
    judge = module(SHARED / "score_reports.py")
    with tempfile.TemporaryDirectory() as folder:
        gold, pred = Path(folder) / "gold.jsonl", Path(folder) / "pred.jsonl"
        gold.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
        pred.write_text("".join(json.dumps(g) + "\n" for g in guesses), encoding="utf-8")
        said, argv = io.StringIO(), sys.argv
        sys.argv = ["score_reports.py", str(gold), str(pred), *(["--list"] if listing else [])]
        try:
            with contextlib.redirect_stdout(said):
                judge.main()
        finally:
            sys.argv = argv
    lines = [line.split() for line in said.getvalue().splitlines()]
    return {w[0]: float(w[1]) for w in lines if len(w) == 2 and w[1].replace(".", "").isdigit()}, said.getvalue()


def module(path: Path) -> ModuleType:
    """Load one of the shared judges."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def fused(rows: Iterable[dict[str, Any]], gazetteer: Gazetteer) -> list[dict[str, Any]]:
    """Read the reports and fuse what they say, as `tocsin read --json` does."""
    reference = Reference(gazetteer, Lexicon.build(gazetteer), Policy())
    return [as_predicted(one) for one in understand([report_of(row) for row in rows], reference)]


def worst(rows: list[dict[str, Any]], said: str, count: int = 8) -> str:
    """Return the reports with the most errors in readable form: headline, then each error."""
    errors: dict[str, list[str]] = defaultdict(list)
    for line in said.splitlines():
        words = line.split(maxsplit=1)
        if len(words) == 2 and words[1].startswith(("wrong ", "missed ", "invented ")):
            errors[words[0]].append(words[1])
    by_id = {row["report"]["report_id"]: row["report"] for row in rows}
    out = []
    for report_id in sorted(errors, key=lambda i: (-len(errors[i]), i))[:count]:
        report = by_id[report_id]
        head = report["title"] or report["text"][:80].replace("\n", " ")
        out += [f"{report_id} ({report['source']['kind']}): {head}", *(f"    {e}" for e in errors[report_id])]
    return "\n".join(out)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--list", action="store_true", help="print every error")
    parser.add_argument("--totals", action="store_true", help="print no case: of reports that nobody is to learn from")
    args = parser.parse_args()
    files = args.files or [SHARED / "reports_dev.jsonl"] if SHARED else args.files
    rows = [completed(row) for f in files for row in annotated(f)]
    guesses = fused(rows, Gazetteer.from_geojson(DEFAULT_FACILITIES))
    _, said = figures(rows, guesses, listing=not args.totals)
    errors = tuple(row["report"]["report_id"] + " " for row in rows)
    print("\n".join(line for line in said.splitlines() if args.list or not line.startswith(errors)) + "\n")
    for kind in sorted({r["report"]["source"]["kind"] for r in rows}):
        some = [i for i, r in enumerate(rows) if r["report"]["source"]["kind"] == kind]
        by, _ = figures([rows[i] for i in some], [guesses[i] for i in some])
        shown = " ".join(f"{k.removesuffix('_accuracy')} {by.get(k, float('nan')):.2f}" for k in BY_KIND)
        print(f"{kind:9s} n {len(some):3d} {shown}")
    print("\nworst cases:\n" + worst(rows, said))


BY_KIND = (
    "mention_f1",
    "alert_grade_f1",
    "threat_type_accuracy",
    "status_accuracy",
    "target_accuracy",
    "time_accuracy",
    "attribution_accuracy",
    "traps_kept_out",
    "quiet_reports",
)


if __name__ == "__main__":
    main()
