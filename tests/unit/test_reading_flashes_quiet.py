"""Short reports without a current hostile incident: denials, drills, courts, anniversaries, own strikes, figures."""

import pytest

from tests.bench.reading import load
from tests.unit.reader import GOLDEN, reading_of

ROWS = load(GOLDEN / "flashes" / "quiet.jsonl")


@pytest.mark.parametrize("kind,floor", [("news", 0.79), ("wire", 0.85), ("official", 0.86), ("ngo", 0.85)])
def test_quiet_reports_of_a_kind_of_source_stay_quiet(kind: str, floor: float) -> None:
    """Most of them make no mention."""
    rows = [r for r in ROWS if r["kind"] == kind]
    loud = [r["title"] for r in rows if reading_of(r["text"], title=r["title"], kind=kind)[1]]
    assert len(rows) - len(loud) >= floor * len(rows), len(loud)


@pytest.mark.parametrize(
    "text",
    [
        "Rockets fell on Camp Taji on Tuesday, people in the market said. None had.",
        "Gunmen stormed Camp Lemonnier on Tuesday. The gunmen were actors, and the blood was paint.",
        "An explosion shook Balad Air Base on Tuesday. Sabotage was ruled out.",
        "Rockets struck Camp Taji. That was in 2006, and the crater is a pond now.",
    ],
)
def test_what_follows_takes_it_back(text: str) -> None:
    """What is told in one sentence and taken back in the next makes no mention."""
    assert reading_of(text)[1] == ()


@pytest.mark.parametrize(
    "text",
    [
        "Rockets fell on Camp Taji on Tuesday. None hit the barracks.",
        "A drone hit Camp Taji on Tuesday. It was not clear who had sent it.",
        "A missile struck Balad Air Base on Tuesday. There was no claim of responsibility.",
        "An explosion killed two soldiers at Balad Air Base on Tuesday. Sabotage was not ruled out.",
    ],
)
def test_what_only_sounds_like_taking_back(text: str) -> None:
    """An incident stands where the next sentence denies something else."""
    assert len(reading_of(text)[1]) == 1
