"""What is read in the rows of a table: each an incident of its own, with its evidence in the row."""

from tests.unit.reader import reading_of

TABLE = """date | place | type | K/W | attributed to | remark
17-Jan | Al-Shaddadi base | rockets (4) | 0/0 | IRI (own claim) | 3 outside
19-Jan | Tabqa | blast | 1/2 | - | gas bottle, restaurant
20-Jan | Ain al-Asad | ballistic msl | 0/4 | IRI (own claim) | one LN incl.
23-Jan | Deir ez-Zor city | shelling | - | - | rumour only
TOTAL attacks on coalition sites: 4 | since 17-Oct: see annex"""


def test_each_row_is_an_incident_of_its_own() -> None:
    """Rows are read with type, site, victims and doer; what a remark excuses is set aside."""
    receipt, mentions = reading_of(TABLE, kind="ngo", title="Weekly table", published="2024-01-24T09:00:00Z")
    assert [
        (m.threat_type.value, m.facility_id, m.effects.killed, m.effects.wounded, m.attribution.confidence.value)
        for m in mentions
    ] == [
        ("rocket", "sy-shaddadi-base", 0, 0, "claimed"),
        ("missile", "iq-al-asad-air-base", 0, 4, "claimed"),
    ]
    assert {a.reason.value for a in receipt.set_aside} >= {"accident", "negated"}


def test_the_evidence_lies_in_the_row() -> None:
    """Every span of a mention points into the row that tells it, and its quote is what stands there."""
    _, mentions = reading_of(TABLE, kind="ngo", title="Weekly table", published="2024-01-24T09:00:00Z")
    body = f"Weekly table\n{TABLE}"
    for mention, row in zip(mentions, (1, 3), strict=True):
        start = body.index(TABLE.split("\n")[row])
        end = start + len(TABLE.split("\n")[row])
        assert all(start <= s.start < s.end <= end for s in mention.evidence)
        assert mention.quote in body[start:end]


def test_a_row_needs_no_day() -> None:
    """Rows of a table without a column of days are incidents at the places that open them."""
    text = "Oblast / site / weapon / effect\nOdesa / substation / Shahed x5 / fire\nSumy / gas node / KAB / no damage"
    _, mentions = reading_of(text, kind="official", title="Energy sites hit overnight")
    assert [m.threat_type.value for m in mentions] == ["uas", "air_strike"]
