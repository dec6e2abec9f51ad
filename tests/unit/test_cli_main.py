"""The command line as a whole: every command has help, every failure is one line, starting is quick."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import orjson
import pytest

from streams.cli import COMMANDS, load
from streams.cli.common import CliError, clean, instant, span
from streams.cli.settings import page
from streams.resources import resource
from tests.unit.cli_runner import run

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
NOWHERE = ("--bootstrap", "127.0.0.1:1")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_the_command_says(name: str) -> None:
    """The line in `tocsin --help` is how the command's own help begins."""
    assert load(name).help.startswith(COMMANDS[name].help.removesuffix("."))


@pytest.mark.parametrize("name", COMMANDS)
def test_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every command tells how it is used."""
    ran = run(capsys, name, "--help")
    assert ran.status == 0
    assert "Usage: tocsin " + name in ran.out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """The version can be asked for without a command."""
    ran = run(capsys, "--version")
    assert (ran.status, ran.out) == (0, f"tocsin {version('tocsin')}\n")


def test_a_pipe_gets_utf8_whatever_the_locale() -> None:
    """What is written there is JSON, or read by a program: nothing ends for a sign that Latin-1 lacks."""
    file = str(resource("defaults/facilities.geojson"))
    command = [sys.executable, "-m", "streams.cli", "facilities", "check", file]
    done = subprocess.run(command, env=os.environ | {"PYTHONIOENCODING": "latin-1"}, capture_output=True, check=True)
    assert done.stdout.decode().startswith("✓ 160 facilities")


def test_help_imports_nothing_heavy() -> None:
    """`tocsin --help` loads neither Faust nor a Kafka client nor the models, so that it is quick."""
    script = (
        "import sys; from streams.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print([m for m in ('faust', 'kafka', 'pydantic', 'schemas', 'aiokafka') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    "arguments, status, told",
    [
        (("topics", *NOWHERE), 1, "Connection refused"),
        (("doctor", "--text", *NOWHERE), 1, ""),
        (("alerts", *NOWHERE), 1, "tocsin up"),
        (("subscribe", *NOWHERE), 1, "no broker"),
        (("ack", "a", *NOWHERE), 1, "no broker"),
        (("facilities", "list", *NOWHERE), 1, "no broker"),
        (("policy", "show", *NOWHERE), 1, "no broker"),
        (("dlq", "list", *NOWHERE), 1, "no broker"),
        (("dlq", "show", "nix"), 2, "one of reports, mentions, exposures, actions"),
        (("topics", "--bootstrap", "no-port"), 2, "bootstrap"),
        (("topics", "--bootstrap", "nohost.invalid:9092"), 1, "nohost.invalid is not known"),
        (("topics", "--namespace", "Big Name"), 2, "namespace = 'Big Name'"),
        (("topics", "--config", "/no/such.toml"), 2, "/no/such.toml"),
        (("subscribe", "--near", "33"), 2, "LAT,LON"),
        (("subscribe", "--near", "33,44"), 2, "go together"),
        (("subscribe", "--threat", "drone"), 2, "one of rocket"),
        (("subscribe", "--level", "loud"), 2, "one of watch, alert, critical"),
        (("subscribe", "--since", "yesterday"), 2, "no instant"),
        (("subscribe", "--since", "2026-01-01T00:00"), 2, "no time zone"),
        (("send", "/no/such.jsonl", *NOWHERE), 2, "/no/such.jsonl"),
        (("send", "-", "--title", "x"), 2, "--title is told of a plain text: name its --source"),
        (("send", "-", "--traffic", "exercise"), 2, "--traffic is told of a plain text: name its --source"),
        (("send", "-", "--kind", "field", "--lang", "en"), 2, "--kind, --lang is told of a plain text"),
        (("send", "-", "--source", "s", "--traffic", "drill"), 2, "one of actual"),
        (("send", "-", "--then", "5"), 2, "--simulate-time"),
        (("send", "-", "--wait"), 2, "--simulate-time"),
        (("send", "-", "--simulate-time", "--rate", "5"), 2, "--rate is for live reports"),
        (("send", "-", "--source", "s", "--kind", "rumour"), 2, "one of wire"),
        (("up", "--kafka-port", "9", *NOWHERE), 2, "127.0.0.1:1 was named"),
        (("facilities", "check", "/no/such.geojson"), 2, "/no/such.geojson"),
        (("policy", "check", "/no/such.json"), 2, "/no/such.json"),
    ],
)
def test_a_failure_is_one_line(
    arguments: tuple[str, ...], status: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be done ends in one clear line on stderr and an exit status, never in a traceback."""
    ran = run(capsys, *arguments)
    assert ran.status == status
    assert told in ran.err
    assert "Traceback" not in ran.err
    assert len(ran.err.splitlines()) <= 1


