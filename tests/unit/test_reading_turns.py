"""Transcripts: what is asked is told by nobody."""

import pytest

from streams.reading.meant.turns import questions
from tests.unit.reader import reading_of

BRIEFING = """{asks}: A mortar also landed at Aden airport on Tuesday night. Any comment?
{tells}: Nothing landed there. On Tuesday two drones hit the port of Mokha and wounded a guard.
{asks}: Was a rocket fired at Hodeidah port on Monday?
{tells}: Next."""


@pytest.mark.parametrize(
    "asks, tells",
    [
        ("Q", "A"),
        ("QUESTION (Radio Aden)", "MINISTER"),
        (">> JOURNALIST", ">> SPOKESPERSON"),
        ("Question 4", "Answer"),
        ("**Reporter**", "**Gen. Saleh**"),
        ("[02:15] HOST", "[02:40] GUEST"),
        ("INTERVIEWER", "THE GOVERNOR"),
        ("Q, Sara of the Levant Daily", "COL. VANCE"),
    ],
)
def test_what_is_asked_is_not_told(asks: str, tells: str) -> None:
    """What those say who ask is set aside, however firmly they put it; what they are told counts."""
    receipt, mentions = reading_of(BRIEFING.format(asks=asks, tells=tells), kind="official")
    assert [(m.threat_type.value, m.facility_id) for m in mentions] == [("uas", "ye-mocha-port")]
    assert "genre.asked" in {a.rule for a in receipt.set_aside}


def test_an_answer_may_stand_on_the_line_of_its_question() -> None:
    """The question ends where the answer begins."""
    text = "Question: Was Aden airport attacked? Answer: A drone hit it on Monday.\nQuestion: And now? Answer: Calm."
    assert [text[start:end] for start, end in questions(text)] == [
        "Question: Was Aden airport attacked?",
        "Question: And now?",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "QUESTION: none\nTIME: 0900\nRockets hit the base on Monday.",
        "HOST: It is nine. Rockets hit the base on Monday.\nHOST: Music.",
        "Two drones hit the base on Monday. Why, officials asked?",
        "Q-West: two rockets hit the runway.\nQ-West: nobody was hurt.",
    ],
)
def test_where_nothing_is_asked_all_is_told(text: str) -> None:
    """One field of a form, a host who tells the news, prose, a base whose name begins so."""
    assert questions(text) == ()


def test_an_air_force_speaks_of_its_own_deeds() -> None:
    """What "our aircraft" hit is no attack on anybody's site."""
    _, mentions = reading_of(
        "So, on Tuesday, our aircraft hit a weapons site near Hasakah. That is us.", kind="official"
    )
    assert mentions == ()
