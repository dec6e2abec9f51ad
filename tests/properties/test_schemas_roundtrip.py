"""What is written is read back as it was, and a record is valid under its published schema, whatever the values."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.alert import Alert
from schemas.examples import examples
from schemas.incident import Incident
from schemas.mention import Effects, Interval, Mention, Place, Span
from schemas.record import EARLIEST, LATEST, Record, unknown_fields
from schemas.report import Report, Source
from schemas.taxonomy import AlertState, Change, Level, Reliability, SourceKind, Status, ThreatType, Traffic
from tests.contract.validation import validator

instants = st.datetimes(datetime(EARLIEST.year, 1, 2), datetime(LATEST.year - 1, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
ids = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200)
counts = st.integers(0, 2**31)
shares = st.floats(0, 1)
sources = st.builds(
    Source,
    name=ids,
    kind=st.sampled_from(SourceKind),
    reliability=st.sampled_from(Reliability),
)
intervals = st.tuples(instants, instants).map(lambda ends: Interval(earliest=min(ends), latest=max(ends)))
places = st.builds(
    Place,
    name=words,
    lat=st.none() | st.floats(-90, 90),
    lon=st.none() | st.floats(-180, 180),
    radius_km=st.none() | st.floats(0, 500),
    country=st.none() | st.from_regex(r"[A-Z]{2}", fullmatch=True),
)
spans = st.builds(Span, axis=words.map(lambda w: w[:40]), start=counts, end=counts, rule=words)
effects = st.builds(Effects, killed=st.none() | counts, wounded=st.none() | counts, damage=st.none() | words)

reports = st.builds(
    Report,
    report_id=ids,
    source=sources,
    published_at=instants,
    text=words.map(lambda w: f"{w}."),
    title=words,
    lang=st.sampled_from(["und", "en", "ar", "fr-FR"]),
    url=st.none() | words,
    corrects=st.none() | ids,
    retracts=st.none() | ids,
    traffic=st.sampled_from(Traffic),
)
_INCIDENT, _MENTION, _ALERT = (
    next(told for told in examples() if isinstance(told, kind)).model_dump() for kind in (Incident, Mention, Alert)
)
mentions = st.fixed_dictionaries(
    {
        "mention_id": ids,
        "ordinal": counts,
        "traffic": st.sampled_from(Traffic),
        "threat_type": st.sampled_from(ThreatType),
        "status": st.sampled_from(Status),
        "occurred": intervals,
        "place": st.none() | places,
        "effects": effects,
        "source": sources,
        "published_at": instants,
        "quote": words,
        "evidence": st.lists(spans, max_size=5).map(tuple),
        "text_sketch": st.lists(st.integers(0, 2**32 - 1), max_size=64).map(tuple),
    }
).map(lambda fields: Mention.model_validate(_MENTION | fields))
involvements = st.fixed_dictionaries(
    {
        "incident": st.fixed_dictionaries({"incident_id": ids, "occurred": intervals, "place": places}).map(
            lambda fields: _INCIDENT | fields
        ),
        "distance_km": st.floats(0, 500),
        "probability": shares,
    }
)
alerts = st.fixed_dictionaries(
    {
        "alert_id": ids,
        "revision": st.integers(1, 10**6),
        "state": st.sampled_from(AlertState),
        "level": st.sampled_from(Level),
        "change": st.sampled_from(Change),
        "headline": words,
        "incidents": st.lists(involvements, max_size=3).map(tuple),
        "began_at": instants,
        "updated_at": instants,
        "ended_at": st.none() | instants,
        "notes": st.lists(st.fixed_dictionaries({"by": ids, "at": instants, "text": words}), max_size=3).map(tuple),
    }
).map(lambda fields: Alert.model_validate(_ALERT | fields))


@pytest.mark.parametrize(
    "contract, records",
    [("report.v1", reports), ("mention.v1", mentions), ("alert.v1", alerts)],
    ids=["report", "mention", "alert"],
)
@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_round_trip(contract: str, records: st.SearchStrategy[Record], data: st.DataObject) -> None:
    """A record survives JSON unchanged, a second writing gives the same bytes, and its schema takes it."""
    record = data.draw(records)
    body = record.to_json()
    again = type(record).model_validate_json(body)
    assert again == record
    assert again.to_json() == body
    assert unknown_fields(type(record), body) == []
    validator(contract).validate(json.loads(body))
