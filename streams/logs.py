"""Structured logs: one line a record, for people (`text`) or for machines (`json`); never a raw control character.

Text of reports is hostile input: whatever is logged is escaped, so that it cannot forge lines or steer a terminal.
"""

import json
import logging
from datetime import UTC, datetime
from typing import Any

from streams.steering import escaped_json

FIELDS = ("stage", "topic", "partition", "offset", "record_id", "outcome", "alert_id", "revision", "facility_id")
"""What a line may carry beside its words, given as `extra`: by these one report, or one alert, is followed."""
QUIET = ("aiokafka", "kafka", "faust", "mode", "asyncio")
"""Libraries whose information is our debugging."""


class Ours(logging.Filter):
    """Drops what Mode says of services that start and stop, which it says in the name of our modules."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is kept."""
        return record.levelno > logging.INFO or not str(record.msg).startswith("[^")


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
        "filters": {"ours": {"()": Ours}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["ours"]}},
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
