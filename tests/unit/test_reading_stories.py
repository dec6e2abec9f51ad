"""Long stories and round-ups: at which of the sites told of an event plays, and what a later sentence adds."""

import pytest

from tests.unit.reader import told

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


_TAJI = "Two rockets hit Camp Taji on Tuesday and wounded a cook.\n\n"

THAT_ONE = [
    (_TAJI + "On Monday a drone had been shot down over the base.", "iq-camp-taji"),
    (_TAJI + "On Monday a drone had dropped a bomb on the base at Qurayat, killing a guard.", None),
    (_TAJI + "About an hour later a drone fell near the camp on the river bank from which barges leave.", None),
    (
        _TAJI
        + "In Erbil the target was the American consulate. On Monday a drone crashed 600 metres from the compound.",
        "iq-us-consulate-erbil",
    ),
    (
        "11:14 Camp Taji. A drone was shot down over the camp at 02:15.\n10:22 Basra. Rockets hit the airport at 07:05",
        "iq-basra-international-airport",
    ),
]
"""Stories with a site of their own before, and the site of their last event."""

DIGESTS = [
    (
        "Dikwa. 9/3. Attack by gunmen on the hub gate.\n\nGubio. 10/3, 1540. Quadcopter, two bombs, on the army base.",
        None,
    ),
    (
        "Dikwa. 9/3. Gunmen at the hub gate.\n\nBama. 9/3. Nil.\n\nMonguno. 10/3, 2110. Three shots at a guest house.",
        None,
    ),
    (
        "Banki. 9/3, 0900. Nothing.\n\nDikwa. 10/3, 2110. Three shots at the gate of the hub.",
        "ng-dikwa-humanitarian-hub",
    ),
]
"""Items that open with a place, and the site of the last."""


@pytest.mark.parametrize("text, facility", THAT_ONE)
def test_the_base_is_the_one_told_of_nearest(text: str, facility: str | None) -> None:
    """A site of the same paragraph goes before one of an earlier, and words of its own make it another."""
    assert told(text)[-1].facility_id == facility


@pytest.mark.parametrize("text, facility", DIGESTS)
def test_an_item_plays_at_the_place_that_it_opens_with(text: str, facility: str | None) -> None:
    """The army base of a town that no list has is not that of the item before."""
    assert told(text, kind="ngo")[-1].facility_id == facility


CARRIED = [
    (
        "Overnight on Tuesday 31 drones came over. Three of them damaged a hangar at Mitiga airport.",
        "ly-mitiga-airport",
    ),
    ("Two rockets were launched from a lorry. They landed in Camp Taji on Tuesday.", "iq-camp-taji"),
    ("A drone was seen on Tuesday morning. A guard shot it down over the kitchen of Camp Taji.", "iq-camp-taji"),
    ("In the capital the means had been rockets. Five of them were launched on Tuesday at Camp Taji.", "iq-camp-taji"),
    ("Mortar bombs were heard at noon on Tuesday. Two fell short, and the other hit Camp Taji.", "iq-camp-taji"),
    ("The price of drones fell on Tuesday. It hit makers near Camp Taji.", None),
    ("A rocket was shown to reporters. They were flown to Camp Taji on Tuesday.", None),
    ("The army fired two rockets at a raft in a drill on Monday. One of them fell near Camp Taji.", None),
    ("Drones were banned in the province. It was destroyed on Tuesday, the tower of Camp Taji.", None),
]
"""A weapon, a word that stands for it, and the site that it came to."""


@pytest.mark.parametrize("text, facility", CARRIED)
def test_a_word_stands_for_the_weapon_told_before(text: str, facility: str | None) -> None:
    """Of "three of them", "the other", "it" is said what the weapon did, if that was told in earnest and agrees."""
    assert [m.facility_id for m in told(text)] == ([facility] if facility else [])


REGISTERS = [
    ("Gao. 9/3, 1400. Patrol fired on, 3 WIA.", {("small_arms", "executed")}),
    ("Gao road, km 61. 09/03, about 20h. Ambush on a water convoy, machine guns.", {("small_arms", "executed")}),
    ("Mogadishu. Sat 9/3, 2015 hrs: two mortar rounds, airport. None hurt.", {("mortar_artillery", "executed")}),
    ("Gao. 9/3, 1400. Convoy shot at from a dune, one dead.", {("small_arms", "executed")}),
    ("Gao. 9/3, 1400. Patrol fired on a car that would not stop.", set()),
    ("Gao. 9/3, 1400. Soldiers shot at the tyres of a lorry.", set()),
    ("Gao. 9/3, 1400. Shots at the market: a wedding.", set()),
    ("Gao. 9/3, 1400. Two old mortar bombs, destroyed by sappers.", set()),
]
"""An entry after another, and what it tells."""


@pytest.mark.parametrize("text, want", REGISTERS)
def test_an_entry_of_a_register_needs_few_words(text: str, want: set[tuple[str, str]]) -> None:
    """An entry headed by place, day and hour tells an incident without a verb; who is "fired on" did not fire."""
    before = "Menaka. 8/3, 0900. Office closed.\n\nKidal. 8/3, 1000. No news.\n\n"
    assert {(m.threat_type.value, m.status.value) for m in told(before + text, kind="ngo")} == want
