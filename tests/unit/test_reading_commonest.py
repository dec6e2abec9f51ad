"""The commonest statements of incidents in flashes, notices and posts."""

import pytest

from tests.unit.reader import reading_of

PUBLISHED = "2025-05-14T12:00:00Z"
TOLD = [
    (
        "Gang fires on plane landing at Toussaint Louverture airport on Tuesday, flight attendant hurt.",
        [("small_arms", "executed", "ht-toussaint-louverture-airport")],
    ),
    ("Gunmen shot at a minibus near Gao on Tuesday.", [("small_arms", "executed", "near Gao")]),
    ("Soldier stabbed outside Camp Bondsteel on Tuesday", [("other", "executed", "xk-camp-bondsteel")]),
    (
        "Attack on vessel 60NM west of Hodeidah: UKMTO on Tuesday",
        [("maritime", "executed", "60NM west of Hodeidah")],
    ),
    (
        "UKMTO received a report of an attack on a tanker 30 nautical miles off Mukalla on Tuesday.",
        [("maritime", "executed", "30 nautical miles off Mukalla")],
    ),
    (
        "Unknown drone photographed Zaporizhzhia NPP on Tuesday, IAEA says.",
        [("surveillance", "executed", "ua-zaporizhzhia-npp")],
    ),
    (
        "Two missiles were intercepted over Abha on Tuesday, and Jizan airport was hit.",
        [("missile", "intercepted", "Abha"), ("missile", "executed", "sa-jizan-airport")],
    ),
    (
        "A suspicious boat approached a tanker 20 nm off Hodeidah on Tuesday; guards fired shots, it turned away.",
        [("maritime", "intercepted", "20 nm off Hodeidah")],
    ),
    (
        "Armed men abducted two MSF nurses in Goma on Monday and a driver in Beni on Tuesday.",
        [("kidnapping", "executed", "in Goma"), ("kidnapping", "executed", "in Beni")],
    ),
    (
        "Gunmen killed a guard in Mosul on Sunday and two policemen near Kirkuk on Tuesday.",
        [("small_arms", "executed", "in Mosul"), ("small_arms", "executed", "near Kirkuk")],
    ),
    (
        "A man with a knife was shot dead at the gate of the US embassy in Beirut on Tuesday.",
        [("other", "executed", "lb-us-embassy-beirut")],
    ),
]
ONE = [
    "Armed men abducted two nurses in Goma on Monday and a spokesman in Kinshasa on Tuesday condemned it.",
    "Rockets hit Camp Taji on Tuesday, and a hangar was hit.",
    "Rockets hit Camp Taji on Tuesday; the prime minister was hit by the news.",
]
NOTHING = [
    "A drone photographed the bridge for the survey on Tuesday near Erbil airport.",
    "Attacks on ships off Yemen have fallen since January.",
    "The navy's coast guard fired warning shots at a fishing boat off Jeddah on Tuesday.",
    "A chef with a knife was shot by a film crew in Beirut on Tuesday.",
]


@pytest.mark.parametrize("text, wanted", TOLD)
def test_they_are_read(text: str, wanted: list[tuple[str, str, str]]) -> None:
    """Type, how far it came, and where."""
    told = reading_of(text, published=PUBLISHED)[1]
    assert [(m.threat_type.value, m.status.value) for m in told] == [(kind, status) for kind, status, _ in wanted]
    for m, (_, _, where) in zip(told, wanted, strict=True):
        assert where in (m.facility_id, m.place.name if m.place else None)


@pytest.mark.parametrize("text", ONE)
def test_who_speaks_and_what_else_was_hit_there_is_no_further_one(text: str) -> None:
    """One incident each."""
    assert len(reading_of(text, published=PUBLISHED)[1]) == 1


@pytest.mark.parametrize("text", NOTHING)
def test_what_has_their_words_is_none(text: str) -> None:
    """Work, statistics, one's own guards, the cinema."""
    assert not reading_of(text, published=PUBLISHED)[1]
