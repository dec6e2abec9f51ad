"""Of which of several incidents a statement about the doer speaks, and further ways to claim and to accuse."""

from types import SimpleNamespace
from typing import Any

import pytest

from schemas.policy import Policy
from schemas.taxonomy import SourceKind
from streams.reading import read
from streams.reading.who import concerns
from tests.unit.reader import lexicon, report

ACCUSED = "suspected_by_authorities"
DEED = "Rockets hit Camp Taji on Tuesday evening. "
TWO = (
    "Drones hit Camp Taji on Tuesday evening, officials said.\n\n"
    "On Monday night rockets fell on Balad Air Base and killed a guard.\n\n"
)


@pytest.mark.parametrize(
    "text, confidences",
    [
        (TWO + "Islamic State said that its men had carried out the operation at Taji.", ["claimed", "none"]),
        (TWO + "Islamic State took responsibility for Balad.", ["none", "claimed"]),
        (
            TWO + "Nobody claimed Taji. For that one, the ministry blamed Islamic State.",
            [ACCUSED, "none"],
        ),
        (TWO + "The rockets were found. For those, police blamed Islamic State.", ["none", ACCUSED]),
        (TWO + "Police blamed Islamic State.", ["none", ACCUSED]),
        (
            TWO + "Tuesday's drones came in pairs. The ministry said they had been launched by Islamic State.",
            [ACCUSED, "none"],
        ),
        (
            DEED + "Police blamed Islamic State for both.\n\nOn Monday night a mortar bomb fell on Balad Air Base.",
            [ACCUSED, ACCUSED],
        ),
        (TWO + "Police blamed Islamic State for Tuesday's drones.", [ACCUSED, "none"]),
        (
            TWO + "The first were of a known type. They were launched by Islamic State, police said.",
            ["stated_fact", "none"],
        ),
        (TWO + "Police blamed Islamic State for the second, and nobody for anything else.", ["none", ACCUSED]),
        (TWO + "The ministry attributes item 1 to Islamic State.", [ACCUSED, "none"]),
        (
            "Drones hit Camp Taji on Tuesday and rockets fell on Balad Air Base. Police blamed Islamic State.",
            [ACCUSED, ACCUSED],
        ),
        (
            TWO + "Islamic State said that it had carried out seven operations in a day.",
            ["claimed", "claimed"],
        ),
        (
            "Gunmen attacked Camp Taji on Tuesday, and drones bombed it.\n\nIslamic State claimed the assault.",
            ["claimed", "claimed"],
        ),
        (
            (
                "1. Drones hit Camp Taji on Tuesday evening.\n\n2. A mine went off at Najaf airport on Monday.\n\n"
                "3. Rockets and drones hit Balad Air Base on Sunday. Islamic State claimed both."
            ),
            ["none", "none", "claimed"],
        ),
        (
            (
                "Rockets hit Camp Taji on Tuesday evening.\n\nOn Monday night two bombs fell on Balad Air Base.\n\n"
                "The ministry said Tuesday's bombs had been fired by Islamic State."
            ),
            [ACCUSED, "none"],
        ),
        (TWO + "A third was quiet. Police said that all three bore the hand of Islamic State.", [ACCUSED, ACCUSED]),
    ],
)
def test_a_statement_is_about_what_it_points_at(text: str, confidences: list[str]) -> None:
    """A site, a weapon or a day that it names, what it goes on from, or both; else the deed told last."""
    _, mentions = read(report(text), 1, lexicon(), Policy())
    assert [m.attribution.confidence.value for m in mentions] == confidences


