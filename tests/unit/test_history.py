"""A table of past incidents is read row by row, and what cannot be read is named."""

from datetime import UTC, datetime, timedelta

import pytest

from schemas.taxonomy import Reliability, Status, ThreatType
from streams.desk.history import History, HistoryError, read_history

NOW = datetime(2031, 6, 1, tzinfo=UTC)
HEAD = "date,latitude,longitude,type\n"


def read(*lines: str, head: str = HEAD) -> History:
    """Read a table."""
    return read_history([head, *(f"{line}\n" for line in lines)], "past.csv", NOW)


def test_a_row_is_an_incident() -> None:
    """Day, place and type become an incident of that day, known at its end; the hour is the same in every run."""
    history = read("2031-03-04,33.125,44.5,IED")
    (incident,) = history.incidents
    day = datetime(2031, 3, 4, tzinfo=UTC)
    assert day <= incident.event_time < day + timedelta(days=1) == incident.last_reported_at
    assert incident.threat_type is ThreatType.IED
    assert incident.place is not None
    assert (incident.place.lat, incident.place.lon) == (33.12, 44.5)
    assert read("2031-03-04,33.125,44.5,IED").incidents == history.incidents


def test_the_incidents_of_a_day_are_spread_over_it() -> None:
    """Where only days are known, the incidents of one are no barrage at noon."""
    hours = {i.event_time.hour for i in read(*["2031-03-04,33.1,44.5,IED"] * 12).incidents}
    assert len(hours) > 5


def test_columns_by_their_other_names() -> None:
    """Columns are found in any order, by the names that others use, and an instant is taken as it is."""
    history = read(
        "IQZ1,Air/drone strike,44.5,33.1,2031-03-04T05:06:00+03:00,2,,a wire,B2,intercepted",
        head="\ufeffEvent ID cnty,Sub event type,LON,Lat,Event date,Fatalities,Injured,Source,Grade,Status\n",
    )
    (incident,) = history.incidents
    assert incident.incident_id == "IQZ1"
    assert incident.threat_type is ThreatType.UAS
    assert incident.event_time == incident.last_reported_at == datetime(2031, 3, 4, 2, 6, tzinfo=UTC)
    assert (incident.effects.killed, incident.effects.wounded) == (2, None)
    assert (incident.credibility.reliability, incident.status) == (Reliability.B, Status.INTERCEPTED)
    assert incident.testimony[0].source.name == "a wire"


@pytest.mark.parametrize(
    "line, told",
    [
        ("4 March,33.1,44.5,IED", "date: '4 March' is neither a day"),
        ("2031-07-01,33.1,44.5,IED", "lies in the future"),
        ("9999-12-31,33.1,44.5,IED", "date: '9999-12-31' is neither a day"),
        ("2031-03-04,north,44.5,IED", "latitude: 'north' is no number"),
        ("2031-03-04,133.1,44.5,IED", "lat"),
        ("2031-03-04", "latitude: '' is no number"),
        ("", None),
    ],
)
def test_a_bad_line_is_named(line: str, told: str | None) -> None:
    """It is told with its number and what is wrong; the others count."""
    history = read("2031-03-04,33.1,44.5,IED", line, "2031-03-04,33.1,44.5,SAF")
    assert [i.threat_type for i in history.incidents] == [ThreatType.IED, ThreatType.SMALL_ARMS]
    assert [refusal.where for refusal in history.bad] == (["past.csv:3"] if told else [])
    assert all((told or "") in refusal.reason for refusal in history.bad)


@pytest.mark.parametrize("count", ["inf", "1e999", "nan", "-1", "1.5"])
def test_what_is_no_count_is_named(count: str) -> None:
    """One cell ends no table."""
    history = read(f"2031-03-04,33.1,44.5,IED,{count}", head="date,latitude,longitude,type,killed\n")
    assert [refusal.reason for refusal in history.bad] == [f"killed: {count!r} is no count"]


def test_ids_stand_once() -> None:
    """A second row with the same id is told, not counted."""
    history = read("a-1,2031-03-04,33.1,44.5", "a-1,2031-03-05,33.1,44.5", head="id,date,lat,lon\n")
    assert len(history.incidents) == 1
    assert "a-1 stands in line 2 already" in history.bad[0].reason


def test_unknown_types_are_counted() -> None:
    """A type that is none of ours counts as other, and is told."""
    history = read("2031-03-04,33.1,44.5,brawl", "2031-03-04,33.1,44.5,brawl", "2031-03-04,33.1,44.5,")
    assert {i.threat_type for i in history.incidents} == {ThreatType.OTHER}
    assert history.unknown_types == {"brawl": 2}


@pytest.mark.parametrize(
    "head, told",
    [
        ("day,latitude,longitude\n", "no column date (or event_date"),
        ("", "there are none"),
        ("date,lat,lon,lat\n", "column lat stands twice"),
    ],
)
def test_a_table_without_its_columns_is_refused(head: str, told: str) -> None:
    """What is missing is named, with what it may be called and what there is."""
    with pytest.raises(HistoryError) as refused:
        read(head=head)
    assert told in str(refused.value)
