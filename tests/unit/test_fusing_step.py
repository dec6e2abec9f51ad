"""Mentions become incidents and exposures: the life of an incident, event by event."""

from datetime import timedelta
from typing import Any

import pytest

from schemas.exposure import ANOTHER_SITE
from schemas.mention import Mention, Withdrawal
from schemas.outcome import Outcome
from schemas.policy import FacilityPolicy, Policy
from schemas.taxonomy import (
    ActionKind,
    IncidentState,
    InformationCredibility,
    Reliability,
    Status,
    ThreatType,
    Traffic,
    Verdict,
    WithdrawalReason,
)
from streams.fusing import Fusion, RowVersionError
from streams.gazetteer import Gazetteer
from tests.unit.fusing_life import BASE, FAR, GATE, HOUR, PORT, T0, Desk, Event, action, facility, mention, withdrawal

TOWN = ("Reedtown", 33.1, 44.0, 2.0)
WIRE = "Rockets hit the outer wall of the base late on Monday, two officials said, and set a store of tyres on fire."


@pytest.mark.parametrize(
    "first, second, incidents",
    [
        (mention("a", facility_id=BASE.id), mention("b", facility_id=BASE.id), 1),
        (mention("a", facility_id=BASE.id), mention("b", facility_id=FAR.id), 2),
        (mention("a", facility_id=BASE.id), mention("b", facility_id=PORT.id), 2),
        (mention("a", facility_id=BASE.id), mention("b", facility_id=GATE.id), 1),
        (mention("a", facility_id=BASE.id), mention("b", facility_id=BASE.id, at=30), 2),
        (mention("a", facility_id=BASE.id, killed=1), mention("b", facility_id=BASE.id, killed=3), 1),
        (mention("a", facility_id=BASE.id), mention("b", facility_id=BASE.id, status=Status.THREATENED), 2),
        (mention("a", facility_id=BASE.id), mention("b", facility_id=BASE.id, kind=ThreatType.UAS), 1),
        (mention("a", facility_id=BASE.id), mention("b", facility_id=BASE.id, kind=ThreatType.UNKNOWN_EXPLOSION), 1),
        (mention("a", facility_id=BASE.id), mention("b", facility_id=BASE.id, theatre="elsewhere"), 2),
        (mention("a", facility_id=BASE.id), mention("b", facility_id=BASE.id, traffic=Traffic.EXERCISE), 2),
        (mention("a", facility_id=BASE.id), mention("a", facility_id=BASE.id, ordinal=1), 2),
        (mention("a", place=TOWN, text=WIRE), mention("b", place=TOWN, text=f"(Agencies) {WIRE}"), 1),
        (mention("a", place=TOWN, text=WIRE), mention("b", place=("Farville", 34.6, 44.0, 2.0), text=WIRE), 2),
        (mention("a", facility_id=BASE.id), mention("b", candidates={BASE.id: 0.6, FAR.id: 0.3}), 1),
        (mention("a", facility_id=BASE.id), mention("b", candidates={PORT.id: 0.6, FAR.id: 0.3}), 2),
        (mention("a", text=WIRE), mention("b", text="Quite another matter was told from quite another place."), 2),
    ],
)
def test_two_reports_of_one_thing_are_one_incident(first: Mention, second: Mention, incidents: int) -> None:
    """The same target, place, time and kind is one incident; another target, day, report passage or traffic is not."""
    desk = Desk()
    desk.take(first, second)
    assert len(desk.standing()) == incidents


def test_the_first_founds_the_second_joins() -> None:
    """The id is fixed by the founding mention, and each report makes a revision."""
    desk = Desk()
    assert desk.take(mention("a", facility_id=BASE.id)).outcome is Outcome.FOUNDED
    (founded,) = desk.standing()
    assert desk.take(mention("b", facility_id=BASE.id)).outcome is Outcome.JOINED
    (joined,) = desk.standing()
    assert (founded.incident_id, founded.revision) == (joined.incident_id, joined.revision - 1)
    assert joined.mentions == 2


def test_a_repeated_mention_changes_nothing_and_sends_the_same() -> None:
    """A replay writes no row and sends what was sent, byte for byte."""
    desk = Desk()
    desk.take(mention("a", facility_id=BASE.id))
    first = desk.take(mention("b", facility_id=BASE.id))
    desk.restart()
    again = desk.take(mention("b", facility_id=BASE.id))
    assert again.outcome is Outcome.REPEATED
    assert not again.rows
    assert [(o.key, o.record.to_json()) for o in again.outputs if o.record] == [
        (o.key, o.record.to_json()) for o in first.outputs if o.record
    ]