@pytest.mark.parametrize(
    "text, confidence",
    [
        (DEED + "Islamic State announced that its men had spent the night in the lion's bedroom.", "claimed"),
        (DEED + "Islamic State announced that its men had been attacked elsewhere.", "none"),
        (DEED + "Islamic State announced that its men had not been there.", "none"),
        (DEED + 'Islamic State said that it had "put a match to the tent".', "claimed"),
        (DEED + 'Islamic State said that it had "no part in it".', "none"),
        (DEED + "Claimed within the hour by Islamic State.", "claimed"),
        ("Men of Islamic State stormed Camp Taji on Tuesday, according to a message from the group.", "claimed"),
        ("Men of Islamic State stormed Camp Taji on Tuesday, according to the army.", "stated_fact"),
        (
            DEED + "The army said they had been launched by boys in the pay of Islamic State.",
            "suspected_by_authorities",
        ),
        (DEED + "Their union, which blames the ministry too, accused Islamic State.", "suspected"),
        (DEED + "A committee of doctors counted the dead. It accused Islamic State.", "suspected"),
        (DEED + "The coast guard says they were launched by Islamic State.", ACCUSED),
        (
            DEED + "The security service has arrested a former cook and believes he had been paid by Islamic State.",
            ACCUSED,
        ),
        (DEED + "The ministry said they had been sent from Iran.", ACCUSED),
        (DEED + "They had been launched from the territory of Iran.", "stated_fact"),
        (DEED + "They had been launched from Syria.", "none"),
        (DEED + "It was the work of Islamic State, to whom the ministry ascribes all evil.", ACCUSED),
        (DEED + "The Front for the Liberation of the Marshes claimed the attack.", "claimed"),
        (DEED + "The Brigades of the Two Rivers, so far unknown, have put out a video.", "claimed"),
        (DEED + "It is our judgement that the base is safe again.", "none"),
        (DEED + "It said the rockets were theirs, a spokesman of Islamic State.", "claimed"),
        (DEED + "The fire behind the barracks was put out by militiamen.", "none"),
        (DEED + "Militants are likely to try again, the embassy said.", "none"),
        (DEED + "Islamic State said that the salvo was an answer to the raids of the summer.", "claimed"),
        (DEED + "A spokesman of the Taliban's foes said the rockets had been aimed at a depot.", "none"),
        (DEED + "An Islamic State radio says that twelve soldiers perished.", "claimed"),
        (DEED + "An Islamic State radio says that twelve civilians perished.", "none"),
        (DEED + "A message on a Telegram channel said the salvo was the work of Islamic State.", "claimed"),
        (DEED + "The police know the names of two deserters and say they are behind it.", ACCUSED),
        (DEED + '"I looked up," said the cook, "and they fired on my kitchen."', "none"),
        (DEED + "The army's bulletin has it that bandits did it.", ACCUSED),
        (DEED + "The men belonged to Islamic State.", "stated_fact"),
        (DEED + "The men belonged to Islamic State, police said.", ACCUSED),
        (DEED + "Police blamed Islamic State, which in 2014 overran the camp and killed hundreds.", ACCUSED),
        (DEED + "Police blamed Islamic State for the raid of 2014, in which hundreds died.", "none"),
        (DEED + "The governor spoke of an Iranian aggression.", ACCUSED),
        (DEED + "Islamic State had issued no statement by noon.", "none"),
        (DEED + "Islamic State had issued a statement by noon.", "claimed"),
        (DEED + "Islamic State said it had attacked three bases, without naming this one.", "none"),
        (DEED + "Officials in Riyadh speak of drones. Saudi Arabia says drone fragments were found.", "none"),
        (
            "Israeli jets bombed Damascus airport on Tuesday. Israel's military said it had struck a depot.",
            "stated_fact",
        ),
        ("Jets bombed Damascus airport on Tuesday. Israel's military said it had struck a depot.", "claimed"),
        ("Islamic State fighters stormed Camp Taji on Tuesday. Islamic State said it had struck a depot.", "claimed"),
        (DEED + 'Islamic State said that its men had "greeted the guests".', "claimed"),
        (DEED + "The Front for the Marshes, of which nobody had heard, has put out a video.", "claimed"),
        (DEED + "A ministry statement named Islamic State.", ACCUSED),
        (DEED + "The army said Islamic State had aimed both from an orchard.", ACCUSED),
        (DEED + "\n\nSchools closed.\n\nThe army said Islamic State had aimed both from an orchard.", ACCUSED),
        (DEED + "A driver was caught. He has told the judge that he was sent by Islamic State.", ACCUSED),
        (DEED + "Villagers said Islamic State had aimed them from an orchard.", "suspected"),
        (DEED + "The army said Islamic State had never fired the rockets it was given.", "none"),
        (
            DEED + "The ministry says the man was a foreigner and that Islamic State's branch in the hills sent him.",
            ACCUSED,
        ),
        (DEED + "Officers saw the launch. They said it was fired by Islamic State.", ACCUSED),
        (DEED + "Islamic State claimed eleven dead.", "claimed"),
        (DEED + "Islamic State claimed nothing.", "none"),
        (DEED + 'Islamic State said on its channel that it had "struck the crusaders".', "claimed"),
        (DEED + "The ministry blamed the Sons of Thunder Road.", ACCUSED),
        (DEED + "The army attributed the salvo to Jaysh al-Wadi.", ACCUSED),
        (DEED + "The men are held by police to be cousins and thought to belong to the XLP-D.", ACCUSED),
        (DEED + "The opposition accused Jaber Haddad of having failed the guards.", "none"),
        (DEED + "Police blamed Tuesday for the delay.", "none"),
        (DEED + "The army puts that down to Islamic State.", ACCUSED),
        (DEED + "A defence source suspects Islamic State.", ACCUSED),
        (DEED + "One of them told the judge that he was sent by Islamic State.", ACCUSED),
        (DEED + "The coast guard, which had seen them fly, is certain that they were fired by Islamic State.", ACCUSED),
        (DEED + "The governor says that it had been planned from abroad by Islamic State.", ACCUSED),
        (DEED + "Iran's Revolutionary Guards announced that they had destroyed a nest of spies.", "claimed"),
        (DEED + 'An Islamic State radio spoke of "nine dead".', "claimed"),
        (DEED + "Islamic State's press office said that its people had sent them.", "claimed"),
        (DEED + "Perhaps thirty militants watched from the hill.", "none"),
        (DEED + "Militants, perhaps.", "possible"),
        (
            "Three armed drones of the Houthi movement were sighted over Camp Taji on Tuesday and shot down.",
            "stated_fact",
        ),
        (DEED + "Both came from Houthi positions, according to the mission's own radar.", ACCUSED),
        (DEED + "Some villagers say the voice was that of an Islamic State commander.", "suspected"),
        ("Druze gunmen fired at Camp Taji on Tuesday.", "stated_fact"),
        (DEED + "Police consider Islamic State responsible.", ACCUSED),
        (DEED + 'The army has it that "bandits" did it.', ACCUSED),
        (DEED + "The military wing of Hamas said that it had launched them.", "claimed"),
        ("Men believed to be Islamic State fighters fired rockets at Camp Taji on Tuesday, police said.", ACCUSED),
        (DEED + "Islamic State said that it did not shoot at cooks.", "none"),
        (DEED + "Islamic State said that its men had fired at nobody.", "none"),
        (DEED + 'Islamic State said that one of its "squads" had done it.', "claimed"),
        (DEED + 'Islamic State said that seven rockets for seven judges was "a fair price".', "claimed"),
        (DEED + 'Islamic State said that the answer would come "in its time".', "none"),
        (DEED + "Iran has announced the operation.", "claimed"),
        (DEED + "Islamic State signed for them.", "claimed"),
        (DEED + 'Iran said that it was "punishing the hosts of the enemy".', "claimed"),
        (DEED + "Claim: Islamic State channel.", "claimed"),
        (DEED + "Claim: none. Islamic State strong in AO.", "none"),
        (DEED + "Baghdad names Iran.", ACCUSED),
        (DEED + "Iran's armed forces said in a statement that they had aimed at a nest of spies.", "claimed"),
        (DEED + "The Israeli military has announced the operation.", "claimed"),
        (DEED + "The ministry accused three foreign presidents of being behind it.", ACCUSED),
        (DEED + "The ministry accused three foreign presidents of idleness.", "none"),
        (DEED + "The senders, who call themselves Amber Owl, demanded $4 million.", "claimed"),
        (DEED + "A note on the tubes is signed Lions of the Canal.", "claimed"),
        (DEED + "They were two of eleven which Iran launched that night.", "stated_fact"),
        (DEED + "The ministry says that Islamic State sent them.", ACCUSED),
        (DEED + "A spokesman of the Patriotic Union of Kurdistan blamed Islamic State.", ACCUSED),
        (DEED + "The army said that Turkey was behind it.", ACCUSED),
        (DEED + 'The ministry said they had been fired by "remnants of the old order".', ACCUSED),
        (DEED + 'The ministry says that two fell short and that "terrorists from the hills" sent them.', ACCUSED),
        (DEED + "The police chief said the launcher had been sent by Islamic State.", ACCUSED),
        (DEED + "The police suspect two dismissed gardeners.", ACCUSED),
        (DEED + "Villagers say it was the work of a dismissed gardener.", "suspected"),
        (DEED + "The police say that he took his orders from an Islamic State emir.", ACCUSED),
        (DEED + "The police say that they confessed to having received money from Islamic State.", ACCUSED),
        (DEED + "A colonel told reporters that he suspected Islamic State.", ACCUSED),
        (DEED + "Officers of the Kurdish-led force blame Islamic State.", ACCUSED),
        ("A rocket, believed by the mission to have been fired by Hamas, hit Camp Taji on Tuesday.", ACCUSED),
        ("Jets bombed Damascus airport on Tuesday, in what appeared to be an Israeli strike.", "suspected"),
        ("American aircraft bombed Damascus airport on Tuesday.", "stated_fact"),
        ("A Saudi military source said that a missile hit Camp Taji on Tuesday.", "none"),
    ],
)
def test_other_ways_to_claim_and_to_accuse(text: str, confidence: str) -> None:
    """Deeds in figures, late claims and messages claim; who says who it was accuses, a union as a bystander."""
    _, (mention, *_) = read(report(text), 1, lexicon(), Policy())
    assert mention.attribution.confidence.value == confidence


