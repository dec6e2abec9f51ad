"""Which texts are English: short posts in slang, many languages and scripts, reports in two languages."""

import json
from collections import defaultdict

import pytest

from schemas.policy import Policy
from schemas.report import Report
from schemas.taxonomy import SetAsideReason
from streams.reading import read
from streams.reading.text.language import foreign_parts
from tests.unit.reader import GOLDEN, lexicon

LINES = [line.split("\t") for line in (GOLDEN / "languages.tsv").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("text", [text for language, text in LINES if language == "en"])
def test_a_short_english_post_is_read(text: str) -> None:
    """However short, full of names and carelessly written: English is never set aside."""
    assert foreign_parts("", text, "und") == []
    assert foreign_parts(text, "", "en") == []


def test_a_line_in_another_language_is_known() -> None:
    """Of short lines in seventy languages and ten scripts nearly all are known not to be English."""
    passed = defaultdict(list)
    for language, text in LINES:
        if language != "en" and foreign_parts("", text, "und") is not None:
            passed[language].append(text)
    total = sum(1 for language, _ in LINES if language != "en")
    assert sum(map(len, passed.values())) <= 0.03 * total, dict(passed)


@pytest.mark.parametrize("title", ["", "Ataque contra la base"])
def test_what_the_sender_declares_tips_the_scales(title: str) -> None:
    """A line of names alone is read unless its sender says that it is not English."""
    assert foreign_parts("", "Kirkuk, Mosul, Erbil.", "en") == []
    assert foreign_parts(title, "Kirkuk, Mosul, Erbil.", "es") is None


def test_the_english_part_of_a_mixed_report_is_read() -> None:
    """Of a report in two languages the English paragraph is read; the other stands in the receipt and tells nothing."""
    english = "Three rockets landed at Ain al-Asad air base early on Tuesday, wounding two guards."
    french = "Trois roquettes sont tombées sur la base aérienne dans la nuit de lundi à mardi, selon les autorités."
    for text in (f"{english}\n{french}", f"{french}\n{english}", f"{french}\n{french}\n{english}"):
        row = {"report_id": "r", "source": {"name": "w"}, "published_at": "2024-03-13T10:00:00Z", "text": text}
        reading, (mention,) = read(Report.model_validate_json(json.dumps(row)), 1, lexicon(), Policy())
        assert mention.facility_id == "iq-al-asad-air-base"
        asides = [a.quote for a in reading.set_aside if a.reason is SetAsideReason.UNSUPPORTED_LANGUAGE]
        assert asides == [french] * text.count(french)


def test_a_foreign_report_is_set_aside_whole() -> None:
    """A report without an English line makes one passage of the receipt, declared English or not."""
    text = "Se oyeron disparos cerca de la embajada.\nNo hay heridos, dijo la policía."
    row = {"report_id": "r", "source": {"name": "w"}, "published_at": "2024-03-13T10:00:00Z", "text": text}
    for declared in ("en", "es"):
        reading, mentions = read(
            Report.model_validate_json(json.dumps({**row, "lang": declared})), 1, lexicon(), Policy()
        )
        assert mentions == ()
        assert [a.reason for a in reading.set_aside] == [SetAsideReason.UNSUPPORTED_LANGUAGE]
