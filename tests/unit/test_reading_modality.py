"""How a passage is meant: rows of what must be kept out, each beside what must not be lost by the same rule."""

import pytest

from tests.unit.reader import reading_of

QUIET = {
    "exercise traffic": [
        ("field", "EX EX EX\nCONTACT REPORT\n1. 0441Z mortars impacted Camp Lemonnier, 3 WIA.\nEX EX EX"),
        ("field", "Exercise DESERT SHIELD II - INJECT 12\n1. 0441Z drone hit fuel farm Camp Lemonnier."),
        ("official", "FOR EXERCISE PURPOSES ONLY. At 04:40 today gunmen stormed Camp Lemonnier and killed two guards."),
        ("wire", "THIS IS A DRILL. Rockets struck Camp Taji on Tuesday, killing two soldiers."),
        ("ngo", "EXCON message 4. A car bomb hit Camp Taji on Tuesday. Three staff were wounded (notional)."),
        ("field", "SITREP 3\n1. 0441Z rockets impacted Camp Taji.\n2. CAS 14 WIA (sim).\n3. RWY cratered (sim)."),
    ],
    "nothing since": [
        ("wire", "No shell had fallen on the airport of Goma since Saturday, its director said."),
        ("wire", "Not a single mortar round has landed on Camp Taji since Sunday, the army said."),
        ("wire", "Camp Taji has gone without a mortar since Sunday, its commander said on Tuesday."),
        ("ngo", "Nil mortars at Goma airport since Monday."),
    ],
    "an innocent cause": [
        ("wire", "The blast at Camp Taji on Monday was not an attack but a generator, the army said."),
        ("wire", "The blast at Camp Taji on Monday was nothing but thunder, the army said."),
        ("wire", "The bangs at Camp Taji on Monday were thunder."),
        ("social", "that was thunder, no explosions at camp taji"),
    ],
    "a figure of speech": [
        ("wire", "A councillor's proposal was shot down near Camp Taji on Monday."),
        ("wire", "An explosion of laughter was heard in the council chamber near Camp Taji on Monday."),
    ],
    "scare quotes": [
        ("ngo", 'AMMAN: no change. The "shots at the US embassy" in a tweet of 12 March were from a graduation.'),
        ("wire", 'Monday\'s "rocket attack on Camp Taji" was a burst tyre.'),
        ("wire", 'The "bombing of Erbil airport" in a film clip of Monday is from a computer game.'),
        ("wire", 'Talks at Camp Taji ended on Monday in what a delegate called "a small explosion".'),
    ],
    "words taken back": [
        ("ngo", 'Erbil. The two nurses "abducted" on Tuesday had missed the bus.'),
        ("wire", 'The clerk "kidnapped" near Camp Taji on Monday was at the dentist.'),
        ("wire", "A report of cannon fire at the U.S. embassy in Baghdad on Monday was withdrawn within the hour."),
        ("wire", "An alert of rockets fired at Camp Taji on Monday was later retracted."),
    ],
    "strikes on armed groups": [
        ("wire", "Iraqi F-16s had bombed a cave near Camp Taji on Monday, the army said."),
        (
            "ngo",
            "Partners of the government bombed a camp near Jilib on Monday (12 dead, all fighters, says the ministry).",
        ),
        ("wire", "American forces, which bombed depots around Saada on Monday, sent no ships, an official said."),
        ("wire", "In reply to one of them its aircraft hit a workshop in Jurf al-Sakhar on Monday."),
        ("wire", "Jets bombed a rocket workshop near Mosul on Monday, the ministry said."),
        ("wire", "The military said that its aircraft had destroyed the launching position near Rafah on Monday."),
    ],
    "taken back in clipped form": [
        ("field", "1. Ref FLASH 0610C item 2 (small arms fire, N gate Camp Taji): cancelled, was nail gun."),
        (
            "field",
            "SITREP 4\n1. Shots, N gate, Camp Taji 0610C - neg, roofers.\n2. Mortar impact Camp Taji 0630C: disregard.",
        ),
        ("field", "DISREGARD item 4 of SITREP 12 (IED at gate of Camp Taji)."),
        ("field", "SITREP 5\n1. UAV over Camp Taji 0630C: negative, kite.\n2. Gunfire at Camp Taji 0640C (wedding)."),
        ("ngo", "Erbil: bangs at the airport on Monday - pile driving."),
    ],
    "a date since which": [
        ("wire", "Since last summer rockets have hit Camp Taji."),
        ("wire", "The first rockets hit Camp Taji last summer."),
        ("wire", "Since 2019 a sergeant at Camp Taji has kept count of the rockets that fell there."),
    ],
    "no hacker": [
        ("wire", "Screens at Erbil airport went dark on Monday when a digger cut a cable."),
        ("wire", "A breach in the wall of Erbil airport on Monday was for a new network of pipes."),
        ("wire", "Loudspeakers at Erbil airport were mute on Monday because of a power cut."),
    ],
    "a question": [
        ("wire", "Senators asked on Monday whether a rocket attack on Camp Taji was likely."),
        ("wire", "The closing of the post makes a truck bomb at Camp Taji less likely, an officer said on Monday."),
        ("wire", "A missile attack on Camp Taji is now more likely, a general said on Monday."),
        ("wire", "On Monday he was asked whether giving up the drone base invites a raid on embassies in Iraq."),
    ],
    "a crowd to come": [
        (
            "official",
            "The Embassy has been told of a planned demonstration on Thursday 14 March near the US Embassy in Tunis.",
        ),
        ("wire", "Unions plan to march on the US Embassy in Tunis on Friday."),
        ("wire", "Students announced another sit-in at the US Embassy in Tunis for Monday."),
        ("official", "Expect a protest outside the US Embassy in Tunis on Wednesday, 13 March, and avoid the crowds."),
    ],
    "at the same time as the past": [
        ("wire", "Rockets hit Camp Taji in 2019. At about the same time, drones exploded at Balad Air Base."),
        ("wire", "The bases were attacked in 2019. Meanwhile rockets fell on Balad Air Base."),
    ],
    "its own guns": [
        ("wire", "The guns of the frigate at Hodeidah port fired for ten minutes on Monday evening."),
        ("wire", "Air defence batteries at Balad Air Base opened up shortly after midnight on Monday."),
        ("social", "embassy guns firing rn, c-ram going off in the green zone"),
    ],
}
"""What makes no mention, by what keeps it out."""

