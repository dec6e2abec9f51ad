"""`tocsin read`: files in, mentions out, with a view that nothing in a text can steer."""

import io
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console, RenderableType

from schemas.alert import Acknowledgement, Alert, AlertFacility, Involvement, Note
from schemas.mention import Reading, SetAside
from schemas.report import Report, Source
from schemas.taxonomy import AlertState, FacilityKind, Level, Reliability, SetAsideReason, Traffic
from streams.cli.common import clean
from streams.cli.present import alert_panel, alerts_table
from streams.cli.present_report import marked_text, report_panel
from streams.desk.workbench import Understood, understand
from streams.reference import Reference, load_files
from tests.alert_samples import NOON, alert, incident
from tests.unit.cli_runner import run

AUTHORS = Path(__file__).parents[1] / "golden" / "authors"
EVERY = 2
"""One of so many of their reports is read: with one of three a choice was missed that had been left to chance."""
STORY = (
    "Four rockets struck Camp Arifjan in Kuwait this morning, killing two soldiers and wounding nine, officials said."
)
RETOLD = (
    "Rockets hit Camp Arifjan in Kuwait on Sunday morning. Two soldiers were killed and nine wounded, the army said."
)
QUIET = "The museum opens a new wing on Sunday."
HOSTILE = "\x1b[2J\x1b]0;owned\x07\u202e"
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def reference() -> Reference:
    """The default facilities and policy."""
    return load_files(None, None)


def report(
    report_id: str, text: str, *, hours: float = 0, source: str = "Coral Wire", retracts: str | None = None
) -> Report:
    """A report of the first of March, a Sunday."""
    at = NOON + timedelta(hours=hours)
    return Report(
        report_id=report_id, source=Source(name=source), published_at=at, text=text, lang="en", retracts=retracts
    )


def shown(view: RenderableType) -> str:
    """What a view writes to a terminal, without colours."""
    out = io.StringIO()
    Console(file=out, width=100, color_system=None, highlight=False, markup=False, emoji=False).print(view)
    return out.getvalue()


def write(path: Path, *reports: Report) -> str:
    """Write reports as JSON lines."""
    path.write_bytes(b"".join(r.to_json() + b"\n" for r in reports))
    return str(path)


def test_two_accounts_of_one_attack_are_one_incident(reference: Reference) -> None:
    """Reports are fused in order of publication, and answered in the order in which they were given."""
    reports = [
        report("late", RETOLD, hours=3, source="Gulf Courier"), report("none", QUIET, hours=1), report("early", STORY)
    ]  # fmt: skip
    late, none, early = understand(reports, reference)
    assert [u.report.report_id for u in (late, none, early)] == ["late", "none", "early"]
    assert len(early.mentions) == len(late.mentions) == 1
    assert none.mentions == ()
    assert set(early.incidents.values()) == set(late.incidents.values())


def test_reports_are_read_in_order_of_publication(reference: Reference) -> None:
    """Of two texts of one report the one published first is the first revision, wherever it stands in the file."""
    second, first = understand([report("r", RETOLD, hours=3), report("r", STORY)], reference)
    assert (first.reading.report_revision, second.reading.report_revision) == (1, 2)


def test_a_mark_ends_where_its_passage_ends() -> None:
    """What was set aside is struck out, and nothing behind it."""
    told = Report(report_id="r", source=Source(name="s"), published_at=NOON, text="no rocket fell here")
    reading = Reading(
        report_id="r",
        report_revision=1,
        traffic=Traffic.ACTUAL,
        published_at=NOON,
        source=told.source,
        set_aside=(SetAside(reason=SetAsideReason.NEGATED, start=4, end=10, quote="rocket", rule="r"),),
    )
    marked = marked_text(Understood(told, reading, ()))
    assert [marked.plain[s.start : s.end] for s in marked.spans if "strike" in str(s.style)] == ["rocket"]


def test_a_retracted_report_tells_of_nothing_more(reference: Reference) -> None:
    """What the same source takes back is read, and stands for what it was."""
    first, second = understand(
        [report("r-1", STORY), report("r-2", "Coral Wire withdraws the story.", hours=1, retracts="r-1")], reference
    )
    assert len(first.mentions) == 1
    assert second.mentions == ()


