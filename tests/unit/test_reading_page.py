"""A report is read as its author typed it, and its evidence points into the report as it came."""

import textwrap
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.reading.page.layout import laid_out
from tests.bench.reading import annotated, completed, predicted
from tests.bench.reading_layout import LAYOUTS
from tests.unit.reader import GOLDEN, lexicon, reading_of

WRAPPED = """Three rockets landed at Ain al-Asad air base early on Tuesday and set
fire to a fuel truck. Two guards of the Iraqi army were wounded by
splinters, the Security Media Cell said in a statement."""
CHAT = "heard two booms near the airport\nanyone else\nyes the windows shook\nstill going on i think it is drones"
LOG = """2114L Two shots heard from the direction of the village, no impact seen
2130L patrol sent to look, found nothing and came back by the east gate
2155L generator stopped, restarted after ten minutes by the electrician"""


@pytest.mark.parametrize(
    "came, typed",
    [
        (WRAPPED, WRAPPED.replace("\n", " ")),
        (f"{WRAPPED}\n\n{WRAPPED}", f"{WRAPPED}\n\n{WRAPPED}".replace("\n", " ").replace("  ", "\n\n")),
        ("\n".join(f"> {line}" for line in WRAPPED.split("\n")), WRAPPED.replace("\n", " ")),
        (f"Tower reports:\r\n{WRAPPED}", f"Tower reports:\n{WRAPPED}".replace("set\n", "set ").replace("by\n", "by ")),
        ("Shots  at the\tgate.   Nobody hurt.", "Shots at the gate. Nobody hurt."),
        ("a drone over\u00a0the port", "a drone over the port"),
        ("a dro\u200bne over the po\u00adrt", "a drone over the port"),
        ("    Shots at the gate.\n    Nobody hurt.", "Shots at the gate.\nNobody hurt."),
        ("the port&#8217;s gate &amp; the tower&nbsp;fell", "the port’s gate & the tower fell"),
        ("the port&amp;#8217;s gate &amp;amp;amp; the tower&amp;nbsp;fell", "the port’s gate & the tower fell"),
        ("<p>Shots at <a href='x'>the gate</a>.</p><p>Nobody hurt.</p>", "\nShots at the gate.\n\nNobody hurt.\n"),
        ("<ul><li>shots</li><li>a drone</li></ul>", "\n\n- shots\n- a drone\n"),
        ("İ" * 40 + "<SCRIPT>bomb()</Script>shots", "İ" * 40 + "shots"),
        ("shots<!-- a bomb --> at the gate<script>bomb()</script>", "shots at the gate"),
        ("**Rockets** hit [the gate](https://t.me/x/1), __two__ hurt", "Rockets hit the gate, two hurt"),
        ("## Monday\nShots at the gate.", "Monday\nShots at the gate."),
        ("𝗗𝗿𝗼𝗻𝗲𝘀 ｈｉｔ the 🄿🄾🅁🅃", "Drones hit the PORT"),
        ("shots at #ErbilAirport and #USEmbassyTunis", "shots at Erbil Airport and US Embassy Tunis"),
        ("near #ain_al_asad now", "near ain al asad now"),
        ("a rocket =E2=80=93 the third =\nthis week", "a rocket – the third this week"),
    ],
)
def test_what_programs_did_to_a_text_is_undone(came: str, typed: str) -> None:
    """Broken lines, wide and unseen blanks, quote marks, HTML and quoted-printable."""
    page = laid_out(came)
    assert page is not None
    assert page.text == typed


BY_HAND = """Two rockets fell inside the fence of the Ain al-
Asad air base on Monday, the army said.
No one was hurt, and a third
was found in an orchard near the town
of Baghdadi by the Iraqi
police.

The base hosts
advisers."""
DIVIDED = """    The detona-
tions that residents of the town reported were
heard in the third-
largest city. A Houthi-
backed group said on the evening of the
first day that it had fired.
    It named nobody."""


