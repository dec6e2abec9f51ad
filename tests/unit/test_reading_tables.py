"""Tables in a text: where they are, and what their rows say read aloud."""

import pytest

from streams.reading.page.rows import ROW_HEAD, read_aloud


def spoken(text: str, heading: str = "") -> list[str]:
    """The lines of a text, its tables read aloud."""
    out, at = [], 0
    for e in read_aloud(text, heading):
        assert at <= e.start <= e.end <= len(text)
        out += [text[at : e.start], e.words]
        at = e.end
    return "".join([*out, text[at:]]).split("\n")


ROWS = [["3 Mar", "Gao camp", "mortar (2)", "0", "3", "JNIM (own claim)"], ["4 Mar", "Menaka", "IED", "1", "-", "-"]]
NAMES = ["Date", "Location", "Event", "Killed", "Injured", "By"]
SAID = [
    "3 March at Gao camp: attack: mortar (2), 0 killed, 3 wounded. Claimed by JNIM.",
    "4 March at Menaka: attack: IED, 1 killed.",
]


@pytest.mark.parametrize(
    "sep, frame, rule",
    [
        (" | ", "", ""),
        ("|", "|", "|---|---|---|:-:|---|---|"),
        (" | ", "", "-----+-----+-----+---+---+---"),
        ("\t", "", ""),
        (";", "", ""),
        (",", "", ""),
        (" -- ", "", ""),
        ("     ", "", ""),
    ],
)
def test_any_separator_makes_a_table(sep: str, frame: str, rule: str) -> None:
    """Bars, tabs, semicolons, commas, dashes or runs of blanks cut the same cells, with rules and frames or without."""
    lines = [frame + sep.join(cells) + frame for cells in [NAMES, *ROWS]]
    text = "\n".join([lines[0], rule, *lines[1:]] if rule else lines)
    assert spoken(text)[-2:] == SAID


@pytest.mark.parametrize(
    "text",
    [
        "Date;Site;Event\n3 Mar;Gao camp;mortar\n4 Mar;Menaka;IED",
        "Date;Time;Site;Event\n3 Mar 24;0615;Gao camp;mortar\n4 Mar 24;1900;Menaka;IED",
        "Site;Date;Event\nGao camp;3 Mar;mortar\nMenaka;4 Mar;IED",
        "DTG;Site;Event\n030615ZMAR24;Gao camp;mortar\n041900ZMAR24;Menaka;IED",
    ],
)
def test_the_head_of_a_row_is_known_again(text: str) -> None:
    """Whoever reads a row that was read aloud knows it by its head, in whatever order its day and place stand."""
    assert all(ROW_HEAD.match(line) for line in spoken(text)[1:])
    assert ROW_HEAD.match("On 3 March mortar rounds fell at Gao camp: two were hurt.") is None


def test_columns_are_known_by_their_names_in_any_order() -> None:
    """What a column holds is said by its name; cells keep their order."""
    rows = "Taji;2/0;107mm rocket;120310ZMAR24;KSS\nBalad;0/1;drone;130310ZMAR24;unclaimed"
    text = f"Place;W/K;Weapon;DTG;Claimed by\n{rows}"
    assert spoken(text)[1:] == [
        "Taji, 2 wounded, 0 killed: attack: 107mm rocket on 120310ZMAR24. Claimed by KSS.",
        "Balad, 0 wounded, 1 killed: attack: drone on 130310ZMAR24.",
    ]


