"""The type that the rules give an incident before a model revises it: words that several types share."""

import pytest

from streams.reading.what import opinion
from tests.unit.reader import told


@pytest.fixture(autouse=True)
def _rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No model has a say."""
    monkeypatch.setattr(opinion, "revise", lambda _story, _draft: None)


CHOSEN = [
    ("Israeli warplanes fired four missiles at Damascus airport on Tuesday night.", "air_strike"),
    ("Four cruise missiles fired by Russian bombers hit Boryspil airport on Tuesday night.", "missile"),
    ("Two men on a moped fired at the guards of Camp Taji on Tuesday.", "small_arms"),
    ("A moped with a warhead came over Boryspil airport on Tuesday and hit a hangar.", "uas"),
    ("A device stuck underneath a minibus went off at the gate of Camp Taji on Tuesday.", "ied"),
    ("A hand grenade thrown from a taxi exploded at the gate of Camp Taji on Tuesday.", "other"),
    ("A motorcycle left against the wall of Camp Taji blew up on Tuesday.", "ied"),
    ("A suicide bomber drove a truck into the gate of Camp Taji on Tuesday.", "suicide_bombing"),
    ("Somebody broke into the booking system of Erbil airport on Tuesday.", "cyber"),
    ("Two thieves broke into the server room of Erbil airport on Tuesday.", "intrusion"),
    ("A device made of two shells was found at Camp Taji on Tuesday, buried under a culvert.", "ied"),
    ("An explosion holed a tanker off Fujairah on Tuesday, below the waterline.", "maritime"),
    ("A barge bound for Malakal was fired on from the west bank on Tuesday.", "small_arms"),
    ("Two armed men entered Camp Faouar through the fence on Tuesday and took a generator.", "intrusion"),
    ("Gunmen got into the barracks of Camp Taji on Tuesday.", "ground_assault"),
    ("Rebels attacked Camp Taji on Tuesday with machine guns and grenades.", "ground_assault"),
    ("Something flew over Camp Taji on Tuesday night, and then there was a boom.", "uas"),
    ("A blast at Camp Taji on Tuesday was followed by a column of smoke.", "unknown_explosion"),
    ("Men carried off two pumps from the store of Camp Taji on Tuesday.", "other"),
    ("A food convoy was looted near Camp Taji on Tuesday.", "other"),
    ("Armed looters emptied the store at Camp Taji on Tuesday.", "other"),
    ("Shelling of Camp Taji began on Tuesday after the fajr prayer.", "mortar_artillery"),
]


@pytest.mark.parametrize("text, threat_type", CHOSEN)
def test_what_stands_around_a_word_tells_its_type(text: str, threat_type: str) -> None:
    """A bomb under a car is no car bomb, and what aircraft fire is an air strike."""
    assert [m.threat_type.value for m in told(text)] == [threat_type]


CARRIED = [
    ("A drone was heard at dawn. On Tuesday it dropped two bombs on the apron of Kidal airport.", "uas"),
    ("A jet came back at noon on Tuesday. It let go of two bombs over Kidal airport.", "air_strike"),
    ("The mortars began on Monday. Three bombs fell beside Kidal airport on Tuesday.", "mortar_artillery"),
    ("Three bombs fell short of Kidal airport on Tuesday. The mortar was found in a garden.", "mortar_artillery"),
    ("A taxi had stood at the gate for a day. On Tuesday it blew up and damaged Kidal airport.", "vehicle_bomb"),
    (
        "Warplanes bombed Kidal airport on Monday. The second raid, on Tuesday, killed four at Kidal airport.",
        "air_strike",
    ),
    (
        "A van was opened on the road. Under the mats at Kidal airport lay gas bottles and wires on Tuesday.",
        "vehicle_bomb",
    ),
    ("Drones were heard on Tuesday. Two more machines came down on the apron of Kidal airport.", "uas"),
]


@pytest.mark.parametrize("text, threat_type", CARRIED)
def test_what_was_told_before_says_whose_it_was(text: str, threat_type: str) -> None:
    """Bombs, raids and what "it" did are of the weapon told beside them."""
    assert told(text)[-1].threat_type.value == threat_type


FRAMED = [
    ("A water lorry was burnt on Tuesday near Camp Taji by men on motorcycles.", "arson"),
    ("A bottle with a burning rag was thrown at the gate of Camp Taji on Tuesday.", "arson"),
    ("Police caught two men with jerrycans and matches behind the fuel store of Camp Taji on Tuesday.", "arson"),
    ("Somebody cut the signal cable of Erbil airport on Tuesday.", "sabotage"),
    ("At Erbil airport on Tuesday three bolts of the radar mast were found unscrewed.", "sabotage"),
    ("On Tuesday the receivers of ships off Fujairah placed them in the desert.", "jamming"),
    ("Ships off Fujairah lost their satellites on Tuesday.", "jamming"),
    ("A taxi went over the kerb and into the bollards of Camp Taji on Tuesday.", "vehicle_ramming"),
    ("Two men had tied a camera to a tree above the runway of Erbil airport on Tuesday.", "surveillance"),
    ("A man was held on Tuesday who had written down the guard changes of Camp Taji.", "surveillance"),
    ("Something with a wingspan of two metres came down on Camp Taji on Tuesday.", "uas"),
    ("A cook of Camp Taji was pulled off a bus on Tuesday by men in uniform.", "kidnapping"),
    ("A charge under the bridge at Camp Taji was lifted on Tuesday.", "ied"),
    ("The office of Erbil airport was entered on Tuesday night through the roof.", "intrusion"),
    ("Three pax crawling towards the wire of Camp Taji on Tuesday were turned back.", "intrusion"),
    ("A patrol was halted near Camp Taji on Tuesday by some thirty residents.", "unrest"),
    ("Two men on foot fired for ten minutes at the guard post of Camp Taji on Tuesday.", "small_arms"),
    ("The departure boards of Erbil airport showed a skull on Tuesday.", "cyber"),
    ("A lorry was stopped near Camp Taji on Tuesday by six men who took its load.", "other"),
]


@pytest.mark.parametrize("text, threat_type", FRAMED)
def test_who_does_what_to_whom_tells_a_deed_without_its_name(text: str, threat_type: str) -> None:
    """Whatever the words: what was cut, entered, burnt, blocked, and who was taken from where."""
    assert threat_type in {m.threat_type.value for m in told(text)}


INNOCENT = [
    "The office of Erbil airport was entered in the register on Tuesday.",
    "A water lorry burned on Tuesday near Camp Taji after its brakes had overheated.",
    "The guests of Camp Taji wore yellow vests on Tuesday for the boarding school's visit.",
    "On Tuesday the screens of Erbil airport showed the departures in two languages.",
]


@pytest.mark.parametrize("text", INNOCENT)
def test_the_same_words_in_peace_tell_no_deed(text: str) -> None:
    """What is entered in a register, burns by itself or shows its departures is none."""
    assert not told(text)


STAGES = [
    ("Eleven rockets stood in the reeds beside Camp Taji on Tuesday, wired to a clock.", "thwarted"),
    ("A drone was shot to pieces over Camp Taji on Tuesday.", "intercepted"),
    (
        "Two skiffs came up to a tanker off Fujairah on Tuesday and left when the guards raised their rifles.",
        "intercepted",
    ),
    ("Two men climbing the fence of Camp Taji on Tuesday ran when the lights came on.", "intercepted"),
    ("Two thieves climbed the fence of Camp Taji on Tuesday, took a pump and ran.", "executed"),
    (
        "A militia cell is to fire rockets at Camp Taji before Friday, a liaison officer warned on Tuesday.",
        "threatened",
    ),
]


@pytest.mark.parametrize("text, status", STAGES)
def test_what_was_done_about_it_tells_how_far_it_came(text: str, status: str) -> None:
    """Found ready, shot at in the air, kept off, put to flight, or only announced."""
    assert [m.status.value for m in told(text)] == [status]
