"""Rules, dashboard and runbook hold together: so say Prometheus' own tools, and cross-checks between them."""

import json
import re
import shutil
import subprocess
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from schemas.outcome import DeadLetterReason
from streams.metrics import Metrics

pytestmark = pytest.mark.checkout

ROOT = Path(__file__).parents[2]
PROMETHEUS = ROOT / "deploy" / "prometheus"
RULES = [r for g in yaml.safe_load((PROMETHEUS / "rules.yml").read_text())["groups"] for r in g["rules"]]
ALERTS = [rule for rule in RULES if "alert" in rule]
RECORDS = [rule for rule in RULES if "record" in rule]
RUNBOOK = (ROOT / "docs" / "runbook.md").read_text()
CASE_FILES = sorted(path.name for path in PROMETHEUS.glob("*.test.yml"))
CASES = [case for name in CASE_FILES for case in yaml.safe_load((PROMETHEUS / name).read_text())["tests"]]
DASHBOARD = json.loads((ROOT / "deploy" / "grafana" / "dashboards" / "tocsin.json").read_text())
PANELS = [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]
METRICS = {
    name
    for section in Metrics("ops").sections.values()
    for m in section
    for name in ([m.name + s for s in ("_bucket", "_count", "_sum")] if m.kind == "histogram" else [m.name])
}


def run(tool: str, *arguments: str, cwd: Path = PROMETHEUS) -> str:
    """Run one of Prometheus' tools; what it says is the message of a failure."""
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed (Debian: apt-get install prometheus prometheus-alertmanager)")
    done = subprocess.run([tool, *arguments], cwd=cwd, capture_output=True, text=True, check=False, timeout=100)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_configuration_is_sound() -> None:
    """Promtool accepts the configuration and the rules."""
    run("promtool", "check", "config", "prometheus.yml")


@pytest.mark.slow
def test_rules_fire_when_they_should_and_only_then() -> None:
    """Promtool runs the cases."""
    run("promtool", "test", "rules", *CASE_FILES)


def test_alertmanager_configuration_is_sound() -> None:
    """Amtool accepts the configuration."""
    run("amtool", "check-config", str(ROOT / "deploy" / "alertmanager" / "alertmanager.yml"))


@pytest.mark.parametrize(
    "labels, receiver",
    [
        (["alertname=TocsinWatchdog", "severity=none"], "dead-man"),
        (["alertname=TocsinBlind", "severity=critical"], "on-call"),
        (["alertname=TocsinDeadLetters", "severity=warning"], "operators"),
        (["alertname=TocsinUnknownFields", "severity=info"], "morning"),
    ],
)
def test_alerts_reach_their_receiver(labels: list[str], receiver: str) -> None:
    """Each severity has its way out."""
    config = str(ROOT / "deploy" / "alertmanager" / "alertmanager.yml")
    assert run("amtool", "config", "routes", "test", "--config.file", config, *labels).strip() == receiver


def test_every_metric_in_use_exists() -> None:
    """Rules and panels speak of metrics and records that there are."""
    recorded = {rule["record"] for rule in RECORDS}
    queries = [rule["expr"] for rule in RULES] + [t["expr"] for panel in PANELS for t in panel["targets"]]
    used = {name for query in queries for name in re.findall(r"\btocsin[_:][a-z0-9_:]+", query)}
    assert used - METRICS - recorded == set()


def test_every_record_is_used() -> None:
    """No recording rule is computed for nobody."""
    queries = [rule["expr"] for rule in ALERTS] + [t["expr"] for panel in PANELS for t in panel["targets"]]
    assert [r["record"] for r in RECORDS if not any(r["record"] in query for query in queries)] == []


@pytest.mark.parametrize("rule", ALERTS, ids=lambda r: r["alert"])
def test_alert_is_complete(rule: dict[str, Any]) -> None:
    """An alert has a severity, says what it means, and has its section in the runbook."""
    name, annotations = rule["alert"], rule["annotations"]
    assert rule["labels"]["severity"] in {"critical", "warning", "info", "none"}
    assert annotations["summary"]
    assert annotations["description"].endswith(".")
    assert annotations["runbook"] == f"docs/runbook.md#{name.lower()}"
    section = RUNBOOK.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
    assert len(section.split()) > 25


@pytest.mark.parametrize("rule", ALERTS, ids=lambda r: r["alert"])
def test_alert_has_its_cases(rule: dict[str, Any]) -> None:
    """For each alert there is a case in which it fires and, but for the watchdog, one in which it is silent."""
    name = rule["alert"]
    fires, silent = name == "TocsinWatchdog", name == "TocsinWatchdog"
    for case in CASES:
        for about in case.get("alert_rule_test", []):
            if about["alertname"] == name:
                fires |= bool(about["exp_alerts"])
                silent |= not about["exp_alerts"]
        for about in case.get("promql_expr_test", []):
            named = re.search(r'alertname=~?"([^"]+)"', about["expr"])
            if named and re.fullmatch(named[1], name):
                expected = [sample["labels"] for sample in about["exp_samples"]]
                fires |= any(f'alertname="{name}"' in labels or "alertname" not in labels for labels in expected)
                silent |= not expected
    assert (fires, silent) == (True, True)


def test_runbook_has_no_section_too_many() -> None:
    """Every section of the runbook belongs to a rule, in the rules' order."""
    assert re.findall(r"(?m)^## (\S+)$", RUNBOOK) == [rule["alert"] for rule in ALERTS]


def test_runbook_explains_every_dead_letter() -> None:
    """Each reason for a dead letter is explained to whoever is woken by it."""
    assert [r.value for r in DeadLetterReason if f"`{r.value}`" not in RUNBOOK] == []


def test_layout() -> None:
    """Panels fill rows of 24 columns and do not overlap."""
    assert {p["gridPos"]["x"] + p["gridPos"]["w"] <= 24 for p in DASHBOARD["panels"]} == {True}
    for a, b in combinations([p["gridPos"] for p in DASHBOARD["panels"]], 2):
        apart = (
            a["x"] + a["w"] <= b["x"]
            or b["x"] + b["w"] <= a["x"]
            or a["y"] + a["h"] <= b["y"]
            or b["y"] + b["h"] <= a["y"]
        )
        assert apart, f"{a} and {b} overlap"
    width = Counter[int]()
    for panel in DASHBOARD["panels"]:
        width[panel["gridPos"]["y"]] += panel["gridPos"]["w"]
    assert set(width.values()) == {24}
    ids = [panel["id"] for panel in DASHBOARD["panels"]]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("panel", PANELS, ids=lambda p: p["title"])
def test_panel_explains_itself(panel: dict[str, Any]) -> None:
    """A panel says what it shows, in which unit, and from which data source; queries are tied to a namespace."""
    assert panel["description"].endswith(".")
    assert panel["fieldConfig"]["defaults"]["unit"]
    assert panel["fieldConfig"]["defaults"]["thresholds"]["steps"][0]["value"] is None
    assert panel["datasource"]["uid"] == "${datasource}"
    for target in panel["targets"]:
        assert 'namespace="$namespace"' in target["expr"] or "ALERTS" in target["expr"]


def test_dashboard_imports_anywhere() -> None:
    """Its id is left to Grafana, its uid is stable, and the data source is a variable."""
    assert (DASHBOARD["id"], DASHBOARD["uid"]) == (None, "tocsin")
    assert [v["name"] for v in DASHBOARD["templating"]["list"]] == ["datasource", "namespace", "instance"]
    assert next(p["title"] for p in DASHBOARD["panels"] if p["type"] == "row") == "Is it alive?"
