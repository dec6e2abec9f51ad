"""The page of contracts, docs/contracts.md: topics, keys, retention, records; generated from the same declarations."""

from collections.abc import Iterable, Iterator

from schemas.record import Record
from schemas.topics import DEAD_LETTER_RETENTION_D, PARTITIONS, Stream, all_streams

_HEAD = f"""# Contracts

<!-- Written by `python -m schemas.publish` (`make published`); do not edit. -->

A topic is `<namespace>.<stream>.v<major>`, the namespace `tocsin` by default. All topics of a namespace have the same
number of partitions, {PARTITIONS} unless it was created with another one; it never changes. A record's value is JSON in
UTF-8, its key UTF-8, its headers CloudEvents 1.0.2 in binary mode: `ce_specversion`, `ce_id`, `ce_type`, `ce_source`,
`ce_time`, `content-type`. The record timestamp is the time of ingest, carried through; event time stands in the body
and in `ce_time`, which facilities and policies lack, that took place at no time. What a stage makes of an input carries
`ce_cause`, where the input lies (`reports/3/1234`: stream, partition, offset), and `ce_part` (`2/3`: the second of the
three records that it led to): by these `tocsin doctor --audit` proves that nothing was lost.

Within a major version only optional fields and enum values are added. Ignore fields that you do not know, and read an
enum value that you do not know as `x-unknown-reads-as` of its schema. Each contract has a JSON Schema (2020-12) and an
example in [`schemas/published/`](../schemas/published/); [`asyncapi.json`](../schemas/published/asyncapi.json)
describes all topics.
"""


def page() -> str:
    """Return the page."""
    streams = tuple(all_streams())
    return "\n".join([_HEAD, "## Topics", "", *_topics(streams), "", "## Records", "", *_records(streams), ""])


def _topics(streams: Iterable[Stream]) -> Iterator[str]:
    yield "| topic | key | records | kept | |"
    yield "|---|---|---|---|---|"
    for stream in streams:
        carries = ", ".join(_link(model) for model in stream.carries)
        yield f"| `{stream.topic('tocsin')}` | {stream.key} | {carries} | {_kept(stream)} | {stream.summary} |"
    for stream in streams:
        if stream.input:
            what = f"What could not be processed of `{stream.name}`: original bytes and headers, and `dlq_` headers."
            yield f"| `{stream.dead_letters('tocsin')}` | the original's | any | {DEAD_LETTER_RETENTION_D} d | {what} |"


def _records(streams: Iterable[Stream]) -> Iterator[str]:
    yield "| `ce_type` | what it is | schema | example |"
    yield "|---|---|---|---|"
    for model in dict.fromkeys(model for stream in streams for model in stream.carries):
        about = " ".join((model.__doc__ or "").split("\n\n")[0].split())
        example = _file(model, "example")
        yield f"| `{model.ce_type}` | {about} | [schema]({_file(model, 'schema')}) | [example]({example}) |"


def _kept(stream: Stream) -> str:
    for_days = "for good" if stream.retention_d is None else f"{stream.retention_d:g} d"
    return f"latest of each key, {for_days}" if stream.compacted else for_days


def _link(model: type[Record]) -> str:
    return f"[{model.__name__}]({_file(model, 'schema')})"


def _file(model: type[Record], kind: str) -> str:
    return f"../schemas/published/{model.ce_type.removeprefix('tocsin.')}.{kind}.json"
