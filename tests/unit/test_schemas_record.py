"""What all records share: instants in UTC, bounded ids, open enums, unknown fields, positions that are coarse."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from schemas import taxonomy
from schemas.alert import Alert
from schemas.crosswalk import ACLED, CAP_CATEGORY
from schemas.examples import examples
from schemas.mention import Place
from schemas.policy import Policy
from schemas.record import Id, Instant, OpenEnum, Record, rfc3339, unknown_fields
from schemas.report import Report
from schemas.taxonomy import Level, Reliability, ThreatType, Traffic

ENUMS = [e for e in vars(taxonomy).values() if isinstance(e, type) and issubclass(e, OpenEnum) and e is not OpenEnum]
CAP_1_2 = {
    "Geo",
    "Met",
    "Safety",
    "Security",
    "Rescue",
    "Fire",
    "Health",
    "Env",
    "Transport",
    "Infra",
    "CBRNE",
    "Other",
}
NAN, INFINITY = float("nan"), float("inf")
NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


def parse(kind: Any, value: object) -> Any:  # noqa: ANN401  any type may be asked for
    """What comes out of JSON."""
    return TypeAdapter(kind).validate_json(json.dumps(value))


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-14T12:00:00Z",
        "2026-03-14T12:00:00+00:00",
        "2026-03-14T15:00:00+03:00",
        "2026-03-14T12:00:00.000000Z",
        "2026-03-14t12:00:00z",
    ],
)
def test_instants_are_kept_in_utc(text: str) -> None:
    """However its zone is written, an instant is kept in UTC."""
    found = parse(Instant, text)
    assert found == NOON
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    "value, told",
    [
        ("2026-03-14T12:00:00", "timezone"),
        ("2026-03-14", "timezone"),
        (1773489600, "RFC 3339"),
        (1773489600000, "RFC 3339"),
        ("1773489600", "RFC 3339"),
        ("20260314T120000Z", "RFC 3339"),
        ("yesterday", "RFC 3339"),
        ("", "RFC 3339"),
        (None, "RFC 3339"),
        (True, "RFC 3339"),
        ("2026-02-30T12:00:00Z", "day value"),
        ("1979-12-31T23:59:59Z", "beyond reason"),
        ("2200-01-01T00:00:00Z", "beyond reason"),
        ("9999-12-31T23:59:59-01:00", "beyond reason"),
        ("0001-01-01T00:00:00+01:00", "beyond reason"),
    ],
)
def test_what_is_no_instant(value: object, told: str) -> None:
    """A time without a zone, a number whose unit would be guessed, or one beyond reason is refused with the reason."""
    with pytest.raises(ValidationError, match=told):
        parse(Instant, value)


@pytest.mark.parametrize("value", [datetime(2026, 3, 14, 12), 1773489600])  # noqa: DTZ001  naive on purpose
def test_naive_times_are_refused_in_the_program_too(value: object) -> None:
    """A record cannot be built with a time that has no zone, or with a number."""
    with pytest.raises(ValidationError):
        TypeAdapter(Instant).validate_python(value)


@pytest.mark.parametrize(
    "value, text",
    [
        (NOON, "2026-03-14T12:00:00Z"),
        (NOON.replace(microsecond=1500), "2026-03-14T12:00:00.001500Z"),
        (NOON.astimezone(timezone(timedelta(hours=3))), "2026-03-14T12:00:00Z"),
    ],
)
def test_instants_are_written_in_one_way(value: datetime, text: str) -> None:
    """Instants are written in UTC with Z, and microseconds only where there are any."""
    assert rfc3339(value) == text


@pytest.mark.parametrize("value", ["a", "gulf-wire/2026-03-14/0117", "x" * 200, "запис № 7", "طوارئ-1"])
def test_ids(value: str) -> None:
    """An id is 1 to 200 characters of any script."""
    assert parse(Id, value) == value


@pytest.mark.parametrize("value", ["", "x" * 201, "tab\there", "line\n", "\x00", "delete\x7f", 7, None])
def test_what_is_no_id(value: object) -> None:
    """Nothing, too much, control characters and other types are no id."""
    with pytest.raises(ValidationError):
        parse(Id, value)


@pytest.mark.parametrize("enum", ENUMS, ids=lambda e: e.__name__)
def test_unknown_values_read_as_the_fallback(enum: type[OpenEnum]) -> None:
    """Every enum reads a value that it does not know as its fallback, and refuses what is no text."""
    assert parse(enum, "added in a later version") is enum.fallback()
    with pytest.raises(ValidationError):
        parse(enum, 7)


@pytest.mark.parametrize(
    "enum, fallback",
    [
        (ThreatType, ThreatType.OTHER),
        (Reliability, Reliability.F),
        (Traffic, Traffic.TEST),
        (Level, Level.ALERT),
        (taxonomy.InformationCredibility, taxonomy.InformationCredibility.CANNOT_BE_JUDGED),
        (taxonomy.Status, taxonomy.Status.UNCLEAR),
        (taxonomy.Urgency, taxonomy.Urgency.UNKNOWN),
        (taxonomy.AttributionConfidence, taxonomy.AttributionConfidence.NONE),
    ],
)
def test_fallbacks_are_the_careful_ones(enum: type[OpenEnum], fallback: OpenEnum) -> None:
    """What is not known raises no real alert, hides none, and is graded as not to be judged."""
    assert enum.fallback() is fallback


def test_an_enum_without_a_fallback_says_so() -> None:
    """An enum that names no fallback fails when it is asked for one."""

    class Direction(OpenEnum):
        LEFT = "left"

    with pytest.raises(NotImplementedError, match="Direction"):
        Direction.fallback()


def test_crosswalks_are_complete() -> None:
    """Every threat type has its row in ACLED's and a category of CAP 1.2."""
    assert ACLED.keys() == CAP_CATEGORY.keys() == set(ThreatType)
    assert set(CAP_CATEGORY.values()) <= CAP_1_2


