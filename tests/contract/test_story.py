"""The examples tell one true story: alert and result of the action are what the program makes of the rest."""

from collections.abc import Iterable
from typing import TypeVar

import pytest

from alerts import episode
from schemas.action import Action, ActionResult
from schemas.alert import Alert
from schemas.examples import examples
from schemas.exposure import Exposure
from schemas.facility import Facility, Manifest
from schemas.geo import distance_km
from schemas.outcome import Output
from schemas.policy import Policy
from schemas.record import Record
from streams.gazetteer import Gazetteer

R = TypeVar("R", bound=Record)


def told(kind: type[R], among: Iterable[Record | None] | None = None) -> R:
    """The only record of a kind."""
    (found,) = (record for record in (examples() if among is None else among) if isinstance(record, kind))
    return found


@pytest.fixture(scope="module")
def outputs() -> list[Output]:
    """What the site's watch sends when it meets the two incidents of the example and then the action."""
    alert, facility = told(Alert), told(Facility)
    row, sent = None, []
    exposures = [
        told(Exposure).model_copy(
            update={
                "incident": involved.incident,
                "distance_km": involved.distance_km,
                "probability": involved.probability,
            }
        )
        for involved in reversed(alert.incidents)
    ]
    events: list[Exposure | Action] = [*exposures, told(Action)]
    for event in events:
        now = event.at if isinstance(event, Action) else event.incident.last_reported_at
        step = episode.step(row, event, now, now, (facility,), told(Policy))
        sent += [*step.outputs, *step.after_rows]
        (row,) = step.rows.values()
        row = row and (episode.sent(row) or row)
    return sent


def test_the_alert_is_what_the_incidents_lead_to(outputs: list[Output]) -> None:
    """The example alert has the words and figures that detector, severity and explanation give; figures rounded."""
    alert = told(Alert)
    made = told(Alert, [o.record for o in outputs if isinstance(o.record, Alert) and o.stream.name == "alerts"][1:2])
    assert alert.cluster is not None
    assert made.cluster is not None
    assert made.cluster.model_dump() == pytest.approx(alert.cluster.model_dump(), rel=5e-3)
    assert made.grave.score == pytest.approx(alert.grave.score, rel=5e-3)
    assert made.model_copy(update={"cluster": alert.cluster, "grave": alert.grave}) == alert


def test_the_action_is_applied(outputs: list[Output]) -> None:
    """The example result is what becomes of the example action."""
    assert told(ActionResult, [output.record for output in outputs]) == told(ActionResult)


def test_distances_are_those_of_the_places() -> None:
    """An incident is as far from the facility as its place says."""
    facility = told(Facility)
    for involved in told(Alert).incidents:
        place = involved.incident.place
        assert place is not None
        assert place.lat is not None
        assert place.lon is not None
        apart = distance_km(facility.lat, facility.lon, place.lat, place.lon)
        assert involved.distance_km == pytest.approx(apart, abs=0.05)


def test_the_manifest_closes_the_set() -> None:
    """Count and hash of the manifest are those of the one facility."""
    manifest, gazetteer = told(Manifest), Gazetteer([told(Facility)])
    assert (manifest.count, manifest.sha256) == (len(gazetteer), gazetteer.sha256)
