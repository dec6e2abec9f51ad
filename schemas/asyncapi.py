"""The AsyncAPI 3.0.0 document of all topics: channels, messages, and who sends and receives what.

Topic settings stand in AsyncAPI's Kafka bindings 0.5.0; headers are CloudEvents 1.0.2 in binary mode.
"""

from collections.abc import Iterable, Iterator
from importlib.metadata import version
from typing import Any, Final, NamedTuple

from schemas.connection import DEFAULT_BOOTSTRAP
from schemas.outcome import DeadLetterReason
from schemas.record import Record
from schemas.taxonomy import Traffic
from schemas.topics import (
    ACTIONS,
    ALERTS,
    ALERTS_CURRENT,
    DEAD_LETTER_RETENTION_D,
    EXPOSURES,
    FACILITIES,
    HEARTBEAT,
    INCIDENTS,
    MENTIONS,
    PARTITIONS,
    POLICY,
    READINGS,
    REPORTS,
    Stream,
    alert_streams,
    all_streams,
)

BINDING: Final = "0.5.0"
DEAD_LETTER: Final = "dead-letter"
_ASIDE: Final = tuple(stream for t in (Traffic.EXERCISE, Traffic.TEST) for stream in alert_streams(t))


class Role(NamedTuple):
    """Somebody who talks to the topics."""

    name: str
    description: str
    sends: tuple[Stream, ...]
    receives: tuple[Stream, ...]
    dead_letters: str
    """What it does with dead letters: `send`, `receive`, or nothing."""


ROLES: Final = (
    Role("reporter", "Brings reports in.", (REPORTS,), (READINGS,), ""),
    Role(
        "worker",
        "Runs the route from report to alert.",
        (REPORTS, READINGS, MENTIONS, INCIDENTS, EXPOSURES, ALERTS, ALERTS_CURRENT, *_ASIDE, ACTIONS, HEARTBEAT),
        (REPORTS, MENTIONS, EXPOSURES, ACTIONS, FACILITIES, POLICY),
        "send",
    ),
    Role("subscriber", "Must know.", (), (ALERTS, ALERTS_CURRENT, *_ASIDE, INCIDENTS, HEARTBEAT), ""),
    Role(
        "operator",
        "Decides: acts on alerts and incidents, keeps facilities and policy, looks after dead letters.",
        (ACTIONS, FACILITIES, POLICY),
        (ACTIONS, READINGS, ALERTS, FACILITIES, POLICY),
        "receive",
    ),
)


def asyncapi() -> dict[str, Any]:
    """Return the document."""
    streams = tuple(all_streams())
    models = {model.ce_type: model for stream in streams for model in stream.carries}
    return {
        "asyncapi": "3.0.0",
        "id": "urn:tocsin",
        "info": {
            "title": "Tocsin",
            "version": version("tocsin"),
            "description": "Reads incoming reports and raises an alert when incidents cluster around a facility. "
            "Within a major version only optional fields and enum values are added: ignore fields that you do not "
            "know, and read an enum value that you do not know as `x-unknown-reads-as` of its schema.",
            "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        },
        "defaultContentType": "application/json",
        "servers": {
            "local": {"host": DEFAULT_BOOTSTRAP, "protocol": "kafka", "description": "The broker of `tocsin up`."}
        },
        "channels": dict(_channels(streams)),
        "operations": {key: operation for role in ROLES for key, operation in _operations(role)},
        "components": {
            "messages": {_name(model): _message(model) for model in models.values()} | {DEAD_LETTER: _dead_letter()},
            "schemas": {"headers": _headers()},
        },
    }


def _channels(streams: Iterable[Stream]) -> Iterator[tuple[str, dict[str, Any]]]:
    for stream in streams:
        yield stream.name, _channel(stream.topic("{namespace}"), stream, map(_name, stream.carries), stream.config())
        if stream.input:
            kept = Stream(stream.name, stream.key, (), "", DEAD_LETTER_RETENTION_D).config()
            address = stream.dead_letters("{namespace}")
            summary = f"What could not be processed of {stream.name}."
            yield f"{stream.name}.dlq", _channel(address, stream, (DEAD_LETTER,), kept) | {"summary": summary}


def _channel(address: str, stream: Stream, messages: Iterable[str], config: dict[str, str]) -> dict[str, Any]:
    return {
        "address": address,
        "summary": stream.summary,
        "description": f"Key: {stream.key}, UTF-8.",
        "parameters": {"namespace": {"description": "Keeps installations and trials apart.", "default": "tocsin"}},
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in messages},
        "bindings": {
            "kafka": {
                "partitions": PARTITIONS,
                "topicConfiguration": config
                | {
                    "cleanup.policy": config["cleanup.policy"].split(","),
                    "retention.ms": int(config["retention.ms"]),
                },
                "bindingVersion": BINDING,
            }
        },
        "x-key": stream.key,
    }


