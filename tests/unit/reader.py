"""What the tests of reading are made of: the default facilities' indexes, and texts that are read with them."""

import json
from functools import cache
from pathlib import Path

from schemas.mention import Mention, Reading
from schemas.policy import Policy
from schemas.report import Report
from streams.reading import Lexicon, read
from tests.bench.training import default_lexicon

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
"""Texts with what is to be read in them."""


@cache
def lexicon() -> Lexicon:
    """The default facilities' indexes."""
    return default_lexicon()


def report(text: str, title: str = "") -> Report:
    """A report of a wire."""
    row = {"report_id": "r", "source": {"name": "w"}, "published_at": "2024-03-13T10:00:00Z", "lang": "en"}
    return Report.model_validate_json(json.dumps({**row, "text": text, "title": title}))


def reading_of(
    text: str,
    *,
    title: str = "",
    source: str = "wire",
    kind: str = "wire",
    published: str = "2024-03-13T10:00:00Z",
    **more: str,
) -> tuple[Reading, tuple[Mention, ...]]:
    """Read a text of a source, published on a Wednesday where nothing else is said."""
    teller = {"name": source, "kind": kind, "reliability": "B"}
    row = {"report_id": "r", "source": teller, "published_at": published, "title": title, "text": text, **more}
    return read(Report.model_validate_json(json.dumps(row)), 1, lexicon(), Policy())


def told(text: str, source: str = "wire", kind: str = "wire", title: str = "") -> tuple[Mention, ...]:
    """What such a text tells."""
    return reading_of(text, title=title, source=source, kind=kind)[1]
