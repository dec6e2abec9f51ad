"""The base of every record: frozen, strict, in UTC, and tolerant of what a newer writer added.

Versions follow the rule of the contracts: within a major version only optional fields and enum values are added. So an
older reader ignores fields it does not know (and names them, to be counted) and reads an unknown enum value as the
enum's fallback.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, ClassVar, NamedTuple, Self, get_args, get_origin

import orjson
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    Strict,
    StringConstraints,
)

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


def _written(value: object) -> object:
    """Refuse what pydantic would take for seconds or milliseconds since 1970, whichever it guesses from the size."""
    if isinstance(value, datetime) or (isinstance(value, str) and value[4:5] == value[7:8] == "-"):
        return value
    raise ValueError("an instant is written as RFC 3339, such as 2026-03-14T04:05:00Z")


def _utc(value: datetime) -> datetime:
    # Compared before it is moved to UTC: at the ends of the calendar the move itself overflows.
    if not EARLIEST <= value < LATEST:
        raise ValueError(f"{value.isoformat()} is beyond reason: instants lie between {EARLIEST:%Y} and {LATEST:%Y}")
    return value.astimezone(UTC)


def _coarse(degrees: float) -> float:
    return round(degrees, 2)


def rfc3339(value: datetime) -> str:
    """Write an instant as the contracts do: RFC 3339 in UTC with `Z`, microseconds only where there are any."""
    return value.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"


Instant = Annotated[
    AwareDatetime,
    Strict(strict=False),  # `_written` is the strict part: behind it pydantic no longer knows that a string was JSON
    BeforeValidator(_written),
    AfterValidator(_utc),
    PlainSerializer(rfc3339, return_type=str, when_used="json"),
]
"""An instant with a time zone, kept in UTC; as text, RFC 3339."""
Id = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
"""An identifier: 1 to 200 characters, none of them control characters."""
Name = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Text = Annotated[str, StringConstraints(max_length=2000)]
"""A short text for people: a reason, a note, a sentence."""
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2."""
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
CoarseLatitude = Annotated[Latitude, AfterValidator(_coarse)]
CoarseLongitude = Annotated[Longitude, AfterValidator(_coarse)]
"""Positions that are published: rounded to 2 decimals (about 1.1 km) here, so that none leaves finer by mistake."""
Probability = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]


class Value(BaseModel):
    """A part of a record."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="ignore",
        use_attribute_docstrings=True,
        allow_inf_nan=False,
        ser_json_inf_nan="null",
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


class _Shape(NamedTuple):
    """What `unknown_fields` needs to know of a model."""

    known: frozenset[str]
    nested: "tuple[tuple[str, bool, _Shape], ...]"
    """Fields that hold models: name, whether the models are the values of a mapping, and the model's shape."""


def unknown_fields(model: type[BaseModel], body: bytes) -> list[str]:
    """Dotted names of the fields in `body` that `model` does not know, an item for each time one stands there.

    `body` is JSON that the model accepted. This runs for every record, nearly always in vain: names are made only
    when a first look has found something.
    """
    shape = _shape(model)
    value = orjson.loads(body)
    return [] if _all_known(shape, value) else list(_unknown(shape, value, ""))


def _all_known(shape: _Shape, value: dict[str, Any]) -> bool:
    known, nested = shape
    if not known.issuperset(value):
        return False
    for field, mapping, below in nested:
        inner = value.get(field)
        if not inner:
            continue
        if mapping:
            inner = [*inner.values()]
        if isinstance(inner, list):
            for item in inner:
                if not _all_known(below, item):
                    return False
        elif not _all_known(below, inner):
            return False
    return True


def _unknown(shape: _Shape, value: dict[str, Any], prefix: str) -> Iterator[str]:
    yield from (prefix + key for key in value if key not in shape.known)
    for field, mapping, below in shape.nested:
        inner = value.get(field) or ()
        if mapping:
            inside = [(f"{field}.{key}.", item) for key, item in dict(inner).items()]
        else:
            inside = [(f"{field}.", item) for item in ((inner,) if isinstance(inner, dict) else inner)]
        for name, item in inside:
            yield from _unknown(below, item, prefix + name)


@cache
def _shape(model: type[BaseModel]) -> _Shape:
    fields = model.model_fields
    nested = []
    for name, field in fields.items():
        if (below := _model_of(field.annotation)) is not None:
            nested.append((name, get_origin(field.annotation) is dict, _shape(below)))
    return _Shape(frozenset(fields), tuple(nested))


def _model_of(annotation: object) -> type[BaseModel] | None:
    """The model inside `X`, `X | None`, `tuple[X, ...]` or `dict[str, X]`, if there is one."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _model_of(inner)) is not None), None)
