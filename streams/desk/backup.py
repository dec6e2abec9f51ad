"""Topics to files and back: a JSON line for each record, with its key, headers, timestamp and place.

The last line counts the others, so that a file that was cut short is not taken for a backup.
"""

import base64
import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import orjson

from alerts.tail import Message, Tail
from schemas.connection import Connection
from schemas.topics import (
    ACTIONS,
    ALERTS,
    ALERTS_CURRENT,
    FACILITIES,
    INCIDENTS,
    POLICY,
    READINGS,
    REPORTS,
    Stream,
    all_streams,
)
from streams.desk.sending import Sender
from streams.envelope import TICK

KEPT: Final = (FACILITIES, POLICY, REPORTS, ACTIONS, ALERTS, ALERTS_CURRENT, READINGS, INCIDENTS)
"""What cannot be had again from anything else, and the record of what was said."""
GIVEN: Final = (FACILITIES, POLICY)
"""What a new namespace needs before its workers start; all else follows from reports."""
_NO_COUNT: Final = -1


class BackupError(Exception):
    """A file is no backup, or a topic is no place for it; the message says why."""


def by_name() -> dict[str, Stream]:
    """Return the streams that can be exported, by name."""
    return {stream.name: stream for stream in all_streams()}


def export(connection: Connection, topic: str, file: Path, told: Callable[[int, int], None]) -> int:
    """Write all records of a topic, as it is now, to a file that is there wholly or not at all; return their number.

    Ticks are left out: they tell the time at which they were written, and a namespace has its own.

    Raises
    ------
    TopicError
        The topic is missing, or the broker cannot be reached.
    """
    aside, count = file.with_name(file.name + ".part"), 0
    with Tail(connection, topic) as tail, aside.open("wb") as out:
        total = tail.count
        tail.to_beginning()
        for message in tail.until_now():
            if TICK in message.headers:
                continue
            out.write(orjson.dumps(_document(message), option=orjson.OPT_APPEND_NEWLINE))
            count += 1
            told(count, max(count, total))
        out.write(orjson.dumps({"topic": topic, "records": count}, option=orjson.OPT_APPEND_NEWLINE))
    aside.replace(file)
    return count


def load(connection: Connection, topic: str, file: Path, sender: Sender, told: Callable[[int, int], None]) -> int:
    """Send the records of a file to a topic that is empty; return their number.

    They are sent in the order in which they came, whatever their partitions, since alerts are called by what came
    first; within a partition no record overtakes another. Each goes to the partition that its key belongs into, so that
    the topic may have another number of them. Ticks are left out.

    Raises
    ------
    BackupError
        The file is no backup or was cut short, or the topic has records already.
    TopicError, SendError
        The topic is missing, or the broker would not.
    """
    places = _checked(file)
    with Tail(connection, topic) as tail:
        if tail.count:
            raise BackupError(f"{topic} has {tail.count:,} records already: import into a fresh namespace")
    with file.open("rb") as lines:
        for count, (_, place) in enumerate(sorted(places), 1):
            lines.seek(place)
            document = orjson.loads(lines.readline())
            headers = [(name, _bytes(value) or b"") for name, value in document["headers"]]
            key, value = _bytes(document["key"]), _bytes(document["value"])
            sender.send_bytes(topic, key, value, headers, timestamp_ms=document["timestamp_ms"])
            told(count, len(places))
    sender.settle()
    return len(places)


def _document(message: Message) -> dict[str, Any]:
    return {
        "partition": message.partition,
        "offset": message.offset,
        "timestamp_ms": message.timestamp_ms,
        "key": _text(message.key),
        "value": _text(message.value),
        "headers": [[name, _text(value)] for name, value in message.headers],
    }


def _text(content: bytes | None) -> Any:  # noqa: ANN401  JSON
    """Text where it is, else an object with base64."""
    if content is None:
        return None
    with contextlib.suppress(UnicodeDecodeError):
        return content.decode()
    return {"base64": base64.b64encode(content).decode()}


def _bytes(value: Any) -> bytes | None:  # noqa: ANN401  JSON
    if value is None:
        return None
    return base64.b64decode(value["base64"]) if isinstance(value, dict) else str(value).encode()


def _checked(file: Path) -> list[tuple[int, int]]:
    """Return when each record of a whole file, but ticks, may be sent, and at which byte it begins there.

    That is when it was written, or the latest before it in its partition: what one cause leads to bears the time at
    which that came, and so does not always follow in order of time.
    """
    places: list[tuple[int, int]] = []
    latest: dict[int, int] = {}
    told, place, count = _NO_COUNT, 0, 0
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                document = orjson.loads(line)
                told = document.get("records", _NO_COUNT)
            except (orjson.JSONDecodeError, AttributeError) as e:
                raise BackupError(f"{file}:{number} is no line of a backup: {e}") from e
            if told == _NO_COUNT:
                if not {"key", "value", "headers", "timestamp_ms"} <= document.keys():
                    raise BackupError(
                        f"{file}:{number} is no line of a backup: key, value, headers, timestamp_ms are missing"
                    )
                count += 1
                partition = document.get("partition", 0)
                latest[partition] = max(document["timestamp_ms"], latest.get(partition, 0))
                if [TICK[0], TICK[1].decode()] not in document["headers"]:
                    places.append((latest[partition], place))
            place += len(line)
    if told != count:
        raise BackupError(f"{file} was cut short: its last line does not count the {count:,} records before it")
    return places
