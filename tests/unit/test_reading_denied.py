"""What is denied, did not do it, or was found to be nothing; beside each what leaves the incident standing."""

import pytest

from schemas.taxonomy import SetAsideReason
from tests.unit.reader import reading_of, told

DENIED = [
    "The Pentagon said there was no basis to claims that missiles struck Al Udeid on Monday.",
    "Kenya's government dismissed as rumours a report that al-Shabaab had shelled Camp Simba on Monday.",
    "Jordan has rejected claims that aircraft bombed Tower 22.",
    "Turkey's defence ministry dismissed claims that its jets had bombed Sulaymaniyah airport.",
    "The ministry refuted claims that rockets hit Camp Taji on Monday.",
    "The army ridiculed claims that a drone had struck Camp Taji on Monday.",
    "The army rejected claims of a rocket attack on Camp Taji.",
    "The army called reports of a rocket attack on Camp Taji false.",
    "The ministry described reports of a drone strike on Erbil airport as fabricated.",
    'The governor branded a report of gunfire at Erbil airport "fake news".',
    "The ministry denied that its jets had bombed Sulaymaniyah airport.",
    "Iraq denied that its army had shelled Camp Taji.",
    "The coalition brushed aside speculation that a missile had struck Camp Taji on Monday.",
    "Officials rebutted social media posts saying that gunmen had stormed Erbil airport on Monday.",
    "Kuwait disputes that any drone struck Ali Al Salem air base on Monday.",
    "The ministry dismissed as baseless the claims of a drone strike on Erbil airport on Monday.",
    "Claims that rockets hit Camp Taji on Monday were dismissed by the army.",
    "Reports that rockets hit Camp Taji on Monday are not correct, the army said.",
    "A claim that a drone struck Camp Taji on Monday was rejected by the army.",
]
NOT_THE_CAUSE = [
    "A solar storm, not jamming, disrupted satellite navigation at Ben Gurion airport on Monday.",
    "An IT outage at Beirut airport was not caused by a cyber attack, officials said.",
    "Delays at Beirut airport on Monday were not the result of a cyber attack.",
    "A blackout at Erbil airport on Monday was not due to sabotage, the operator said.",
    "Monday's fire at Basra airport was not the work of arsonists, police said.",
    "The outage at Beirut airport on Monday had nothing to do with a cyber attack.",
    "The outage at Beirut airport on Monday was unrelated to any cyber attack.",
    "Hot oil, not a rocket, was what set the kitchen of Camp Arifjan ablaze on Monday.",
    "A power cut rather than a cyber attack stopped check-in at Beirut airport on Monday.",
    "Thunder, and not artillery, was heard at Camp Taji on Monday.",
]
CLEARED = [
    "The reported hijacking of a vessel off Fujairah has been assessed as non-malicious.",
    "The reported boarding of a vessel off Fujairah on Monday was a routine inspection.",
    "A suspicious approach to a tanker off Fujairah on Monday was found to be benign.",
    "The alleged abduction of a nurse in Ngala on Monday was a misunderstanding.",
    "Two men filming near Camp Lemonnier turned out to be tourists and were let go.",
    "A man seen photographing the Port of Haifa was a ship enthusiast, police said.",
    "Three people filming the fence of RAF Akrotiri on Monday were plane spotters and were sent on their way.",
    "The man who climbed the fence of RAF Akrotiri on Monday turned out to be a lost hiker.",
    "A tyre fire at Abha airport was mistaken for a drone strike.",
    "Residents mistook a controlled demolition at Camp Taji on Monday for a rocket attack.",
    "Fireworks were taken for gunfire at the US embassy in Tunis on Monday.",
    "A flock of birds was misidentified as a drone at Dublin airport on Monday.",
    "A tanker was boarded off Fujairah on Monday. The incident has been assessed as non-malicious.",
    "Two men were seen filming Camp Lemonnier on Monday. The men turned out to be tourists.",
    "A drone was reported over Camp Arifjan on Monday. The object was later identified as a weather balloon.",
    "A vessel reported a suspicious approach off Fujairah on Monday. The approach was found to be benign.",
]
STANDS = [
    "Kataib Hezbollah denied firing the rockets that fell on Camp Taji on Monday.",
    "Iran rejected claims that it was behind Monday's drone attack on Camp Taji.",
    "Turkey dismissed claims that its soldiers were killed in the rocket attack on Zilkan base on Monday.",
    "Rwanda rejected accusations that its troops carried out the shelling of Goma airport on Monday.",
    "Rockets hit Camp Taji on Monday; Iran denied involvement.",
    "A drone, not a rocket, hit Camp Taji on Monday.",
    "Camp Taji was hit on Monday by a drone and not by a rocket, the army said.",
    "Rockets hit Camp Taji on Monday, the army said, rejecting claims that a fuel leak was to blame.",
    "The ministry rejected claims that the drone which hit Erbil airport on Monday came from Iran.",
    "A suspected drone that hit Camp Arifjan on Monday was an Iranian Shahed, officials said.",
    "Two men filming near Camp Lemonnier on Monday turned out to be members of al-Shabaab.",
    "A man seen photographing the Port of Haifa on Monday was an Iranian agent, police said.",
    "A truck that rammed the gate of the US embassy in Tunis on Monday turned out to be packed with explosives.",
    "Gunmen mistaken for police stormed Erbil airport on Monday.",
    "The Taliban dismissed the rocket attack on Bagram airfield on Monday as the work of amateurs.",
    "Al-Shabaab claimed that it killed 20 men in Monday's attack on Bulo Marer base, which the army dismissed.",
    "The army denied that anyone was hurt when rockets hit Camp Taji on Monday.",
    "The group rejected a ceasefire on Monday and fired rockets at Camp Taji on Monday.",
    "The army said the rockets that hit Camp Taji on Monday were not fired from Iran.",
    "A tanker was boarded off Fujairah on Monday. The men turned out to be armed.",
    "Two men were seen filming Camp Lemonnier on Monday. They turned out to be members of al-Shabaab.",
    "At least eight people were taken to hospital on Monday after shells with chlorine landed near Al-Tanf garrison.",
    "A tanker was boarded off Fujairah on Monday. The vessel was later identified as the Galaxy Leader.",
]
OTHER_WEAPON = [
    ("A rocket, not a drone, hit Camp Taji on Monday.", "rocket"),
    ("It was a rocket and not a drone that hit Camp Taji on Monday.", "rocket"),
    ("A mortar bomb rather than a drone hit Camp Taji on Monday.", "mortar_artillery"),
    ("Camp Taji was hit on Monday by a mortar bomb, not by a missile as first reported.", "mortar_artillery"),
    ("A drone, not an aircraft, bombed Camp Taji on Monday.", "uas"),
    ("A drone, not a rocket, hit Camp Taji on Monday.", "uas"),
]