TOLD = {
    "a strike on a site": [
        ("wire", "Israeli jets bombed T4 air base in Syria on Monday and killed three fighters.", ["air_strike"]),
        ("wire", "In reply to the raid its aircraft bombed the port of Hodeidah on Monday.", ["air_strike"]),
        ("wire", "Warplanes bombed a market in Nyala on Monday, killing nine.", ["air_strike"]),
        ("wire", "In response to the raid militants fired rockets at Camp Taji on Monday.", ["rocket"]),
    ],
    "what is not withdrawn": [
        (
            "wire",
            "Reports of a mortar attack on Camp Taji on Monday were confirmed; troops were withdrawn.",
            ["mortar_artillery"],
        ),
        (
            "wire",
            'Two nurses were abducted near Camp Taji on Monday by men who call themselves "Lions".',
            ["kidnapping"],
        ),
    ],
    "exercise traffic": [
        (
            "field",
            "EX EX EX\n1. 0441Z mortars impacted Camp Lemonnier.\n2. NO DUFF: 0512Z shots fired, Camp Lemonnier.",
            ["small_arms"],
        ),
        (
            "field",
            "STARTEX 0600Z\n1. Notional VBIED.\n2. REAL WORLD: 0512Z two rockets impacted Camp Lemonnier.",
            ["rocket"],
        ),
        ("field", "THIS IS NOT AN EXERCISE. 0512Z two rockets impacted Camp Lemonnier, 1 WIA.", ["rocket"]),
        ("field", "LOG\n1. 0441Z two rockets impacted Camp Taji.\n2. EX EX EX mortars impacted Camp Taji.", ["rocket"]),
        ("wire", "A drone hit Camp Taji on Tuesday, days after a joint exercise there.", ["uas"]),
        (
            "wire",
            'Rockets struck Camp Taji on Tuesday, killing one. "Exercise, exercise," a loudspeaker had said at noon.',
            ["rocket"],
        ),
        ("official", "EXERCISE INCREASED CAUTION: at 04:40 today gunmen stormed Camp Lemonnier.", ["ground_assault"]),
    ],
    "no more than the words": [
        ("wire", "No fewer than six rockets hit Camp Taji on Monday.", ["rocket"]),
        ("wire", "No sooner had the rockets hit Camp Taji on Monday than sirens wailed.", ["rocket"]),
        ("wire", "There were no casualties from the rockets that hit Camp Taji on Monday.", ["rocket"]),
        (
            "wire",
            "No mortar bombs hit the barracks, but two fell on the runway of Balad Air Base on Monday.",
            ["mortar_artillery"],
        ),
    ],
    "an innocent cause that is excluded": [
        ("social", "that was NOT thunder. two big explosions at camp taji", ["unknown_explosion"]),
        (
            "wire",
            "The explosions at Camp Taji on Monday weren't caused by fireworks, officers said.",
            ["unknown_explosion"],
        ),
        (
            "wire",
            "Police ruled out a gas leak as the cause of the explosion at Camp Taji on Monday.",
            ["unknown_explosion"],
        ),
        ("wire", "An explosion hit Camp Taji on Monday; a boiler was excluded as its cause.", ["unknown_explosion"]),
    ],
    "those who tell of it": [
        ("wire", "Five explosions were heard at Balad Air Base on Monday, a councillor said.", ["unknown_explosion"]),
        ("wire", "According to a council member, two rockets fell near Balad Air Base on Monday.", ["rocket"]),
        ("wire", "Fans in the stadium heard a blast at Erbil airport on Monday evening.", ["unknown_explosion"]),
        ("wire", "Drones hit Erbil airport on Monday, the chef and two volunteers with a charity said.", ["uas"]),
    ],
    "what officials call it": [
        (
            "wire",
            'Boards at Erbil airport went dead on Monday in what officials called an "intrusion into its network".',
            ["cyber"],
        ),
        (
            "wire",
            'In what police called an "ambush", gunmen fired on a patrol near Camp Taji on Monday.',
            ["small_arms"],
        ),
        (
            "wire",
            'Prosecutors spoke of an "act of sabotage" after a cable at Erbil airport was cut on Monday.',
            ["sabotage"],
        ),
        (
            "wire",
            'The "cowardly bombing" of Camp Taji on Monday was a suicide attack, police said.',
            ["suicide_bombing"],
        ),
    ],
    "clipped, and standing": [
        ("field", "SITREP 5\n1. 2 x rockets impacted Camp Taji 0700C: nil cas.", ["rocket"]),
        (
            "field",
            "SITREP 6\n1. Small arms fire, N gate Camp Taji 0710C, 1 WIA; all flights cancelled.",
            ["small_arms"],
        ),
        ("wire", "Rockets hit Erbil airport on Monday: flights were cancelled.", ["rocket"]),
        ("wire", "A gunman opened fire at a wedding near Erbil airport on Monday, police said.", ["small_arms"]),
        ("wire", "A bomb went off at a graduation at Camp Taji on Monday, killing four.", ["ied"]),
    ],
    "the first since": [
        ("social", "first rockets on camp taji since last summer, windows gone", ["rocket"]),
        ("wire", "Two rockets hit Camp Taji, the first such attack since last summer.", ["rocket"]),
        ("wire", "Not since 2019 had rockets hit Camp Taji as on Tuesday.", ["rocket"]),
        ("wire", "A drone hit Erbil airport on Monday, the worst attack since the war of 2003.", ["uas"]),
    ],
    "hackers": [
        (
            "wire",
            "The loudspeakers at Erbil airport were mute on Monday after an intrusion into its network.",
            ["cyber"],
        ),
        ("wire", "Hackers silenced the announcements at Erbil airport for an hour on Monday.", ["cyber"]),
        ("wire", "Hackers black out boards at Erbil airport on Monday.", ["cyber"]),
        ("wire", "A break-in into the airline's computers grounded flights at Erbil airport on Monday.", ["cyber"]),
    ],
    "explosions of which the cause is open": [
        (
            "wire",
            "Some explosions were heard at the Yavoriv training ground on Monday, a councillor said.",
            ["unknown_explosion"],
        ),
    ],
    "not what is asked": [
        ("wire", "Police are checking whether the drone that hit Camp Taji on Monday came from the north.", ["uas"]),
        ("wire", "It was unclear whether anyone was hurt when two rockets hit Camp Taji on Monday.", ["rocket"]),
        ("wire", "A rocket hit Camp Taji on Monday; more attacks are likely, the army said.", ["rocket"]),
        ("wire", "Rockets, most likely of 122 mm, hit Camp Taji on Monday.", ["rocket"]),
    ],
    "a crowd that came": [
        (
            "wire",
            "A planned vigil at the US Embassy in Tunis on Tuesday ended with stones thrown at the gate.",
            ["unrest"],
        ),
        (
            "wire",
            "A group announced a march on the US Embassy in Tunis and threatened to storm it on Friday.",
            ["unrest"],
        ),
        ("wire", "On Tuesday 12 March demonstrators threw stones at the US Embassy in Tunis.", ["unrest"]),
    ],
    "the guns of others": [
        ("wire", "Howitzers fired at Camp Taji on Monday, wounding two.", ["mortar_artillery"]),
        ("wire", "Guns on the hill above Camp Taji fired on its gate on Monday.", ["mortar_artillery"]),
        ("wire", "The guns of Balad Air Base opened up on a drone on Monday and brought it down.", ["uas"]),
    ],
    "it goes on at its site": [
        (
            "news",
            "Two rockets hit Camp Taji at noon on Monday.\n\nMinutes later a van was driven at a gate.",
            ["rocket", "vehicle_ramming"],
        ),
    ],
}
"""What stands beside it, and the types of its incidents."""


