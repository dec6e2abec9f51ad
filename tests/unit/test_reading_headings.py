"""Which sites the items of lists, logs and short reports play at, by what they open with or stand under."""

import pytest

from tests.unit.reader import told

OWN_LOGS = [
    (
        "0940 GPS of two arrivals jammed below 3,000 ft.\n1310 Fog.\n1400 Drone shot down over the cargo fence.",
        "Najran APT, duty manager",
        "sa-najran-airport",
    ),
    (
        "0940 Two rockets fell short, nobody hurt.\n1310 Fog.\n1400 Drone shot down over the motor pool.",
        "ALASAD AB, watch",
        "iq-al-asad-air-base",
    ),
    (
        "0940 Two rockets fell short, nobody hurt.\n1310 Fog.\n1400 Drone shot down over the motor pool.",
        "Najran, town police",
        None,
    ),
]


@pytest.mark.parametrize("text, source, facility", OWN_LOGS)
def test_entries_of_a_site_own_log_play_there(text: str, source: str, facility: str | None) -> None:
    """A site's log need not say where; a town's may be anywhere in it."""
    assert {m.facility_id for m in told(text, source, "field")} == {facility}


ITEMS = [
    (
        "12 March, Khanasor. A pick-up was destroyed by a drone at the mill, two killed.\n\nBashiqa is quiet.",
        [None],
    ),
    (
        (
            "The mayor mourns the victims of Kasanda-Est. There they were shot by gunmen on Monday "
            "night.\n\nOn Tuesday youths threw petrol bombs at the Boikene camp."
        ),
        [None, "cd-monusco-beni-boikene"],
    ),
]


@pytest.mark.parametrize("text, facilities", ITEMS)
def test_an_item_plays_where_it_begins(text: str, facilities: list[str | None]) -> None:
    """What an item opens with is where it plays, though no list of towns has it."""
    assert [m.facility_id for m in told(text, kind="ngo")] == facilities


PARTS = [
    ("Gao: shells fell inside the airport camp on Tuesday evening.", "ml-gao-camp"),
    ("Hodeidah. Aircraft dropped five bombs on berths 6 to 8 on Tuesday.", "ye-hodeidah-port"),
    ("Hamburg. Aircraft dropped five bombs on berths 6 to 8 on Tuesday.", None),
    ("NAQOURA - It rained.\n\nOn Tuesday a shot was fired through a window of the headquarters.", "lb-unifil-naqoura"),
]
"""Two words for sites in a row, a part in place of its site, a dateline that only a facility has."""


@pytest.mark.parametrize("text, facility", PARTS)
def test_a_part_and_its_place_tell_the_site(text: str, facility: str | None) -> None:
    """Where the place is named, a part is enough; of two words for a site the first tells where, the second which."""
    assert told(text, kind="news")[0].facility_id == facility


_ODESA = "Odesa. On Tuesday a drone burnt a crane of the port.\n\n"
_REACTORS = "Chornobyl. On Tuesday a drone hit the reactor.\n\nSouth Ukraine. On Tuesday a drone fell by the plant.\n\n"
_IZMAIL = "Izmail. Drones on the night of 10 March; one struck a shed and injured a clerk."

HEADINGS = [
    (
        "Rivne NPP: quiet.\n\nKhmelnytskyi NPP: on Tuesday a drone was shot down 2 km from the site.",
        "ua-khmelnytskyi-npp",
    ),
    (
        "1. NIAMEY. BA101/DIORI HAMANI: GPS jammed on Tuesday at 2210, two crews.\n2. TILLABERI. Nil.",
        "ne-niamey-airport",
    ),
    (
        "1. BASRA AIRPORT. On Tuesday a plane left for Kuwait: its crew was given false positions.\n\n2. TAJI. Nil.",
        "iq-basra-international-airport",
    ),
    (_ODESA + "Haifa. On Tuesday a rocket fell into the harbour.\n\n" + _IZMAIL, "ua-izmail-port"),
    (_REACTORS + "Rivne. Drones on the night of 10 March; one struck a shed and injured a clerk.", "ua-rivne-npp"),
    (_ODESA + "Erbil. On Tuesday a rocket fell near the airport.\n\n" + _IZMAIL, None),
]
"""Items that name their site in a heading, or by the kind of the list, and the site of the last event."""