@pytest.mark.parametrize("text", [*DENIED, *NOT_THE_CAUSE, *CLEARED])
def test_what_did_not_happen_is_set_aside(text: str) -> None:
    """Denied in whatever words, not the cause, or something harmless; the receipt says so."""
    receipt, told = reading_of(text, title="", kind="news")
    assert told == ()
    assert {a.reason for a in receipt.set_aside} & {SetAsideReason.NEGATED, SetAsideReason.GENERIC}


@pytest.mark.parametrize("text", STANDS)
def test_who_denies_the_guilt_denies_no_deed(text: str) -> None:
    """Who did it, whom it hurt, whence it came, and what else is denied leaves the incident standing."""
    assert len(told(text, kind="news")) == 1


@pytest.mark.parametrize("text, threat_type", OTHER_WEAPON)
def test_what_did_not_do_it_gives_no_type(text: str, threat_type: str) -> None:
    """Of two weapons the one that did it."""
    assert [m.threat_type.value for m in told(text, kind="news")] == [threat_type]


def test_who_denies_his_own_deed_denies_no_report() -> None:
    """Somebody else may have done it: fusing is not told that it never was."""
    receipt, _ = reading_of("The ministry denied that its jets had bombed Erbil airport on Monday.", kind="official")
    assert receipt.denies == ()
    receipt, _ = reading_of(
        "The ministry dismissed claims that jets had bombed Erbil airport on Monday.", kind="official"
    )
    assert len(receipt.denies) == 1
