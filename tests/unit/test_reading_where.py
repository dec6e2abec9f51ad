"""Where a report plays: places with a word for a site, the country that decides between namesakes, local time."""

import pytest

from streams.reading.where.places import locate
from tests.unit.reader import told


@pytest.mark.parametrize("verb", ["hit", "strikes", "shook", "attacked", "will attack", "raid", "pounded", "stormed"])
def test_what_was_struck_is_a_place(verb: str) -> None:
    """Behind a verb of striking a town is where it happened, whatever the verb."""
    text = f"Gunmen {verb} Kirkuk on Tuesday."
    (spot,) = locate(text, 0, len(text), "IQ")
    assert spot.name == "Kirkuk"


MADE_NAMES = [
    ("Two rockets fell inside Victory camp on Tuesday evening, an Iraqi officer said.", "iq-victory-base-complex"),
    ("IRAQ: mortar rounds hit the Victory base camp on Tuesday.", "iq-victory-base-complex"),
    ("A drone was shot down over the Bondsteel camp on Tuesday.", "xk-camp-bondsteel"),
    ("Rockets landed short of Qaim camp on Tuesday.", "iq-al-qaim-base"),
    ("A rocket hit Fort Tanf on Tuesday night.", "sy-al-tanf-garrison"),
    ("Rockets hit Camp Balad on Tuesday night; nobody was hurt.", "iq-balad-air-base"),
    ("A rocket struck Harir's airfield on Tuesday night.", "iq-harir-air-base"),
    ("Rockets were fired at Khmeimim airfield on Tuesday.", "sy-hmeimim-air-base"),
    ("A rocket landed in Victory camp in eastern Poland on Tuesday.", None),
    ("A rocket landed in Camp Victory in eastern Poland on Tuesday.", None),
    ("A mortar round hit the Qaim refinery on Tuesday.", None),
    ("Rockets hit Balad hospital on Tuesday; nobody was hurt.", None),
    ("A bomb went off at Malakal airport on Tuesday.", None),
]
"""Names that no gazetteer has, and places whose word for a site is of another kind."""

NAMESAKES = [
    (
        "Two drones were shot down over the Green Zone on Tuesday at 23:00.",
        "Media Cell, Baghdad",
        "iq-green-zone-baghdad",
    ),
    ("Mortar rounds fell in the Green Zone on Tuesday at 23:00.", "Mogadishu Daily", "so-halane-compound"),
    (
        "Rockets fell in the Green Zone on Tuesday. The noise at Taji tomorrow is a drill.",
        "wire",
        "iq-green-zone-baghdad",
    ),
    ("Mortar rounds hit the Green Zone on Tuesday, the Somali police said.", "Baghdad Post", "so-halane-compound"),
    ("Rockets hit Green Village on Tuesday.", "Hasakah Monitor, Syria", "sy-green-village"),
    ("Mortar rounds fell in the Green Zone on Tuesday.", "wire", None),
]
"""Names that several sites have: the text's other places decide, then the source."""

CLOCKS = [
    ("At 22:18 on Tuesday rockets hit the fence of a depot.", "Operations Media, Baghdad", "2024-03-12T19:18"),
    ("TBILISI, March 13 - A drone fell on an air base at 22:15 on Tuesday.", "wire", "2024-03-12T18:15"),
    ("A bomb went off at 21:30 on Tuesday at an army camp in Tbilisi.", "wire", "2024-03-12T17:30"),
    ("At 22:18 on Tuesday gunmen shot at the gate of the depot. The wounded are at Taji.", "wire", "2024-03-12T19:18"),
    ("At 22:18 on Tuesday rockets hit the fence of a depot.", "wire", "2024-03-12T22:18"),
]
"""A time of day is that of the place, of the country spoken of, of the source; only then UTC."""


@pytest.mark.parametrize("text, facility", MADE_NAMES)
def test_a_place_with_a_word_for_its_kind_names_a_facility(text: str, facility: str | None) -> None:
    """A facility is known by its place and any word for its kind, in front or behind; not by one for another kind."""
    (mention,) = told(text)
    assert mention.facility_id == facility


@pytest.mark.parametrize("text, source, facility", NAMESAKES)
def test_of_namesakes_the_one_in_the_country_is_meant(text: str, source: str, facility: str | None) -> None:
    """What a text names beside, else its source's name, tells which of several sites is meant."""
    (mention,) = told(text, source, "official")
    assert mention.facility_id == facility


