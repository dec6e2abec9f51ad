"""Lists: what is one, and that each of its lines stands for itself."""

import pytest

from streams.reading.text.lists import itemised
from tests.unit.reader import reading_of

ENTRIES = ("Mosul: a rocket fell on a field", "Gao camp: mail late", "Kirkuk: rain and fog")


@pytest.mark.parametrize(
    "text",
    [
        "- Road open.\n- Mail late.\n- Rain.",
        "1) Road open.\n2) Mail late.\n3) Rain.",
        "(1) Road open.\n(2) Mail late.\n(3) Rain.",
        "A/ road open\nB/ mail late\nC/ rain",
        "a) road open\nb) mail late\nc) rain",
        "0530Z  generator change\n0712Z  mail late\n1500Z  rain",
        "06:40 Road open.\n07:10 Mail late.\n08:00 Rain.",
        "3 JUN: nil.\n4 JUN: mail late.\n5 JUN: rain.",
        "\n".join(ENTRIES),
        "Mosul | 30 Dec | 0505 | road open\nGao | 31 Dec | - | mail late\nKidal | 1 Jan | 0900 | rain",
        "MOSUL -- road open.\nGAO -- mail late.\nKIDAL -- rain.",
        "Mosul, 15 July: road open.\nGao, 16 July: mail late.\nKidal, 17 July: rain.",
    ],
)
def test_how_lines_open_tells_a_list(text: str) -> None:
    """Bullets, numbers, letters, hours, days and places open the lines of a list."""
    assert itemised(text)


@pytest.mark.parametrize(
    "text",
    [
        "The road is open.\n\nThe mail is late, as it was on Monday.\n\nIt rained.",
        "MOSUL - The road is open.\n\nThe mail, he said, is late.\n\nOn Monday it rained, he said.",
        "Note: the road is open.\nHe said that it had been so: since Monday.\nIt rained.\nFog is expected.",
    ],
)
def test_prose_is_no_list(text: str) -> None:
    """A dateline or a colon makes no list."""
    assert not itemised(text)


def test_an_entry_does_not_play_at_the_site_of_another() -> None:
    """The only site that a list names is that of its own entry."""
    entries = (
        "Gao camp: two rockets hit the fence on Tuesday night.",
        "Tinfara: gunmen shot a driver dead on Tuesday at noon.",
        "Doro: mail late.",
        "Ansongo: rain.",
    )
    _, mentions = reading_of("\n".join(entries), kind="ngo")
    assert [m.facility_id for m in mentions] == ["ml-gao-camp", None]


def test_a_paragraph_that_names_its_site_tells_of_no_deed_elsewhere() -> None:
    """What was done in a village is not told again by what was done otherwise at a base."""
    text = (
        "BAGHDAD, March 14 (Reuter) - Two policemen were shot dead in Sakhriya on Tuesday morning, an officer said.\n\n"
        "A bomb was thrown at the gate of Camp Taji on Tuesday morning and did not explode. Shops were open, he said."
    )
    _, mentions = reading_of(text)
    assert [(m.threat_type.value, m.facility_id) for m in mentions] == [("small_arms", None), ("ied", "iq-camp-taji")]
