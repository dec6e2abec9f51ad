"""A history of one's own, through the steps of the route: who would have been alerted, and when."""

import builtins
import json
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from schemas.record import rfc3339
from schemas.taxonomy import AlertState, Change
from streams.desk.backtest import Played, budgeted, of_incidents, play
from streams.desk.comparison import RULES, budget_for, compare
from streams.desk.history import read_history
from streams.reference import Reference, load_files
from tests.unit.cli_runner import run

FIRST = datetime(2021, 1, 1, tzinfo=UTC)
BURST_DAY = 100
FACILITIES = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [lon, 10.0]},
            "properties": {
                "id": f"xx-{name.lower()}",
                "name": f"{name} Station",
                "kind": "power_plant",
                "country": "XX",
            },
        }
        for name, lon in (("Alder", 20.0), ("Birch", 22.0), ("Cedar", 40.0))
    ],
}


def lines() -> list[str]:
    """Half a year: Alder sees one incident a month and once four in a day, Birch two a week."""
    rng = random.Random(4)
    rows = [(day, 20.02, "small_arms") for day in range(5, 180, 30)]
    rows += [(BURST_DAY, 20.0 + 0.01 * n, "small_arms") for n in range(4)]
    rows += [(rng.randrange(180), 22.01, "surveillance") for _ in range(52)]
    table = [f"{FIRST + timedelta(days=day):%Y-%m-%d},10.01,{lon:.2f},{kind}\n" for day, lon, kind in sorted(rows)]
    return ["date,lat,lon,type\n", *table]


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    """Three facilities, the default policy."""
    path = tmp_path_factory.mktemp("backtest") / "mine.geojson"
    path.write_text(json.dumps(FACILITIES))
    return load_files(path, None)


@pytest.fixture(scope="module")
def played(reference: Reference) -> Played:
    """The history, played."""
    incidents = read_history(lines(), "past.csv", datetime.now(UTC)).incidents
    return play(of_incidents(incidents, reference), reference)


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """The history and the facilities as files."""
    (tmp_path / "past.csv").write_text("".join(lines()))
    (tmp_path / "mine.geojson").write_text(json.dumps(FACILITIES))
    return str(tmp_path / "past.csv"), str(tmp_path / "mine.geojson")


def test_the_burst_calls_people_and_clears(played: Played) -> None:
    """Four incidents in a day at the quiet facility call people that day, and days later comes the all clear."""
    calls = played.calls()
    assert {a.site_id for a in calls} == {"xx-alder"}
    assert {(a.updated_at - FIRST).days for a in calls} == {BURST_DAY + 1}
    ends = [a for a in played.sites["xx-alder"].alerts if a.state is AlertState.ALL_CLEAR]
    assert [a.change for a in ends] == [Change.ALL_CLEAR]
    assert 2 < (ends[0].updated_at - calls[-1].updated_at).days < 14


def test_only_what_is_near_has_a_life(played: Played) -> None:
    """A facility that no incident concerned is not counted among the facilities."""
    assert set(played.sites) == {"xx-alder", "xx-birch"}
    assert played.quarters == pytest.approx((played.ended - FIRST - timedelta(days=30)).days / 91.25, abs=0.05)


def test_what_is_said_while_learning_is_not_counted(reference: Reference) -> None:
    """A burst within the days of learning is alerted, and not counted."""
    incidents = read_history(lines(), "past.csv", datetime.now(UTC)).incidents
    late = play(of_incidents(incidents, reference), reference, learn=timedelta(days=BURST_DAY + 10))
    assert not late.calls()
    assert late.sites["xx-alder"].alerts


def test_rules_stand_beside_the_route(played: Played) -> None:
    """Each rule has its figures; the statistic alone agrees with the route, and shuffled days hold fewer bursts."""
    figures = compare(played)
    assert len(figures) == RULES + 1
    route, alone, *rivals = figures
    assert route.alarms == len(played.calls())
    assert alone.shared == 1.0
    assert alone.by_chance is not None
    assert alone.by_chance < alone.per_facility_quarter
    assert any(rival.alarms for rival in rivals)


