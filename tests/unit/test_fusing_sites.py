"""Which sites an incident concerns: described or named, within reach, and as facilities come, move and go."""

import pytest

from schemas.exposure import ANOTHER_SITE
from schemas.policy import FacilityPolicy, Policy
from schemas.taxonomy import (
    ThreatType,
)
from streams.gazetteer import Gazetteer
from tests.unit.fusing_life import BASE, FAR, GATE, HOUR, PORT, T0, Desk, facility, mention


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
