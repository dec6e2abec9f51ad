"""What the programs share that fit the reader's learned models."""

import argparse
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from schemas.report import Report
from streams.gazetteer import Gazetteer
from streams.reading import Lexicon
from streams.reading.page.sheet import sheet_of
from tests.bench.reading import DEFAULT_FACILITIES, report_of

Case = TypeVar("Case")


def arguments(program: str | None, out: Path | None = None) -> argparse.Namespace:
    """Return the files to fit on, those to leave out in turn (`test`), and where the table goes (`out`)."""
    parser = argparse.ArgumentParser(description=program)
    parser.add_argument("files", type=Path, nargs="+")
    if out is not None:
        parser.add_argument("--out", type=Path, default=out)
    parser.add_argument(
        "--test", type=Path, action="append", default=[], help="leave this one out, and say how it is told"
    )
    return parser.parse_args()


def default_lexicon() -> Lexicon:
    """Return the indexes of the default facilities."""
    return Lexicon.build(Gazetteer.from_geojson(DEFAULT_FACILITIES))


def of_all(cases: dict[Path, list[Case]], but: Path | None = None) -> list[Case]:
    """Return the cases of all files, or of all but one."""
    return [case for path, some in cases.items() if path != but for case in some]


def lines_of(path: Path) -> list[list[str]]:
    """Return the lines of a table, each cut at its tabs."""
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]


def as_read(row: dict[str, Any], lexicon: Lexicon) -> tuple[Report, Callable[[str], tuple[int, int]]]:
    """Return an annotated report laid out to be read, and what finds a quote in it: where, or -1, and how long."""
    report = report_of(row)
    sheet = sheet_of(report, lexicon.names)

    def find(quote: str) -> tuple[int, int]:
        at = report.body.find(quote)
        if sheet is None or at < 0:
            return at, len(quote)
        start, end = bisect_right(sheet.ends, at), bisect_left(sheet.starts, at + len(quote))
        return start, end - start

    return sheet.report if sheet else report, find
