"""Flashes whose point is the site: named, misspelt, described, beside another, or one that the gazetteer lacks."""

import unicodedata

import pytest

from schemas.mention import Mention
from tests.unit.reader import GOLDEN, reading_of

KINDS = ("facility", "candidates", "place")


def plain(text: str) -> str:
    """The text without accents and case."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


def flashes(kind: str) -> list[tuple[str, str]]:
    """What is to be found (a facility, one of several, or only place words), and the text."""
    rows = [line.split("\t") for line in (GOLDEN / "flashes" / "targets.tsv").read_text(encoding="utf-8").splitlines()]
    return [(row[KINDS.index(kind)], row[3]) for row in rows if row[KINDS.index(kind)]]


def found(kind: str, want: str, mention: Mention) -> bool:
    """Whether a mention has the site; where there are only place words, it must not offer a facility."""
    best = mention.candidates[0].facility_id if mention.candidates else None
    if kind == "facility":
        return mention.facility_id == want
    if kind == "candidates":
        return (mention.facility_id or best) in want.split(",")
    place = mention.place.name if mention.place else ""
    return mention.facility_id is None and best is None and plain(want) in plain(place)


@pytest.mark.parametrize("kind,floor", [("facility", 0.93), ("candidates", 0.85), ("place", 0.85)])
def test_which_site_is_meant(kind: str, floor: float) -> None:
    """The right facility, the right candidates, or none: the embassy of another state is no facility of ours."""
    told = [(want, mentions[0]) for want, text in flashes(kind) if (mentions := reading_of(text)[1])]
    assert len(told) >= 0.9 * len(flashes(kind))
    assert sum(found(kind, want, m) for want, m in told) >= floor * len(told)
