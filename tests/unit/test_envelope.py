"""Records to Kafka's bytes and back."""

import base64
from datetime import UTC, datetime

import orjson
import pytest

from schemas.facility import Facility
from schemas.outcome import DeadLetterReason
from schemas.record import Record
from schemas.report import Report, Source, Tick
from schemas.taxonomy import FacilityKind
from schemas.topics import ALERTS, FACILITIES, POLICY, REPORTS, Stream
from streams.envelope import EnvelopeError, Headers, decode, encode

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
REPORT = Report(report_id="r-1", source=Source(name="Harbour Wire"), published_at=NOON, text="A rocket landed.")
TICK = Tick(at=NOON, sent_at=NOON, origin=0, origins=1)
FACILITY = Facility(id="xx-mill", name="Mill", kind=FacilityKind.OTHER, country="XX", lat=1, lon=2)
BODY = REPORT.to_json()


@pytest.mark.parametrize("stream, record", [(REPORTS, REPORT), (REPORTS, TICK), (FACILITIES, FACILITY)])
def test_round_trip(stream: Stream, record: Record) -> None:
    """What is written is read back as the same record of the same model."""
    key, value, headers = encode(record, "k", "/tests")
    assert decode(stream, key, value, headers) == record


def test_headers_are_cloudevents_in_binary_mode() -> None:
    """The body is the record's own JSON; the headers carry what a router needs, event time included."""
    key, value, headers = encode(REPORT, "r-1", "/tests")
    assert (key, value) == (b"r-1", BODY)
    assert dict(headers) == {
        "ce_specversion": b"1.0",
        "ce_id": b"r-1",
        "ce_type": b"tocsin.report.v1",
        "ce_source": b"/tests",
        "ce_time": b"2026-03-01T12:00:00Z",
        "content-type": b"application/json",
    }


def test_a_fact_has_no_time() -> None:
    """A facility has no event time, so `ce_time`, which is optional, is left out."""
    assert "ce_time" not in dict(encode(FACILITY, FACILITY.id, "/tests").headers)


@pytest.mark.parametrize("headers", [None, [], [("traceparent", b"00-abc")], [("content-type", b"application/json")]])
def test_without_a_type_the_topic_decides(headers: Headers | None) -> None:
    """A plain producer sends no headers: its record is read as the first model of the topic."""
    assert decode(REPORTS, None, BODY, headers) == REPORT


@pytest.mark.parametrize("data", [{"data": orjson.loads(BODY)}, {"data_base64": base64.b64encode(BODY).decode()}])
def test_structured_mode_is_read(data: dict[str, object]) -> None:
    """An event in structured mode is read as if it had come in binary mode."""
    event = {"specversion": "1.0", "id": "1", "source": "/x", "type": "tocsin.report.v1", **data}
    headers = [("content-type", b"application/cloudevents+json; charset=UTF-8")]
    assert decode(REPORTS, b"r-1", orjson.dumps(event), headers) == REPORT


def test_what_a_newer_minor_added_is_ignored() -> None:
    """An unknown field is no error within a major version."""
    assert decode(REPORTS, None, orjson.dumps({**orjson.loads(BODY), "mood": "grim"}), None) == REPORT


STRUCTURED = [("content-type", b"application/cloudevents+json")]


def typed(name: str) -> Headers:
    """Headers that name a type."""
    return [("ce_type", name.encode())]


@pytest.mark.parametrize(
    "key, value, headers, reason, told",
    [
        (None, b"", None, DeadLetterReason.EMPTY, "empty"),
        (None, b"{", None, DeadLetterReason.MALFORMED_JSON, "JSON"),
        (None, b"\xff\xfe", None, DeadLetterReason.MALFORMED_JSON, "JSON"),
        (b"\xff", BODY, None, DeadLetterReason.WRONG_SCHEMA, "key is not UTF-8"),
        (None, b"[]", None, DeadLetterReason.WRONG_SCHEMA, "tocsin.report.v1"),
        (None, b'{"report_id": "r"}', None, DeadLetterReason.WRONG_SCHEMA, "source: Field required"),
        (None, BODY.replace(b"12:00:00Z", b"12:00:00"), None, DeadLetterReason.WRONG_SCHEMA, "published_at"),
        (None, BODY, typed("tocsin.report.v2"), DeadLetterReason.NEWER_MAJOR, "upgrade"),
        (None, BODY, typed("tocsin.report.v0"), DeadLetterReason.UNKNOWN_TYPE, "tocsin.report.v0"),
        (None, BODY, typed("tocsin.alert.v1"), DeadLetterReason.UNKNOWN_TYPE, "does not belong into reports"),
        (None, BODY, typed("tocsin.alert.v2"), DeadLetterReason.UNKNOWN_TYPE, "tocsin.alert.v2"),
        (None, BODY, typed("com.example.thing"), DeadLetterReason.UNKNOWN_TYPE, "com.example.thing"),
        (None, BODY, [("ce_type", b"\xff")], DeadLetterReason.UNKNOWN_TYPE, "no type"),
        (None, BODY, STRUCTURED, DeadLetterReason.MALFORMED_JSON, "`type`"),
        (None, b"[1]", STRUCTURED, DeadLetterReason.MALFORMED_JSON, "`type`"),
        (None, b"{", STRUCTURED, DeadLetterReason.MALFORMED_JSON, "not JSON"),
        (None, b'{"type": "t"}', STRUCTURED, DeadLetterReason.MALFORMED_JSON, "specversion"),
        (None, b'{"type": "t", "specversion": "1.0"}', STRUCTURED, DeadLetterReason.MALFORMED_JSON, "data_base64"),
        (
            None,
            b"<a/>",
            [("content-type", b"application/cloudevents+xml")],
            DeadLetterReason.MALFORMED_JSON,
            "only JSON",
        ),
    ],
)
def test_what_cannot_be_read_says_why(
    key: bytes | None, value: bytes, headers: Headers | None, reason: DeadLetterReason, told: str
) -> None:
    """Whatever comes ends in a record or in an error with a reason and a message for people."""
    with pytest.raises(EnvelopeError) as caught:
        decode(REPORTS, key, value, headers)
    assert caught.value.reason is reason
    assert told in str(caught.value)


def test_a_message_never_repeats_the_value() -> None:
    """Values may be long or hostile: the message names fields and rules only."""
    body = orjson.dumps({**orjson.loads(BODY), "report_id": "\x1b[31mevil" * 50})
    with pytest.raises(EnvelopeError) as caught:
        decode(REPORTS, None, body, None)
    assert "evil" not in str(caught.value)
    assert "report_id" in str(caught.value)


@pytest.mark.parametrize("stream", [ALERTS, POLICY])
def test_the_default_type_is_the_topics_own(stream: Stream) -> None:
    """A report is no alert and no policy, even when nothing names its type."""
    with pytest.raises(EnvelopeError, match=r"tocsin\.(alert|policy)\.v1|does not"):
        decode(stream, None, b'{"name": 3, "alert_id": 1}', None)
