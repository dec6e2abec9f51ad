"""Which alert an operator means."""

import pytest

from schemas.taxonomy import AlertState
from streams.cli.actions import find
from streams.cli.common import CliError
from tests.alert_samples import alert

OPEN, ENDED = alert("alr-1a"), alert("alr-2b", state=AlertState.RESOLVED)
CURRENT = {OPEN.alert_id: OPEN, ENDED.alert_id: ENDED}


@pytest.mark.parametrize("named", ["alr-1a", "alr-1", OPEN.site_id, OPEN.facility.facility_id])
def test_an_alert_is_named_by_its_id_the_beginning_of_it_or_its_facility(named: str) -> None:
    """A facility means the alert that is open there, not one that has ended."""
    assert find(named, CURRENT) is OPEN


def test_an_ended_alert_is_meant_by_its_id_alone() -> None:
    """Where none is open at a facility, the ended ones are named, so that a word can still be said about them."""
    ended = {ENDED.alert_id: ENDED}
    assert find("alr-2b", ended) is ENDED
    with pytest.raises(CliError, match=r"no alert is open at .*alr-2b"):
        find(ENDED.facility.facility_id, ended)


@pytest.mark.parametrize("named, said", [("alr-9", "there is no alert"), ("alr-", "may mean alr-1a, alr-2b")])
def test_what_means_none_or_several_is_refused(named: str, said: str) -> None:
    """The message says what to do."""
    with pytest.raises(CliError, match=said):
        find(named, CURRENT)