@pytest.mark.parametrize(
    "cell, heading, day",
    [
        ("17-Jan", "", "17 January"),
        ("17-Jan-24", "", "17 January 2024"),
        ("Jan 17", "Week 3, 2024", "17 January 2024"),
        ("2024-01-17 06:30", "", "17 January 2024 at 06:30"),
        ("17.01.", "", "17 January"),
        ("01/17", "", "17 January"),
        ("17/01/24", "", "17 January 2024"),
        ("Wed 17", "8-20 January", "17 January"),
        ("17", "Strikes in JANUARY 2024", "17 January 2024"),
        ("29", "28 April - 4 May 2025", "29 April 2025"),
        ("2", "28 April - 4 May 2025", "2 May 2025"),
        ("Apr", "Closed cases Q2 2024", "April 2024"),
        ("17-ene", "", "17 January"),
        ("170930ZJAN24", "", "170930ZJAN24"),
        ("0312 17 Jan", "", "17 January at 0312"),
        ("17 Jan 1945", "", "17 January 1945"),
        ("12 ſep", "", "12 September"),
        ("3 Dİc", "", "3 December"),
        ("2024-13-05", "", "2024-13-05"),
    ],
)
def test_a_day_is_said_in_full(cell: str, heading: str, day: str) -> None:
    """What a cell of days leaves out stands in the title or above the table."""
    text = f"date | place | event\n{cell} | Gao | shelling"
    assert spoken(text, heading)[1] == f"{day} at Gao: shelling."


def test_quotation_marks_hold_a_cell_together() -> None:
    """A comma between quotation marks cuts nothing."""
    text = 'Date,Location,Event,Killed\n5 May,"Gao, north",IED,2'
    assert spoken(text)[1] == "5 May at Gao, north: attack: IED, 2 killed."


def test_what_is_not_known_of_the_harmed_is_not_said() -> None:
    """Of "5/n.k." five are said to be dead, and nothing of the wounded."""
    assert (
        spoken("date | place | event | K/W\n5 May | Gao | shelling | 5/n.k.")[1] == "5 May at Gao: shelling, 5 killed."
    )


def test_figures_are_month_and_day_where_the_column_shows_it() -> None:
    """01/05 is a day in January where 01/17 stands in the same column."""
    text = "date | place | event\n01/05 | Gao | shelling\n01/17 | Gao | shelling"
    assert spoken(text)[1:] == ["5 January at Gao: shelling.", "17 January at Gao: shelling."]


def test_a_row_without_a_day_shares_that_of_the_row_above() -> None:
    """An empty cell of a column of days says that the day goes on."""
    text = "| date | place | event |\n| 5 May | Gao | shelling |\n| | Kidal | shelling |"
    assert spoken(text)[-1] == "5 May at Kidal: shelling."


@pytest.mark.parametrize(
    "row, said",
    [
        ("UAS | - | - | -", "attack: UAS."),
        ("UAS | 1 | n/k | Houthi (MoD)", "attack: UAS, 1 killed. Officials blamed Houthi (MoD)."),
        ("UAS | 1 | ? | Houthi?", "attack: UAS, 1 killed. Suspected: Houthi."),
        ("air raid | 0 | 0 | Israel", "air raid, 0 killed, 0 wounded by Israel."),
        ("drone shot down | 0 | 0 | RF", "drone shot down, 0 killed, 0 wounded by Russia."),
        ("rocket fell short | 0 | 2 | not known", "rocket fell short, 0 killed, 2 wounded."),
        ("goods train derailed | 0 | 0 | -", "goods train derailed."),
        ("rocket cache found | 0 | 0 | -", "rocket cache found."),
    ],
)
def test_a_cell_says_what_its_column_means(row: str, said: str) -> None:
    """A weapon alone was an attack; dashes and the like say nothing; who did it is said as firmly as in the cell."""
    assert spoken(f"date | place | event | K | W | by\n5 May | Gao | {row}")[1] == f"5 May at Gao: {said}"


