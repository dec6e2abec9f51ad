"""What has the words of an event and is none; beside each its neighbour that is one."""

import pytest

from tests.unit.reader import told

NONE = [
    "A shepherd found a rusty mortar shell near Ain al-Asad air base on Monday and took it to the police.",
    "Two unexploded shells were fenced off on Monday behind the airport in Erbil.",
    "Fragments of a drone were shown to reporters at the airport in Erbil on Monday.",
    'Talks at the airport in Erbil ended on Monday in what an envoy called "a small explosion".',
    "A demonstration has been announced for Friday at the embassy in Amman.",
    "The widow of a man killed by a U.S. drone near Erbil airport on Monday spoke on Tuesday.",
    "An air strike on Monday eliminated two ringleaders near Bulo Marer.",
    "The army flattened strongholds of the Taliban outside Kabul airport with artillery on Monday.",
    "The question in Erbil on Monday was whether the airport would be next.",
    "Two herders died near T-4 air base on Monday when a mine left over from the war went off.",
    "Half of the street behind the embassy in Amman thought it was a bomb on Monday.",
    "A court in Erbil on Monday freed a man accused of planning to bomb the airport.",
    "Six years after arsonists burned the clinic at Abs, women planted trees there on Saturday.",
    "Sightings of drones over Incirlik air base tripled to 40 in the year to March, a report said on Monday.",
    "The old silo of Beirut port is to be blown up on Thursday.",
    "On Monday the C-RAM at Union III was serviced.",
    "A bomb-disposal team from Mosul blew it up at the dam on Monday with a bang that shook windows.",
    "Farmers near Camp Taji planted rice with drones on Monday.",
    "A drone planted tree seeds near Erbil on Monday.",
    "Drones sprayed the date palms near Basra airport on Monday.",
    "Engineers mapped the port of Mocha with a drone on Monday.",
    "Workers counted cranes by drone at Dikwa on Monday.",
    "The plant in Jubail was inspected by a drone on Monday.",
    "Al Udeid received new Patriot missiles on Monday.",
    "The base's strike force received new missiles on Monday at Al Udeid.",
    "Camp Taji received its first batch of howitzers on Monday.",
    "Please note there will be blasting at the quarry next to Camp Arifjan on Thursday. Expect loud bangs.",
    "EOD will be working on Range 3 at Camp Arifjan on Monday. Residents may hear explosions.",
    "People near Kabul airport should expect loud bangs on Monday.",
    "Opinion: Drones keep hitting Abqaiq and nobody cares.",
]

ONE = [
    ("A mortar shell fell near Ain al-Asad air base on Monday.", "mortar_artillery"),
    ("A drone hit the desalination plant in Jubail on Monday, wounding two workers.", "uas"),
    ("Houthi drones hit the Abqaiq plant on Tuesday.", "uas"),
    ("A water plant in Kherson was struck by drones on Tuesday.", "uas"),
    ("A county hospital in Goma was hit by a drone on Monday.", "uas"),
    ("A drone sprayed the guard post at Camp Taji with bullets on Monday.", "uas"),
    ("A drone mapped the gate of Camp Taji on Monday and then struck a guard post.", "uas"),
    ("Camp Taji received rocket fire on Monday.", "rocket"),
    ("Camp Taji received two rockets on Monday night.", "rocket"),
    ("A small plane was hit by bullets at Port-au-Prince airport on Monday.", "small_arms"),
    ("A plane was hit by a missile at Khartoum airport on Tuesday.", "missile"),
    ("Planes hit Mitiga airport on Tuesday.", "air_strike"),
    ("Residents heard explosions near Camp Bautista on Tuesday.", "unknown_explosion"),
    ("People near Kabul airport may have heard the blast that killed two guards on Monday.", "unknown_explosion"),
    ("Fragments of a drone that was shot down hit the airport in Erbil on Monday.", "uas"),
    ("A small explosion hit the airport in Erbil on Monday.", "unknown_explosion"),
    ("A mine went off under a truck at the gate of T-4 air base on Monday.", "ied"),
    ("Missiles struck the airport in Erbil on Monday, police said; flights were not affected.", "missile"),
    ("Demonstrators threw stones at the embassy in Amman on Friday.", "unrest"),
    ("An air strike by unknown jets on Monday killed two fishermen at Hodeidah port.", "air_strike"),
    ("A missile struck the airport in Erbil on Monday, bringing down one wall.", "missile"),
    ("A charge in a culvert near the airport in Gao was set off on Monday as a bus drove over it.", "ied"),
]

