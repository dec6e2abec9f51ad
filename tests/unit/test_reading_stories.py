"""Long stories and round-ups: at which of the sites told of an event plays, and what a later sentence adds."""

import pytest

from tests.unit.test_reading_where import told

_HARIR = "Two rockets hit the Harir air base on Tuesday night and wounded a cook, an officer said.\n\n"

ELSEWHERE = [
    (_HARIR + "A convoy was on its way to Kalar on Tuesday when gunmen shot at it and killed a driver.", None),
    (_HARIR + "In Tuz Khurmatu there was trouble too. Gunmen shot two policemen in a tea house on Tuesday.", None),
    (_HARIR + "It had been the turn of Basra the day before. Gunmen shot a judge there on Monday morning.", None),
    (_HARIR + "Two clerks were riding home on Monday when gunmen shot at their car and killed one.", None),
    (_HARIR + "The garrison had been warned. On Monday morning gunmen had shot at the sentries.", "iq-harir-air-base"),
    (_HARIR + "In Erbil province they expected more. On Monday gunmen had shot at a guard.", "iq-harir-air-base"),
    ("A mine killed two on the Gamboru-Ngala road on Tuesday.", None),
    ("Gunmen attacked the Ngala hub on Tuesday.", "ng-ngala-humanitarian-hub"),
    ("A missile hit a yard in Kyiv on Tuesday; a children's hospital half a kilometre away was hit by glass.", None),
    ("A missile hit the children's hospital in Kyiv on Tuesday.", "ua-okhmatdyt-hospital"),
    ("Two drones were shot down on Tuesday over the woods south of Harir Air Base.", "iq-harir-air-base"),
    ("Gunmen shot a farmer on Tuesday in a village 30 km south of Harir Air Base.", None),
    ("Men in a boat fired on Tuesday on the jetty of Haiti's main fuel terminal.", "ht-varreux-terminal"),
    (
        "Mortars were fired on Tuesday from the suburbs of Rafah at the Kerem Shalom crossing.",
        "il-kerem-shalom-crossing",
    ),
    (
        "A drone bound for the plant site was shot down on Tuesday. Scraps fell near South Ukraine NPP.",
        "ua-south-ukraine-npp",
    ),
]
"""Events that name no site, or a site only beside them, and the site of the last of them."""


@pytest.mark.parametrize("text, facility", ELSEWHERE)
def test_an_event_plays_where_its_paragraph_does(text: str, facility: str | None) -> None:
    """People under way and other towns are not at the site of the story; the ground about a site is."""
    assert told(text)[-1].facility_id == facility
