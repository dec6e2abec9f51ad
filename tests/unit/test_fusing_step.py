"""Mentions become incidents and exposures: the life of an incident, event by event."""

from datetime import timedelta

import pytest

from schemas.mention import Mention, Withdrawal
from schemas.outcome import Outcome
from schemas.taxonomy import (
    IncidentState,
    InformationCredibility,
    Reliability,
    Status,
    ThreatType,
    Traffic,
    WithdrawalReason,
)
from streams.fusing import Fusion, RowVersionError
from tests.unit.fusing_life import BASE, FAR, GATE, PORT, T0, Desk, Event, mention, withdrawal

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


def test_unknown_row_versions_are_refused() -> None:
    """A row of another version is never misread."""
    with pytest.raises(RowVersionError, match="version 9"):
        Fusion.restore(0, [("inc-1", b'{"v": 9}')])
