"""Debian's Prometheus watches a live worker under load: every query that people will ever look at has an answer."""

import json
import math
import re
import shutil
import subprocess
import time
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest
import yaml

from schemas.report import Report, Source
from schemas.topics import REPORTS
from streams.broker.ports import free_ports
from streams.metrics import Metrics
from tests.broker.workers import PATIENCE_S, WorkerProcess, create_topics, produce, send, until, worker

pytestmark = pytest.mark.checkout

DEPLOY = Path(__file__).parents[2] / "deploy"
RULES = [r for g in yaml.safe_load((DEPLOY / "prometheus" / "rules.yml").read_text())["groups"] for r in g["rules"]]
DASHBOARD = json.loads((DEPLOY / "grafana" / "dashboards" / "tocsin.json").read_text())
TARGETS = [
    pytest.param(target["expr"], target["legendFormat"], id=f"{panel['title']}-{target['refId']}")
    for panel in DASHBOARD["panels"]
    for target in panel.get("targets", [])
]
ATTACKS = (
    "Four rockets struck Camp Arifjan in Kuwait this morning, killing two soldiers and wounding nine, officials said.",
    "Two explosive-laden drones hit Camp Arifjan in Kuwait this afternoon, killing three people, the army said.",
    "Gunmen attacked the main gate of Camp Arifjan in Kuwait this evening, killing four guards, police said.",
    "A car bomb exploded at the gate of Camp Arifjan in Kuwait tonight, killing six people, the ministry said.",
)
BLIND_WITHIN_S = 60.0

Sample = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Prometheus:
    """A running Prometheus."""

    port: int

    def get(self, path: str, **parameters: str) -> Any:  # noqa: ANN401  whatever JSON it answers with
        """Return the data of an answer of its HTTP API."""
        query = urllib.parse.urlencode(parameters)
        url = f"http://127.0.0.1:{self.port}/api/v1/{path}?{query}"
        with urllib.request.urlopen(url, timeout=10) as answer:
            return json.load(answer)["data"]

    def ask(self, query: str) -> list[Sample]:
        """Return the samples of an instant query; those that are not a number say nothing and are left out."""
        return [s for s in self.get("query", query=query)["result"] if not math.isnan(float(s["value"][1]))]

    def firing(self) -> set[str]:
        """Return the names of the alerts that fire."""
        return {sample["metric"]["alertname"] for sample in self.ask('ALERTS{alertstate="firing"}')}


@dataclass(frozen=True, slots=True)
class Watched:
    """A worker under load, and who watches it."""

    namespace: str
    worker: WorkerProcess
    prometheus: Prometheus

    def filled_in(self, query: str) -> str:
        """Replace what Grafana would."""
        variables = {"$namespace": self.namespace, "$instance": ".+", "$__rate_interval": "30s"}
        return re.sub("|".join(map(re.escape, variables)), lambda m: variables[m[0]], query)

    def answer(self, query: str) -> list[Sample]:
        """Return what a query gives; fails when it goes on giving nothing."""
        return until(
            lambda: self.prometheus.ask(self.filled_in(query)),
            lambda: (
                f"no answer to {query}\n{self.prometheus.ask('tocsin:canary_age_seconds')}\n{self.worker.log_tail()}"
            ),
        )