@pytest.mark.parametrize("kind,text", [row for rows in QUIET.values() for row in rows])
def test_what_is_not_meant_makes_no_mention(kind: str, text: str) -> None:
    """Exercise traffic, denials, questions, announcements and what is explained innocently tell no incident."""
    assert reading_of(text, kind=kind)[1] == ()


@pytest.mark.parametrize("kind,text,types", [row for rows in TOLD.values() for row in rows])
def test_what_stands_beside_it_is_told(kind: str, text: str, types: list[str]) -> None:
    """The same words about something that did happen leave its incidents standing."""
    assert [m.threat_type.value for m in reading_of(text, kind=kind)[1]] == types


LATER = [
    ("At about the same time, rockets hit Balad Air Base.", "18:45", "19:15"),
    ("Minutes later a drone exploded at Balad Air Base.", "19:00", "19:30"),
    ("Half an hour earlier, drones had been shot down over Balad Air Base.", "18:15", "18:45"),
    ("Two hours before, a drone had hit Balad Air Base.", "16:30", "17:30"),
    ("Shortly afterwards, as guards ran for cover, two mortar rounds fell on Balad Air Base.", "19:00", "19:30"),
    ("The same evening a drone hit Balad Air Base.", "15:00", "21:00"),
]
"""What is told behind "at 10 p.m. on Monday", and between which hours of that day (UTC) it happened."""


