"""The base of every record: frozen, strict, in UTC, and tolerant of what a newer writer added.

Versions follow the rule of the contracts: within a major version only optional fields and enum values are added. So an
older reader ignores fields it does not know (and names them, to be counted) and reads an unknown enum value as the
enum's fallback.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self

import orjson
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints

EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
"""No record speaks of an instant before this one: such a time is a unit error or an unset clock."""
LATEST = datetime(2200, 1, 1, tzinfo=UTC)


class OpenEnum(StrEnum):
    """An enum of the contracts: closed for writers, open for readers.

    A value that is not known here was written by a newer minor version; it reads as `fallback`.
    """

    @classmethod
    def fallback(cls) -> Self:
        """Return the member that stands for values unknown to this version."""
        for name in ("unknown", "other", "unclear", "none"):
            if name in cls._value2member_map_:
                return cls(name)
        raise NotImplementedError(f"{cls.__name__} has no member to fall back on")

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        return cls.fallback() if isinstance(value, str) else None


def _utc(value: datetime) -> datetime:
    value = value.astimezone(UTC)
    if not EARLIEST <= value < LATEST:
        raise ValueError(f"{value.isoformat()} is beyond reason: instants lie between {EARLIEST:%Y} and {LATEST:%Y}")
    return value


def rfc3339(value: datetime) -> str:
    """Write an instant as the contracts do: RFC 3339 in UTC with `Z`, microseconds only where there are any."""
    return value.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"


Instant = Annotated[AwareDatetime, AfterValidator(_utc), PlainSerializer(rfc3339, return_type=str, when_used="json")]
"""An instant with a time zone, kept in UTC."""
Id = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
"""An identifier: 1 to 200 characters, none of them control characters."""
Name = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Text = Annotated[str, StringConstraints(max_length=2000)]
"""A short text for people: a reason, a note, a sentence."""
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2."""
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Probability = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]


class Value(BaseModel):
    """A part of a record."""

    model_config = ConfigDict(
        frozen=True, strict=True, extra="ignore", use_attribute_docstrings=True, allow_inf_nan=False, ser_json_inf_nan="null"
    )


class Record(Value):
    """Something that travels: it knows its CloudEvents type and its event time."""

    ce_type: ClassVar[str]
    """CloudEvents `type`: `tocsin.<contract>.v<major>`."""

    @property
    def event_time(self) -> datetime:
        """When what the record tells took place: CloudEvents `time`."""
        raise NotImplementedError

    @property
    def record_id(self) -> str:
        """Identifies the record within its type, revisions apart: CloudEvents `id`."""
        raise NotImplementedError

    def to_json(self) -> bytes:
        """Serialise; fields that are unset (None) are left out."""
        return self.__pydantic_serializer__.to_json(self, exclude_none=True)


def unknown_fields(model: type[BaseModel], body: bytes) -> list[str]:
    """Dotted names of the fields in `body` that `model` does not know, in the order in which they stand.

    `body` is JSON that the model accepted.
    """
    return list(_unknown(model, orjson.loads(body), ""))


def _unknown(model: type[BaseModel], value: Any, prefix: str) -> Iterator[str]:
    if not isinstance(value, Mapping):
        return
    fields = model.model_fields
    for key, inner in value.items():
        if key not in fields:
            yield prefix + key
            continue
        below = _model_of(fields[key].annotation)
        if below is not None:
            for item in inner if isinstance(inner, list) else (inner,):
                yield from _unknown(below, item, f"{prefix}{key}.")


def _model_of(annotation: Any) -> type[BaseModel] | None:
    """The model inside `X`, `X | None` or `tuple[X, ...]`, if there is one."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        if (found := _model_of(inner)) is not None:
            return found
    return None