TITLED = """Shots Fired at Port
GUNMEN came to the gate of the grain terminal at
dawn and fired until the
guards fired back."""


@pytest.mark.parametrize(
    "came, typed",
    [
        (
            BY_HAND,
            """Two rockets fell inside the fence of the Ain al-Asad air base on Monday, the army said. \
No one was hurt, and a third was found in an orchard near the town of Baghdadi by the Iraqi police.

The base hosts advisers.""",
        ),
        (
            DIVIDED,
            """The detonations that residents of the town reported were heard in the third-largest city. \
A Houthi-backed group said on the evening of the first day that it had fired.
It named nobody.""",
        ),
        (
            TITLED,
            """Shots Fired at Port
GUNMEN came to the gate of the grain terminal at dawn and fired until the guards fired back.""",
        ),
    ],
)
def test_lines_that_people_broke_are_joined(came: str, typed: str) -> None:
    """Wherever they end; divided words are one again, compounds keep their hyphen; headings and indented lines stay."""
    assert read_as(came) == typed


PARTED = [
    "Two rockets hit\nAin al-Asad on Tuesday.",
    "Gunmen attacked\nCamp Taji on Monday.",
    "Two rockets hit Ain al-Asad air base in Iraq on\nTuesday, wounding two soldiers.",
    "A drone crashed near\nErbil airport on Monday.",
    "A drone was shot down over\nErbil airport late on\nMonday.",
    "Three shells fell on\n12 May at Camp Taji.",
    "Rockets landed at 33.78560,\n42.44120 near Ain al-Asad.",
]
WHOLE = [
    "Two were hit\nErbil airport is closed",
    "2 rockets, 1 hit\nFOB Union III",
    "the lights are on\nTuesday was quiet",
    "more fire coming in\nErbil airport closed",
    "it is over\nErbil airport reopened",
    "Rockets again\nErbil airport this time",
    "drone up\nMonday same thing",
    "Grid 33.78560\n2 rockets",
    "who attacked\n- Camp Taji is quiet",
]


@pytest.mark.parametrize("came", PARTED)
def test_what_a_line_lacks_the_next_brings(came: str) -> None:
    """However short they are: what was hit, the day, the other half of a position."""
    assert read_as(came) == came.replace("\n", " ")


@pytest.mark.parametrize("came", WHOLE)
def test_an_utterance_is_a_line(came: str) -> None:
    """A post says one thing a line, and what was done to somebody lacks nothing."""
    assert read_as(came) == came


@pytest.mark.parametrize(
    "text",
    [
        "aden airport closed 1 hr\nsoldiers no salary 5 month they block runway and burn tyres\nno shooting\nopen",
        "tripoli, now:\nmitiga - shells on the apron, flights sent to misrata\nain zara - barracks hit\ntajoura - fire",
        "INCIDENTS\n01) 0500 cook found powder in a parcel, lab to say what it is\n02) 0600 flour and oil received",
        "Shots at the gate. Nobody hurt.\n\nA drone flew over the port & left.",
        CHAT,
        LOG,
        "Losses: 3 < 5, so the letter said; a > b.",
        "- a drone flew over the northern fence of the base at the camp and was\n- a mortar bomb landed in the field",
        "rockets near #Haifa port, see post #12, 2 ** 3 and snake_case *** EXERCISE ***",
        "The answer came at 4=5 and\nwas no answer",
    ],
)
def test_what_was_typed_so_stays(text: str) -> None:
    """Lines of their own are no broken lines, a sign is no markup."""
    assert laid_out(text) is None


def read_as(came: str) -> str:
    """A text as it is laid out to be read."""
    page = laid_out(came)
    return page.text if page is not None else came


