"""Properties of reading: true spans, determinism, indifference to what says nothing, no text that breaks it."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.policy import Policy
from schemas.report import Report
from streams.reading import read
from streams.reading.text.normal import fold
from tests.bench.reading import annotated, report_of
from tests.bench.reading_fuzz import FRAGMENTS, NASTY
from tests.unit.reader import lexicon, report

STORIES = (
    "Three rockets landed at Ain al-Asad air base early on Tuesday, wounding two guards.",
    "At Kabul airport a suicide bomber killed four people on Monday evening.",
    "Police in Islamabad defused a car bomb outside the US embassy on Sunday.",
)
AUTHORS = Path(__file__).parents[1] / "golden" / "authors"
PIECES = st.sampled_from([f for f in FRAGMENTS if "\ud800" not in f])


def told(text: str) -> list[tuple[str, str, str | None]]:
    """What is read, without offsets."""
    return sorted(
        (m.threat_type.value, m.status.value, m.facility_id or "")
        for m in read(report(text), 1, lexicon(), Policy())[1]
    )


def happened(text: str) -> list[tuple[str, str, str]]:
    """What is read to have happened where and when; nothing of an empty text."""
    mentions = read(report(text), 1, lexicon(), Policy())[1] if text.strip() else ()
    return sorted((m.threat_type.value, m.facility_id or "", m.occurred.model_dump_json()) for m in mentions)


@given(st.lists(PIECES, min_size=1, max_size=80).map("".join).filter(str.strip))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_read_with_true_spans(text: str) -> None:
    """No heap of fragments breaks the reader; every span lies in the body; reading it again gives the same."""
    r = report(text)
    reading, mentions = read(r, 1, lexicon(), Policy())
    for span in [s for m in mentions for s in m.evidence] + list(reading.set_aside):
        assert 0 <= span.start < span.end <= len(r.body)
    assert read(r, 1, lexicon(), Policy()) == (reading, mentions)
    assert reading.mentions == tuple(m.mention_id for m in mentions)


REPORTS = [row for name in ("logs", "traffic", "rosters", "works") for row in annotated(AUTHORS / f"{name}.jsonl")]
MARKS = [
    *(
        "  ",
        "\t",
        "\n",
        "\n\n",
        " | ",
        ";",
        "&amp;",
        "<p>",
        "> ",
        "**",
        "#",
        "(",
        "]",
        '"',
        "1. ",
        "\r\n",
        "S: ",
        "Q: ",
    ),
    *("0430L ", "12/03/2024 ", "LINE 4 (ACTIVITY): ", '[TN: "drone" = goat]', "From: a\nSent: b\n"),
    *("date | place | type | K/W\n", "\n|---|---|\n", "2024-13-05 | ", "12 Sep; ", "İ", "ſ", "<script>", "</script>"),
]


@st.composite
def mangled(draw: st.DrawFn) -> Report:
    """A report whose text was cut, doubled, shouted and strewn with marks."""
    row = dict(draw(st.sampled_from(REPORTS))["report"])
    text = row["text"]
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(text)))
        end = min(len(text), at + draw(st.integers(1, 80)))
        mark, sign = draw(st.sampled_from(MARKS)), draw(st.sampled_from(" .,\n"))
        ways = (text[:at] + text[end:], text[:at] + text[at:end] * 2 + text[end:], text[:at] + mark + text[at:])
        text = draw(st.sampled_from([*ways, text.replace(sign, mark, 20), text.upper(), text.lower(), text.title()]))
    return report_of({"report": {**row, "text": text if text.strip() else "x"}})


@given(mangled())
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_mangled_report_is_read_with_true_spans(mangled_report: Report) -> None:
    """Whatever was done to a report it is read, and every passage set aside and all evidence has words of it."""
    reading, mentions = read(mangled_report, 1, lexicon(), Policy())
    for aside in reading.set_aside:
        assert mangled_report.body[aside.start : aside.end].strip()
    for span in (s for m in mentions for s in m.evidence if s.rule != "target.only-site"):
        assert 0 <= span.start < span.end <= len(mangled_report.body)


@given(st.text(max_size=400).filter(str.strip))
@settings(max_examples=150, deadline=None)
def test_any_unicode_is_read(text: str) -> None:
    """No Unicode text raises, and folding never lengthens."""
    assert len(fold(text).text) <= len(text)
    read(report(text), 1, lexicon(), Policy())


@given(st.binary(min_size=1, max_size=300), st.sampled_from(["utf-8", "latin-1", "cp1256", "utf-16"]))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_read(data: bytes, encoding: str) -> None:
    """Bytes in whatever encoding they were taken for are read without an error."""
    text = data.decode(encoding, errors="replace")
    if text.strip():
        read(report(f"{text} rocket hit the base {text}", title=text[:50]), 1, lexicon(), Policy())


@pytest.mark.parametrize("name", sorted(NASTY))
def test_nasty_texts_are_read(name: str) -> None:
    """Texts made to break a reader are read, as any other, with true spans."""
    r = report(NASTY[name](1500))
    reading, mentions = read(r, 1, lexicon(), Policy())
    for span in [s for m in mentions for s in m.evidence] + list(reading.set_aside):
        assert 0 <= span.start < span.end <= len(r.body)


@given(st.integers(0, len(STORIES) - 1))
@settings(deadline=None)
def test_a_sentence_that_says_nothing_changes_nothing(which: int) -> None:
    """A sentence about the weather in front or behind leaves what is read as it was."""
    text = STORIES[which]
    idle = "The harbour cafe serves soup and bread."
    assert told(text) == told(f"{idle}\n{text}") == told(f"{text}\n{idle}")


@given(st.permutations(STORIES))
@settings(deadline=None)
def test_unrelated_paragraphs_may_stand_in_any_order(stories: list[str]) -> None:
    """The incidents of unrelated paragraphs do not depend on their order."""
    assert told("\n\n".join(stories)) == told("\n\n".join(STORIES))
    assert len(told("\n\n".join(stories))) == len(STORIES)


DEEDS = (
    "Two rockets hit {site} {day}.",
    "A mortar round landed at {site} {day}, wounding two soldiers.",
    "A drone struck {site} {day}.",
    "Gunmen attacked {site} {day}.",
    "A bomb exploded at {site} {day}.",
    "A rocket attack on {site} {day}.",
    "A car bomb exploded at the gate of {site} {day}, killing one guard.",
    "{site} came under rocket fire {day}.",
    "Two rockets hit {site} {day}, officials said.",
)
SITES = ("Ain al-Asad air base", "Camp Taji", "Erbil airport", "Bagram airfield", "Mitiga airport", "Union III")
DAYS = ("on Monday", "on Tuesday evening", "today", "yesterday", "on 9 March", "early on Sunday")
QUIET = ("The weather was fine and nothing else happened.", "Officials met in Geneva on Sunday.", "Flights resumed.")
PLAIN = st.tuples(
    st.permutations(SITES), st.lists(st.tuples(st.sampled_from(DEEDS), st.sampled_from(DAYS)), max_size=6)
)


@given(PLAIN, st.lists(st.sampled_from(QUIET), max_size=4), st.sampled_from([" ", "\n", "\n\n"]), st.randoms())
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_plain_sentences_are_read_whatever_plain_sentences_stand_beside_them(
    plain: tuple[list[str], list[tuple[str, str]]], quiet: list[str], between: str, chance: Random
) -> None:
    """Weapon, site and day of each, with no word of doubt: order and number of the others change nothing."""
    sites, deeds = plain
    sentences = [deed.format(site=site, day=day) for site, (deed, day) in zip(sites, deeds, strict=False)]
    alone = [one for sentence in sentences for one in happened(sentence)]
    assert len(alone) == len(sentences)
    around = [*sentences, *quiet]
    chance.shuffle(around)
    assert happened(between.join(around)) == sorted(alone)