@pytest.mark.parametrize(
    "event, remark, said",
    [
        ("blast", "gas bottle, restaurant", "blast (accident). Gas bottle, restaurant."),
        ("fire", "wiring", "fire (accident). Wiring."),
        ("shelling", "rumour only, struck out", "shelling (false alarm). Rumour only, struck out."),
        ("mortars", "drill", "attack: mortars (exercise). Drill."),
        ("UAV (7)", "all shot down, nothing hit", "attack: UAV (7) (shot down). All shot down, nothing hit."),
        ("UAV (7)", "5 of 7 shot down", "attack: UAV (7). 5 of 7 shot down."),
        ("shelling", "generator hit, fire brigade called", "shelling. Generator hit, fire brigade called."),
        ("shelling", "market of the town, tyre shop", "shelling. Market of the town, tyre shop."),
        (
            "shelling",
            "crowd thought of fireworks at first when it began",
            "shelling. Crowd thought of fireworks at first when it began.",
        ),
        ("IED", "AS claim", "attack: IED. Claimed by AS."),
        ("IED", "ISWAP likely", "attack: IED. Suspected: ISWAP."),
    ],
)
def test_a_remark_tells_what_it_was(event: str, remark: str, said: str) -> None:
    """An innocent cause, a false alarm, an interception in a remark stand beside the event."""
    assert spoken(f"date | place | event | remark\n5 May | Gao | {event} | {remark}")[1] == f"5 May at Gao: {said}"


@pytest.mark.parametrize("row", ["6 May | - | none | -", "6 May | Gao | nil | -", "TOTAL | 3 sites | attacks: 4 | -"])
def test_a_row_in_which_nothing_happened_stays(row: str) -> None:
    """Rows that count up others, or say that nothing happened, are left as they are."""
    text = f"date | place | event | remark\n5 May | Gao | IED | -\n{row}"
    assert spoken(text)[2] == row


def test_columns_without_names_are_known_by_their_looks() -> None:
    """Days, counts, places and events are known in a table that has no heading."""
    text = """17-Jan | Al-Shaddadi base | rockets (4) | 0/0 | IRI (own claim)
18-Jan | Conoco | UAS | 0/1 | not known
19-Jan | Tabqa | shelling | 0/0 | IRI (own claim)"""
    assert spoken(text) == [
        "17 January at Al-Shaddadi base: attack: rockets (4), 0 killed, 0 wounded. Claimed by IRI.",
        "18 January at Conoco: attack: UAS, 0 killed, 1 wounded.",
        "19 January at Tabqa: shelling, 0 killed, 0 wounded. Claimed by IRI.",
    ]


def test_a_name_of_a_column_that_nobody_knows_is_no_hindrance() -> None:
    """Below a heading without a known name for what happened the looks of the cells decide."""
    rows = "1 May | Gao | 0600 | shelling\n2 May | Kidal | 0700 | IED\n3 May | Menaka | 0800 | UAS"
    assert spoken(f"date | place | time | goings-on\n{rows}")[2:] == [
        "2 May at Kidal at 0700: attack: IED.",
        "3 May at Menaka at 0800: attack: UAS.",
    ]


def test_four_figures_behind_a_month_are_an_hour_where_they_are_in_another_row() -> None:
    """1945 is a year unless the same column has 0640."""
    text = "date | place | event\n17 Jan 1945 | Gao | shelling\n18 Jan 0640 | Gao | shelling"
    assert spoken(text)[1:] == ["17 January at 1945 at Gao: shelling.", "18 January at 0640 at Gao: shelling."]


