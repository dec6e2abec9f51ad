"""How a passage is meant: rows of what must be kept out, each beside what must not be lost by the same rule."""

import pytest

from tests.unit.test_reading_reports import reading_of

QUIET = {
    "exercise traffic": [
        ("field", "EX EX EX\nCONTACT REPORT\n1. 0441Z mortars impacted Camp Lemonnier, 3 WIA.\nEX EX EX"),
        ("field", "Exercise DESERT SHIELD II - INJECT 12\n1. 0441Z drone hit fuel farm Camp Lemonnier."),
        ("official", "FOR EXERCISE PURPOSES ONLY. At 04:40 today gunmen stormed Camp Lemonnier and killed two guards."),
        ("wire", "THIS IS A DRILL. Rockets struck Camp Taji on Tuesday, killing two soldiers."),
        ("ngo", "EXCON message 4. A car bomb hit Camp Taji on Tuesday. Three staff were wounded (notional)."),
        ("field", "SITREP 3\n1. 0441Z rockets impacted Camp Taji.\n2. CAS 14 WIA (sim).\n3. RWY cratered (sim)."),
    ],
}
"""What makes no mention, by what keeps it out."""

TOLD = {
    "exercise traffic": [
        (
            "field",
            "EX EX EX\n1. 0441Z mortars impacted Camp Lemonnier.\n2. NO DUFF: 0512Z shots fired, Camp Lemonnier.",
            ["small_arms"],
        ),
        (
            "field",
            "STARTEX 0600Z\n1. Notional VBIED.\n2. REAL WORLD: 0512Z two rockets impacted Camp Lemonnier.",
            ["rocket"],
        ),
        ("field", "THIS IS NOT AN EXERCISE. 0512Z two rockets impacted Camp Lemonnier, 1 WIA.", ["rocket"]),
        ("field", "LOG\n1. 0441Z two rockets impacted Camp Taji.\n2. EX EX EX mortars impacted Camp Taji.", ["rocket"]),
        ("wire", "A drone hit Camp Taji on Tuesday, days after a joint exercise there.", ["uas"]),
        (
            "wire",
            'Rockets struck Camp Taji on Tuesday, killing one. "Exercise, exercise," a loudspeaker had said at noon.',
            ["rocket"],
        ),
        ("official", "EXERCISE INCREASED CAUTION: at 04:40 today gunmen stormed Camp Lemonnier.", ["ground_assault"]),
    ],
}
"""What stands beside it, and the types of its incidents."""


@pytest.mark.parametrize("kind,text", [row for rows in QUIET.values() for row in rows])
def test_what_is_not_meant_makes_no_mention(kind: str, text: str) -> None:
    """Exercise traffic, denials, questions, announcements and what is explained innocently tell no incident."""
    assert reading_of(text, kind=kind)[1] == ()


@pytest.mark.parametrize("kind,text,types", [row for rows in TOLD.values() for row in rows])
def test_what_stands_beside_it_is_told(kind: str, text: str, types: list[str]) -> None:
    """The same words about something that did happen leave its incidents standing."""
    assert [m.threat_type.value for m in reading_of(text, kind=kind)[1]] == types
