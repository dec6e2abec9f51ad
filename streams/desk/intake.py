"""From what people have at hand to reports: JSON lines, bare or under `report`, or one plain text; each line validated.

Pure, but for reading the lines it is handed.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

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


def read_lines(lines: Iterable[bytes], name: str, now: datetime) -> Iterator[Report | Refusal]:
    """Yield a report or a refusal for every line that is not blank.

    Parameters
    ----------
    lines
        JSON objects, one a line: a report, or an object that holds one under `report`.
    name
        Name of the file, for people.
    now
        Wall clock: a report from the future is refused here, not later.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _report(line, now)
        except ValueError as e:
            yield Refusal(f"{name}:{number}", str(e))


def read_text(text: str, about: PlainText, name: str, now: datetime) -> Report | Refusal:
    """Make a report of a plain text; without an id it gets one made of what it says."""
    report_id = about.report_id or _text_id(text, about)
    try:
        report = Report(
            report_id=report_id,
            source=Source(name=about.source, kind=about.kind),
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


def _report(line: bytes, now: datetime) -> Report:
    if len(line) > _MAX_LINE_BYTES:
        raise ValueError(f"the line has {len(line):,} bytes: no report is that long")
    try:
        document = orjson.loads(line)
    except orjson.JSONDecodeError as e:
        raise ValueError(f"not JSON: {e}") from e
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
