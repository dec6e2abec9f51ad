"""Records to Kafka's bytes and back: CloudEvents 1.0.2, binary mode when writing, binary or structured when reading.

Source: CloudEvents Kafka protocol binding 1.0.2, sections 3.2 (binary: `ce_` headers, body untouched) and 3.3
(structured: `application/cloudevents+json`). A record without headers is read as the first model of its topic.

    EnvelopeError       what came cannot be read; `reason` says why, from the closed list of `DeadLetterReason`
"""

import base64
import binascii
import re
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, NamedTuple

import orjson
from pydantic import ValidationError

from schemas.outcome import DeadLetterReason
from schemas.record import Record, rfc3339, unknown_fields
from schemas.report import Tick
from schemas.topics import MODELS, Stream

Headers = Iterable[tuple[str, bytes | None]]

CAUSE = "ce_cause"
"""Header of what a stage made of an input: `<stream>/<partition>/<offset>`, where the input lies."""
PART = "ce_part"
"""Header beside it: `2/3`, the second of the three records that the input led to. An audit counts them."""
TICK = ("ce_type", Tick.ce_type.encode())
"""Header by which a tick is known without being read."""

_SPECVERSION = b"1.0"
_JSON = b"application/json"
_STRUCTURED = b"application/cloudevents"
_STRUCTURED_JSON = b"application/cloudevents+json"
_MAJOR = re.compile(r"(?P<contract>.+\.v)(?P<major>\d+)")


