"""One barrage over many sites carries one wave id."""

from itertools import permutations

import pytest

from schemas.mention import Mention
from schemas.outcome import Outcome
from schemas.taxonomy import ThreatType
from streams.gazetteer import Gazetteer
from tests.unit.fusing_life import BASE, FAR, PORT, Desk, facility, mention, withdrawal

NORTH = mention("a", facility_id=BASE.id)
SOUTH = mention("a", facility_id=PORT.id, ordinal=1)
"""Two passages of one report."""


def waves(desk: Desk) -> set[str | None]:
    """The waves of the incidents that stand."""
    return {incident.wave for incident in desk.standing()}


def test_what_one_report_tells_together_is_one_wave() -> None:
    """Whatever the order, all its incidents carry the same id, and so does what their sites hear."""
    further = mention("b", facility_id=PORT.id), mention("b", facility_id=FAR.id, ordinal=1)
    for order in permutations([NORTH, SOUTH, *further]):
        desk = Desk()
        desk.take(*order)
        (wave,) = waves(desk)
        assert wave is not None
        assert len(desk.standing()) == 3
        assert {e.incident.wave for e in desk.exposures.values()} == {wave}
        desk.restart()
        assert desk.take(order[0]).outcome is Outcome.REPEATED
        assert waves(desk) == {wave}


@pytest.mark.parametrize(
    "other",
    [
        mention("b", facility_id=PORT.id),
        mention("a", facility_id=PORT.id, ordinal=1, kind=ThreatType.KIDNAPPING),
        mention("a", facility_id=PORT.id, ordinal=1, at=8),
        mention("a", facility_id=PORT.id, ordinal=1, wide=24),
    ],
)
def test_what_only_happens_on_one_day_is_no_wave(other: Mention) -> None:
    """Another report, another kind, another hour, or a list of a day's attacks make no barrage."""
    desk = Desk()
    desk.take(NORTH, other)
    assert len(desk.standing()) == 2
    assert waves(desk) == {None}


def test_a_wave_ends_with_the_report_that_told_it() -> None:
    """When the report is withdrawn, what others tell of the incidents goes on without a wave."""
    desk = Desk()
    desk.take(NORTH, SOUTH, mention("b", facility_id=BASE.id), mention("c", facility_id=PORT.id))
    assert None not in waves(desk)
    desk.take(withdrawal("a", source=NORTH.source.name))
    assert len(desk.standing()) == 2
    assert waves(desk) == {None}


@pytest.mark.parametrize("sites, is_wave", [(2, False), (3, True)])
def test_an_incident_that_concerns_many_sites_is_a_wave_by_itself(sites: int, is_wave: bool) -> None:
    """One attack in the midst of three sites is one thing to a watch floor, not three."""
    near = [facility(f"xx-camp-{n}", 33.0 + n / 50, 44.0) for n in range(sites)]
    desk = Desk(facilities=Gazetteer(near))
    desk.take(mention("a", place=("Reedtown", 33.0, 44.0, 1.0)))
    assert len(desk.exposures) == sites
    assert {(e.incident.wave is not None) for e in desk.exposures.values()} == {is_wave}