def test_read_writes_what_is_scored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In a pipe there is one object for each report, in the order of the file, with evidence in character offsets."""
    ran = run(capsys, "read", write(tmp_path / "r.jsonl", report("a", STORY), report("b", QUIET)))
    assert ran.status == 0
    first, second = map(orjson.loads, ran.out.splitlines())
    assert (first["report_id"], second["report_id"], second["mentions"]) == ("a", "b", [])
    (mention,) = first["mentions"]
    assert (mention["threat_type"], mention["facility_id"]) == ("rocket", "kw-camp-arifjan")
    assert mention["effects"]["killed"] == 2
    assert mention["incident"]
    body = report("a", STORY).body
    ((start, end), *_) = mention["evidence"]
    assert "rockets struck Camp Arifjan" in body[start:end]


def test_read_says_that_a_report_tells_more_than_one_may(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Beside the mentions, so that what reads them is not upset: nothing is left out without a word."""
    rows = (f"| 2026-02-{n % 28 + 1:02d} | {n // 28:02d}:00 | Camp Arifjan | 2 rockets |" for n in range(70))
    table = "\n".join(["| date | time | place | what |", *rows])
    ran = run(capsys, "read", write(tmp_path / "r.jsonl", report("a", table), report("b", STORY)))
    assert [len(orjson.loads(line)["mentions"]) for line in ran.out.splitlines()] == [60, 1]
    assert ran.err.splitlines() == [
        "! a: it tells more than one report may: 60 mentions, the rest is set aside (bound.mentions)"
    ]


def test_read_at_a_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For people there is the text, what it says, and the sum."""
    ran = run(capsys, "read", write(tmp_path / "r.jsonl", report("a", STORY), report("b", QUIET)), "--text")
    assert "Camp Arifjan" in ran.out
    assert "2 killed" in ran.out
    assert "nothing in it looks like an incident" in ran.out
    assert "2 reports, 1 mention, 1 incident; " in ran.out


def test_read_plain_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A plain text is read as a report of now, or of when it is said to have been published."""
    note = tmp_path / "note.txt"
    note.write_text(STORY)
    ran = run(capsys, "read", str(note), "--published-at", "2026-03-01T12:00Z", "--source", "Gate 3")
    (mention,) = orjson.loads(ran.out)["mentions"]
    latest = datetime.fromisoformat(mention["occurred"]["latest"])
    assert datetime(2026, 3, 1, tzinfo=UTC) <= latest <= datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("head, between, tail", [("\ufeff", "\n", "\n"), ("[\n", ",\n", "]\n")])
