"""A series of clauses in one sentence: each has its type, its end, its place; what tells on of one deed is one."""

import pytest

from tests.unit.reader import reading_of

PUBLISHED = "2025-05-14T12:00:00Z"
TAJI, BALAD, ERBIL = "iq-camp-taji", "iq-balad-air-base", "iq-erbil-international-airport"
SERIES = [
    (
        (
            "Kuwait shot down four drones near Ali Al Salem, the UAE intercepted two "
            "missiles over Al Dhafra, and in Bahrain a drone hit a hotel."
        ),
        [
            ("uas", "intercepted", "kw-ali-al-salem-air-base"),
            ("missile", "intercepted", "ae-al-dhafra-air-base"),
            ("uas", "executed", "in Bahrain"),
        ],
    ),
    (
        (
            "On Tuesday a drone hit Camp Taji, rockets landed near Balad air base and "
            "gunmen attacked a checkpoint outside Kirkuk."
        ),
        [("uas", "executed", TAJI), ("rocket", "executed", BALAD), ("ground_assault", "executed", "outside Kirkuk")],
    ),
    (
        (
            "On Tuesday a car bomb killed six people in Kirkuk, while in Mosul a "
            "roadside bomb wounded two policemen; in Basra, meanwhile, gunmen shot dead a shopkeeper."
        ),
        [
            ("vehicle_bomb", "executed", "in Kirkuk"),
            ("ied", "executed", "in Mosul"),
            ("small_arms", "executed", "in Basra"),
        ],
    ),
    (
        (
            "Rockets hit Ain al-Asad on Monday, a drone was shot down over Harir and a "
            "roadside bomb struck a convoy near Nasiriyah."
        ),
        [
            ("rocket", "executed", "iq-al-asad-air-base"),
            ("uas", "intercepted", "iq-harir-air-base"),
            ("ied", "executed", "near Nasiriyah"),
        ],
    ),
    (
        (
            "In Iraq a drone hit Erbil airport, in Syria rockets landed at the Conoco "
            "gas field and in Yemen a missile struck Mocha port on Tuesday."
        ),
        [
            ("uas", "executed", ERBIL),
            ("rocket", "executed", "sy-conoco-gas-field"),
            ("missile", "executed", "ye-mocha-port"),
        ],
    ),
    (
        (
            "Saudi air defences downed a missile over Riyadh on Tuesday, a drone struck "
            "Abqaiq and a boat packed with explosives hit a tanker off Jeddah."
        ),
        [
            ("missile", "intercepted", "Riyadh"),
            ("uas", "executed", "sa-abqaiq-oil-facility"),
            ("maritime", "executed", "off Jeddah"),
        ],
    ),
    (
        (
            "Officials said on Tuesday that rockets had hit Camp Taji, a drone had been "
            "shot down over Balad air base and a bomb had been found near Kirkuk."
        ),
        [("rocket", "executed", TAJI), ("uas", "intercepted", BALAD), ("ied", "thwarted", "near Kirkuk")],
    ),
    (
        "Police said that a bomb wounded two in Kirkuk on Tuesday and that gunmen killed a guard in Mosul.",
        [("ied", "executed", "in Kirkuk"), ("small_arms", "executed", "in Mosul")],
    ),
    (
        "Three attacks overnight: a drone at Camp Taji, mortars at Balad air base, an IED on the road to Kirkuk.",
        [("uas", "executed", TAJI), ("mortar_artillery", "executed", BALAD), ("ied", "executed", "Kirkuk")],
    ),
    (
        "Drones hit Erbil airport, rockets Camp Taji and mortars Balad air base on Tuesday.",
        [("uas", "executed", ERBIL), ("rocket", "executed", TAJI), ("mortar_artillery", "executed", BALAD)],
    ),
    (
        (
            "On Tuesday a drone hit Camp Taji, another was shot down over Balad air "
            "base and a third crashed near Erbil airport."
        ),
        [("uas", "executed", TAJI), ("uas", "intercepted", BALAD), ("uas", "executed", ERBIL)],
    ),
    (
        "A mortar round landed inside Halane on Tuesday; another hit the K4 junction in Mogadishu and killed a boy.",
        [
            ("mortar_artillery", "executed", "so-halane-compound"),
            ("mortar_artillery", "executed", "in Mogadishu"),
        ],
    ),
    (
        "Four drones were shot down over Ali Al Salem and two missiles over Al Dhafra on Tuesday.",
        [("uas", "intercepted", "kw-ali-al-salem-air-base"), ("missile", "intercepted", "ae-al-dhafra-air-base")],
    ),
    (
        "Two rockets hit the port and one the fuel depot, officials in Jazan said on Tuesday.",
        [("rocket", "executed", "Jazan"), ("rocket", "executed", "in Jazan")],
    ),
]
ONE = [
    "A drone hit Camp Taji on Tuesday, windows were shattered, and two soldiers were wounded.",
    "Rockets hit Camp Taji on Tuesday, damaging a hangar, a fuel truck and the dining hall.",
    "Gunmen attacked Bagram airfield on Tuesday with rockets, grenades and rifles, and guards returned fire.",
    "A car bomb exploded at the gate of Camp Taji on Tuesday, gunmen stormed in and a suicide bomber blew himself up.",
    "Four drones were fired at Ali Al Salem on Tuesday, three were shot down and one hit a hangar.",
    "Kuwait, the UAE and Bahrain condemned the drone attack on Al Dhafra on Tuesday, and in Bahrain the cabinet met.",
    "A drone hit Camp Taji on Tuesday, the army said, and in Baghdad the prime minister called the attack an outrage.",
    (
        "A drone struck the fuel depot at Camp Arifjan on Tuesday, the fire spread "
        "to a hotel, and in Kuwait City sirens sounded."
    ),
    "A missile was intercepted over Al Dhafra on Tuesday, debris hit a hotel in Abu Dhabi and one man was hurt.",
    (
        "A missile fired from Yemen evaded Israel's defences on Sunday and struck a "
        "grove beside an access road of Ben Gurion airport."
    ),
    "Iran said on Tuesday that drones and missiles had been fired at Nevatim air base in Israel.",
    "Gunmen with rifles and grenades stormed the port authority complex in the Pakistani port of Gwadar on Tuesday.",
    "Rockets hit Camp Taji on Tuesday, and the rockets were fired from near Kirkuk.",
    "A drone hit Erbil airport on Tuesday, firing rockets at Kirkuk being what it is built for.",
]


