"""What people have at hand becomes reports, or a refusal with its place."""

from datetime import UTC, datetime, timedelta

import orjson
import pytest

from schemas.report import Report, Source
from streams.desk.intake import PlainText, Refusal, read_lines, read_text

NOW = datetime(2026, 3, 2, tzinfo=UTC)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
REPORT = Report(report_id="r-1", source=Source(name="Harbour Wire"), published_at=NOON, text="A rocket landed.")
BODY = orjson.loads(REPORT.to_json())


@pytest.mark.parametrize(
    "document", [BODY, {"report": BODY}, {"report": BODY, "gold": {"mentions": []}}, {**BODY, "x": 1}]
)
def test_a_line_is_a_report(document: object) -> None:
    """A report stands bare or under `report`; what else stands there does not matter."""
    assert list(read_lines([orjson.dumps(document)], "f", NOW)) == [REPORT]


@pytest.mark.parametrize(
    "line, told",
    [
        (b"nope", "not JSON"),
        (b"[1]", "not a JSON object"),
        (b"{}", "report_id: Field required"),
        (b'{"report": 3}', "object"),
        (orjson.dumps({**BODY, "published_at": "2026-03-01T12:00:00"}), "published_at"),
        (orjson.dumps({**BODY, "published_at": "2026-03-02T00:11:00Z"}), "lies in the future"),
        (orjson.dumps({**BODY, "text": "x" * 300_000}), "split the report"),
        (orjson.dumps({**BODY, "text": " "}), "both empty"),
        (b'{"x": "' + b"y" * 3_000_000 + b'"}', "no report is that long"),
    ],
)
def test_a_bad_line_is_named(line: bytes, told: str) -> None:
    """A refusal carries the file, the line and the reason; blank lines count and are no reports."""
    found = list(read_lines([b"\n", line, orjson.dumps(BODY)], "f.jsonl", NOW))
    assert isinstance(found[0], Refusal)
    assert found[0].where == "f.jsonl:2"
    assert told in found[0].reason
    assert found[1:] == [REPORT]


def test_clocks_may_differ_a_little() -> None:
    """Ten minutes ahead are put down to clocks."""
    ahead = orjson.dumps({**BODY, "published_at": (NOW + timedelta(minutes=10)).isoformat()})
    assert isinstance(next(read_lines([ahead], "f", NOW)), Report)


def test_a_plain_text_gets_an_id_of_what_it_says() -> None:
    """The same text sent again is the same report; another text is another."""
    about = PlainText(source="Gate 3", published_at=NOON)
    first, again, other = (read_text(text, about, "f", NOW) for text in ("one", "one", "two"))
    assert isinstance(first, Report)
    assert isinstance(other, Report)
    assert first == again
    assert first.report_id != other.report_id


@pytest.mark.parametrize("text, at, told", [("", NOON, "nothing to read"), ("x", NOW + timedelta(days=1), "future")])
def test_a_plain_text_may_be_refused(text: str, at: datetime, told: str) -> None:
    """An empty text and one from the future are refused with the reason."""
    found = read_text(text, PlainText(source="Gate 3", published_at=at), "note.txt", NOW)
    assert isinstance(found, Refusal)
    assert told in found.reason