@pytest.mark.parametrize("text,earliest,latest", LATER)
def test_what_is_told_next_is_dated_by_what_was_told_before(text: str, earliest: str, latest: str) -> None:
    """An incident that is only said to be later, earlier or at the same time counts from the one before."""
    _, later = reading_of(f"Rockets hit Camp Taji at 10 p.m. on Monday.\n\n{text}")[1]
    assert f"{later.occurred.earliest:%d %H:%M}" == f"11 {earliest}"
    assert f"{later.occurred.latest:%d %H:%M}" == f"11 {latest}"


def test_an_entry_of_a_live_report_dates_what_it_tells() -> None:
    """What an undated entry tells happened in the half hour before it; past midnight the day has changed."""
    text = """23:41 A police captain tells us that rockets have hit Camp Taji. He knows of one dead.
23:58 We are told that the road to Camp Taji is open.
00:20 A drone, perhaps two, shot down above Balad Air Base. No damage that we can see.
00:35 Loud crack near the bridge. It was a lorry going over a steel plate."""
    rockets, drone = reading_of(text, kind="news", published="2024-03-12T22:10:00Z")[1]
    assert (rockets.threat_type.value, f"{rockets.occurred.latest:%d %H:%M}") == ("rocket", "12 20:41")
    assert (drone.threat_type.value, f"{drone.occurred.earliest:%d %H:%M}") == ("uas", "12 20:50")


def test_a_single_clock_time_makes_no_live_report() -> None:
    """One stamp before background does not make it news."""
    text = "23:41 The day in brief.\nRockets are kept at Camp Taji, and drones fly over it."
    assert reading_of(text, kind="news", published="2024-03-12T22:10:00Z")[1] == ()


def test_what_goes_dead_is_not_killed() -> None:
    """A day of the month before boards that go dead counts no victims."""
    (mention,) = reading_of("CAIRO, March 12 (XX) - Erbil airport's screens went dead on Monday after a hack.")[1]
    assert mention.effects.killed is None
