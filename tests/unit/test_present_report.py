"""How a reading looks at a terminal: whole words at any width, and the days of the place."""

import io
import json
import re
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from rich.text import Text

from schemas.mention import Interval
from schemas.report import Report
from streams.cli.columns import fitted
from streams.cli.present_report import local, report_panel
from streams.cli.terminal import SafeConsole
from streams.desk.workbench import understand
from streams.reference import Reference, load_files

TEXT = (
    "Mortar rounds were fired at Ain al-Asad air base late on Monday, the army said, and two guards were wounded; "
    "Kataib Hezbollah claimed the attack. At 00:40 on Tuesday an explosion was heard at Bagram, killing one. "
    "There was no rocket attack on Erbil airport, officials said."
)
WORDS = (
    *("mortar", "artillery", "executed", "unknown", "explosion", "Al Asad Air Base", "Bagram Airfield", "within 6 h"),
    *("2025-05-12 15:00Z", "2025-05-12 20:10Z", "Mon 12 May", "18:00", "24:00", "Tue 13 May 00:40"),
    *("local (UTC+3)", "local (UTC+4:30)", "“late on Monday”", "Kataib", "Hezbollah", "claimed", "2 wounded"),
    *("not said", "1 killed", "negated", "modality.negated"),
)
"""What is shown, none of it broken."""


@cache
def reference() -> Reference:
    """The default facilities and policy."""
    return load_files(None, None)


def shown(text: str, width: int) -> list[str]:
    """The lines that a terminal of a width shows of a report of a Wednesday."""
    row = {"report_id": "r", "source": {"name": "Gate log"}, "published_at": "2025-05-14T12:00:00Z", "lang": "en"}
    understood = understand([Report.model_validate_json(json.dumps({**row, "text": text}))], reference())
    out = io.StringIO()
    SafeConsole(file=out, width=width, color_system=None).print(report_panel(understood[0], reference().gazetteer))
    return out.getvalue().splitlines()


@pytest.mark.parametrize("width", [120, 100, 96, 80, 72, 60, 40, 32])
def test_no_word_is_broken(width: int) -> None:
    """At any width what is shown is whole, and no line is longer than the terminal is wide."""
    lines = shown(TEXT, width)
    assert max(map(len, lines)) <= width
    words = set(re.split(r"\s+", " ".join(lines)))
    for told in WORDS:
        assert set(told.split()) <= words, told
    for told in ("2025-05-12 15:00Z", "Tue 13 May 00:40", "local (UTC+3)", "1 killed", "not said"):
        assert any(told in line for line in lines), told


@pytest.mark.parametrize("width, labelled", [(120, False), (60, True), (40, True)])
def test_a_narrow_terminal_has_labelled_lines(width: int, labelled: bool) -> None:
    """A table needs room; where there is none, each mention is a block of lines with labels."""
    lines = [line.split() for line in shown(TEXT, width)]
    assert (["victims", "2", "wounded"] in lines) is labelled
    assert (["what", "where", "when", "by", "whom", "victims", "incident"] in lines) is not labelled


def test_an_exact_time_is_within_nothing() -> None:
    """Of what is told to the minute no span is shown."""
    text = "At 14:30 on Tuesday a drone hit a depot near Camp Taji, killing one."
    assert "Tue 13 May 14:30" in " ".join(shown(text, 120))
    assert "within" not in " ".join(shown(text, 120))


BAGHDAD, KABUL, NEW_YORK, BAMAKO = map(ZoneInfo, ("Asia/Baghdad", "Asia/Kabul", "America/New_York", "Africa/Bamako"))


@pytest.mark.parametrize(
    "earliest, latest, zone, told",
    [
        ("11T21:00", "12T21:00", BAGHDAD, "Mon 12 May\nlocal (UTC+3)"),
        ("11T19:30", "12T19:30", KABUL, "Mon 12 May\nlocal (UTC+4:30)"),
        ("12T15:00", "12T21:00", BAGHDAD, "Mon 12 May 18:00 to 24:00\nlocal (UTC+3)"),
        ("12T15:00", "13T03:00", BAGHDAD, "Mon 12 May 18:00 to Tue 13 May 06:00\nlocal (UTC+3)"),
        ("12T15:00", "12T15:00", BAGHDAD, "Mon 12 May 18:00\nlocal (UTC+3)"),
        ("11T21:00", "11T21:00", BAGHDAD, "Mon 12 May 00:00\nlocal (UTC+3)"),
        ("13T02:10", "13T02:40", NEW_YORK, "Mon 12 May 22:10 to 22:40\nlocal (UTC-4)"),
        ("12T00:00", "14T00:00", BAMAKO, "Mon 12 May 00:00 to Tue 13 May 24:00\nlocal (UTC)"),
    ],
)
def test_times_are_shown_as_the_place_has_them(earliest: str, latest: str, zone: ZoneInfo, told: str) -> None:
    """The day is that of the place, on which the text tells it, not that of Greenwich."""
    first, last = (datetime.fromisoformat(f"2025-05-{at}").replace(tzinfo=UTC) for at in (earliest, latest))
    assert local(Interval(earliest=first, latest=last), zone) == told


@pytest.mark.parametrize(
    "text, offset",
    [
        pytest.param("Rockets hit a base in northern Mali on Monday.", "UTC", id="only the country"),
        pytest.param("Rockets hit a depot at 33.7856 N, 42.4412 E on Monday.", "UTC+3", id="only a position"),
    ],
)
def test_the_place_has_a_time_without_a_facility(text: str, offset: str) -> None:
    """Also where only a point or a country is told the local day is."""
    assert f"local ({offset})" in " ".join(shown(text, 120))


@pytest.mark.parametrize(
    "cells, room, widths",
    [
        ((("a bc", "def"),), 7, [4, 3]),
        ((("a bc", "def"),), 5, [2, 3]),
        ((("a bc", "def"),), 4, None),
        ((("a bc", "d\ne f"), ("", "")), 5, [2, 3]),
        ((("a b c d e f", "g h i"),), 10, [5, 5]),
    ],
)
def test_columns_are_fitted(cells: tuple[tuple[str, ...], ...], room: int, widths: list[int] | None) -> None:
    """The widest column gives way first, no word is broken, and no room is said so."""
    assert fitted([[Text(cell) for cell in row] for row in cells], room) == widths


def test_heads_and_whole_columns_are_not_wrapped() -> None:
    """A column is as wide as its head at least, and as its lines where it is to stay whole."""
    row = [Text("a b"), Text("d e\nf")]
    assert fitted([row], 7, ("ab", "c")) == [3, 3]
    assert fitted([row], 5, ("ab", "c")) == [2, 3]
    assert fitted([row], 5, ("ab", "c"), {"c"}) == [2, 3]
    assert fitted([row], 3, ("ab", "c")) == [2, 1]
    assert fitted([row], 4, ("ab", "c"), {"c"}) is None
