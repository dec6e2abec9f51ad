"""What is logged cannot forge lines or steer a terminal."""

import logging
import sys

import orjson
import pytest

from streams.logs import JsonFormatter, Ours, TextFormatter

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
