"""Terse reports: a place, a time or a count that stands alone; entries without a verb; one more, told before."""

import pytest

from tests.unit.reader import reading_of

PUBLISHED = "2025-05-14T12:00:00Z"
TERSE = [
    ("2 rockets, 1 hit, 0 cas. FOB Union III. 132210C MAY 25.", "iq-union-iii", "2025-05-13T19:10", (0, 0)),
    (
        "IDF attack, 3 rds impacted. Camp Taji. 121545Z MAY 25. No casualties.",
        "iq-camp-taji",
        "2025-05-12T15:45",
        (0, 0),
    ),
    ("UAS shot down. Erbil AB. 130200Z MAY 25.", "iq-erbil-air-base", "2025-05-13T02:00", (None, None)),
    (
        "Vehicle-borne IED detonated at ECP 3, Camp Marmal. 1x US KIA, 4x AFG WIA. 130930LMAY25.",
        "Camp Marmal",
        "2025-05-13T05:00",
        (1, 4),
    ),
    ("Mortar attack on Camp Taji.\n121545Z MAY 25", "iq-camp-taji", "2025-05-12T15:45", (None, None)),
]
NOT_ALONE = [
    "A mortar attack on Camp Taji. 12 May was quiet.",
    "A mortar attack on Camp Taji. The general left on 12 May for talks in Amman and Cairo.",
]
ENTRIES = [
    ("- 8 May: Rocket attack, Al Asad.\n- 10 May: UAS shot down, Erbil AB.\n- 12 May: Mortars, Camp Taji, 1 WIA.", 3),
    ("- Monday: Mortars, Camp Taji.\n- Tuesday: Rocket attack, Erbil AB.\n- Today: quiet.", 2),
    (
        "Mali: 7 May - IED, Menaka, 2 killed. 8 May - Abduction of NGO driver, Gao. 10 May - Mortar fire at Gao camp.",
        3,
    ),
    ("- 8 May: Rocket attack, Al Asad.\n- 10 May: Mortars for the new brigade were shown.\n- 12 May: all quiet.", 1),
]
ONE_MORE = [
    (
        "Two rockets hit Camp Taji on Tuesday. On Monday, a third had landed outside the wall, hurting a cook.",
        [13, 12],
        [None, 1],
    ),
    (
        "Two shells hit Camp Taji on Tuesday. The day before, at 9 a.m., a third had fallen by the gate.",
        [13, 12],
        [None, None],
    ),
    ("Two rockets hit Camp Taji on Tuesday. On Monday, a third of the staff had left.", [13], [None]),
]


@pytest.mark.parametrize("text, where, when, toll", TERSE)
def test_what_stands_alone_is_of_the_report(
    text: str, where: str, when: str, toll: tuple[int | None, int | None]
) -> None:
    """The name of a site, a date-time group, who was hurt."""
    (told,) = reading_of(text, published=PUBLISHED)[1]
    assert where in (told.facility_id, told.place.name if told.place else None)
    assert told.occurred.earliest.isoformat().startswith(when)
    assert (told.effects.killed, told.effects.wounded) == toll


def test_each_of_two_terse_reports_has_its_own_site_and_time() -> None:
    """What stands alone belongs to its own lines."""
    text = f"{TERSE[0][0]}\n\nMortar round impacted, 1 WIA. Camp Taji. 122210C MAY 25."
    told = [(m.facility_id, m.occurred.latest.day) for m in reading_of(text, published=PUBLISHED)[1]]
    assert told == [("iq-union-iii", 13), ("iq-camp-taji", 12)]


@pytest.mark.parametrize("text", NOT_ALONE)
def test_a_day_of_something_else_dates_nothing(text: str) -> None:
    """What else is told of a day is not when it happened."""
    (told,) = reading_of(text, published=PUBLISHED)[1]
    assert told.occurred.latest.isoformat().startswith("2025-05-14T12:00")


@pytest.mark.parametrize("text, count", ENTRIES)
def test_an_entry_needs_no_verb(text: str, count: int) -> None:
    """A weapon opens it, or an abduction of somebody; weapons on show are none."""
    assert len(reading_of(text, published=PUBLISHED, kind="ngo")[1]) == count


@pytest.mark.parametrize("text, days, wounded", ONE_MORE)
def test_one_more_on_a_day_before_is_another(text: str, days: list[int], wounded: list[int | None]) -> None:
    """The weapon is left out; the day, and whom it hurt, are its own."""
    told = reading_of(text, published=PUBLISHED)[1]
    assert [m.occurred.latest.day for m in told] == days
    assert [m.effects.wounded for m in told] == wounded