def test_a_file_of_facilities_is_checked_and_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """The default file is sound, and can be listed by country and kind without a broker."""
    file = str(resource("defaults/facilities.geojson"))
    assert "160 facilities" in run(capsys, "facilities", "check", file).out
    listed = run(capsys, "facilities", "list", file, "--country", "kw", "--kind", "military_base")
    facilities = [orjson.loads(line) for line in listed.out.splitlines()]
    assert "kw-camp-arifjan" in {f["id"] for f in facilities}
    assert {(f["country"], f["kind"]) for f in facilities} == {("KW", "military_base")}


@pytest.mark.parametrize("arguments", [("topisc",), ("send",), ("topics", "--nonsense"), ("note", "a")])
def test_wrong_usage(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """A command that is used wrongly ends in status 2 and says how it is used."""
    ran = run(capsys, *arguments)
    assert ran.status == 2
    assert "Usage: tocsin" in ran.err


def test_an_unexpected_error_is_one_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Also a defect of ours ends in one line, which names the way to its traceback."""

    def broken(**_: object) -> None:
        raise ZeroDivisionError("\x1b[31mboom")

    monkeypatch.setattr("streams.settings.load", broken)
    ran = run(capsys, "topics")
    assert ran.status == 1
    assert "unexpected ZeroDivisionError" in ran.err
    assert "--debug" in ran.err
    assert "\x1b" not in ran.err


@pytest.mark.parametrize(
    "text, shown",
    [
        ("plain, ümläut, عين", "plain, ümläut, عين"),
        ("\x1b[2Jgone", "\\x1b[2Jgone"),
        ("a\nb\tc", "a b c"),
        ("\x9b31m", "\\x9b31m"),
        ("safe\u202eexe", "safe\\u202eexe"),
        ("\x00\x07\x7f", "\\x00\\x07\\x7f"),
    ],
)
def test_nothing_in_a_text_steers_the_terminal(text: str, shown: str) -> None:
    """Control characters and turns of direction are made visible; all else stays as it is."""
    assert clean(text) == shown


@pytest.mark.parametrize(
    "text, expected",
    [
        ("2026-02-28T12:00Z", NOW - timedelta(days=1)),
        ("2026-02-28T14:00+02:00", NOW - timedelta(days=1)),
        ("90s", NOW - timedelta(seconds=90)),
        ("30min", NOW - timedelta(minutes=30)),
        ("1.5 h", NOW - timedelta(minutes=90)),
        ("3d", NOW - timedelta(days=3)),
        ("3d ago", NOW - timedelta(days=3)),
    ],
)
def test_instants(text: str, expected: datetime) -> None:
    """An instant is RFC 3339 with a zone, or how long ago."""
    assert instant(text, NOW) == expected


def test_instants_ahead() -> None:
    """Where the future is meant, a duration counts from now, and `ago` makes no sense."""
    assert instant("2h", NOW, ahead=True) == NOW + timedelta(hours=2)
    with pytest.raises(CliError):
        instant("2h ago", NOW, ahead=True)


@pytest.mark.parametrize("text", ["2026-02-28", "noon", "", "3", "3 weeks", "-3d"])
def test_what_is_no_instant(text: str) -> None:
    """Anything else is refused."""
    with pytest.raises(CliError):
        instant(text, NOW)


@pytest.mark.parametrize("seconds, told", [(0, "0 s"), (119, "119 s"), (120, "2 min"), (7200, "2 h"), (172_800, "2 d")])
def test_durations(seconds: int, told: str) -> None:
    """Durations are told in the unit that fits."""
    assert span(timedelta(seconds=seconds)) == told


def test_the_page_of_settings_is_current() -> None:
    """docs/settings.md is what `tocsin settings --markdown` writes."""
    written = Path(__file__).parents[2] / "docs" / "settings.md"
    assert written.read_text() == page()


def test_a_file_of_settings_that_is_not_there(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that the environment names must be there: silence would mean defaults that nobody asked for."""
    monkeypatch.setenv("TOCSIN_CONFIG", "/no/such.toml")
    ran = run(capsys, "settings")
    assert ran.status == 2
    assert "/no/such.toml" in ran.err


def test_settings_are_shown_without_secrets(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The password is never written."""
    for name, value in {"TLS": "true", "SASL": "PLAIN", "USERNAME": "u", "PASSWORD": "open-sesame"}.items():
        monkeypatch.setenv(f"TOCSIN_{name}", value)
    for form in ("--json", "--text"):
        ran = run(capsys, "settings", form)
        assert ran.status == 0
        assert "open-sesame" not in ran.out
        assert "TOCSIN_PASSWORD" in ran.out
