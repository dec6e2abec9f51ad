"""A file of one's own policy: what it leaves out is as shipped, and nothing in it counts for nothing without a word."""

from pathlib import Path

import orjson
import pytest

from streams.desk.publishing import differences
from streams.policy_file import PolicyError, default_policy, load_policy
from streams.resources import resource
from tests.unit.cli_runner import run

DEFAULT = default_policy()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a policy is written."""
    return tmp_path / "policy.json"


def test_what_is_left_out_is_as_shipped(file: Path) -> None:
    """One value changes one value: theatres and sources stay, unless they are given, be it as none."""
    file.write_text('{"version": "mine-1", "detector": {"alert_days": 180}}')
    policy = load_policy(file)
    assert list(differences(DEFAULT, policy)) == ["detector.alert_days: 365.0 → 180.0", "version: default-1 → mine-1"]
    assert (policy.theatres, policy.sources) == (DEFAULT.theatres, DEFAULT.sources)
    file.write_text('{"version": "mine-2", "theatres": {}, "sources": []}')
    bare = load_policy(file)
    assert (bare.theatres, bare.sources) == ({}, ())
    assert "sources: 10 of them → none" in list(differences(DEFAULT, bare))


def test_the_shipped_policy_is_such_a_file() -> None:
    """The default is read by the rules for everybody's."""
    assert load_policy(resource("defaults/policy.json")) == DEFAULT


@pytest.mark.parametrize(
    "text, told",
    [
        ('{"detector": {"alert_days": 180}}', "version is missing"),
        ('{"version": "1", "detector": {"half_lif_d": 3}}', "detector.half_lif_d: no policy has such a field"),
        ('{"version": "1", "facilities": {"xx-mill": {"of": true}}}', "facilities.xx-mill.of: no policy has"),
        ('{"version": "1", "detector": {"watch_days": 400}}', "detector: watch_days 400 lies above alert_days"),
        ('{"report_id": "r-1", "source": {"name": "x"}, "text": "x"}', "version is missing"),
        ("[1]", "one JSON object"),
        ('{"version": ', "not JSON"),
    ],
)
def test_what_is_no_policy_is_refused(text: str, told: str, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By the loader, and so by workers; and by both commands, before any broker is asked."""
    file.write_text(text)
    with pytest.raises(PolicyError, match=r"policy\.json: ") as refused:
        load_policy(file)
    assert told in str(refused.value)
    for command in ("check", "publish"):
        ran = run(capsys, "policy", command, str(file))
        assert ran.status == 2
        assert told in ran.err


def test_a_byte_order_mark_is_no_part_of_it(file: Path) -> None:
    """As some editors write it."""
    file.write_bytes(b"\xef\xbb\xbf" + orjson.dumps({"version": "mine-1"}))
    assert load_policy(file).version == "mine-1"
