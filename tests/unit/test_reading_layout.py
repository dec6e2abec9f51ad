"""Where things play in reports that go from site to site, and what only a headline names."""

import pytest

from tests.unit.reader import reading_of

SITREP = """UNCLAS
CAMP TAJI
- 2340C two 60mm mortar rounds landed by the motor pool. No casualties.
UNION III
- 0100C burst of small arms fire at the north tower, no casualties.
Other
- 0215C roadside bomb went off near Mosul, one Iraqi soldier killed."""

WEEKLY = """Basra
On Tuesday a grenade was thrown at the gate of the airport. Nobody was hurt.
Sulaymaniyah
On Wednesday two men cut the fence of the airport and were chased off by dogs."""


def test_a_heading_is_where_what_follows_plays() -> None:
    """A line that holds a name alone places the lines under it, up to the next heading."""
    _, mentions = reading_of(SITREP, kind="field")
    assert [(m.threat_type.value, m.facility_id) for m in mentions] == [
        ("mortar_artillery", "iq-camp-taji"),
        ("small_arms", "iq-union-iii"),
        ("ied", None),
    ]


def test_a_town_as_heading_tells_which_site_is_meant() -> None:
    """Under the name of a town "the airport" is that town's."""
    _, mentions = reading_of(WEEKLY, kind="ngo", title="Iraq this week")
    assert [m.facility_id for m in mentions] == [
        "iq-basra-international-airport",
        "iq-sulaymaniyah-international-airport",
    ]


@pytest.mark.parametrize(
    "text, site",
    [
        ("A shell hit the hospital in Abs on Monday.", "ye-abs-hospital"),
        ("A helicopter took small-arms fire on Monday as it neared the UNMISS base at Bentiu.", "ss-unmiss-bentiu"),
        ("A rocket burst 900 metres from Ain al-Asad air base on Monday.", "iq-al-asad-air-base"),
        ("A rocket burst 3 km short of Ain al-Asad air base on Monday.", "iq-al-asad-air-base"),
    ],
)
def test_what_is_close_to_a_site_is_at_it(text: str, site: str) -> None:
    """A short distance and a place beside a word for a site both lead to the site."""
    (mention,) = reading_of(text)[1]
    assert mention.facility_id == site


def test_the_rest_of_a_swarm_is_an_incident_where_it_hits() -> None:
    """Of "the rest hit the port" the weapon is the one told before, and the site its own."""
    first = "Russia sent drones at Ukraine on Tuesday night and 41 were shot down, the air force said."
    text = f"{first} The rest hit the port of Izmail."
    _, mentions = reading_of(text)
    assert ("uas", "ua-izmail-port") in [(m.threat_type.value, m.facility_id) for m in mentions]


def test_items_of_a_list_are_incidents_of_their_own() -> None:
    """Another kind of attack with its own time in another item is not the one before."""
    text = (
        "- Overnight, air defence shot down 7 drones over the Dnipro hydroelectric station.\n"
        "- At 04:40 a guided missile hit an office building in Zaporizhzhia.\n- Nothing else to report."
    )
    assert [m.threat_type.value for m in reading_of(text, kind="official")[1]] == ["uas", "missile"]


def test_a_headline_names_what_the_lead_tells_in_other_words() -> None:
    """Where the body has no event of its own, the dated lead tells of the headline's."""
    (mention,) = reading_of(
        "Six peacekeepers at the MONUSCO headquarters in Goma were unwell after breakfast on Tuesday.",
        title="Poisoned porridge at UN headquarters in Goma",
    )[1]
    assert (mention.threat_type.value, mention.facility_id) == ("cbrn", "cd-monusco-goma")


def test_a_headline_in_figures_names_nothing() -> None:
    """A headline whose talks explode makes no incident of its lead."""
    text = "The meeting on the ferry dock in Beirut ended on Tuesday when the microphone gave up."
    assert reading_of(text, title="Port talks explode into laughter")[1] == ()


def test_a_site_is_told_by_the_place_that_an_item_opens_with() -> None:
    """Under "Dikwa." the hub is Dikwa's, though no list of towns has it."""
    text = "Dikwa. A man with an explosive belt was shot at the gate of the UN hub on Friday.\n\nGamboru. Nothing."
    assert [m.facility_id for m in reading_of(text, kind="ngo", title="Borno this week")[1]] == [
        "ng-dikwa-humanitarian-hub"
    ]


@pytest.mark.parametrize("where", ["western Iraq", "the west of Iraq", "Iraq's west"])
def test_a_part_of_a_country_is_told_in_several_ways(where: str) -> None:
    """A side of a country is the same region however it is put."""
    (mention,) = reading_of(f"Rockets wounded two Americans at an air base in {where} on Monday.")[1]
    assert "iq-al-asad-air-base" in {mention.facility_id, *(c.facility_id for c in mention.candidates[:1])}


def test_the_dateline_of_a_wire_dates_nothing() -> None:
    """The day in a dateline is when it was written: "the same evening" is that of the event told before."""
    text = (
        "DAMASCUS, March 13 (Agency) - A mine damaged a truck near Ain al-Asad air base in Iraq on Monday, "
        "and rockets fell on the base the same evening, an officer said."
    )
    _, mentions = reading_of(text)
    assert [m.occurred.latest.day for m in mentions] == [11, 11]


def test_others_of_a_swarm_are_told_in_a_clause_of_their_own() -> None:
    """Of "and others were shot down near the port" the second site has an incident of its own."""
    text = "Drones hit the airport of Erbil on Tuesday, and others were shot down near the consulate in Basra."
    assert [m.status.value for m in reading_of(text)[1]] == ["executed", "intercepted"]


def test_a_log_headed_with_a_site_plays_there() -> None:
    """A report from the spot whose headline names a site places what names none."""
    (mention,) = reading_of(
        "0940 youths at the main gate threw bottles at a guard.", kind="field", title="Gate log, Taji"
    )[1]
    assert mention.facility_id == "iq-camp-taji"