@given(
    st.lists(
        st.sampled_from(["a", "B ", "  ", "\n", "&amp;", "<p>", "</b>", "> ", "\u200b", "=\n", "=41", "x" * 45]),
        max_size=60,
    )
)
def test_every_character_knows_where_it_came_from(pieces: list[str]) -> None:
    """What is read stands in the order in which it came, and a character that was not replaced is itself."""
    came = "".join(pieces)
    if (page := laid_out(came)) is None:
        return
    assert len(page.text) == len(page.starts) == len(page.ends)
    assert page.starts == sorted(page.starts)
    assert page.ends == sorted(page.ends)
    assert all(0 <= start <= end <= len(came) for start, end in zip(page.starts, page.ends, strict=True))
    kept = [(c, came[s]) for c, s, e in zip(page.text, page.starts, page.ends, strict=True) if e - s == 1]
    assert all(typed == sent or sent.isspace() for typed, sent in kept)


@pytest.mark.parametrize("width", [60, 72, 78])
def test_prose_of_many_writers_is_the_same_when_its_lines_were_broken(width: int) -> None:
    """At least 19 in 20 texts are read as they were typed."""
    texts = [
        row["report"]["text"]
        for name in ("agency", "asia", "gulf", "levant", "north")
        for row in annotated(GOLDEN / "authors" / f"{name}.jsonl")
        if row["report"]["source"]["kind"] in ("wire", "news") and row["report"]["lang"] == "en"
    ]
    plain = [text for text in texts if laid_out(text) is None]
    assert len(plain) > 200
    broken = ["\n".join(textwrap.fill(p, width, break_on_hyphens=False) for p in text.split("\n")) for text in plain]
    same = sum(read_as(b).strip() == text.strip() for b, text in zip(broken, plain, strict=True))
    assert same >= 0.95 * len(plain)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layout_changes_hardly_anything(layout: str) -> None:
    """Types, stages and sites are read in nine of ten reports as in the same reports as they came."""
    rows = [row for name in ("reports", "everyday_unseen") for row in annotated(GOLDEN / f"{name}.jsonl")]

    def told(row: dict[str, Any]) -> list[tuple[str, str, str]]:
        (guess,) = predicted([row], lexicon())
        return sorted((m["threat_type"], m["status"], m["facility_id"] or "") for m in guess["mentions"])

    anew = [LAYOUTS[layout](completed(row)) for row in rows]
    same = sum(told(row) == told(changed) for row, changed in zip(rows, anew, strict=True))
    assert same >= 0.9 * len(rows)


def test_evidence_points_into_the_report_as_it_came() -> None:
    """The core is the broken lines' own characters, and a quote is what stands there."""
    _, (mention,) = reading_of(WRAPPED)
    core = next(s for s in mention.evidence if s.axis == "core")
    body = f"\n{WRAPPED}"
    assert body[core.start : core.end] == mention.quote
    assert mention.quote.startswith("Three rockets landed")
    assert "set\nfire" in mention.quote
    assert (mention.facility_id, mention.effects.wounded) == ("iq-al-asad-air-base", 2)


def test_markup_within_a_name_is_not_in_its_way() -> None:
    """A link around a name, and what is set aside beside it, keep their places."""
    text = "<p>Rockets hit <a href='/t'>Ain&nbsp;al-Asad</a> on Monday.</p><p>In 2020 missiles hit it.</p>"
    receipt, (mention,) = reading_of(text)
    site = next(s for s in mention.evidence if s.axis == "facility_id")
    assert f"\n{text}"[site.start : site.end] == "Ain&nbsp;al-Asad"
    (past,) = receipt.set_aside
    assert f"\n{text}"[past.start : past.end] == past.quote
    assert "2020" in past.quote


@pytest.mark.parametrize("year", ["last year", "Last Year", "LAST YEAR"])
def test_a_year_that_is_told_in_words_is_one_in_any_capitals(year: str) -> None:
    """In a headline's capitals March of last year is as long ago."""
    assert reading_of(f"Rockets hit Ain al-Asad air base March {year}, wounding two soldiers.")[1] == ()
