"""Fusing on annotated reports: no worse than what was reached."""

from streams.gazetteer import Gazetteer
from tests.bench.fuse import DEFAULT_FACILITIES
from tests.bench.fuse_reports import annotated, fused, pair_figures
from tests.shared import shared


def test_annotated_mentions_are_fused() -> None:
    """Mentions as annotated, of reports in many styles, are put together with pair precision and recall over 0.9."""
    mentions = list(annotated(shared("reports_dev.jsonl")))
    found = fused([m for m, _ in mentions], Gazetteer.from_geojson(DEFAULT_FACILITIES))
    precision, recall, _ = pair_figures({m.mention_id: (m.report_id, key) for m, key in mentions}, found)
    assert precision > 0.9
    assert recall > 0.9