@pytest.mark.parametrize(
    "model, body, names",
    [
        (Report, {}, []),
        (Report, {"report_id": "a", "source": {"name": "w"}}, []),
        (Report, {"mood": 1}, ["mood"]),
        (Report, {"source": {"name": "w", "desk": 2}, "mood": {"source": 1}}, ["mood", "source.desk"]),
        (Report, {"source": None}, []),
        (Alert, {"notes": [{"by": "a"}, {"mood": 1}, {"mood": 2}]}, ["notes.mood", "notes.mood"]),
        (Alert, {"incidents": [{"incident": {"place": {"floor": 3}}}]}, ["incidents.incident.place.floor"]),
        (Policy, {"facilities": {"zz-a": {"off": True}}}, []),
        (Policy, {"facilities": {"zz-a": {"of": True}}}, ["facilities.zz-a.of"]),
        (Policy, {"theatres": {"gulf": ["ZZ"]}, "threat_reach_km": {"uas": 5.0}}, []),
        (Policy, {"detector": {"radii": {"radii_km": [], "shape": "round"}}}, ["detector.radii.shape"]),
    ],
)
def test_unknown_fields_are_named(model: type[BaseModel], body: dict[str, Any], names: list[str]) -> None:
    """Fields that a model does not know are named with their place, through parts, lists and mappings."""
    assert unknown_fields(model, json.dumps(body).encode()) == names


@pytest.mark.parametrize("record", examples(), ids=lambda r: type(r).__name__)
def test_records_are_tolerant_frozen_and_named(record: Record) -> None:
    """A record takes fields of a newer version and drops them, cannot be changed, and has a CloudEvents id."""
    newer = json.dumps(json.loads(record.to_json()) | {"added_later": [1]}).encode()
    assert type(record).model_validate_json(newer) == record
    with pytest.raises(ValidationError, match="frozen"):
        setattr(record, next(iter(type(record).model_fields)), None)
    assert record.record_id


def test_nothing_unset_is_written() -> None:
    """A field without a value is left out of the JSON."""
    (report,) = (r for r in examples() if isinstance(r, Report))
    assert report.corrects is None
    assert "corrects" not in json.loads(report.to_json())


@pytest.mark.parametrize("lat, lon, kept", [(12.3456, 47.6544, (12.35, 47.65)), (-0.001, 179.999, (0.0, 180.0))])
def test_published_positions_are_coarse(lat: float, lon: float, kept: tuple[float, float]) -> None:
    """A position is rounded to 2 decimals when the record is made, whoever makes it."""
    place = Place(name="somewhere", lat=lat, lon=lon)
    assert (place.lat, place.lon) == kept


@pytest.mark.parametrize("lat, lon", [(90.01, 0.0), (-91.0, 0.0), (0.0, 180.5), (NAN, 0.0), (0.0, INFINITY)])
def test_positions_off_the_globe_are_refused(lat: float, lon: float) -> None:
    """Latitude and longitude are finite and within their ranges."""
    with pytest.raises(ValidationError):
        Place(name="nowhere", lat=lat, lon=lon)
