"""One sentence, several sites and days: each with its own; one incident, however many days and sites are spoken of."""

import pytest

from tests.unit.reader import reading_of

PUBLISHED = "2025-05-14T12:00:00Z"
TAJI, BALAD, ERBIL = "iq-camp-taji", "iq-balad-air-base", "iq-erbil-international-airport"
BAGRAM, KABUL = "af-bagram-airfield", "af-kabul-airport"
SHARES = [
    ("Rockets hit Camp Taji on Monday and Balad air base on Tuesday.", [(TAJI, 12), (BALAD, 13)]),
    ("Rockets hit Bagram on Monday and Jalalabad airfield on Tuesday.", [(BAGRAM, 12), ("Jalalabad airfield", 13)]),
    ("Rockets fell on Monday at Camp Taji and on Tuesday at Balad air base.", [(TAJI, 12), (BALAD, 13)]),
    (
        "Drones hit Camp Taji on 10 May, Balad air base on 11 May and Erbil airport on 12 May.",
        [(TAJI, 10), (BALAD, 11), (ERBIL, 12)],
    ),
    ("On Saturday and Sunday, rockets hit Taji and Balad air base respectively.", [(TAJI, 10), (BALAD, 11)]),
    ("Drones struck Erbil airport and Camp Taji on 10 May and 12 May respectively.", [(ERBIL, 10), (TAJI, 12)]),
    ("Rockets hit Camp Taji on Monday, three days after a similar attack on Balad air base.", [(TAJI, 12), (BALAD, 9)]),
    (
        "Rockets hit Camp Taji on Monday, eight days after a similar attack on Balad air base.",
        [(TAJI, 12), (BALAD, 4)],
    ),
    (
        "Gunmen attacked Bagram airfield on Tuesday, a week after an earlier attack on Kabul airport.",
        [(BAGRAM, 13), (KABUL, 6)],
    ),
    (
        "Mortars hit Camp Taji on Monday and on Tuesday a drone hit Tikrit air base.",
        [(TAJI, 12), ("Tikrit air base", 13)],
    ),
    ("Mortars hit Camp Taji on Monday; on Tuesday a drone hit Tikrit air base.", [(TAJI, 12), ("Tikrit air base", 13)]),
    ("Rockets hit Camp Taji on Monday; on Tuesday rockets hit Balad air base.", [(TAJI, 12), (BALAD, 13)]),
    (
        "Gunmen attacked Bagram airfield on Monday; rockets hit Khost airfield on Tuesday.",
        [(BAGRAM, 12), ("Khost airfield", 13)],
    ),
    (
        "Attackers also struck on Monday, when mortar bombs fell on Bagram; on Tuesday rockets hit Jalalabad airfield.",
        [(BAGRAM, 12), ("Jalalabad airfield", 13)],
    ),
]
ONE = [
    ("Rockets hit Camp Taji on Monday and wounded two soldiers, officials said on Tuesday.", 12),
    ("Rockets hit Camp Taji on Monday and the army said on Tuesday that two soldiers had died.", 12),
    ("A drone hit Camp Taji on Monday, and the commander said on Tuesday that the drone was downed.", 12),
    ("Rockets hit Camp Taji on Monday, three days after a similar attack on the same base.", 12),
    ("Rockets hit Camp Taji on Monday, a day after the minister had left Baghdad.", 12),
    ("Attackers struck on Monday, when a car bomb exploded at the gate of Camp Taji.", 12),
    ("Drones were seen above Camp Taji on Saturday and again on Monday.", 10),
    ("Mortars hit Camp Taji on Monday; a round hit the dining hall.", 12),
]
SEVERAL = [
    (
        "Two attacks were reported in Kabul on Tuesday: a grenade wounded a guard and a mine killed a UN driver.",
        [("other", None, 1), ("ied", 1, None)],
    ),
    (
        "Three incidents in Mogadishu on Monday: a shell hit the airport, a grenade hurt a man and a bomb killed two.",
        [("mortar_artillery", None, None), ("other", None, 1), ("ied", 2, None)],
    ),
    ("A grenade wounded a guard at Camp Taji on Tuesday and a sticky bomb killed a driver there.", [("ied", 1, 1)]),
]


@pytest.mark.parametrize("text, wanted", SHARES)
def test_each_site_has_its_own_day(text: str, wanted: list[tuple[str, int]]) -> None:
    """One verb or two, a site in no list among them; the day is that which stands with the site."""
    told = reading_of(text, published=PUBLISHED)[1]
    assert [(m.facility_id or (m.place.name if m.place else None), m.occurred.latest.day) for m in told] == wanted


@pytest.mark.parametrize("text, day", ONE)
def test_what_only_speaks_of_several_days_is_one(text: str, day: int) -> None:
    """The day on which somebody spoke, a site that is not named, the same deed told with its weapon."""
    (told,) = reading_of(text, published=PUBLISHED)[1]
    assert told.occurred.latest.day == day


@pytest.mark.parametrize("text, wanted", SEVERAL)
def test_what_a_sentence_counts_it_tells_one_by_one(
    text: str, wanted: list[tuple[str, int | None, int | None]]
) -> None:
    """Each with its own victims; what is not counted is one deed, as before."""
    told = reading_of(text, published=PUBLISHED)[1]
    assert [(m.threat_type.value, m.effects.killed, m.effects.wounded) for m in told] == wanted
