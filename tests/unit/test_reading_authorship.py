"""The model that weighs who is said to have done it."""

from unittest import mock

import pytest

from schemas.taxonomy import AttributionConfidence as C
from streams.reading.who import authorship
from tests.unit.reader import reading_of

MORE = " Ferries were late. Rain fell on the lake. Schools were open on Thursday."
"""Makes a report of what was a flash, of which the rules know more."""
ROCKETS = "GOMA, March 13 (Reuter) - Two rockets hit Goma airport on Tuesday night and burned out a bus."


@pytest.mark.parametrize(
    "sentence, confidence, actor",
    [
        ("The ADF sent out a film of the launch before noon, with its flag in the corner.", C.CLAIMED, "ADF"),
        (
            'The channel of the movement wrote "our hands, our fire" under a picture of the launch.',
            C.CLAIMED,
            "the movement",
        ),
        ("Neighbours heard from their cousins that ADF youths had dug the tubes in.", C.SUSPECTED, "ADF"),
    ],
)
def test_who_did_it_is_heard_in_words_that_no_rule_has(sentence: str, confidence: C, actor: str | None) -> None:
    """Where the rules hear nobody the model's answer stands, with who is named there, and the evidence says so."""
    text = f"{ROCKETS} {sentence}{MORE}"
    with mock.patch.object(authorship, "weigh", side_effect=lambda *asked: asked[-1]):
        assert reading_of(text)[1][0].attribution.confidence is C.NONE
    _, (mention,) = reading_of(text)
    assert (mention.attribution.confidence, mention.attribution.actor) == (confidence, actor)
    (said,) = [s for s in mention.evidence if s.axis == "attribution"]
    assert (text[said.start - 1 : said.end - 1], said.rule) == (sentence, authorship.MODELLED)


@pytest.mark.parametrize(
    "sentence, confidence",
    [
        ("The governor has no doubt that M23 had it done.", C.SUSPECTED_BY_AUTHORITIES),
        ("Traders at the market reckon that it was the CODECO boys.", C.SUSPECTED),
        ("It might have been men of the CODECO militia, a priest said, or others.", C.POSSIBLE),
        ("M23 claimed responsibility for the rockets on Wednesday.", C.CLAIMED),
    ],
)
def test_what_the_rules_hear_rightly_stays(sentence: str, confidence: C) -> None:
    """Plain statements are what they were."""
    _, (mention,) = reading_of(f"{ROCKETS} {sentence}{MORE}")
    assert mention.attribution.confidence is confidence


@pytest.mark.parametrize(
    "sentence",
    [
        "The police are looking for the men.",
        "Nobody has said who it was, and the army would not guess.",
        "The governor visited the driver in hospital.",
        "A spokesman for the airport said that flights would begin again on Thursday.",
        "The M23 delegation is expected at the talks in Doha next week, the ministry said.",
        "M23 holds the town since January of last year.",
    ],
)
def test_nobody_is_accused_whom_nobody_accuses(sentence: str) -> None:
    """What stands behind incidents in reports names no doer."""
    _, (mention,) = reading_of(f"{ROCKETS} {sentence}{MORE}")
    assert mention.attribution.confidence is C.NONE


NOTHING, ACCUSED = [1.0, 0.0, 0.0, 0.0, 0.0, 0.0], [0.4, 0.0, 0.0, 0.5, 0.1, 0.0]


def test_the_model_is_sure_before_it_names_or_unsays() -> None:
    """Somebody is named from one chance on, what rules hear goes below another, and only in the sentences weighed."""
    doubtful = [0.6, 0.0, 0.0, 0.4, 0.0, 0.0]
    assert authorship.firmness([NOTHING, ACCUSED], C.NONE, inside=False) is C.SUSPECTED_BY_AUTHORITIES
    assert authorship.firmness([NOTHING, doubtful], C.NONE, inside=False) is C.NONE
    assert authorship.firmness([NOTHING, doubtful], C.CLAIMED, inside=True) is C.SUSPECTED_BY_AUTHORITIES
    assert authorship.firmness([NOTHING], C.CLAIMED, inside=True) is C.NONE
    assert authorship.firmness([NOTHING], C.CLAIMED, inside=False) is C.CLAIMED


def test_a_firmness_is_corrected_where_the_rules_hear_it() -> None:
    """The doer whom the rules heard stays, the words too; the evidence names the model."""
    text = f"{ROCKETS} The governor has no doubt that M23 had it done.{MORE}"
    with mock.patch.object(authorship, "firmness", return_value=C.STATED_FACT):
        _, (mention,) = reading_of(text)
    assert (mention.attribution.confidence, mention.attribution.actor) == (C.STATED_FACT, "M23")
    assert [s.rule for s in mention.evidence if s.axis == "attribution"] == [authorship.MODELLED]


def test_sentences_that_speak_of_nobody_are_not_weighed() -> None:
    """Without one who may act or speak, or a word that says who did what, the model is not asked."""
    with mock.patch.object(authorship.MODEL, "chances", return_value=NOTHING) as asked:
        reading_of(f"{ROCKETS} Rain fell all day. The bus was new. M23 did it.{MORE}")
    words = [seen for (seen,), _ in asked.call_args_list]
    assert not any({"rain", "new"} & seen for seen in words)
    assert any("named=1" in seen for seen in words)