@pytest.mark.parametrize(
    "text, said",
    [
        (
            "Hospital | Date | What happened | Harm\nAbs | 2 April | air raid | 1 dead",
            "At Abs hospital, on 2 April: air raid, 1 dead.",
        ),
        ("Port;Time;Event\nIzmail;0210;UAV debris", "Port of Izmail at 0210: attack: UAV debris."),
        ("Date|District|Village|Event\n2 May|Gao|Ansongo|IED", "2 May at Gao, Ansongo: attack: IED."),
        ("Time;Position;Incident\n2010 7 Mar;off Hodeidah;USV", "7 March at 2010 off Hodeidah: attack: USV."),
        ("Site / weapon / effect\nGas node / KAB / no damage", "Gas node: attack: KAB. No damage."),
        ("Ctry\tSite\tDate\tEvent\nML\tGao\t2 May\tshelling", "In Mali, at Gao, on 2 May: shelling."),
        (
            "date,admin1,event_type,sub_event_type,actor1\n2 May,Gao,Battles,Armed clash,JNIM",
            "2 May at Gao: Armed clash by JNIM.",
        ),
        (
            "date|place|event|by|result\n2 May|Gao|air strikes|US (presumed)|launchers",
            "2 May at Gao: strike on militants, air strikes. Suspected: US. Launchers.",
        ),
        (
            "date|place|event|by|result\n2 May|Gao|air strikes|US|school hit",
            "2 May at Gao: air strikes by US. School hit.",
        ),
        ("date|place|event\n2 May|Gao|C-UAS course", "2 May at Gao: C-UAS course."),
        ("Attacks in 2019\n\nSite|Means|Effect\nGao|drones|fires", "In 2019, Gao: attack: drones. Fires."),
    ],
)
def test_what_else_a_heading_and_a_row_tell(text: str, said: str) -> None:
    """Kinds of site that a column is named for, places within places, countries, categories, own strikes, years."""
    assert spoken(text)[-1].lower() == said.lower()


def test_cells_stand_below_the_names_of_their_columns() -> None:
    """Of columns aligned by blanks an empty cell leaves no trace, a long one no gap; names may stand a blank apart."""
    text = """SER  DATE    LOC        EVENT                 KIA WIA
01   5 May   GAO        MORTAR                0   2
02           MENAKA     IED ON ROAD, 2 TRUCKS 1   0"""
    assert spoken(text)[1:] == [
        "5 May at GAO: attack: MORTAR, 0 killed, 2 wounded.",
        "5 May at MENAKA: attack: IED ON ROAD, 2 TRUCKS, 1 killed, 0 wounded.",
    ]


def test_notes_below_say_who_did_it() -> None:
    """A note that tells by their numbers which rows are whose is said in those rows, and not below them again."""
    text = """No;Object;Means;Time
1;Odesa port;UAV;01:50
2;Izmail port;UAV;02:30
3;Reni;UAV;03:00

Aggressor in lines 1-2: RF. Row 3: unknown."""
    assert spoken(text)[1:] == [
        "Odesa port: attack: UAV at 01:50. Carried out by Russia.",
        "Izmail port: attack: UAV at 02:30. Carried out by Russia.",
        "Reni: attack: UAV at 03:00.",
        "",
        " Row 3: unknown.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "A bomb went off; police came; all well.\nIt was the third; the others were duds; they say.\nMore; later; now.",
        "Share | Tweet | Print\nHome | World | Iraq\nRockets hit Ain al-Asad | Reuters | 5 May",
        "Drones, a rocket, a mortar.\nDate, place, and time were not given, he said.\nGao, Kidal, Menaka, all quiet.",
        "1 March, Gao, 0600. Shots at the gate.\n2 March, Gao, 0700. Shots again.\n3 March, Gao, 0800. Quiet.",
        "Date, place, attacks\nGao, Kidal, Menaka\nRockets, mortars, mines and worse, all in a night",
        "date, place, event, my dear\n1 May, Gao, four mortars, all duds\n2 May, Kidal, two rockets, no more",
        "site | threat | likelihood | actor\nGao | rockets | high | JNIM\nKidal | drones | low | FLA",
        "weapon | type | range | target\nBadr-1 | rocket | 150 km | airports",
        "date | place | time\n1 May | Gao | 0600\n2 May | Kidal | 0700",
        "1 May / Gao / shelling\n2 May / Kidal / IED\n3 May / Gao / UAS",
        "Price | Stock | Colour\n5 | 3 | red\n6 | 2 | blue",
        "name    score   team\nAlan    3       red\nBert    4       blue",
        "",
    ],
)
def test_what_is_no_table_of_events_stays(text: str) -> None:
    """Prose with a stray separator, menus and other tables do not change by a character."""
    assert read_aloud(text) == []
