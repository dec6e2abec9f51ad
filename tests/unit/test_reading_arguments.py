"""The arguments of a mention, each by a table of plain sentences: who is said to have done it, and how firmly."""

import pytest

from schemas.mention import Mention
from schemas.policy import Policy
from schemas.taxonomy import AttributionConfidence as C
from streams.reading import read
from tests.properties.test_reading import lexicon, report

ROCKETS = "Three rockets landed at Ain al-Asad air base early on Tuesday. "


def only(text: str) -> Mention:
    """The one mention of a text."""
    _, (mention,) = read(report(text), 1, lexicon(), Policy())
    return mention


@pytest.mark.parametrize(
    "confidence, text",
    [
        (C.CLAIMED, ROCKETS + "Kataib Hezbollah took responsibility in a post on Telegram."),
        (C.CLAIMED, ROCKETS + "A previously unknown group, Guardians of the Blood, said it was behind the salvo."),
        (
            C.CLAIMED,
            ROCKETS
            + "In a statement on Telegram, the Islamic Resistance in Iraq said its fighters had targeted the base.",
        ),
        (C.CLAIMED, ROCKETS + "The Brigade of the Martyrs, a front for a bigger militia, owned up within the hour."),
        (C.CLAIMED, ROCKETS + "Responsibility was claimed by a group that few had heard of."),
        (C.CLAIMED, ROCKETS + "The attack was claimed by Islamic State."),
        (C.CLAIMED, ROCKETS + "Saraya Awliya al-Dam released footage of the launch."),
        (C.CLAIMED, ROCKETS + "A militia boasted of the launch on its channel, with a video."),
        (
            C.CLAIMED,
            ROCKETS + '"We did it and we will do it again," a masked man said in a video of the Ashab al-Kahf.',
        ),
        (C.CLAIMED, ROCKETS + "Kataib Hezbollah says it fired them."),
        (C.CLAIMED, ROCKETS + "Hours later Nujaba's spokesman acknowledged that the rockets were its own."),
        (C.CLAIMED, ROCKETS + "A little-known faction put its name to it."),
        (C.CLAIMED, "Al-Shabaab said it had fired mortars at Halane camp in Mogadishu on Monday night."),
        (C.NONE, ROCKETS + "No group claimed the attack."),
        (C.NONE, ROCKETS + "There was no immediate claim of responsibility."),
        (C.NONE, ROCKETS + "Nobody had claimed it by nightfall."),
        (C.NONE, ROCKETS + "No one has said who did it, and the army would not guess."),
        (C.NONE, ROCKETS + "Kataib Hezbollah denied any involvement."),
        (C.NONE, ROCKETS + "It is not known who fired them."),
        (C.NONE, ROCKETS + "The perpetrators remain unidentified."),
        (C.NONE, "Gunmen opened fire on a guard post at Ain al-Asad air base early on Tuesday."),
        (C.NONE, "Armed men on motorcycles shot at the gate of Ain al-Asad air base early on Tuesday."),
        (
            C.NONE,
            "Mortars fell on Halane camp in Mogadishu on Monday night. Al-Shabaab, as so often, has not commented.",
        ),
        (
            C.NONE,
            "A drone hit Erbil airport on Monday night. The base hosts the coalition against Islamic State.",
        ),
        (C.SUSPECTED_BY_AUTHORITIES, ROCKETS + "Iraq's interior ministry blamed Kataib Hezbollah."),
        (C.SUSPECTED_BY_AUTHORITIES, ROCKETS + "Two American officials said they suspected an Iran-backed militia."),
        (C.SUSPECTED_BY_AUTHORITIES, ROCKETS + "The Pentagon attributed the launch to Iranian proxies."),
        (C.SUSPECTED_BY_AUTHORITIES, ROCKETS + "The governor pointed the finger at Islamic State."),
        (C.SUSPECTED_BY_AUTHORITIES, ROCKETS + "Police think that a cell of Islamic State did it."),
        (C.SUSPECTED_BY_AUTHORITIES, ROCKETS + "Investigators see the hand of Kataib Hezbollah."),
        (C.SUSPECTED_BY_AUTHORITIES, ROCKETS + 'The army\'s spokesman accused "outlaws in the pay of a neighbour".'),
        (C.SUSPECTED_BY_AUTHORITIES, ROCKETS + "Intelligence officers put it down to Islamic State."),
        (C.SUSPECTED_BY_AUTHORITIES, ROCKETS + "A security source said the militia Nujaba was most likely behind it."),
        (
            C.SUSPECTED_BY_AUTHORITIES,
            ROCKETS + "The operations command believes the launch team came from Kataib Hezbollah.",
        ),
        (
            C.SUSPECTED_BY_AUTHORITIES,
            ROCKETS + "He did not name anyone, but an army colonel said the trail led to Kataib Hezbollah.",
        ),
        (C.SUSPECTED_BY_AUTHORITIES, ROCKETS + "Islamic State is suspected by the police."),
        (
            C.SUSPECTED_BY_AUTHORITIES,
            ROCKETS + "According to the defence ministry, the attackers belonged to Islamic State.",
        ),
        (
            C.SUSPECTED_BY_AUTHORITIES,
            "Police said suspected Boko Haram fighters attacked the UN hub at Ngala on Monday night.",
        ),
        (C.SUSPECTED, ROCKETS + "Villagers blamed Islamic State."),
        (C.SUSPECTED, ROCKETS + "Analysts believe Kataib Hezbollah was responsible."),
        (C.SUSPECTED, ROCKETS + "Local media pointed to Iran-backed militias."),
        (C.SUSPECTED, ROCKETS + "People in Hit say it was the militias."),
        (C.SUSPECTED, ROCKETS + "Islamic State is widely believed to have fired them."),
        (C.SUSPECTED, ROCKETS + "Residents are convinced that Nujaba fired them."),
        (C.SUSPECTED, ROCKETS + "A tribal elder suspected Kataib Hezbollah."),
        (
            C.SUSPECTED,
            "Suspected Islamic State men fired three rockets at Ain al-Asad air base early on Tuesday.",
        ),
        (C.POSSIBLE, ROCKETS + "The attack bore the hallmarks of Islamic State."),
        (C.POSSIBLE, ROCKETS + "It could have been the work of Islamic State."),
        (C.POSSIBLE, ROCKETS + "Kataib Hezbollah may have been behind it."),
        (C.POSSIBLE, ROCKETS + "The rails are of a type that Kataib Hezbollah has used, which proves nothing."),
        (C.POSSIBLE, ROCKETS + "An involvement of Islamic State cannot be excluded."),
        (C.POSSIBLE, ROCKETS + "The method is consistent with earlier attacks by Islamic State."),
        (C.STATED_FACT, "Islamic State fighters fired three rockets at Ain al-Asad air base early on Tuesday."),
        (C.STATED_FACT, "Three rockets fired by Kataib Hezbollah landed at Ain al-Asad air base early on Tuesday."),
        (
            C.STATED_FACT,
            "Kataib Hezbollah fired three rockets at Ain al-Asad air base early on Tuesday, the army said.",
        ),
        (C.STATED_FACT, "Iranian missiles struck Ain al-Asad air base early on Tuesday."),
        (C.STATED_FACT, "Iran fired three missiles at Ain al-Asad air base early on Tuesday."),
        (C.STATED_FACT, "Israeli jets bombed Damascus airport on Monday night, Syrian state media said."),
        (C.STATED_FACT, "The port of Odesa was hit by Russian drones on Monday night."),
        (
            C.STATED_FACT,
            "Four Shahed drones hit the port of Odesa on Monday night. Kyiv said Moscow had sent them from Crimea.",
        ),
    ],
)
def test_who_is_said_to_have_done_it(confidence: C, text: str) -> None:
    """Claims, accusations by officials and by others, hints, plain accounts, and no actor named."""
    assert only(text).attribution.confidence is confidence