@pytest.mark.parametrize("text, facility", HEADINGS)
def test_what_stands_under_a_heading_plays_there(text: str, facility: str | None) -> None:
    """The words that an item opens with are a heading; of a list of ports each town is its port."""
    assert told(text, kind="ngo")[-1].facility_id == facility


SAID_SHORTLY = [
    ("Gunmen shot a driver on the Dikwa to Gajibo road in Nigeria on Tuesday.", "wire", "ngo", None),
    ("SOMALIA: mortar fire on Aden Adde on Tuesday, one round on the apron.", "wire", "ngo", "so-aden-adde-airport"),
    (
        "El Baraf FOB probed on Tuesday 0200.\nIED hit water truck 2 km S of FOB at 0320.",
        "wire",
        "field",
        "so-el-baraf-base",
    ),
    (
        "yavoriv direction: two explosions heard just now, sirens",
        "@lviv_balcony",
        "social",
        "ua-yavoriv-training-centre",
    ),
    (
        "Crowd throwing stones and petrol bombs in front of Monusco HQ Goma right now",
        "@goma",
        "social",
        "cd-monusco-goma",
    ),
    (
        "On Tuesday five drones were shot down in the Al Kharj area. All were bound for the base.",
        "Prince Sultan Air Base Public Affairs",
        "official",
        "sa-prince-sultan-air-base",
    ),
    ("SOMALIA: mortar fire on Aden Adde on Tuesday, nobody hurt.", "wire", "ngo", "so-aden-adde-airport"),
    ("SOMALIA: Aden Adde took mortar rounds on Tuesday, one on the apron.", "wire", "ngo", "so-aden-adde-airport"),
    ("Aden Adde. On Tuesday two mortar rounds fell on the apron.", "wire", "ngo", "so-aden-adde-airport"),
    ("Gunmen shot at a lorry on Tuesday night and wounded its driver.", "US Embassy Amman", "official", None),
    (
        "INTSUM MANDA BAY\n1. 120710Z, culvert 7 km W: IED vs KDF water truck, 2 WIA.\n2. 121210Z fog.",
        "Camp Simba S2",
        "field",
        None,
    ),
    (
        "A: 3 rkts vs Rumalyn LZ 122140Z, 2 impacts outside berm.\nL: POO poss Iraqi side.",
        "watch",
        "field",
        "sy-rumalyn-landing-zone",
    ),
    ("1. EN: 1x OWA UAS crashed SW of wire 0352C.\n2. LOC: FB Saham.", "FB Saham TOC", "field", "iq-al-qaim-base"),
    (
        "Djibouti. On Tuesday satellite positions were unreliable on the approach to Ambouli.",
        "wire",
        "ngo",
        "dj-ambouli-international-airport",
    ),
    ("On Tuesday a crowd in Nairobi threw petrol bombs at a kiosk. The embassy is closed.", "wire", "news", None),
]
"""Names said in few words, and what the sender leaves out, with source and kind."""


@pytest.mark.parametrize("text, source, kind, facility", SAID_SHORTLY)
def test_few_words_name_a_site(text: str, source: str, kind: str, facility: str | None) -> None:
    """Abbreviations are no places, a post says whence it hears; a base reports of itself, a mission of its country."""
    assert told(text, source, kind)[-1].facility_id == facility


OF_THE_HEADING = [
    ("Kidal. One rocket on Tuesday before dawn, at the airport.", "ml-kidal-camp"),
    (
        (
            "Hasakah, Ghweran. The prison had a bad week. On Tuesday a lorry full of explosives "
            "blew up before the outer gate."
        ),
        "sy-al-sinaa-prison",
    ),
    ("Niamey. On Tuesday mortar rounds fell around the base next to the airport.", "ne-air-base-101"),
]
"""Items whose heading and a word for a site make a name, and one that only tells what its site is near."""


@pytest.mark.parametrize("text, facility", OF_THE_HEADING)
def test_a_heading_and_a_word_for_a_site_make_a_name(text: str, facility: str | None) -> None:
    """Under a place, "the airport" is the one that is called after it."""
    assert told(f"{text}\n\nTimbuktu. Quiet.", kind="ngo")[0].facility_id == facility
