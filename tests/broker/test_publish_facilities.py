"""Before a publication ends the watch over much, or over an open alert, it is told and asked for."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import orjson
import pytest

from schemas.connection import Connection
from schemas.taxonomy import AlertState, Change, Traffic
from schemas.topics import alert_streams
from streams.desk.publishing import published_facilities, published_policy
from streams.desk.sending import Sender
from tests.alert_samples import alert
from tests.unit.cli_runner import Ran, run

Publish = Callable[..., Ran]


@pytest.fixture
def publish(connection: Connection, namespace: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Publish:
    """Publishes facilities of these ids, with options; some joined to another as its parts."""

    def call(ids: str, *options: str, joined: Mapping[str, str] = MappingProxyType({})) -> Ran:
        features = [
            {
                "type": "Feature",
                "properties": {"id": i, "name": i, "aliases": [f"Camp {i}"], "kind": "other", "country": "KE"}
                | ({"parent": joined[i]} if i in joined else {}),
                "geometry": {"type": "Point", "coordinates": [38.0, n / 9]},
            }
            for n, i in enumerate(ids.split())
        ]
        file = tmp_path / "mine.geojson"
        file.write_bytes(orjson.dumps({"type": "FeatureCollection", "features": features}))
        where = ("--namespace", namespace, "--bootstrap", connection.bootstrap)
        return run(capsys, "facilities", "publish", str(file), *options, *where)

    return call


def test_a_first_list_takes_the_place_of_the_example(connection: Connection, namespace: str, publish: Publish) -> None:
    """What ends is told against what is in force; one sentence and one flag, and the list is published."""
    for options, status in (((), 2), (("--dry-run",), 0)):
        asked = publish("xx-mill", *options)
        assert asked.status == status
        assert "remove   160  ae-abu-dhabi-international-airport, " in asked.err
        assert "this list takes the place of the 160 facilities that ship as an example" in asked.err
        assert "--yes" in asked.err
        assert published_facilities(connection, namespace).manifest is None
    assert publish("xx-mill", "--yes").status == 0
    assert set(published_facilities(connection, namespace).facilities) == {"xx-mill"}


def test_an_empty_list_is_asked_for(connection: Connection, namespace: str, publish: Publish) -> None:
    """An end to all watching never comes in passing, and is had by --yes."""
    publish("xx-mill xx-quarry", "--yes")
    asked = publish("")
    assert asked.status == 2
    assert "nothing would be watched over any more" in asked.err
    assert len(published_facilities(connection, namespace).facilities) == 2
    assert publish("", "--yes").status == 0
    assert published_facilities(connection, namespace).facilities == {}
    assert "remove" not in publish("xx-mill").err


def test_an_open_alert_is_asked_for(connection: Connection, namespace: str, publish: Publish) -> None:
    """A facility with an open alert, an exercise's too, is not taken off in passing; one without may be."""
    everything = "xx-mill xx-quarry xx-port xx-ended a b c d e f g h i j k l"
    publish(everything, "--yes")
    records = [
        alert("a-mill", headline="Rockets near Old Mill"),
        alert("a-port", site_id="xx-port", traffic=Traffic.EXERCISE, headline="EXERCISE: Rockets near the Port"),
        alert("a-quarry", site_id="xx-quarry"),
        alert("a-ended", site_id="xx-ended", state=AlertState.ALL_CLEAR, change=Change.ALL_CLEAR),
    ]
    with Sender(connection, namespace) as sender:
        for each in records:
            sender.send(alert_streams(each.traffic)[1], each, each.alert_id)
    asked = publish(everything.replace("xx-mill xx-quarry xx-port xx-ended", "xx-quarry"))
    assert asked.status == 2
    assert "2 open alerts would be cancelled" in asked.err
    cancelled = [line for line in asked.err.splitlines() if line.startswith("cancel")]
    assert [line.split(maxsplit=1)[1] for line in cancelled] == [
        "Rockets near Old Mill  (a-mill)",
        "EXERCISE: Rockets near the Port  (a-port)",
    ]
    joined = publish(everything, joined={"xx-mill": "xx-quarry"})
    assert (joined.status, "an open alert would be cancelled" in joined.err) == (2, True)
    assert len(published_facilities(connection, namespace).facilities) == 16
    assert publish(everything.replace("xx-ended ", "")).status == 0


def test_a_policy_that_switches_off_is_asked_about(
    connection: Connection, namespace: str, publish: Publish, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """An open alert at a facility that a policy switches off is told and asked for, as when it goes off the list."""
    publish("xx-mill xx-port", "--yes")
    with Sender(connection, namespace) as sender:
        sender.send(alert_streams(Traffic.ACTUAL)[1], alert("a-mill", headline="Rockets near Old Mill"), "a-mill")
    file, where = tmp_path / "policy.json", ("--namespace", namespace, "--bootstrap", connection.bootstrap)
    file.write_text('{"version": "off", "facilities": {"xx-port": {"off": true}}}')
    assert run(capsys, "policy", "publish", str(file), *where).status == 0
    file.write_text('{"version": "off-2", "facilities": {"xx-mill": {"off": true}}}')
    for options, status in (((), 2), (("--dry-run",), 0)):
        asked = run(capsys, "policy", "publish", str(file), *options, *where)
        assert (asked.status, "an open alert would be cancelled" in asked.err) == (status, True)
        assert "cancel        Rockets near Old Mill  (a-mill)" in asked.err
        in_force = published_policy(connection, namespace)
        assert in_force is not None
        assert in_force.version == "off"
    assert run(capsys, "policy", "publish", str(file), "--yes", *where).status == 0
