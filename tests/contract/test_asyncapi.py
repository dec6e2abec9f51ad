"""The AsyncAPI document is valid AsyncAPI 3, describes every topic as it is declared, and points to what exists."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from schemas.publish import PUBLISHED
from schemas.topics import all_streams
from tests.contract.validation import load

SPECIFICATION = Path(__file__).parent / "vendor" / "asyncapi-3.0.0.json"


@pytest.fixture(scope="module")
def specification() -> Draft7Validator:
    """AsyncAPI's own JSON Schema of its version 3.0.0, bindings for Kafka included."""
    return Draft7Validator(json.loads(SPECIFICATION.read_text(encoding="utf-8")))


def test_document_is_valid(specification: Draft7Validator) -> None:
    """The published document passes AsyncAPI's schema."""
    assert [error.message[:200] for error in specification.iter_errors(load("asyncapi.json"))] == []


@pytest.mark.parametrize(
    "breakage",
    [
        {"asyncapi": "2.6.0"},
        {"info": {"title": "without a version"}},
        {"channels": {"reports": {"address": 7}}},
        {"operations": {"reporter-sends": {"action": "shout", "channel": {"$ref": "#/channels/reports"}}}},
        {"channels": {"reports": {"bindings": {"kafka": {"partitions": "many", "bindingVersion": "0.5.0"}}}}},
    ],
    ids=str,
)
def test_a_broken_document_is_refused(specification: Draft7Validator, breakage: dict[str, Any]) -> None:
    """AsyncAPI's schema refuses a wrong version, a missing field, a wrong type, an unknown action and a bad binding."""
    assert not specification.is_valid(load("asyncapi.json") | breakage)


def test_every_topic_is_described() -> None:
    """Channels are the declared streams and their dead letters: addresses, records, retention."""
    channels = load("asyncapi.json")["channels"]
    declared = {stream.name: stream for stream in all_streams()}
    dead = {f"{s.name}.dlq" for s in declared.values() if s.input}
    assert channels.keys() == declared.keys() | dead
    for name, stream in declared.items():
        channel, config = channels[name], stream.config()
        assert channel["address"].format(namespace="tocsin") == stream.topic("tocsin")
        assert len(channel["messages"]) == len(stream.carries)
        bound = channel["bindings"]["kafka"]["topicConfiguration"]
        bound |= {"retention.ms": str(bound["retention.ms"]), "cleanup.policy": ",".join(bound["cleanup.policy"])}
        assert bound == config
    for name in dead:
        assert channels[name]["address"] == channels[name.removesuffix(".dlq")]["address"] + ".dlq"


def test_every_channel_is_sent_to_and_received_from() -> None:
    """Somebody writes each topic and somebody reads it."""
    operations = load("asyncapi.json")["operations"].values()
    for action in ("send", "receive"):
        reached = {o["channel"]["$ref"].rpartition("/")[2] for o in operations if o["action"] == action}
        assert reached == load("asyncapi.json")["channels"].keys()


def test_references_lead_somewhere() -> None:
    """Every reference is to a part of the document or to a published file."""
    document = load("asyncapi.json")
    for reference in references(document):
        if reference.startswith("./"):
            assert (PUBLISHED / reference).is_file(), reference
        else:
            found: Any = document
            for part in re.split("/", reference.removeprefix("#/")):
                found = found[part]


def references(value: object) -> Iterator[str]:
    """Every `$ref` below a value."""
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from references(item)
