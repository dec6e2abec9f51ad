"""What an alert's row keeps: what comes twice, late or after a crash, rows of other versions, and how big it gets."""

from dataclasses import replace
from datetime import datetime, timedelta

import orjson
import pytest

from alerts import episode
from alerts.site import RowError, decode
from schemas.alert import Alert
from schemas.exposure import Exposure
from schemas.outcome import NewerStateError, Outcome
from schemas.taxonomy import Status
from schemas.topics import ALERTS, ALERTS_CURRENT
from tests.unit.alert_life import BASE, F6, MISSILE, POLICY, Life, at, cluster, exposure, incident


def test_a_replay_changes_nothing() -> None:
    """What was applied and sent already changes nothing and sends nothing."""
    life = Life()
    life.meet(*cluster(3))
    row, told = life.row, len(life.outputs)
    for e in cluster(3):
        assert life.meet(e).outcome is Outcome.REPEATED
    assert (life.row, len(life.outputs)) == (row, told)


def test_an_older_revision_is_ignored() -> None:
    """An older revision of an incident that comes after a newer one changes nothing."""
    life = Life()
    life.meet(exposure("i", 0, revision=2))
    assert life.meet(exposure("i", 0, revision=1, **MISSILE)).outcome is Outcome.REPEATED
    assert life.alerts == []


def test_the_outbox_survives_a_crash() -> None:
    """A revision that may not have been sent is sent again with the same content, and with the next one in order."""
    life = Life()
    life.meet(exposure("i0", 0, credibility=F6))
    step = episode.step(life.row, exposure("i1", 10, credibility=F6), None, at(10), (BASE,), POLICY)
    (row,) = step.rows.values()
    assert row is not None
    assert [(o.stream, o.key) for o in step.after_rows] == [
        (ALERTS, step.after_rows[0].key),
        (ALERTS_CURRENT, step.after_rows[0].key),
    ]
    assert episode.unsent(row) == step.after_rows
    replayed = episode.step(row, exposure("i1", 10, credibility=F6), None, at(10), (BASE,), POLICY)
    assert (replayed.outcome, replayed.after_rows) == (Outcome.REPEATED, step.after_rows)
    assert list(replayed.rows.values()) == [row]
    late = exposure("i0", 0, revision=2, credibility=F6, status=Status.INTERCEPTED)
    following = episode.step(row, late, None, at(11), (BASE,), POLICY)
    assert following.after_rows[:2] == step.after_rows
    assert [o.record.revision for o in following.after_rows if isinstance(o.record, Alert)] == [1, 1, 2, 2]


def test_sent_empties_the_outbox() -> None:
    """A row whose outbox was sent has none, and is otherwise the same."""
    life = Life()
    step = life.meet(exposure("i", 0, **MISSILE))
    (row,) = step.rows.values()
    assert row is not None
    emptied = episode.sent(row)
    assert emptied is not None
    assert episode.unsent(emptied) == ()
    assert decode(emptied) == replace(decode(row), outbox=())
    assert episode.sent(emptied) is None


def test_late_incidents_go_to_the_baseline_only() -> None:
    """What is later than the lateness raises no alert, is counted once, and raises what is usual."""
    life = Life()
    late = exposure("old", -24 * 9, **MISSILE)
    assert life.meet(late, reached=at(0)).outcome is Outcome.LATE
    assert life.meet(late, reached=at(0)).outcome is Outcome.REPEATED
    assert life.alerts == []
    assert life.meet(exposure("new", 0, **MISSILE), reached=at(0)).outcome is Outcome.ALERTED
    assert [i.incident.incident_id for i in life.last.incidents] == ["new"]


def test_what_was_reported_too_late_is_late_also_before_the_first_tick() -> None:
    """An incident first told of later than the lateness is late, also when it is not known how far time has come."""
    e = exposure("old", -24 * 9, first_reported_at=at(0), last_reported_at=at(0), **MISSILE)
    assert Life().meet(e).outcome is Outcome.LATE


