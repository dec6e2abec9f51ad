"""Reading whole reports: the golden story exactly, our own reports above a floor, what the receipt says."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from schemas.mention import Mention
from schemas.policy import Policy, RegisteredSource
from schemas.report import Report
from schemas.taxonomy import Reliability, SetAsideReason, SourceKind, Status, ThreatType
from streams.reading import read
from tests.bench.reading import figures, load, predicted, report_of
from tests.shared import SHARED, shared
from tests.unit.reader import GOLDEN, lexicon, reading_of


def exact(row: dict[str, Any], mentions: tuple[Mention, ...]) -> None:
    """Each gold mention is met on every axis, and there is no other."""
    body = report_of(row).body
    gold = row["gold"]["mentions"]
    assert len(mentions) == len(gold)
    for want, got in zip(gold, mentions, strict=True):
        core = next(s for s in got.evidence if s.axis == "core")
        at = body.index(want["quote"])
        assert core.start < at + len(want["quote"])
        assert at < core.end
        assert got.threat_type.value == want["threat_type"]
        assert got.status.value == want["status"]
        assert got.initiator.value == want["initiator"]
        assert got.attribution.confidence.value == want["attribution"]["confidence"]
        assert got.facility_id == want["facility_id"]
        if want["candidates"]:
            assert got.candidates[0].facility_id in want["candidates"]
        earliest, latest = (datetime.fromisoformat(want["occurred"][k]) for k in ("earliest", "latest"))
        assert got.occurred.earliest <= latest
        assert earliest <= got.occurred.latest
        assert got.occurred.latest - got.occurred.earliest <= max(timedelta(hours=36), 2 * (latest - earliest))


def test_the_shared_story_is_read_exactly() -> None:
    """Three incidents on every axis, and none of the traps."""
    (row,) = load(shared("seed_story.jsonl"))
    reading, mentions = read(report_of(row), 1, lexicon(), Policy())
    exact(row, mentions)
    assert {a.reason for a in reading.set_aside} >= {
        SetAsideReason.FRIENDLY,
        SetAsideReason.NEGATED,
        SetAsideReason.HISTORICAL,
    }


def test_our_story_tells_three_incidents() -> None:
    """The golden story's incidents are told apart, and its traps kept out."""
    (row,) = load(GOLDEN / "story.jsonl")
    reading, mentions = read(report_of(row), 1, lexicon(), Policy())
    assert [(m.threat_type.value, m.status.value) for m in mentions] == [
        ("rocket", "thwarted"),
        ("uas", "intercepted"),
        ("uas", "intercepted"),
    ]
    assert {a.reason for a in reading.set_aside} >= {
        SetAsideReason.FRIENDLY,
        SetAsideReason.NEGATED,
        SetAsideReason.HISTORICAL,
    }


@pytest.mark.parametrize(
    "file, least, most",
    [
        ("reports.jsonl", 0.9, 1.1),
        ("everyday_unseen.jsonl", 0.72, 0.95),
        ("forms_unseen.jsonl", 0.52, 1.1),
        ("kin_unseen.jsonl", 0.6, 1.0),
        ("plain_unseen.jsonl", 0.75, 1.0),
    ],
)
def test_our_reports_are_read_above_the_floor(file: str, least: float, most: float) -> None:
    """Nearly all incidents of our reports are found with type and status; most of plain ones never looked at."""
    found = told = right = 0
    for row in load(GOLDEN / file):
        (guess,) = predicted([row], lexicon())
        told += len(row["gold"]["mentions"])
        found += len(guess["mentions"])
        want = [(m["threat_type"], m["status"]) for m in row["gold"]["mentions"]]
        got = [(m["threat_type"], m["status"]) for m in guess["mentions"]]
        right += sum(1 for w in want if w in got)
    assert right >= least * told
    assert found <= most * told


STATED = {
    "mention_f1": 0.98,
    "alert_grade_f1": 0.96,
    "status_accuracy": 0.96,
    "target_accuracy": 0.98,
    "time_accuracy": 0.98,
    "attribution_accuracy": 0.98,
    "killed_accuracy": 0.98,
    "wounded_accuracy": 0.98,
    "quiet_reports": 0.98,
}


def test_what_is_said_plainly_is_understood() -> None:
    """Of 377 reports of a few plain sentences, in every type and stage, hardly one is read wrongly on any axis."""
    rows = load(GOLDEN / "statements.jsonl")
    got, _ = figures(rows, predicted(rows, lexicon()))
    assert {k: got[k] for k, floor in STATED.items() if got[k] < floor} == {}


FLOORS = {
    "mention_f1": 0.93,
    "alert_grade_f1": 0.9,
    "threat_type_accuracy": 0.95,
    "status_accuracy": 0.95,
    "target_accuracy": 0.95,
    "time_accuracy": 0.94,
    "attribution_accuracy": 0.88,
    "traps_kept_out": 0.99,
    "quiet_reports": 0.99,
}


@pytest.mark.skipif(SHARED is None, reason="development data are not part of the project")
def test_development_figures_do_not_fall() -> None:
    """The figures on the development reports stay above their floors."""
    rows = load(shared("reports_dev.jsonl"))
    got, _ = figures(rows, predicted(rows, lexicon()))
    assert {k: got[k] for k, floor in FLOORS.items() if got[k] < floor} == {}


