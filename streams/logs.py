"""Structured logs: one line a record, for people (`text`) or for machines (`json`); never a raw control character.

Text of reports is hostile input: whatever is logged is escaped, so that it cannot forge lines or steer a terminal.
"""

import json
import logging
import math
from datetime import UTC, datetime
from typing import Any

from streams.steering import escaped_json

FIELDS = ("stage", "topic", "partition", "offset", "record_id", "outcome", "alert_id", "revision", "facility_id")
"""What a line may carry beside its words, given as `extra`: by these one report, or one alert, is followed."""
QUIET = ("aiokafka", "kafka", "faust", "mode", "asyncio")
"""Libraries whose information is our debugging."""
EVERY_S = 10.0
"""How often they may say the same."""


class Ours(logging.Filter):
    """Drops what Mode says of services that start and stop, which it says in the name of our modules."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is kept."""
        return record.levelno > logging.INFO or not str(record.msg).startswith("[^")


class Sparing(logging.Filter):
    """Lets a library say the same once in ten seconds: while a broker is away theirs say it eighty times in one."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[tuple[str, int, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is kept; it then says how many like it were not."""
        if record.name.partition(".")[0] not in QUIET:
            return True
        kind = (record.name, record.lineno, record.levelname)
        said_at, left_out = self._said.get(kind, (-math.inf, 0))
        if record.created - said_at < EVERY_S:
            self._said[kind] = said_at, left_out + 1
            return False
        self._said[kind] = record.created, 0
        if left_out:
            record.msg, record.args = f"{record.getMessage()} (and {left_out} times more since)", ()
        return True


class TextFormatter(logging.Formatter):
    """`2026-01-02T03:04:05.678Z WARNING streams.guard: message [stage=read record_id=gate-0412]`."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the line; a traceback follows on lines of its own."""
        message = f"{_when(record)} {record.levelname} {record.name}: {_printable(record.getMessage())}"
        if fields := _fields(record):
            message += f" [{_printable(' '.join(f'{name}={value}' for name, value in fields.items()))}]"
        if record.exc_info:
            message += "\n" + _indented(self.formatException(record.exc_info))
        return message


class JsonFormatter(logging.Formatter):
    """One JSON object a line: `time`, `level`, `logger`, `message`, the fields it has, `error` where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the line."""
        line = {"time": _when(record), "level": record.levelname.lower(), "logger": record.name}
        line |= {"message": record.getMessage(), **_fields(record)}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        # A message may hold halves of surrogate pairs, which orjson refuses.
        return escaped_json(json.dumps(line, default=str, ensure_ascii=False))


def config(level: str, style: str) -> dict[str, Any]:
    """Return the configuration for `logging.config.dictConfig`; all goes to standard error."""
    ours = level.upper()
    theirs = "DEBUG" if level == "debug" else "WARNING"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": JsonFormatter if style == "json" else TextFormatter}},
        "filters": {"ours": {"()": Ours}, "sparing": {"()": Sparing}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "filters": ["ours"] if level == "debug" else ["ours", "sparing"],
            }
        },
        "root": {"level": ours, "handlers": ["stderr"]},
        "loggers": {name: {"level": theirs} for name in QUIET},
    }


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    return {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}


def _when(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _indented(traceback: str) -> str:
    """Indent a traceback: what stands in an error's message is no line of the log, whatever it looks like."""
    return "\n".join(f"    {_printable(line)}" for line in traceback.split("\n"))


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
