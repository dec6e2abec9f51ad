"""What the single contracts refuse: sizes, empty reports, intervals, incomplete actions, unsound facilities."""

from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest
from pydantic import ValidationError

from schemas.action import Action
from schemas.examples import examples
from schemas.facility import Facility
from schemas.mention import Interval
from schemas.record import Record
from schemas.report import MAX_TEXT_BYTES, Report
from schemas.taxonomy import Tenant

R = TypeVar("R", bound=Record)
NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


def changed(model: type[R], **fields: object) -> R:
    """The example of a contract with other fields."""
    example = next(told for told in examples() if isinstance(told, model))
    return model.model_validate(example.model_dump() | fields)


@pytest.mark.parametrize(
    "title, text",
    [
        ("", "x" * MAX_TEXT_BYTES),
        ("x" * 100, "x" * (MAX_TEXT_BYTES - 100)),
        ("", "é" * (MAX_TEXT_BYTES // 2)),
        ("only a headline", ""),
    ],
)
def test_reports_of_up_to_256_kib_are_taken(title: str, text: str) -> None:
    """Title and text may be 256 KiB of UTF-8 together, and one of them may be empty."""
    report = changed(Report, title=title, text=text)
    assert report.body == f"{title}\n{text}"


@pytest.mark.parametrize(
    "title, text, told",
    [
        ("", "x" * (MAX_TEXT_BYTES + 1), "262,145 bytes"),
        ("x" * 101, "x" * (MAX_TEXT_BYTES - 100), "split the report"),
        ("", "é" * (MAX_TEXT_BYTES // 2 + 1), "262,146 bytes"),
        ("", "", "nothing to read"),
        (" \n", "\t\u00a0", "nothing to read"),
    ],
)
def test_reports_too_big_or_empty_are_refused(title: str, text: str, told: str) -> None:
    """More than 256 KiB, counted in UTF-8, and a report without a word are refused with what to do."""
    with pytest.raises(ValidationError, match=told):
        changed(Report, title=title, text=text)


@pytest.mark.parametrize("lang", ["und", "en", "en-GB", "ar", "zh-Hant-TW", "kmr"])
def test_languages(lang: str) -> None:
    """A language is a BCP 47 tag."""
    assert changed(Report, lang=lang).lang == lang


@pytest.mark.parametrize("lang", ["", "english", "e", "en_GB", "en-", "en-" + "abcdefgh-" * 4 + "x"])
def test_what_is_no_language(lang: str) -> None:
    """Names of languages and other spellings are refused."""
    with pytest.raises(ValidationError):
        changed(Report, lang=lang)


def test_intervals_have_a_middle() -> None:
    """Incidents are ordered by the middle of their interval; an instant is an interval too."""
    assert Interval(earliest=NOON, latest=NOON + timedelta(hours=1)).midpoint == NOON + timedelta(minutes=30)
    assert Interval(earliest=NOON, latest=NOON).midpoint == NOON


def test_intervals_are_ordered() -> None:
    """An interval that ends before it begins is refused."""
    with pytest.raises(ValidationError, match="lies after latest"):
        Interval(earliest=NOON, latest=NOON - timedelta(microseconds=1))


@pytest.mark.parametrize(
    "fields, missing",
    [
        ({"kind": "acknowledge", "alert_id": None}, "alert_id"),
        ({"kind": "note", "note": None}, "note"),
        ({"kind": "note", "note": ""}, "note"),
        ({"kind": "dismiss", "note": None, "seen_revision": None}, "note, seen_revision"),
        ({"kind": "silence"}, "until"),
        ({"kind": "resolve", "seen_revision": None}, "seen_revision"),
        ({"kind": "merge"}, "incident_id, other_incident_id"),
        ({"kind": "merge", "incident_id": "a"}, "other_incident_id"),
        ({"kind": "split", "incident_id": "a", "mention_ids": []}, "mention_ids"),
        ({"kind": "retarget", "incident_id": "a"}, "target_facility_id"),
    ],
)
def test_incomplete_actions_are_refused(fields: dict[str, Any], missing: str) -> None:
    """An action says which of the fields that its kind needs are missing."""
    with pytest.raises(ValidationError, match=f"{fields['kind']} needs {missing}"):
        changed_json(Action, fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "acknowledge", "seen_revision": None, "note": None},
        {"kind": "dismiss"},
        {"kind": "silence", "until": "2026-03-15T00:00:00Z"},
        {"kind": "merge", "alert_id": None, "incident_id": "a", "other_incident_id": "b"},
        {"kind": "split", "alert_id": None, "incident_id": "a", "mention_ids": ["m/1/0"]},
        {"kind": "retarget", "alert_id": None, "incident_id": "a", "target_facility_id": "zz-b"},
    ],
)
def test_complete_actions_are_taken(fields: dict[str, Any]) -> None:
    """Each kind of action is taken with what it needs and no more."""
    assert changed_json(Action, fields).kind == fields["kind"]


@pytest.mark.parametrize(
    "fields, told",
    [
        ({"parent": "zz-alder-bay-fuel-terminal"}, "its own parent"),
        ({"since": 2010, "until": 2009}, "since 2010 lies after until 2009"),
        ({"criticality": 6}, "less than or equal to 5"),
        ({"country": "zz"}, "match pattern"),
        ({"lat": 91.0}, "less than or equal to 90"),
    ],
)
def test_unsound_facilities_are_refused(fields: dict[str, Any], told: str) -> None:
    """A facility that encloses itself, ends before it begins, or lies off the globe is refused."""
    with pytest.raises(ValidationError, match=told):
        changed(Facility, **fields)


@pytest.mark.parametrize(
    "since, until, year, serves",
    [
        (None, None, 1990, True),
        (1998, None, 1997, False),
        (1998, None, 1998, True),
        (None, 2021, 2021, True),
        (None, 2021, 2022, False),
    ],
)
def test_facilities_serve_within_their_years(since: int | None, until: int | None, year: int, *, serves: bool) -> None:
    """First and last year count; a year that is not recorded is no bound."""
    assert changed(Facility, since=since, until=until).serves_in(year) is serves


def test_tenants_leave() -> None:
    """A tenant is there in the year in which it left and not after; one without such a year stays."""
    facility = changed(Facility, tenants=(Tenant.UN, Tenant.NGO), tenant_until={Tenant.UN: 2020})
    assert facility.tenants_in(2020) == {Tenant.UN, Tenant.NGO}
    assert facility.tenants_in(2021) == {Tenant.NGO}


@pytest.mark.parametrize("contract", ["Facility", "Policy"])
def test_facts_have_no_event_time(contract: str) -> None:
    """A facility and a policy have no event time, so they carry no CloudEvents time."""
    (fact,) = (told for told in examples() if type(told).__name__ == contract)
    with pytest.raises(NotImplementedError):
        _ = fact.event_time


@pytest.mark.parametrize(
    "contract, time, record_id",
    [
        ("Report", "2026-03-14T06:40", "gulf-wire/2026-03-14/0117"),
        ("Tick", "2026-03-14T06:42", "tick-3-1773470520000"),
        ("Reading", "2026-03-14T06:40", "gulf-wire/2026-03-14/0117/1"),
        ("Mention", "2026-03-14T04:00", "gulf-wire/2026-03-14/0117/1/0"),
        ("Withdrawal", "2026-03-14T08:05", "gulf-wire/2026-03-14/0117/<2"),
        ("Incident", "2026-03-14T04:00", "gulf-wire/2026-03-14/0117/1/0@1"),
        ("Exposure", "2026-03-14T04:00", "gulf-wire/2026-03-14/0117/1/0@1/zz-alder-bay-fuel-terminal"),
        ("Alert", "2026-03-14T06:40", "alr-1505d55f54665ddd1ccf@2"),
        ("Action", "2026-03-14T06:44", "b0a8c1de-5c1f-4a55-9c0e-6f0f8f0e7a11"),
        ("ActionResult", "2026-03-14T06:44", "b0a8c1de-5c1f-4a55-9c0e-6f0f8f0e7a11/applied"),
        ("Heartbeat", "2026-03-14T06:42", "heartbeat-5"),
        ("Manifest", "2026-03-01T09:00", "2026-03-01"),
    ],
)
def test_cloudevents_time_and_id(contract: str, time: str, record_id: str) -> None:
    """Event time and id of each record are what its contract says: revisions, bounds and verdicts told apart."""
    (told,) = (r for r in examples() if type(r).__name__ == contract)
    assert told.event_time == datetime.fromisoformat(time).replace(tzinfo=UTC)
    assert told.record_id == record_id


def changed_json(model: type[R], fields: dict[str, Any]) -> R:
    """The example of a contract with other fields as JSON has them."""
    example = next(told for told in examples() if isinstance(told, model))
    made: R = model.model_validate(example.model_dump(mode="json") | fields, strict=False)
    return made