@pytest.mark.parametrize(
    "text, reason",
    [
        (
            "Iraqi troops killed eleven members of Islamic State in a raid on Thursday in Anbar.",
            SetAsideReason.FRIENDLY,
        ),
        ("The base was hit by rockets in January 2020.", SetAsideReason.HISTORICAL),
        ("There was no explosion at the base on Monday, officials said.", SetAsideReason.NEGATED),
        ("The exercise on Monday includes a simulated drone attack on the base.", SetAsideReason.EXERCISE),
        ("A gas leak caused an explosion at the base on Monday.", SetAsideReason.ACCIDENT),
        ("Drone attacks have risen, and the number of rocket attacks doubled.", SetAsideReason.GENERIC),
        ("If the militia fired rockets at the base, the army would respond.", SetAsideReason.HYPOTHETICAL),
    ],
)
def test_what_only_looks_like_an_incident_is_set_aside(text: str, reason: SetAsideReason) -> None:
    """A passage that is no current hostile event makes no mention and stands in the receipt with its reason."""
    reading, mentions = reading_of(text)
    assert mentions == ()
    assert reason in {a.reason for a in reading.set_aside}


@pytest.mark.parametrize(
    "text, kind, status",
    [
        ("Three rockets landed at Ain al-Asad air base early on Tuesday.", ThreatType.ROCKET, Status.EXECUTED),
        ("Two drones were shot down over Ain al-Asad air base on Tuesday.", ThreatType.UAS, Status.INTERCEPTED),
        ("Police defused a car bomb at the gate of Taji base on Tuesday.", ThreatType.VEHICLE_BOMB, Status.THWARTED),
        ("Gunmen opened fire on Taji base on Tuesday night.", ThreatType.SMALL_ARMS, Status.EXECUTED),
        ("A suicide bomber blew himself up at Kabul airport on Monday.", ThreatType.SUICIDE_BOMBING, Status.EXECUTED),
        (
            "Protesters stormed the US embassy in Baghdad on Monday and threw stones.",
            ThreatType.UNREST,
            Status.EXECUTED,
        ),
        ("Hackers defaced the website of Haifa port on Monday.", ThreatType.CYBER, Status.EXECUTED),
        (
            "A limpet mine was found on a tanker's hull off Fujairah port on Monday.",
            ThreatType.MARITIME,
            Status.THWARTED,
        ),
    ],
)
def test_type_and_status_of_plain_sentences(text: str, kind: ThreatType, status: Status) -> None:
    """A plain sentence about one incident gives its type and how far it came."""
    (mention,) = reading_of(text)[1]
    assert (mention.threat_type, mention.status) == (kind, status)


def test_the_register_grades_the_source() -> None:
    """A source that is not registered is F whatever it claims; a registered one has the register's grade."""
    text = "Three rockets landed at Ain al-Asad air base early on Tuesday."
    (unknown,) = reading_of(text)[1]
    assert unknown.source.reliability is Reliability.F
    policy = Policy(sources=(RegisteredSource(name="WIRE", kind=SourceKind.NEWS, reliability=Reliability.B),))
    report = Report.model_validate_json(
        json.dumps({"report_id": "r", "source": {"name": "wire"}, "published_at": "2024-03-13T10:00:00Z", "text": text})
    )
    (known,) = read(report, 1, lexicon(), policy)[1]
    assert (known.source.reliability, known.source.kind) == (Reliability.B, SourceKind.NEWS)


def test_long_report_ids_give_bounded_mention_ids() -> None:
    """A report id of 200 characters still gives mention ids of at most 200."""
    (mention,) = reading_of("Three rockets landed at Ain al-Asad air base early on Tuesday.", report_id="x" * 200)[1]
    assert len(mention.mention_id) <= 200
    assert mention.report_id == "x" * 200


def test_exact_positions_do_not_leave_the_reader() -> None:
    """A position in the text is masked in the quote and rounded in the place."""
    (mention,) = reading_of("Rockets hit a camp at 33.80123, 42.43712 in Iraq on Tuesday evening.")[1]
    assert "33.80123" not in mention.model_dump_json()
    assert mention.place is not None
    assert (mention.place.lat, mention.place.lon) == (33.8, 42.44)


def test_quiet_stories_stay_quiet() -> None:
    """Of stories about sport, courts, trade, the past, drills and works hardly any makes a mention."""
    rows = load(GOLDEN / "quiet.jsonl")
    loud = [r["title"] for r in rows if reading_of(r["text"], title=r["title"], kind=r["kind"])[1]]
    assert len(loud) <= 0.1 * len(rows), loud


def test_one_more_at_a_site_it_names_is_of_the_day_just_told() -> None:
    """A sentence that says nothing of when, and “a second attack on …”, is no background."""
    first = "Four rockets struck Camp Arifjan early on Thursday, officials said.\n"
    second = "A second attack on Ali Al Salem Air Base was foiled when guards shot down a drone near the fence."
    sites = [m.facility_id for m in reading_of(first + second)[1]]
    assert sites == ["kw-camp-arifjan", "kw-ali-al-salem-air-base"]


def test_short_stories_of_many_styles_are_read() -> None:
    """Of short stories in many styles nearly all incidents are found with their type, status and site."""
    told = found = 0
    for row in load(GOLDEN / "told.jsonl"):
        mentions = reading_of(row["text"], title=row["title"], kind=row["kind"])[1]
        got = [[m.threat_type.value, m.status.value, m.facility_id or "-"] for m in mentions]
        told += len(row["told"])
        found += sum(1 for want in row["told"] if want in got)
    assert found >= 0.8 * told