@pytest.fixture(scope="module")
def watched(kafka: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """A worker that raised an alert and met a bad record while Prometheus looked on."""
    if shutil.which("prometheus") is None:
        pytest.skip("prometheus is not installed (Debian: apt-get install prometheus)")
    namespace, folder = f"t{uuid.uuid4().hex[:8]}", tmp_path_factory.mktemp("watching")
    create_topics(kafka, namespace)
    with worker(kafka, namespace, folder) as running, prometheus(running.port, folder) as watching:
        everything = Watched(namespace, running, watching)
        everything.answer(f'tocsin_outcomes_total{{namespace="{namespace}"}}')
        load(kafka, namespace)
        everything.answer(f'tocsin_alert_latency_seconds_count{{namespace="{namespace}"}} > 0')
        yield everything


@contextmanager
def prometheus(worker_port: int, folder: Path) -> Iterator[Prometheus]:
    """Run Prometheus with the configuration that is shipped, except for where the worker is and how often it looks."""
    config = yaml.safe_load((DEPLOY / "prometheus" / "prometheus.yml").read_text())
    config["global"] |= {"scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "1s"}
    config["rule_files"] = [str(DEPLOY / "prometheus" / name) for name in config["rule_files"]]
    del config["alerting"]
    port = free_ports("127.0.0.1", 1)[0]
    for job, target in zip(config["scrape_configs"], (worker_port, port), strict=True):
        job.pop("dns_sd_configs", None)
        job["static_configs"] = [{"targets": [f"127.0.0.1:{target}"]}]
    (folder / "prometheus.yml").write_text(yaml.safe_dump(config))
    log_path = folder / "prometheus.log"
    with log_path.open("wb") as log:
        process = subprocess.Popen(
            [
                "prometheus",
                f"--config.file={folder / 'prometheus.yml'}",
                f"--storage.tsdb.path={folder / 'tsdb'}",
                f"--web.listen-address=127.0.0.1:{port}",
            ],
            stdout=log,
            stderr=log,
        )
    try:
        running = Prometheus(port)
        until(lambda: _is_ready(running), log_path.read_text)
        yield running
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE_S)


def load(kafka: str, namespace: str) -> None:
    """Send attacks on one base as told by several outlets, and a record that cannot be read."""
    now = datetime.now(tz=UTC)
    for n, text in enumerate(ATTACKS * 5):
        report = Report(
            report_id=f"r-{n}",
            source=Source(name=f"Outlet {n}"),
            published_at=now - timedelta(hours=20 - 5 * (n % len(ATTACKS))),
            text=text,
            lang="en",
        )
        send(kafka, namespace, REPORTS, (report.report_id, report))
    produce(kafka, REPORTS.topic(namespace), (b"bad", b"{nope", []))


def _is_ready(running: Prometheus) -> bool:
    url = f"http://127.0.0.1:{running.port}/-/ready"
    with suppress(URLError, ConnectionError), urllib.request.urlopen(url, timeout=5) as answer:
        return bool(answer.status == 200)
    return False


def operands(expression: str) -> list[str]:
    """Return the sides of `and`, `or` and `unless` at the top of an alert's expression, without their comparisons.

    A comparison that does not hold gives nothing, which is right; the series that it compares must be there. `absent`
    gives nothing when all is well: what is asked of it is its argument.
    """
    depth, sides, start = 0, [], 0
    for found in re.finditer(r"[()]|\b(?:and|or|unless)\b(?:\s+on\s*\([^)]*\))?", expression):
        token = found[0]
        if token in "()":
            depth += 1 if token == "(" else -1
        elif depth == 0:
            sides.append(expression[start : found.start()])
            start = found.end()
    sides = [side.strip() for side in (*sides, expression[start:])]
    if len(sides) > 1:
        return [
            each for side in sides for each in operands(re.sub(r"^\((.*)\)$", r"\1", side, flags=re.DOTALL).strip())
        ]
    bare = re.sub(r"\s*(?:[<>]=?|[!=]=)\s*-?[\d.]+$", "", sides[0])
    return [re.sub(r"^absent\((.*)\)$", r"\1", bare)]


@pytest.mark.parametrize(
    "expression, expected",
    [
        ("a > 1", ["a"]),
        ('a{x=~"(b|c) > 1"} >= 0.5', ['a{x=~"(b|c) > 1"}']),
        ("(a > 1) and (rate(b[5m]) < -2)", ["a", "rate(b[5m])"]),
        ("(a > 1)\nor ((b == 0) and on (x, y) (c > 0))", ["a", "b", "c"]),
        ("(absent(a) == 1) or ((b == 1) unless on (n) (c))", ["a", "b", "c"]),
        ("vector(1)", ["vector(1)"]),
    ],
)
def test_operands(expression: str, expected: list[str]) -> None:
    """An alert is taken apart into the series that it compares."""
    assert operands(expression) == expected


@pytest.mark.parametrize("query, legend", TARGETS)
def test_panel_has_data(watched: Watched, query: str, legend: str) -> None:
    """The panel shows something, and its legend names labels that there are."""
    found = watched.answer(query)
    for label in re.findall(r"{{(\w+)}}", legend):
        assert all(label in sample["metric"] for sample in found)


@pytest.mark.parametrize("rule", [r for r in RULES if "record" in r], ids=lambda r: r["record"])
def test_record_has_data(watched: Watched, rule: dict[str, Any]) -> None:
    """The recording rule gives a value, and is recorded."""
    assert watched.answer(rule["expr"])
    assert watched.answer(rule["record"])


@pytest.mark.parametrize("rule", [r for r in RULES if "alert" in r], ids=lambda r: r["alert"])
def test_alert_compares_something(watched: Watched, rule: dict[str, Any]) -> None:
    """Whatever the alert compares exists, so that it can fire at all."""
    for operand in operands(rule["expr"]):
        assert watched.answer(operand), operand


def test_variables_offer_values(watched: Watched) -> None:
    """The dashboard's selectors offer this namespace and this worker."""
    offered = {}
    for variable in DASHBOARD["templating"]["list"]:
        if variable["type"] == "query":
            match = re.fullmatch(r"label_values\((.+), (\w+)\)", variable["query"]["query"])
            assert match
            path = f"label/{match[2]}/values"
            offered[variable["name"]] = watched.prometheus.get(path, **{"match[]": watched.filled_in(match[1])})
    assert watched.namespace in offered["namespace"]
    assert offered["instance"] == [f"127.0.0.1:{watched.worker.port}"]


def test_annotations_are_sound(watched: Watched) -> None:
    """Prometheus understands the query behind the dashboard's marks; it is rightly empty when all is well."""
    for annotation in DASHBOARD["annotations"]["list"]:
        watched.prometheus.ask(watched.filled_in(annotation["expr"]))


def test_labels_stay_in_their_closed_lists(watched: Watched) -> None:
    """What a live worker counts, it counts under the label values that are documented."""
    declared = {m.name: m for section in Metrics(watched.namespace).sections.values() for m in section}
    for metric in (m for m in declared.values() if m.series and m.name != "tocsin_tick_timestamp_seconds"):
        name = metric.name + ("_count" if metric.kind == "histogram" else "")
        found = {tuple(s["metric"][label] for label in metric.labels) for s in watched.answer(name)}
        assert found == set(metric.series), metric.name


def test_rules_are_evaluated_without_errors(watched: Watched) -> None:
    """No rule fails on what a live worker serves, for instance by matching many series to many."""
    groups = watched.prometheus.get("rules")["groups"]
    errors = {rule["name"]: rule["lastError"] for group in groups for rule in group["rules"] if rule.get("lastError")}
    assert not errors
    assert sum(len(group["rules"]) for group in groups) == len(RULES)


def test_only_what_is_wrong_is_said(watched: Watched) -> None:
    """The bad record is told of, and nothing else: a healthy worker under load raises no alarm."""
    until(lambda: "TocsinDeadLetters" in watched.prometheus.firing(), lambda: str(watched.prometheus.firing()))
    assert watched.prometheus.firing() == {"TocsinWatchdog", "TocsinDeadLetters"}


def test_blind_is_noticed_in_time(watched: Watched) -> None:
    """A worker that is gone makes its namespace blind within 60 s, by the rules as they are shipped."""
    killed_at = time.monotonic()
    watched.worker.kill()
    until(
        lambda: {"TocsinBlind", "TocsinWorkerDown"} <= watched.prometheus.firing(),
        lambda: f"only {watched.prometheus.firing()} after {time.monotonic() - killed_at:.0f} s",
        BLIND_WITHIN_S,
    )