def test_read_json_of_other_programs(
    head: str, between: str, tail: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A byte order mark before JSON lines, and an array of reports, are read as reports."""
    file = tmp_path / "r.json"
    file.write_text(head + between.join(report(i, STORY).to_json().decode() for i in "ab") + tail, encoding="utf-8")
    ran = run(capsys, "read", str(file))
    assert ran.status == 0
    assert [orjson.loads(line)["report_id"] for line in ran.out.splitlines()] == ["a", "b"]


def test_read_a_plain_text_of_other_programs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A byte order mark is no part of a plain text."""
    file = tmp_path / "note.txt"
    file.write_text("\ufeff" + STORY, encoding="utf-8")
    ran = run(capsys, "read", str(file), "--published-at", "2026-03-01T12:00Z")
    ((start, _end), *_) = orjson.loads(ran.out)["mentions"][0]["evidence"]
    assert start == 1  # behind the line feed that follows a title


def test_read_names_bad_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A bad line is told with its number, the others are read, and the exit status says so."""
    file = tmp_path / "r.jsonl"
    file.write_bytes(report("a", STORY).to_json() + b"\n{}\n")
    ran = run(capsys, "read", str(file))
    assert ran.status == 1
    assert "r.jsonl:2: " in ran.err
    assert len(ran.out.splitlines()) == 1


@pytest.mark.parametrize("form", ["--text", "--json"])
def test_no_text_steers_the_terminal(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Escape sequences in title, text, source and id reach the terminal as visible characters only."""
    bad = Report(
        report_id="a\u202eb",
        source=Source(name=f"Wire {HOSTILE}"),
        published_at=NOON,
        title=f"Attack {HOSTILE}",
        text=f"{HOSTILE}{STORY.replace('Arifjan', 'Arifjan' + HOSTILE)}\x9b31m",
        lang="en",
    )
    ran = run(capsys, "read", write(tmp_path / "r.jsonl", bad), form)
    assert ran.status == 0
    assert CONTROL.search(ran.out) is None
    assert CONTROL.search(ran.err) is None


@given(st.text())
def test_clean_leaves_nothing_to_obey(text: str) -> None:
    """No text keeps a character that a terminal obeys, and what is harmless stays."""
    assert CONTROL.search(clean(text)) is None
    assert "\n" not in clean(text)
    if text.isprintable():
        assert clean(text) == text


@given(st.text(min_size=1).filter(str.strip), st.data())
def test_marks_lose_no_character(text: str, data: st.DataObject) -> None:
    """Wherever passages lie, overlapping or empty, the whole text is shown once."""
    told = Report(report_id="r", source=Source(name="s"), published_at=NOON, text=text)
    length = len(told.body)
    spans = data.draw(st.lists(st.tuples(st.integers(0, length), st.integers(0, length)), max_size=5))
    aside = tuple(SetAside(reason=SetAsideReason.NEGATED, start=min(s), end=max(s), quote="q", rule="r") for s in spans)
    reading = Reading(report_id="r", report_revision=1, traffic=Traffic.ACTUAL, published_at=NOON, source=told.source)
    understood = Understood(told, reading.model_copy(update={"set_aside": aside}), ())
    assert marked_text(understood).plain == clean(text, lines=True)


def test_the_view_of_a_set_aside_passage(reference: Reference) -> None:
    """A passage that was set aside is shown with the reason and the rule."""
    told = report("r", "There was no rocket attack on Camp Arifjan on Saturday, officials said.")
    (understood,) = understand([told], reference)
    view = shown(report_panel(understood, reference.gazetteer))
    assert understood.reading.set_aside
    for aside in understood.reading.set_aside:
        assert f"set aside  {aside.reason.value}" in view


def test_a_grade_is_the_policys_and_shown_beside_what_a_report_claims(reference: Reference) -> None:
    """A source that is not registered has reliability F, whatever it says of itself, and the view says so."""
    told = report("r", "Two rockets hit Camp Arifjan on Saturday.")
    claims = told.model_copy(update={"source": told.source.model_copy(update={"reliability": Reliability.B})})
    (understood,) = understand([claims], reference)
    view = shown(report_panel(understood, reference.gazetteer))
    assert "reliability F by policy, B by its own word" in " ".join(view.split())


@pytest.mark.parametrize(
    "changed, told",
    [
        ({"level": Level.CRITICAL}, "CRITICAL"),
        ({"level": Level.WATCH}, "WATCH"),
        ({"state": AlertState.ALL_CLEAR}, "ALL CLEAR"),
        ({"state": AlertState.CANCELLED}, "CANCELLED"),
        ({"state": AlertState.RESOLVED}, "RESOLVED"),
        ({"traffic": Traffic.EXERCISE}, "EXERCISE"),
        (
            {"acknowledged": Acknowledgement(by="Sgt Ode", at=NOON, revision=1)},
            "taken on by Sgt Ode at 2026-03-01 12:00Z",
        ),
        ({"silenced_until": NOON}, "silent until 2026-03-01 12:00Z"),
        ({"notes": (Note(by="Sgt Ode", at=NOON, text="gate closed"),)}, "Sgt Ode, 2026-03-01 12:00Z: gate closed"),
        ({"incident_count": 9}, "and 8 more"),
    ],
)
def test_the_view_of_an_alert(changed: dict[str, Any], told: str) -> None:
    """What matters about an alert stands in its view, headline and explanation always."""
    view = shown(alert_panel(alert(**changed)))
    assert told in view
    assert "Rocket attacks near Old Mill" in view
    assert "chance alone" in view


def test_the_view_of_a_hostile_alert() -> None:
    """Quotes, names and notes of an alert cannot steer the terminal."""
    evil = alert(
        headline=HOSTILE,
        explanation=HOSTILE,
        facility=AlertFacility(facility_id="x", name=HOSTILE, kind=FacilityKind.OTHER, country="XX", lat=0.0, lon=0.0),
        incidents=(Involvement(incident=incident(quote=HOSTILE), distance_km=1.0, probability=1.0),),
        notes=(Note(by=HOSTILE, at=NOON, text=HOSTILE),),
        acknowledged=Acknowledgement(by=HOSTILE, at=NOON, revision=1),
    )
    views: list[RenderableType] = [alert_panel(evil), alerts_table([evil])]
    for view in views:
        assert CONTROL.search(shown(view)) is None


def test_the_gravest_badge_is_the_level_of_an_open_alert_only() -> None:
    """An alert that has ended shows how it ended, not how loud it was."""
    over: Alert = alert(level=Level.CRITICAL, state=AlertState.ALL_CLEAR)
    assert "CRITICAL" not in shown(alert_panel(over))


@pytest.mark.slow
def test_the_same_is_read_in_every_process(tmp_path: Path) -> None:
    """Nothing hangs on the order in which a process keeps its sets: two of them read reports of all writers alike."""
    lines = [line for path in sorted(AUTHORS.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    reports = tmp_path / "reports.jsonl"
    reports.write_text("\n".join(lines[::EVERY]) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "streams.cli", "read", str(reports)]
    started = [
        subprocess.Popen(command, env={**os.environ, "PYTHONHASHSEED": seed}, stdout=subprocess.PIPE) for seed in "12"
    ]
    one, other = (process.communicate()[0] for process in started)
    assert [process.returncode for process in started] == [0, 0]
    assert len(one.splitlines()) == len(lines[::EVERY])
    assert one == other
