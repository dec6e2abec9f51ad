"""What operators do to incidents: merge, split, retarget, and when that is refused or waits."""

from typing import Any

import pytest

from schemas.outcome import Outcome
from schemas.taxonomy import (
    ActionKind,
    Traffic,
    Verdict,
)
from tests.unit.fusing_life import BASE, FAR, HOUR, PORT, T0, Desk, action, mention


def test_an_operator_merges() -> None:
    """Two incidents that an operator says are one are one, whatever comes later, and the action is applied once."""
    desk = Desk()
    desk.take(mention("a", facility_id=BASE.id), mention("b", facility_id=FAR.id))
    a, b = (desk.fusion_home(f"{r}/1/0") for r in "ab")
    step = desk.take(action(ActionKind.MERGE, b, other_incident_id=a))
    assert step.outcome is Outcome.APPLIED
    assert [i.incident_id for i in desk.standing()] == [a]
    assert desk.results[-1].verdict is Verdict.APPLIED
    desk.restart()
    desk.take(mention("c", facility_id=FAR.id))
    assert len(desk.standing()) == 1
    again = desk.take(action(ActionKind.MERGE, b, other_incident_id=a))
    assert not again.rows
    assert desk.results[-1].verdict is Verdict.APPLIED


def test_an_operator_splits() -> None:
    """Mentions that an operator puts apart stay apart, also against later reports that are like both."""
    desk = Desk()
    desk.take(*(mention(r, facility_id=BASE.id) for r in "abcd"))
    (incident,) = desk.standing()
    desk.take(action(ActionKind.SPLIT, incident.incident_id, mention_ids=("c/1/0", "d/1/0")))
    assert desk.groups() == {frozenset({"a/1/0", "b/1/0"}), frozenset({"c/1/0", "d/1/0"})}
    desk.restart()
    desk.take(mention("e", facility_id=BASE.id))
    assert len(desk.groups()) == 2


def test_an_operator_retargets() -> None:
    """The facility that an operator says was meant stands against what reports name."""
    desk = Desk()
    desk.take(mention("a", facility_id=BASE.id))
    (incident,) = desk.standing()
    desk.take(action(ActionKind.RETARGET, incident.incident_id, target_facility_id=FAR.id))
    desk.take(mention("b", facility_id=BASE.id))
    (incident,) = desk.standing()
    assert incident.facility_id == FAR.id
    assert {s for s, e in desk.sites(incident.incident_id).items() if not e.withdrawn} == {FAR.id}


@pytest.mark.parametrize(
    "more, reason",
    [
        ({"kind": ActionKind.RETARGET, "target_facility_id": "nowhere"}, "not watched over"),
        ({"kind": ActionKind.SPLIT, "mention_ids": ("z/1/0",)}, "not all of these"),
        ({"kind": ActionKind.SPLIT, "mention_ids": ("a/1/0",)}, "leave nothing"),
        ({"kind": ActionKind.RETARGET, "target_facility_id": FAR.id, "traffic": Traffic.TEST}, "other traffic"),
        ({"kind": ActionKind.ACKNOWLEDGE, "alert_id": "al-1"}, "acts on an alert"),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_reason(more: dict[str, Any], reason: str) -> None:
    """An action that makes no sense is refused, and the reason is published."""
    desk = Desk()
    desk.take(mention("a", facility_id=BASE.id))
    (incident,) = desk.standing()
    kind = more.pop("kind")
    assert desk.take(action(kind, incident.incident_id, **more)).outcome is Outcome.REFUSED
    assert reason in desk.results[-1].reason


def test_an_action_on_an_overtaken_revision_is_refused() -> None:
    """An operator who has not seen the latest revision is asked to look again."""
    desk = Desk()
    desk.take(mention("a", facility_id=BASE.id), mention("b", facility_id=BASE.id))
    (incident,) = desk.standing()
    desk.take(action(ActionKind.RETARGET, incident.incident_id, target_facility_id=FAR.id, seen_revision=1))
    assert desk.results[-1].verdict is Verdict.REFUSED


def test_an_action_before_its_incident_waits_for_a_day() -> None:
    """It is held, applied at the tick after its incident comes, and refused when that does not come within the day."""
    desk = Desk()
    desk.take(mention("a", facility_id=BASE.id))
    (incident,) = desk.standing()
    other = Desk()
    for number, known in ((1, incident.incident_id), (2, "inc-never")):
        held = action(ActionKind.RETARGET, known, action_id=f"act-{number}", target_facility_id=FAR.id)
        assert other.take(held).outcome is Outcome.HELD
    other.tick(T0)
    other.restart()
    other.take(mention("a", facility_id=BASE.id))
    other.tick(T0 + 7 * HOUR)
    assert other.standing()[0].facility_id == FAR.id
    other.tick(T0 + 31 * HOUR)
    assert [(r.action_id, r.verdict) for r in other.results[2:]] == [
        ("act-1", Verdict.APPLIED),
        ("act-2", Verdict.REFUSED),
    ]


def test_held_actions_are_all_applied_at_one_tick() -> None:
    """Actions on several incidents are applied together; a second one on the same incident follows a tick later."""
    desk, other = Desk(), Desk()
    reports = (
        mention("a", facility_id=BASE.id),
        mention("b", facility_id=PORT.id),
        mention("c", facility_id=BASE.id, at=30),
    )
    desk.take(*reports)
    a, b, c = (desk.fusion_home(m.mention_id) for m in reports)
    for number, incident_id in enumerate((a, b, c, c)):
        held = action(
            ActionKind.RETARGET,
            incident_id,
            action_id=f"act-{number}",
            target_facility_id=(FAR.id, PORT.id)[number // 3],
        )
        assert other.take(held).outcome is Outcome.HELD
    other.tick(T0)
    other.take(*reports)
    other.tick(T0 + 7 * HOUR)
    assert sorted(r.action_id for r in other.results[4:])[:2] == ["act-0", "act-1"]
    assert len(other.results[4:]) == 3
    other.tick(T0 + 8 * HOUR)
    assert {r.verdict for r in other.results[4:]} == {Verdict.APPLIED}
    assert len(other.results[4:]) == 4
