"""Topics on a real Kafka: made once, checked against their declaration, mended only where that is safe."""

from collections.abc import Iterator

import pytest
from kafka import KafkaAdminClient, KafkaConsumer, OffsetAndMetadata, TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType

from schemas.connection import Connection
from schemas.topics import ALERTS, EXPOSURES, INCIDENTS, REPORTS, all_streams
from streams.admin import Admin, PartitionsError, TopicsError
from streams.topology import DriftKind, app_id, changelog, topic_specs
from tests.broker.workers import produce, until


@pytest.fixture
def admin(kafka: str) -> Iterator[Admin]:
    """An admin, closed behind its test."""
    with Admin(Connection(bootstrap=kafka)) as admin:
        yield admin


def test_all_topics_are_made_once(admin: Admin, namespace: str) -> None:
    """Every declared topic is created with its settings; a second time there is nothing to do."""
    told: list[str] = []
    created = admin.create_topics(namespace, 3, 1, told.append)
    assert created == told
    assert set(created) == {spec.name for spec in topic_specs(namespace)}
    assert {s.topic(namespace) for s in all_streams()} <= set(created)
    assert admin.partitions(namespace) == 3
    assert admin.check_topics(namespace) == []
    assert admin.create_topics(namespace, None, 1) == []


def test_a_namespace_without_topics(admin: Admin, namespace: str) -> None:
    """Nothing is known of it, everything is missing, and creating it needs a number of partitions."""
    assert admin.partitions(namespace) is None
    assert {drift.kind for drift in admin.check_topics(namespace)} == {DriftKind.MISSING}
    with pytest.raises(PartitionsError, match="how many partitions"):
        admin.create_topics(namespace, None, 1)


def test_partitions_are_never_added(admin: Admin, namespace: str) -> None:
    """Another number than at creation is refused with the way out."""
    admin.create_topics(namespace, 2, 1)
    with pytest.raises(PartitionsError, match=r"has 2 partitions, not 4.*migrate"):
        admin.create_topics(namespace, 4, 1)
    assert admin.partitions(namespace) == 2


def test_what_the_broker_refuses_is_told(admin: Admin, namespace: str) -> None:
    """More replicas than brokers is the broker's refusal, in its own words."""
    with pytest.raises(TopicsError, match=r"\.v1.*replicat"):
        admin.create_topics(namespace, 1, 9)


def test_drift_is_told_and_only_configuration_is_mended(kafka: str, admin: Admin, namespace: str) -> None:
    """A changed retention is set back by `fix`; a missing topic and added partitions are told and left alone."""
    admin.create_topics(namespace, 2, 1)
    client = KafkaAdminClient(bootstrap_servers=kafka)
    try:
        client.alter_configs(
            [ConfigResource(ConfigResourceType.TOPIC, REPORTS.topic(namespace), {"retention.ms": "60000"})]
        )
        client.alter_configs(
            [ConfigResource(ConfigResourceType.TOPIC, INCIDENTS.topic(namespace), {"cleanup.policy": "delete"})]
        )
        client.create_partitions({ALERTS.topic(namespace): 3})
    finally:
        client.close()
    until(lambda: len(admin.check_topics(namespace)) == 3, lambda: str(admin.check_topics(namespace)))
    found = {(d.topic, d.kind, d.setting, d.found) for d in admin.check_topics(namespace)}
    grown = (ALERTS.topic(namespace), DriftKind.PARTITIONS, "partitions", "3")
    assert found == {
        grown,
        (REPORTS.topic(namespace), DriftKind.CONFIG, "retention.ms", "60000"),
        (INCIDENTS.topic(namespace), DriftKind.CONFIG, "cleanup.policy", "delete"),
    }
    mended = admin.fix(admin.check_topics(namespace))
    assert {d.topic for d in mended} == {REPORTS.topic(namespace), INCIDENTS.topic(namespace)}
    until(lambda: len(admin.check_topics(namespace)) == 1, lambda: str(admin.check_topics(namespace)))
    assert {(d.topic, d.kind, d.setting, d.found) for d in admin.check_topics(namespace)} == {grown}


def test_lag_of_a_group_that_never_was(admin: Admin, namespace: str) -> None:
    """Without a commit everything waits; a topic that is missing is left out; nobody is a member."""
    admin.create_topics(namespace, 2, 1)
    lag = admin.lag(f"{namespace}-worker", [REPORTS.topic(namespace), "no-such-topic"])
    assert lag.by_topic == {REPORTS.topic(namespace): 0}
    assert admin.members(f"{namespace}-worker") == 0


def test_state_that_was_emptied(kafka: str, admin: Admin, namespace: str) -> None:
    """Where something was committed and the changelog holds nothing, state was lost; before the first commit not."""
    admin.create_topics(namespace, 2, 1)
    assert admin.lost_state(namespace) == []
    worked_on = TopicPartition(EXPOSURES.topic(namespace), 1)
    consumer = KafkaConsumer(bootstrap_servers=kafka, group_id=app_id(namespace), enable_auto_commit=False)
    consumer.assign([worked_on])
    consumer.commit({worked_on: OffsetAndMetadata(7, "", -1)})
    consumer.close()
    assert admin.lost_state(namespace) == [f"{changelog(namespace, 'watch')}/1"]
    produce(kafka, changelog(namespace, "watch"), *((b"%d" % n, b"1 row", []) for n in range(20)))
    assert admin.lost_state(namespace) == []


def test_a_trial_is_removed_with_its_commits(
    kafka: str, admin: Admin, namespace: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While somebody is at work nothing is removed; then the commits go too, or the next would miss old state."""
    admin.create_topics(namespace, 2, 1)
    topic = REPORTS.topic(namespace)
    member = KafkaConsumer(topic, bootstrap_servers=kafka, group_id=app_id(namespace), enable_auto_commit=False)
    until(lambda: member.poll(100) or member.assignment(), lambda: "the member joins no group")
    member.commit({TopicPartition(topic, 0): OffsetAndMetadata(7, "", -1)})
    with monkeypatch.context() as patch:
        patch.setattr("streams.admin._REMOVAL_TIMEOUT_S", 0.3)
        with pytest.raises(TopicsError, match="still runs, stop it first"):
            admin.remove_namespace(namespace)
    assert admin.partitions(namespace) == 2

    member.close(autocommit=False)
    admin.remove_namespace(namespace)
    assert admin.partitions(namespace) is None
    admin.create_topics(namespace, 2, 1)
    assert admin.lag(app_id(namespace), [topic]).committed == {}
    assert admin.lost_state(namespace) == []
