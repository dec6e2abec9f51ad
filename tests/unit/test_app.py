"""The app of a worker: what is named, and by whom."""

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import pytest
from faust.types import TP, AppT

from schemas.topics import STREAMS
from streams.app import create_app
from streams.delivery import DeliveryError
from streams.settings import Settings
from streams.topology import TABLES, topic_specs


@pytest.fixture
def app() -> AppT:
    """An app that nothing connects."""
    return create_app(Settings(namespace="mine", partitions=3))


def test_the_agents_are_these(app: AppT) -> None:
    """Nothing is discovered and nothing is named after an import path."""
    assert set(app.agents) == {"read", "fuse", "watch", "admit"}
    assert cast("Any", app.conf).autodiscover is False


def test_each_agent_reads_its_one_topic(app: AppT) -> None:
    """A stateful agent has one input topic, and handles one event at a time."""
    topics = {name: agent.channel.get_topic_name() for name, agent in app.agents.items()}
    assert topics == {
        "read": "mine.reports.v1",
        "fuse": "mine.mentions.v1",
        "watch": "mine.exposures.v1",
        "admit": "mine.actions.v1",
    }
    assert set(topics.values()) == {stream.topic("mine") for stream in STREAMS if stream.input}
    assert {agent.concurrency for agent in app.agents.values()} == {1}


def test_the_changelogs_are_those_that_the_admin_creates(app: AppT) -> None:
    """Tables have our names and the topics' partitions; their changelogs are never made on the fly."""
    changelogs = {table.changelog_topic.get_topic_name() for table in app.tables.values()}
    assert set(app.tables) == set(TABLES)
    assert changelogs <= {spec.name for spec in topic_specs("mine")}
    assert {table.partitions for table in app.tables.values()} == {3}
    assert app.conf.topic_allow_declare is False


def test_importing_the_module_does_nothing(tmp_path: Path) -> None:
    """`streams.app` builds its `app` when Faust asks for it, not when it is imported."""
    code = "import streams.app as m; assert 'app' not in vars(m); assert m.app.conf.id == 'x-worker'"
    environment = {"TOCSIN_NAMESPACE": "x", "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)


class Going:
    """A consumer of a worker that stops."""

    def __init__(self) -> None:
        self.deeds: list[str] = []

    def stop_flow(self) -> None:
        """Remember it."""
        self.deeds.append("takes no more")

    async def commit(self) -> None:
        """Remember it."""
        self.deeds.append("commits")

    def close(self) -> None:
        """Be closed from a thread that is not the client's: it would hang."""
        self.deeds.append("is closed")


def test_a_rebalance_while_stopping_changes_nothing(app: AppT) -> None:
    """What is in hand is finished once, before partitions are given back, and the client is not closed under it."""
    stopping, consumer = cast("Any", app), Going()
    stopping._consumer = consumer
    stopping._stopped.set()

    async def rebalance() -> None:
        await stopping._on_partitions_revoked({TP("mine.reports.v1", 0)})
        await stopping._on_partitions_assigned({TP("mine.reports.v1", 0)})
        await stopping._on_partitions_revoked({TP("mine.reports.v1", 0)})

    asyncio.run(rebalance())
    assert consumer.deeds == ["takes no more", "commits"]


@pytest.mark.parametrize("rebalancing", [True, False])
def test_a_failure_amid_a_rebalance_ends_the_process_at_once(
    app: AppT, monkeypatch: pytest.MonkeyPatch, *, rebalancing: bool
) -> None:
    """Else the orderly end and the rebalance wait for each other, and nothing is read until liveness ends both."""
    left: list[str] = []
    failing = cast("Any", app)
    monkeypatch.setattr(failing, "_leave", left.append)
    failing.rebalancing = rebalancing
    asyncio.run(failing.consumer.crash(DeliveryError("a send failed")))
    assert failing.should_stop
    assert bool(left) is rebalancing
