"""Where an incident played that was announced before it was told, far off a town, or in it and at no site of it."""

import pytest

from schemas.mention import Mention
from schemas.policy import Policy
from streams.reading import read
from tests.unit.reader import lexicon, report

NEWS = "UKMTO has received a report of an incident "
SKIFFS = "Six skiffs fired on a bulk carrier "


def _only(text: str) -> Mention:
    _, (mention,) = read(report(text), 1, lexicon(), Policy())
    return mention


@pytest.mark.parametrize(
    "text, place",
    [
        (NEWS + "60NM south of Aden. A merchant vessel was boarded by armed men at 0740 UTC.", "60NM south of Aden"),
        (NEWS + "40NM west of Hodeidah. The vessel has been struck by an unknown projectile.", "40NM west of Hodeidah"),
        (NEWS + "25 nautical miles southwest of Mocha. The vessel was attacked by small craft.", "southwest of Mocha"),
        (NEWS + "in the Gulf of Aden. The vessel was struck by a missile.", "in the Gulf of Aden"),
        ("UKMTO is aware of an incident 14NM off Hodeidah. Two small craft fired on a tanker.", "14NM off Hodeidah"),
        ("An incident has been reported 23NM south of Aden. A tanker was boarded by gunmen.", "23NM south of Aden"),
        (NEWS + "60NM south of Aden. It occurred at 0740 UTC. A vessel was boarded by gunmen.", "60NM south of Aden"),
        (SKIFFS + "30NM off Mocha on Monday.", "30NM off Mocha"),
        (SKIFFS + "30 nautical miles off Mocha on Monday.", "nautical miles off Mocha"),
        ("Gunmen abducted two UN staff in Dikwa on Monday.", "in Dikwa"),
        ("Police arrested four men on Monday who were plotting to abduct UN staff in Dikwa.", "in Dikwa"),
        ("Gunmen attacked an aid convoy near Ngala on Monday.", "near Ngala"),
        ("Gunmen abducted two cooks in Yavoriv on Monday.", "in Yavoriv"),
    ],
)
def test_a_place_is_no_site(text: str, place: str) -> None:
    """What is told behind an announcement happened where that said; far off a port, or in a town, is at no site."""
    mention = _only(text)
    assert mention.facility_id is None
    assert not mention.candidates
    assert mention.place is not None
    assert place in mention.place.name


@pytest.mark.parametrize(
    "text, facility",
    [
        ("A bomb exploded on the road to Aden Adde airport on Monday.", "so-aden-adde-airport"),
        ("A bomb exploded on the way to Aden Adde airport on Monday.", "so-aden-adde-airport"),
        ("A bomb exploded near Aden Adde airport on Monday.", "so-aden-adde-airport"),
        ("A bomb exploded on the road to Aden airport on Monday.", "ye-aden-international-airport"),
        ("A bomb exploded on the road to Baghdad airport on Monday.", "iq-baghdad-international-airport"),
        (
            "A nun was abducted on the road to Toussaint Louverture airport on Monday.",
            "ht-toussaint-louverture-airport",
        ),
        ("Gunmen attacked the UN hub in Dikwa on Monday.", "ng-dikwa-humanitarian-hub"),
        ("Two rockets hit the port of Mocha on Monday.", "ye-mocha-port"),
        (NEWS + "60NM south of Aden. On Monday two drones hit Hodeidah port.", "ye-hodeidah-port"),
        ("The army is aware of an attack near Basra. Two rockets hit Camp Taji on Monday.", "iq-camp-taji"),
    ],
)
def test_a_site_that_is_named_is_the_one(text: str, facility: str) -> None:
    """A town in a site's name is not where it is; a site named goes before a place announced."""
    assert _only(text).facility_id == facility


@pytest.mark.parametrize(
    "text", [NEWS + "somewhere. A vessel was attacked.", "The master is aware of the rules. A vessel was attacked."]
)
def test_what_is_announced_nowhere_is_not_announced(text: str) -> None:
    """Without a place an announcement dates nothing."""
    assert read(report(text), 1, lexicon(), Policy())[1] == ()
