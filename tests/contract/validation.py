"""The published schemas as a validator that checks formats too."""

import json
import re
from datetime import datetime
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from schemas.publish import PUBLISHED

FORMATS = FormatChecker(formats=())
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")


@FORMATS.checks("date-time", raises=ValueError)
def is_rfc3339(value: object) -> bool:
    """RFC 3339, section 5.6; anything that is no string has no format."""
    return not isinstance(value, str) or bool(_RFC3339.fullmatch(value) and datetime.fromisoformat(value))


@cache
def validator(contract: str) -> Draft202012Validator:
    """The validator of a published contract, such as `report.v1`."""
    return Draft202012Validator(load(f"{contract}.schema.json"), format_checker=FORMATS)


def load(name: str) -> dict[str, Any]:
    """A published file."""
    content: dict[str, Any] = json.loads((PUBLISHED / name).read_text(encoding="utf-8"))
    return content