@pytest.mark.parametrize("text, source, instant", CLOCKS)
def test_a_time_of_day_is_local(text: str, source: str, instant: str) -> None:
    """A clock time is read on the clock of the place that the report or its source tells."""
    (mention,) = told(text, source)
    middle = mention.occurred.earliest + (mention.occurred.latest - mention.occurred.earliest) / 2
    assert middle.isoformat().startswith(instant)


SEVERAL_DEEDS = [
    (
        "Rockets fell on the base at Taji and drones were shot down over the embassy in Baghdad on Monday night.",
        {("rocket", "executed", "iq-camp-taji"), ("uas", "intercepted", "iq-us-embassy-baghdad")},
    ),
    (
        (
            "Following the interception of drones near the embassy in Baghdad and a mortar attack at Baghdad airport "
            "on Tuesday, the Embassy has received information that militias intend to fire rockets at Camp Taji."
        ),
        {
            ("uas", "intercepted", "iq-us-embassy-baghdad"),
            ("mortar_artillery", "executed", "iq-baghdad-international-airport"),
            ("rocket", "threatened", "iq-camp-taji"),
        },
    ),
    (
        (
            "After a drone strike on the refinery at Jizan and the shelling of a post near Najran airport on Tuesday, "
            "the ministry said nobody was hurt."
        ),
        {("uas", "executed", "sa-jazan-refinery"), ("mortar_artillery", "executed", "sa-najran-airport")},
    ),
    (
        "A car bomb went off at the gate of the UN base in Mogadishu on Tuesday and mortar bombs fell on the airport.",
        {
            ("vehicle_bomb", "executed", "so-halane-compound"),
            ("mortar_artillery", "executed", "so-aden-adde-airport"),
        },
    ),
    (
        "BAGHDAD, March 13 - Unknown drones exploded on Tuesday at Iraq's Taji and Balad bases.",
        {("uas", "executed", "iq-camp-taji"), ("uas", "executed", "iq-balad-air-base")},
    ),
    (
        "Militants attacked the base at Taji with rockets and mortars on Tuesday.",
        {("rocket", "executed", "iq-camp-taji")},
    ),
    (
        "After rockets hit the base at Taji on Tuesday, police found the launcher in Dora.",
        {("rocket", "executed", "iq-camp-taji")},
    ),
]
"""Sentences that tell several deeds, and such as only seem to."""


@pytest.mark.parametrize("text, want", SEVERAL_DEEDS)
def test_a_sentence_tells_as_many_incidents_as_deeds(text: str, want: set[tuple[str, str, str]]) -> None:
    """Coordinated deeds with weapons and places of their own are incidents each; means of one attack are not."""
    got = [(m.threat_type.value, m.status.value, m.facility_id) for m in told(text)]
    assert set(got) == want
    assert len(got) == len(want)


def test_a_deed_takes_its_time_from_the_one_before() -> None:
    """Of "forty minutes later" the hour is counted from the deed told last; victims are of what struck."""
    first, second = told(
        "BAGHDAD, March 13 - Rockets fell on the base at Taji and drones were shot down over the embassy in Baghdad on "
        "Monday night, killing a soldier.\n\nThe rockets landed at 10:20 p.m. One wrecked a tent.\n\nAbout forty "
        "minutes later two drones on their way to the US embassy in Baghdad were shot down."
    )
    assert (first.occurred.earliest.hour, first.effects.killed) == (19, 1)
    assert second.effects.killed in (None, 0)
    assert second.status.value == "intercepted"
    assert second.occurred.earliest.isoformat() == "2024-03-11T19:45:00+00:00"


AGO = [
    ("A week ago gunmen attacked the port authority offices at Gwadar.", "2024-03-05T19:00", 1),
    ("Two weeks ago a drone hit the Khurais oil field.", "2024-02-27T21:00", 1),
    ("A fortnight ago a drone hit the Khurais oil field.", "2024-02-27T21:00", 1),
    ("Three days ago a drone hit the Khurais oil field.", "2024-03-09T21:00", 1),
    ("A few weeks ago a drone hit the Khurais oil field.", "2024-02-18T21:00", 5),
]
"""Days, weeks and fortnights that are counted name a day; uncounted ones do not."""


@pytest.mark.parametrize("text, earliest, days", AGO)
def test_weeks_that_are_counted_name_a_day(text: str, earliest: str, days: int) -> None:
    """A week ago is the day seven days before publication, at the place."""
    (mention,) = told(text)
    assert mention.occurred.earliest.isoformat().startswith(earliest)
    assert (mention.occurred.latest - mention.occurred.earliest).days == days