def test_a_step_changes_nothing_until_its_rows_are_applied() -> None:
    """The same step taken twice gives the same, since the shell may fail between step and write."""
    desk = Desk()
    desk.take(mention("a", facility_id=BASE.id))
    event = mention("b", facility_id=BASE.id)
    steps = [desk.fusion.step(event, None, 1, desk.facilities, desk.policy) for _ in range(2)]
    assert steps[0].rows == steps[1].rows
    assert desk.fusion.standing == 1


def test_other_content_under_the_same_id_replaces() -> None:
    """A mention that comes again with other content takes the place of the first."""
    desk = Desk()
    desk.take(mention("a", facility_id=BASE.id, killed=1))
    step = desk.take(mention("a", facility_id=BASE.id, killed=2))
    (incident,) = desk.standing()
    assert (step.reason, incident.mentions, incident.effects.killed, incident.revision) == ("replaced", 1, 2, 2)


def test_a_report_between_two_incidents_makes_them_one() -> None:
    """The younger is merged into the older, and its sites are told that it concerns them no longer."""
    desk = Desk()
    desk.take(mention("a", facility_id=BASE.id, at=0), mention("b", facility_id=BASE.id, at=3))
    older, younger = sorted(desk.standing(), key=lambda i: i.first_reported_at)
    desk.take(*(mention(r, facility_id=BASE.id, at=0, wide=4) for r in "cdef"))
    (stands,) = desk.standing()
    assert stands.incident_id == older.incident_id
    merged = desk.incidents[younger.incident_id]
    assert (merged.state, merged.merged_into) == (IncidentState.MERGED, older.incident_id)
    assert all(e.withdrawn and e.reason for e in desk.sites(younger.incident_id).values())


def test_outlets_with_one_story_are_one_source() -> None:
    """Thirty copies of a wire story are one incident with one independent source, and no more probable than one."""
    desk = Desk()
    desk.take(*(mention(f"copy-{n}", facility_id=BASE.id, text=f"(Desk {n}) {WIRE}") for n in range(30)))
    (incident,) = desk.standing()
    assert (incident.mentions, incident.independent_sources, incident.probability) == (30, 1, 0.7)
    assert [t.independent for t in incident.testimony] == [True] + [False] * 11


def test_corroboration_raises_credibility_and_saturates() -> None:
    """Independent sources raise probability as 1 - prod(1 - p), and credibility to probable, then confirmed."""
    desk, seen = Desk(), []
    for report, reliability in (("a", Reliability.C), ("b", Reliability.C), ("c", Reliability.B)):
        desk.take(mention(report, facility_id=BASE.id, reliability=reliability))
        (incident,) = desk.standing()
        seen.append((incident.probability, incident.credibility.information, incident.independent_sources))
    grades = InformationCredibility
    assert seen == [(0.7, grades.CANNOT_BE_JUDGED, 1), (0.91, grades.PROBABLY_TRUE, 2), (0.9865, grades.CONFIRMED, 3)]


def test_updates_of_one_outlet_are_one_source() -> None:
    """One outlet that tells a thing three times is one source."""
    desk = Desk()
    desk.take(*(mention(r, facility_id=BASE.id, source="Reed Post") for r in "abc"))
    (incident,) = desk.standing()
    assert (incident.mentions, incident.independent_sources) == (3, 1)


def test_outlets_that_quote_one_source_are_one_source() -> None:
    """Who tells what another outlet told, and names it, adds no independent word; who tells it of his own does."""
    desk = Desk()
    desk.take(mention("a", facility_id=BASE.id, source="Reed Post"))
    for n, outlet in enumerate(("Dune Times", "Harbour Radio")):
        said = f"A strike on the base was reported by the Reed Post, {outlet} has learnt, and number {n} burns."
        desk.take(mention(f"quoting-{n}", facility_id=BASE.id, source=outlet, text=said))
    (incident,) = desk.standing()
    assert (incident.mentions, incident.independent_sources) == (3, 1)
    desk.take(mention("own", facility_id=BASE.id, source="Canal News"))
    assert desk.standing()[0].independent_sources == 2


def test_descriptions_narrow_each_other_down() -> None:
    """Two that only describe the target resolve jointly: what both may mean gains, and stays described."""
    desk = Desk()
    desk.take(mention("a", candidates={BASE.id: 0.5, FAR.id: 0.4}))
    desk.take(mention("b", candidates={BASE.id: 0.5, PORT.id: 0.4}))
    (incident,) = desk.standing()
    assert incident.facility_id is None
    assert incident.candidates[0].facility_id == BASE.id
    assert incident.candidates[0].probability > 0.65
    assert max(c.probability for c in incident.candidates[1:]) < 0.2