def _operations(role: Role) -> Iterator[tuple[str, dict[str, Any]]]:
    for action, streams in (("send", role.sends), ("receive", role.receives)):
        channels = [stream.name for stream in streams]
        if role.dead_letters == action:
            channels += [f"{stream.name}.dlq" for stream in all_streams() if stream.input]
        for channel in channels:
            yield (
                f"{role.name}-{action}s-{channel}".replace(".", "-"),
                {
                    "action": action,
                    "channel": {"$ref": f"#/channels/{channel}"},
                    "tags": [{"name": role.name, "description": role.description}],
                },
            )


def _message(model: type[Record]) -> dict[str, Any]:
    of_type = {"properties": {"ce_type": {"const": model.ce_type}}}
    return {
        "name": model.ce_type,
        "title": model.__name__,
        "summary": (model.__doc__ or "").strip().partition("\n")[0],
        "contentType": "application/json",
        "headers": {"allOf": [{"$ref": "#/components/schemas/headers"}, of_type]},
        "payload": {"$ref": f"./{_name(model)}.v1.schema.json"},
        "bindings": {"kafka": {"key": {"type": "string"}, "bindingVersion": BINDING}},
    }


def _dead_letter() -> dict[str, Any]:
    headers = {
        "dlq_topic": "Where it came from.",
        "dlq_partition": "Where it came from.",
        "dlq_offset": "Where it came from.",
        "dlq_timestamp": "Its record timestamp, in ms.",
        "dlq_stage": "Which stage could not process it.",
        "dlq_reason": "Why, from a closed list.",
        "dlq_error": "Why, in a sentence.",
        "dlq_at": "When.",
        "dlq_original": "`here`: the body is the original, byte for byte; `referenced`: too many came, fetch it.",
    }
    properties: dict[str, Any] = {n: {"type": "string", "description": text} for n, text in headers.items()}
    properties["dlq_reason"]["enum"] = [reason.value for reason in DeadLetterReason]
    return {
        "name": DEAD_LETTER,
        "title": "Dead letter",
        "summary": "A record that could not be processed: its original bytes and headers, with where, why and when.",
        "contentType": "application/octet-stream",
        "headers": {
            "type": "object",
            "properties": properties,
            "required": list(headers),
        },
        "payload": {"description": "Whatever the original was."},
    }


def _headers() -> dict[str, Any]:
    described = {
        "ce_specversion": "CloudEvents version.",
        "ce_id": "Identifies the record within its source, revisions apart.",
        "ce_type": "Which contract, with its major version.",
        "ce_source": "Who wrote it, a URI reference.",
        "ce_time": "Event time, RFC 3339.",
        "ce_cause": "Where the input lies that led to it: stream, partition, offset. On what a stage wrote.",
        "ce_part": "Which of the records that the input led to, and of how many: 2/3.",
        "content-type": "Of the body.",
        "ce_signature": "Where keys are in use: the Ed25519 signature of who wrote it, `ed25519:<key id>:<Base64>`.",
    }
    properties: dict[str, Any] = {n: {"type": "string", "description": text} for n, text in described.items()}
    properties["ce_specversion"]["const"] = "1.0"
    properties["ce_time"]["format"] = "date-time"
    properties["content-type"]["const"] = "application/json"
    return {
        "type": "object",
        "description": "CloudEvents 1.0.2, Kafka protocol binding, binary mode.",
        "properties": properties,
        "required": ["ce_specversion", "ce_id", "ce_type", "ce_source"],
    }


def _name(model: type[Record]) -> str:
    return model.ce_type.removeprefix("tocsin.").rpartition(".v")[0]