def test_a_wanted_number_gives_a_budget(reference: Reference, played: Played) -> None:
    """Few calls ask for a longer budget than many, and with it the route makes fewer."""
    few, many = budget_for(played, 1), budget_for(played, 100)
    arrivals = of_incidents(read_history(lines(), "past.csv", datetime.now(UTC)).incidents, reference)
    made = [
        len(play(arrivals, reference.with_policy(budgeted(reference.policy, days))).calls()) for days in (few, many)
    ]
    assert many < few
    assert 1 <= made[0] < made[1]


def test_the_command_tells_it(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    """For people: the figures, the rules in one table, the facilities by quarter, what was called when."""
    ran = run(capsys, "backtest", files[0], "--facilities", files[1], "--text")
    assert ran.status == 0, ran.err
    for words in ("62 incidents near 2 facilities", "EARS C2", "3 in 48 h", "Alder Station", "2021Q2", "2021-04-12"):
        assert words in ran.out


def test_the_command_as_json(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    """For programs: one object a line, each with its kind; another budget is taken."""
    ran = run(capsys, "backtest", files[0], "--facilities", files[1], "--false-alert-every", "5000", "--json")
    kinds = [json.loads(line) for line in ran.out.splitlines()]
    assert kinds[0]["false_alert_every_days"] == 5000
    assert [k["kind"] for k in kinds].count("rule") == RULES + 1
    assert {k["facility_id"] for k in kinds if k["kind"] == "facility"} == {"xx-alder", "xx-birch"}


def test_reports_are_read_and_fused_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """JSON lines of reports go through reading and fusing: three outlets of one attack are one incident."""
    (tmp_path / "mine.geojson").write_text(json.dumps(FACILITIES))
    told = [
        {
            "report_id": f"r-{day}-{outlet}",
            "source": {"name": f"Outlet {outlet}"},
            "published_at": rfc3339(FIRST + timedelta(days=day, hours=outlet)),
            "text": "Four rockets hit Alder Station on the same day, wounding two guards.",
        }
        for day in (40, 41, 80)
        for outlet in (1, 2, 3)
    ]
    path = tmp_path / "past.jsonl"
    path.write_text("\n".join(map(json.dumps, [*told, {"report_id": "bad"}])))
    ran = run(capsys, "backtest", str(path), "--facilities", str(tmp_path / "mine.geojson"), "--json")
    assert ran.status == 1
    assert "past.jsonl:10" in ran.err
    summary = json.loads(ran.out.splitlines()[0])
    assert 1 <= summary["incidents"] <= 4


@pytest.mark.parametrize(
    "arguments, told",
    [
        (["nowhere.csv"], "there is no such file"),
        (["{past}", "--want", "many"], "--want many: write a number"),
        (["{past}", "--want", "3/month"], "--want 3/month: write a number"),
        (["{past}", "--learn", "400"], "no longer than the 400 days of learning"),
        (["{past}"], "none within reach of any of"),
    ],
)
def test_what_makes_no_sense_is_told_in_a_line(
    arguments: Sequence[str], told: str, files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A mistake of the user's ends in one line that says what to do."""
    given = [a.replace("{past}", files[0]) for a in arguments]
    place = [] if given == [files[0]] else ["--facilities", files[1]]
    ran = run(capsys, "backtest", *given, *place)
    assert ran.status in {1, 2}
    assert told in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.slow
def test_pictures(files: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--plot` draws the timeline, the budgets, and each facility that was called."""
    pytest.importorskip("matplotlib")
    ran = run(capsys, "backtest", files[0], "--facilities", files[1], "--plot", str(tmp_path / "pictures"), "--json")
    assert ran.status == 0, ran.err
    drawn = {p.name: p.read_bytes()[:4] for p in (tmp_path / "pictures").iterdir()}
    assert drawn == dict.fromkeys(("timeline.png", "budget.png", "xx-alder.png"), b"\x89PNG")


@pytest.mark.slow
def test_pictures_need_matplotlib(
    files: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where it is not installed, that is said before any work is done."""
    real = builtins.__import__

    def without(name: str, *rest: object) -> object:
        if name.startswith("matplotlib"):
            raise ImportError(name)
        return real(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    ran = run(capsys, "backtest", files[0], "--plot", str(tmp_path / "pictures"))
    assert ran.status == 2
    assert "pip install 'tocsin[plot]'" in ran.err
    assert not (tmp_path / "pictures").exists()
