"""Any order of arrival, with duplicates, retractions and restarts, ends in the same incidents."""

from dataclasses import dataclass
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.incident import Incident
from schemas.mention import Mention, Withdrawal
from schemas.taxonomy import Status, ThreatType
from tests.unit.fusing_life import BASE, FAR, PORT, Desk, mention, withdrawal

WIRES = (
    None,
    "Rockets hit the outer wall of the base late on Monday, two officials said, and set a store of tyres on fire.",
    "A drone fell into the harbour basin before dawn and burnt out on the quay, said a guard who saw it come down.",
)
TOWNS = (None, ("Reedtown", 33.1, 44.0, 2.0), ("Dunetown", 33.0, 44.03, 6.0), ("the east", 33.2, 44.2, 15.0))

mentions = st.builds(
    mention,
    st.sampled_from([f"r{n}" for n in range(14)]),
    at=st.sampled_from([0, 0.5, 1, 3, 5, 20]),
    wide=st.sampled_from([0.5, 1, 4, 12]),
    after=st.sampled_from([0.5, 2, 9]),
    facility_id=st.sampled_from([None, None, BASE.id, PORT.id]),
    candidates=st.sampled_from([None, None, {BASE.id: 0.6, FAR.id: 0.3}, {PORT.id: 0.5, BASE.id: 0.4}]),
    place=st.sampled_from(TOWNS),
    kind=st.sampled_from([ThreatType.ROCKET, ThreatType.UAS, ThreatType.UNKNOWN_EXPLOSION]),
    status=st.sampled_from([Status.EXECUTED, Status.INTERCEPTED]),
    killed=st.sampled_from([None, 0, 2, 3]),
    text=st.sampled_from(WIRES),
    ordinal=st.sampled_from([0, 0, 1]),
)
sets_of_mentions = st.lists(mentions, min_size=1, max_size=14, unique_by=lambda m: m.mention_id)


@dataclass
class Orders:
    """One set of events, in the order in which they were made, and in another with some repeated."""

    told: list[Mention | Withdrawal]
    other: list[int]

    def __repr__(self) -> str:
        return "\n".join(map(brief, self.told)) + f"\norder {self.other}"


def brief(event: Mention | Withdrawal) -> str:
    """An event in a line, for a failing case."""
    if isinstance(event, Withdrawal):
        return event.record_id
    told = event.model_dump(include={"facility_id", "threat_type", "status"}, mode="json")
    at = (event.occurred.earliest.isoformat(), event.occurred.latest.isoformat(), event.published_at.isoformat())
    meant, place = [c.facility_id for c in event.candidates], event.place and event.place.name
    return f"{event.mention_id} {told} {at} {meant} {place} {event.effects.killed} {event.quote[:20]!r}"


@st.composite
def histories(draw: st.DrawFn) -> Orders:
    """Return a set of events in two orders."""
    told: list[Mention | Withdrawal] = [*draw(sets_of_mentions)]
    told += [
        withdrawal(r) for r in draw(st.lists(st.sampled_from([f"r{n}" for n in range(14)]), max_size=2, unique=True))
    ]
    other = draw(st.permutations(range(len(told))))
    again = draw(st.lists(st.integers(0, len(told) - 1), max_size=4))
    return Orders(told, [*other, *again])


def content(desk: Desk) -> list[str]:
    """What stands, ids, revisions and versions apart."""
    apart: dict[str, object] = {"incident_id": "-", "revision": 1, "versions": ""}
    told = [Incident.model_validate(i.model_copy(update={**apart, "wave": i.wave and "-"})) for i in desk.standing()]
    return sorted(f"{i.to_json().decode()} {sites(desk, j)}" for i, j in zip(told, desk.standing(), strict=True))


def sites(desk: Desk, incident: Incident) -> list[tuple[str, float, float]]:
    """The sites that an incident concerns, and how."""
    told = desk.sites(incident.incident_id).items()
    return sorted((site, e.distance_km, e.probability) for site, e in told if not e.withdrawn)


@settings(max_examples=150, deadline=None)
@given(histories())
def test_every_order_gives_the_same_incidents(orders: Orders) -> None:
    """The incidents and whom they concern are a function of the set of events: order and repetition do not matter."""
    desks = Desk(), Desk()
    desks[0].take(*orders.told)
    desks[1].take(*(orders.told[n] for n in orders.other))
    assert desks[0].groups() == desks[1].groups()
    assert content(desks[0]) == content(desks[1])


@settings(max_examples=100, deadline=None)
@given(histories(), st.integers(1, 3))
def test_every_order_gives_the_same_crowd(orders: Orders, crowd: int) -> None:
    """Where so few accounts are a crowd that most are only counted, order and repetition do not matter either."""
    desks = Desk(), Desk()
    with patch("streams.fusing.crowd.CROWD", crowd):
        desks[0].take(*orders.told)
        desks[1].take(*(orders.told[n] for n in orders.other))
        desks[1].restart()
    assert desks[0].groups() == desks[1].groups()
    assert content(desks[0]) == content(desks[1])


@settings(max_examples=60, deadline=None)
@given(sets_of_mentions, st.data())
def test_a_restart_anywhere_changes_nothing(events: list[Mention], data: st.DataObject) -> None:
    """A partition rebuilt from its rows after any event goes on as if it had never stopped, byte for byte."""
    through, broken = Desk(), Desk()
    for event in events:
        if data.draw(st.booleans()):
            broken.restart()
        assert through.take(event) == broken.take(event)
    assert through.rows == broken.rows


@settings(max_examples=60, deadline=None)
@given(sets_of_mentions)
def test_a_replay_changes_nothing(events: list[Mention]) -> None:
    """When everything is replayed, no row changes, and each event sends again every incident as it was sent last."""
    desk = Desk()
    desk.take(*events)
    rows, incidents, exposures = dict(desk.rows), dict(desk.incidents), dict(desk.exposures)
    desk.restart()
    for event in events:
        assert not desk.take(event).rows
    assert (rows, incidents, exposures) == (desk.rows, desk.incidents, desk.exposures)


@settings(max_examples=60, deadline=None)
@given(sets_of_mentions)
def test_nothing_is_lost_and_nothing_counted_twice(events: list[Mention]) -> None:
    """Every mention is in exactly one incident, two passages of one report never in the same one."""
    desk = Desk()
    desk.take(*events)
    assert sorted(m for group in desk.groups() for m in group) == sorted(m.mention_id for m in events)
    assert sum(i.mentions for i in desk.standing()) == len(events)
    report = {m.mention_id: m.report_id for m in events}
    assert all(len({report[m] for m in group}) == len(group) for group in desk.groups())