@pytest.mark.parametrize(
    "row,message",
    [
        (b'{"v":0,"due":null,"x":1}', "version 0, this program reads version 1"),
        (b"not json", "corrupt"),
        (b'{"v":1,"due":null,"site":"x"}', "corrupt"),
        (b"{}", "corrupt"),
        (b'{"v":1,"due":null,"site":"x","traffic":"actual","detector":null,"evidence":[]}', "corrupt"),
    ],
)
def test_rows_that_cannot_be_read(row: bytes, message: str) -> None:
    """A row of another version, or a corrupt one, is an error that says so, never misread."""
    with pytest.raises(RowError, match=message):
        episode.step(row, exposure("i", 0), None, at(0), (BASE,), POLICY)


def test_a_row_of_a_newer_version_is_left_alone() -> None:
    """What a newer version wrote is not this one's to judge: the worker ends."""
    with pytest.raises(NewerStateError, match="version 2, this program reads version 1"):
        episode.step(b'{"v":2,"due":null,"x":1}', exposure("i", 0), None, at(0), (BASE,), POLICY)


def test_a_statistic_of_an_earlier_version_is_rebuilt() -> None:
    """A row whose statistic an earlier version wrote goes on from its evidence, with the same level."""
    life, plain = Life(), Life()
    life.meet(*cluster(3))
    plain.meet(*cluster(4))
    assert life.row is not None
    stored = orjson.loads(life.row)
    stored["detector"]["v"] = 0
    life.row = orjson.dumps(stored)
    life.pass_time(21, since_h=20)
    life.meet(cluster(4)[-1])
    assert life.last.cluster == plain.last.cluster


def test_a_statistic_of_a_newer_version_is_left_alone() -> None:
    """A row whose statistic a newer version wrote is not this one's to rebuild: the worker ends."""
    life = Life()
    life.meet(*cluster(3))
    assert life.row is not None
    stored = orjson.loads(life.row)
    stored["detector"]["v"] = 99
    life.row = orjson.dumps(stored)
    with pytest.raises(NewerStateError, match="version 99"):
        life.meet(cluster(4)[-1])


def test_a_quiet_row_is_small() -> None:
    """The row of a site that sees little takes about 2 kB."""
    life = Life()
    life.meet(*(big(f"incident-{k}", k * 24.0 * 30) for k in range(12)))
    assert life.row is not None
    assert len(life.row) < 3_000


def test_a_hot_row_is_bounded() -> None:
    """The row of a site under siege does not grow without end, outbox included."""
    life = Life()
    sizes: list[int] = []
    for k in range(160):
        step = life.meet(big(f"incident-{k}", k * 1.5), reached=at(k * 1.5))
        sizes.extend(len(row) for row in step.rows.values() if row is not None)
    assert max(sizes) < 30_000
    assert max(sizes[-20:]) < 1.2 * max(sizes[-60:-40])
    assert life.last.incident_count > len(life.last.incidents)


def big(name: str, hours: float) -> Exposure:
    """Return an incident that many reports tell of at length."""
    plain = incident(name, hours)
    testimony = tuple(
        plain.testimony[0].model_copy(update={"mention_id": f"{name}/{n}", "quote": f"{name} {n} " + "word " * 110})
        for n in range(12)
    )
    return exposure(name, hours, km=12, credibility=F6, testimony=testimony)


def test_quotes_are_cut_not_lost() -> None:
    """An alert embeds a few quotes of its incidents, cut with a mark when they are long."""
    life = Life()
    life.meet(big("a", 0), big("b", 5))
    (quote, *_rest) = [t.quote for i in life.last.incidents for t in i.incident.testimony]
    assert quote.endswith("…")
    assert len(quote) <= 240


def test_alerts_are_valid_records() -> None:
    """Every revision reads back as it was written."""
    life = Life()
    life.meet(*cluster(5), exposure("m", 45, **MISSILE))
    life.pass_time(500, since_h=46, every_h=6)
    for alert in life.alerts:
        assert Alert.model_validate_json(alert.to_json()) == alert


def test_now_is_the_ingest_time_not_the_clock() -> None:
    """The same events at the same ingest times give the same rows and revisions, whenever they are processed."""

    def rows(reached: datetime | None) -> tuple[bytes | None, list[Alert]]:
        life = Life()
        life.meet(*cluster(4), reached=reached)
        return life.row, life.alerts

    assert rows(None) == rows(None)
    assert all(a.updated_at <= at(30) + timedelta(seconds=5) for a in rows(at(400))[1])
