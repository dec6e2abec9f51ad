"""Reports taken back or denied by what a later report says, not by id."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from schemas.mention import Denial, Mention, Withdrawal
from schemas.outcome import Outcome
from schemas.policy import Policy
from schemas.report import Report, Source
from schemas.taxonomy import IncidentState, InformationCredibility, Reliability, ThreatType
from streams import reading
from streams.fusing.voices import disputed_grade
from streams.gazetteer import Gazetteer
from streams.receiving import receive
from tests.bench.fuse import DEFAULT_FACILITIES
from tests.unit.fusing_life import BASE, FAR, Desk, Event, mention, withdrawal

TOWN = ("Reedtown", 33.1, 44.0, 2.0)


def denial(claim: Mention, *, own_words: bool = True) -> Denial:
    """Return the denial of what a mention says, by its source."""
    return Denial(claim=claim, own_words=own_words)


def test_a_source_takes_back_by_content_what_it_told() -> None:
    """Its own report is withdrawn, the incident with it, and every site that was told hears of it."""
    desk = Desk()
    desk.take(mention("a", facility_id=BASE.id, source="Reed Post"))
    step = desk.take(denial(mention("b", facility_id=BASE.id, source="REED POST", after=9)))
    (incident,) = desk.incidents.values()
    assert (step.outcome, incident.state) == (Outcome.WITHDRAWN, IncidentState.WITHDRAWN)
    assert {e.withdrawn for e in desk.sites(incident.incident_id).values()} == {True}
    desk.restart()
    assert desk.take(mention("c", facility_id=BASE.id, source="Reed Post", after=3)).outcome is Outcome.WITHDRAWN
    assert desk.take(mention("d", facility_id=BASE.id, source="Reed Post", after=12)).outcome is not Outcome.WITHDRAWN


@pytest.mark.parametrize(
    "one, claim",
    [
        (mention("a", facility_id=FAR.id), mention("b", facility_id=BASE.id, after=9)),
        (mention("a", facility_id=BASE.id, at=30), mention("b", facility_id=BASE.id, after=90)),
        (mention("a", facility_id=BASE.id, after=10), mention("b", facility_id=BASE.id, after=9)),
        (mention("a", facility_id=BASE.id, kind=ThreatType.KIDNAPPING), mention("b", facility_id=BASE.id, after=9)),
        (mention("a", facility_id=BASE.id, theatre="elsewhere"), mention("b", facility_id=BASE.id, after=9)),
        (mention("a", place=TOWN), mention("b", place=("Dunetown", 33.12, 44.0, 2.0), after=9)),
        (mention("a", place=TOWN), mention("b", facility_id=BASE.id, after=9)),
    ],
)
def test_a_denial_of_something_else_changes_nothing(one: Mention, claim: Mention) -> None:
    """Another target, day, kind, place or theatre, and what is published afterwards, are not meant."""
    desk = Desk()
    desk.take(one)
    same = claim.model_copy(update={"source": one.source})
    assert desk.take(denial(same)).outcome is Outcome.HELD
    assert len(desk.standing()) == 1


def test_a_place_is_enough_where_no_target_is_named() -> None:
    """Two accounts of one town, kind and time are of one thing, and a denial of the one is heard."""
    desk = Desk()
    desk.take(mention("a", place=TOWN, source="Reed Post"))
    desk.take(denial(mention("b", place=TOWN, source="Reed Post", after=9)))
    assert not desk.standing()


@pytest.mark.parametrize("own_words", [True, False])
def test_what_others_deny_is_disputed_and_stands(own_words: bool) -> None:
    """Another source's denial, or one that is only quoted, withdraws nothing: it shows, and lowers what is believed."""
    desk = Desk()
    desk.take(mention("a", facility_id=BASE.id, source="Reed Post"))
    source = "The Base" if own_words else "Reed Post"
    claim = mention("b", facility_id=BASE.id, source=source, reliability=Reliability.C, after=9)
    assert desk.take(denial(claim, own_words=own_words)).outcome is Outcome.APPLIED
    (incident,) = desk.standing()
    assert (incident.probability, incident.credibility.information) == (0.5, InformationCredibility.IMPROBABLE)
    assert [(t.report_id, t.source.name) for t in incident.disputed_by] == [("b", source)]
    assert desk.sites(incident.incident_id)[BASE.id].incident.disputed_by == incident.disputed_by
    desk.restart()
    desk.take(mention("c", facility_id=BASE.id), mention("d", facility_id=BASE.id))
    (incident,) = desk.standing()
    assert incident.probability > 0.9
    assert incident.credibility.information is InformationCredibility.POSSIBLY_TRUE
    assert len(incident.disputed_by) == 1


@pytest.mark.parametrize("reliability", Reliability)
@pytest.mark.parametrize("information", InformationCredibility)
def test_what_is_denied_never_weighs_more(reliability: Reliability, information: InformationCredibility) -> None:
    """A denial does not turn a watch into an alert, also where the information could not be judged before."""
    policy = Policy()
    disputed = disputed_grade(information)
    assert policy.grade_weight(reliability, disputed) <= policy.grade_weight(reliability, information)
    assert disputed.value >= InformationCredibility.POSSIBLY_TRUE.value


