"""What is logged cannot forge lines or steer a terminal."""

import logging
import sys

import orjson
import pytest

from streams.logs import EVERY_S, JsonFormatter, Ours, Sparing, TextFormatter

HOSTILE = "report \x1b[2J\r\n2026-01-01 CRITICAL forged\u202e"


def record(message: str, *, failed: bool = False) -> logging.LogRecord:
    """Return a record as our loggers make it."""
    error = None
    if failed:
        try:
            int("wrong")
        except ValueError:
            error = sys.exc_info()
    return logging.LogRecord("streams.guard", logging.INFO, __file__, 1, "%s", (message,), error)


def test_text_is_one_harmless_line() -> None:
    """Control characters, line breaks and direction marks are escaped."""
    line = TextFormatter().format(record(HOSTILE))
    assert line.isprintable()
    assert "forged" in line


def test_json_is_one_object_a_line() -> None:
    """The message survives whole; the error is beside it."""
    line = JsonFormatter().format(record(HOSTILE, failed=True))
    told = orjson.loads(line)
    assert "\n" not in line
    assert told["message"] == HOSTILE
    assert "ValueError: invalid literal" in told["error"]


def test_ids_stand_beside_the_words() -> None:
    """What is given as `extra` of the known fields is in the line, for people and machines, and as harmless."""
    told = record("alert opened")
    told.alert_id, told.revision, told.unknown = "a-1\r\nforged", 3, "no field"
    assert TextFormatter().format(told).endswith("alert opened [alert_id=a-1\\r\\nforged revision=3]")
    line = orjson.loads(JsonFormatter().format(told))
    assert (line["alert_id"], line["revision"], "unknown" in line) == ("a-1\r\nforged", 3, False)


@pytest.mark.parametrize("message, kept", [("[^-App]: Starting...", False), ("partitions held", True)])
def test_services_are_not_heard(message: str, kept: bool) -> None:
    """What Mode says of its services' starts and stops is dropped."""
    told = logging.LogRecord("streams.app", logging.INFO, __file__, 1, message, (), None)
    assert Ours().filter(told) is kept


def test_a_library_says_the_same_once_in_a_while() -> None:
    """A broker that is away fills no disk: what is left out is counted; our own words are all kept."""

    def said(name: str, at: float, line: int = 1) -> logging.LogRecord:
        told = logging.LogRecord(name, logging.ERROR, __file__, line, "unable to connect to %s", ("broker",), None)
        told.created = at
        return told

    sparing = Sparing()
    kept = [t for t in (said("aiokafka.client", at / 10) for at in range(201)) if sparing.filter(t)]
    assert [t.created for t in kept] == [0.0, EVERY_S, 2 * EVERY_S]
    assert kept[0].getMessage() == "unable to connect to broker"
    assert kept[1].getMessage() == "unable to connect to broker (and 99 times more since)"
    assert sparing.filter(said("aiokafka.client", 20.1, line=2))
    assert all(sparing.filter(said("streams.app", 0.0)) for _ in range(3))
