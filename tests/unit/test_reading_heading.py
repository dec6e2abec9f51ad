"""The headline is read as one wherever it stands: as the title, in the text once more, or in the text alone."""

import pytest

from streams.reading.page.heading import headline, repeated
from tests.unit.reader import reading_of

TITLE = "Rockets hit Ain al-Asad base"
STORY = (
    "BAGHDAD - Two Katyusha rockets landed inside Ain al-Asad air base in western Iraq on Tuesday, wounding a guard "
    "and setting a store of tyres on fire, the Security Media Cell said in a statement."
)


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}\n\n{STORY}",
        f"  {TITLE.upper()}\n{STORY}",
        f"Rockets hit Ain al-Asad\n\n{STORY}",
        f"“{TITLE}”\n\n{STORY}",
    ],
)
def test_a_title_that_stands_in_the_text_once_more_is_told_once(text: str) -> None:
    """In other letters, between quotation marks or shortened: the story goes on behind it."""
    assert text[repeated(TITLE, text) :] == STORY
    _, (mention,) = reading_of(text, title=TITLE)
    body = f"{TITLE}\n{text}"
    assert any("Two Katyusha rockets landed" in body[s.start : s.end] for s in mention.evidence if s.axis == "core")


@pytest.mark.parametrize(
    "text", [STORY, TITLE, f"Rockets\n\n{STORY}", f"{STORY}\n{TITLE}", f"{TITLE} again\n\n{STORY}"]
)
def test_what_opens_otherwise_is_not_the_title_once_more(text: str) -> None:
    """Nor is a text that holds nothing else, of which something has to be read."""
    assert repeated(TITLE, text) == 0


@pytest.mark.parametrize("between", ["\n\n", "\n", "\r\n\r\n"])
def test_a_headline_that_only_the_text_has_is_the_title(between: str) -> None:
    """Its evidence lies where it stands in the text, and it tells no incident of its own."""
    text = f"{TITLE}{between}{STORY}"
    start, end, behind = headline(text) or (0, 0, 0)
    assert (text[start:end], text[behind:]) == (TITLE, STORY)
    titled, alone = reading_of(STORY, title=TITLE)[1], reading_of(text)[1]
    assert [(m.threat_type, m.facility_id, m.effects) for m in alone] == [
        (m.threat_type, m.facility_id, m.effects) for m in titled
    ]
    spans = [f"\n{text}"[s.start : s.end] for m in alone for s in m.evidence if s.axis == "facility_id"]
    assert spans == ["Ain al-Asad air base"]


@pytest.mark.parametrize(
    "opening",
    [
        "Two rockets hit the base.",
        "- Rockets hit Ain al-Asad base",
        "2114L two rockets at the base",
        "Location: Ain al-Asad base",
        "Dear friends of the base",
        "HADITHA, Iraq - two rockets hit",
        "two rockets at the base",
        "Rockets again",
    ],
)
def test_an_opening_line_that_is_no_headline_stays_in_the_text(opening: str) -> None:
    """Sentences, items, entries, fields, letters, datelines and posts."""
    text = f"{opening}\n\n{STORY}"
    assert headline(text) is None
    assert headline(f"{TITLE}\n\nNobody was hurt.") is None
