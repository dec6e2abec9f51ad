"""Flashes whose point is who did it: how firmly the reader takes it, by kinds of telling, not by single texts."""

from collections import defaultdict

import pytest

from schemas.taxonomy import AttributionConfidence as C
from tests.unit.reader import GOLDEN, reading_of

FLOORS = {
    C.CLAIMED: 0.75,
    C.STATED_FACT: 0.8,
    C.SUSPECTED_BY_AUTHORITIES: 0.85,
    C.SUSPECTED: 0.85,
    C.POSSIBLE: 0.85,
    C.NONE: 0.9,
}
"""Shares of the flashes that tell of one incident of which the confidence is right."""


def flashes() -> dict[C, list[tuple[str, str]]]:
    """The flashes: confidence -> actor ("" where nobody is named) and text."""
    out: dict[C, list[tuple[str, str]]] = defaultdict(list)
    for line in (GOLDEN / "flashes" / "attribution.tsv").read_text(encoding="utf-8").splitlines():
        confidence, actor, text = line.split("\t")
        out[C(confidence)].append((actor, text))
    return out


@pytest.mark.parametrize("confidence", list(C))
def test_who_is_said_to_have_done_it_and_how_firmly(confidence: C) -> None:
    """Claims, plain accounts, accusations, suspicions and hints are told apart, and nobody is named where nobody is."""
    told = [mentions[0].attribution for _, text in flashes()[confidence] if (mentions := reading_of(text)[1])]
    right = sum(a.confidence is confidence for a in told)
    assert len(told) >= 0.75 * len(flashes()[confidence])
    assert right >= FLOORS[confidence] * len(told)
