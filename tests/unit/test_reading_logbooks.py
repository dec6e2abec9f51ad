"""Logbooks: what is an entry, when it was written, and which entries explain their own alarm."""

import pytest

from streams.reading.text.entries import entries
from tests.unit.reader import reading_of


@pytest.mark.parametrize(
    "stamp",
    [
        "{:02}10 ",
        "{:02}:10  ",
        "{:02}.10 - ",
        "[{:02}:10] ",
        "{:02}10L ",
        "{:02}10HRS: ",
        "{:02}:10 | ",
        "ENTRY 0412 / {:02}10H: ",
    ],
)
def test_the_hour_opens_an_entry(stamp: str) -> None:
    """However the hour is written, each line is an entry; after midnight the hours go on."""
    lines = [stamp.format(hour) + "All quiet." for hour in (18, 21, 23, 2)]
    assert [int(e.hour) for e in entries("\n".join(lines), kept=True)] == [18, 21, 23, 26]


@pytest.mark.parametrize(
    "text",
    [
        "2019 Drones hit two stations.\n2022 A depot burned.\nThen it was quiet.\nNobody says why.",
        "10:00 "
        + "The minister spoke at length about the war. " * 6
        + "\n09:30 Short.\n09:00 "
        + "He had spoken before. " * 12
        + "\n08:10 Begin.",
    ],
)
def test_what_is_no_log(text: str) -> None:
    """A chronology by years and a live report, whose newest comes first, are no logbook."""
    assert entries(text, kept=True) == []


LOG = """1800 On duty: 9. Weather rain.
1915 {}
2140 Truck in, searched, clear.
0105 {}
0600 Handed over."""


@pytest.mark.parametrize(
    "entry",
    [
        "Thump. EOD, as announced.",
        "Explosion in the kitchen, gas bottle, one cook burned.",
        "3 shots, W. Police say they shot a dog pack.",
        "Second drone reported by tower 5 - was star.",
        "Explosions N. Fireworks, football.",
        "Bang on main road. RTA, fuel truck and bus.",
        "Call about gunfire at the fence, it was the range.",
        "Practice of lockdown: explosion at the gate, whole staff, 6 minutes.",
    ],
)
def test_an_entry_that_explains_itself_is_no_incident(entry: str) -> None:
    """Whoever keeps the log writes down what it was."""
    receipt, mentions = reading_of(LOG.format(entry, "Rain."), kind="field", title="Night sheet, Camp Taji")
    assert not mentions
    assert any(a.rule == "explained.in-the-entry" for a in receipt.set_aside)


def test_what_was_looked_into_later_was_nothing() -> None:
    """A find is set aside by the entry that says what was in it."""
    find, found = (
        "Plastic bag with wires found under a bus at the gate. Area cleared.",
        "Bag opened: toy car, charger. Given back.",
    )
    text = LOG.format(find, "Rain.").replace("Truck in, searched, clear.", found)
    assert not reading_of(text, kind="field", title="Guard log, Camp Taji")[1]


def test_an_entry_plays_at_the_post_and_at_its_hour() -> None:
    """An entry of the small hours is of the day that follows the evening."""
    text = LOG.format("Rain.", "2 rockets hit the motor pool, one guard wounded.")
    (mention,) = reading_of(text, kind="field", title="Night log, Camp Taji")[1]
    assert mention.facility_id == "iq-camp-taji"
    assert mention.threat_type.value == "rocket"
    assert mention.occurred.latest.hour == 22


HEADED = "Gate log 13 MAY\n0600 shift change\n0715 2x rocket impact N side runway, no cas\n0730 all clear"


@pytest.mark.parametrize("kind", ["wire", "field", "unknown"])
def test_what_is_headed_as_a_log_is_one(kind: str) -> None:
    """Whoever sends it, and with three entries; the day of the heading is that of the first."""
    (told,) = reading_of(HEADED, published="2025-05-14T12:00:00Z", kind=kind)[1]
    assert told.occurred.latest.isoformat().startswith("2025-05-13T07:15")


def test_a_heading_without_the_word_makes_no_log() -> None:
    """Of a source that keeps none a chronology is a chronology."""
    assert entries(HEADED.replace("Gate log", "Friday"), kept=False) == []
    assert entries(HEADED, kept=False)