def test_denials_and_reports_in_any_order_end_alike() -> None:
    """A denial before, between or after the reports that it concerns has the same effect."""
    events: list[Event] = [
        mention("a", facility_id=BASE.id, source="Reed Post"),
        mention("b", facility_id=BASE.id),
        mention("c", facility_id=BASE.id, killed=2),
        denial(mention("d", facility_id=BASE.id, source="Reed Post", after=9)),
    ]
    seen = set()
    for order in permutations(events):
        desk = Desk()
        desk.take(*order)
        (incident,) = desk.standing()
        seen.add((incident.mentions, incident.probability, len(incident.disputed_by), frozenset(desk.groups())))
    ((mentions, _, disputed, _),) = seen
    assert (mentions, disputed) == (2, 1)


def test_a_dispute_that_is_taken_back_is_one_no_more() -> None:
    """Whoever denied something may take that back: by a withdrawal before or after, but not by another's."""
    claim = mention("b", facility_id=BASE.id, source="The Base", after=9)
    undo = withdrawal("b", source="the base")
    seen = []
    histories: list[list[Event]] = [[undo], [denial(claim), undo], [undo, denial(claim)]]
    for events in histories:
        desk = Desk()
        desk.take(mention("a", facility_id=BASE.id, source="Reed Post"), *events)
        desk.restart()
        desk.take(*events)
        (incident,) = desk.standing()
        assert desk.sites(incident.incident_id)[BASE.id].incident.probability == incident.probability
        seen.append((incident.probability, incident.credibility, incident.disputed_by))
    assert seen == [(0.7, seen[0][1], ())] * 3
    desk = Desk()
    desk.take(mention("a", facility_id=BASE.id, source="Reed Post"), denial(claim))
    assert desk.take(withdrawal("b", source="Reed Post")).outcome is Outcome.IGNORED
    assert desk.take(undo).outcome is Outcome.WITHDRAWN
    assert desk.take(undo).outcome is Outcome.REPEATED


def test_a_report_that_its_source_denied_and_then_stood_by_may_come_again() -> None:
    """With the denial taken back, the same report is heard again."""
    desk = Desk()
    told = mention("a", facility_id=BASE.id, source="Reed Post")
    desk.take(told, denial(mention("b", facility_id=BASE.id, source="Reed Post", after=9)))
    assert not desk.standing()
    desk.take(withdrawal("b", source="Reed Post"), told)
    assert len(desk.standing()) == 1


def test_a_repeated_denial_changes_nothing() -> None:
    """A replay writes no row and sends again what it sent."""
    desk = Desk()
    desk.take(mention("a", facility_id=BASE.id))
    told = denial(mention("b", facility_id=BASE.id, after=9))
    first = desk.take(told)
    desk.restart()
    again = desk.take(told)
    assert again.outcome is Outcome.REPEATED
    assert not again.rows
    assert again.outputs == first.outputs


GAZETTEER = Gazetteer.from_geojson(DEFAULT_FACILITIES)
LEXICON = reading.Lexicon.build(GAZETTEER)
ATTACK = "Rockets hit Al Asad Air Base on Monday, causing damage."


@pytest.mark.parametrize(
    "source, text, standing, disputed",
    [
        ("Gulf Wire", "Earlier reports of rockets at Al Asad Air Base on Monday were wrong.", 0, 0),
        ("Gulf Wire", "Correction: our report of a rocket attack on Al Asad Air Base on Monday was false.", 0, 0),
        ("Gulf Wire", "The explosion at Al Asad Air Base on Monday was a controlled detonation.", 0, 0),
        ("Gulf Wire", "The army denied that rockets hit Al Asad Air Base on Monday.", 1, 1),
        ("Reed Post", "Reports of a rocket attack on Al Asad Air Base on Monday were false.", 1, 1),
        ("Gulf Wire", "Reports of a rocket attack on Ain al-Hamra on Monday were false.", 1, 0),
        ("Gulf Wire", "Officials at Al Asad Air Base said on Monday that repairs were going on.", 1, 0),
    ],
)
def test_from_the_text_of_a_correction_to_the_incident(source: str, text: str, standing: int, disputed: int) -> None:
    """What outlets write when they were wrong takes their report back; what others say of it is a dispute."""
    desk = Desk(facilities=GAZETTEER)
    published = datetime(2025, 5, 12, 15, tzinfo=UTC)
    for n, (who, told) in enumerate([("Gulf Wire", ATTACK), (source, text)]):
        at = published + timedelta(hours=n)
        report = Report(report_id=f"r{n}", source=Source(name=who), published_at=at, text=told)
        for output in receive(report, None, n, at, 1, LEXICON, Policy()).outputs:
            if isinstance(output.record, Mention | Denial | Withdrawal):
                desk.take(output.record)
    assert len(desk.standing()) == standing
    assert sum(len(i.disputed_by) for i in desk.standing()) == disputed
