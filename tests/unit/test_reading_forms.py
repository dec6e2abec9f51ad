"""Reports filled in like forms: which lines are labels, what stands under them, and which fields tell of one event."""

import pytest

from streams.reading.text.fields import Role, forms
from tests.unit.reader import reading_of

SPOTREP = """FROM: TOC DUTY NCO
1) WHO: UNK
2) WHAT: 2 X 107MM RKT, BOTH SHORT OF WIRE
3) WHERE: CAMP TAJI, NE CORNER
4) WHEN: 111830Z MAR 24
5) ACTION TAKEN: QRF OUT 1845Z, DRILL OF 12 MAR STILL ON
6) REMARKS: MORTAR FIRE HEARD FROM RANGE"""


@pytest.mark.parametrize(
    "line, role, content",
    [
        ("S: two men", Role.WHO, "two men"),
        ("LINE 4 (ACTIVITY): filmed the gate", Role.WHAT, "filmed the gate"),
        ("2. WHAT - stones thrown", Role.WHAT, "stones thrown"),
        ("(b) Location: north gate", Role.WHERE, "north gate"),
        ("POSN: 20 NM S of Aden", Role.WHERE, "20 NM S of Aden"),
        ("LOCATION....: north gate", Role.WHERE, "north gate"),
        ("Location      : north gate", Role.WHERE, "north gate"),
        ("LOC             north gate", Role.WHERE, "north gate"),
        ("OU / WHERE -- porte nord", Role.WHERE, "porte nord"),
        ("DATE/TIME OF INCIDENT: 21 0655 UTC MAR 24", Role.WHEN, "21 0655 UTC MAR 24"),
        ("Losses (own): nil", Role.TOLL, "nil"),
        ("What has not happened? No gate was forced.", Role.COMMENT, "No gate was forced."),
        ("ACTIONS TO TAKE:", Role.ADVICE, ""),
    ],
)
def test_labels_in_many_spellings(line: str, role: Role, content: str) -> None:
    """A label is known by its words, whatever numbers, brackets, dots and dashes stand about it."""
    text = f"{line}\n\nA: shots heard\nL: south berm\nT: 0450Z"
    (form, *_) = forms(text)
    found = form.fields[0]
    assert (found.role, text[found.content : found.end]) == (role, content)


@pytest.mark.parametrize(
    "text",
    [
        "Drones hit the port on Monday.\n\nThe mayor said: nobody was hurt.",
        "From: Ana\nTo: Ben\nDate: 4 May 2025\nSubject: gate\n\nAll is well.",
        "ALPHA. 040015R: quad drone over the motor pool.\nBRAVO. 040200R: one more.\nCHARLIE. 041130R: caller.",
    ],
)
def test_what_is_no_form(text: str) -> None:
    """Prose, the head of a letter, and a list whose items are each dated have no fields of an event."""
    assert forms(text) == []


def test_a_number_or_a_label_that_comes_again_begins_the_next_form() -> None:
    """Batched reports are one form each."""
    two = "S - two men\nA - filmed gate\nL - Post 4\nT - 0410Z"
    assert len(forms(f"#1\n{two}\n#2\n{two}")) == 2
    assert len(forms(f"{two}\n{two}")) == 2


def test_headings_of_prose_are_no_passage() -> None:
    """What says neither where nor when is told sentence by sentence."""
    (form,) = forms("Situation: A drone fell. It burned.\nWho: nobody knows.\nType: one-way.\nActions: stay in.")
    assert form.passage is None


def test_a_form_tells_one_event_at_the_place_and_time_of_its_fields() -> None:
    """What was done about it, and what else is remarked, is no event of the form."""
    (mention,) = reading_of(SPOTREP, kind="field", title="SPOTREP 7")[1]
    assert (mention.threat_type.value, mention.facility_id) == ("rocket", "iq-camp-taji")
    assert f"{mention.occurred.earliest:%d %H:%M}" == "11 18:30"


def test_the_field_for_the_place_says_where() -> None:
    """Another site, named in a field that tells what was seen, is not the one struck."""
    text = "S: 2 x rkt, heard at Al Asad Air Base too\nA: impacted inside the wire\nL: Camp Taji\nT: 111830ZMAR24"
    (mention,) = reading_of(text, kind="field", title="SALUTE")[1]
    assert mention.facility_id == "iq-camp-taji"


def test_prose_under_a_place_and_a_time_plays_there_and_then() -> None:
    """A warning whose text says neither where nor when takes both from its head."""
    text = """TYPE: ATTACK
POSITION: 30 NM SOUTH OF ADEN
DATE/TIME: 111730 UTC MAR 24

The master of a tanker reported that a drone boat struck the port quarter of his vessel and started a fire."""
    (mention,) = reading_of(text, kind="official", title="Warning 12")[1]
    assert mention.facility_id is None
    assert mention.place is not None
    assert "ADEN" in mention.place.name
    assert f"{mention.occurred.earliest:%d %H:%M}" == "11 17:30"


@pytest.mark.parametrize(
    "losses, killed, wounded",
    [("0/2", 0, 2), ("NIL", 0, 0), ("NIL / NIL", 0, 0), ("none", 0, 0), ("1 KIA / 3", 1, 3)],
)
def test_losses_filled_in(losses: str, killed: int, wounded: int) -> None:
    """Figures and one word in the field for losses are counts."""
    text = f"S: 3 x rkt\nA: impacted inside the wire, one tent scorched\nL: Camp Taji\nT: 111830ZMAR24\nCAS: {losses}"
    (mention,) = reading_of(text, kind="field", title="SALUTE")[1]
    assert (mention.effects.killed, mention.effects.wounded) == (killed, wounded)


def test_what_a_form_explains_is_no_incident() -> None:
    """An alarm that its own report takes for something else is set aside."""
    text = "S - 1 quadcopter\nA - hovered over the car park. Owner found, a boy of 12\nL - Camp Taji\nT - 111710Z"
    receipt, mentions = reading_of(text, kind="field", title="SALUTE")
    assert not mentions
    assert any(a.rule == "explained.in-the-entry" for a in receipt.set_aside)


@pytest.mark.parametrize(
    "text, site",
    [
        (
            "OEAB (Abha)\n- Closed 11 Mar, pieces of an intercepted drone on the grass inside the fence.",
            "sa-abha-airport",
        ),
        ("ABHA INTL\nTwo drones struck the apron on 11 March at 0410Z, two porters were wounded.", "sa-abha-airport"),
    ],
)
def test_a_location_indicator_names_the_airport(text: str, site: str) -> None:
    """A place beside its four letters, or as a notice to airmen calls an aerodrome, is the airport there."""
    (mention,) = reading_of(f"{text}\n- Birds.\n- Fuel short.", kind="official", title="NOTAM digest")[1]
    assert mention.facility_id == site
