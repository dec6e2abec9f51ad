"""What people have at hand becomes reports, or a refusal with its place."""

from datetime import UTC, datetime, timedelta

import orjson
import pytest

from schemas.report import Report, Source
from streams.desk.intake import PlainText, Refusal, is_json, read_lines, read_text

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


OTHER = REPORT.model_copy(update={"report_id": "r-2"})
PRETTY = orjson.dumps(BODY, option=orjson.OPT_INDENT_2)


@pytest.mark.parametrize(
    "document, reports",
    [
        pytest.param(b"\xef\xbb\xbf" + REPORT.to_json(), [REPORT], id="byte order mark"),
        pytest.param(b"\xef\xbb\xbf" + REPORT.to_json() + b"\r\n" + OTHER.to_json(), [REPORT, OTHER], id="windows"),
        pytest.param(PRETTY, [REPORT], id="one object over lines"),
        pytest.param(b"\n" + PRETTY + b"\n" + PRETTY + b"\n", [REPORT, REPORT], id="as jq writes"),
        pytest.param(orjson.dumps([BODY, {"report": BODY}]), [REPORT, REPORT], id="array on a line"),
        pytest.param(orjson.dumps([BODY, BODY], option=orjson.OPT_INDENT_2), [REPORT, REPORT], id="array over lines"),
        pytest.param(
            b"[\n" + REPORT.to_json() + b",\n" + OTHER.to_json() + b"\n]\n", [REPORT, OTHER], id="array of lines"
        ),
        pytest.param(b"[]", [], id="nothing"),
    ],
)
def test_other_ways_to_write_reports(document: bytes, reports: list[Report]) -> None:
    """A byte order mark, an array and objects over several lines are what they look like."""
    assert is_json(document)
    assert list(read_lines(document.splitlines(keepends=True), "f", NOW)) == reports


@pytest.mark.parametrize(
    "document, where, told",
    [
        (PRETTY[:-1], "f", "not JSON"),
        (b"[\n" + PRETTY, "f", "one report a line, or an array"),
        (b'{"a": "\xff\n', "f", "not JSON"),
        (b"{\n" + b"[" * 100_000, "f", "not JSON"),
        (b"\n[\n" + PRETTY + b",\n3]", "f:2", "report 2: not a JSON object"),
        (b"\n\n" + PRETTY.replace(b"r-1", b""), "f:3", "report_id"),
    ],
)
def test_a_bad_document_is_named(document: bytes, where: str, told: str) -> None:
    """What is no JSON as a whole is told once, with what to do; a bad report in it with its number or its line."""
    *_, refused = read_lines(document.splitlines(), "f", NOW)
    assert isinstance(refused, Refusal)
    assert (refused.where, told in refused.reason) == (where, True)


def test_lines_are_read_beside_one_that_was_cut() -> None:
    """A first line that was cut off does not take the others with it."""
    found = list(read_lines([b'{"report_id": "r', REPORT.to_json(), b"", OTHER.to_json()], "f", NOW))
    assert isinstance(found[0], Refusal)
    assert found[0].where == "f:1"
    assert found[1:] == [REPORT, OTHER]


@pytest.mark.parametrize("text", [b"[BREAKING] Rockets", b"[1] Rockets", b"Rockets {not} [JSON]", b""])
def test_plain_texts_are_no_json(text: bytes) -> None:
    """Brackets alone make no JSON."""
    assert not is_json(text)


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


def test_a_nameless_source_is_named() -> None:
    """An empty name of the source is told by its option."""
    found = read_text("x", PlainText(source="", published_at=NOON), "note.txt", NOW)
    assert isinstance(found, Refusal)
    assert found.reason == "--source: String should have at least 1 character"


@pytest.mark.parametrize("text, at, told", [("", NOON, "nothing to read"), ("x", NOW + timedelta(days=1), "future")])
def test_a_plain_text_may_be_refused(text: str, at: datetime, told: str) -> None:
    """An empty text and one from the future are refused with the reason."""
    found = read_text(text, PlainText(source="Gate 3", published_at=at), "note.txt", NOW)
    assert isinstance(found, Refusal)
    assert told in found.reason