@pytest.mark.parametrize(
    "later, itemised, one",
    [
        ({"when": None, "spots": []}, False, True),
        ({"when": SimpleNamespace(precise=2), "spots": []}, False, False),
        ({"when": None, "spots": ["Muqdadiyah"]}, False, False),
        ({"when": None, "spots": []}, True, False),
    ],
)
def test_what_has_no_time_and_no_place_of_its_own_is_part_of_the_first_told(
    later: dict[str, Any], itemised: bool, one: bool
) -> None:
    """Between the first deed told and a statement: a search, a pursuit; no second attack, and no item of a list."""
    first: Any = SimpleNamespace(paragraph=1, day=None, core=[(0, 9)])
    part: Any = SimpleNamespace(paragraph=2, day=None, core=[(20, 29)], **later)
    story: Any = SimpleNamespace(
        drafts=[part, first], itemised=itemised, may_be_at_one_site=lambda *_: True, sites=lambda _: {"taji"}
    )
    assert concerns._goes_on(story, part, first) is one


VICTIMS = [
    ("Two Taliban guards outside the airport in Kabul were wounded by a bomb on Tuesday.", "none"),
    ("Three Taliban sentries, all of them boys, were shot dead at Kabul airport on Tuesday.", "none"),
    ("A Taliban checkpoint near Kabul airport was hit by a bomb on Tuesday.", "none"),
    ("Taliban gunmen wounded two guards at Kabul airport on Tuesday.", "stated_fact"),
    ("Three Houthi rockets near Najran airport were hit by air defences on Tuesday.", "stated_fact"),
    ("A Russian attack drone was shot down near the Rivne nuclear power plant on Tuesday.", "stated_fact"),
    ("Two Russian Shahed drones were brought down near the Rivne nuclear power plant on Tuesday.", "stated_fact"),
    ("Several Russian drones shot down near the Rivne nuclear power plant on Tuesday.", "stated_fact"),
    ("The Saudi navy fired on and sank a boat full of explosives near Jizan port on Tuesday.", "none"),
    ("Russian gunners were shot at near the Rivne nuclear power plant on Tuesday.", "none"),
]
"""Sentences that begin with a group's name."""


@pytest.mark.parametrize("text, confidence", VICTIMS)
def test_a_group_s_own_victims_did_not_do_it(text: str, confidence: str) -> None:
    """Whoever is named first and suffers the deed is its victim, however long he is described; his weapons are not."""
    _, (mention,) = read(report(text), 1, lexicon(), Policy())
    assert mention.attribution.confidence.value == confidence


@pytest.mark.parametrize("kind, confidence", [(SourceKind.FIELD, "none"), (SourceKind.WIRE, "claimed")])
def test_an_authority_s_own_shooting_is_no_claim(kind: SourceKind, confidence: str) -> None:
    """Of "the range fire is ours" a duty officer says who shoots at targets; of others whose deed it was is claimed."""
    told = report(DEED + "The fire on the range is ours.")
    told = told.model_copy(update={"source": told.source.model_copy(update={"kind": kind})})
    _, (mention, *_) = read(told, 1, lexicon(), Policy())
    assert mention.attribution.confidence.value == confidence