def test_a_facility_that_moves_is_told_from_where_it_is() -> None:
    """After a move out of reach the site hears that it is concerned no longer; after one within reach, the distance."""
    desk = Desk(facilities=Gazetteer([BASE, PORT]))
    desk.take(mention("a", facility_id=BASE.id))
    desk.tick(T0 + 4 * HOUR)
    (incident,) = desk.standing()
    for lat, withdrawn in ((33.05, False), (36.0, True), (33.15, False)):
        desk.facilities = Gazetteer([BASE, facility(PORT.id, lat, 44.0)])
        desk.tick(T0 + (5 + lat) * HOUR)
        told = desk.sites(incident.incident_id)[PORT.id]
        assert told.withdrawn is withdrawn
        if not withdrawn:
            assert told.distance_km == pytest.approx((lat - 33.0) * 111.2, abs=0.2)


def test_described_candidates_resolve_when_somebody_names_one() -> None:
    """A described target stays a list with probabilities until another report names one of it."""
    desk = Desk()
    desk.take(mention("a", candidates={BASE.id: 0.5, FAR.id: 0.4}))
    (incident,) = desk.standing()
    assert incident.facility_id is None
    assert [c.facility_id for c in incident.candidates] == [BASE.id, FAR.id]
    assert {s: not e.withdrawn for s, e in desk.sites(incident.incident_id).items()} == {BASE.id: True, FAR.id: True}
    desk.take(mention("b", facility_id=BASE.id))
    (incident,) = desk.standing()
    assert (incident.facility_id, incident.candidates) == (BASE.id, ())
    told = {site: e.withdrawn for site, e in desk.sites(incident.incident_id).items()}
    assert told == {BASE.id: False, FAR.id: True, PORT.id: False}


def test_an_incident_exposes_every_site_within_reach() -> None:
    """Sites within reach hear of it with their distance; co-located parts are one site; closed ones hear nothing."""
    desk = Desk()
    desk.take(mention("a", facility_id=BASE.id))
    (incident,) = desk.standing()
    told = {site: (e.facility_id, e.distance_km, e.probability) for site, e in desk.sites(incident.incident_id).items()}
    assert told[BASE.id] == (BASE.id, 0.0, 1.0)
    assert told[PORT.id][1] == pytest.approx(16.7, abs=0.1)
    assert told[PORT.id][2] > 0.9
    assert set(told) == {BASE.id, PORT.id}


def test_reach_is_policy() -> None:
    """The policy's reach of a threat type decides, and a facility that is switched off hears nothing."""
    off = {BASE.id: FacilityPolicy(off=True), GATE.id: FacilityPolicy(off=True)}
    desk = Desk(policy=Policy(threat_reach_km={ThreatType.ROCKET: 5.0}, facilities=off))
    desk.take(mention("a", facility_id=BASE.id))
    assert not desk.exposures


def test_an_incident_without_position_exposes_nobody() -> None:
    """What has no place and no facility is an incident all the same, visible, and concerns no site."""
    desk = Desk()
    desk.take(mention("a"))
    assert len(desk.standing()) == 1
    assert not desk.exposures


@pytest.mark.parametrize(
    "told, outcome, state",
    [
        (withdrawal("a"), Outcome.WITHDRAWN, IncidentState.WITHDRAWN),
        (withdrawal("a", source="OUTLET A"), Outcome.WITHDRAWN, IncidentState.WITHDRAWN),
        (withdrawal("a", source="Someone else"), Outcome.IGNORED, IncidentState.STANDING),
        (
            withdrawal("a", source="Watch floor", reason=WithdrawalReason.OPERATOR),
            Outcome.WITHDRAWN,
            IncidentState.WITHDRAWN,
        ),
        (withdrawal("a", below=1), Outcome.HELD, IncidentState.STANDING),
        (withdrawal("a", below=2), Outcome.WITHDRAWN, IncidentState.WITHDRAWN),
        (withdrawal("other"), Outcome.HELD, IncidentState.STANDING),
    ],
)
def test_only_the_same_source_or_an_operator_takes_back(
    told: Withdrawal, outcome: Outcome, state: IncidentState
) -> None:
    """A withdrawal is heard from the report's own source or an operator, for revisions under its bound."""
    desk = Desk()
    desk.take(mention("a", facility_id=BASE.id))
    assert desk.take(told).outcome is outcome
    (incident,) = desk.incidents.values()
    assert incident.state is state
    withdrawn = state is IncidentState.WITHDRAWN
    assert {e.withdrawn for e in desk.sites(incident.incident_id).values()} == {withdrawn}