class EnvelopeError(ValueError):
    """A record that cannot be read: the reason is a metric label, the message is for people."""

    def __init__(self, reason: DeadLetterReason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class Encoded(NamedTuple):
    """A record as Kafka takes it."""

    key: bytes
    value: bytes
    headers: list[tuple[str, bytes]]


def encode(record: Record, key: str, source: str) -> Encoded:
    """Write a record in binary mode.

    Parameters
    ----------
    record
        What travels.
    key
        The record key: see the topic's declaration.
    source
        CloudEvents `source`, a URI reference: which part of Tocsin, or whose program, wrote it.
    """
    headers = [
        ("ce_specversion", _SPECVERSION),
        ("ce_id", record.record_id.encode()),
        ("ce_type", record.ce_type.encode()),
        ("ce_source", source.encode()),
        ("content-type", _JSON),
    ]
    with suppress(NotImplementedError):  # `time` is optional in CloudEvents, and a fact such as a facility has none
        headers.append(("ce_time", rfc3339(record.event_time).encode()))
    return Encoded(key.encode(), record.to_json(), headers)


def decode(stream: Stream, key: bytes | None, value: bytes, headers: Headers | None) -> Record:
    """Read a record; a tombstone (a value of None) is the caller's to notice first.

    Raises
    ------
    EnvelopeError
        It cannot be read: no JSON, not as the contract says, of a type that is unknown, too new, or not for this topic.
    """
    if key is not None and not _is_utf8(key):
        raise EnvelopeError(DeadLetterReason.WRONG_SCHEMA, "the record key is not UTF-8")
    if not value:
        raise EnvelopeError(DeadLetterReason.EMPTY, "the body is empty: neither a record nor a tombstone")
    ce_type = content_type = None
    for name, content in headers or ():
        if name == "ce_type":
            ce_type = content
        elif name == "content-type":
            content_type = content
    if content_type is not None and content_type.startswith(_STRUCTURED):
        ce_type, value = _opened(content_type, value)
    model = stream.carries[0] if ce_type is None else _model(stream, ce_type)
    try:
        return model.model_validate_json(value)
    except ValidationError as e:
        malformed = any(error["type"] == "json_invalid" for error in e.errors(include_url=False, include_input=False))
        reason = DeadLetterReason.MALFORMED_JSON if malformed else DeadLetterReason.WRONG_SCHEMA
        raise EnvelopeError(reason, f"{model.ce_type}: {explain(e)}") from e


def fields_unknown(record: Record, value: bytes, headers: Headers | None) -> list[str]:
    """Name the fields of a record that this version does not know; nothing for one in structured mode.

    Raises
    ------
    EnvelopeError
        It is no JSON as RFC 8259 has it: NaN, Infinity or a number beyond all doubles stands in a field that is unknown
        here, over which the models' reader passes.
    """
    if is_structured(headers):
        return []
    try:
        return unknown_fields(type(record), value)
    except orjson.JSONDecodeError as e:
        raise EnvelopeError(DeadLetterReason.MALFORMED_JSON, f"{record.ce_type}: no JSON: {e}") from e


def is_structured(headers: Headers | None) -> bool:
    """Whether a record is in structured mode: then its body is an envelope, and the record lies inside."""
    return any(name == "content-type" and (value or b"").startswith(_STRUCTURED) for name, value in headers or ())


def explain(error: ValidationError, at_most: int = 3) -> str:
    """Tell in one line which fields are wrong and why, without the values: those may be long, or hostile."""
    errors = error.errors(include_url=False, include_input=False, include_context=False)
    told = [
        (f"{'.'.join(map(str, e['loc']))}: " if e["loc"] else "") + e["msg"].removeprefix("Value error, ")
        for e in errors[:at_most]
    ]
    more = len(errors) - len(told)
    return "; ".join(told) + (f"; and {more} more" if more > 0 else "")


def _model(stream: Stream, ce_type: bytes) -> type[Record]:
    name = ce_type.decode(errors="replace")
    model = MODELS.get(name)
    if model in stream.carries:
        return model
    expected = ", ".join(m.ce_type for m in stream.carries)
    if model is not None:
        raise EnvelopeError(
            DeadLetterReason.UNKNOWN_TYPE, f"{name} does not belong into {stream.name}: {expected} does"
        )
    if newer := _newer_major(stream, name):
        raise EnvelopeError(
            DeadLetterReason.NEWER_MAJOR, f"{name} is newer than {newer}, the newest that is read here: upgrade"
        )
    raise EnvelopeError(DeadLetterReason.UNKNOWN_TYPE, f"{name[:200]!r} is no type that is known here: {expected} is")


def _newer_major(stream: Stream, name: str) -> str | None:
    """Return the type that is known here where `name` is a newer major version of it."""
    if (match := _MAJOR.fullmatch(name)) is None:
        return None
    known = {m.ce_type.rpartition(".v")[0] + ".v": m.ce_type for m in stream.carries}
    ours = known.get(match["contract"])
    return ours if ours and int(match["major"]) > int(ours.rpartition(".v")[2]) else None


def _opened(content_type: bytes, value: bytes) -> tuple[bytes, bytes]:
    """Return type and data of an event in structured mode."""
    if not content_type.startswith(_STRUCTURED_JSON):
        told = content_type.decode(errors="replace")[:80]
        raise EnvelopeError(
            DeadLetterReason.MALFORMED_JSON, f"content-type {told!r}: of structured events only JSON is read"
        )
    try:
        event: Any = orjson.loads(value)
    except orjson.JSONDecodeError as e:
        raise EnvelopeError(DeadLetterReason.MALFORMED_JSON, f"structured event: not JSON: {e}") from e
    if not isinstance(event, dict) or not isinstance(event.get("type"), str):
        raise EnvelopeError(DeadLetterReason.MALFORMED_JSON, "structured event: not an object with a `type`")
    if not str(event.get("specversion", "")).startswith("1."):
        raise EnvelopeError(DeadLetterReason.MALFORMED_JSON, "structured event: `specversion` is not 1.x")
    if "data" in event:
        return event["type"].encode(errors="replace"), _dumped(event["data"])
    try:
        return event["type"].encode(errors="replace"), base64.b64decode(event["data_base64"], validate=True)
    except (KeyError, TypeError, ValueError, binascii.Error) as e:
        raise EnvelopeError(
            DeadLetterReason.MALFORMED_JSON, "structured event: neither `data` nor a sound `data_base64`"
        ) from e


def _dumped(data: object) -> bytes:
    try:
        return orjson.dumps(data)
    except TypeError as e:  # orjson reads deeper than it writes
        raise EnvelopeError(DeadLetterReason.MALFORMED_JSON, f"structured event: {e}") from e


def _is_utf8(key: bytes) -> bool:
    try:
        key.decode()
    except UnicodeDecodeError:
        return False
    return True
