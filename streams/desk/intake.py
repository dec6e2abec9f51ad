"""From what people have at hand to reports: JSON, bare or under `report`, or one plain text; each report validated.

JSON is one object a line, as it should be; also an array of them, or objects over several lines, as editors and `jq`
write them. A byte order mark is passed over. Pure, but for reading the lines it is handed.
"""

import hashlib
import json
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

import orjson
from pydantic import ValidationError

from schemas.record import rfc3339
from schemas.report import MAX_AHEAD, Report, Source
from schemas.taxonomy import SourceKind, Traffic
from streams.envelope import explain

_MAX_LINE_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line that is no report, and why."""

    where: str
    """`file:line`."""
    reason: str


@dataclass(frozen=True, slots=True)
class PlainText:
    """What must be known about a plain text to make a report of it."""

    source: str
    published_at: datetime
    title: str = ""
    report_id: str | None = None
    kind: SourceKind = SourceKind.UNKNOWN
    lang: str = "und"
    traffic: Traffic = Traffic.ACTUAL


def is_json(body: bytes) -> bool:
    """Whether a file holds JSON, and not a plain text: it begins as an object does, or an array of them."""
    return _JSON.match(body) is not None


def read_lines(lines: Iterable[bytes], name: str, now: datetime) -> Iterator[Report | Refusal]:
    """Yield a report or a refusal for every line that is not blank, and for every report of a longer document.

    Parameters
    ----------
    lines
        JSON objects, one a line: a report, or an object that holds one under `report`. Where the first line only begins
        an object or an array, all lines are one document.
    name
        Name of the file, for people.
    now
        Wall clock: a report from the future is refused here, not later.
    """
    numbered = ((n, line.removeprefix(BOM_UTF8) if n == 1 else line) for n, line in enumerate(lines, 1))
    first = True
    for number, line in numbered:
        if not line.strip():
            continue
        if first and _goes_on(line):
            yield from _of_document([(number, line), *numbered], name, now)
        else:
            yield from _of_line(line, f"{name}:{number}", now)
        first = False


def read_text(text: str, about: PlainText, name: str, now: datetime) -> Report | Refusal:
    """Make a report of a plain text; without an id it gets one made of what it says."""
    report_id = about.report_id or _text_id(text, about)
    try:
        source = Source(name=about.source, kind=about.kind)
    except ValidationError as e:
        return Refusal(name, f"--source: {explain(e).removeprefix('name: ')}")
    try:
        report = Report(
            report_id=report_id,
            source=source,
            published_at=about.published_at,
            title=about.title,
            text=text,
            lang=about.lang,
            traffic=about.traffic,
        )
        return _not_ahead(report, now)
    except ValidationError as e:
        return Refusal(name, explain(e))
    except ValueError as e:
        return Refusal(name, str(e))


_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{|\[\s*[{\]])")
_SOMETHING = re.compile(r"\S")
_DECODER = json.JSONDecoder()
_HOW = "write one report a line, or an array of reports"


def _goes_on(line: bytes) -> bool:
    """Whether a line begins an object or an array and does not end it."""
    told = line.strip()
    return told[:1] in {b"{", b"["} and told[-1:] != {b"{": b"}", b"[": b"]"}[told[:1]]


def _of_line(line: bytes, where: str, now: datetime) -> Iterator[Report | Refusal]:
    """The report of a line, or those of an array on it."""
    if len(line) > _MAX_LINE_BYTES and not line.lstrip().startswith(b"["):
        yield Refusal(where, f"the line has {len(line):,} bytes: no report is that long")
        return
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError as e:
        yield Refusal(where, f"not JSON: {_not_utf8(line) or e}")
        return
    yield from _of_value(value, where, now)


def _not_utf8(body: bytes) -> str:
    """Where bytes cease to be UTF-8, in words; empty where they are."""
    try:
        body.decode()
    except UnicodeDecodeError as e:
        return f"not UTF-8 at byte {e.start + 1}, as another encoding writes it (Latin-1, UTF-16); save it as UTF-8"
    return ""


def _of_document(lines: list[tuple[int, bytes]], name: str, now: datetime) -> Iterator[Report | Refusal]:
    """The reports of objects or arrays over several lines; where they are none, of those lines that are."""
    text = b"\n".join(line.rstrip(b"\r\n") for _, line in lines)
    try:
        values = list(_values(text.decode()))
    except (ValueError, RecursionError) as e:
        if any(isinstance(_loaded(one), dict) for _, one in lines):
            for number, one in lines:
                if one.strip():
                    yield from _of_line(one, f"{name}:{number}", now)
        else:
            yield Refusal(name, f"not JSON: {_not_utf8(text) or f'{e}; {_HOW}'}")
        return
    for line, value in values:
        yield from _of_value(value, f"{name}:{lines[0][0] + line}", now)


def _values(text: str) -> Iterator[tuple[int, object]]:
    """The JSON values of a text, each with the line feeds before it."""
    at = line = 0
    while (begin := _SOMETHING.search(text, at)) is not None:
        line += text.count("\n", at, begin.start())
        value, end = _DECODER.raw_decode(text, begin.start())
        yield line, value
        line += text.count("\n", begin.start(), end)
        at = end


def _loaded(line: bytes) -> object:
    try:
        return cast("object", orjson.loads(line))
    except orjson.JSONDecodeError:
        return None


def _of_value(value: object, where: str, now: datetime) -> Iterator[Report | Refusal]:
    """The report that a JSON value is, or the reports that it lists."""
    for number, document in enumerate(value, 1) if isinstance(value, list) else ((0, value),):
        try:
            yield _report(document, now)
        except ValueError as e:
            yield Refusal(where, f"report {number}: {e}" if number else str(e))


def _report(document: object, now: datetime) -> Report:
    if not isinstance(document, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004  callers tell bad lines by ValueError
    body = document.get("report", document)
    try:
        return _not_ahead(Report.model_validate_json(orjson.dumps(body)), now)
    except ValidationError as e:
        raise ValueError(explain(e)) from e
    except TypeError as e:  # orjson reads deeper than it writes
        raise ValueError(f"not a report: {e}") from e


def _not_ahead(report: Report, now: datetime) -> Report:
    if report.published_at > now + MAX_AHEAD:
        it_is = rfc3339(now.replace(microsecond=0))
        raise ValueError(
            f"published_at: {rfc3339(report.published_at)} lies in the future (it is {it_is}); "
            f"at most {MAX_AHEAD // timedelta(minutes=1)} min are put down to clocks"
        )
    return report


def _text_id(text: str, about: PlainText) -> str:
    said = "\n".join((about.source, rfc3339(about.published_at), about.title, text))
    return f"text-{hashlib.sha256(said.encode(errors='surrogatepass')).hexdigest()[:20]}"