MISHAPS = [
    "A hydrochloric acid spill at the Ras Tanura refinery burned three workers on Monday.",
    "A torpedo detonated while technicians were servicing it at the Haifa naval base on Monday.",
    "An ammonia leak at the Jazan refinery sent 12 workers to hospital on Monday, Aramco said, citing a broken valve.",
    "A chlorine leak at a water plant near Camp Taji sent 30 people to hospital.",
    "Fumes from an ammonia leak killed two workers at the Jazan refinery on Monday.",
    "Chlorine leaked from a tank at the Mosul Dam on Monday, sickening four guards.",
    "Toxic gas escaped from a pipe at the Abqaiq oil plant on Monday and killed a worker.",
    "A release of ammonia at the Jazan refinery on Monday was traced to a faulty seal.",
    "Carbon monoxide from a generator poisoned six soldiers at Camp Taji on Monday.",
    "A ruptured chlorine cylinder injured five at the Mosul Dam on Monday.",
    "A missile misfired during maintenance at Prince Sultan Air Base on Monday.",
    "A missile misfired at Camp Arifjan on Monday, injuring two technicians. Officials ruled out hostile action.",
    "A rocket went off while being loaded at Camp Taji on Monday, wounding two soldiers.",
    "A soldier was killed at Camp Taji on Monday when a mortar round exploded as it was being moved.",
    "An explosion at Camp Taji on Monday killed two. The army ruled out an attack.",
]
NO_MISHAPS = [
    "An acid attack at the gate of the US embassy in Tunis on Monday burned three visitors.",
    "Attackers blew open an ammonia tank at the Jazan refinery on Monday, and the leak sent 12 workers to hospital.",
    "A drone hit an ammonia tank at the Jazan refinery on Monday; the leak killed two workers.",
    "Shells filled with chlorine landed near Al-Tanf garrison on Monday, and eight people were taken to hospital.",
    "Chlorine leaked from canisters thrown over the wall of Camp Taji on Monday, sickening six soldiers.",
    "An envelope leaking a white powder was opened at the US embassy in Amman on Monday.",
    "Militants released chlorine gas at Camp Taji on Monday, killing two soldiers.",
    "A rocket misfired and fell near the gate of Camp Taji on Monday, wounding a guard.",
    "A rocket fired at Camp Taji on Monday hit an aircraft during maintenance.",
    "A mortar round exploded at Camp Taji on Monday as a convoy was being loaded.",
    "A gas attack on Camp Taji on Monday sickened six soldiers.",
]


@pytest.mark.parametrize("text", NONE)
def test_a_lookalike_is_no_incident(text: str) -> None:
    """Remnants, pieces, quoted words, announcements, kills by one's own side and questions make no mention."""
    assert told(text) == ()


@pytest.mark.parametrize("text, threat_type", ONE)
def test_what_stands_beside_a_lookalike_is_read(text: str, threat_type: str) -> None:
    """The same things with a deed of their own are incidents."""
    assert [m.threat_type.value for m in told(text)] == [threat_type]


def test_what_a_hit_brings_down_was_not_intercepted() -> None:
    """A wall that comes down is no missile that was brought down."""
    (mention,) = told("A missile struck the airport in Erbil on Monday, bringing down one wall.")
    assert mention.status.value == "executed"


def test_guards_who_fire_on_a_drone_keep_it_off() -> None:
    """What guards engage and what hurts nobody was stopped."""
    (mention,) = told("Base security fired on a small drone over Erbil air base on Monday.")
    assert mention.status.value == "intercepted"


def test_those_who_return_fire_were_fired_at() -> None:
    """Guards who answer shots do not make the shots their own."""
    (mention,) = told("080240C small arms fire from the treeline at Camp Taji, tower 6 returned fire.", kind="field")
    assert mention.threat_type.value == "small_arms"


def test_a_headline_goes_with_its_telling() -> None:
    """What the body sets aside the headline does not bring back."""
    text = "More than thirty warheads fell inside the fence of Nevatim in April of last year, analysts say."
    assert told(text, kind="news", title="What missiles taught Nevatim air base") == ()


def test_what_is_left_in_writing_is_a_threat() -> None:
    """Leaflets and letters threaten; nothing was done yet."""
    (mention,) = told(
        "Threatening leaflets were left on Monday at the gate of the US consulate in Jeddah.", kind="official"
    )
    assert mention.status.value == "threatened"


def test_a_publisher_takes_back_its_own_words() -> None:
    """A correction of one's own error tells no incident."""
    text = "On Monday our bulletin said that shots were fired at the gate of Camp Lemonnier. We regret the error."
    assert told(text, kind="official", title="Correction") == ()


@pytest.mark.parametrize("text", MISHAPS)
def test_a_mishap_is_no_incident(text: str) -> None:
    """What leaks of itself, or goes off while it is handled, is an accident, whomever it hurt."""
    assert told(text, kind="news") == ()


@pytest.mark.parametrize("text", NO_MISHAPS)
def test_what_somebody_did_is_no_mishap(text: str) -> None:
    """A leak that somebody made, a rocket that misfired on its way."""
    assert len(told(text, kind="news")) == 1
