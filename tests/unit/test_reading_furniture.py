"""Links to other stories, credits and notices tell nothing of a story, and are set aside where they sound alarming."""

import pytest

from streams.reading.text.furniture import furniture
from tests.unit.reader import reading_of

STORY = "Two rockets landed near Ain al-Asad air base on Tuesday. Nobody was hurt."
LINKS = [
    "Related stories",
    "› Drone hits Erbil International Airport on Monday",
    "",
    "- Car bomb at Kabul airport kills six",
]


@pytest.mark.parametrize(
    "lines, links",
    [
        (
            [STORY, "Read also: Drone hits Erbil airport", "The army is looking."],
            ["Read also: Drone hits Erbil airport"],
        ),
        ([STORY, *LINKS], [LINKS[1], LINKS[3]]),
        ([STORY, *LINKS, "A third rocket fell on Wednesday."], [LINKS[1], LINKS[3]]),
        ([STORY, "MOST READ", "1. Shells on Goma", "2. Who fired?"], ["1. Shells on Goma", "2. Who fired?"]),
        (
            [STORY, "(Reporting by Ali Hadi in Baghdad; editing by Jo Marsh)"],
            ["(Reporting by Ali Hadi in Baghdad; editing by Jo Marsh)"],
        ),
        ([STORY, "© 2024 Rockets & Sons"], ["© 2024 Rockets & Sons"]),
        (
            ["By Ann Marsh and J. B. Kerr in Baghdad", "Updated 14:05 GMT", STORY],
            ["By Ann Marsh and J. B. Kerr in Baghdad", "Updated 14:05 GMT"],
        ),
        ([STORY, "More from Gulf Wire:", "Ship seized"], ["Ship seized"]),
    ],
)
def test_links_are_told_from_the_story(lines: list[str], links: list[str]) -> None:
    """A line that says so, and those under a heading that does, until the story goes on."""
    text = "\n".join(lines)
    assert [text[start:end] for start, end in furniture(text)] == links


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        "Related: the first line of a text is its own.",
        f"{STORY}\nMore on this when we have it.",
        f"{STORY}\nSoldiers read more into it than there is.",
        f"{STORY}\nReporting by the army was late.",
        f"By Tuesday the army had come.\n{STORY}",
        f"By Ain al-Asad two rockets fell on Tuesday\n{STORY}",
        f"{STORY}\n(c) 1120 a third rocket at the gate",
        f"{STORY}\nTrending upwards: attacks on convoys.",
    ],
)
def test_a_story_is_no_furniture(text: str) -> None:
    """Words of the story that only begin alike."""
    assert furniture(text) == []


def test_an_alarming_link_is_set_aside_and_lends_no_site() -> None:
    """The receipt says what was left out; the story keeps its own site, and is no two incidents."""
    text = "\n".join([STORY, *LINKS])
    receipt, (mention,) = reading_of(text)
    assert mention.facility_id == "iq-al-asad-air-base"
    told = {(a.rule, a.quote) for a in receipt.set_aside}
    assert {("text.furniture", LINKS[1]), ("text.furniture", LINKS[3])} <= told


def test_a_report_of_links_alone_is_quiet() -> None:
    """What a quiet story links to raises nothing."""
    receipt, mentions = reading_of("\n".join(["The airport at Erbil has a new duty-free shop.", *LINKS]))
    assert mentions == ()
    assert [a.rule for a in receipt.set_aside] == ["text.furniture", "text.furniture"]