HOW_FAR = [
    (
        "Rebels sent six drones at the camp in Kidal on Tuesday; five of them were shot down. The sixth hurt two men.",
        "executed",
    ),
    (
        "Ten drones were sent to the port of Odesa on Tuesday and nine were shot down. The other set a hall ablaze.",
        "executed",
    ),
    ("Troops fired at a drone over Camp Taji on Tuesday, but it struck a fuel tank.", "executed"),
    (
        "Six drones were sent against Camp Taji on Tuesday and five of them were shot down. The sixth hit nothing.",
        "intercepted",
    ),
    ("Six drones flew at Camp Taji on Tuesday and all were shot down. Debris wounded two soldiers.", "intercepted"),
    ("Drones flew at Camp Taji on Tuesday and were shot down. Men stood near; one of them was hurt.", "intercepted"),
    ("Two drones flew at Camp Taji on Tuesday and were shot down. One of the men was hit by glass.", "intercepted"),
    (
        "A pick-up with explosives meant for the camp at Timbuktu was blown up by a helicopter on Tuesday.",
        "intercepted",
    ),
    (
        "On Tuesday a truck bomb heading for the UN base in Gao was destroyed by a drone a mile short of it.",
        "intercepted",
    ),
    ("A car bomb that was meant for the embassy in Tunis was found on Tuesday.", "thwarted"),
    ("Missiles fired at Al Udeid on Tuesday were intercepted but for one, which fell inside the base.", "executed"),
    ("Missiles fired at Al Udeid on Tuesday were intercepted but for one, which fell in the sea.", "intercepted"),
    ("A car bomb hit a patrol of soldiers near Camp Simba on Tuesday.", "executed"),
    (
        "Air defences near the city of Bushehr opened fire at two small drones on Tuesday. Both fell in the sea.",
        "intercepted",
    ),
]
"""What is stopped on its way, what is found before, and what gets through beside others."""


@pytest.mark.parametrize("text, status", HOW_FAR)
def test_what_gets_through_outranks_what_is_stopped(text: str, status: str) -> None:
    """One that does its harm makes the attack carried out; a bomb that is shot up on its way is stopped, not found."""
    assert [m.status.value for m in told(text)] == [status]


KINDS_OF_DEED = [
    ("Four gunmen in uniform tried to enter the naval air station at Turbat on Tuesday.", {"ground_assault"}),
    ("Three militants armed with rifles attempted to get into Mitiga airport on Tuesday.", {"ground_assault"}),
    ("Gunmen shot at the gate of Camp Simba on Tuesday from a passing car.", {"small_arms"}),
    ("A gunman fired at guards at Camp Simba on Tuesday when they tried to enter his shop.", {"small_arms"}),
    ("A man was shot by guards at Mitiga airport on Tuesday after he ran at them with a knife.", {"other"}),
    ("Guards at the US embassy in Tunis shot a man who lunged at them with an axe on Tuesday.", {"other"}),
    ("A man shot at guards of the US embassy in Tunis on Tuesday; a kitchen knife was found on him.", {"small_arms"}),
    ("A fire that destroyed two lorries in a hall of the port of Odesa at the weekend was lit on purpose.", {"arson"}),
    ("A fire at the port of Odesa on Tuesday was not started on purpose, firemen said.", set()),
]
"""Who came with what, and what for."""

PARTS = [
    ("Shots were fired at the gate of Camp Simba at 20:00.\nAt 21:00 two men cut the fence.", "ke-manda-bay"),
    ("Two men climbed the wall of Camp Simba at 20:00.\nAt 21:00 a shot was fired at tower 3.", "ke-manda-bay"),
    (
        "Shots were fired at the gate of Camp Simba at 20:00.\nAt 21:00 shots were fired at a bank in Nairobi.",
        None,
    ),
    ("Shots were fired at the gate of a farm at 20:00.\nAt 21:00 two men cut the fence of a shop.", None),
]
"""A part that every site has is that of the site told before, not of another place."""


@pytest.mark.parametrize("text, types", KINDS_OF_DEED)
def test_the_deed_tells_the_type(text: str, types: set[str]) -> None:
    """Armed men who want in assault a site; whom guards shot for his knife did not shoot; a fire set is arson."""
    assert {m.threat_type.value for m in told(text)} == types


@pytest.mark.parametrize("text, facility", PARTS)
def test_a_part_is_of_the_site_told_before(text: str, facility: str | None) -> None:
    """In a report from the spot "the fence" is that of the site it told of."""
    assert told(text, kind="field")[-1].facility_id == facility