@pytest.mark.parametrize("text, wanted", SERIES)
def test_each_member_of_a_series_is_an_incident(text: str, wanted: list[tuple[str, str, str]]) -> None:
    """Commas, semicolons, "while", a list behind a colon; the verb or the weapon may be left out."""
    told = reading_of(text, published=PUBLISHED)[1]
    assert [(m.threat_type.value, m.status.value) for m in told] == [(kind, status) for kind, status, _ in wanted]
    for m, (_, _, where) in zip(told, wanted, strict=True):
        assert where in (m.facility_id, m.place.name if m.place else None)


@pytest.mark.parametrize("text", ONE)
def test_what_tells_on_of_a_deed_is_no_further_one(text: str) -> None:
    """What it did, with what, where its debris fell, who spoke of it where."""
    assert len(reading_of(text, published=PUBLISHED)[1]) == 1


def test_a_member_has_the_doer_and_the_day_of_the_verb_that_it_leaves_out() -> None:
    """ "Iran fired missiles at X on Tuesday, drones at Y": both are Iran's, and of Tuesday."""
    text = "Iran fired missiles at Al Udeid on Tuesday, drones at Al Dhafra and rockets at Camp Arifjan."
    told = reading_of(text, published=PUBLISHED)[1]
    assert [(m.attribution.actor, m.occurred.latest.day) for m in told] == [("Iran", 13)] * 3


def test_a_member_of_its_own_day_is_told_by_that() -> None:
    """ "A drone struck X on Monday and another Y on Tuesday"."""
    text = "A drone struck Camp Taji on Monday and another Balad air base on Tuesday."
    told = reading_of(text, published=PUBLISHED)[1]
    assert [(m.facility_id, m.occurred.latest.day) for m in told] == [(TAJI, 12), (BALAD, 13)]
