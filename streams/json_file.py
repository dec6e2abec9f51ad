"""A JSON file that people keep by hand: read whole, without the mark that some editors put in front."""

import codecs
from pathlib import Path
from typing import Any

import orjson


class JsonFileError(ValueError):
    """The file cannot be read, or is no JSON; the message names it and says why."""


def read_json(path: Path) -> Any:  # noqa: ANN401  whatever stands there
    """Return what a file holds.

    Raises
    ------
    JsonFileError
        It cannot be read, or is no JSON.
    """
    try:
        return orjson.loads(path.read_bytes().removeprefix(codecs.BOM_UTF8))
    except OSError as e:
        raise JsonFileError(f"{path}: {e.strerror}") from e
    except orjson.JSONDecodeError as e:
        raise JsonFileError(f"{path}: not JSON: {e}") from e