def test_an_early_withdrawal_waits_for_its_report() -> None:
    """A withdrawal that overtakes its report is kept, and the report then changes nothing."""
    desk = Desk()
    assert desk.take(withdrawal("a")).outcome is Outcome.HELD
    desk.restart()
    assert desk.take(mention("a", facility_id=BASE.id)).outcome is Outcome.WITHDRAWN
    assert not desk.incidents


def test_one_retraction_of_two_reports_leaves_the_other() -> None:
    """An incident stands on what is left of its reports."""
    desk = Desk()
    desk.take(mention("a", facility_id=BASE.id), mention("b", facility_id=BASE.id), withdrawal("a"))
    (incident,) = desk.standing()
    assert (incident.mentions, incident.testimony[0].report_id) == (1, "b")


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (1, 0, 2)])
def test_a_correction_goes_on_under_the_same_id(order: tuple[int, ...]) -> None:
    """A corrected report, whether its correction or the withdrawal comes first, is the same incident afterwards."""
    desk = Desk()
    first, again = mention("a", facility_id=BASE.id, killed=2), mention("b", facility_id=BASE.id, source="Outlet a")
    events: list[Event] = [first, withdrawal("a", by="b"), again]
    desk.take(*(events[n] for n in order))
    (incident,) = desk.standing()
    assert incident.mentions == 1
    assert incident.testimony[0].report_id == "b"
    assert len(desk.incidents) == 1


def test_a_late_mention_says_so() -> None:
    """What happened before the lateness still makes an incident, under an outcome of its own."""
    desk = Desk()
    assert desk.take(mention("a", facility_id=BASE.id), reached=T0 + timedelta(days=9)).outcome is Outcome.LATE
    assert len(desk.standing()) == 1


def test_rows_expire_a_day_after_the_lateness() -> None:
    """Ticks delete what is too old to be joined, silently, and withdrawals with it."""
    desk = Desk()
    desk.take(mention("a", facility_id=BASE.id), withdrawal("x"))
    desk.tick(T0 + timedelta(days=7))
    assert desk.fusion.standing == 1
    step = desk.tick(T0 + timedelta(days=8, hours=14))
    assert not step.outputs
    assert [key for key in desk.rows if not key.startswith("~references")] == []


def test_facilities_that_come_and_go_hear_at_the_next_tick() -> None:
    """A new facility gets the held incidents, a removed one is told why; a replayed tick says the same."""
    desk = Desk(facilities=Gazetteer([BASE, GATE]))
    desk.take(mention("a", facility_id=BASE.id))
    desk.tick(T0 + 4 * HOUR)
    new = facility("xx-new-post", 33.1, 44.1)
    desk.facilities = Gazetteer([new])
    step = desk.tick(T0 + 5 * HOUR)
    (incident,) = desk.standing()
    told = {site: (e.withdrawn, e.reason) for site, e in desk.sites(incident.incident_id).items()}
    assert told == {new.id: (False, None), BASE.id: (True, "the facility is no longer watched over")}
    assert incident.revision == 2
    desk.restart()
    again = desk.tick(T0 + 5 * HOUR)
    assert again.outputs == step.outputs
    assert not desk.tick(T0 + 6 * HOUR).outputs


def test_a_site_that_joins_another_is_told_so() -> None:
    """Under the old id nothing is watched over any more, under the new one the watch goes on."""
    desk = Desk(facilities=Gazetteer([BASE, GATE]))
    desk.take(mention("a", facility_id=BASE.id))
    desk.tick(T0 + 4 * HOUR)
    whole = facility("xx-whole", BASE.lat, BASE.lon)
    desk.facilities = Gazetteer([whole, BASE.model_copy(update={"parent": whole.id}), GATE])
    desk.tick(T0 + 5 * HOUR)
    (incident,) = desk.standing()
    told = {site: (e.withdrawn, e.reason) for site, e in desk.sites(incident.incident_id).items()}
    assert told[BASE.id] == (True, ANOTHER_SITE)
    assert told[whole.id] == (False, None)


def test_unknown_row_versions_are_refused() -> None:
    """A row of another version is never misread."""
    with pytest.raises(RowVersionError, match="version 9"):
        Fusion.restore(0, [("inc-1", b'{"v": 9}')])


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
