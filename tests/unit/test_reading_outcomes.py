"""How far an event came where a clause says so outright; beside each what came less far, or farther."""

import pytest

from tests.unit.reader import told

TOLD = [
    ("A man stabbed two guards outside the US embassy in Tunis on Monday before he was overpowered.", "executed"),
    ("A gunman shot two guards outside the US embassy in Tunis on Monday before he was overpowered.", "executed"),
    ("A gunman opened fire at the US embassy in Tunis on Monday before being disarmed.", "executed"),
    (
        "A man with an axe attacked a guard at the US embassy in Tunis on Monday and was wrestled to the ground.",
        "executed",
    ),
    (
        "An attacker slashed a policeman outside the US consulate in Istanbul on Monday before passers-by subdued him.",
        "executed",
    ),
    ("A man fired several shots at the gate of the US embassy in Tunis on Monday and was then arrested.", "executed"),
    ("A man threw a petrol bomb at the US embassy in Tunis on Monday and was detained.", "executed"),
    (
        "A soldier turned his rifle on his comrades at Camp Taji on Monday, killing one, before he was tackled.",
        "executed",
    ),
    ("A driver rammed the gate of the US embassy in Tunis on Monday and was arrested.", "executed"),
    ("Guards overpowered a man who had stabbed a colleague outside the US embassy in Tunis on Monday.", "executed"),
    ("A car bomb exploded 300 metres short of the gate of Camp Taji on Monday.", "executed"),
    (
        "Soldiers opened fire on a car bomb speeding to the Gao base on Monday; it exploded 300 metres short of it.",
        "executed",
    ),
    (
        "A suicide truck bomb detonated before it could reach the gate of Camp Taji on Monday.",
        "executed",
    ),
    (
        "Guards shot at a truck full of explosives at Camp Taji on Monday, and it blew up 100 metres from the gate.",
        "executed",
    ),
    ("Air defences drove off a warplane that tried to bomb Mitiga airport on Monday.", "intercepted"),
    ("Anti-aircraft fire forced bombers to turn away from Khartoum airport on Monday.", "intercepted"),
    ("Army gunners chased away two jets that had come to bomb Khartoum airport on Monday.", "intercepted"),
    ("Fighter jets forced a warplane to break off an attack on Mitiga airport on Monday.", "intercepted"),
    ("A bombing run on Khartoum airport on Monday was beaten off by anti-aircraft guns.", "intercepted"),
    ("Air defences prevented warplanes from bombing Khartoum airport on Monday.", "intercepted"),
    (
        "Surface-to-air missiles drove away aircraft that were about to bomb Port Sudan airport on Monday.",
        "intercepted",
    ),
    ("A warplane bombed Mitiga airport on Monday before air defences drove it off.", "executed"),
    ("Warplanes bombed Khartoum airport on Monday despite anti-aircraft fire.", "executed"),
    ("Jets struck Khartoum airport on Monday and then turned away.", "executed"),
    ("A man with a knife was overpowered at the gate of the US embassy in Tunis on Monday.", "thwarted"),
    ("A gunman was disarmed outside the US embassy in Tunis on Monday before he could open fire.", "thwarted"),
    ("Police arrested a man who planned to open fire at the US embassy in Tunis on Monday.", "thwarted"),
    (
        "A helicopter destroyed a car bomb racing towards Camp Taji on Monday before it could reach the gate.",
        "intercepted",
    ),
    ("A car bomb was blown up by a tank shell as it raced towards Camp Taji on Monday.", "intercepted"),
    ("A man carrying explosives was overpowered at the gate of Erbil airport on Monday.", "thwarted"),
    (
        "Guards attacked and disarmed a man with an axe at the gate of the US embassy in Tunis on Monday.",
        "thwarted",
    ),
]
NONE = [
    "Anti-aircraft fire forced an airliner to turn away from Khartoum airport on Monday.",
    "Two bombers turned back from a training flight to Incirlik air base on Monday.",
]


@pytest.mark.parametrize("text, status", TOLD)
def test_how_far_it_came(text: str, status: str) -> None:
    """Who is overpowered afterwards did it; a bomb short of the gate went off; aircraft driven off dropped nothing."""
    assert [m.status.value for m in told(text, kind="news")] == [status]


@pytest.mark.parametrize("text", NONE)
def test_aircraft_that_attack_nothing_are_no_incident(text: str) -> None:
    """An airliner that turns away, bombers in training."""
    assert told(text, kind="news") == ()
