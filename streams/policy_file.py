"""The operator's policy: a JSON file, read as a whole or refused with the place of the error."""

import codecs
from pathlib import Path
from typing import Any, Final

import orjson
from pydantic import ValidationError

from schemas.policy import Policy
from schemas.record import unknown_fields
from streams.resources import resource

_OF_THE_DEFAULT: Final = ("theatres", "sources")
"""What a file that leaves it out has from the policy that ships: neighbours are no strangers, nor is Reuters."""


class PolicyError(ValueError):
    """A policy that cannot be used; the message names the field and what is wrong."""


def default_policy() -> Policy:
    """Return the policy that ships."""
    return Policy.model_validate_json(resource("defaults/policy.json").read_bytes())


def load_policy(path: Path) -> Policy:
    """Read a policy file. What it leaves out is as in the policy that ships; only its version it must give itself.

    Raises
    ------
    PolicyError
        The file cannot be read or is not a policy, or has a field that no policy has; the message names the place.
    """
    try:
        body = path.read_bytes().removeprefix(codecs.BOM_UTF8)
    except OSError as e:
        raise PolicyError(f"{path}: {e.strerror}") from e
    given = _object(path, body)
    if "version" not in given:
        raise PolicyError(f"{path}: version is missing: alerts name it, so give each policy its own")
    shipped = orjson.loads(resource("defaults/policy.json").read_bytes())
    whole = {name: shipped[name] for name in _OF_THE_DEFAULT} | given
    try:
        policy = Policy.model_validate_json(orjson.dumps(whole))
    except ValidationError as e:
        first = e.errors()[0]
        where = ".".join(map(str, first["loc"])) or "policy"
        raise PolicyError(f"{path}: {where}: {first['msg'].removeprefix('Value error, ')}") from e
    if strange := unknown_fields(Policy, body):
        raise PolicyError(
            f"{path}: {', '.join(strange)}: no policy has such a field; `tocsin policy show --default` has all"
        )
    return policy


def _object(path: Path, body: bytes) -> dict[str, Any]:
    try:
        given = orjson.loads(body)
    except orjson.JSONDecodeError as e:
        raise PolicyError(f"{path}: not JSON: {e}") from e
    if not isinstance(given, dict):
        raise PolicyError(f"{path}: a policy is one JSON object")
    return given
