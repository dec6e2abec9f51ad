"""The operator's policy: a JSON file, read as a whole or refused with the place of the error."""

from pathlib import Path
from typing import Final

import orjson
from pydantic import ValidationError

from schemas.policy import Policy
from schemas.record import unknown_fields
from streams.json_file import JsonFileError, read_json
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
        given = read_json(path)
    except JsonFileError as e:
        raise PolicyError(str(e)) from e
    if not isinstance(given, dict):
        raise PolicyError(f"{path}: a policy is one JSON object")
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
    if strange := unknown_fields(Policy, orjson.dumps(given)):
        raise PolicyError(
            f"{path}: {', '.join(strange)}: no policy has such a field; `tocsin policy show --default` has all"
        )
    return policy
